"""The rules of the design in small, with switches for the designs that were tried.

Written apart from the product: it is what the measurement was developed on, and where the broken
designs come from that every attacker must succeed against.
"""

import hashlib
import hmac
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.attack.measure.published import ALL, Cell, Protect, Published
from tests.attack.measure.registers import (
    BY_YEAR,
    CATEGORIES,
    ITEMS,
    OF_RESULTS,
    QUARTERS,
    YEARS,
    Ints,
    Town,
)

BASE = 5
HOURS_BASE = 400
FROM_SIX_LEVELS = 20
FROM_THREE_CLASSES = 10
GROUP_WIJKEN = 3
GROUP_PEOPLE = 20
CLASSES = {"1-2": (0, 1), "3-4": (2, 3), "5-6": (4, 5)}
SETS = {
    "volunteering": (
        "volunteers",
        "new_volunteers",
        "volunteer_hours",
        "active_volunteers",
        "ladder_level",
        "ladder_moves",
    ),
    "work": ("outflow", "still_in_work_6", "still_in_work_12", "still_in_work_18"),
    "results": OF_RESULTS,
    "allowances": ("allowance_above_maximum",),
}
# Levels and classes with thresholds of their own; level 3 is what they leave of the whole.
REST = "3"
BY_THEMSELVES = ("1", "2", "4", "5", "6", "1-2", "5-6")
SET_OF = {measure: name for name, measures in SETS.items() for measure in measures}


@dataclass(frozen=True)
class Design:
    """The design and what was tried instead of its parts.

    draw: whether a leaf has one threshold for ever, one a year, or one per number. groups: small
    leaves as one leaf of their own, as the sum of their rounded members, or not kept apart at all
    (each leaf has its breakdown, whatever its size). apart: measures that leave the set of
    volunteering, each for a threshold of its own. levels_by_sums: levels of the ladder are
    differences of running sums under one threshold, not rounded each by its own. new_of_small,
    active_of_small: whether small leaves show new volunteers, and those of the year. new_from: from
    how many people leaves show new volunteers. by_new: also from how many new ones. two_as_others:
    organisations in two wijken show breakdowns beside a smaller wijk too.
    """

    name: str = "rules"
    draw: str = "once"
    one_for_all_sets: bool = False
    balanced: bool = True
    groups: str = "own leaf"
    three_classes_from: int = FROM_THREE_CLASSES
    six_levels_from: int = FROM_SIX_LEVELS
    apart: tuple[str, ...] = ("active_volunteers", "new_volunteers")
    levels_by_sums: bool = False
    new_of_small: bool = False
    active_of_small: bool = False
    new_from: int = FROM_SIX_LEVELS
    by_new: bool = True
    two_as_others: bool = False

    def set_of(self, measure: str) -> str:
        """Return the threshold that a measure has: of a set of people, or its own."""
        if self.one_for_all_sets:
            return "all"
        return SET_OF[measure] if measure in SET_OF and measure not in self.apart else measure


def random_of(key: bytes, *name: object) -> random.Random:
    """Return a generator seeded by HMAC-SHA256 of an unambiguous name."""
    digest = hmac.new(key, repr(name).encode(), hashlib.sha256).digest()
    return random.Random(int.from_bytes(digest))


