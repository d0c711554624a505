"""What protection costs the reader, against the old release, which showed every cell.

The old release hid nothing but hours where fewer than ten volunteers were shown, so what is lost
is counted from its fixed list of cells: every wijk, by category, in every quarter and year.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.attack.measure.places import town_key
from tests.attack.measure.published import ALL, PERIODS, Protect, views
from tests.attack.measure.registers import (
    BY_YEAR,
    CATEGORIES,
    ITEMS,
    LAST,
    OF_RESULTS,
    Floats,
    Ints,
    Town,
)

FLOWS = ("new_volunteers", "outflow", "ladder_moves")
LARGE = 20
_TENTHS = 10


@dataclass(frozen=True)
class Cost:
    """Shares of the old release's cells, people and wijken that are lost; errors of what is left.

    `cells_large` is the first of these in wijken of 20 volunteers or more at the last date.
    `wijken` is the share of wijken of which nothing of the measure is left in the last year.
    Errors are |shown - true| / true, over wholes with a true count of at least one; `of_classes`
    tells how many people a class of a wijk is off on average.
    """

    measure: str
    cells: float
    cells_large: float
    people: float
    wijken: float
    error_wijk: float
    error_gemeente: float
    of_classes: dict[str, float]


def costs(
    protect: Protect, towns: Sequence[Town], keys: int, measures: Sequence[str] = tuple(CATEGORIES)
) -> list[Cost]:
    """Measure the cost of a protection on some towns, under a number of keys."""
    again = [town for town in towns for _ in range(keys)]
    seen = [views(protect(town, town_key(at % keys, town))) for at, town in enumerate(again)]
    return [_cost(measure, again, seen) for measure in measures]


def _cost(measure: str, towns: Sequence[Town], seen: Sequence[dict]) -> Cost:  # type: ignore[type-arg]
    categories = CATEGORIES[measure]
    names = (*categories, ALL) if len(categories) > 1 else (ALL,)
    scale = _TENTHS if measure == "volunteer_hours" else 1
    lost_cells = lost_people = lost_wijken = cells = people = wijken = 0.0
    large_cells = lost_large = 0.0
    errors: dict[str, list[Floats]] = {"wijk": [], "gemeente": []}
    of_classes: dict[str, list[Floats]] = {name: [] for name in names if name != ALL}
    for town, views_of in zip(towns, seen, strict=True):
        for place in (*town.wijken, ALL):
            rows = [row for row, leaf in enumerate(town.leaves) if place in (ALL, leaf.wijk)]
            counts = town.dense[measure][rows].sum(axis=0)
            large = town.dense["volunteers"][rows][..., -1].sum() >= LARGE
            gone = True
            for number, item in enumerate(ITEMS if measure in OF_RESULTS else ("",)):
                for name in names:
                    here = (
                        counts[number] if name == ALL else counts[number, [categories.index(name)]]
                    )
                    true = _by_period(measure, here.sum(axis=0)) / scale
                    view = views_of.get((place, ALL))
                    shown = (
                        np.full(len(PERIODS), np.nan)
                        if view is None
                        else view.get(measure, name, item)
                    )
                    there = ~np.isnan(true)
                    missing = there & np.isnan(shown)
                    gone &= bool(missing[-5:][there[-5:]].all())
                    if place != ALL:
                        cells, lost_cells = cells + there.sum(), lost_cells + missing.sum()
                        if large:
                            large_cells += there.sum()
                            lost_large += missing.sum()
                        people += np.nansum(true)
                        lost_people += true[missing].sum()
                    if name != ALL and place != ALL:
                        of_classes[name].append(abs(shown - true)[there & ~np.isnan(shown)])
                    if name == ALL:
                        both = there & ~np.isnan(shown) & (true >= 1)
                        kind = "gemeente" if place == ALL else "wijk"
                        errors[kind].append(abs(shown - true)[both] / true[both])
            if place != ALL:
                wijken, lost_wijken = wijken + 1, lost_wijken + gone
    of = {kind: np.concatenate(each) for kind, each in errors.items()}
    return Cost(
        measure,
        lost_cells / max(cells, 1),
        lost_large / max(large_cells, 1),
        lost_people / max(people, 1),
        lost_wijken / max(wijken, 1),
        float(of["wijk"].mean()) if len(of["wijk"]) else np.nan,
        float(of["gemeente"].mean()) if len(of["gemeente"]) else np.nan,
        {
            name: float(off.mean())
            for name, parts in of_classes.items()
            if len(off := np.concatenate(parts))
        },
    )


def _by_period(measure: str, counts: Ints) -> Floats:
    """True counts at the positions of a View; NaN where the old release had no such period."""
    result = np.full(len(PERIODS), np.nan)
    if measure in BY_YEAR:
        result[LAST:] = counts
        return result
    result[:LAST] = counts
    if measure in FLOWS or measure.startswith("still"):
        result[LAST:] = counts.reshape(4, 4).sum(axis=1)
    return result
