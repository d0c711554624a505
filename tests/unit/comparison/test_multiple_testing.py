"""p-values of published counts, and Benjamini-Hochberg."""

import numpy as np
import pytest

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.funnel import Position
from dashboard.comparison.multiple_testing import stands_out
from dashboard.comparison.whole import Whole, surprises_against
from tests.reference_statistics import p_values, positions

WHOLE = Whole(1000, 100_000, BaseKind.POPULATION)


def test_twice_the_smaller_surprise_and_never_above_one():
    high, low = surprises_against([25, 0, 10], [1000, 1000, 1000], WHOLE)
    chances = p_values([25, 0, 10], [1000, 1000, 1000], WHOLE)
    assert chances[:2] == pytest.approx([2 * high[0], 2 * low[1]])
    assert 2 * min(high[2], low[2]) > 1
    assert chances[2] == 1


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_agrees_with_the_funnel(level):
    counts = np.tile(np.arange(0, 60, 5), 5)
    bases = np.repeat([300, 700, 1000, 2000, 4000], 12)
    outside = positions(counts, bases, WHOLE, level) != Position.INSIDE
    assert outside.any()
    assert not outside.all()
    assert ((p_values(counts, bases, WHOLE) <= 1 - level) == outside).all()


def test_benjamini_hochberg_by_hand():
    # Sorted 0.001, 0.012, 0.03, 0.04, 0.9 against 0.01, 0.02, 0.03, 0.04, 0.05.
    assert stands_out([0.04, 0.9, 0.001, 0.03, 0.012]).tolist() == [True, False, True, True, True]
    assert (
        stands_out([0.041, 0.9, 0.001, 0.031, 0.021]).tolist() == [False] * 2 + [True] + [False] * 2
    )


def test_a_stricter_share_calls_out_less():
    assert stands_out([0.001, 0.03, 0.04], 0.01).tolist() == [True, False, False]


def test_nothing_looked_at_is_nothing_found():
    assert stands_out([]).tolist() == []
