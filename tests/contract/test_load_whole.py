"""A delivery is loaded whole or not at all, once, and a known key updates its row."""

import datetime
import warnings
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from sqlalchemy import Engine, create_engine, event, func, select

from data_access import register
from data_access.deliveries import FILES, load, write_template
from data_access.errors import DataAccessError, DeliveryRefused, RegisterBusy
from tests.small_delivery import TODAY, SmallDelivery, valid_delivery

small_delivery = valid_delivery
WORK = "INSERT INTO work "


def contents(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the register but the log of deliveries, in a fixed order."""
    with engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in register.metadata.tables.items()
            if name != "delivery"
        }


def rows_of(engine: Engine, table: str, **key: str) -> list[dict[str, object]]:
    chosen = register.metadata.tables[table]
    with engine.connect() as connection:
        found = connection.execute(select(chosen).filter_by(**key)).mappings()
        return [dict(row) for row in found]


def row_of(engine: Engine, table: str, **key: str) -> dict[str, object]:
    (row,) = rows_of(engine, table, **key)
    return row


def test_every_file_reaches_its_table(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    summary = small_delivery.load(empty_database)
    for file in FILES:
        expected = 2 if file.updates_only else len(small_delivery.rows[file.name])
        assert summary.files[file.name].rows == expected
        with empty_database.connect() as connection:
            count = connection.scalar(select(func.count()).select_from(file.table))
        assert count == expected, file.name


def test_values_arrive_as_they_were_meant(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    people = {row["id"]: row["participant"] for row in rows_of(empty_database, "agreement")}
    assert row_of(empty_database, "agreement", id="v-2") == {
        "supplier": "bilgaard",
        "id": "v-2",
        "delivery_id": row_of(empty_database, "delivery")["id"],
        "participant": people["v-2"],
        "organisation_id": "bilgaard",
        "wijk_code": "WK008061",
        "wijk_edition": 2023,
        "started_on": datetime.date(2023, 2, 15),
        "ended_on": datetime.date(2024, 6, 30),
        "hours_per_week": Decimal(40),
        "activity": "horeca",
    }
    assert row_of(empty_database, "allowance")["amount_cents"] == 123_450
    assert row_of(empty_database, "spending", id="b-2")["amount_cents"] == -10_050
    assert row_of(empty_database, "spending", id="b-2")["wijk_code"] is None
    assert row_of(empty_database, "placement")["kind"] == "paid_with_support"
    assert row_of(empty_database, "result")["check_passed"] is False
    assert row_of(empty_database, "coverage", subject="ladder")["delivered_on"] is None
    wijk = row_of(empty_database, "wijk", code="WK008060")
    assert (wijk["residents"], wijk["households"], wijk["schematic"]) == (4500, None, True)
    assert (wijk["longitude"], wijk["latitude"]) == (Decimal("5.79"), Decimal("53.22"))
    assert str(wijk["geometry"]).startswith('{"type":"Polygon","coordinates":[[[5.8,53.2]')
    pseudonyms = {row["pseudonym"] for row in rows_of(empty_database, "participant")}
    assert pseudonyms == set(people.values())
    assert all(len(each) == 64 for each in pseudonyms)
    assert row_of(empty_database, "ladder_reading", id="l-1")["participant"] == people["v-1"]


def test_the_sample_flag_and_checksum_are_stored(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.rows["levering.csv"][0] |= {"naam": "Echt", "voorbeeld": "nee"}
    small_delivery.load(empty_database)
    sample, real = rows_of(empty_database, "delivery")
    assert (sample["name"], sample["sample"]) == ("Proeflevering", True)
    assert (real["name"], real["sample"]) == ("Echt", False)
    assert sample["checksum"] != real["checksum"]


def test_the_same_delivery_twice_changes_nothing(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    before = contents(empty_database)
    again = small_delivery.load(empty_database)
    assert again.unchanged
    assert again.loaded_before is not None
    assert "er is niets veranderd" in again.describe("nl")
    assert "nothing has changed" in again.describe("en")
    assert contents(empty_database) == before
    assert len(rows_of(empty_database, "delivery")) == 1


def test_the_same_rows_in_another_file_write_nothing(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    before = contents(empty_database)
    small_delivery.rows["levering.csv"][0]["toelichting"] = "nog een keer"
    written: list[str] = []

    @event.listens_for(empty_database, "before_cursor_execute")
    def note(_connection, _cursor, statement: str, *_more: object) -> None:  # type: ignore[no-untyped-def]
        # The note of who is at work comes and goes.
        if statement.startswith(("INSERT", "UPDATE")) and not statement.startswith(WORK):
            written.append(statement)

    summary = small_delivery.load(empty_database)
    assert contents(empty_database) == before
    assert all(each.new == each.changed == 0 for each in summary.files.values())
    assert written == []


def test_a_known_key_updates_its_row(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv")
    small_delivery.rows["vrijwilligers.csv"][0] |= {
        "einddatum": "2025-12-31",
        "uren_per_week": "12",
        "pseudoniem": "p-003",
    }
    before = row_of(empty_database, "agreement", id="v-1")["participant"]
    summary = small_delivery.load(empty_database, accept=1)
    assert summary.files["vrijwilligers.csv"].changed == 1
    assert summary.files["vrijwilligers.csv"].same == 1
    row = row_of(empty_database, "agreement", id="v-1")
    assert (row["ended_on"], row["hours_per_week"]) == (datetime.date(2025, 12, 31), Decimal(12))
    assert row["participant"] != before
    assert len(rows_of(empty_database, "agreement")) == 2


def test_an_empty_cell_empties_what_was_known(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv")
    small_delivery.rows["vrijwilligers.csv"][1]["einddatum"] = ""
    small_delivery.load(empty_database, accept=1)
    assert row_of(empty_database, "agreement", id="v-2")["ended_on"] is None


def test_figures_of_a_wijk_leave_its_shape_alone(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    shape = row_of(empty_database, "wijk", code="WK008060")["geometry"]
    small_delivery.only("wijken.csv")
    small_delivery.rows["wijken.csv"][0]["inwoners"] = "4.600"
    small_delivery.load(empty_database)
    wijk = row_of(empty_database, "wijk", code="WK008060")
    assert (wijk["residents"], wijk["geometry"], wijk["schematic"]) == (4600, shape, True)


def test_a_shape_for_a_wijk_that_is_in_the_register_already(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    shapes = small_delivery.shapes
    small_delivery.only()
    small_delivery.shapes = shapes[:1]
    small_delivery.shapes[0]["properties"] |= {"schematisch": False, "bron": "CBS"}
    summary = small_delivery.load(empty_database)
    assert summary.files["wijkgrenzen.geojson"].changed == 1
    wijken = {row["code"]: row["schematic"] for row in rows_of(empty_database, "wijk")}
    assert wijken == {"WK008060": False, "WK008061": True}


def test_two_readings_can_trade_dates(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("ladder.csv")
    first, second = small_delivery.rows["ladder.csv"]
    first["datum"], second["datum"] = second["datum"], first["datum"]
    small_delivery.load(empty_database)
    assert row_of(empty_database, "ladder_reading", id="l-1")["read_on"] == datetime.date(
        2025, 7, 10
    )
    assert row_of(empty_database, "ladder_reading", id="l-2")["read_on"] == datetime.date(
        2025, 1, 10
    )


def test_one_fault_keeps_everything_out(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    before = contents(empty_database)
    small_delivery.rows["ontvangen.csv"][-1]["kwartaal"] = "2025-Q5"
    with pytest.raises(DeliveryRefused) as refused:
        small_delivery.load(empty_database)
    assert len(refused.value.faults) == 1
    assert contents(empty_database) == before
    assert rows_of(empty_database, "delivery") == []


@pytest.mark.parametrize("table", ["participant", "agreement", "coverage", "delivery"])
def test_a_crash_midway_leaves_nothing(
    empty_database: Engine, small_delivery: SmallDelivery, table: str
) -> None:
    before = contents(empty_database)

    @event.listens_for(empty_database, "before_cursor_execute")
    def crash(_connection, _cursor, statement: str, *_more: object) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith(f"INSERT INTO {table} "):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small_delivery.load(empty_database)
    event.remove(empty_database, "before_cursor_execute", crash)
    assert contents(empty_database) == before
    assert not small_delivery.load(empty_database).unchanged
    assert len(rows_of(empty_database, table)) > 0


def test_what_the_database_refuses_becomes_a_sentence_without_rows(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    @event.listens_for(empty_database, "before_cursor_execute", retval=True)
    def spoil(_connection, _cursor, statement, parameters, *_more):  # type: ignore[no-untyped-def]
        if statement.startswith("INSERT INTO coverage "):
            statement = statement.replace("INSERT INTO coverage ", "INSERT INTO covrage ")
        return statement, parameters

    with pytest.raises(DataAccessError) as refused:
        small_delivery.load(empty_database)
    assert "niets geladen" in refused.value.message("nl")
    assert "bilgaard" not in refused.value.message("nl")
    assert rows_of(empty_database, "agreement") == []


def test_no_amount_or_share_passes_a_float_on_its_way(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    seen: list[object] = []

    @event.listens_for(empty_database, "before_execute")
    def note(_connection, _clause, many, one, _options) -> None:  # type: ignore[no-untyped-def]
        seen.extend(value for row in (*many, one) for value in row.values())

    small_delivery.load(empty_database)
    assert 123_450 in seen
    assert not [value for value in seen if isinstance(value, float)]


def test_a_filled_template_loads(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    write_template(small_delivery.folder)
    for name, rows in small_delivery.rows.items():
        file = small_delivery.folder / name
        header = file.read_text("utf-8-sig").strip().split(";")
        lines = [";".join(f'"{row.pop(column, "")}"' for column in header) for row in rows]
        assert all(not row for row in rows), "the template lacks a column"
        with file.open("a", encoding="utf-8", newline="") as stream:
            stream.write("\r\n".join([*lines, ""]))
    summary = load(small_delivery.folder, empty_database, today=TODAY)
    assert summary.files["wijkgrenzen.geojson"].rows == 0
    assert summary.files["vrijwilligers.csv"].new == 2


def test_progress_runs_up_to_the_end(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    told: list[tuple[str, float]] = []
    folder = small_delivery.write()
    load(folder, empty_database, lambda doing, part: told.append((doing.en, part)))
    assert [doing for doing, _ in told].index("writing") > 0
    assert told[-1] == ("writing", 1.0)
    parts = [part for doing, part in told if doing == "writing"]
    assert parts == sorted(parts)


def test_loading_warns_of_nothing(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        small_delivery.load(empty_database)


def test_of_loads_at_once_one_works_and_the_others_hear_who(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    folder = small_delivery.write()

    def attempt(_number: int) -> str:
        try:
            summary = load(folder, empty_database, today=TODAY)
        except RegisterBusy as busy:
            return busy.message_nl
        return "unchanged" if summary.unchanged else "loaded"

    with ThreadPoolExecutor() as pool:
        outcomes = list(pool.map(attempt, range(4)))
    assert outcomes.count("loaded") == 1
    refused = [each for each in outcomes if each not in ("loaded", "unchanged")]
    assert all("Er wordt nu" in each for each in refused)
    assert len(rows_of(empty_database, "delivery")) == 1
    assert len(rows_of(empty_database, "agreement")) == 2


def test_a_database_without_tables_is_said_in_a_sentence(small_delivery: SmallDelivery) -> None:
    with pytest.raises(DataAccessError, match="niets geladen"):
        small_delivery.load(create_engine("sqlite://"))
