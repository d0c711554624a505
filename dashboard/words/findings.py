"""Sentences that say what figures mean, and nothing that chance may explain. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import Position
from dashboard.comparison.multiple_testing import stands_out
from dashboard.elements.kept import kept
from dashboard.words.copy import t
from dashboard.words.numbers import period_label, value_text
from dashboard.words.value_text import exact_text, is_whole, remarks, shown_in, state_text
from indicators.vocabulary import Indicator


@dataclass(frozen=True)
class Standout:
    """A wijk that differs from its gemeente beyond chance, also among all figures looked at."""

    area: str
    name: str
    indicator: Indicator
    higher: bool
    sentence: str


def listed(names: Sequence[str], language: str) -> str:
    """Return "A, B en C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {t('sentence.and', language)} {names[-1]}"


@kept
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


@kept
def latest_of(series: pd.DataFrame) -> pd.Series | None:
    """Return the last row of a series that has a figure; None when there is none."""
    known = series[shown_in(series)].sort_values("period")
    return known.iloc[-1] if len(known) else None


@kept
def series_alternative(series: pd.DataFrame, indicator: Indicator, name: str, language: str) -> str:
    """Return the text alternative of a trend chart: first, last and what is missing.

    From or to an incomplete figure there is no course, only the last figure.
    `name`: of the place, '' where what surrounds it says so.
    """
    known = series[shown_in(series)]
    if known.empty:
        return t("sentence.no_series" if name else "common.nothing", language, name=name)
    first, last = known.iloc[0], known.iloc[-1]
    subject = indicator.name.in_language(language)
    if name:
        subject = t("kaart.title_without_period", language, indicator=subject, name=name)
    sentence = t(
        "sentence.series"
        if len(known) > 1 and is_whole(first) and is_whole(last)
        else "sentence.series_one",
        language,
        subject=subject,
        first=exact_text(first, indicator, language),
        first_period=_when(first, language),
        last=exact_text(last, indicator, language),
        last_period=_when(last, language),
    )
    lacking = series[~shown_in(series)]
    if len(lacking):
        reasons = sorted({state_text(row, language) for _, row in lacking.iterrows()})
        form = "one" if len(lacking) == 1 else "many"
        told = {"count": len(lacking), "reasons": ", ".join(reasons)}
        sentence += " " + t(f"sentence.series_gaps_{form}", language, **told)
    return sentence


def _when(cell: pd.Series, language: str) -> str:
    return ", ".join([period_label(cell["period"], language), *remarks(cell, language)])
