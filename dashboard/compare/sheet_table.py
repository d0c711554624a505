"""The procurement sheet as a table on the page and as rows of a file. Pure functions."""

from html import escape

import pandas as pd

from dashboard.compare.sheet import Cell, UnitSheet
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import number


def as_html(drawn: UnitSheet, caption: str, language: str) -> str:
    """Return the sheet as an accessible table: a row per indicator, a column per unit."""
    heads = [t("sheet.indicator", language), *drawn.names, *_whole_head(drawn)]
    columns = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    rows = []
    for line in drawn.lines:
        cells = "".join(f"<td>{_cell_html(each)}</td>" for each in line.cells)
        whole = f"<td><strong>{escape(line.whole)}</strong></td>" if _whole_head(drawn) else ""
        name = f'{escape(line.name)}<br><span class="small">{escape(line.period)}</span>'
        rows.append(f'<tr><th scope="row">{name}</th>{cells}{whole}</tr>')
    return (
        f'<div class="table-frame" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="figures-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _whole_head(drawn: UnitSheet) -> list[str]:
    return [drawn.whole] if any(line.whole for line in drawn.lines) else []


def _cell_html(cell: Cell) -> str:
    small = "".join(
        f'<br><span class="small">{escape(each)}</span>'
        for each in (cell.interval, cell.verdict)
        # A wijk without organisation has said so in the place of its figure.
        if each and each != cell.shown
    )
    shown = f"<strong>{escape(cell.shown)}</strong>" if cell.known else escape(cell.shown)
    return shown + small


def long_rows(drawn: UnitSheet) -> pd.DataFrame:
    """Return the sheet for a file, a row per figure.

    Columns: indicator, period, name, shown, value, lower, upper (NaN where there is none), verdict.
    """
    return pd.DataFrame(
        [
            (line.name, line.period, name, cell.shown, *_numbers(cell), cell.verdict)
            for line in drawn.lines
            for name, cell in zip(drawn.names, line.cells, strict=True)
        ],
        columns=["indicator", "period", "name", "shown", "value", "lower", "upper", "verdict"],
    )


def _numbers(cell: Cell) -> tuple[float, ...]:
    return tuple(
        float("nan") if each is None else each for each in (cell.value, cell.lower, cell.upper)
    )


def file_columns(language: str) -> list[Column]:
    """Return the columns of `long_rows`."""

    def plain(value: float) -> str:
        return number(value, language, 2)

    return [
        text_column(t("sheet.indicator", language), "indicator"),
        text_column(t("sheet.period", language), "period"),
        text_column(t("sheet.unit", language), "name"),
        text_column(t("common.value", language), "shown"),
        number_column(t("sheet.number", language), "value", plain),
        number_column(t("sheet.lower", language), "lower", plain),
        number_column(t("sheet.upper", language), "upper", plain),
        text_column(t("sheet.verdict", language), "verdict"),
    ]
