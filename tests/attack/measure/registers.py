"""Invented registers: people one by one, so that every true relation between counts holds.

Time runs in quarters from 0 (the first day of the first quarter) to 16 (the last day of the
last). People arrive in a leaf (wijk, organisation) as a Poisson process and stay for a random
time; everything else that is counted hangs on those people. Whole tables of people are numpy
columns: 300 gemeenten take a few seconds.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]
LeafKey = tuple[str, ...]
Counts = dict[str, dict[tuple[str, str], dict[LeafKey, int]]]

FIRST_YEAR = 2021
YEARS = tuple(str(FIRST_YEAR + each) for each in range(4))
QUARTERS = tuple(f"{year}-Q{quarter}" for year in YEARS for quarter in (1, 2, 3, 4))
LAST = len(QUARTERS)
ITEMS = ("c1/step", "c1/work")
# Categories of every measure of the catalogue ("" where there are none), in their fixed order.
# They stand here and not in the catalogue's own words because old and new catalogues differ.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "volunteers": ("",),
    "new_volunteers": ("",),
    "volunteer_hours": ("",),
    "outflow": ("paid_without_support", "paid_with_support", "self_employed"),
    "still_in_work_6": ("",),
    "still_in_work_12": ("",),
    "still_in_work_18": ("",),
    "active_volunteers": ("",),
    "ladder_level": ("1", "2", "3", "4", "5", "6"),
    "ladder_moves": ("up", "same", "down"),
    "results_claimed": ("",),
    "results_judged": ("yes", "no"),
    "results_checked": ("yes", "no"),
    "results_differing": ("residents_only", "administration_only"),
    "results_paid": ("",),
    "allowance_above_maximum": ("",),
}
BY_YEAR = ("active_volunteers", "allowance_above_maximum")
OF_RESULTS = tuple(each for each in CATEGORIES if each.startswith("results_"))
# 6, 12 and 18 months in quarters: the product counts 183, 365 and 548 days.
WORK_MOMENTS = {6: 2.0, 12: 4.0, 18: 6.0}
HIGHEST_HOURS = 400


@dataclass(frozen=True)
class Variant:
    """How people come, stay, read and move on; `unlike` is in no attacker's training.

    `mix`: how much alike places are in the levels of their people: each has its own chances, from
    a Dirichlet distribution with `mix` times `levels`; 0 gives all places the same.
    """

    name: str
    stay: float
    lifers: float
    growth: float
    autumn: float
    returning: float
    levels: tuple[float, ...]
    up: float
    down: float
    read: float
    to_work: float
    mix: float = 0.0


CHURNING = Variant(
    "churning", 6.0, 0.0, 0.0, 0.0, 0.0, (0.1, 0.2, 0.3, 0.3, 0.07, 0.03), 0.2, 0.07, 1.0, 0.35
)
STATIC = Variant(
    "static", 45.0, 0.0, 0.0, 0.0, 0.0, (0.1, 0.2, 0.3, 0.3, 0.07, 0.03), 0.06, 0.03, 1.0, 0.35
)
UNLIKE = Variant(
    "unlike", 5.0, 0.45, 0.04, 1.5, 0.25, (0.05, 0.1, 0.15, 0.5, 0.12, 0.08), 0.3, 0.15, 0.8, 0.55
)
# The smallest wijken of the sample: in 6 of 16 the number does not change in sixteen quarters.
SETTLED = Variant(
    "settled", 400.0, 0.0, 0.0, 0.0, 0.0, (0.14, 0.36, 0.34, 0.16, 0.0, 0.0), 0.17, 0.05, 0.93, 0.35
)
# How long people stay, are read and move in the sample as a whole (7 % leave in a quarter).
LIKE_SAMPLE = Variant(
    "like the sample", 14.0, 0.0, 0.03, 0.0, 0.0, SETTLED.levels, 0.17, 0.05, 0.93, 0.35
)
# People stay so long that a place of twenty has one to nine new volunteers in a year.
STEADY = replace(CHURNING, name="steady", stay=25.0, up=0.1, down=0.04)
VARIANTS = {each.name: each for each in (CHURNING, STATIC, UNLIKE, SETTLED, STEADY)}
_UNLIKE_EACH_OTHER = 4.0


@dataclass(frozen=True)
class Leaf:
    """One wijk of one organisation."""

    town: int
    wijk: str
    organisation: str


@dataclass(frozen=True)
class Register:
    """Tables of people; `leaf` columns point into `leaves`, `person` columns are pseudonyms."""

    leaves: tuple[Leaf, ...]
    agreements: Columns
    readings: Columns
    placements: Columns
    results: Columns
    allowances: Columns

    @property
    def towns(self) -> int:
        """Return the number of gemeenten."""
        return self.leaves[-1].town + 1

    def with_agreements(self, **more: NDArray[Any]) -> "Register":
        """Return the register with agreements added."""
        columns = {name: np.concatenate([self.agreements[name], more[name]]) for name in more}
        return replace(self, agreements=columns)

    def with_readings(self, **more: NDArray[Any]) -> "Register":
        """Return the register with readings of the ladder added."""
        columns = {name: np.concatenate([self.readings[name], more[name]]) for name in more}
        return replace(self, readings=columns)


Dense = dict[str, Ints]
"""True counts: measure -> array[leaf, item, category, period]."""


def make_leaves(rng: np.random.Generator, towns: int, shared: float = 0.15) -> tuple[Leaf, ...]:
    """Gemeenten of 8-25 wijken and 2-4 organisations; a share of the wijken has two of them.

    In half of the gemeenten the last organisation works in one or two wijken only.
    """
    leaves: list[Leaf] = []
    for town in range(towns):
        wijken = [f"WK{town:04d}{each:02d}" for each in range(rng.integers(8, 26))]
        names = [f"G{town:04d}-{each}" for each in range(rng.integers(2, 5))]
        weights = rng.dirichlet(np.full(len(names), 2.0))
        at = rng.choice(len(names), size=len(wijken), p=weights)
        if rng.random() < 0.5:
            at[at == len(names) - 1] = 0
            at[rng.choice(len(wijken), size=rng.integers(1, 3), replace=False)] = len(names) - 1
        for wijk, first in zip(wijken, at, strict=True):
            leaves.append(Leaf(town, wijk, names[first]))
            if rng.random() < shared:
                other = (first + rng.integers(1, len(names))) % len(names)
                leaves.append(Leaf(town, wijk, names[other]))
    return tuple(leaves)


def make_leaves_of_few(rng: np.random.Generator, towns: int) -> tuple[Leaf, ...]:
    """Gemeenten of 8-25 wijken in which every organisation works in one or two of them."""
    leaves: list[Leaf] = []
    for town in range(towns):
        left, organisation = int(rng.integers(8, 26)), 0
        while left:
            mine = min(left, 2 if rng.random() < 0.75 else 1)
            names = [f"WK{town:04d}{left - each:02d}" for each in range(mine)]
            leaves += [Leaf(town, wijk, f"G{town:04d}-{organisation}") for wijk in names]
            left, organisation = left - mine, organisation + 1
    return tuple(leaves)


def leaf_sizes(rng: np.random.Generator, leaves: int) -> Floats:
    """Mean number of volunteers: most wijken small enough to be a target, some large."""
    small = rng.uniform(0.3, 12.0, leaves)
    large = np.exp(rng.uniform(np.log(10.0), np.log(90.0), leaves))
    return np.where(rng.random(leaves) < 0.72, small, large)


def larger_sizes(rng: np.random.Generator, leaves: int) -> Floats:
    """Mean number of volunteers of places that show flows and levels, of which many are small."""
    sizes: Floats = np.exp(rng.uniform(np.log(5.0), np.log(36.0), leaves))
    return sizes


def make_larger(rng: np.random.Generator, variant: Variant, towns: int) -> "Register":
    """Invent places of 5 to 36 people, with much or few of each level: for flows and levels."""
    return make_register(rng, replace(variant, mix=_UNLIKE_EACH_OTHER), towns, larger_sizes)


def make_twenties(rng: np.random.Generator, variant: Variant, towns: int) -> "Register":
    """Invent places of 20 to 36 people: those that show new volunteers and six levels."""
    return make_register(
        rng,
        replace(variant, mix=_UNLIKE_EACH_OTHER),
        towns,
        lambda random, leaves: random.uniform(20.0, 36.0, leaves),
    )


def make_register(
    rng: np.random.Generator,
    variant: Variant,
    towns: int,
    sizes: Callable[[np.random.Generator, int], Floats] = leaf_sizes,
    leaves: tuple[Leaf, ...] = (),
) -> Register:
    """Invent everything that is counted in a number of gemeenten."""
    leaves = leaves or make_leaves(rng, towns)
    agreements = _agreements(rng, variant, leaves, sizes(rng, len(leaves)))
    readings = _readings(rng, variant, agreements)
    placements = _placements(rng, variant, agreements)
    results = _results(rng, readings, placements)
    active = _yearly(agreements)
    chosen = rng.random(len(active["person"])) < 0.06
    allowances = {name: column[chosen] for name, column in active.items()}
    return Register(leaves, agreements, readings, placements, results, allowances)


def _agreements(
    rng: np.random.Generator, variant: Variant, leaves: tuple[Leaf, ...], sizes: Floats
) -> Columns:
    """Stationary at quarter 0: Poisson(size) people, whose stays have no memory."""
    here = rng.poisson(sizes)
    mean_stay = variant.stay / (1 - variant.lifers)
    arriving = rng.poisson(sizes / mean_stay * LAST * (1 + 8 * variant.growth))
    count = int(here.sum() + arriving.sum())
    leaf = np.concatenate([np.repeat(np.arange(len(leaves)), each) for each in (here, arriving)])
    start = np.empty(count)
    old = int(here.sum())
    start[:old] = -rng.exponential(variant.stay, old)
    start[old:] = rng.uniform(0, LAST, count - old)
    # In autumn more people start: some starts move to the third quarter of their year.
    late = (np.arange(count) >= old) & (rng.random(count) < variant.autumn / 4)
    start[late] = 4 * (start[late] // 4) + 2 + rng.random(int(late.sum()))
    stay = rng.exponential(variant.stay, count) + np.where(
        rng.random(count) < variant.lifers, 60.0, 0.0
    )
    end = np.where(np.arange(count) < old, stay, start + stay)
    hours = np.clip(rng.gamma(2.0, 30.0, count).astype(np.int64) + 10, 10, HIGHEST_HOURS)
    person = np.arange(count)
    first = {"person": person, "leaf": leaf, "start": start, "end": end, "hours": hours}
    extra = [_second(rng, first, leaves), _back(rng, variant, first)]
    return {name: np.concatenate([first[name], *(each[name] for each in extra)]) for name in first}


def _second(rng: np.random.Generator, first: Columns, leaves: tuple[Leaf, ...]) -> Columns:
    """Three in a hundred people also have an agreement with another organisation."""
    rows = np.flatnonzero(rng.random(len(first["person"])) < 0.03)
    by_town: dict[int, list[int]] = {}
    for index, leaf in enumerate(leaves):
        by_town.setdefault(leaf.town, []).append(index)
    other = []
    for row in rows:
        mine = leaves[first["leaf"][row]]
        others = [
            each for each in by_town[mine.town] if leaves[each].organisation != mine.organisation
        ]
        other.append(rng.choice(others) if others else -1)
    at = np.array(other, dtype=np.int64)
    rows, at = rows[at >= 0], at[at >= 0]
    start = first["start"][rows] + rng.uniform(0, 4, len(rows))
    return {
        "person": first["person"][rows],
        "leaf": at,
        "start": start,
        "end": np.maximum(first["end"][rows], start + 0.5),
        "hours": first["hours"][rows],
    }


def _back(rng: np.random.Generator, variant: Variant, first: Columns) -> Columns:
    """Some people come back to the same place after a while."""
    rows = np.flatnonzero(rng.random(len(first["person"])) < variant.returning)
    start = first["end"][rows] + rng.uniform(0.5, 5, len(rows))
    return {
        "person": first["person"][rows],
        "leaf": first["leaf"][rows],
        "start": start,
        "end": start + rng.exponential(variant.stay, len(rows)),
        "hours": first["hours"][rows],
    }


def _readings(rng: np.random.Generator, variant: Variant, agreements: Columns) -> Columns:
    """Twice a year while the agreement runs, from four quarters before the first date on."""
    start = np.maximum(agreements["start"], -4.0)
    when = start + rng.uniform(0, 2, len(start))
    level = _first_levels(rng, variant, agreements["leaf"])
    last = np.minimum(agreements["end"], float(LAST))
    parts: list[Columns] = []
    for _ in range(11):
        held = (when < last) & (rng.random(len(when)) < variant.read)
        parts.append(
            {
                "person": agreements["person"][held],
                "leaf": agreements["leaf"][held],
                "when": when[held],
                "level": level[held],
            }
        )
        draw = rng.random(len(level))
        step = np.where(draw < variant.up, 1, np.where(draw > 1 - variant.down, -1, 0))
        level = np.clip(level + step, 0, 5)
        when = when + 2.0
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _first_levels(rng: np.random.Generator, variant: Variant, leaf: Ints) -> Ints:
    if not variant.mix:
        drawn: Ints = rng.choice(6, size=len(leaf), p=variant.levels)
        return drawn
    weights = variant.mix * np.array(variant.levels) + 0.05
    chances = rng.dirichlet(weights, size=int(leaf.max()) + 1).cumsum(axis=1)
    above = rng.random(len(leaf))[:, None] > chances[leaf]
    return np.minimum(above.sum(axis=1), 5)


def _placements(rng: np.random.Generator, variant: Variant, agreements: Columns) -> Columns:
    """A share of those who leave starts in paid work that day."""
    left = (agreements["end"] >= 0) & (agreements["end"] < LAST)
    rows = np.flatnonzero(left & (rng.random(len(left)) < variant.to_work))
    start = agreements["end"][rows]
    return {
        "person": agreements["person"][rows],
        "leaf": agreements["leaf"][rows],
        "start": start,
        "end": start + rng.exponential(10.0, len(rows)),
        "kind": rng.choice(3, size=len(rows), p=(0.5, 0.35, 0.15)),
    }


def _results(rng: np.random.Generator, readings: Columns, placements: Columns) -> Columns:
    """Steps up and starts in work are claimed, then judged, checked and paid for, or not."""
    order = np.lexsort((readings["when"], readings["leaf"], readings["person"]))
    person, leaf, level, when = (
        readings[name][order] for name in ("person", "leaf", "level", "when")
    )
    same = (person[1:] == person[:-1]) & (leaf[1:] == leaf[:-1])
    rose = np.flatnonzero(same & (level[1:] > level[:-1]) & (when[1:] > 0)) + 1
    happened = np.concatenate([when[rose], placements["start"]])
    where = np.concatenate([leaf[rose], placements["leaf"]])
    item = np.concatenate([np.zeros(len(rose), int), np.ones(len(placements["start"]), int)])
    kept = rng.random(len(happened)) < 0.6
    happened, where, item = happened[kept], where[kept], item[kept]
    count = len(happened)
    never = float(LAST + 99)
    claimed = happened + rng.exponential(0.5, count)
    judged = np.where(rng.random(count) < 0.9, claimed + rng.exponential(1.0, count), never)
    checked = np.where(rng.random(count) < 0.8, claimed + rng.exponential(1.5, count), never)
    achieved = rng.random(count) < 0.8
    passed = np.where(rng.random(count) < 0.88, achieved, ~achieved)
    paid = np.where(achieved & (judged < never), judged + rng.exponential(1.0, count), never)
    return {
        "leaf": where,
        "item": item,
        "claimed": claimed,
        "judged": judged,
        "achieved": achieved,
        "checked": checked,
        "passed": passed,
        "paid": paid,
    }


def _yearly(agreements: Columns) -> Columns:
    """One row per person, leaf and year in which an agreement runs."""
    parts: list[Columns] = []
    for year in range(len(YEARS)):
        runs = (agreements["start"] < 4 * year + 4) & (agreements["end"] >= 4 * year)
        parts.append(
            {
                "person": agreements["person"][runs],
                "leaf": agreements["leaf"][runs],
                "year": np.full(int(runs.sum()), year),
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


class Counting:
    """True counts of a register.

    `once` is the rule of the old product: a person counts once, at the longest agreement, the
    latest reading, the first start in work. Otherwise at each organisation.
    """

    def __init__(self, register: Register, once: bool) -> None:
        self.register = register
        names = sorted({leaf.organisation for leaf in register.leaves})
        number = {name: index for index, name in enumerate(names)}
        self._organisation = np.array([number[leaf.organisation] for leaf in register.leaves])
        self._once = once
        self._width = len(names) + 1

    def counts(self) -> Dense:
        """Count every measure."""
        dense = {
            measure: np.zeros(
                (
                    len(self.register.leaves),
                    len(ITEMS) if measure in OF_RESULTS else 1,
                    len(categories),
                    len(YEARS) if measure in BY_YEAR else LAST,
                ),
                dtype=np.int64,
            )
            for measure, categories in CATEGORIES.items()
        }
        self._volunteering(dense)
        self._work(dense)
        self._ladder(dense)
        self._of_results(dense)
        self._of_allowances(dense)
        return dense

    def _key(self, rows: Columns) -> Ints:
        key: Ints = rows["person"] * self._width
        if not self._once:
            key = key + 1 + self._organisation[rows["leaf"]]
        return key

    def _firsts(self, rows: Columns, *order: NDArray[Any]) -> Ints:
        """Positions of the first row of each person (at each organisation) in an order."""
        key = self._key(rows)
        positions = np.lexsort((*order[::-1], key))
        kept = np.ones(len(key), dtype=bool)
        kept[1:] = key[positions][1:] != key[positions][:-1]
        return positions[kept]

    def _volunteering(self, dense: Dense) -> None:
        rows = self.register.agreements
        firsts = _select(rows, self._firsts(rows, rows["start"]))
        begun = firsts["start"] >= 0
        _add(dense["new_volunteers"], _select(firsts, begun & (firsts["start"] < LAST)), "start")
        for quarter in range(LAST):
            running = _select(rows, (rows["start"] < quarter + 1) & (rows["end"] >= quarter + 1))
            longest = _select(running, self._firsts(running, running["start"]))
            np.add.at(dense["volunteers"][:, 0, 0, quarter], longest["leaf"], 1)
            hours = np.minimum(longest["hours"], HIGHEST_HOURS)
            np.add.at(dense["volunteer_hours"][:, 0, 0, quarter], longest["leaf"], hours)

    def _work(self, dense: Dense) -> None:
        for year in range(len(YEARS)):
            starts = self.register.placements["start"]
            inside = (starts >= 4 * year) & (starts < 4 * year + 4)
            rows = _select(self.register.placements, inside)
            rows = _select(rows, self._firsts(rows, rows["start"]))
            _add(dense["outflow"], rows, "start", "kind")
            for months, quarters in WORK_MOMENTS.items():
                still = _select(rows, rows["end"] >= rows["start"] + quarters)
                _add(dense[f"still_in_work_{months}"], still, "start")
            self._active(dense, year, rows)

    def _active(self, dense: Dense, year: int, left: Columns) -> None:
        rows = self.register.agreements
        runs = _select(rows, (rows["start"] < 4 * year + 4) & (rows["end"] >= 4 * year))
        both = {
            name: np.concatenate([left[name], runs[name]]) for name in ("person", "leaf", "start")
        }
        rank = np.concatenate([np.zeros(len(left["leaf"])), np.ones(len(runs["leaf"]))])
        people = _select(both, self._firsts(both, rank, both["start"]))
        np.add.at(dense["active_volunteers"][:, 0, 0, year], people["leaf"], 1)

    def _ladder(self, dense: Dense) -> None:
        rows = self.register.readings
        for quarter in range(LAST):
            recent = _select(rows, (rows["when"] <= quarter + 1) & (rows["when"] > quarter - 3))
            latest = _select(recent, self._firsts(recent, -recent["when"]))
            np.add.at(dense["ladder_level"][:, 0, :, quarter], (latest["leaf"], latest["level"]), 1)
        # The last reading of each quarter, against the one before it.
        quarter_of = np.floor(rows["when"]).astype(np.int64)
        key = self._key(rows)
        order = np.lexsort((rows["when"], key))
        key, quarter_of = key[order], quarter_of[order]
        leaf, level = rows["leaf"][order], rows["level"][order]
        final = np.ones(len(key), dtype=bool)
        final[:-1] = (key[1:] != key[:-1]) | (quarter_of[1:] != quarter_of[:-1])
        key, quarter_of, leaf, level = key[final], quarter_of[final], leaf[final], level[final]
        moved = np.flatnonzero((key[1:] == key[:-1]) & (quarter_of[1:] >= 0)) + 1
        category = 1 - np.sign(level[moved] - level[moved - 1])
        np.add.at(dense["ladder_moves"][:, 0], (leaf[moved], category, quarter_of[moved]), 1)

    def _of_results(self, dense: Dense) -> None:
        rows = self.register.results
        yes, passed = rows["achieved"], rows["passed"]
        both = np.maximum(rows["judged"], rows["checked"])
        differ = _select({**rows, "both": both}, yes != passed)
        for measure, table, when, category in (
            ("results_claimed", rows, rows["claimed"], np.zeros(len(yes), int)),
            ("results_judged", rows, rows["judged"], 1 - yes.astype(int)),
            ("results_checked", rows, rows["checked"], 1 - passed.astype(int)),
            ("results_differing", differ, differ["both"], 1 - differ["achieved"].astype(int)),
            ("results_paid", rows, rows["paid"], np.zeros(len(yes), int)),
        ):
            inside = when < LAST
            place = (table["leaf"][inside], table["item"][inside], category[inside])
            np.add.at(dense[measure], (*place, np.floor(when[inside]).astype(int)), 1)
            np.cumsum(dense[measure], axis=-1, out=dense[measure])

    def _of_allowances(self, dense: Dense) -> None:
        rows = self.register.allowances
        for year in range(len(YEARS)):
            mine = _select(rows, rows["year"] == year)
            people = _select(mine, self._firsts(mine))
            np.add.at(dense["allowance_above_maximum"][:, 0, 0, year], people["leaf"], 1)


def _select(rows: Columns, chosen: NDArray[Any]) -> Columns:
    return {name: column[chosen] for name, column in rows.items()}


def _add(cells: Ints, rows: Columns, when: str, category: str = "") -> None:
    quarter = np.floor(rows[when]).astype(np.int64)
    kind = rows[category] if category else np.zeros(len(quarter), dtype=np.int64)
    np.add.at(cells[:, 0], (rows["leaf"], kind, quarter), 1)


@dataclass(frozen=True)
class Town:
    """One gemeente: what is public about it and its true counts."""

    code: str
    leaves: tuple[Leaf, ...]
    dense: Dense

    @property
    def wijken(self) -> tuple[str, ...]:
        """Return its wijken."""
        return tuple(sorted({leaf.wijk for leaf in self.leaves}))

    @property
    def organisations(self) -> tuple[str, ...]:
        """Return its organisations."""
        return tuple(sorted({leaf.organisation for leaf in self.leaves}))

    def counts(self, allowances_of_organisations: bool) -> Counts:
        """Return true counts in the form of data_access.publish.counts, per measure."""
        result: Counts = {}
        for measure, cells in self.dense.items():
            periods = YEARS if measure in BY_YEAR else QUARTERS
            items = ITEMS if measure in OF_RESULTS else ("",)
            named = measure != "allowance_above_maximum" or allowances_of_organisations
            mine: dict[tuple[str, str], dict[LeafKey, int]] = {}
            for leaf, item, category, period in zip(*np.nonzero(cells), strict=True):
                at = self.leaves[leaf]
                organisation = at.organisation if named else ""
                key = (at.wijk, organisation, items[item], CATEGORIES[measure][category])
                here = mine.setdefault((self.code, periods[period]), {})
                here[key] = here.get(key, 0) + int(cells[leaf, item, category, period])
            result[measure] = mine
        return result


def towns_of(register: Register, dense: Dense) -> Iterator[Town]:
    """Split a register into its gemeenten."""
    town_of = np.array([leaf.town for leaf in register.leaves])
    for town in range(register.towns):
        rows = np.flatnonzero(town_of == town)
        yield Town(
            f"GM{town:04d}",
            tuple(register.leaves[row] for row in rows),
            {measure: cells[rows] for measure, cells in dense.items()},
        )


def equally_frequent(rng: np.random.Generator, true: Ints, allowed: NDArray[Any]) -> Ints:
    """Positions with a true value of 1-9, as many of each value: the others are rejected.

    Rejection keeps, for each value, the histories that lead to it as they are.
    """
    pools = [np.flatnonzero(allowed & (true == value)) for value in range(1, 10)]
    size = min(len(pool) for pool in pools)
    return np.sort(np.concatenate([rng.permutation(pool)[:size] for pool in pools]))
