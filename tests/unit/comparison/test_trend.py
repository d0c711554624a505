"""Changes between two periods."""

import numpy as np
import pytest
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.careful import careful_rate_bounds
from dashboard.comparison.differences import difference_interval, standardised_differences
from dashboard.comparison.trend import Change, trend

POPULATION, PEOPLE = BaseKind.POPULATION, BaseKind.PEOPLE


def test_only_a_change_beyond_chance_has_a_direction():
    found = trend(([20, 20, 60], [5000] * 3), ([25, 60, 20], [5000] * 3), POPULATION, 1000)
    assert found.change.tolist() == [Change.NOT_SHOWN, Change.UP, Change.DOWN]
    assert found.difference == pytest.approx([1, 8, -8])
    assert found.lower[1] > 0 > found.upper[2]
    assert found.lower[0] < 0 < found.upper[0]


def test_direction_p_value_and_interval_agree():
    counts = np.arange(0, 80, 5)
    found = trend((np.full(16, 30), np.full(16, 4000)), (counts, np.full(16, 4000)), POPULATION)
    assert ((found.p_value <= 0.05) == (found.change != Change.NOT_SHOWN)).all()
    assert found.change[0] == Change.DOWN
    assert found.change[-1] == Change.UP


def test_swapping_the_periods_swaps_the_direction():
    there = trend((10, 50), (40, 60), PEOPLE, 100)
    back = trend((40, 60), (10, 50), PEOPLE, 100)
    assert there.change.tolist() == [Change.UP]
    assert back.change.tolist() == [Change.DOWN]
    assert there.lower == pytest.approx(-back.upper)
    assert there.p_value == pytest.approx(back.p_value)


def test_nothing_twice_is_no_change():
    found = trend((0, 1000), (0, 1000), POPULATION)
    assert found.change.tolist() == [Change.NOT_SHOWN]
    assert found.p_value.tolist() == [1]
    assert found.lower < 0 < found.upper


def test_a_smaller_population_is_not_a_change():
    found = trend((40, 8000), (20, 4000), POPULATION, 1000)
    assert found.difference.tolist() == [0]
    assert found.change.tolist() == [Change.NOT_SHOWN]


def test_difference_interval_by_hand():
    lower, upper = difference_interval(10, (6, 15), 4, (1, 8))
    assert lower == pytest.approx(6 - np.sqrt(4**2 + 4**2))
    assert upper == pytest.approx(6 + np.sqrt(5**2 + 3**2))


def test_standardised_differences_by_hand():
    steps = standardised_differences(
        np.array([0.0, 1.0]), np.array([0.0, 0.6]), np.array([0.3, 1.0])
    )
    assert steps[1, 0] == pytest.approx(1.959964 / 0.5)
    assert steps[0, 1] == -np.inf


@pytest.mark.parametrize(("level", "most"), [(0.95, 0.05), (0.998, 0.002)])
@pytest.mark.parametrize("ratio", [1.0, 0.3])
def test_an_unchanged_rate_is_rarely_called_a_change(level, most, ratio, chance_published):
    """Exact: every pair of published counts, over means 0.5-60, bases equal or not."""
    published = np.arange(0, 130, 5)
    lower, upper = careful_rate_bounds(published, 1, POPULATION, level)
    before = published / ratio, (lower / ratio, upper / ratio)
    interval = difference_interval(
        published[:, None],
        (lower[:, None], upper[:, None]),
        before[0][None],
        (before[1][0][None], before[1][1][None]),
    )
    called = (interval[0] > 0) | (interval[1] < 0)
    for mean in np.geomspace(0.5, 60, 40):
        later, earlier = (
            np.array([chances.get(int(value), 0.0) for value in published])
            for chances in (
                chance_published(stats.poisson.pmf(np.arange(150), m)) for m in (mean, mean * ratio)
            )
        )
        assert later @ called @ earlier <= most
