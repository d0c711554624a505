"""From the bytes of a CSV file to numbered rows of cells. Whatever the bytes are: faults, no crash.

Rows are numbered as a spreadsheet shows them: the header is row 1, and a quoted cell with line
ends in it does not start a new row.
"""

import csv
import difflib
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data_access.deliveries.faults import Fault
from indicators.vocabulary import Text

DELIMITER = ";"
_LINE_END = re.compile("[\r\n]")
_OTHER_DELIMITERS = {",": Text("komma's", "commas"), "\t": Text("tabs", "tabs")}
_SAVE_AS_UTF8 = Text(
    "tekst in UTF-8; dit lijkt Windows-1252. Kies in Excel bij Opslaan als: 'CSV UTF-8 (door "
    "lijstscheidingsteken gescheiden)'",
    "text in UTF-8; this looks like Windows-1252. In Excel choose under Save as: 'CSV UTF-8'",
)
_NOT_UTF16 = Text(
    "een CSV in UTF-8; dit is geen tekst in UTF-8 (een Excel-bestand of 'Unicode-tekst'?). Kies "
    "in Excel bij Opslaan als: 'CSV UTF-8'",
    "a CSV in UTF-8; this is no UTF-8 text (an Excel file or 'Unicode text'?). In Excel choose "
    "under Save as: 'CSV UTF-8'",
)


@dataclass(frozen=True)
class SheetRow:
    """A row with its number and its cells by header. `whole` is False for a ragged row."""

    number: int
    cells: dict[str, str]
    whole: bool


def decode(name: str, content: bytes) -> str | Fault:
    """Return the text of a file in UTF-8, with or without byte order mark, or the fault in it."""
    if b"\x00" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(name, None, "", "", _NOT_UTF16)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # After a byte order mark the position counts from behind it.
        start = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        before = content[:start].decode("cp1252", errors="replace")
        after = content[start : start + 20].decode("cp1252", errors="replace")
        value = _LINE_END.split(before[-20:])[-1] + _LINE_END.split(after)[0]
        return Fault(name, _records_in(before + "?"), "", value, _SAVE_AS_UTF8)


def read_sheet(
    name: str, content: bytes, headers: Sequence[str], may_be_absent: Collection[str] = ()
) -> tuple[list[SheetRow], list[Fault]]:
    """Return the rows of a CSV file with the given headers, and all faults in its layout.

    A header in `may_be_absent` is no fault when it is missing: its cells are empty then.

    Layout: encoding, delimiter, quotes, missing, unknown and double columns, rows that are too
    short or too long. Rows of empty cells are skipped, and cells lose the blanks around them.
    """
    text = decode(name, content)
    if isinstance(text, Fault):
        return [], [text]
    if wrong := _other_delimiter(name, text, headers):
        return [], [wrong]
    numbered, broken = _records(name, text)
    if not numbered:
        return [], broken or [Fault(name, 1, "", "", _header_expected(headers))]
    header_row, header_cells = numbered[0]
    found = [cell.lower() for cell in header_cells]
    while found and not found[-1]:
        found.pop()
    absent = {header for header in may_be_absent if header not in found}
    needed = [header for header in headers if header not in absent]
    faults = _header_faults(name, header_row, header_cells, found, needed)
    positions = {header: found.index(header) for header in headers if header in found}
    rows = []
    for number, cells in numbered[1:]:
        row = _row(number, cells, positions, len(found))
        row.cells.update(dict.fromkeys(absent, ""))
        if not row.whole:
            faults.append(_ragged(name, number, len(cells), len(found)))
        rows.append(row)
    return rows, faults + broken


def _records_in(text: str) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITER))


def _records(name: str, text: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=DELIMITER, strict=True)
    records: list[tuple[int, list[str]]] = []
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
            records.append((number, cells))


_QUOTES = Text(
    'aanhalingstekens die openen en sluiten ("), en in een tekst verdubbeld (""); vanaf deze rij '
    "is het bestand niet te lezen",
    'quotes that open and close ("), doubled inside a text (""); from this row on the file cannot '
    "be read",
)


def _header_expected(headers: Sequence[str]) -> Text:
    line = DELIMITER.join(headers)
    return Text(f"een eerste rij met de kolommen {line}", f"a first row with the columns {line}")


def _other_delimiter(name: str, text: str, headers: Sequence[str]) -> Fault | None:
    line = text.lstrip().split("\n", 1)[0].strip()
    if DELIMITER in line:
        return None
    for delimiter, words in _OTHER_DELIMITERS.items():
        parts = [part.strip(' "').lower() for part in line.split(delimiter)]
        if len(parts) > 1 and set(parts) & set(headers):
            expected = Text(
                f"kolommen gescheiden door puntkomma's (;), niet door {words.nl}",
                f"columns separated by semicolons (;), not by {words.en}",
            )
            return Fault(name, 1, "", line, expected)
    return None


def _header_faults(
    name: str, row: int, cells: list[str], found: list[str], headers: Sequence[str]
) -> list[Fault]:
    missing = Text("deze kolom, die ontbreekt", "this column, which is missing")
    faults = [Fault(name, row, each, "", missing) for each in headers if each not in found]
    for position, header in enumerate(found):
        if header not in headers:
            written = cells[position]
            faults.append(Fault(name, row, written, written, _hint(header, headers)))
        elif header in found[:position]:
            expected = Text("deze kolom maar één keer", "this column only once")
            faults.append(Fault(name, row, header, cells[position], expected))
    return faults


def _hint(header: str, headers: Sequence[str]) -> Text:
    near = difflib.get_close_matches(header, headers, n=1)
    if near:
        return Text(
            f"alleen bekende kolommen; bedoelt u {near[0]}?",
            f"known columns only; do you mean {near[0]}?",
        )
    line = ", ".join(headers)
    return Text(f"alleen deze kolommen: {line}", f"only these columns: {line}")


def _row(number: int, cells: list[str], positions: dict[str, int], width: int) -> SheetRow:
    while len(cells) > width and not cells[-1]:
        cells.pop()
    by_header = {header: cells[at] for header, at in positions.items() if at < len(cells)}
    return SheetRow(number, by_header, len(cells) == width)


def _ragged(name: str, number: int, cells: int, width: int) -> Fault:
    return Fault(
        name,
        number,
        "",
        str(cells),
        Text(
            f"{width} cellen, net als de eerste rij; zet een tekst met een puntkomma tussen "
            "aanhalingstekens",
            f"{width} cells, as in the first row; put a text with a semicolon between quotes",
        ),
    )
