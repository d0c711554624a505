"""Differences between two rates in standard errors, rounding included.

The interval of a difference can be put together from the two rates' own intervals (Zou and Donner
2008): its lower bound is d - sqrt((a - lower a)^2 + (upper b - b)^2). Divided out, this gives a
difference in standard errors that is sound for tiny counts, where the error is lopsided.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.intervals import USUAL_LEVEL, standard_score
from dashboard.comparison.rates import rate, rate_interval
from dashboard.comparison.rounding import SINGLE, Errors


def standardised_differences(
    rates: NDArray[np.float64], lower: NDArray[np.float64], upper: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return (rate i - rate j) in standard errors for all pairs, in the last two axes.

    Bounds are those of 95 %. Only positive entries mean something: [i, j] uses how far i may lie
    below and j above its rate.
    """
    spread = np.hypot((rates - lower)[..., :, None], (upper - rates)[..., None, :])
    difference = rates[..., :, None] - rates[..., None, :]
    # No spread: i at 0 % and j at 100 %, so the difference is the largest negative one there is.
    steps = np.divide(difference, spread, out=np.full_like(spread, -np.inf), where=spread > 0)
    return standard_score(USUAL_LEVEL) * steps


def pairwise_differences(
    counts: ArrayLike, bases: ArrayLike, kind: BaseKind, errors: Errors = SINGLE
) -> NDArray[np.float64]:
    """Return `standardised_differences` of published counts (areas along the last axis)."""
    lower, upper = rate_interval(counts, bases, kind, errors=errors)
    return standardised_differences(rate(counts, bases, kind), lower, upper)
