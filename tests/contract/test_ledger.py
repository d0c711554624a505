"""The ledger: every registered row is on one line, or publishing stops."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, insert, select

import data_access
from data_access import register as r
from data_access.errors import PublishRefused
from data_access.publish import ledger
from tests.contract.tiny_register import BAKERY, EDITION, GEMEENTE, NORTH, TinyRegister
from tests.releases import Reading, key, on_map

OTHER, ELSEWHERE = "GM0002", "WK000201"


@pytest.fixture
def neighbours(tiny: TinyRegister) -> TinyRegister:
    """The tiny register with a wijk of another gemeente, that has closed nothing."""
    tiny.add(r.gemeente, code=OTHER, name="Buren", residents=9000)
    tiny.add(
        r.wijk, code=ELSEWHERE, edition=EDITION, gemeente_code=OTHER, name="Ver", residents=9000
    )
    return tiny


def rows_of(reading: Reading, file: str) -> dict[str, int]:
    """Publish, and return the ledger of a file without its empty lines."""
    [found] = [each for each in reading.publish().of(GEMEENTE).ledger if each.file == file]
    assert found.closes
    return {"registered": found.registered} | {k: n for k, n in found.rows.items() if n}


def test_every_agreement_is_on_one_line(neighbours: TinyRegister, reading: Reading) -> None:
    for number in range(20):
        neighbours.agreement(f"here-{number}", "2024-02-01")
    for number in range(10):
        neighbours.agreement(f"far-{number}", "2024-02-01", wijk=ELSEWHERE)
    for number in range(6):
        neighbours.agreement(f"lost-{number}", "2024-02-01", wijk=None)
    neighbours.agreement("before", "2019-01-01", "2020-01-01")
    neighbours.agreement("after", "2052-01-01")
    neighbours.add(
        r.withdrawn,
        file="vrijwilligers.csv",
        supplier=BAKERY,
        id="gone",
        gemeente_code=GEMEENTE,
        withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert rows_of(reading, "vrijwilligers.csv") == {
        "registered": 39,
        "published": 20,
        "elsewhere": 10,
        "unknown_wijk": 6,
        "not_closed": 1,
        "future": 1,
        "withdrawn": 1,
    }


def test_who_lives_elsewhere_counts_in_places_of_their_own(
    neighbours: TinyRegister, reading: Reading
) -> None:
    for number in range(20):
        neighbours.agreement(f"here-{number}", "2024-02-01")
    for number in range(10):
        neighbours.agreement(f"far-{number}", "2024-02-01", wijk=ELSEWHERE)
    for number in range(10):
        neighbours.agreement(f"lost-{number}", "2024-02-01", wijk=None)
    reading.publish()
    shown = on_map(key(GEMEENTE), "volunteers", "2025-Q4")
    value = shown.set_index("area_code")["value"]
    assert value[GEMEENTE] == 40
    assert (value[NORTH], value["BG0001"], value["OW0001"]) == (20, 10, 10)
    of_bakery = data_access.by_organisation(key(GEMEENTE), ("volunteers",), ("2025-Q4",))
    assert of_bakery.set_index("organisation_id")["value"][BAKERY] == 40
    shares = data_access.people_in_no_wijk(key(GEMEENTE)).set_index("year")["in_no_wijk"]
    assert shares["2025"] == 50


def test_a_wijk_of_an_edition_that_cannot_be_found_is_a_wijk_not_known(
    tiny: TinyRegister, reading: Reading
) -> None:
    tiny.add(
        r.wijk, code="WK000109", edition=2015, gemeente_code=GEMEENTE, name="Verdwenen",
        residents=100,
    )  # fmt: skip
    for number in range(12):
        tiny.agreement(f"p{number}", "2024-02-01")
    tiny.add_of_person(
        r.agreement, "old", "WK000109", BAKERY, wijk_edition=2015,
        started_on=date(2024, 2, 1), hours_per_week=8, activity="groen",
    )  # fmt: skip
    assert rows_of(reading, "vrijwilligers.csv") == {
        "registered": 13, "published": 12, "unknown_wijk": 1,
    }  # fmt: skip


def test_an_outflow_of_somebody_who_never_volunteered_is_doubtful_and_not_counted(
    tiny: TinyRegister, reading: Reading
) -> None:
    for number in range(12):
        tiny.agreement(f"p{number}", "2024-02-01")
        tiny.placement(f"p{number}", "2025-05-01")
    for number in range(10):
        tiny.placement(f"stranger-{number}", "2025-05-01")
    with tiny.engine.begin() as connection:
        connection.execute(delete(r.accepted_doubt))
    assert rows_of(reading, "uitstroom.csv") == {"registered": 22, "published": 12, "doubtful": 10}
    shown = on_map(key(GEMEENTE), "outflow", "2025").set_index("area_code")
    assert shown["value"][GEMEENTE] in (10, 15)


def test_money_on_a_wijk_of_another_gemeente_is_doubtful_until_accepted(
    neighbours: TinyRegister, reading: Reading
) -> None:
    def spent(number: int, wijk: str, cents: int) -> None:
        neighbours.add(
            r.spending, supplier=GEMEENTE, id=f"s{number}", gemeente_code=GEMEENTE,
            spent_on=date(2025, 2, 1), organisation_id=BAKERY, wijk_code=wijk,
            wijk_edition=EDITION, taakveld="6.21", financier_id="fund", amount_cents=cents,
            nature="structureel",
        )  # fmt: skip

    neighbours.agreement("somebody", "2024-02-01")
    spent(1, NORTH, 100_00)
    spent(2, ELSEWHERE, 999_00)
    assert rows_of(reading, "besteding.csv") == {"registered": 2, "published": 1, "doubtful": 1}
    assert data_access.money(key(GEMEENTE), ("year",))["euros"].sum() == 100

    neighbours.add(
        r.accepted_doubt, file="besteding.csv", supplier=GEMEENTE, id="s2",
        doubt="other_gemeente",
    )  # fmt: skip
    assert rows_of(reading, "besteding.csv") == {"registered": 2, "published": 1, "elsewhere": 1}
    assert data_access.money(key(GEMEENTE, 2), ("year",))["euros"].sum() == 1099
    # Both places are small: each shows steps (0 to 5,000 euros), together they are exact.
    for area, expected in ((NORTH, (0, 5000)), ("BG0001", (0, 5000)), ("KW0001", (1099, 0))):
        [row] = data_access.money_of_places(key(GEMEENTE, 2), ("year",), area).itertuples()
        assert (row.euros, row.step) == expected, area


def test_a_row_on_no_line_stops_publishing(
    tiny: TinyRegister, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the program that forgets a kind of row must not lose people without a word."""
    tiny.agreement("forgotten", "2019-01-01", "2020-01-01")
    monkeypatch.setattr(
        ledger, "_line", lambda subject, *_: ledger.case((subject.starts.is_(None), "future"))
    )
    with pytest.raises(PublishRefused, match="sluit niet") as refused:
        reading.publish()
    assert "1 geregistreerd" in refused.value.message_nl
    assert "does not close" in refused.value.message_en


