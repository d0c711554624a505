"""The part of Besteding about allowances: how many volunteers got more than the legal maximum."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import Chart, Element, Finding, Note, Notice, Table
from dashboard.spending import charts
from dashboard.spending.subject import place
from dashboard.tables.columns import Column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import euros, number
from dashboard.words.rows import Row, plain
from dashboard.words.value_text import error_text, is_shown, remarks, state_text

MEASURE = "allowance_above_maximum"
_UNKNOWN = (float("nan"), float("nan"))


def above_maximum(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return how many people got more than the maximum, year by year."""
    language, year = selection.language, selection.period
    shown = door.measure(MEASURE)
    rows = by_year(door.counts((MEASURE,), selection.wijk), door.allowance_maxima(), language)
    finding = title(rows, year, place(selection, door.areas()).name, language)
    closed = [int(each) for each in rows["year"]]
    asked_for = [*closed, max(closed, default=int(year)) + 1]
    alternative = t("spending.allowance_alternative", language, summary=finding)
    chart = [Chart(charts.allowances(rows, language), alternative)]
    return (
        Finding(finding),
        *(
            Notice("note", sentence)
            for sentence in unknown_years(asked_for, door.allowance_maxima(), language)
        ),
        *(chart if rows["value"].notna().any() else ()),
        Table(
            finding,
            columns(language),
            rows,
            [shown.source.in_language(language), t("spending.maximum_source", language)],
            name="allowances",
            opened=True,
        ),
        Note(shown.definition.in_language(language)),
        Note(t("spending.allowance_tax", language)),
        Note(t("common.rounding", language)),
    )


def by_year(
    counts: pd.DataFrame, maxima: Mapping[int, tuple[float, float]], language: str
) -> pd.DataFrame:
    """Return year, value (NaN: none), maximum, month (euros, NaN: unknown), words.

    `counts`: data_access.counts of MEASURE for one place; `maxima`: the door's.
    """
    of_year = [maxima.get(int(year), _UNKNOWN) for year in counts["period"]]
    rows = counts.assign(
        year=counts["period"],
        maximum=[maximum for _, maximum in of_year],
        month=[month for month, _ in of_year],
        value=pd.to_numeric(counts["value"]).astype(float),
    )
    return rows.assign(words=[words(row, language) for row in plain(rows)])


def words(row: Row, language: str) -> str:
    """Return a count as text, or why there is none."""
    if is_shown(row):
        error = row.get("error", 0)
        margin = error_text(0 if pd.isna(error) else error, language)
        shown = " ".join(filter(None, (number(row["value"], language), margin)))
        left_out = remarks(row, language)
        return f"{shown} ({', '.join(left_out)})" if left_out else shown
    if row["reason"] == "maximum_unknown":
        return t("spending.maximum_unknown", language)
    return state_text(row, language)


def title(rows: pd.DataFrame, year: str, name: str, language: str) -> str:
    """Return the finding of a year: how many people were above the maximum."""
    mine = rows[rows["year"] == year]
    if mine.empty:
        return t("common.nothing", language)
    row = mine.iloc[0]
    if not is_shown(row):
        return t("spending.allowance_unknown", language, name=name, year=year, words=row["words"])
    key = "spending.allowance_none" if row["value"] == 0 else "spending.allowance_title"
    maximum = row["maximum"]
    return t(
        key,
        language,
        name=name,
        year=year,
        count=row["words"],
        maximum=t("spending.maximum_unknown", language)
        if pd.isna(maximum)
        else euros(maximum, language),
    )


def unknown_years(
    years: Sequence[int], maxima: Mapping[int, tuple[float, float]], language: str
) -> list[str]:
    """Return a sentence per year whose maximum is not known: which setting makes it known."""
    return [
        t("spending.set_maximum", language, year=year, setting=f"ALLOWANCE_MAXIMUM_{year}")
        for year in years
        if year not in maxima
    ]


def columns(language: str) -> list[Column]:
    """Return the columns of by_year."""

    def maximum(name: str) -> Column:
        unknown = t("spending.maximum_unknown", language)
        return Column(
            t(f"spending.{name}", language),
            lambda row: unknown if pd.isna(row[name]) else euros(row[name], language),
            lambda row: unknown if pd.isna(row[name]) else row[name],
            numeric=True,
        )

    return [
        text_column(t("chart.year", language), "year"),
        Column(
            t("spending.above_maximum", language),
            lambda row: row["words"],
            lambda row: row["words"] if pd.isna(row["value"]) else row["value"],
            numeric=True,
        ),
        maximum("maximum"),
        maximum("month"),
    ]
