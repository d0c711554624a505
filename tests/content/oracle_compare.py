"""Who differs from the whole, worked out another way: plain sums over scipy's distributions.

A published count is a multiple of five, drawn up or down so that it is right on average. A figure
is outside the 95 % limits when the chance of a published count as extreme is at most 2.5 %, at the
end of the whole's range that makes it least surprising, and when even the least extreme true count
behind it has a chance of at most 5 %. It differs when it also holds among all (Benjamini-Hochberg).
Where more than a quarter is outside, the scatter of the units themselves widens the limits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot, sqrt

import numpy as np
import pandas as pd
from scipy import optimize, stats

from tests.content.oracle import ROUNDING, SMALLEST_BASE, Oracle

FURTHEST = ROUNDING - 1
FEWEST_FOR_SCATTER = 5
# An error is stated with 95 % certainty.
SCORE = float(stats.norm.isf(0.025))
STATED = 1.96
SHIFTS = np.arange(-FURTHEST, ROUNDING)
SHARES = (ROUNDING - abs(SHIFTS)) / ROUNDING**2
# indicator -> (numerator, denominator: a measure or a group of residents, per)
RATES = {
    "volunteers_per_1000": ("volunteers", "residents", 1000),
    "volunteers_per_100_bijstand": ("volunteers", "bijstand", 100),
    "outflow_per_100_volunteers": ("outflow", "active_volunteers", 100),
    "outflow_per_1000_residents": ("outflow", "residents", 1000),
    "outflow_per_100_bijstand": ("outflow", "bijstand", 100),
}
GROUPS = ("residents", "bijstand")


@dataclass(frozen=True)
class Figure:
    """A count on a base, both as published, with how far rounding may have moved them."""

    count: float
    base: float
    count_error: float
    base_error: float
    of_people: bool

    @property
    def rate(self) -> float:
        """The share of the base; never above all of it."""
        return min(self.count, self.base) / self.base if self.of_people else self.count / self.base


@dataclass(frozen=True)
class Verdict:
    """How a unit stands: position "high", "low" or "inside", and whether it is beyond chance."""

    figure: Figure
    position: str
    differs: bool

    @cached_property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of its rate."""
        return interval(self.figure)


def figure(
    oracle: Oracle, indicator: str, area: str, period: str, organisation: str = ""
) -> Figure | None:
    """Return a figure that may be compared; None where it is not whole or the group too small."""
    above, below, _ = RATES[indicator]
    top = oracle.cell(above, area, period, organisation=organisation)
    if top is None or top["status"] != "published":
        return None
    if below in GROUPS:
        base = oracle.areas.loc[area, below]
        if organisation or not base > 0:
            return None
        return Figure(float(top["value"]), float(base), float(top["error"]), 0.0, of_people=False)
    bottom = oracle.cell(below, area, period, organisation=organisation)
    if bottom is None or bottom["status"] != "published" or bottom["value"] < SMALLEST_BASE:
        return None
    errors = float(top["error"]), float(bottom["error"])
    return Figure(float(top["value"]), float(bottom["value"]), *errors, of_people=True)


def together(figures: Sequence[Figure]) -> Figure:
    """Return the sum of figures as the whole, where none is published."""
    return Figure(
        sum(each.count for each in figures),
        sum(each.base for each in figures),
        sqrt(sum(max(each.count_error, FURTHEST) ** 2 for each in figures)),
        sqrt(sum(max(each.base_error, FURTHEST) ** 2 for each in figures)),
        figures[0].of_people,
    )


def chances(one: Figure, whole: Figure) -> tuple[float, float]:
    """Return how likely so high and so low a published count is if the unit is like the whole."""
    off = max(whole.count_error, FURTHEST), max(whole.base_error, FURTHEST) * whole.of_people
    highest = (whole.count + off[0]) / max(whole.base - off[1], 1)
    lowest = max(whole.count - off[0], 0) / (whole.base + off[1])
    if whole.of_people:
        highest = min(highest, 1.0)
    count = min(one.count, one.base) if one.of_people else one.count
    behind = range(ROUNDING)
    above = [_at_least(count - each, one, highest) for each in behind]
    below = [_at_most(count + each, one, lowest) for each in behind]
    high = max(sum(above) / ROUNDING, above[-1] / 2)
    low = max(sum(below) / ROUNDING, below[-1] / 2)
    return _of_sum(high, one, highest), _of_sum(low, one, lowest)


