"""What is counted of one wijk or a whole gemeente, and what of that a small wijk shows."""

from collections.abc import Sequence

import pandas as pd

from dashboard.elements.tables import Column, number_column, text_column
from dashboard.overview.headline import period_for
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import euros
from dashboard.words.value_text import shown_in
from indicators.catalogue import LADDER_CLASSES, LADDER_LEVELS, indicator
from indicators.vocabulary import Count

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
NATURES = ("structureel", "incidenteel")


def key_indicators(counts: pd.DataFrame, quarter: str, year: str) -> tuple[str, ...]:
    """Return the key figures of a place: in a small one only those that it shows."""
    small = counts[counts["reason"] == "small_place"]
    hidden = set(zip(small["measure"], small["category"], small["period"], strict=True))
    return tuple(
        each.id
        for each in map(indicator, KEY_INDICATORS)
        if not isinstance(each.numerator, Count)
        or (each.numerator.measure, each.numerator.category, period_for(each, quarter, year))
        not in hidden
    )


def small_sentences(counts: pd.DataFrame, quarter: str, year: str, language: str) -> list[str]:
    """Return what a small place shows and what it does not, and why; [] for any other place.

    A place that lacks only the six levels of the ladder says no more than that.

    `counts`: data_access.counts of MEASURES of the place.
    """
    left_out = set(KEY_INDICATORS) - set(key_indicators(counts, quarter, year))
    about_ladder = _about_ladder(counts, quarter)
    if not left_out:
        return [t("wijk.ladder_in_three", language)] if about_ladder == "ladder_in_three" else []
    names = [indicator(each).name.in_language(language) for each in KEY_INDICATORS]
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
    mine = counts[(counts["measure"] == "ladder_level") & (counts["period"] == quarter)]
    shown = set(mine[shown_in(mine)]["category"])
    if {each.id for each in LADDER_LEVELS} <= shown:
        return ""
    if {each.id for each in LADDER_CLASSES} <= shown:
        return "ladder_in_three"
    return "no_ladder_here" if (mine["reason"] == "small_place").any() else ""


def in_closed_years(money: pd.DataFrame, closed: Sequence[str]) -> pd.DataFrame:
    """Return the rows about whole years: money of a year under way would look like a fall.

    `money`: data_access.money with a column year; `closed`: the closed periods of the gemeente.
    """
    return money[money["year"].astype(str).isin(list(closed))]


def money_summary(money: pd.DataFrame, language: str) -> str:
    """Return what was spent in the last year, by nature."""
    if money.empty:
        return t("common.nothing", language)
    last = money[money["year"] == money["year"].max()]
    parts = [
        f"{t('wijk.' + row.nature, language)}: {euros(row.euros, language)}"
        for row in last.itertuples()
    ]
    return f"{last['year'].iloc[0]}: {', '.join(parts)}"


def money_table(money: pd.DataFrame) -> pd.DataFrame:
    """Return one row per year with structureel and incidenteel in euros."""
    wide = money.pivot(index="year", columns="nature", values="euros").reset_index()
    for nature in NATURES:
        if nature not in wide:
            wide[nature] = 0.0
    return wide.fillna(0.0).assign(label=wide["year"].astype(str))


def money_columns(language: str) -> list[Column]:
    """Return the columns of money_table."""
    return [
        text_column(t("chart.year", language), "label"),
        *(
            number_column(t(f"wijk.{nature}", language), nature, lambda v: euros(v, language))
            for nature in NATURES
        ),
    ]
