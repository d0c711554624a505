"""What is counted of one wijk or a whole gemeente, and what of that a small wijk shows."""

from collections.abc import Mapping

import pandas as pd

from dashboard.overview.headline import period_for
from dashboard.words.copy import t
from dashboard.words.findings import listed
from data_access.values import SHOWN
from indicators.catalogue import LADDER_CLASSES, LADDER_LEVELS, indicator, measure
from indicators.vocabulary import Count, Indicator, Parts

KEY_INDICATORS = (
    "volunteers",
    "new_volunteers",
    "volunteer_hours",
    "outflow",
    "ladder_steps_up",
)
MEASURES = (
    "volunteers",
    "new_volunteers",
    "volunteer_hours",
    "outflow",
    "ladder_moves",
    "ladder_level",
)


def key_indicators(counts: pd.DataFrame, quarter: str, year: str) -> tuple[str, ...]:
    """Return the key figures of a place: in a small one only those that it shows."""
    columns = ("reason", "measure", "category", "period")
    hidden = {
        (measure, category, period)
        for reason, measure, category, period in zip(
            *(counts[name] for name in columns), strict=True
        )
        if reason == "small_place"
    }
    return tuple(
        each.id
        for each in map(indicator, KEY_INDICATORS)
        if not isinstance(each.numerator, Count)
        or (each.numerator.measure, each.numerator.category, period_for(each, quarter, year))
        not in hidden
    )


def small(
    counts: pd.DataFrame,
    known: Mapping[str, Indicator],
    quarter: str,
    year: str,
    language: str,
) -> tuple[str, list[str]]:
    """Return the title and sentences of what a place leaves out: see `small_sentences`."""
    few = _left_out(counts, quarter, year) <= _few_counts()
    in_three = _about_ladder(counts, quarter) == "ladder_in_three"
    title = "wijk.few_new_title" if few and not in_three else "wijk.small"
    return t(title, language), small_sentences(counts, known, quarter, year, language)


def _left_out(counts: pd.DataFrame, quarter: str, year: str) -> set[str]:
    return set(KEY_INDICATORS) - set(key_indicators(counts, quarter, year))


def _few_counts() -> set[str]:
    """Return the key figures that a large wijk leaves out too, where the count itself is small."""
    numerators = {each: indicator(each).numerator for each in KEY_INDICATORS}
    return {
        each
        for each, of in numerators.items()
        if isinstance(of, Count) and measure(of.measure).parts is Parts.OF_LARGE_COUNTS
    }


def small_sentences(
    counts: pd.DataFrame,
    known: Mapping[str, Indicator],
    quarter: str,
    year: str,
    language: str,
) -> list[str]:
    """Return what a small place shows and what it does not, and why; [] for any other place.

    A place that lacks only new volunteers or the six levels of the ladder says no more than that.

    `counts`: data_access.counts of MEASURES of the place; `known`: the door's indicators.
    """
    left_out = _left_out(counts, quarter, year)
    about_ladder = _about_ladder(counts, quarter)
    if left_out <= _few_counts():
        few_new = [t("wijk.few_new", language)] if left_out else []
        in_three = about_ladder == "ladder_in_three"
        return few_new + ([t("wijk.ladder_in_three", language)] if in_three else [])
    names = [known[each].name.in_language(language) for each in KEY_INDICATORS]
    hidden = [
        f"‘{name}’" for each, name in zip(KEY_INDICATORS, names, strict=True) if each in left_out
    ]
    return [
        t("wijk.small_shown", language),
        t("wijk.small_hidden", language, names=listed(hidden, language)),
        *([t(f"wijk.{about_ladder}", language)] if about_ladder else []),
    ]


def _about_ladder(counts: pd.DataFrame, quarter: str) -> str:
    """Return what a quarter shows of the ladder, where that is less than six levels; else ''."""
    columns = ("measure", "period", "category", "status", "reason")
    mine = [
        (category, status, reason)
        for measure, period, category, status, reason in zip(
            *(counts[name] for name in columns), strict=True
        )
        if (measure, period) == ("ladder_level", quarter)
    ]
    shown = {category for category, status, _ in mine if status in SHOWN}
    if {each.id for each in LADDER_LEVELS} <= shown:
        return ""
    if {each.id for each in LADDER_CLASSES} <= shown:
        return "ladder_in_three"
    return "no_ladder_here" if any(reason == "small_place" for *_, reason in mine) else ""
