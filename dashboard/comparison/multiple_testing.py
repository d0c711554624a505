"""What stands out when many figures are looked at."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.multitest import multipletests

FALSE_DISCOVERIES = 0.05


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
