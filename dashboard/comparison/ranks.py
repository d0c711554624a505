"""Which of these is best? Pairs that can be told apart, and what that leaves of a ranking.

Drawing plausible rates and ranking each draw is the common way, but it fails where it matters: for
22 nearly equal wijken such 95 % intervals held the true rank in 77 % of cases, and for the truly
highest and lowest in 18 %. So the simulation here finds how large the largest of all pairwise
differences gets by chance and rounding when all areas are alike, and only differences beyond that
count (after Mogstad, Romano, Shaikh and Wilhelm 2024). All rank intervals of a comparison hold at
once with the stated level, ties included, and so does every statement "i is higher than j".
Measured at 95 %: 95 % in worlds of 2-22 equal areas (more where counts are tiny), 98-100 % where
areas differ.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind, checked_bases
from dashboard.comparison.differences import pairwise_differences
from dashboard.comparison.intervals import USUAL_LEVEL, standard_score
from dashboard.comparison.rounding import (
    SHIFT_CHANCES,
    SHIFTS,
    SINGLE,
    Errors,
    extra_variance,
    round_unbiased,
)
from dashboard.comparison.whole import Whole

SIMULATIONS = 1000


def told_apart(
    counts: ArrayLike,
    bases: ArrayLike,
    whole: Whole,
    seed: int,
    level: float = USUAL_LEVEL,
    simulations: int = SIMULATIONS,
    errors: Errors = SINGLE,
) -> NDArray[np.bool_]:
    """Return a matrix: [i, j] is true where area i is higher than area j beyond chance.

    The same arguments always give the same answer. What follows is included: if i is above k and
    k above j, then i is above j.
    """
    observed = pairwise_differences(counts, bases, whole.kind, errors)
    critical = _largest_by_chance(bases, whole, seed, level, simulations, errors)
    return _with_consequences(observed > critical)


def rank_intervals(higher: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the best and the worst rank (1 = highest rate) that `told_apart` leaves open."""
    return 1 + higher.sum(axis=0), len(higher) - higher.sum(axis=1)


def _largest_by_chance(
    bases: ArrayLike, whole: Whole, seed: int, level: float, simulations: int, errors: Errors
) -> float:
    """The largest pairwise difference that equal areas exceed in only 1 - level of the draws."""
    size = checked_bases(bases, whole.kind)
    generator = np.random.default_rng(seed)
    published = _draw_equal_areas(size, whole, generator, simulations, errors)
    largest = pairwise_differences(published, size, whole.kind, errors).max(axis=(-2, -1))
    simulated = np.quantile(largest, level, method="higher")
    return max(float(simulated), standard_score(level))


def _draw_equal_areas(
    size: NDArray[np.float64],
    whole: Whole,
    generator: np.random.Generator,
    simulations: int,
    errors: Errors = SINGLE,
) -> NDArray[np.int64]:
    """Published counts of areas that all have the whole's rate, one row per simulation."""
    shape = (simulations, size.size)

    def further(of: ArrayLike) -> NDArray[np.int64] | int:
        """The rounding of sums beyond that of one count; without sums nothing is drawn."""
        if not errors.are_of_sums:
            return 0
        spread = np.sqrt(extra_variance(of))
        return np.rint(generator.normal(size=shape) * spread).astype(int)

    if whole.kind is BaseKind.POPULATION:
        counts = generator.poisson(size * whole.rate, shape) + further(errors.counts)
        return round_unbiased(np.maximum(counts, 0), generator)
    true_bases = size.astype(int) + generator.choice(SHIFTS, shape, p=SHIFT_CHANCES)
    true_bases = np.maximum(true_bases + further(errors.bases), 0)
    counts = generator.binomial(true_bases, whole.rate) + further(errors.counts)
    published = round_unbiased(np.maximum(counts, 0), generator)
    return np.minimum(published, size.astype(int))


def _with_consequences(higher: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Add what follows from chains of pairs (transitive closure)."""
    closed = higher.copy()
    for middle in range(len(closed)):
        closed |= closed[:, middle, None] & closed[middle, None, :]
    return closed
