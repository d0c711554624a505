"""The measured figures are the ones we tell, and come out the same each time."""

import pytest

from data_access.pseudonyms import explained
from tests.benchmark.pseudonyms.matching import Proportion, Tally, count, known_people
from tests.benchmark.pseudonyms.mistakes import MISTAKES
from tests.benchmark.pseudonyms.spellings import SPELLINGS, as_written, by_sound, plain_letters


def summed(parts: list[Proportion]) -> float:
    return sum(part.hits for part in parts) / sum(part.of for part in parts)


@pytest.fixture(scope="module")
def large() -> Tally:
    tally = Tally()
    count(known_people(100_000, seed=100_000), by_sound, tally)
    return tally


def test_the_help_tells_what_was_measured(large: Tally) -> None:
    missed = summed(list(large.missed.values()))
    assert round(100 * missed, 1) == explained.MISSED_PERCENT
    as_asked = summed([large.missed_as_asked])
    assert round(100 * as_asked, 1) == explained.MISSED_PERCENT_AS_ASKED
    assert round(100_000 * summed(list(large.false.values()))) == explained.FALSE_IN_100_000
    for january, told in (
        (True, explained.FALSE_ON_1_JANUARY_IN_100_000),
        (False, explained.FALSE_ON_OTHER_DAYS_IN_100_000),
    ):
        parts = [part for (_, on), part in large.false.items() if on == january]
        assert round(100_000 * summed(parts)) == told


def test_people_without_a_difference_are_never_missed(large: Tally) -> None:
    same = large.missed["(no difference)"]
    assert same.of > 1_000
    assert same.hits == 0


def test_every_kind_of_mistake_occurs(large: Tally) -> None:
    assert {each.name for each in MISTAKES} < set(large.missed)


def test_the_same_people_each_time() -> None:
    assert known_people(500, seed=7) == known_people(500, seed=7)
    assert known_people(500, seed=7) != known_people(500, seed=8)


def test_the_chosen_spelling_misses_fewer_than_simpler_ones() -> None:
    known = known_people(3_000, seed=1)
    missed = []
    for spelling in (as_written, plain_letters, by_sound):
        tally = Tally()
        count(known, spelling, tally)
        missed.append(summed(list(tally.missed.values())))
    assert missed == sorted(missed, reverse=True)
    assert missed[0] > 2 * missed[2]
    assert len(SPELLINGS) > 3


def test_wilson_intervals() -> None:
    """Reference: 0 of 100 and 10 of 100, worked out from Wilson's formula with z = 1.959964."""
    assert Proportion(0, 100).interval() == pytest.approx((0.0, 0.036994), abs=1e-6)
    assert Proportion(10, 100).interval() == pytest.approx((0.055229, 0.174368), abs=1e-5)
