"""Seeded chance: every part of the sample draws from its own generator, named after what it draws.

A generator per name keeps the parts apart: more spending lines do not change a single volunteer.
The seed was chosen, not drawn: see "How seed and chances were chosen" in this folder's README.

`random.Random` is used because its streams stay the same over versions of Python.
"""

import datetime
import math
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

SEED = 5


def generator(*names: str) -> random.Random:
    """Return a generator that depends on the seed and the names only."""
    return random.Random(":".join((str(SEED), *names)))


def poisson(rng: random.Random, mean: float) -> int:
    """Draw a Poisson number (Knuth's method; meant for means below a few hundred)."""
    limit, product, number = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        number += 1
    return number


def successes(rng: random.Random, trials: int, chance: float) -> int:
    """Draw how many of `trials` succeed when each does so with `chance`."""
    return sum(rng.random() < chance for _ in range(trials))


def pick(rng: random.Random, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
    """Draw one of `things`, with these weights."""
    return rng.choices(things, weights)[0]


def day_in(rng: random.Random, first: datetime.date, last: datetime.date) -> datetime.date:
    """Draw a day from `first` up to and including `last`."""
    return first + datetime.timedelta(days=int(rng.random() * ((last - first).days + 1)))
