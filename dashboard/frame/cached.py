"""What the pages ask of a release, asked once.

A release never changes, so answers and what is drawn from them are kept (`elements.kept`).
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import door
from dashboard.elements import kept, plain_text
from dashboard.elements.kept import remember
from dashboard.frame import kept_views
from dashboard.frame.selection import Release, Selection
from dashboard.words import value_text as cells
from data_access import fetching, shelf, values
from data_access import release as release_door
from data_access.errors import DataAccessError
from data_access.shelf import ReleaseKey

_reader_language: ContextVar[str] = ContextVar("reader_language", default="nl")


def speak(language: str) -> None:
    """Let this run's refusals be in `language`."""
    _reader_language.set(language)


def releases() -> tuple[Release, ...]:
    """Return the releases at hand, newest first; new ones are fetched behind the pages' backs."""
    fetching.start()
    return door.releases()


def cannot_fetch() -> bool:
    """Tell whether new releases cannot be fetched at the moment."""
    return fetching.state().failing


def forget() -> None:
    """Forget everything that was asked and drawn: for tests, that have more than one database."""
    kept.forget()
    door.forget()
    kept_views.forget()
    shelf.forget()


def ask(question: Callable[..., Any], *arguments: Any) -> Any:
    """Return `question(*arguments)`, asked once.

    `question` is a function of data_access; `arguments` are plain values (tuples, not lists) that
    start with a ReleaseKey or some. Published figures get the names of organisations that their
    remarks need (`cells.with_organisations`). When a release file is gone and the answer is not
    known yet, the page says so in the reader's language and stops there.
    """
    try:
        answer = remember(question, *arguments)
        if not (isinstance(answer, pd.DataFrame) and {"missing", "reason"} <= set(answer)):
            return answer
        known = []
        if remember(cells.wants_organisations, answer):
            asked = arguments[0]
            releases = [asked] if isinstance(asked, ReleaseKey) else asked
            known = [remember(release_door.organisation_names, each) for each in releases]
        return remember(cells.with_organisations, answer, *known)
    except DataAccessError as error:
        plain_text.problem(error.message(_reader_language.get()))
        st.stop()


def spec(draw: Callable[..., Any], *arguments: Any) -> Any:
    """Return `draw(*arguments)`, drawn once for the same arguments.

    `draw` is a pure module-level function; `arguments` are frames, a Selection and plain values.
    """
    return remember(draw, *arguments)


def areas(release: ReleaseKey) -> pd.DataFrame:
    """Return the gemeente of a release and its places, named in the reader's language.

    The frame is that of data_access.areas.
    """
    try:
        return door.areas(release, _reader_language.get())
    except DataAccessError as error:
        plain_text.problem(error.message(_reader_language.get()))
        st.stop()


def gemeenten(releases: Sequence[ReleaseKey]) -> pd.DataFrame:
    """Return the gemeenten of some releases (data_access.gemeenten)."""
    return ask(release_door.gemeenten, tuple(releases))


def release_table() -> pd.DataFrame:
    """Return the releases at hand as a table (data_access.releases)."""
    return remember(_release_table, shelf.shelf())


def _release_table(_known: shelf.Shelf) -> pd.DataFrame:
    return release_door.releases()


def published(selection: Selection) -> pd.DataFrame:
    """Return the chosen indicator in the chosen period: gemeente and places (values.published)."""
    return ask(values.published, selection.release, selection.indicator, selection.period)


def series(selection: Selection, area_code: str) -> pd.DataFrame:
    """Return the chosen indicator of one area over all closed periods (values.series)."""
    return ask(values.series, selection.release, selection.indicator, area_code)
