"""The committed files are what the builder writes, in the format of a delivery."""

import json
import math
import re
from pathlib import Path

from sample_data import geography
from sample_data.build import build

FILES = {
    "afgesloten_kwartalen.csv",
    "besteding.csv",
    "besteding_uitkomsten.csv",
    "contract_financiers.csv",
    "contract_uitkomsten.csv",
    "contracten.csv",
    "financiers.csv",
    "gemeenten.csv",
    "ladder.csv",
    "levering.csv",
    "ontvangen.csv",
    "organisatie_wijken.csv",
    "organisaties.csv",
    "resultaten.csv",
    "streefwaarden.csv",
    "uitkomsten.csv",
    "uitspraken.csv",
    "uitstroom.csv",
    "vergoedingen.csv",
    "vrijwilligers.csv",
    "wijken.csv",
    "wijkgrenzen.geojson",
}


LATER_FILES = {f"nagekomen/{name}.csv" for name in ("levering", "vrijwilligers", "besteding")}


def test_rebuilding_gives_the_same_bytes(tmp_path: Path, sample_folder: Path) -> None:
    build(tmp_path)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    built = {file.relative_to(tmp_path).as_posix(): file.read_bytes() for file in files}
    assert set(built) == FILES | LATER_FILES
    for name, content in built.items():
        assert content == (sample_folder / name).read_bytes(), name


def test_boundaries_do_not_hang_on_how_this_python_adds(monkeypatch, sample_folder: Path) -> None:
    """From 3.12 on `sum` of floats is compensated: here as if it were, on any Python."""
    monkeypatch.setattr(geography, "sum", math.fsum, raising=False)
    built = json.loads(json.dumps(geography.feature_collection()))
    committed = json.loads((sample_folder / "wijkgrenzen.geojson").read_text(encoding="utf-8"))
    assert built["features"] == committed["features"]


def test_no_data_file_beside_the_delivery(sample_folder: Path) -> None:
    data = {file.name for file in sample_folder.iterdir() if file.suffix in (".csv", ".geojson")}
    assert data == FILES


def test_files_are_as_a_dutch_spreadsheet_saves_them(sample_folder: Path) -> None:
    for file in sample_folder.glob("*.csv"):
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), file.name
        assert b"\r" not in content, file.name
        assert content.endswith(b"\n"), file.name


def test_numbers_have_a_decimal_comma(rows) -> None:
    amounts = [
        row["bedrag"] for name in ("besteding.csv", "vergoedingen.csv") for row in rows(name)
    ]
    assert all(re.fullmatch(r"\d+,\d{2}", amount) for amount in amounts)
    hours = [row["uren_per_week"] for row in rows("vrijwilligers.csv") + rows("uitstroom.csv")]
    assert all(re.fullmatch(r"\d+,\d", each) for each in hours)
    points = [row[axis] for row in rows("wijken.csv") for axis in ("lengtegraad", "breedtegraad")]
    assert all(re.fullmatch(r"\d+,\d{3}", point) for point in points)


def test_the_sample_stays_small(sample_folder: Path) -> None:
    assert sum((sample_folder / name).stat().st_size for name in FILES) < 4_000_000


def test_the_delivery_says_that_it_is_a_sample(rows) -> None:
    (about,) = rows("levering.csv")
    assert about["voorbeeld"] == "ja"
    assert "verzonnen" in about["toelichting"]
