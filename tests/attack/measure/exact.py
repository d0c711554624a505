"""The exact attacker: enumerate the threshold, then forward over dates with learned dynamics.

State at the end of a quarter: (n at the end of the year before, n now, people who came this
year). Given a threshold t a published volunteers cell leaves five values of n; what is published
of the year (active = n before + came; new <= came) and of quarters weighs them. Forward algorithm:
Rabiner, "A tutorial on hidden Markov models" (1989), section III.A. The posterior is divided by
the prior of the last date, because the true values that are tested are equally frequent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy.stats import binom, poisson

from tests.attack.measure.places import Place, Sample
from tests.attack.measure.published import ALL
from tests.attack.measure.registers import LAST, Floats, Ints

BASE = 5
HIGHEST = 40
CAME = 12
CLASSES = ("1-2", "3-4", "5-6")
_TINY = 1e-9
_SLIP = 0.004


@dataclass(frozen=True)
class Scheme:
    """What an attacker knows of the way of rounding.

    `shared`: one threshold for all dates and measures. Otherwise one for the dates of a stock and
    a new draw for each number of a flow or year, with volunteers kept to it but for `deviates`.
    `apart`: measures with a threshold of their own, each of which is enumerated too, where a place
    shows the measure. `redrawn`: the numbers of a stock are drawn again at each date too. `yearly`:
    the shared threshold is another
    one each year. `all_sets`: outflow has the threshold of volunteers.
    """

    shared: bool
    deviates: float = 0.0
    apart: tuple[str, ...] = ()
    redrawn: bool = False
    yearly: bool = False
    all_sets: bool = False

    @property
    def width(self) -> int:
        """Return how many values of a count one published number leaves."""
        return BASE if self.deviates == 0 and not self.redrawn else 2 * BASE - 1

    @property
    def others(self) -> list[dict[str, int]]:
        """Return what is enumerated beside the threshold of volunteers: one for each apart."""
        drawn = product(range(BASE), repeat=len(self.apart))
        return [dict(zip(self.apart, each, strict=True)) for each in drawn]


# As the rules are: see tests.attack.measure.reference.Design.
SHARED = Scheme(shared=True, apart=("active_volunteers", "new_volunteers"))
DRAWN_AGAIN = Scheme(shared=False, deviates=0.05)
DRAWN_EACH_TIME = Scheme(shared=False, redrawn=True)


def floors(values: Ints, thresholds: Ints | int) -> Ints:
    """Return what a threshold publishes."""
    result: Ints = BASE * ((values + thresholds) // BASE)
    return result


@dataclass(frozen=True)
class Dynamics:
    """Learned from true counts of one kind of register.

    `moves[n, m, c]`: P(m people next quarter, c came | n now). `prior[n]`, `last[n]`: of the first
    and the last date; `came[c]`: of new people in the last year. `tables`: P(true value of a whole
    | active people in the year, or for outflow those who left), by measure. `shown`: P(published
    value in steps of five | people now, or those who left in the year), for sums of several draws.
    """

    moves: Floats
    prior: Floats
    last: Floats
    came: Floats
    tables: dict[str, Floats]
    shown: dict[str, Floats]


def learn(sample: Sample, shared: bool) -> Dynamics:
    """Count transitions in a training register; a parametric table smooths the rare ones.

    With a shared threshold true counts are enough: no release has to be made to learn from.
    """
    n = np.minimum(sample.dense["volunteers"][:, 0, 0], HIGHEST)
    came = np.minimum(sample.dense["new_volunteers"][:, 0, 0], CAME)
    moves = np.zeros((HIGHEST + 1, HIGHEST + 1, CAME + 1))
    np.add.at(moves, (n[:, :-1], n[:, 1:], came[:, 1:]), 1.0)
    moves += 2.0 * _smooth(n, came)
    moves /= moves.sum(axis=(1, 2), keepdims=True)
    prior = np.bincount(n[:, 0], minlength=HIGHEST + 1) + 0.5
    last = np.bincount(n[:, -1], minlength=HIGHEST + 1) + 0.5
    active = np.minimum(sample.dense["active_volunteers"][:, 0, 0], HIGHEST)
    end = sample.dense["volunteers"][:, 0, 0, 3::4]
    left = np.clip(sample.dense["active_volunteers"][:, 0, 0] - end, 0, HIGHEST)
    tables = {
        "outflow": _table(left, sample.dense["outflow"].sum(axis=(1, 2)).reshape(-1, 4, 4).sum(-1)),
        "ladder_level": _table(active, sample.dense["ladder_level"].sum(axis=(1, 2))[:, 3::4]),
        "ladder_moves": _table(
            active, sample.dense["ladder_moves"].sum(axis=(1, 2)).reshape(-1, 4, 4).sum(-1)
        ),
    }
    lately = np.minimum(sample.dense["new_volunteers"][:, 0, 0, -4:].sum(axis=1), CAME)
    new = np.bincount(lately, minlength=CAME + 1) + 0.5
    shown = {} if shared else _shown(sample)
    return Dynamics(moves, prior / prior.sum(), last / last.sum(), new / new.sum(), tables, shown)


# How much of a series that is nearly the same on the next date counts at each date.
_FRESH = {"ladder_level": 0.35}
_STEPS = 30


def _shown(sample: Sample) -> dict[str, Floats]:
    truth = {
        measure: np.array([place.truth[measure].sum(axis=(0, 1)) for place in sample.places])
        for measure in ("volunteers", "active_volunteers")
    }
    left = truth["active_volunteers"] - truth["volunteers"][:, 3::4]
    tables = {}
    for measure, given, periods in (
        ("ladder_level", truth["volunteers"], slice(0, LAST)),
        ("outflow", left, slice(LAST, LAST + 4)),
    ):
        values = np.array([place.view.get(measure)[periods] for place in sample.places])
        seen = ~np.isnan(values)
        table = np.full((HIGHEST + 1, _STEPS), 0.1)
        at = np.minimum(values[seen].astype(np.int64) // BASE, _STEPS - 1)
        np.add.at(table, (np.clip(given[seen], 0, HIGHEST), at), 1.0)
        tables[measure] = table / table.sum(axis=1, keepdims=True)
    tables["moves of the year"] = _moves_of_year(sample, truth["volunteers"])
    return tables


def _moves_of_year(sample: Sample, volunteers: Ints) -> Floats:
    """P(published moves of a year | people at its beginning and at its end together).

    A year of quarters is kept next to its truth, so it says more than its quarters one by one.
    """
    table = np.full((2 * HIGHEST + 1, _STEPS), 0.02)
    both = volunteers[:, 3:-1:4] + volunteers[:, 7::4]
    values = np.array(
        [place.view.get("ladder_moves")[LAST + 1 : LAST + 4] for place in sample.places]
    )
    seen = ~np.isnan(values)
    at = np.minimum(values[seen].astype(np.int64) // BASE, _STEPS - 1)
    np.add.at(table, (np.clip(both[seen], 0, 2 * HIGHEST), at), 1.0)
    # Neighbouring numbers of people show nearly the same: that smooths what was seen seldom.
    smooth = table.copy()
    smooth[1:] += 0.3 * table[:-1]
    smooth[:-1] += 0.3 * table[1:]
    result: Floats = smooth / smooth.sum(axis=1, keepdims=True)
    return result


def _of_shown(table: Floats, published: Floats) -> Floats:
    """P(published | state), [rows, states]; 1 where nothing is published."""
    at = np.minimum(np.nan_to_num(published).astype(np.int64) // BASE, _STEPS - 1)
    result: Floats = np.where(np.isnan(published)[:, None], 1.0, table[:, at].T)
    return result


def _smooth(n: Ints, came: Ints) -> Floats:
    """Binomial leaving and Poisson coming, with the means of the register."""
    coming = came.sum() / max(n.sum(), 1)
    table = np.zeros((HIGHEST + 1, HIGHEST + 1, CAME + 1))
    for now in range(HIGHEST + 1):
        for arrived in range(CAME + 1):
            chance = poisson.pmf(arrived, coming * (now + 0.5))
            stays = binom.pmf(np.arange(now + 1), now, 1 - min(coming, 0.9))
            at = np.minimum(np.arange(now + 1) + arrived, HIGHEST)
            np.add.at(table[now, :, arrived], at, chance * stays)
    return table


def _table(given: Ints, value: Ints) -> Floats:
    """P(value | given) with values up to three times the highest number of people."""
    table = np.full((HIGHEST + 1, 3 * HIGHEST + 1), 0.002)
    np.add.at(table, (given.ravel(), np.minimum(value, 3 * HIGHEST).ravel()), 1.0)
    return table / table.sum(axis=1, keepdims=True)


def _of_published(table: Floats, published: Floats, thresholds: Ints, shared: bool) -> Floats:
    """P(published | state value) per row, [rows, states]; 1 where nothing is published.

    With a shared threshold the row's own one; otherwise any of the five is as likely.
    """
    values = np.arange(table.shape[1])
    result = np.ones((len(published), table.shape[0]))
    for t in range(BASE):
        shown = floors(values, t)
        for value in np.unique(published[~np.isnan(published)]):
            chance = table[:, shown == value].sum(axis=1) + _SLIP
            rows = published == value
            if shared:
                result[rows & (thresholds == t)] = chance
            elif t == 0:
                result[rows] = chance / BASE
            else:
                result[rows] += chance / BASE
    return result


def _of_held(
    highest: int,
    thresholds: Ints,
    published: Floats,
    least: Floats | float = -np.inf,
    most: Floats | float = np.inf,
) -> Floats:
    """P(published | true value), [rows, values], where it is held between other published numbers.

    1 where nothing is published.
    """
    usual = floors(np.arange(highest + 1)[None], thresholds[:, None]).astype(float)
    bounds = (np.broadcast_to(each, published.shape)[:, None] for each in (least, most))
    low, high = (np.where(np.isnan(each), usual, each) for each in bounds)
    fits = np.clip(usual, low, high) == published[:, None]
    result: Floats = np.where(np.isnan(published)[:, None], 1.0, fits + _SLIP)
    return result


class _Steps:
    """The forward algorithm, a row for each (place, threshold)."""

    def __init__(
        self,
        scheme: Scheme,
        dynamics: Dynamics,
        places: list[Place],
        said: tuple[int, Ints] | None = None,
    ) -> None:
        self._scheme, self._dynamics, self._width = scheme, dynamics, scheme.width
        shown = np.array([place.view.get("volunteers")[:LAST] for place in places])
        self._said = None if said is None else (said[0], np.repeat(said[1], BASE))
        self._places = [place for place in places for _ in range(BASE)]
        self._shown = np.repeat(shown, BASE, axis=0)
        self._t: Ints = np.tile(np.arange(BASE), len(places))

    def _window(self, quarter: int) -> Ints:
        """The values of n that are left at a date, [rows, width]."""
        if quarter < 0:
            start = self._shown[:, 0].astype(np.int64) - BASE + 1
            return start[:, None] + np.arange(2 * BASE - 1)
        start = self._shown[:, quarter].astype(np.int64)
        start = start - (self._t if self._width == BASE else BASE - 1)
        window: Ints = start[:, None] + np.arange(self._width)
        return window

    def _of_volunteers(self, quarter: int) -> Floats:
        """P(published | n, t) for the values in the window."""
        window = self._window(quarter)
        fits = floors(window, self._t[:, None]) == self._shown[:, [quarter]]
        possible = (window >= 0) & (window <= HIGHEST)
        chance = np.where(fits, 1 - self._scheme.deviates, self._scheme.deviates)
        if self._scheme.redrawn:
            shown = self._shown[:, [quarter]]
            chance = np.mean([floors(window, t) == shown for t in range(BASE)], axis=0)
        result: Floats = np.where(possible, chance, 0.0)
        if self._said is not None and self._said[0] == quarter:
            result *= window == self._said[1][:, None]
        return result

    def run(self) -> tuple[Floats, Floats, Floats]:
        """P(n at the last date, and all that is published): [places, thresholds, n], its scale.

        The same of those who came in the last year stands between the two. Thresholds are those of
        volunteers, and within each the others.

        Within a year nothing depends on the other thresholds, so the steps of its quarters are
        taken once for all of them.
        """
        others, rows = self._scheme.others, len(self._places)
        first = self._window(-1)
        inside = (first >= 0) & (first <= HIGHEST)
        start = np.where(inside, self._dynamics.prior[np.clip(first, 0, HIGHEST)], 0.0)
        ended = np.repeat(start[:, None], len(others), axis=1)
        total = np.zeros((rows, len(others)))
        for year in range(LAST // 4):
            chance, now, scale = self._of_quarters(year, first)
            chance *= self._of_year(self._places, year, first, now)
            came = np.zeros((rows, len(others), CAME + 1))
            after = np.zeros((rows, len(others), now.shape[1]))
            for place, drawn in enumerate(others):
                joint = chance * ended[:, place][:, None, :, None]
                if self._scheme.shared:
                    joint = joint * self._of_people_of_year(year, first, drawn)
                came[:, place] = joint.sum(axis=(2, 3))
                after[:, place] = joint.sum(axis=(1, 2))
            size = after.sum(axis=2) + 1e-300
            total += np.log(size) + scale[:, None]
            ended, first = after / size[:, :, None], now
            if self._scheme.yearly and year < LAST // 4 - 1:
                ended, first, total = self._anew(ended, now, total, 4 * year + 3)
        came /= came.sum(axis=2, keepdims=True) + 1e-300
        result = np.zeros((rows, len(others), HIGHEST + 1))
        at = np.broadcast_to(np.clip(first, 0, HIGHEST)[:, None], ended.shape)
        where = np.ogrid[:rows, : len(others)]
        np.add.at(result, (where[0][..., None], where[1][..., None], at), ended)
        # Scaled per place, so that the thresholds of one place can be compared.
        of_place = total.reshape(-1, BASE * len(others))
        best = of_place.max(axis=1)
        weight = np.exp(of_place - best[:, None])[:, :, None]
        shape = (len(best), BASE * len(others), -1)
        return result.reshape(shape) * weight, came.reshape(shape) * weight, best

    def _of_quarters(self, year: int, first: Ints) -> tuple[Floats, Ints, Floats]:
        """P(came, now, what is published of the dates | n before the year), and its scale (log).

        [rows, came, n before, n now]
        """
        size = first.shape[1]
        chance = np.zeros((len(first), CAME + 1, size, size))
        chance[:, 0, np.arange(size), np.arange(size)] = 1.0
        now, scale = first, np.zeros(len(first))
        for quarter in range(4 * year, 4 * year + 4):
            after = self._window(quarter)
            chance = self._step(chance, now, after, self._places, quarter)
            chance *= self._of_volunteers(quarter)[:, None, None, :]
            if not self._scheme.shared:
                chance *= self._of_ladder(quarter, after)[:, None, None, :]
            now = after
            size_of = chance.sum(axis=(1, 2, 3)) + 1e-300
            scale += np.log(size_of)
            chance /= size_of[:, None, None, None]
        return chance, now, scale

    def _of_people_of_year(self, year: int, first: Ints, drawn: dict[str, int]) -> Floats:
        """P(volunteers of the year and new ones published | n before, came) by their thresholds."""

        def shown(measure: str) -> Floats:
            return np.array([place.view.get(measure)[LAST + year] for place in self._places])

        def threshold(measure: str) -> Ints:
            return np.full_like(self._t, drawn[measure]) if measure in drawn else self._t

        active_shown = shown("active_volunteers")
        # The year's number is raised to what is shown of any of its dates.
        dates = np.nanmax(self._shown[:, 4 * year : 4 * year + 4], axis=1)
        own = threshold("active_volunteers")
        of_active = _of_held(HIGHEST, own, active_shown, least=dates)
        own = threshold("new_volunteers")
        of_new = _of_held(CAME, own, shown("new_volunteers"), most=active_shown)
        came = np.arange(CAME + 1)[None, :, None]
        active = np.clip(first[:, None, :] + came, 0, HIGHEST)
        rows = np.arange(len(first))[:, None, None]
        result: Floats = of_active[rows, active] * of_new[:, :, None]
        return result[..., None]

    def _anew(
        self, ended: Floats, now: Ints, total: Floats, quarter: int
    ) -> tuple[Floats, Ints, Floats]:
        """Forget the threshold: each is as likely in the next year, whatever it was in this one."""
        places = len(total) // BASE
        best = total.reshape(-1, BASE).max(axis=1).repeat(BASE)[:, None]
        weighed = ended[:, 0] * np.exp(total - best)
        dense = np.zeros((places, HIGHEST + 1))
        rows = np.repeat(np.arange(places), BASE * now.shape[1])
        np.add.at(dense, (rows, np.clip(now, 0, HIGHEST).ravel()), weighed.ravel())
        wide = self._shown[:, [quarter]].astype(np.int64) + np.arange(1 - BASE, BASE)
        inside = (wide >= 0) & (wide <= HIGHEST)
        at = np.repeat(np.arange(places), BASE)[:, None]
        start = np.where(inside, dense[at, np.clip(wide, 0, HIGHEST)], 0.0)
        return start[:, None], wide, best

    def _step(
        self, chance: Floats, now: Ints, after: Ints, places: list[Place], quarter: int
    ) -> Floats:
        moves = self._dynamics.moves[
            np.clip(now, 0, HIGHEST)[:, :, None], np.clip(after, 0, HIGHEST)[:, None, :]
        ]
        if not self._scheme.shared:
            moves = moves * self._of_new_in_quarter(places, quarter)[:, None, None, :]
        rows, size = len(now), chance.shape[2]
        result = np.zeros((rows, CAME + 1, size, after.shape[1]))
        for came in range(CAME + 1):
            kept = CAME + 1 - came
            old = chance[:, :kept].reshape(rows, kept * size, now.shape[1])
            new = old @ moves[:, :, :, came]
            result[:, came:] += new.reshape(rows, kept, size, after.shape[1])
        return result

    def _of_ladder(self, quarter: int, now: Ints) -> Floats:
        """Numbers of a quarter that are sums of several draws."""
        result = np.ones(now.shape)
        rows = np.arange(len(now))[:, None]
        for measure, fresh in _FRESH.items():
            values = np.array([place.view.get(measure)[quarter] for place in self._places])
            chance = _of_shown(self._dynamics.shown[measure], values)
            result *= chance[rows, np.clip(now, 0, HIGHEST)] ** fresh
        return result

    def _of_new_in_quarter(self, places: list[Place], quarter: int) -> Floats:
        shown = np.array([place.view.get("new_volunteers")[quarter] for place in places])
        return _of_published(np.eye(CAME + 1), shown, self._t, shared=False)

    def _of_year(self, places: list[Place], year: int, first: Ints, now: Ints) -> Floats:
        """P(what is published of a year | n before, n now, came): [rows, came, first, now].

        With shared thresholds without people of the year: see `_of_people_of_year`.
        """
        shared, tables = self._scheme.shared, self._dynamics.tables

        def shown(measure: str, at: int = 16 + year, category: str = ALL) -> Floats:
            return np.array([place.view.get(measure, category)[at] for place in places])

        def of(measure: str, values: Floats, own: bool = True) -> Floats:
            return _of_published(tables[measure], values, self._t, own)

        came = np.arange(CAME + 1)[None, :, None, None]
        active = np.clip(first[:, None, :, None] + came, 0, HIGHEST)
        left = np.clip(active - now[:, None, None, :], 0, HIGHEST)
        if shared:
            levels = shown("ladder_level", 4 * year + 3)
            # Where only merged classes are shown, their whole is their sum.
            merged = sum(shown("ladder_level", 4 * year + 3, name) for name in CLASSES)
            levels = np.where(np.isnan(levels), merged, levels)
            of_active = of("ladder_level", levels) * of("ladder_moves", shown("ladder_moves"))
            of_left = of("outflow", shown("outflow"), self._scheme.all_sets)
        else:
            active_shown = shown("active_volunteers")
            of_active = _of_published(np.eye(HIGHEST + 1), active_shown, self._t, shared=False)
            of_left = _of_shown(self._dynamics.shown["outflow"], shown("outflow"))
        rows = np.arange(len(places))[:, None, None, None]
        result: Floats = of_active[rows, active] * of_left[rows, left]
        if not shared:
            of_moves = _of_shown(self._dynamics.shown["moves of the year"], shown("ladder_moves"))
            both = np.clip(first[:, :, None] + now[:, None, :], 0, 2 * HIGHEST)
            result = result * of_moves[rows[..., 0], both][:, None]
        return result


class Mixture:
    """Exact attackers of several kinds of register: how well each explains a place weighs it."""

    def __init__(self, scheme: Scheme, samples: list[Sample]) -> None:
        self._scheme = scheme
        self._kinds = [learn(sample, scheme.shared) for sample in samples]
        self._known: dict[int, tuple[Place, tuple[Floats, ...]]] = {}

    def find(self, places: list[Place], batch: int = 60) -> "Found":
        """Return what the attacker knows of each place, each true value as likely beforehand."""
        for place in places:
            # Larger places lie outside the states: nothing is known about them here.
            if np.nanmax(place.view.get("volunteers")) > HIGHEST:
                nothing = (np.full(9, 1 / 9), np.full(9, 1 / 9), np.full(BASE, 1 / BASE))
                self._known.setdefault(id(place), (place, nothing))
        new = [place for place in places if id(place) not in self._known]
        for scheme, rows in self._by_scheme(new):
            for start in range(0, len(rows), batch):
                here = [new[row] for row in rows[start : start + batch]]
                for place, *found in zip(here, *self._find(scheme, here), strict=True):
                    self._known[id(place)] = place, tuple(found)
        rows = [self._known[id(place)][1] for place in places]
        return Found(*(np.array(each) for each in zip(*rows, strict=True)))

    def find_knowing(
        self, places: list[Place], quarter: int, said: Ints, batch: int = 60
    ) -> "Found":
        """Return the same for one who also knows the true volunteers of one date."""
        result: list[Floats] = [np.zeros((len(places), 9)), np.zeros((len(places), 9))]
        result.append(np.zeros((len(places), BASE)))
        for scheme, rows in self._by_scheme(places):
            for start in range(0, len(rows), batch):
                here = rows[start : start + batch]
                found = self._find(scheme, [places[row] for row in here], (quarter, said[here]))
                for whole, part in zip(result, found, strict=True):
                    whole[here] = part
        return Found(*result)

    def likelihoods(self, places: list[Place], quarter: int, batch: int = 60) -> list[Floats]:
        """Return, per kind of register, P(all that is published, n volunteers at a date | t).

        [places, threshold, n], of a place on one scale for all kinds. The chance of n itself is in
        it (see `priors`).
        """
        result = [np.zeros((len(places), BASE, HIGHEST + 1)) for _ in self._kinds]
        for scheme, rows in self._by_scheme(places):
            for start in range(0, len(rows), batch):
                here = rows[start : start + batch]
                found = self._likelihoods(scheme, [places[row] for row in here], quarter)
                for whole, part in zip(result, found, strict=True):
                    whole[here] = part
        return result

    def _by_scheme(self, places: list[Place]) -> Iterator[tuple[Scheme, Ints]]:
        """Group places by the measures apart that they show: only their thresholds matter."""
        shown = [
            tuple(each for each in self._scheme.apart if not np.isnan(place.view.get(each)).all())
            for place in places
        ]
        for apart in sorted(set(shown)):
            rows = np.array([row for row, each in enumerate(shown) if each == apart])
            yield replace(self._scheme, apart=apart), rows

    @property
    def priors(self) -> list[Floats]:
        """Return, per kind of register, how often each number of volunteers is met."""
        return [dynamics.prior for dynamics in self._kinds]

    def _likelihoods(self, scheme: Scheme, places: list[Place], quarter: int) -> list[Floats]:
        shown = np.array([place.view.get("volunteers")[quarter] for place in places])
        weights = np.zeros((len(self._kinds), len(places), BASE, HIGHEST + 1))
        logs = np.full((len(self._kinds), len(places), 1, HIGHEST + 1), -np.inf)
        rows = np.arange(len(places))
        for step in range(1 - BASE, BASE):
            said = shown.astype(np.int64) + step
            inside = (said >= 0) & (said <= HIGHEST)
            at = said[inside]
            for kind, dynamics in enumerate(self._kinds):
                steps = _Steps(scheme, dynamics, places, (quarter, said))
                found, _, scale = steps.run()
                of_threshold = found.sum(axis=2).reshape(len(places), BASE, -1).sum(axis=2)
                weights[kind, rows[inside], :, at] = of_threshold[inside]
                logs[kind, rows[inside], 0, at] = scale[inside]
        best = logs.max(axis=(0, 2, 3), keepdims=True)
        return list(weights * np.exp(logs - best))

    def _find(
        self, scheme: Scheme, places: list[Place], said: tuple[int, Ints] | None = None
    ) -> tuple[Floats, Floats, Floats]:
        people, coming, scales = [], [], []
        for dynamics in self._kinds:
            found, came, scale = _Steps(scheme, dynamics, places, said).run()
            people.append(found / dynamics.last)
            coming.append(came / dynamics.came)
            scales.append(scale)
        weight = np.exp(np.array(scales) - np.max(scales, axis=0))[:, :, None, None]
        joint = (weight * np.array(people)).sum(axis=0) + _TINY
        came = (weight * np.array(coming)).sum(axis=0).sum(axis=1)[:, 1:10] + _TINY
        of_threshold = joint.sum(axis=2).reshape(len(places), BASE, -1).sum(axis=2)
        return (
            _shares(joint.sum(axis=1)[:, 1:10]),
            _shares(came),
            _shares(of_threshold),
        )


@dataclass(frozen=True)
class Found:
    """Posteriors: volunteers at the last date (1-9), new ones in the last year (1-9), threshold."""

    volunteers: Floats
    came: Floats
    threshold: Floats


def _shares(weights: Floats) -> Floats:
    result: Floats = weights / weights.sum(axis=1, keepdims=True)
    return result


def one_cell(places: list[Place]) -> Floats:
    """P(n | the last volunteers cell alone): each threshold and each n of 1-9 as likely."""
    shown = np.array([place.view.get("volunteers")[LAST - 1] for place in places])
    n = np.arange(1, 10)
    fits = np.array([floors(n, t) for t in range(BASE)])
    return _shares((fits[None] == shown[:, None, None]).sum(axis=1) + _TINY)
