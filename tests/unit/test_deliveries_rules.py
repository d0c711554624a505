"""Each rule of a row: one wrong cell in a valid delivery gives exactly one fault, in that place."""

from pathlib import Path

import pytest

from data_access.deliveries.consistency import double_keys
from data_access.deliveries.delivery import parse_delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.folder import read_folder
from data_access.deliveries.progress import silent
from data_access.deliveries.suppliers import with_row_suppliers
from tests.small_delivery import TODAY, SmallDelivery, valid_delivery

# file, row in the spreadsheet, column, wrong value, part of what was expected
WRONG_CELLS = [
    ("levering.csv", 2, "naam", "", "hoogstens 200 tekens"),
    ("levering.csv", 2, "naam", "x" * 201, "hoogstens 200 tekens"),
    ("levering.csv", 2, "voorbeeld", "misschien", "een van: ja, nee"),
    ("gemeenten.csv", 2, "gemeentecode", "80", "GM0080"),
    ("gemeenten.csv", 2, "inwoners", "12,5", "geheel getal"),
    ("gemeenten.csv", 2, "inwoners", "-1", "van 0 tot en met 20.000.000"),
    ("gemeenten.csv", 2, "inwoners", "20.000.001", "van 0 tot en met 20.000.000"),
    ("gemeenten.csv", 2, "peildatum", "31-11-2024", "31-12-2025 of 2025-12-31"),
    ("wijken.csv", 2, "wijkcode", "WK00806", "WK0363AA"),
    ("wijken.csv", 2, "wijkcode", "wk00806", "WK0363AA"),
    ("wijken.csv", 2, "wijkjaar", "1994", "van 1995 tot en met 2100"),
    ("wijken.csv", 2, "wijkjaar", "2.023", "jaar van vier cijfers"),
    ("wijken.csv", 2, "gemeentecode", "GM0014", "GM0080, de gemeente die in de wijkcode staat"),
    ("wijken.csv", 2, "lengtegraad", "182,5", "graden in WGS84 van 3 tot en met 8"),
    ("wijken.csv", 2, "breedtegraad", "5,79", "graden in WGS84 van 50 tot en met 54"),
    ("wijken.csv", 2, "breedtegraad", "", "allebei ingevuld of allebei leeg"),
    ("wijken.csv", 3, "breedtegraad", "53,2", "allebei ingevuld of allebei leeg"),
    ("organisaties.csv", 2, "organisatie", "Wijkbedrijf Bilgaard", "kleine letters"),
    ("organisaties.csv", 2, "soort", "stichting", "wijkbedrijf, sociaal_bedrijf, overig"),
    ("organisaties.csv", 2, "opgericht", "14", "jaar van vier cijfers"),
    ("organisaties.csv", 2, "verzonnen", "", "een van: ja, nee"),
    ("uitspraken.csv", 2, "aantal", "ongeveer 142", "geheel getal"),
    ("uitspraken.csv", 2, "tekst_nl", "a\x07b", "onzichtbaar teken; op plaats 2"),
    ("financiers.csv", 2, "soort", "bank", "gemeente, fonds"),
    ("vrijwilligers.csv", 2, "kenmerk", "123456789", "geen burgerservicenummer"),
    ("vrijwilligers.csv", 2, "pseudoniem", "Jan Jansen", "geen naam"),
    ("vrijwilligers.csv", 2, "pseudoniem", "jansen", "geen naam"),
    ("vrijwilligers.csv", 2, "pseudoniem", "12345678", "burgerservicenummer"),
    ("vrijwilligers.csv", 2, "pseudoniem", "1980-02-29", "geboortedatum"),
    ("vrijwilligers.csv", 2, "pseudoniem", "j1@example.org", "e-mailadres"),
    ("vrijwilligers.csv", 2, "begindatum", "2023-13-01", "31-12-2025 of 2025-12-31"),
    ("vrijwilligers.csv", 2, "begindatum", "", "31-12-2025 of 2025-12-31"),
    ("vrijwilligers.csv", 3, "einddatum", "14-2-2023", "op of na begindatum (15-02-2023)"),
    ("vrijwilligers.csv", 2, "uren_per_week", "40,1", "tot en met 40"),
    ("vrijwilligers.csv", 2, "uren_per_week", "0", "van 0,1"),
    ("vrijwilligers.csv", 2, "uren_per_week", "7:30", "met een komma"),
    ("vrijwilligers.csv", 2, "uren_per_week", "7,25", "hoogstens 1 decimalen"),
    ("vrijwilligers.csv", 2, "activiteit", "tuinieren", "groen, reparatie"),
    ("vergoedingen.csv", 2, "bedrag", "0", "boven nul"),
    ("vergoedingen.csv", 2, "bedrag", "-5", "boven nul"),
    ("vergoedingen.csv", 2, "bedrag", "12,345", "twee decimalen"),
    ("vergoedingen.csv", 2, "bedrag", "$ 5", "zoals 1.234,50"),
    ("vergoedingen.csv", 2, "datum", "02-03-2026", "niet na vandaag"),
    ("ladder.csv", 2, "trede", "0", "van 1 tot en met 6"),
    ("ladder.csv", 2, "trede", "7", "van 1 tot en met 6"),
    ("ladder.csv", 2, "trede", "3,5", "geheel getal"),
    ("ladder.csv", 2, "datum", "2026-03-02", "niet na vandaag"),
    ("uitstroom.csv", 2, "einddatum", "2024-06-30", "op of na begindatum (01-07-2024)"),
    ("uitstroom.csv", 2, "uren_per_week", "60,5", "tot en met 60"),
    ("uitstroom.csv", 2, "soort_werk", "vast", "zonder_steun, met_steun, zelfstandig"),
    ("uitkomsten.csv", 2, "naam_en", "", "een tekst van"),
    ("contracten.csv", 2, "einddatum", "2024-01-01", "een datum na begindatum (01-01-2024)"),
    ("contract_financiers.csv", 2, "aandeel", "0", "van 0,00001 tot en met 1"),
    ("contract_financiers.csv", 2, "aandeel", "40", "van 0,00001 tot en met 1"),
    ("contract_financiers.csv", 2, "plafond", "", "boven nul"),
    ("contract_uitkomsten.csv", 2, "tarief", "0,00", "boven nul"),
    ("contract_uitkomsten.csv", 2, "afgesproken", "0", "van 1 tot en met"),
    ("resultaten.csv", 2, "beoordeeld_op", "2024-04-30", "op of na gemeld_op (01-05-2024)"),
    ("resultaten.csv", 2, "oordeel_bewoners", "ja", "een van: behaald, niet_behaald"),
    ("resultaten.csv", 2, "gecontroleerd_op", "2024-04-30", "op of na gemeld_op (01-05-2024)"),
    ("resultaten.csv", 2, "controle", "", "ingevuld als gecontroleerd_op is ingevuld"),
    ("resultaten.csv", 2, "betaald_op", "2024-05-19", "op of na beoordeeld_op (20-05-2024)"),
    ("besteding.csv", 2, "wijkjaar", "", "ingevuld als wijkcode is ingevuld"),
    ("besteding.csv", 3, "wijkjaar", "2023", "ingevuld als wijkcode is ingevuld, anders leeg"),
    ("besteding.csv", 2, "taakveld", "6.10", "6.21"),
    ("besteding.csv", 2, "taakveld", "6.2", "een taakveld dat in 2025 gold: 5.1"),
    ("besteding.csv", 2, "bedrag", "0", "niet nul"),
    ("besteding.csv", 2, "bedrag", "10.000.000.000,01", "een bedrag in euro's"),
    ("besteding.csv", 2, "aard", "eenmalig", "structureel, incidenteel"),
    ("besteding.csv", 2, "geld_tot", "2025-12-31", "leeg, want geld met een einddatum"),
    ("besteding.csv", 3, "geld_tot", "", "een datum, want incidenteel geld"),
    ("besteding_uitkomsten.csv", 2, "uitkomst", "werk", "meedoen, stap_omhoog, betaald_werk"),
    ("streefwaarden.csv", 2, "indicator", "vrijwilligers", "volunteers_per_1000"),
    ("streefwaarden.csv", 2, "gebied", "BU00806001", "een gemeentecode zoals GM0080"),
    ("streefwaarden.csv", 2, "periode", "2025", "een kwartaal, want volunteers"),
    ("streefwaarden.csv", 2, "periode", "2025-Q0", "2025-Q4 of een jaar"),
    ("streefwaarden.csv", 2, "waarde", "-1", "van 0 tot en met"),
    ("afgesloten_kwartalen.csv", 2, "afgesloten_op", "2025-12-31", "na de laatste dag van 2025-Q4"),
    ("afgesloten_kwartalen.csv", 2, "afgesloten_op", "2026-03-02", "niet na vandaag"),
    ("ontvangen.csv", 2, "onderdeel", "geld", "vrijwilligers, ladder"),
    ("ontvangen.csv", 2, "kwartaal", "2025-4", "2025-Q4"),
    ("ontvangen.csv", 2, "ontvangen_op", "2026-04-01", "niet na vandaag"),
]


