"""The results of a contract, worked out another way from the tables of a release file."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from tests.content.oracle import SHOWN, Oracle

FURTHEST = 4
VERDICTS = (
    ("results_judged", "yes"),
    ("results_judged", "no"),
    ("results_checked", "yes"),
    ("results_checked", "no"),
)


@dataclass(frozen=True)
class Stand:
    """The cells of one outcome at the end of a quarter."""

    cells: dict[tuple[str, str], dict[str, Any]]

    def count(self, measure: str, category: str = "") -> float | None:
        """Return a published number; None where none is shown."""
        cell = self.cells.get((measure, category))
        return float(cell["value"]) if cell is not None and cell["status"] in SHOWN else None

    def hides(self, *keys: tuple[str, str]) -> bool:
        """Tell whether one of some verdicts is not shown."""
        return any(self.cells[key]["status"] == "not_shown" for key in keys if key in self.cells)

    @property
    def left_out(self) -> float:
        """How many claimed results the verdicts leave out."""
        return max(
            [float(self.cells[key]["without"]) for key in VERDICTS if key in self.cells],
            default=0.0,
        )

    def error(self, *keys: tuple[str, str]) -> float:
        """Return how far rounding may have moved the worst of some numbers."""
        return max([float(self.cells[key]["error"]) for key in keys if key in self.cells])


class Contract:
    """The first contract of a release."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.about = oracle.table("pub_contract").sort_values("contract_id").iloc[0]

    def _own(self, table: str) -> pd.DataFrame:
        rows = self.oracle.table(table)
        return rows[rows["contract_id"] == self.about["contract_id"]]

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """What was agreed, a row per outcome in the order of the page."""
        return self._own("pub_contract_outcome").sort_values("outcome_id", ignore_index=True)

    @cached_property
    def payers(self) -> pd.DataFrame:
        """Who pays, the largest share first, with their names."""
        names = self.oracle.table("pub_financier").set_index("financier_id")["name"]
        rows = self._own("pub_contract_financier")
        rows = rows.assign(name=rows["financier_id"].map(names), share=rows["share"].astype(float))
        return rows.sort_values(["share", "financier_id"], ascending=[False, True])

    @property
    def starts_on(self) -> pd.Timestamp:
        """The first day."""
        return pd.Timestamp(self.about["starts_on"])

    @property
    def ends_on(self) -> pd.Timestamp:
        """The last day."""
        return pd.Timestamp(self.about["ends_on"])

    def quarters(self, until: str) -> list[str]:
        """Return the closed quarters of the contract up to one, the last twelve of them."""
        start = f"{self.starts_on.year}-Q{self.starts_on.quarter}"
        return [each for each in self.oracle.periods if "Q" in each and start <= each <= until][
            -12:
        ]

    @cached_property
    def _stands(self) -> dict[tuple[str, str, str, str], Stand]:
        cells = self.oracle.cells
        mine = cells[cells["measure"].str.startswith("results_")]
        found: dict[tuple[str, str, str, str], dict[tuple[str, str], dict[str, Any]]] = {}
        for row in mine.to_dict("records"):
            place = row["item"], row["period"], row["area_code"], row["organisation_id"]
            found.setdefault(place, {})[row["measure"], row["category"]] = row
        return {place: Stand(each) for place, each in found.items()}

    def stand(self, outcome_id: str, quarter: str, area: str = "", organisation: str = "") -> Stand:
        """Return the cells of an outcome; of the whole gemeente unless a place is named."""
        item = f"{self.about['contract_id']}/{outcome_id}"
        place = item, quarter, area or self.oracle.gemeente, organisation
        return self._stands.get(place, Stand({}))

    def stands(self, quarter: str) -> dict[str, Stand]:
        """Return the stand of every outcome, by its id."""
        return {each: self.stand(each, quarter) for each in self.outcomes["outcome_id"]}

    def paid_euros(self, quarter: str) -> float:
        """Return tariff x published number of paid results."""
        return sum(
            row["tariff_cents"] / 100 * (self.stand(row["outcome_id"], quarter).count(PAID) or 0)
            for _, row in self.outcomes.iterrows()
        )


CLAIMED, JUDGED, CHECKED = "results_claimed", "results_judged", "results_checked"
DIFFERING, PAID = "results_differing", "results_paid"


def poisson_bounds(count: float, error: float, level: float = 0.95) -> tuple[float, float]:
    """Return the exact bounds of a mean, of all counts that may lie behind a published one."""
    far, tail = max(error, FURTHEST), (1 - level) / 2
    fewest, most = max(count - far, 0.0), count + far
    lower = stats.gamma.ppf(tail, fewest) if fewest else 0.0
    return float(lower), float(stats.gamma.isf(tail, most + 1))


def cost_of_one(
    spent: float, count: float, error: float, level: float = 0.95, step: float = 0.0
) -> tuple[float | None, float, float | None]:
    """Return spending per outcome with its bounds: None for zero outcomes and for no bound."""
    fewest, most = poisson_bounds(count, error, level)
    upper = (spent + step) / fewest if fewest else None
    return (spent / count if count else None), spent / most, upper


def total_at_the_end(
    now: float, before: float, quarters: int, ahead: int, error: float, exact_start: bool
) -> tuple[float, float, float]:
    """Return low, middle and high of a number to date at the end: the pace goes on, with chance.

    Drawn from the negative binomial that a gamma-distributed pace gives, with another generator.
    """
    generator = np.random.default_rng(2718)
    draws = 200_000

    def shifts() -> np.ndarray:
        if error > 0:
            return np.round(generator.normal(0, error / 1.96, draws))
        steps = np.arange(-FURTHEST, FURTHEST + 1)
        return generator.choice(steps, draws, p=(5 - np.abs(steps)) / 25)

    true_now = np.maximum(now + shifts(), 0)
    true_before = 0 if exact_start else np.maximum(before + shifts(), 0)
    seen = np.maximum(true_now - true_before, 0)
    further = generator.negative_binomial(seen + 0.5, quarters / (quarters + ahead))
    totals = np.maximum(true_now + further, now)
    low, middle, high = np.quantile(totals, [0.025, 0.5, 0.975])
    return float(low), float(middle), float(high)
