"""Random registers and releases for the attacks, and what an attacker reads in a release."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from random import Random

from data_access.disclosure import CountTable, LeafKey, RoundedTable, TotalKey, round_table
from tests.attack.attacker import Knowledge, Number

Counts = dict[LeafKey, int]
Totals = dict[TotalKey, tuple[LeafKey, ...]]

SECRET = b"only for tests"


def margins(leaves: Mapping[LeafKey, int]) -> Totals:
    """Every margin over any choice of dimensions (of two leaves or more)."""
    found: dict[TotalKey, list[LeafKey]] = defaultdict(list)
    for leaf in sorted(leaves):
        for summed in product((False, True), repeat=len(leaf)):
            if any(summed):
                key = tuple("*" if hide else part for hide, part in zip(summed, leaf, strict=True))
                found[key].append(leaf)
    unique = {members: key for key, members in ((k, tuple(v)) for k, v in sorted(found.items()))}
    return {key: members for members, key in unique.items() if len(members) > 1}


def random_counts(random: Random, highest: int = 12) -> Counts:
    """A small register of wijk x organisation x category, with many zeros."""
    sizes = random.randint(1, 4), random.randint(1, 3), random.randint(1, 3)
    empty = random.choice([0.0, 0.3, 0.6])
    return {
        (f"W{wijk}", f"o{organisation}", f"c{category}"): (
            0 if random.random() < empty else random.randint(0, highest)
        )
        for wijk, organisation, category in product(*map(range, sizes))
    }


def table_of(counts: Counts, measure: str, draw_period: str = "") -> CountTable:
    return CountTable(
        measure=measure, draw_period=draw_period, leaves=counts, totals=margins(counts)
    )


def true_values(table: CountTable) -> dict[tuple[str, ...], int]:
    totals = {key: sum(table.leaves[m] for m in members) for key, members in table.totals.items()}
    return dict(table.leaves) | totals


def published_values(rounded: RoundedTable) -> dict[tuple[str, ...], int]:
    return rounded.values | rounded.totals


def members_of(table: CountTable) -> dict[tuple[str, ...], tuple[LeafKey, ...]]:
    return {leaf: (leaf,) for leaf in table.leaves} | dict(table.totals)


def number(label: str, members: tuple[LeafKey, ...]) -> Number:
    """The unknowns of a published number in the period, release or measure `label`."""
    return tuple((label, member) for member in members)


@dataclass(frozen=True)
class Quarter:
    """A table as it was published in one quarter."""

    label: str
    table: CountTable
    rounded: RoundedTable


def publish_quarters(year: list[Counts], measure: str) -> Iterator[Quarter]:
    """Publish the quarters of a year one after another."""
    carried: dict[tuple[str, ...], tuple[int, int]] = {}
    for label, counts in zip(("Q1", "Q2", "Q3", "Q4"), year, strict=False):
        table = replace(table_of(counts, measure, label), carried=dict(carried))
        rounded = round_table(table, SECRET)
        true, published = true_values(table), published_values(rounded)
        for key in published:
            before = carried.get(key, (0, 0))
            carried[key] = (before[0] + true[key], before[1] + published[key])
        yield Quarter(label, table, rounded)


def read_table(
    knowledge: Knowledge, label: str, table: CountTable, rounded: RoundedTable
) -> list[Number]:
    """Learn a published table: which leaves make each number, and that it is next to the truth."""
    published = published_values(rounded)
    numbers = []
    for key, members in members_of(table).items():
        numbers.append(number(label, members))
        knowledge.learn_rounded(numbers[-1], published[key])
    return numbers


def read_quarters(knowledge: Knowledge, quarters: list[Quarter]) -> list[Number]:
    """Learn quarters, and that sums over the first quarters of the year are next to the truth."""
    numbers = []
    for count, quarter in enumerate(quarters, start=1):
        numbers += read_table(knowledge, quarter.label, quarter.table, quarter.rounded)
        if count == 1:
            continue
        for key, members in members_of(quarter.table).items():
            so_far = quarters[:count]
            numbers.append(tuple(u for q in so_far for u in number(q.label, members)))
            total = sum(published_values(q.rounded)[key] for q in so_far)
            knowledge.learn_rounded(numbers[-1], total)
    return numbers
