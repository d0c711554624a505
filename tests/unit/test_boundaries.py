"""Loading boundaries: every quirk of the files that go round, and nothing half loaded."""

import datetime
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, Polygon, shape
from sqlalchemy import Engine, insert, select

from data_access.boundaries import load_areas
from data_access.boundaries.shapes import MOST_BYTES, fit, polygons_of, read_geometry
from data_access.cbs.refusal import FileRefused
from data_access.database import writing_engine
from data_access.register import gemeente, wijk
from data_access.schema import make_ready

VRIJHEIDSWIJK = {"statcode": "WK008061", "statnaam": "Vrijheidswijk"}


def square(x: float = 5.8, y: float = 53.2, size: float = 0.01) -> list[list[float]]:
    """An exterior ring, clockwise."""
    east, north = round(x + size, 7), round(y + size, 7)
    return [[x, y], [x, north], [east, north], [east, y], [x, y]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [*(rings or [square()])]}


def feature(properties: dict[str, Any], geometry: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry or polygon()}


def without_geometry(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": None}


@pytest.fixture
def write(tmp_path: Path):
    """Write features to a GeoJSON file."""

    def write(*features: dict[str, Any], name: str = "wijken.geojson", **members: Any) -> Path:
        path = tmp_path / name
        collection = {"type": "FeatureCollection", **members, "features": features}
        path.write_text(json.dumps(collection), encoding="utf-8")
        return path

    return write


@pytest.fixture
def register() -> Engine:
    """An empty register that is quickly made; a few tests below use both databases."""
    engine = writing_engine("sqlite://")
    make_ready(engine)
    return engine


def wijken(engine: Engine) -> dict[tuple[str, int], Any]:
    with engine.connect() as connection:
        return {(row.code, row.edition): row for row in connection.execute(select(wijk))}


def gemeenten(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {row.code: row.name for row in connection.execute(select(gemeente))}


def refusal(engine: Engine, path: Path, edition: int = 2023) -> FileRefused:
    """Load a file that must be refused, and check that nothing of it was written."""
    before = wijken(engine), gemeenten(engine)
    with pytest.raises(FileRefused) as caught:
        load_areas(engine, path, edition)
    assert (wijken(engine), gemeenten(engine)) == before
    for language in ("nl", "en"):
        assert caught.value.message(language).startswith(path.name)
    assert caught.value.message("nl") != caught.value.message("en")
    return caught.value


@pytest.fixture
def schematic(empty_database: Engine) -> Engine:
    """A register with one wijk whose shape is schematic and whose figures are known."""
    with empty_database.begin() as connection:
        connection.execute(insert(gemeente), [{"code": "GM0080", "name": "Leeuwarden"}])
        row = {
            "code": "WK008061",
            "edition": 2023,
            "gemeente_code": "GM0080",
            "name": "Vrijheidswijk",
            "residents": 7_000,
            "bijstand": 900,
            "figures_on": datetime.date(2024, 1, 1),
            "figures_source": "levering",
            "longitude": Decimal("5.1"),
            "latitude": Decimal("53.1"),
            "geometry": json.dumps(polygon()),
            "schematic": True,
            "geometry_source": "schematisch",
        }
        connection.execute(insert(wijk), [row])
    return empty_database


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"statcode": "WK008061", "statnaam": "Vrijheidswijk", "rubriek": "wijk"}, "Vrijheidswijk"),
        ({"code": "WK008061 ", "name": "Vrijheidswijk", "province": "x"}, "Vrijheidswijk"),
        (
            {"WK_CODE": "WK008061", "WK_NAAM": "Wijk 22 Vrijheidswijk", "GM_CODE": "GM0080"},
            "Vrijheidswijk",
        ),
        ({"wijkcode": "WK008061", "wijknaam": "Vrijheidswijk", "water": "NEE"}, "Vrijheidswijk"),
        ({"WK_CODE": "WK008061", "WK_NAAM": "Wijk 02"}, "Wijk 02"),
        ({"wijkcode": "WK008061", "wijknaam": 'Wijk 69 "De Zuidlanden"'}, "De Zuidlanden"),
    ],
)
def test_property_names_of_every_vintage(
    register: Engine, write, properties: dict[str, Any], name: str
) -> None:
    load_areas(register, write(feature(properties)), 2023)
    row = wijken(register)["WK008061", 2023]
    assert (row.name, row.gemeente_code) == (name, "GM0080")
    assert (row.residents, row.figures_on, row.figures_source) == (None, None, "")


