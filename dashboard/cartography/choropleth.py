"""The map of wijken: frames in, a finished deck and its classes out. Pure functions.

Without streets the map has no basemap at all, so it needs no internet and half the time to draw;
with streets the style in static/map_streets.json asks PDOK for a background.
"""

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd
import pydeck as pdk
from shapely.geometry.base import BaseGeometry

from dashboard.cartography import shapes as map_features
from dashboard.cartography.class_breaks import Classes, pretty
from dashboard.charts import theme
from dashboard.words.rows import plain
from dashboard.words.value_text import cell_text, is_shown, state_of
from indicators.vocabulary import Indicator

LAYER = "wijken"
WIDTH, HEIGHT = 760, 520
_STREETS = "/app/static/map_streets.json"
# Lines and letters grow with the wijken; closer than this and they fill the map.
_CLOSER = 3
# Of as many gemeenten as there are on a server, with and without streets.
_DECKS = 200


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
    indicator: Indicator,
    language: str,
    streets: bool = False,
) -> Choropleth:
    """Return the map of one indicator in one period.

    `published` holds the gemeente and its wijken (`data_access.panel`), `areas` the
    areas of the release with geometry. A column `verdict` (in words) goes into the hover text.
    """
    wijken = published.merge(
        areas.loc[
            areas["level"] == "wijk",
            ["area_code", "name", "geometry", "schematic", "geometry_source"],
        ],
        on="area_code",
    )
    wijken = wijken[wijken["geometry"].notna()].reset_index(drop=True)
    rows = plain(wijken)
    classes = pretty([row["value"] for row in rows if is_shown(row)])
    drawn = [
        map_features.Wijk(
            code=row["area_code"],
            name=row["name"],
            shown=cell_text(row, indicator, language),
            # A wijk without organisation has said so in the place of its figure.
            verdict=row.get("verdict", "") if row["reason"] != "no_organisation" else "",
            state=state_of(row),
            fill=_fill(row, classes),
            geometry=row["geometry"],
        )
        for row in rows
    ]
    view = _view([map_features.shape_in(wijk.geometry) for wijk in drawn])
    return Choropleth(
        deck=_deck(map_features.features(drawn, _pixel(view)), view, streets),
        tooltip=_tooltip(),
        classes=classes,
        states=frozenset(wijk.state for wijk in drawn),
        schematic=bool(wijken["schematic"].any()),
        boundaries=tuple(sorted(set(wijken["geometry_source"]))),
    )


def _fill(row: dict[Any, Any], classes: Classes) -> str:
    state = state_of(row)
    if state == "published" or (state == "partial" and row["value"] > 0):
        return theme.SEQUENTIAL[_colour(classes, row["value"])]
    return {
        "zero": theme.ZERO,
        "partial": theme.ZERO,
        "no_data": theme.NO_DATA,
        "no_organisation": theme.NO_ORGANISATION,
        "not_shown": theme.NOT_SHOWN,
    }[state]


def _colour(classes: Classes, value: float) -> int:
    return colour_of(classes.of(value), len(classes))


def colour_of(place: int, count: int) -> int:
    """Return the colour (index in the scale) of class `place` out of `count`: light to dark."""
    last = len(theme.SEQUENTIAL) - 1
    return last if count == 1 else round(place * last / (count - 1))


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


def _pixel(view: dict[str, float]) -> map_features.Pixel:
    wide = 360 / (512 * 2 ** view["zoom"])
    return map_features.Pixel(wide=wide, high=wide * math.cos(math.radians(view["latitude"])))


def _deck(features: list[dict[str, Any]], view: dict[str, float], streets: bool) -> str:
    # pydeck indents its JSON, which takes long to write and is five times as much to read: it
    # makes the deck, the shapes are put in afterwards.
    spec = json.loads(_empty_deck(tuple(view.items()), streets))
    spec["layers"][0]["data"] = {"type": "FeatureCollection", "features": features}
    return json.dumps(spec, separators=(",", ":"))


@lru_cache(maxsize=_DECKS)
def _empty_deck(place: tuple[tuple[str, float], ...], streets: bool) -> str:
    """Return a deck without shapes: the same for all figures of a gemeente."""
    view = dict(place)
    layer = pdk.Layer(
        "GeoJsonLayer",
        [],
        id=LAYER,
        pickable=True,
        auto_highlight=True,
        highlight_color=[194, 90, 0, 70],
        opacity=0.72 if streets else 1,
        get_fill_color="properties.fill",
        stroked=False,
    )
    background = (
        {"map_provider": "carto", "map_style": _STREETS} if streets else {"map_provider": None}
    )
    deck = pdk.Deck(
        [layer],
        initial_view_state=pdk.ViewState(
            **view, min_zoom=6, max_zoom=view["zoom"] + _CLOSER, pitch=0, bearing=0
        ),
        **background,
    )
    return str(deck.to_json())


def _tooltip() -> dict[str, Any]:
    return {
        # "html" would run what stands in a name.
        "text": "{name}\n{shown}\n{verdict}",
        "style": {
            "background": theme.INK,
            "color": theme.PAPER,
            "fontFamily": theme.FONT,
            "fontSize": "14px",
            # Why a small place shows nothing is a sentence.
            "maxWidth": "320px",
            "whiteSpace": "normal",
            "borderRadius": "6px",
            "padding": "8px 12px",
        },
    }
