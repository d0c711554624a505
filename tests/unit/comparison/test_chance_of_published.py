"""The closed form of the chance of a published count, against adding up every true count."""

import numpy as np
import pytest
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.chance_of_published import (
    chance_at_most,
    surprise_at_high,
    surprise_at_low,
)


def added_up(published: dict[int, float], count: int) -> tuple[float, float]:
    """Return P(published >= count) and P(published <= count)."""
    return (
        sum(chance for value, chance in published.items() if value >= count),
        sum(chance for value, chance in published.items() if value <= count),
    )


@pytest.mark.parametrize("mean", [0.2, 1.0, 4.7, 23.0])
def test_poisson(mean, chance_published):
    published = chance_published(stats.poisson.pmf(np.arange(200), mean))
    for count in range(-5, 60, 5):
        at_least, at_most = added_up(published, count)
        place = (count, 500, mean / 500, BaseKind.POPULATION)
        assert chance_at_most(*place) == pytest.approx(at_most)
        high = max(at_least, stats.poisson.sf(count - 5, mean) / 2)
        low = max(at_most, stats.poisson.cdf(count + 4, mean) / 2)
        assert surprise_at_high(*place) == pytest.approx(high)
        assert surprise_at_low(*place) == pytest.approx(low)


@pytest.mark.parametrize(("base", "share"), [(10, 0.3), (10, 0.95), (25, 0.08), (60, 0.5)])
def test_share_of_people(base, share, chance_published):
    published: dict[int, float] = {}
    true_bases = {base + off: (5 - abs(off)) / 25 for off in range(-4, 5)}
    for true_base, weight in true_bases.items():
        true_chances = stats.binom.pmf(np.arange(true_base + 1), true_base, share)
        for value, chance in chance_published(true_chances, base).items():
            published[value] = published.get(value, 0) + weight * chance

    def of_true(tail, count: int) -> float:
        return sum(weight * tail(count, size, share) for size, weight in true_bases.items())

    for count in range(-5, base + 10, 5):
        at_least, at_most = added_up(published, count)
        place = (count, base, share, BaseKind.PEOPLE)
        assert chance_at_most(*place) == pytest.approx(at_most)
        # A part is never published above its whole.
        high = max(at_least, of_true(stats.binom.sf, count - 5) / 2) if count <= base else 0
        assert surprise_at_high(*place) == pytest.approx(high)


def test_a_certain_share():
    assert chance_at_most(0, 20, 0.0, BaseKind.PEOPLE) == 1
    assert surprise_at_high(5, 20, 0.0, BaseKind.PEOPLE) == 0
    # With everyone counting, the published count may still fall short of the published base.
    assert surprise_at_high(10, 20, 1.0, BaseKind.PEOPLE) == pytest.approx(1)
    assert surprise_at_high(20, 20, 1.0, BaseKind.PEOPLE) == pytest.approx(0.84)


@pytest.mark.parametrize("mean", [0.3, 6.0, 40.0])
@pytest.mark.parametrize("count", [0, 5, 10, 50])
def test_surprise_needs_the_least_extreme_count_to_be_unusual_too(mean, count, chance_published):
    place = (count, 1000, mean / 1000, BaseKind.POPULATION)
    at_least, at_most = added_up(chance_published(stats.poisson.pmf(np.arange(200), mean)), count)
    high = max(at_least, stats.poisson.sf(count - 5, mean) / 2)
    low = max(at_most, stats.poisson.cdf(count + 4, mean) / 2)
    assert surprise_at_high(*place) == pytest.approx(high)
    assert surprise_at_low(*place) == pytest.approx(low)


def test_one_person_in_a_hamlet_is_surprising_only_if_a_single_one_is(chance_published):
    """A published 5 with 0.07 expected: chance 1.4 %, but a true 1 is no rarity at 6.8 %."""
    at_least, _ = added_up(chance_published(stats.poisson.pmf(np.arange(50), 0.07)), 5)
    assert at_least == pytest.approx(0.014, abs=5e-4)
    place = (5, 140, 0.0005, BaseKind.POPULATION)
    assert surprise_at_high(*place) == pytest.approx(0.0676 / 2, abs=1e-4)