def test_the_ledger_is_kept_with_the_release(tiny: TinyRegister, reading: Reading) -> None:
    for number in range(12):
        tiny.agreement(f"p{number}", "2024-02-01")
    done = reading.publish()
    with tiny.engine.connect() as connection:
        kept = {
            (row.number, row.file, row.line): row.rows
            for row in connection.execute(select(r.ledger).where(r.ledger.c.rows > 0))
        }
    assert kept == {
        (1, "vrijwilligers.csv", "registered"): 12,
        (1, "vrijwilligers.csv", "published"): 12,
    }
    assert "vrijwilligers.csv: 12 geregistreerd = 12 gepubliceerd" in done.describe("nl")
    assert "vrijwilligers.csv: 12 registered = 12 published" in done.describe("en")


def test_two_wijken_of_one_name_keep_their_own_people(tiny: TinyRegister, reading: Reading) -> None:
    """Noordenveld has two wijken called Roden: their codes tell them apart."""
    for code in ("WK000103", "WK000104"):
        tiny.add(
            r.wijk, code=code, edition=EDITION, gemeente_code=GEMEENTE,
            name=f"Wijk {code[-2:]} Roden", residents=900,
        )  # fmt: skip
    tiny.add(
        r.wijk, code="WK000104", edition=2019, gemeente_code=GEMEENTE, name="Roden", residents=900
    )
    for code in ("WK000103", "WK000104"):
        tiny.declares(BAKERY, code)
    for number in range(40):
        tiny.agreement(f"a{number}", "2024-02-01", wijk="WK000103")
    for number in range(20):
        tiny.agreement(f"b{number}", "2024-02-01", wijk="WK000104")
    with tiny.engine.begin() as connection:
        connection.execute(insert(r.participant), {"pseudonym": "older"})
    reading.publish()
    value = on_map(key(GEMEENTE), "volunteers", "2025-Q4").set_index("area_code")
    assert (value["value"]["WK000103"], value["value"]["WK000104"]) == (40, 20)
