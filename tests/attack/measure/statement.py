"""One who knows a true number of volunteers, because the organisation itself said it.

An organisation in one wijk gives that wijk's number away; in two wijken it says the sum of them.
What everything published adds is asked of the date of the statement and, two years later, of a
wijk of which the number was said.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from tests.attack.measure.everything import VOLUNTEERS, Recovery, choose, recovery
from tests.attack.measure.exact import BASE, HIGHEST, Mixture, floors
from tests.attack.measure.places import Place, Sample
from tests.attack.measure.registers import LAST, Floats, Ints, equally_frequent

# The statement is of two years before the last date.
SAID = LAST - 9
OF_THAT_DATE = "volunteers of the date of a true statement"
IN_TWO = f"{OF_THAT_DATE}, two wijken"
OF_LATER = "volunteers two years after a true statement"
_VALUES = np.arange(HIGHEST + 1)


def attack_that_date(test: Sequence[Sample], exact: Mixture) -> list[Recovery]:
    """Find a wijk's number at the date of which its organisation said a true one.

    The baseline knows the statement and the published numbers of that date. Two lines: of wijken
    whose organisation is in two, and of all such wijken, where organisations in one wijk and in
    two are as frequent: for each two wijken of the second kind there is one of the first, of which
    the statement is the number itself.
    """
    result = []
    for number, sample in enumerate(test):
        pairs = _pairs(sample, np.random.default_rng(number))
        truth = np.array([_true(mine) for mine, _ in pairs], dtype=np.int64)
        chosen = equally_frequent(
            np.random.default_rng(number), truth, np.ones(len(truth), dtype=bool)
        )
        pairs, truth = [pairs[row] for row in chosen], truth[chosen]
        said = np.array([_true(mine) + _true(other) for mine, other in pairs], dtype=np.int64)
        sides = [exact.likelihoods([pair[side] for pair in pairs], SAID) for side in (0, 1)]
        chances = np.zeros((len(pairs), 9))
        least = np.zeros((len(pairs), 9))
        for mine, other, prior in zip(*sides, exact.priors, strict=True):
            chances += _given_sum(mine / prior, other, said)
            cells = [_of_cell([pair[side] for pair in pairs]) for side in (0, 1)]
            least += _given_sum(cells[0], cells[1] * prior, said)
        given = np.resize(np.arange(1, 10), len(truth) // 2)
        known = np.eye(9)[given - 1]
        result += [
            recovery(
                f"{OF_THAT_DATE}, one or two wijken",
                sample.variant,
                np.concatenate([truth, given]),
                np.concatenate([_sure(chances), known]),
                np.concatenate([_sure(least), known]),
                "exact",
            ),
            recovery(IN_TWO, sample.variant, truth, _sure(chances), _sure(least), "exact"),
        ]
    return result


def _true(place: Place) -> int:
    return int(place.truth["volunteers"][0, 0, SAID])


def _pairs(sample: Sample, rng: np.random.Generator) -> list[tuple[Place, Place]]:
    """The two wijken of organisations that have two, the one under attack first."""
    of_organisation: dict[tuple[int, str], list[Place]] = defaultdict(list)
    for place in sample.places:
        largest = np.nanmax(place.view.get("volunteers")[:LAST])
        if place.size == 2 and largest <= HIGHEST:
            of_organisation[place.town, place.organisation].append(place)
    both = [mine for mine in of_organisation.values() if len(mine) == 2]
    turned = rng.random(len(both)) < 0.5
    return [(b, a) if turn else (a, b) for (a, b), turn in zip(both, turned, strict=True)]


def _of_cell(places: list[Place]) -> Floats:
    """P(the published number of that date | n, t): [places, threshold, n]."""
    shown = np.array([place.view.get("volunteers")[SAID] for place in places])
    fits = np.array([floors(_VALUES, t) for t in range(BASE)])
    result: Floats = (fits[None] == shown[:, None, None]).astype(float)
    return result


def _given_sum(mine: Floats, other: Floats, said: Ints) -> Floats:
    """Weigh 1-9 people in the first wijk: the others are in the second, with another threshold.

    Thresholds of an organisation's first five wijken are a permutation.
    """
    result = np.zeros((len(said), 9))
    for n in range(1, 10):
        left = said - n
        there = other[np.arange(len(said)), :, np.clip(left, 0, HIGHEST)]
        there = np.where(((left >= 0) & (left <= HIGHEST))[:, None], there, 0.0)
        unequal = there.sum(axis=1, keepdims=True) - there
        result[:, n - 1] = (mine[:, :, n] * unequal).sum(axis=1)
    return result


def _sure(weights: Floats) -> Floats:
    result: Floats = (weights + 1e-300) / (weights + 1e-300).sum(axis=1, keepdims=True)
    return result


def attack_with_statement(
    train: Sequence[Sample], test: Sequence[Sample], exact: Mixture, few: bool = False
) -> list[Recovery]:
    """Compare everything and the statement with the last number and the statement.

    `few`: of organisations in one or two wijken.
    """
    name = f"{OF_LATER}{', one or two wijken' if few else ''}"
    pairs = [
        sample.dense["volunteers"][:, 0, 0][:, [SAID, LAST - 1]].clip(0, HIGHEST)
        for sample in train
    ]
    chance = np.full((HIGHEST + 1, HIGHEST + 1), 0.02)
    np.add.at(chance, tuple(np.concatenate(pairs).T), 1.0)
    last = chance.sum(axis=0)
    result = []
    for sample in test:
        met = choose([sample], VOLUNTEERS, equal=True)
        said = np.array([_true(place) for place in met.places])
        # Each value of the last date is as likely beforehand.
        moved = (chance / last)[said.clip(0, HIGHEST)][:, 1:10]
        least = _from_cell(met.places, said, moved)
        found = exact.find_knowing(met.places, SAID, said)
        result.append(recovery(name, sample.variant, met.truth, found.volunteers, least, "exact"))
    return result


def _from_cell(places: list[Place], said: Ints, moved: Floats) -> Floats:
    """Thresholds that the statement leaves, and what they leave of the last cell."""
    shown = np.array([place.view.get("volunteers")[:LAST] for place in places])
    chances = np.zeros((len(places), 9))
    for t in range(BASE):
        fits = floors(said, t) == shown[:, SAID]
        chances += fits[:, None] * (floors(np.arange(1, 10), t) == shown[:, [LAST - 1]])
    weights = chances * moved + 1e-9
    result: Floats = weights / weights.sum(axis=1, keepdims=True)
    return result
