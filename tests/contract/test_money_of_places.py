"""Money of places: exact where people enough stand behind it, else steps and a group together.

An amount that is a tariff or an allowance times a number of people gives that number back.
"""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

import pytest

from data_access import register as r
from data_access import release_tables as t
from data_access.publish.amounts import STEP
from tests import releases
from tests.contract.figures import money_of
from tests.contract.tiny_register import (
    BAKERY,
    EDITION,
    GARDEN,
    GEMEENTE,
    NORTH,
    SOUTH,
    TinyRegister,
)
from tests.releases import Reading

FEBRUARY = datetime(2026, 2, 1, tzinfo=UTC)
EAST, WEST, FAR, HILL = "WK000103", "WK000104", "WK000105", "WK000106"
TOGETHER, ALLOWANCES = "KW0001", 3 * 57_000
SMALL = {EAST: 7, WEST: 8, FAR: 6, HILL: 3}
# Large enough for exact money, but the smallest of those: the garden's wijk needs them.
MIDDLE = {"WK000107": 25, "WK000108": 26}


@pytest.fixture
def paid(tiny: TinyRegister, reading: Reading) -> Reading:
    """The bakery in seven wijken of several sizes, the garden in one small wijk; both paid."""
    for wijk in (*SMALL, *MIDDLE):
        tiny.wijk(wijk)
        tiny.declares(BAKERY, wijk)
    for wijk, people in ((NORTH, 40), *SMALL.items(), *MIDDLE.items()):
        for number in range(people):
            tiny.agreement(f"b-{wijk}-{number}", "2024-02-01", wijk=wijk)
    for number in range(4):
        tiny.agreement(f"g{number}", "2024-02-01", wijk=SOUTH, where=GARDEN)
    cents = {
        (NORTH, BAKERY): 2_345_678, (EAST, BAKERY): 1_234_567, (WEST, BAKERY): 499_999,
        (FAR, BAKERY): 777_777, (HILL, BAKERY): ALLOWANCES, (SOUTH, GARDEN): 612_345,
        ("WK000107", BAKERY): 2_020_202, ("WK000108", BAKERY): 1_818_181,
        (None, BAKERY): 1_111_111, (None, None): 3_333_333,
    }  # fmt: skip
    for number, ((wijk, where), amount) in enumerate(cents.items()):
        for day in (date(2024, 5, 5), date(2025, 5, 5)):
            allowances = amount == ALLOWANCES
            tiny.add(
                r.spending, supplier=GEMEENTE, id=f"s{number}-{day.year}",
                gemeente_code=GEMEENTE, spent_on=day, organisation_id=where, wijk_code=wijk,
                wijk_edition=EDITION if wijk else None, taakveld="6.1", financier_id="fund",
                amount_cents=amount, nature="incidenteel" if allowances else "structureel",
                money_ends_on=date(2026, 12, 31) if allowances else None,
            )  # fmt: skip
            tiny.add(
                r.spending_outcome, supplier=GEMEENTE,
                spending_id=f"s{number}-{day.year}", outcome="participation", share=0.5,
            )  # fmt: skip
    for number in range(12):
        tiny.result(f"b-{NORTH}-{number}", "2025-01-10", ("2025-02-01", True), None, "2025-03-01")
    reading.publish(moment=FEBRUARY)
    return reading


def sums(rows: list[dict[str, Any]], *names: str) -> dict[tuple[Any, ...], int]:
    """Add up cents."""
    found: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows:
        found[tuple(row[name] for name in names)] += row["cents"]
    return dict(found)


def whole(reading: Reading) -> list[dict[str, Any]]:
    """Return the exact money of the whole gemeente."""
    [path] = releases.paths(reading.folder)
    return list(releases.rows_of(path, t.pub_amount))


def test_exact_rows_of_places_and_groups_add_up_to_the_gemeente(paid: Reading) -> None:
    """Per year, outcome, nature and kind: nothing is lost and nothing counted twice."""
    rows = [row for row in money_of(paid.folder) if row["step"] == 0]
    known = whole(paid)
    assert set(sums(known, "year")) == {(2024,), (2025,)}
    for split, names in (
        ("total", ("year", "kind")),
        ("outcome", ("year", "kind", "outcome")),
        ("nature", ("year", "kind", "nature", "money_ends_on")),
    ):
        of_places = sums([row for row in rows if row["split"] == split], *names)
        assert of_places == sums(known, *names), split


