"""Rates, their intervals, and what rounding leaves open of 0 % and 100 %."""

import pytest

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.intervals import published_count_interval, published_share_interval
from dashboard.comparison.rates import rate, rate_interval


def test_rate_per_thousand_residents():
    assert rate([20, 0], [8000, 500], BaseKind.POPULATION, 1000).tolist() == [2.5, 0]


def test_rate_per_hundred_people():
    assert rate([15], [60], BaseKind.PEOPLE, 100).tolist() == [25]


def test_interval_of_a_population_rate_is_that_of_its_count():
    lower, upper = rate_interval([20], [8000], BaseKind.POPULATION, 1000)
    count_lower, count_upper = published_count_interval([20])
    assert lower == pytest.approx(count_lower / 8)
    assert upper == pytest.approx(count_upper / 8)


def test_interval_of_a_share_takes_its_base_as_rounded_too():
    lower, upper = rate_interval([15], [60], BaseKind.PEOPLE, 100, level=0.998)
    share_lower, share_upper = published_share_interval([15], [60], 0.998)
    assert lower == pytest.approx(100 * share_lower)
    assert upper == pytest.approx(100 * share_upper)


def test_no_rate_on_a_base_below_ten():
    with pytest.raises(ValueError, match="below 10"):
        rate([5], [5], BaseKind.PEOPLE)
