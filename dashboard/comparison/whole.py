"""The whole that areas are compared with, and the chance of each area under it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind, checked_bases, checked_figures
from dashboard.comparison.chance_of_published import (
    surprise_at_high,
    surprise_at_low,
    with_further_rounding,
)
from dashboard.comparison.rounding import FURTHEST, SINGLE, Errors, as_published, furthest


@dataclass(frozen=True)
class Whole:
    """The pooled count and base.

    `count_error` and `base_error` tell how far rounding may have moved them: that of a single
    count, or what is stated of a sum. `pooled`: the compared areas were added up, because no total
    is published of exactly these.
    """

    count: float
    base: float
    kind: BaseKind
    count_error: float = FURTHEST
    base_error: float = FURTHEST
    pooled: bool = False

    def __post_init__(self) -> None:
        as_published(self.count)
        checked_bases(self.base, self.kind)
        if min(self.count_error, self.base_error) < FURTHEST:
            raise ValueError("no figure is surer than a single rounded one")

    @property
    def rate(self) -> float:
        """The pooled rate per unit of the base."""
        return self.count / self.base

    @property
    def rate_range(self) -> tuple[float, float]:
        """The pooled rates that rounding leaves open."""
        off_base = self.base_error if self.kind is BaseKind.PEOPLE else 0.0
        lowest = max(self.count - self.count_error, 0) / (self.base + off_base)
        highest = (self.count + self.count_error) / max(self.base - off_base, 1)
        if self.kind is BaseKind.PEOPLE:
            highest = min(highest, 1.0)
        return float(lowest), float(highest)


def whole_of(counts: ArrayLike, bases: ArrayLike, kind: BaseKind, errors: Errors = SINGLE) -> Whole:
    """Add areas up to a whole, for when no published total of exactly these areas exists.

    The error of a sum of n single counts has a standard deviation of 2 sqrt(n), of which two are
    taken: 4 sqrt(n).
    """
    published, size = checked_figures(counts, bases, kind)

    def together(each: ArrayLike) -> float:
        return float(np.sqrt((furthest(each) ** 2 * np.ones(published.shape)).sum()))

    return Whole(
        float(published.sum()),
        float(size.sum()),
        kind,
        together(errors.counts),
        together(errors.bases),
        pooled=True,
    )


def surprises_against(
    counts: ArrayLike, bases: ArrayLike, whole: Whole, errors: Errors = SINGLE
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how surprising each count is on the high and low side (see `chance_of_published`).

    Small means surprising if the area were like the whole. Each side is taken at the end of the
    whole's range that makes it less so: the rounding of the whole cannot make a difference look
    real either.
    """
    published, size = checked_figures(counts, bases, whole.kind)
    lowest, highest = whole.rate_range
    high = surprise_at_high(published, size, highest, whole.kind)
    low = surprise_at_low(published, size, lowest, whole.kind)
    return (
        with_further_rounding(high, size, highest, whole.kind, errors),
        with_further_rounding(low, size, lowest, whole.kind, errors),
    )
