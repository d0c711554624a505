"""Intervals of counts and shares that take rounding in.

Those for counts known exactly (`exact_poisson`) are wrong for published counts: exact Poisson on a
published count covers as little as 62 % of the time when 95 is promised, 90 % on average over means
0.5-150.

Two ways to take rounding in were measured by exact enumeration:

* worst case (`over_rounding_range`): covers 99.4 % on average, so it hides real differences.
  It is kept where the bounds of money per outcome must hold whatever rounding did.
* the known mechanism (`published_count_interval`, `published_share_interval`): the default.

Coverage of `published_count_interval` at 95 %: 96.8 % over 55 real wijken at 1 to 20 per 1,000, and
over means 2-200 spread evenly on a log scale; 97.6 % over means 0.5-150. Between means 0.5 and 2 it
is above 99.5 %: published values are then almost only 0 and 5, and no set of such values has a
chance between 93 and 97 %. It can be shown (by dynamic programming over all monotone intervals)
that any interval for published counts that never falls below 93 % averages at least 97.1 % over
means 0.5-20, so over-coverage of tiny counts is the price of rounding. Single means lie above 93 %,
but for 0.4 % of the means from 0.05 to 300, narrow gaps between two published values; the lowest is
91.3 %, at 32.2.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from scipy.optimize import elementwise

from dashboard.comparison.base_kind import BaseKind, checked_figures
from dashboard.comparison.chance_of_published import chance_at_most
from dashboard.comparison.rounding import (
    ROUNDING_BASE,
    ROUNDING_VARIANCE,
    SINGLE,
    Errors,
    as_published,
    extra_variance,
    possible_counts,
)

USUAL_LEVEL = 0.95
STRICT_LEVEL = 0.998

# Root finding stops here: far finer than anything shown, and half the time of full precision.
_ENOUGH = {"xrtol": 1e-9, "xatol": 1e-9}

# So many multiples of five are solved at once, and kept.
_BLOCK = 50

Bounds = tuple[NDArray[np.float64], NDArray[np.float64]]


def standard_score(level: float) -> float:
    """Return the two-sided normal quantile of a level: 1.96 for 0.95, 3.09 for 0.998."""
    return float(stats.norm.isf((1 - level) / 2))


def exact_poisson(counts: ArrayLike, level: float = USUAL_LEVEL) -> Bounds:
    """Return the exact (chi-square) bounds of the mean behind exactly known counts."""
    known = np.asarray(counts, dtype=float)
    tail = (1 - level) / 2
    lower = np.where(known > 0, stats.chi2.ppf(tail, 2 * np.maximum(known, 1)) / 2, 0.0)
    return lower, stats.chi2.isf(tail, 2 * known + 2) / 2


def over_rounding_range(
    interval: Callable[[ArrayLike, float], Bounds],
    counts: ArrayLike,
    level: float = USUAL_LEVEL,
    errors: ArrayLike = 0.0,
) -> Bounds:
    """Widen an interval of known counts to all true counts behind published ones (5 is 1-9).

    The lower bound is that of the lowest possible count, the upper that of the highest.
    """
    lowest, highest = possible_counts(counts, errors)
    return interval(lowest, level)[0], interval(highest, level)[1]


def _furthest_mean(counts: ArrayLike, level: float) -> NDArray[np.float64]:
    """Return a mean that lies safely above every upper bound of these published counts."""
    published = np.asarray(counts, dtype=float)
    score = standard_score(level)
    return published + 20 + score**2 + 2 * score * np.sqrt(published + 10)


def published_count_interval(
    counts: ArrayLike, level: float = USUAL_LEVEL, errors: ArrayLike = 0.0
) -> Bounds:
    """Return the bounds of the Poisson mean behind published counts.

    Mid-P inversion of the exact chance of the published value: at the upper bound the chance of a
    lower published value plus half the chance of this one is (1 - level) / 2; at the lower bound
    likewise from above. For published r that mid-P tail is the mean of P(X <= k) over the ten true
    counts k = r-5 .. r+4. Coverage: see the module. Of a sum of rounded counts the further rounding
    is put together with these bounds, as that of two independent figures (see `differences`).
    """
    published = as_published(counts)
    steps = (published.ravel() / ROUNDING_BASE).astype(int)
    lower, upper = np.empty((2, steps.size))
    for block in np.unique(steps // _BLOCK):
        here = steps // _BLOCK == block
        known = _single_bounds(int(block), level)
        lower[here], upper[here] = (each[steps[here] % _BLOCK] for each in known)
    lower, upper = lower.reshape(published.shape), upper.reshape(published.shape)
    further = standard_score(level) * np.sqrt(extra_variance(errors))
    wider_lower = np.maximum(published - np.hypot(published - lower, further), 0)
    return wider_lower, published + np.hypot(upper - published, further)


@lru_cache(maxsize=64)
def _single_bounds(block: int, level: float) -> Bounds:
    """Bounds of _BLOCK published counts that follow each other: there are few different ones."""
    counts = ROUNDING_BASE * np.arange(block * _BLOCK, (block + 1) * _BLOCK, dtype=float)
    tail = (1 - level) / 2
    furthest = _furthest_mean(counts, level)
    upper = _mid_p_root(tail, furthest, counts)
    lower = _mid_p_root(1 - tail, furthest, np.maximum(counts, ROUNDING_BASE))
    return np.where(counts > 0, lower, 0.0), upper


def _mid_p_root(
    tail: float, furthest: NDArray[np.float64], counts: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the mean at which the mid-P chance of a count this low or lower is `tail`."""

    def excess(mean: NDArray[np.float64], count: NDArray[np.float64]) -> NDArray[np.float64]:
        below = chance_at_most(count - ROUNDING_BASE, mean, 1, BaseKind.POPULATION)
        return (below + chance_at_most(count, mean, 1, BaseKind.POPULATION)) / 2 - tail

    ends = np.zeros_like(furthest), furthest
    return elementwise.find_root(excess, ends, args=(counts,), tolerances=_ENOUGH).x


def published_share_interval(
    counts: ArrayLike, bases: ArrayLike, level: float = USUAL_LEVEL, errors: Errors = SINGLE
) -> Bounds:
    """Return the bounds of a share of people where count and base are both published.

    Wilson's interval with the variance of rounding added to the binomial one: the shares p for
    which (count - p base)^2 <= z^2 (base p (1 - p) + 4 + 4 p^2). Without the two fours this is
    Wilson. A published 0 has no lower bound, count = base no upper one. Measured at 95 % for single
    true bases 12-142, averaged over shares 1-99 %: 94.8-97.2 %; over bases 10-150 together: 95.4 %.
    Single shares mostly have 90-99 %, at worst 81 % (Wilson's own interval dips likewise on small
    bases). Plain Wilson on published figures covers 87 %. Of sums the variances are
    larger than four.
    """
    part, whole = checked_figures(counts, bases, BaseKind.PEOPLE)
    score = standard_score(level) ** 2
    square = whole**2 + score * (whole - ROUNDING_VARIANCE - extra_variance(errors.bases))
    linear = part * whole + score * whole / 2
    constant = part**2 - score * (ROUNDING_VARIANCE + extra_variance(errors.counts))
    # Where rounding may be all of a base, nothing is known of a share.
    known = square > 0
    square = np.where(known, square, 1.0)
    root = np.sqrt(np.maximum(linear**2 - square * constant, 0))
    lower, upper = np.maximum((linear - root) / square, 0), np.minimum((linear + root) / square, 1)
    return np.where(known, lower, 0.0), np.where(known, upper, 1.0)
