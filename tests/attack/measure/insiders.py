"""Attacks by an organisation that delivers records of its own.

It plants agreements, pads a delivery, or says something about somebody else's volunteer, and
looks at what changes in the next release.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.attack.measure.exact import BASE, Mixture, floors
from tests.attack.measure.imitation import imitate_releases
from tests.attack.measure.places import Place, town_key
from tests.attack.measure.published import ALL, PERIODS, Cell, Published, View, views
from tests.attack.measure.registers import (
    CHURNING,
    LAST,
    LIKE_SAMPLE,
    SETTLED,
    STATIC,
    Counting,
    Floats,
    Ints,
    Leaf,
    Register,
    Town,
    Variant,
    equally_frequent,
    make_register,
    towns_of,
)
from tests.attack.measure.statistics import Share

RELEASES = 6
PADDING = 25
# One value is left to one who weighs values when all others together are this unlikely; one who
# goes by bounds is right about as often (the old product: nine times in ten).
SURE = 0.9
_PLANTED_FROM = 0.01
Releases = Callable[[Town, bytes, bool], Published]
"""A release of a town under a key; True says that it follows the release before."""


@dataclass(frozen=True)
class Planted:
    """Six releases with one invented volunteer more in each: targets of which one value is left."""

    variant: str
    pinned: Share
    right: Share


@dataclass(frozen=True)
class Oracle:
    """Deliveries about somebody else's volunteer, padding included.

    `level`: conclusive tries in which the level was right. `tried`: all tries. `member`: people of
    whom it was rightly said whether they volunteer elsewhere. `moved`: tries after which any number
    of another organisation, or of a wijk without the insider, was not the same.
    """

    level: Share
    tried: int
    member: Share
    moved: Share


def plant(
    release: Releases,
    towns: int,
    seed: int,
    once: bool,
    exact: Mixture | None,
    kinds: tuple[Variant, ...] = (SETTLED, STATIC, CHURNING),
) -> list[Planted]:
    """Plant volunteers beside targets and use what the wijken's totals then show."""
    found = []
    for number, variant in enumerate(kinds):
        rng = np.random.default_rng([seed, 6, number])
        pinned = right = trials = 0
        leaves = _shared_wijken(towns)
        register = make_register(rng, variant, towns, sizes=_small, leaves=leaves)
        pairs = _pairs(rng, register)
        if not pairs:
            continue
        shown = [
            _after_planting(release, register, pairs, more, seed, once) for more in range(RELEASES)
        ]
        dense = Counting(register, once).counts()
        for at, (target, insider) in enumerate(pairs):
            series = [views_of[at] for views_of in shown]
            own = {name: dense[name][insider, 0, 0] for name in dense if name in _PLANTED_IN}
            left = _by_bounds(series, own) if exact is None else _by_threshold(series, own, exact)
            trials += 1
            if len(left) == 1:
                pinned += 1
                right += left[0] == dense["volunteers"][target, 0, 0, -1]
        found.append(Planted(variant.name, Share(pinned, trials), Share(right, max(pinned, 1))))
    return found


