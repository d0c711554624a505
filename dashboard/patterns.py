"""Hatching inside a shape, so that unknown and hidden wijken differ by more than colour."""

from typing import Any, Literal

from shapely import affinity
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

Kind = Literal["no_data", "not_shown"]


def hatch(shape: BaseGeometry, kind: Kind, spacing: float) -> list[list[tuple[float, float]]]:
    """Return lines inside `shape`: slanted for "no_data", dashes for "not_shown".

    `spacing` is the distance between lines, in the units of the shape.
    """
    angle = 45.0 if kind == "no_data" else 0.0
    centre = shape.centroid
    level = affinity.rotate(shape, -angle, origin=centre)
    west, south, east, north = level.bounds
    lines = []
    row, y = 0, south + spacing / 2
    while y < north:
        lines += _row(west, east, y, kind, spacing, row)
        row, y = row + 1, y + spacing
    inside = MultiLineString(lines).intersection(level)
    return [list(part.coords) for part in _lines(affinity.rotate(inside, angle, origin=centre))]


def _row(
    west: float, east: float, y: float, kind: Kind, spacing: float, row: int
) -> list[LineString]:
    if kind == "no_data":
        return [LineString([(west, y), (east, y)])]
    dash, step = spacing * 0.35, spacing * 1.6
    x = west + (step / 2 if row % 2 else 0)
    dashes = []
    while x < east:
        dashes.append(LineString([(x, y), (x + dash, y)]))
        x += step
    return dashes


def _lines(geometry: Any) -> list[LineString]:
    if isinstance(geometry, LineString):
        return [] if geometry.is_empty else [geometry]
    return [part for each in getattr(geometry, "geoms", ()) for part in _lines(each)]
