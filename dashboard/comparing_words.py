"""The table of a comparison: every area with its rate, interval and possible place."""

import pandas as pd

from dashboard.comparison.compare_areas import Comparison
from dashboard.kept import kept
from dashboard.numbers import number, value_text
from dashboard.tables import Column, Row, number_column, text_column
from dashboard.text import t
from indicators.vocabulary import Indicator


@kept
def rows(comparison: Comparison) -> pd.DataFrame:
    """Return the areas of a comparison in its own order, which ranks nobody."""
    return comparison.areas


@kept
def columns(indicator: Indicator, language: str) -> list[Column]:
    """Return the columns: name, rate, interval, small-area estimate, possible place, verdict."""
    digits = max(indicator.digits, 1)

    def shown(value: float) -> str:
        return value_text(value, indicator.unit, digits, language)

    def interval(row: Row) -> str:
        return f"{shown(row['lower'])} – {shown(row['upper'])}"

    def place(row: Row) -> str:
        key = "compare.rank_same" if row["best_rank"] == row["worst_rank"] else "compare.rank_range"
        return t(key, language, best=int(row["best_rank"]), worst=int(row["worst_rank"]))

    def verdict(row: Row) -> str:
        if row["position_95"] == "inside" or row["stands_out"]:
            return t(f"compare.{row['position_95']}", language)
        return t(f"compare.perhaps_{row['position_95']}", language)

    return [
        text_column(t("common.area", language), "name"),
        number_column(indicator.name.in_language(language), "rate", shown),
        Column(t("compare.interval", language), interval, interval, numeric=True),
        number_column(t("compare.shrunken", language), "shrunken", shown),
        number_column(t("compare.base", language), "base", lambda v: number(v, language)),
        Column(t("compare.rank", language), place, place, numeric=True),
        Column(t("compare.verdict", language), verdict, verdict),
    ]
