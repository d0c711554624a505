"""Whose row it is: two suppliers use the same keys, and nobody overwrites a neighbour."""

import pytest
from sqlalchemy import Engine

from data_access.deliveries import Fault
from data_access.errors import DeliveryRefused
from tests.contract.rows_of_register import contents, row_of, rows_of
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery

GRONINGEN = {
    "gemeentecode": "GM0014",
    "naam": "Groningen",
    "inwoners": "",
    "peildatum": "",
    "bron": "",
}
NEIGHBOUR = {
    "organisatie": "sportcentrum",
    "naam": "SportCentrum",
    "soort": "wijkbedrijf",
    "gemeentecode": "GM0014",
    "opgericht": "",
    "omschrijving": "",
    "verzonnen": "nee",
}


def refused(delivery: SmallDelivery, engine: Engine) -> list[Fault]:
    before = contents(engine)
    with pytest.raises(DeliveryRefused) as error:
        delivery.load(engine)
    assert contents(engine) == before
    return [fault for fault in error.value.faults if isinstance(fault, Fault)]


@pytest.fixture
def with_neighbour(empty_database: Engine, small_delivery: SmallDelivery) -> SmallDelivery:
    """The small delivery, loaded, with a second gemeente that has an organisation and a result."""
    small_delivery.rows["gemeenten.csv"].append(GRONINGEN)
    small_delivery.rows["organisaties.csv"].append(NEIGHBOUR)
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][1] | {"wijkcode": "WK001400", "gemeentecode": "GM0014"}
    )
    small_delivery.load(empty_database)
    return small_delivery


