"""Integer programming over everything published leaves at least five values of every number.

200 random registers; `ATTACK_TABLES=3000` in the environment for more.
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest

from data_access.disclosure import CountTable, round_table, sum_base
from tests.attack.attacker import Knowledge, Number, exposed, recovered
from tests.attack.tables import (
    SECRET,
    Counts,
    members_of,
    number,
    publish_quarters,
    random_counts,
    read_quarters,
    read_table,
    table_of,
    true_values,
)

TABLES = int(os.environ.get("ATTACK_TABLES", "200"))


def assert_hidden(knowledge: Knowledge, numbers: Iterable[Number]) -> None:
    possible = knowledge.possible(numbers)
    assert recovered(possible) == []
    assert exposed(possible) == []


def same_shape(random: Random, counts: Counts, highest: int) -> Counts:
    return {leaf: random.choice([0, random.randint(0, highest)]) for leaf in counts}


@pytest.mark.parametrize("seed", range(0, TABLES, 4))
def test_one_table(seed: int) -> None:
    table = table_of(random_counts(Random(seed)), f"one-{seed}")
    rounded = round_table(table, SECRET)
    knowledge = Knowledge()
    numbers = read_table(knowledge, "", table, rounded)
    if not rounded.widened:
        assert knowledge.fits({("", leaf): count for leaf, count in table.leaves.items()})
    assert_hidden(knowledge, numbers)


@pytest.mark.parametrize("seed", range(1, TABLES, 4))
def test_quarters_of_a_year(seed: int) -> None:
    random = Random(seed)
    shape = random_counts(random)
    year = [same_shape(random, shape, 6) for _ in range(random.randint(2, 4))]
    quarters = list(publish_quarters(year, f"year-{seed}"))
    knowledge = Knowledge()
    numbers = read_quarters(knowledge, quarters)
    if not any(quarter.rounded.widened for quarter in quarters):
        truth = {(q.label, leaf): n for q in quarters for leaf, n in q.table.leaves.items()}
        assert knowledge.fits(truth)
    assert_hidden(knowledge, numbers)


@pytest.mark.parametrize("seed", range(2, TABLES, 4))
def test_whole_and_its_parts(seed: int) -> None:
    """Outflow, of whom still in work after 6 months, of whom after 12: each bounds the next."""
    random = Random(seed)
    counts = random_counts(random)
    knowledge, numbers, bounds, whole = Knowledge(), [], {}, ""
    for label in ("outflow", "after 6", "after 12"):
        table = replace(table_of(counts, f"{label}-{seed}"), at_most=bounds)
        rounded = round_table(table, SECRET)
        numbers += read_table(knowledge, label, table, rounded)
        for members in members_of(table).values():
            if whole:
                knowledge.learn_at_most(number(label, members), number(whole, members))
        bounds, whole = rounded.values | rounded.totals, label
        counts = {leaf: random.randint(0, count) for leaf, count in counts.items()}
    assert_hidden(knowledge, numbers)


@pytest.mark.parametrize("seed", range(3, TABLES, 4))
def test_two_releases_of_a_period(seed: int) -> None:
    """Between two releases some counts are corrected; it is not known which, or by how much."""
    random = Random(seed)
    first = table_of(random_counts(random), f"two-{seed}")
    before = round_table(first, SECRET)
    corrected = {
        leaf: max(0, count + random.choice([0, 0, 0, -1, 1, 2]))
        for leaf, count in first.leaves.items()
    }
    keep = {
        leaf: before.values[leaf] for leaf in corrected if corrected[leaf] == first.leaves[leaf]
    }
    second = replace(first, leaves=corrected, keep=keep)
    after = round_table(second, SECRET)
    knowledge = Knowledge()
    numbers = read_table(knowledge, "first", first, before)
    numbers += read_table(knowledge, "second", second, after)
    assert {leaf: after.values[leaf] for leaf in keep} == keep
    assert_hidden(knowledge, numbers)


@pytest.mark.parametrize("seed", range(10))
def test_hours_are_as_safe_as_people(seed: int) -> None:
    """The values left for a sum of hours span at least the largest contribution of one person."""
    random = Random(seed)
    shares = {
        leaf: [random.randint(1, 180) for _ in range(n)]
        for leaf, n in random_counts(random).items()
    }
    largest = max((max(people, default=0) for people in shares.values()), default=0)
    base = sum_base(50, largest)
    hours = {leaf: sum(people) for leaf, people in shares.items()}
    table = replace(table_of(hours, f"hours-{seed}"), base=base)
    rounded = round_table(table, SECRET)
    knowledge, numbers = Knowledge(), []
    for key, members in members_of(table).items():
        numbers.append(number("", members))
        published = (rounded.values | rounded.totals)[key]
        assert abs(published - true_values(table)[key]) < base
        knowledge.learn_rounded(numbers[-1], published, reach=base - 1)
    for values in knowledge.possible(numbers).values():
        assert max(values) - min(values) >= base - 1 >= largest - 1


def test_hints_only_save_time() -> None:
    """With and without guessed truths the attacker finds the same least and greatest values."""
    for seed in range(0, 40, 5):
        random = Random(seed)
        shape = random_counts(random, 4)
        quarters = list(publish_quarters([same_shape(random, shape, 4) for _ in range(2)], "h"))
        answers = []
        for hints in (True, False):
            knowledge = Knowledge(hints=hints)
            possible = knowledge.possible(read_quarters(knowledge, quarters), enough=2)
            answers.append({key: (min(v), max(v)) for key, v in possible.items()})
        assert answers[0] == answers[1]


def test_published_leaf_that_is_also_a_total_is_as_safe() -> None:
    """A wijk with one organisation: its total is that one leaf."""
    leaves = {("W0", "o0"): 3, ("W1", "o0"): 1, ("W1", "o1"): 4}
    totals = {("W0", "*"): (("W0", "o0"),), ("W1", "*"): (("W1", "o0"), ("W1", "o1"))}
    table = CountTable(measure="single", draw_period="", leaves=leaves, totals=totals)
    rounded = round_table(table, SECRET)
    knowledge = Knowledge()
    assert_hidden(knowledge, read_table(knowledge, "", table, rounded))
