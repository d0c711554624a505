"""Pairs and rank intervals."""

import numpy as np
import pytest

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.ranks import _draw_equal_areas, rank_intervals, told_apart
from dashboard.comparison.whole import Whole, whole_of

POPULATION, PEOPLE = BaseKind.POPULATION, BaseKind.PEOPLE


def test_one_clear_leader_is_first_and_the_rest_stays_open():
    counts, bases = np.array([150.0, 20, 15, 25]), np.array([5000.0, 5000, 5000, 5000])
    higher = told_apart(counts, bases, whole_of(counts, bases, POPULATION), seed=1)
    assert higher[0].tolist() == [False, True, True, True]
    assert not higher[1:].any()
    best, worst = rank_intervals(higher)
    assert best.tolist() == [1, 2, 2, 2]
    assert worst.tolist() == [1, 4, 4, 4]


def test_equal_figures_leave_every_rank_open():
    counts, bases = np.full(6, 10.0), np.full(6, 3000.0)
    best, worst = rank_intervals(
        told_apart(counts, bases, whole_of(counts, bases, POPULATION), seed=1)
    )
    assert best.tolist() == [1] * 6
    assert worst.tolist() == [6] * 6


def test_the_same_seed_gives_the_same_answer():
    """With few simulations a close call depends on the seed, and on nothing else."""
    counts, bases = np.array([45.0, 20, 30, 30]), np.full(4, 5000.0)
    whole = whole_of(counts, bases, POPULATION)

    def answer(seed: int) -> bool:
        return bool(told_apart(counts, bases, whole, seed, simulations=30)[0, 1])

    answers = [answer(seed) for seed in range(12)]
    assert set(answers) == {True, False}
    assert [answer(seed) for seed in range(12)] == answers


def test_shares_of_people_with_none_and_all():
    counts, bases = np.array([0.0, 100, 50]), np.array([100.0, 100, 100])
    higher = told_apart(counts, bases, whole_of(counts, bases, PEOPLE), seed=1)
    assert higher.tolist() == [
        [False, False, False],
        [True, False, True],
        [True, False, False],
    ]


def test_what_follows_from_two_pairs_is_said_of_the_third(monkeypatch):
    steps = np.array([[0.0, 9, 0], [-9, 0, 9], [0, -9, 0]])
    monkeypatch.setattr("dashboard.comparison.ranks.pairwise_differences", lambda *_: steps)
    monkeypatch.setattr("dashboard.comparison.ranks._largest_by_chance", lambda *_: 2.0)
    whole = whole_of([5], [100], POPULATION)
    assert told_apart([5, 5, 5], [100, 100, 100], whole, seed=1)[0].tolist() == [False, True, True]


def test_a_single_area_has_rank_one():
    higher = told_apart([10], [1000], whole_of([10], [1000], POPULATION), seed=1)
    assert [ranks.tolist() for ranks in rank_intervals(higher)] == [[1], [1]]


def test_among_more_areas_a_pair_needs_a_larger_difference():
    counts = np.array([45.0, 20] + [30.0] * 20)
    bases = np.full(counts.size, 5000.0)
    higher = told_apart(counts, bases, whole_of(counts, bases, POPULATION), seed=1)
    pair_alone = told_apart(counts[:2], bases[:2], whole_of([45, 20], [5000] * 2, POPULATION), 1)
    assert pair_alone[0, 1]
    assert not higher[0, 1]


@pytest.mark.parametrize(("kind", "base"), [(POPULATION, 1000.0), (PEOPLE, 20.0)])
def test_simulated_areas_are_rounded_without_bias(kind, base):
    whole = Whole(50, 50 * base, kind)
    drawn = _draw_equal_areas(np.full(4, base), whole, np.random.default_rng(1), 20_000)
    assert np.all(drawn % 5 == 0)
    assert drawn.mean() == pytest.approx(1, abs=0.03)
