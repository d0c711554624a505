"""Which wijken differ from their gemeente beyond chance. Pure functions on frames."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import Position
from dashboard.words.copy import t
from dashboard.words.numbers import value_text
from indicators.vocabulary import Indicator


@dataclass(frozen=True)
class Standout:
    """A wijk that differs from its gemeente beyond chance, also among all wijken."""

    area: str
    name: str
    indicator: Indicator
    higher: bool
    sentence: str


def standouts(
    comparisons: Sequence[tuple[Indicator, Comparison]], language: str
) -> tuple[Standout, ...]:
    """Return which areas differ in several comparisons: each has its verdict from its own."""
    found = []
    for indicator, comparison in comparisons:
        areas = comparison.areas
        certain = areas["stands_out"] & (areas["position_95"] != Position.INSIDE)
        found += [_standout(row, indicator, language) for _, row in areas[certain].iterrows()]
    return tuple(found)


def _standout(row: pd.Series, indicator: Indicator, language: str) -> Standout:
    higher = row["position_95"] == Position.HIGH
    digits = max(indicator.digits, 1)
    sentence = t(
        "sentence.standout_high" if higher else "sentence.standout_low",
        language,
        name=row["name"],
        indicator=_lower(indicator.name.in_language(language)),
        value=value_text(row["rate"], indicator.unit, digits, language),
        whole=value_text(row["whole_rate"], indicator.unit, digits, language),
    )
    return Standout(row["area"], row["name"], indicator, higher, sentence)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
