"""Small-area estimates, shown beside the raw rate and never instead of it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def empirical_bayes(
    counts: ArrayLike, bases: ArrayLike, rounding_variance: ArrayLike = 0.0
) -> NDArray[np.float64]:
    """Pull each rate towards the pooled rate, the more so the less its base can tell.

    Marshall's global estimator (1991), the formula of esda's `Empirical_Bayes`, with two additions:
    a variance between areas estimated below zero counts as zero (all get the pooled rate), and
    `rounding_variance` (4 for published counts, more for sums, 0 for exact ones) is added to the
    variance of a count, so that the scatter of rounding is not taken for a difference.

    Returns rates per unit of the base.
    """
    events = np.asarray(counts, dtype=float)
    size = np.asarray(bases, dtype=float)
    rates = events / size
    pooled = events.sum() / size.sum()
    chance_variance = pooled / size + np.asarray(rounding_variance) / size**2
    between = np.average((rates - pooled) ** 2 - chance_variance, weights=size)
    if between <= 0:
        return np.full_like(rates, pooled)
    weight = between / (between + chance_variance)
    return weight * rates + (1 - weight) * pooled
