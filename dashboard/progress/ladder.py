"""People per level of the Participatieladder, and their moves on it: picture, words and table.

Works on frames of `data_access.counts`. Unknown ("not delivered", "not to be said yet") stays
unknown: nothing here turns it into 0.
"""

from collections.abc import Collection, Sequence
from typing import TypeAlias

import pandas as pd

from dashboard.comparison.rounding import FURTHEST
from dashboard.elements.view import Chart, Element, Finding, Part, Table
from dashboard.progress import charts
from dashboard.progress.chain import about, reason_text, roughly
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import date_long, number, period_label
from dashboard.words.rows import Row, plain
from dashboard.words.value_text import Cell, is_shown, remarks, shown_in, state_text
from data_access.values import SHOWN
from indicators.breakdowns import rest_class
from indicators.catalogue import measure
from indicators.periods import is_year, last_day
from indicators.vocabulary import Category, Flow, Measure

LEVELS, MOVES = "ladder_level", "ladder_moves"
WORKING_LEVELS = ("4", "5", "6")
FIRST_CLASS = "1-2"
_NAMED_PERIODS = 3
# `classes`, or its rows as a list, made once for all that is said of them.
Rows: TypeAlias = "pd.DataFrame | list[Row]"


def ladder(
    counts: pd.DataFrame, shown: Measure, title: str, name: str, until: str, language: str
) -> tuple[Element, ...]:
    """Return the part about LEVELS or MOVES: its title, finding, picture and table.

    `counts`: data_access.counts of one place, called `name`. `until`: the chosen period (a quarter
    for LEVELS, a year for MOVES); what is said is about it, or about the last one known before.
    """
    mine = counts[counts["measure"] == shown.id]
    rows = classes(mine, shown.id, until)
    categories = shown_classes(mine, shown.id, until)
    cells = plain(rows)
    say, draw = _SAY_AND_DRAW[shown.id]
    said = say(cells, name, until, language)
    words = alternative(cells, categories, said, until, language)
    return (
        Part(title),
        Finding(said, class_notes(cells, until, language)),
        *([Chart(draw(rows, language), words)] if rows["value"].notna().any() else []),
        Table(
            said,
            class_columns(categories, language),
            class_rows(cells, language),
            [shown.source.in_language(language)],
            name=shown.id,
        ),
    )


def shown_classes(counts: pd.DataFrame, measure_id: str, until: str) -> tuple[Category, ...]:
    """Return the classes to show of a measure: the fine ones, or the merged ones of a small place.

    The newest period up to `until` that has any decides (without one: the newest of all), so that
    all periods show the same ones.
    """
    fine, merged = measure(measure_id).categories, measure(measure_id).merged
    if not merged:
        return fine
    there: dict[str, set[str]] = {}
    columns = (counts[name] for name in ("measure", "status", "period", "category"))
    for each, status, period, category in zip(*columns, strict=True):
        if each == measure_id and status in SHOWN and category:
            there.setdefault(period, set()).add(category)
    if not there:
        return fine
    so_far = [period for period in there if period <= until]
    newest = there[max(so_far or there)]
    return fine if {each.id for each in fine} <= newest else merged


def classes(counts: pd.DataFrame, measure_id: str, until: str) -> pd.DataFrame:
    """Return the classes of a measure (see `shown_classes`) with period, category and figure.

    A flow per year, a stock per reference date. `value` is NaN where there is no figure; the row
    stays, so that a gap shows as a gap.
    """
    years = isinstance(measure(measure_id), Flow)
    wanted = {each.id for each in shown_classes(counts, measure_id, until)}
    cells = list(zip(*(counts[name] for name in ("period", "category", "measure")), strict=True))
    places = [
        place
        for place, (period, category, each) in enumerate(cells)
        if each == measure_id and category in wanted and is_year(period) == years
    ]
    mine = counts.take(sorted(places, key=cells.__getitem__)).reset_index(drop=True)
    return mine.assign(value=mine["value"].astype(float).where(shown_in(mine)))


def _cells(rows: Rows) -> list[Row]:
    return rows if isinstance(rows, list) else plain(rows)


def _last_known(rows: Rows, until: str) -> tuple[str, dict[str, float]] | None:
    known = [row for row in _cells(rows) if is_shown(row) and row["period"] <= until]
    if not known:
        return None
    period = max(row["period"] for row in known)
    return period, {row["category"]: row["value"] for row in known if row["period"] == period}


def ladder_finding(rows: Rows, name: str, until: str, language: str) -> str:
    """Return how many people stood on level 4 or higher in `until` (a quarter), or before it.

    In a small place, with three classes: how many were not in a group yet.
    """
    last = _last_known(rows, until)
    if last is None:
        return _no_classes("no_ladder", rows, name, language)
    period, values = last
    fine = set(WORKING_LEVELS) <= set(values)
    counted = WORKING_LEVELS if fine else (FIRST_CLASS,)
    part = sum(values.get(each, 0) for each in counted)
    # Each of the levels that make up the sum may hide as many people behind its 0.
    error = len(counted) * max(_error_in(rows, period, counted), FURTHEST)
    return t(
        "progress.ladder_finding" if fine else "progress.ladder_finding_classes",
        language,
        name=_name_in(rows, period, name, language),
        date=date_long(last_day(period), language),
        part=roughly(part, language, error),
        all=number(sum(values.values()), language),
    )


