"""Which places are shown alone, which together and which not at all."""

import pytest

from data_access.disclosure.small_places import needed, standings, two_tell_each_other
from indicators.catalogue import MEASURES, measure

WIJKEN = [f"W{number}" for number in range(9)]
ELSEWHERE = "BG"


def parts_of(people: dict[str, int], enough: int = 10) -> dict[str, str]:
    return {
        place: how.part for place, how in standings(people, WIJKEN, enough, coarser=False).items()
    }


@pytest.mark.parametrize(
    ("why", "people", "parts"),
    [
        ("big enough", {"W0": 10, "W1": 55}, {"W0": "alone", "W1": "alone"}),
        (
            "three small wijken with twenty people",
            {"W0": 5, "W1": 5, "W2": 10, "W3": 5, "W4": 5, "W5": 40},
            {"W0": "group", "W1": "group", "W2": "alone", "W3": "group", "W4": "group",
             "W5": "alone"},
        ),
        (
            "the next smallest joins until there are three wijken and twenty people",
            {"W0": 5, "W1": 5, "W2": 10, "W3": 15, "W4": 60},
            {"W0": "group", "W1": "group", "W2": "group", "W3": "alone", "W4": "alone"},
        ),
        (
            "twenty people do not join: they keep what they show",
            {"W0": 5, "W1": 20, "W2": 45},
            {"W0": "left_out", "W1": "alone", "W2": "alone"},
        ),
        (
            "who joined in vain stays alone",
            {"W0": 5, "W1": 15, "W2": 45},
            {"W0": "left_out", "W1": "alone", "W2": "alone"},
        ),
        (
            "an empty wijk hides nobody, and elsewhere is no wijk",
            {"W0": 5, "W1": 5, "W2": 0, "BG": 5, "W3": 70},
            {"W0": "left_out", "W1": "left_out", "W2": "left_out", "BG": "left_out",
             "W3": "alone"},
        ),
        (
            "elsewhere counts along in a group of three wijken",
            {"W0": 5, "W1": 5, "W2": 5, "BG": 5},
            {"W0": "group", "W1": "group", "W2": "group", "BG": "group"},
        ),
    ],
)  # fmt: skip
def test_who_is_shown_how(why: str, people: dict[str, int], parts: dict[str, str]) -> None:
    assert parts_of(people) == parts, why


@pytest.mark.parametrize("each", MEASURES, ids=lambda each: each.id)
def test_six_levels_and_new_volunteers_need_twenty_people_and_the_rest_ten(each) -> None:
    assert needed((each,)) == (20 if each.id in ("ladder_level", "new_volunteers") else 10)


def test_who_is_decided_on_together_needs_the_most_that_one_of_them_needs() -> None:
    assert needed((measure("volunteer_hours"), measure("ladder_level"))) == 20


def test_from_twenty_people_coarser_classes_from_ten() -> None:
    people = {"W0": 20, "W1": 15, "W2": 10, "W3": 5, "W4": 40}
    found = standings(people, WIJKEN, 20, coarser=True)
    assert {place for place, how in found.items() if how.part == "alone"} == {"W0", "W4"}
    assert {place for place, how in found.items() if how.part == "group"} == {"W1", "W2", "W3"}
    assert {place for place, how in found.items() if how.coarse} == {"W0", "W1", "W2", "W4"}


def test_every_group_is_large_enough_whatever_the_places() -> None:
    for seed in range(3_000):
        people = {place: 5 * ((seed * (index + 3) ** 2) % 7) for index, place in enumerate(WIJKEN)}
        for enough in (10, 20):
            found = standings(people, WIJKEN, enough, coarser=True)
            members = [place for place, how in found.items() if how.part == "group"]
            if members:
                assert sum(people[place] > 0 for place in members) >= 3
                assert sum(people[place] for place in members) >= 20
            left_out = [place for place, how in found.items() if how.part == "left_out"]
            assert not (members and left_out)
            assert all(people[place] < enough for place in left_out)
            alone = [place for place, how in found.items() if how.part == "alone"]
            assert all(people[place] >= enough for place in alone)
            assert all(people[place] < 20 for place in members)


@pytest.mark.parametrize(
    ("why", "people", "both_hidden"),
    [
        ("a small one beside a large one", {"W0": 5, "W1": 60}, True),
        ("two that may show everything", {"W0": 20, "W1": 60}, False),
        ("one wijk: a true number gives it away anyway", {"W0": 5}, False),
        ("an empty wijk of two is 0 to 4 people", {"W0": 0, "W1": 60}, True),
        ("a third that is empty blurs nothing", {"W0": 5, "W1": 60, "W2": 0}, True),
        ("a third with people", {"W0": 5, "W1": 60, "W2": 5}, False),
        ("who lives elsewhere is in no wijk", {"W0": 5, "W1": 60, "BG": 30}, True),
    ],
)
def test_two_wijken_tell_each_other(why: str, people: dict[str, int], both_hidden: bool) -> None:
    assert two_tell_each_other(measure("volunteers"), people, WIJKEN) is both_hidden, why


@pytest.mark.parametrize("other", ["results_claimed", "outflow"])
def test_what_has_thresholds_of_its_own_tells_nothing_of_volunteers(other: str) -> None:
    assert not two_tell_each_other(measure(other), {"W0": 5, "W1": 60}, WIJKEN)
