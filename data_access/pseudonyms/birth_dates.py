"""Birth dates: one read from its own cell, and those that stand in a text."""

import datetime
import re
from collections.abc import Iterator

FIRST_YEAR = 1900

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ]?)([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/. ]?)([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_MONTHS = (
    "jan", "feb|febr", "maa|mrt|mar", "apr", "mei|may", "jun", "jul", "aug", "sep|sept",
    "okt|oct", "nov", "dec",
)  # fmt: skip
_MONTH_OF = {name: at for at, names in enumerate(_MONTHS, start=1) for name in names.split("|")}
_WRITTEN = re.compile(r"([0-9]{1,2})[-/. ]*([a-z]{3,9})[-/., ]*([0-9]{4}|[0-9]{2})(?![0-9])")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$")
# Day 1 of spreadsheets is 31 December 1899, but they believe that 1900 was a leap year.
_SPREADSHEET_DAY_0 = datetime.date(1899, 12, 30)


def parse_birth_date(cell: str, today: datetime.date) -> datetime.date:
    """Return the date in a cell: 31-12-1980, 1980-12-31 (also with / or .), 19801231, 31121980.

    Raises ValueError, without the cell, for anything else, a year before FIRST_YEAR or a day after
    `today`. Two digits for the year are refused: a birth year may lie in two centuries.
    """
    text = _MIDNIGHT.sub("", cell.strip())
    compact = text.isdigit()
    if (not compact or len(text) == 8) and len(text) >= 8:
        for day in _numbered(text, whole=True):
            if day.year >= FIRST_YEAR and day <= today:
                return day
    raise ValueError("no birth date")


def dates_in(text: str) -> set[datetime.date]:
    """Return every date that a text may hold, in digits or words.

    A year of two digits stands for two dates, one in each century, and a whole cell of five digits
    for the day with that number in a spreadsheet.
    """
    folded = text.casefold().strip()
    found = set(_numbered(folded, whole=False))
    for match in _WRITTEN.finditer(folded):
        month = _MONTH_OF.get(match[2][:3])
        if month is not None:
            found |= set(_possible(match[3], month, int(match[1])))
    if re.fullmatch("[0-9]{5}", folded):
        found.add(_SPREADSHEET_DAY_0 + datetime.timedelta(int(folded)))
    return found


def _numbered(text: str, *, whole: bool) -> Iterator[datetime.date]:
    """Yield dates in digits: all of the text is one, or it holds them anywhere."""
    for pattern, (year, month, day) in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (4, 3, 1))):
        if whole:
            matches = [match] if (match := pattern.fullmatch(text)) else []
            matches = [match for match in matches if len(match[year]) == 4]
        else:
            matches = list(_everywhere(pattern, text))
        for match in matches:
            yield from _possible(match[year], int(match[month]), int(match[day]))


def _everywhere(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for at in range(len(text)):
        starts_number = text[at].isascii() and text[at].isdigit()
        if starts_number and not (at and text[at - 1].isdigit()):
            match = pattern.match(text, at)
            if match is not None and not text[match.end() : match.end() + 1].isdigit():
                yield match


def _possible(year: str, month: int, day: int) -> Iterator[datetime.date]:
    for written in (year,) if len(year) == 4 else (f"19{year}", f"20{year}"):
        try:
            yield datetime.date(int(written), month, day)
        except ValueError:
            continue
