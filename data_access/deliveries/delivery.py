"""A delivery as a whole: all its files parsed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from data_access.deliveries.boundaries import parse_shapes
from data_access.deliveries.faults import Fault
from data_access.deliveries.folder import Folder
from data_access.deliveries.progress import READING, Progress
from data_access.deliveries.registry import (
    ALL_FILES,
    DELIVERY_FILE,
    FILES,
    WIJK_SHAPES,
    WITHDRAWALS,
    files_of_table,
)
from data_access.deliveries.rows import ParsedFile, parse_file
from indicators.vocabulary import Text


@dataclass(frozen=True)
class Delivery:
    """The parsed files by name, in order of loading.

    levering.csv and intrekken.csv are not among them. `supplier` is the organisation or gemeente
    that levering.csv declares; empty when it declares none.
    """

    name: str
    sample: bool
    supplier: str
    files: dict[str, ParsedFile]
    withdrawals: ParsedFile

    def files_of(self, table: str) -> Iterator[ParsedFile]:
        """Yield the delivered files that create rows in a table of the register."""
        for file in files_of_table(table):
            if file.name in self.files:
                yield self.files[file.name]

    def keys_of(self, table: str, fields: tuple[str, ...]) -> set[tuple[Any, ...]]:
        """Return the values of `fields` in all delivered rows of a table, faulty rows included.

        A row with a fault elsewhere still counts: references to it are not a second fault.
        """
        return {values for parsed in self.files_of(table) for _, values in parsed.complete(fields)}

    def rows_in_all(self) -> int:
        """Return the number of rows of all files."""
        return sum(len(parsed.rows) for parsed in self.files.values())


def parse_delivery(
    folder: Folder, today: datetime.date, progress: Progress
) -> tuple[Delivery, list[Fault]]:
    """Return the delivery in a folder and all faults that show without a database."""
    faults = list(folder.faults)
    parsed: dict[str, ParsedFile] = {}
    for number, file in enumerate(ALL_FILES):
        progress(READING, number / len(ALL_FILES))
        if file.name not in folder.contents:
            continue
        content = folder.contents[file.name]
        if file is WIJK_SHAPES:
            parsed[file.name], wrong = parse_shapes(content, today)
        else:
            # Faults name the file as it is in the folder: vrijwilligers.xlsx.
            as_delivered = replace(file, name=folder.names[file.name])
            parsed[file.name], wrong = parse_file(as_delivered, content, today)
        faults.extend(wrong)
    about = parsed.pop(DELIVERY_FILE.name, None)
    faults.extend(_faults_in_number_of_rows(about, faults))
    values = about.rows[0].values if about and about.rows else {}
    files = {file.name: parsed[file.name] for file in FILES if file.name in parsed}
    delivery = Delivery(
        values.get("name", ""),
        values.get("sample", False),
        values.get("supplier", ""),
        files,
        parsed.get(WITHDRAWALS.name, ParsedFile(WITHDRAWALS, ())),
    )
    if not faults and delivery.rows_in_all() == 0 and not delivery.withdrawals.rows:
        faults.append(Fault(DELIVERY_FILE.name, None, "", "", _SOME_ROWS))
    return delivery, faults


_SOME_ROWS = Text(
    "minstens één ander bestand met een rij; nu wordt er niets geladen. Staan de bestanden in een "
    "andere map, of heten ze anders dan in het sjabloon?",
    "at least one other file with a row; as it is nothing would be loaded. Are the files in "
    "another folder, or named otherwise than in the template?",
)


def _faults_in_number_of_rows(about: ParsedFile | None, earlier: list[Fault]) -> list[Fault]:
    expected = Text(
        "precies één rij onder de kolomkoppen: naam, voorbeeld (ja of nee), toelichting",
        "exactly one row under the headers: naam, voorbeeld (ja or nee), toelichting",
    )
    if about is None:
        missing = Text(f"dit bestand, met {expected.nl}", f"this file, with {expected.en}")
        return [Fault(DELIVERY_FILE.name, None, "", "", missing)]
    unreadable = any(fault.file == about.file.name and not about.rows for fault in earlier)
    if unreadable or len(about.rows) == 1:
        return []
    return [Fault(about.file.name, None, "", str(len(about.rows)), expected)]
