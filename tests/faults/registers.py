"""A small register to publish from, and how to tell whether it is whole."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Engine, select

from data_access import register as r
from data_access.database import writing_engine
from data_access.publish import publish
from data_access.release_file import BrokenRelease, checked_header, is_sealed
from data_access.shelf import name_of
from indicators.periods import quarters_of
from tests.contract.tiny_register import CLOSED_YEARS, EDITION, GEMEENTE, TinyRegister

GEMEENTEN = (GEMEENTE, "GM0002")
PEOPLE = 40
# Differ between two runs that do the same.
_OF_THE_RUN = {"release_file": {"made_at", "seal", "content"}, "delivery": {"loaded_at"}}


def fill(engine: Engine) -> None:
    """Fill an empty register with two gemeenten, publish it, and change it once more."""
    tiny = TinyRegister(engine)
    _second_gemeente(tiny)
    for number in range(PEOPLE):
        tiny.agreement(f"person-{number}", "2024-02-01")
    publish(engine, moment=datetime(2026, 2, 1, tzinfo=UTC))
    change(engine)


def change(engine: Engine, times: int = 1) -> None:
    """Change something in each gemeente, so that publishing makes new releases."""
    for _ in range(times):
        with engine.begin() as connection:
            new = len(connection.execute(select(r.participant)).all())
            g = r.gemeente
            connection.execute(g.update().values(residents=g.c.residents + 5))
            connection.execute(r.wijk.update().values(residents=r.wijk.c.residents + 5))
            people = [{"pseudonym": f"person-{new + each}"} for each in range(PEOPLE)]
            connection.execute(r.participant.insert(), people)
            connection.execute(
                r.agreement.insert(),
                [
                    {
                        "id": f"later-{each['pseudonym']}",
                        "supplier": "bakery",
                        "participant": each["pseudonym"],
                        "organisation_id": "bakery",
                        "wijk_code": "WK000101",
                        "wijk_edition": EDITION,
                        "started_on": date(2025, 2, 1),
                        "hours_per_week": 8,
                        "activity": "groen",
                    }
                    for each in people
                ],
            )


def _second_gemeente(tiny: TinyRegister) -> None:
    code, wijk, garden = GEMEENTEN[1], "WK000201", "second"
    tiny.add(r.gemeente, code=code, name="Tweede", residents=2000)
    tiny.add(r.delivery_gemeente, delivery_id=1, gemeente_code=code)
    place = {"code": wijk, "edition": EDITION, "gemeente_code": code}
    tiny.add(r.wijk, **place, name=wijk, residents=2000)
    about = {"id": garden, "name": garden, "kind": "wijkbedrijf", "gemeente_code": code}
    tiny.add(r.organisation, **about, invented=True)
    where = {"wijk_code": wijk, "wijk_edition": EDITION}
    tiny.add(r.organisation_wijk, organisation_id=garden, **where)
    for year in CLOSED_YEARS:
        for quarter in quarters_of(year):
            closed = {"quarter": quarter, "closed_on": date(2026, 1, 15)}
            tiny.add(r.closed_period, gemeente_code=code, **closed)


def content(url: str) -> str:
    """Return a checksum over all rows of a register, but for when things were done and by whom.

    Deliveries count by their order: PostgreSQL does not give a number again that was given to a
    delivery of which nothing was stored. Every release in it must have a good seal.
    """
    digest = hashlib.sha256()
    engine = writing_engine(url)
    with engine.connect() as connection:
        given = connection.scalars(select(r.delivery.c.id).order_by(r.delivery.c.id))
        order = {number: place for place, number in enumerate(given)}
        for table in r.metadata.sorted_tables:
            if table is r.work:
                continue
            left_out = _OF_THE_RUN.get(table.name, set())
            rows = connection.execute(select(table)).mappings().all()
            if table is r.release_file:
                assert all(is_sealed(bytes(row["content"]), row["seal"]) for row in rows)
            of_a_delivery = {each.name for each in table.columns if _is_of_a_delivery(each)}
            lines = sorted(
                repr(
                    [
                        order.get(value) if name in of_a_delivery else value
                        for name, value in row.items()
                        if name not in left_out
                    ]
                )
                for row in rows
            )
            digest.update("\n".join([table.name, *lines]).encode())
    engine.dispose()
    return digest.hexdigest()


def _is_of_a_delivery(column: Column[Any]) -> bool:
    number = r.delivery.c.id
    return column is number or any(each.column is number for each in column.foreign_keys)


def is_marked_busy(url: str) -> bool:
    """Tell whether somebody was loading or publishing when the register was last written to."""
    engine = writing_engine(url)
    with engine.connect() as connection:
        found = connection.execute(select(r.work)).first() is not None
    engine.dispose()
    return found


def files_in(folder: Path) -> set[str]:
    """Return the names of the files of a folder that are releases; each must be a good one."""
    for path in folder.glob("*.sqlite"):
        try:
            assert path.name == name_of(checked_header(path))
        except BrokenRelease as error:
            raise AssertionError(f"{path.name} is broken") from error
    return {path.name for path in folder.glob("*.sqlite")}


def leftovers_in(folder: Path) -> list[Path]:
    """Return the files that somebody was writing in a folder."""
    return sorted(folder.glob(".*.part"))
