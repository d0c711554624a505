"""Rows that should not have come leave the register, with a trace, and never a neighbour's."""

import pytest
from sqlalchemy import Engine

from data_access.deliveries import Fault
from data_access.errors import DeliveryDoubtful, DeliveryRefused
from tests.contract.rows_of_register import contents, row_of, rows_of
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery


def withdraw(delivery: SmallDelivery, *rows: tuple[str, str], supplier: str = "bilgaard") -> None:
    """Let the delivery hold these withdrawals of one supplier and nothing else."""
    delivery.only()
    delivery.supplied_by(supplier)
    delivery.rows["intrekken.csv"] = [{"bestand": name, "kenmerk": key} for name, key in rows]


def refused(delivery: SmallDelivery, engine: Engine, file: str = "intrekken.csv") -> Fault:
    before = contents(engine)
    with pytest.raises(DeliveryRefused) as error:
        delivery.load(engine)
    assert contents(engine) == before
    (fault,) = error.value.faults
    assert isinstance(fault, Fault)
    assert fault.file == file
    return fault


@pytest.mark.parametrize(
    ("name", "table", "key", "supplier"),
    [
        ("uitspraken.csv", "statement", "u-1", "bilgaard"),
        ("vrijwilligers.csv", "agreement", "v-2", "bilgaard"),
        ("vergoedingen.csv", "allowance", "vg-1", "bilgaard"),
        ("ladder.csv", "ladder_reading", "l-1", "bilgaard"),
        ("resultaten.csv", "result", "r-1", "bilgaard"),
        ("besteding.csv", "spending", "b-1", "GM0080"),
    ],
)
def test_a_row_is_withdrawn_and_leaves_a_trace(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    table: str,
    key: str,
    supplier: str,
) -> None:
    small_delivery.load(empty_database)
    (row,) = [dict(each) for each in small_delivery.rows[name] if each["kenmerk"] == key]
    others = len(rows_of(empty_database, table)) - 1
    withdraw(small_delivery, (name, key), supplier=supplier)
    summary = small_delivery.load(empty_database)
    assert summary.withdrawn == 1
    assert "intrekken.csv: 1 ingetrokken" in summary.describe("nl")
    assert rows_of(empty_database, table, id=key) == []
    assert len(rows_of(empty_database, table)) == others
    trace = row_of(empty_database, "withdrawn")
    newest = rows_of(empty_database, "delivery")[-1]
    assert (trace["file"], trace["supplier"], trace["id"]) == (name, supplier, key)
    assert (trace["gemeente_code"], trace["delivery_id"]) == ("GM0080", newest["id"])
    assert rows_of(empty_database, "delivery_gemeente", delivery_id=newest["id"]) == [
        {"delivery_id": newest["id"], "gemeente_code": "GM0080"}
    ]
    # Delivered again, the row is back and the trace is gone.
    small_delivery.only()
    small_delivery.supplied_by(supplier)
    small_delivery.rows[name] = [row]
    small_delivery.load(empty_database)
    assert len(rows_of(empty_database, table, id=key)) == 1
    assert rows_of(empty_database, "withdrawn") == []


