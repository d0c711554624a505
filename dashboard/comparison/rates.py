"""Rates of published counts and their intervals."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind, checked_figures
from dashboard.comparison.intervals import (
    USUAL_LEVEL,
    Bounds,
    published_count_interval,
    published_share_interval,
)
from dashboard.comparison.rounding import SINGLE, Errors


def rate(
    counts: ArrayLike, bases: ArrayLike, kind: BaseKind, per: float = 1
) -> NDArray[np.float64]:
    """Return count / base x `per`. Raises ValueError on what is no published count or base."""
    published, size = checked_figures(counts, bases, kind)
    return published / size * per


def rate_interval(
    counts: ArrayLike,
    bases: ArrayLike,
    kind: BaseKind,
    per: float = 1,
    level: float = USUAL_LEVEL,
    errors: Errors = SINGLE,
) -> Bounds:
    """Return lower and upper bound of each rate, rounding included, in the unit of `rate`."""
    published, size = checked_figures(counts, bases, kind)
    if kind is BaseKind.PEOPLE:
        lower, upper = published_share_interval(published, size, level, errors)
    else:
        bounds = published_count_interval(published, level, errors.counts)
        lower, upper = (bound / size for bound in bounds)
    return lower * per, upper * per
