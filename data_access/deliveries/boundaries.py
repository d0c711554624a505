"""Shapes of wijken in a delivery: wijkgrenzen.geojson, polygons in WGS84."""

import datetime
import json
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity

from data_access.deliveries.decoding import decode_utf8
from data_access.deliveries.faults import Fault
from data_access.deliveries.people import without_citizen_numbers
from data_access.deliveries.reading import SheetRow
from data_access.deliveries.registry import WIJK_SHAPES
from data_access.deliveries.rows import ParsedFile, ParsedRow, validate
from indicators.vocabulary import Text

WEST, SOUTH, EAST, NORTH = 3.0, 50.0, 8.0, 54.0
DECIMALS = 6

_COLLECTION = Text(
    "een GeoJSON FeatureCollection met een lijst features",
    "a GeoJSON FeatureCollection with a list of features",
)
_TOO_DEEP = Text(
    f"{_COLLECTION.nl}; dit bestand bevat haken in haken, te diep om te lezen",
    f"{_COLLECTION.en}; this file holds brackets in brackets, too deep to read",
)
_ONE_VALUE = Text(
    "een tekst, een getal, true of false; geen lijst of samengestelde waarde",
    "a text, a number, true or false; no list or compound value",
)
_POLYGON = Text(
    "een Polygon of MultiPolygon met getallen als coördinaten",
    "a Polygon or MultiPolygon with numbers as coordinates",
)
_IN_WGS84 = Text(
    f"coördinaten in WGS84, lengtegraad ({WEST:g}-{EAST:g}) vóór breedtegraad "
    f"({SOUTH:g}-{NORTH:g}); geen Rijksdriehoek",
    f"coordinates in WGS84, longitude ({WEST:g}-{EAST:g}) before latitude "
    f"({SOUTH:g}-{NORTH:g}); no RD (Rijksdriehoek)",
)


def parse_shapes(content: bytes, today: datetime.date) -> tuple[ParsedFile, list[Fault]]:
    """Return the shapes in wijkgrenzen.geojson and all faults in it.

    A row's number is the number of its feature, from 1. Values are those of the properties, and
    `geometry`: compact GeoJSON text of a valid polygon, degrees with six decimals (0.1 metre).
    """
    features = _features(content)
    if isinstance(features, Fault):
        return ParsedFile(WIJK_SHAPES, ()), [features]
    rows, faults = [], []
    for number, feature in enumerate(features, start=1):
        row, wrong = _parse_feature(number, feature, today)
        rows.append(row)
        faults.extend(wrong)
    return ParsedFile(WIJK_SHAPES, tuple(rows)), faults


def compact_geometry(geometry: Any) -> str | Text:
    """Return a GeoJSON geometry as compact text, or what was expected of it."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return _POLYGON
    try:
        coordinates = _rounded(geometry.get("coordinates"))
        rounded = {"type": geometry["type"], "coordinates": coordinates}
        polygon = shape(rounded)
    except (ShapelyError, ValueError, TypeError, IndexError, RecursionError, OverflowError):
        return _POLYGON
    if polygon.is_empty:
        return _POLYGON
    west, south, east, north = polygon.bounds
    if not (west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH):
        return _IN_WGS84
    if not polygon.is_valid:
        reason = explain_validity(polygon)
        return Text(
            f"een geldig vlak, zonder randen die elkaar kruisen ({reason})",
            f"a valid polygon, without edges that cross ({reason})",
        )
    return json.dumps(rounded, separators=(",", ":"), allow_nan=False)


def _features(content: bytes) -> list[Any] | Fault:
    text = decode_utf8(WIJK_SHAPES.name, content)
    if isinstance(text, Fault):
        return text
    # Masked before it is cut: half a citizen service number would not be recognised.
    start = without_citizen_numbers(text[:400])[:40]
    try:
        collection = json.loads(text)
    except RecursionError:
        return Fault(WIJK_SHAPES.name, None, "", start, _TOO_DEEP)
    except ValueError as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        return Fault(WIJK_SHAPES.name, row, "", start, _COLLECTION)
    is_collection = isinstance(collection, dict) and collection.get("type") == "FeatureCollection"
    if not is_collection or not isinstance(collection.get("features"), list):
        return Fault(WIJK_SHAPES.name, None, "", start, _COLLECTION)
    try:
        system = json.dumps(collection.get("crs"))
    except RecursionError:
        return Fault(WIJK_SHAPES.name, None, "crs", "", _TOO_DEEP)
    if collection.get("crs") is not None and not any(
        name in system for name in ("CRS84", "EPSG::4326", "EPSG:4326")
    ):
        return Fault(WIJK_SHAPES.name, None, "crs", system, _IN_WGS84)
    return list(collection["features"])


def _parse_feature(
    number: int, feature: Any, today: datetime.date
) -> tuple[ParsedRow, list[Fault]]:
    if not isinstance(feature, dict):
        feature = {}
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        properties = {}
    cells = {
        column.header: _cell(properties.get(column.header))
        for column in WIJK_SHAPES.columns.values()
    }
    compound = [header for header in cells if isinstance(properties.get(header), list | dict)]
    simple = {header: cell for header, cell in cells.items() if header not in compound}
    values, faults = validate(WIJK_SHAPES, SheetRow(number, simple, True), today)
    faults.extend(Fault(WIJK_SHAPES.name, number, each, "", _ONE_VALUE) for each in compound)
    geometry = compact_geometry(feature.get("geometry"))
    if isinstance(geometry, Text):
        kind = feature["geometry"].get("type") if isinstance(feature.get("geometry"), dict) else ""
        shown = kind if isinstance(kind, str) else ""
        faults.append(Fault(WIJK_SHAPES.name, number, "geometry", shown, geometry))
        return ParsedRow(number, values, cells), faults
    return ParsedRow(number, {**values, "geometry": geometry}, cells), faults


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).strip()


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, list):
        if coordinates and not isinstance(coordinates[0], list):
            return [_degrees(number) for number in coordinates[:2]]
        return [_rounded(each) for each in coordinates]
    raise TypeError(coordinates)


def _degrees(number: Any) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise TypeError(number)
    return round(float(number), DECIMALS)
