"""What one outcome cost, with the bounds of chance and rounding."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from dashboard.comparison.intervals import (
    USUAL_LEVEL,
    Bounds,
    exact_poisson,
    over_rounding_range,
)


@dataclass(frozen=True)
class CostPerOutcome:
    """Spend per outcome in the unit of the spend.

    `estimate` is None for zero outcomes: then only "more than `lower`" can be said. `upper` is None
    where the true count may be zero, so that no cost is too high.
    """

    estimate: float | None
    lower: float
    upper: float | None


def cost_per_outcome(
    spend: float, count: int, level: float = USUAL_LEVEL, *, error: float = 0, step: float = 0
) -> CostPerOutcome:
    """Cost per outcome of a published count.

    Spend / exact Poisson bounds, of the highest and the lowest count that may be behind the
    published one (5 is 1-9; `error` of a sum), so the bounds hold whatever rounding did. `step`:
    what the spend may be higher; the estimate is that of its lower end. Raises ValueError for a
    negative spend and for a count that is no multiple of 5.
    """
    return _cost(spend, count, over_rounding_range(exact_poisson, count, level, error), step)


def cost_bounds(
    spend: ArrayLike,
    counts: ArrayLike,
    level: float = USUAL_LEVEL,
    *,
    errors: ArrayLike = 0.0,
    steps: ArrayLike = 0.0,
) -> Bounds:
    """Return the bounds of `cost_per_outcome` for many places; no upper bound is nan."""
    fewest, most = over_rounding_range(exact_poisson, counts, level, errors)
    amount = np.asarray(spend, dtype=float)
    upper = np.full(amount.shape, np.nan)
    np.divide(amount + np.asarray(steps), fewest, out=upper, where=fewest > 0)
    return amount / most, upper


def cost_per_known_outcome(spend: float, count: int, level: float = USUAL_LEVEL) -> CostPerOutcome:
    """Cost per outcome of an exactly known count, such as an organisation's own statement."""
    if count < 0:
        raise ValueError("a count is zero or more")
    return _cost(spend, count, exact_poisson(count, level))


def _cost(spend: float, count: int, bounds: Bounds, step: float = 0) -> CostPerOutcome:
    if not spend >= 0:
        raise ValueError("spending is zero or more")
    fewest, most = (float(bound) for bound in bounds)
    return CostPerOutcome(
        estimate=spend / count if count else None,
        lower=spend / most,
        upper=(spend + step) / fewest if fewest > 0 else None,
    )
