"""Read the features of a GeoJSON file in WGS84, or say what the file is instead."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.cbs.files import binary_format, no_geojson, read_bytes, wrong_coordinates
from data_access.cbs.refusal import FileRefused
from indicators.vocabulary import Text

# ETRS89 (4258) lies within a metre of WGS84 (4326, CRS84) in the Netherlands.
_DEGREES = ("CRS84", "4326", "4258", "WGS84", "WGS 84")
_RIJKSDRIEHOEK = ("28992", "7415")
_LONGITUDES = (2.5, 8.0)
_LATITUDES = (50.0, 56.0)
_DEEPEST = 12

_RD_FOUND = Text(
    "de coördinaten zijn meters in het Rijksdriehoekstelsel (RD New, EPSG:28992).",
    "the coordinates are metres of the Dutch grid (RD New, EPSG:28992).",
)
_SWAPPED_FOUND = Text(
    "breedte- en lengtegraden staan omgekeerd: GeoJSON heeft eerst de lengtegraad.",
    "latitudes and longitudes are swapped: GeoJSON has the longitude first.",
)
_ELSEWHERE_FOUND = Text(
    "er liggen coördinaten buiten Nederland.", "there are coordinates outside the Netherlands."
)


@dataclass(frozen=True)
class Feature:
    """One feature: its number in the file (from 1), its properties, its geometry or None."""

    number: int
    properties: dict[str, Any]
    geometry: dict[str, Any] | None


def read_features(path: Path) -> list[Feature]:
    """Return all features of a GeoJSON FeatureCollection in WGS84.

    Raises FileRefused for other formats (TopoJSON, GeoPackage, ...), other coordinate systems
    and coordinates outside the Netherlands, with what to do.
    """
    collection = _read_collection(path)
    _check_named_system(path, collection)
    features = [
        Feature(number, *_parts(path, feature))
        for number, feature in enumerate(collection["features"], start=1)
    ]
    for feature in features:
        _check_coordinates(path, feature)
    return features


def _read_collection(path: Path) -> dict[str, Any]:
    content = read_bytes(path)
    if known := binary_format(content):
        raise no_geojson(path, known)
    try:
        document: Any = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise no_geojson(path, "") from error
    collection: dict[str, Any] = document if isinstance(document, dict) else {}
    kind = collection.get("type")
    if kind == "Topology":
        raise _topojson(path)
    if kind != "FeatureCollection" or not isinstance(collection.get("features"), list):
        raise no_geojson(path, f"type {kind}" if isinstance(kind, str) else "")
    return collection


def _topojson(path: Path) -> FileRefused:
    command = f"mapshaper {path.name} -o format=geojson wijken.geojson"
    return FileRefused(
        path,
        Text(
            "dit is TopoJSON. Zet het om naar GeoJSON in WGS84, bijvoorbeeld met: " + command,
            "this is TopoJSON. Convert it to GeoJSON in WGS84, for instance with: " + command,
        ),
    )


def _parts(path: Path, feature: object) -> tuple[dict[str, Any], dict[str, Any] | None]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties or {}, dict):
        raise no_geojson(path, "feature")
    if geometry is not None and not isinstance(geometry, dict):
        raise no_geojson(path, "geometry")
    return properties or {}, geometry


def _check_named_system(path: Path, collection: dict[str, Any]) -> None:
    named = collection.get("crs")
    if named is None:
        return
    name = json.dumps(named)
    if any(code in name for code in _RIJKSDRIEHOEK):
        raise wrong_coordinates(path, _RD_FOUND)
    if not any(code in name for code in _DEGREES):
        found = f"{name[:120]}"
        raise wrong_coordinates(
            path,
            Text(f"onbekend coördinatenstelsel {found}.", f"unknown coordinate system {found}."),
        )


def _check_coordinates(path: Path, feature: Feature) -> None:
    for x, y in _positions(feature.geometry):
        if not (_LONGITUDES[0] <= x <= _LONGITUDES[1] and _LATITUDES[0] <= y <= _LATITUDES[1]):
            raise wrong_coordinates(path, _what_is_wrong(feature.number, x, y))


def _what_is_wrong(number: int, x: float, y: float) -> Text:
    if -8_000 <= x <= 300_000 and 300_000 <= y <= 650_000:
        return _RD_FOUND
    if _LONGITUDES[0] <= y <= _LONGITUDES[1] and _LATITUDES[0] <= x <= _LATITUDES[1]:
        return _SWAPPED_FOUND
    where = f"feature {number}: {x}, {y}"
    return Text(f"{_ELSEWHERE_FOUND.nl} ({where})", f"{_ELSEWHERE_FOUND.en} ({where})")


def _positions(value: object, depth: int = 0) -> Iterator[tuple[float, float]]:
    """Yield every position in a geometry; what is nested too deep is left to be unreadable."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for part in (value.get("coordinates"), value.get("geometries")):
            yield from _positions(part, depth + 1)
    elif isinstance(value, list):
        if len(value) >= 2 and all(_is_number(each) for each in value[:2]):
            yield value[0], value[1]
        else:
            for part in value:
                yield from _positions(part, depth + 1)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
