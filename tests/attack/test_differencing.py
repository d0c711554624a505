"""Subtracting two answers, and knowing what changed between them."""

from collections import defaultdict
from dataclasses import replace
from random import Random

import pytest

from data_access.disclosure import CountTable, LeafKey, RoundedTable, round_table
from tests.attack.attacker import Knowledge, Number, exposed, recovered
from tests.attack.tables import (
    SECRET,
    Counts,
    members_of,
    number,
    publish_quarters,
    published_values,
    random_counts,
    read_quarters,
    read_table,
    table_of,
    true_values,
)

Key = tuple[str, ...]
Errors = dict[Key, tuple[int, int]]

WIJKEN = [f"W{index}" for index in range(6)]


def small_register(random: Random) -> Counts:
    return {
        (wijk, organisation): random.choice([0, 1, 2, 3, 4, 6, 9, 17])
        for wijk in WIJKEN
        for organisation in ("o0", "o1")
    }


def assert_hidden(knowledge: Knowledge, numbers: list[Number]) -> None:
    possible = knowledge.possible(numbers)
    assert recovered(possible) == []
    assert exposed(possible) == []


@pytest.mark.parametrize("seed", range(10))
def test_filter_a_minus_filter_b(seed: int) -> None:
    """The difference of two published numbers, one within the other, is a number of people too."""
    table = table_of(random_counts(Random(seed)), f"filters-{seed}")
    knowledge = Knowledge()
    read_table(knowledge, "", table, round_table(table, SECRET))
    members = {frozenset(leaves) for leaves in members_of(table).values()}
    parts = sorted({tuple(sorted(a - b)) for a in members for b in members if b < a})
    if parts:
        chosen = Random(seed).sample(parts, min(len(parts), 25))
        assert_hidden(knowledge, [number("", part) for part in chosen])


@pytest.mark.parametrize("seed", range(10))
def test_total_minus_the_parts_that_are_shown(seed: int) -> None:
    """One leaf is left out of the release; its totals are not."""
    random = Random(seed)
    table = table_of(small_register(random), f"left-out-{seed}")
    rounded = round_table(table, SECRET)
    left_out = random.choice(sorted(table.leaves))
    knowledge = Knowledge()
    for key, members in members_of(table).items():
        if key != left_out:
            knowledge.learn_rounded(number("", members), published_values(rounded)[key])
    assert_hidden(knowledge, [number("", (left_out,))])


@pytest.mark.parametrize("seed", range(10))
def test_year_minus_three_quarters(seed: int) -> None:
    """One quarter is left out of the release; the year and the other quarters are in it."""
    random = Random(seed)
    year = [small_register(random) for _ in range(4)]
    quarters = list(publish_quarters(year, f"year-{seed}"))
    whole_year = Knowledge()
    read_quarters(whole_year, quarters)
    without_last = Knowledge()
    read_quarters(without_last, quarters[:3])
    numbers = []
    for key, members in members_of(quarters[0].table).items():
        shown = sum(published_values(quarter.rounded)[key] for quarter in quarters)
        of_year = tuple(u for quarter in quarters for u in number(quarter.label, members))
        without_last.learn_rounded(of_year, shown)
        numbers.append(number(quarters[3].label, members))
    assert_hidden(whole_year, numbers)
    assert_hidden(without_last, numbers)


def known_changes(
    history: list[tuple[CountTable, RoundedTable]],
) -> tuple[Knowledge, list[Number]]:
    """What is left to one who knows by how much every leaf changed from table to table."""
    knowledge, first = Knowledge(), history[0][0]
    for table, rounded in history:
        for key, members in members_of(table).items():
            change = sum(table.leaves[leaf] - first.leaves[leaf] for leaf in members)
            shown = published_values(rounded)[key] - change
            knowledge.learn_rounded(number("", members), shown)
    return knowledge, [number("", members) for members in members_of(first).values()]


def widen(errors: Errors, table: CountTable, rounded: RoundedTable) -> Errors:
    true, wider = true_values(table), dict(errors)
    for key, value in published_values(rounded).items():
        error = value - true[key]
        low, high = errors.get(key, (error, error))
        wider[key] = min(low, error), max(high, error)
    return wider


def unchanged(last: tuple[CountTable, RoundedTable], counts: Counts) -> dict[LeafKey, int]:
    table, rounded = last
    return {leaf: rounded.values[leaf] for leaf in counts if counts[leaf] == table.leaves[leaf]}


def test_one_person_added_between_two_releases() -> None:
    """Even to one who knows where, and that nothing else changed."""
    for seed in range(20):
        random = Random(seed)
        first = table_of(small_register(random), f"added-{seed}", "2025-Q1")
        before = round_table(first, SECRET)
        place = random.choice(sorted(first.leaves))
        counts = dict(first.leaves) | {place: first.leaves[place] + 1}
        second = replace(
            first,
            leaves=counts,
            keep=unchanged((first, before), counts),
            steady=widen({}, first, before),
        )
        after = round_table(second, SECRET)
        assert all(after.values[leaf] == before.values[leaf] for leaf in counts if leaf != place)
        knowledge, numbers = known_changes([(first, before), (second, after)])
        assert recovered(knowledge.possible(numbers)) == []


