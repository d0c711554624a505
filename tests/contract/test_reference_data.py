"""Boundaries and key figures from real files that nobody here wrote.

The files are not part of this repository: without them the tests are skipped, with the reason.
What the tests expect is read from the files by the simplest means, or counted by hand.
"""

import csv
import datetime
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import shapely
from shapely.geometry import Point, shape
from sqlalchemy import Engine, select, update

from data_access import settings
from data_access.boundaries import load_areas
from data_access.boundaries.shapes import MOST_BYTES
from data_access.cbs.refusal import FileRefused
from data_access.key_figures import load_figures
from data_access.register import gemeente, wijk
from data_access.release_tables import pub_area
from data_access.same_wijk import WijkRow, choose_together
from tests import releases
from tests.releases import Reading

REFERENCE = settings.ROOT.parent / "shared" / "reference_data"
WIJKEN_2015 = "wijk_2015_tno_wgs84_friesland.geojson"
WIJKEN_2015_GRONINGEN = "wijk_2015_tno_wgs84_groningen_stad.geojson"
WIJKEN_2022 = "wijk_2022_tmap_wgs84_3gemeenten.geojson"
WIJKEN_2023 = "wijk_2023_cartomap_wgs84_3gemeenten.geojson"
FIGURES_2019 = "kwb_2019_amsterdam_statline_via_r.csv"
FIGURES_2024 = "kwb_2024_statline_bevolking.csv"


def real(name: str) -> Path:
    """Return the path of a reference file, or skip with the reason."""
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"reference data: {name} is not in ../shared/reference_data")
    return path


def features(name: str) -> list[dict[str, Any]]:
    return json.loads(real(name).read_text(encoding="utf-8"))["features"]


def lines(name: str, separator: str) -> list[list[str]]:
    with real(name).open(encoding="utf-8-sig", newline="") as file:
        return [[value.strip() for value in line] for line in csv.reader(file, delimiter=separator)]


def wijken(engine: Engine, edition: int) -> dict[str, Any]:
    with engine.connect() as connection:
        rows = connection.execute(select(wijk).where(wijk.c.edition == edition))
        return {row.code: row for row in rows}


def all_wijken(engine: Engine) -> list[WijkRow]:
    fields = WijkRow.__dataclass_fields__
    with engine.connect() as connection:
        rows = connection.execute(select(*(wijk.c[name] for name in fields))).mappings()
        return [WijkRow(**row) for row in rows]


def drawn(row: Any) -> Any:
    return shape(json.loads(row.geometry))


def check_shapes(rows: dict[str, Any]) -> None:
    """Check what a browser and a map expect of every shape."""
    bytes_of: dict[str, int] = {}
    for row in rows.values():
        polygons = drawn(row)
        assert polygons.is_valid
        assert polygons.geom_type in ("Polygon", "MultiPolygon")
        assert all(shapely.is_ccw(part.exterior) for part in shapely.get_parts(polygons))
        # Not "contains": some leftovers of clipping are narrower than a decimal.
        assert polygons.distance(Point(float(row.longitude), float(row.latitude))) < 1e-5
        assert row.schematic is False
        bytes_of[row.gemeente_code] = bytes_of.get(row.gemeente_code, 0) + len(row.geometry)
    assert max(bytes_of.values()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("name", "edition", "code", "label"),
    [(WIJKEN_2022, 2022, "code", "name"), (WIJKEN_2023, 2023, "statcode", "statnaam")],
)
def test_wijken_of_three_gemeenten(
    empty_database: Engine, name: str, edition: int, code: str, label: str
) -> None:
    report = load_areas(empty_database, real(name), edition)
    rows = wijken(empty_database, edition)
    expected = {each["properties"][code]: each for each in features(name)}
    assert len(rows) == len(expected) == report.changes.new == 55
    assert {key: row.name for key, row in rows.items()} == {
        key: each["properties"][label] for key, each in expected.items()
    }
    for key, each in expected.items():
        assert shapely.hausdorff_distance(drawn(rows[key]), shape(each["geometry"])) < 1e-5
    check_shapes(rows)
    assert (report.skipped, report.mended, report.doubled, report.simplified) == ((), (), (), {})
    again = load_areas(empty_database, real(name), edition)
    assert again.changes.unchanged == 55
    assert wijken(empty_database, edition) == rows


def test_residents_in_the_map_of_2022(empty_database: Engine) -> None:
    load_areas(empty_database, real(WIJKEN_2022), 2022)
    rows = wijken(empty_database, 2022)
    assert {code: row.residents for code, row in rows.items()} == {
        each["properties"]["code"]: each["properties"]["population"]
        for each in features(WIJKEN_2022)
    }
    assert rows["WK008074"].residents == 55
    assert {row.figures_on for row in rows.values()} == {datetime.date(2022, 1, 1)}


