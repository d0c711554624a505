"""What the page about results says: contracts and the dated states of their results.

Pure functions on frames of `data_access.contracts`, `contract_financiers` and `contract_results`.
Every amount is derived from published counts (tariff x published count), and the residents'
judgement and the administration's check stay apart.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from dashboard.comparison.rounding import FURTHEST
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import date_long, euros, number, percent, period_label
from dashboard.words.rows import Row, plain
from dashboard.words.value_text import is_shown
from indicators.periods import is_quarter, last_day, quarter_of

STATES = {
    "claimed": ("results_claimed", ""),
    "judged": ("results_judged", ""),
    "checked": ("results_checked", ""),
    "judged_yes": ("results_judged", "yes"),
    "judged_no": ("results_judged", "no"),
    "checked_yes": ("results_checked", "yes"),
    "checked_no": ("results_checked", "no"),
    "paid": ("results_paid", ""),
    "differing": ("results_differing", ""),
    "residents_only": ("results_differing", "residents_only"),
    "administration_only": ("results_differing", "administration_only"),
}
SHOWN_STATES = ("claimed", "judged_yes", "judged_no", "checked_yes", "checked_no", "paid")
TABLE_STATES = (
    *("claimed", "judged", "judged_yes", "judged_no", "checked", "checked_yes", "checked_no"),
    "paid",
)
_APART = ("residents_only", "administration_only")
_JUDGED = ("judged_yes", "judged_no")
_VERDICTS = (*_JUDGED, "checked_yes", "checked_no")
MOST_QUARTERS = 12


def of_contract(rows: pd.DataFrame, contract_id: str) -> pd.DataFrame:
    """Return the rows of one contract. `rows`: data_access.contracts or contract_financiers."""
    return rows[rows["contract_id"] == contract_id].reset_index(drop=True)


def items(contract: pd.DataFrame) -> tuple[str, ...]:
    """Return what the states of a contract's outcomes are kept under in a release."""
    return tuple(contract["contract_id"] + "/" + contract["outcome_id"])


