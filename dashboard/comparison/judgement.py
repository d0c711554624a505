"""The verdict of every place on an indicator: the one function that gives it, for every page.

Judged is against the whole of the places: the published whole, or the places added up where none
is published of exactly these. A place is outside the line when its published figure has, if it
were like the whole, a two-sided chance of at most 5 %, rounding included (`surprises_against`).
Which of those are beyond chance is decided over all places judged together (Benjamini-Hochberg at
5 %); the others may be chance.

**Widened limits.** Where more than a quarter of the places lies outside, places differ from each
other by more than chance, and "beyond chance" sorts nothing. They are then judged by the scatter
of places itself (`overdispersion`): only what is outside that too is called higher or lower.
Between gemeenten always. Of fewer than FEWEST_FOR_SCATTER places no scatter can be estimated: they
are not widened but between gemeenten, where none is then more than "may be chance"; `differ` says
of others that chance is no measure. Widening never makes a verdict: the larger of the two p-values
counts.

**Money per outcome** is the same test: outcomes on euros instead of on residents, so that a high
cost is a low rate. Its interval holds whatever rounding did (`cost_per_outcome`), and a verdict
also needs that interval to lie beyond the cost of the whole, so that the two never contradict.

**Who is judged.** A place without an organisation has no verdict and no part in the pooled rate,
nor has one of which a delivery is missing; nor, of counts on residents and of outcomes, one of
which the count leaves people out, nor one of which the money is only known in steps. The law of
chance of plain counts, hours and euros is not known: `untested`; so is the only place with a figure
where no whole is published, which would be judged by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from dashboard.comparison.base_kind import SMALLEST_PUBLISHED_BASE, checked_figures
from dashboard.comparison.cost_per_outcome import cost_bounds
from dashboard.comparison.funnel import limits
from dashboard.comparison.intervals import USUAL_LEVEL, Bounds
from dashboard.comparison.law import Law
from dashboard.comparison.multiple_testing import stands_out
from dashboard.comparison.overdispersion import (
    FEWEST_FOR_SCATTER,
    published_variance,
    scatter,
    widened_limits,
)
from dashboard.comparison.rates import rate_interval
from dashboard.comparison.rounding import FURTHEST, SINGLE, Errors
from dashboard.comparison.whole import Whole, surprises_against, whole_of

WIDENED_ABOVE = 0.25
"""The share of places outside the 95 % line above which their scatter is the measure."""

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_TOGETHER = 2
"""How many places there must be to judge one by all of them added up."""

_TESTED_ON = ("count", "base", "count_error", "base_error")
_TOO_FEW = ("small_base", "small_place", "uncertain")


class Verdict(StrEnum):
    """What may be said of one place. The first five are of places that were judged."""

    HIGHER = "higher"
    LOWER = "lower"
    PERHAPS_HIGHER = "may_be_chance_higher"
    PERHAPS_LOWER = "may_be_chance_lower"
    INSIDE = "inside"
    TOO_FEW = "too_few"
    NO_FIGURE = "no_figure"
    NO_ORGANISATION = "no_organisation"
    PARTIAL = "partial"
    UNTESTED = "untested"


JUDGED = (
    Verdict.HIGHER,
    Verdict.LOWER,
    Verdict.PERHAPS_HIGHER,
    Verdict.PERHAPS_LOWER,
    Verdict.INSIDE,
)


@dataclass(frozen=True)
class Judged:
    """The verdicts of one indicator, one period and one family of places.

    `places` has a row per place, with the index and order of what was judged, and the columns
    verdict (`Verdict`: of the value, so a high cost is "higher"); value (in the unit of the
    indicator; of a partial figure too, nan without one or for money on no outcome); lower, upper
    (its 95 % interval, rounding included; nan: none, or no end); p_value (two-sided; nan where not
    judged); count, base, count_error, base_error (what was tested: of money the outcomes and the
    euros; nan where not judged).

    `whole` is what they were set against; None where nothing was judged. `tau_squared` is None
    where the limits are those of chance; else the variance between places by which they were
    widened, in squared rates per unit of the base (for money: outcomes per euro). `outside` counts
    the judged places beyond the 95 % line of chance alone.
    """

    places: pd.DataFrame
    law: Law
    per: float
    whole: Whole | None
    tau_squared: float | None
    outside: int

    @property
    def judged(self) -> int:
        """How many places were judged."""
        return int(self.places["verdict"].isin(JUDGED).sum())

    @property
    def differ(self) -> bool:
        """Whether so many places lie outside that chance is no measure of them."""
        return too_many(self.outside, self.judged)

    @property
    def whole_value(self) -> float | None:
        """The value of the whole, in the unit of the places; None without one."""
        if self.whole is None:
            return None
        return _value_of(self.whole, self.law, self.per)

    def named(self, verdict: Verdict) -> tuple[Any, ...]:
        """Return the ids of the places with a verdict, in the order of the places."""
        return tuple(self.places.index[self.places["verdict"] == verdict])


def judge(
    places: pd.DataFrame,
    law: Law,
    per: float = 1,
    whole: Whole | Mapping[str, Any] | None = None,
    *,
    always_widened: bool = False,
) -> Judged:
    """Judge all places of one gemeente (or all gemeenten) on an indicator in a period.

    `places`: a row per place, all of them, with a unique index (`data_access.panel`, reindexed on
    the places; a row of nothing is a place without a figure). Columns: numerator, denominator,
    status, reason; and where they occur without, missing, numerator_error, denominator_error,
    step. `per`: the unit of the value (100 for percent). `whole`: the release's own row of the
    whole, or one made before; it is used where it is published and every place has an
    organisation, else the judged places are added up. `always_widened`: between gemeenten.
    Raises ValueError for a published count that is no multiple of 5, and for an index that is not
    unique.
    """
    if not places.index.is_unique:
        raise ValueError("each place is judged once")
    figures = _Figures.read(places, law)
    verdicts = figures.without_test()
    tested = verdicts == Verdict.INSIDE
    rows = figures.described(verdicts, tested, per)
    if not tested.any():
        return Judged(_frame(rows, places.index), law, per, None, None, 0)
    counts, bases, errors = figures.tested(tested)
    given = figures.whole_for(whole)
    if given is None and counts.size < FEWEST_TOGETHER:
        # A place added up is that place itself: it cannot differ from it, nor be like it.
        rows["verdict"][tested] = Verdict.UNTESTED
        for name in _TESTED_ON:
            rows[name][tested] = np.nan
        return Judged(_frame(rows, places.index), law, per, None, None, 0)
    against = given or whole_of(counts, bases, law.base_kind, errors)
    sides = surprises_against(counts, bases, against, errors)
    chances = _two_sided(sides)
    outside = int((chances <= 1 - USUAL_LEVEL).sum())
    tau_squared = None
    enough = counts.size >= FEWEST_FOR_SCATTER
    if always_widened or (enough and too_many(outside, counts.size)):
        variances = published_variance(bases, against.rate, against.kind, errors)
        tau_squared = scatter(counts / bases, against.rate, variances).tau_squared
        sides = _with_scatter(sides, counts / bases, against, variances, tau_squared)
        chances = _two_sided(sides)
    cost = (rows["lower"][tested], rows["upper"][tested]) if law is Law.MONEY else None
    certain = stands_out(chances) & (enough or tau_squared is None)
    rows["verdict"][tested] = _found(sides, certain, against, cost)
    rows["p_value"][tested] = chances
    return Judged(_frame(rows, places.index), law, per, against, tau_squared, outside)


def too_many(outside: int, judged: int) -> bool:
    """Tell whether more places lie outside the 95 % line than chance is a measure of."""
    return outside > WIDENED_ABOVE * judged


def limits_at(
    bases: ArrayLike,
    whole: Whole,
    tau_squared: float | None = None,
    errors: Errors = SINGLE,
    level: float = USUAL_LEVEL,
) -> Bounds:
    """Return the limits of published rates, per unit of the base, over a row of bases.

    `tau_squared` None: those of chance (`funnel.limits`); else the wider ones of chance and of the
    scatter, around the pooled rates that rounding leaves open. nan: no published count lies there.
    """
    lower, upper = limits(bases, whole, errors, level)
    if tau_squared is None:
        return lower, upper
    variances = published_variance(bases, whole.rate, whole.kind, errors)
    lowest, highest = whole.rate_range
    lower = np.minimum(lower, widened_limits(lowest, variances, tau_squared, level)[0])
    upper = np.maximum(upper, widened_limits(highest, variances, tau_squared, level)[1])
    most = 1.0 if whole.kind is Law.PEOPLE.base_kind else np.inf
    return np.where(lower < 0, np.nan, lower), np.where(upper > most, np.nan, upper)


@dataclass(frozen=True)
class _Figures:
    """The places that are judged, as arrays; count and base as the tests take them."""

    law: Law
    status: NDArray[np.object_]
    reason: NDArray[np.object_]
    missing: Flags
    numerator: Values
    denominator: Values
    count: Values
    base: Values
    count_error: Values
    base_error: Values
    without: Values
    step: Values

    @classmethod
    def read(cls, places: pd.DataFrame, law: Law) -> "_Figures":
        """Read the columns that `judge` names; what does not occur is nothing."""

        def numbers(name: str) -> Values:
            if name not in places:
                return np.zeros(len(places))
            return np.asarray(places[name].to_numpy(dtype=float, na_value=np.nan))

        def words(name: str) -> NDArray[np.object_]:
            found = np.full(len(places), "", dtype=object)
            if name in places:
                given = places[name].to_numpy(dtype=object)
                known = ~pd.isna(given)
                found[known] = given[known]
            return found

        count, base = _sides_of(law)
        return cls(
            law,
            words("status"),
            words("reason"),
            words("missing") != "",
            numbers("numerator"),
            numbers("denominator"),
            numbers(count),
            numbers(base),
            np.nan_to_num(numbers(f"{count}_error")),
            np.nan_to_num(numbers(f"{base}_error")),
            np.nan_to_num(numbers("without")),
            np.nan_to_num(numbers("step")),
        )

    def without_test(self) -> NDArray[np.object_]:
        """Return what is known before testing; INSIDE where a place takes part in the test."""
        shown = self.status == "published"
        people = self.law is Law.PEOPLE
        if self.law is Law.MONEY:
            # Money on no outcome has no cost, but it is known that it is more than its lower bound.
            shown |= (self.status == "not_shown") & (self.reason == "zero_outcomes")
        cases = [
            (self.reason == "no_organisation", Verdict.NO_ORGANISATION),
            (self.status == "partial", Verdict.PARTIAL),
            (~shown & np.isin(self.reason, _TOO_FEW), Verdict.TOO_FEW),
            (~shown, Verdict.NO_FIGURE),
            (np.full(shown.shape, self.law is Law.NONE), Verdict.UNTESTED),
            (np.isnan(self.count) | np.isnan(self.base), Verdict.NO_FIGURE),
            (self.missing, Verdict.PARTIAL),
            (self.step > 0, Verdict.TOO_FEW),
            ((not people) & (self.without > 0), Verdict.PARTIAL),
            (people & (self.base < SMALLEST_PUBLISHED_BASE), Verdict.TOO_FEW),
            ((not people) & ~(self.base > 0), Verdict.NO_FIGURE),
        ]
        conditions, verdicts = zip(*cases, strict=True)
        which = np.select(conditions, list(range(len(cases))), len(cases))
        choices = np.array([*verdicts, Verdict.INSIDE], dtype=object)
        return np.asarray(choices[which])

    def tested(self, tested: Flags) -> tuple[Values, Values, Errors]:
        """Return counts, bases and errors of the places that take part in the test.

        A part that was rounded above its whole is taken as the whole.
        """
        counts, bases = checked_figures(self.count[tested], self.base[tested], self.law.base_kind)
        return counts, bases, Errors(self.count_error[tested], self.base_error[tested])

    def described(
        self, verdicts: NDArray[np.object_], tested: Flags, per: float
    ) -> dict[str, NDArray[Any]]:
        """Return the columns of `Judged.places` before anything is judged."""
        shown = np.isin(self.status, ("published", "partial"))
        divisor = np.where(self.denominator > 0, self.denominator, np.nan)
        if self.law is Law.NONE:
            divisor = np.nan_to_num(divisor, nan=1.0)
        value = np.where(shown, per * self.numerator / divisor, np.nan)
        rows: dict[str, NDArray[Any]] = {"verdict": verdicts.copy(), "value": value}
        for name in ("lower", "upper", "p_value"):
            rows[name] = np.full(value.shape, np.nan)
        for name in _TESTED_ON:
            rows[name] = np.where(tested, getattr(self, name), np.nan)
        if self.law is Law.MONEY:
            # In steps, too: such a cost is not judged, but it has bounds.
            bounded = tested | ((verdicts == Verdict.TOO_FEW) & (self.step > 0))
            bounded &= ~np.isnan(self.count) & ~np.isnan(self.base)
            rows["lower"][bounded], rows["upper"][bounded] = cost_bounds(
                self.base[bounded],
                self.count[bounded],
                errors=self.count_error[bounded],
                steps=self.step[bounded],
            )
        elif tested.any():
            counts, bases, errors = self.tested(tested)
            value[tested] = per * counts / bases
            rows["count"][tested] = counts
            rows["lower"][tested], rows["upper"][tested] = rate_interval(
                counts, bases, self.law.base_kind, per, errors=errors
            )
        return rows

    def whole_for(self, whole: Whole | Mapping[str, Any] | None) -> Whole | None:
        """Return the whole to judge by; None where the judged places are to be added up.

        The residents of a place without an organisation are in the published whole, but they have
        no place in the pooled rate.
        """
        if whole is None or isinstance(whole, Whole):
            return whole
        count, base = _sides_of(self.law)
        known = whole["status"] == "published" and pd.notna(whole[count]) and whole[base] > 0
        if not known or (self.reason == "no_organisation").any():
            return None
        # People whom the whole leaves out are in its residents or its money.
        left_out = 0.0 if self.law is Law.PEOPLE else float(whole.get("without", 0))
        return Whole(
            float(whole[count]),
            float(whole[base]),
            self.law.base_kind,
            max(float(whole[f"{count}_error"]), FURTHEST) + left_out,
            max(float(whole[f"{base}_error"]), FURTHEST),
        )


def _sides_of(law: Law) -> tuple[str, str]:
    """Return which columns of a release are the count and the base of a test.

    Of money per outcome the outcomes are counted on the euros.
    """
    return ("denominator", "numerator") if law is Law.MONEY else ("numerator", "denominator")


def _frame(rows: Mapping[str, NDArray[Any]], index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame(dict(rows), index=index)


def _with_scatter(
    sides: tuple[Values, Values],
    rates: Values,
    whole: Whole,
    variances: Values,
    tau_squared: float,
) -> tuple[Values, Values]:
    """Return how surprising rates are on the high and low side when places differ by tau."""
    spread = np.sqrt(variances + tau_squared)
    lowest, highest = whole.rate_range
    return (
        np.maximum(sides[0], stats.norm.sf((rates - highest) / spread)),
        np.maximum(sides[1], stats.norm.cdf((rates - lowest) / spread)),
    )


def _found(
    sides: tuple[Values, Values], certain: Flags, whole: Whole, cost: Bounds | None
) -> NDArray[np.object_]:
    """Return the verdicts of tested places.

    `certain`: beyond chance among all; `cost`: intervals where the value is a cost.
    """
    high, low = sides
    chances = _two_sided(sides)
    above, below = (chances <= 1 - USUAL_LEVEL) & np.array([high < low, low < high])
    if cost is not None:
        # Few outcomes for the money is a high cost.
        of_whole = _value_of(whole, Law.MONEY, 1)
        above, below = (
            below & (cost[0] > of_whole),
            above & (cost[1] < of_whole),
        )
    found = np.full(chances.shape, Verdict.INSIDE, dtype=object)
    found[above] = Verdict.PERHAPS_HIGHER
    found[below] = Verdict.PERHAPS_LOWER
    found[above & certain] = Verdict.HIGHER
    found[below & certain] = Verdict.LOWER
    return found


def _two_sided(sides: tuple[Values, Values]) -> Values:
    """Return p-values: twice the smaller surprise, at most 1.

    Equal places have one of p or less in at most a share p of cases, rounding included.
    """
    return np.asarray(np.minimum(2 * np.minimum(*sides), 1.0))


def _value_of(whole: Whole, law: Law, per: float) -> float:
    if law is Law.MONEY:
        return whole.base / whole.count if whole.count else np.inf
    return whole.rate * per
