"""More differences than chance alone makes: how large they are, and limits that allow for them.

Spiegelhalter's additive random effects (2005, "Handling over-dispersion of performance
indicators"): the true rates of places scatter around the pooled rate with a variance tau^2 on top
of chance. It is estimated from standard scores that are pulled in at their 10 % and 90 % quantiles
(winsorised), so that a few places that really stand out do not hide themselves.

Two properties to know of. Winsorised scores of normal places have 68 % of their variance, that of
chance included, so that tau^2 comes out as 0.68 (tau^2 + s^2) - s^2: limits of 95 % are crossed by
about one in ten places that belong to the scatter (docs/measured/judgement.md). And a place
stretches the scatter that it is judged by: among places of equal size its own widened score cannot
exceed 1.42 of three, 2.08 of four, 2.83 of five, however far off it is. Where three or four differ
in size it may, but then the estimate hangs on one of them: with a scatter of 30 % one in five such
comparisons would call a place of the scatter itself higher or lower.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.intervals import USUAL_LEVEL, Bounds, standard_score
from dashboard.comparison.rounding import ROUNDING_VARIANCE, SINGLE, Errors, extra_variance

CLIPPED_AT = 0.10
# Of fewer places of equal size no widened score can be beyond chance once it is taken into account
# how many are looked at, however far one is off: 2.08 of four is a p-value of 0.04, above 0.05 / 4.
FEWEST_FOR_SCATTER = 5

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Scatter:
    """How much places differ from each other, above chance.

    `scores`: standard score of each place against the pooled rate, as it is; `clipped_at`: the
    lowest and highest score that counted; `phi`: mean of their squares (1: chance alone);
    `tau_squared`: variance between places, in squared rates per unit of the base.
    """

    scores: Values
    clipped_at: tuple[float, float]
    phi: float
    tau_squared: float


def exact_variance(bases: ArrayLike, rate: float, kind: BaseKind) -> Values:
    """Return the variance that chance gives the rates of exactly known counts.

    Poisson on a population: rate / base; binomial among people: rate (1 - rate) / base.
    """
    size = np.asarray(bases, dtype=float)
    return np.asarray(rate * (1 - rate if kind is BaseKind.PEOPLE else 1.0) / size)


def published_variance(
    bases: ArrayLike, rate: float, kind: BaseKind, errors: Errors = SINGLE
) -> Values:
    """Return the variance of the rates of published counts: that of chance and of rounding.

    Rounding adds 4 / base^2, and where the base is a rounded count of people 4 rate^2 / base^2
    (more for sums: `rounding.extra_variance`).
    """
    size = np.asarray(bases, dtype=float)
    rounding = ROUNDING_VARIANCE + extra_variance(errors.counts)
    if kind is BaseKind.PEOPLE:
        rounding = rounding + rate**2 * (ROUNDING_VARIANCE + extra_variance(errors.bases))
    return exact_variance(size, rate, kind) + rounding / size**2


def scatter(
    rates: ArrayLike, pooled: float, variances: ArrayLike, clipped_at: float = CLIPPED_AT
) -> Scatter:
    """Estimate how much places differ above chance.

    `rates` and `variances` (squared standard errors, above zero) have one entry per place;
    `pooled` is the rate that they are set against; `clipped_at` 0 clips nothing. With one place
    there is nothing to estimate: tau is 0.
    tau^2 = max(0, (I phi - (I - 1)) / (sum w - sum w^2 / sum w)), w = 1 / variance.
    Raises ValueError for no place, or a variance that is not above zero.
    """
    spread = np.asarray(variances, dtype=float)
    if spread.size == 0 or not np.all(spread > 0):
        raise ValueError("each place needs a variance above zero, and there must be one")
    scores = (np.asarray(rates, dtype=float) - pooled) / np.sqrt(spread)
    lowest, highest = np.quantile(scores, [clipped_at, 1 - clipped_at])
    phi = float(np.mean(np.clip(scores, lowest, highest) ** 2))
    weights = 1 / spread
    room = weights.sum() - (weights**2).sum() / weights.sum()
    excess = scores.size * phi - (scores.size - 1)
    tau_squared = max(0.0, float(excess / room)) if scores.size > 1 else 0.0
    return Scatter(scores, (float(lowest), float(highest)), phi, tau_squared)


def widened_limits(
    pooled: float, variances: ArrayLike, tau_squared: float, level: float = USUAL_LEVEL
) -> Bounds:
    """Return pooled -+ score x sqrt(variance + tau^2), as rates per unit of the base."""
    room = standard_score(level) * np.sqrt(np.asarray(variances, dtype=float) + tau_squared)
    return pooled - room, pooled + room
