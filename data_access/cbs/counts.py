"""Counts of people and households, in all the ways in which files of CBS write them."""

import re

_UNKNOWN_TEXTS = frozenset({"", ".", "-", "x", "na", "nan", "n/a", "null", "none"})
# CBS writes -99999999 (older maps) or -99997 (newer) for missing or secret.
_UNKNOWN_BELOW = -99_990
_MOST = 99_999_999
_PLAIN = re.compile(r"-?\d+([.,]0+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}([. \u00a0\u202f]\d{3})+")
_GROUP_MARKS = re.compile(r"[. \u00a0\u202f]")


def count(given: object) -> int | None:
    """Return a whole number of 0 or more, or None where the file says unknown or secret.

    Reads `128810`, `128.810`, `128 810`, `1234,0`, `"  457400"` and JSON numbers. Raises
    ValueError for fractions, negative numbers, more than 99,999,999, and anything else.
    """
    if given is None:
        return None
    if isinstance(given, bool):
        raise ValueError("not a count: a truth value")
    number = _from_text(given) if isinstance(given, str) else _from_number(given)
    if number is None or number < _UNKNOWN_BELOW:
        return None
    if not 0 <= number <= _MOST:
        raise ValueError(f"not a count: {given!r}")
    return number


def _from_text(given: str) -> int | None:
    text = given.strip()
    if text.casefold() in _UNKNOWN_TEXTS:
        return None
    if _GROUPED.fullmatch(text):
        return int(_GROUP_MARKS.sub("", text))
    if _PLAIN.fullmatch(text):
        return int(re.split(r"[.,]", text)[0])
    raise ValueError(f"not a count: {given!r}")


def _from_number(given: object) -> int:
    if isinstance(given, int):
        return given
    if isinstance(given, float) and given.is_integer():
        return int(given)
    raise ValueError(f"not a count: {given!r}")
