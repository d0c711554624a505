"""Spending per closed year by nature: structural, or with an end. Pure functions on frames."""

from collections.abc import Sequence

import pandas as pd

from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import euros
from dashboard.words.rows import plain

NATURES = ("structureel", "incidenteel")


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
    by_year: dict[int, dict[str, float]] = {}
    for row in plain(money):
        by_year.setdefault(row["year"], {})[row["nature"]] = row["euros"]
    rows = [
        {"year": year, **{each: sums.get(each, 0.0) for each in NATURES}, "label": str(year)}
        for year, sums in sorted(by_year.items())
    ]
    return pd.DataFrame(rows, columns=["year", *NATURES, "label"])


def money_columns(language: str) -> list[Column]:
    """Return the columns of money_table."""
    return [
        text_column(t("chart.year", language), "label"),
        *(
            number_column(t(f"wijk.{nature}", language), nature, lambda v: euros(v, language))
            for nature in NATURES
        ),
    ]
