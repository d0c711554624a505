"""The audit finds what is planted in a draft: it is the last thing between a fault and a release.

Each draft is made by protect() on an invented register of one gemeente, and passes. Then one fault
is planted in it, as a program with a mistake would make it.
"""

from collections import defaultdict
from copy import deepcopy
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from data_access.disclosure.small_places import Standing
from data_access.errors import PublishRefused
from data_access.publish.amounts import PlaceAmount
from data_access.publish.audit import (
    _NO_SUM,
    _NOT_WITHIN,
    _ONE_PERSON,
    _REST,
    attributes,
    audit,
    contradictions,
    exact_money,
    subtraction,
    sums,
    unwitnessed_tables,
)
from data_access.publish.before import Earlier
from data_access.publish.book import Book
from data_access.publish.changed import CHANGED, OF_OTHERS, changes
from data_access.publish.context import Context, Gemeente
from data_access.publish.counts import Counts
from data_access.publish.finding import Finding
from data_access.publish.one_threshold import not_one_threshold
from data_access.publish.protect import ALL, Cell, Margin, Protected, protect
from data_access.publish.receipts import TABLES, Receipts
from data_access.publish.sizes import TOO_SMALL, sizes
from data_access.publish.witnesses import LeafNumbers, Relation, has_two_values, without_witness
from indicators.breakdowns import VOLUNTEERS
from indicators.catalogue import MEASURES
from indicators.periods import quarters_of
from indicators.vocabulary import Amount

CODE, YEAR = "GM0001", "2025"
QUARTERS = quarters_of(2025)
LAST = QUARTERS[-1]
LARGE, SMALL = "WK000101", ("WK000102", "WK000103", "WK000104")
TINY, OWN, ALSO = "WK000105", "WK000106", "WK000107"
TOGETHER = "KW0001"
BAKERY, GARDEN = "bakery", "garden"
FEBRUARY, JUNE, JULY = date(2026, 2, 1), date(2026, 6, 30), date(2026, 7, 1)
NOTHING = Earlier()
LEVELS = ("1", "2", "3", "4", "5", "6")
# True volunteers of each place and organisation.
PEOPLE = {
    (LARGE, BAKERY): 47, (SMALL[0], BAKERY): 8, (SMALL[1], BAKERY): 9, (SMALL[2], BAKERY): 9,
    (OWN, GARDEN): 31, (ALSO, GARDEN): 26, (TINY, GARDEN): 4,
}  # fmt: skip


def context(missing: frozenset[tuple[str, str]] = frozenset()) -> Context:
    """A gemeente of seven wijken: the bakery has a group, the garden a place that is left out.

    missing: (organisation, quarter) of which nothing was delivered.
    """
    both = frozenset((BAKERY, GARDEN))
    nothing: dict[str, frozenset[str]] = {subject: frozenset() for subject in TABLES}
    arrived = {
        each: frozenset(quarter for quarter in QUARTERS if (each, quarter) not in missing)
        for each in both
    }
    return Context(
        gemeente=Gemeente(
            code=CODE, name="Klein", edition=2024, wijken=(LARGE, *SMALL, TINY, OWN, ALSO),
            organisations=(BAKERY, GARDEN), items=("pilot/goal",), quarters=QUARTERS,
        ),
        wijk_codes={},
        declared_wijken={
            BAKERY: frozenset((LARGE, *SMALL)), GARDEN: frozenset((OWN, ALSO, TINY)),
        },
        receipts=Receipts(
            missing=dict.fromkeys(TABLES, missing),
            never=nothing,
            nobody=nothing,
            arrived=dict.fromkeys(TABLES, arrived),
        ),
        sample=True,
    )  # fmt: skip


