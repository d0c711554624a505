"""Do the promises hold? Counts are drawn, rounded as published, and looked at; all seeded.

Where every outcome can be listed, the chance is added up exactly instead of simulated.
"""

import numpy as np
import pytest
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.funnel import Position
from dashboard.comparison.intervals import (
    exact_poisson,
    over_rounding_range,
    published_count_interval,
    published_share_interval,
)
from dashboard.comparison.multiple_testing import stands_out
from dashboard.comparison.ranks import rank_intervals, told_apart
from dashboard.comparison.whole import Whole, whole_of
from tests.reference_statistics import p_values, positions, wilson

POPULATION, PEOPLE = BaseKind.POPULATION, BaseKind.PEOPLE

# From outflow to paid work (about 1 per 1,000 residents a year) to volunteers (up to 20).
REALISTIC_RATES = np.array([0.001, 0.002, 0.005, 0.01, 0.02])


@pytest.fixture(scope="module")
def grid_coverage() -> tuple[np.ndarray, np.ndarray]:
    """The exact coverage of the published interval at each of 3,000 means from 0.05 to 250."""
    published = np.arange(0, 450, 5)
    lower, upper = published_count_interval(published)
    means = np.geomspace(0.05, 250, 3000)
    # P(published <= r), added up from the chances of true counts, not from the product's formula.
    true_counts = np.arange(456)
    at_most = stats.poisson.cdf(true_counts, means[:, None])
    cumulative = at_most[:, :455].reshape(len(means), 91, 5).mean(axis=2)[:, : len(published)]
    chances = np.diff(cumulative, axis=1, prepend=0)
    covered = (lower <= means[:, None]) & (means[:, None] <= upper)
    return means, (chances * covered).sum(axis=1)


def test_intervals_of_published_counts_cover_95_over_real_wijken(all_wijken, publish):
    means = (all_wijken * REALISTIC_RATES[:, None]).ravel()
    generator = np.random.default_rng(11)
    published = publish(generator.poisson(means, (3000, means.size)), generator)
    lower, upper = published_count_interval(published)
    assert 0.93 <= np.mean((lower <= means) & (means <= upper)) <= 0.97


def test_intervals_cover_95_over_means_from_2_to_200(grid_coverage):
    means, coverage = grid_coverage
    assert 0.93 <= coverage[(means >= 2) & (means <= 200)].mean() <= 0.97
    for low, high in ((20, 50), (50, 100), (100, 250)):
        assert 0.93 <= coverage[(means >= low) & (means < high)].mean() <= 0.97


def test_no_single_mean_is_covered_much_too_rarely(grid_coverage):
    _, coverage = grid_coverage
    assert coverage.min() > 0.91
    assert np.mean(coverage < 0.93) < 0.005


def test_tiny_means_are_covered_more_often_because_published_values_are_few(grid_coverage):
    """At a mean of 1 a published count is 0 (80 %), 5 (20 %) or, hardly ever, more."""
    means, coverage = grid_coverage
    assert coverage[means < 5].min() >= 0.949
    assert coverage[(means > 0.5) & (means < 2)].min() > 0.995
    assert coverage[(means >= 0.5) & (means <= 20)].mean() <= 0.99


def test_what_ignores_rounding_fails_and_the_worst_case_overdoes_it(all_wijken, publish):
    means = (all_wijken * REALISTIC_RATES[:, None]).ravel()
    generator = np.random.default_rng(12)
    published = publish(generator.poisson(means, (300, means.size)), generator)

    def coverage(bounds: tuple[np.ndarray, np.ndarray]) -> float:
        return float(np.mean((bounds[0] <= means) & (means <= bounds[1])))

    assert coverage(exact_poisson(published)) < 0.93
    assert coverage(over_rounding_range(exact_poisson, published)) > 0.98


