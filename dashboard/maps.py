"""The map of wijken: frames in, a finished deck and its legend out. Pure functions.

Without streets the map has no basemap at all, so it needs no internet and half the time to draw;
with streets the style in static/map_streets.json asks PDOK for a background.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk
from shapely import maximum_inscribed_circle
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from dashboard import map_names, theme
from dashboard.cells import cell_text, state_of
from dashboard.classes import Classes, pretty
from dashboard.patterns import hatch
from indicators.catalogue import indicator

LAYER = "wijken"
WIDTH, HEIGHT = 760, 520
_STREETS = "/app/static/map_streets.json"
_LABEL_SIZE = 13
# Of a name's box this share lies inside its wijk; less, and it is read as a neighbour's name.
_INSIDE = 0.9


@dataclass(frozen=True)
class Choropleth:
    """A finished map. `deck` is deck.gl JSON; `tooltip` its hover text; `states` what occurs.

    `boundaries` says where the shapes come from.
    """

    deck: str
    tooltip: dict[str, Any]
    classes: Classes
    states: frozenset[str]
    schematic: bool
    boundaries: tuple[str, ...]


def choropleth(
    published: pd.DataFrame,
    areas: pd.DataFrame,
    indicator_id: str,
    language: str,
    streets: bool = False,
    chosen: str = "",
) -> Choropleth:
    """Return the map of one indicator in one period.

    `published` holds the gemeente and its wijken (`data_access.values.published`), `areas` the
    areas of the release with geometry. `chosen` is the code of a wijk to outline.
    """
    wijken = published.merge(
        areas.loc[
            areas["level"] == "wijk",
            ["area_code", "name", "geometry", "schematic", "geometry_source"],
        ],
        on="area_code",
    )
    wijken = wijken[wijken["geometry"].notna()].reset_index(drop=True)
    rows = wijken.to_dict("records")
    shapes = [shape(json.loads(row["geometry"])) for row in rows]
    known = [row["value"] for row in rows if row["status"] == "published"]
    classes = pretty(known)
    view = _view(shapes)
    spacing = 9 / _pixels_per_degree(view)
    features: list[dict[str, Any]] = []
    for row, area in zip(rows, shapes, strict=True):
        features.append(_area_feature(row, area, classes, indicator_id, language, chosen))
    for row, area in zip(rows, shapes, strict=True):
        features += _pattern_features(row, area, spacing)
    features += _name_features(rows, shapes, view, classes, indicator_id, language)
    return Choropleth(
        deck=_deck(features, view, streets),
        tooltip=_tooltip(),
        classes=classes,
        states=frozenset(state_of(row) for row in rows),
        schematic=bool(wijken["schematic"].any()),
        boundaries=tuple(sorted(set(wijken["geometry_source"]))),
    )


def _fill(row: dict[Any, Any], classes: Classes) -> str:
    state = state_of(row)
    if state == "published":
        return theme.SEQUENTIAL[_colour(classes, row["value"])]
    return {"zero": theme.ZERO, "no_data": theme.NO_DATA, "not_shown": theme.NOT_SHOWN}[state]


def _colour(classes: Classes, value: float) -> int:
    return colour_of(classes.of(value), len(classes))


def colour_of(place: int, count: int) -> int:
    """Return the colour (index in the scale) of class `place` out of `count`: light to dark."""
    last = len(theme.SEQUENTIAL) - 1
    return last if count == 1 else round(place * last / (count - 1))


def _area_feature(
    row: dict[Any, Any],
    area: BaseGeometry,
    classes: Classes,
    indicator_id: str,
    language: str,
    chosen: str,
) -> dict[str, Any]:
    outlined = row["area_code"] == chosen
    return {
        "type": "Feature",
        "geometry": _rounded(mapping(area)),
        "properties": {
            "area_code": row["area_code"],
            "name": row["name"],
            "shown": cell_text(row, indicator(indicator_id), language),
            "fill": _rgb(_fill(row, classes)),
            "line": _rgb(theme.HIGHLIGHT if outlined else theme.MUTED_INK),
            "width": 4 if outlined else 1,
        },
    }


def _pattern_features(
    row: dict[Any, Any], area: BaseGeometry, spacing: float
) -> list[dict[str, Any]]:
    state = state_of(row)
    if state not in ("no_data", "not_shown"):
        return []
    lines = hatch(area, state, spacing)
    return [
        {
            "type": "Feature",
            "geometry": _rounded({"type": "MultiLineString", "coordinates": lines}),
            "properties": {
                "area_code": row["area_code"],
                "name": row["name"],
                "line": _rgb(theme.PATTERN_INK),
                "width": 1,
            },
        }
    ]


def _name_features(
    rows: list[dict[Any, Any]],
    shapes: list[BaseGeometry],
    view: dict[str, float],
    classes: Classes,
    indicator_id: str,
    language: str,
) -> list[dict[str, Any]]:
    """Names of wijken where they fit: largest first, none over another.

    They are in the layer of the wijken, so a click or hover on a name is one on its wijk.
    """
    high = _LABEL_SIZE / _pixels_per_degree(view)
    wide = high / math.cos(math.radians(view["latitude"]))
    taken: list[BaseGeometry] = []
    features = []
    for place in sorted(range(len(rows)), key=lambda place: -shapes[place].area):
        spot = maximum_inscribed_circle(shapes[place]).interpolate(0)
        lines = _short(rows[place]["name"]).split("\n")
        half_wide, half_high = (each / 2 for each in map_names.size(lines))
        half_wide, half_high = half_wide * wide, half_high * high
        name = box(spot.x - half_wide, spot.y - half_high, spot.x + half_wide, spot.y + half_high)
        inside = shapes[place].intersection(name).area / name.area
        if inside < _INSIDE or any(name.intersects(other) for other in taken):
            continue
        taken.append(name)
        dark = theme.contrast(theme.INK, _fill(rows[place], classes)) >= 4.5
        ink = _rgb(theme.INK if dark else theme.PAPER)
        letters = map_names.shape_of(lines, spot.x, spot.y, wide, high)
        features.append(
            {
                "type": "Feature",
                "geometry": _rounded(mapping(letters)),
                "properties": {
                    "area_code": rows[place]["area_code"],
                    "name": rows[place]["name"],
                    "shown": cell_text(rows[place], indicator(indicator_id), language),
                    "fill": ink,
                    "line": ink,
                    "width": 0,
                    "is_name": True,
                },
            }
        )
    return features


def _short(name: str) -> str:
    plain = name.removesuffix(" e.o.")
    if len(plain) <= 14 or " " not in plain:
        return plain
    middle = len(plain) / 2
    breaks = [place for place, mark in enumerate(plain) if mark in " -"]
    at = min(breaks, key=lambda place: abs(place - middle))
    return plain[:at].rstrip() + "\n" + plain[at:].lstrip()


def _view(shapes: list[BaseGeometry]) -> dict[str, float]:
    if not shapes:
        return {"longitude": 5.8, "latitude": 53.2, "zoom": 9.0}
    bounds = [each.bounds for each in shapes]
    west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
    east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
    latitude = (south + north) / 2
    flat = math.cos(math.radians(latitude))
    wide = WIDTH * 0.86 / max(east - west, 1e-6)
    high = HEIGHT * 0.9 * flat / max(north - south, 1e-6)
    zoom = math.log2(min(wide, high) * 360 / 512)
    return {
        "longitude": round((west + east) / 2, 5),
        "latitude": round(latitude, 5),
        "zoom": round(zoom, 3),
    }


def _pixels_per_degree(view: dict[str, float]) -> float:
    """Pixels for a degree of latitude at the view's zoom."""
    return 512 * 2 ** view["zoom"] / 360 / math.cos(math.radians(view["latitude"]))


