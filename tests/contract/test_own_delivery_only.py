"""The insider: what an organisation publishes moves with its own delivery and nothing else.

Somebody at an organisation who could change, add or share records of others, or watch others
change theirs, learns nothing from its own figures: they stay the same to the last byte.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update

from data_access import register as r
from tests.contract.figures import cells_of, money_of
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

FEBRUARY, JULY = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)
EAST, WEST, FAR = "WK000103", "WK000104", "WK000105"


@pytest.fixture
def two(tiny: TinyRegister) -> TinyRegister:
    """The bakery in four wijken of its own, of several sizes; the garden in two."""
    for wijk in (EAST, WEST, FAR):
        tiny.wijk(wijk)
        tiny.declares(BAKERY, wijk)
    for wijk, people in ((NORTH, 41), (EAST, 13), (WEST, 8), (FAR, 6)):
        for number in range(people):
            busy(tiny, f"b-{wijk}-{number}", number, wijk, BAKERY)
    for number in range(23):
        busy(tiny, f"g{number}", number, SOUTH, GARDEN)
    for number, (wijk, where) in enumerate(
        ((NORTH, BAKERY), (EAST, BAKERY), (WEST, BAKERY), (SOUTH, GARDEN))
    ):
        spent(tiny, f"s{number}", wijk, where, 1_234_567 + number)
    return tiny


def busy(register: TinyRegister, person: str, number: int, wijk: str, where: str) -> None:
    """Add somebody to everything that is counted."""
    register.agreement(person, "2024-02-01", wijk=wijk, where=where, hours=2 + number % 11)
    register.reading(person, "2024-03-01", 1 + number % 6, wijk=wijk, where=where)
    register.reading(person, "2025-03-01", 1 + number % 5, wijk=wijk, where=where)
    register.allowance(person, "2025-04-01", 215_000 if number % 2 else 57_000, wijk, where)
    if number % 3:
        register.placement(person, f"2025-{1 + number % 12:02}-10", wijk=wijk, where=where)
    if where == BAKERY and wijk == NORTH:
        register.result(person, "2025-01-10", ("2025-02-01", True), None, "2025-03-01")


def spent(register: TinyRegister, name: str, wijk: str, where: str, cents: int) -> None:
    """Add a row of the books."""
    register.add(
        r.spending, supplier=GEMEENTE, id=name, gemeente_code=GEMEENTE,
        spent_on=date(2025, 5, 5), organisation_id=where, wijk_code=wijk, wijk_edition=EDITION,
        taakveld="6.1", financier_id="fund", amount_cents=cents, nature="structureel",
    )  # fmt: skip


def add_people(register: TinyRegister) -> None:
    for number in range(40, 77):
        busy(register, f"more{number}", number, SOUTH, GARDEN)


def remove_people(register: TinyRegister) -> None:
    of_people = (r.agreement, r.ladder_reading, r.placement, r.allowance)
    with register.engine.begin() as connection:
        for table in of_people:
            few = [f"g{number}" for number in range(1, 23)]
            c = table.c
            connection.execute(
                delete(table).where(c.organisation_id == GARDEN, c.participant.in_(few))
            )


def move_people(register: TinyRegister) -> None:
    """To the bakery's own wijk, which the garden did not declare."""
    with register.engine.begin() as connection:
        for table in (r.agreement, r.ladder_reading, r.placement, r.allowance):
            moved = update(table).where(table.c.organisation_id == GARDEN)
            connection.execute(moved.values(wijk_code=NORTH))


def share_pseudonyms(register: TinyRegister) -> None:
    """Everybody of the bakery turns out to be at the garden as well, longer and with other days."""
    for wijk, people in ((NORTH, 41), (EAST, 13), (WEST, 8), (FAR, 6)):
        for number in range(people):
            person = f"b-{wijk}-{number}"
            register.agreement(person, "2020-01-01", wijk=SOUTH, where=GARDEN, hours=40)
            register.reading(person, "2024-12-30", 6, wijk=SOUTH, where=GARDEN)
            register.placement(person, "2025-01-02", wijk=SOUTH, where=GARDEN)
            register.allowance(person, "2025-12-30", 209_999, SOUTH, GARDEN)


def books_of_others(register: TinyRegister) -> None:
    with register.engine.begin() as connection:
        others = update(r.spending).where(r.spending.c.organisation_id == GARDEN)
        connection.execute(others.values(amount_cents=99_999_900))


def mine(reading: Reading, number: int) -> str:
    """Return all that a release says of the bakery and of wijken where only it works, as text."""
    [places, cells, money] = [
        {NORTH, EAST, WEST, FAR},
        cells_of(reading.folder, number),
        money_of(reading.folder, number),
    ]
    told = sorted(
        (*cell, *said)
        for cell, said in cells.items()
        if cell.organisation == BAKERY or cell.area in places
    )
    paid = sorted(
        json.dumps(row, default=str, sort_keys=True)
        for row in money
        if row["organisation_id"] == BAKERY
    )
    assert {line[0] for line in told} >= {"volunteers", "outflow", "ladder_level", "results_paid"}
    assert paid
    return json.dumps([told, paid], default=str)


CHANGES: list[Callable[[TinyRegister], None]] = [
    add_people, remove_people, move_people, share_pseudonyms, books_of_others,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_others_deliver_moves_nothing_of_an_organisation(
    two: TinyRegister, reading: Reading, change: Callable[[TinyRegister], None]
) -> None:
    """On the day of corrections, when everything that waited shows."""
    reading.publish(moment=FEBRUARY)
    before = mine(reading, 1)
    others = cells_of(reading.folder, 1)
    change(two)
    reading.publish(moment=JULY, even_if_unchanged=True)
    assert mine(reading, 2) == before
    if change is not books_of_others:
        assert cells_of(reading.folder, 2) != others, "the change does move others' figures"


def test_the_comparison_sees_a_change_of_its_own(two: TinyRegister, reading: Reading) -> None:
    reading.publish(moment=FEBRUARY)
    before = mine(reading, 1)
    for number in range(9):
        two.agreement(f"own{number}", "2025-02-01", wijk=EAST)
    reading.publish(moment=JULY)
    assert mine(reading, 2) != before


def test_a_first_publication_does_not_depend_on_others_either(
    two: TinyRegister, reading: Reading
) -> None:
    """Also without anything remembered: thresholds and groups come from its own places."""
    reading.publish(moment=FEBRUARY)
    before = mine(reading, 1)
    with two.engine.begin() as connection:
        for table in (r.leaf_threshold, r.settled, r.counted, r.standing):
            connection.execute(delete(table))
    add_people(two)
    share_pseudonyms(two)
    reading.publish(moment=JULY)
    assert mine(reading, 2) == before
