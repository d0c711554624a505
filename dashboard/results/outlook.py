"""Where the results of a contract end up: paid ones and those residents call achieved, apart.

Pure functions on frames of dashboard.results.states.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.comparison import forecast
from dashboard.results.states import dates
from dashboard.words.copy import t
from dashboard.words.numbers import euros, number
from dashboard.words.rows import Row, plain
from indicators.catalogue import COUNT_BASE
from indicators.periods import quarter_of, quarters_between

# The states that are forecast, each by its own pace.
STATES = ("paid", "judged_yes")
_ROUND_TO = COUNT_BASE


@dataclass(frozen=True)
class Outlook:
    """The forecast of one state to the end of a contract, or why there is none (`reason`).

    `outcomes`: name, agreed, now, low, middle, high (results to date at the end, multiples of 5).
    `results` is the number of all outcomes together by then, `euros` the same at the tariffs;
    `reach_ceiling` the chance that the euros reach the ceiling (0-1).
    """

    state: str
    reason: str
    outcomes: pd.DataFrame
    results: forecast.Forecast | None = None
    euros: forecast.Forecast | None = None
    reach_ceiling: float = 0.0


def ceiling(financiers: pd.DataFrame) -> float:
    """Return the ceiling of all financiers together in euros."""
    return float(financiers["ceiling_cents"].sum()) / 100


def outlook(
    rows: pd.DataFrame,
    contract: pd.DataFrame,
    financiers: pd.DataFrame,
    period: str,
    seed: int,
    state: str,
) -> Outlook:
    """Forecast one of STATES for every outcome to the end of the contract."""
    first = contract.iloc[0]
    start, end = (quarter_of(pd.Timestamp(first[name]).date()) for name in ("starts_on", "ends_on"))
    if period >= end:
        return Outlook(state, "ended", pd.DataFrame())
    if len(quarters_between(start, period)) < forecast.LEAST_QUARTERS:
        return Outlook(state, "too_short", pd.DataFrame())
    ahead = len(quarters_between(period, end)) - 1
    found = []
    results, money = np.zeros(forecast.DRAWS), np.zeros(forecast.DRAWS)
    by_outcome: dict[str, list[Row]] = {}
    for row in plain(rows):
        by_outcome.setdefault(row["outcome_id"], []).append(row)
    tariffs = zip(contract["outcome_id"], contract["tariff_cents"], strict=True)
    for place, (outcome_id, tariff_cents) in enumerate(tariffs):
        mine = sorted(by_outcome[outcome_id], key=lambda row: str(row["period"]))
        from_start = mine[0]["period"] == start
        pace = _pace(_each_quarter(mine, state), from_start, _error(mine, state))
        if pace is None:
            return Outlook(state, _why_not(mine, state), pd.DataFrame())
        totals = forecast.draw_totals(pace, ahead, seed + place)
        results += totals
        money += totals * tariff_cents / 100
        found.append(_outcome(mine[-1], state, forecast.summarised(totals)))
    return Outlook(
        state,
        "",
        pd.DataFrame(found),
        forecast.summarised(results),
        forecast.summarised(money),
        forecast.chance_at_least(money, ceiling(financiers)),
    )


def _outcome(last: Row, state: str, said: forecast.Forecast) -> dict[str, object]:
    return {
        "name": last["name"],
        "agreed": float(last["agreed"]),
        "now": last[state],
        "low": _down(said.low),
        "middle": np.round(said.middle / _ROUND_TO) * _ROUND_TO,
        "high": _up(said.high),
    }


def _down(value: float) -> float:
    return float(np.floor(value / _ROUND_TO) * _ROUND_TO)


def _up(value: float) -> float:
    return float(np.ceil(value / _ROUND_TO) * _ROUND_TO)


def _each_quarter(mine: Sequence[Row], state: str) -> list[float]:
    """The numbers to date of successive quarters; NaN in a quarter that is not closed.

    So too where verdicts leave out some results: which ones differs from quarter to quarter.
    """
    by_period = {
        row["period"]: float(row[state]) for row in mine if state == "paid" or not row["left_out"]
    }
    each_quarter = quarters_between(mine[0]["period"], mine[-1]["period"])
    return [by_period.get(each, float("nan")) for each in each_quarter]


def _why_not(mine: Sequence[Row], state: str) -> str:
    hides = any(row["hidden"] or row["left_out"] > 0 for row in mine)
    return "hidden" if state != "paid" and hides else "unknown"


def _error(mine: Sequence[Row], state: str) -> float:
    return float(mine[-1]["error" if state == "paid" else "verdict_error"])


def _pace(to_date: list[float], from_start: bool, error: float) -> forecast.Pace | None:
    """Return the pace of the last quarters; None when a figure that it needs is unknown."""
    if from_start and len(to_date) <= forecast.PACE_QUARTERS:
        used, before, exact = len(to_date), 0.0, True
    else:
        used = min(forecast.PACE_QUARTERS, len(to_date) - 1)
        before, exact = to_date[-1 - used], False
    if used < 1 or pd.isna(before) or pd.isna(to_date[-1]):
        return None
    return forecast.Pace(to_date[-1], before, used, exact, error)


def finding(said: Outlook, contract: pd.DataFrame, top: float, language: str) -> str:
    """Return the forecast as a title, or why there is none. `top`: the ceiling in euros."""
    end = dates(contract, language)[1]
    if said.euros is None or said.results is None:
        return t(f"results.outlook_{said.reason}", language, end=end)
    if said.state == "paid":
        low, high = (euros(round(each, -3), language) for each in (said.euros.low, said.euros.high))
        shown = euros(top, language)
        return t("results.outlook_finding", language, end=end, low=low, high=high, ceiling=shown)
    return t(
        "results.outlook_judged_finding",
        language,
        end=end,
        low=number(_down(said.results.low), language),
        high=number(_up(said.results.high), language),
        agreed=number(said.outcomes["agreed"].sum(), language),
    )


def ceiling_sentence(said: Outlook, language: str) -> str:
    """Return how likely it is that the ceiling is reached; '' for what is not paid."""
    if said.euros is None or said.state != "paid":
        return ""
    for limit, word in ((0.05, "unlikely"), (0.5, "perhaps"), (0.95, "likely")):
        if said.reach_ceiling < limit:
            return t(f"results.ceiling_{word}", language)
    return t("results.ceiling_certain", language)


def alternative(said: Outlook, title: str, language: str) -> str:
    """Return the text alternative of the forecast: every outcome with its bounds."""
    parts = [
        t(
            f"results.outlook_part_{said.state}",
            language,
            name=row["name"],
            low=number(row["low"], language),
            high=number(row["high"], language),
            agreed=number(row["agreed"], language),
        )
        for row in plain(said.outcomes)
    ]
    return f"{title}. {' '.join(parts)}"