def test_letters_in_codes(register: Engine, write) -> None:
    load_areas(register, write(feature({"code": "WK0363AA", "name": "Burgwallen"})), 2025)
    assert wijken(register)["WK0363AA", 2025].gemeente_code == "GM0363"


def test_what_is_written(empty_database: Engine, write) -> None:
    hole = [[5.802, 53.202], [5.804, 53.202], [5.804, 53.204], [5.802, 53.202]]
    fine = [[5.8000000049, 53.2], *square()[1:-1], [5.8000000049, 53.2]]
    report = load_areas(empty_database, write(feature(VRIJHEIDSWIJK, polygon(fine, hole))), 2023)
    row = wijken(empty_database)["WK008061", 2023]
    drawn = json.loads(row.geometry)
    assert shape(drawn).equals(Polygon(square(), [hole]))
    assert shapely.is_ccw(shape(drawn).exterior)
    assert not shapely.is_ccw(shape(drawn).interiors[0])
    assert row.schematic is False
    assert row.geometry_source == "CBS/Kadaster, wijken.geojson, 2023"
    assert shape(drawn).contains(Point(float(row.longitude), float(row.latitude)))
    assert report.largest == len(row.geometry)
    assert gemeenten(empty_database) == {"GM0080": "GM0080"}
    assert report.new_gemeenten == ("GM0080",)


def test_coordinates_have_five_decimals(register: Engine, write) -> None:
    ring = [[5.123456789, 53.2], [5.2, 53.2], [5.2, 53.3], [5.123456789, 53.2]]
    load_areas(register, write(feature(VRIJHEIDSWIJK, polygon(ring))), 2023)
    drawn = json.loads(wijken(register)["WK008061", 2023].geometry)
    assert [5.12346, 53.2] in drawn["coordinates"][0]


def test_the_centre_lies_inside_a_bent_wijk(register: Engine, write) -> None:
    bent = [[5.0, 53.0], [5.3, 53.0], [5.3, 53.3], [5.29, 53.3], [5.29, 53.01], [5.0, 53.01]]
    load_areas(register, write(feature(VRIJHEIDSWIJK, polygon([*bent, bent[0]]))), 2023)
    row = wijken(register)["WK008061", 2023]
    assert Polygon(bent).contains(Point(float(row.longitude), float(row.latitude)))


def test_heights_are_left_out(register: Engine, write) -> None:
    high = [[*each, 12.5] for each in square()]
    load_areas(register, write(feature(VRIJHEIDSWIJK, polygon(high))), 2023)
    drawn = json.loads(wijken(register)["WK008061", 2023].geometry)
    assert {len(each) for each in drawn["coordinates"][0]} == {2}


def test_parts_of_a_wijk_stay_together(register: Engine, write) -> None:
    islands = {"type": "MultiPolygon", "coordinates": [[square()], [square(5.9)]]}
    load_areas(register, write(feature(VRIJHEIDSWIJK, islands)), 2023)
    drawn = shape(json.loads(wijken(register)["WK008061", 2023].geometry))
    assert drawn.geom_type == "MultiPolygon"
    assert len(drawn.geoms) == 2
    assert all(shapely.is_ccw(part.exterior) for part in drawn.geoms)


