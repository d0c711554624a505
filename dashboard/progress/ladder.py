"""People per level of the Participatieladder, and their moves on it: picture, words and table.

Works on frames of `data_access.counts`. Unknown ("not delivered", "not to be said yet") stays
unknown: nothing here turns it into 0.
"""

from collections.abc import Sequence

import pandas as pd

from dashboard.comparison.rounding import FURTHEST
from dashboard.elements.view import Chart, Element, Finding, Part, Table
from dashboard.progress import charts
from dashboard.progress.chain import about, reason_text, roughly
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import date_long, number, period_label
from dashboard.words.value_text import remarks, shown_in, state_text
from indicators.catalogue import measure
from indicators.periods import is_year, last_day
from indicators.vocabulary import Category, Flow, Measure

LEVELS, MOVES = "ladder_level", "ladder_moves"
WORKING_LEVELS = ("4", "5", "6")
FIRST_CLASS = "1-2"
_NAMED_PERIODS = 3


def ladder(
    counts: pd.DataFrame, shown: Measure, title: str, name: str, until: str, language: str
) -> tuple[Element, ...]:
    """Return the part about LEVELS or MOVES: its title, finding, picture and table.

    `counts`: data_access.counts of one place, called `name`. `until`: the chosen period (a quarter
    for LEVELS, a year for MOVES); what is said is about it, or about the last one known before.
    """
    rows = classes(counts, shown.id, until)
    categories = shown_classes(counts, shown.id, until)
    say, draw = _SAY_AND_DRAW[shown.id]
    said = say(rows, name, until, language)
    words = alternative(rows, categories, said, until, language)
    return (
        Part(title),
        Finding(said, class_notes(rows, until, language)),
        *([Chart(draw(rows, language), words)] if rows["value"].notna().any() else []),
        Table(
            said,
            class_columns(categories, language),
            class_rows(rows, language),
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
    mine = counts[(counts["measure"] == measure_id) & shown_in(counts) & (counts["category"] != "")]
    if mine.empty or not merged:
        return fine
    so_far = mine[mine["period"] <= until]
    periods = (mine if so_far.empty else so_far)["period"]
    newest = set(mine[mine["period"] == periods.max()]["category"])
    return fine if {each.id for each in fine} <= newest else merged


def classes(counts: pd.DataFrame, measure_id: str, until: str) -> pd.DataFrame:
    """Return the classes of a measure (see `shown_classes`) with period, category and figure.

    A flow per year, a stock per reference date. `value` is NaN where there is no figure; the row
    stays, so that a gap shows as a gap.
    """
    years = isinstance(measure(measure_id), Flow)
    wanted = [each.id for each in shown_classes(counts, measure_id, until)]
    mine = counts[(counts["measure"] == measure_id) & (counts["period"].map(is_year) == years)]
    mine = mine[mine["category"].isin(wanted)]
    mine = mine.sort_values(["period", "category"], ignore_index=True)
    return mine.assign(value=mine["value"].astype(float).where(shown_in(mine)))


def _last_known(rows: pd.DataFrame, until: str) -> tuple[str, pd.Series] | None:
    known = rows[shown_in(rows) & (rows["period"] <= until)]
    if known.empty:
        return None
    period = str(known["period"].max())
    return period, known[known["period"] == period].set_index("category")["value"]


def ladder_finding(rows: pd.DataFrame, name: str, until: str, language: str) -> str:
    """Return how many people stood on level 4 or higher in `until` (a quarter), or before it.

    In a small place, with three classes: how many were not in a group yet.
    """
    last = _last_known(rows, until)
    if last is None:
        return _no_classes("no_ladder", rows, name, language)
    period, values = last
    fine = set(WORKING_LEVELS) <= set(values.index)
    counted = WORKING_LEVELS if fine else (FIRST_CLASS,)
    part = values.reindex(counted).sum()
    # Each of the levels that make up the sum may hide as many people behind its 0.
    error = len(counted) * max(_error_in(rows, period), FURTHEST)
    return t(
        "progress.ladder_finding" if fine else "progress.ladder_finding_classes",
        language,
        name=_name_in(rows, period, name, language),
        date=date_long(last_day(period), language),
        part=roughly(part, language, error),
        all=number(values.sum(), language),
    )


def moves_finding(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return how often people went up and down in the cohort year, or in the last known before."""
    last = _last_known(rows, year)
    if last is None:
        return _no_classes("no_moves", rows, name, language)
    period, values = last
    error = _error_in(rows, period)
    moves = {move: about(values[move], language, error) for move in ("up", "same", "down")}
    name = _name_in(rows, period, name, language)
    return t("progress.moves_finding", language, name=name, year=period, **moves)


def _no_classes(key: str, rows: pd.DataFrame, name: str, language: str) -> str:
    small = len(rows) and (rows["reason"] == "small_place").any()
    return t(f"progress.{key}_small" if small else f"progress.{key}", language, name=name)


def _error_in(rows: pd.DataFrame, period: str) -> float:
    return float(rows[rows["period"] == period]["error"].max()) if "error" in rows else 0.0


def _name_in(rows: pd.DataFrame, period: str, name: str, language: str) -> str:
    """Return the name, with what a figure of the period leaves out."""
    said = remarks(rows[rows["period"] == period].iloc[0], language)
    return f"{name} ({', '.join(said)})" if said else name


def gaps(rows: pd.DataFrame, language: str) -> str:
    """Return which periods have no figure and why; '' when none lacks it."""
    lacking = rows[~shown_in(rows)].drop_duplicates("period")
    if lacking.empty:
        return ""
    parts = []
    for (status, _), mine in lacking.groupby(["status", "reason"], sort=False):
        periods = [period_label(each, language) for each in mine["period"]]
        first, last = periods[0], periods[-1]
        # A long list of reference dates says less than its ends.
        told = (
            listed(periods, language)
            if len(periods) <= _NAMED_PERIODS or not _follow_each_other(rows, mine)
            else t("progress.from_to", language, first=first, last=last)
        )
        why = (
            state_text(mine.iloc[0], language)
            if status == "not_shown"
            else reason_text(mine.iloc[0], language)
        )
        parts.append(f"{told} ({why})")
    return t("progress.gaps", language, periods="; ".join(parts))


def _follow_each_other(rows: pd.DataFrame, some: pd.DataFrame) -> bool:
    order = sorted(set(rows["period"]))
    places = [order.index(each) for each in some["period"]]
    return places == list(range(places[0], places[0] + len(places)))


def class_notes(rows: pd.DataFrame, until: str, language: str) -> str:
    """Return what there is to say below a picture of classes: gaps, what is left out, rounding."""
    said = [gaps(rows, language)]
    last = _last_known(rows, until)
    if last is not None:
        error = _error_in(rows, last[0])
        if error > 0:
            said.append(t("progress.sums", language, error=number(error, language)))
    return " ".join(filter(None, said))


def class_rows(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return one row per period: label, a column per class (NaN if unknown), total and state."""
    wide = rows.pivot(index="period", columns="category", values="value")
    first = rows.drop_duplicates("period").set_index("period")
    return wide.assign(
        total=wide.sum(axis=1, min_count=1),
        label=[period_label(period, language) for period in wide.index],
        state=[state_text(first.loc[period], language) for period in wide.index],
    ).reset_index()


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
    rows: pd.DataFrame, categories: Sequence[Category], finding: str, until: str, language: str
) -> str:
    """Return the text alternative of stacked classes: the finding and the period it is about."""
    last = _last_known(rows, until)
    if last is None:
        return finding
    period, values = last
    parts = [
        f"{category.name.in_language(language)}: {number(values[category.id], language)}"
        for category in categories
        if category.id in values.index
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
