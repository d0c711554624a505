"""How likely a published count is, given the true rate and the way counts are rounded.

With X the true count and R the published one, unbiased rounding to five gives
    P(R >= r) = mean of P(X >= k) for k = r-4 .. r
    P(R <= r) = mean of P(X <= k) for k = r .. r+4
so rounding is taken in exactly, not by a worst case. X is Poisson on a population and binomial
among people. The published base of people is rounded too: the true base is spread over base-4 ..
base+4 with the chances of the rounding. A part is never published above its whole.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.rounding import (
    FURTHEST,
    ROUNDING_VARIANCE,
    SHIFT_CHANCES,
    SHIFTS,
    Errors,
    extra_variance,
)

_STEPS = np.arange(FURTHEST + 1)

Values = NDArray[np.float64]


def chance_at_most(counts: ArrayLike, bases: ArrayLike, rates: ArrayLike, kind: BaseKind) -> Values:
    """P(published <= count) at a true rate per unit of the base; the arguments broadcast."""
    return _at_most(_as_floats(counts, bases, rates), kind).mean(axis=-1)


def surprise_at_high(
    counts: ArrayLike, bases: ArrayLike, rates: ArrayLike, kind: BaseKind
) -> Values:
    """How surprising a published count is on the high side: small means surprising.

    P(published >= count), but never less than half of P(true >= count - 4): even the least extreme
    count that may be behind it has to be unusual, so that rounding alone cannot make it so.
    """
    chances = _at_least(_as_floats(counts, bases, rates), kind)
    return np.maximum(chances.mean(axis=-1), chances[..., -1] / 2)


def surprise_at_low(
    counts: ArrayLike, bases: ArrayLike, rates: ArrayLike, kind: BaseKind
) -> Values:
    """The same on the low side: P(published <= count), or half of P(true <= count + 4)."""
    chances = _at_most(_as_floats(counts, bases, rates), kind)
    return np.maximum(chances.mean(axis=-1), chances[..., -1] / 2)


def with_further_rounding(
    chances: Values, bases: Values, rates: ArrayLike, kind: BaseKind, errors: Errors
) -> Values:
    """Return how surprising figures are that are sums of several rounded counts.

    `chances` are those of single counts (`surprise_at_high`, `surprise_at_low`) at these rates;
    their standard score shrinks as the further rounding makes the standard error grow.
    """
    if not errors.are_of_sums:
        return chances
    rate = np.asarray(rates, dtype=float)
    variance = bases * rate + ROUNDING_VARIANCE
    further = extra_variance(errors.counts)
    if kind is BaseKind.PEOPLE:
        share = rate**2
        variance = variance - bases * share + share * ROUNDING_VARIANCE
        further = further + share * extra_variance(errors.bases)
    score = stats.norm.isf(chances) * np.sqrt(variance / (variance + further))
    return np.where(further > 0, stats.norm.sf(score), chances)


def _at_least(figures: tuple[Values, Values, Values], kind: BaseKind) -> Values:
    """P(true >= k) for k = count, count - 1, .. count - 4, in a last axis."""
    published, size, rate = figures
    true_counts = published[..., None] - _STEPS
    if kind is BaseKind.POPULATION:
        chances = special.gammainc(np.maximum(true_counts, 1), (size * rate)[..., None])
        return np.where(true_counts < 1, 1.0, chances)
    counts, bases = true_counts[..., None], size[..., None, None] + SHIFTS
    within = np.clip(counts, 1, bases)
    chances = special.betainc(within, bases - within + 1, rate[..., None, None])
    chances = np.where(counts < 1, 1.0, np.where(counts > bases, 0.0, chances)) @ SHIFT_CHANCES
    return np.where((published > size)[..., None], 0.0, chances)


def _at_most(figures: tuple[Values, Values, Values], kind: BaseKind) -> Values:
    """P(true <= k) for k = count, count + 1, .. count + 4, in a last axis."""
    published, size, rate = figures
    true_counts = published[..., None] + _STEPS
    if kind is BaseKind.POPULATION:
        chances = special.gammaincc(np.maximum(true_counts, 0) + 1, (size * rate)[..., None])
        return np.where(true_counts < 0, 0.0, chances)
    counts, bases = true_counts[..., None], size[..., None, None] + SHIFTS
    below = np.clip(counts, 0, bases - 1)
    chances = special.betaincc(below + 1, bases - below, rate[..., None, None])
    chances = np.where(counts < 0, 0.0, np.where(counts >= bases, 1.0, chances)) @ SHIFT_CHANCES
    return np.where((published >= size)[..., None], 1.0, chances)


def _as_floats(
    counts: ArrayLike, bases: ArrayLike, rates: ArrayLike
) -> tuple[Values, Values, Values]:
    values = (np.asarray(each, dtype=float) for each in (counts, bases, rates))
    published, size, rate = np.broadcast_arrays(*values)
    return published, size, rate