def counts() -> dict[str, Counts]:
    """True counts that go together: everybody volunteers, some moved on, all were read."""
    found: dict[str, Counts] = {
        each.id: defaultdict(lambda: defaultdict(int))
        for each in MEASURES
        if not isinstance(each, Amount)
    }
    for (place, whose), people in PEOPLE.items():
        leaf = (place, whose, "")
        for quarter in QUARTERS:
            found["volunteers"][CODE, quarter][*leaf, ""] = people
            found["volunteer_hours"][CODE, quarter][*leaf, ""] = 65 * people
            for number in range(people):
                found["ladder_level"][CODE, quarter][*leaf, LEVELS[number % 6]] += 1
            found["outflow"][CODE, quarter][*leaf, "self_employed"] = people // 8
            found["still_in_work_6"][CODE, quarter][*leaf, ""] = people // 12
            found["ladder_moves"][CODE, quarter][*leaf, "up"] = people // 7
            found["ladder_moves"][CODE, quarter][*leaf, "same"] = people // 3
        found["active_volunteers"][CODE, YEAR][*leaf, ""] = people + 3
        found["allowance_above_maximum"][CODE, YEAR][*leaf, ""] = people // 4
    return found


def new_book() -> Book:
    """An empty book with a key."""
    return Book(b"a key of the tests" * 3)


@pytest.fixture
def book() -> Book:
    """The book of the draft."""
    return new_book()


@pytest.fixture
def draft(book: Book) -> Protected:
    """A draft that passes the audit."""
    done = protect(counts(), context(), book, FEBRUARY)
    assert [*findings(done, book)] == []
    return done


def remembered(book: Book, *drafts: Protected) -> Earlier:
    """What stands after a release with the cells of a draft came out."""
    standing = {key: dict(places) for key, places in book.standing.items()}
    return Earlier(cells(drafts[0]) if drafts else {}, FEBRUARY if drafts else None, standing)


def findings(done: Protected, book: Book, earlier: Earlier = NOTHING) -> list[Finding]:
    """Return what the attacks on the cells of a draft find."""
    return [
        *contradictions(done),
        *sums(done),
        *subtraction(done, earlier),
        *attributes(done, earlier),
        *unwitnessed_tables(done),
        *sizes(done, book, earlier),
        *not_one_threshold(done, book),
    ]


def planted(done: Protected, measure: str, period: str, margin: Margin, value: int) -> None:
    """Let one cell show another value."""
    cells = done.margins[measure, period]
    cells[margin] = replace(cells[margin], value=value, status="published", reason="")


def refused(done: Protected, book: Book, table: str, earlier: Earlier = NOTHING) -> None:
    """Assert that the audit stops a draft, naming the table and no number."""
    with pytest.raises(PublishRefused) as raised:
        audit(done, book, [], earlier, FEBRUARY)
    assert table in raised.value.message_nl
    assert table in raised.value.message_en
    assert not any(sign.isdigit() for sign in raised.value.message_en.replace("still_in_work_", ""))


def test_a_draft_without_a_fault_passes(draft: Protected, book: Book) -> None:
    audit(draft, book, [], NOTHING, FEBRUARY)
    standing = draft.standing["outflow", YEAR, BAKERY, ""]
    assert {standing[place].part for place in SMALL} <= {"group", "left_out"}
    standing = draft.standing[VOLUNTEERS, YEAR, BAKERY, ""]
    assert [standing[place].part for place in (LARGE, *SMALL)] == ["alone", *["group"] * 3]
    assert draft.standing[VOLUNTEERS, YEAR, GARDEN, ""][TINY].part == "left_out"


def test_a_left_out_place_in_the_total_of_its_organisation(draft: Protected, book: Book) -> None:
    """The total minus what is shown of the large place is then a figure of the tiny one."""
    margin = (ALL, GARDEN, "", "1")
    shown = draft.margins["ladder_level", LAST][margin].value
    assert shown is not None
    planted(draft, "ladder_level", LAST, margin, shown + 5)
    assert ("ladder_level", _REST) in {(x.table, x.why) for x in findings(draft, book)}
    refused(draft, book, "ladder_level")


