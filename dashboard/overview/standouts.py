"""Which wijken differ from their gemeente beyond chance. Pure functions on frames."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import Position
from dashboard.comparison.multiple_testing import stands_out
from dashboard.words.copy import t
from dashboard.words.numbers import value_text
from indicators.vocabulary import Indicator


@dataclass(frozen=True)
class Standout:
    """A wijk that differs from its gemeente beyond chance, also among all figures looked at."""

    area: str
    name: str
    indicator: Indicator
    higher: bool
    sentence: str


def standouts(
    comparisons: Sequence[tuple[Indicator, Comparison]], language: str
) -> tuple[Standout, ...]:
    """Find what stands out in several comparisons at once (Benjamini-Hochberg over all figures)."""
    if not comparisons:
        return ()
    chances = np.concatenate([each.areas["p_value"].to_numpy() for _, each in comparisons])
    beyond = stands_out(chances)
    found, start = [], 0
    for indicator, comparison in comparisons:
        rows = comparison.areas.assign(
            beyond=beyond[start : start + len(comparison.areas)],
        )
        start += len(comparison.areas)
        certain = rows["beyond"] & (rows["position_95"] != Position.INSIDE)
        found += [_standout(row, indicator, language) for _, row in rows[certain].iterrows()]
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
