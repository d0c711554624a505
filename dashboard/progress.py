"""What the page about getting ahead says: the chain of a cohort year, and the ladder.

Pure functions on frames of `data_access.counts`. Unknown ("not delivered", "not to be said yet")
stays unknown: nothing here turns it into 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import small_places
from dashboard.cells import (
    error_text,
    is_shown,
    remarks,
    shown_in,
    state_text,
)
from dashboard.comparison.intervals import published_share_interval
from dashboard.comparison.rounding import FURTHEST, Errors
from dashboard.findings import listed
from dashboard.kept import kept
from dashboard.numbers import date_long, number, percent, period_label, signed
from dashboard.tables import Column, number_column, text_column
from dashboard.text import t
from indicators.catalogue import MINIMUM_BASE, STILL_IN_WORK_MONTHS, WORK_KINDS, measure
from indicators.periods import is_quarter, is_year, last_day
from indicators.vocabulary import Category, Count, Flow

REFERENCE_DATES = 8
WORKING_LEVELS = ("4", "5", "6")
FIRST_CLASS = "1-2"
_NAMED_PERIODS = 3
MEASURES = (
    "active_volunteers",
    "ladder_moves",
    "outflow",
    *(f"still_in_work_{months}" for months in STILL_IN_WORK_MONTHS),
    "ladder_level",
)


@dataclass(frozen=True)
class Stage:
    """One step of the chain: the published count it shows, and the stage it is a part of."""

    id: str
    count: Count
    part_of: str


STAGES: tuple[Stage, ...] = (
    Stage("volunteers", Count("active_volunteers", ""), ""),
    Stage("steps", Count("ladder_moves", "up"), ""),
    Stage("outflow", Count("outflow", ""), "volunteers"),
    *(
        Stage(f"still_{months}", Count(f"still_in_work_{months}", ""), "outflow")
        for months in STILL_IN_WORK_MONTHS
    ),
)


@kept
def name_of(areas: pd.DataFrame, area_code: str) -> str:
    """Return the name of a wijk or gemeente of the release."""
    return str(areas.loc[areas["area_code"] == area_code, "name"].iloc[0])


@kept
def periods_asked(closed: Sequence[str], year: str) -> tuple[str, ...]:
    """Return the periods the page asks for: all years, and the last quarters up to `year`."""
    quarters = sorted(each for each in closed if is_quarter(each) and each[:4] <= year)
    return (*sorted(each for each in closed if is_year(each)), *quarters[-REFERENCE_DATES:])


def chain(counts: pd.DataFrame, year: str, language: str) -> pd.DataFrame:
    """Return the stages of a cohort year with the kinds of work below the outflow.

    Columns: stage, kind ('' for the whole stage), name, value (NaN where there is none), status,
    reason, without, missing, missing_names, together_names, error, rounding (see dashboard.cells),
    whole
    (the number that it is a part of, counted of the same people; NaN where there is none), share
    (text: the interval of its share of that whole, or '').
    """
    here = counts[counts["period"] == year]
    rows = []
    for stage in STAGES:
        name = t(f"progress.stage_{stage.id}", language)
        rows.append({"stage": stage.id, "kind": "", "name": name, **_cell(here, stage.count)})
        if stage.id == "outflow":
            rows += [
                {
                    "stage": stage.id,
                    "kind": kind.id,
                    "name": kind.name.in_language(language),
                    **_cell(here, Count("outflow", kind.id)),
                }
                for kind in WORK_KINDS
            ]
    frame = pd.DataFrame(rows)
    wholes = [_whole(row, frame) for _, row in frame.iterrows()]
    shares = [
        _share(row, whole, language)
        for (_, row), whole in zip(frame.iterrows(), wholes, strict=True)
    ]
    return frame.assign(whole=[whole[0] for whole in wholes], share=shares)


_NO_REMARKS = {
    "without": 0, "missing": "", "missing_names": "", "together_names": "", "error": 0,
    "rounding": 0,
}  # fmt: skip
_NO_WHOLE = (float("nan"), 0.0)


def _cell(counts: pd.DataFrame, count: Count) -> dict[str, object]:
    found = counts[(counts["measure"] == count.measure) & (counts["category"] == count.category)]
    if found.empty:
        nothing = {"value": float("nan"), "status": "no_data", "reason": "not_delivered"}
        return {**nothing, **_NO_REMARKS}
    row = found.iloc[0]
    value = float(row["value"]) if is_shown(row) else float("nan")
    remarks = {name: row.get(name, usual) for name, usual in _NO_REMARKS.items()}
    return {"value": value, "status": row["status"], "reason": row["reason"], **remarks}


def _whole(row: pd.Series, frame: pd.DataFrame) -> tuple[float, float]:
    """Return the number that a stage is a part of, and its error; NaN where there is none.

    Where small groups are left out of the stage, they must be left out of the whole too: then the
    whole is the outflow by kind, which leaves out the same ones.
    """
    whole_of = {stage.id: stage.part_of for stage in STAGES}[row["stage"]]
    if row["kind"] or not whole_of or not is_shown(row):
        return _NO_WHOLE
    whole = _row(frame, whole_of)
    if is_shown(whole) and _same_people(row, whole):
        return float(whole["value"]), float(whole["error"])
    kinds = frame[(frame["stage"] == whole_of) & (frame["kind"] != "")]
    known = shown_in(kinds).all() and all(_same_people(row, kind) for _, kind in kinds.iterrows())
    if kinds.empty or not known:
        return _NO_WHOLE
    return float(kinds["value"].sum()), float(kinds["error"].max())


def _same_people(one: pd.Series, other: pd.Series) -> bool:
    return bool(one["without"] == other["without"] and one["missing"] == other["missing"])


def _share(row: pd.Series, found: tuple[float, float], language: str) -> str:
    whole, error = found
    whole_of = {stage.id: stage.part_of for stage in STAGES}[row["stage"]]
    if row["kind"] or not whole_of or not is_shown(row):
        return ""
    if pd.isna(whole):
        return t("progress.share_unlike", language)
    if whole < MINIMUM_BASE or row["value"] > whole:
        return t("reason.small_base", language)
    errors = Errors(float(row["error"]), error)
    bounds = published_share_interval(row["value"], whole, errors=errors)
    shown = [percent(float(bound) * 100, language) for bound in bounds]
    return t("progress.between", language, low=shown[0], high=shown[1])


def value_of(rows: pd.DataFrame, stage: str) -> float | None:
    """Return the published number of a stage; None where there is none."""
    row = _row(rows, stage)
    return float(row["value"]) if is_shown(row) else None


def _row(rows: pd.DataFrame, stage: str) -> pd.Series:
    return rows[(rows["stage"] == stage) & (rows["kind"] == "")].iloc[0]


def about(value: float, language: str, error: float = 0) -> str:
    """Return a published number in a sentence; a published 0 stands for 0 to 4, or to `error`."""
    if value:
        return number(value, language)
    return t("progress.few", language, count=number(max(error, FURTHEST), language))


def reason_text(row: pd.Series, language: str) -> str:
    """Return why there is no number: "nog niet te zeggen"."""
    return t(f"reason.{row['reason']}" if row["reason"] else f"status.{row['status']}", language)


@kept
def chain_finding(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return the finding of the chain: how many went to work, and how many still work."""
    outflow, volunteers = value_of(rows, "outflow"), value_of(rows, "volunteers")
    if outflow is None:
        reason = reason_text(_row(rows, "outflow"), language)
        return t("progress.no_outflow", language, name=name, year=year, reason=reason)
    left_out = remarks(_row(rows, "outflow"), language)
    name = f"{name} ({', '.join(left_out)})" if left_out else name
    error = _row(rows, "outflow")["error"]
    said = {"name": name, "year": year, "outflow": about(outflow, language, error)}
    if volunteers is None:
        first = t("progress.went", language, **said)
    else:
        said["volunteers"] = about(volunteers, language)
        first = t("progress.went_of", language, **said)
    return f"{first}; {_lasting(rows, language)}"