def given_away(history: list[tuple[CountTable, RoundedTable]]) -> set[Key]:
    """Numbers whose own history leaves only their true value, to one who knows each change."""
    first, found = true_values(history[0][0]), set()
    for key, value in first.items():
        errors = [
            published_values(shown)[key] - true_values(table)[key] for table, shown in history
        ]
        least, most = max(0, value + max(errors) - 4), value + min(errors) + 4
        if least == value == most:
            found.add(key)
    return found


def test_one_person_added_in_each_of_eight_releases() -> None:
    """One who goes on counting learns hardly anything, and nothing that the publisher is not told.

    Except that nobody was there, where he knows four newcomers himself and still reads 0.
    """
    asked = reported = 0
    for seed in range(40):
        random = Random(seed)
        table = table_of(small_register(random), f"more-{seed}", "2025-Q1")
        history, errors = [(table, round_table(table, SECRET))], {}
        for _ in range(8):
            errors = widen(errors, *history[-1])
            place = random.choice(sorted(table.leaves)[:3])
            counts = dict(table.leaves) | {place: table.leaves[place] + 1}
            keep = unchanged(history[-1], counts)
            table = replace(table, leaves=counts, keep=keep, steady=errors)
            history.append((table, round_table(table, SECRET)))
        unsteady = {key for _, rounded in history for key in rounded.unsteady}
        first = true_values(history[0][0])
        asked += len(first)
        for key in given_away(history):
            reported += key in unsteady
            assert key in unsteady or first[key] == 0
    assert reported / asked < 0.01


def sixteen_dates(seed: int, draw_by_date: bool) -> list[tuple[CountTable, RoundedTable]]:
    """A stock on sixteen dates: half of the leaves never change, the others do."""
    random = Random(seed)
    counts = small_register(random)
    moving = sorted(counts)[: len(counts) // 2]
    history: list[tuple[CountTable, RoundedTable]] = []
    errors: Errors = {}
    for date in range(16):
        table = table_of(counts, f"stock-{seed}", f"{date}" if draw_by_date else "")
        if history and not draw_by_date:
            errors = widen(errors, *history[-1])
            table = replace(table, prefer=unchanged(history[-1], counts), steady=errors)
        history.append((table, round_table(table, SECRET)))
        counts = counts | {
            leaf: max(0, counts[leaf] + random.choice([-1, 0, 1])) for leaf in moving
        }
    return history


def constant_leaves(history: list[tuple[CountTable, RoundedTable]]) -> dict[LeafKey, set[int]]:
    """Published values of the leaves that never change and are no multiple of five."""
    shown: dict[LeafKey, set[int]] = defaultdict(set)
    for leaf in sorted(history[0][0].leaves)[len(history[0][0].leaves) // 2 :]:
        if history[0][0].leaves[leaf] % 5:
            shown[leaf] = {rounded.values[leaf] for _, rounded in history}
    return shown


def test_constant_stock_cannot_be_averaged() -> None:
    """While its neighbours change, an unchanged leaf shows one value on all sixteen dates."""
    leaves = turned = 0
    for seed in range(10):
        history = sixteen_dates(seed, draw_by_date=False)
        reported = {key for _, rounded in history for key in rounded.unsteady}
        for leaf, shown in constant_leaves(history).items():
            assert len(shown) == 1 or leaf in reported
            leaves, turned = leaves + 1, turned + (len(shown) > 1)
    assert leaves > 30
    assert turned / leaves < 0.1


def test_a_new_draw_on_each_date_would_be_averaged() -> None:
    """The mutant of the test above."""
    leaves = averaged = 0
    for seed in range(10):
        history = sixteen_dates(seed, draw_by_date=True)
        for leaf, shown in constant_leaves(history).items():
            mean = sum(rounded.values[leaf] for _, rounded in history) / len(history)
            leaves += 1
            averaged += len(shown) > 1 and abs(mean - history[0][0].leaves[leaf]) < 1
    assert averaged / leaves > 0.4


def test_no_number_is_given_away_by_its_own_history() -> None:
    """Even to one who knows each change of it on sixteen dates: leaf or total."""
    for seed in range(10):
        history = sixteen_dates(seed, draw_by_date=False)
        errors: Errors = {}
        for table, rounded in history:
            errors = widen(errors, table, rounded)
            assert rounded.widened == ()
        assert all(high - low < 8 for low, high in errors.values())


def test_without_steady_a_history_gives_numbers_away() -> None:
    """The mutant of the test above: two people join, and 4 then 6 are shown as 0 then 10."""
    given_away = 0
    for seed in range(40):
        random, errors = Random(seed), {}
        counts = {("W0", organisation): 2 for organisation in ("o0", "o1", "o2")}
        for date in range(16):
            table = table_of(counts, f"loose-{seed}", f"{date}")
            errors = widen(errors, table, round_table(table, SECRET))
            counts = {leaf: max(0, n + random.choice([-1, 0, 1])) for leaf, n in counts.items()}
        given_away += sum(high - low == 8 for low, high in errors.values())
    assert given_away > 0
