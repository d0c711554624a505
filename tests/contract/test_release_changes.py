"""Contract: what changed between two releases is told whole, also what only one of them has."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, update

import data_access
from data_access import register as r
from data_access.errors import PublishRefused
from tests.contract.tiny_register import BAKERY, EDITION, GEMEENTE, NORTH, SOUTH
from tests.releases import key

LATE = "late"
# Publications just before and on the yearly day of corrections.
JUNE, JULY = (datetime(2026, month, day, tzinfo=UTC) for month, day in ((6, 30), (7, 1)))


@pytest.fixture
def read(tiny, reading):
    """Give a published register, on whose releases the reading door opens."""
    tiny.publish = reading.publish
    for number in range(40):
        tiny.agreement(f"p{number}", "2024-02-01", where=BAKERY)
    tiny.publish(moment=datetime(2026, 2, 1, tzinfo=UTC))
    return tiny


def add_late_organisation(register):
    register.add(
        r.organisation,
        id=LATE,
        name="Laat",
        kind="wijkbedrijf",
        gemeente_code=GEMEENTE,
        invented=True,
    )
    register.add(r.organisation_wijk, organisation_id=LATE, wijk_code=SOUTH, wijk_edition=EDITION)
    for number in range(40, 70):
        register.agreement(f"p{number}", "2024-02-01", wijk=SOUTH, where=LATE)


def changes(before, after):
    found = data_access.changes(key(GEMEENTE, before), key(GEMEENTE, after))
    assert found.empty or set(found["total"]) == {len(found)}
    return found


def test_equal_releases_have_no_changed_figures(read):
    read.publish(even_if_unchanged=True)
    assert changes(1, 2).empty


def test_what_only_the_newer_one_has_is_told_and_its_zeros_are_not(read):
    """A first delivery about closed periods comes at once: who it is of stands in the release."""
    add_late_organisation(read)
    read.publish(moment=JUNE)
    found = changes(1, 2)
    mine = found[found["organisation_id"] == LATE]
    assert set(mine["organisation"]) == {"Laat"}
    assert mine["before"].isna().all()
    assert (mine["after"] > 0).all()
    stock = mine[(mine["measure"] == "volunteers") & (mine["area_code"] == GEMEENTE)]
    assert "2025-Q4" in set(stock["period"])
    everyone = found[(found["organisation_id"] == "") & (found["measure"] == "volunteers")]
    last = everyone[(everyone["period"] == "2025-Q4") & (everyone["area_code"] == GEMEENTE)]
    assert last["after"].item() - last["before"].item() in (25, 30, 35)


def test_what_only_the_older_one_has_is_told_with_its_name(read):
    """An organisation that goes is a correction of closed periods, and waits for its day."""
    add_late_organisation(read)
    read.publish(moment=JUNE)
    with read.engine.begin() as connection:
        for table in (r.agreement, r.organisation_wijk):
            connection.execute(delete(table).where(table.c.organisation_id == LATE))
        connection.execute(delete(r.organisation).where(r.organisation.c.id == LATE))
    with pytest.raises(PublishRefused, match="dag van correcties"):
        read.publish(moment=JUNE)
    read.publish(moment=JULY)
    there, back = changes(1, 2), changes(2, 3)
    gone = back[back["organisation_id"] == LATE]
    assert set(gone["organisation"]) == {"Laat"}
    assert gone["after"].isna().all()
    assert len(back) == len(there)


def test_a_new_quarter_is_no_correction(read):
    read.add(
        r.closed_period, gemeente_code=GEMEENTE, quarter="2026-Q1", closed_on=date(2026, 4, 20)
    )
    read.publish()
    assert changes(1, 2).empty


def test_people_on_bijstand_of_a_gemeente_are_those_of_all_its_wijken(read):
    def on_bijstand(release):
        areas = data_access.areas(key(GEMEENTE, release)).set_index("area_code")["bijstand"]
        return areas[GEMEENTE]

    for code, count in ((NORTH, 120), (SOUTH, None)):
        with read.engine.begin() as connection:
            connection.execute(update(r.wijk).where(r.wijk.c.code == code).values(bijstand=count))
    read.publish()
    assert on_bijstand(2) is None or on_bijstand(2) != on_bijstand(2), "one wijk is unknown"
    with read.engine.begin() as connection:
        connection.execute(update(r.wijk).where(r.wijk.c.code == SOUTH).values(bijstand=80))
    read.publish()
    assert on_bijstand(3) == 200
