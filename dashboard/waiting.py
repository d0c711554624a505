"""A page without figures yet: it says so and mends itself as soon as there are some."""

from typing import NoReturn

import streamlit as st

from dashboard import cached, plain_text
from dashboard.text import t

SECONDS = 2


def wait_for_figures(menu: str, language: str) -> NoReturn:
    """Show the menu and a sentence, look again every SECONDS, and end this run of the page."""
    st.html(menu)
    _look_again(language)
    st.stop()


@st.fragment(run_every=SECONDS)
def _look_again(language: str) -> None:
    if cached.releases():
        st.rerun()
    plain_text.note(t("frame.no_figures" if cached.cannot_fetch() else "frame.fetching", language))
