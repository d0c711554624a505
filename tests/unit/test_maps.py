"""The map: classes, and a look for each state that does not rest on colour alone."""

import json

import pandas as pd
import pytest
from shapely.geometry import LineString, box, mapping, shape

from dashboard.cartography import choropleth as maps
from dashboard.cartography.class_breaks import pretty
from dashboard.cartography.hatching import KINDS, hatch
from dashboard.cartography.legend import legend
from dashboard.charts import theme
from indicators.catalogue import indicator

NAN = float("nan")
INDICATOR = "volunteers_per_1000"
# One wijk per state, side by side.
STATES = {
    "WK008001": ("published", 24.0, ""),
    "WK008002": ("published", 4.0, ""),
    "WK008003": ("published", 0.0, ""),
    "WK008004": ("no_data", NAN, "not_delivered"),
    "WK008005": ("not_shown", NAN, "small_base"),
    "WK008006": ("partial", 14.0, "not_delivered"),
    "WK008007": ("no_data", NAN, "no_organisation"),
}


def _values():
    rows = [
        (code, value, NAN, NAN, status, reason, "", NAN)
        for code, (status, value, reason) in STATES.items()
    ]
    names = "area_code value numerator denominator status reason bound bound_value"
    frame = pd.DataFrame(rows, columns=names.split(" "))
    return frame.assign(
        missing=["", "", "", "", "", "z", ""], without=[15, 0, 0, 0, 0, 0, 0], step=0.0
    )


def _areas():
    shapes = [box(5.7 + 0.1 * place, 53.1, 5.8 + 0.1 * place, 53.3) for place in range(7)]
    return pd.DataFrame(
        {
            "area_code": list(STATES),
            "level": "wijk",
            "name": ["Noord", "Oost", "Zuid", "West", "Midden", "Dorp", "Rand"],
            "geometry": [json.dumps(mapping(shape)) for shape in shapes],
            "schematic": True,
            "geometry_source": "schets",
        }
    )


def _drawn(**changed):
    return maps.choropleth(_values(), _areas(), indicator(INDICATOR), "nl", **changed)


def _deck():
    return json.loads(_drawn().deck)


def _parts(deck, part):
    features = deck["layers"][0]["data"]["features"]
    return {
        each["properties"]["area_code"]: each
        for each in features
        if each["properties"]["part"] == part
    }


def test_every_wijk_is_on_the_map_with_its_value_in_words():
    shown = {code: each["properties"]["shown"] for code, each in _parts(_deck(), "wijk").items()}
    assert shown == {
        "WK008001": "24,0; zonder 15 mensen",
        "WK008002": "4,0",
        "WK008003": "0,0",
        "WK008004": "niet bekend: niet geleverd",
        "WK008005": "niet getoond: groep te klein",
        "WK008006": "14,0; zonder z",
        "WK008007": "geen wijkbedrijf",
    }


def test_each_state_has_a_fill_of_its_own():
    fills = [tuple(each["properties"]["fill"]) for each in _parts(_deck(), "wijk").values()]
    # An incomplete figure has the colour of its value, and a pattern over it.
    assert len(set(fills)) == 7


def test_unknown_and_hidden_are_hatched_and_nothing_else_is():
    patterns = _parts(_deck(), "pattern")
    assert set(patterns) == {"WK008004", "WK008005", "WK008006", "WK008007"}


def test_each_kind_of_hatching_has_a_shape_of_its_own():
    square = box(0, 0, 60, 60)
    drawn = {kind: hatch(square, kind, 9) for kind in KINDS}
    ways = {kind: {_way(line) for line in lines} for kind, lines in drawn.items()}
    assert ways["partial"] == {"upright"}
    assert ways["no_data"] == {"slanted"}
    assert ways["no_organisation"] == {"upright", "level"}
    assert ways["not_shown"] == {"level"}


def _way(line):
    (x, y), *_, (to_x, to_y) = line
    if abs(to_x - x) < 1e-6:
        return "upright"
    return "level" if abs(to_y - y) < 1e-6 else "slanted"


def test_the_pattern_of_an_incomplete_figure_is_readable_on_dark_and_light():
    for value in (4.0, 24.0):
        values = _values()
        values.loc[values["status"] == "partial", "value"] = value
        deck = json.loads(maps.choropleth(values, _areas(), indicator(INDICATOR), "nl").deck)
        over, under = (
            "#"
            + "".join(
                f"{part:02x}" for part in _parts(deck, which)["WK008006"]["properties"]["fill"]
            )
            for which in ("pattern", "wijk")
        )
        assert theme.contrast(over, under) >= 3


def test_all_is_filled_shapes_in_one_layer():
    [layer] = _deck()["layers"]
    assert layer["stroked"] is False
    kinds = {each["geometry"]["type"] for each in layer["data"]["features"]}
    assert kinds <= {"Polygon", "MultiPolygon"}


