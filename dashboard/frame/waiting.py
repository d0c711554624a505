"""A page without figures yet: it says so and mends itself as soon as there are some."""

from typing import NoReturn

import streamlit as st

from dashboard import door
from dashboard.frame import plain_text
from dashboard.words.copy import t
from data_access import fetching

SECONDS = 2


def wait_for_figures(menu: str, language: str) -> NoReturn:
    """Show the menu and a sentence, look again every SECONDS, and end this run of the page."""
    st.html(menu)
    _look_again(language)
    st.stop()


@st.fragment(run_every=SECONDS)
def _look_again(language: str) -> None:
    if door.releases():
        st.rerun()
    plain_text.note(
        t("frame.fetching" if fetching.is_first_look() else "frame.no_figures", language)
    )
