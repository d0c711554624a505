"""Excel files are read as an officer sees them, or refused with a sentence; never a crash."""

import datetime
import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.deliveries.faults import Fault
from data_access.deliveries.registry import ALL_FILES, DeliveryFile
from data_access.deliveries.rows import ParsedFile, parse_file
from data_access.deliveries.workbooks import Record, read_workbook
from tests.small_delivery import TODAY

# A busy machine may be slow; these tests are about what comes out.
patient = settings(deadline=None)

FILES = {file.name: file for file in ALL_FILES}
HEADERS = {name: [each.header for each in file.columns.values()] for name, file in FILES.items()}
AGREEMENT = [
    "v-1", "p-001", "bilgaard", "WK008060", 2023, datetime.date(2023, 1, 1), None, 7.5, "groen",
]  # fmt: skip
SPENDING = [
    "b-1", "GM0080", datetime.datetime(2025, 2, 1), None, None, None, "6.1", "fno",
    0.1 + 0.2, "structureel", None, "x",
]  # fmt: skip


def workbook(*rows: list[Any], change: Callable[[Any], None] = lambda book: None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parse(name: str, *rows: list[Any], **more: Any) -> tuple[ParsedFile, list[Fault]]:
    file = FILES[f"{name}.csv"]
    as_workbook = DeliveryFile(f"{name}.xlsx", file.model, file.table, file.about)
    return parse_file(as_workbook, workbook(HEADERS[file.name], *rows, **more), TODAY)


def test_dates_numbers_and_empty_cells_are_what_they_are() -> None:
    parsed, faults = parse("vrijwilligers", AGREEMENT)
    assert faults == []
    assert parsed.rows[0].number == 2
    assert parsed.rows[0].values["started_on"] == datetime.date(2023, 1, 1)
    assert parsed.rows[0].values["ended_on"] is None
    assert str(parsed.rows[0].values["hours_per_week"]) == "7.5"


def test_an_amount_has_no_noise_of_binary_fractions() -> None:
    parsed, faults = parse("besteding", SPENDING)
    assert faults == []
    assert parsed.rows[0].values["amount_cents"] == 30
    assert parsed.rows[0].cells["bedrag"] == "0,3"


@patient
@given(cents=st.integers(-(10**11), 10**11).filter(bool))
def test_an_amount_survives_a_workbook_to_the_cent(cents: int) -> None:
    row = [*SPENDING[:8], cents / 100, *SPENDING[9:]]
    parsed, faults = parse("besteding", row)
    assert (faults, parsed.rows[0].values["amount_cents"]) == ([], cents)


def test_a_text_keeps_its_noughts_and_a_format_of_noughts_shows_them() -> None:
    def noughts(book: Any) -> None:
        book.active["B3"].number_format = "000000"

    parsed, faults = parse(
        "vrijwilligers",
        ["0001", "004512", *AGREEMENT[2:]],
        [2, 4512, *AGREEMENT[2:]],
        change=noughts,
    )
    assert faults == []
    assert [row.values["participant"] for row in parsed.rows] == ["004512", "004512"]
    assert [row.values["id"] for row in parsed.rows] == ["0001", "2"]


@pytest.mark.parametrize(
    ("name", "row", "column", "value"),
    [
        ("vrijwilligers", [123456789012345, *AGREEMENT[1:]], "kenmerk", "123456789012345"),
        ("vrijwilligers", [1.5, *AGREEMENT[1:]], "kenmerk", "1,5"),
        ("vrijwilligers", [datetime.date(2025, 3, 1), *AGREEMENT[1:]], "kenmerk", "2025-03-01"),
        ("besteding", [*SPENDING[:6], 6.2, *SPENDING[7:]], "taakveld", "6,2"),
        ("besteding", [*SPENDING[:6], datetime.date(2025, 1, 6), *SPENDING[7:]], "taakveld",
         "2025-01-06"),
    ],
)  # fmt: skip
def test_a_code_that_excel_changed_has_to_be_text(
    name: str, row: list[Any], column: str, value: str
) -> None:
    _, (fault,) = parse(name, row)
    assert (fault.file, fault.row, fault.column) == (f"{name}.xlsx", 2, column)
    assert fault.value == value
    assert "als tekst" in fault.expected.nl


def test_a_wijk_code_as_a_number_gets_the_code_that_may_be_meant() -> None:
    _, (fault,) = parse("vrijwilligers", [*AGREEMENT[:3], 19330, *AGREEMENT[4:]])
    assert "bedoelt u WK019330?" in fault.expected.nl


def test_a_number_where_a_date_belongs_is_named() -> None:
    _, (fault,) = parse("vrijwilligers", [*AGREEMENT[:5], 46022, *AGREEMENT[6:]])
    assert "31-12-2025 bewaart" in fault.expected.nl


def test_a_boolean_is_yes_or_no_and_rows_keep_their_numbers() -> None:
    parsed, faults = parse("levering", [None], ["Proef", True, None])
    assert (faults, parsed.rows[0].number, parsed.rows[0].values["sample"]) == ([], 3, True)


def test_an_error_of_excel_is_no_text() -> None:
    _, (fault,) = parse("levering", ["#N/A", True, None])
    assert "foutmelding" in fault.expected.nl


def test_a_formula_without_a_stored_result_is_a_fault_in_its_row() -> None:
    _, (fault,) = parse("vrijwilligers", AGREEMENT, [*AGREEMENT[:6], "=F2", *AGREEMENT[7:]])
    assert (fault.row, fault.column) == (3, "")
    assert "formule" in fault.expected.nl


def test_a_formula_with_a_result_is_its_result() -> None:
    content = workbook(HEADERS["levering.csv"], ["=1+1", True])
    with_result = _replaced(content, b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
    assert with_result != content
    records = read_workbook("levering.xlsx", with_result)
    assert isinstance(records, list)
    assert records[1] == Record(2, ["2", "WAAR"], {0: 2, 1: True})


def test_only_one_sheet_may_be_filled_and_hidden_ones_do_not_count() -> None:
    def second(book: Any) -> None:
        book.create_sheet("Leeg")
        book.create_sheet("Uitleg").append(["Hoe dit werkt"])

    def hidden(book: Any) -> None:
        second(book)
        book["Uitleg"].sheet_state = "hidden"

    _, (fault,) = parse("vrijwilligers", AGREEMENT, change=second)
    assert "één gevuld werkblad; er zijn er 2: Sheet, Uitleg" in fault.expected.nl
    assert parse("vrijwilligers", AGREEMENT, change=hidden)[1] == []


def test_a_sheet_with_nothing_lacks_its_header() -> None:
    file = FILES["ladder.csv"]
    as_workbook = DeliveryFile("ladder.xlsx", file.model, file.table, file.about)
    _, (fault,) = parse_file(as_workbook, workbook(), TODAY)
    assert fault.row == 1
    assert "een eerste rij" in fault.expected.nl


def test_a_size_that_a_program_stored_wrongly_loses_no_rows() -> None:
    content = workbook(HEADERS["levering.csv"], ["Proef", True])
    wrong = _replaced(content, b'<dimension ref="A1:C2"', b'<dimension ref="A1:A1"')
    assert wrong != content
    records = read_workbook("levering.xlsx", wrong)
    assert isinstance(records, list)
    assert [record.number for record in records] == [1, 2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "beschadigd"),
        (b"kenmerk;naam\n", "beschadigd"),
        (b"PK\x03\x04 half", "beschadigd"),
        (workbook(["a"])[:-200], "beschadigd"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "zonder wachtwoord"),
    ],
)
def test_a_file_that_is_damaged_or_protected_is_one_sentence(content: bytes, words: str) -> None:
    fault = read_workbook("ladder.xlsx", content)
    assert isinstance(fault, Fault)
    assert words in fault.expected.nl


def test_a_file_that_was_made_to_fill_memory_is_not_unpacked() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    fault = read_workbook("ladder.xlsx", stream.getvalue())
    assert isinstance(fault, Fault)
    assert "buitengewoon groot" in fault.expected.nl


@patient
@given(content=st.binary(), place=st.integers(0, 5_000))
def test_no_bytes_make_reading_crash(content: bytes, place: int) -> None:
    read_workbook("ladder.xlsx", content)
    whole = workbook(HEADERS["ladder.csv"])
    read_workbook("ladder.xlsx", whole[:place] + content + whole[place + len(content) :])


def _replaced(content: bytes, before: bytes, after: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, old.read(part).replace(before, after))
    return stream.getvalue()
