"""What was public and decided before a draft: an attacker has the release before beside it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from data_access import register as r
from data_access import release_tables as t
from data_access.disclosure.small_places import Standing
from data_access.publish.book import Book, StandingKey
from data_access.publish.counts import ALL
from data_access.publish.protect import Cell, Margin

Cells = dict[tuple[str, str, Margin], Cell]


@dataclass(frozen=True)
class Earlier:
    """What stood before a draft was made.

    cells: of the newest release, by (measure, period, margin); made_on: the day it came out, None
    where there is none to compare with. standing: how places took part, as it was decided.
    """

    cells: Mapping[tuple[str, str, Margin], Cell] = field(default_factory=dict)
    made_on: date | None = None
    standing: Mapping[StandingKey, Mapping[str, Standing]] = field(default_factory=dict)


def read_earlier(connection: Connection, gemeente: str, book: Book) -> Earlier:
    """Return what stood before a draft; to be read before `book` is brought up to date."""
    cells, made_on = _newest(connection, gemeente)
    return Earlier(cells, made_on, {key: dict(places) for key, places in book.standing.items()})


def _newest(connection: Connection, gemeente: str) -> tuple[Cells, date | None]:
    """Releases of another format had another protection: there is then nothing to compare with."""
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
        cells: Cells = {}
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
