"""CSV files as people really save them: read right, or refused with help; never a crash."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access.deliveries.faults import Fault
from data_access.deliveries.reading import SheetRow, read_sheet

# A busy machine may be slow; these tests are about what comes out.
patient = settings(deadline=None)

HEADERS = ("kenmerk", "naam", "bedrag")
HEADER = "kenmerk;naam;bedrag"
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20).map(str.strip)


def read(text: str, encoding: str = "utf-8") -> tuple[list[SheetRow], list[Fault]]:
    return read_sheet("proef.csv", text.encode(encoding), HEADERS)


def cells(rows: list[SheetRow]) -> list[tuple[int, list[str]]]:
    return [(row.number, [row.cells.get(header, "?") for header in HEADERS]) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_byte_order_mark_and_line_ends_do_not_matter(encoding: str, line_end: str) -> None:
    rows, faults = read(line_end.join([HEADER, "a;Nijlân;5", "b;;6", ""]), encoding)
    assert cells(rows) == [(2, ["a", "Nijlân", "5"]), (3, ["b", "", "6"])]
    assert faults == []


def test_columns_may_stand_in_another_order_with_capitals_and_blanks() -> None:
    rows, faults = read(" Bedrag ;KENMERK;naam\n5 ;\u00a0a;x\n")
    assert cells(rows) == [(2, ["a", "x", "5"])]
    assert faults == []


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = f'{HEADER}\na;"twee\nregels";1\n\n;;\nb;"een ""woord""; en meer";2\n\n\n;;\n'
    rows, faults = read(text)
    assert cells(rows) == [
        (2, ["a", "twee\nregels", "1"]),
        (5, ["b", 'een "woord"; en meer', "2"]),
    ]
    assert faults == []


def test_blank_columns_at_the_end_are_no_columns() -> None:
    rows, faults = read(f"{HEADER};;\na;x;1;;\n;;;;\n")
    assert cells(rows) == [(2, ["a", "x", "1"])]
    assert faults == []


def test_quotes_inside_a_cell_that_is_not_quoted_stay() -> None:
    rows, faults = read(f'{HEADER}\na;Wijk 69 "De Zuidlanden";1\n')
    assert cells(rows) == [(2, ["a", 'Wijk 69 "De Zuidlanden"', "1"])]
    assert faults == []


def test_missing_unknown_and_double_columns_are_all_reported_once() -> None:
    _, faults = read("kenmerk;naam;naam;bedrg;geboortedatum\na;x;y;1;2\nb;x;y;1;2\n")
    found = {(fault.row, fault.column): fault.expected.nl for fault in faults}
    assert set(found) == {(1, "bedrag"), (1, "naam"), (1, "bedrg"), (1, "geboortedatum")}
    assert "ontbreekt" in found[1, "bedrag"]
    assert "maar één keer" in found[1, "naam"]
    assert "bedoelt u bedrag?" in found[1, "bedrg"]
    assert "alleen deze kolommen: kenmerk, naam, bedrag" in found[1, "geboortedatum"]


def test_rows_that_are_too_short_or_too_long() -> None:
    rows, faults = read(f"{HEADER}\na;x\nb;x;1;2\nc;x;3\n")
    assert [(fault.row, fault.value) for fault in faults] == [(2, "2"), (3, "4")]
    assert all("3 cellen" in fault.expected.nl for fault in faults)
    assert [row.whole for row in rows] == [False, False, True]
    assert rows[0].cells == {"kenmerk": "a", "naam": "x"}


@pytest.mark.parametrize(("delimiter", "word"), [(",", "komma's"), ("\t", "tabs")])
@pytest.mark.parametrize("quote", ["", '"'])
def test_another_delimiter_gets_help(delimiter: str, word: str, quote: str) -> None:
    header = delimiter.join(f"{quote}{name}{quote}" for name in HEADERS)
    _, (fault,) = read(f"{header}\na{delimiter}x{delimiter}1\n")
    assert fault.row == 1
    assert f"puntkomma's (;), niet door {word}" in fault.expected.nl


def test_windows_1252_gets_help_and_the_row() -> None:
    _, (fault,) = read(f'{HEADER}\na;"twee\nregels";1\nb;Nijlân;2\n', "cp1252")
    assert (fault.row, fault.file) == (3, "proef.csv")
    assert "Nijlân" in fault.value
    assert "lijkt Windows-1252" in fault.expected.nl
    assert "CSV UTF-8" in fault.expected.en


def test_a_wrong_byte_behind_a_byte_order_mark_is_in_the_right_row() -> None:
    content = b"\xef\xbb\xbf" + HEADER.encode() + b"\n\xe9\xe9n;x;1\n"
    _, (fault,) = read_sheet("proef.csv", content, HEADERS)
    assert (fault.row, fault.value) == (2, "één;x;1")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_text_of_excel_gets_help(encoding: str) -> None:
    _, (fault,) = read(f"{HEADER}\na;x;1\n", encoding)
    assert "CSV UTF-8" in fault.expected.nl


@pytest.mark.parametrize("line", ['b;"open;2', 'b;"a"x;2', f'b;"{"x" * 200_000}";2'])
def test_what_cannot_be_read_from_a_row_on(line: str) -> None:
    rows, faults = read(f"{HEADER}\na;x;1\n{line}\nc;x;3\n")
    assert cells(rows)[0] == (2, ["a", "x", "1"])
    assert faults[-1].row == 3
    assert "aanhalingstekens" in faults[-1].expected.nl


@pytest.mark.parametrize("content", ["", "\ufeff", "\n\n", ";;\n"])
def test_an_empty_file_lacks_its_header(content: str) -> None:
    _, (fault,) = read(content)
    assert fault.row == 1
    assert HEADER in fault.expected.nl


def test_only_a_header_is_no_rows() -> None:
    assert read(f"{HEADER}\n") == ([], [])


@patient
@given(content=st.binary())
@example(content=b"\xef\xbb\xbf\xff;\n")
@example(content=b"kenmerk;naam;bedrag\n\xe9")
@example(content=b"\n\xe9\n")
@example(content=b'"\n')
@example(content=b"\xe9")
@example(content=b"\r\xe9\r")
def test_no_bytes_make_reading_crash(content: bytes) -> None:
    read_sheet("proef.csv", content, HEADERS)
    read_sheet("proef.csv", HEADER.encode() + b"\n" + content, HEADERS)


@patient
@given(written=st.lists(st.tuples(CELLS, CELLS, CELLS).filter(any), max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(written: list[tuple[str, str, str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows([HEADERS, *written])
    rows, faults = read(stream.getvalue())
    assert [tuple(row) for _, row in cells(rows)] == written
    assert [number for number, _ in cells(rows)] == list(range(2, len(written) + 2))
    assert faults == []
