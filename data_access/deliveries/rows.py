"""From cells to values: every row against the model of its file, all faults collected."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic import ValidationError

from data_access.deliveries.columns import RULE, Row
from data_access.deliveries.faults import Fault
from data_access.deliveries.misread import Misread
from data_access.deliveries.reading import SheetRow, read_sheet
from data_access.deliveries.registry import DeliveryFile
from data_access.deliveries.written_numbers import decimal_point, may_be_thousands_or_decimals
from indicators.vocabulary import Text

# Excel keeps so many digits of a number and makes the rest noughts.
_DIGITS_OF_A_SPREADSHEET = 15
_AS_TEXT = Text(
    "een code als tekst; Excel houdt haar voor een getal of datum, en dan gaan cijfers verloren. "
    "Maak de kolom op als tekst en vul haar opnieuw",
    "a code as text; Excel takes it for a number or date, and then digits are lost. Format the "
    "column as text and fill it again",
)


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
    """Return the values of a CSV or Excel file and every fault in its layout, cells and rows."""
    columns = file.columns.values()
    headers = [column.header for column in columns]
    may_be_absent = [column.header for column in columns if column.may_be_absent]
    may_be_empty = [column.header for column in columns if not column.required]
    written, faults = read_sheet(file.name, content, headers, may_be_absent, may_be_empty)
    faults.extend(_uncertain_points(file, written))
    rows = []
    for row in written:
        if row.whole and (remark := _remark(file, row)):
            faults.append(remark)
            continue
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
    lost = {
        field: fault
        for field in (cells if row.native else ())
        if (fault := _lost_by_spreadsheet(file, row, field))
    }
    cells = {field: cell for field, cell in cells.items() if field not in lost}
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
        right = _right_values(file, cells, found, today)
        return right, [*lost.values(), *faults]
    return vars(model), []


def _fault(
    file: DeliveryFile, number: int, field: str, cell: str, error: Mapping[str, Any]
) -> Fault:
    column = file.columns[field]
    expected = column.expected
    context = error.get("ctx", {})
    if error["type"] == RULE:
        expected = Text(context["nl"], context["en"])
    elif isinstance(context.get("error"), Misread):
        expected = context["error"].expected
    return Fault(file.name, number, column.header, cell, expected)


def _right_values(
    file: DeliveryFile, cells: Mapping[str, str], wrong: Mapping[str, Any], today: datetime.date
) -> dict[str, Any]:
    return {
        field: file.columns[field].parse(cell, today)
        for field, cell in cells.items()
        if field not in wrong
    }


def _remark(file: DeliveryFile, row: SheetRow) -> Fault | None:
    """Return the fault of a row that is no row of the table: a source, a total, a remark."""
    required = [
        column.header
        for column in file.columns.values()
        if column.required and column.header in row.cells
    ]
    filled = [header for header in required if row.cells.get(header)]
    if len(required) < 2 or 2 * len(filled) >= len(required):
        return None
    missing = ", ".join(header for header in required if header not in filled)
    value = next((cell for cell in row.cells.values() if cell), "")
    return Fault(
        file.name,
        row.number,
        "",
        value,
        Text(
            "een rij van de tabel; dit lijkt een bron, totaal of opmerking. Verwijder deze rij, of "
            f"vul in: {missing}",
            "a row of the table; this looks like a source, total or remark. Remove this row, or "
            f"fill in: {missing}",
        ),
    )


def _uncertain_points(file: DeliveryFile, rows: list[SheetRow]) -> Iterator[Fault]:
    """Yield a fault for each 15.000 in a column that has decimal points elsewhere."""
    for column in file.columns.values():
        if column.kind.sort != "number":
            continue
        cells = [(row.number, row.cells.get(column.header, "")) for row in rows]
        point = decimal_point(cell for _, cell in cells)
        if point is None:
            continue
        expected = Text(
            f"een getal zonder punt, of met decimalen achter een komma; in deze kolom staat ook "
            f"{point}, dus de punt kan duizend of decimalen betekenen",
            f"a number without a point, or with decimals behind a comma; this column also holds "
            f"{point}, so the point can mean thousands or decimals",
        )
        for number, cell in cells:
            if may_be_thousands_or_decimals(cell):
                yield Fault(file.name, number, column.header, cell, expected)


def _lost_by_spreadsheet(file: DeliveryFile, row: SheetRow, field: str) -> Fault | None:
    """Return the fault of a code that Excel holds as a number or date, and has changed by that."""
    column = file.columns[field]
    if column.kind.sort not in ("code", "choice"):
        return None
    value = row.native.get(column.header)
    cell = row.cells[column.header]
    changed = isinstance(value, datetime.date) or (isinstance(value, float) and "," in cell)
    is_number = column.kind.sort == "code" and isinstance(value, int | float)
    cut = is_number and len(cell.lstrip("-")) >= _DIGITS_OF_A_SPREADSHEET
    return Fault(file.name, row.number, column.header, cell, _AS_TEXT) if changed or cut else None
