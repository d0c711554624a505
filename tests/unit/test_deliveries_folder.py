"""Which files of a folder belong to a delivery, and when two deliveries are the same."""

from pathlib import Path

import pytest

from data_access.deliveries import ALL_FILES, explanation, write_template
from data_access.deliveries.folder import read_folder
from data_access.errors import DataAccessError

COLUMNS = {file.name: len(file.columns) for file in ALL_FILES}


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


def test_texts_programs_folders_and_temporary_files_are_ignored(tmp_path: Path) -> None:
    put(tmp_path, levering__csv="x", LEESMIJ__md="x", README__md="x", build__py="x")
    put(tmp_path, **{"~$wijken__xlsx": "x", "__~lock__wijken__csv": "x"})
    (tmp_path / "oud.csv").mkdir()
    folder = read_folder(tmp_path)
    assert (list(folder.contents), folder.faults) == (["levering.csv"], ())


@pytest.mark.parametrize(
    "name",
    ["Thumbs.db", "desktop.ini", ".DS_Store", "._vrijwilligers.csv", "notitie.docx", "wijken.pdf",
     "leesmij.txt", "~$wijken.xlsx", ".~lock.wijken.csv#"],
)  # fmt: skip
def test_what_holds_no_data_is_ignored(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0 iets anders")
    assert read_folder(tmp_path).faults == ()


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_text_with_columns_of_ours_is_data_under_any_name(tmp_path: Path, delimiter: str) -> None:
    (tmp_path / "export.txt").write_text(delimiter.join(["Kenmerk", "pseudoniem", "wijkcode"]))
    (fault,) = read_folder(tmp_path).faults
    assert fault.file == "export.txt"


def test_a_workbook_stands_for_the_file_of_its_name(tmp_path: Path) -> None:
    put(tmp_path, **{"Ladder__XLSX": "x"})
    folder = read_folder(tmp_path)
    assert (list(folder.contents), folder.names) == (["ladder.csv"], {"ladder.csv": "ladder.xlsx"})
    put(tmp_path, ladder__csv="x")
    (fault,) = read_folder(tmp_path).faults
    assert "een van de twee" in fault.expected.nl


def test_a_folder_inside_may_hold_older_files_but_none_that_are_lacking(tmp_path: Path) -> None:
    put(tmp_path, levering__csv="x", ladder__csv="x")
    (tmp_path / "oud" / "2024").mkdir(parents=True)
    put(tmp_path / "oud" / "2024", ladder__csv="x")
    assert read_folder(tmp_path).faults == ()
    put(tmp_path / "oud" / "2024", wijken__csv="x")
    (fault,) = read_folder(tmp_path).faults
    assert fault.file == "oud/"
    assert "oud/2024/wijken.csv wordt niet gelezen" in fault.expected.nl


def test_a_citizen_number_in_a_name_is_quoted_nowhere(tmp_path: Path) -> None:
    put(tmp_path, **{"bsn 111222333__csv": "x"})
    (fault,) = read_folder(tmp_path).faults
    assert "111222333" not in fault.sentence("nl") + fault.sentence("en")
    with pytest.raises(DataAccessError) as missing:
        read_folder(tmp_path / "111222333")
    assert "111222333" not in missing.value.message("nl") + missing.value.message("en")


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("vrijwiligers.csv", "bedoelt u vrijwilligers.csv?"),
        ("wijkgrens.geojson", "bedoelt u wijkgrenzen.geojson?"),
        ("wijken.xls", "wijken.csv; kies in Excel"),
        ("wijken.ods", "wijken.csv; kies in Excel"),
        ("vrijwilligers.xlsm", "vrijwilligers.csv; kies in Excel"),
        ("vrijwilligers.csv.txt", "Windows verbergt het einde"),
        ("vrijwilligers.tsv", "Windows verbergt het einde"),
        ("vrijwilligers.txt", "Windows verbergt het einde"),
        ("vrijwilligers", "Windows verbergt het einde"),
        ("wijkgrenzen.xlsx", "wijkgrenzen.geojson; dit bestand"),
        ("wijkgrenzen.json", "wijkgrenzen.geojson; dit bestand"),
        ("kaart.json", "wijkgrenzen.geojson, als dit grenzen"),
        ("vrijwilligers (1).csv", "lijkt een kopie"),
        ("Kopie van vrijwilligers.xlsx", "lijkt een kopie"),
        ("besteding_uitkomsten - kopie.csv", "één bestand besteding_uitkomsten.csv"),
        ("levering 2025.zip", "pak dit archief uit"),
        ("zomaar.csv", "een van de bestanden levering.csv, gemeenten.csv"),
    ],
)
def test_data_under_another_name_is_a_fault_with_a_hint(
    tmp_path: Path, name: str, hint: str
) -> None:
    (tmp_path / name).write_text("x")
    (fault,) = read_folder(tmp_path).faults
    assert (fault.file, fault.value) == (name, name)
    assert hint in fault.expected.nl


def test_capitals_in_a_name_do_not_matter_but_two_files_do(tmp_path: Path) -> None:
    put(tmp_path, **{"Wijken__CSV": "x"})
    assert list(read_folder(tmp_path).contents) == ["wijken.csv"]
    put(tmp_path, wijken__csv="x")
    (fault,) = read_folder(tmp_path).faults
    assert "twee keer" in fault.expected.nl


def test_the_checksum_follows_names_and_contents_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, levering__csv="ab", wijken__csv="c")
    first = read_folder(tmp_path).checksum
    put(tmp_path, README__md="anything")
    assert read_folder(tmp_path).checksum == first
    put(tmp_path, levering__csv="a", wijken__csv="bc")
    second = read_folder(tmp_path).checksum
    (tmp_path / "wijken.csv").rename(tmp_path / "ladder.csv")
    assert len({first, second, read_folder(tmp_path).checksum}) == 3


@pytest.mark.parametrize("kind", ["nothing", "file"])
def test_what_is_no_folder_gets_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "levering"
    if kind == "file":
        path.write_text("x")
    with pytest.raises(DataAccessError, match="bestaat niet"):
        read_folder(path)


def test_a_template_has_every_file_and_both_explanations(tmp_path: Path) -> None:
    names = write_template(tmp_path / "nieuw" / "map")
    assert {path.name for path in (tmp_path / "nieuw" / "map").iterdir()} == set(names)
    assert set(names) == COLUMNS.keys() | {"LEESMIJ.md", "README.md"}
    assert (tmp_path / "nieuw" / "map" / "LEESMIJ.md").read_text("utf-8") == explanation("nl")
    for name, columns in COLUMNS.items():
        if name.endswith(".csv"):
            content = (tmp_path / "nieuw" / "map" / name).read_bytes()
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.endswith(b"\r\n")
            assert content.count(b";") == columns - 1


def test_a_template_overwrites_nothing(tmp_path: Path) -> None:
    put(tmp_path, besteding__csv="kostbaar")
    with pytest.raises(DataAccessError, match=r"besteding\.csv"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["besteding.csv"]
    assert (tmp_path / "besteding.csv").read_text() == "kostbaar"
