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
    _TOO_SMALL,
    Finding,
    attributes,
    audit,
    changes,
    contradictions,
    subtraction,
    unwitnessed_tables,
)
from data_access.publish.book import Book
from data_access.publish.context import Context, Gemeente
from data_access.publish.counts import Counts
from data_access.publish.protect import ALL, VOLUNTEERS, Cell, Margin, Protected, protect
from data_access.publish.receipts import TABLES, Receipts
from data_access.publish.witnesses import LeafNumbers, Relation, has_two_values, without_witness
from indicators.catalogue import MEASURES
from indicators.periods import quarters_of
from indicators.vocabulary import Amount

CODE, YEAR = "GM0001", "2025"
QUARTERS = quarters_of(2025)
LAST = QUARTERS[-1]
LARGE, SMALL = "WK000101", ("WK000102", "WK000103", "WK000104")
TINY, OWN = "WK000105", "WK000106"
TOGETHER = "KW0001"
BAKERY, GARDEN = "bakery", "garden"
FEBRUARY, JUNE, JULY = date(2026, 2, 1), date(2026, 6, 30), date(2026, 7, 1)
LEVELS = ("1", "2", "3", "4", "5", "6")
# True volunteers of each place and organisation.
PEOPLE = {
    (LARGE, BAKERY): 47, (SMALL[0], BAKERY): 8, (SMALL[1], BAKERY): 9, (SMALL[2], BAKERY): 9,
    (OWN, GARDEN): 31, (TINY, GARDEN): 4,
}  # fmt: skip


