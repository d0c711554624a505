"""Properties of every rounded table, and refusal of what cannot be rounded."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.disclosure import CountTable, DisclosureError, round_table, sum_base
from tests.attack.tables import (
    SECRET,
    Counts,
    members_of,
    publish_quarters,
    published_values,
    table_of,
    true_values,
)


@st.composite
def registers(draw: st.DrawFn, highest: int = 14) -> Counts:
    """Wijk x organisation, up to 24 leaves: enumerated below eleven free leaves, else HiGHS."""
    wijken, organisations = draw(st.integers(1, 8)), draw(st.integers(1, 3))
    count = st.one_of(st.just(0), st.integers(0, highest))
    return {
        (f"W{wijk}", f"o{organisation}"): draw(count)
        for wijk in range(wijken)
        for organisation in range(organisations)
    }


@given(registers(), st.sampled_from([5, 10, 35]))
def test_multiples_next_to_the_truth_that_add_up(counts: Counts, base: int) -> None:
    """Tables of two dimensions always have a rounding in which nothing is widened."""
    table = replace(table_of(counts, "rules"), base=base)
    rounded = round_table(table, SECRET)
    published = published_values(rounded)
    for key, true in true_values(table).items():
        assert published[key] % base == 0
        assert abs(published[key] - true) < base
        assert true % base or published[key] == true
        assert published[key] == sum(rounded.values[leaf] for leaf in members_of(table)[key])
    assert (rounded.widened, rounded.released, rounded.unsteady) == ((), (), ())


@given(registers(), st.randoms(use_true_random=False))
def test_order_does_not_matter(counts: Counts, random: Random) -> None:
    table = table_of(counts, "order")
    leaves, totals = list(table.leaves.items()), list(table.totals.items())
    random.shuffle(leaves)
    random.shuffle(totals)
    shuffled = replace(
        table,
        leaves=dict(leaves),
        totals={key: tuple(random.sample(members, len(members))) for key, members in totals},
    )
    assert round_table(shuffled, SECRET) == round_table(table, SECRET)


@given(registers(), st.data())
def test_a_part_never_exceeds_its_whole(counts: Counts, data: st.DataObject) -> None:
    whole = published_values(round_table(table_of(counts, "whole"), SECRET))
    part = {leaf: data.draw(st.integers(0, count)) for leaf, count in counts.items()}
    table = replace(table_of(part, "part"), at_most=whole)
    published = published_values(round_table(table, SECRET))
    assert all(published[key] <= whole[key] for key in published)
    assert all(abs(published[leaf] - part[leaf]) < 5 for leaf in part)


@given(registers(), st.data())
def test_a_whole_is_never_less_than_its_parts(counts: Counts, data: st.DataObject) -> None:
    part = {leaf: data.draw(st.integers(0, count)) for leaf, count in counts.items()}
    parts = published_values(round_table(table_of(part, "part"), SECRET))
    table = replace(table_of(counts, "whole"), at_least=parts)
    published = published_values(round_table(table, SECRET))
    assert all(published[key] >= parts[key] for key in published)
    assert all(abs(published[leaf] - counts[leaf]) < 5 for leaf in counts)


@given(registers(), st.data())
def test_unchanged_leaves_are_never_rounded_again(counts: Counts, data: st.DataObject) -> None:
    first = table_of(counts, "keep", "2025-Q1")
    before = round_table(first, SECRET)
    corrected = {
        leaf: max(0, count + data.draw(st.sampled_from([0, 0, 0, -1, 1, 3])))
        for leaf, count in counts.items()
    }
    keep = {leaf: before.values[leaf] for leaf in counts if corrected[leaf] == counts[leaf]}
    after = round_table(replace(first, leaves=corrected, keep=keep), SECRET)
    assert {leaf: after.values[leaf] for leaf in keep} == keep
    assert after.released == ()
    if keep.keys() == counts.keys():
        assert (after.values, after.totals) == (before.values, before.totals)


@given(st.lists(registers(highest=4), min_size=4, max_size=4))
@settings(max_examples=50)
def test_sums_over_the_year_stay_next_to_the_truth(year: list[Counts]) -> None:
    shape = set.intersection(*(set(counts) for counts in year))
    year = [{leaf: counts[leaf] for leaf in shape} for counts in year]
    quarters = list(publish_quarters(year, "year"))
    widened = {key for quarter in quarters for key in quarter.rounded.widened}
    for key in members_of(quarters[0].table):
        true = sum(true_values(quarter.table)[key] for quarter in quarters)
        shown = sum(published_values(quarter.rounded)[key] for quarter in quarters)
        assert key in widened or (abs(shown - true) < 5 and (true % 5 or shown == true))


def many_leaves(count: int) -> dict[tuple[str, ...], int]:
    return {(f"W{index:02}",): count for index in range(20)}


def test_enumeration_and_integer_programming_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []
    for seed in range(30):
        random = Random(seed)
        counts = {(f"W{w}", f"o{o}"): random.randint(0, 9) for w in range(5) for o in range(2)}
        carried = {leaf: (7, random.choice([5, 10])) for leaf in counts}
        prefer = {leaf: 5 * (counts[leaf] // 5) for leaf in sorted(counts)[:5]}
        bounds = {("*", "*"): 5 * (sum(counts.values()) // 5)}
        table = table_of(counts, f"agree-{seed}")
        tables += [table, replace(table, carried=carried), replace(table, prefer=prefer)]
        tables += [replace(table, at_most=bounds, carried=carried, prefer=prefer)]
    enumerated = [round_table(table, SECRET) for table in tables]
    monkeypatch.setattr("data_access.disclosure.programme._ENUMERATED_LEAVES", 0)
    assert [round_table(table, SECRET) for table in tables] == enumerated
    assert any(rounded.widened for rounded in enumerated)
    assert any(rounded.unsteady for rounded in enumerated)


@pytest.mark.parametrize("leaves", [8, 20])
def test_widening_is_as_small_as_bounds_allow(leaves: int) -> None:
    """All leaves but two must go down: the total is widened, never shown as it is."""
    counts = {(f"W{index:02}",): 2 for index in range(leaves)}
    bounds = dict.fromkeys(list(counts)[2:], 0)
    rounded = round_table(replace(table_of(counts, "widen"), at_most=bounds), SECRET)
    assert rounded.totals == {("*",): 10}
    assert rounded.widened == (("*",),)


@pytest.mark.parametrize("leaves", [4, 20])
def test_only_kept_leaves_that_break_a_bound_are_released(leaves: int) -> None:
    counts = {(f"W{index:02}",): 3 for index in range(leaves)}
    keep = dict.fromkeys(counts, 5)
    table = replace(table_of(counts, "release"), keep=keep, at_most={("W00",): 0})
    rounded = round_table(table, SECRET)
    assert rounded.released == (("W00",),)
    assert rounded.values == keep | {("W00",): 0}


def test_a_history_keeps_a_leaf_on_its_side() -> None:
    """Up at 2: it goes up at 3 and 4 too, whatever the key, and at 7."""
    for count, key in ((3, b"a"), (4, b"b"), (7, b"c"), (3, b"d"), (3, b"e")):
        table = replace(table_of({("W0",): count}, "steady"), steady={("W0",): (3, 3)})
        assert round_table(table, key).values[("W0",)] == 5 * (count // 5) + 5


def test_a_total_is_not_shown_on_both_sides_at_their_ends() -> None:
    """4 shown as 0 once; 6 may not be shown as 10."""
    counts = {("W0",): 3, ("W1",): 3}
    for index in range(40):
        table = replace(table_of(counts, f"pin-{index}"), steady={("*",): (-4, -4)})
        assert round_table(table, SECRET).totals[("*",)] == 5


LEAVES = {("W0",): 3, ("W1",): 8}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"base": 3}, "protects nobody"),
        ({"leaves": {("W0",): -1}, "totals": {}}, "below zero"),
        ({"totals": {("W0",): (("W1",),)}}, "both a leaf and a total"),
        ({"totals": {("*",): (("W0",), ("W0",))}}, "counts a leaf twice"),
        ({"totals": {("*",): (("W9",),)}}, "not in the table"),
        ({"keep": {("W0",): 10}}, "unchanged leaf"),
        ({"keep": {("W9",): 0}}, "unchanged leaf"),
        ({"prefer": {("W0",): 4}}, "unchanged leaf"),
        ({"steady": {("W9",): (0, 0)}}, "no leaf or total"),
        ({"at_most": {("W9",): 5}}, "no leaf or total"),
        ({"at_least": {("W9",): 5}}, "no leaf or total"),
        ({"carried": {("W9",): (5, 5)}}, "no leaf or total"),
        ({"carried": {("W0",): (4, 4)}}, "no multiple"),
        ({"at_most": {("W1",): 0}}, "contradict each other"),
        ({"at_most": {("W0",): 0}, "at_least": {("W0",): 5}}, "contradict each other"),
        ({"leaves": many_leaves(3), "totals": {("*",): tuple(many_leaves(3))},
          "at_least": {("*",): 105}}, "contradict each other"),
        ({"leaves": many_leaves(5), "totals": {("*",): tuple(many_leaves(5))},
          "at_most": {("*",): 95}}, "contradict each other"),
    ],
)  # fmt: skip
def test_refusals_say_why(changes: dict[str, Any], sentence: str) -> None:
    table = CountTable(
        measure="refused", draw_period="", leaves=LEAVES, totals={("*",): (("W0",), ("W1",))}
    )
    with pytest.raises(DisclosureError) as caught:
        round_table(replace(table, **changes), SECRET)
    assert sentence in caught.value.message("en")
    assert caught.value.message("nl") != caught.value.message("en")


def test_base_of_a_sum_covers_the_largest_contribution() -> None:
    assert [sum_base(50, largest) for largest in (0, 1, 50, 51, 100, 101)] == [
        50, 50, 50, 100, 100, 150,
    ]  # fmt: skip
    with pytest.raises(DisclosureError):
        sum_base(1, 40)