def test_the_area_of_a_collection_is_used(register: Engine, write) -> None:
    line = {"type": "LineString", "coordinates": [[5.8, 53.2], [5.9, 53.3]]}
    mixed = {"type": "GeometryCollection", "geometries": [line, polygon()]}
    load_areas(register, write(feature(VRIJHEIDSWIJK, mixed)), 2023)
    drawn = shape(json.loads(wijken(register)["WK008061", 2023].geometry))
    assert drawn.equals(Polygon(square()))


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [5.8, 53.2]},
        {"type": "MultiPoint", "coordinates": [[5.8, 53.2], [5.9, 53.2]]},
        {"type": "MultiLineString", "coordinates": [[[5.8, 53.2], [5.9, 53.2]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": [[[5.8, 53.2], [5.9, 53.2], [5.8, 53.2], [5.8, 53.2]]]},
        None,
    ],
    ids=["point", "points", "lines", "empty", "flat", "none"],
)
def test_slivers_are_skipped_and_reported(register: Engine, write, geometry: Any) -> None:
    sliver = without_geometry({"statcode": "WK005602", "statnaam": "Wijk 02"})
    sliver["geometry"] = geometry
    report = load_areas(register, write(feature(VRIJHEIDSWIJK), sliver), 2023)
    assert set(wijken(register)) == {("WK008061", 2023)}
    assert gemeenten(register) == {"GM0080": "GM0080"}
    assert [each.code for each in report.skipped] == ["WK005602"]
    assert "WK005602 Wijk 02 (geen oppervlakte)" in report.describe("nl")
    assert "WK005602 Wijk 02 (no area)" in report.describe("en")


def test_only_slivers(register: Engine, write) -> None:
    point = {"type": "Point", "coordinates": [5.8, 53.2]}
    assert "Polygon" in refusal(register, write(feature(VRIJHEIDSWIJK, point))).message("nl")


def test_invalid_polygons_are_mended_and_reported(register: Engine, write) -> None:
    bow = [[5.8, 53.2], [5.9, 53.3], [5.9, 53.2], [5.8, 53.3], [5.8, 53.2]]
    report = load_areas(register, write(feature(VRIJHEIDSWIJK, polygon(bow))), 2023)
    drawn = shape(json.loads(wijken(register)["WK008061", 2023].geometry))
    assert drawn.is_valid
    assert drawn.area == pytest.approx(0.1 * 0.1 / 2, rel=1e-3)
    assert report.mended == ("WK008061",)
    assert "Ongeldig vlak hersteld: 1 (WK008061)" in report.describe("nl")


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"wijkcode": "WK008099", "wijknaam": "Groot water"}, "water"),
        ({"wijkcode": "WK008062", "wijknaam": "Dokkumer Ie", "water": "JA"}, "water"),
        ({"wijkcode": "WK099899", "wijknaam": "Buitenland"}, "buitenland"),
        ({"wijkcode": "GM0080", "wijknaam": "Leeuwarden"}, "geen wijk maar een gemeente of buurt"),
        ({"wijkcode": "BU00806101", "wijknaam": "x"}, "geen wijk maar een gemeente of buurt"),
    ],
)
def test_what_is_no_wijk_is_skipped_and_reported(
    register: Engine, write, properties: dict[str, Any], reason: str
) -> None:
    own = feature({"wijkcode": "WK008061", "wijknaam": "Vrijheidswijk"})
    report = load_areas(register, write(own, feature(properties)), 2023)
    assert set(wijken(register)) == {("WK008061", 2023)}
    assert [each.reason.nl for each in report.skipped] == [reason]
    assert f"({reason})" in report.describe("nl")


def test_a_wijk_on_land_may_end_in_99(register: Engine, write) -> None:
    load_areas(register, write(feature({"code": "WK010699", "name": "Buitengebied"})), 2025)
    assert ("WK010699", 2025) in wijken(register)


@pytest.mark.parametrize(
    ("properties", "found"),
    [
        ({"BU_CODE": "BU00806101", "BU_NAAM": "x", "WK_CODE": "WK008061"}, "buurten"),
        ({"gemeentecode": "GM0080", "gemeentenaam": "Leeuwarden"}, "gemeenten"),
        ({"statcode": "NL00", "statnaam": "Nederland"}, "andere gebieden"),
    ],
)
def test_files_of_other_areas(
    register: Engine, write, properties: dict[str, Any], found: str
) -> None:
    message = refusal(register, write(feature(properties))).message("nl")
    assert f"bevat {found}, geen wijken" in message
    assert "Download" in message


def test_parts_of_one_wijk_in_several_features_are_joined(register: Engine, write) -> None:
    path = write(feature(VRIJHEIDSWIJK), feature(VRIJHEIDSWIJK, polygon(square(5.9))))
    report = load_areas(register, path, 2023)
    drawn = shape(json.loads(wijken(register)["WK008061", 2023].geometry))
    assert drawn.area == pytest.approx(2 * 0.01**2)
    assert report.doubled == ("WK008061",)
    assert "samengevoegd: 1 (WK008061)" in report.describe("nl")