def _rounded(geometry: Any) -> Any:
    """Keep five decimals (a metre): shapes are half the bytes and look the same."""
    return {"type": geometry["type"], "coordinates": _five(geometry["coordinates"])}


def _five(part: Any) -> Any:
    return round(part, 5) if isinstance(part, float | int) else [_five(each) for each in part]


def _rgb(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]


def _deck(features: list[dict[str, Any]], view: dict[str, float], streets: bool) -> str:
    layer = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id=LAYER,
        pickable=True,
        auto_highlight=True,
        highlight_color=[194, 90, 0, 70],
        opacity=0.72 if streets else 1,
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        get_line_width="properties.width",
        line_width_units=pdk.types.String("pixels"),
        line_joint_rounded=True,
    )
    background = (
        {"map_provider": "carto", "map_style": _STREETS} if streets else {"map_provider": None}
    )
    deck = pdk.Deck(
        [layer],
        initial_view_state=pdk.ViewState(**view, min_zoom=6, max_zoom=17, pitch=0, bearing=0),
        **background,
    )
    return deck.to_json()


def _tooltip() -> dict[str, Any]:
    return {
        "html": "<strong>{name}</strong><br>{shown}",
        "style": {
            "background": theme.INK,
            "color": theme.PAPER,
            "fontFamily": theme.FONT,
            "fontSize": "14px",
            "borderRadius": "6px",
            "padding": "8px 12px",
        },
    }
