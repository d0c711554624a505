"""From the bytes of an Excel file (.xlsx) to numbered rows of cells, as an officer sees them.

Numbers become Dutch text without the noise of binary fractions, dates become 2025-12-31, formulas
their stored value. What a cell really is goes along, since Excel can have lost digits of a code.
"""

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import openpyxl

from data_access.deliveries.faults import Fault
from indicators.vocabulary import Text

ENDING = ".xlsx"

# A sheet of half a million rows stays under this; beyond it a file was made to fill memory.
_LARGEST_UNPACKED = 200_000_000
_LARGEST_RATIO = 200
_MOST_PARTS = 2_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMULA = re.compile(rb"<f[ >/]")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ZEROS = re.compile("0+")
_SIGNIFICANT_DIGITS = ".15g"
_UNREADABLE = Text(
    "een Excel-bestand (.xlsx) dat Excel kan openen; dit is beschadigd of geen Excel-bestand. Open "
    "het in Excel en bewaar het opnieuw",
    "an Excel file (.xlsx) that Excel can open; this one is damaged or no Excel file. Open it in "
    "Excel and save it again",
)
_PROTECTED = Text(
    "een Excel-bestand zonder wachtwoord, in de indeling .xlsx; dit is beveiligd of een oude .xls. "
    "Bewaar het zonder wachtwoord als Excel-werkmap (.xlsx)",
    "an Excel file without a password, in the format .xlsx; this one is protected or an old .xls. "
    "Save it without a password as Excel Workbook (.xlsx)",
)
_TOO_LARGE = Text(
    "een Excel-bestand van gewone grootte; dit is uitgepakt buitengewoon groot. Kopieer alleen de "
    "gevulde cellen naar een nieuw bestand",
    "an Excel file of ordinary size; unpacked this one is extraordinarily large. Copy only the "
    "filled cells to a new file",
)
_NO_STORED_VALUE = Text(
    "een waarde; bij een formule in deze rij is geen uitkomst bewaard. Open het bestand in Excel "
    "en bewaar het opnieuw",
    "a value; no result is stored with a formula in this row. Open the file in Excel and save it "
    "again",
)


class Record(NamedTuple):
    """A row that is not empty: its number, its cells, and by position what is no text in Excel."""

    number: int
    cells: list[str]
    native: dict[int, object]


def is_workbook(name: str) -> bool:
    """Tell whether a file of this name is read as an Excel file."""
    return name.lower().endswith(ENDING)


def read_workbook(name: str, content: bytes) -> list[Record] | Fault:
    """Return the rows of the only filled sheet that is not hidden, or the fault in the file."""
    if content.startswith(_OLE):
        return Fault(name, None, "", "", _PROTECTED)
    try:
        formulas = _check_parts(content)
        if isinstance(formulas, Text):
            return Fault(name, None, "", "", formulas)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            filled = list(_filled_sheets(content))
            if len(filled) > 1:
                return Fault(name, None, "", filled[1][0], _one_sheet([each[0] for each in filled]))
            if not filled:
                return []
            title, records = filled[0]
            if formulas and (row := _row_without_result(content, title)):
                return Fault(name, row, "", "", _NO_STORED_VALUE)
            return records
    # openpyxl raises errors of many kinds on a damaged file, also those of zip and XML.
    except Exception:
        return Fault(name, None, "", "", _UNREADABLE)


def _check_parts(content: bytes) -> bool | Text:
    """Return whether there are formulas, or what was expected of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sizes = parts.infolist()
        unpacked = sum(part.file_size for part in sizes)
        bomb = unpacked > 10_000_000 and unpacked > _LARGEST_RATIO * len(content)
        if bomb or unpacked > _LARGEST_UNPACKED or len(sizes) > _MOST_PARTS:
            return _TOO_LARGE
        return any(
            _FORMULA.search(parts.read(part))
            for part in sizes
            if _SHEET_PART.fullmatch(part.filename)
        )


def _filled_sheets(content: bytes) -> Iterator[tuple[str, list[Record]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        # Some programs store a wrong size of the sheet; rows beyond it would be lost.
        sheet.reset_dimensions()
        records = [
            record
            for number, row in enumerate(sheet.iter_rows(), start=1)
            if (record := _record(number, row)) is not None
        ]
        if records:
            yield sheet.title, records


def _record(number: int, row: tuple[Any, ...]) -> Record | None:
    if all(cell.value is None for cell in row):
        return None
    cells = [_text(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    native = {
        position: cell.value
        for position, cell in enumerate(row[: len(cells)])
        if cell.value is not None and not isinstance(cell.value, str)
    }
    return Record(number, cells, native) if cells else None


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format or ""))
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return str(value).strip()


def _number(value: float, number_format: str) -> str:
    exact = format(value, _SIGNIFICANT_DIGITS) if isinstance(value, float) else value
    plain = f"{Decimal(exact):f}"
    if "." in plain:
        return plain.rstrip("0").rstrip(".").replace(".", ",")
    # A format of zeros only shows zeros in front: 004512.
    return plain.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else plain


def _row_without_result(content: bytes, title: str) -> int | None:
    kept = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)[title]
    written = openpyxl.load_workbook(io.BytesIO(content), read_only=True)[title]
    for sheet in (kept, written):
        sheet.reset_dimensions()
    rows = zip(kept.iter_rows(), written.iter_rows(), strict=True)
    for number, (results, formulas) in enumerate(rows, start=1):
        for result, formula in zip(results, formulas, strict=True):
            if result.value is None and formula.value is not None:
                return number
    return None


def _one_sheet(titles: list[str]) -> Text:
    names = ", ".join(titles)
    return Text(
        f"één gevuld werkblad; er zijn er {len(titles)}: {names}. Verwijder of verberg de andere",
        f"one filled sheet; there are {len(titles)}: {names}. Remove or hide the others",
    )