def test_one_code_with_two_names(register: Engine, write) -> None:
    other = feature({**VRIJHEIDSWIJK, "statnaam": "Vossepark & Helicon"}, polygon(square(5.9)))
    faults = refusal(register, write(feature(VRIJHEIDSWIJK), other)).faults
    assert len(faults) == 1
    assert "'Vrijheidswijk', 'Vossepark & Helicon'" in faults[0].nl


def test_names_of_gemeenten(empty_database: Engine, write) -> None:
    unnamed = write(feature({"WK_CODE": "WK008061", "WK_NAAM": "Vrijheidswijk"}))
    load_areas(empty_database, unnamed, 2022)
    named = {"WK_CODE": "WK008061", "WK_NAAM": "Vrijheidswijk", "GM_NAAM": "Leeuwarden"}
    report = load_areas(empty_database, write(feature(named)), 2023)
    assert gemeenten(empty_database) == {"GM0080": "Leeuwarden"}
    assert report.new_gemeenten == ()
    load_areas(empty_database, write(feature({**named, "GM_NAAM": "Anders"})), 2024)
    assert gemeenten(empty_database) == {"GM0080": "Leeuwarden"}


FIGURES = {"code": "WK008061", "name": "Vrijheidswijk", "population": 7_120}


def test_key_figures_are_taken_along(empty_database: Engine, write) -> None:
    report = load_areas(empty_database, write(feature(FIGURES)), 2022)
    row = wijken(empty_database)["WK008061", 2022]
    assert (row.residents, row.households, row.bijstand) == (7_120, None, None)
    assert row.figures_on == datetime.date(2022, 1, 1)
    assert row.figures_source == "CBS, Kerncijfers wijken en buurten 2022 (wijken.geojson)"
    assert report.figures == 1


def test_unknown_key_figures(register: Engine, write) -> None:
    secret = {
        "WK_CODE": "WK008061",
        "WK_NAAM": "Vrijheidswijk",
        "AANT_INW": -99999999,
        "AANTAL_HH": 3_400.0,
        "WWB_UITTOT": -99997,
    }
    load_areas(register, write(feature(secret)), 2015)
    row = wijken(register)["WK008061", 2015]
    assert (row.residents, row.households, row.bijstand) == (None, 3_400, None)


def test_boundaries_never_replace_key_figures(schematic: Engine, write) -> None:
    report = load_areas(schematic, write(feature(FIGURES)), 2023)
    row = wijken(schematic)["WK008061", 2023]
    assert (row.residents, row.bijstand, row.figures_source) == (7_000, 900, "levering")
    assert row.figures_on == datetime.date(2024, 1, 1)
    assert report.figures == 0


def test_key_figures_of_the_same_file_are_renewed(register: Engine, write) -> None:
    load_areas(register, write(feature(FIGURES)), 2022)
    load_areas(register, write(feature({**FIGURES, "population": 7_125})), 2022)
    assert wijken(register)["WK008061", 2022].residents == 7_125


def test_a_schematic_shape_is_replaced(schematic: Engine, write) -> None:
    ring = square(5.85)
    report = load_areas(schematic, write(feature(VRIJHEIDSWIJK, polygon(ring))), 2023)
    row = wijken(schematic)["WK008061", 2023]
    assert row.schematic is False
    assert shape(json.loads(row.geometry)).equals(Polygon(ring))
    assert Polygon(ring).contains(Point(float(row.longitude), float(row.latitude)))
    assert (report.changes.new, report.changes.changed, report.changes.unchanged) == (0, 1, 0)


def test_the_same_file_twice_changes_nothing(empty_database: Engine, write) -> None:
    path = write(feature(FIGURES), feature({"code": "WK008062", "name": "Dokkumer Ie e.o."}))
    first = load_areas(empty_database, path, 2022)
    rows = wijken(empty_database)
    second = load_areas(empty_database, path, 2022)
    assert wijken(empty_database) == rows
    assert (first.changes.new, second.changes.new, second.changes.unchanged) == (2, 0, 2)


def test_another_edition_is_another_row(schematic: Engine, write) -> None:
    load_areas(schematic, write(feature({**VRIJHEIDSWIJK, "statnaam": "Vossepark"})), 2015)
    rows = wijken(schematic)
    assert rows["WK008061", 2015].name == "Vossepark"
    assert rows["WK008061", 2023].name == "Vrijheidswijk"
    assert rows["WK008061", 2023].schematic is True


