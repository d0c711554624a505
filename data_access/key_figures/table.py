"""Read a table of CBS from a CSV file, whatever program saved it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data_access.cbs.columns import AmbiguousColumns, Meaning, find_columns
from data_access.cbs.files import binary_format, read_bytes
from data_access.cbs.refusal import FileRefused
from indicators.vocabulary import Text

_DELIMITERS = ";,\t|"
_REQUIRED = (Meaning.CODE, Meaning.NAME, Meaning.RESIDENTS)
_LINES_BEFORE_HEADER = 10

_NO_TABLE = Text(
    "dit is geen CSV-tabel. Download de tabel in StatLine als CSV, of sla het werkblad op als CSV.",
    "this is no CSV table. Download the table from StatLine as CSV, or save the sheet as CSV.",
)
_MAP_NO_TABLE = Text(
    "dit is een kaart, geen tabel. Grenzen laadt u met: python -m data_access areas",
    "this is a map, not a table. Load boundaries with: python -m data_access areas",
)
_NO_KEY_FIGURES = Text(
    "dit is niet de tabel Kerncijfers wijken en buurten: kolommen met code (WK008061), naam en "
    "aantal inwoners zijn niet alle drie gevonden. Kies die tabel in StatLine en download haar "
    "als CSV, met de kolommen Codering en Aantal inwoners.",
    "this is not the table Kerncijfers wijken en buurten: columns with code (WK008061), name and "
    "number of residents were not all three found. Choose that table in StatLine and download it "
    "as CSV, with the columns Codering and Aantal inwoners.",
)


@dataclass(frozen=True)
class Line:
    """One record: the line of the file on which it ends, and its values in order."""

    number: int
    values: list[str]


@dataclass(frozen=True)
class Table:
    """A table of CBS: its header, the column for each meaning, and its records (none blank)."""

    header: list[str]
    columns: dict[Meaning, str]
    lines: list[Line]


def read_table(path: Path) -> Table:
    """Return the table in a CSV file: any usual separator and encoding, with or without BOM.

    Raises FileRefused for other formats and for tables without code, name and residents.
    """
    text = _decoded(path, read_bytes(path))
    for delimiter in _DELIMITERS:
        columns = _find_header(path, text, delimiter)
        if columns is not None:
            return _read(path, text, delimiter, *columns)
    raise FileRefused(path, _NO_KEY_FIGURES)


def _decoded(path: Path, content: bytes) -> str:
    if binary_format(content):
        raise FileRefused(path, _NO_TABLE)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise FileRefused(path, _MAP_NO_TABLE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What Excel on Windows writes; every byte has a meaning, so this cannot fail halfway.
        return content.decode("cp1252", errors="replace")


def _find_header(
    path: Path, text: str, delimiter: str
) -> tuple[list[str], dict[Meaning, str]] | None:
    """Find the header with this delimiter; StatLine may put lines with a title above it."""
    try:
        for _, names in zip(range(_LINES_BEFORE_HEADER), _records(text, delimiter), strict=False):
            columns = find_columns(names.values)
            if all(each in columns for each in _REQUIRED):
                return names.values, columns
    except AmbiguousColumns as error:
        listed = ", ".join(error.names)
        raise FileRefused(
            path,
            Text(
                f"deze kolommen lijken hetzelfde te betekenen: {listed}. Laat er een weg.",
                f"these columns seem to mean the same: {listed}. Leave one out.",
            ),
        ) from error
    except csv.Error:
        return None
    return None


def _read(
    path: Path, text: str, delimiter: str, header: list[str], columns: dict[Meaning, str]
) -> Table:
    try:
        lines = list(_records(text, delimiter))
    except csv.Error as error:
        raise FileRefused(
            path,
            Text(
                f"{_NO_TABLE.nl} Aanhalingstekens of regeleinden kloppen niet ({error}).",
                f"{_NO_TABLE.en} Quotes or line ends are wrong ({error}).",
            ),
        ) from error
    start = next(index for index, line in enumerate(lines) if line.values == header)
    filled = [line for line in lines[start + 1 :] if any(each.strip() for each in line.values)]
    return Table(header, columns, filled)


def _records(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for values in reader:
        yield Line(reader.line_num, values)
