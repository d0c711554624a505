"""What the page about results says: contracts and the dated states of their results.

Pure functions on frames of `data_access.contracts`, `contract_financiers` and `counts`. Every
amount is derived from published counts (tariff x published count), and the residents' judgement
and the administration's check stay apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import forecast
from dashboard.comparison.cost_per_outcome import CostPerOutcome, cost_per_outcome
from dashboard.findings import listed
from dashboard.kept import kept
from dashboard.numbers import date_long, euros, number, percent, period_label
from dashboard.text import t
from indicators.periods import is_quarter, last_day, quarter_of, quarters_between

MEASURES = (
    "results_claimed",
    "results_judged",
    "results_checked",
    "results_differing",
    "results_paid",
)
STATES = {
    "claimed": ("results_claimed", ""),
    "judged_yes": ("results_judged", "yes"),
    "judged_no": ("results_judged", "no"),
    "checked_yes": ("results_checked", "yes"),
    "checked_no": ("results_checked", "no"),
    "paid": ("results_paid", ""),
    "residents_only": ("results_differing", "residents_only"),
    "administration_only": ("results_differing", "administration_only"),
}
SHOWN_STATES = ("claimed", "judged_yes", "judged_no", "checked_yes", "checked_no", "paid")
MOST_QUARTERS = 12
_ROUND_TO = 5


@kept
def quarters_asked(closed: Sequence[str], contract: pd.DataFrame, until: str) -> tuple[str, ...]:
    """Return the closed quarters from the start of a contract up to `until`, the last twelve."""
    start = quarter_of(pd.Timestamp(contract["starts_on"].iloc[0]).date())
    return tuple(sorted(each for each in closed if is_quarter(each) and start <= each <= until))[
        -MOST_QUARTERS:
    ]


@kept
def dates(contract: pd.DataFrame, language: str) -> tuple[str, str]:
    """Return the first and last day of a contract in words."""
    first = contract.iloc[0]
    start, end = (pd.Timestamp(first[name]).date() for name in ("starts_on", "ends_on"))
    return date_long(start, language), date_long(end, language)


@kept
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
        for _, row in financiers.iterrows()
    ]
    return t("results.lead", language, start=start, end=end, payers=listed(payers, language))


@kept
def terms(row: pd.Series, language: str) -> list[str]:
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

    Columns: outcome_id, name, period, agreed, tariff (euros), one column per STATES (NaN unless
    published), status, reason (of the first state without a figure, else "published", "").
    """
    rows = []
    for _, outcome in contract.iterrows():
        item = f"{outcome['contract_id']}/{outcome['outcome_id']}"
        for period, cells in counts[counts["item"] == item].groupby("period"):
            by_key = cells.set_index(["measure", "category"])
            lacking = cells[cells["status"] != "published"]
            rows.append(
                {
                    "outcome_id": outcome["outcome_id"],
                    "name": outcome[f"name_{language}"],
                    "period": period,
                    "agreed": outcome["agreed"],
                    "tariff": outcome["tariff_cents"] / 100,
                    **{state: _value(by_key, key) for state, key in STATES.items()},
                    "status": "published" if lacking.empty else lacking["status"].iloc[0],
                    "reason": "" if lacking.empty else lacking["reason"].iloc[0],
                }
            )
    names = ["outcome_id", "name", "period", "agreed", "tariff", *STATES, "status", "reason"]
    return pd.DataFrame(rows, columns=names)


def _value(cells: pd.DataFrame, key: tuple[str, str]) -> float:
    if key not in cells.index or cells.loc[key, "status"] != "published":
        return float("nan")
    return float(cells.loc[key, "value"])