def test_another_wijk_under_the_same_code_is_refused(schematic: Engine, write) -> None:
    other = {"statcode": "WK008061", "statnaam": "Vossepark & Helicon"}
    new = feature({"statcode": "WK008062", "statnaam": "Dokkumer Ie e.o."}, polygon(square(5.9)))
    faults = refusal(schematic, write(feature(other), new)).faults
    assert len(faults) == 1
    assert "'Vrijheidswijk'" in faults[0].nl
    assert "'Vossepark & Helicon'" in faults[0].nl


@pytest.mark.parametrize(
    ("known", "given", "kept"),
    [
        ("Nijlan", "Nijlân", "Nijlân"),
        ("Nijlân", "Nijlan", "Nijlân"),
        ("Vossepark & Helicon", "Vossepark en Helicon", "Vossepark & Helicon"),
    ],
)
def test_other_spellings_are_reported(
    register: Engine, write, known: str, given: str, kept: str
) -> None:
    load_areas(register, write(feature({"code": "WK008041", "name": known})), 2022)
    path = write(feature({"code": "WK008041", "name": given}))
    report = load_areas(register, path, 2022)
    assert wijken(register)["WK008041", 2022].name == kept
    assert report.respelled == (("WK008041", known, given),)
    assert f"'{known}' / '{given}'" in report.describe("nl")


def test_wijken_that_only_one_side_has_are_reported(schematic: Engine, write) -> None:
    new = {"statcode": "WK008062", "statnaam": "Dokkumer Ie e.o."}
    elsewhere = {"statcode": "WK001400", "statnaam": "Centrum"}
    report = load_areas(schematic, write(feature(new), feature(elsewhere)), 2023)
    assert report.added == ("WK008062",)
    assert report.uncovered == ("WK008061",)
    assert "kan overlappen: 1 (WK008061)" in report.describe("nl")


def test_all_faults_are_listed_at_once(register: Engine, write) -> None:
    path = write(
        feature({**VRIJHEIDSWIJK, "population": 5}),
        feature({"statcode": "8062", "statnaam": "Dokkumer Ie e.o."}),
        feature({"statcode": "WK008063", "statnaam": None}),
        feature({"statcode": "WK008070", "statnaam": "Aldlân", "population": 12.5}),
        feature({"statcode": "WK008071", "statnaam": "x" * 121}),
        feature({"statcode": "WK008072", "statnaam": "wk008072"}),
        feature({"statcode": "WK008073", "statnaam": "y"}, {"type": "Polygon", "coordinates": [1]}),
    )
    faults = [fault.nl for fault in refusal(register, path).faults]
    assert [fault.split(":")[0].split(",")[0].split(" (")[0] for fault in faults] == [
        f"feature {number}" for number in (2, 3, 4, 5, 6, 7)
    ]
    for fault, expected in zip(faults, FAULTS, strict=True):
        assert expected in fault


FAULTS = (
    "'8062' in statcode",
    "geen naam",
    "'12.5' is geen geheel getal",
    "langer dan 120",
    "de code zelf",
    "niet te lezen",
)


def test_a_long_list_of_faults_is_shortened(register: Engine, write) -> None:
    path = write(*(feature({"statcode": str(number)}) for number in range(25)))
    error = refusal(register, path)
    assert len(error.faults) == 25
    assert len(error.message("nl").splitlines()) == 22
    assert error.message("nl").endswith("en nog 5")


@pytest.mark.parametrize(
    ("properties", "edition", "said"),
    [
        ({**VRIJHEIDSWIJK, "jrstatcode": "2023WK008061"}, 2022, "2023"),
        ({"wijkcode": "WK008061", "wijknaam": "Vrijheidswijk", "jaar": 2023}, 2024, "2023"),
    ],
)
def test_a_file_of_another_year(
    register: Engine, write, properties: dict[str, Any], edition: int, said: str
) -> None:
    message = refusal(register, write(feature(properties)), edition).message("nl")
    assert f"over {said} gaat, niet over {edition}" in message
    load_areas(register, write(feature(properties)), int(said))


@pytest.mark.parametrize("edition", [1994, 2101, 23])
def test_an_edition_that_is_no_year(register: Engine, write, edition: int) -> None:
    assert str(edition) in refusal(register, write(feature(FIGURES)), edition).message("en")


