"""Every small table there is: all 2 x 2 tables of 0-9, all rows of four counts of 0-12."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from data_access.disclosure import CountTable, LeafKey, TotalKey, round_table
from tests.attack.attacker import ENOUGH
from tests.attack.tables import SECRET

Totals = dict[TotalKey, tuple[LeafKey, ...]]

SQUARE = [("W0", "o0"), ("W0", "o1"), ("W1", "o0"), ("W1", "o1")]
SQUARE_TOTALS: Totals = {
    ("W0", "*"): (SQUARE[0], SQUARE[1]),
    ("W1", "*"): (SQUARE[2], SQUARE[3]),
    ("*", "o0"): (SQUARE[0], SQUARE[2]),
    ("*", "o1"): (SQUARE[1], SQUARE[3]),
    ("*", "*"): tuple(SQUARE),
}
ROW = [("W0", f"o{index}") for index in range(4)]
ROW_TOTALS: Totals = {("W0", "*"): tuple(ROW)}

SHAPES = {
    "2 x 2": (SQUARE, SQUARE_TOTALS, 9, 10_000),
    "row": (ROW, ROW_TOTALS, 12, 28_561),
}


def matrix(leaves: list[LeafKey], totals: Totals) -> NDArray[np.int64]:
    """A row per published number: the leaves, then the totals."""
    sums = [[int(leaf in members) for leaf in leaves] for members in totals.values()]
    return np.vstack([np.eye(len(leaves), dtype=np.int64), np.array(sums)])


def round_counts(name: str, counts: tuple[int, ...], secret: bytes) -> tuple[int, ...]:
    leaves, totals, _, _ = SHAPES[name]
    table = CountTable(
        measure=f"{name} {counts}",
        draw_period="",
        leaves=dict(zip(leaves, counts, strict=True)),
        totals=totals,
    )
    rounded = round_table(table, secret)
    assert rounded.widened == ()
    assert list(rounded.totals.values()) == [
        sum(rounded.values[leaf] for leaf in totals[key]) for key in rounded.totals
    ]
    return tuple(rounded.values[leaf] for leaf in leaves)


@cache
def possible_truths(name: str, published: tuple[int, ...]) -> NDArray[np.int64]:
    """Every truth that fits what is published: the numbers of each (a row is a truth)."""
    leaves, totals, _, _ = SHAPES[name]
    shown = matrix(leaves, totals) @ np.array(published)
    around = [range(max(0, value - 4), value + 5) for value in published]
    truths = np.array(list(product(*around))) @ matrix(leaves, totals).T
    return truths[(np.abs(truths - shown) <= 4).all(axis=1)]


@pytest.mark.parametrize("name", SHAPES)
def test_every_table(name: str) -> None:
    """The truth is among the possible ones, and each number has at least five possible values."""
    leaves, totals, highest, expected = SHAPES[name]
    counted, values_left = 0, {}
    for counts in product(range(highest + 1), repeat=4):
        published = round_counts(name, counts, SECRET)
        truths = possible_truths(name, published)
        if published not in values_left:
            values_left[published] = min(len(set(column)) for column in truths.T.tolist())
        true = matrix(leaves, totals) @ np.array(counts)
        shown = matrix(leaves, totals) @ np.array(published)
        assert (np.abs(shown - true) <= 4).all()
        assert values_left[published] >= ENOUGH
        counted += 1
    assert counted == expected


@pytest.mark.parametrize("name", SHAPES)
def test_every_possible_value_is_really_published_so(name: str) -> None:
    """Knowing how directions are chosen does not help: some key shows each of those truths thus."""
    for published in product((0, 5, 10), repeat=4):
        for position, shift in product(range(4), (-4, -3, -2, -1, 1, 2, 3, 4)):
            counts = list(published)
            counts[position] += shift
            if counts[position] >= 0:
                keys = (f"{trial}".encode() for trial in range(200))
                assert any(round_counts(name, tuple(counts), key) == published for key in keys)
