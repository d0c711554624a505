"""How often is a verdict wrong, and how often is a real difference found?

Run: python -m tests.benchmark.judgement [--rounds 400] [--seed 20261130]

Places are drawn, their counts rounded by secret thresholds as a release rounds them (a fresh key
each round), and judged by the product's own `judge`. Prints Markdown tables; every share has its
95 % interval (Wilson). Shares of places count places as independent, which within one comparison
they are nearly.
"""

import argparse
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.comparison.cost_per_outcome import cost_bounds
from dashboard.comparison.intervals import published_count_interval, published_share_interval
from dashboard.comparison.judgement import Judged, Verdict, judge
from dashboard.comparison.law import Law
from dashboard.comparison.multiple_testing import stands_out
from dashboard.comparison.rounding import Errors
from data_access.disclosure.rounding import parts, rounded
from data_access.disclosure.thresholds import threshold_of_seat
from tests.reference_statistics import p_values, widened, wilson

ROUNDS, SEED = 250, 20261130
BASE = 5
Values = NDArray[np.float64]
Counts = NDArray[np.int64]
Draw = np.random.Generator

# Pooled rates: per resident, of people, outcomes per euro.
RATES = {Law.POPULATION: 0.005, Law.PEOPLE: 0.3, Law.MONEY: 1 / 8000}
CERTAIN = (Verdict.HIGHER, Verdict.LOWER)
PERHAPS = (Verdict.PERHAPS_HIGHER, Verdict.PERHAPS_LOWER)


@dataclass(frozen=True)
class World:
    """A family of places: `expected` counts on average, spread over a factor of about six.

    `scatter`: standard deviation of the places' true rates, as a part of the pooled one. `times`:
    how many times the pooled rate the one place of average size has that truly differs (1: none).
    """

    law: Law
    places: int
    expected: float
    scatter: float = 0.0
    times: float = 1.0

    def sizes(self) -> Values:
        """Return what the counts are expected to be; the first place is of average size."""
        spread = np.exp(np.linspace(-0.9, 0.9, self.places - 1))
        return self.expected * np.array([1.0, *spread / spread.mean()])


@dataclass(frozen=True)
class Tally:
    """What was said in all rounds; shares are counted over the places that were judged.

    `certain`, `perhaps`, `outside`: verdicts of places that do not differ (higher or lower; may be
    chance; outside the limits used). `plain_certain`, `plain_outside`: the same by the limits of
    chance. `any_certain`: rounds with a wrong verdict. `found`, `plain_found`: rounds in which the
    one that differs was called so. `widened`: rounds with widened limits.
    """

    rounds: int
    places: int
    certain: int
    perhaps: int
    plain_certain: int
    plain_outside: int
    any_certain: int
    found: int
    plain_found: int
    widened: int

    @property
    def outside(self) -> int:
        """Places outside the limits used."""
        return self.certain + self.perhaps


def thresholds(places: int, generator: Draw, people: str) -> Counts:
    """Return the secret thresholds of an organisation's places under a fresh key."""
    secret = generator.bytes(32)
    whose = ("GM0000", "organisation", people)
    return np.array([threshold_of_seat(secret, whose, seat) for seat in range(places)])


def published(counts: Counts, of_places: Counts) -> Counts:
    """Return counts as a release shows them."""
    pairs = zip(counts, of_places, strict=True)
    return np.array([rounded(int(n), int(threshold), BASE) for n, threshold in pairs])


def stated_error(leaves: int) -> int:
    """Return the error that a release states of a sum of leaves (0 for one)."""
    return 0 if leaves < 2 else math.ceil(1.96 * 2 * math.sqrt(leaves))


def release(world: World, generator: Draw) -> tuple[pd.DataFrame, dict[str, object]]:
    """Draw a world and return its published places and the published row of the whole."""
    sizes, rate = world.sizes(), RATES[world.law]
    relative = np.exp(world.scatter * generator.normal(size=world.places))
    relative[0] = world.times
    rates = np.clip(rate * relative, 0, 0.95)
    of_places = thresholds(world.places, generator, "work")
    if world.law is Law.PEOPLE:
        people = np.maximum(np.rint(sizes / rate), 1).astype(int)
        bases = published(people, thresholds(world.places, generator, "volunteering"))
        true = generator.binomial(people, rates)
        counts = np.minimum(published(true, of_places), bases)
        error = stated_error(world.places)
    else:
        bases, error = sizes / rate, 0
        counts = published(generator.poisson(sizes / rate * rates), of_places)
    money = world.law is Law.MONEY
    count, base = ("denominator", "numerator") if money else ("numerator", "denominator")
    status = np.where(counts > 0, "published", "not_shown") if money else "published"
    places = pd.DataFrame({count: counts.astype(float), base: bases.astype(float)}).assign(
        status=status, reason=np.where(status == "published", "", "zero_outcomes")
    )
    whole = {
        count: float(counts.sum()),
        base: float(bases.sum()),
        f"{count}_error": stated_error(world.places),
        f"{base}_error": error,
        "status": "published",
    }
    return places, whole


