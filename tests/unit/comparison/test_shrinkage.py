"""Empirical Bayes: the reference values, and what rounding adds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.comparison.shrinkage import empirical_bayes

EVENTS = [10, 1, 3, 4, 2, 5]
BASES = [100, 15, 20, 20, 80, 90]


def test_reference_values():
    expected = [0.088684, 0.075540, 0.089499, 0.098104, 0.053351, 0.066596]
    assert empirical_bayes(EVENTS, BASES).round(6).tolist() == expected


def test_rounding_pulls_further_towards_the_whole():
    events, bases = [10, 60, 20, 25], [4000, 6000, 5000, 7000]
    pooled = sum(events) / sum(bases)
    exact = np.abs(empirical_bayes(events, bases) - pooled)
    rounded = np.abs(empirical_bayes(events, bases, 4.0) - pooled)
    assert np.all(rounded < exact)


def test_no_more_scatter_than_chance_gives_the_pooled_rate():
    assert empirical_bayes([5, 5, 10], [500, 500, 1000]) == pytest.approx([0.01] * 3)
    assert empirical_bayes([0, 0], [500, 500], 4.0).tolist() == [0, 0]


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(50, 5000)), min_size=2, max_size=12),
    st.sampled_from([0.0, 4.0]),
)
def test_estimates_lie_between_raw_and_pooled(figures, rounding):
    events, bases = (np.array(column, dtype=float) for column in zip(*figures, strict=True))
    raw, pooled = events / bases, events.sum() / bases.sum()
    estimates = empirical_bayes(events, bases, rounding)
    assert np.all(estimates >= np.minimum(raw, pooled) - 1e-12)
    assert np.all(estimates <= np.maximum(raw, pooled) + 1e-12)
