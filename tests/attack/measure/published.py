"""What a release publishes, whoever protected it: the one thing that attackers may look at."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tests.attack.measure.registers import QUARTERS, YEARS, Floats, Town

ALL = "*"
PERIODS = (*QUARTERS, *YEARS)
POSITION = {period: index for index, period in enumerate(PERIODS)}


class Cell(NamedTuple):
    """One published number, or one that is not shown."""

    measure: str
    period: str
    place: str
    organisation: str
    item: str
    category: str
    value: int | None
    status: str


Published = list[Cell]
Protect = Callable[[Town, bytes], Published]
"""One release of one gemeente under a key."""


@dataclass(frozen=True)
class View:
    """Everything published about one place as series: (measure, item, category) -> 20 periods.

    The first sixteen are quarters, the last four years; NaN where nothing is shown.
    """

    series: dict[tuple[str, str, str], Floats]

    def get(self, measure: str, category: str = ALL, item: str = "") -> Floats:
        """Return a series, all NaN where nothing was ever published."""
        found = self.series.get((measure, item, category))
        return np.full(len(PERIODS), np.nan) if found is None else found


def views(cells: Iterable[Cell]) -> dict[tuple[str, str], View]:
    """Sort cells by (place, organisation)."""
    places: dict[tuple[str, str], dict[tuple[str, str, str], Floats]] = {}
    for cell in cells:
        if cell.value is None:
            continue
        series = places.setdefault((cell.place, cell.organisation), {})
        key = (cell.measure, cell.item, cell.category)
        if key not in series:
            series[key] = np.full(len(PERIODS), np.nan)
        series[key][POSITION[cell.period]] = cell.value
    return {place: View(series) for place, series in places.items()}
