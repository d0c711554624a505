"""Days as people and spreadsheets write them. What can be read as two days is refused."""

import datetime
import re
from functools import lru_cache

from data_access.deliveries.misread import Misread

FIRST_YEAR = 1990
LAST_YEAR = 2100

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_NAMED = re.compile(
    r"(?:([a-z]+),? )?([0-9]{1,2})[ -]([a-z]{3,9})\.?[ -]([0-9]{4})", re.IGNORECASE
)
_TIME = re.compile(
    r"[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_SERIAL = re.compile(r"([0-9]{5})(?:[.,]0+)?")
_SHORT_YEAR = re.compile(
    r"[0-9]{1,2}([-/. ])(?:[0-9]{1,2}|[a-z]{3,9}\.?)\1'?[0-9]{2}", re.IGNORECASE
)
_NO_DAY = re.compile(
    r"[0-9]{4}|(?:[a-z]{3,9}\.?|[0-9]{1,2})[-/. ]'?(?:[0-9]{2}|[0-9]{4})|[0-9]{4}-[0-9]{1,2}",
    re.IGNORECASE,
)
_ZERO = re.compile(r"(?:0?[01][-/.]0?1[-/.]|30[-/.]12[-/.])(?:1900|1899)|1900-0?1-0?[01]|0")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february",
            "mrt maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "ma maandag monday",
            "di dinsdag tuesday",
            "wo woensdag wednesday",
            "do donderdag thursday",
            "vr vrijdag friday",
            "za zaterdag saturday",
            "zo zondag sunday",
        )
    )
    for name in names.split()
}
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
# Day 0 of spreadsheets, such that the numbers from March 1900 on are right.
_DAY_ZERO = datetime.date(1899, 12, 30)


# The same few come back in every row of a file.
@lru_cache(maxsize=10_000)
def parse_day(cell: str) -> datetime.date:
    """Return the day in `cell`. Raises ValueError.

    Reads 2025-12-31, 31-12-2025, 31/12/2025, 31.12.2025, 20251231 and 31 december 2025, with a
    time of day behind it or not. A year has four digits.
    """
    text = _without_time(" ".join(cell.translate(_HYPHENS).split()))
    if _ZERO.fullmatch(text):
        raise Misread(
            "een datum, of een lege cel; 1-1-1900 is wat Excel toont voor een 0",
            "a date, or an empty cell; 1-1-1900 is how Excel shows a 0",
        )
    day = _day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(cell)
    return day


def _without_time(text: str) -> str:
    time = _TIME.search(text)
    if time is None or time.end() != len(text):
        return text
    hour, minute, second, zone = time.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        raise ValueError(text)
    if zone and (int(hour), int(minute)) != (0, 0):
        raise Misread(
            "alleen een datum, zoals 31-12-2025; met een tijd in een tijdzone is niet zeker welke "
            "dag het is",
            "only a date, such as 31-12-2025; a time in a time zone leaves the day uncertain",
        )
    return text[: time.start()]


def _day(text: str) -> datetime.date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], int(found[3]), found[4]
    elif found := _DAY_FIRST.fullmatch(text):
        year, month, day = found[4], int(found[3]), found[1]
        if month > 12 >= int(day):
            raise Misread(
                "een datum met de dag voorop, zoals 31-12-2025; hier lijkt de maand voorop te "
                "staan. Kijk ook de andere datums in deze kolom na",
                "a date with the day first, such as 31-12-2025; here the month seems to come "
                "first. Check the other dates of this column too",
            )
    elif found := _DIGITS.fullmatch(text):
        year, month, day = found[1], int(found[2]), found[3]
    elif (found := _MONTH_NAMED.fullmatch(text)) and found[3].lower() in _MONTHS:
        year, month, day = found[4], _MONTHS[found[3].lower()], found[2]
        named = datetime.date(int(year), month, int(day))
        if found[1] and _WEEKDAYS.get(found[1].lower()) != named.weekday():
            raise ValueError(text)
    else:
        raise _explained(text)
    return datetime.date(int(year), month, int(day))


def _explained(text: str) -> ValueError:
    if serial := _SERIAL.fullmatch(text):
        day = _DAY_ZERO + datetime.timedelta(days=int(serial[1]))
        return Misread(
            f"een datum zoals 31-12-2025; dit getal is hoe Excel {day:%d-%m-%Y} bewaart. Kies de "
            "celeigenschap Datum en bewaar opnieuw",
            f"a date such as 31-12-2025; this number is how Excel stores {day:%d-%m-%Y}. Format "
            "the column as Date and save again",
        )
    if _SHORT_YEAR.fullmatch(text):
        return Misread(
            "een datum met een jaar van vier cijfers, zoals 31-12-2025",
            "a date with a year of four digits, such as 31-12-2025",
        )
    if _NO_DAY.fullmatch(text):
        return Misread(
            "een hele datum, met dag, maand en jaar, zoals 31-12-2025",
            "a whole date, with day, month and year, such as 31-12-2025",
        )
    return ValueError(text)
