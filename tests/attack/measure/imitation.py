"""The old protection for one wijk of one organisation, imitated on whole columns of places.

The rules are those of the old product's own code (commit a68a2db, data_access/disclosure), which
anybody could run under keys of his own. Its integer programme is solved exactly for the tables
of one wijk, by trying all choices of rounding up and down; what the tables of the whole gemeente
ask of a wijk is a pull of random strength on its costs, as a Lagrange multiplier would be. So an
attacker makes a hundred thousand training places in a minute, where the product makes a thousand
in four.
"""

from functools import cache

import numpy as np

from tests.attack.measure.published import ALL, PERIODS
from tests.attack.measure.registers import (
    BY_YEAR,
    CATEGORIES,
    LAST,
    OF_RESULTS,
    YEARS,
    Dense,
    Floats,
    Ints,
)

Key = tuple[str, str, str]
Stack = dict[Key, Floats]
"""Published series of many places: (measure, item, category) -> array[place, period of a View]."""

BASE = 5
MEASURES = tuple(name for name in CATEGORIES if name not in OF_RESULTS)
_STOCKS = ("volunteers", "ladder_level", "volunteer_hours")
_WITHIN = {"still_in_work_6": "outflow", "still_in_work_12": "still_in_work_6"}
_WITHIN |= {"still_in_work_18": "still_in_work_12"}
_HOURS_BASE, _HOURS_FROM, _TENTHS = 400, 10, 10
_EACH_DEVIATION = 0.05
# How dearly each tier of rules is held; the cheapest way costs less than the lowest of them.
_BOUND, _KEEP, _HIDDEN, _NEXT, _STEADY = 1e9, 1e7, 1e6, 1e4, 1e2
# Tables of a gemeente pull at half of the tables of its wijken, and now and then they overrule.
_PULLED, _PULL, _OVERRULED = 0.5, 0.25, 0.02


def imitate(rng: np.random.Generator, dense: Dense) -> Stack:
    """Protect true counts [leaf, item, category, period] of leaves that are alone in their wijk."""
    places = len(dense["volunteers"])
    stack: Stack = {}
    for measure in MEASURES:
        table = _Table(rng, measure, dense[measure][:, 0], stack)
        values = table.run()
        names = [*CATEGORIES[measure], ALL] if len(CATEGORIES[measure]) > 1 else [ALL]
        parts = np.concatenate([values, values.sum(axis=1, keepdims=True)], axis=1)
        if len(names) == 1:
            parts = values
        for number, name in enumerate(names):
            series = np.full((places, len(PERIODS)), np.nan)
            mine = parts[:, number]
            if measure in BY_YEAR:
                series[:, LAST:] = mine
            else:
                series[:, :LAST] = mine
            if measure not in BY_YEAR and measure not in _STOCKS:
                series[:, LAST:] = mine.reshape(places, len(YEARS), 4).sum(axis=2)
            if measure == "volunteer_hours":
                people = stack["volunteers", "", ALL]
                series = np.where(people >= _HOURS_FROM, series / _TENTHS, np.nan)
            stack[measure, "", name] = series
    return stack


def imitate_releases(
    rng: np.random.Generator, measure: str, others: Ints, own: Ints, releases: int
) -> Ints:
    """Wijk totals [place, release, period] of two leaves, the second with one more each release."""
    seed = int(rng.integers(1 << 31))
    earlier: tuple[Ints, Ints] | None = None
    totals = []
    for more in range(releases):
        counts = np.stack([others, own + more], axis=1)
        table = _Table(rng, measure, counts, {}, np.random.default_rng(seed), earlier)
        values = table.run()
        earlier = counts, values
        totals.append(values.sum(axis=1))
    result: Ints = np.stack(totals, axis=1)
    return result


@cache
def _choices(parts: int) -> Ints:
    numbers = np.arange(1 << parts, dtype=np.int64)
    return (numbers[:, None] >> np.arange(parts)) & 1