def test_a_group_as_the_sum_of_its_members_and_one_more(draft: Protected, book: Book) -> None:
    """A member counted twice shows in the gemeente's total."""
    margin = (ALL, ALL, "", "2")
    shown = draft.margins["ladder_level", LAST][margin].value
    assert shown is not None
    planted(draft, "ladder_level", LAST, margin, shown + 5)
    assert _REST in {each.why for each in findings(draft, book)}


@pytest.mark.parametrize("place", [TINY, SMALL[0]])
def test_a_small_leaf_shown_alone(draft: Protected, book: Book, place: str) -> None:
    """A program that takes a small place for a large one, from the standing on."""
    whose = GARDEN if place == TINY else BAKERY
    earlier = remembered(book)
    assert earlier.standing
    for key, places in book.standing.items():
        if key[2] == whose:
            places[place] = Standing("alone", True)
    again = protect(counts(), context(), book, FEBRUARY)
    assert TOO_SMALL in {each.why for each in sizes(again, book, NOTHING)}
    refused(again, book, "outflow")
    # What was decided when the periods came out tells too.
    assert TOO_SMALL not in {each.why for each in sizes(again, book, earlier)}
    assert {each.where[2] for each in sizes(again, book, earlier)} == {whose}
    refused(again, book, "outflow", earlier)


def test_a_standing_of_before_is_not_judged_again(draft: Protected, book: Book) -> None:
    """A correction that makes a place small must not stop every publication after it."""
    earlier = remembered(book)
    corrected = protect(few_in(LARGE), context(), book, JULY)
    assert corrected.leaves[VOLUNTEERS, LAST, ""][LARGE, BAKERY] <= 5
    assert corrected.decided == set()
    audit(corrected, book, [], earlier, JULY)
    # Had it been small from the start, it would not pass.
    refused(corrected, book, VOLUNTEERS)


def test_a_standing_that_a_correction_changes(draft: Protected, book: Book) -> None:
    """To decide anew after a correction shows the place that has become small, in a difference."""
    earlier = remembered(book)
    book.standing.clear()
    corrected = protect(few_in(LARGE), context(), book, JULY)
    assert corrected.standing[VOLUNTEERS, YEAR, BAKERY, ""][LARGE].part != "alone"
    assert [*sizes(corrected, book, NOTHING)] == []
    refused(corrected, book, VOLUNTEERS, earlier)


def few_in(place: str) -> dict[str, Counts]:
    """The same counts after a correction that leaves hardly anybody in a place."""
    few = counts()
    for each in few.values():
        for leaves in each.values():
            for leaf in [leaf for leaf in leaves if leaf[0] == place]:
                leaves[leaf] = leaves[leaf] // 40
    return few


def test_a_part_above_its_whole(draft: Protected, book: Book) -> None:
    margin = (OWN, ALL, "", ALL)
    whole = draft.margins["active_volunteers", YEAR][margin].value
    assert whole is not None
    planted(draft, "volunteers", LAST, margin, whole + 5)
    assert ("volunteers", _NOT_WITHIN) in {(x.table, x.why) for x in findings(draft, book)}
    refused(draft, book, "volunteers")


def test_classes_that_do_not_add_up(draft: Protected, book: Book) -> None:
    margin = (LARGE, ALL, "", "self_employed")
    shown = draft.margins["outflow", YEAR][margin].value
    assert shown is not None
    planted(draft, "outflow", YEAR, margin, shown - 5)
    assert _NO_SUM in {each.why for each in findings(draft, book)}


def test_a_class_of_a_place_with_five_people(draft: Protected, book: Book) -> None:
    """It is 5 on one date and 0 on another: one person more or less tells what the others are."""
    for quarter in QUARTERS:
        for level in LEVELS:
            value = 5 if (level, quarter) == ("3", LAST) else 0
            planted(draft, "ladder_level", quarter, (TINY, ALL, "", level), value)
        planted(draft, "ladder_level", quarter, (TINY, ALL, "", ALL), 5)
    found = list(attributes(draft, NOTHING))
    assert [(each.table, each.why) for each in found] == [("ladder_level", _ONE_PERSON)]
    assert found[0].where == (TINY, ALL, "", "3")
    refused(draft, book, "ladder_level")


