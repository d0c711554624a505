"""The closed form of the chance of a published count, against adding up every true count."""

import numpy as np
import pytest
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.tails import (
    chance_at_least,
    chance_at_most,
    surprise_at_high,
    surprise_at_low,
)


@pytest.mark.parametrize("mean", [0.2, 1.0, 4.7, 23.0])
def test_poisson(mean, chance_published):
    published = chance_published(stats.poisson.pmf(np.arange(200), mean))
    for count in range(-5, 60, 5):
        at_most = sum(chance for value, chance in published.items() if value <= count)
        at_least = sum(chance for value, chance in published.items() if value >= count)
        base, rate = 500, mean / 500
        assert chance_at_most(count, base, rate, BaseKind.POPULATION) == pytest.approx(at_most)
        assert chance_at_least(count, base, rate, BaseKind.POPULATION) == pytest.approx(at_least)


@pytest.mark.parametrize(("base", "share"), [(10, 0.3), (10, 0.95), (25, 0.08), (60, 0.5)])
def test_share_of_people(base, share, chance_published):
    published: dict[int, float] = {}
    for true_base in range(base - 4, base + 5):
        weight = (5 - abs(true_base - base)) / 25
        true_chances = stats.binom.pmf(np.arange(true_base + 1), true_base, share)
        for value, chance in chance_published(true_chances, base).items():
            published[value] = published.get(value, 0) + weight * chance
    for count in range(-5, base + 10, 5):
        at_most = sum(chance for value, chance in published.items() if value <= count)
        at_least = sum(chance for value, chance in published.items() if value >= count)
        assert chance_at_most(count, base, share, BaseKind.PEOPLE) == pytest.approx(at_most)
        assert chance_at_least(count, base, share, BaseKind.PEOPLE) == pytest.approx(at_least)


def test_a_certain_share():
    assert chance_at_most(0, 20, 0.0, BaseKind.PEOPLE) == 1
    assert chance_at_least(5, 20, 0.0, BaseKind.PEOPLE) == 0
    # With everyone counting, the published count may still fall short of the published base.
    assert chance_at_least(10, 20, 1.0, BaseKind.PEOPLE) == pytest.approx(1)
    assert chance_at_least(20, 20, 1.0, BaseKind.PEOPLE) == pytest.approx(0.84)


@pytest.mark.parametrize("mean", [0.3, 6.0, 40.0])
@pytest.mark.parametrize("count", [0, 5, 10, 50])
def test_surprise_needs_the_least_extreme_count_to_be_unusual_too(mean, count):
    place = (count, 1000, mean / 1000, BaseKind.POPULATION)
    high = max(chance_at_least(*place), stats.poisson.sf(count - 5, mean) / 2)
    low = max(chance_at_most(*place), stats.poisson.cdf(count + 4, mean) / 2)
    assert surprise_at_high(*place) == pytest.approx(high)
    assert surprise_at_low(*place) == pytest.approx(low)


def test_one_person_in_a_hamlet_is_surprising_only_if_a_single_one_is():
    """A published 5 with 0.07 expected: chance 1.4 %, but a true 1 is no rarity at 6.8 %."""
    place = (5, 140, 0.0005, BaseKind.POPULATION)
    assert chance_at_least(*place) == pytest.approx(0.014, abs=5e-4)
    assert surprise_at_high(*place) == pytest.approx(0.0676 / 2, abs=1e-4)
