"""What attackers of our own got out of the figures, in words. The numbers are in measured.toml."""

import datetime
import tomllib
from functools import cache
from pathlib import Path

from dashboard.words.copy import t
from dashboard.words.numbers import date_long, number, percent

FILE = Path(__file__).with_name("measured.toml")
PERCENT = ("exact_recovery", "one_cell", "pinned")
POINTS = (
    "flows_gain",
    "flows_most",
    "hidden_gain",
    "hidden_most",
    "statement_gain",
    "statement_most",
    "statement_later_gain",
    "statement_later_most",
    "level_gain_smallest",
    "level_gain_80",
)
KEYS = (*PERCENT, *POINTS, "places", "date")


@cache
def measured() -> dict[str, object]:
    """Return the measured values by key; one that is no number or date was not measured.

    Raises KeyError when one of KEYS is not in the file.
    """
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {key: found[key] for key in KEYS}


def shown(key: str, value: object, language: str) -> str:
    """Return a measured value as the reader writes it: "30,7%", "6,2", "4.000", a date."""
    if isinstance(value, datetime.date):
        return date_long(value, language)
    if not isinstance(value, int | float):
        return t("accountability.not_measured", language)
    if key == "places":
        return number(value, language)
    if key in PERCENT:
        return percent(value, language, 1)
    return number(value, language, 1)


def sentences(language: str) -> list[str]:
    """Return what was tried and what it found, a sentence per attack."""
    values = {key: shown(key, value, language) for key, value in measured().items()}
    return [
        t(f"accountability.tried_{attack}", language, **values)
        for attack in ("numbers", "statement", "flows", "insider", "level", "when")
    ]
