"""One comparison of wijken, organisations or gemeenten: everything a page shows about it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.comparison.funnel import Position
from dashboard.comparison.judgement import JUDGED, Judged, Verdict
from dashboard.comparison.ranks import rank_intervals, told_apart
from dashboard.comparison.rounding import ROUNDING_VARIANCE, Errors, extra_variance
from dashboard.comparison.shrinkage import empirical_bayes
from dashboard.comparison.whole import Whole

_POSITION = {
    Verdict.HIGHER: Position.HIGH,
    Verdict.PERHAPS_HIGHER: Position.HIGH,
    Verdict.INSIDE: Position.INSIDE,
    Verdict.PERHAPS_LOWER: Position.LOW,
    Verdict.LOWER: Position.LOW,
}
_CERTAIN = (Verdict.HIGHER, Verdict.LOWER)
_GROUP_ORDER = {Position.HIGH: 0, Position.INSIDE: 1, Position.LOW: 2}


class NothingToCompareError(ValueError):
    """None of the areas has a usable figure."""


@dataclass(frozen=True)
class Comparison:
    """A finished comparison.

    `areas` has one row per compared area, grouped as high, inside, low and by name within a group
    (so nothing is ranked inside the funnel), with the columns
    area, name, count, base, count_error, base_error;
    rate, lower, upper (95 %), shrunken, all x `per`; verdict (`judgement.Verdict`); position_95
    (high, low, inside); stands_out (still beyond chance when it is taken into account how many
    areas are looked at); best_rank, worst_rank (1 = highest rate).

    `higher[i, j]` is true where the area of row i can be told to be higher than that of row j:
    never for two areas inside the funnel. `not_compared` names the areas without a usable figure.
    `tau_squared` is None where the limits are those of chance; else the variance between areas by
    which they were widened; `differ`: more areas lie outside than chance is a measure of
    (`judgement.Judged`).
    """

    areas: pd.DataFrame
    higher: NDArray[np.bool_]
    whole: Whole
    per: float
    not_compared: tuple[str, ...]
    tau_squared: float | None = None
    differ: bool = False


def comparison_of(judged: Judged, names: Mapping[str, str], seed: int) -> Comparison:
    """Compare judged areas with each other as well: the verdicts stay what they are.

    `names`: name by id, of every place that was judged. `seed` fixes the simulation of ranks: use
    the release. Raises NothingToCompareError.
    """
    if judged.whole is None:
        raise NothingToCompareError
    places = judged.places
    usable = places["verdict"].isin(JUDGED)
    mine = places[usable].reset_index(drop=True)
    ids = list(places.index[usable])
    variance = ROUNDING_VARIANCE + extra_variance(mine["count_error"])
    position = mine["verdict"].map(_POSITION)
    table = pd.DataFrame(
        {
            "area": ids,
            "name": [names[each] for each in ids],
            **{name: mine[name] for name in ("count", "base", "count_error", "base_error")},
            "rate": mine["value"],
            "lower": mine["lower"],
            "upper": mine["upper"],
            "shrunken": empirical_bayes(*_figures_of(mine), variance) * judged.per,
            "verdict": mine["verdict"],
            "position_95": position,
            "stands_out": mine["verdict"].isin(_CERTAIN),
        }
    )
    inside = (position == Position.INSIDE).to_numpy()
    apart = told_apart(*_figures_of(table), judged.whole, seed, errors=errors_of(table))
    higher = apart & ~(inside[:, None] & inside[None, :])
    best, worst = rank_intervals(higher)
    table = table.assign(best_rank=best, worst_rank=worst)
    group = position.map(_GROUP_ORDER)
    order = table.assign(group=group).sort_values(["group", "name"]).index.to_numpy()
    return Comparison(
        table.loc[order].reset_index(drop=True),
        higher[np.ix_(order, order)],
        judged.whole,
        judged.per,
        tuple(names[each] for each in places.index[~usable]),
        judged.tau_squared,
        judged.differ,
    )


def errors_of(table: pd.DataFrame) -> Errors:
    """Return the errors of compared areas (`Comparison.areas`)."""
    return Errors(
        table["count_error"].to_numpy(dtype=float), table["base_error"].to_numpy(dtype=float)
    )


def _figures_of(table: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return table["count"].to_numpy(dtype=float), table["base"].to_numpy(dtype=float)