class _Table:
    """One measure of all places, period after period."""

    def __init__(
        self,
        rng: np.random.Generator,
        measure: str,
        counts: Ints,
        before: Stack,
        draws: np.random.Generator | None = None,
        earlier: tuple[Ints, Ints] | None = None,
    ) -> None:
        """`draws`: of the secret key, where a later release has the same; else those of `rng`.

        `earlier`: true counts and published values of the release before, which keeps what is
        unchanged.
        """
        self._rng, self._measure, self._counts, self._before = rng, measure, counts, before
        self._draws, self._earlier = draws or rng, earlier
        self._base = _HOURS_BASE if measure == "volunteer_hours" else BASE
        self._stock = measure in _STOCKS
        self._flow = not self._stock and measure not in BY_YEAR
        self._places, self._parts, self._periods = counts.shape
        self._draw()

    def _draw(self) -> None:
        self._u = self._draws.random((self._places, self._parts))
        self._u_of_whole = self._draws.random((self._places, 1))

    def run(self) -> Ints:
        """Return published values [place, part, period]."""
        values = np.zeros_like(self._counts)
        shape = (self._places, self._parts)
        true_before, shown_before = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        errors = np.full((2, *shape), 0)
        for period in range(self._periods):
            if not self._stock:
                self._draw()
            if period % 4 == 0:
                true_before[:], shown_before[:] = 0, 0
            now = self._counts[:, :, period]
            last = (self._counts[:, :, period - 1], values[:, :, period - 1]) if period else None
            ups = self._ups(now, (true_before, shown_before), errors, last, period)
            values[:, :, period] = self._base * (now // self._base + ups)
            error = values[:, :, period] - now
            errors = np.array([np.minimum(errors[0], error), np.maximum(errors[1], error)])
            if period == 0:
                errors = np.array([error, error])
            true_before += now
            shown_before += values[:, :, period]
        return values

    def _ups(
        self,
        now: Ints,
        carried: tuple[Ints, Ints],
        errors: Ints,
        last: tuple[Ints, Ints] | None,
        period: int,
    ) -> Ints:
        base, choices = self._base, _choices(self._parts)
        rest = now % base
        free = rest > 0
        cost = _cost(self._u, rest / base)
        whole = now.sum(axis=1, keepdims=True)
        of_whole = _cost(self._u_of_whole, whole % base / base)
        cost = cost + np.where(free.sum(axis=1, keepdims=True) > 1, of_whole, 0.0) + self._pull()
        price = np.where(free, cost, 0.0) @ choices.T
        price += _BOUND * ((~free).astype(float) @ choices.T)
        down = base * (now // base)
        shown = down[:, None, :] + base * choices[None]
        total = shown.sum(axis=2)
        price += _NEXT * _beyond(total - whole, base - 1, base)
        if self._flow:
            true, published = carried
            running = published[:, None, :] + shown - (true + now)[:, None, :]
            price += _NEXT * _beyond(running, base - 1, base).sum(axis=2)
            price += _NEXT * _beyond(running.sum(axis=2), base - 1, base)
        if self._stock and last is not None:
            error = shown - now[:, None, :]
            span = np.maximum(errors[1][:, None], error) - np.minimum(errors[0][:, None], error)
            some = (now > 0)[:, None]
            price += _HIDDEN * (some * np.maximum(span - (2 * base - 3), 0)).sum(axis=2)
            price += _STEADY * (some * np.maximum(span - (base - 1), 0)).sum(axis=2)
            kept = (last[0] == now)[:, None] & (shown != last[1][:, None])
            price += _STEADY * kept.sum(axis=2)
        if self._earlier is not None:
            true, published = (each[:, :, period] for each in self._earlier)
            price += _KEEP * ((true == now)[:, None] & (shown != published[:, None])).sum(axis=2)
        price += self._bounds(total, period)
        ups: Ints = choices[price.argmin(axis=1)]
        return ups

    def _bounds(self, total: Ints, period: int) -> Floats | float:
        if self._measure in _WITHIN:
            whole = self._before[_WITHIN[self._measure], "", ALL][:, [period]]
            return _BOUND * np.maximum(total - whole, 0)
        if self._measure == "active_volunteers" and self._before:
            part = self._before["outflow", "", ALL][:, [LAST + period]]
            return _BOUND * np.maximum(part - total, 0)
        return 0.0

    def _pull(self) -> Floats:
        shape = (self._places, self._parts)
        pulled = self._rng.random(shape) < _PULLED
        pull = np.where(pulled, self._rng.normal(0, _PULL, shape), 0.0)
        overruled = self._rng.random(shape) < _OVERRULED
        strong = 3 * _STEADY * self._rng.choice([-1.0, 1.0], shape)
        result: Floats = np.where(overruled, strong, pull)
        return result


def _cost(uniform: Floats, share: Floats) -> Floats:
    """Cost of going up: -(c + |u - p|) if the draw goes up, and the opposite if it does not."""
    distance = _EACH_DEVIATION + abs(uniform - share)
    result: Floats = np.where(share == 0, 0.0, np.where(uniform < share, -distance, distance))
    return result


def _beyond(error: Ints, widest: int, base: int) -> Ints:
    """How many steps of the base an error is beyond the two multiples next to the truth."""
    result: Ints = -(-np.maximum(abs(error) - widest, 0) // base)
    return result