def context() -> Context:
    """A gemeente of six wijken: the bakery has a group, the garden a place that is left out."""
    both = frozenset((BAKERY, GARDEN))
    nothing: dict[str, frozenset[str]] = {subject: frozenset() for subject in TABLES}
    arrived = {each: frozenset(QUARTERS) for each in both}
    return Context(
        gemeente=Gemeente(
            code=CODE, name="Klein", edition=2024, wijken=(LARGE, *SMALL, TINY, OWN),
            organisations=(BAKERY, GARDEN), items=("pilot/goal",), quarters=QUARTERS,
        ),
        wijk_codes={},
        declared_wijken={
            BAKERY: frozenset((LARGE, *SMALL)), GARDEN: frozenset((OWN, TINY)),
        },
        receipts=Receipts(
            missing={subject: frozenset() for subject in TABLES},
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


@pytest.fixture
def draft() -> Protected:
    """A draft that passes the audit."""
    done = protect(counts(), context(), Book(b"a key of the tests" * 3), FEBRUARY)
    assert [*findings(done)] == []
    return done


def findings(done: Protected) -> list[Finding]:
    """Return what the attacks on the cells of a draft find."""
    return [
        *contradictions(done),
        *subtraction(done),
        *attributes(done),
        *unwitnessed_tables(done),
    ]


def planted(done: Protected, measure: str, period: str, margin: Margin, value: int) -> None:
    """Let one cell show another value."""
    cells = done.margins[measure, period]
    cells[margin] = replace(cells[margin], value=value, status="published", reason="")


def refused(done: Protected, table: str) -> None:
    """Assert that the audit stops a draft, naming the table and no number."""
    with pytest.raises(PublishRefused) as raised:
        audit(done, [], {}, None, FEBRUARY)
    assert table in raised.value.message_nl
    assert table in raised.value.message_en
    assert not any(sign.isdigit() for sign in raised.value.message_en.replace("still_in_work_", ""))


def test_a_draft_without_a_fault_passes(draft: Protected) -> None:
    audit(draft, [], {}, None, FEBRUARY)
    standing = draft.standing["outflow", YEAR, BAKERY, ""]
    assert {standing[place].part for place in SMALL} <= {"group", "left_out"}
    standing = draft.standing[VOLUNTEERS, YEAR, BAKERY, ""]
    assert [standing[place].part for place in (LARGE, *SMALL)] == ["alone", *["group"] * 3]
    assert draft.standing[VOLUNTEERS, YEAR, GARDEN, ""][TINY].part == "left_out"


def test_a_left_out_place_in_the_total_of_its_organisation(draft: Protected) -> None:
    """The total minus what is shown of the large place is then a figure of the tiny one."""
    margin = (ALL, GARDEN, "", "1")
    shown = draft.margins["ladder_level", LAST][margin].value
    assert shown is not None
    planted(draft, "ladder_level", LAST, margin, shown + 5)
    assert ("ladder_level", _REST) in {(x.table, x.why) for x in findings(draft)}
    refused(draft, "ladder_level")


def test_a_group_as_the_sum_of_its_members_and_one_more(draft: Protected) -> None:
    """A member counted twice shows in the gemeente's total."""
    margin = (ALL, ALL, "", "2")
    shown = draft.margins["ladder_level", LAST][margin].value
    assert shown is not None
    planted(draft, "ladder_level", LAST, margin, shown + 5)
    assert _REST in {each.why for each in findings(draft)}


@pytest.mark.parametrize("place", [TINY, SMALL[0]])
def test_a_small_leaf_shown_alone(draft: Protected, place: str) -> None:
    """A program that takes a small place for a large one, from the standing on."""
    whose = GARDEN if place == TINY else BAKERY
    book = Book(b"a key of the tests" * 3)
    done = protect(counts(), context(), book, FEBRUARY)
    for key, places in book.standing.items():
        if key[2] == whose:
            places[place] = Standing("alone", True)
    again = protect(counts(), context(), book, FEBRUARY)
    again.decided = done.decided
    assert _TOO_SMALL in {each.why for each in findings(again)}
    refused(again, "outflow")


def test_a_standing_of_before_is_not_judged_again(draft: Protected) -> None:
    """A correction that makes a place small must not stop every publication after it."""
    book = Book(b"a key of the tests" * 3)
    protect(counts(), context(), book, FEBRUARY)
    few = counts()
    for each in few.values():
        for leaves in each.values():
            for leaf in [leaf for leaf in leaves if leaf[0] == LARGE]:
                leaves[leaf] = leaves[leaf] // 40
    corrected = protect(few, context(), book, JULY)
    assert corrected.leaves[VOLUNTEERS, LAST, ""][LARGE, BAKERY] <= 5
    assert corrected.decided == set()
    audit(corrected, [], {}, None, JULY)


def test_a_part_above_its_whole(draft: Protected) -> None:
    margin = (OWN, ALL, "", ALL)
    whole = draft.margins["active_volunteers", YEAR][margin].value
    assert whole is not None
    planted(draft, "volunteers", LAST, margin, whole + 5)
    assert ("volunteers", _NOT_WITHIN) in {(x.table, x.why) for x in findings(draft)}
    refused(draft, "volunteers")


def test_classes_that_do_not_add_up(draft: Protected) -> None:
    margin = (LARGE, ALL, "", "self_employed")
    shown = draft.margins["outflow", YEAR][margin].value
    assert shown is not None
    planted(draft, "outflow", YEAR, margin, shown - 5)
    assert _NO_SUM in {each.why for each in findings(draft)}


def test_a_class_of_a_place_with_five_people(draft: Protected) -> None:
    """It is 5 on one date and 0 on another: one person more or less tells what the others are."""
    for quarter in QUARTERS:
        for level in LEVELS:
            value = 5 if (level, quarter) == ("3", LAST) else 0
            planted(draft, "ladder_level", quarter, (TINY, ALL, "", level), value)
        planted(draft, "ladder_level", quarter, (TINY, ALL, "", ALL), 5)
    found = list(attributes(draft))
    assert [(each.table, each.why) for each in found] == [("ladder_level", _ONE_PERSON)]
    assert found[0].where == (TINY, ALL, "", "3")
    refused(draft, "ladder_level")


def test_an_exact_amount_of_a_member(draft: Protected) -> None:
    def spent(area: str, whose: str, step: int = 0) -> PlaceAmount:
        return PlaceAmount(
            2025, area, whose, "total", "", "", None, "spending", 171_000, step
        )  # fmt: skip

    for organisation in (BAKERY, GARDEN):
        draft.decided.add(("spending", YEAR, organisation, ""))
    fine = [
        spent(LARGE, BAKERY), spent(TOGETHER, BAKERY), spent(SMALL[0], BAKERY, 500_000),
        spent("", BAKERY), spent("", ""), spent(TINY, GARDEN, 500_000),
    ]  # fmt: skip
    audit(draft, fine, {}, None, FEBRUARY)
    with pytest.raises(PublishRefused, match="spending"):
        audit(draft, [*fine, spent(TINY, GARDEN)], {}, None, FEBRUARY)


def cells(done: Protected) -> dict[tuple[str, str, Margin], Cell]:
    """Return the cells of a release as those of the one before."""
    return {
        (measure, period, margin): cell
        for (measure, period), margins in done.margins.items()
        for margin, cell in margins.items()
    }


def test_a_changed_figure_of_a_closed_period(draft: Protected) -> None:
    before = cells(deepcopy(draft))
    audit(draft, [], before, FEBRUARY, JUNE)
    # In all that it is part of, so that only the release before tells.
    moved = {(OWN, ALL, "", ALL), (ALL, GARDEN, "", ALL), (ALL, ALL, "", ALL)}
    for margin in moved:
        shown = draft.margins[VOLUNTEERS, LAST][margin].value
        assert shown is not None
        planted(draft, VOLUNTEERS, LAST, margin, shown - 5)
    assert findings(draft) == []
    with pytest.raises(PublishRefused, match="volunteers"):
        audit(draft, [], before, FEBRUARY, JUNE)
    audit(draft, [], before, FEBRUARY, JULY)
    audit(draft, [], before, None, JUNE)


def test_a_figure_that_changed_because_somebody_delivered(draft: Protected) -> None:
    """First deliveries, expected or not, are a reason that everybody can see."""
    before = cells(deepcopy(draft))
    own, all_, wijk = (ALL, GARDEN, "", ALL), (ALL, ALL, "", ALL), (LARGE, ALL, "", ALL)
    key = (VOLUNTEERS, LAST)
    garden = before[*key, own]
    before[*key, own] = replace(garden, value=None, status="no_data", reason="not_delivered")
    whole = before[*key, all_]
    assert whole.value is not None
    before[*key, all_] = replace(whole, value=whole.value - 35)
    assert list(changes(draft, before, FEBRUARY, JUNE)) == []
    # In a wijk where it does not work that is no reason.
    elsewhere = before[*key, wijk]
    assert elsewhere.value is not None
    before[*key, wijk] = replace(elsewhere, value=elsewhere.value + 5)
    found = list(changes(draft, before, FEBRUARY, JUNE))
    assert [each.where for each in found] == [(LAST, *wijk)]


def numbers(published: tuple[int, ...], *relations: tuple[int, int]) -> LeafNumbers:
    """Published totals of base 5 and which of them are at most which others."""
    return LeafNumbers(
        tuple(("volunteers", str(number), "", ALL) for number in range(len(published))),
        np.array(published),
        np.full(len(published), 5),
        tuple(Relation(*each) for each in relations),
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


def test_a_base_that_leaves_one_value_is_found(draft: Protected) -> None:
    """An exact total that slips in among rounded ones: of base 1 every number is its own."""
    leaf = replace(numbers((13, 15), (0, 1)), bases=np.array([1, 5]))
    assert 0 in without_witness(leaf)
    assert not has_two_values(leaf, 0)


def test_the_audit_names_a_table_with_one_possible_value(
    draft: Protected, monkeypatch: pytest.MonkeyPatch
) -> None:
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
    refused(draft, "volunteers")
