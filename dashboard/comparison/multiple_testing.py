"""What stands out when many figures are looked at."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.multitest import multipletests

from dashboard.comparison.rounding import SINGLE, Errors
from dashboard.comparison.whole import Whole, surprises_against

FALSE_DISCOVERIES = 0.05


def p_values(
    counts: ArrayLike, bases: ArrayLike, whole: Whole, errors: Errors = SINGLE
) -> NDArray[np.float64]:
    """Return per area the two-sided chance of a published count this far from the whole's.

    Twice the smaller surprise, at most 1; at most 0.05 exactly where the funnel says high or low at
    95 %. Equal areas fall at or below any p in at most a share p of cases, rounding included.
    """
    high, low = surprises_against(counts, bases, whole, errors)
    return np.minimum(2 * np.minimum(high, low), 1.0)


def stands_out(
    chances: ArrayLike, false_discoveries: float = FALSE_DISCOVERIES
) -> NDArray[np.bool_]:
    """Tell which of many figures stand out (Benjamini-Hochberg, statsmodels).

    `chances` are the p-values of everything looked at together. Of the figures called out, a share
    of at most `false_discoveries` is expected to be chance.
    """
    values = np.asarray(chances, dtype=float)
    if values.size == 0:
        return np.zeros(0, dtype=bool)
    return multipletests(values, alpha=false_discoveries, method="fdr_bh")[0]