@kept
def at(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the states on one reference date, a row per outcome."""
    return rows[rows["period"] == period].reset_index(drop=True)


def about(value: float, language: str) -> str:
    """Return a published number in a sentence; a published 0 stands for 0 to 4."""
    if pd.isna(value):
        return t("status.no_data", language)
    return number(value, language) if value else t("results.few", language)


@kept
def outcome_finding(row: pd.Series, language: str) -> str:
    """Return where one outcome stands: agreed, achieved according to residents, paid."""
    return t(
        "results.outcome_finding",
        language,
        name=row["name"],
        agreed=number(row["agreed"], language),
        achieved=about(row["judged_yes"], language),
        paid=about(row["paid"], language),
    )


@kept
def states_finding(now: pd.DataFrame, period: str, language: str) -> str:
    """Return where the whole contract stands on a reference date."""
    day = date_long(last_day(period), language)
    if now[["claimed", "judged_yes", "paid"]].isna().any(axis=None):
        return t("results.states_unknown", language, date=day)
    return t(
        "results.states_finding",
        language,
        date=day,
        agreed=number(now["agreed"].sum(), language),
        claimed=about(now["claimed"].sum(), language),
        achieved=about(now["judged_yes"].sum(), language),
        paid=about(now["paid"].sum(), language),
    )


@kept
def states_alternative(row: pd.Series, language: str) -> str:
    """Return the text alternative of the picture of one outcome."""
    parts = [
        f"{t(f'results.state_{state}', language)}: {about(row[state], language)}"
        for state in SHOWN_STATES
    ]
    agreed = number(row["agreed"], language)
    return t("results.states_alternative", language, agreed=agreed, states="; ".join(parts))


@kept
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


@kept
def room_finding(rows: pd.DataFrame, language: str) -> str:
    """Return the room that is left, in all and per financier."""
    if rows["room"].isna().any():
        return t("results.room_unknown", language)
    parts = [f"{row['name']} {euros(row['room'], language)}" for _, row in rows.iterrows()]
    key = "results.room_finding" if (rows["room"] >= 0).all() else "results.room_over"
    left = euros(rows["room"].sum(), language)
    return t(key, language, left=left, parts=listed(parts, language))


@dataclass(frozen=True)
class Outlook:
    """The forecast to the end of a contract, or why there is none (`reason`, a key of the words).

    `outcomes`: name, agreed, paid, low, middle, high (paid results at the end of the contract).
    `euros` is the amount by then; `reach_ceiling` the chance that it reaches the ceiling (0-1).
    """

    reason: str
    outcomes: pd.DataFrame
    euros: forecast.Forecast | None = None
    reach_ceiling: float = 0.0


def outlook(
    rows: pd.DataFrame, contract: pd.DataFrame, financiers: pd.DataFrame, period: str, seed: int
) -> Outlook:
    """Forecast the paid results of every outcome to the end of the contract."""
    nothing = pd.DataFrame()
    first = contract.iloc[0]
    start, end = (quarter_of(pd.Timestamp(first[name]).date()) for name in ("starts_on", "ends_on"))
    if period >= end:
        return Outlook("ended", nothing)
    if len(quarters_between(start, period)) < forecast.LEAST_QUARTERS:
        return Outlook("too_short", nothing)
    ahead = len(quarters_between(period, end)) - 1
    found, total = [], np.zeros(forecast.DRAWS)
    for place, (_, outcome) in enumerate(contract.iterrows()):
        mine = rows[rows["outcome_id"] == outcome["outcome_id"]].sort_values("period")
        pace = _pace(mine["paid"].to_list(), from_start=mine["period"].min() == start)
        if pace is None:
            return Outlook("unknown", nothing)
        totals = forecast.draw_totals(pace, ahead, seed + place)
        total += totals * outcome["tariff_cents"] / 100
        said = forecast.summarised(totals)
        last = mine.iloc[-1]
        found.append(
            {
                "name": last["name"],
                "agreed": float(last["agreed"]),
                "paid": last["paid"],
                "low": np.floor(said.low / _ROUND_TO) * _ROUND_TO,
                "middle": np.round(said.middle / _ROUND_TO) * _ROUND_TO,
                "high": np.ceil(said.high / _ROUND_TO) * _ROUND_TO,
            }
        )
    ceiling = float(financiers["ceiling_cents"].sum()) / 100
    chance = forecast.chance_at_least(total, ceiling)
    return Outlook("", pd.DataFrame(found), forecast.summarised(total), chance)


def _pace(paid: list[float], *, from_start: bool) -> forecast.Pace | None:
    """Return the pace of the last quarters; None when a figure that it needs is unknown."""
    if from_start and len(paid) <= forecast.PACE_QUARTERS:
        used, before, exact = len(paid), 0.0, True
    else:
        used = min(forecast.PACE_QUARTERS, len(paid) - 1)
        before, exact = paid[-1 - used], False
    if used < 1 or pd.isna(before) or pd.isna(paid[-1]):
        return None
    return forecast.Pace(paid[-1], before, used, exact)


@kept
def outlook_finding(said: Outlook, contract: pd.DataFrame, ceiling: float, language: str) -> str:
    """Return the forecast as a title, or why there is none."""
    end = dates(contract, language)[1]
    if said.euros is None:
        return t(f"results.outlook_{said.reason}", language, end=end)
    low, high = (_rounded_euros(each, language) for each in (said.euros.low, said.euros.high))
    return t(
        "results.outlook_finding",
        language,
        end=end,
        low=low,
        high=high,
        ceiling=euros(ceiling, language),
    )


def _rounded_euros(amount: float, language: str) -> str:
    return euros(round(amount, -3), language)


@kept
def ceiling_sentence(said: Outlook, language: str) -> str:
    """Return how likely it is that the ceiling is reached."""
    if said.euros is None:
        return ""
    for limit, word in ((0.05, "unlikely"), (0.5, "perhaps"), (0.95, "likely")):
        if said.reach_ceiling < limit:
            return t(f"results.ceiling_{word}", language)
    return t("results.ceiling_certain", language)


@kept
def outlook_alternative(said: Outlook, finding: str, language: str) -> str:
    """Return the text alternative of the forecast: every outcome with its bounds."""
    parts = [
        t(
            "results.outlook_part",
            language,
            name=row["name"],
            low=number(row["low"], language),
            high=number(row["high"], language),
            agreed=number(row["agreed"], language),
        )
        for _, row in said.outcomes.iterrows()
    ]
    return f"{finding}. {' '.join(parts)}"


@kept
def differing_finding(now: pd.DataFrame, language: str) -> str:
    """Return how often residents and administration judged differently."""
    both = now[["residents_only", "administration_only"]]
    if both.isna().any(axis=None):
        return t("results.differing_unknown", language)
    total = both.sum().sum()
    if total == 0:
        return t("results.differing_none", language)
    return t(
        "results.differing_finding",
        language,
        total=number(total, language),
        residents=about(both["residents_only"].sum(), language),
        administration=about(both["administration_only"].sum(), language),
    )


@kept
def learning(now: pd.DataFrame) -> pd.DataFrame:
    """Return what a result cost per outcome.

    Adds to `now`: spent (euros, tariff x published paid), estimate, lower, upper (euros per result
    that residents called achieved; NaN where it cannot be said).
    """
    costs = [_cost(row) for _, row in now.iterrows()]
    return now.assign(
        spent=now["tariff"] * now["paid"],
        estimate=[_or_nan(each.estimate if each else None) for each in costs],
        lower=[_or_nan(each.lower if each else None) for each in costs],
        upper=[_or_nan(each.upper if each else None) for each in costs],
    )


def _cost(row: pd.Series) -> CostPerOutcome | None:
    if pd.isna(row["paid"]) or pd.isna(row["judged_yes"]):
        return None
    return cost_per_outcome(row["tariff"] * row["paid"], int(row["judged_yes"]))


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def cost_text(row: pd.Series, language: str) -> str:
    """Return what a result cost: "€ 530 (€ 440 tot € 660)", "meer dan € 900", or why not."""
    if pd.isna(row["lower"]):
        return t("status.no_data", language)
    if not row["spent"]:
        return t("results.nothing_paid", language)
    if pd.isna(row["estimate"]):
        return t("results.more_than", language, low=euros(row["lower"], language))
    shown = {name: euros(row[name], language) for name in ("estimate", "lower")}
    if pd.isna(row["upper"]):
        return t("results.cost_without_top", language, **shown)
    return t("results.cost_range", language, upper=euros(row["upper"], language), **shown)


@kept
def learning_sentences(rows: pd.DataFrame, contract: pd.DataFrame, language: str) -> list[str]:
    """Return per outcome what residents called a result, how often, and what it cost."""
    meaning = contract.set_index("outcome_id")[f"definition_{language}"]
    return [
        t(
            "results.learning",
            language,
            name=row["name"],
            meaning=meaning[row["outcome_id"]],
            achieved=about(row["judged_yes"], language),
            cost=cost_text(row, language),
        )
        for _, row in rows.iterrows()
    ]


@kept
def learning_finding(rows: pd.DataFrame, language: str) -> str:
    """Return what a result cost per outcome, as a title."""
    known = rows[rows["estimate"].notna() & (rows["spent"] > 0)]
    if known.empty:
        return t("results.learning_nothing", language)
    parts = [
        t(
            "results.learning_part",
            language,
            name=row["name"],
            cost=euros(row["estimate"], language),
        )
        for _, row in known.iterrows()
    ]
    return t("results.learning_finding", language, parts="; ".join(parts))


@kept
def late_note(rows: pd.DataFrame, contract: pd.DataFrame, language: str) -> str:
    """Return that earlier quarters are left out of the picture; '' when none is."""
    start = quarter_of(pd.Timestamp(contract["starts_on"].iloc[0]).date())
    first = str(rows["period"].min())
    if first <= start:
        return ""
    return t("results.from", language, period=period_label(first, language))
