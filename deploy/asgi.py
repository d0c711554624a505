"""The documented production start: ``uvicorn deploy.asgi:app``, from the folder of app.py."""

import importlib
import inspect
import logging
import string

import streamlit as st
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard import door
from dashboard.address.page_list import PAGES
from dashboard.cartography import letters
from dashboard.charts import templates
from data_access import fetching, shelf
from data_access.errors import DataAccessError
from deploy.quick_start import QuickStart

_log = logging.getLogger("dashboard")


def show_sentence(error: Exception) -> bool:
    """Log an error that nobody caught and show the reader a sentence instead of a trace."""
    _log.error("a page failed", exc_info=error)
    english = st.query_params.get("taal") == "en"
    st.error(
        "Something went wrong while making this page. Choose another page or period, or try again "
        "later; the error has been logged."
        if english
        else "Er ging iets mis bij het maken van deze pagina. Kies een andere pagina of periode, "
        "of probeer het later nog eens; de fout is vastgelegd."
    )
    return True


def health(_request: Request) -> JSONResponse:
    """Answer an operator: how old each gemeente's figures are, and whether new ones can come.

    The status is 200 while there are figures and new ones can be fetched, else 503.
    """
    fetching.start()
    found = fetching.health()
    well = bool(found["gemeenten"]) and not found["fetching"]["failing"]
    return JSONResponse(found, status_code=200 if well else 503)


def make_ready() -> None:
    """Load what is heavy before the first reader comes: charts, statistics, maps and releases."""
    for each in PAGES:
        importlib.import_module(f"dashboard.{each.id}.view")
    templates.build_all()
    for header in shelf.shelf().headers:
        try:
            door.read_about(shelf.key_of(header))
        except DataAccessError as error:
            _log.error("a release cannot be read yet", exc_info=error)
    letters.size([string.ascii_letters + string.digits])
    # Streamlit asks once, at the first element, from where it was called. Python then looks up the
    # file of every module that is loaded, and remembers it: half a second of the first page.
    inspect.stack()


make_ready()
app = st.App(
    "app.py",
    on_script_error=show_sentence,
    middleware=QuickStart.here(),
    routes=[Route("/gezond", health)],
)
