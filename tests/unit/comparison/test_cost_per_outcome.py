"""Cost per outcome."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.comparison.cost_per_outcome import cost_per_known_outcome, cost_per_outcome


def test_reference_values():
    found = cost_per_known_outcome(150_000, 6)
    assert (found.estimate, round(found.lower), round(found.upper)) == (25_000, 11_486, 68_123)


def test_zero_known_outcomes_is_more_than():
    found = cost_per_known_outcome(150_000, 0)
    assert (found.estimate, round(found.lower), found.upper) == (None, 40_663, None)


def test_a_published_five_means_one_to_nine():
    found = cost_per_outcome(150_000, 5)
    assert found.estimate == 30_000
    assert found.lower == cost_per_known_outcome(150_000, 9).lower
    assert found.upper == cost_per_known_outcome(150_000, 1).upper


def test_a_published_zero_may_be_four():
    found = cost_per_outcome(150_000, 0)
    assert found.estimate is None
    assert found.lower == cost_per_known_outcome(150_000, 4).lower
    assert found.upper is None


@given(st.integers(1, 300), st.integers(-4, 4), st.floats(1, 1e7))
def test_published_bounds_hold_those_of_every_possible_count(steps, off, spend):
    published = cost_per_outcome(spend, 5 * steps)
    true = cost_per_known_outcome(spend, 5 * steps + off)
    assert published.lower <= true.lower
    assert published.upper >= true.upper


def test_refused():
    with pytest.raises(ValueError, match="zero or more"):
        cost_per_outcome(-1, 5)
    with pytest.raises(ValueError, match="zero or more"):
        cost_per_outcome(float("nan"), 5)
    with pytest.raises(ValueError, match="multiple of 5"):
        cost_per_outcome(1, 6)
    with pytest.raises(ValueError, match="zero or more"):
        cost_per_known_outcome(1, -1)