def test_an_exact_amount_of_a_member(draft: Protected, book: Book) -> None:
    def spent(area: str, whose: str, step: int = 0) -> PlaceAmount:
        return PlaceAmount(
            2025, area, whose, "total", "", "", None, "spending", 171_000, step
        )  # fmt: skip

    fine = [
        spent(LARGE, BAKERY), spent(TOGETHER, BAKERY), spent(SMALL[0], BAKERY, 500_000),
        spent("", BAKERY), spent("", ""), spent(TINY, GARDEN, 500_000),
    ]  # fmt: skip
    audit(draft, book, fine, NOTHING, FEBRUARY)
    with pytest.raises(PublishRefused, match="spending"):
        audit(draft, book, [*fine, spent(TINY, GARDEN)], NOTHING, FEBRUARY)
    # Large enough now, but in steps when the year came out: the difference would be exact.
    key = ("spending", YEAR, GARDEN, "")
    decided = Earlier(standing={key: {OWN: Standing("group", False)}})
    assert [*exact_money(draft, [spent(OWN, GARDEN)], NOTHING)] == []
    assert [each.table for each in exact_money(draft, [spent(OWN, GARDEN)], decided)] == [
        "spending"
    ]


def cells(done: Protected) -> dict[tuple[str, str, Margin], Cell]:
    """Return the cells of a release as those of the one before."""
    return {
        (measure, period, margin): cell
        for (measure, period), margins in done.margins.items()
        for margin, cell in margins.items()
    }


def test_a_changed_figure_of_a_closed_period(draft: Protected, book: Book) -> None:
    """A correction that did not wait for its day: nothing else in the draft is wrong."""
    earlier = remembered(book, deepcopy(draft))
    audit(draft, book, [], earlier, JUNE)
    more = counts()
    for quarter in QUARTERS:
        more[VOLUNTEERS][CODE, quarter][OWN, GARDEN, "", ""] += 5
        more["volunteer_hours"][CODE, quarter][OWN, GARDEN, "", ""] += 5
    more["active_volunteers"][CODE, YEAR][OWN, GARDEN, "", ""] += 5
    corrected = protect(more, context(), book, None)
    assert findings(corrected, book, earlier) == []
    assert {CHANGED} == {each.why for each in changes(corrected, earlier, JUNE)}
    with pytest.raises(PublishRefused, match="volunteers"):
        audit(corrected, book, [], earlier, JUNE)
    audit(corrected, book, [], earlier, JULY)
    audit(corrected, book, [], replace(earlier, made_on=None), JUNE)


def without_garden(book: Book) -> Protected:
    """A draft in which the garden did not deliver about the last quarter."""
    return protect(counts(), context(frozenset({(GARDEN, LAST)})), book, FEBRUARY)


def test_a_figure_that_changed_because_somebody_delivered(book: Book) -> None:
    """First deliveries, expected or not, are a reason that everybody can see."""
    before = without_garden(book)
    assert findings(before, book) == []
    earlier = remembered(book, before)
    after = protect(counts(), context(), book, JUNE)
    total = (ALL, ALL, "", ALL)
    shown = [each.margins[VOLUNTEERS, LAST][total].value for each in (before, after)]
    assert None not in shown
    assert shown[0] != shown[1]
    audit(after, book, [], earlier, JUNE)