def test_each_row_belongs_to_what_it_names(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    for table in ("agreement", "allowance", "ladder_reading", "placement", "result", "statement"):
        assert {row["supplier"] for row in rows_of(empty_database, table)} == {"bilgaard"}, table
    for table in ("spending", "spending_outcome", "financier", "outcome"):
        assert {row["supplier"] for row in rows_of(empty_database, table)} == {"GM0080"}, table
    delivery = row_of(empty_database, "delivery")
    assert delivery["supplier"] == "GM0080"
    assert rows_of(empty_database, "delivery_gemeente") == [
        {"delivery_id": delivery["id"], "gemeente_code": "GM0080"}
    ]


def test_two_organisations_use_the_same_keys(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    rows = small_delivery.rows["vrijwilligers.csv"]
    rows.append(rows[0] | {"organisatie": "dreamfabryk", "uren_per_week": "3"})
    small_delivery.load(empty_database)
    hours = {
        (row["supplier"], row["id"]): row["hours_per_week"]
        for row in rows_of(empty_database, "agreement")
    }
    assert hours == {("bilgaard", "v-1"): 7.5, ("bilgaard", "v-2"): 40, ("dreamfabryk", "v-1"): 3}


def test_a_declared_supplier_owns_its_rows(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv", "ladder.csv")
    small_delivery.supplied_by("bilgaard")
    small_delivery.rows["vrijwilligers.csv"][1]["activiteit"] = "groen"
    small_delivery.rows["vrijwilligers.csv"][1]["einddatum"] = "2023-12-31"
    small_delivery.load(empty_database)
    assert len(rows_of(empty_database, "agreement")) == 2
    assert row_of(empty_database, "agreement", id="v-2")["activity"] == "groen"
    assert [row["supplier"] for row in rows_of(empty_database, "delivery")] == [
        "GM0080",
        "bilgaard",
    ]


def test_what_a_gemeente_delivers_is_the_gemeentes(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.supplied_by("GM0080")
    small_delivery.load(empty_database)
    for table in ("agreement", "statement", "result", "spending", "financier"):
        assert {row["supplier"] for row in rows_of(empty_database, table)} == {"GM0080"}, table
    # In a gemeente's delivery a key is used once, whatever the organisation.
    rows = small_delivery.rows["vrijwilligers.csv"]
    rows.append(rows[0] | {"organisatie": "dreamfabryk"})
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.row, fault.column, fault.value) == (4, "kenmerk", "v-1")


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("vrijwilligers.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("vergoedingen.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("ladder.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("uitstroom.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("resultaten.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("uitspraken.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("organisaties.csv", {"organisatie": "dreamfabryk", "naam": "Overgenomen"}, "organisatie"),
        ("organisatie_wijken.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("ontvangen.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("besteding.csv", {}, "gemeentecode"),
        ("contracten.csv", {"naam": "Anders"}, "gemeentecode"),
        ("contract_uitkomsten.csv", {"tarief": "1"}, "contract"),
        ("streefwaarden.csv", {"waarde": "1"}, "gebied"),
        ("afgesloten_kwartalen.csv", {"kwartaal": "2025-Q3"}, "gemeentecode"),
        ("gemeenten.csv", {"inwoners": "1"}, "inwoners"),
        ("wijken.csv", {"naam": "Mijn wijk"}, "naam"),
        ("wijken.csv", {"wijkcode": "WK008099"}, "wijkcode"),
        ("financiers.csv", {"naam": "Iemand anders"}, "naam"),
        ("uitkomsten.csv", {"definitie_nl": "Altijd"}, "definitie_nl"),
    ],
)
def test_an_organisation_delivers_nothing_of_another(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    row: dict[str, str],
    column: str,
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only(name)
    small_delivery.supplied_by("bilgaard")
    small_delivery.rows[name] = [small_delivery.rows[name][0] | row]
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.file, fault.row, fault.column) == (name, 2, column)
    assert "deze rij is van" in fault.expected.nl
    owner = "dreamfabryk" if row.get("organisatie") else "GM0080"
    assert owner in fault.expected.nl
    assert owner in fault.expected.en


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("vrijwilligers.csv", {"organisatie": "sportcentrum"}, "organisatie"),
        ("organisaties.csv", NEIGHBOUR | {"naam": "Overgenomen"}, "organisatie"),
        ("organisatie_wijken.csv", {"organisatie": "sportcentrum"}, "organisatie"),
        ("besteding.csv", {"gemeentecode": "GM0014"}, "gemeentecode"),
        ("contracten.csv", {"contract": "noord", "gemeentecode": "GM0014"}, "gemeentecode"),
        ("streefwaarden.csv", {"gebied": "WK001400"}, "gebied"),
        ("afgesloten_kwartalen.csv", {"gemeentecode": "GM0014"}, "gemeentecode"),
        ("ontvangen.csv", {"organisatie": "sportcentrum"}, "organisatie"),
        ("gemeenten.csv", GRONINGEN | {"naam": "Anders"}, "naam"),
    ],
)
def test_a_gemeente_delivers_nothing_of_another(
    empty_database: Engine,
    with_neighbour: SmallDelivery,
    name: str,
    row: dict[str, str],
    column: str,
) -> None:
    with_neighbour.only(name)
    with_neighbour.supplied_by("GM0080")
    with_neighbour.rows[name] = [with_neighbour.rows[name][0] | row]
    (fault,) = refused(with_neighbour, empty_database)
    assert (fault.file, fault.row, fault.column) == (name, 2, column)
    assert "Groningen (GM0014)" in fault.expected.nl


def test_a_gemeente_does_not_fill_the_contract_of_another(
    empty_database: Engine, with_neighbour: SmallDelivery
) -> None:
    with_neighbour.only("resultaten.csv")
    with_neighbour.supplied_by("GM0014")
    with_neighbour.rows["resultaten.csv"][0]["organisatie"] = "sportcentrum"
    (fault,) = refused(with_neighbour, empty_database)
    assert (fault.column, fault.value) == ("contract", "oost")


@pytest.mark.parametrize("supplier", ["", "GM0080"])
def test_an_organisation_does_not_move_to_another_gemeente(
    empty_database: Engine, with_neighbour: SmallDelivery, supplier: str
) -> None:
    """With the organisation all its people would go along."""
    with_neighbour.only("organisaties.csv")
    with_neighbour.rows["organisaties.csv"][0]["gemeentecode"] = "GM0014"
    with_neighbour.rows["organisaties.csv"] = with_neighbour.rows["organisaties.csv"][:1]
    with_neighbour.supplied_by(supplier)
    faults = refused(with_neighbour, empty_database)
    moved = next(fault for fault in faults if fault.column == "organisatie + gemeentecode")
    assert "een organisatie in Leeuwarden" in moved.expected.nl
    assert "gm0014-bilgaard" in moved.expected.nl


def test_another_gemeente_does_not_fetch_an_organisation(
    empty_database: Engine, with_neighbour: SmallDelivery
) -> None:
    with_neighbour.only("organisaties.csv")
    with_neighbour.rows["organisaties.csv"] = with_neighbour.rows["organisaties.csv"][:1]
    with_neighbour.rows["organisaties.csv"][0]["gemeentecode"] = "GM0014"
    with_neighbour.supplied_by("GM0014")
    (fault,) = refused(with_neighbour, empty_database)
    assert (fault.row, fault.column) == (2, "organisatie")
    assert "deze rij is van Leeuwarden (GM0080)" in fault.expected.nl


def test_a_contract_does_not_move_to_another_gemeente(
    empty_database: Engine, with_neighbour: SmallDelivery
) -> None:
    with_neighbour.only("contracten.csv")
    with_neighbour.rows["contracten.csv"][0]["gemeentecode"] = "GM0014"
    (fault,) = refused(with_neighbour, empty_database)
    assert (fault.column, fault.value) == ("contract + gemeentecode", "oost + GM0014")


def test_a_financier_of_another_may_be_repeated_but_not_changed(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("financiers.csv", "gemeenten.csv", "organisaties.csv")
    small_delivery.rows["gemeenten.csv"] = [GRONINGEN]
    small_delivery.rows["organisaties.csv"] = [NEIGHBOUR]
    small_delivery.load(empty_database)
    assert row_of(empty_database, "financier", id="fno")["supplier"] == "GM0080"
    small_delivery.rows["financiers.csv"][1]["soort"] = "corporatie"
    (fault,) = refused(small_delivery, empty_database)
    assert (fault.row, fault.column, fault.value) == (3, "soort", "corporatie")
    assert "GM0080" in fault.expected.nl


def test_its_own_gemeente_changes_a_financier(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("financiers.csv")
    small_delivery.supplied_by("GM0080")
    small_delivery.rows["financiers.csv"][1]["naam"] = "Fonds Nuts Ohra"
    small_delivery.load(empty_database)
    assert row_of(empty_database, "financier", id="fno")["name"] == "Fonds Nuts Ohra"


def test_an_unknown_supplier_is_one_fault(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.supplied_by("niemand")
    faults = refused(small_delivery, empty_database)
    assert ("levering.csv", 2, "leverancier") in {
        (fault.file, fault.row, fault.column) for fault in faults
    }


def test_shares_find_the_spending_of_their_supplier(
    empty_database: Engine, with_neighbour: SmallDelivery
) -> None:
    """Two gemeenten both have a b-1; undeclared, a share of b-1 alone could be of either."""
    with_neighbour.only("besteding.csv", "besteding_uitkomsten.csv")
    spending, shares = (with_neighbour.rows[f"besteding{end}.csv"] for end in ("", "_uitkomsten"))
    neighbours = {"gemeentecode": "GM0014", "organisatie": "", "wijkcode": "", "wijkjaar": ""}
    spending[:] = [spending[0] | neighbours]
    shares[:] = [shares[0] | {"aandeel": "0,9"}]
    with_neighbour.load(empty_database)
    stored = {
        (row["supplier"], row["spending_id"], row["outcome"]): float(row["share"])
        for row in rows_of(empty_database, "spending_outcome")
    }
    assert stored == {
        ("GM0080", "b-1", "participation"): 0.7,
        ("GM0080", "b-1", "paid_work"): 0.3,
        ("GM0014", "b-1", "participation"): 0.9,
    }
    with_neighbour.only("besteding_uitkomsten.csv")
    shares[0]["aandeel"] = "0,8"
    (fault,) = refused(with_neighbour, empty_database)
    assert (fault.column, fault.value) == ("besteding", "b-1")
    assert "leverancier" in fault.expected.nl
    with_neighbour.supplied_by("GM0014")
    with_neighbour.load(empty_database)
    stored_share = row_of(empty_database, "spending_outcome", supplier="GM0014")["share"]
    assert float(stored_share) == 0.8


def test_every_row_remembers_its_last_delivery(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("ladder.csv")
    small_delivery.rows["ladder.csv"] = small_delivery.rows["ladder.csv"][:1]
    small_delivery.rows["ladder.csv"].append(
        small_delivery.rows["ladder.csv"][0] | {"kenmerk": "l-3", "datum": "2026-02-01"}
    )
    small_delivery.load(empty_database)
    first, second = (row["id"] for row in rows_of(empty_database, "delivery"))
    last = {row["id"]: row["delivery_id"] for row in rows_of(empty_database, "ladder_reading")}
    assert last == {"l-1": second, "l-2": first, "l-3": second}


def test_an_earlier_delivery_really_restores_its_rows(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    before = row_of(empty_database, "ladder_reading", id="l-1")["level"]
    row = small_delivery.rows["ladder.csv"][0]
    for level in ("6", str(before)):
        row["trede"] = level
        summary = small_delivery.load(empty_database)
        assert summary.files["ladder.csv"].changed == 1
        assert row_of(empty_database, "ladder_reading", id="l-1")["level"] == int(level)
    assert len(rows_of(empty_database, "delivery")) == 3