small_delivery = valid_delivery


def faults_in(folder: Path) -> list[Fault]:
    delivery, faults = parse_delivery(read_folder(folder), TODAY, silent)
    return [*faults, *double_keys(with_row_suppliers(delivery))]


def test_the_small_delivery_is_valid(small_delivery: SmallDelivery) -> None:
    assert faults_in(small_delivery.write()) == []


@pytest.mark.parametrize(("name", "row", "column", "value", "expected"), WRONG_CELLS)
def test_one_wrong_cell(
    small_delivery: SmallDelivery, name: str, row: int, column: str, value: str, expected: str
) -> None:
    small_delivery.rows[name][row - 2][column] = value
    (fault,) = faults_in(small_delivery.write())
    assert (fault.file, fault.row, fault.column, fault.value) == (name, row, column, value)
    assert expected in fault.expected.nl
    assert fault.expected.en
    assert fault.expected.en != fault.expected.nl


@pytest.mark.parametrize("judgement", ["niet_behaald", ""])
def test_only_what_residents_judged_achieved_is_paid(
    small_delivery: SmallDelivery, judgement: str
) -> None:
    result = small_delivery.rows["resultaten.csv"][0]
    result["oordeel_bewoners"] = judgement
    result["beoordeeld_op"] = result["beoordeeld_op"] if judgement else ""
    (fault,) = faults_in(small_delivery.write())
    assert (fault.column, fault.value) == ("betaald_op", "2024-06-30")
    assert "oordeel_bewoners" in fault.expected.nl