def of_whole(found: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    """Return the states that are about no single place. `found`: data_access.contract_results."""
    return found[(found["area_code"] == gemeente) & (found["organisation_id"] == "")]


def quarters_asked(closed: Sequence[str], contract: pd.DataFrame, until: str) -> tuple[str, ...]:
    """Return the closed quarters from the start of a contract up to `until`, the last twelve."""
    start = quarter_of(pd.Timestamp(contract["starts_on"].iloc[0]).date())
    return tuple(sorted(each for each in closed if is_quarter(each) and start <= each <= until))[
        -MOST_QUARTERS:
    ]


def dates(contract: pd.DataFrame, language: str) -> tuple[str, str]:
    """Return the first and last day of a contract in words."""
    first = contract.iloc[0]
    start, end = (pd.Timestamp(first[name]).date() for name in ("starts_on", "ends_on"))
    return date_long(start, language), date_long(end, language)


def lead(contract: pd.DataFrame, financiers: pd.DataFrame, language: str) -> str:
    """Return the period of a contract, who pays it and up to which ceiling."""
    start, end = dates(contract, language)
    payers = [
        t(
            "results.payer",
            language,
            name=row["name"],
            share=percent(row["share"] * 100, language),
            ceiling=euros(row["ceiling_cents"] / 100, language),
        )
        for row in plain(financiers)
    ]
    return t("results.lead", language, start=start, end=end, payers=listed(payers, language))


def terms(row: Row, language: str) -> list[str]:
    """Return what was agreed about one outcome, a sentence each."""
    words = {
        name: row[f"{name}_{language}"]
        for name in ("definition", "unit", "determined_by", "validation")
    }
    return [
        words["definition"],
        t("results.determined_by", language, who=words["determined_by"]),
        t("results.validation", language, what=words["validation"]),
        t(
            "results.tariff",
            language,
            tariff=euros(row["tariff_cents"] / 100, language),
            unit=words["unit"],
        ),
        t("results.agreed_number", language, count=number(row["agreed"], language)),
    ]


def states(counts: pd.DataFrame, contract: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the published states of every outcome of a contract on every reference date.

    Columns: outcome_id, name, period, agreed, tariff (euros), one column per STATES (NaN where
    there is no figure), status, reason, missing_names (of what is told as a whole: claimed, judged,
    checked and paid), hidden, judged_hidden and apart_hidden (the reason why verdicts, those of
    residents among them, and who of both called a result achieved, are not shown; '' where they
    are or are unknown), left_out (claimed
    results of which the verdicts leave out), error and verdict_error (how far rounding may have
    moved the wholes and the verdicts).
    """
    found = _cells(counts)
    rows = []
    for outcome in plain(contract):
        item = f"{outcome['contract_id']}/{outcome['outcome_id']}"
        for period, cells in sorted(found.get(item, {}).items()):
            whole = [
                cell
                for (measure, category), cell in cells.items()
                if not category and measure != "results_differing"
            ]
            verdicts = [cells[STATES[state]] for state in _VERDICTS if STATES[state] in cells]
            rows.append(
                {
                    "outcome_id": outcome["outcome_id"],
                    "name": outcome[f"name_{language}"],
                    "period": period,
                    "agreed": outcome["agreed"],
                    "tariff": outcome["tariff_cents"] / 100,
                    **{state: _value(cells.get(key)) for state, key in STATES.items()},
                    **_state(whole),
                    "hidden": _hidden(cells, _VERDICTS),
                    "judged_hidden": _hidden(cells, _JUDGED),
                    "apart_hidden": _hidden(cells, _APART),
                    "left_out": most(verdicts, "without"),
                    "error": most(whole, "error"),
                    "verdict_error": most(verdicts, "error"),
                }
            )
    names = ["outcome_id", "name", "period", "agreed", "tariff", *STATES, *_ABOUT]
    return pd.DataFrame(rows, columns=names)


_ABOUT = (
    *("status", "reason", "missing_names", "hidden", "judged_hidden", "apart_hidden", "left_out"),
    *("error", "verdict_error"),
)
# The figures of one outcome on one date, by measure and category.
_Cells = dict[tuple[str, str], Row]


def _cells(counts: pd.DataFrame) -> dict[str, dict[str, _Cells]]:
    """Return the cells by item and period."""
    found: dict[str, dict[str, _Cells]] = {}
    for cell in plain(counts):
        periods = found.setdefault(cell["item"], {})
        periods.setdefault(cell["period"], {})[cell["measure"], cell["category"]] = cell
    return found


def _state(whole: Sequence[Row]) -> dict[str, object]:
    """Return the worst state of the figures that every place has."""
    worst = whole[0]
    for cell in whole:
        if not is_shown(cell) or (cell["status"] == "partial" and is_shown(worst)):
            worst = cell
    names = worst.get("missing_names", "")
    return {"status": worst["status"], "reason": worst["reason"], "missing_names": names}


def _hidden(cells: _Cells, states: Sequence[str]) -> str:
    """Return why the first of some states that is hidden is; '' where none is."""
    found = (cells[STATES[state]] for state in states if STATES[state] in cells)
    return next((str(cell["reason"]) for cell in found if cell["status"] == "not_shown"), "")


def most(cells: Sequence[Row], name: str) -> float:
    """Return the largest number of some published figures in column `name`; 0 where none has it."""
    known = [cell[name] for cell in cells if pd.notna(cell.get(name))]
    return float(max(known, default=0.0))


def _value(cell: Row | None) -> float:
    return float("nan") if cell is None or not is_shown(cell) else float(cell["value"])


def at(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the states on one reference date, a row per outcome."""
    return rows[rows["period"] == period].reset_index(drop=True)


def about(value: float, language: str, error: float = 0, hidden: str = "") -> str:
    """Return a published number in a sentence; a published 0 stands for 0 to 4, or to `error`.

    `hidden`: the reason why there is no number, where it is hidden and not unknown.
    """
    if pd.isna(value):
        return t("status.not_shown" if hidden else "status.no_data", language)
    few = number(max(error, FURTHEST), language)
    return number(value, language) if value else t("results.few", language, count=few)


def error_of_sum(errors: Iterable[float]) -> float:
    """Return how far rounding may have moved a sum of numbers with these errors (95 %).

    A single published number has error 0 and may lie FURTHEST from the truth.
    """
    furthest = np.maximum(list(errors), FURTHEST)
    return float(np.ceil(np.sqrt((furthest**2).sum())))


def about_state(row: Row, state: str, language: str) -> str:
    """Return the number of one state of an outcome in a sentence. `row`: of `states`."""
    verdict = state in _VERDICTS
    error = row["verdict_error" if verdict else "error"]
    return about(row[state], language, error, row["hidden"] if verdict else "")


def outcome_finding(row: Row, language: str) -> str:
    """Return where one outcome stands: agreed, achieved according to residents, paid."""
    said = {
        "name": row["name"],
        "agreed": number(row["agreed"], language),
        "paid": about_state(row, "paid", language),
    }
    if row["judged_hidden"]:
        judged = about_state(row, "judged", language)
        return t("results.outcome_finding_judged", language, judged=judged, **said)
    achieved = about_state(row, "judged_yes", language)
    return t("results.outcome_finding", language, achieved=achieved, **said)


def states_finding(now: pd.DataFrame, period: str, language: str) -> str:
    """Return where the whole contract stands on a reference date."""
    day, rows = date_long(last_day(period), language), plain(now)
    sums = {
        name: sum(row[name] for row in rows)
        for name in ("agreed", "claimed", "judged", "paid", "judged_yes")
    }
    if any(pd.isna(sums[name]) for name in ("claimed", "judged", "paid")):
        return t("results.states_unknown", language, date=day)
    error = error_of_sum(row["error"] for row in rows)
    said = {
        "date": day,
        "agreed": number(sums["agreed"], language),
        **{state: about(sums[state], language, error) for state in ("claimed", "judged", "paid")},
    }
    whole = pd.notna(sums["judged_yes"]) and not any(row["left_out"] for row in rows)
    if not whole:
        return t("results.states_finding_judged", language, **said)
    verdict_error = error_of_sum(row["verdict_error"] for row in rows)
    achieved = about(sums["judged_yes"], language, verdict_error)
    return t("results.states_finding", language, achieved=achieved, **said)


def left_out(now: pd.DataFrame, language: str) -> list[str]:
    """Return what the verdicts leave out, a sentence per outcome, and how rounding adds up."""
    said, rows = [], plain(now)
    for row in rows:
        count = number(row["left_out"], language)
        if row["hidden"]:
            reason = t(f"reason.{row['hidden']}", language)
            which = "verdict_hidden" if row["judged_hidden"] else "check_hidden"
            said.append(t(f"results.{which}", language, name=row["name"], reason=reason))
        if row["left_out"] and not row["judged_hidden"]:
            said.append(t("results.verdict_without", language, name=row["name"], count=count))
    if said:
        said.append(t("results.paid_counts_all", language))
    error = max((row["error"] for row in rows), default=0.0)
    if error > 0:
        said.append(t("results.sums", language, error=number(error, language)))
    return said


def states_alternative(row: Row, language: str) -> str:
    """Return the text alternative of the picture of one outcome."""
    parts = [
        f"{t(f'results.state_{state}', language)}: {about_state(row, state, language)}"
        for state in SHOWN_STATES
    ]
    agreed = number(row["agreed"], language)
    return t("results.states_alternative", language, agreed=agreed, states="; ".join(parts))


def room(now: pd.DataFrame, financiers: pd.DataFrame) -> pd.DataFrame:
    """Return the room under the ceiling per financier, in euros.

    Columns: name, share, ceiling, paid (NaN where a number of paid results is unknown), room.
    `paid` is tariff x published number x share.
    """
    spent = (now["tariff"] * now["paid"]).sum(skipna=False)
    ceiling = financiers["ceiling_cents"].astype(float) / 100
    paid = financiers["share"] * spent
    return pd.DataFrame(
        {
            "name": financiers["name"],
            "share": financiers["share"],
            "ceiling": ceiling,
            "paid": paid,
            "room": ceiling - paid,
        }
    )


def room_finding(rows: pd.DataFrame, language: str) -> str:
    """Return the room that is left, in all and per financier."""
    if rows["room"].isna().any():
        return t("results.room_unknown", language)
    left = list(zip(rows["name"], rows["room"], strict=True))
    parts = [f"{name} {euros(room, language)}" for name, room in left]
    key = "results.room_finding" if all(room >= 0 for _, room in left) else "results.room_over"
    whole = euros(sum(room for _, room in left), language)
    return t(key, language, left=whole, parts=listed(parts, language))


def late_note(rows: pd.DataFrame, contract: pd.DataFrame, language: str) -> str:
    """Return that earlier quarters are left out of the picture; '' when none is."""
    start = quarter_of(pd.Timestamp(contract["starts_on"].iloc[0]).date())
    first = str(rows["period"].min())
    if first <= start:
        return ""
    return t("results.from", language, period=period_label(first, language))
