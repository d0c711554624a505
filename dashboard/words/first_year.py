"""What is said while a gemeente has no closed year yet. Pure functions."""

from collections.abc import Sequence

from dashboard.words.copy import t
from dashboard.words.numbers import period_label
from indicators.periods import is_quarter, year_of


def no_year(quarter: str, language: str) -> str:
    """Return the sentence that up to `quarter` no year is closed, and when yearly figures come."""
    return t(
        "common.no_year",
        language,
        year=year_of(quarter),
        period=period_label(quarter, language),
    )


def no_year_yet(closed: Sequence[str], language: str) -> str:
    """Return `no_year` for the closed periods of a gemeente: up to its newest quarter."""
    quarters = [each for each in closed if is_quarter(each)]
    return no_year(max(quarters), language) if quarters else t("common.nothing", language)
