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
from dashboard.comparison.rounding import SINGLE, Errors, possible_counts


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


def possible_shares(counts: ArrayLike, bases: ArrayLike) -> Bounds:
    """Return the lowest and highest true share that rounding leaves open, from 0 to 1.

    For published 0 % and 100 % of a group: a published 0 of 50 is at most 4 of 46, so "under 9 %".
    """
    published, size = checked_figures(counts, bases, BaseKind.PEOPLE)
    fewest, most = possible_counts(published)
    smallest, largest = possible_counts(size)
    return fewest / largest, np.minimum(most / smallest, 1.0)
