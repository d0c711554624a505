"""What was asked before: the only module with st.cache_data.

A release never changes, so answers and finished specs are kept as long as there is room. Only the
list of releases grows old, after LIST_SECONDS. Keys are plain: a question's name, the release and
the other arguments; nothing is left out of a key.
"""

import pickle
import sys
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

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


@st.cache_data(max_entries=4000, show_spinner=False)
def _answer(module: str, question: str, *arguments: Any) -> Any:
    return getattr(sys.modules[module], question)(*arguments)


@st.cache_data(
    max_entries=4000, show_spinner=False, hash_funcs={pd.DataFrame: lambda frame: _content(frame)}
)
def _drawing(module: str, name: str, *arguments: Any) -> Any:
    return getattr(sys.modules[module], name)(*arguments)


def _content(frame: pd.DataFrame) -> bytes:
    # Pickle is five times as quick as pandas' own hash on frames of this size; two frames that
    # differ never give the same bytes.
    return pickle.dumps(frame, protocol=pickle.HIGHEST_PROTOCOL)


def release_list() -> ReleaseList:
    """Return the releases (data_access.release.releases), and why the list may be old."""
    return _release_list()


def ask(question: Callable[..., Any], *arguments: Any) -> Any:
    """Return `question(*arguments)`, asked of the database once.

    `question` is a function of data_access.release, .values or .money; `arguments` are plain
    values (tuples, not lists) that start with the number of a release. When the database is gone
    and the answer is not known yet, the page says so in the reader's language and stops there.
    """
    try:
        return _answer(question.__module__, question.__qualname__, *arguments)
    except DataAccessError as error:
        st.error(error.message(_reader_language.get()))
        st.stop()


def spec(draw: Callable[..., Any], *arguments: Any) -> Any:
    """Return `draw(*arguments)`, drawn once for the same arguments.

    `draw` is a pure module-level function; `arguments` are frames, a Selection and plain values.
    """
    return _drawing(draw.__module__, draw.__qualname__, *arguments)


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