def test_a_result_that_residents_and_administration_judge_differently_is_no_fault(
    small_delivery: SmallDelivery,
) -> None:
    result = small_delivery.rows["resultaten.csv"][0]
    assert (result["oordeel_bewoners"], result["controle"]) == ("behaald", "niet_behaald")
    assert faults_in(small_delivery.write()) == []


@pytest.mark.parametrize(
    ("code", "day", "in_use"),
    [
        ("6.2", "2023-12-31", True),
        ("6.2", "2024-01-01", False),
        ("6.21", "2023-01-01", True),
        ("6.21", "2022-12-31", False),
        ("6.1", "2016-12-31", False),
    ],
)
def test_a_taakveld_is_judged_by_the_year_of_the_spending(
    small_delivery: SmallDelivery, code: str, day: str, in_use: bool
) -> None:
    small_delivery.rows["besteding.csv"][0] |= {"taakveld": code, "datum": day}
    columns = [fault.column for fault in faults_in(small_delivery.write())]
    assert columns == ([] if in_use else ["taakveld"])


def test_what_begins_and_ends_on_one_day_is_in_order(small_delivery: SmallDelivery) -> None:
    agreement, result = (small_delivery.rows[f"{n}.csv"][0] for n in ("uitstroom", "resultaten"))
    agreement["einddatum"] = agreement["begindatum"]
    result |= dict.fromkeys(("beoordeeld_op", "gecontroleerd_op", "betaald_op"), "2024-05-01")
    assert faults_in(small_delivery.write()) == []


def test_cells_of_a_row_that_is_too_long_are_not_judged(small_delivery: SmallDelivery) -> None:
    folder = small_delivery.write()
    with (folder / "ladder.csv").open("a", encoding="utf-8") as file:
        file.write("l-3;p-001;bilgaard;WK008060;2023;2025-;01-10;3\n")
    (fault,) = faults_in(folder)
    assert (fault.row, fault.column, fault.value) == (4, "", "8")


def test_a_wrong_cell_does_not_hide_the_other_faults_of_its_row(
    small_delivery: SmallDelivery,
) -> None:
    small_delivery.rows["vrijwilligers.csv"][1] |= {
        "pseudoniem": "Piet",
        "einddatum": "2023-01-01",
        "uren_per_week": "veel",
        "activiteit": "niets",
    }
    columns = [fault.column for fault in faults_in(small_delivery.write())]
    assert columns == ["pseudoniem", "einddatum", "uren_per_week", "activiteit"]


@pytest.mark.parametrize(
    ("name", "change", "columns"),
    [
        ("vrijwilligers.csv", {}, "kenmerk"),
        ("wijken.csv", {}, "wijkcode + wijkjaar"),
        ("ontvangen.csv", {}, "organisatie + onderdeel + kwartaal"),
        ("streefwaarden.csv", {}, "indicator + gebied + periode"),
        ("ladder.csv", {"kenmerk": "l-9"}, "pseudoniem + organisatie + datum"),
        ("uitstroom.csv", {"kenmerk": "w-9"}, "pseudoniem + organisatie + begindatum"),
    ],
)
def test_a_key_that_occurs_twice(
    small_delivery: SmallDelivery, name: str, change: dict[str, str], columns: str
) -> None:
    rows = small_delivery.rows[name]
    rows.append(rows[0] | change)
    found = faults_in(small_delivery.write())
    assert columns in [fault.column for fault in found]
    assert {(fault.row, fault.file) for fault in found} == {(len(rows) + 1, name)}
    assert all("rij 2" in fault.expected.nl for fault in found)


def test_a_shape_that_occurs_twice(small_delivery: SmallDelivery) -> None:
    small_delivery.shapes.append(small_delivery.shapes[0])
    (fault,) = faults_in(small_delivery.write())
    assert (fault.file, fault.row, fault.value) == ("wijkgrenzen.geojson", 3, "WK008060 + 2023")


def test_the_delivery_itself_is_exactly_one_row(small_delivery: SmallDelivery) -> None:
    small_delivery.rows["levering.csv"] *= 2
    found = [fault for fault in faults_in(small_delivery.write()) if fault.row is None]
    assert [(fault.file, fault.value) for fault in found] == [("levering.csv", "2")]
    assert "precies één rij" in found[0].expected.nl


def test_a_folder_without_levering(small_delivery: SmallDelivery) -> None:
    folder = small_delivery.write()
    (folder / "levering.csv").unlink()
    (fault,) = faults_in(folder)
    assert fault.file == "levering.csv"
    assert "voorbeeld (ja of nee)" in fault.expected.nl
