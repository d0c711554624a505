"""Bounds that never cover less than they promise, for statements about a difference.

The usual intervals (see `intervals`) are right on average. Put together to the interval of a
difference, that average is not enough: a change of nothing would be called a change in up to 6 %
(counts) or 13 % (shares of a dozen people) of cases. These bounds count the chance of the published
value itself in full, under the exact law of rounding, in both tails.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import elementwise

from dashboard.comparison.base_kind import BaseKind, checked_figures
from dashboard.comparison.intervals import ENOUGH, USUAL_LEVEL, Bounds, furthest_mean
from dashboard.comparison.rounding import ROUNDING_BASE
from dashboard.comparison.tails import chance_at_least, chance_at_most

Values = NDArray[np.float64]


def careful_rate_bounds(
    counts: ArrayLike, bases: ArrayLike, kind: BaseKind, level: float = USUAL_LEVEL
) -> Bounds:
    """Return the lowest and highest rate per unit of the base that a published count leaves open.

    The chance of a published count this high is (1 - level) / 2 at the lower bound, that of one
    this low is (1 - level) / 2 at the upper bound.
    """
    published, size = checked_figures(counts, bases, kind)
    tail = (1 - level) / 2

    def lower_excess(rate: Values, count: Values, base: Values) -> Values:
        return chance_at_least(count, base, rate, kind) - tail

    def upper_excess(rate: Values, count: Values, base: Values) -> Values:
        return chance_at_most(count, base, rate, kind) - tail

    people = kind is BaseKind.PEOPLE
    furthest = np.ones_like(size) if people else furthest_mean(published, level) / size
    # Where even the furthest rate may be published this low there is no upper bound (all of a
    # group), and none below for a zero; counts that do have one stand in while solving.
    bounded_above = upper_excess(furthest, published, size) <= 0
    upper = _root(upper_excess, furthest, np.where(bounded_above, published, 0), size)
    lower = _root(lower_excess, furthest, np.maximum(published, ROUNDING_BASE), size)
    return np.where(published > 0, lower, 0.0), np.where(bounded_above, upper, furthest)


def _root(excess: Callable[..., Values], furthest: Values, counts: Values, size: Values) -> Values:
    """Solve excess(rate, counts, size) = 0 for a rate between 0 and `furthest`."""
    ends = np.zeros_like(furthest), furthest
    return elementwise.find_root(excess, ends, args=(counts, size), tolerances=ENOUGH).x
