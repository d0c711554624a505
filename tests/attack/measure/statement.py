"""One who knows the true volunteers of an earlier date, as an organisation in one wijk said it."""

from collections.abc import Sequence

import numpy as np

from tests.attack.measure.everything import VOLUNTEERS, Recovery, choose, recovery
from tests.attack.measure.exact import BASE, HIGHEST, Mixture, floors
from tests.attack.measure.places import Place, Sample
from tests.attack.measure.registers import LAST, Floats, Ints

# The statement is of two years before the last date.
SAID = LAST - 9


def attack_with_statement(
    train: Sequence[Sample], test: Sequence[Sample], exact: Mixture
) -> list[Recovery]:
    """Compare everything and the statement with the cell and the statement."""
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
        said = np.array([place.truth["volunteers"][0, 0, SAID] for place in met.places])
        # Each value of the last date is as likely beforehand.
        moved = (chance / last)[said.clip(0, HIGHEST)][:, 1:10]
        least = _from_cell(met.places, said, moved)
        found = exact.find_knowing(met.places, SAID, said)
        name = "volunteers, with a true statement"
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
