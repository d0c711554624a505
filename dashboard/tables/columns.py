"""Frames as accessible HTML tables and as sheets for a file. Pure functions.

A table is a list of Columns over a frame. A number column shows the state of a cell in words
where there is no number, so unknown, hidden and zero never look alike.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from dashboard.tables.files import Sheet
from dashboard.words.copy import t
from dashboard.words.numbers import euro_range, period_label, value_text
from dashboard.words.rows import plain
from dashboard.words.value_text import (
    error_text,
    exact_text,
    figure_text,
    is_shown,
    margin_text,
    remarks,
    short_state,
    state_text,
)
from indicators.vocabulary import Indicator, Money, Unit

Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Column:
    """One column: its header, the cell of a row as text, and the same cell in a file.

    `shown` gives the text on screen; `raw` what goes into CSV and XLSX (number, text, date or
    None). A `numeric` column is set to the right.
    """

    header: str
    shown: Callable[[Row], str]
    raw: Callable[[Row], Any]
    numeric: bool = False


def text_column(header: str, name: str) -> Column:
    """Return a column that shows frame column `name` as it is."""
    return Column(header, lambda row: _plain(row[name]), lambda row: _plain(row[name]))


def number_column(header: str, name: str, shown: Callable[[Any], str]) -> Column:
    """Return a column of numbers: `shown` formats one; an empty cell stays empty."""
    return Column(
        header,
        lambda row: "" if pd.isna(row[name]) else shown(row[name]),
        lambda row: None if pd.isna(row[name]) else row[name],
        numeric=True,
    )


def value_columns(indicator: Indicator, language: str) -> list[Column]:
    """Return the columns of a frame of published values: name, value, what it is made of, state.

    The frame comes from `dashboard.words.value_text.with_names` on a frame of `data_access.values`.
    """
    value = Column(
        indicator.name.in_language(language),
        lambda row: (
            exact_text(row, indicator, language) if is_shown(row) else short_state(row, language)
        ),
        lambda row: _exact(row),
        numeric=True,
    )
    state = Column(
        t("common.status", language),
        lambda row: state_text(row, language),
        lambda row: _state_in_file(row, indicator, language),
    )
    parts = [] if indicator.denominator is None else _part_columns(indicator, language)
    return [text_column(t("common.area", language), "name"), value, *parts, state]


def _part_columns(indicator: Indicator, language: str) -> list[Column]:
    parts = (("numerator", indicator.numerator), ("denominator", indicator.denominator))
    return [
        _part_column(name, Unit.EURO if isinstance(term, Money) else Unit.PEOPLE, language)
        for name, term in parts
    ]


def _part_column(name: str, unit: Unit, language: str) -> Column:
    return Column(
        t(f"common.{name}", language),
        lambda row: _part_text(row, name, unit, language),
        lambda row: None if pd.isna(row[name]) else row[name],
        numeric=True,
    )


def _part_text(row: Row, name: str, unit: Unit, language: str) -> str:
    if pd.isna(row[name]):
        return ""
    step = row.get("step", 0) if name == "numerator" else 0
    if unit is Unit.EURO and step > 0:
        return euro_range(row[name], row[name] + step, language)
    shown = value_text(row[name], unit, 0, language)
    margin = error_text(row.get(f"{name}_error", 0), language)
    return f"{shown} {margin}" if margin else shown


def _exact(row: Row) -> Any:
    return row["value"] if is_shown(row) and not row["bound"] else None


def _state_in_file(row: Row, indicator: Indicator, language: str) -> str:
    """The state with all that a number alone does not say: its bound, its range, its margin."""
    beside = margin_text(row, indicator, language)
    if is_shown(row) and (row["bound"] or row.get("step", 0) > 0):
        beside = figure_text(row, indicator, language)
    told = remarks(row, language) if row["status"] == "published" else [state_text(row, language)]
    return ", ".join([beside, *told]) if beside else state_text(row, language)


def _plain(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def html_table(
    caption: str,
    columns: Sequence[Column],
    frame: pd.DataFrame,
    total: Callable[[Row], bool] | None = None,
) -> str:
    """Return the frame as one HTML table with a caption and scoped headers.

    The first column heads its row. `total` marks the rows that sum the others up.
    """
    heads = "".join(
        f'<th scope="col"{_right(column) if place else ""}>{escape(column.header)}</th>'
        for place, column in enumerate(columns)
    )
    rows = []
    for row in plain(frame):
        cells = [escape(column.shown(row)) for column in columns]
        first = f'<th scope="row">{cells[0]}</th>'
        rest = "".join(
            f"<td{_right(column)}>{cell}</td>"
            for column, cell in zip(columns[1:], cells[1:], strict=True)
        )
        mark = ' class="total"' if total and total(row) else ""
        rows.append(f"<tr{mark}>{first}{rest}</tr>")
    return (
        '<div class="table-frame" role="region" tabindex="0" '
        f'aria-label="{escape(caption)}"><table class="figures-table">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _right(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def sheet(
    title: str,
    notes: Sequence[str],
    columns: Sequence[Column],
    frame: pd.DataFrame,
    language: str,
) -> Sheet:
    """Return the same table for a file, with `notes` (sample banner, sources) above it."""
    rows = tuple(tuple(column.raw(row) for column in columns) for row in plain(frame))
    return Sheet(title, tuple(notes), tuple(each.header for each in columns), rows, language)


def is_gemeente(row: Row) -> bool:
    """Tell whether a row is about the whole gemeente."""
    return str(row["area_code"]).startswith("GM")


def area_sources(areas: pd.DataFrame, gemeente: str) -> list[str]:
    """Return where residents and boundaries of the wijken of a gemeente come from."""
    wijken = areas[(areas["gemeente_code"] == gemeente) & (areas["level"] == "wijk")]
    found = {*wijken["figures_source"], *wijken["geometry_source"]}
    return sorted(source for source in found if source)


def labelled(series: pd.DataFrame, language: str) -> pd.DataFrame:
    """Add the period in words (`label`) to a series."""
    return series.assign(label=[period_label(each, language) for each in series["period"]])


def series_columns(indicator: Indicator, language: str) -> list[Column]:
    """Return the columns of a labelled series of one indicator: period, value, state."""
    value, *rest = value_columns(indicator, language)[1:]
    return [text_column(t("common.period", language), "label"), value, *rest]
