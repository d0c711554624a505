"""What a published count says about the true one, and how rounding is drawn in simulations.

Every published count about people is a multiple of five next to its true value, rounded up with a
chance equal to the distance travelled (a true 7 becomes 10 in two draws out of five), so that the
expected published value is the true one.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

ROUNDING_BASE = 5
FURTHEST = ROUNDING_BASE - 1

# Mean of m (5 - m) over the remainders m = 0..4: the variance that unbiased rounding adds.
ROUNDING_VARIANCE = 4.0

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


def possible_counts(counts: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lowest and highest true count behind each published one: 0 is 0-4, 5 is 1-9."""
    published = as_published(counts)
    return np.maximum(published - FURTHEST, 0.0), published + FURTHEST


def round_unbiased(true_counts: ArrayLike, generator: np.random.Generator) -> NDArray[np.int64]:
    """Draw the published value of each true count (whole numbers, any shape)."""
    counts = np.asarray(true_counts)
    remainder = counts % ROUNDING_BASE
    up = generator.random(counts.shape) * ROUNDING_BASE < remainder
    return counts - remainder + ROUNDING_BASE * up
