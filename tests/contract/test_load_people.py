"""Who somebody is: what is stored of a pseudonym, with which key, and within which domain."""

import base64
import os
import re
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from data_access import settings
from data_access.deliveries.participants import PEOPLE_TABLES
from data_access.deliveries.pseudonym_key import parse_key
from data_access.errors import DataAccessError, DeliveryDoubtful, DeliveryRefused
from data_access.pseudonyms.stored import fingerprint, stored_pseudonym
from tests.contract.rows_of_register import contents, row_of, rows_of
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery

KEY = "6b" * 32
ANOTHER = "7c" * 32


@pytest.fixture
def key_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A place of this test's own for the key, where no key is yet."""
    monkeypatch.setattr(settings, "EMBEDDED_DATABASE", tmp_path / "data" / "register.sqlite")
    return tmp_path / "data" / "pseudonym.key"


def people_of(engine: Engine, table: str = "agreement") -> dict[tuple[str, str], str]:
    return {(row["supplier"], row["id"]): row["participant"] for row in rows_of(engine, table)}


def test_no_delivered_pseudonym_stands_anywhere_in_the_database(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    marked = {"p-001": "verklikker-7f3a91", "p-002": "verklikker-7f3a92"}
    for rows in small_delivery.rows.values():
        for row in rows:
            if "pseudoniem" in row:
                row["pseudoniem"] = marked[row["pseudoniem"]]
    small_delivery.load(empty_database)
    assert len(rows_of(empty_database, "participant")) == 2
    assert "verklikker" not in repr(contents(empty_database))
    if empty_database.dialect.name == "sqlite":
        database = Path(str(make_url(empty_database.url).database))
        for file in database.parent.glob(f"{database.name}*"):
            assert b"verklikker" not in file.read_bytes(), file
        assert b"bilgaard" in database.with_name(f"{database.name}-wal").read_bytes()


def test_what_is_stored_is_the_second_step_with_the_key(
    empty_database: Engine, small_delivery: SmallDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    small_delivery.load(empty_database)
    key = bytes.fromhex(KEY)
    expected = stored_pseudonym(key, "GM0080", "organisatie:bilgaard", "p-001")
    assert people_of(empty_database)["bilgaard", "v-1"] == expected
    for table in PEOPLE_TABLES:
        assert {row["participant"] for row in rows_of(empty_database, table)} <= set(
            people_of(empty_database).values()
        )
    assert rows_of(empty_database, "pseudonym_key") == [
        {"gemeente_code": "GM0080", "fingerprint": fingerprint(key)}
    ]


def two_organisations(delivery: SmallDelivery) -> None:
    """Let the same pseudonym occur at a second organisation, alone in the delivery."""
    rows = delivery.rows["vrijwilligers.csv"]
    rows.append(rows[0] | {"kenmerk": "v-9", "organisatie": "dreamfabryk"})


def test_the_same_pseudonym_at_two_organisations_is_two_people_and_said(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    two_organisations(small_delivery)
    summary = small_delivery.load(empty_database)
    people = people_of(empty_database)
    assert people["bilgaard", "v-1"] != people["dreamfabryk", "v-9"]
    (said,) = [each for each in summary.notices if "pseudoniemdomein" in each.nl]
    assert said.nl.startswith("1 pseudoniem komt voor bij twee of meer organisaties")
    assert said.en.startswith("1 pseudonym occurs at two or more organisations")


def test_in_a_common_domain_it_is_one_person(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = "leeuwarden"
    two_organisations(small_delivery)
    summary = small_delivery.load(empty_database)
    people = people_of(empty_database)
    assert people["bilgaard", "v-1"] == people["dreamfabryk", "v-9"]
    assert len(rows_of(empty_database, "participant")) == 2
    assert not [each for each in summary.notices if "pseudoniemdomein" in each.nl]


def test_people_of_a_later_delivery_are_not_compared_with_those_of_others(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """To tell dreamfabryk which of its pseudonyms bilgaard has would tell who is there."""
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv")
    for row in small_delivery.rows["vrijwilligers.csv"]:
        row["organisatie"] = "dreamfabryk"
    assert "pseudoniemen komen voor" not in small_delivery.load(empty_database).describe("nl")


def test_a_later_organisation_joins_the_domain(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.rows["organisaties.csv"][0]["pseudoniemdomein"] = "oost"
    small_delivery.load(empty_database)
    small_delivery.only("organisaties.csv", "vrijwilligers.csv")
    small_delivery.rows["organisaties.csv"] = [
        small_delivery.rows["organisaties.csv"][1] | {"pseudoniemdomein": "oost"}
    ]
    for row in small_delivery.rows["vrijwilligers.csv"]:
        row["organisatie"] = "dreamfabryk"
    small_delivery.load(empty_database)
    people = people_of(empty_database)
    assert people["bilgaard", "v-1"] == people["dreamfabryk", "v-1"]


@pytest.mark.parametrize("before", ["", "oost"])
def test_another_domain_would_make_other_people_of_them(
    empty_database: Engine, small_delivery: SmallDelivery, before: str
) -> None:
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = before
    small_delivery.load(empty_database)
    known = contents(empty_database)
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = "west"
    with pytest.raises(DeliveryRefused) as error:
        small_delivery.load(empty_database)
    # dreamfabryk has nobody yet: it may still choose.
    (fault,) = error.value.faults
    assert (fault.row, fault.column, fault.value) == (2, "pseudoniemdomein", "west")
    assert contents(empty_database) == known


def test_an_empty_or_absent_domain_leaves_the_known_one(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = "oost"
    small_delivery.load(empty_database)
    people = people_of(empty_database)
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = ""
    assert small_delivery.load(empty_database).unchanged
    for row in small_delivery.rows["organisaties.csv"]:
        del row["pseudoniemdomein"]
    assert small_delivery.load(empty_database).unchanged
    assert people_of(empty_database) == people


def test_a_domain_counts_within_one_gemeente_only(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.rows["gemeenten.csv"].append(
        small_delivery.rows["gemeenten.csv"][0] | {"gemeentecode": "GM0014", "naam": "Groningen"}
    )
    small_delivery.rows["organisaties.csv"][1]["gemeentecode"] = "GM0014"
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = "noord"
    two_organisations(small_delivery)
    small_delivery.load(empty_database)
    people = people_of(empty_database)
    assert people["bilgaard", "v-1"] != people["dreamfabryk", "v-9"]


def test_the_key_is_made_once_and_said_once(
    empty_database: Engine, small_delivery: SmallDelivery, key_file: Path
) -> None:
    said = small_delivery.load(empty_database).describe("nl")
    assert str(key_file) in said
    assert "reservekopie" in said
    assert stat.S_IMODE(os.stat(key_file).st_mode) == 0o600
    key = key_file.read_text().strip()
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert key not in said
    small_delivery.rows["ladder.csv"][0]["trede"] = "6"
    assert "reservekopie" not in small_delivery.load(empty_database).describe("nl")
    assert key_file.read_text().strip() == key


def test_a_refused_delivery_makes_no_key(
    empty_database: Engine, small_delivery: SmallDelivery, key_file: Path
) -> None:
    small_delivery.rows["ladder.csv"][0]["trede"] = "9"
    with pytest.raises(DeliveryRefused):
        small_delivery.load(empty_database)
    assert not key_file.exists()


def test_a_delivery_without_people_needs_no_key(
    empty_database: Engine, small_delivery: SmallDelivery, key_file: Path
) -> None:
    small_delivery.only("gemeenten.csv", "wijken.csv")
    small_delivery.load(empty_database)
    assert not key_file.exists()


def test_another_key_is_refused(
    empty_database: Engine, small_delivery: SmallDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSEUDONYM_KEY", KEY)
    small_delivery.load(empty_database)
    before = contents(empty_database)
    monkeypatch.setenv("PSEUDONYM_KEY", ANOTHER)
    small_delivery.rows["ladder.csv"][0]["trede"] = "6"
    with pytest.raises(DataAccessError, match="gemaakt met een andere sleutel") as error:
        small_delivery.load(empty_database)
    assert "another key" in error.value.message("en")
    assert contents(empty_database) == before


def test_a_lost_key_is_not_replaced_by_a_new_one(
    empty_database: Engine, small_delivery: SmallDelivery, key_file: Path
) -> None:
    small_delivery.load(empty_database)
    key_file.unlink()
    small_delivery.rows["ladder.csv"][0]["trede"] = "6"
    with pytest.raises(DataAccessError, match="een sleutel voor pseudoniemen die hier niet is"):
        small_delivery.load(empty_database)
    assert not key_file.exists()


@pytest.mark.parametrize("content", ["", "geen sleutel", "ab" * 31])
def test_a_damaged_key_file_is_said(
    empty_database: Engine, small_delivery: SmallDelivery, key_file: Path, content: str
) -> None:
    key_file.parent.mkdir()
    key_file.write_text(content)
    with pytest.raises(DataAccessError, match="niet te lezen of beschadigd"):
        small_delivery.load(empty_database)
    assert key_file.read_text() == content


RAW = bytes(range(32))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (RAW.hex(), RAW),
        (RAW.hex().upper(), RAW),
        (base64.b64encode(RAW).decode(), RAW),
        (base64.urlsafe_b64encode(b"\xff" * 33).decode().rstrip("="), b"\xff" * 33),
        ("een lange zin die niemand raadt, 2026", b"een lange zin die niemand raadt, 2026"),
    ],
)
def test_a_key_is_hexadecimal_base64_or_text(written: str, value: bytes) -> None:
    assert parse_key(written) == value


@pytest.mark.parametrize(
    "written", ["geheimpje", RAW[:31].hex(), base64.b64encode(RAW[:31]).decode()]
)
def test_a_short_key_is_refused_without_showing_it(written: str) -> None:
    with pytest.raises(DataAccessError, match="te kort") as error:
        parse_key(written)
    assert written not in error.value.message("nl") + error.value.message("en")


def numbered_people(delivery: SmallDelivery, *pseudonyms: str) -> None:
    first = delivery.rows["vrijwilligers.csv"][0]
    delivery.rows["vrijwilligers.csv"] = [
        first | {"kenmerk": f"n-{number}", "pseudoniem": pseudonym, "uren_per_week": str(number)}
        for number, pseudonym in enumerate(pseudonyms, start=1)
    ]


def doubts_of(delivery: SmallDelivery, engine: Engine) -> list[tuple[str, int, str, str]]:
    with pytest.raises(DeliveryDoubtful) as error:
        delivery.load(engine)
    return [(each.kind.id, each.row, each.column, each.value) for each in error.value.doubts]


def test_numbers_that_differ_in_leading_zeros_are_asked_about(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.only("gemeenten.csv", "wijken.csv", "organisaties.csv", "vrijwilligers.csv")
    numbered_people(small_delivery, "004512", "4512", "4513")
    expected = [("leading_zeros", 3, "pseudoniem", "4512")]
    assert doubts_of(small_delivery, empty_database) == expected
    small_delivery.load(empty_database, accept=1)
    # Accepted for as long as the row stays as it is; a new spelling is asked about again.
    numbered_people(small_delivery, "004512", "4512", "4513", "0004512", "04513")
    found = doubts_of(small_delivery, empty_database)
    assert [(row, value) for _, row, _, value in found] == [(5, "0004512"), (6, "04513")]


def test_numbers_are_compared_with_the_register(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.only("gemeenten.csv", "wijken.csv", "organisaties.csv", "vrijwilligers.csv")
    numbered_people(small_delivery, "004512")
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv")
    numbered_people(small_delivery, "9999", "4512")
    small_delivery.rows["vrijwilligers.csv"][0]["kenmerk"] = "m-1"
    small_delivery.rows["vrijwilligers.csv"][1] |= {"kenmerk": "m-2", "organisatie": "bilgaard"}
    expected = [("leading_zeros", 3, "pseudoniem", "4512")]
    assert doubts_of(small_delivery, empty_database) == expected
    # At another organisation the number is another person anyway.
    small_delivery.rows["vrijwilligers.csv"][1]["organisatie"] = "dreamfabryk"
    small_delivery.load(empty_database)


def test_a_person_without_a_wijk(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    for name in ("vrijwilligers", "vergoedingen", "ladder", "uitstroom", "resultaten"):
        small_delivery.rows[f"{name}.csv"][0] |= {"wijkcode": "", "wijkjaar": ""}
    small_delivery.load(empty_database)
    for table in PEOPLE_TABLES:
        first = rows_of(empty_database, table)[0]
        assert (first["wijk_code"], first["wijk_edition"]) == (None, None), table


@pytest.mark.parametrize("column", ["wijkcode", "wijkjaar"])
@pytest.mark.parametrize(
    "name",
    ["vrijwilligers.csv", "vergoedingen.csv", "ladder.csv", "uitstroom.csv", "resultaten.csv"],
)
def test_half_a_wijk_is_a_fault(
    empty_database: Engine, small_delivery: SmallDelivery, name: str, column: str
) -> None:
    small_delivery.rows[name][0][column] = ""
    with pytest.raises(DeliveryRefused) as error:
        small_delivery.load(empty_database)
    (fault,) = error.value.faults
    assert (fault.file, fault.row, fault.column) == (name, 2, "wijkjaar")


def test_a_key_that_is_the_pseudonym_is_said(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.rows["ladder.csv"][0]["kenmerk"] = "p-001"
    said = small_delivery.load(empty_database).describe("nl")
    assert "In 1 rij is het kenmerk gelijk aan het pseudoniem" in said


def test_people_of_whom_nothing_is_left_are_forgotten(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.only("gemeenten.csv", "wijken.csv", "organisaties.csv", "vrijwilligers.csv")
    small_delivery.load(empty_database)
    before = people_of(empty_database)["bilgaard", "v-1"]
    small_delivery.rows["vrijwilligers.csv"][0]["pseudoniem"] = "p-777"
    small_delivery.load(empty_database)
    people = {row["pseudonym"] for row in rows_of(empty_database, "participant")}
    assert people == set(people_of(empty_database).values())
    assert before not in people
    assert row_of(empty_database, "agreement", id="v-1")["participant"] in people
