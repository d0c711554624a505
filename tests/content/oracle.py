"""What a release says, worked out another way: with sqlite3 and pandas, nothing of the product.

Imports nothing from `dashboard`, `data_access` or `indicators`; the formulas are written down here
a second time, from the definitions that the product prints.
"""

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

SHOWN = ("published", "partial")
ROUNDING, SMALLEST_BASE = 5, 10


@dataclass(frozen=True)
class Formula:
    """How an indicator is made: times `per`, `over` "residents", "bijstand", a measure or nothing.

    `count` is (measure, category); `money` is (nature, outcome), '' for all.
    """

    count: tuple[str, str] | None = None
    money: tuple[str, str] | None = None
    over: str | tuple[str, str] = ""
    over_money: bool = False
    per: int = 1
    years_only: bool = False


FORMULAS = {
    "volunteers": Formula(count=("volunteers", "")),
    "volunteers_per_1000": Formula(count=("volunteers", ""), over="residents", per=1000),
    "volunteers_per_100_bijstand": Formula(count=("volunteers", ""), over="bijstand", per=100),
    "new_volunteers": Formula(count=("new_volunteers", "")),
    "volunteer_hours": Formula(count=("volunteer_hours", "")),
    "outflow": Formula(count=("outflow", "")),
    "outflow_per_100_volunteers": Formula(
        count=("outflow", ""), over=("active_volunteers", ""), per=100, years_only=True
    ),
    "outflow_per_1000_residents": Formula(
        count=("outflow", ""), over="residents", per=1000, years_only=True
    ),
    "outflow_per_100_bijstand": Formula(
        count=("outflow", ""), over="bijstand", per=100, years_only=True
    ),
    "ladder_steps_up": Formula(count=("ladder_moves", "up"), years_only=True),
    "spending": Formula(money=("", ""), years_only=True),
    "spending_per_resident": Formula(money=("", ""), over="residents", years_only=True),
    "structural_share": Formula(
        money=("structureel", ""), over_money=True, per=100, years_only=True
    ),
}


class Oracle:
    """One release file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def table(self, name: str) -> pd.DataFrame:
        """Return a table of the file."""
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as connection:
            return pd.read_sql_query(f"SELECT * FROM {name}", connection)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """All published counts."""
        return self.table("pub_cell")

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The gemeente and its places, by code."""
        return self.table("pub_area").set_index("area_code")

    @cached_property
    def gemeente(self) -> str:
        """The code of the gemeente."""
        return str(self.table("pub_release")["gemeente_code"].iloc[0])

    @cached_property
    def wijken(self) -> list[str]:
        """The codes of the wijken."""
        return sorted(self.areas.index[self.areas["level"] == "wijk"])

    @cached_property
    def periods(self) -> list[str]:
        """The closed periods, oldest first."""
        return sorted(self.table("pub_period")["period"])

    def cell(
        self,
        measure: str,
        area: str,
        period: str,
        category: str = "",
        organisation: str = "",
        item: str = "",
    ) -> pd.Series | None:
        """Return one cell of the release; None when it is not there."""
        c = self.cells
        found = c[
            (c["measure"] == measure)
            & (c["area_code"] == area)
            & (c["period"] == period)
            & (c["category"] == category)
            & (c["organisation_id"] == organisation)
            & (c["item"] == item)
        ]
        assert len(found) <= 1
        return found.iloc[0] if len(found) else None

    def count(
        self, measure: str, area: str, period: str, category: str = "", organisation: str = ""
    ) -> int | None:
        """Return a published count; None where none is shown."""
        cell = self.cell(measure, area, period, category, organisation)
        return int(cell["value"]) if cell is not None and cell["status"] in SHOWN else None

    @cached_property
    def _amounts(self) -> pd.DataFrame:
        return self.table("pub_amount")

    @cached_property
    def _place_amounts(self) -> pd.DataFrame:
        return self.table("pub_place_amount")

    def euros(self, area: str, year: str, nature: str = "", outcome: str = "") -> float | None:
        """Return what was spent; None where a place has no exact amount of this kind."""
        if area == self.gemeente:
            rows = self._amounts[self._amounts["year"] == int(year)]
        else:
            split = "nature" if nature else "outcome" if outcome else "total"
            rows = self._place_amounts
            rows = rows[
                (rows["year"] == int(year)) & (rows["area_code"] == area) & (rows["split"] == split)
            ]
            if (rows["step"] > 0).any():
                return None
        for name, wanted in (("nature", nature), ("outcome", outcome)):
            if wanted:
                rows = rows[rows[name] == wanted]
        return float(rows["cents"].sum()) / 100

    def value(self, indicator: str, area: str, period: str) -> float | None:
        """Return an indicator in its unit; None where nothing, or only steps of money, is shown."""
        formula = FORMULAS[indicator]
        top: float | None
        if formula.count:
            top = self.count(formula.count[0], area, period, formula.count[1])
        else:
            assert formula.money
            top = self.euros(area, period, *formula.money)
        if top is None:
            return None
        if formula.over_money:
            under: float | None = self.euros(area, period)
        elif isinstance(formula.over, tuple):
            under = self.count(formula.over[0], area, period, formula.over[1])
            if under is not None and under < SMALLEST_BASE:
                return None
        elif formula.over:
            number = self.areas.loc[area, formula.over]
            under = None if pd.isna(number) else float(number)
        else:
            under = 1.0
        return formula.per * top / under if under else None