def test_strict_intervals_cover_99_8(all_wijken, publish):
    means = (all_wijken * REALISTIC_RATES[:, None]).ravel()
    generator = np.random.default_rng(13)
    published = publish(generator.poisson(means, (2000, means.size)), generator)
    lower, upper = published_count_interval(published, 0.998)
    assert np.mean((lower <= means) & (means <= upper)) >= 0.9975


def publish_shares(true_bases, shares, publish, generator):
    """Published (counts, bases) of groups of people; groups published below 10 are left out."""
    counts = publish(generator.binomial(true_bases, shares), generator)
    bases = publish(true_bases, generator)
    shown = bases >= 10
    return np.minimum(counts, bases)[shown], bases[shown], shares[shown]


@pytest.mark.parametrize("true_base", [12, 17, 20, 33, 50, 75, 142])
def test_intervals_of_published_shares_cover_95(true_base, publish):
    generator = np.random.default_rng(14)
    shares = generator.uniform(0.01, 0.99, 60_000)
    counts, bases, shown = publish_shares(np.full(60_000, true_base), shares, publish, generator)
    lower, upper = published_share_interval(counts, bases)
    assert 0.93 <= np.mean((lower <= shown) & (shown <= upper)) <= 0.975
    plain = wilson(counts, bases)
    assert np.mean((plain[0] <= shown) & (shown <= plain[1])) < 0.93


def test_intervals_of_shares_cover_95_over_a_spread_of_bases(publish):
    generator = np.random.default_rng(15)
    shares = generator.uniform(0.01, 0.99, 200_000)
    true_bases = generator.integers(10, 150, 200_000)
    counts, bases, shown = publish_shares(true_bases, shares, publish, generator)
    lower, upper = published_share_interval(counts, bases)
    assert 0.93 <= np.mean((lower <= shown) & (shown <= upper)) <= 0.97


@pytest.mark.parametrize("rate", [0.0005, 0.002, 0.01, 0.02])
@pytest.mark.parametrize("gemeente", ["leeuwarden", "villages"])
def test_equal_wijken_are_flagged_at_most_as_often_as_stated(gemeente, rate, publish, request):
    residents = request.getfixturevalue(gemeente)
    generator = np.random.default_rng(16)
    flagged = {0.95: 0, 0.998: 0}
    rounds = 400
    for _ in range(rounds):
        counts = publish(generator.poisson(residents * rate), generator)
        whole = Whole(counts.sum(), residents.sum(), POPULATION)
        for level in flagged:
            outside = positions(counts, residents, whole, level) != Position.INSIDE
            flagged[level] += outside.sum()
    looked_at = rounds * residents.size
    assert flagged[0.95] / looked_at <= 0.05
    assert flagged[0.998] / looked_at <= 0.002


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_equal_shares_are_flagged_at_most_as_often_as_stated(share, publish):
    generator = np.random.default_rng(17)
    true_bases = generator.integers(12, 90, 14)
    flagged, looked_at = {0.95: 0, 0.998: 0}, 0
    for _ in range(400):
        counts, bases, _ = publish_shares(true_bases, np.full(14, share), publish, generator)
        whole = whole_of(counts, bases, PEOPLE)
        looked_at += counts.size
        for level in flagged:
            flagged[level] += (positions(counts, bases, whole, level) != Position.INSIDE).sum()
    assert flagged[0.95] / looked_at <= 0.05
    assert flagged[0.998] / looked_at <= 0.002


@pytest.mark.parametrize("mean", [0.5, 2, 8, 10.5, 21, 60])
def test_flags_at_a_known_rate_keep_the_stated_share_exactly(mean, chance_published):
    whole = Whole(mean * 1e6, 1e9, POPULATION)
    chances = chance_published(stats.poisson.pmf(np.arange(300), mean))
    values = np.array(sorted(chances), dtype=float)
    for level in (0.95, 0.998):
        found = positions(values, np.full(values.size, 1000), whole, level)
        for side in (Position.HIGH, Position.LOW):
            share = sum(chances[int(value)] for value in values[found == side])
            assert share <= (1 - level) / 2 + 1e-12


