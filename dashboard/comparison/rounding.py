"""What a published count says about the true one, and how rounding is drawn in simulations.

A sum of several published counts has a larger error, which the release states: the `errors` of a
figure say how far rounding may have moved it with 95 % certainty; 0 means a single count.

Every published count about people is a multiple of five next to its true value, rounded up with a
chance equal to the distance travelled (a true 7 becomes 10 in two draws out of five), so that the
expected published value is the true one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from indicators.catalogue import COUNT_BASE

ROUNDING_BASE = COUNT_BASE
FURTHEST = ROUNDING_BASE - 1

# Mean of m (5 - m) over the remainders m = 0..4: the variance that unbiased rounding adds.
ROUNDING_VARIANCE = 4.0

# Errors of sums are stated with this certainty (95 %).
_STATED = 1.96

SHIFTS = np.arange(-FURTHEST, FURTHEST + 1)
SHIFT_CHANCES = (ROUNDING_BASE - np.abs(SHIFTS)) / ROUNDING_BASE**2


def as_published(counts: ArrayLike) -> NDArray[np.float64]:
    """Return `counts` as floats. Raises ValueError unless all are multiples of 5 from 0 on."""
    published = np.asarray(counts, dtype=float)
    if not (np.all(np.isfinite(published)) and np.all(published >= 0)) or np.any(
        published % ROUNDING_BASE
    ):
        raise ValueError("a published count is a multiple of 5, zero or more")
    return published


@dataclass(frozen=True)
class Errors:
    """The stated errors of counts and of their bases; of a population it is not used."""

    counts: ArrayLike = 0.0
    bases: ArrayLike = 0.0

    @property
    def are_of_sums(self) -> bool:
        """Whether any figure is a sum of several rounded ones."""
        return bool(np.any(extra_variance(self.counts)) or np.any(extra_variance(self.bases)))


SINGLE = Errors()


def furthest(errors: ArrayLike) -> NDArray[np.float64]:
    """Return how far rounding may have moved figures: 4 for a single one."""
    return np.maximum(np.asarray(errors, dtype=float), FURTHEST)


def extra_variance(errors: ArrayLike) -> NDArray[np.float64]:
    """Return the variance of rounding in sums above that of a single count (0 for one)."""
    return np.maximum((furthest(errors) / _STATED) ** 2 - (FURTHEST / _STATED) ** 2, 0.0)


def possible_counts(
    counts: ArrayLike, errors: ArrayLike = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lowest and highest true count behind each published one: 0 is 0-4, 5 is 1-9."""
    published, far = as_published(counts), furthest(errors)
    return np.maximum(published - far, 0.0), published + far


def round_unbiased(true_counts: ArrayLike, generator: np.random.Generator) -> NDArray[np.int64]:
    """Draw the published value of each true count (whole numbers, any shape)."""
    counts = np.asarray(true_counts)
    remainder = counts % ROUNDING_BASE
    up = generator.random(counts.shape) * ROUNDING_BASE < remainder
    return counts - remainder + ROUNDING_BASE * up
