"""Shapes of wijken: polygons only, valid, and light enough to send to a browser."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry

MOST_BYTES = 60_000
_DECIMALS = 5
_METRES_PER_DEGREE = 111_195.0
_FIRST_TOLERANCE, _LAST_TOLERANCE = 1.0, 1_024.0


@dataclass(frozen=True)
class Shape:
    """geometry: GeoJSON text in WGS84, 5 decimals. longitude, latitude: of a point inside it."""

    geometry: str
    longitude: Decimal
    latitude: Decimal


@dataclass(frozen=True)
class FittedShapes:
    """The shapes of one gemeente by code, the metres of simplification (0: none), the bytes."""

    shapes: dict[str, Shape]
    tolerance: float
    size: int


def read_geometry(geometry: Mapping[str, Any] | None) -> BaseGeometry:
    """Return the geometry in two dimensions; an empty polygon for none.

    Raises ValueError when it cannot be read.
    """
    try:
        return shapely.force_2d(shape(geometry)) if geometry else Polygon()
    except (shapely.errors.ShapelyError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"unreadable geometry: {error}") from error


def polygons_of(geometry: BaseGeometry) -> BaseGeometry | None:
    """Return the parts that have an area, mended where invalid; None when there are none."""
    mended = geometry if geometry.is_valid else shapely.make_valid(geometry)
    parts = [part for part in _flattened(mended) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.union_all(parts) if len(parts) > 1 else next(iter(parts), None)


def _flattened(geometry: BaseGeometry) -> list[BaseGeometry]:
    if not hasattr(geometry, "geoms"):
        return [geometry]
    return [part for each in geometry.geoms for part in _flattened(each)]


def fit(geometries: Mapping[str, BaseGeometry]) -> FittedShapes:
    """Return the shapes of one gemeente, simplified as little as keeps them within MOST_BYTES.

    geometries: valid polygons in WGS84 by code of the wijk. Neighbours keep the same border,
    since they are simplified together. At the last tolerance (about a kilometre) the shapes are
    returned whatever their size.
    """
    tolerance = 0.0
    fitted = _fitted(geometries, tolerance)
    while fitted.size > MOST_BYTES and tolerance < _LAST_TOLERANCE:
        tolerance = tolerance * 2 or _FIRST_TOLERANCE
        fitted = _fitted(geometries, tolerance)
    return fitted


def _fitted(geometries: Mapping[str, BaseGeometry], tolerance: float) -> FittedShapes:
    simplified = _simplified(list(geometries.values()), tolerance)
    shapes = {
        code: _written(light, geometries[code])
        for code, light in zip(geometries, simplified, strict=True)
    }
    size = sum(len(each.geometry) for each in shapes.values())
    return FittedShapes(shapes, tolerance, size)


def _simplified(geometries: list[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """Simplify neighbours together; tolerance in metres, so degrees are scaled to metres first."""
    if tolerance == 0:
        return geometries
    coverage = np.array(geometries, dtype=object)
    latitude = math.radians(float(np.mean(shapely.get_coordinates(coverage)[:, 1])))
    metres = np.array([_METRES_PER_DEGREE * math.cos(latitude), _METRES_PER_DEGREE])
    in_metres = shapely.transform(coverage, lambda degrees: degrees * metres)
    light = shapely.coverage_simplify(in_metres, tolerance)
    return list(shapely.transform(light, lambda each: each / metres))


def _written(light: BaseGeometry, original: BaseGeometry) -> Shape:
    rounded = polygons_of(shapely.set_precision(light, 10**-_DECIMALS))
    # A wijk of less than a square metre would vanish; it keeps its own decimals.
    polygons = shapely.orient_polygons(original if rounded is None else rounded)
    point = polygons.representative_point()
    decimals = None if rounded is None else _DECIMALS
    return Shape(_as_text(polygons, decimals), _degrees(point.x), _degrees(point.y))


def _as_text(geometry: BaseGeometry, decimals: int | None) -> str:
    described = mapping(geometry)
    coordinates = described["coordinates"]
    if decimals is not None:
        coordinates = _rounded(coordinates, decimals)
    return json.dumps(
        {"type": described["type"], "coordinates": coordinates}, separators=(",", ":")
    )


def _rounded(value: Any, decimals: int) -> Any:
    if isinstance(value, float):
        return round(value, decimals)
    return [_rounded(each, decimals) for each in value]


def _degrees(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")
