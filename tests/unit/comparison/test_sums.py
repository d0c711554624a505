"""Sums of several rounded counts: their larger error is part of intervals, verdicts and costs."""

import math

import numpy as np
import pytest

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.cost_per_outcome import cost_bounds, cost_per_outcome
from dashboard.comparison.funnel import Position, limits
from dashboard.comparison.intervals import published_count_interval, published_share_interval
from dashboard.comparison.rounding import SINGLE, Errors, extra_variance, possible_counts
from dashboard.comparison.whole import Whole, whole_of
from tests.reference_statistics import compare_areas, positions
from tests.unit.comparison.test_compare_areas import figures

POPULATION, PEOPLE = BaseKind.POPULATION, BaseKind.PEOPLE
LEAVES = 9
# As data_access.publish.protect states it.
ERROR = math.ceil(1.96 * 2 * math.sqrt(LEAVES))


def _sums(true_of_leaves: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Round each leaf by a threshold of its own and add them up (leaves in the last axis)."""
    thresholds = generator.integers(0, 5, true_of_leaves.shape)
    return (5 * ((true_of_leaves + thresholds) // 5)).sum(axis=-1)


def test_a_single_count_has_no_further_rounding():
    assert extra_variance([0, 4]).tolist() == [0, 0]
    assert extra_variance([ERROR])[0] == pytest.approx(4 * (LEAVES - 1), rel=0.1)
    assert not SINGLE.are_of_sums
    assert Errors(0.0, [0, ERROR]).are_of_sums


def test_the_range_of_a_sum_is_its_error():
    lowest, highest = possible_counts([100, 100, 5], [0, 12, 12])
    assert lowest.tolist() == [96, 88, 0]
    assert highest.tolist() == [104, 112, 17]


def test_intervals_of_sums_cover_and_those_of_single_counts_do_not():
    generator = np.random.default_rng(1)
    for mean in (20.0, 60.0, 200.0):
        true = generator.poisson(mean / LEAVES, (4000, LEAVES))
        shown = _sums(true, generator)
        lower, upper = published_count_interval(shown, 0.95, ERROR)
        covered = ((lower <= mean) & (mean <= upper)).mean()
        assert 0.94 <= covered <= 0.985
        lower, upper = published_count_interval(shown, 0.95)
        assert ((lower <= mean) & (mean <= upper)).mean() < covered


def test_shares_of_sums_cover():
    generator = np.random.default_rng(2)
    for share in (0.1, 0.5):
        people = generator.integers(10, 40, (4000, LEAVES))
        part = generator.binomial(people, share)
        counts, bases = _sums(part, generator), _sums(people, generator)
        errors = Errors(ERROR, ERROR)
        lower, upper = published_share_interval(np.minimum(counts, bases), bases, 0.95, errors)
        assert 0.93 <= ((lower <= share) & (share <= upper)).mean() <= 0.985


def test_a_base_that_may_be_all_rounding_tells_nothing():
    lower, upper = published_share_interval([5], [10], 0.95, Errors(30, 30))
    assert (lower[0], upper[0]) == (0, 1)


@pytest.mark.parametrize("mean", [10.0, 40.0])
def test_equal_sums_are_seldom_called_different(mean):
    generator = np.random.default_rng(3)
    shown = _sums(generator.poisson(mean / LEAVES, (4000, LEAVES)), generator)
    whole = Whole(mean * 1e5, 1e8, POPULATION)
    bases = np.full(shown.shape, 1000.0)
    found = positions(shown, bases, whole, 0.95, Errors(ERROR))
    assert (found != Position.INSIDE).mean() <= 0.05
    alone = positions(shown, bases, whole, 0.95)
    assert (alone != Position.INSIDE).mean() > (found != Position.INSIDE).mean()


def test_limits_of_sums_lie_further_out():
    whole = Whole(1000, 100_000, POPULATION)
    _, single = limits([2000.0], whole)
    _, sums = limits([2000.0], whole, Errors(ERROR))
    assert sums[0] > single[0]


def test_errors_of_areas_add_up_in_a_whole_made_here():
    whole = whole_of([5, 10], [100, 200], PEOPLE, Errors([0, 12], [4, 3]))
    assert whole.count_error == pytest.approx(math.hypot(4, 12))
    assert whole.base_error == pytest.approx(math.hypot(4, 4))
    assert whole.pooled


def test_a_sum_is_called_different_later_than_a_single_count():
    rows = figures(A=(80, 5000), B=(45, 5000), C=(45, 5000), D=(45, 5000))
    whole = Whole(215, 20_000, POPULATION)
    single = compare_areas(rows, POPULATION, 1000, 1, whole)
    sums = compare_areas(rows.assign(count_error=[24, 0, 0, 0]), POPULATION, 1000, 1, whole)

    def position(found):
        return found.areas.set_index("name")["position_95"]["A"]

    assert position(single) == Position.HIGH
    assert position(sums) == Position.INSIDE
    assert not sums.higher.any()


def test_cost_of_money_in_steps_is_bounded_by_both_ends():
    exact = cost_per_outcome(20_000, 10)
    lower, upper = cost_bounds([20_000], [10], steps=[5000])
    assert lower[0] == exact.lower
    assert upper[0] == pytest.approx(exact.upper * 25 / 20)


def test_cost_of_a_sum_of_outcomes_is_bounded_by_its_error():
    single, total = cost_per_outcome(20_000, 100), cost_per_outcome(20_000, 100, error=19)
    assert total.lower < single.lower
    assert total.upper > single.upper
