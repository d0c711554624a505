"""What a published count says about the true one."""

import numpy as np
import pytest

from dashboard.comparison.base_kind import BaseKind, checked_bases, checked_figures
from dashboard.comparison.rounding import (
    ROUNDING_VARIANCE,
    SHIFT_CHANCES,
    as_published,
    possible_counts,
    round_unbiased,
)
from data_access.disclosure.rounding import parts, rounded


def test_a_published_zero_leaves_five_values_and_any_other_nine():
    lowest, highest = possible_counts([0, 5, 10])
    assert lowest.tolist() == [0, 1, 6]
    assert highest.tolist() == [4, 9, 14]


@pytest.mark.parametrize("count", [3, -5, 7.5, float("nan"), float("inf")])
def test_what_is_not_published_is_refused(count):
    with pytest.raises(ValueError, match="multiple of 5"):
        as_published([10, count])


def test_rounding_is_next_to_the_truth_and_unbiased():
    true_counts = np.tile(np.arange(10), (40_000, 1))
    published = round_unbiased(true_counts, np.random.default_rng(1))
    assert np.all(published % 5 == 0)
    assert np.abs(published - true_counts).max() == 4
    assert published.mean(axis=0) == pytest.approx(np.arange(10), abs=0.06)
    errors = (published - true_counts)[:, :5]
    assert errors.var() == pytest.approx(ROUNDING_VARIANCE, abs=0.05)
    assert SHIFT_CHANCES.sum() == pytest.approx(1)


def test_bases_that_carry_no_rate_are_refused():
    with pytest.raises(ValueError, match="above zero"):
        checked_bases([1000, 0], BaseKind.POPULATION)
    with pytest.raises(ValueError, match="below 10"):
        checked_bases([10, 5], BaseKind.PEOPLE)
    with pytest.raises(ValueError, match="multiple of 5"):
        checked_bases([12], BaseKind.PEOPLE)


def test_a_part_rounded_above_its_whole_is_taken_as_the_whole():
    assert checked_figures([15], [10], BaseKind.PEOPLE)[0].tolist() == [10]
    assert checked_figures([15], [10], BaseKind.POPULATION)[0].tolist() == [15]


def test_a_threshold_gives_the_law_that_intervals_count_with():
    """Over the five thresholds a count n rounds up in as many as its remainder: n/5 of them."""
    for count in range(60):
        shown = [rounded(count, threshold, 5) for threshold in range(5)]
        assert sum(shown) == 5 * count
        assert shown.count(5 * (count // 5) + 5) == count % 5


def test_a_difference_of_running_sums_has_the_law_of_a_single_count():
    """Under one threshold the earlier sum moves the remainder over all five in turn."""
    for before in range(12):
        for count in range(30):
            as_part = sorted(parts([before, count], each, 5)[1] for each in range(5))
            alone = sorted(rounded(count, each, 5) for each in range(5))
            assert as_part == alone
