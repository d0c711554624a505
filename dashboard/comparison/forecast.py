"""How many results will have been paid at the end of a contract, with what is not known about it.

The pace of the last quarters is taken on: n results in k quarters give a gamma distribution of the
pace (n + 1/2, k) (Jeffreys' prior of a Poisson mean); the quarters ahead are Poisson around it, so
together a negative binomial. Both ends of n are published figures, so the true ones are drawn
around them as the rounding draws them (`rounding.SHIFT_CHANCES`; of a sum by its stated error).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.comparison.rounding import SHIFT_CHANCES, SHIFTS

PACE_QUARTERS = 4
LEAST_QUARTERS = 2
DRAWS = 20_000
LEVEL = 0.95
_SURE = 1.96


@dataclass(frozen=True)
class Pace:
    """Published results to date: `now`, and `before` at the start of the last `quarters`.

    `from_start`: `before` is the start of the contract, a true zero. `error`: how far rounding may
    have moved a sum of several places, with 95 % certainty; 0 for a single place.
    """

    now: float
    before: float
    quarters: int
    from_start: bool
    error: float = 0.0


@dataclass(frozen=True)
class Forecast:
    """The middle and the bounds of LEVEL."""

    low: float
    middle: float
    high: float


def draw_totals(pace: Pace, ahead: int, seed: int) -> NDArray[np.float64]:
    """Draw DRAWS possible totals at the end of a contract, `ahead` quarters from now.

    No total is below what is published now: results to date only grow.
    """
    generator = np.random.default_rng(seed)
    now = np.maximum(pace.now + _shifts(generator, pace.error), 0)
    before = np.maximum(pace.before + _shifts(generator, pace.error), 0) * (not pace.from_start)
    seen = np.maximum(now - before, 0)
    rate = generator.gamma(seen + 0.5) / pace.quarters
    return np.maximum(now + generator.poisson(rate * ahead), pace.now)


def _shifts(generator: np.random.Generator, error: float) -> NDArray[np.float64]:
    if error > 0:
        return np.round(generator.normal(0, error / _SURE, DRAWS))
    return generator.choice(SHIFTS, size=DRAWS, p=SHIFT_CHANCES).astype(float)


def summarised(totals: NDArray[np.float64]) -> Forecast:
    """Return the middle and the bounds of drawn totals."""
    tail = (1 - LEVEL) / 2
    low, middle, high = np.quantile(totals, [tail, 0.5, 1 - tail])
    return Forecast(float(low), float(middle), float(high))


def chance_at_least(totals: NDArray[np.float64], limit: float) -> float:
    """Return the share of the drawn totals that reach `limit`."""
    return float((totals >= limit).mean())
