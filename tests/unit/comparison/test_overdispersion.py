"""Spiegelhalter's additive random effects, against reference values worked out elsewhere."""

import numpy as np
import pytest
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.overdispersion import (
    FEWEST_FOR_SCATTER,
    exact_variance,
    published_variance,
    scatter,
    widened_limits,
)
from dashboard.comparison.rounding import Errors, extra_variance

POPULATION, PEOPLE = BaseKind.POPULATION, BaseKind.PEOPLE
EVENTS = np.array([40, 12, 55, 31, 8, 70, 22, 65, 18, 90])
BASES = np.array([400, 300, 500, 310, 160, 350, 400, 450, 350, 430])
POOLED = EVENTS.sum() / BASES.sum()
VARIANCES = exact_variance(BASES, POOLED, PEOPLE)


def test_pooled_rate_and_scores():
    found = scatter(EVENTS / BASES, POOLED, VARIANCES)
    assert pytest.approx(0.1126027, abs=5e-8) == POOLED
    assert found.scores[7] == pytest.approx(2.136825, abs=5e-7)
    assert found.scores[9] == pytest.approx(6.343447, abs=5e-7)


def test_without_clipping():
    found = scatter(EVENTS / BASES, POOLED, VARIANCES, clipped_at=0)
    assert found.phi == pytest.approx(12.121376, abs=5e-7)
    assert found.tau_squared == pytest.approx(0.0034367869, abs=5e-11)


def test_clipped_at_a_tenth_of_each_side():
    found = scatter(EVENTS / BASES, POOLED, VARIANCES)
    assert found.clipped_at == pytest.approx((-3.677877, 5.289571), abs=5e-7)
    assert found.phi == pytest.approx(10.665518, abs=5e-7)
    assert found.tau_squared == pytest.approx(0.0029908991, abs=5e-11)


def test_widened_upper_limit():
    found = scatter(EVENTS / BASES, POOLED, VARIANCES)
    _, upper = widened_limits(POOLED, exact_variance([300], POOLED, PEOPLE), found.tau_squared)
    assert upper[0] == pytest.approx(0.2256024, abs=5e-8)


def test_chance_alone_has_no_scatter():
    generator = np.random.default_rng(1)
    bases = np.full(400, 1000)
    rates = generator.poisson(bases * 0.05) / bases
    found = scatter(rates, 0.05, exact_variance(bases, 0.05, POPULATION), clipped_at=0)
    assert found.phi == pytest.approx(1, abs=0.2)
    assert scatter([0.05, 0.05], 0.05, [1e-4, 1e-4]).tau_squared == 0


@pytest.mark.parametrize("kind", [POPULATION, PEOPLE])
def test_a_known_scatter_is_found(kind):
    """Without clipping tau is unbiased; with it a third of all variance is lost, chance's too."""
    generator = np.random.default_rng(2)
    bases = np.full(3000, 400)
    true_rates = np.clip(generator.normal(0.3, 0.05, 3000), 0.01, 0.99)
    draw = generator.poisson(bases * true_rates)
    counts = draw if kind is POPULATION else generator.binomial(bases, true_rates)
    variances = exact_variance(bases, 0.3, kind)
    tau = scatter(counts / bases, 0.3, variances, 0).tau_squared ** 0.5
    assert tau == pytest.approx(0.05, rel=0.06)
    clipped = scatter(counts / bases, 0.3, variances)
    chance = variances[0]
    kept = 0.6787 * (0.05**2 + chance) - chance
    assert clipped.tau_squared == pytest.approx(kept, rel=0.06)


@pytest.mark.parametrize(("kind", "rate"), [(POPULATION, 0.02), (PEOPLE, 0.3)])
def test_rounding_is_in_the_variance(kind, rate, publish):
    generator = np.random.default_rng(3)
    true_bases = np.full(200_000, 83)
    if kind is POPULATION:
        bases, counts = true_bases.astype(float), generator.poisson(true_bases * rate)
    else:
        bases, counts = publish(true_bases, generator), generator.binomial(true_bases, rate)
    residuals = (publish(counts, generator) - rate * bases) / bases
    expected = published_variance(bases, rate, kind).mean()
    assert residuals.var() == pytest.approx(expected, rel=0.03)
    assert expected > 1.05 * exact_variance(true_bases, rate, kind).mean()


def test_sums_have_a_larger_variance():
    errors = Errors([12.0], [12.0])
    extra = extra_variance([12.0])[0]
    single = published_variance([100], 0.5, PEOPLE)[0]
    assert published_variance([100], 0.5, PEOPLE, errors)[0] - single == pytest.approx(
        extra * 1.25 / 100**2
    )


@pytest.mark.parametrize(("places", "largest"), [(2, 0.88), (3, 1.42), (4, 2.08), (5, 2.83)])
def test_a_far_place_stretches_its_own_limits(places, largest):
    """The reason why fewer than five places are not given widened limits."""
    rates = np.array([1.0] + [0.0] * (places - 1))
    variances = np.full(places, 1e-10)
    tau = scatter(rates, rates.mean(), variances).tau_squared ** 0.5
    widened_score = (1 - rates.mean()) / tau
    assert widened_score == pytest.approx(largest, abs=0.01)
    certain = 2 * stats.norm.sf(widened_score) <= 0.05 / places
    assert certain == (places >= FEWEST_FOR_SCATTER)


def test_what_cannot_be_estimated():
    with pytest.raises(ValueError, match="variance"):
        scatter([], 0.1, [])
    with pytest.raises(ValueError, match="variance"):
        scatter([0.1], 0.1, [0.0])
    assert scatter([0.4], 0.1, [0.01]).tau_squared == 0
