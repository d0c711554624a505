"""The two things a count is compared with, because they follow different laws of chance."""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.rounding import as_published
from indicators.catalogue import MINIMUM_BASE

# Below this a published denominator carries no rate (disclosure rule 6).
SMALLEST_PUBLISHED_BASE = MINIMUM_BASE


class BaseKind(StrEnum):
    """POPULATION: residents or people on bijstand, taken as known; the count is Poisson.

    PEOPLE: a published (rounded) count that contains the counted people; the count is binomial.
    """

    POPULATION = "population"
    PEOPLE = "people"


def checked_figures(
    counts: ArrayLike, bases: ArrayLike, kind: BaseKind
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return published counts and their bases as floats, broadcast to one shape.

    Where a part and its whole were rounded separately the part can come out above the whole; it is
    then taken as the whole. Raises ValueError as `as_published` and `checked_bases` do.
    """
    published, size = np.broadcast_arrays(as_published(counts), checked_bases(bases, kind))
    return (np.minimum(published, size) if kind is BaseKind.PEOPLE else published), size


def checked_bases(bases: ArrayLike, kind: BaseKind) -> NDArray[np.float64]:
    """Return `bases` as floats.

    Raises ValueError for a population that is not above zero, and for a count of people that is
    below 10 or no multiple of 5.
    """
    values = np.asarray(bases, dtype=float)
    if kind is BaseKind.PEOPLE:
        values = as_published(values)
        if np.any(values < SMALLEST_PUBLISHED_BASE):
            raise ValueError("a published base below 10 carries no rate")
    elif np.any(~np.isfinite(values) | (values <= 0)):
        raise ValueError("a population must be above zero")
    return values