def _lasting(rows: pd.DataFrame, language: str) -> str:
    for months in reversed(STILL_IN_WORK_MONTHS):
        row = _row(rows, f"still_{months}")
        if not is_shown(row):
            continue
        said = {"months": months, "count": about(row["value"], language, row["error"])}
        if not row["without"]:
            return t("progress.still", language, **said)
        if pd.isna(row["whole"]):
            return t("progress.still_some", language, **said)
        return t("progress.still_of", language, whole=number(row["whole"], language), **said)
    months = STILL_IN_WORK_MONTHS[0]
    reason = reason_text(_row(rows, f"still_{months}"), language)
    return t("progress.still_unknown", language, months=months, reason=reason)


@kept
def chain_alternative(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return the text alternative of the flow picture: every stage with its number or reason."""
    parts = [f"{row['name']}: {stage_text(row, language)}" for _, row in rows.iterrows()]
    return t("progress.alternative", language, name=name, year=year, stages="; ".join(parts))


def stage_text(row: pd.Series, language: str) -> str:
    """Return the number of a stage with its margin, or why there is none."""
    if not is_shown(row):
        return reason_text(row, language)
    margin = error_text(row.get("error", 0), language)
    return " ".join(filter(None, (number(row["value"], language), margin)))


@kept
def too_young(rows: pd.DataFrame, year: str, language: str) -> str:
    """Return the sentence about moments a cohort has not reached yet; '' without any."""
    stages = rows[(rows["reason"] == "not_yet") & (rows["kind"] == "")]
    if stages.empty:
        return ""
    names = listed([f"'{name}'" for name in stages["name"]], language)
    return t("progress.too_young", language, year=year, stages=names)


@kept
def left_out(
    rows: pd.DataFrame, members: pd.DataFrame, area_code: str, year: str, language: str
) -> list[str]:
    """Return what of the chain is not shown or leaves people out, and why, a sentence each.

    `members`: data_access.small_places of the year, of the organisations that the chain is about.
    """
    said = []
    kinds = rows[rows["kind"] != ""]
    measures = {stage.id: stage.count.measure for stage in STAGES}
    stages: dict[str, list[str]] = {}
    for _, row in rows[(rows["reason"] == "small_place") & (rows["kind"] == "")].iterrows():
        who = _together(members, measures[row["stage"]], year, area_code, language)
        stages.setdefault(who, []).append(f"‘{row['name']}’")
    if (kinds["reason"] == "small_place").all():
        who = _together(members, "outflow", year, area_code, language)
        stages.setdefault(who, []).append(t("progress.by_kind", language))
    for who, names in stages.items():
        form = "grouped" if who else "alone"
        what = listed(names, language)
        said.append(t(f"progress.small_{form}", language, stages=what, names=who))
    if (kinds["reason"] == "uncertain").any():
        said.append(t("progress.kinds_uncertain", language))
    without = rows[shown_in(rows) & (rows["without"] > 0)]
    for count, mine in without.groupby("without"):
        whole = [f"‘{name}’" for name in mine[mine["kind"] == ""]["name"]]
        what = whole + ([t("progress.by_kind", language)] if (mine["kind"] != "").any() else [])
        people = number(float(count), language)
        said.append(t("progress.without", language, stages=listed(what, language), count=people))
    return said


def _together(
    members: pd.DataFrame, measure_id: str, year: str, area_code: str, language: str
) -> str:
    found = small_places.organisations(members, measure_id, year, area_code, "group")
    return listed(sorted(found.values()), language)


@kept
def sums_note(rows: pd.DataFrame, language: str) -> str:
    """Return how far rounding may have moved the numbers of the chain; '' for a single place.

    And of a total with a threshold of its own what its parts need to come to it.
    """
    error = rows["error"].max()
    said = [t("progress.sums", language, error=number(error, language))] if error > 0 else []
    own = rows[shown_in(rows) & (rows["rounding"] != 0)] if "rounding" in rows else rows[:0]
    said += [
        t(
            "progress.own_rounding",
            language,
            stage=row["name"],
            difference=signed(row["rounding"], language),
        )
        for _, row in own.iterrows()
    ]
    return " ".join(said)


@kept
def chain_columns(language: str) -> list[Column]:
    """Return the columns of `chain` as a table."""
    return [
        Column(
            t("progress.stage", language),
            lambda row: f"– {row['name']}" if row["kind"] else row["name"],
            lambda row: row["name"],
        ),
        Column(
            t("progress.number", language),
            lambda row: stage_text(row, language),
            lambda row: row["value"] if is_shown(row) else None,
            numeric=True,
        ),
        text_column(t("progress.share", language), "share"),
        Column(
            t("common.status", language),
            lambda row: state_text(row, language),
            lambda row: state_text(row, language),
        ),
    ]


@kept
def shown_classes(counts: pd.DataFrame, measure_id: str) -> tuple[Category, ...]:
    """Return the classes to show of a measure: the fine ones, or the merged ones of a small place.

    The newest period that has any decides, so that all periods show the same ones.
    """
    fine, merged = measure(measure_id).categories, measure(measure_id).merged
    mine = counts[(counts["measure"] == measure_id) & shown_in(counts) & (counts["category"] != "")]
    if mine.empty or not merged:
        return fine
    newest = set(mine[mine["period"] == mine["period"].max()]["category"])
    return fine if {each.id for each in fine} <= newest else merged


@kept
def classes(counts: pd.DataFrame, measure_id: str) -> pd.DataFrame:
    """Return the classes of a measure (see `shown_classes`) with period, category and figure.

    A flow per year, a stock per reference date. `value` is NaN where there is no figure; the row
    stays, so that a gap shows as a gap.
    """
    years = isinstance(measure(measure_id), Flow)
    wanted = [each.id for each in shown_classes(counts, measure_id)]
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


@kept
def ladder_said(rows: pd.DataFrame, measure_id: str, name: str, year: str, language: str) -> str:
    """Return the finding about ladder levels ("ladder_level") or moves ("ladder_moves")."""
    if measure_id == "ladder_level":
        return ladder_finding(rows, name, language)
    return moves_finding(rows, name, year, language)


def ladder_finding(rows: pd.DataFrame, name: str, language: str) -> str:
    """Return how many people stood on level 4 or higher on the last reference date.

    In a small place, with three classes: how many were not in a group yet.
    """
    last = _last_known(rows, "9999")
    if last is None:
        return _no_classes("no_ladder", rows, name, language)
    period, values = last
    error = _error_in(rows, period)
    fine = set(WORKING_LEVELS) <= set(values.index)
    part = values.reindex(WORKING_LEVELS if fine else [FIRST_CLASS]).sum()
    return t(
        "progress.ladder_finding" if fine else "progress.ladder_finding_classes",
        language,
        name=_name_in(rows, period, name, language),
        date=date_long(last_day(period), language),
        part=about(part, language, error),
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


@kept
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


@kept
def class_notes(rows: pd.DataFrame, until: str, language: str) -> str:
    """Return what there is to say below a picture of classes: gaps, what is left out, rounding."""
    said = [gaps(rows, language)]
    last = _last_known(rows, until)
    if last is not None:
        error = _error_in(rows, last[0])
        if error > 0:
            said.append(t("progress.sums", language, error=number(error, language)))
    return " ".join(filter(None, said))


@kept
def class_rows(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return one row per period: label, a column per class (NaN if unknown), total and state."""
    wide = rows.pivot(index="period", columns="category", values="value")
    first = rows.drop_duplicates("period").set_index("period")
    return wide.assign(
        total=wide.sum(axis=1, min_count=1),
        label=[period_label(period, language) for period in wide.index],
        state=[state_text(first.loc[period], language) for period in wide.index],
    ).reset_index()


@kept
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


@kept
def alternative(
    rows: pd.DataFrame, categories: Sequence[Category], finding: str, language: str
) -> str:
    """Return the text alternative of stacked classes: the finding and the last known period."""
    last = _last_known(rows, "9999")
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