def test_the_shares_of_spending_go_along(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    withdraw(small_delivery, ("besteding.csv", "b-1"), supplier="GM0080")
    small_delivery.load(empty_database)
    assert rows_of(empty_database, "spending_outcome") == []


def test_a_person_of_whom_nothing_is_left_goes_along(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    gone = row_of(empty_database, "agreement", id="v-2")["participant"]
    withdraw(small_delivery, ("vrijwilligers.csv", "v-2"), ("ladder.csv", "l-1"))
    small_delivery.load(empty_database)
    people = {row["pseudonym"] for row in rows_of(empty_database, "participant")}
    assert gone in people, "the outflow is still there"
    # The job runs on into a closed quarter.
    withdraw(small_delivery, ("uitstroom.csv", "w-1"))
    small_delivery.load(empty_database, accept=1)
    people = {row["pseudonym"] for row in rows_of(empty_database, "participant")}
    assert people == {row_of(empty_database, "agreement")["participant"]}


def test_withdrawing_from_a_closed_quarter_is_asked(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    withdraw(small_delivery, ("vrijwilligers.csv", "v-1"), ("vrijwilligers.csv", "v-2"))
    with pytest.raises(DeliveryDoubtful) as error:
        small_delivery.load(empty_database)
    found = [(each.kind.id, each.file, each.row, each.value) for each in error.value.doubts]
    assert found == [("closed_quarter", "intrekken.csv", 2, "v-1")]
    assert len(rows_of(empty_database, "agreement")) == 2
    small_delivery.load(empty_database, accept=1)
    assert rows_of(empty_database, "agreement") == []
    assert rows_of(empty_database, "accepted_doubt") == []


@pytest.mark.parametrize(
    ("name", "key", "words"),
    [
        ("ladder.csv", "l-9", "een kenmerk van deze leverancier dat in het register staat"),
        ("vrijwilligers.csv", "l-1", "een kenmerk van deze leverancier dat in het register staat"),
    ],
)
def test_what_is_not_there_cannot_be_withdrawn(
    empty_database: Engine, small_delivery: SmallDelivery, name: str, key: str, words: str
) -> None:
    small_delivery.load(empty_database)
    withdraw(small_delivery, (name, key))
    fault = refused(small_delivery, empty_database)
    assert (fault.row, fault.column, fault.value) == (2, "kenmerk", key)
    assert words in fault.expected.nl


def test_a_neighbours_row_cannot_be_withdrawn(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    withdraw(small_delivery, ("ladder.csv", "l-1"), supplier="dreamfabryk")
    assert refused(small_delivery, empty_database).value == "l-1"


def test_who_withdraws_must_be_told(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    rows = small_delivery.rows["vrijwilligers.csv"]
    rows.append(rows[1] | {"organisatie": "dreamfabryk"})
    small_delivery.load(empty_database)
    withdraw(small_delivery, ("vrijwilligers.csv", "v-2"), supplier="")
    fault = refused(small_delivery, empty_database, file="levering.csv")
    assert (fault.row, fault.column) == (2, "leverancier")
    assert "wiens rijen intrekken.csv intrekt" in fault.expected.nl
    small_delivery.supplied_by("dreamfabryk")
    small_delivery.load(empty_database)
    left = {(row["supplier"], row["id"]) for row in rows_of(empty_database, "agreement")}
    assert left == {("bilgaard", "v-1"), ("bilgaard", "v-2")}


def test_delivered_and_withdrawn_at_once_is_a_fault(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("ladder.csv")
    small_delivery.rows["intrekken.csv"] = [{"bestand": "ladder.csv", "kenmerk": "l-2"}]
    fault = refused(small_delivery, empty_database)
    assert "niet ook in deze levering" in fault.expected.nl


def test_withdrawn_twice_is_a_fault(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    small_delivery.load(empty_database)
    withdraw(small_delivery, ("ladder.csv", "l-1"), ("ladder.csv", "l-1"))
    fault = refused(small_delivery, empty_database)
    assert fault.row == 3
    assert "al in rij 2" in fault.expected.nl


@pytest.mark.parametrize(
    ("name", "key", "column"),
    [
        ("gemeenten.csv", "GM0080", "bestand"),
        ("besteding_uitkomsten.csv", "b-1", "bestand"),
        ("ladder.csv", "", "kenmerk"),
    ],
)
def test_only_rows_with_a_key_of_their_own_can_be_withdrawn(
    empty_database: Engine, small_delivery: SmallDelivery, name: str, key: str, column: str
) -> None:
    small_delivery.load(empty_database)
    withdraw(small_delivery, (name, key))
    assert refused(small_delivery, empty_database).column == column


def test_a_row_makes_room_for_another_in_one_delivery(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """A reading was delivered under a wrong key: the day is free for the right one."""
    small_delivery.load(empty_database)
    small_delivery.only("ladder.csv")
    small_delivery.rows["ladder.csv"] = [
        small_delivery.rows["ladder.csv"][0] | {"kenmerk": "l-9", "trede": "2"}
    ]
    small_delivery.rows["intrekken.csv"] = [{"bestand": "ladder", "kenmerk": "l-1"}]
    small_delivery.load(empty_database)
    levels = {row["id"]: row["level"] for row in rows_of(empty_database, "ladder_reading")}
    assert levels == {"l-2": 4, "l-9": 2}


def test_shares_of_withdrawn_spending_are_a_fault(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("besteding_uitkomsten.csv")
    small_delivery.rows["besteding_uitkomsten.csv"] = small_delivery.rows[
        "besteding_uitkomsten.csv"
    ][:1]
    small_delivery.rows["intrekken.csv"] = [{"bestand": "besteding.csv", "kenmerk": "b-1"}]
    with pytest.raises(DeliveryRefused) as error:
        small_delivery.load(empty_database)
    (fault,) = error.value.faults
    assert (fault.file, fault.column, fault.value) == (
        "besteding_uitkomsten.csv",
        "besteding",
        "b-1",
    )


def test_an_outflow_whose_agreement_goes_is_asked_about(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("uitstroom.csv")
    small_delivery.rows["intrekken.csv"] = [{"bestand": "vrijwilligers.csv", "kenmerk": "v-2"}]
    with pytest.raises(DeliveryDoubtful) as error:
        small_delivery.load(empty_database)
    assert [each.kind.id for each in error.value.doubts] == ["no_agreement"]