def moves_finding(rows: Rows, name: str, year: str, language: str) -> str:
    """Return how often people went up and down in the cohort year, or in the last known before."""
    last = _last_known(rows, year)
    if last is None:
        return _no_classes("no_moves", rows, name, language)
    period, values = last
    error = _error_in(rows, period)
    moves = {move: about(values[move], language, error) for move in ("up", "same", "down")}
    name = _name_in(rows, period, name, language)
    return t("progress.moves_finding", language, name=name, year=period, **moves)


def _no_classes(key: str, rows: Rows, name: str, language: str) -> str:
    small = any(row["reason"] == "small_place" for row in _cells(rows))
    return t(f"progress.{key}_small" if small else f"progress.{key}", language, name=name)


def _error_in(rows: Rows, period: str, among: Collection[str] = ()) -> float:
    """Return how far rounding may have moved a class, or one of some classes."""
    mine = [
        row.get("error", 0)
        for row in _cells(rows)
        if row["period"] == period and (not among or row["category"] in among)
    ]
    return float(max(mine, default=0))


def _name_in(rows: Rows, period: str, name: str, language: str) -> str:
    """Return the name, with what a figure of the period leaves out."""
    said = remarks(next(row for row in _cells(rows) if row["period"] == period), language)
    return f"{name} ({', '.join(said)})" if said else name


def gaps(rows: Rows, language: str) -> str:
    """Return which periods have no figure and why; '' when none lacks it."""
    cells = _cells(rows)
    lacking: dict[str, Row] = {}
    for row in cells:
        if not is_shown(row):
            lacking.setdefault(row["period"], row)
    if not lacking:
        return ""
    alike: dict[tuple[str, str], list[Row]] = {}
    for row in lacking.values():
        alike.setdefault((row["status"], row["reason"]), []).append(row)
    parts = []
    for (status, _), mine in alike.items():
        periods = [period_label(row["period"], language) for row in mine]
        first, last = periods[0], periods[-1]
        # A long list of reference dates says less than its ends.
        told = (
            listed(periods, language)
            if len(periods) <= _NAMED_PERIODS or not _follow_each_other(cells, mine)
            else t("progress.from_to", language, first=first, last=last)
        )
        why = (
            state_text(mine[0], language)
            if status == "not_shown"
            else reason_text(mine[0], language)
        )
        parts.append(f"{told} ({why})")
    return t("progress.gaps", language, periods="; ".join(parts))


def _follow_each_other(rows: Sequence[Cell], some: Sequence[Cell]) -> bool:
    order = sorted({row["period"] for row in rows})
    places = [order.index(row["period"]) for row in some]
    return places == list(range(places[0], places[0] + len(places)))


def class_notes(rows: Rows, until: str, language: str) -> str:
    """Return what there is to say below a picture of classes: gaps, what is left out, rounding."""
    said = [gaps(rows, language)]
    last = _last_known(rows, until)
    if last is not None:
        period, values = last
        rest = _rest_in(rows)
        error = _error_in(rows, period, values.keys() - {rest.id} if rest else ())
        if error > 0:
            said.append(t("progress.sums", language, error=number(error, language)))
        of_rest = _error_in(rows, period, (rest.id,)) if rest else 0.0
        if rest and of_rest > error:
            name, far = rest.name.in_language(language), number(of_rest, language)
            said.append(t("progress.rest_class", language, name=name, error=far))
    return " ".join(filter(None, said))


def _rest_in(rows: Rows) -> Category | None:
    """Return the class that is what the others leave of the whole; None where there is none."""
    cells = _cells(rows)
    whole = measure(cells[0]["measure"]) if cells else None
    if whole is None or not whole.rest:
        return None
    shown = {row["category"] for row in cells}
    rests = {rest_class(whole, merged) for merged in (False, True)} & shown
    return next((one for one in (*whole.categories, *whole.merged) if one.id in rests), None)


def class_rows(rows: Rows, language: str) -> pd.DataFrame:
    """Return one row per period: label, a column per class (NaN if unknown), total and state."""
    cells = _cells(rows)
    categories = sorted({row["category"] for row in cells})
    periods: dict[str, list[Row]] = {}
    for row in cells:
        periods.setdefault(row["period"], []).append(row)
    made = []
    for period in sorted(periods):
        values = {row["category"]: row["value"] for row in periods[period]}
        known = [value for value in values.values() if not pd.isna(value)]
        made.append(
            {
                "period": period,
                **{each: values.get(each, float("nan")) for each in categories},
                "total": sum(known) if known else float("nan"),
                "label": period_label(period, language),
                "state": state_text(periods[period][0], language),
            }
        )
    return pd.DataFrame(made, columns=["period", *categories, "total", "label", "state"])


def class_columns(categories: Sequence[Category], language: str) -> list[Column]:
    """Return the columns of `class_rows`."""

    def shown(value: float) -> str:
        return number(value, language)

    return [
        text_column(t("common.period", language), "label"),
        *(
            number_column(category.name.in_language(language), category.id, shown)
            for category in categories
        ),
        number_column(t("progress.total", language), "total", shown),
        text_column(t("common.status", language), "state"),
    ]


def alternative(
    rows: Rows, categories: Sequence[Category], finding: str, until: str, language: str
) -> str:
    """Return the text alternative of stacked classes: the finding and the period it is about."""
    last = _last_known(rows, until)
    if last is None:
        return finding
    period, values = last
    parts = [
        f"{category.name.in_language(language)}: {number(values[category.id], language)}"
        for category in categories
        if category.id in values
    ]
    return t(
        "progress.classes_alternative",
        language,
        finding=finding,
        period=period_label(period, language),
        classes=", ".join(parts),
    )


_SAY_AND_DRAW = {
    LEVELS: (ladder_finding, charts.levels),
    MOVES: (moves_finding, charts.moves),
}
