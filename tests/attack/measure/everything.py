"""Attacks with everything that is published about a place: volunteers, flows, categories."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tests.attack.measure.exact import Mixture, one_cell
from tests.attack.measure.learned import (
    VALUES,
    Guesser,
    Training,
    features_of,
    guess,
    known_series,
)
from tests.attack.measure.places import Form, Place, Sample
from tests.attack.measure.published import ALL
from tests.attack.measure.registers import LAST, Floats, Ints, equally_frequent
from tests.attack.measure.statistics import Gain, Share, gain

# One value is left when all others together are less likely than this.
PINNED = 0.99


@dataclass(frozen=True)
class Recovery:
    """What was recovered of true counts of 1-9 of one measure in one kind of register."""

    measure: str
    variant: str
    exact: Share
    within_one: Share
    pinned: Share
    baseline: Share
    over: Gain
    model: str


@dataclass(frozen=True)
class Target:
    """A number under attack: its true value at a place, and the cells that the baseline knows.

    The baseline is the cell itself, and for flows and categories the published size of the place;
    of a number that is not shown, the cell that it would be.
    `exact`: which posterior of the exact attacker is about this number, if one is.
    `form`: gemeenten in which enough places show the number.
    """

    name: str
    truth: Callable[[Place], int]
    baseline: Callable[[Place], list[float]]
    exact: str = ""
    form: Form = ""


def _level(place: Place, levels: Sequence[int]) -> int:
    return int(place.truth["ladder_level"][0, list(levels), -1].sum())


def _cells(measure: str, category: str, at: int) -> Callable[[Place], list[float]]:
    def cells(place: Place) -> list[float]:
        size = [place.view.get("volunteers")[LAST - 1], place.view.get("active_volunteers")[-1]]
        if measure == "ladder_level":
            size.append(place.view.get("ladder_level")[LAST - 1])
        return [float(place.view.get(measure, category)[at]), *map(float, size)]

    return cells


def _cell_not_shown(measure: str) -> Callable[[Place], list[float]]:
    """The size of a place, and what its number would show by a threshold that nothing else has."""

    def cells(place: Place) -> list[float]:
        drawn = zlib.crc32(place.truth["volunteers"].tobytes(), place.town)
        count = int(place.truth[measure][..., -4:].sum())
        size = [place.view.get("volunteers")[LAST - 1], place.view.get("active_volunteers")[-1]]
        return [5.0 * ((count + drawn % 5) // 5), *map(float, size)]

    return cells


def _of_year(measure: str) -> Callable[[Place], int]:
    return lambda place: int(place.truth[measure][..., -4:].sum())


VOLUNTEERS = Target(
    "volunteers",
    lambda place: int(place.truth["volunteers"][0, 0, -1]),
    lambda place: [float(place.view.get("volunteers")[LAST - 1])],
    "volunteers",
)
TARGETS = (
    Target("outflow in a year", _of_year("outflow"), _cells("outflow", ALL, -1), form="larger"),
    Target(
        "new volunteers in a year (not shown)",
        _of_year("new_volunteers"),
        _cell_not_shown("new_volunteers"),
        "came",
        "twenties",
    ),
    Target(
        "ladder level 4",
        lambda place: _level(place, [3]),
        _cells("ladder_level", "4", LAST - 1),
        form="twenties",
    ),
    Target(
        "ladder level 3 (the rest)",
        lambda place: _level(place, [2]),
        _cells("ladder_level", "3", LAST - 1),
        form="twenties",
    ),
    Target(
        "ladder classes 1-2",
        lambda place: _level(place, [0, 1]),
        _cells("ladder_level", "1-2", LAST - 1),
        form="larger",
    ),
    Target(
        "ladder classes 3-4 (the rest)",
        lambda place: _level(place, [2, 3]),
        _cells("ladder_level", "3-4", LAST - 1),
        form="larger",
    ),
    Target(
        "ladder classes 5-6",
        lambda place: _level(place, [4, 5]),
        _cells("ladder_level", "5-6", LAST - 1),
        form="larger",
    ),
)


def attack_everything(
    train: Sequence[Sample],
    test: Sequence[Sample],
    exact: Mixture,
    quick: bool,
    targets: Sequence[Target] = (),
) -> list[Recovery]:
    """Train on some registers and report what is recovered in others."""
    asked = targets or (VOLUNTEERS, *TARGETS)
    found = [_attack(target, train, test, exact, quick) for target in asked]
    return [recovery for each in found for recovery in each]


@dataclass(frozen=True)
class Chosen:
    """Places under attack, the true values there and their gemeenten."""

    places: list[Place]
    truth: Ints
    towns: Ints


def choose(samples: Sequence[Sample], target: Target, equal: bool) -> Chosen:
    """Places that show the number and where it is truly 1-9; tests have each value equally."""
    places: list[Place] = []
    truth: list[int] = []
    towns: list[int] = []
    for number, sample in enumerate(samples):
        mine = np.array([target.truth(place) for place in sample.places])
        shown = np.array([not np.isnan(target.baseline(place)[0]) for place in sample.places])
        chosen = np.flatnonzero(shown & (mine >= 1) & (mine <= 9))
        if equal:
            chosen = equally_frequent(np.random.default_rng(number), mine, shown)
        places += [sample.places[row] for row in chosen]
        truth += mine[chosen].tolist()
        towns += [1000 * number + sample.places[row].town for row in chosen]
    return Chosen(places, np.array(truth, dtype=np.int64), np.array(towns, dtype=np.int64))


def _attack(
    target: Target,
    train: Sequence[Sample],
    test: Sequence[Sample],
    exact: Mixture,
    quick: bool,
) -> list[Recovery]:
    known = choose(train, target, equal=False)
    if len(np.unique(known.truth)) < 9:
        return []
    keys = known_series(known.places)
    given = _given(target, exact, known.places)
    small = Training(_baseline(target, known.places), known.truth, known.towns)
    floor = Guesser(small, None, quick)
    whole = Training(_rows(known.places, keys, small.rows, given.extra), known.truth, known.towns)
    guesser = Guesser(whole, given.posterior, quick)
    result = []
    for sample in test:
        met = choose([sample], target, equal=True)
        if not len(met.truth):
            continue
        facts = _given(target, exact, met.places)
        base = _baseline(target, met.places)
        rows = _rows(met.places, keys, base, facts.extra)
        chances = guesser.chances(rows, facts.posterior)
        least = one_cell(met.places) if target is VOLUNTEERS else floor.chances(base)
        result.append(
            recovery(target.name, sample.variant, met.truth, chances, least, guesser.best)
        )
    return result


def recovery(
    name: str, variant: str, truth: Ints, chances: Floats, least: Floats, model: str
) -> Recovery:
    """Compare guesses with the truth and with those of the baseline."""
    right, floor = guess(chances) == truth, guess(least) == truth
    sure = chances.max(axis=1) >= PINNED
    return Recovery(
        name,
        variant,
        Share(int(right.sum()), len(truth)),
        Share(int((abs(guess(chances) - truth) <= 1).sum()), len(truth)),
        Share(int((right & sure).sum()), len(truth)),
        Share(int(floor.sum()), len(truth)),
        gain(right, floor),
        model,
    )


@dataclass(frozen=True)
class _Given:
    posterior: Floats | None
    extra: Floats


def _given(target: Target, exact: Mixture, places: list[Place]) -> _Given:
    """What the exact attacker says: of this number, or else of people and the threshold."""
    found = exact.find(places)
    # A sixth column keeps the likeliest threshold whole for models that split on one column.
    likeliest = found.threshold.argmax(axis=1)[:, None]
    middle = (found.volunteers @ VALUES)[:, None]
    extra = np.hstack([found.threshold, likeliest, middle])
    return _Given({"volunteers": found.volunteers, "came": found.came}.get(target.exact), extra)


def _baseline(target: Target, places: list[Place]) -> Floats:
    return np.array([target.baseline(place) for place in places])


def _rows(
    places: list[Place], keys: list[tuple[str, str, str]], base: Floats, extra: Floats
) -> Floats:
    return np.hstack([features_of(places, keys), base, extra])
