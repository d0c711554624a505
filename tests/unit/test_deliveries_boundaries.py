"""Shapes in a delivery: valid polygons in WGS84 become compact text, anything else a fault."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.deliveries.boundaries import compact_geometry, parse_shapes
from indicators.vocabulary import Text
from tests.small_delivery import SQUARE, TODAY

# A busy machine may be slow; these tests are about what comes out.
patient = settings(deadline=None)

FEATURE = {
    "type": "Feature",
    "properties": {"wijkcode": "WK008060", "wijkjaar": 2023, "schematisch": True, "bron": "b"},
    "geometry": {"type": "Polygon", "coordinates": SQUARE},
}
NUMBERS = st.floats() | st.integers() | st.booleans() | st.none() | st.text(max_size=3)
JSON = st.recursive(
    NUMBERS,
    lambda each: st.lists(each, max_size=5) | st.dictionaries(st.text(max_size=8), each),
    max_leaves=20,
)
NESTED = st.recursive(NUMBERS, lambda each: st.lists(each, max_size=5), max_leaves=30)


def faults_of(*features: Any, **collection: Any) -> list[tuple[int | None, str, str]]:
    whole = {"type": "FeatureCollection", "features": list(features), **collection}
    _, faults = parse_shapes(json.dumps(whole).encode(), TODAY)
    return [(fault.row, fault.column, fault.expected.nl) for fault in faults]


def changed(**geometry: Any) -> dict[str, Any]:
    feature = copy.deepcopy(FEATURE)
    feature["geometry"] |= geometry
    return feature


def test_a_valid_shape_becomes_compact_text() -> None:
    feature = changed(coordinates=[[[x + 1e-9, y, 12.0] for x, y in SQUARE[0]]])
    parsed, faults = parse_shapes(
        json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(), TODAY
    )
    assert faults == []
    assert parsed.rows[0].values == {
        "code": "WK008060",
        "edition": 2023,
        "schematic": True,
        "geometry_source": "b",
        "geometry": '{"type":"Polygon","coordinates":[[[5.8,53.2],[5.82,53.2],[5.82,53.22],'
        "[5.8,53.22],[5.8,53.2]]]}",
    }


def test_parts_and_holes_are_kept() -> None:
    hole = [[5.805, 53.205], [5.81, 53.205], [5.81, 53.21], [5.805, 53.205]]
    feature = changed(type="MultiPolygon", coordinates=[[SQUARE[0], hole]])
    assert faults_of(feature) == []
    kept = json.loads(str(compact_geometry(feature["geometry"])))
    assert kept == {"type": "MultiPolygon", "coordinates": [[SQUARE[0], hole]]}


@pytest.mark.parametrize(
    ("feature", "expected"),
    [
        (changed(type="LineString", coordinates=SQUARE[0]), "Polygon of MultiPolygon"),
        (changed(coordinates=[]), "Polygon of MultiPolygon"),
        (changed(coordinates=[[[5.8, "53"]] * 4]), "Polygon of MultiPolygon"),
        (changed(coordinates=[[[5.8, 53.2]]]), "Polygon of MultiPolygon"),
        (changed(coordinates=[[[y, x] for x, y in SQUARE[0]]]), "lengtegraad (3-8) vóór"),
        (changed(coordinates=[[[1000 * x, 9e3 * y] for x, y in SQUARE[0]]]), "Rijksdriehoek"),
        (
            changed(
                coordinates=[[[5.8, 53.2], [5.9, 53.3], [5.9, 53.2], [5.8, 53.3], [5.8, 53.2]]]
            ),
            "Self-intersection",
        ),
        ({**FEATURE, "geometry": None}, "Polygon of MultiPolygon"),
    ],
)
def test_a_wrong_shape(feature: dict[str, Any], expected: str) -> None:
    ((row, column, text),) = faults_of(FEATURE, feature)
    assert (row, column) == (2, "geometry")
    assert expected in text


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("wijkcode", "BU00806001", "De wijk ervan is WK008060"),
        ("wijkcode", None, "WK008060 of"),
        ("wijkjaar", 23, "jaar van vier cijfers"),
        ("schematisch", "misschien", "true, false"),
        ("schematisch", None, "true, false"),
    ],
)
def test_a_wrong_property(name: str, value: Any, expected: str) -> None:
    feature = {**FEATURE, "properties": {**FEATURE["properties"], name: value}}
    ((row, column, text),) = faults_of(feature)
    assert (row, column) == (1, name)
    assert expected in text


def test_every_fault_of_every_feature_at_once() -> None:
    assert [(row, column) for row, column, _ in faults_of({}, FEATURE, "x")] == [
        (1, "wijkcode"),
        (1, "wijkjaar"),
        (1, "schematisch"),
        (1, "geometry"),
        (3, "wijkcode"),
        (3, "wijkjaar"),
        (3, "schematisch"),
        (3, "geometry"),
    ]


def test_another_coordinate_system_is_refused() -> None:
    rd = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
    ((row, column, text),) = faults_of(FEATURE, crs=rd)
    assert (row, column) == (None, "crs")
    assert "WGS84" in text
    wgs84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert faults_of(FEATURE, crs=wgs84) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"type":"FeatureCollection"}', "[" * 10**5]
)
def test_what_is_no_feature_collection(text: str) -> None:
    _, (fault,) = parse_shapes(text.encode(), TODAY)
    assert "FeatureCollection" in fault.expected.nl


def test_a_file_in_another_encoding_gets_help() -> None:
    _, (fault,) = parse_shapes('{"naam": "Nijlân"}'.encode("cp1252"), TODAY)
    assert "UTF-8" in fault.expected.nl


@patient
@given(coordinates=NESTED, kind=st.sampled_from(["Polygon", "MultiPolygon"]))
def test_no_coordinates_make_it_crash(coordinates: Any, kind: str) -> None:
    result = compact_geometry({"type": kind, "coordinates": coordinates})
    assert isinstance(result, Text)


@patient
@given(features=st.lists(JSON, max_size=4))
def test_no_features_make_it_crash(features: list[Any]) -> None:
    whole = json.dumps({"type": "FeatureCollection", "features": features})
    parsed, faults = parse_shapes(whole.encode(), TODAY)
    assert len(parsed.rows) == len(features)
    assert bool(faults) == bool(features)
