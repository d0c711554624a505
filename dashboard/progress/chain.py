"""The chain of a cohort year in words and figures: from volunteer to lasting work.

Pure functions on frames of `data_access.counts`. Unknown ("not delivered", "not to be said yet")
stays unknown: nothing here turns it into 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.comparison.intervals import published_share_interval
from dashboard.comparison.rounding import FURTHEST, Errors
from dashboard.tables.columns import Column, text_column
from dashboard.words import small_places
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import number, percent, signed
from dashboard.words.rows import Row, plain
from dashboard.words.value_text import Cell, error_text, is_shown, remarks, state_text
from indicators.catalogue import MINIMUM_BASE, STILL_IN_WORK_MONTHS, WORK_KINDS
from indicators.periods import is_quarter, is_year
from indicators.vocabulary import Count

REFERENCE_DATES = 8
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


def name_of(areas: pd.DataFrame, area_code: str) -> str:
    """Return the name of a wijk or gemeente of the release."""
    return str(areas.loc[areas["area_code"] == area_code, "name"].iloc[0])


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
    here: dict[Count, Cell] = {}
    for cell in plain(counts[counts["period"] == year]):
        here.setdefault(Count(cell["measure"], cell["category"]), cell)
    rows: list[Row] = []
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
    wholes = [_whole(row, rows) for row in rows]
    shares = [_share(row, whole, language) for row, whole in zip(rows, wholes, strict=True)]
    return pd.DataFrame(rows).assign(whole=[whole[0] for whole in wholes], share=shares)


_NO_REMARKS: Row = {
    "without": 0, "missing": "", "missing_names": "", "together_names": "", "error": 0,
    "rounding": 0,
}  # fmt: skip
_NO_WHOLE = (float("nan"), 0.0)
_PART_OF = {stage.id: stage.part_of for stage in STAGES}


def _cell(cells: Mapping[Count, Cell], count: Count) -> Row:
    cell = cells.get(count)
    if cell is None:
        return {
            "value": float("nan"),
            "status": "no_data",
            "reason": "not_delivered",
            **_NO_REMARKS,
        }
    value = float(cell["value"]) if is_shown(cell) else float("nan")
    remarks: Row = {name: cell.get(name, usual) for name, usual in _NO_REMARKS.items()}
    return {"value": value, "status": cell["status"], "reason": cell["reason"], **remarks}


def _whole(row: Cell, rows: Sequence[Cell]) -> tuple[float, float]:
    """Return the number that a stage is a part of, and its error; NaN where there is none.

    Where small groups are left out of the stage, they must be left out of the whole too: then the
    whole is the outflow by kind, which leaves out the same ones.
    """
    whole_of = _PART_OF[row["stage"]]
    if row["kind"] or not whole_of or not is_shown(row):
        return _NO_WHOLE
    whole = next(each for each in rows if each["stage"] == whole_of and not each["kind"])
    if is_shown(whole) and _same_people(row, whole):
        return float(whole["value"]), float(whole["error"])
    kinds = [each for each in rows if each["stage"] == whole_of and each["kind"]]
    known = all(is_shown(kind) and _same_people(row, kind) for kind in kinds)
    if not kinds or not known:
        return _NO_WHOLE
    return float(sum(kind["value"] for kind in kinds)), float(max(kind["error"] for kind in kinds))


def _same_people(one: Cell, other: Cell) -> bool:
    return bool(one["without"] == other["without"] and one["missing"] == other["missing"])


def _share(row: Cell, found: tuple[float, float], language: str) -> str:
    whole, error = found
    if row["kind"] or not _PART_OF[row["stage"]] or not is_shown(row):
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
    return _number(_stages(rows)[stage])


def _number(row: Cell) -> float | None:
    return float(row["value"]) if is_shown(row) else None


def _stages(rows: pd.DataFrame) -> dict[str, Cell]:
    """Return the row of each whole stage."""
    return {row["stage"]: row for row in plain(rows) if not row["kind"]}


def about(value: float, language: str, error: float = 0) -> str:
    """Return a published number in a sentence; a published 0 stands for 0 to 4, or to `error`."""
    if value:
        return number(value, language)
    return t("progress.few", language, count=number(max(error, FURTHEST), language))


def roughly(value: float, language: str, error: float = 0) -> str:
    """Return `about` with the word that a number above 0 is no exact one either."""
    told = about(value, language, error)
    return t("progress.roughly", language, count=told) if value else told


def reason_text(row: Cell, language: str) -> str:
    """Return why there is no number: "nog niet te zeggen"."""
    return t(f"reason.{row['reason']}" if row["reason"] else f"status.{row['status']}", language)


def chain_finding(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return the finding of the chain: how many went to work, and how many still work."""
    stages = _stages(rows)
    went, those = stages["outflow"], stages["volunteers"]
    outflow, volunteers = _number(went), _number(those)
    if outflow is None:
        reason = reason_text(went, language)
        return t("progress.no_outflow", language, name=name, year=year, reason=reason)
    left_out = remarks(went, language)
    name = f"{name} ({', '.join(left_out)})" if left_out else name
    error = went["error"]
    said = {"name": name, "year": year}
    if volunteers is None:
        some = roughly(outflow, language, error)
        first = t("progress.went", language, outflow=some, **said)
    else:
        of = roughly(volunteers, language, those["error"])
        some = about(outflow, language, error)
        first = t("progress.went_of", language, volunteers=of, outflow=some, **said)
    return f"{first}; {_lasting(stages, language)}"