def test_a_file_name_of_another_year_is_remarked(register: Engine, write) -> None:
    path = write(feature(VRIJHEIDSWIJK), name="wijk_2022_v3.geojson")
    assert "2022" in load_areas(register, path, 2023).describe("nl").splitlines()[1]
    assert load_areas(register, path, 2022).other_year == ""


RD = [[181_000.0, 579_000.0], [182_000.0, 579_000.0], [182_000.0, 580_000.0]]


@pytest.mark.parametrize(
    ("ring", "found"),
    [
        ([*RD, RD[0]], "EPSG:28992"),
        ([[y, x] for x, y in square()], "omgekeerd"),
        (square(-0.1, 51.5), "feature 1: -0.1, 51.5"),
        (square(5.8, 0.0), "buiten Nederland"),
        ([[5.8, 53.2], [5.9, 53.2], [5.9, math.nan], [5.8, 53.2]], "buiten Nederland"),
    ],
    ids=["RD", "swapped", "London", "Africa", "nan"],
)
def test_other_coordinates(register: Engine, write, ring: list[list[float]], found: str) -> None:
    message = refusal(register, write(feature(VRIJHEIDSWIJK, polygon(ring)))).message("nl")
    assert found in message
    assert "WGS84" in message


def named_system(name: str) -> dict[str, Any]:
    return {"type": "name", "properties": {"name": name}}


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4258"]
)
def test_coordinate_systems_in_degrees(register: Engine, write, name: str) -> None:
    load_areas(register, write(feature(VRIJHEIDSWIJK), crs=named_system(name)), 2023)
    assert wijken(register)


@pytest.mark.parametrize(
    ("name", "found"),
    [("urn:ogc:def:crs:EPSG::28992", "Rijksdriehoek"), ("EPSG:3857", "EPSG:3857")],
)
def test_other_coordinate_systems(register: Engine, write, name: str, found: str) -> None:
    path = write(feature(VRIJHEIDSWIJK), crs=named_system(name))
    assert found in refusal(register, path).message("nl")


def test_no_coordinate_system_is_degrees(register: Engine, write) -> None:
    load_areas(register, write(feature(VRIJHEIDSWIJK), crs=None), 2023)
    assert wijken(register)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.json", b'{"arcs": [], "objects": {}, "type": "Topology"}', "TopoJSON"),
        ("a.gpkg", b"SQLite format 3\x00" + bytes(100), "GeoPackage"),
        ("a.zip", b"PK\x03\x04" + bytes(100), "ZIP"),
        ("a.shp", b"\x00\x00\x27\x0a" + bytes(100), "Shapefile"),
        ("a.bin", b"abc\x00def", "binary"),
        ("a.csv", b"code;naam\n", "figures"),
        ("a.gml", b"<?xml version='1.0'?>", "ogr2ogr"),
        ("a.json", b'{"type": "FeatureCollection", "features": [', "ogr2ogr"),
        ("a.json", b'{"type": "FeatureCollection"}', "ogr2ogr"),
        ("a.json", b'{"type": "FeatureCollection", "features": [3]}', "feature"),
        ("a.json", b'{"type": "Polygon", "coordinates": []}', "type Polygon"),
        ("a.json", b'{"type": "FeatureCollection", "features": []}', "wijkcode"),
        ("a.json", b"[1, 2]", "ogr2ogr"),
        ("a.json", "{'é'}".encode("latin-1"), "ogr2ogr"),
        ("a.json", b"[" * 100_000, "ogr2ogr"),
        ("a.json", b" \n", "leeg"),
    ],
)
def test_other_formats(
    register: Engine, tmp_path: Path, name: str, content: bytes, found: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert found in refusal(register, path).message("nl")


def test_a_file_that_is_not_there(register: Engine, tmp_path: Path) -> None:
    assert "bestaat niet" in refusal(register, tmp_path / "niets.geojson").message("nl")
    assert "bestaat niet" in refusal(register, tmp_path).message("nl")


def test_properties_without_a_code(register: Engine, write) -> None:
    message = refusal(register, write(feature({"wijk": "Vrijheidswijk"}))).message("nl")
    assert "wel: wijk" in message


def test_properties_that_mean_the_same(register: Engine, write) -> None:
    path = write(feature({"WK_CODE": "WK008061", "wijkcode": "WK008060", "wijknaam": "x"}))
    assert "WK_CODE, wijkcode" in refusal(register, path).message("nl")


def test_geometry_nested_too_deep(register: Engine, write) -> None:
    deep: Any = [5.8, 53.2]
    for _ in range(100):
        deep = [deep]
    path = write(feature(VRIJHEIDSWIJK, {"type": "Polygon", "coordinates": deep}))
    assert "niet te lezen" in refusal(register, path).message("nl")


def test_a_byte_order_mark_does_no_harm(register: Engine, write) -> None:
    path = write(feature(VRIJHEIDSWIJK))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    load_areas(register, path, 2023)
    assert wijken(register)


def test_progress_goes_from_nothing_to_everything(register: Engine, write) -> None:
    parts: list[float] = []
    path = write(feature(VRIJHEIDSWIJK), feature({"statcode": "WK001400", "statnaam": "Centrum"}))
    load_areas(register, path, 2023, lambda _doing, part: parts.append(part))
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)
    assert len(parts) > 3


