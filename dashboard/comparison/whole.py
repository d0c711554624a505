"""The whole that areas are compared with, and the chance of each area under it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind, checked_bases, checked_figures
from dashboard.comparison.rounding import FURTHEST, as_published
from dashboard.comparison.tails import surprise_at_high, surprise_at_low


@dataclass(frozen=True)
class Whole:
    """The pooled count and base.

    `figures` tells how many separately rounded figures were added up to get them: 1 for a
    published total (which is next to its true value), the number of areas for a sum made here.
    """

    count: float
    base: float
    kind: BaseKind
    figures: int = 1

    def __post_init__(self) -> None:
        as_published(self.count)
        checked_bases(self.base, self.kind)
        if self.figures < 1:
            raise ValueError("a whole is made of one published figure or more")

    @property
    def rate(self) -> float:
        """The pooled rate per unit of the base."""
        return self.count / self.base

    @property
    def rate_range(self) -> tuple[float, float]:
        """The pooled rates that rounding leaves open.

        A published total is at most 4 from the truth; the error of a sum of n figures has a
        standard deviation of 2 sqrt(n), of which two are taken: 4 sqrt(n).
        """
        furthest = FURTHEST * np.sqrt(self.figures)
        off_base = furthest if self.kind is BaseKind.PEOPLE else 0.0
        lowest = max(self.count - furthest, 0) / (self.base + off_base)
        highest = (self.count + furthest) / max(self.base - off_base, 1)
        if self.kind is BaseKind.PEOPLE:
            highest = min(highest, 1.0)
        return float(lowest), float(highest)


def whole_of(counts: ArrayLike, bases: ArrayLike, kind: BaseKind) -> Whole:
    """Add areas up to a whole, for when no published total of exactly these areas exists."""
    published, size = checked_figures(counts, bases, kind)
    return Whole(float(published.sum()), float(size.sum()), kind, published.size)


def surprises_against(
    counts: ArrayLike, bases: ArrayLike, whole: Whole
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how surprising each count is on the high and on the low side (see `tails`).

    Small means surprising if the area were like the whole. Each side is taken at the end of the
    whole's range that makes it less so: the rounding of the whole cannot make a difference look
    real either.
    """
    published, size = checked_figures(counts, bases, whole.kind)
    lowest, highest = whole.rate_range
    return (
        surprise_at_high(published, size, highest, whole.kind),
        surprise_at_low(published, size, lowest, whole.kind),
    )
