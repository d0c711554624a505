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


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_the_header_tells_which_delimiter_it_is(delimiter: str, quote: str) -> None:
    header = delimiter.join(f"{quote}{name}{quote}" for name in HEADERS)
    rows, faults = read(f'{header}\na{delimiter}x;y{delimiter}"1,50"\n')
    assert cells(rows) == [(2, ["a", "x;y", "1,50"])]
    assert faults == []


def test_decimal_commas_between_commas_are_one_fault_for_all_rows() -> None:
    _, (fault,) = read("kenmerk,naam,bedrag\na,x,1\nb,x,1,50\nc,x,2,50\n")
    assert (fault.row, fault.value) == (3, "4")
    assert "voor 2 rijen" in fault.expected.nl


def test_between_commas_a_row_may_not_end_early() -> None:
    _, (fault,) = read_sheet("p.csv", b"kenmerk,naam,bedrag\na,x\n", HEADERS, (), ("bedrag",))
    assert fault.row == 2


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;;;", "sep=,"])
def test_the_line_with_which_excel_names_the_delimiter_is_no_row(line: str) -> None:
    delimiter = line[line.index("=") + 1]
    rows, faults = read(f"{line}\r\n{HEADER}\r\na;x;1\r\n".replace(";", delimiter))
    assert cells(rows) == [(2, ["a", "x", "1"])]
    assert faults == []


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_what_excel_writes_is_read_in_its_encoding(encoding: str) -> None:
    rows, faults = read(f"{HEADER}\na;Café Nijlân, € 5 – \u2018ja\u2019;1\n", encoding)
    assert cells(rows) == [(2, ["a", "Café Nijlân, € 5 – \u2018ja\u2019", "1"])]
    assert faults == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised_by_its_noughts(encoding: str) -> None:
    rows, faults = read(f"{HEADER}\na;één;1\n", encoding)
    assert cells(rows) == [(2, ["a", "één", "1"])]
    assert faults == []


@pytest.mark.parametrize(
    "content",
    [
        "Coöperatie".encode("mac_roman"),
        "België".encode("mac_roman"),
        "één".encode("cp850"),
        "Coöperatie".encode("cp850"),
        "é".encode() + b" \xe9",
        b"\x81",
    ],
)
def test_another_encoding_is_refused_in_its_row_and_never_guessed(content: bytes) -> None:
    whole = f'{HEADER}\na;"twee\nregels";1\nb;'.encode() + content + b";2\n"
    rows, (fault,) = read_sheet("proef.csv", whole, HEADERS)
    assert rows == []
    assert (fault.row, fault.file) == (3, "proef.csv")
    assert "CSV UTF-8" in fault.expected.nl
    assert "CSV UTF-8" in fault.expected.en


def test_a_wrong_byte_behind_a_byte_order_mark_is_in_the_right_row() -> None:
    content = b"\xef\xbb\xbf" + HEADER.encode() + b"\n\xe9\xe9n;x;1\n"
    _, (fault,) = read_sheet("proef.csv", content, HEADERS)
    assert (fault.row, fault.value) == (2, "één;x;1")


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04abc", "een Excel-bestand"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", "oud of beveiligd Excel-bestand"),
        (b"%PDF-1.7", "een PDF"),
        (b"  <!DOCTYPE html><table>", "een webpagina"),
        (b"<html><table>", "een webpagina"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "Excel-bestand in XML"),
        (b'[{"kenmerk": 1}]', "JSON"),
        (b"a\x00b\x00\x00", "geen tekst"),
        ("kenmerk;naam".encode("utf-32"), "geen tekst"),
    ],
)  # fmt: skip
def test_another_kind_of_file_under_the_name_is_named(content: bytes, word: str) -> None:
    _, (fault,) = read_sheet("proef.csv", content, HEADERS)
    assert word in fault.expected.nl


@pytest.mark.parametrize(
    "header",
    [
        "Kenmerk*;NAAM;Bedrag",
        "kenmerk\u00a0; naam\u200b;\ufeffbedrag",
        "bedrag:;kenmerk ;naam;;",
    ],
)
def test_headers_are_the_same_whatever_no_screen_shows(header: str) -> None:
    _, faults = read(f"{header}\n")
    assert faults == []


@pytest.mark.parametrize(
    "header", ["Uren per week", "uren-per-week", "UREN_PER_WEEK", "urenperweek", '"uren\nper week"']
)
def test_words_of_a_header_are_kept_apart_in_any_way(header: str) -> None:
    rows, faults = read_sheet("p.csv", f"id;{header}\na;1\n".encode(), ("id", "uren_per_week"))
    assert (rows[0].cells["uren_per_week"], faults) == ("1", [])


def test_a_title_above_the_header_is_one_fault_that_says_where_the_header_is() -> None:
    rows, (fault,) = read(f"Overzicht; 2025\n\n{HEADER}\na;x;1\nBron: eigen\n")
    assert (rows, fault.row, fault.value) == ([], 1, "Overzicht")
    assert "die staan in rij 3" in fault.expected.nl


def test_a_header_again_and_a_source_below_are_each_one_fault() -> None:
    rows, faults = read(f"{HEADER}\na;x;1\n{HEADER.upper()}\nb;x;2\nBron: eigen administratie\n")
    assert [row.number for row in rows if row.whole] == [2, 4]
    assert [fault.row for fault in faults] == [3, 5]
    assert "kolomkoppen nog een keer" in faults[0].expected.nl
    assert "titel, bron of opmerking" in faults[1].expected.nl


def test_whole_rows_between_quotes_get_help() -> None:
    _, (fault,) = read(f'"{HEADER}"\n"a;x;1"\n')
    assert "niet om de hele rij" in fault.expected.nl


def test_a_row_may_end_early_when_only_cells_that_may_be_empty_are_missing() -> None:
    content = f"{HEADER}\na;x\nb\n".encode()
    rows, faults = read_sheet("p.csv", content, HEADERS, may_be_empty=("bedrag",))
    assert cells(rows)[0] == (2, ["a", "x", ""])
    assert [fault.row for fault in faults] == [3]


def test_a_column_without_a_header_may_not_hold_anything() -> None:
    rows, faults = read("kenmerk;;naam;bedrag\na;;x;1\n")
    assert (cells(rows), faults) == ([(2, ["a", "x", "1"])], [])
    _, (fault,) = read("kenmerk;;naam;bedrag\na;;x;1\nb;?;x;1\n")
    assert (fault.row, fault.value) == (3, "?")


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