def _at_least(count: float, one: Figure, rate: float) -> float:
    if not one.of_people:
        return float(stats.poisson.sf(count - 1, one.base * rate))
    return float(SHARES @ stats.binom.sf(count - 1, one.base + SHIFTS, rate))


def _at_most(count: float, one: Figure, rate: float) -> float:
    if not one.of_people:
        return float(stats.poisson.cdf(count, one.base * rate))
    # A part that is its whole can be no higher.
    if min(one.count, one.base) >= one.base:
        return 1.0
    return float(SHARES @ stats.binom.cdf(count, one.base + SHIFTS, rate))


def _further(error: float) -> float:
    return (max(error, FURTHEST) ** 2 - FURTHEST**2) / STATED**2


def _of_sum(chance: float, one: Figure, rate: float) -> float:
    """A sum of rounded counts is less sure than one: its standard score shrinks."""
    spread, further = one.base * rate + 4, _further(one.count_error)
    if one.of_people:
        spread = one.base * rate * (1 - rate) + 4 + 4 * rate**2
        further += rate**2 * _further(one.base_error)
    score = stats.norm.isf(chance) * sqrt(spread / (spread + further))
    return float(stats.norm.sf(score)) if further > 0 else chance


def interval(one: Figure) -> tuple[float, float]:
    """Return the 95 % interval of a rate, rounding included."""
    if one.of_people:
        return _share_interval(one)

    def tail(mean: float, count: float) -> float:
        ends = np.arange(int(count) - ROUNDING, int(count) + ROUNDING)
        return float(stats.poisson.cdf(ends, mean).mean())

    most = one.count + 40 + 6 * sqrt(one.count + 10)
    upper = optimize.brentq(lambda mean: tail(mean, one.count) - 0.025, 0, most)
    lower = 0.0
    if one.count:
        lower = optimize.brentq(lambda mean: tail(mean, one.count) - 0.975, 0, most)
    further = SCORE * sqrt(_further(one.count_error))
    lower = max(one.count - hypot(one.count - lower, further), 0)
    return lower / one.base, (one.count + hypot(upper - one.count, further)) / one.base


def _share_interval(one: Figure) -> tuple[float, float]:
    """The shares from which the published count is no more than 1.96 standard errors away."""
    count, extra = min(one.count, one.base), (_further(one.count_error), _further(one.base_error))

    def away(share: float) -> float:
        spread = one.base * share * (1 - share) + 4 + extra[0] + share**2 * (4 + extra[1])
        return (count - share * one.base) ** 2 - SCORE**2 * spread

    here = one.rate
    lower = optimize.brentq(away, 0, here) if here > 0 and away(0) > 0 else 0.0
    upper = optimize.brentq(away, here, 1) if here < 1 and away(1) > 0 else 1.0
    return lower, upper


def differing(chances_two_sided: Sequence[float], false_share: float = 0.05) -> list[bool]:
    """Return which of all chances are beyond chance together (Benjamini-Hochberg)."""
    ordered = sorted(chances_two_sided)
    fits = [
        chance
        for place, chance in enumerate(ordered, start=1)
        if chance <= false_share * place / len(ordered)
    ]
    return [bool(fits) and chance <= max(fits) for chance in chances_two_sided]


def _spread(one: Figure, rate: float) -> float:
    """The variance of a rate by chance and by rounding."""
    chance = one.base * rate
    rounding = 4 + _further(one.count_error)
    if one.of_people:
        chance *= 1 - rate
        rounding += rate**2 * (4 + _further(one.base_error))
    return (chance + rounding) / one.base**2


def scatter(figures: Sequence[Figure], rate: float) -> float:
    """Return the variance between units above chance (Spiegelhalter 2005, scores winsorised)."""
    spreads = pd.Series([_spread(each, rate) for each in figures])
    scores = (pd.Series([each.rate for each in figures]) - rate) / spreads**0.5
    clipped = scores.clip(scores.quantile(0.1), scores.quantile(0.9))
    weights = 1 / spreads
    room = weights.sum() - (weights**2).sum() / weights.sum()
    excess = (clipped**2).sum() - (len(figures) - 1)
    return max(0.0, float(excess / room)) if len(figures) > 1 else 0.0


