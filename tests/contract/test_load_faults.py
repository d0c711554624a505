"""Every fault of a delivery comes out at once, and then nothing of it is loaded."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data_access import register
from data_access.deliveries import Fault, load
from data_access.errors import DeliveryRefused
from tests.small_delivery import TODAY, SmallDelivery, valid_delivery

# One delivery, one different fault after another. Rows of the same file stand next to each other.
WRONG_FILES = {
    "levering.csv": "naam;voorbeeld;toelichting\nProef;misschien;\n",
    "gemeenten.csv": (
        "gemeentecode;naam;inwoners;peildatum;bron\n"
        "GM0080;Leeuwarden;128.810;2024-01-01;CBS\n"
        "85;Ooststellingwerf;1,5;2024-02-30;CBS\n"
    ),
    "wijken.csv": (
        "wijkcode;wijkjaar;gemeentecode;naam;inwoners;huishoudens;bijstand;peildatum;bron;"
        "lengtegraad;breedtegraad\n"
        "WK008060;2023;GM0080;Bilgaard;;;;;;5,79;53,22\n"
        "WK008060;2023;GM0080;Nog eens Bilgaard;;;;;;;\n"
        "WK008061;2023;GM0014;Vrijheidswijk;;;;;;5,79;\n"
        "WK001400;2023;GM0014;Centrum;;;;;;;\n"
    ),
    "organisaties.csv": (
        "organisatie;naam;soort;gemeentecode;opgericht;omschrijving;verzonnen\n"
        "bilgaard;Wijkbedrijf Bilgaard;stichting;GM0080;2014;;nee\n"
    ),
    "vrijwilligers.csv": (
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;begindatum;einddatum;uren_per_week;"
        "activiteit\n"
        "v-1;Jan Jansen;bilgaard;WK008060;2023;2023-01-01;;7,5;groen\n"
        "v-2;123456782;bilgaard;WK008060;2023;2023-01-01;;7:30;groen\n"
        "v-3;p-3;onbekend;WK008099;2023;2023-01-01;2022-01-01;41;vissen\n"
        "v-4;p-4;bilgaard;WK008060;2023;2023-01-01\n"
    ),
    "vergoedingen.csv": (
        "kenmerk,pseudoniem,organisatie,wijkcode,wijkjaar,datum,bedrag\n"
        "vg-1,p-1,bilgaard,WK008060,2023,2025-01-01,5,50\n"
    ),
    "ladder.csv": (
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;datum;trede\n"
        "l-1;p-1;bilgaard;WK008060;2023;2025-01-01;7\n"
        "l-2;p-2;bilgaard;WK008060;2023;2027-01-01;3\n"
        "l-3;p-3;bilgaard;WK008060;2023;2025-01-01;3\n"
        "l-4;p-3;bilgaard;WK008060;2023;2025-01-01;4\n"
    ),
    "uitstroom.csv": "kenmerk;pseudoniem;geboortedatum\nw-1;p-1;x\n",
    "resultaten.csv": (
        "kenmerk;contract;uitkomst;pseudoniem;organisatie;wijkcode;wijkjaar;gemeld_op;"
        "beoordeeld_op;oordeel_bewoners;gecontroleerd_op;controle;betaald_op\n"
        "r-1;oost;doel;p-1;bilgaard;WK008060;2023;2024-05-01;2024-05-20;niet_behaald;;;2024-06-01\n"
        "r-2;oost;doel;p-1;bilgaard;WK008060;2023;2024-05-01;2024-04-20;behaald;2024-06-01;;\n"
    ),
    "contract_financiers.csv": (
        "contract;financier;aandeel;plafond\noost;fno;0,6;60.000\noost;gemeente;0,3;0\n"
    ),
    "besteding.csv": (
        "kenmerk;gemeentecode;datum;organisatie;wijkcode;wijkjaar;taakveld;financier;bedrag;"
        "aard;geld_tot;omschrijving\n"
        "b-1;GM0080;2025-01-01;;WK008060;;6.2;fno;12,345;structureel;2025-12-31;\n"
        "b-2;GM0080;2025-01-01;;;;6.5;fno;0;incidenteel;;\n"
    ),
    "besteding_uitkomsten.csv": (
        "besteding;uitkomst;aandeel\nb-1;meedoen;0,7\nb-1;betaald_werk;0,4\n"
    ),
    "streefwaarden.csv": (
        "indicator;gebied;periode;waarde\n"
        "geluk;GM0080;2025;1\n"
        "volunteers;GM0080;2025;1\n"
        "volunteers;WK036300;2025-Q4;1\n"
    ),
    "afgesloten_kwartalen.csv": (
        "gemeentecode;kwartaal;afgesloten_op\nGM0080;2026-Q1;2026-02-01\n"
    ),
    "ontvangen.csv": "organisatie;onderdeel;kwartaal;ontvangen_op\nbilgaard;ladder;2009-Q4;\n",
    "vrijwiligers.csv": "kenmerk\n",
    "wijkgrenzen.geojson": '{"type":"FeatureCollection","features":[{"properties":{'
    '"wijkcode":"WK008060","wijkjaar":2024,"schematisch":true},"geometry":null}]}',
}
EXPECTED_PLACES = {
    ("levering.csv", 2, "voorbeeld"),
    ("gemeenten.csv", 3, "gemeentecode"),
    ("gemeenten.csv", 3, "inwoners"),
    ("gemeenten.csv", 3, "peildatum"),
    ("wijken.csv", 3, "wijkcode + wijkjaar"),
    ("wijken.csv", 4, "gemeentecode"),
    ("wijken.csv", 4, "breedtegraad"),
    ("wijken.csv", 5, "gemeentecode"),
    ("organisaties.csv", 2, "soort"),
    ("vrijwilligers.csv", 2, "pseudoniem"),
    ("vrijwilligers.csv", 3, "pseudoniem"),
    ("vrijwilligers.csv", 3, "uren_per_week"),
    ("vrijwilligers.csv", 4, "organisatie"),
    ("vrijwilligers.csv", 4, "wijkcode + wijkjaar"),
    ("vrijwilligers.csv", 4, "einddatum"),
    ("vrijwilligers.csv", 4, "uren_per_week"),
    ("vrijwilligers.csv", 4, "activiteit"),
    ("vrijwilligers.csv", 5, ""),
    ("vergoedingen.csv", 2, ""),
    ("ladder.csv", 2, "trede"),
    ("ladder.csv", 3, "datum"),
    ("ladder.csv", 5, "pseudoniem + organisatie + datum"),
    ("uitstroom.csv", 1, "organisatie"),
    ("uitstroom.csv", 1, "wijkcode"),
    ("uitstroom.csv", 1, "wijkjaar"),
    ("uitstroom.csv", 1, "begindatum"),
    ("uitstroom.csv", 1, "einddatum"),
    ("uitstroom.csv", 1, "uren_per_week"),
    ("uitstroom.csv", 1, "soort_werk"),
    ("uitstroom.csv", 1, "geboortedatum"),
    ("resultaten.csv", 2, "contract + uitkomst"),
    ("resultaten.csv", 3, "contract + uitkomst"),
    ("resultaten.csv", 2, "betaald_op"),
    ("resultaten.csv", 3, "beoordeeld_op"),
    ("resultaten.csv", 3, "controle"),
    ("contract_financiers.csv", 2, "contract"),
    ("contract_financiers.csv", 3, "contract"),
    ("contract_financiers.csv", 2, "financier"),
    ("contract_financiers.csv", 3, "financier"),
    ("contract_financiers.csv", 3, "plafond"),
    ("contract_financiers.csv", 3, "aandeel"),
    ("besteding.csv", 2, "wijkjaar"),
    ("besteding.csv", 2, "taakveld"),
    ("besteding.csv", 2, "financier"),
    ("besteding.csv", 2, "bedrag"),
    ("besteding.csv", 2, "geld_tot"),
    ("besteding.csv", 3, "financier"),
    ("besteding.csv", 3, "bedrag"),
    ("besteding.csv", 3, "geld_tot"),
    ("besteding_uitkomsten.csv", 3, "aandeel"),
    ("streefwaarden.csv", 2, "indicator"),
    ("streefwaarden.csv", 3, "periode"),
    ("streefwaarden.csv", 4, "gebied"),
    ("afgesloten_kwartalen.csv", 2, "afgesloten_op"),
    ("ontvangen.csv", 2, "kwartaal"),
    ("vrijwiligers.csv", None, ""),
    ("wijkgrenzen.geojson", 1, "geometry"),
    ("wijkgrenzen.geojson", 1, "wijkjaar"),
}

small_delivery = valid_delivery


def rows_in_register(engine: Engine) -> int:
    loaded = set(register.metadata.tables) - {"quarter", "taakveld"}
    with engine.connect() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(register.metadata.tables[name])) or 0
            for name in loaded
        )


def refused(small_delivery: SmallDelivery, engine: Engine) -> list[Fault]:
    with pytest.raises(DeliveryRefused) as error:
        small_delivery.load(engine)
    return [fault for fault in error.value.faults if isinstance(fault, Fault)]


def test_a_delivery_full_of_different_faults(empty_database: Engine, tmp_path: Path) -> None:
    for name, text in WRONG_FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DeliveryRefused) as error:
        load(tmp_path, empty_database, today=TODAY)
    faults = [fault for fault in error.value.faults if isinstance(fault, Fault)]
    places = [(fault.file, fault.row, fault.column) for fault in faults]
    assert set(places) == EXPECTED_PLACES
    assert len(places) == len(set(places)) == len(error.value.faults)
    assert len({fault.expected.nl for fault in faults}) >= 30
    assert f"Er zijn {len(places)} fouten" in error.value.message("nl")
    assert f"There are {len(places)} faults" in error.value.message("en")
    assert [fault.file for fault in faults] == sorted(fault.file for fault in faults)
    assert rows_in_register(empty_database) == 0


@pytest.mark.parametrize(
    ("name", "change", "columns", "value", "hint"),
    [
        ("wijken.csv", {"wijkcode": "WK001400", "gemeentecode": "GM0014"}, "gemeentecode",
         "GM0014", "gemeenten.csv"),
        ("organisatie_wijken.csv", {"wijkcode": "WK008099"}, "wijkcode + wijkjaar",
         "WK008099 + 2023", "wijken.csv"),
        ("organisatie_wijken.csv", {"wijkjaar": "2022"}, "wijkjaar", "2022", "2023"),
        ("uitspraken.csv", {"organisatie": "weg"}, "organisatie", "weg", "organisaties.csv"),
        ("besteding.csv", {"financier": "weg"}, "financier", "weg", "financiers.csv"),
        ("contract_uitkomsten.csv", {"contract": "weg"}, "contract", "weg", "contracten.csv"),
        ("besteding_uitkomsten.csv", {"besteding": "weg"}, "besteding", "weg", "besteding.csv"),
        ("streefwaarden.csv", {"gebied": "WK036300"}, "gebied", "WK036300", "wijken.csv"),
        ("ontvangen.csv", {"kwartaal": "2009-Q4"}, "kwartaal", "2009-Q4", "2010-Q1"),
    ],
)  # fmt: skip
def test_a_reference_to_nothing(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    change: dict[str, str],
    columns: str,
    value: str,
    hint: str,
) -> None:
    small_delivery.rows[name].append(small_delivery.rows[name][-1] | change)
    row = len(small_delivery.rows[name]) + 1
    found = [fault for fault in refused(small_delivery, empty_database) if fault.column == columns]
    assert [(fault.file, fault.row, fault.value) for fault in found] == [(name, row, value)]
    assert hint in found[0].expected.nl


def test_what_is_in_the_register_may_be_referred_to(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    people = ("vrijwilligers.csv", "resultaten.csv", "besteding_uitkomsten.csv")
    small_delivery.only(*people, "streefwaarden.csv", "ontvangen.csv")
    small_delivery.rows["vrijwilligers.csv"][0]["kenmerk"] = "v-3"
    # A closed quarter changes, and the row equals v-1 but for its key.
    assert small_delivery.load(empty_database, accept=2).files["vrijwilligers.csv"].new == 1


def test_a_row_with_another_fault_may_be_referred_to(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.rows["organisaties.csv"][0]["opgericht"] = "lang geleden"
    (fault,) = refused(small_delivery, empty_database)
    assert fault.column == "opgericht"


@pytest.mark.parametrize(("name", "kenmerk"), [("ladder.csv", "l-9"), ("uitstroom.csv", "w-9")])
def test_the_same_person_on_the_same_day_under_another_key(
    empty_database: Engine, small_delivery: SmallDelivery, name: str, kenmerk: str
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only(name)
    before = small_delivery.rows[name][0]["kenmerk"]
    small_delivery.rows[name] = [small_delivery.rows[name][0] | {"kenmerk": kenmerk}]
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.file, fault.row) == (name, 2)
    assert fault.value.startswith("p-00")
    assert f"{before} heeft dit al" in fault.expected.nl


def test_a_day_that_the_register_gives_up_in_the_same_delivery_is_free(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("ladder.csv")
    first = small_delivery.rows["ladder.csv"][0]
    small_delivery.rows["ladder.csv"] = [
        first | {"kenmerk": "l-9"},
        first | {"datum": "2024-01-01"},
    ]
    written = small_delivery.load(empty_database).files["ladder.csv"]
    assert (written.new, written.changed) == (1, 1)


@pytest.mark.parametrize(
    ("shares", "fine"),
    [
        (("0,4", "0,6"), True),
        (("0,33333", "0,66666"), True),
        (("0,4", "0,5"), False),
        (("0,4", "0,7"), False),
        (("0,4", "0,5999"), False),
    ],
)
def test_shares_of_financiers_are_one_in_all(
    empty_database: Engine, small_delivery: SmallDelivery, shares: tuple[str, str], fine: bool
) -> None:
    for row, share in zip(small_delivery.rows["contract_financiers.csv"], shares, strict=True):
        row["aandeel"] = share
    if fine:
        small_delivery.load(empty_database)
        return
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.file, fault.row, fault.column) == ("contract_financiers.csv", 3, "aandeel")
    assert fault.value.startswith("oost: ")


@pytest.mark.parametrize(("shares", "fine"), [(("0,7", "0,1"), True), (("0,7", "0,31"), False)])
def test_shares_of_spending_are_at_most_one_in_all(
    empty_database: Engine, small_delivery: SmallDelivery, shares: tuple[str, str], fine: bool
) -> None:
    for row, share in zip(small_delivery.rows["besteding_uitkomsten.csv"], shares, strict=True):
        row["aandeel"] = share
    if fine:
        small_delivery.load(empty_database)
        return
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.row, fault.value) == (3, "b-1: 1,01")


def test_shares_count_with_what_the_register_holds(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("contract_financiers.csv")
    small_delivery.rows["contract_financiers.csv"] = [
        small_delivery.rows["contract_financiers.csv"][0] | {"aandeel": "0,3"}
    ]
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.row, fault.value) == (2, "oost: 0,9")


def test_no_faults_of_people_end_up_in_the_register(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.rows["ladder.csv"][0]["pseudoniem"] = "Jan de Vries"
    refused(small_delivery, empty_database)
    assert rows_in_register(empty_database) == 0