def rounded(counts: Ints, thresholds: Ints, base: int = BASE) -> Ints:
    """Return 5 x floor((n + t) / 5) (hours: with the threshold scaled to their base)."""
    result: Ints = base * ((counts + thresholds * (base // BASE)) // base)
    return result


def in_parts(counts: Ints, thresholds: Ints, axis: int) -> Ints:
    """Round the parts of a whole as differences of rounded running sums."""
    running = rounded(np.cumsum(counts, axis=axis), thresholds)
    return np.diff(running, axis=axis, prepend=0)


@dataclass
class Release:
    """One release of one gemeente under a design."""

    design: Design
    town: Town
    key: bytes
    cells: dict[tuple[str, str, str, str, str, str], int | None] = field(default_factory=dict)

    def publish(self) -> Published:
        """Return every cell."""
        self._thresholds = self._leaf_thresholds()
        self._every_leaf()
        for year in range(len(YEARS)):
            self._breakdowns(year)
        return [
            Cell(*key, value, "not_shown" if value is None else "published")
            for key, value in self.cells.items()
        ]

    def _leaf_thresholds(self) -> dict[str, Ints]:
        """Balanced: each block of five leaves of an organisation has a permutation of 0-4."""
        found = {}
        names = {self.design.set_of(measure) for measure in CATEGORIES}
        for known in (*names, *(f"ladder_level {each}" for each in BY_THEMSELVES)):
            values = np.zeros(len(self.town.leaves), dtype=np.int64)
            for organisation in self.town.organisations:
                mine = self._rows(organisation)
                for start in range(0, len(mine), BASE):
                    block = mine[start : start + BASE]
                    draw = random_of(self.key, known, organisation, start)
                    values[block] = (
                        draw.sample(range(BASE), BASE)
                        if self.design.balanced
                        else [draw.randrange(BASE) for _ in range(BASE)]
                    )[: len(block)]
            found[known] = values
        return found

    def _rows(self, organisation: str) -> list[int]:
        leaves = enumerate(self.town.leaves)
        return [row for row, leaf in leaves if leaf.organisation == organisation]

    def _drawn(self, measure: str, units: list[str], thresholds: Ints, period: int) -> Ints:
        """Thresholds of some units for a number; a broken design draws them again."""
        if self.design.draw == "once":
            return thresholds
        when: tuple[object, ...] = (period,)
        if self.design.draw == "number":
            when = (period, measure)
        name = self.design.set_of(measure)
        draws = [random_of(self.key, name, unit, *when).randrange(BASE) for unit in units]
        return np.array(draws, dtype=np.int64)

    def _every_leaf(self) -> None:
        """Volunteers per quarter; new and active volunteers and outflow per year."""
        dense, names = self.town.dense, [repr(leaf) for leaf in self.town.leaves]
        own = {each: self._thresholds[self.design.set_of(each)] for each in CATEGORIES}
        self.volunteers = np.zeros((len(names), len(QUARTERS)), dtype=np.int64)
        for quarter, period in enumerate(QUARTERS):
            # A draw of its own for each number takes the quarter, one for each year the year.
            when = quarter if self.design.draw == "number" else quarter // 4
            drawn = self._drawn("volunteers", names, own["volunteers"], when)
            self.volunteers[:, quarter] = rounded(dense["volunteers"][:, 0, 0, quarter], drawn)
            self._sums("volunteers", period, "", ALL, self.volunteers[:, quarter])
        for year, period in enumerate(YEARS):
            active = rounded(
                dense["active_volunteers"][:, 0, 0, year],
                self._drawn("active_volunteers", names, own["active_volunteers"], year),
            )
            new = rounded(
                _of_year(dense["new_volunteers"], year).sum(axis=(1, 2, 3)),
                self._drawn("new_volunteers", names, own["new_volunteers"], year),
            )
            left = rounded(
                _of_year(dense["outflow"], year).sum(axis=(1, 2, 3)),
                self._drawn("outflow", names, own["outflow"], year),
            )
            if self.design.active_of_small:
                self._sums("active_volunteers", period, "", ALL, active)
            if self.design.new_of_small:
                self._sums("new_volunteers", period, "", ALL, np.minimum(new, active))
            self._sums("outflow", period, "", ALL, np.minimum(left, active))

    def _sums(self, measure: str, period: str, item: str, category: str, values: Ints) -> None:
        """Plain sums of what every leaf shows."""
        for row, leaf in enumerate(self.town.leaves):
            for place in ((leaf.wijk, ALL), (ALL, leaf.organisation), (ALL, ALL)):
                key = (measure, period, *place, item, category)
                self.cells[key] = (self.cells.get(key) or 0) + int(values[row])

    def _breakdowns(self, year: int) -> None:
        """The rest, of leaves that are not small and of groups of those that are."""
        usual = self._units(year, FROM_THREE_CLASSES)
        new = _of_year(self.town.dense["new_volunteers"], year).sum(axis=(1, 2, 3))
        of_new = self._units(
            year,
            self.design.new_from,
            rounded(new, self._thresholds[self.design.set_of("new_volunteers")])
            if self.design.by_new
            else None,
        )
        for measure in CATEGORIES:
            if measure == "volunteers" or (
                measure == "active_volunteers" and self.design.active_of_small
            ):
                continue
            units = of_new if measure == "new_volunteers" else usual
            # Some measures were never delivered.
            if units and self.town.dense[measure].any():
                names = [unit.name(self.town) for unit in units]
                for keys, values in self._tables(measure, year, units, names):
                    self._shown(measure, keys, units, values)

    def _units(self, year: int, enough: int, table: Ints | None = None) -> list["_Unit"]:
        """Leaves with enough people, and per organisation the group of the others.

        table: what leaves show of the count itself, where that has to be enough too.
        """
        lowest = self.volunteers[:, 4 * year : 4 * year + 4].min(axis=1)
        if table is not None:
            lowest = np.minimum(lowest, table)
        small = lowest < enough
        if self.design.groups == "none":
            small = np.zeros_like(small)
        units: list[_Unit] = []
        for organisation in self.town.organisations:
            rows = sorted(self._rows(organisation), key=lambda row: int(lowest[row]))
            members = [row for row in rows if small[row]]
            rest = [row for row in rows if not small[row]]
            if len(rows) == 2 and lowest[rows].min() < FROM_SIX_LEVELS:
                rest = rest if self.design.two_as_others else []
            people = 0
            while members:
                people = int(lowest[members].sum())
                if len(members) >= GROUP_WIJKEN and people >= GROUP_PEOPLE:
                    break
                if not rest:
                    members = []
                    break
                members.append(rest.pop(0))
            units += [
                _Unit(self.town.leaves[row].wijk, organisation, (row,), int(lowest[row]))
                for row in rest
            ]
            if members:
                units.append(_Unit("", organisation, tuple(members), people))
        return units

    def _tables(
        self, measure: str, year: int, units: list["_Unit"], names: list[str]
    ) -> Iterator[tuple[tuple[str, str, str], Ints]]:
        """Give (period, item, category) and the published value per unit (-1: not shown)."""
        cells = self.town.dense[measure]
        counts = cells[..., [year]] if measure in BY_YEAR else _of_year(cells, year)
        of_units = np.array([counts[list(unit.rows)].sum(axis=0) for unit in units])
        name, when = self.design.set_of(measure), year if self.design.draw == "year" else 100 * year
        drawn = self._drawn(measure, names, self._of_units(name, units), when)[:, None, None]
        members = None
        if self.design.groups == "sum of members":
            members = [self._thresholds[name][list(unit.rows)][:, None, None] for unit in units]
        own = {}
        for each in BY_THEMSELVES:
            threshold = f"ladder_level {each}"
            own[each] = self._drawn(threshold, names, self._of_units(threshold, units), when)
        dates = self.volunteers[:, 4 * year : 4 * year + 4]
        least = np.array([dates[list(unit.rows)].sum(axis=0).max() for unit in units])
        numbers = _Numbers(measure, year, counts, of_units, drawn, units, members, own, least)
        yield from numbers.tables(self.design)

    def _of_units(self, name: str, units: list["_Unit"]) -> Ints:
        """Thresholds of leaves and groups, by the name of the threshold."""
        return np.array(
            [
                self._thresholds[name][unit.rows[0]]
                if unit.wijk
                else random_of(self.key, name, unit.organisation, "group").randrange(5)
                for unit in units
            ],
            dtype=np.int64,
        )

    def _shown(
        self, measure: str, keys: tuple[str, str, str], units: list["_Unit"], values: Ints
    ) -> None:
        period, item, category = keys
        for unit, value in zip(units, values.tolist(), strict=True):
            if value < 0:
                continue
            places = [(ALL, unit.organisation), (ALL, ALL)]
            if unit.wijk:
                places.append((unit.wijk, ALL))
            for place in places:
                key = (measure, period, *place, item, category)
                self.cells[key] = (self.cells.get(key) or 0) + value


@dataclass(frozen=True)
class _Unit:
    """A leaf that is not small, or an organisation's group of those that are (no wijk)."""

    wijk: str
    organisation: str
    rows: tuple[int, ...]
    people: int

    def name(self, town: Town) -> str:
        return repr(town.leaves[self.rows[0]]) if self.wijk else f"group {self.organisation}"


@dataclass(frozen=True)
class _Numbers:
    """The published numbers of one measure in one year, for all units.

    own: thresholds of classes that have one of their own. least: the most volunteers of a date.
    """

    measure: str
    year: int
    leaves: Ints
    counts: Ints
    drawn: Ints
    units: list[_Unit]
    members: list[Ints] | None
    own: dict[str, Ints]
    least: Ints

    def _rounded(self, pick: Callable[[Ints], Ints]) -> Ints:
        """Rounded parts [unit, item, part] of what `pick` takes from counts."""
        if self.members is None:
            return in_parts(pick(self.counts), self.drawn, -1)
        return np.array(
            [
                in_parts(pick(self.leaves[list(unit.rows)]), drawn, -1).sum(axis=0)
                for unit, drawn in zip(self.units, self.members, strict=True)
            ]
        )

    def tables(self, design: Design) -> Iterator[tuple[tuple[str, str, str], Ints]]:
        quarters = QUARTERS[4 * self.year : 4 * self.year + 4]
        categories, period = CATEGORIES[self.measure], YEARS[self.year]
        if self.measure in BY_YEAR:
            of_year = self._rounded(lambda x: x[:, :, :, 0])
            if self.measure == "active_volunteers":
                of_year = np.maximum(of_year, self.least[:, None, None])
            yield from _named(period, "", [ALL], of_year)
        elif self.measure == "volunteer_hours":
            for place, quarter in enumerate(quarters):
                hours = rounded(self.counts[:, :, :, place], self.drawn, HOURS_BASE) // 10
                yield (quarter, "", ALL), hours[:, 0, 0]
        elif self.measure == "ladder_level":
            yield from self._ladder(design, quarters)
        elif self.measure in OF_RESULTS:
            for place, quarter in enumerate(quarters):
                parts = self._rounded(lambda x, at=place: x[:, :, :, at])
                for number, item in enumerate(ITEMS):
                    here = parts[:, [number]]
                    yield (quarter, item, ALL), here.sum(axis=(1, 2))
                    if len(categories) > 1:
                        yield from _named(quarter, item, list(categories), here)
        else:
            # Quarters, and kinds of the year; the year itself of work that lasts.
            by_quarter = self._rounded(lambda x: x.sum(axis=2))
            if self.measure == "new_volunteers":
                if not design.new_of_small:
                    yield (period, "", ALL), by_quarter.sum(axis=(1, 2))
                return
            if self.measure.startswith("still"):
                yield (period, "", ALL), by_quarter.sum(axis=(1, 2))
                return
            for place, quarter in enumerate(quarters):
                yield (quarter, "", ALL), by_quarter[:, 0, place]
            if len(categories) > 1:
                kinds = self._rounded(lambda x: x.sum(axis=3))
                yield from _named(period, "", list(categories), kinds)
            if self.measure == "ladder_moves":
                yield (period, "", ALL), by_quarter.sum(axis=(1, 2))

    def _ladder(
        self, design: Design, quarters: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, str, str], Ints]]:
        people = np.array([unit.people for unit in self.units])
        if not design.levels_by_sums and self.members is None:
            yield from self._beside_rest(design, quarters, people)
            return
        for place, quarter in enumerate(quarters):
            parts = self._rounded(lambda x, at=place: x[:, :, :, at])
            whole = parts.sum(axis=(1, 2))
            size = np.minimum(people, whole)
            if design.groups == "none":
                size = np.full_like(size, 99)
            yield (quarter, "", ALL), whole
            for level in range(6):
                fine = np.where(size >= design.six_levels_from, parts[:, 0, level], -1)
                yield (quarter, "", str(level + 1)), fine
            for name, levels in CLASSES.items():
                coarse = parts[:, 0, list(levels)].sum(axis=1)
                yield (quarter, "", name), np.where(size >= design.three_classes_from, coarse, -1)

    def _beside_rest(
        self, design: Design, quarters: tuple[str, ...], people: Ints
    ) -> Iterator[tuple[tuple[str, str, str], Ints]]:
        """Levels, or classes of places with fewer people, each rounded by itself, and the rest."""
        for place, quarter in enumerate(quarters):
            counts = self.counts[:, 0, :, place]
            whole = rounded(counts.sum(axis=1), self.drawn[:, 0, 0])
            size = np.minimum(people, whole)
            if design.groups == "none":
                size = np.full_like(size, 99)
            fine = size >= design.six_levels_from
            levels = [str(each + 1) for each in range(6)]
            by_level = {name: counts[:, [at]] for at, name in enumerate(levels)}
            by_class = {name: counts[:, list(inside)] for name, inside in CLASSES.items()}
            of_levels = self._and_rest(by_level, whole, REST)
            of_classes = self._and_rest(by_class, whole, "3-4")
            yield (quarter, "", ALL), whole
            for name in levels:
                yield (quarter, "", name), np.where(fine, of_levels[name], -1)
            for name, inside in CLASSES.items():
                summed = sum(of_levels[levels[at]] for at in inside)
                shown = np.where(fine, summed, of_classes[name])
                yield (quarter, "", name), np.where(size >= design.three_classes_from, shown, -1)

    def _and_rest(self, parts: dict[str, Ints], whole: Ints, rest: str) -> dict[str, Ints]:
        found, room = {}, whole
        for name, counts in parts.items():
            if name != rest:
                found[name] = np.minimum(rounded(counts.sum(axis=1), self.own[name]), room)
                room = room - found[name]
        return {**found, rest: room}


def _named(
    period: str, item: str, categories: list[str], parts: Ints
) -> Iterator[tuple[tuple[str, str, str], Ints]]:
    for place, category in enumerate(categories):
        yield (period, item, category), parts[:, 0, place]


def _of_year(cells: Ints, year: int) -> Ints:
    return cells[..., 4 * year : 4 * year + 4]


DESIGNS = {
    each.name: each
    for each in (
        Design(),
        Design("unbalanced", balanced=False),
        Design("one threshold for all sets", one_for_all_sets=True),
        Design("threshold per year", draw="year"),
        Design("draw per number", draw="number"),
        Design("without groups", groups="none"),
        Design("group as sum of members", groups="sum of members"),
        Design(
            "new and active of small leaves",
            new_of_small=True,
            active_of_small=True,
            new_from=10,
            by_new=False,
        ),
        Design("active of small leaves", active_of_small=True),
        Design("two wijken as all others", two_as_others=True),
        Design("new volunteers from 10", new_from=FROM_THREE_CLASSES, by_new=False),
        Design("new volunteers of 20 people", by_new=False),
        Design("new apart, of small leaves", new_of_small=True, active_of_small=True),
        Design("one threshold for all of volunteering", apart=(), levels_by_sums=True),
        Design("levels by running sums", levels_by_sums=True),
        Design("new and active with volunteers", apart=()),
    )
}


def protect_with(design: Design) -> Protect:
    """Return the function that makes a release under a design."""
    return lambda town, key: Release(design, town, key).publish()
