"""The cells of the newest release of a gemeente, as an attacker has them beside the new one."""

import sqlite3
from datetime import date

from sqlalchemy import Connection, select

from data_access import register as r
from data_access import release_tables as t
from data_access.publish.counts import ALL
from data_access.publish.protect import Cell, Margin


def read_before(
    connection: Connection, gemeente: str
) -> tuple[dict[tuple[str, str, Margin], Cell], date | None]:
    """Return the cells by (measure, period, margin) and the day on which they came out.

    Releases of another format had another protection: there is then nothing to compare with.
    """
    f = r.release_file.c
    found = connection.execute(
        select(f.content, f.made_at)
        .where(f.gemeente_code == gemeente)
        .order_by(f.number.desc())
        .limit(1)
    ).first()
    if found is None:
        return {}, None
    file = sqlite3.connect(":memory:")
    try:
        file.deserialize(found.content)
        if file.execute("SELECT format FROM pub_release").fetchone() != (t.FORMAT,):
            return {}, None
        names = (
            "measure, period, area_code, organisation_id, item, category, value, status, reason, "
            '"without", missing, error'
        )
        cells = {}
        for row in file.execute(f"SELECT {names} FROM pub_cell"):
            measure, period, area, organisation, item, category, *rest = row
            place = ALL if area == gemeente else area
            margin = (place, organisation or ALL, item, category or ALL)
            value, status, reason, without, missing, error = rest
            absent = tuple(each for each in missing.split(",") if each)
            cells[measure, period, margin] = Cell(
                gemeente, measure, period, margin, value, status, reason, without, absent, error
            )
        return cells, found.made_at.date()
    finally:
        file.close()
