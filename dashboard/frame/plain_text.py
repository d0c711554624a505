"""Text in the parts of Streamlit that read Markdown: shown as it is, whoever wrote it.

The only module that may call such a part (a test sees to that). Everything it is given is text:
a value out of a link, a name out of a delivery and our own sentences alike. So a link cannot put a
picture, a link, a colour or a formula into one of our boxes.
"""

import re
from typing import Any

import streamlit as st

# An invisible character without width that keeps the characters around it together. Streamlit
# looks for emoji, icons, arrows and addresses after the escapes were taken out, so that those
# have to be broken up instead.
_JOINER = "\N{WORD JOINER}"
_BROKEN_UP = re.compile(r"[:@](?=\S)|www(?=\.)|-(?=[->])|<(?=[-=])|[>~](?==)", re.IGNORECASE)
# An underscore within a word marks nothing up, and names of settings stay readable in tests.
_MARKS = re.compile(r"[\\`*\[\]<>$~|&#]|(?<![^\W_])_|_(?![^\W_])")
_AT_THE_START = re.compile(r"^(\d*)([-+.)])")
# What is no character of a text: control and format characters would hide or turn what follows.
_NO_TEXT = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")


def as_text(value: str) -> str:
    """Return Markdown that Streamlit shows as exactly `value`, on one line.

    White space and control characters become single spaces, as HTML does with white space.
    """
    line = " ".join(_NO_TEXT.sub(" ", value).split())
    marked = _MARKS.sub(r"\\\g<0>", _BROKEN_UP.sub(rf"\g<0>{_JOINER}", line))
    return _AT_THE_START.sub(r"\1\\\2", marked)


def problem(sentence: str) -> None:
    """Show in a red box why the reader does not get what was asked for."""
    st.error(as_text(sentence))


def warning(sentence: str) -> None:
    """Show in a yellow box what the reader should know before reading on."""
    st.warning(as_text(sentence))


def note(sentence: str) -> None:
    """Show in a blue box what the reader can do."""
    st.info(as_text(sentence))


def download_button(label: str, **settings: Any) -> None:
    """Show a download button; `settings` are those of st.download_button."""
    st.download_button(as_text(label), **settings)
