"""Text for the parts of Streamlit that read Markdown. What a browser shows: tests/browser."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.frame.plain_text import as_text


def _read_back(marked: str) -> str:
    """Take the escapes out, as a reader of Markdown does, and what is invisible."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", marked).replace("\N{WORD JOINER}", "")


@pytest.mark.parametrize(
    "text",
    [
        "Levering 'python -m data_access load MAP' is er niet.",
        "De link vraagt om wijk 'WK999999' (2022-Q1), € 1.250, 12%, ‘Eigen doel’ – Dreamfabryk.",
    ],
)
def test_our_own_sentences_stay_as_they_are(text: str) -> None:
    assert as_text(text) == text


@settings(deadline=None)
@given(st.text())
def test_nothing_is_lost_and_everything_is_on_one_line(text: str) -> None:
    visible = re.sub("[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]", " ", text)
    expected = " ".join(visible.replace("\N{WORD JOINER}", "").split())
    assert " ".join(_read_back(as_text(text)).split()) == expected
    assert "\n" not in as_text(text)


@settings(deadline=None)
@given(st.text(alphabet="ab_*`[]()!<>\\$~|:#&@w./- "))
def test_no_mark_is_left_without_its_escape(text: str) -> None:
    # A space in its place: what stood beside an escaped mark does not become neighbours.
    without_escapes = re.sub(r"\\.", " ", as_text(text))
    assert not re.search(r"[`*\[\]<>$~|&#\\]|:(?=[\w/])|www\.|--|@\w", without_escapes)


def test_a_text_cannot_turn_what_follows_around() -> None:
    assert as_text("a\N{RIGHT-TO-LEFT OVERRIDE}b\0c") == "a b c"
