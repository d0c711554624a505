"""The files in a delivery's folder, and the checksum that recognises a delivery."""

import difflib
import hashlib
from dataclasses import dataclass
from pathlib import Path

from data_access.deliveries.faults import Fault
from data_access.deliveries.registry import ALL_FILES
from data_access.errors import DataAccessError
from indicators.vocabulary import Text

_NAMES = tuple(file.name for file in ALL_FILES)
_DATA_ENDINGS = (".csv", ".geojson", ".xlsx", ".xls", ".ods")


@dataclass(frozen=True)
class Folder:
    """The contents of the known files by name, in order of loading, and faults in the rest."""

    contents: dict[str, bytes]
    faults: tuple[Fault, ...]

    @property
    def checksum(self) -> str:
        """SHA-256 over the names and contents of the known files, as 64 hexadecimal digits."""
        digest = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            digest.update(f"{name}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def read_folder(path: Path) -> Folder:
    """Read a delivery's files into memory.

    Texts, programs and folders beside them are ignored; a table or map with another name is a
    fault, since its data would be lost unnoticed. Raises DataAccessError when there is no such
    folder or it cannot be read.
    """
    if not path.is_dir():
        raise DataAccessError(
            f"De map {path} bestaat niet. Geef de map met de bestanden van de levering; "
            "'python -m data_access template MAP' maakt een lege.",
            f"The folder {path} does not exist. Give the folder with the files of the delivery; "
            "'python -m data_access template FOLDER' makes an empty one.",
        )
    contents: dict[str, bytes] = {}
    faults = []
    try:
        for file in sorted(path.iterdir()):
            if not _holds_data(file):
                continue
            name = file.name.lower()
            if name in _NAMES and name not in contents:
                contents[name] = file.read_bytes()
            else:
                faults.append(Fault(file.name, None, "", file.name, _expected(name)))
    except OSError as error:
        raise DataAccessError(
            f"De map {path} is niet te lezen ({error.strerror}). Sluit bestanden die openstaan en "
            "controleer de rechten.",
            f"The folder {path} cannot be read ({error.strerror}). Close files that are open and "
            "check the permissions.",
        ) from error
    in_order = {name: contents[name] for name in _NAMES if name in contents}
    return Folder(in_order, tuple(faults))


def _holds_data(file: Path) -> bool:
    temporary = file.name.startswith((".", "~$"))
    return file.is_file() and not temporary and file.suffix.lower() in _DATA_ENDINGS


def _expected(name: str) -> Text:
    if name in _NAMES:
        return Text(
            "dit bestand één keer; het staat er twee keer, met andere hoofdletters",
            "this file once; it is there twice, with other capitals",
        )
    stem = name.rsplit(".", 1)[0]
    if f"{stem}.csv" in _NAMES:
        return Text(
            f"{stem}.csv; kies in Excel bij Opslaan als: 'CSV UTF-8'",
            f"{stem}.csv; in Excel choose under Save as: 'CSV UTF-8'",
        )
    stems = {known.rsplit(".", 1)[0]: known for known in _NAMES}
    near = difflib.get_close_matches(stem, stems, n=1)
    if near:
        known = stems[near[0]]
        return Text(f"een bekende naam; bedoelt u {known}?", f"a known name; do you mean {known}?")
    listed = ", ".join(_NAMES)
    return Text(f"een van de bestanden {listed}", f"one of the files {listed}")
