"""What the page about getting ahead says: the chain of a cohort year, and the ladder.

Pure functions on frames of `data_access.counts`. Unknown ("not delivered", "not to be said yet")
stays unknown: nothing here turns it into 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.comparison.intervals import published_share_interval
from dashboard.findings import listed
from dashboard.kept import kept
from dashboard.numbers import date_long, number, percent, period_label
from dashboard.tables import Column, number_column, text_column
from dashboard.text import t
from indicators.catalogue import MINIMUM_BASE, STILL_IN_WORK_MONTHS, WORK_KINDS, measure
from indicators.periods import is_quarter, is_year, last_day
from indicators.vocabulary import Category, Count, Flow

REFERENCE_DATES = 8
WORKING_LEVELS = ("4", "5", "6")
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

    Columns: stage, kind ('' for the whole stage), name, value (NaN unless published), status,
    reason, share (text: the interval of its share of the stage it is a part of, or '').
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
    return frame.assign(share=[_share(row, frame, language) for _, row in frame.iterrows()])


def _cell(counts: pd.DataFrame, count: Count) -> dict[str, object]:
    found = counts[(counts["measure"] == count.measure) & (counts["category"] == count.category)]
    if found.empty:
        return {"value": float("nan"), "status": "no_data", "reason": "not_delivered"}
    row = found.iloc[0]
    value = float(row["value"]) if row["status"] == "published" else float("nan")
    return {"value": value, "status": row["status"], "reason": row["reason"]}


def _share(row: pd.Series, frame: pd.DataFrame, language: str) -> str:
    whole_of = {stage.id: stage.part_of for stage in STAGES}[row["stage"]]
    if row["kind"] or not whole_of:
        return ""
    whole = value_of(frame, whole_of)
    if row["status"] != "published" or whole is None:
        return ""
    if whole < MINIMUM_BASE or row["value"] > whole:
        return t("reason.small_base", language)
    low, high = published_share_interval(row["value"], whole)
    shown = [percent(float(bound) * 100, language) for bound in (low, high)]
    return t("progress.between", language, low=shown[0], high=shown[1])


def value_of(rows: pd.DataFrame, stage: str) -> float | None:
    """Return the published number of a stage; None where there is none."""
    row = _row(rows, stage)
    return float(row["value"]) if row["status"] == "published" else None


def _row(rows: pd.DataFrame, stage: str) -> pd.Series:
    return rows[(rows["stage"] == stage) & (rows["kind"] == "")].iloc[0]


def about(value: float, language: str) -> str:
    """Return a published number in a sentence; a published 0 stands for 0 to 4."""
    return number(value, language) if value else t("progress.few", language)


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
    said = {"name": name, "year": year, "outflow": about(outflow, language)}
    if volunteers is None:
        first = t("progress.went", language, **said)
    else:
        said["volunteers"] = about(volunteers, language)
        first = t("progress.went_of", language, **said)
    return f"{first}; {_lasting(rows, language)}"


def _lasting(rows: pd.DataFrame, language: str) -> str:
    for months in reversed(STILL_IN_WORK_MONTHS):
        value = value_of(rows, f"still_{months}")
        if value is not None:
            count = about(value, language)
            return t("progress.still", language, months=months, count=count)
    months = STILL_IN_WORK_MONTHS[0]
    reason = reason_text(_row(rows, f"still_{months}"), language)
    return t("progress.still_unknown", language, months=months, reason=reason)


@kept
def chain_alternative(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return the text alternative of the flow picture: every stage with its number or reason."""
    parts = [f"{row['name']}: {stage_text(row, language)}" for _, row in rows.iterrows()]
    return t("progress.alternative", language, name=name, year=year, stages="; ".join(parts))


def stage_text(row: pd.Series, language: str) -> str:
    """Return the number of a stage, or why there is none."""
    if row["status"] == "published":
        return number(row["value"], language)
    return reason_text(row, language)


@kept
def too_young(rows: pd.DataFrame, year: str, language: str) -> str:
    """Return the sentence about moments a cohort has not reached yet; '' without any."""
    stages = rows[(rows["reason"] == "not_yet") & (rows["kind"] == "")]
    if stages.empty:
        return ""
    names = listed([f"'{name}'" for name in stages["name"]], language)
    return t("progress.too_young", language, year=year, stages=names)


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
            lambda row: row["value"] if row["status"] == "published" else None,
            numeric=True,
        ),
        text_column(t("progress.share", language), "share"),
        Column(
            t("common.status", language),
            lambda row: t(f"status.{row['status']}", language),
            lambda row: _state(row, language),
        ),
    ]


def _state(row: object, language: str) -> str:
    state = t(f"status.{row['status']}", language)
    return f"{state}: {t('reason.' + row['reason'], language)}" if row["reason"] else state


@kept
def classes(counts: pd.DataFrame, measure_id: str) -> pd.DataFrame:
    """Return the classes of a measure: period, category, value, status, reason.

    A flow per year, a stock per reference date. `value` is NaN where there is no figure; the row
    stays, so that a gap shows as a gap.
    """
    years = isinstance(measure(measure_id), Flow)
    mine = counts[(counts["measure"] == measure_id) & (counts["period"].map(is_year) == years)]
    mine = mine[mine["category"] != ""].sort_values(["period", "category"], ignore_index=True)
    return mine.assign(value=mine["value"].astype(float).where(mine["status"] == "published"))


def _last_known(rows: pd.DataFrame, until: str) -> tuple[str, pd.Series] | None:
    known = rows[(rows["status"] == "published") & (rows["period"] <= until)]
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
    """Return how many people stood on level 4 or higher on the last reference date."""
    last = _last_known(rows, "9999")
    if last is None:
        return t("progress.no_ladder", language, name=name)
    period, values = last
    return t(
        "progress.ladder_finding",
        language,
        name=name,
        date=date_long(last_day(period), language),
        high=about(values.reindex(WORKING_LEVELS).sum(), language),
        all=number(values.sum(), language),
    )


def moves_finding(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return how often people went up and down in the cohort year, or in the last known before."""
    last = _last_known(rows, year)
    if last is None:
        return t("progress.no_moves", language, name=name)
    period, values = last
    moves = {move: about(values[move], language) for move in ("up", "same", "down")}
    return t("progress.moves_finding", language, name=name, year=period, **moves)


@kept
def gaps(rows: pd.DataFrame, language: str) -> str:
    """Return which periods have no figure and why; '' when none lacks it."""
    lacking = rows[rows["status"] != "published"].drop_duplicates("period")
    if lacking.empty:
        return ""
    parts = [
        f"{period_label(row['period'], language)} ({reason_text(row, language)})"
        for _, row in lacking.iterrows()
    ]
    return t("progress.gaps", language, periods=listed(parts, language))


@kept
def class_rows(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return one row per period: label, a column per class (NaN if unknown), total and state."""
    wide = rows.pivot(index="period", columns="category", values="value")
    first = rows.drop_duplicates("period").set_index("period")
    return wide.assign(
        total=wide.sum(axis=1, min_count=1),
        label=[period_label(period, language) for period in wide.index],
        state=[_state(first.loc[period], language) for period in wide.index],
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
