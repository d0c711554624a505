"""Places under attack: what is true there and what a release publishes about them."""

import hashlib
import pickle
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from tests.attack.measure.published import ALL, PERIODS, Protect, View, views
from tests.attack.measure.registers import (
    BY_YEAR,
    CATEGORIES,
    VARIANTS,
    Counting,
    Floats,
    Ints,
    Register,
    Town,
    make_larger,
    make_leaves_of_few,
    make_register,
    make_twenties,
    towns_of,
)

# Totals of which an attacker takes off what is published about the wijken in them.
TOTALS = ("volunteers", "active_volunteers", "new_volunteers", "outflow", "ladder_level")
PEOPLE = tuple(each for each in CATEGORIES if not each.startswith("results_"))
Form = Literal["", "larger", "twenties", "few"]
"""How gemeenten are made: larger has places of 5 to 36 people, which show flows and classes, and
twenties of 20 to 36, which show all there is; in few every organisation works in one or two
wijken."""


@dataclass(frozen=True)
class Place:
    """A wijk of one organisation: the case in which the wijk's numbers are those of one leaf.

    `rest` holds, per measure, the organisation's total and the gemeente's minus the wijken in it.
    `size` is the organisation's number of leaves.
    """

    town: int
    organisation: str
    size: int
    truth: dict[str, Ints]
    view: View
    rest: dict[str, Floats]


@dataclass(frozen=True)
class Sample:
    """Places of one register, and the true counts of all its leaves (for training only)."""

    variant: str
    places: list[Place]
    dense: dict[str, Ints]

    def true(self, measure: str, period: int = -1) -> Ints:
        """Return the true value of each place, all categories together."""
        return np.array([each.truth[measure].sum(axis=(0, 1))[period] for each in self.places])


def town_key(seed: int, town: Town) -> bytes:
    """Return a secret key of its own for each gemeente."""
    return hashlib.sha256(f"{seed} {town.code}".encode()).digest()


def collect(
    protect: Protect,
    variant: str,
    seed: int,
    towns: int,
    once: bool,
    cache: Path | None = None,
    form: Form = "",
) -> Sample:
    """Invent a register, protect every gemeente in it and keep what there is about its places."""
    stored = cache and cache / f"{variant}-{seed}-{towns}{form and f'-{form}'}.pickle"
    if stored and stored.exists():
        found: Sample = pickle.loads(stored.read_bytes())
        return found
    register = _invented(variant, seed, towns, form)
    dense = Counting(register, once).counts()
    places = [
        place
        for number, town in enumerate(towns_of(register, dense))
        for place in places_of(number, town, views(protect(town, town_key(seed, town))))
    ]
    sample = Sample(variant, places, dense)
    if stored:
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_bytes(pickle.dumps(sample))
    return sample


def only_counted(variant: str, seed: int, towns: int, once: bool, form: Form = "") -> Sample:
    """Invent a register and count it: enough to learn how numbers of people come and go."""
    register = _invented(variant, seed, towns, form)
    return Sample(variant, [], Counting(register, once).counts())


def _invented(variant: str, seed: int, towns: int, form: Form) -> Register:
    rng = np.random.default_rng([seed, *variant.encode()])
    if form == "larger":
        return make_larger(rng, VARIANTS[variant], towns)
    if form == "twenties":
        return make_twenties(rng, VARIANTS[variant], towns)
    leaves = make_leaves_of_few(rng, towns) if form == "few" else ()
    return make_register(rng, VARIANTS[variant], towns, leaves=leaves)


def without(sample: Sample, measures: tuple[str, ...]) -> Sample:
    """Take what is published of some measures away from the attacker, to see what it tells."""
    places = [
        replace(
            place,
            view=View(
                {key: one for key, one in place.view.series.items() if key[0] not in measures}
            ),
        )
        for place in sample.places
    ]
    return replace(sample, places=places)


def halves(sample: Sample) -> tuple[Sample, Sample]:
    """Split a sample by gemeente: one half to train on, one to attack."""
    parts = [
        Sample(sample.variant, [one for one in sample.places if one.town % 2 == odd], sample.dense)
        for odd in (0, 1)
    ]
    return parts[0], parts[1]


def places_of(number: int, town: Town, seen: dict[tuple[str, str], View]) -> list[Place]:
    """Return the wijken of one organisation in a town."""
    nothing = View({})
    rows: dict[str, list[int]] = defaultdict(list)
    for row, leaf in enumerate(town.leaves):
        rows[leaf.wijk].append(row)
    alone = {wijk: mine[0] for wijk, mine in rows.items() if len(mine) == 1}
    whole = seen.get((ALL, ALL), nothing)
    of_gemeente = {
        measure: _without(whole, [seen.get((wijk, ALL), nothing) for wijk in rows], measure)
        for measure in TOTALS
    }
    places = []
    for wijk, row in alone.items():
        organisation = town.leaves[row].organisation
        own = [each for each, at in alone.items() if town.leaves[at].organisation == organisation]
        of_organisation = seen.get((ALL, organisation), nothing)
        parts = [seen.get((each, ALL), nothing) for each in own]
        rest = {f"{name} of gemeente": series for name, series in of_gemeente.items()}
        for measure in TOTALS:
            rest[f"{measure} of organisation"] = _without(of_organisation, parts, measure)
        size = sum(leaf.organisation == organisation for leaf in town.leaves)
        truth = {measure: cells[row] for measure, cells in town.dense.items()}
        view = seen.get((wijk, ALL), nothing)
        places.append(Place(number, organisation, size, truth, view, rest))
    return places


def _without(whole: View, parts: list[View], measure: str) -> Floats:
    """A published total minus all that is published about its parts."""
    shown = [part.get(measure) for part in parts]
    return whole.get(measure) - (np.nansum(shown, axis=0) if shown else 0.0)


def last_period(measure: str) -> int:
    """Return the position in a View of the last period of a measure's wholes."""
    return len(PERIODS) - 1 if measure in BY_YEAR else 15
