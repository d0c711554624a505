"""Files for a spreadsheet: CSV for a Dutch Excel, and XLSX.

A text that a spreadsheet would run as a formula cannot run from these files; a negative number
stays a number.
"""

import csv
import datetime
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from dashboard.words.numbers import date_long

_RISKY_START = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Sheet:
    """What goes into a file: `notes` above the table (sample banner, source), then the table.

    `rows` hold text, numbers, dates or None (an empty cell).
    """

    title: str
    notes: tuple[str, ...]
    headers: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    language: str


def harmless(text: str) -> str:
    """Return `text` so that no spreadsheet takes it for a formula: with ' in front where needed."""
    return f"'{text}" if text.lstrip(" \N{NO-BREAK SPACE}").startswith(_RISKY_START) else text


def csv_file(sheet: Sheet) -> bytes:
    """Return the sheet as CSV: `;`, decimal comma (point in English), UTF-8 with BOM, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(sheet.title)])
    writer.writerows([harmless(note)] for note in sheet.notes)
    writer.writerow([])
    writer.writerow([harmless(header) for header in sheet.headers])
    writer.writerows([_csv_cell(cell, sheet.language) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Any, language: str) -> str:
    if _is_empty(cell):
        return ""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, datetime.date):
        return cell.strftime("%d-%m-%Y" if language == "nl" else "%Y-%m-%d")
    plain = format(Decimal(str(cell)).normalize() + 0, "f")
    return plain.replace(".", ",") if language == "nl" else plain


def xlsx_file(sheet: Sheet) -> bytes:
    """Return the sheet as XLSX: numbers as numbers, every text as text, the header row frozen."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    page = book.add_worksheet()
    bold, note = book.add_format({"bold": True}), book.add_format({"italic": True})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd-mm-yyyy" if sheet.language == "nl" else "yyyy-mm-dd"})
    page.write_string(0, 0, harmless(sheet.title), bold)
    for line, each in enumerate(sheet.notes, start=1):
        page.write_string(line, 0, harmless(each), note)
    top = len(sheet.notes) + 2
    for column, header in enumerate(sheet.headers):
        page.write_string(top, column, harmless(header), head)
        page.set_column(column, column, _width(sheet, column))
    for line, row in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(row):
            _write(page, line, column, cell, day)
    page.freeze_panes(top + 1, 1)
    book.set_properties({"title": sheet.title, "comments": " ".join(sheet.notes)})
    book.close()
    return file.getvalue()


def _write(page: Any, line: int, column: int, cell: Any, day: Any) -> None:
    if _is_empty(cell):
        page.write_blank(line, column, None)
    elif isinstance(cell, str):
        page.write_string(line, column, harmless(cell))
    elif isinstance(cell, datetime.date):
        page.write_datetime(line, column, cell, day)
    else:
        page.write_number(line, column, float(cell))


def _width(sheet: Sheet, column: int) -> int:
    texts = [str(row[column]) for row in sheet.rows if not _is_empty(row[column])]
    longest = max((len(text) for text in (*texts, sheet.headers[column])), default=10)
    return min(max(longest + 2, 10), 48)


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def file_name(parts: Sequence[str], ending: str) -> str:
    """Return a file name of plain letters: ("Kaart", "2025-Q4") -> "kaart-2025-q4.csv"."""
    letters = "-".join(parts).lower()
    kept = "".join(mark if mark.isascii() and mark.isalnum() else "-" for mark in letters)
    return "-".join(piece for piece in kept.split("-") if piece) + "." + ending


def made_on(gemeente: str, day: datetime.date, number: int, language: str) -> str:
    """Return the line that says which release of which gemeente figures come from."""
    if language == "nl":
        return f"{gemeente}: publicatie {number} van {date_long(day, language)}"
    return f"{gemeente}: release {number} of {date_long(day, language)}"
