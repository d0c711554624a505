"""Money, worked out another way from the tables of a release file."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from tests.content.oracle import SHOWN, Oracle

OUTCOMES = ("participation", "step_up", "paid_work")
# What counts an outcome: measure and category.
COUNTED_BY = {
    "participation": ("active_volunteers", ""),
    "step_up": ("ladder_moves", "up"),
    "paid_work": ("outflow", ""),
}
# The legal maxima of volunteer allowances (Belastingdienst): a month and a year.
MAXIMA = {"2022": (180, 1800), "2023": (190, 1900), "2024": (210, 2100), "2025": (210, 2100)}


@dataclass(frozen=True)
class Euros:
    """An amount; with a step it lies between `low` and `low` + `step`."""

    low: float
    step: float = 0.0


class Money(Oracle):
    """The amounts of one release."""

    @cached_property
    def _amounts(self) -> pd.DataFrame:
        return self.table("pub_amount")

    @cached_property
    def _place_amounts(self) -> pd.DataFrame:
        return self.table("pub_place_amount")

    @cached_property
    def _by_place(self) -> dict[tuple[str, ...], dict[Hashable, Any]]:
        whole = self.cells[self.cells["item"] == ""]
        keys = ["measure", "area_code", "period", "category", "organisation_id"]
        places = whole[keys].itertuples(index=False, name=None)
        return dict(zip(places, whole.to_dict("records"), strict=True))

    def of_gemeente(self, year: str, **wanted: str) -> float:
        """Return the euros of a year, of some outcome, financier, taakveld or nature."""
        rows = self._amounts[self._amounts["year"] == int(year)]
        for name, value in wanted.items():
            rows = rows[rows[name] == value]
        return float(rows["cents"].sum()) / 100

    def by(self, column: str, year: str) -> dict[str, float]:
        """Return the euros of a year by a column of the amounts, the largest first."""
        rows = self._amounts[self._amounts["year"] == int(year)]
        found = (rows.groupby(column)["cents"].sum() / 100).sort_values(ascending=False)
        return dict(found.items())

    def of_place(self, column: str, place: str, year: str, outcome: str | None = None) -> Euros:
        """Return the euros of a wijk ("area_code") or an organisation ("organisation_id")."""
        rows = self._place_amounts
        split = "total" if outcome is None else "outcome"
        rows = rows[
            (rows["year"] == int(year)) & (rows[column] == place) & (rows["split"] == split)
        ]
        if column == "organisation_id":
            rows = rows[rows["step"] == 0]
        if outcome is not None:
            rows = rows[rows["outcome"] == outcome]
        return Euros(float(rows["cents"].sum()) / 100, float(rows["step"].sum()) / 100)

    def by_nature(self, year: str, wijk: str = "") -> pd.DataFrame:
        """Return organisation_id, nature, ends_on and euros of a year, of one wijk or of all."""
        rows = self._place_amounts
        rows = rows[(rows["year"] == int(year)) & (rows["split"] == "nature")]
        rows = rows[rows["area_code"] == wijk] if wijk else rows[rows["step"] == 0]
        rows = rows.assign(euros=rows["cents"] / 100, ends_on=rows["money_ends_on"].fillna(""))
        return rows.groupby(["organisation_id", "nature", "ends_on"], as_index=False)["euros"].sum()

    def counted(
        self, outcome: str, year: str, area: str = "", organisation: str = ""
    ) -> tuple[float, float] | None:
        """Return the published number of an outcome and its error; None where none is shown."""
        measure, category = COUNTED_BY[outcome]
        cell = self._by_place.get((measure, area or self.gemeente, year, category, organisation))
        if cell is None or cell["status"] not in SHOWN:
            return None
        return float(cell["value"]), float(cell["error"])

    def left_out(self, outcome: str, year: str, area: str) -> float:
        """Return how many people a count leaves out, as published."""
        measure, category = COUNTED_BY[outcome]
        cell = self._by_place.get((measure, area, year, category, ""))
        return 0.0 if cell is None else float(cell["without"])

    def is_published(self, outcome: str, year: str, area: str) -> bool:
        """Tell whether a count lacks no delivery."""
        measure, category = COUNTED_BY[outcome]
        cell = self._by_place.get((measure, area, year, category, ""))
        return cell is not None and cell["status"] == "published"

    def is_whole(self, outcome: str, year: str, area: str) -> bool:
        """Tell whether a count leaves nothing out: no delivery and no people."""
        measure, category = COUNTED_BY[outcome]
        cell = self._by_place.get((measure, area, year, category, ""))
        return cell is not None and cell["status"] == "published" and not cell["without"]

    @cached_property
    def organisations(self) -> pd.DataFrame:
        """The organisations by id."""
        return self.table("pub_organisation").set_index("organisation_id")

    @cached_property
    def financiers(self) -> dict[str, str]:
        """The names of the financiers."""
        return dict(self.table("pub_financier").set_index("financier_id")["name"])