def test_an_arrival_that_moves_a_figure_of_somebody_else(book: Book) -> None:
    """In its own figures, in a wijk where only it works, and in what both are in."""
    before = without_garden(book)
    earlier = remembered(book, before)
    for where, why in (
        ((ALL, BAKERY, "", ALL), CHANGED),
        ((LARGE, ALL, "", ALL), CHANGED),
        ((ALL, ALL, "", ALL), OF_OTHERS),
    ):
        after = protect(counts(), context(), deepcopy(book), JUNE)
        shown = after.margins[VOLUNTEERS, LAST][where].value
        assert shown is not None
        # A leaf of the bakery that is drawn anew because the garden is there.
        after.leaves[VOLUNTEERS, LAST, ""][LARGE, BAKERY] += 5
        planted(after, VOLUNTEERS, LAST, where, shown + 5)
        found = {each.where: each.why for each in changes(after, earlier, JUNE)}
        assert found[LAST, *where] == why


def test_a_delivery_that_goes_takes_its_own_figures_only(draft: Protected, book: Book) -> None:
    """Then the release before has the share of the one that went, now unknown wijk by wijk."""
    earlier = remembered(book, draft)
    after = without_garden(book)
    audit(after, book, [], earlier, JUNE)
    where = (ALL, ALL, "", ALL)
    shown = after.margins[VOLUNTEERS, LAST][where].value
    assert shown is not None
    after.leaves[VOLUNTEERS, LAST, ""][LARGE, BAKERY] -= 5
    planted(after, VOLUNTEERS, LAST, where, shown - 5)
    assert [each.why for each in changes(after, earlier, JUNE)] == [OF_OTHERS]


def test_a_figure_that_is_gone(draft: Protected, book: Book) -> None:
    earlier = remembered(book, deepcopy(draft))
    gone = (ALL, GARDEN, "", ALL)
    del draft.margins[VOLUNTEERS, LAST][gone]
    assert [each.where for each in changes(draft, earlier, JUNE)] == [(LAST, *gone)]


def numbers(published: tuple[int, ...], *relations: tuple[int, int]) -> LeafNumbers:
    """Published totals of base 5 and which of them are at most which others."""
    return LeafNumbers(
        tuple(("volunteers", str(number), "", ALL) for number in range(len(published))),
        np.array(published),
        np.full(len(published), 5),
        tuple(Relation((part,), *rest) for part, *rest in relations),
    )


@pytest.mark.parametrize("published", [(0,), (5,), (0, 0), (5, 5), (0, 5), (5, 40)])
def test_numbers_that_have_other_values(published: tuple[int, ...]) -> None:
    leaf = numbers(published, *([(0, 1)] if len(published) > 1 else []))
    assert without_witness(leaf) == []
    assert all(has_two_values(leaf, each) for each in range(len(published)))


def test_a_leaf_with_one_possible_value() -> None:
    """A part published above its whole: only the least part and the largest whole are left.

    Part 5 and whole 0 with part <= whole: with threshold t the part is at least 5 - t and the
    whole at most 4 - t, so nothing is possible at all. Of 5 and 5 in a circle both are equal.
    """
    impossible = numbers((5, 0), (0, 1))
    assert without_witness(impossible) == [0, 1]
    assert not has_two_values(impossible, 0)


def test_a_base_that_leaves_one_value_is_found(draft: Protected, book: Book) -> None:
    """An exact total that slips in among rounded ones: of base 1 every number is its own."""
    leaf = replace(numbers((13, 15), (0, 1)), bases=np.array([1, 5]))
    assert 0 in without_witness(leaf)
    assert not has_two_values(leaf, 0)


def test_the_audit_names_a_table_with_one_possible_value(draft: Protected, book: Book) -> None:
    """The volunteers of a place shown as more than everybody who was active there."""
    leaves = draft.leaves["volunteers", LAST, ""]
    [active] = [
        piece.values[ALL]
        for piece in draft.fine["active_volunteers", YEAR, ""]
        if (piece.place, piece.organisation) == (OWN, GARDEN)
    ]
    leaves[OWN, GARDEN] = active + 5
    tables = {each.table for each in unwitnessed_tables(draft)}
    assert "volunteers" in tables
    refused(draft, book, "volunteers")
