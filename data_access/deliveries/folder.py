"""The files in a delivery's folder, and the checksum that recognises a delivery."""

import difflib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data_access.deliveries.decoding import decode_csv
from data_access.deliveries.faults import Fault
from data_access.deliveries.people import without_citizen_numbers
from data_access.deliveries.reading import header_name
from data_access.deliveries.registry import ALL_FILES, WIJK_SHAPES
from data_access.deliveries.workbooks import ENDING as WORKBOOK
from data_access.errors import DataAccessError
from indicators.vocabulary import Text

_NAMES = tuple(file.name for file in ALL_FILES)
_STEMS = {name.rsplit(".", 1)[0]: name for name in _NAMES}
_WORKBOOKS = {
    f"{stem}{WORKBOOK}": name for stem, name in _STEMS.items() if name != WIJK_SHAPES.name
}
_SPREADSHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".ods", ".fods", ".numbers")
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".tgz")
_DATA_ENDINGS = (
    *_SPREADSHEETS,
    *_ARCHIVES,
    *(".csv", ".tsv", ".tab", ".geojson", ".json", ".shp", ".gpkg", ".parquet", ".accdb", ".mdb"),
)
# What may lie beside a delivery under the name of one of its files: an explanation, a picture.
_DOCUMENT_ENDINGS = (
    *(".md", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".msg", ".eml", ".py"),
    *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".log", ".lnk", ".url"),
)
_COLUMNS = tuple(frozenset(column.header for column in file.columns.values()) for file in ALL_FILES)
_FOLDERS_DEEP = 3
_SAVE_AS = Text(
    "kies in Excel bij Opslaan als: 'CSV UTF-8' of Excel-werkmap (.xlsx)",
    "in Excel choose under Save as: 'CSV UTF-8' or Excel Workbook (.xlsx)",
)