def test_every_wijk_has_a_border_of_its_own():
    deck = _deck()
    borders, wijken = _parts(deck, "border"), _parts(deck, "wijk")
    assert set(borders) == set(wijken)
    assert all(shape(each["geometry"]).area > 0 for each in borders.values())


def test_hatching_and_border_lie_in_their_wijk():
    deck = _deck()
    wijken = _parts(deck, "wijk")
    for part in ("pattern", "border"):
        for code, each in _parts(deck, part).items():
            wijk = shape(wijken[code]["geometry"]).buffer(0.002)
            assert wijk.covers(shape(each["geometry"])), (part, code)


def test_names_stand_where_there_is_room():
    noord = _parts(_deck(), "name")["WK008001"]
    west, south, east, north = shape(noord["geometry"]).bounds
    wijk = shape(_parts(_deck(), "wijk")["WK008001"]["geometry"])
    assert wijk.contains(box(west, south, east, north))
    assert east - west > north - south, "letters stand in a line"


def test_no_two_names_overlap_and_none_is_wider_than_its_wijk():
    narrow = _areas()
    narrow["name"] = "Een zeer lange naam van een wijk zonder ruimte"
    narrow["geometry"] = [
        json.dumps(mapping(box(5.7 + 0.01 * place, 53.1, 5.71 + 0.01 * place, 53.5)))
        for place in range(7)
    ]
    deck = json.loads(maps.choropleth(_values(), narrow, indicator(INDICATOR), "nl").deck)
    assert _parts(deck, "name") == {}


def test_offline_map_asks_for_no_basemap():
    deck = json.loads(_drawn().deck)
    # Streamlit's front end reads this as: no basemap.
    assert deck["mapStyle"] == "__MAP_STYLE__"
    assert deck.get("mapProvider") is None
    assert "http" not in json.dumps(deck)


def test_streets_are_asked_for_by_our_own_style():
    assert json.loads(_drawn(streets=True).deck)["mapStyle"] == "/app/static/map_streets.json"


def test_wijk_without_a_shape_is_left_out():
    areas = _areas()
    areas.loc[0, "geometry"] = None
    deck = json.loads(maps.choropleth(_values(), areas, indicator(INDICATOR), "nl").deck)
    codes = {each["properties"]["area_code"] for each in deck["layers"][0]["data"]["features"]}
    assert codes == set(STATES) - {"WK008001"}


def test_empty_release_gives_an_empty_map():
    drawn = maps.choropleth(_values().iloc[:0], _areas(), indicator(INDICATOR), "nl")
    assert json.loads(drawn.deck)["layers"][0]["data"]["features"] == []


def test_legend_names_each_state_that_occurs_its_classes_and_its_source():
    html = legend(_drawn(), indicator(INDICATOR), "nl")
    for words in (
        *("0 tot 5", "20 tot 25", "Nul", "Niet geleverd", "Niet getoond", "Bron:"),
        *("Onvolledig: een organisatie leverde niet", "Geen wijkbedrijf"),
    ):
        assert words in html
    assert "schematisch" in html


def test_legend_leaves_out_what_does_not_occur():
    known = _values().iloc[:2]
    html = legend(
        maps.choropleth(known, _areas(), indicator(INDICATOR), "nl"), indicator(INDICATOR), "nl"
    )
    assert "Nul" not in html
    assert "Niet getoond" not in html


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([24.6, 12.0, 3.7], (0, 5, 10, 15, 20, 25)),
        ([140, 5], (0, 30, 60, 90, 120, 150)),
        ([5], (0, 1, 2, 3, 4, 5)),
        ([0.03], (0, 0.01, 0.02, 0.03)),
        ([100], (0, 20, 40, 60, 80, 100)),
        ([0.0], (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
        ([], (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_classes_have_round_bounds(values, bounds):
    assert pretty(values).bounds == pytest.approx(bounds)


def test_a_value_on_a_bound_is_in_the_higher_class_and_the_highest_in_the_last():
    classes = pretty([25])
    assert [classes.of(value) for value in (0.1, 4.99, 5, 24.9, 25)] == [0, 0, 1, 4, 4]


def test_colours_run_from_the_lightest_to_the_darkest():
    last = len(theme.SEQUENTIAL) - 1
    assert [maps.colour_of(place, 3) for place in range(3)] == [0, 2, last]
    assert maps.colour_of(0, 1) == last


@pytest.mark.parametrize("kind", ["no_data", "not_shown"])
def test_hatching_stays_inside_its_shape(kind):
    shape = box(5.7, 53.1, 5.8, 53.2)
    lines = hatch(shape, kind, 0.01)
    assert len(lines) > 5
    assert all(shape.buffer(1e-9).covers(LineString(line)) for line in lines)