def test_the_map_of_2023_says_so_itself(empty_database: Engine) -> None:
    with pytest.raises(FileRefused, match="over 2023 gaat, niet over 2022"):
        load_areas(empty_database, real(WIJKEN_2023), 2022)
    assert wijken(empty_database, 2022) == {}


def test_wijken_of_2015(empty_database: Engine) -> None:
    report = load_areas(empty_database, real(WIJKEN_2015), 2015)
    rows = wijken(empty_database, 2015)
    assert len(rows) == 209
    assert {each.code for each in report.skipped} == {"WK005602", "WK169903", "WK170116"}
    assert len(report.mended) == 2
    assert rows["WK008022"].name == "Vrijheidswijk"
    assert rows["WK008061"].name == "Vossepark & Helicon"
    assert "De Zuidlanden" in {row.name for row in rows.values()}
    assert not [row.name for row in rows.values() if '"' in row.name]
    check_shapes(rows)
    given = {each["properties"]["WK_CODE"]: each["properties"] for each in features(WIJKEN_2015)}
    for code, row in rows.items():
        counts = (row.residents, row.households, row.bijstand)
        names = ("AANT_INW", "AANTAL_HH", "WWB_UITTOT")
        known = tuple(given[code][name] for name in names)
        assert counts == tuple(None if value == -99999999 else value for value in known)
    assert None in {row.bijstand for row in rows.values()}
    with empty_database.connect() as connection:
        names = dict(connection.execute(select(gemeente.c.code, gemeente.c.name)).all())
    assert names["GM0080"] == "Leeuwarden"
    assert len(names) == report.gemeenten == len({row.gemeente_code for row in rows.values()})


def test_wijken_of_groningen_in_2015(empty_database: Engine) -> None:
    load_areas(empty_database, real(WIJKEN_2015_GRONINGEN), 2015)
    rows = wijken(empty_database, 2015)
    assert len(rows) == 14
    assert rows["WK001404"].name == "Oosterparkwijk"
    check_shapes(rows)


@pytest.mark.parametrize(
    ("name", "edition", "found"),
    [
        ("buurt_2015_tno_wgs84_3gemeenten.geojson", 2015, "bevat buurten, geen wijken"),
        ("gemeente_2023_pdok_wfs_wgs84_nederland.geojson", 2023, "bevat gemeenten, geen wijken"),
        ("gemeente_2015_cbs_wgs84_nederland.topojson", 2015, "dit is TopoJSON"),
        (FIGURES_2024, 2024, "dit is een tabel, geen kaart"),
    ],
)
def test_other_files_are_no_boundaries(
    empty_database: Engine, name: str, edition: int, found: str
) -> None:
    with pytest.raises(FileRefused, match=found):
        load_areas(empty_database, real(name), edition)
    assert wijken(empty_database, edition) == {}


def test_key_figures_of_2024(empty_database: Engine) -> None:
    report = load_figures(empty_database, real(FIGURES_2024), 2024)
    _, *given = lines(FIGURES_2024, ";")
    expected = {line[3]: int(line[5]) for line in given if line[2] == "Wijk"}
    rows = wijken(empty_database, 2024)
    assert {code: row.residents for code, row in rows.items()} == expected
    assert len(rows) == 55
    assert rows["WK008061"].name == "Vrijheidswijk"
    assert {row.figures_on for row in rows.values()} == {datetime.date(2024, 1, 1)}
    assert {row.geometry for row in rows.values()} == {None}
    with empty_database.connect() as connection:
        whole = dict(connection.execute(select(gemeente.c.code, gemeente.c.residents)).all())
    assert whole == {line[3]: int(line[5]) for line in given if line[2] == "Gemeente"}
    assert len(whole) == 342
    assert report.skipped == {"buurt": 341, "other": 1}
    leeuwarden = [row.residents for row in rows.values() if row.gemeente_code == "GM0080"]
    assert (sum(leeuwarden), whole["GM0080"]) == (128_820, 128_810)
    assert report.differences["GM0080"] == 10
    again = load_figures(empty_database, real(FIGURES_2024), 2024)
    assert (again.wijken.unchanged, again.gemeenten.unchanged) == (55, 342)
    assert wijken(empty_database, 2024) == rows


def test_key_figures_of_2019(empty_database: Engine) -> None:
    load_figures(empty_database, real(FIGURES_2019), 2019)
    header, *given = lines(FIGURES_2019, ",")
    columns = [
        next(at for at, name in enumerate(header) if part in name)
        for part in ("Aantal.inwoners", "Huishoudens.totaal", "Bijstand")
    ]
    expected = {
        line[4]: tuple(int(line[at]) if line[at].isdigit() else None for at in columns)
        for line in given
        if line[3] == "Wijk"
    }
    rows = wijken(empty_database, 2019)
    counts = {code: (row.residents, row.households, row.bijstand) for code, row in rows.items()}
    assert counts == expected
    assert counts["WK036300"] == (4_295, 3_040, 80)
    assert counts["WK036350"] == (0, 0, None)
    assert rows["WK036375"].name == "Chassébuurt"
    with empty_database.connect() as connection:
        amsterdam = connection.execute(select(gemeente)).one()
    assert (amsterdam.code, amsterdam.residents) == ("GM0363", 862_965)


