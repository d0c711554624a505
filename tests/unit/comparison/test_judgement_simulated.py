"""What docs/measured/judgement.md says, on few rounds: wrong verdicts are few, real ones found."""

import pytest

from dashboard.comparison.law import Law
from tests.benchmark.judgement import World, simulate

ROUNDS = 30
LAWS = (Law.POPULATION, Law.PEOPLE, Law.MONEY)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("expected", [4.0, 60.0])
def test_equal_places_are_seldom_called_different(law, expected):
    tally = simulate(World(law, 12, expected), ROUNDS, 1)
    assert tally.any_certain <= 0.1 * ROUNDS
    assert tally.outside <= 0.05 * tally.places
    assert tally.widened == 0


@pytest.mark.parametrize("law", LAWS)
def test_a_real_difference_is_found(law):
    tally = simulate(World(law, 12, 80, times=2.0), ROUNDS, 2)
    assert tally.found >= 0.9 * ROUNDS
    assert tally.certain <= 0.02 * tally.places


@pytest.mark.parametrize("law", LAWS)
def test_where_places_differ_widened_limits_call_far_fewer(law):
    tally = simulate(World(law, 20, 80, scatter=0.5), ROUNDS, 3)
    assert tally.widened >= 0.9 * ROUNDS
    assert tally.plain_certain > 0.3 * tally.places
    assert tally.certain < 0.12 * tally.places
    assert tally.outside < 0.2 * tally.places


def test_the_same_seed_gives_the_same_figures():
    world = World(Law.POPULATION, 5, 10)
    assert simulate(world, 3, 4) == simulate(world, 3, 4)