def widened(figures: dict[str, Figure], whole: Figure | None, always: bool) -> float | None:
    """Return by which variance the limits are widened; None where they are those of chance."""
    against = whole or together(list(figures.values()))
    outside = [min(chances(each, against)) <= 0.025 for each in figures.values()]
    if not always and (len(outside) < FEWEST_FOR_SCATTER or sum(outside) <= len(outside) / 4):
        return None
    return scatter(list(figures.values()), against.count / against.base)


def verdicts(
    figures: dict[str, Figure], whole: Figure | None = None, always: bool = False
) -> dict[str, Verdict]:
    """Return the verdict on each unit; without a whole the units are added up.

    Where more than a quarter of five or more lies outside the 95 % limits, these are widened by
    the scatter of the units; `always`: anyhow.
    """
    if not figures:
        return {}
    against = whole or together(list(figures.values()))
    off = max(against.count_error, FURTHEST), max(against.base_error, FURTHEST) * against.of_people
    lowest = max(against.count - off[0], 0) / (against.base + off[1])
    highest = (against.count + off[0]) / max(against.base - off[1], 1)
    between = widened(figures, whole, always)
    both = {}
    for name, each in figures.items():
        high, low = chances(each, against)
        if between is not None:
            spread = sqrt(_spread(each, against.count / against.base) + between)
            high = max(high, float(stats.norm.sf((each.rate - highest) / spread)))
            low = max(low, float(stats.norm.cdf((each.rate - lowest) / spread)))
        both[name] = high, low
    two_sided = [min(2 * min(each), 1.0) for each in both.values()]
    found = {}
    for (name, (high, low)), differs in zip(both.items(), differing(two_sided), strict=True):
        position = "inside" if min(high, low) > 0.025 else "high" if high < low else "low"
        # Of fewer than five a scatter cannot be estimated: widened by it, nothing is certain.
        sure = between is None or len(figures) >= FEWEST_FOR_SCATTER
        certain = differs and sure and position != "inside"
        found[name] = Verdict(figures[name], position, certain)
    return found


@dataclass(frozen=True)
class Family:
    """All units that are judged together: their figures, and their whole (None: added up)."""

    figures: dict[str, Figure]
    whole: Figure | None = None
    always_widened: bool = False

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on every unit with a usable figure."""
        return verdicts(self.figures, self.whole, self.always_widened)

    @cached_property
    def widened(self) -> float:
        """The variance by which the limits were widened; 0 for none."""
        return widened(self.figures, self.whole, self.always_widened) or 0.0

    @property
    def whole_rate(self) -> float:
        """The rate of the whole."""
        return (self.whole or together(list(self.figures.values()))).rate


def of_wijken(oracle: Oracle, indicator: str, period: str) -> Family:
    """Return the wijken with a usable figure, by code."""
    figures = {each: figure(oracle, indicator, each, period) for each in oracle.wijken}
    cells = [oracle.cell(RATES[indicator][0], each, period) for each in oracle.wijken]
    none_active = any(each is not None and each["reason"] == "no_organisation" for each in cells)
    whole = None if none_active else figure(oracle, indicator, oracle.gemeente, period)
    return Family(_usable(figures), whole)


def of_organisations(oracle: Oracle, indicator: str, period: str) -> Family:
    """Return the organisations with a usable figure, by id."""
    known = oracle.table("pub_organisation")["organisation_id"]
    figures = {each: figure(oracle, indicator, oracle.gemeente, period, each) for each in known}
    return Family(_usable(figures), figure(oracle, indicator, oracle.gemeente, period))


def of_gemeenten(oracles: Sequence[Oracle], indicator: str, period: str) -> Family:
    """Return the gemeenten with a usable figure, by code."""
    figures = {each.gemeente: figure(each, indicator, each.gemeente, period) for each in oracles}
    return Family(_usable(figures), always_widened=True)


def _usable(figures: Mapping[str, Figure | None]) -> dict[str, Figure]:
    return {name: each for name, each in figures.items() if each is not None}
