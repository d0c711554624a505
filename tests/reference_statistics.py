"""Statistics that tests and benchmarks set beside those of the product, which has no use for them.

Each is a plain way to something that the product does in one go with more: what a page shows comes
from `judge`, and these say what it must agree with where nothing more is asked of it.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from statsmodels.stats.proportion import proportion_confint

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.compare_areas import Comparison, comparison_of
from dashboard.comparison.funnel import Position
from dashboard.comparison.intervals import USUAL_LEVEL, Bounds
from dashboard.comparison.judgement import Judged, judge
from dashboard.comparison.law import Law
from dashboard.comparison.rounding import SINGLE, Errors
from dashboard.comparison.whole import Whole, surprises_against

_LAW = {BaseKind.POPULATION: Law.POPULATION, BaseKind.PEOPLE: Law.PEOPLE}


def wilson(counts: ArrayLike, bases: ArrayLike, level: float = USUAL_LEVEL) -> Bounds:
    """Return Wilson's bounds of count/base for exactly known counts (statsmodels).

    What `published_share_interval` widens by rounding, and the interval of a share of simulations.
    """
    lower, upper = proportion_confint(
        np.asarray(counts), np.asarray(bases), alpha=1 - level, method="wilson"
    )
    return np.asarray(lower), np.asarray(upper)


def positions(
    counts: ArrayLike,
    bases: ArrayLike,
    whole: Whole,
    level: float = USUAL_LEVEL,
    errors: Errors = SINGLE,
) -> NDArray[np.object_]:
    """Return one `Position` per area against the limits of chance at any two-sided level.

    The rule of the funnel, side by side with the line that it draws (`limits`) and with verdicts.
    """
    tail = (1 - level) / 2
    high, low = surprises_against(counts, bases, whole, errors)
    found = np.full(high.shape, Position.INSIDE, dtype=object)
    found[high <= tail] = Position.HIGH
    found[low <= tail] = Position.LOW
    return found


def p_values(
    counts: ArrayLike, bases: ArrayLike, whole: Whole, errors: Errors = SINGLE
) -> NDArray[np.float64]:
    """Return per area the two-sided chance of a published count this far from the whole's.

    Those of chance alone: the product's own allow for the scatter of places where it has to.
    """
    high, low = surprises_against(counts, bases, whole, errors)
    return np.minimum(2 * np.minimum(high, low), 1.0)


def chances_alone(judged: Judged) -> NDArray[np.float64]:
    """Return the `p_values` of the places that took part in a test, in their order."""
    assert judged.whole is not None
    tested = judged.places[judged.places["base"].notna()]
    errors = Errors(tested["count_error"].to_numpy(), tested["base_error"].to_numpy())
    return p_values(tested["count"], tested["base"], judged.whole, errors)


def widened(judged: Judged) -> bool:
    """Tell whether the limits of a judgement allow for the scatter of the places."""
    return judged.tau_squared is not None


def judged_areas(
    figures: pd.DataFrame, kind: BaseKind, per: float, whole: Whole | None = None
) -> Judged:
    """Judge bare counts of areas, as the pages do with rows of a release.

    `figures` has the columns area (unique), name, count, base, and where they occur count_error
    and base_error; missing values (nan) are places without a figure.
    """
    errors = {name: figures.get(name, 0.0) for name in ("count_error", "base_error")}
    rows = pd.DataFrame(
        {
            "numerator": figures["count"],
            "denominator": figures["base"],
            "numerator_error": errors["count_error"],
            "denominator_error": errors["base_error"],
            "status": "published",
            "reason": "",
        }
    ).set_axis(figures["area"].tolist())
    return judge(rows, _LAW[kind], per, whole)


def compare_areas(
    figures: pd.DataFrame,
    kind: BaseKind,
    per: float,
    seed: int,
    whole: Whole | None = None,
) -> Comparison:
    """Judge bare counts of areas (`judged_areas`) and compare them with each other."""
    judged = judged_areas(figures, kind, per, whole)
    return comparison_of(judged, dict(zip(figures["area"], figures["name"], strict=True)), seed)
