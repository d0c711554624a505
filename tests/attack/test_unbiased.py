"""Directions are fair coins that fall the same way each time."""

from statistics import fmean

import pytest

from data_access.disclosure import DisclosureError, round_table
from tests.attack.tables import SECRET, Counts, published_values, table_of, true_values

KEYS = [f"key {index}".encode() for index in range(1_500)]

# Four standard errors of a mean over KEYS of values that are 0 or 5.
NOISE = 4 * 2.5 / len(KEYS) ** 0.5


@pytest.mark.parametrize("count", range(10))
def test_a_number_by_itself_is_unbiased(count: int) -> None:
    table = table_of({("W0",): count}, "alone")
    mean = fmean(round_table(table, key).values[("W0",)] for key in KEYS)
    assert abs(mean - count) <= NOISE


@pytest.mark.parametrize("counts", [(2, 2, 2, 2), (1, 1, 1, 1), (4, 4, 4, 4), (3, 1, 4), (1,) * 8])
def test_linked_numbers_are_nearly_unbiased(counts: tuple[int, ...]) -> None:
    """Totals force some leaves from their draw: half a person on average at the very most."""
    table = table_of({("W0", f"o{index:02}"): n for index, n in enumerate(counts)}, "linked")
    true = true_values(table)
    shown = [published_values(round_table(table, key)) for key in KEYS]
    for number, value in true.items():
        assert abs(fmean(one[number] for one in shown) - value) <= 0.5


def twenty_leaves() -> Counts:
    return {(f"W{index:02}", "o0"): index % 5 for index in range(20)}


def test_the_same_table_and_key_give_the_same_answer() -> None:
    table = table_of(twenty_leaves(), "same")
    assert round_table(table, SECRET) == round_table(table, SECRET)


def test_another_key_measure_or_period_draws_anew() -> None:
    table = table_of(twenty_leaves(), "same")
    answers = {
        tuple(round_table(one, key).values.values())
        for one, key in (
            (table, SECRET),
            (table, b"another key"),
            (table_of(twenty_leaves(), "other"), SECRET),
            (table_of(twenty_leaves(), "same", "2025-Q1"), SECRET),
            (table_of(twenty_leaves(), "same2", "025-Q1"), SECRET),
        )
    }
    assert len(answers) == 5


def test_without_a_key_nothing_is_published() -> None:
    with pytest.raises(DisclosureError, match="geheime sleutel"):
        round_table(table_of({("W0",): 5}, "keyless"), b"")