@pytest.mark.parametrize(
    ("name", "edition", "found"),
    [
        ("ses_woa_2019_statline_amsterdam_symbolen.csv", 2019, "niet de tabel Kerncijfers"),
        ("regionale_kerncijfers_2025_statline_gemeenten.csv", 2025, "niet de tabel Kerncijfers"),
        ("cbs_wijknamen_2025.csv", 2025, "niet de tabel Kerncijfers"),
        (WIJKEN_2023, 2023, "dit is een kaart, geen tabel"),
    ],
)
def test_other_files_are_no_key_figures(
    empty_database: Engine, name: str, edition: int, found: str
) -> None:
    with pytest.raises(FileRefused, match=found):
        load_figures(empty_database, real(name), edition)
    assert wijken(empty_database, edition) == {}


def test_codes_of_2015_are_other_wijken_in_2023(empty_database: Engine) -> None:
    load_areas(empty_database, real(WIJKEN_2015), 2015)
    load_areas(empty_database, real(WIJKEN_2023), 2023)
    before = wijken(empty_database, 2023)
    with pytest.raises(FileRefused, match="Vossepark & Helicon") as caught:
        load_areas(empty_database, real(WIJKEN_2015), 2023)
    assert any("WK008061" in fault.nl for fault in caught.value.faults)
    assert wijken(empty_database, 2023) == before
    one, other = ("WK008061", 2023), ("WK008010", 2023)
    chosen = choose_together(all_wijken(empty_database), [one])[one]
    assert (chosen.figures.residents, chosen.geometry.edition) == (None, 2023)
    chosen = choose_together(all_wijken(empty_database), [other])[other]
    assert (chosen.figures.name, chosen.figures.edition) == ("Binnenstad", 2015)


def test_one_map_shows_one_edition(empty_database: Engine) -> None:
    """A schematic map of 2023 becomes real with the map of 2022, not with parts of 2015."""
    load_areas(empty_database, real(WIJKEN_2023), 2023)
    with empty_database.begin() as connection:
        connection.execute(update(wijk).values(schematic=True))
    load_areas(empty_database, real(WIJKEN_2015), 2015)
    wanted = [(code, 2023) for code in wijken(empty_database, 2023) if code.startswith("WK0080")]
    assert len(wanted) == 22
    chosen = choose_together(all_wijken(empty_database), wanted)
    assert {each.geometry.edition for each in chosen.values()} == {2023}
    load_areas(empty_database, real(WIJKEN_2022), 2022)
    chosen = choose_together(all_wijken(empty_database), wanted)
    assert {each.geometry.edition for each in chosen.values()} == {2022}
    assert chosen["WK008041", 2023].figures.name == "Nijlân & De Zwette"


def published_wijken(reading: Reading, number: int) -> dict[str, Any]:
    """Return the wijken of all releases with a number."""
    files = releases.paths(reading.folder, [number])
    rows = (SimpleNamespace(**row) for file in files for row in releases.rows_of(file, pub_area))
    return {row.area_code: row for row in rows if row.level == "wijk"}


def test_the_sample_is_published_with_real_boundaries_and_residents(
    sample_copy: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(sample_copy, tmp_path / "releases", monkeypatch)
    load_areas(sample_copy, real(WIJKEN_2022), 2022)
    load_figures(sample_copy, real(FIGURES_2024), 2024)
    reading.publish()
    assert {row.schematic for row in published_wijken(reading, 1).values()} == {True}
    rows = published_wijken(reading, 2)
    assert len(rows) == 55
    sources = {row.geometry_source for row in rows.values()}
    assert sources == {f"CBS/Kadaster, {WIJKEN_2022}, 2022"}
    check_shapes(rows)
    _, *given = lines(FIGURES_2024, ";")
    assert {code: row.residents for code, row in rows.items()} == {
        line[3]: int(line[5]) for line in given if line[2] == "Wijk"
    }
    for row in rows.values():
        assert row.figures_on == datetime.date(2024, 1, 1)
        assert row.figures_source.startswith("CBS, Kerncijfers wijken en buurten 2024")
    load_areas(sample_copy, real(WIJKEN_2023), 2023)
    chosen = choose_together(all_wijken(sample_copy), [(code, 2023) for code in rows])
    assert {each.geometry.edition for each in chosen.values()} == {2023}
    assert {each.geometry.schematic for each in chosen.values()} == {False}
