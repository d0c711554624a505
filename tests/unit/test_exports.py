"""Files for a spreadsheet: what is a number stays one, what is text never runs."""

import csv
import datetime
import io

import openpyxl
import pytest

from dashboard.tables import files as exports
from dashboard.tables.files import Sheet

ATTACKS = [
    "=1+1",
    "+31612345678",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    '=HYPERLINK("http://example.org")',
]


def _sheet(rows, language="nl", notes=("Voorbeeldcijfers: verzonnen",)):
    headers = tuple(f"kolom {place}" for place in range(len(rows[0])))
    return Sheet("Vrijwilligers per wijk", notes, headers, tuple(rows), language)


def _csv_rows(sheet):
    text = exports.csv_file(sheet).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def _cells(sheet):
    page = openpyxl.load_workbook(io.BytesIO(exports.xlsx_file(sheet))).active
    return list(page.iter_rows())


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_cannot_run_in_csv(attack):
    cell = _csv_rows(_sheet([(attack,)]))[-1][0]
    assert cell == f"'{attack}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_cannot_run_in_xlsx(attack):
    cell = _cells(_sheet([(attack,)]))[-1][0]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


@pytest.mark.parametrize("attack", ATTACKS[:4])
def test_title_notes_and_headers_cannot_run_either(attack):
    sheet = Sheet(attack, (attack,), (attack,), (("x",),), "nl")
    lines = _csv_rows(sheet)
    assert [lines[0][0], lines[1][0], lines[3][0]] == [f"'{attack}"] * 3
    assert {cell.data_type for row in _cells(sheet) for cell in row} <= {"s", "n"}


def test_ordinary_text_is_left_alone():
    assert exports.harmless("Bilgaard & Havankpark e.o.") == "Bilgaard & Havankpark e.o."
    assert exports.harmless("12-06-2023") == "12-06-2023"


def test_negative_number_stays_a_number():
    sheet = _sheet([(-12.5,)])
    assert _csv_rows(sheet)[-1] == ["-12,5"]
    cell = _cells(sheet)[-1][0]
    assert (cell.data_type, cell.value) == ("n", -12.5)


def test_csv_is_for_a_dutch_excel():
    raw = exports.csv_file(_sheet([("Nijlân", 1234.5, 7.0, None)]))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[-1] == "Nijlân;1234,5;7;"
    assert b"\r\n" in raw


def test_csv_in_english_has_a_decimal_point():
    assert _csv_rows(_sheet([(1234.5,)], language="en"))[-1] == ["1234.5"]


def test_numbers_are_never_written_with_an_exponent():
    assert _csv_rows(_sheet([(1e-7, 1e21)]))[-1] == ["0,0000001", "1" + "0" * 21]


def test_semicolon_quote_and_newline_survive():
    nasty = 'a;b "c"\nd'
    assert _csv_rows(_sheet([(nasty,)]))[-1] == [nasty]


def test_dates_and_empty_cells():
    day = datetime.date(2025, 12, 31)
    assert _csv_rows(_sheet([(day, float("nan"), None)]))[-1] == ["31-12-2025", "", ""]
    row = _cells(_sheet([(day, float("nan"), None)]))[-1]
    assert row[0].value == datetime.datetime(2025, 12, 31)
    assert [cell.value for cell in row[1:]] == [None, None]


def test_banner_stands_above_the_figures_in_both_files():
    sheet = _sheet([("x",)])
    assert _csv_rows(sheet)[1] == ["Voorbeeldcijfers: verzonnen"]
    assert _cells(sheet)[1][0].value == "Voorbeeldcijfers: verzonnen"


def test_file_name_is_plain():
    name = exports.file_name(("Kaart", "", "GM0080", "2025-Q4", "=../Wijk é"), "csv")
    assert name == "kaart-gm0080-2025-q4-wijk.csv"
