"""The schematic shapes are a sound map, made from the centres and nothing else."""

import dataclasses
import json

import pytest
import shapely
import shapely.affinity
from shapely.geometry import Point, shape

from sample_data.facts import GEMEENTEN, WIJKEN, wijken_of
from sample_data.geography import GEOMETRY_SOURCE, shapes_of


@pytest.fixture(scope="module")
def features(sample_folder) -> list[dict]:
    collection = json.loads((sample_folder / "wijkgrenzen.geojson").read_text(encoding="utf-8"))
    assert set(collection) == {"type", "features"}
    return collection["features"]


@pytest.fixture(scope="module")
def polygons(features) -> dict[str, shapely.Polygon]:
    return {each["properties"]["wijkcode"]: shape(each["geometry"]) for each in features}


def test_each_wijk_has_one_shape_that_says_it_is_schematic(features) -> None:
    codes = [each["properties"]["wijkcode"] for each in features]
    assert sorted(codes) == sorted(wijk.code for wijk in WIJKEN)
    assert len(codes) == 55
    for each in features:
        assert each["properties"]["schematisch"] is True
        assert each["properties"]["bron"] == GEOMETRY_SOURCE
        assert each["properties"]["wijkjaar"] == 2023


def test_shapes_are_valid_and_hold_their_own_centre_only(polygons) -> None:
    for wijk in WIJKEN:
        polygon = polygons[wijk.code]
        assert polygon.is_valid, wijk
        assert polygon.geom_type == "Polygon", wijk
        holders = [
            code
            for code, each in polygons.items()
            if each.contains(Point(wijk.longitude, wijk.latitude))
        ]
        assert holders == [wijk.code]


@pytest.mark.parametrize("gemeente", [gemeente.code for gemeente in GEMEENTEN])
def test_neighbours_share_borders_without_gaps_or_overlaps(polygons, gemeente) -> None:
    parts = [polygons[wijk.code] for wijk in wijken_of(gemeente)]
    assert shapely.coverage_is_valid(parts)
    whole = shapely.union_all(parts)
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    for part in parts:
        assert any(part.intersection(other).length > 0 for other in parts if other is not part)


def test_gemeenten_do_not_overlap(polygons) -> None:
    wholes = [
        shapely.union_all([polygons[wijk.code] for wijk in wijken_of(gemeente.code)])
        for gemeente in GEMEENTEN
    ]
    for index, one in enumerate(wholes):
        assert not any(one.intersects(other) for other in wholes[index + 1 :])


def test_coordinates_follow_rfc_7946(features, polygons) -> None:
    for polygon in polygons.values():
        assert polygon.exterior.is_ccw
    for each in features:
        for longitude, latitude in each["geometry"]["coordinates"][0]:
            assert 5.5 < longitude < 7.0
            assert 52.8 < latitude < 53.5
            assert longitude == round(longitude, 5)
            assert latitude == round(latitude, 5)


def test_shapes_come_from_the_centres_and_nothing_else() -> None:
    """Wijken moved a degree to the east get the same shapes, a degree to the east."""
    here = wijken_of("GM0085")
    there = [dataclasses.replace(wijk, longitude=wijk.longitude + 1) for wijk in here]
    moved = shapes_of(there)
    for code, polygon in shapes_of(here).items():
        expected = shapely.affinity.translate(polygon, xoff=1)
        assert moved[code].hausdorff_distance(expected) < 5e-5


def test_another_set_of_centres_gives_another_map() -> None:
    here = wijken_of("GM0085")
    there = [here[0], dataclasses.replace(here[1], latitude=here[1].latitude + 0.02), *here[2:]]
    assert shapes_of(there)[here[1].code] != shapes_of(here)[here[1].code]
