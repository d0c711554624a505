"""Write gemeenten and wijken into the register: what is new or different, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from data_access.register import gemeente, wijk
from data_access.same_wijk import normalised_name, without_accents
from indicators.vocabulary import Text


@dataclass(frozen=True)
class Changes:
    """How many rows were new, changed, or already as they should be."""

    new: int
    changed: int
    unchanged: int

    @property
    def total(self) -> int:
        """All rows of the file."""
        return self.new + self.changed + self.unchanged


def existing_wijken(connection: Connection, edition: int) -> dict[str, Mapping[str, Any]]:
    """Return the rows of one edition by code of the wijk."""
    rows = connection.execute(select(wijk).where(wijk.c.edition == edition)).mappings()
    return {row["code"]: dict(row) for row in rows}


def existing_gemeenten(connection: Connection) -> dict[str, Mapping[str, Any]]:
    """Return all rows of the table gemeente by code."""
    return {row["code"]: dict(row) for row in connection.execute(select(gemeente)).mappings()}


def other_wijken(
    existing: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], edition: int
) -> list[Text]:
    """Return a fault for each wijk that has another name in the register: another wijk."""
    return [
        Text(
            f"{code} heet in het register (editie {edition}) '{existing[code]['name']}', in dit "
            f"bestand '{name}'. Dat is een andere wijk: klopt --edition?",
            f"{code} is called '{existing[code]['name']}' in the register (edition {edition}), "
            f"'{name}' in this file. That is another wijk: is --edition right?",
        )
        for code, name in sorted(names.items())
        if code in existing and normalised_name(existing[code]["name"]) != normalised_name(name)
    ]


def best_spelling(known: str, given: str) -> str:
    """Return the name in the register, unless the given one adds nothing but accents.

    Some programs strip accents: `Nijlan` gives way to `Nijlân`, never the other way round.
    """
    return given if given != known and without_accents(given) == known else known


def add_gemeenten(connection: Connection, names: Mapping[str, str]) -> tuple[str, ...]:
    """Create the gemeenten that are missing; return their codes, in order.

    names: by code; '' when unknown, then the code stands in until a file brings the name.
    """
    existing = existing_gemeenten(connection)
    new = sorted(code for code in names if code not in existing)
    if new:
        rows = [{"code": code, "name": names[code] or code} for code in new]
        connection.execute(insert(gemeente), rows)
    named = [
        {"its_code": code, "its_name": name}
        for code, name in sorted(names.items())
        if name and code in existing and existing[code]["name"] == code
    ]
    if named:
        statement = update(gemeente).where(gemeente.c.code == bindparam("its_code"))
        connection.execute(statement.values(name=bindparam("its_name")), named)
    return tuple(new)


def write_wijken(
    connection: Connection,
    edition: int,
    existing: Mapping[str, Mapping[str, Any]],
    rows: Iterable[Mapping[str, Any]],
) -> Changes:
    """Insert the rows that are not there yet and update those that differ.

    rows: values by column of the table wijk, with the code; all rows have the same columns.
    """
    rows = list(rows)
    new = [{**row, "edition": edition} for row in rows if row["code"] not in existing]
    changed = [
        {f"its_{column}": value for column, value in row.items()}
        for row in rows
        if row["code"] in existing and _differs(existing[row["code"]], row)
    ]
    if new:
        connection.execute(insert(wijk), new)
    if changed:
        columns = [column for column in rows[0] if column != "code"]
        statement = (
            update(wijk)
            .where(wijk.c.code == bindparam("its_code"), wijk.c.edition == edition)
            .values({column: bindparam(f"its_{column}") for column in columns})
        )
        connection.execute(statement, changed)
    return Changes(len(new), len(changed), len(rows) - len(new) - len(changed))


def _differs(known: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return any(known[column] != value for column, value in row.items())