@pytest.mark.parametrize(("times", "at_least"), [(2, 0.5), (3, 0.95)])
def test_a_real_difference_is_found(leeuwarden, publish, times, at_least):
    """Bilgaard, with about 14 expected, at twice and three times the rate of all others."""
    generator = np.random.default_rng(18)
    rates = np.full(leeuwarden.size, 0.002)
    rates[10] *= times
    found = 0
    for _ in range(200):
        counts = publish(generator.poisson(leeuwarden * rates), generator)
        whole = Whole(counts.sum(), leeuwarden.sum(), POPULATION)
        found += positions(counts, leeuwarden, whole)[10] == Position.HIGH
    assert found / 200 >= at_least


@pytest.mark.parametrize("rate", [0.002, 0.01])
def test_false_discoveries_stay_below_five_in_a_hundred(leeuwarden, publish, rate):
    generator = np.random.default_rng(19)
    different = np.isin(np.arange(leeuwarden.size), [2, 10, 13])
    rates = np.where(different, 3 * rate, rate)
    outside = Whole(rate * 1e8, 1e8, POPULATION)
    shares_false, found = [], 0
    for _ in range(300):
        counts = publish(generator.poisson(leeuwarden * rates), generator)
        out = stands_out(p_values(counts, leeuwarden, outside))
        shares_false.append((out & ~different).sum() / max(out.sum(), 1))
        found += (out & different).sum()
    assert np.mean(shares_false) <= 0.05
    assert found / (300 * 3) > 0.8


def test_equal_wijken_seldom_stand_out(leeuwarden, publish):
    generator = np.random.default_rng(20)
    any_found = 0
    for _ in range(400):
        counts = publish(generator.poisson(leeuwarden * 0.005), generator)
        whole = Whole(counts.sum(), leeuwarden.sum(), POPULATION)
        any_found += stands_out(p_values(counts, leeuwarden, whole)).any()
    assert any_found / 400 <= 0.05


RATE_PATTERNS = {
    "all equal": lambda n: np.full(n, 0.004),
    "nearly equal": lambda n: 0.004 + np.arange(n) * 1e-5,
    "two groups": lambda n: np.where(np.arange(n) % 2, 0.001, 0.008),
    "hardly any": lambda n: np.full(n, 0.0005),
}


@pytest.mark.parametrize("pattern", RATE_PATTERNS)
def test_all_rank_intervals_hold_at_once(pattern, leeuwarden, publish):
    """95 % is promised; 90 % of 120 rounds is what chance leaves of that at its worst."""
    residents = leeuwarden[:12]
    rates = RATE_PATTERNS[pattern](residents.size)
    first_rank = 1 + (rates[None, :] > rates[:, None]).sum(axis=1)
    last_rank = residents.size - (rates[None, :] < rates[:, None]).sum(axis=1)
    generator = np.random.default_rng(21)
    held, wrong_pairs, rounds = 0, 0, 120
    for seed in range(rounds):
        counts = publish(generator.poisson(residents * rates), generator)
        higher = told_apart(
            counts, residents, whole_of(counts, residents, POPULATION), seed, simulations=500
        )
        best, worst = rank_intervals(higher)
        held += ((best <= first_rank) & (last_rank <= worst)).all()
        wrong_pairs += (higher & (rates[:, None] <= rates[None, :])).any()
    assert held / rounds >= 0.90
    assert wrong_pairs / rounds <= 0.10


def test_rank_intervals_are_not_empty_talk(leeuwarden, publish):
    residents = leeuwarden[:12]
    rates = RATE_PATTERNS["two groups"](residents.size)
    generator = np.random.default_rng(22)
    told = 0
    for seed in range(30):
        counts = publish(generator.poisson(residents * rates), generator)
        higher = told_apart(
            counts, residents, whole_of(counts, residents, POPULATION), seed, simulations=500
        )
        told += higher.sum()
    assert told / 30 > 18
