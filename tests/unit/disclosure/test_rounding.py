"""Thresholds and rounding: what the argument of data_access.disclosure needs of them."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.disclosure.rounding import beside_rest, parts, rounded
from data_access.disclosure.thresholds import (
    own_threshold,
    seats,
    threshold_name,
    threshold_names,
    threshold_of_seat,
)
from indicators.breakdowns import rounded_classes
from indicators.catalogue import MEASURES, measure

SECRET = b"only for tests, thirty-two bytes"
WHOSE = ("GM0001", "bakery", "work")
thresholds = st.integers(0, 4)


@pytest.mark.parametrize(
    ("count", "shown"), [(0, 0), (1, 0), (2, 0), (3, 5), (4, 5), (5, 5), (7, 5), (8, 10)]
)
def test_a_count_goes_up_at_its_threshold(count: int, shown: int) -> None:
    assert rounded(count, 2, 5) == shown


@given(st.integers(0, 500), thresholds)
def test_a_number_is_next_to_its_truth_and_a_multiple_stays(count: int, threshold: int) -> None:
    shown = rounded(count, threshold, 5)
    assert shown % 5 == 0
    assert abs(shown - count) < 5
    assert rounded(5 * count, threshold, 5) == 5 * count


@given(st.integers(0, 500), st.integers(0, 500), thresholds)
def test_a_part_never_shows_more_than_its_whole(part: int, more: int, threshold: int) -> None:
    assert rounded(part, threshold, 5) <= rounded(part + more, threshold, 5)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), thresholds)
def test_parts_add_up_to_the_rounded_whole_and_are_never_negative(
    counts: list[int], threshold: int
) -> None:
    shown = parts(counts, threshold, 5)
    assert sum(shown) == rounded(sum(counts), threshold, 5)
    assert min(shown) >= 0
    assert all(abs(one - count) <= 4 for one, count in zip(shown, counts, strict=True))


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), thresholds, st.integers(0, 30))
def test_parts_stay_within_what_their_whole_shows(
    counts: list[int], threshold: int, whole: int
) -> None:
    shown = parts(counts, threshold, 5, at_most=5 * whole)
    assert sum(shown) <= 5 * whole
    assert min(shown) >= 0


@given(
    st.lists(st.tuples(st.integers(0, 40), thresholds), min_size=1, max_size=6), st.integers(0, 30)
)
def test_classes_and_their_rest_are_the_whole_and_never_negative(
    drawn: list[tuple[int, int]], fives: int
) -> None:
    counts, own = zip(*drawn, strict=True)
    shown, rest = beside_rest(counts, own, 5, 5 * fives)
    assert sum(shown) + rest == 5 * fives
    assert min(*shown, rest) >= 0
    room = 5 * fives
    for value, count, threshold in zip(shown, counts, own, strict=True):
        assert value == min(rounded(count, threshold, 5), room)
        room -= value


def test_a_class_that_stays_is_the_same_at_all_dates_whatever_the_others_do() -> None:
    """As the difference of running sums under one threshold it moves, around its true value."""
    others = range(20, 45)
    by_itself = {beside_rest([7], [2], 5, rounded(7 + n, 2, 5))[0][0] for n in others}
    as_difference = [parts([n, 7], 2, 5)[1] for n in others]
    assert by_itself == {rounded(7, 2, 5)}
    assert set(as_difference) == {5, 10}
    assert sum(as_difference) / len(as_difference) == 7


def test_each_level_but_the_rest_has_a_threshold_of_its_own() -> None:
    ladder = measure("ladder_level")
    assert rounded_classes(ladder, merged=False) == ("1", "2", "4", "5", "6")
    assert rounded_classes(ladder, merged=True) == ("1-2", "5-6")
    names = threshold_names(ladder)
    assert len(set(names)) == len(names) == 8
    assert threshold_name(ladder) == "volunteering"


def test_counts_that_tell_each_other_do_not_share_a_threshold() -> None:
    """Volunteers of the year are those of its beginning and the new ones: differences tell."""
    names = [
        threshold_name(measure(each))
        for each in ("volunteers", "active_volunteers", "new_volunteers")
    ]
    assert len(set(names)) == 3
    # Merged classes exist beside a rest only: as differences of running sums they would be read.
    assert all(each.rest for each in MEASURES if each.merged)
    every = [name for each in MEASURES for name in threshold_names(each)]
    assert max(map(len, every)) <= 20, "the register has no room for a longer name"


def test_each_published_number_has_five_values_or_more() -> None:
    """Over all thresholds: 0 to 4 for a published 0, nine values for any other."""
    behind = Counter(
        (rounded(count, threshold, 5), count) for count, threshold in product(range(30), range(5))
    )
    for shown in (0, 5, 10, 15, 20):
        values = {count for (published, count) in behind if published == shown}
        assert values == set(range(max(0, shown - 4), shown + 5))


@pytest.mark.parametrize(("count", "threshold", "base"), [(-1, 0, 5), (1, 0, 0), (1, 0, 7)])
def test_what_cannot_be_rounded_is_refused(count: int, threshold: int, base: int) -> None:
    with pytest.raises(ValueError, match="below zero"):
        rounded(count, threshold, base)


def test_five_seats_in_a_row_have_all_five_thresholds() -> None:
    for block in range(40):
        drawn = [threshold_of_seat(SECRET, WHOSE, 5 * block + seat) for seat in range(5)]
        assert sorted(drawn) == [0, 1, 2, 3, 4]


def test_each_threshold_is_as_likely_on_each_seat() -> None:
    """Chi-square on 4 degrees of freedom, 1 in 100,000 above 28.5; 2,000 organisations."""
    for seat in (0, 3, 7):
        drawn = Counter(
            threshold_of_seat(SECRET, ("GM0001", str(each), "work"), seat) for each in range(2000)
        )
        assert sum((drawn[value] - 400) ** 2 / 400 for value in range(5)) < 28.5


def test_seats_follow_the_secret_and_go_on_from_the_last() -> None:
    places = [f"WK{number:06}" for number in range(12)]
    mine, other = seats(SECRET, WHOSE, places, 3), seats(b"another secret", WHOSE, places, 3)
    assert sorted(mine.values()) == list(range(3, 15))
    assert mine == seats(SECRET, WHOSE, reversed(places), 3)
    assert mine != other


def test_thresholds_differ_between_gemeenten_organisations_and_sets() -> None:
    names = [
        (gemeente, organisation, people)
        for gemeente in ("GM0001", "GM0002")
        for organisation in ("a", "b")
        for people in ("work", "results")
    ]
    drawn = {tuple(threshold_of_seat(SECRET, name, seat) for seat in range(20)) for name in names}
    assert len(drawn) == len(names)
    assert {own_threshold(SECRET, (*name, str(n))) for name in names for n in range(9)} == set(
        range(5)
    )


def test_nothing_is_drawn_without_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        own_threshold(b"", WHOSE)