def by_chance_alone(judged: Judged) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which places the limits of chance call certain, and which lie outside them."""
    rows, whole = judged.places, judged.whole
    chances = np.ones(len(rows))
    if whole is not None:
        tested = rows["base"].notna().to_numpy()
        counts, bases = (rows[name].to_numpy()[tested] for name in ("count", "base"))
        chances[tested] = p_values(counts, bases, whole)
    return stands_out(chances), chances <= 0.05


def simulate(world: World, rounds: int, seed: int | Sequence[int]) -> Tally:
    """Judge a world so many times."""
    generator = np.random.default_rng(seed)
    sums = dict.fromkeys(Tally.__dataclass_fields__, 0)
    for _ in range(rounds):
        places, whole = release(world, generator)
        judged = judge(places, world.law, 1, whole)
        verdicts = judged.places["verdict"].to_numpy()
        tested = judged.places["base"].notna().to_numpy()
        equal = tested & ((np.arange(world.places) > 0) | (world.times == 1))
        certain, perhaps = np.isin(verdicts, CERTAIN), np.isin(verdicts, PERHAPS)
        plain, plain_outside = by_chance_alone(judged)
        found = Verdict.LOWER if world.law is Law.MONEY else Verdict.HIGHER
        for name, amount in (
            ("rounds", 1),
            ("places", equal.sum()),
            ("certain", (certain & equal).sum()),
            ("perhaps", (perhaps & equal).sum()),
            ("plain_certain", (plain & equal).sum()),
            ("plain_outside", (plain_outside & equal).sum()),
            ("any_certain", (certain & equal).any()),
            ("found", verdicts[0] == found),
            ("plain_found", plain[0]),
            ("widened", widened(judged)),
        ):
            sums[name] += int(amount)
    return Tally(**sums)


# Coverage of intervals under the ways in which a figure comes about.


def _leaves(true: Counts, generator: Draw) -> Counts:
    """Sums over the last axis of leaves of one organisation, each row under a fresh key."""
    rows = (published(row, thresholds(row.size, generator, "work")).sum() for row in true)
    return np.fromiter(rows, int, len(true))


def _count_covered(shown: Counts, mean: float, leaves: int = 1) -> tuple[int, int]:
    lower, upper = published_count_interval(shown, errors=stated_error(leaves))
    return int(((lower <= mean) & (mean <= upper)).sum()), shown.size


def coverages(rounds: int, seed: int) -> Iterator[tuple[str, float, int, int]]:
    """Give what kind of figure, its mean (or share), and how often its interval held it of all."""
    generator = np.random.default_rng(seed)
    for mean in (3.0, 15.0, 80.0):
        true = generator.poisson(mean, rounds)
        each = generator.integers(0, 5, rounds)
        yield "one leaf", mean, *_count_covered(published(true, each), mean)
        for leaves in (2, 5, 20):
            summed = _leaves(generator.poisson(mean / leaves, (rounds, leaves)), generator)
            yield f"sum of {leaves} leaves", mean, *_count_covered(summed, mean, leaves)
        others = generator.poisson(mean, (rounds, 2))
        for name, position in (("first", 0), ("second", 1)):
            classes = np.insert(others, 1 - position, true, axis=1)[:, :2]
            classes[:, position] = true
            shown = [parts(row, int(t), BASE) for row, t in zip(classes, each, strict=True)]
            drawn = np.array(shown)[:, position]
            yield f"{name} of two classes or quarters", mean, *_count_covered(drawn, mean)
        members = generator.poisson(mean / 3, (rounds, 3))
        room = _leaves(members, generator)
        of_group = published(members.sum(axis=1), each)
        yield (
            "a group of three leaves, within what they show",
            mean,
            *_count_covered(np.minimum(of_group, room), mean),
        )
        spend = np.full(rounds, mean * 8000.0)
        lower, upper = cost_bounds(spend, published(true, each))
        held = (lower <= 8000) & ~(upper < 8000)
        yield "money per outcome", mean, int(held.sum()), rounds
    for share, size in ((0.1, 20), (0.3, 20), (0.3, 60), (0.5, 150)):
        people = generator.poisson(size, rounds)
        true = generator.binomial(people, share)
        for same in (True, False):
            first = generator.integers(0, 5, rounds)
            second = first if same else generator.integers(0, 5, rounds)
            bases = published(people, first)
            shown = bases >= 10
            counts = np.minimum(published(true, second), bases)[shown]
            lower, upper = published_share_interval(counts, bases[shown], errors=Errors())
            held = (lower <= share) & (share <= upper)
            kind = "the same threshold" if same else "two thresholds"
            yield f"a share of about {size} people, {kind}", share, int(held.sum()), counts.size


def falsely(rounds: int, seed: int, laws: Sequence[Law], places: Sequence[int]) -> str:
    """Return the table of verdicts where there is no difference."""
    worlds = [
        World(law, n, expected) for law in laws for n in places for expected in (3.0, 15.0, 80.0)
    ]
    columns: list[tuple[str, Callable[[World, Tally], str]]] = [
        ("law", lambda world, _: world.law.value),
        ("places", lambda world, _: str(world.places)),
        ("expected count", lambda world, _: f"{world.expected:g}"),
        ("called higher or lower", lambda _, x: percent(x.certain, x.places)),
        ("comparisons with any", lambda _, x: percent(x.any_certain, x.rounds)),
        ("may be chance", lambda _, x: percent(x.perhaps, x.places)),
        ("widened", lambda _, x: percent(x.widened, x.rounds)),
    ]
    return _table(columns, worlds, rounds, seed)


def scattered(rounds: int, seed: int, laws: Sequence[Law]) -> str:
    """Return the table of verdicts where places differ, but none stands out."""
    worlds = [World(law, 20, 40.0, scatter=scatter) for law in laws for scatter in (0.15, 0.3, 0.5)]
    columns: list[tuple[str, Callable[[World, Tally], str]]] = [
        ("law", lambda world, _: world.law.value),
        ("scatter of rates", lambda world, _: f"{world.scatter:.0%}"),
        ("outside, limits of chance", lambda _, x: percent(x.plain_outside, x.places)),
        ("outside, as judged", lambda _, x: percent(x.outside, x.places)),
        ("higher or lower, limits of chance", lambda _, x: percent(x.plain_certain, x.places)),
        ("higher or lower, as judged", lambda _, x: percent(x.certain, x.places)),
        ("widened", lambda _, x: percent(x.widened, x.rounds)),
    ]
    return _table(columns, worlds, rounds, seed)


def found(rounds: int, seed: int, laws: Sequence[Law]) -> str:
    """Return the table of how often one place that truly differs is called so."""
    plain = [
        World(law, 20, expected, times=times)
        for law in laws
        for expected in (15.0, 80.0)
        for times in (1.5, 2.0, 3.0)
    ]
    worlds = [*plain, *(replace(x, scatter=0.3) for x in plain if x.expected == 80)]
    columns: list[tuple[str, Callable[[World, Tally], str]]] = [
        ("law", lambda world, _: world.law.value),
        ("expected count", lambda world, _: f"{world.expected:g}"),
        ("times the rate", lambda world, _: f"{world.times:g}"),
        ("scatter of the others", lambda world, _: f"{world.scatter:.0%}"),
        ("found, as judged", lambda _, x: percent(x.found, x.rounds)),
        ("found, limits of chance", lambda _, x: percent(x.plain_found, x.rounds)),
        ("others called so, as judged", lambda _, x: percent(x.certain, x.places)),
        ("others called so, limits of chance", lambda _, x: percent(x.plain_certain, x.places)),
    ]
    return _table(columns, worlds, rounds, seed)


def covered(rounds: int, seed: int) -> str:
    """Return the table of how often intervals hold the truth."""
    lines = ["| figure | mean or share | 95 % interval holds it |", "|---|---|---|"]
    for kind, mean, held, size in coverages(rounds, seed):
        lines.append(f"| {kind} | {mean:g} | {percent(held, size)} |")
    return "\n".join(lines)


def percent(part: int, whole: int) -> str:
    """Return a share in percent with its 95 % interval."""
    if not whole:
        return "-"
    lower, upper = wilson(part, whole)
    return f"{100 * part / whole:.1f} % [{100 * float(lower):.1f}-{100 * float(upper):.1f}]"


def _table(
    columns: Sequence[tuple[str, Callable[[World, Tally], str]]],
    worlds: Sequence[World],
    rounds: int,
    seed: int,
) -> str:
    lines = [f"| {' | '.join(name for name, _ in columns)} |", f"|{'---|' * len(columns)}"]
    for line, world in enumerate(worlds):
        tally = simulate(world, rounds, (seed, line))
        lines.append(f"| {' | '.join(cell(world, tally) for _, cell in columns)} |")
    return "\n".join(lines)


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    rounds, seed = asked.rounds, asked.seed
    laws = (Law.POPULATION, Law.PEOPLE, Law.MONEY)
    print(f"{rounds} rounds per line, seed {seed}.", flush=True)
    for title, table in (
        ("Coverage of intervals", lambda: covered(10 * rounds, seed)),
        ("No difference", lambda: falsely(rounds, seed, laws, (4, 12, 22))),
        ("Places that differ, none of which stands out", lambda: scattered(rounds, seed, laws)),
        ("One place that truly differs", lambda: found(rounds, seed, laws)),
    ):
        print(f"\n## {title}\n\n{table()}", flush=True)


if __name__ == "__main__":
    main()
