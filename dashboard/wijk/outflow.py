"""The outflow to paid work of one place per year, by kind of work where that is shown.

`counts`: data_access.counts of the place; `cells`: its rows of outflow, in its order.
"""

from collections.abc import Sequence

import pandas as pd

from dashboard.elements.view import Chart, Element, Finding, Note, Part, Table
from dashboard.progress import chain, charts
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.first_year import no_year
from dashboard.words.numbers import number
from dashboard.words.rows import Row, plain
from dashboard.words.value_text import is_shown, remarks, state_text
from indicators.catalogue import WORK_KINDS
from indicators.periods import is_year
from indicators.vocabulary import Measure


def outflow(
    counts: pd.DataFrame, shown: Measure, year: str, quarter: str, name: str, language: str
) -> tuple[Element, ...]:
    """Return the part about outflow in `year`, the newest that was over in the chosen `quarter`.

    Before the first closed year ('') it says when figures come. `shown`: outflow as the release
    explains it; `name`: of the place.
    """
    title = t("wijk.outflow", language)
    if not year:
        return Part(title), Note(no_year(quarter, language))
    cells = plain(counts[counts["measure"] == "outflow"])
    now = [cell for cell in cells if cell["period"] == year]
    said, rows = outflow_finding(now, year, name, language), outflow_rows(cells)
    words = t("wijk.outflow_alternative", language, summary=said)
    drawn = charts.outflow_by_kind(rows, language) if (rows["value"] > 0).any() else None
    return (
        Part(title),
        Finding(said, outflow_notes(now, language)),
        *([Chart(drawn, words)] if drawn else []),
        Table(
            said,
            outflow_columns(language),
            outflow_table(cells, language),
            [shown.source.in_language(language)],
            name="outflow",
        ),
    )


def _split(cells: Sequence[Row]) -> tuple[Row | None, list[Row]]:
    """Return what there is of the whole outflow of a year, and of its kinds of work."""
    whole = next((cell for cell in cells if not cell["category"]), None)
    return whole, [cell for cell in cells if cell["category"]]


def _by_year(cells: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    years: dict[str, list[Row]] = {}
    for cell in cells:
        if is_year(cell["period"]):
            years.setdefault(cell["period"], []).append(cell)
    return sorted(years.items())


def outflow_rows(cells: Sequence[Row]) -> pd.DataFrame:
    """Return what is drawn of the outflow per year: by kind of work where shown.

    Columns: period, category (a kind of work, or '' for all or the rest of it), value, status,
    known (False for a rest: that is no published number).
    """
    rows: list[Row] = []
    for _, year in _by_year(cells):
        whole, kinds = _split(year)
        by_kind = bool(kinds) and all(map(is_shown, kinds))
        if by_kind:
            rows += [_drawn(each, each["value"], known=True) for each in kinds]
        if whole is None or not is_shown(whole):
            continue
        value = whole["value"]
        if by_kind:
            value = max(value - sum(each["value"] for each in kinds), 0)
        if value > 0 or not by_kind:
            rows.append(_drawn(whole, value, known=not by_kind))
    return pd.DataFrame(rows, columns=["period", "category", "value", "status", "known"])


def _drawn(cell: Row, value: float, known: bool) -> Row:
    told: Row = {name: cell[name] for name in ("period", "category", "status")}
    return {**told, "value": value, "known": known}


def outflow_finding(now: Sequence[Row], year: str, name: str, language: str) -> str:
    """Return how many people moved on to paid work in a year, by kind of work where shown.

    `now`: the cells of the year.
    """
    whole, kinds = _split(now)
    if whole is None or not is_shown(whole):
        return t("wijk.outflow_unknown", language, name=name, year=year)
    left_out = remarks(whole, language)
    said = t(
        "wijk.outflow_finding",
        language,
        name=f"{name} ({', '.join(left_out)})" if left_out else name,
        year=year,
        count=chain.about(float(whole["value"]), language, whole["error"]),
    )
    if not kinds or not all(map(is_shown, kinds)):
        return said
    values = {each["category"]: each["value"] for each in kinds}
    parts = ", ".join(
        f"{each.name.in_language(language)} {number(values[each.id], language)}"
        for each in WORK_KINDS
    )
    key = "wijk.of_some" if any(each["without"] for each in kinds) else "wijk.of_all"
    return t(key, language, said=said, parts=parts)


def outflow_notes(now: Sequence[Row], language: str) -> str:
    """Return why the kinds of work of a year are not there or do not add up; '' for nothing.

    `now`: the cells of the year.
    """
    whole, kinds = _split(now)
    if not kinds or whole is None:
        return ""
    kind, said = kinds[0], []
    if not is_shown(kind):
        said.append(t("wijk.no_kinds", language, reason=state_text(kind, language)))
    elif kind["without"]:
        people = number(float(kind["without"]), language)
        said.append(t("wijk.kinds_without", language, count=people))
    if whole["error"] > 0:
        said.append(t("progress.sums", language, error=number(float(whole["error"]), language)))
    return " ".join(said)


def outflow_table(cells: Sequence[Row], language: str) -> pd.DataFrame:
    """Return a row per year: label, total, a column per kind of work (None: not shown), state."""
    kinds = [each.id for each in WORK_KINDS]
    rows = []
    for year, mine in _by_year(cells):
        values = {each["category"]: each["value"] for each in mine if is_shown(each)}
        states = dict.fromkeys(state_text(each, language) for each in mine)
        rows.append(
            {
                "label": year,
                "total": values.get(""),
                **{each: values.get(each) for each in kinds},
                "state": "; ".join(states),
            }
        )
    return pd.DataFrame(rows, columns=["label", "total", *kinds, "state"])


def outflow_columns(language: str) -> list[Column]:
    """Return the columns of outflow_table."""

    def shown(value: float) -> str:
        return number(value, language)

    return [
        text_column(t("common.period", language), "label"),
        number_column(t("progress.total", language), "total", shown),
        *(number_column(each.name.in_language(language), each.id, shown) for each in WORK_KINDS),
        text_column(t("common.status", language), "state"),
    ]
