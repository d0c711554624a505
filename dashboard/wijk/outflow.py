"""The outflow to paid work of one place per year, by kind of work where that is shown.

`counts`: data_access.counts of the place.
"""

import pandas as pd

from dashboard.elements.view import Chart, Element, Finding, Note, Part, Table
from dashboard.progress import chain, charts
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.first_year import no_year
from dashboard.words.numbers import number
from dashboard.words.value_text import is_shown, remarks, shown_in, state_text
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
    said, rows = outflow_finding(counts, year, name, language), outflow_rows(counts)
    words = t("wijk.outflow_alternative", language, summary=said)
    drawn = charts.outflow_by_kind(rows, language) if (rows["value"] > 0).any() else None
    return (
        Part(title),
        Finding(said, outflow_notes(counts, year, language)),
        *([Chart(drawn, words)] if drawn else []),
        Table(
            said,
            outflow_columns(language),
            outflow_table(counts, language),
            [shown.source.in_language(language)],
            name="outflow",
        ),
    )


def outflow_rows(counts: pd.DataFrame) -> pd.DataFrame:
    """Return what is drawn of the outflow per year: by kind of work where shown.

    Columns: period, category (a kind of work, or '' for all or the rest of it), value, status,
    known (False for a rest: that is no published number).
    """
    columns = ["period", "category", "value", "status"]
    mine = counts[(counts["measure"] == "outflow") & counts["period"].map(is_year)]
    rows = []
    for _, year in mine.groupby("period", sort=True):
        kinds, whole = year[year["category"] != ""], year[year["category"] == ""]
        if len(kinds) and shown_in(kinds).all():
            rest = (whole["value"] - kinds["value"].sum()).clip(lower=0)
            rows.append(kinds[columns].assign(known=True))
            rows.append(whole[columns].assign(value=rest, known=False))
        else:
            rows.append(whole[columns].assign(known=True))
    empty = pd.DataFrame(columns=[*columns, "known"])
    found = pd.concat(rows, ignore_index=True) if rows else empty
    return found[shown_in(found) & (found["known"] | (found["value"] > 0))]


def outflow_finding(counts: pd.DataFrame, year: str, name: str, language: str) -> str:
    """Return how many people moved on to paid work in a year, by kind of work where shown."""
    mine = counts[(counts["measure"] == "outflow") & (counts["period"] == year)]
    whole = mine[mine["category"] == ""]
    if whole.empty or not is_shown(whole.iloc[0]):
        return t("wijk.outflow_unknown", language, name=name, year=year)
    row = whole.iloc[0]
    left_out = remarks(row, language)
    said = t(
        "wijk.outflow_finding",
        language,
        name=f"{name} ({', '.join(left_out)})" if left_out else name,
        year=year,
        count=chain.about(float(row["value"]), language, row["error"]),
    )
    kinds = mine[mine["category"] != ""].set_index("category")
    if kinds.empty or not shown_in(kinds).all():
        return said
    parts = ", ".join(
        f"{each.name.in_language(language)} {number(kinds.loc[each.id, 'value'], language)}"
        for each in WORK_KINDS
    )
    key = "wijk.of_some" if kinds["without"].any() else "wijk.of_all"
    return t(key, language, said=said, parts=parts)


def outflow_notes(counts: pd.DataFrame, year: str, language: str) -> str:
    """Return why the kinds of work of a year are not there or do not add up; '' for nothing."""
    mine = counts[(counts["measure"] == "outflow") & (counts["period"] == year)]
    kinds, whole = mine[mine["category"] != ""], mine[mine["category"] == ""]
    if kinds.empty or whole.empty:
        return ""
    kind, said = kinds.iloc[0], []
    if not is_shown(kind):
        said.append(t("wijk.no_kinds", language, reason=state_text(kind, language)))
    elif kind["without"]:
        people = number(float(kind["without"]), language)
        said.append(t("wijk.kinds_without", language, count=people))
    error = whole.iloc[0]["error"]
    if error > 0:
        said.append(t("progress.sums", language, error=number(float(error), language)))
    return " ".join(said)


def outflow_table(counts: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a row per year: label, total, a column per kind of work (None: not shown), state."""
    mine = counts[(counts["measure"] == "outflow") & counts["period"].map(is_year)]
    rows = []
    for year, cells in mine.groupby("period", sort=True):
        by_kind = cells.set_index("category")
        rows.append(
            {
                "label": str(year),
                **{
                    category or "total": by_kind.loc[category, "value"]
                    if category in by_kind.index and is_shown(by_kind.loc[category])
                    else None
                    for category in ("", *(each.id for each in WORK_KINDS))
                },
                "state": "; ".join(
                    dict.fromkeys(state_text(row, language) for _, row in by_kind.iterrows())
                ),
            }
        )
    names = ["label", "total", *(each.id for each in WORK_KINDS), "state"]
    return pd.DataFrame(rows, columns=names)


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
