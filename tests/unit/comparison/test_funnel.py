"""Funnel limits: where they lie, that the line and the flags agree, that rounding never flags."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.chance_of_published import surprise_at_high, surprise_at_low
from dashboard.comparison.funnel import LEVELS, Position, limits
from dashboard.comparison.whole import Whole, surprises_against, whole_of
from tests.reference_statistics import positions

PEOPLE, POPULATION = BaseKind.PEOPLE, BaseKind.POPULATION


def test_the_range_of_a_published_total_is_four_and_of_a_sum_more():
    assert Whole(100, 1000, POPULATION).rate_range == pytest.approx((0.096, 0.104))
    assert Whole(100, 1000, POPULATION, 20).rate_range == pytest.approx((0.080, 0.120))
    assert Whole(0, 1000, POPULATION).rate_range == pytest.approx((0, 0.004))
    assert Whole(100, 200, PEOPLE).rate_range == pytest.approx((96 / 204, 104 / 196))
    assert Whole(200, 200, PEOPLE).rate_range[1] == 1


def test_a_whole_added_up_here_knows_how_many_figures_it_is_made_of():
    assert whole_of([5, 10], [100, 200], POPULATION) == Whole(
        15, 300, POPULATION, *2 * [4 * 2**0.5], pooled=True
    )


@pytest.mark.parametrize("bad", [(3, 100, POPULATION, 1), (5, 0, POPULATION, 1)])
def test_a_whole_of_unpublished_figures_is_refused(bad):
    with pytest.raises(ValueError, match=r"multiple of 5|above zero"):
        Whole(*bad)


def test_a_whole_that_is_surer_than_a_rounded_count_is_refused():
    with pytest.raises(ValueError, match="surer"):
        Whole(5, 100, POPULATION, 3)


def test_surprise_is_taken_at_the_end_of_the_whole_that_is_kinder_to_the_area():
    whole = Whole(100, 1000, POPULATION)
    high, low = surprises_against([15], [100], whole)
    assert high == pytest.approx(surprise_at_high([15], [100], 0.104, POPULATION))
    assert low == pytest.approx(surprise_at_low([15], [100], 0.096, POPULATION))


def test_high_low_and_inside_at_both_levels():
    whole = Whole(1000, 100_000, POPULATION)
    counts, bases = [15, 20, 25, 0, 0, 0], [1000, 950, 1000, 1000, 2000, 500]
    assert positions(counts, bases, whole, 0.95).tolist() == [
        *(Position.INSIDE, Position.HIGH, Position.HIGH),
        *(Position.LOW, Position.LOW, Position.INSIDE),
    ]
    assert positions(counts, bases, whole, 0.998).tolist() == [
        *(Position.INSIDE, Position.INSIDE, Position.HIGH),
        *(Position.INSIDE, Position.LOW, Position.INSIDE),
    ]


wholes = st.one_of(
    st.builds(
        lambda count, base: Whole(5.0 * count, 5.0 * base, POPULATION),
        st.integers(0, 200),
        st.integers(200, 40_000),
    ),
    st.builds(
        lambda part, rest: Whole(5.0 * part, 5.0 * (part + rest), PEOPLE),
        st.integers(0, 100),
        st.integers(5, 100),
    ),
)


@given(wholes, st.lists(st.integers(2, 3000), min_size=1, max_size=5), st.data())
def test_a_published_count_lies_beyond_the_line_exactly_when_it_is_flagged(whole, steps, data):
    highest_base = 400 if whole.kind is PEOPLE else 15_000
    bases = np.minimum(5.0 * np.array(steps), highest_base)
    count = 5.0 * data.draw(st.integers(0, 60))
    counts = np.minimum(count, bases) if whole.kind is PEOPLE else np.full(len(bases), count)
    for level in LEVELS:
        lower, upper = limits(bases, whole, level=level)
        found = positions(counts, bases, whole, level)
        slack = 1e-9 * (1 + counts)
        beyond_high = counts + slack >= upper * bases
        beyond_low = counts - slack <= lower * bases
        assert (found == Position.HIGH).tolist() == beyond_high.tolist()
        assert (found == Position.LOW).tolist() == beyond_low.tolist()


@given(wholes, st.integers(2, 3000), st.integers(0, 60), st.sampled_from([0.95, 0.998]))
def test_rounding_alone_never_flags(whole, step, count_step, level):
    """Every true count that may be behind a flagged one is itself unusual at that level."""
    base = min(5.0 * step, 400.0) if whole.kind is PEOPLE else min(5.0 * step, 15_000.0)
    count = min(5.0 * count_step, base) if whole.kind is PEOPLE else 5.0 * count_step
    found = positions([count], [base], whole, level)[0]
    lowest, highest = whole.rate_range
    possible = np.arange(max(count - 4, 0), count + 5)
    at_least = chance_of_true("sf", possible - 1, base, highest, whole.kind)
    at_most = chance_of_true("cdf", possible, base, lowest, whole.kind)
    assert found != Position.HIGH or at_least.max() <= 1 - level + 1e-9
    assert found != Position.LOW or at_most.max() <= 1 - level + 1e-9


def chance_of_true(tail, counts, base, rate, kind):
    if kind is POPULATION:
        return getattr(stats.poisson, tail)(counts, base * rate)
    return sum(
        (5 - abs(off)) / 25 * getattr(stats.binom, tail)(counts, base + off, rate)
        for off in range(-4, 5)
    )


def test_lines_narrow_with_the_base_and_the_strict_pair_is_outside():
    whole = Whole(500, 100_000, POPULATION)
    bases = np.arange(200, 20_001, 200)
    lower, upper = limits(bases, whole)
    strict_lower, strict_upper = limits(bases, whole, level=0.998)
    assert LEVELS == (0.95, 0.998)
    assert np.all(np.diff(upper) < 0)
    assert np.all(np.diff(lower[np.isfinite(lower)]) > 0)
    assert np.all(strict_upper > upper)
    assert np.isnan(lower[0])
    both = np.isfinite(strict_lower)
    assert np.all(strict_lower[both] < lower[both])
    # 100 expected, spread sqrt(100 + 4 of rounding), pooled rate at most 504 / 100,000.
    assert upper[-1] * bases[-1] == pytest.approx(100.8 + 1.96 * np.sqrt(104.8) + 2.5, abs=2)


def test_no_upper_limit_where_every_share_is_possible():
    _, upper = limits(np.array([10.0, 100.0]), Whole(400, 500, PEOPLE))
    assert np.isnan(upper[0])
    assert upper[1] < 1
