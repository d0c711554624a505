"""Hatching inside a shape, so that what is no plain figure differs by more than colour."""

from typing import Any, Literal, get_args

from shapely import affinity
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

Kind = Literal["partial", "no_data", "no_organisation", "not_shown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_ANGLES = {"partial": 90.0, "no_data": 45.0, "no_organisation": 0.0, "not_shown": 0.0}


def hatch(shape: BaseGeometry, kind: Kind, spacing: float) -> list[list[tuple[float, float]]]:
    """Return lines inside `shape`.

    Upright for "partial", slanted for "no_data", crosses for "no_organisation", dashes for
    "not_shown". `spacing` is the distance between lines, in the units of the shape.
    """
    angle = _ANGLES[kind]
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
    if kind in ("no_data", "partial"):
        return [LineString([(west, y), (east, y)])]
    crosses = kind == "no_organisation"
    if crosses and row % 2:
        return []
    dash, step = spacing * (0.6 if crosses else 0.35), spacing * (2 if crosses else 1.6)
    x = west + (step / 2 if row % (4 if crosses else 2) else 0)
    marks = []
    while x < east:
        marks.append(LineString([(x, y), (x + dash, y)]))
        if crosses:
            middle = x + dash / 2
            marks.append(LineString([(middle, y - dash / 2), (middle, y + dash / 2)]))
        x += step
    return marks


def _lines(geometry: Any) -> list[LineString]:
    if isinstance(geometry, LineString):
        return [] if geometry.is_empty else [geometry]
    return [part for each in getattr(geometry, "geoms", ()) for part in _lines(each)]
