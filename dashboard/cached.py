"""What the pages ask of a release, asked once: the only module with st.cache_data.

A release never changes, so answers and what is drawn from them are kept (`dashboard.kept`). Only
the list of releases grows old, after LIST_SECONDS.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import kept, plain_text
from dashboard.kept import remember
from dashboard.selection import Release, Selection
from data_access import release as release_door
from data_access import values
from data_access.errors import DataAccessError

LIST_SECONDS = 15
_reader_language: ContextVar[str] = ContextVar("reader_language", default="nl")


@dataclass(frozen=True)
class ReleaseList:
    """The releases there are, newest first, and why the list may be old.

    `releases` is the frame of data_access.release.releases, `known` the same as plain values.
    `problem_nl` and `problem_en` are "" while the database answers.
    """

    releases: pd.DataFrame
    known: tuple[Release, ...]
    problem_nl: str
    problem_en: str

    def problem(self, language: str) -> str:
        """Return why the database does not answer, in `language`; "" when it does."""
        return self.problem_en if language == "en" else self.problem_nl


class _LastAnswer:
    """The last list of releases that the database gave; it outlives the database."""

    releases = pd.DataFrame()

    @classmethod
    def with_problem(cls, problem_nl: str, problem_en: str) -> ReleaseList:
        known = tuple(
            Release(int(row["number"]), row["made_at"].date(), bool(row["sample"]))
            for row in cls.releases.to_dict("records")
        )
        return ReleaseList(cls.releases, known, problem_nl, problem_en)


def speak(language: str) -> None:
    """Let this run's refusals be in `language`."""
    _reader_language.set(language)


@st.cache_data(ttl=LIST_SECONDS, show_spinner=False)
def _release_list() -> ReleaseList:
    try:
        _LastAnswer.releases = release_door.releases()
    except DataAccessError as error:
        return _LastAnswer.with_problem(error.message_nl, error.message_en)
    return _LastAnswer.with_problem("", "")


def release_list() -> ReleaseList:
    """Return the releases (data_access.release.releases), and why the list may be old."""
    return _release_list()


def forget() -> None:
    """Forget everything that was asked and drawn: for tests, that have more than one database."""
    kept.forget()
    _release_list.clear()


def ask(question: Callable[..., Any], *arguments: Any) -> Any:
    """Return `question(*arguments)`, asked of the database once.

    `question` is a function of data_access.release, .values or .money; `arguments` are plain
    values (tuples, not lists) that start with the number of a release. When the database is gone
    and the answer is not known yet, the page says so in the reader's language and stops there.
    """
    try:
        return remember(question, *arguments)
    except DataAccessError as error:
        plain_text.problem(error.message(_reader_language.get()))
        st.stop()


def spec(draw: Callable[..., Any], *arguments: Any) -> Any:
    """Return `draw(*arguments)`, drawn once for the same arguments.

    `draw` is a pure module-level function; `arguments` are frames, a Selection and plain values.
    """
    return remember(draw, *arguments)


def areas(release: int) -> pd.DataFrame:
    """Return all gemeenten and wijken of a release (data_access.release.areas)."""
    return ask(release_door.areas, release)


def published(selection: Selection) -> pd.DataFrame:
    """Return the chosen indicator in the chosen period: gemeente and wijken (values.published)."""
    return ask(
        values.published,
        selection.release,
        selection.indicator,
        selection.period,
        selection.gemeente,
    )


def series(selection: Selection, area_code: str) -> pd.DataFrame:
    """Return the chosen indicator of one area over all closed periods (values.series)."""
    return ask(values.series, selection.release, selection.indicator, area_code)
