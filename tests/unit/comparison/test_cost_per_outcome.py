"""Cost per outcome."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.comparison.cost_per_outcome import cost_per_outcome
from dashboard.comparison.intervals import exact_poisson


def test_reference_values():
    # Ten stands for 6 to 14, whose exact bounds are 2.2019 (of 6) and 23.4896 (of 14).
    found = cost_per_outcome(150_000, 10)
    assert (found.estimate, round(found.lower), round(found.upper)) == (15_000, 6_386, 68_123)


def test_a_published_five_means_one_to_nine():
    found = cost_per_outcome(150_000, 5)
    assert found.estimate == 30_000
    assert found.lower == 150_000 / exact_poisson(9)[1]
    assert found.upper == 150_000 / exact_poisson(1)[0]


def test_a_published_zero_may_be_four_and_is_more_than():
    found = cost_per_outcome(150_000, 0)
    assert found.estimate is None
    assert found.lower == 150_000 / exact_poisson(4)[1]
    assert round(found.lower) == 14_646
    assert found.upper is None


@given(st.integers(1, 300), st.integers(-4, 4), st.floats(1, 1e7))
def test_published_bounds_hold_those_of_every_possible_count(steps, off, spend):
    published = cost_per_outcome(spend, 5 * steps)
    fewest, most = exact_poisson(5 * steps + off)
    assert published.lower <= spend / most
    assert published.upper >= spend / fewest


def test_refused():
    with pytest.raises(ValueError, match="zero or more"):
        cost_per_outcome(-1, 5)
    with pytest.raises(ValueError, match="zero or more"):
        cost_per_outcome(float("nan"), 5)
    with pytest.raises(ValueError, match="multiple of 5"):
        cost_per_outcome(1, 6)
