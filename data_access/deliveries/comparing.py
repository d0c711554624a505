"""Which rows of a file are new to the register, changed in it, or there already as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data_access.deliveries.delivery import Delivery
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import Key, stored_by_key

Values = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """The rows of a file against the register. `before` has the stored rows by key.

    Rows with a fault are in none of the three.
    """

    parsed: ParsedFile
    fields: tuple[str, ...]
    before: dict[Key, Values]
    new: Sequence[ParsedRow]
    changed: Sequence[ParsedRow]
    same: Sequence[ParsedRow]

    def key(self, row: ParsedRow) -> Key:
        """Return the key of a row."""
        return tuple(row.values[field] for field in self.parsed.file.key)

    def keys(self) -> set[Key]:
        """Return the keys of all rows without a fault."""
        return {self.key(row) for row in (*self.new, *self.changed, *self.same)}

    def differing(self) -> Iterator[tuple[ParsedRow, Values | None]]:
        """Yield each new or changed row in the order of the file, with the stored row if any."""
        for row in sorted((*self.new, *self.changed), key=lambda each: each.number):
            yield row, self.before.get(self.key(row))


def compare_all(connection: Connection, delivery: Delivery) -> dict[str, Compared]:
    """Compare every file of a delivery with the register, by the name of the file."""
    return {name: compare(connection, parsed) for name, parsed in delivery.files.items()}


def compare(connection: Connection, parsed: ParsedFile) -> Compared:
    """Compare the rows of one file with the register."""
    key = parsed.file.key
    fullest = max(parsed.rows, key=lambda row: len(row.values), default=None)
    fields = tuple(fullest.values) if fullest else ()
    found = Compared(parsed, fields, {}, [], [], [])
    if not set(key) <= set(fields):
        return found
    rows = [row for row in parsed.rows if len(row.values) == len(fields)]
    asked = (*key, *(field for field in fields if field not in key))
    keys = [found.key(row) for row in rows]
    before = {
        row[: len(key)]: dict(zip(asked, row, strict=True))
        for row in stored_by_key(connection, parsed.file.table, asked, keys)
    }
    new, changed, same = [], [], []
    for row, own in zip(rows, keys, strict=True):
        if own not in before:
            new.append(row)
        elif before[own] != row.values:
            changed.append(row)
        else:
            same.append(row)
    return Compared(parsed, fields, before, new, changed, same)
