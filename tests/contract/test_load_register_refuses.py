"""The database itself refuses bad rows: its keys and checks hold without Python's validation."""

import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import IntegrityError

from data_access import register
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery

DAY = datetime.date(2024, 1, 1)
LATER = datetime.date(2024, 6, 1)
NEW = {"id": "new"}

# A row of the small delivery, changed into one that is new and wrong.
WRONG_ROWS: list[tuple[str, dict[str, Any]]] = [
    ("gemeente", {"code": "0080"}),
    ("gemeente", {"code": "GM0085", "residents": -1}),
    ("wijk", {"code": "BU008060"}),
    ("wijk", {"edition": 1994}),
    ("wijk", {"edition": 2024, "gemeente_code": "GM0014"}),
    ("wijk", {"edition": 2024, "bijstand": -5}),
    ("organisation", {"id": "new", "kind": "stichting"}),
    ("organisation", {"id": "new", "gemeente_code": "GM0014"}),
    ("organisation_wijk", {"wijk_edition": 2024}),
    ("organisation_wijk", {"organisation_id": "nobody"}),
    ("statement", NEW | {"organisation_id": "nobody"}),
    ("statement", NEW | {"source": None}),
    ("financier", NEW | {"kind": "bank"}),
    ("agreement", NEW | {"participant": "nobody"}),
    ("agreement", NEW | {"organisation_id": "nobody"}),
    ("agreement", NEW | {"wijk_edition": 2015}),
    ("agreement", NEW | {"wijk_edition": None}),
    ("agreement", NEW | {"delivery_id": 99}),
    ("agreement", NEW | {"supplier": None}),
    ("agreement", NEW | {"started_on": LATER, "ended_on": DAY}),
    ("agreement", NEW | {"hours_per_week": 0}),
    ("agreement", NEW | {"hours_per_week": 41}),
    ("agreement", NEW | {"activity": "vissen"}),
    ("agreement", {}),
    ("allowance", NEW | {"amount_cents": 0}),
    ("ladder_reading", NEW | {"read_on": DAY, "level": 0}),
    ("ladder_reading", NEW | {"read_on": DAY, "level": 7}),
    ("ladder_reading", NEW),
    ("placement", NEW | {"started_on": LATER, "ended_on": DAY}),
    ("placement", NEW | {"started_on": DAY, "kind": "vast"}),
    ("placement", NEW | {"started_on": DAY, "hours_per_week": 61}),
    ("placement", NEW),
    ("contract", NEW | {"starts_on": DAY, "ends_on": DAY}),
    ("contract_financier", {"financier_id": "nobody"}),
    ("contract_financier", {"contract_id": "nothing"}),
    ("contract_outcome", {"outcome_id": "nothing"}),
    ("result", NEW | {"outcome_id": "nothing"}),
    ("result", NEW | {"judged_on": None, "paid_on": None}),
    ("result", NEW | {"judged_achieved": None, "paid_on": None}),
    ("result", NEW | {"check_passed": None}),
    ("result", NEW | {"judged_on": DAY}),
    ("result", NEW | {"checked_on": DAY}),
    ("result", NEW | {"judged_achieved": False}),
    ("result", NEW | {"judged_on": None, "judged_achieved": None}),
    ("result", NEW | {"paid_on": DAY}),
    ("spending", NEW | {"taakveld": "6.10"}),
    ("spending", NEW | {"financier_id": "nobody"}),
    ("spending", NEW | {"amount_cents": 0}),
    ("spending", NEW | {"wijk_edition": None}),
    ("spending", NEW | {"nature": "eenmalig"}),
    ("spending", NEW | {"nature": "structureel", "money_ends_on": DAY}),
    ("spending", NEW | {"nature": "incidenteel", "money_ends_on": None}),
    ("spending_outcome", {"outcome": "step_up", "share": 0}),
    ("spending_outcome", {"outcome": "step_up", "share": 2}),
    ("spending_outcome", {"outcome": "happiness"}),
    ("spending_outcome", {"spending_id": "nothing"}),
    ("target", {}),
    ("closed_period", {"quarter": "2025-Q5"}),
    ("closed_period", {"gemeente_code": "GM0014"}),
    ("coverage", {"subject": "geld"}),
    ("coverage", {"quarter": "2009-Q4"}),
    ("coverage", {"organisation_id": "nobody"}),
]


def test_the_register_refuses_each_wrong_row(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    accepted = []
    for name, change in WRONG_ROWS:
        table = register.metadata.tables[name]
        with empty_database.connect() as connection:
            first = (
                connection.execute(select(table).order_by(*table.primary_key)).mappings().first()
            )
            assert first is not None
            try:
                connection.execute(insert(table), {**first, **change})
            except IntegrityError:
                continue
            accepted.append((name, change))
    assert accepted == []


def test_the_same_rows_without_the_fault_are_accepted(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """Without this, a register that refuses every row would pass the test above."""
    small_delivery.load(empty_database)
    fresh: dict[str, dict[str, Any]] = {
        "wijk": {"edition": 2024},
        "agreement": NEW,
        "ladder_reading": NEW | {"read_on": DAY},
        "placement": NEW | {"started_on": DAY},
        "result": NEW,
        "spending": NEW,
        "spending_outcome": {"outcome": "step_up"},
        "coverage": {"quarter": "2025-Q3"},
    }
    with empty_database.connect() as connection:
        for name, change in fresh.items():
            table = register.metadata.tables[name]
            first = (
                connection.execute(select(table).order_by(*table.primary_key)).mappings().first()
            )
            connection.execute(insert(table), {**(first or {}), **change})


def test_what_is_referred_to_cannot_disappear(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    for name in ("gemeente", "wijk", "organisation", "participant", "contract", "outcome"):
        with empty_database.connect() as connection, pytest.raises(IntegrityError):
            connection.execute(register.metadata.tables[name].delete())