def test_a_member_of_a_group_shows_steps_only(paid: Reading) -> None:
    rows = [row for row in money_of(paid.folder) if row["area_code"] in SMALL]
    assert {row["area_code"] for row in rows} == set(SMALL)
    for row in rows:
        assert row["step"] == STEP == 500_000
        assert row["cents"] % STEP == 0
        assert row["split"] in ("total", "outcome")
        assert (row["nature"], row["money_ends_on"]) == ("", None)
    total = [row for row in rows if (row["split"], row["year"]) == ("total", 2025)]
    shown = {row["area_code"]: row["cents"] for row in total}
    # 12,345.67, 4,999.99, 7,777.77 and 1,710 euros.
    assert shown == {EAST: 1_000_000, WEST: 0, FAR: 500_000, HILL: 0}


def test_a_place_with_people_enough_is_exact(paid: Reading) -> None:
    rows = [
        row
        for row in money_of(paid.folder)
        if (row["area_code"], row["split"], row["kind"]) == (NORTH, "total", "spending")
    ]
    assert {(row["year"], row["cents"], row["step"]) for row in rows} == {
        (2024, 2_345_678, 0),
        (2025, 2_345_678, 0),
    }


def test_three_allowances_in_a_small_wijk_are_read_nowhere(paid: Reading) -> None:
    """Not as an amount, not as half of one by outcome, and not under a nature of its own."""
    allowances = {ALLOWANCES, ALLOWANCES // 2, ALLOWANCES - ALLOWANCES // 2}
    for row in money_of(paid.folder):
        alone = row["organisation_id"] and row["area_code"] != TOGETHER
        assert not (row["cents"] in allowances and alone), row
    # The nature that only these have is told of the group and the gemeente, where it is no place's.
    natures = [row for row in money_of(paid.folder) if row["nature"] == "incidenteel"]
    spent = [row for row in natures if row["kind"] == "spending"]
    assert {row["area_code"] for row in spent} == {TOGETHER}


def test_subtraction_ends_at_a_group_of_three_places(paid: Reading) -> None:
    """Whatever exact rows are taken off the whole, no rest is the money of one or two places."""
    for year in (2024, 2025):
        exact = [
            row
            for row in money_of(paid.folder)
            if (row["year"], row["split"], row["kind"], row["step"])
            == (year, "total", "spending", 0)
        ]
        in_all = sums([row for row in whole(paid) if row["kind"] == "spending"], "year")[year,]
        assert sum(row["cents"] for row in exact) == in_all
        small = {
            EAST: 1_234_567, WEST: 499_999, FAR: 777_777, HILL: ALLOWANCES, SOUTH: 612_345,
            "WK000107": 2_020_202, "WK000108": 1_818_181,
        }  # fmt: skip
        few = {
            sum(small[place] for place in each) for n in (1, 2) for each in combinations(small, n)
        }
        cents = [row["cents"] for row in exact]
        for n in range(len(cents) + 1):
            for taken in combinations(cents, n):
                assert in_all - sum(taken) not in few
                assert sum(taken) not in few


def test_the_last_small_place_takes_larger_ones_with_it(paid: Reading) -> None:
    """The garden's one small wijk is no group: the next smallest places join it."""
    rows = [row for row in money_of(paid.folder) if row["year"] == 2025 and not row["step"]]
    last = [row for row in rows if row["organisation_id"] == TOGETHER and row["split"] == "total"]
    assert [row["area_code"] for row in last] == [TOGETHER]
    [row] = last
    assert row["cents"] == 612_345 + 2_020_202 + 1_818_181
    exact = {(row["area_code"], row["organisation_id"]) for row in rows}
    assert not exact & {(SOUTH, GARDEN), *((wijk, BAKERY) for wijk in MIDDLE)}
    assert (NORTH, BAKERY) in exact


def test_result_payments_are_the_tariff_times_the_published_number(paid: Reading) -> None:
    payments = [row for row in money_of(paid.folder) if row["kind"] == "result_payment"]
    total = [row for row in payments if row["split"] == "total"]
    assert {(row["area_code"], row["organisation_id"]) for row in total} == {(NORTH, BAKERY)}
    [row] = total
    assert row["cents"] in (10 * 100_000, 15 * 100_000)