def plant_in_imitation(wijken: int, seed: int) -> list[Planted]:
    """Do the same in the old product as it is imitated: thousands of releases in a minute."""
    found = []
    for number, variant in enumerate((SETTLED, STATIC, CHURNING)):
        rng = np.random.default_rng([seed, 8, number])
        leaves = _shared_wijken(wijken // 8)
        dense = Counting(make_register(rng, variant, 0, _small, leaves), once=True).counts()
        counts = {name: dense[name][:, 0, 0] for name in ("volunteers", "active_volunteers")}
        shown = {
            name: imitate_releases(rng, name, each[::2], each[1::2], RELEASES)
            for name, each in counts.items()
        }
        truth = counts["volunteers"][::2, -1]
        targets = equally_frequent(rng, truth, np.ones(len(truth), dtype=bool))
        pinned = right = 0
        for row in targets:
            own = {name: each[2 * row + 1] for name, each in counts.items()}
            series = [
                View(
                    {
                        ("volunteers", "", ALL): _padded(shown["volunteers"][row, more], 0),
                        ("active_volunteers", "", ALL): _padded(
                            shown["active_volunteers"][row, more], LAST
                        ),
                    }
                )
                for more in range(RELEASES)
            ]
            left = _by_bounds(series, own)
            pinned += len(left) == 1
            right += left == [int(truth[row])]
        name = f"{variant.name} (imitated)"
        found.append(Planted(name, Share(pinned, len(targets)), Share(right, max(pinned, 1))))
    return found


def _shared_wijken(towns: int) -> tuple[Leaf, ...]:
    """Gemeenten of eight wijken, in each of which two of the three organisations work."""
    return tuple(
        Leaf(town, f"WK{town:04d}{wijk:02d}", f"G{town:04d}-{(wijk + second) % 3}")
        for town in range(towns)
        for wijk in range(8)
        for second in (0, 1)
    )


def _small(rng: np.random.Generator, leaves: int) -> Floats:
    return rng.uniform(0.3, 12.0, leaves)


_PLANTED_IN = ("volunteers", "active_volunteers", "new_volunteers")


def _pairs(rng: np.random.Generator, register: Register) -> list[tuple[int, int]]:
    """(target, insider) leaves of wijken with two organisations; true values equally frequent."""
    second = np.array(
        [
            row > 0 and register.leaves[row - 1].wijk == leaf.wijk
            for row, leaf in enumerate(register.leaves)
        ]
    )
    targets = np.flatnonzero(second) - 1
    last = Counting(register, once=False).counts()["volunteers"][targets, 0, 0, -1]
    chosen = equally_frequent(rng, last, np.ones(len(last), dtype=bool))
    return [(int(row), int(row) + 1) for row in targets[chosen]]


def _after_planting(
    release: Releases,
    register: Register,
    pairs: list[tuple[int, int]],
    more: int,
    seed: int,
    once: bool,
) -> list[View]:
    """What a release shows of each target's wijk when `more` volunteers were planted there."""
    planted = np.repeat([insider for _, insider in pairs], more)
    grown = _with_agreements(register, planted)
    dense = Counting(grown, once).counts()
    found: dict[str, View] = {}
    concerned = {register.leaves[target].town for target, _ in pairs}
    for number, town in enumerate(towns_of(grown, dense)):
        if number in concerned:
            seen = views(release(town, town_key(seed, town), more > 0))
            found |= {place: view for (place, _), view in seen.items() if place != ALL}
    return [found.get(register.leaves[target].wijk, View({})) for target, _ in pairs]


def _with_agreements(register: Register, leaves: Ints | list[int]) -> Register:
    count = len(leaves)
    first = int(register.agreements["person"].max()) + 1
    return register.with_agreements(
        person=first + np.arange(count),
        leaf=np.asarray(leaves, dtype=np.int64),
        start=np.full(count, _PLANTED_FROM),
        end=np.full(count, LAST + 9.0),
        hours=np.full(count, 40),
    )


def _by_bounds(series: list[View], own: dict[str, Ints]) -> list[int]:
    """Old: a wijk's total is next to the truth, |shown - own - n| <= 4, in each release and table.

    The dates and the people of each year, rounded apart, are about the same number where nobody
    comes or goes. Newest first; what excludes all that was left says that somebody did, and tells
    nothing about the last date.
    """
    low, high = 1, 9
    dates = [("active_volunteers", at) for at in range(LAST + 3, LAST - 1, -1)]
    dates += [("volunteers", at) for at in range(LAST - 2, -1, -1)]
    for name, at in [("volunteers", LAST - 1), *dates]:
        mine = own[name][at if name == "volunteers" else at - LAST]
        others = [int(view.get(name)[at] - mine - more) for more, view in enumerate(series)]
        lower, upper = max(low, max(others) - BASE + 1), min(high, min(others) + BASE - 1)
        if lower <= upper:
            low, high = lower, upper
    return list(range(low, high + 1))


def _by_threshold(series: list[View], own: dict[str, Ints], exact: Mixture) -> list[int]:
    """New: six releases tell the insider's own threshold, and with it what the target shows."""
    shown = np.array([view.get("volunteers")[:LAST] for view in series])
    fitting = []
    for t in range(BASE):
        mine = np.array([floors(own["volunteers"] + more, t) for more in range(RELEASES)])
        rest = shown - mine
        if (rest == rest[0]).all() and (rest >= 0).all():
            fitting.append(t)
    if len(fitting) != 1:
        return []
    t = fitting[0]
    rest = {("volunteers", "", ALL): _padded(shown[0] - floors(own["volunteers"], t), 0)}
    for measure in ("active_volunteers", "new_volunteers"):
        counts = own[measure] if measure.startswith("active") else own[measure].reshape(4, 4).sum(1)
        values = series[0].get(measure)[LAST:] - floors(counts, t)
        rest[measure, "", ALL] = _padded(np.maximum(values, 0), LAST)
    place = Place(0, "", 0, {}, View(rest), {})
    chances = exact.find([place]).volunteers[0]
    return [int(chances.argmax()) + 1] if chances.max() >= SURE else []


def _padded(values: Floats, start: int) -> Floats:
    series = np.full(len(PERIODS), np.nan)
    series[start : start + len(values)] = values
    return series


def ask(release: Releases, tries: int, seed: int, once: bool) -> Oracle:
    """Deliver readings and an older agreement of one person elsewhere, one try per town."""
    rng = np.random.default_rng([seed, 7])
    register = make_register(rng, LIKE_SAMPLE, tries, leaves=_wijken_apart(tries))
    before = {town.code: town for town in towns_of(register, Counting(register, once).counts())}
    found = [_question(rng, register, town) for town in range(tries)]
    asked = [question for question in found if question is not None]
    told = _told(register, asked)
    after = {town.code: town for town in towns_of(told, Counting(told, once).counts())}
    hits = conclusive = member = moved = 0
    for number, question in enumerate(asked):
        town = before[f"GM{question.town:04d}"]
        key = town_key(seed, town)
        then = release(town, key, False)
        now = release(after[town.code], key, True)
        changes = _changes(then, now, question)
        moved += bool(changes)
        # Every second question is about a person who volunteers nowhere else.
        elsewhere = number % 2 == 0
        says = any(cell.measure == "volunteers" and by < 0 for cell, by in changes)
        member += says == elsewhere
        if elsewhere:
            fallen: dict[str, int] = {}
            for cell, by in changes:
                here = cell.place == question.wijk and cell.category in "123456"
                if cell.measure == "ladder_level" and here:
                    fallen[cell.category] = fallen.get(cell.category, 0) + by
            least = min(fallen, key=lambda name: fallen[name], default="")
            if least and fallen[least] < 0:
                conclusive += 1
                hits += int(least) == question.level + 1
    people = sum(number % 2 == 0 for number in range(len(asked)))
    return Oracle(
        Share(hits, conclusive), people, Share(member, len(asked)), Share(moved, len(asked))
    )


def _wijken_apart(towns: int) -> tuple[Leaf, ...]:
    """Gemeenten of nine wijken, each of one of three organisations."""
    return tuple(
        Leaf(town, f"WK{town:04d}{wijk:02d}", f"G{town:04d}-{wijk % 3}")
        for town in range(towns)
        for wijk in range(9)
    )


@dataclass(frozen=True)
class _Question:
    town: int
    person: int
    leaf: int
    insider: int
    level: int
    wijk: str
    organisation: str
    wijken: frozenset[str]


def _question(rng: np.random.Generator, register: Register, town: int) -> _Question | None:
    """A volunteer all along whose level did not move, and an insider of another organisation."""
    town_of = np.array([leaf.town for leaf in register.leaves])
    readings, agreements = register.readings, register.agreements
    stays = (agreements["start"] < 0) & (agreements["end"] > LAST)
    here = np.flatnonzero(stays & (town_of[agreements["leaf"]] == town))
    for row in rng.permutation(here)[:60]:
        person, leaf = int(agreements["person"][row]), int(agreements["leaf"][row])
        mine = readings["level"][readings["person"] == person]
        spells = (agreements["person"] == person).sum()
        if spells > 1 or len(mine) < 4 or len(np.unique(mine)) > 1:
            continue
        name = register.leaves[leaf].organisation
        wijk = register.leaves[leaf].wijk
        others = [
            each
            for each in np.flatnonzero(town_of == town)
            if register.leaves[each].organisation != name and register.leaves[each].wijk != wijk
        ]
        if others:
            insider = int(rng.choice(others))
            mine_too = register.leaves[insider].organisation
            wijken = frozenset(
                each.wijk for each in register.leaves if each.organisation == mine_too
            )
            if wijk not in wijken:
                return _Question(town, person, leaf, insider, int(mine[0]), wijk, mine_too, wijken)
    return None


def _told(register: Register, questions: list[_Question]) -> Register:
    """The insider's records: an older agreement, readings at each date, and padding."""
    first = int(register.agreements["person"].max()) + 1
    for number, question in enumerate(questions):
        person = question.person if number % 2 == 0 else first + number
        register = register.with_agreements(
            person=np.array([person]),
            leaf=np.array([question.insider]),
            start=np.array([-99.0]),
            end=np.array([LAST + 9.0]),
            hours=np.array([40]),
        ).with_readings(
            person=np.full(LAST, person),
            leaf=np.full(LAST, question.insider),
            when=np.arange(LAST) + 0.999,
            level=np.full(LAST, 3),
        )
    padded = np.repeat([question.insider for question in questions], PADDING)
    return _with_agreements(register, padded)


def _changes(then: Published, now: Published, question: _Question) -> list[tuple[Cell, int]]:
    """Cells that are not the insider's: of other organisations and of wijken without it."""
    before = {cell[:6]: cell for cell in then}
    changes = []
    for cell in now:
        own = cell.place in question.wijken or cell.organisation == question.organisation
        if own or (cell.place, cell.organisation) == (ALL, ALL):
            continue
        old = before.get(cell[:6])
        if old is not None and old.value != cell.value:
            changes.append((cell, (cell.value or 0) - (old.value or 0)))
    return changes
