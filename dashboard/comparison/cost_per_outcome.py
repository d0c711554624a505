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
    spend: float, count: int, level: float = USUAL_LEVEL, *, error: float = 0
) -> CostPerOutcome:
    """Cost per outcome of a published count.

    Spend / exact Poisson bounds, of the highest and the lowest count that may be behind the
    published one (5 is 1-9; `error` of a sum), so the bounds hold whatever rounding did. Raises
    ValueError for a negative spend and for a count that is no multiple of 5.
    """
    if not spend >= 0:
        raise ValueError("spending is zero or more")
    bounds = over_rounding_range(exact_poisson, count, level, error)
    fewest, most = (float(bound) for bound in bounds)
    return CostPerOutcome(
        estimate=spend / count if count else None,
        lower=spend / most,
        upper=spend / fewest if fewest > 0 else None,
    )


def cost_bounds(
    spend: ArrayLike,
    counts: ArrayLike,
    level: float = USUAL_LEVEL,
    *,
    errors: ArrayLike = 0.0,
    steps: ArrayLike = 0.0,
) -> Bounds:
    """Return the bounds of `cost_per_outcome` for many places; no upper bound is nan.

    `steps`: what each spend may be higher; then the upper bound is that of its higher end.
    """
    fewest, most = over_rounding_range(exact_poisson, counts, level, errors)
    amount = np.asarray(spend, dtype=float)
    upper = np.full(amount.shape, np.nan)
    np.divide(amount + np.asarray(steps), fewest, out=upper, where=fewest > 0)
    return amount / most, upper
