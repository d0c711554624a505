"""From the bytes of a CSV or Excel file to numbered rows of cells. Faults whatever, no crash.

Rows are numbered as a spreadsheet shows them: the header is row 1, and a quoted cell with line
ends in it does not start a new row.
"""

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from data_access.deliveries.decoding import decode_csv
from data_access.deliveries.faults import Fault
from data_access.deliveries.workbooks import Record, is_workbook, read_workbook
from indicators.vocabulary import Text

DELIMITER = ";"

# A title and some remarks may stand above the header: it is looked for in so many rows.
_ROWS_BEFORE_HEADER = 30
_HEAD = 20_000
_OTHER_DELIMITERS = (",", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=([;,|\t])"?[;,|\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_BLANKS = re.compile(r"[\s_\-\u2010-\u2015]+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_QUOTES = Text(
    'aanhalingstekens die openen en sluiten ("), en in een tekst verdubbeld (""); vanaf deze rij '
    "is het bestand niet te lezen",
    'quotes that open and close ("), doubled inside a text (""); from this row on the file cannot '
    "be read",
)
_WHOLE_ROWS_QUOTED = Text(
    "aanhalingstekens om een cel, niet om de hele rij. Open het bestand in Excel met Gegevens, Uit "
    "tekst/CSV, en bewaar het opnieuw",
    "quotes around a cell, not around the whole row. Open the file in Excel with Data, From "
    "Text/CSV, and save it again",
)
_HEADER_AGAIN = Text(
    "een rij met gegevens; hier staan de kolomkoppen nog een keer. Verwijder deze rij",
    "a row with data; here the headers stand once more. Remove this row",
)
_NO_ROW = Text(
    "een rij van de tabel; dit lijkt een titel, bron of opmerking, of het vervolg van een tekst "
    "met een regeleinde. Verwijder deze rij, of zet zo'n tekst tussen aanhalingstekens",
    "a row of the table; this looks like a title, source or remark, or the rest of a text with a "
    "line break. Remove this row, or put such a text between quotes",
)


@dataclass(frozen=True)
class SheetRow:
    """A row with its number and its cells by header. `whole` is False for a ragged row.

    `native` holds what an Excel cell really is, by header, where that is no text.
    """

    number: int
    cells: dict[str, str]
    whole: bool
    native: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Table:
    name: str
    records: list[Record]
    headers: Sequence[str]
    delimiter: str


def read_sheet(
    name: str,
    content: bytes,
    headers: Sequence[str],
    may_be_absent: Collection[str] = (),
    may_be_empty: Collection[str] = (),
) -> tuple[list[SheetRow], list[Fault]]:
    """Return the rows of a CSV or Excel file with the given headers, and all faults in its layout.

    Layout: encoding, delimiter, quotes, missing, unknown and double columns, rows that are too
    short or too long. Rows of empty cells are skipped, and cells lose the blanks around them.
    A header in `may_be_absent` is no fault when it is missing: its cells are empty then. A row may
    end early when only cells that `may_be_empty` are missing.
    """
    table, broken = _table(name, content, headers)
    if table is None:
        return [], broken
    if not table.records:
        return [], broken or [Fault(name, 1, "", "", _header_expected(headers))]
    header, *records = table.records
    found = _names(header, headers)
    if misplaced := _misplaced_header(table, found):
        return [], [misplaced]
    while found and not found[-1]:
        found.pop()
    absent = {each for each in may_be_absent if each not in found}
    needed = [each for each in headers if each not in absent]
    faults = _header_faults(table, header, records, found, needed)
    positions = {each: found.index(each) for each in headers if each in found}
    if table.delimiter == ",":
        # A decimal comma without quotes would shift cells into the room of those that are missing.
        may_be_empty = ()
    rows, ragged = [], []
    for record in records:
        if _is_header(record, found, headers):
            faults.append(Fault(name, record.number, "", record.cells[0], _HEADER_AGAIN))
            continue
        row = _row(record, positions, len(found), may_be_empty)
        row.cells.update(dict.fromkeys(absent, ""))
        if not row.whole:
            ragged.append(_ragged(table, record, len(found)))
        rows.append(row)
    if table.delimiter == "," and len(ragged) > 1:
        ragged = [_commas_in_cells(ragged)]
    return rows, faults + ragged + broken


def header_name(cell: str, headers: Collection[str] = ()) -> str:
    """Return a header as the formats write it: small letters, with underscores between words.

    The star with which the explanation marks a key is dropped, and so is what no screen shows.
    One of `headers` is also recognised when its words are written as one, or one word as two.
    """
    seen = unicodedata.normalize("NFKC", cell.translate(_UNSEEN)).strip(" \t\r\n*:")
    name = _BLANKS.sub("_", seen.strip().casefold()).strip("_")
    if name in headers:
        return name
    joined = name.replace("_", "")
    return next((each for each in headers if each.replace("_", "") == joined), name)


def _names(record: Record, headers: Sequence[str]) -> list[str]:
    return [header_name(cell, headers) for cell in record.cells]


def _table(name: str, content: bytes, headers: Sequence[str]) -> tuple[_Table | None, list[Fault]]:
    if is_workbook(name):
        read = read_workbook(name, content)
        if isinstance(read, Fault):
            return None, [read]
        return _Table(name, read, headers, ""), []
    text = decode_csv(name, content)
    if isinstance(text, Fault):
        return None, [text]
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        # A spreadsheet shows this line to nobody and counts from the next.
        text, delimiter = text[separator.end() :], separator[1]
    else:
        delimiter = _delimiter(text, headers)
    records, broken = _records(name, text, delimiter)
    return _Table(name, records, headers, delimiter), broken


def _delimiter(text: str, headers: Sequence[str]) -> str:
    lines = text[:_HEAD].lstrip().splitlines()[:_ROWS_BEFORE_HEADER]
    known = {
        delimiter: max((_headers_in(line, delimiter, headers) for line in lines), default=0)
        for delimiter in (DELIMITER, *_OTHER_DELIMITERS)
    }
    best = max(known, key=lambda delimiter: known[delimiter])
    return best if known[best] > 1 else DELIMITER


def _headers_in(line: str, delimiter: str, headers: Sequence[str]) -> int:
    names = {header_name(cell.strip(' "'), headers) for cell in line.split(delimiter)}
    return len(names & set(headers))


def _records(name: str, text: str, delimiter: str) -> tuple[list[Record], list[Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    number = 0
    while True:
        number += 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return records, []
        except csv.Error:
            return records, [Fault(name, number, "", "", _QUOTES)]
        if any(cells):
            records.append(Record(number, cells, {}))


def _header_expected(headers: Sequence[str]) -> Text:
    line = DELIMITER.join(headers)
    return Text(f"een eerste rij met de kolommen {line}", f"a first row with the columns {line}")


def _misplaced_header(table: _Table, found: list[str]) -> Fault | None:
    first = table.records[0]
    if len(first.cells) == 1 and any(
        _headers_in(first.cells[0], each, table.headers) > 1
        for each in (DELIMITER, *_OTHER_DELIMITERS)
    ):
        return Fault(table.name, first.number, "", first.cells[0], _WHOLE_ROWS_QUOTED)
    enough = max(2, len(table.headers) // 2)
    if len(set(found) & set(table.headers)) >= enough:
        return None
    for record in table.records[1:_ROWS_BEFORE_HEADER]:
        if len(set(_names(record, table.headers)) & set(table.headers)) >= enough:
            expected = Text(
                f"de kolomkoppen in de eerste rij; die staan in rij {record.number}. Verwijder de "
                "rijen erboven",
                f"the headers in the first row; they are in row {record.number}. Remove the rows "
                "above them",
            )
            title = next(cell for cell in first.cells if cell)
            return Fault(table.name, first.number, "", title, expected)
    return None


def _header_faults(
    table: _Table,
    header: Record,
    records: list[Record],
    found: list[str],
    headers: Sequence[str],
) -> list[Fault]:
    name, row = table.name, header.number
    missing = Text("deze kolom, die ontbreekt", "this column, which is missing")
    faults = [Fault(name, row, each, "", missing) for each in headers if each not in found]
    for position, each in enumerate(found):
        written = header.cells[position]
        if not each and not written:
            faults.extend(_without_header(name, records, position))
        elif each not in table.headers:
            faults.append(Fault(name, row, written, written, _hint(each, table.headers)))
        elif each in found[:position]:
            expected = Text("deze kolom maar één keer", "this column only once")
            faults.append(Fault(name, row, each, written, expected))
    return faults


def _without_header(name: str, records: list[Record], position: int) -> Iterator[Fault]:
    for record in records:
        if len(record.cells) > position and record.cells[position]:
            expected = Text(
                f"een kolomkop boven kolom {position + 1}, of niets in die kolom",
                f"a header above column {position + 1}, or nothing in that column",
            )
            yield Fault(name, record.number, "", record.cells[position], expected)
            return


def _hint(header: str, headers: Sequence[str]) -> Text:
    near = difflib.get_close_matches(header, headers, n=1)
    if near:
        return Text(
            f"alleen bekende kolommen; bedoelt u {near[0]}?",
            f"known columns only; do you mean {near[0]}?",
        )
    line = ", ".join(headers)
    return Text(f"alleen deze kolommen: {line}", f"only these columns: {line}")


def _is_header(record: Record, found: list[str], headers: Sequence[str]) -> bool:
    first = next(at for at, cell in enumerate(record.cells) if cell)
    if first >= len(found) or header_name(record.cells[first], headers) != found[first]:
        return False
    names = _names(record, headers)
    same = sum(1 for name, header in zip(names, found, strict=False) if name and name == header)
    return same > 1 and same > len(found) // 2


def _row(
    record: Record, positions: dict[str, int], width: int, may_be_empty: Collection[str]
) -> SheetRow:
    cells = list(record.cells)
    while len(cells) > width and not cells[-1]:
        cells.pop()
    by_header = {header: cells[at] for header, at in positions.items() if at < len(cells)}
    native = {
        header: record.native[at]
        for header, at in (positions.items() if record.native else ())
        if at in record.native
    }
    if len(cells) >= width:
        return SheetRow(record.number, by_header, len(cells) == width, native)
    missing = positions.keys() - by_header.keys()
    whole = missing <= set(may_be_empty)
    if whole:
        by_header.update(dict.fromkeys(missing, ""))
    return SheetRow(record.number, by_header, whole, native)


def _ragged(table: _Table, record: Record, width: int) -> Fault:
    if sum(map(bool, record.cells)) == 1 and width > 2:
        value = next(cell for cell in record.cells if cell)
        return Fault(table.name, record.number, "", value, _NO_ROW)
    words = _DELIMITER_WORDS.get(table.delimiter, _DELIMITER_WORDS[DELIMITER])
    return Fault(
        table.name,
        record.number,
        "",
        str(len(record.cells)),
        Text(
            f"{width} cellen, net als de eerste rij; zet een tekst met een {words.nl} tussen "
            "aanhalingstekens",
            f"{width} cells, as in the first row; put a text with a {words.en} between quotes",
        ),
    )


_DELIMITER_WORDS = {
    ";": Text("puntkomma", "semicolon"),
    ",": Text("komma", "comma"),
    "\t": Text("tab", "tab"),
    "|": Text("verticale streep", "vertical bar"),
}


def _commas_in_cells(ragged: list[Fault]) -> Fault:
    first = ragged[0]
    return Fault(
        first.file,
        first.row,
        "",
        first.value,
        Text(
            f"{first.expected.nl}, ook een bedrag met een komma. Dit geldt voor {len(ragged)} "
            "rijen; met puntkomma's tussen de kolommen (Excel: 'CSV UTF-8') is het niet nodig",
            f"{first.expected.en}, also an amount with a comma. This holds for {len(ragged)} rows; "
            "with semicolons between the columns (Excel: 'CSV UTF-8') there is no need",
        ),
    )
