"""Does an area differ from the whole? Limits around the pooled rate against the size of the base.

Funnel limits after Spiegelhalter 2005, with the exact chance of a *published* count (see
`chance_of_published`) instead of that of the true count, and at the far end of what the rounding of
the pooled rate leaves open. An area is outside the 95 % limits when a published count as extreme as
its own has a chance of at most 2.5 % on that side (0.1 % for 99.8 %), and even the least extreme
true count behind it one of at most 5 % (0.2 %): so rounding alone never flags.

Demanding the full 2.5 % of the least extreme count (worst case) was tried and not kept: with ten
expected it finds a doubling in 29 % of cases and a halving in none, the rule above finds 70 % and
18 %. At a known pooled rate, equal areas are flagged in at most 4.7 % and 0.17 % of cases at any
expected count from 0.1 to 200. That does not hang on the draws: with coin-toss rounding it is at
most 5.0 % and 0.19 %, with everything rounded up or down 5.5 % and 0.21 %. With the pooled rate
taken from the same published counts it is 0.1-2.7 % and at most 0.08 %, for the wijken of three
gemeenten at 0.5 to 20 per 1,000.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.chance_of_published import (
    surprise_at_high,
    surprise_at_low,
    with_further_rounding,
)
from dashboard.comparison.intervals import STRICT_LEVEL, USUAL_LEVEL, Bounds
from dashboard.comparison.rounding import (
    ROUNDING_BASE,
    ROUNDING_VARIANCE,
    SINGLE,
    Errors,
    extra_variance,
)
from dashboard.comparison.whole import Whole

LEVELS = (USUAL_LEVEL, STRICT_LEVEL)

_SPREADS_SEARCHED = 4
_SMALLEST_CHANCE = 1e-300


class Position(StrEnum):
    """Where an area lies against the limits."""

    HIGH = "high"
    LOW = "low"
    INSIDE = "inside"


def limits(
    bases: ArrayLike, whole: Whole, errors: Errors = SINGLE, level: float = USUAL_LEVEL
) -> Bounds:
    """Return the lower and upper limits, as rates per unit of the base, over a row of bases.

    Between two published counts the limit is interpolated on the logarithm of their chance, which
    gives a smooth line; at any base, a published count lies on or beyond the line exactly when its
    surprise on that side (`whole.surprises_against`) is at most (1 - level) / 2. A lower limit is
    nan where even a published 0 would not be exceptional, an upper one where no possible published
    count would be. `errors` (one for all bases, or one per base): those of the figures that the
    limits are for; a sum with a larger error may lie beyond them and be inside.
    """
    size = np.asarray(bases, dtype=float)
    errors = Errors(*(_beside_steps(each) for each in (errors.counts, errors.bases)))
    lowest, highest = whole.rate_range
    centre = ROUNDING_BASE * np.round(size * whole.rate / ROUNDING_BASE)[:, None]
    steps = _steps_searched(float(size.max()), whole, errors)
    above, below = centre + steps, centre - steps
    high = surprise_at_high(above, size[:, None], highest, whole.kind)
    high = with_further_rounding(high, size[:, None], highest, whole.kind, errors)
    low = surprise_at_low(below, size[:, None], lowest, whole.kind)
    low = with_further_rounding(low, size[:, None], lowest, whole.kind, errors)
    tail = (1 - level) / 2
    upper = _crossing(above, high, tail)
    if whole.kind is BaseKind.PEOPLE:
        upper = np.where(upper > size, np.nan, upper)
    lower = -_crossing(-below, low, tail)
    lower = np.where(lower < 0, np.nan, lower)
    return lower / size, upper / size


def _beside_steps(errors: ArrayLike) -> NDArray[np.float64]:
    """Turn one error per base into a column beside a row of steps; one for all stays one."""
    each = np.asarray(errors, dtype=float)
    return each[:, None] if each.ndim else each


def _steps_searched(largest: float, whole: Whole, errors: Errors) -> NDArray[np.float64]:
    """Steps of 5 outwards from the expected count, from one before it to beyond all limits."""
    lowest, highest = whole.rate_range
    variance = largest * highest
    if whole.kind is BaseKind.PEOPLE:
        variance *= 1 - lowest
    further = float(np.max(extra_variance(errors.counts) + extra_variance(errors.bases)))
    furthest = _SPREADS_SEARCHED * np.sqrt(variance + ROUNDING_VARIANCE + further)
    furthest += largest * (highest - lowest)
    return ROUNDING_BASE * np.arange(-1, np.ceil(furthest / ROUNDING_BASE) + 4)


def _crossing(
    grid: NDArray[np.float64], chances: NDArray[np.float64], tail: float
) -> NDArray[np.float64]:
    """Where, along each ascending row of the grid, a falling chance comes down to `tail`."""
    beyond = np.argmax(chances <= tail, axis=1)[:, None]
    after = np.take_along_axis(chances, beyond, axis=1)
    before = np.take_along_axis(chances, beyond - 1, axis=1)
    log_before, log_after = (np.log(np.maximum(x, _SMALLEST_CHANCE)) for x in (before, after))
    travelled = (log_before - np.log(tail)) / (log_before - log_after)
    return (np.take_along_axis(grid, beyond - 1, axis=1) + ROUNDING_BASE * travelled)[:, 0]
