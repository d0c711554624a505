"""The documented production start: ``uvicorn deploy.asgi:app``, from the folder of app.py."""

import logging

import streamlit as st

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


app = st.App("app.py", on_script_error=show_sentence, middleware=QuickStart.here())
