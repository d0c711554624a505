"""Text for paper: any Unicode, in letters that are there, or with a visible mark where none is.

PDF/UA refuses a character without a letter, so everything that is printed passes through here.
Public Sans prints what it can; DejaVu Sans has Greek, Cyrillic, Arabic, Hebrew and thousands more.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

_OWN = Path(__file__).parents[2] / "static" / "fonts"
_MORE = Path(__file__).parent / "letters"
FONT_FOLDERS = (_OWN, _MORE)
# Both weights of each typeface.
_OWN_FILES = (_OWN / "public-sans-400.ttf", _OWN / "public-sans-700.ttf")
_MORE_FILES = (_MORE / "DejaVuSans.ttf", _MORE / "DejaVuSans-Bold.ttf")
SUBSTITUTE = "\N{WHITE SQUARE}"
# In letters that Public Sans has, for what it must print alone.
_PLAIN_SUBSTITUTE = "?"
_JOINS_NOTHING = "\N{ZERO WIDTH NON-JOINER}"
_VARIATIONS = re.compile("[\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}]")
_LONG_WORD = re.compile(r"\w{40}(?=\w)")
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"


@cache
def letters(own_only: bool = False) -> frozenset[int]:
    """Return the code points that can be printed in both weights."""
    regular, bold = (
        set().union(*(TTFont(file, lazy=True).getBestCmap() for file in files))
        for files in zip(_OWN_FILES, _OWN_FILES if own_only else _MORE_FILES, strict=True)
    )
    return frozenset(regular & bold)


def printable(text: str, own_only: bool = False) -> str:
    """Return `text` in printable characters, with SUBSTITUTE for what has no letter.

    What is invisible by itself is left out; control characters become spaces. `own_only`: in the
    letters of Public Sans alone, whose substitute is a question mark.
    """
    known = letters(own_only)
    substitute = _PLAIN_SUBSTITUTE if own_only else SUBSTITUTE
    shown = "".join(
        _one(each, known, substitute)
        for each in unicodedata.normalize("NFC", _VARIATIONS.sub("", text))
    )
    return _LONG_WORD.sub(rf"\g<0>{'' if own_only else _MAY_BREAK}", shown)


def _one(character: str, known: frozenset[int], substitute: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    if kind == "Cf" and not (character == _JOINS_NOTHING and ord(character) in known):
        return ""
    if ord(character) in known:
        return character
    return " " if kind == "Zs" else substitute


def all_printable(content: Any, own_only: bool = False) -> Any:
    """Return plain data (dicts, lists, tuples, texts, numbers) with every text printable."""
    if isinstance(content, str):
        return printable(content, own_only)
    if isinstance(content, dict):
        return {name: all_printable(value, own_only) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [all_printable(each, own_only) for each in content]
    return content


def lacks_letters(content: Any) -> bool:
    """Tell whether a text in plain data has a character without a letter."""
    if isinstance(content, str):
        return printable(content).count(SUBSTITUTE) > content.count(SUBSTITUTE)
    if isinstance(content, dict):
        return any(map(lacks_letters, content.values()))
    return isinstance(content, list | tuple) and any(map(lacks_letters, content))