@dataclass(frozen=True)
class Folder:
    """The contents of the known files by name, in order of loading, and faults in the rest.

    `names` says what each file is called in the folder: ladder.csv may be there as ladder.xlsx.
    """

    contents: dict[str, bytes]
    names: dict[str, str]
    faults: tuple[Fault, ...]

    @property
    def checksum(self) -> str:
        """SHA-256 over the names and contents of the known files, as 64 hexadecimal digits."""
        digest = hashlib.sha256()
        for name, content in sorted(self.contents.items()):
            digest.update(f"{self.names[name]}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()


def read_folder(path: Path) -> Folder:
    """Read a delivery's files into memory.

    Texts, programs and folders beside them are ignored; data under another name or in a folder
    inside is a fault, since it would be lost unnoticed. Raises DataAccessError when there is no
    such folder or it cannot be read.
    """
    shown = without_citizen_numbers(str(path))
    if not path.is_dir():
        raise DataAccessError(
            f"De map {shown} bestaat niet. Geef de map met de bestanden van de levering; "
            "'python -m data_access template MAP' maakt een lege.",
            f"The folder {shown} does not exist. Give the folder with the files of the delivery; "
            "'python -m data_access template FOLDER' makes an empty one.",
        )
    contents: dict[str, bytes] = {}
    names: dict[str, str] = {}
    faults = []
    try:
        entries = sorted(path.iterdir())
        for file in entries:
            if not file.is_file() or _is_temporary(file.name):
                continue
            written = file.name.lower()
            known = written if written in _NAMES else _WORKBOOKS.get(written)
            if known and known not in contents:
                contents[known], names[known] = file.read_bytes(), written
            elif known:
                faults.append(_fault(file.name, _twice(written, names[known])))
            elif expected := _expected(file):
                faults.append(_fault(file.name, expected))
        for folder in entries:
            if folder.is_dir() and not _is_temporary(folder.name):
                faults.extend(_lost_inside(folder, contents))
    except OSError as error:
        raise DataAccessError(
            f"De map {shown} is niet te lezen ({error.strerror}). Sluit bestanden die openstaan en "
            "controleer de rechten.",
            f"The folder {shown} cannot be read ({error.strerror}). Close files that are open and "
            "check the permissions.",
        ) from error
    in_order = {name: contents[name] for name in _NAMES if name in contents}
    return Folder(in_order, names, tuple(faults))


def _fault(name: str, expected: Text) -> Fault:
    return Fault(name, None, "", name, expected)


def _is_temporary(name: str) -> bool:
    return name.startswith((".", "~$", "__"))


def _lost_inside(folder: Path, contents: dict[str, bytes]) -> Iterator[Fault]:
    """Yield a fault when a folder inside holds a file that the delivery itself lacks."""
    for place, folders, files in os.walk(folder):
        depth = len(Path(place).relative_to(folder).parts)
        folders[:] = [
            each for each in sorted(folders) if depth < _FOLDERS_DEEP and not _is_temporary(each)
        ]
        for name in sorted(files):
            written = name.lower()
            known = written if written in _NAMES else _WORKBOOKS.get(written)
            if known and known not in contents:
                inside = (Path(place) / name).relative_to(folder.parent).as_posix()
                yield _fault(
                    f"{folder.name}/",
                    Text(
                        f"alle bestanden in de map zelf; {inside} wordt niet gelezen. Zet het "
                        "bestand een map hoger, of haal de map weg",
                        f"all files in the folder itself; {inside} is not read. Move the file one "
                        "folder up, or take this folder away",
                    ),
                )
                return


def _twice(written: str, other: str) -> Text:
    if written == other:
        return Text(
            "dit bestand één keer; het staat er twee keer, met andere hoofdletters",
            "this file once; it is there twice, with other capitals",
        )
    return Text(
        f"een van de twee: {other} of {written}. Haal de andere weg; welke geldt, is niet te zien",
        f"one of the two: {other} or {written}. Take the other away; which one counts cannot be "
        "seen",
    )


def _expected(file: Path) -> Text | None:
    """Return what is expected instead of a file that holds data and is not read, or None."""
    name = " ".join(file.name.lower().split())
    stem, *endings = name.split(".")
    known = _STEMS.get(stem.strip())
    ending = f".{endings[-1]}" if endings else ""
    if known and ending not in _DOCUMENT_ENDINGS:
        return _right_name(known, ending)
    if ending in _ARCHIVES:
        return Text(
            "losse bestanden; pak dit archief uit en haal het weg",
            "loose files; unpack this archive and take it away",
        )
    if ending in _DATA_ENDINGS:
        return _known_name(name.rsplit(".", 1)[0], ending)
    if ending not in _DOCUMENT_ENDINGS and _holds_table(file):
        return _known_name(stem, ending)
    return None


def _right_name(known: str, ending: str) -> Text:
    if known == WIJK_SHAPES.name:
        return Text(
            f"{known}; dit bestand wordt niet gelezen. Bewaar de grenzen als GeoJSON met die naam",
            f"{known}; this file is not read. Save the boundaries as GeoJSON under that name",
        )
    if ending in _SPREADSHEETS:
        return Text(f"{known}; {_SAVE_AS.nl}", f"{known}; {_SAVE_AS.en}")
    return Text(
        f"{known}; dit bestand wordt niet gelezen. Geef het die naam (Windows verbergt het einde "
        "van een naam: kies Beeld, Bestandsnaamextensies) of haal het weg",
        f"{known}; this file is not read. Give it that name (Windows hides the end of a name: "
        "choose View, File name extensions) or take it away",
    )


def _known_name(stem: str, ending: str) -> Text:
    inside = sorted((each for each in _STEMS if each in stem), key=len, reverse=True)
    if inside:
        known = _STEMS[inside[0]]
        return Text(
            f"één bestand {known}; dit lijkt een kopie of deel ervan en wordt niet gelezen. Haal "
            f"het weg, of noem het {known} als dit het goede is",
            f"one file {known}; this looks like a copy or part of it and is not read. Take it "
            f"away, or name it {known} if this is the right one",
        )
    near = difflib.get_close_matches(stem, _STEMS, n=1)
    if near:
        known = _STEMS[near[0]]
        return Text(f"een bekende naam; bedoelt u {known}?", f"a known name; do you mean {known}?")
    if ending in (".geojson", ".json", ".shp", ".gpkg"):
        return Text(
            f"{WIJK_SHAPES.name}, als dit grenzen van wijken zijn; haal het bestand anders weg",
            f"{WIJK_SHAPES.name}, if these are boundaries of wijken; otherwise take the file away",
        )
    listed = ", ".join(_NAMES)
    return Text(
        f"een van de bestanden {listed}; dit bestand wordt niet gelezen",
        f"one of the files {listed}; this file is not read",
    )


def _holds_table(file: Path) -> bool:
    """Tell whether the first line of a text holds three columns of one of our files."""
    with file.open("rb") as opened:
        head = opened.read(4_096)
    text = decode_csv(file.name, head.rsplit(b"\n", 1)[0])
    if isinstance(text, Fault) or not text:
        return False
    first = text.lstrip().splitlines()[:1]
    for delimiter in ";,\t|":
        cells = [cell.strip('" ') for line in first for cell in line.split(delimiter)]
        for columns in _COLUMNS:
            names = {header_name(cell, columns) for cell in cells}
            if len(names & columns) >= min(3, len(columns)):
                return True
    return False
