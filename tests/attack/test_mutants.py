"""The attacker catches every known bad way of protecting; else its other tests prove nothing."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from data_access.disclosure import round_table
from tests.attack.attacker import Knowledge, Number, exposed, recovered
from tests.attack.tables import (
    SECRET,
    Counts,
    margins,
    members_of,
    number,
    random_counts,
    read_table,
    table_of,
    true_values,
)


def small_registers() -> Iterator[Counts]:
    for seed in range(12):
        yield random_counts(Random(seed), highest=8)


def tables_in_which(is_found: list[bool]) -> float:
    return sum(is_found) / len(is_found)


def test_hiding_counts_below_five_is_caught() -> None:
    """Leaves of 1-4 are left out, all other numbers are exact."""
    is_found = []
    for counts in small_registers():
        table, knowledge, hidden = table_of(counts, "hide"), Knowledge(), []
        for key, members in members_of(table).items():
            true = true_values(table)[key]
            if key in counts and 1 <= true <= 4:
                hidden.append(number("", members))
                knowledge.learn_sum(hidden[-1], 1, 4)
            else:
                knowledge.learn_sum(number("", members), true, true)
        if hidden:
            is_found.append(bool(recovered(knowledge.possible(hidden))))
    assert tables_in_which(is_found) > 0.5


def nearest_multiple(count: int) -> int:
    return 5 * ((count + 2) // 5)


def test_rounding_each_number_by_itself_is_caught() -> None:
    """[2, 2, 2, 2] shows 0, 0, 0, 0 with total 10."""
    counts = {(f"W{wijk}",): 2 for wijk in range(4)}
    table, knowledge, numbers = table_of(counts, "independent"), Knowledge(), []
    for key, members in members_of(table).items():
        numbers.append(number("", members))
        knowledge.learn_rounded(numbers[-1], nearest_multiple(true_values(table)[key]), reach=2)
    possible = knowledge.possible(numbers)
    assert recovered(possible) == numbers
    assert all(possible[number("", (leaf,))] == {2} for leaf in counts)


def test_exact_totals_are_caught() -> None:
    """Leaves are rounded as the product does, but totals are shown as they are."""
    is_found = []
    for counts in small_registers():
        table, knowledge, numbers = table_of(counts, "exact totals"), Knowledge(), []
        rounded = round_table(table, SECRET)
        for key, members in members_of(table).items():
            if key in counts:
                numbers.append(number("", members))
                knowledge.learn_rounded(numbers[-1], rounded.values[key])
            else:
                true = true_values(table)[key]
                knowledge.learn_sum(number("", members), true, true)
        is_found.append(bool(recovered(knowledge.possible(numbers))))
    assert tables_in_which(is_found) > 0.5


def test_leaving_out_empty_cells_is_caught() -> None:
    """If a cell is there only when someone is in it, a 0 that is there has four values."""
    is_found = []
    for counts in small_registers():
        present = {leaf: count for leaf, count in counts.items() if count}
        if not present:
            continue
        table, knowledge = table_of(present, "sparse"), Knowledge()
        rounded = round_table(table, SECRET)
        numbers: list[Number] = read_table(knowledge, "", table, rounded)
        for leaf in present:
            knowledge.learn_sum(number("", (leaf,)), 1, 1_000)
        is_found.append(bool(exposed(knowledge.possible(numbers))))
    assert tables_in_which(is_found) > 0.5


def steps_off(values: tuple[int, ...], truth: tuple[int, ...]) -> int:
    """By how many steps of five a total has to be widened to be the sum of these values."""
    excess = max(sum(values) - 5 * -(-sum(truth) // 5), 5 * (sum(truth) // 5) - sum(values), 0)
    return excess // 5


def must_be_widened(
    truth: tuple[int, ...], shown: tuple[int, ...], bounds: tuple[int, ...]
) -> bool:
    """Whether these values are among the least widened within the bounds, but are widened."""
    choices = [{5 * (count // 5), 5 * -(-count // 5)} for count in truth]
    within = [
        steps_off(values, truth)
        for values in product(*choices)
        if all(value <= bound for value, bound in zip(values, bounds, strict=True))
    ]
    return 0 < steps_off(shown, truth) <= min(within)


def test_telling_which_total_was_widened_is_caught() -> None:
    """4, 0 and 2 of wholes shown as 0, 5 and 0: their total 6 has to be shown as 0."""
    leaves, bounds, shown = [("W0",), ("W1",), ("W2",)], (0, 5, 0), (0, 0, 0)
    table = replace(
        table_of(dict(zip(leaves, (4, 0, 2), strict=True)), "part"),
        at_most=dict(zip(leaves, bounds, strict=True)),
    )
    rounded = round_table(table, SECRET)
    assert tuple(rounded.values.values()) == shown
    assert rounded.widened == tuple(margins(table.leaves))

    truths = list(product(range(5), repeat=3))
    told = [truth for truth in truths if must_be_widened(truth, shown, bounds)]
    assert {truth[1] for truth in told} == {0}, "who is told, knows that nobody is in the second"

    knowledge = Knowledge()
    assert exposed(knowledge.possible(read_table(knowledge, "", table, rounded))) == []
