"""Reading a table about people from CSV or Excel, and writing one that holds no person."""

import csv
import datetime
import importlib
import io
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.errors import DataAccessError

DELIMITERS = (";", ",", "\t")
EXCEL = ".xlsx"
# Accented letters in UTF-8. In Windows-1252 these are pairs such as "Ã©", which nobody writes.
_ALSO_UTF8 = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")


@dataclass(frozen=True)
class Line:
    """A row with its number in a spreadsheet (the header is row 1).

    `texts` are the cells as text without blanks around them, `values` what is to be written.
    """

    number: int
    texts: list[str]
    values: list[Any]


def read_lines(path: Path, known_headers: frozenset[str]) -> list[Line]:
    """Return the rows that hold anything, the header first, all as long as the longest.

    CSV in UTF-8 or Windows-1252 with the delimiter that makes the most `known_headers` (small
    letters), or the only filled sheet of an .xlsx. Raises DataAccessError, never quoting a cell.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataAccessError(
            f"{path} kan niet worden gelezen ({error.strerror}).",
            f"{path} cannot be read ({error.strerror}).",
        ) from error
    if path.suffix.lower() == EXCEL:
        lines = _of_workbook(path, content)
    else:
        lines = _of_text(path, _decoded(path, content), known_headers)
    width = max((len(line.texts) for line in lines), default=0)
    for line in lines:
        line.values.extend([""] * (width - len(line.texts)))
        line.texts.extend([""] * (width - len(line.texts)))
    return lines


def write_lines(path: Path, lines: Sequence[Sequence[Any]], *, overwrite: bool) -> None:
    """Write rows as CSV (`;`, UTF-8 with BOM, as deliveries are) or .xlsx, readable by us only.

    The file is written aside and gets its name when it is whole. Raises DataAccessError when it
    exists and `overwrite` is not asked, or when it cannot be written; nothing is left behind then.
    """
    content = _as_workbook(lines) if path.suffix.lower() == EXCEL else _as_text(lines)
    aside: Path | None = None
    try:
        # mkstemp gives mode 0600.
        handle, name = tempfile.mkstemp(prefix=".pseudonymise-", dir=path.parent)
        aside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            aside.replace(path)
        else:
            _name_without_replacing(aside, path)
    except FileExistsError as error:
        raise exists_already(path) from error
    except OSError as error:
        raise DataAccessError(
            f"{path} kan niet worden geschreven ({error.strerror}). Kies met --out een andere "
            "plaats.",
            f"{path} cannot be written ({error.strerror}). Choose another place with --out.",
        ) from error
    finally:
        if aside is not None:
            aside.unlink(missing_ok=True)


def exists_already(path: Path) -> DataAccessError:
    """Return the error for an output file that is there already."""
    return DataAccessError(
        f"{path} bestaat al; er is niets geschreven. Kies met --out een andere naam, of vervang "
        "het met --overwrite.",
        f"{path} exists already; nothing was written. Choose another name with --out, or replace "
        "it with --overwrite.",
    )


def _name_without_replacing(aside: Path, path: Path) -> None:
    """Give a file its name; raises FileExistsError also when another program was just before us."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        # Some disks (FAT) know no second name for a file.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        aside.rename(path)


def _decoded(path: Path, content: bytes) -> str:
    try:
        if b"\x00" in content:
            raise _no_text(path)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if _ALSO_UTF8.search(content):
        raise DataAccessError(
            f"{path.name} is deels UTF-8 en deels Windows-1252, dus namen zijn beschadigd. Bewaar "
            "het opnieuw vanuit de bron, als CSV UTF-8.",
            f"{path.name} is partly UTF-8 and partly Windows-1252, so names are damaged. Save it "
            "again from its source, as CSV UTF-8.",
        )
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        # Without its cause: that one carries the bytes of the file.
        del error
        raise _no_text(path) from None


def _of_text(path: Path, text: str, known_headers: frozenset[str]) -> list[Line]:
    def known(delimiter: str) -> int:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return len({cell.strip().casefold() for cell in first} & known_headers)

    try:
        delimiter = max(DELIMITERS, key=known)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines = []
        number = 0
        for number, cells in enumerate(reader, start=1):
            texts = [cell.strip() for cell in cells]
            if any(texts):
                lines.append(Line(number, texts, list(cells)))
    except csv.Error as error:
        row = number + 1
        raise DataAccessError(
            f"{path.name} is vanaf rij {row} niet te lezen: aanhalingstekens moeten openen en "
            'sluiten ("), en in een tekst verdubbeld zijn ("").',
            f'{path.name} cannot be read from row {row} on: quotes must open and close ("), and '
            'be doubled inside a text ("").',
        ) from error
    return lines


def _of_workbook(path: Path, content: bytes) -> list[Line]:
    openpyxl = _openpyxl()
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        filled = []
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                rows = enumerate(sheet.iter_rows(values_only=True), start=1)
                lines = [_line(number, cells) for number, cells in rows]
                filled.append([line for line in lines if any(line.texts)])
    except Exception as error:
        # Whatever openpyxl meets in a damaged file may quote what is in it.
        raise DataAccessError(
            f"{path.name} is geen leesbaar Excel-bestand ({type(error).__name__}). Bewaar het "
            "opnieuw in Excel, of als CSV UTF-8.",
            f"{path.name} is no readable Excel file ({type(error).__name__}). Save it again in "
            "Excel, or as CSV UTF-8.",
        ) from None
    filled = [lines for lines in filled if lines]
    if len(filled) > 1:
        raise DataAccessError(
            f"{path.name} heeft {len(filled)} gevulde werkbladen. Bewaar een bestand met alleen "
            "het blad met mensen.",
            f"{path.name} has {len(filled)} filled sheets. Save a file with the sheet of people "
            "only.",
        )
    return filled[0] if filled else []


def _line(number: int, cells: Sequence[Any]) -> Line:
    return Line(
        number, [_as_shown(cell) for cell in cells], ["" if c is None else c for c in cells]
    )


def _as_shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return f"{cell:%d-%m-%Y}" if midnight else f"{cell:%d-%m-%Y %H:%M:%S}"
    if isinstance(cell, datetime.date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _as_text(lines: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def _as_workbook(lines: Sequence[Sequence[Any]]) -> bytes:
    openpyxl = _openpyxl()
    book = openpyxl.Workbook()
    sheet = book.active
    for row, cells in enumerate(lines, start=1):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(row, column, None if value == "" else value)
            if isinstance(value, str) and value:
                # A text that begins with "=" stays a text.
                cell.data_type = "s"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _openpyxl() -> Any:
    try:
        return importlib.import_module("openpyxl")
    except ImportError as error:
        raise DataAccessError(
            "Een .xlsx lezen kan hier niet, want openpyxl ontbreekt. Bewaar het bestand als CSV "
            "UTF-8, of installeer openpyxl.",
            "An .xlsx cannot be read here, because openpyxl is missing. Save the file as CSV "
            "UTF-8, or install openpyxl.",
        ) from error


def _no_text(path: Path) -> DataAccessError:
    return DataAccessError(
        f"{path.name} is geen CSV in UTF-8 of Windows-1252. Kies in Excel bij Opslaan als: 'CSV "
        "UTF-8'.",
        f"{path.name} is no CSV in UTF-8 or Windows-1252. In Excel choose under Save as: 'CSV "
        "UTF-8'.",
    )