def _lasting(stages: Mapping[str, Cell], language: str) -> str:
    for months in reversed(STILL_IN_WORK_MONTHS):
        row = stages[f"still_{months}"]
        if not is_shown(row):
            continue
        said = {"months": months, "count": about(row["value"], language, row["error"])}
        if not row["without"]:
            return t("progress.still", language, **said)
        if pd.isna(row["whole"]):
            return t("progress.still_some", language, **said)
        return t("progress.still_of", language, whole=number(row["whole"], language), **said)
    months = STILL_IN_WORK_MONTHS[0]
    reason = reason_text(stages[f"still_{months}"], language)
    return t("progress.still_unknown", language, months=months, reason=reason)


def chain_alternative(rows: pd.DataFrame, name: str, year: str, language: str) -> str:
    """Return the text alternative of the flow picture: every stage with its number or reason."""
    parts = [f"{row['name']}: {stage_text(row, language)}" for row in plain(rows)]
    return t("progress.alternative", language, name=name, year=year, stages="; ".join(parts))


def stage_text(row: Cell, language: str) -> str:
    """Return the number of a stage with its margin, or why there is none."""
    if not is_shown(row):
        return reason_text(row, language)
    margin = error_text(row.get("error", 0), language)
    return " ".join(filter(None, (number(row["value"], language), margin)))


def too_young(rows: pd.DataFrame, year: str, language: str) -> str:
    """Return the sentence about moments a cohort has not reached yet; '' without any."""
    stages = [row for row in _stages(rows).values() if row["reason"] == "not_yet"]
    if not stages:
        return ""
    names = listed([f"'{row['name']}'" for row in stages], language)
    return t("progress.too_young", language, year=year, stages=names)


def left_out(
    rows: pd.DataFrame, members: pd.DataFrame, area_code: str, year: str, language: str
) -> list[str]:
    """Return what of the chain is not shown or leaves people out, and why, a sentence each.

    `members`: data_access.small_places of the year, of the organisations that the chain is about.
    """
    said = []
    cells = plain(rows)
    kinds = [row["reason"] for row in cells if row["kind"]]
    measures = {stage.id: stage.count.measure for stage in STAGES}
    stages: dict[str, list[str]] = {}
    for row in cells:
        if row["reason"] != "small_place" or row["kind"]:
            continue
        who = _together(members, measures[row["stage"]], year, area_code, language)
        stages.setdefault(who, []).append(f"‘{row['name']}’")
    if all(reason == "small_place" for reason in kinds):
        who = _together(members, "outflow", year, area_code, language)
        stages.setdefault(who, []).append(t("progress.by_kind", language))
    for who, hidden in stages.items():
        form = "grouped" if who else "alone"
        what = listed(hidden, language)
        said.append(t(f"progress.small_{form}", language, stages=what, names=who))
    if "uncertain" in kinds:
        said.append(t("progress.kinds_uncertain", language))
    without: dict[float, list[Cell]] = {}
    for row in cells:
        if is_shown(row) and row["without"] > 0:
            without.setdefault(row["without"], []).append(row)
    for count, mine in sorted(without.items()):
        incomplete = [f"‘{row['name']}’" for row in mine if not row["kind"]]
        if any(row["kind"] for row in mine):
            incomplete.append(t("progress.by_kind", language))
        people = number(float(count), language)
        said.append(
            t("progress.without", language, stages=listed(incomplete, language), count=people)
        )
    return said


def _together(
    members: pd.DataFrame, measure_id: str, year: str, area_code: str, language: str
) -> str:
    found = small_places.organisations(members, measure_id, year, area_code, "group")
    return listed(sorted(found.values()), language)


def sums_note(rows: pd.DataFrame, language: str) -> str:
    """Return how far rounding may have moved the numbers of the chain; '' for a single place.

    And of a total with a threshold of its own what its parts need to come to it.
    """
    error = rows["error"].max()
    said = [t("progress.sums", language, error=number(error, language))] if error > 0 else []
    said += [
        t(
            "progress.own_rounding",
            language,
            stage=row["name"],
            difference=signed(row["rounding"], language),
        )
        for row in plain(rows)
        if is_shown(row) and row.get("rounding", 0) != 0
    ]
    return " ".join(said)


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
