"""Did it change? The difference between two periods against its interval."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.careful import careful_rate_bounds
from dashboard.comparison.differences import difference_interval
from dashboard.comparison.intervals import USUAL_LEVEL, standard_score
from dashboard.comparison.rates import rate


class Change(StrEnum):
    """The way a figure went, or that this cannot be told from chance and rounding."""

    UP = "up"
    DOWN = "down"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class Trend:
    """Changes of one or more areas; every field has one entry per area.

    `difference` is later minus earlier, in the unit of the rates, with its interval; `change` holds
    `Change` values; `p_value` is two-sided, for `multiple_testing.stands_out`.
    """

    difference: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    change: NDArray[np.object_]
    p_value: NDArray[np.float64]


def trend(
    earlier: tuple[ArrayLike, ArrayLike],
    later: tuple[ArrayLike, ArrayLike],
    kind: BaseKind,
    per: float = 1,
    level: float = USUAL_LEVEL,
) -> Trend:
    """Compare (counts, bases) of two periods, area by area.

    A direction is given only where the interval of the difference leaves out zero. By exact
    enumeration an unchanged rate is called a change in at most 3.1 % of cases at 95 % and 0.1 % at
    99.8 % (means 0.3-100), an unchanged share in 2.8 % and 0.12 % (groups of 12-101 people). The
    two counts are taken as independent: for a stock, where mostly the same people are counted twice
    and the rounding draw is the same, that errs on the safe side.
    """
    before, after = (np.atleast_1d(rate(*period, kind)) for period in (earlier, later))
    before_bounds, after_bounds = (
        careful_rate_bounds(np.atleast_1d(counts), np.atleast_1d(bases), kind, level)
        for counts, bases in (earlier, later)
    )
    lower, upper = difference_interval(after, after_bounds, before, before_bounds)
    difference = after - before
    change = np.full(difference.shape, Change.NOT_SHOWN, dtype=object)
    change[lower > 0] = Change.UP
    change[upper < 0] = Change.DOWN
    room = np.where(difference > 0, difference - lower, upper - difference)
    p_value = 2 * stats.norm.sf(standard_score(level) * np.abs(difference) / room)
    return Trend(difference * per, lower * per, upper * per, change, p_value)
