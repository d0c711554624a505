"""What a wijk's organisations show of their small wijken together.

`counts`: data_access.counts of MEASURES of the small places of one organisation together.
"""

from collections.abc import Mapping

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import Element, Finding, Part, Sentences, Table
from dashboard.tables.columns import Column, text_column
from dashboard.words import small_places
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import number, period_label
from dashboard.words.rows import plain
from dashboard.words.value_text import shown_in
from indicators.catalogue import measure

PER_YEAR = (
    *("new_volunteers", "ladder_moves", "outflow"),
    *("still_in_work_6", "still_in_work_12", "still_in_work_18"),
)
PER_QUARTER = ("ladder_level", "volunteer_hours")
MEASURES = (*PER_QUARTER, *PER_YEAR)
_MOST_NAMES = 6


def together(
    here: pd.DataFrame, year: str, selection: Selection, door: Door
) -> tuple[Element, ...]:
    """Return the figures of small places together, where the chosen wijk is in such a group.

    `here`: data_access.counts of the wijk; `year`: '' when none is closed.
    """
    language, quarter, wijk = selection.language, selection.period, selection.wijk
    small = here[here["period"].isin([quarter, year])]["reason"] == "small_place"
    if not wijk or not small.any():
        return ()
    periods = tuple(filter(None, (quarter, year)))
    members = pd.concat(
        [door.small_places(each).assign(period=each) for each in periods], ignore_index=True
    )
    found = groups(members, quarter, year, wijk)
    lost = left_out(members, quarter, year, wijk, language)
    shown: list[Element] = []
    if found:
        shown.append(Part(t("wijk.together", language), t("wijk.together_lead", language)))
    elif lost:
        shown.append(Part(t("wijk.nowhere", language)))
    code = small_places.code(selection.gemeente)
    for organisation, (name, measures) in found.items():
        counts = door.counts(MEASURES, code, organisation, periods)
        figures = rows(counts, members, organisation, measures, door.areas(), language)
        title = t("wijk.together_title", language, name=name)
        shown += [
            Finding(title),
            Sentences(sentences(figures, language)),
            Table(
                title,
                columns(language),
                figures,
                [door.measure("volunteers").source.in_language(language)],
                name=f"together-{organisation}",
            ),
        ]
    return (*shown, Sentences(lost))


def groups(
    members: pd.DataFrame, quarter: str, year: str, area_code: str
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return id -> (name, measures) of the organisations whose group has the place in something.

    `members`: data_access.small_places of `quarter` and of `year`, with a column period.
    """
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    by_period = {period: members[members["period"] == period] for period in (quarter, year)}
    for each, period in _with_periods(quarter, year):
        mine = by_period[period]
        there = small_places.organisations(mine, each, period, area_code, "group")
        for organisation, name in there.items():
            before = found.get(organisation, (name, ()))[1]
            found[organisation] = (name, (*before, each))
    return found


def left_out(
    members: pd.DataFrame, quarter: str, year: str, area_code: str, language: str
) -> list[str]:
    """Return a sentence per organisation whose place is in no figure at all of some measures."""
    names: dict[str, list[str]] = {}
    by_period = {period: members[members["period"] == period] for period in (quarter, year)}
    for each, period in _with_periods(quarter, year):
        mine = by_period[period]
        there = small_places.organisations(mine, each, period, area_code, "left_out")
        for name in there.values():
            names.setdefault(name, []).append(f"‘{name_of(each, language)}’")
    return [
        t("wijk.left_out", language, name=name, measures=listed(what, language))
        for name, what in names.items()
    ]


def name_of(measure_id: str, language: str) -> str:
    """Return the name of what a group shows: of outflow only the kinds of work."""
    if measure_id == "outflow":
        return t("wijk.outflow_by_kind", language)
    return measure(measure_id).name.in_language(language)


def _with_periods(quarter: str, year: str) -> list[tuple[str, str]]:
    yearly = [(each, year) for each in PER_YEAR] if year else []
    return [*((each, quarter) for each in PER_QUARTER), *yearly]


def rows(
    counts: pd.DataFrame,
    members: pd.DataFrame,
    organisation_id: str,
    measures: tuple[str, ...],
    areas: pd.DataFrame,
    language: str,
) -> pd.DataFrame:
    """Return a row per figure of a group: what, kind, period, count, value, wijken."""
    found = []
    for each in measures:
        mine = counts[(counts["measure"] == each) & shown_in(counts)]
        kinds: Mapping[str, str] = {
            category.id: category.name.in_language(language)
            for category in measure(each).categories
        } or {"": ""}
        for period, cells in mine.groupby("period"):
            here = members[members["period"] == period]
            names = small_places.names_of(here, each, str(period), organisation_id, areas)
            by_kind = cells.set_index("category")["value"]
            for kind, word in kinds.items():
                if names and kind in by_kind.index:
                    found.append(
                        {
                            "what": name_of(each, language),
                            "measure": each,
                            "kind": word,
                            "period": period_label(str(period), language),
                            "value": float(by_kind[kind]),
                            "wijken": listed(names, language),
                            "number": len(names),
                        }
                    )
    columns = ["what", "measure", "kind", "period", "value", "wijken", "number"]
    return pd.DataFrame(found, columns=columns)


def sentences(shown: pd.DataFrame, language: str) -> list[str]:
    """Return a sentence per measure of a group: how many, of which kind, in which wijken."""
    said = []
    for (_, _), mine in shown.groupby(["measure", "period"], sort=False):
        first = mine.iloc[0]
        parts = [
            ": ".join(filter(None, (row["kind"], number(row["value"], language))))
            for row in plain(mine)
        ]
        key = "wijk.group_named" if first["number"] <= _MOST_NAMES else "wijk.group_counted"
        said.append(
            t(
                key,
                language,
                what=first["what"],
                period=first["period"],
                parts="; ".join(parts),
                names=first["wijken"],
                count=first["number"],
            )
        )
    return said


def columns(language: str) -> list[Column]:
    """Return the columns of rows."""
    return [
        text_column(t("corrections.measure", language), "what"),
        text_column(t("corrections.class", language), "kind"),
        text_column(t("common.period", language), "period"),
        Column(
            t("progress.number", language),
            lambda row: number(row["value"], language),
            lambda row: row["value"],
            numeric=True,
        ),
        text_column(t("wijk.group_wijken", language), "wijken"),
    ]