def wavy_quarters(points: int) -> dict[str, Polygon]:
    """Four neighbours with borders of many points, about 5 by 5 km together."""
    steps = np.linspace(0, 1, points)
    wave = 0.002 * np.sin(steps * 60 * np.pi) * np.sin(steps * np.pi)
    west_east = np.column_stack([5.8 + 0.08 * steps, 53.2 + wave])
    south_north = np.column_stack([5.84 + wave, 53.2 + 0.05 * (steps - 0.5)])
    outline = Polygon([(5.8, 53.175), (5.88, 53.175), (5.88, 53.225), (5.8, 53.225)])
    lines = shapely.union_all(
        [outline.exterior, *map(shapely.LineString, (west_east, south_north))]
    )
    parts = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    largest = sorted(parts, key=lambda each: each.area)[-4:]
    return {f"WK00800{number}": part for number, part in enumerate(largest)}


def test_fine_borders_are_simplified_and_still_shared() -> None:
    fine = wavy_quarters(3_000)
    fitted = fit(fine)
    assert fitted.tolerance > 0
    assert MOST_BYTES / 8 < fitted.size <= MOST_BYTES
    assert fitted.size == sum(len(each.geometry) for each in fitted.shapes.values())
    drawn = {code: shape(json.loads(each.geometry)) for code, each in fitted.shapes.items()}
    assert shapely.coverage_is_valid(list(drawn.values()))
    for code, light in drawn.items():
        assert light.is_valid
        assert light.symmetric_difference(fine[code]).area < fine[code].area * 0.02
        assert shapely.is_ccw(light.exterior)


def test_light_borders_are_left_alone() -> None:
    light = {"WK008061": Polygon(square())}
    fitted = fit(light)
    assert fitted.tolerance == 0
    assert shape(json.loads(fitted.shapes["WK008061"].geometry)).equals(light["WK008061"])


def test_simplification_is_reported(register: Engine, write, monkeypatch) -> None:
    monkeypatch.setattr("data_access.boundaries.shapes.MOST_BYTES", 500)
    round_one = shapely.get_coordinates(Point(5.8, 53.2).buffer(0.05)).tolist()
    report = load_areas(register, write(feature(VRIJHEIDSWIJK, polygon(round_one))), 2023)
    assert set(report.simplified) == {"GM0080"}
    assert report.largest <= 500
    assert "Vereenvoudigd" in report.describe("nl")


def test_simplification_gives_up_at_the_last_tolerance(monkeypatch) -> None:
    monkeypatch.setattr("data_access.boundaries.shapes.MOST_BYTES", 10)
    fitted = fit({"WK008061": Polygon(square())})
    assert fitted.tolerance >= 1_000
    assert shape(json.loads(fitted.shapes["WK008061"].geometry)).is_valid


def test_a_wijk_of_a_few_centimetres_does_not_vanish() -> None:
    tiny = Polygon(square(size=1e-7))
    fitted = fit({"WK008061": tiny})
    assert shape(json.loads(fitted.shapes["WK008061"].geometry)).area > 0


def test_polygons_of_what_has_none() -> None:
    assert polygons_of(read_geometry({"type": "Point", "coordinates": [5.8, 53.2]})) is None
