"""One fault in a delivery: where it is, what stands there, what was expected."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data_access.deliveries.people import without_citizen_numbers
from indicators.vocabulary import Text

LONGEST_VALUE = 80

_HEADERS = {
    "nl": ("bestand", "rij", "kolom", "waarde", "verwacht"),
    "en": ("file", "row", "column", "value", "expected"),
}
_NOTHING = Text("(leeg)", "(empty)")


@dataclass(frozen=True)
class Fault:
    """A fault in a delivery.

    `row` counts as a spreadsheet does (the header is row 1); None when it is about the whole file.
    `column` is the Dutch header, or '' when it is about the whole row. Whatever is put in, no
    citizen service number comes out: a mark stands in its place.
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: Text

    def __post_init__(self) -> None:
        for name in ("file", "column", "value"):
            object.__setattr__(self, name, without_citizen_numbers(getattr(self, name)))
        masked = (without_citizen_numbers(each) for each in (self.expected.nl, self.expected.en))
        object.__setattr__(self, "expected", Text(*masked))

    def sentence(self, language: str) -> str:
        """Return the fault as one line in `language` ("nl" or "en")."""
        expected = {"nl": "verwacht", "en": "expected"}[language]
        return f"{self.place(language)} - {expected}: {self.expected.in_language(language)}"

    def place(self, language: str) -> str:
        """Return where the fault is and what stands there, in `language`."""
        row, column = {"nl": ("rij", "kolom"), "en": ("row", "column")}[language]
        place = [self.file]
        if self.row is not None:
            place.append(f"{row} {self.row}")
        if self.column:
            place.append(f"{column} {self.column}")
        value = _shortened(self.value) or _NOTHING.in_language(language)
        return f"{', '.join(place)}: {value}"


def write_faults(path: Path, faults: Iterable[Fault], language: str) -> None:
    """Write all faults as a CSV that a Dutch spreadsheet opens (`;`, UTF-8 with BOM)."""
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_HEADERS[language])
        for fault in faults:
            writer.writerow(
                (
                    _not_a_formula(fault.file),
                    "" if fault.row is None else fault.row,
                    _not_a_formula(fault.column),
                    _not_a_formula(fault.value),
                    fault.expected.in_language(language),
                )
            )


def _shortened(value: str) -> str:
    if not value:
        return ""
    one_line = " ".join(value.split())
    if len(one_line) > LONGEST_VALUE:
        one_line = one_line[: LONGEST_VALUE - 1] + "…"
    printable = "".join(character if character.isprintable() else "?" for character in one_line)
    return f'"{printable}"'


def _not_a_formula(value: str) -> str:
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
