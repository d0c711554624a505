"""From cells to values: every row against the model of its file, all faults collected."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic import ValidationError

from data_access.deliveries.columns import RULE, Row
from data_access.deliveries.faults import Fault
from data_access.deliveries.reading import SheetRow, read_sheet
from data_access.deliveries.registry import DeliveryFile
from indicators.vocabulary import Text


class ParsedRow(NamedTuple):
    """A row: its number, its values by field and the cells as they were written.

    A faulty row only has the values that are right.
    """

    number: int
    values: dict[str, Any]
    cells: dict[str, str]


@dataclass(frozen=True)
class ParsedFile:
    """The rows of one file."""

    file: DeliveryFile
    rows: tuple[ParsedRow, ...]

    def complete(self, fields: tuple[str, ...]) -> Iterator[tuple[ParsedRow, tuple[Any, ...]]]:
        """Yield each row in which all these fields are right, with their values."""
        pick = itemgetter(*fields)
        for row in self.rows:
            try:
                picked = pick(row.values)
            except KeyError:
                continue
            yield row, picked if len(fields) > 1 else (picked,)

    def fault(self, row: ParsedRow, fields: tuple[str, ...], expected: Text) -> Fault:
        """Return the fault of a row in these fields."""
        written = (row.cells.get(self.file.columns[field].header, "") for field in fields)
        value = " + ".join(written)
        return Fault(self.file.name, row.number, self.file.headers(fields), value, expected)


def parse_file(
    file: DeliveryFile, content: bytes, today: datetime.date
) -> tuple[ParsedFile, list[Fault]]:
    """Return the values of a CSV file and every fault in its layout, cells and rows."""
    headers = [column.header for column in file.columns.values()]
    may_be_absent = [each.header for each in file.columns.values() if each.may_be_absent]
    written, faults = read_sheet(file.name, content, headers, may_be_absent)
    rows = []
    for row in written:
        values, wrong = validate(file, row, today)
        rows.append(ParsedRow(row.number, values, row.cells))
        if row.whole:
            faults.extend(wrong)
    return ParsedFile(file, tuple(rows)), faults


def validate(
    file: DeliveryFile, row: SheetRow, today: datetime.date
) -> tuple[dict[str, Any], list[Fault]]:
    """Return the right values of a row by field, and the faults in its cells.

    A column that is not there gives no fault here: it was reported once, for the whole file.
    """
    cells = {
        field: row.cells[column.header]
        for field, column in file.columns.items()
        if column.header in row.cells
    }
    try:
        model: Row = file.model.model_validate(cells, context={"today": today})
    except ValidationError as error:
        found = {
            str(each["loc"][0]): each
            for each in error.errors(include_url=False, include_input=False)
        }
        faults = [
            _fault(file, row.number, field, cells[field], found[field])
            for field in cells
            if field in found
        ]
        return _right_values(file, cells, found, today), faults
    return vars(model), []


def _fault(
    file: DeliveryFile, number: int, field: str, cell: str, error: Mapping[str, Any]
) -> Fault:
    column = file.columns[field]
    expected = column.expected
    if error["type"] == RULE:
        expected = Text(error["ctx"]["nl"], error["ctx"]["en"])
    return Fault(file.name, number, column.header, cell, expected)


def _right_values(
    file: DeliveryFile, cells: Mapping[str, str], wrong: Mapping[str, Any], today: datetime.date
) -> dict[str, Any]:
    return {
        field: file.columns[field].parse(cell, today)
        for field, cell in cells.items()
        if field not in wrong
    }
