"""From the lines of a table to gemeenten and wijken with their key figures."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from data_access.cbs.codes import AreaCode, area_code
from data_access.cbs.columns import Meaning
from data_access.cbs.figures import Figures, read_figures
from data_access.cbs.refusal import FileRefused, check_years, name_faults, nothing_loaded
from data_access.key_figures.table import Line, Table
from data_access.same_wijk import plain_name
from indicators.vocabulary import Text

_KINDS = ("gemeente", "wijk", "buurt")
_NO_WIJK_OR_GEMEENTE = Text(
    "er staat geen enkele wijk of gemeente in. Kies in StatLine ook de wijken en gemeenten.",
    "there is not a single wijk or gemeente in it. Choose the wijken and gemeenten in StatLine "
    "as well.",
)


@dataclass(frozen=True)
class FigureRow:
    """A gemeente or wijk in the table; gemeente_name is '' when the table does not tell."""

    code: AreaCode
    name: str
    gemeente_name: str
    figures: Figures


@dataclass(frozen=True)
class FoundFigures:
    """What a table holds, by code. skipped: buurten, countries, water and so on, by kind."""

    gemeenten: dict[str, FigureRow]
    wijken: dict[str, FigureRow]
    skipped: Counter[str]
    doubled: tuple[str, ...]


def find_figures(path: Path, edition: int, table: Table) -> FoundFigures:
    """Return the gemeenten and wijken of a table.

    skipped counts "buurt", "water", "abroad" and "other" (country, province). Raises FileRefused
    when the table is of another year, has faults (all listed at once), or has neither.
    """
    records = [_record(table, line) for line in table.lines]
    if Meaning.YEAR in table.columns:
        column = table.columns[Meaning.YEAR]
        check_years(path, edition, {record[column] for _, record in records if record})
    found = _Gathered()
    for line, record in records:
        if record:
            found.add(line, table, record)
        elif not _is_footnote(line):
            found.faults.append(_other_width(line, table))
    if found.faults:
        raise FileRefused(path, *nothing_loaded(found.faults))
    if not found.rows:
        raise FileRefused(path, _NO_WIJK_OR_GEMEENTE)
    rows = found.rows
    return FoundFigures(
        {code: row for code, row in rows.items() if row.code.kind == "gemeente"},
        {code: row for code, row in rows.items() if row.code.kind == "wijk"},
        found.skipped,
        tuple(found.doubled),
    )


class _Gathered:
    """Rows, faults and what was skipped, while going through the lines."""

    def __init__(self) -> None:
        self.rows: dict[str, FigureRow] = {}
        self.skipped: Counter[str] = Counter()
        self.doubled: dict[str, None] = {}
        self.faults: list[Text] = []

    def add(self, line: Line, table: Table, record: dict[str, str]) -> None:
        where = _where(line)
        given = record[table.columns[Meaning.CODE]]
        try:
            code = area_code(given)
        except ValueError:
            self.faults.append(_no_code(where, given))
            return
        name = plain_name(record[table.columns[Meaning.NAME]])
        reason = _reason_to_skip(code, name)
        if reason:
            self.skipped[reason] += 1
            return
        figures, faults = read_figures(where, table.columns, record)
        faults += _kind_faults(where, code, record.get(table.columns.get(Meaning.KIND, ""), ""))
        if code.kind == "wijk":
            faults += name_faults(where, code.text, name)
        self.faults += faults
        gemeente_name = record.get(table.columns.get(Meaning.GEMEENTE_NAME, ""), "").strip()
        self._keep(where, FigureRow(code, name, gemeente_name, figures))

    def _keep(self, where: Text, row: FigureRow) -> None:
        first = self.rows.setdefault(row.code.text, row)
        if first is row:
            return
        self.doubled[row.code.text] = None
        if first != row:
            self.faults.append(
                Text(
                    f"{where.nl}: {row.code.text} staat er twee keer in, met andere waarden.",
                    f"{where.en}: {row.code.text} is in it twice, with different values.",
                )
            )


def _record(table: Table, line: Line) -> tuple[Line, dict[str, str]]:
    if len(line.values) != len(table.header):
        return line, {}
    return line, dict(zip(table.header, line.values, strict=True))


def _is_footnote(line: Line) -> bool:
    """Tell whether this is a line such as "Bron: CBS" below the table."""
    return len([each for each in line.values if each.strip()]) == 1


def _reason_to_skip(code: AreaCode, name: str) -> str:
    if code.kind not in ("gemeente", "wijk"):
        return code.kind
    if code.is_abroad:
        return "abroad"
    return "water" if code.is_water(name) else ""


def _where(line: Line) -> Text:
    return Text(f"regel {line.number}", f"line {line.number}")


def _no_code(where: Text, given: str) -> Text:
    return Text(
        f"{where.nl}: '{given.strip()}' is geen code als GM0080 of WK008061.",
        f"{where.en}: '{given.strip()}' is not a code such as GM0080 or WK008061.",
    )


def _kind_faults(where: Text, code: AreaCode, kind: str) -> list[Text]:
    said = kind.strip().casefold()
    if said not in _KINDS or said == code.kind:
        return []
    return [
        Text(
            f"{where.nl}: {code.text} is een {code.kind}, maar er staat '{kind.strip()}'.",
            f"{where.en}: {code.text} is a {code.kind}, but it says '{kind.strip()}'.",
        )
    ]


def _other_width(line: Line, table: Table) -> Text:
    found, expected = len(line.values), len(table.header)
    place = _where(line)
    return Text(
        f"{place.nl}: {found} kolommen in plaats van {expected}. Is het bestand afgebroken?",
        f"{place.en}: {found} columns instead of {expected}. Was the file cut off?",
    )
