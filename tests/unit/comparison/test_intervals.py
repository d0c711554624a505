"""Reference values of the textbook intervals, and properties of those for published counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.comparison.intervals import (
    exact_poisson,
    over_rounding_range,
    published_count_interval,
    published_share_interval,
)
from tests.reference_statistics import wilson

published_counts = st.integers(0, 400).map(lambda steps: 5 * steps)
levels = st.sampled_from([0.8, 0.95, 0.998])


@pytest.mark.parametrize(
    ("count", "lower", "upper", "digits"),
    [
        (0, 0, 3.6889, 4),
        (1, 0.0253178, 5.5716434, 7),
        (5, 1.6234864, 11.6683321, 7),
        (6, 2.2019, 13.0595, 4),
    ],
)
def test_exact_poisson(count, lower, upper, digits):
    assert [round(float(bound), digits) for bound in exact_poisson(count)] == [lower, upper]


@pytest.mark.parametrize(
    ("count", "base", "lower", "upper", "digits"),
    [
        (65, 100, 0.5525444330, 0.7363575176, 10),
        (5, 100, 0.0215436792, 0.1117504692, 10),
        (18, 142, 0.081707, 0.191476, 6),
    ],
)
def test_wilson(count, base, lower, upper, digits):
    assert [round(float(bound), digits) for bound in wilson(count, base)] == [lower, upper]


def test_textbook_intervals_take_the_level():
    usual, strict = exact_poisson(20, 0.95), exact_poisson(20, 0.998)
    assert strict[0] < usual[0] < 20 < usual[1] < strict[1]
    lower, upper = wilson(20, 50, 0.998)
    for bound in (lower, upper):
        assert abs(0.4 - bound) == pytest.approx(3.090232 * np.sqrt(bound * (1 - bound) / 50))


def test_over_the_rounding_range_a_published_five_means_one_to_nine():
    lower, upper = over_rounding_range(exact_poisson, [0, 5])
    assert lower == pytest.approx([0, 0.0253178], abs=1e-7)
    assert upper == pytest.approx([exact_poisson(4)[1], exact_poisson(9)[1]])


@pytest.mark.parametrize("count", [5, 10, 35])
@pytest.mark.parametrize("level", [0.95, 0.998])
def test_mid_p_definition_holds_at_both_bounds(count, level, chance_published):
    lower, upper = published_count_interval(count, level)
    at_lower = chance_published(stats.poisson.pmf(np.arange(400), lower))
    above = sum(chance for value, chance in at_lower.items() if value > count)
    assert above + at_lower[count] / 2 == pytest.approx((1 - level) / 2, rel=1e-4)
    at_upper = chance_published(stats.poisson.pmf(np.arange(400), upper))
    below = sum(chance for value, chance in at_upper.items() if value < count)
    assert below + at_upper[count] / 2 == pytest.approx((1 - level) / 2, rel=1e-4)


def test_published_zero_starts_at_zero_and_five_at_a_quarter():
    # The tail of a published 5 is E[min(X, 10)] / 10, so 2.5 % of it lies at a mean of 0.25.
    lower, upper = published_count_interval([0, 5])
    assert lower == pytest.approx([0, 0.25], abs=1e-6)
    assert upper == pytest.approx([7.26394, 13.78387], abs=1e-5)


@given(published_counts, levels)
def test_published_interval_holds_the_count_and_is_narrower_than_the_worst_case(count, level):
    lower, upper = published_count_interval(count, level)
    worst_lower, worst_upper = over_rounding_range(exact_poisson, count, level)
    assert lower <= count <= upper
    assert upper - lower < worst_upper - worst_lower


@given(published_counts, levels)
def test_rounding_makes_the_interval_wider_than_that_of_the_known_count(count, level):
    lower, upper = published_count_interval(count, level)
    tail = (1 - level) / 2
    mid_lower = stats.gamma.ppf(tail, count + 0.5)
    assert upper > stats.gamma.isf(tail, count + 0.5)
    assert lower < mid_lower or count == 0


@given(published_counts)
def test_intervals_grow_with_the_count_and_the_level(count):
    lower, upper = published_count_interval([count, count + 5])
    assert lower[0] < lower[1]
    assert upper[0] < upper[1]
    strict_lower, strict_upper = published_count_interval(count, 0.998)
    assert strict_lower <= lower[0]
    assert strict_upper > upper[0]


def test_any_shape_and_order():
    lower, _ = published_count_interval([[10, 0], [5, 10]])
    assert lower.shape == (2, 2)
    assert lower[0, 0] == lower[1, 1] > lower[1, 0] > lower[0, 1] == 0


@given(st.integers(2, 60), st.data(), levels)
def test_share_interval_is_wilson_widened(steps, data, level):
    base = 5 * steps
    count = 5 * data.draw(st.integers(0, steps))
    lower, upper = published_share_interval(count, base, level)
    plain_lower, plain_upper = wilson(count, base, level)
    assert 0 <= lower <= max(plain_lower, 0) + 1e-12
    assert min(plain_upper, 1) - 1e-12 <= upper <= 1
    assert lower <= count / base <= upper


def test_share_interval_nears_wilson_on_a_large_base():
    lower, upper = published_share_interval(6500, 10_000)
    plain_lower, plain_upper = wilson(6500, 10_000)
    assert lower == pytest.approx(plain_lower, abs=1e-4)
    assert upper == pytest.approx(plain_upper, abs=1e-4)


def test_share_interval_by_hand():
    # 5 of 10: (5 - 10p)^2 = 3.841459 (10 p (1-p) + 4 + 4 p^2)
    lower, upper = published_share_interval(5, 10)
    for share in (lower, 1.0):
        excess = (5 - 10 * share) ** 2 - 3.841459 * (10 * share * (1 - share) + 4 + 4 * share**2)
        assert excess == pytest.approx(0, abs=1e-5) if share == lower else excess < 0
    assert upper == 1


def test_shares_without_a_bound():
    lower, upper = published_share_interval([0, 50], [50, 50])
    assert lower[0] == 0
    assert upper[1] == 1
    assert 0 < upper[0] < 0.2
    assert 0.8 < lower[1] < 1
