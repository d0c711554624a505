"""What a map draws, as filled shapes only: wijken, their borders, hatching and names.

Shapes do not depend on figures, so they are worked out once per wijk and zoom. Lines and letters
are thin polygons, drawn by what draws the wijken: deck.gl's own lines and text cost one to three
seconds each where there is no graphics card, as in most meeting rooms. Pure functions.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from shapely import MultiLineString, affinity, maximum_inscribed_circle
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from dashboard.cartography import letters as map_names
from dashboard.cartography.hatching import KINDS, Kind, hatch
from dashboard.charts import theme

Part = Literal["wijk", "border", "pattern", "name"]
Feature = dict[str, Any]

_BORDER = 0.7
# A bend smaller than this many pixels is not drawn.
_UNSEEN = 0.3
_HATCH_SPACING, _HATCH_LINE = 9, 1
_LETTER = 13
# Of a name's box this share lies inside its wijk; less, and it is read as a neighbour's name.
_INSIDE = 0.96
# Shapes of some thousand wijken, names of as many maps as there are gemeenten on a server.
_KEPT, _KEPT_MAPS = 4000, 100


@dataclass(frozen=True)
class Pixel:
    """The size of one pixel at the zoom at which the map opens, in degrees."""

    wide: float
    high: float


@dataclass(frozen=True)
class Wijk:
    """A wijk as it is to be drawn.

    `shown` is its figure in words, `verdict` how it stands ('' for nothing), `fill` its "#rrggbb",
    `geometry` GeoJSON text in degrees.
    """

    code: str
    name: str
    shown: str
    state: str
    fill: str
    geometry: str
    verdict: str = ""


def features(wijken: Sequence[Wijk], pixel: Pixel) -> list[Feature]:
    """Return GeoJSON features, in the order in which they are drawn.

    Each has `area_code`, `name`, `shown`, `verdict`, `fill` (red, green, blue) and `part`; a click
    or hover on any part of a wijk is one on that wijk.
    """
    whole = [_feature(wijk, "wijk", _whole(wijk.geometry, pixel), wijk.fill) for wijk in wijken]
    patterns = [
        _pattern(wijk, kind, pixel) for wijk in wijken for kind in KINDS if wijk.state == kind
    ]
    borders = [_border(wijk, pixel) for wijk in wijken]
    return [*whole, *patterns, *borders, *_names(wijken, pixel)]


def _feature(wijk: Wijk, part: Part, geometry: dict[str, Any], fill: str) -> Feature:
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "area_code": wijk.code,
            "name": wijk.name,
            "shown": wijk.shown,
            "verdict": wijk.verdict,
            "fill": [int(fill[start : start + 2], 16) for start in (1, 3, 5)],
            "part": part,
        },
    }


def _border(wijk: Wijk, pixel: Pixel) -> Feature:
    ring = _ring(wijk.geometry, _BORDER, pixel)
    return _feature(wijk, "border", ring, theme.MUTED_INK)


def _pattern(wijk: Wijk, kind: Kind, pixel: Pixel) -> Feature:
    # An incomplete figure keeps its colour, dark or light.
    ink = theme.PATTERN_INK
    if kind == "partial":
        ink = _readable_on(wijk.fill)
    return _feature(wijk, "pattern", _hatching(wijk.geometry, kind, pixel), ink)


@lru_cache(maxsize=_KEPT)
def shape_in(geometry: str) -> BaseGeometry:
    """Return the shape in a GeoJSON text."""
    return shape(json.loads(geometry))


@lru_cache(maxsize=_KEPT)
def _whole(geometry: str, pixel: Pixel) -> dict[str, Any]:
    return _rounded(mapping(_in_degrees(_flat(geometry, pixel), pixel)))


@lru_cache(maxsize=_KEPT)
def _ring(geometry: str, wide: float, pixel: Pixel) -> dict[str, Any]:
    """The inner edge of a wijk: two neighbours together make one line."""
    flat = _flat(geometry, pixel)
    ring = flat.difference(flat.buffer(-wide, join_style="mitre"))
    return _rounded(mapping(_in_degrees(ring, pixel)))


@lru_cache(maxsize=_KEPT)
def _hatching(geometry: str, kind: Kind, pixel: Pixel) -> dict[str, Any]:
    lines = MultiLineString(hatch(_in_pixels(shape_in(geometry), pixel), kind, _HATCH_SPACING))
    stripes = lines.buffer(_HATCH_LINE / 2, cap_style="flat")
    return _rounded(mapping(_in_degrees(stripes, pixel)))


def _readable_on(fill: str) -> str:
    return theme.INK if theme.contrast(theme.INK, fill) >= 4.5 else theme.PAPER


def _names(wijken: Sequence[Wijk], pixel: Pixel) -> list[Feature]:
    drawn = _letters(tuple((wijk.name, wijk.geometry) for wijk in wijken), pixel)
    return [
        _feature(wijken[at], "name", geometry, _readable_on(wijken[at].fill))
        for at, geometry in drawn
    ]


@lru_cache(maxsize=_KEPT_MAPS)
def _letters(
    named: tuple[tuple[str, str], ...], pixel: Pixel
) -> tuple[tuple[int, dict[str, Any]], ...]:
    """Return names of wijken where they fit, with their place in `named` (name, geometry).

    Largest first, none over another.
    """
    wide, high = _LETTER * pixel.wide, _LETTER * pixel.high
    taken: list[BaseGeometry] = []
    found = []
    shapes = [shape_in(geometry) for _, geometry in named]
    for at in sorted(range(len(named)), key=lambda at: -shapes[at].area):
        spot = maximum_inscribed_circle(shapes[at]).interpolate(0)
        lines = _short(named[at][0]).split("\n")
        half_wide, half_high = (each / 2 for each in map_names.size(lines))
        half_wide, half_high = half_wide * wide, half_high * high
        name = box(spot.x - half_wide, spot.y - half_high, spot.x + half_wide, spot.y + half_high)
        inside = shapes[at].intersection(name).area / name.area
        if inside < _INSIDE or any(name.intersects(other) for other in taken):
            continue
        taken.append(name)
        letters = map_names.shape_of(lines, spot.x, spot.y, wide, high).simplify(
            _UNSEEN * pixel.high
        )
        found.append((at, _rounded(mapping(letters))))
    return tuple(found)


def _short(name: str) -> str:
    plain = name.removesuffix(" e.o.")
    if len(plain) <= 14 or " " not in plain:
        return plain
    middle = len(plain) / 2
    breaks = [place for place, mark in enumerate(plain) if mark in " -"]
    at = min(breaks, key=lambda place: abs(place - middle))
    return plain[:at].rstrip() + "\n" + plain[at:].lstrip()


def _flat(geometry: str, pixel: Pixel) -> BaseGeometry:
    """The shape in pixels, without bends that nobody sees: half the bytes that a browser reads.

    Where two neighbours are no longer quite the same, their borders cover it.
    """
    return _in_pixels(shape_in(geometry), pixel).simplify(_UNSEEN)


def _in_pixels(geometry: BaseGeometry, pixel: Pixel) -> BaseGeometry:
    return affinity.scale(geometry, 1 / pixel.wide, 1 / pixel.high, origin=(0, 0))


def _in_degrees(geometry: BaseGeometry, pixel: Pixel) -> BaseGeometry:
    return affinity.scale(geometry, pixel.wide, pixel.high, origin=(0, 0))


def _rounded(geometry: Any) -> dict[str, Any]:
    """Keep five decimals (a metre): shapes are half the bytes and look the same."""
    return {"type": geometry["type"], "coordinates": _five(geometry["coordinates"])}


def _five(part: Any) -> Any:
    return round(part, 5) if isinstance(part, float | int) else [_five(each) for each in part]
