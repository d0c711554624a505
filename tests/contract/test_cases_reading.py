"""Small deliveries as data officers really send them, and what must become of each.

`tests/cases/index.csv` says in words what is right. Here stands what that is at the level of
reading: the value that is stored, or the places and words of every fault.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data_access import register
from data_access.database import writing_engine
from data_access.deliveries import Fault, load
from data_access.errors import DeliveryRefused
from tests.databases import Databases

CASES = Path(__file__).resolve().parents[1] / "cases"
TODAY = datetime.date(2026, 3, 1)
NEW_YEARS_EVE = datetime.date(2025, 12, 31)
BSN = "111222333"

AGREEMENT = {
    "wijk_code": "WK019330",
    "wijk_edition": 2024,
    "organisation_id": "wijkbedrijf-holtenbroek",
    "activity": "groen",
    "hours_per_week": Decimal(4),
}
# What is stored: the table, how many rows came, and values of the first by id.
STORED: dict[str, tuple[str, int, dict[str, Any]]] = {
    "01-cp1252": (
        "spending", 1, {"description": "Café de Brég € 5", "amount_cents": 123_450},
    ),
    "02-bedrag-00": ("spending", 1, {"amount_cents": 123_456}),
    "02-bedrag-02": ("spending", 1, {"amount_cents": 1_500_000}),
    "02-bedrag-04": ("spending", 1, {"amount_cents": 1_500_000}),
    "02-bedrag-06": ("spending", 1, {"amount_cents": 123_450}),
    "02-bedrag-08": ("spending", 1, {"amount_cents": 123_456}),
    "02-bedrag-10": ("spending", 1, {"amount_cents": -100_000}),
    "02-bedrag-12": ("spending", 1, {"amount_cents": 1_500_000}),
    "02-bedrag-14": ("spending", 1, {"amount_cents": 123_450}),
    "02-bedrag-18": ("spending", 1, {"amount_cents": 123_450}),
    "03-datum-00": ("agreement", 1, {"ended_on": NEW_YEARS_EVE}),
    "03-datum-02": ("agreement", 1, {"ended_on": NEW_YEARS_EVE}),
    "03-datum-04": ("agreement", 1, {"ended_on": NEW_YEARS_EVE}),
    "03-datum-06": ("agreement", 1, {"ended_on": NEW_YEARS_EVE}),
    "03-datum-08": ("agreement", 1, {"ended_on": datetime.date(2025, 3, 1)}),
    "03-datum-10": ("agreement", 1, {"ended_on": NEW_YEARS_EVE}),
    "04-lege-kolommen": ("agreement", 1, AGREEMENT),
    "04b-lege-kolommen-alleen-rijen": ("agreement", 2, AGREEMENT),
    "04c-rijen-te-kort": (
        "spending", 1, {"nature": "structureel", "money_ends_on": None, "description": ""},
    ),
    "07-kop-hoofdletters": ("agreement", 1, AGREEMENT),
    "07b-kop-nbsp": ("agreement", 1, AGREEMENT),
    "08-wijkcode-00": ("agreement", 1, AGREEMENT),
    "08-wijkcode-02": ("agreement", 1, AGREEMENT),
    "08-wijkcode-08": ("agreement", 1, AGREEMENT),
    "12-waar-onwaar": ("agreement", 1, AGREEMENT),
    "12b-Nee-hoofdletter": ("agreement", 1, AGREEMENT),
    "13-nbsp-cel": ("agreement", 1, AGREEMENT | {"started_on": datetime.date(2025, 2, 1)}),
    "15-regeleinden-gemengd": ("agreement", 3, AGREEMENT),
    "16-regeleinde-in-cel": ("spending", 1, {"description": "regel 1\nregel 2"}),
    "18-vreemde-bestanden": ("agreement", 1, AGREEMENT),
    "18d-macos": ("agreement", 1, AGREEMENT),
    "19-bestandsnaam-hoofdletters": ("agreement", 1, AGREEMENT),
    "27-uren-00": ("agreement", 1, {"hours_per_week": Decimal("7.5")}),
    "28-sep-regel": ("agreement", 1, AGREEMENT),
    "29-komma": ("agreement", 1, AGREEMENT),
    "29b-tab": ("agreement", 1, AGREEMENT),
    "30-utf16": ("agreement", 1, AGREEMENT),
    "32-losse-aanhaling": (
        "spending", 2, {"description": 'Buurthuis "De Zuidlanden" feest'},
    ),
    "56-formule": ("spending", 1, {"description": '=HYPERLINK("http://x";"y")'}),
}  # fmt: skip
# Every fault: its file, row, column and words of what was expected.
REFUSED: dict[str, list[tuple[str, int | None, str, str]]] = {
    "02-bedrag-16": [("besteding.csv", 2, "bedrag", "hoogstens twee decimalen")],
    "03-datum-12": [("vrijwilligers.csv", 2, "einddatum", "een datum zoals 31-12-2025")],
    "03-datum-14": [("vrijwilligers.csv", 2, "einddatum", "1-1-1900 is wat Excel toont")],
    "03-datum-16": [("vrijwilligers.csv", 2, "einddatum", "15 jaar na vandaag; laat de cel leeg")],
    "05-titelregel": [("vrijwilligers.csv", 1, "", "die staan in rij 3")],
    "06-kop-dubbel": [("vrijwilligers.csv", 1, "wijkcode", "maar één keer")],
    "06b-kop-halverwege": [("vrijwilligers.csv", 3, "", "kolomkoppen nog een keer")],
    "08-wijkcode-04": [("vrijwilligers.csv", 2, "wijkcode", "bedoelt u WK019330?")],
    "08-wijkcode-06": [("vrijwilligers.csv", 2, "wijkcode", "dit lijkt een postcode")],
    "09-andere-editie": [
        ("vrijwilligers.csv", 2, "wijkjaar", "in het register: 2024"),
    ],
    "10-wetenschappelijk": [
        ("vrijwilligers.csv", row, column, "Excel heeft er een getal van gemaakt")
        for row in (2, 3)
        for column in ("kenmerk", "pseudoniem")
    ],
    "14b-zwsp-organisatie": [
        ("vrijwilligers.csv", 2, "organisatie", "onzichtbaar teken; op plaats 24"),
    ],
    "17-leeg-bestand": [("vrijwilligers.csv", 1, "", "een eerste rij met de kolommen kenmerk;")],
    "17b-alleen-bom": [("vrijwilligers.csv", 1, "", "een eerste rij met de kolommen kenmerk;")],
    "18b-kopie": [
        ("Kopie van vrijwilligers.csv", None, "", "lijkt een kopie"),
        ("vrijwilligers (1).csv", None, "", "lijkt een kopie"),
    ],
    "18c-txt": [
        ("besteding.tsv", None, "", "besteding.csv; dit bestand wordt niet gelezen"),
        ("vrijwilligers.csv.txt", None, "", "vrijwilligers.csv; dit bestand wordt niet gelezen"),
    ],
    "22-eind-voor-begin": [("vrijwilligers.csv", 2, "einddatum", "op of na begindatum")],
    "26-organisatie-naam": [
        ("vrijwilligers.csv", 2, "organisatie", "bekend zijn wijkbedrijf-holtenbroek, "),
    ],
    "27-uren-02": [("vrijwilligers.csv", 2, "uren_per_week", "een getal van 0,1")],
    "27-uren-04": [("vrijwilligers.csv", 2, "uren_per_week", "tot en met 40")],
    "27-uren-06": [("vrijwilligers.csv", 2, "uren_per_week", "hoogstens 1 decimalen")],
    "31-xlsx": [("vrijwilligers.xlsx", None, "", "buitengewoon groot")],
    "31b-xlsx-als-csv": [("vrijwilligers.csv", None, "", "dit is een Excel-bestand")],
    "31c-html-als-csv": [("vrijwilligers.csv", None, "", "dit is een webpagina")],
    "33-json-diep": [("wijkgrenzen.geojson", None, "", "te diep om te lezen")],
    "33b-grenzen-rd": [("wijkgrenzen.geojson", 1, "geometry", "geen Rijksdriehoek")],
    "36-bsn": [
        ("vrijwilligers.csv", 2, "pseudoniem", "elfproef"),
        ("vrijwilligers.csv", 3, "pseudoniem", "elfproef"),
    ],
    "37-zelfde-kenmerk": [("vrijwilligers.csv", 3, "kenmerk", "deze staat al in rij 2")],
    "45-gemeentecode": [("besteding.csv", 5, "gemeentecode", "bekend zijn GM0090, GM0193, GM1699")],
    "46-keuze-synoniemen": [
        ("vrijwilligers.csv", 3, "activiteit", "overig als niets past"),
        ("vrijwilligers.csv", 4, "activiteit", "overig als niets past"),
    ],
    "55-levering-ontbreekt": [("levering.csv", None, "", "dit bestand, met precies één rij")],
    "55b-levering-leeg-sjabloon": [("levering.csv", None, "", "precies één rij")],
    "59b-cijfers-arabisch": [("vrijwilligers.csv", 2, "wijkjaar", "cijfer uit een ander schrift")],
}  # fmt: skip


@pytest.fixture(scope="module")
def basis(databases: Databases, templates: Any) -> Iterator[str]:
    """Return the URL of a database that holds 00-basis, to copy."""
    url = databases.copy(templates(databases, "ready"))
    engine = writing_engine(url)
    load(CASES / "00-basis", engine, today=TODAY)
    engine.dispose()
    yield url
    databases.drop(url)


@pytest.fixture
def register_of_basis(databases: Databases, basis: str) -> Iterator[Engine]:
    url = databases.copy(basis)
    engine = writing_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


def rows_of(engine: Engine, name: str) -> list[dict[str, Any]]:
    table = register.metadata.tables[name]
    with engine.connect() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key)).mappings()
        return [dict(row) for row in found]


def refusal(case: str, engine: Engine) -> list[Fault]:
    with pytest.raises(DeliveryRefused) as error:
        load(CASES / case, engine, today=TODAY)
    return [fault for fault in error.value.faults if isinstance(fault, Fault)]


@pytest.mark.parametrize("case", STORED)
def test_what_can_mean_one_thing_only_is_stored_as_that(
    register_of_basis: Engine, case: str
) -> None:
    table, count, values = STORED[case]
    load(CASES / case, register_of_basis, today=TODAY)
    rows = rows_of(register_of_basis, table)
    assert len(rows) == count
    assert {field: rows[0][field] for field in values} == values


@pytest.mark.parametrize("case", REFUSED)
def test_anything_else_is_refused_with_a_sentence_and_stores_nothing(
    register_of_basis: Engine, case: str
) -> None:
    faults = refusal(case, register_of_basis)
    found = [(fault.file, fault.row, fault.column) for fault in faults]
    assert found == [expected[:3] for expected in REFUSED[case]]
    for fault, (*_, words) in zip(faults, REFUSED[case], strict=True):
        assert words in fault.expected.nl
        assert fault.expected.en != fault.expected.nl
        for language in ("nl", "en"):
            assert len(fault.sentence(language).splitlines()) == 1
            assert BSN not in fault.sentence(language)
    assert rows_of(register_of_basis, "agreement") == rows_of(register_of_basis, "spending") == []
    with register_of_basis.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(register.delivery)) == 1


def test_numbers_and_booleans_in_geojson_are_values(register_of_basis: Engine) -> None:
    load(CASES / "33c-grenzen-getallen", register_of_basis, today=TODAY)
    wijk = next(row for row in rows_of(register_of_basis, "wijk") if row["code"] == "WK019330")
    assert (wijk["schematic"], wijk["geometry_source"]) == (False, "")
    assert wijk["geometry"].startswith('{"type":"Polygon"')


def test_a_word_of_a_spreadsheet_for_no_makes_no_sample(register_of_basis: Engine) -> None:
    for case in ("12-waar-onwaar", "12b-Nee-hoofdletter"):
        load(CASES / case, register_of_basis, today=TODAY)
    # The rows of the second were in the register already, and so was what it says of them.
    assert [row["sample"] for row in rows_of(register_of_basis, "delivery")] == [False] * 2


def test_a_delivery_of_which_nothing_arrives_is_refused(
    register_of_basis: Engine, tmp_path: Path
) -> None:
    (tmp_path / "levering.csv").write_bytes((CASES / "28-sep-regel/levering.csv").read_bytes())
    (tmp_path / "ladder.csv").write_text(
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;datum;trede\n"
    )
    with pytest.raises(DeliveryRefused) as error:
        load(tmp_path, register_of_basis, today=TODAY)
    (fault,) = error.value.faults
    assert isinstance(fault, Fault)
    assert (fault.file, fault.row) == ("levering.csv", None)
    assert "minstens één ander bestand met een rij" in fault.expected.nl
