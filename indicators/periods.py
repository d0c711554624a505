"""Quarters and years as text ids: ``2025-Q4`` and ``2025``."""

import datetime
import re

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")
# Month and day from which a publication shows corrections of closed periods, once a year.
CORRECTIONS_ON = (7, 1)
_MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}


def is_quarter(period: str) -> bool:
    """Tell whether `period` is the id of a quarter."""
    return _QUARTER.fullmatch(period) is not None


def is_year(period: str) -> bool:
    """Tell whether `period` is the id of a calendar year."""
    return _YEAR.fullmatch(period) is not None


def kind_of(period: str) -> str:
    """Return "quarter" or "year". Raises ValueError for anything else."""
    if is_quarter(period):
        return "quarter"
    if is_year(period):
        return "year"
    raise ValueError(f"not a period: {period!r}")


def year_of(period: str) -> int:
    """Return the calendar year of a quarter or year."""
    kind_of(period)
    return int(period[:4])


def quarters_of(year: int) -> tuple[str, str, str, str]:
    """Return the four quarters of a calendar year, in order."""
    return (f"{year}-Q1", f"{year}-Q2", f"{year}-Q3", f"{year}-Q4")


def first_day(period: str) -> datetime.date:
    """Return the first day of a quarter or year."""
    if kind_of(period) == "year":
        return datetime.date(int(period), 1, 1)
    return datetime.date(int(period[:4]), 3 * int(period[-1]) - 2, 1)


def last_day(period: str) -> datetime.date:
    """Return the last day of a quarter or year: the reference date of a stock."""
    if kind_of(period) == "year":
        return datetime.date(int(period), 12, 31)
    return first_day(next_quarter(period)) - datetime.timedelta(days=1)


def quarter_of(day: datetime.date) -> str:
    """Return the quarter in which `day` lies."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def next_quarter(quarter: str) -> str:
    """Return the quarter after `quarter`."""
    return shift_quarter(quarter, 1)


def shift_quarter(quarter: str, by: int) -> str:
    """Return the quarter `by` quarters later (earlier when negative)."""
    if not is_quarter(quarter):
        raise ValueError(f"not a quarter: {quarter!r}")
    index = int(quarter[:4]) * 4 + int(quarter[-1]) - 1 + by
    return f"{index // 4}-Q{index % 4 + 1}"


def quarters_between(first: str, last: str) -> list[str]:
    """Return all quarters from `first` up to and including `last`."""
    quarters = []
    quarter = first
    while quarter <= last:
        quarters.append(quarter)
        quarter = next_quarter(quarter)
    return quarters


def next_corrections(after: datetime.date) -> datetime.date:
    """Return the first yearly day of corrections of closed periods that comes after a day."""
    day = datetime.date(after.year, *CORRECTIONS_ON)
    return day if day > after else datetime.date(after.year + 1, *CORRECTIONS_ON)


def day_in_words(day: datetime.date, language: str) -> str:
    """Return "1 juli 2026" ("nl") or "1 July 2026" ("en"). Raises KeyError for another language."""
    return f"{day.day} {_MONTHS[language].split()[day.month - 1]} {day.year}"
