"""Letters as shapes: right way up, with their holes, centred, and in the font's own width."""

import pytest
from fontTools.ttLib import TTFont
from shapely.geometry import Point

from dashboard.cartography import letters as map_names


def _shape(*lines):
    return map_names.shape_of(list(lines), 0, 0, 1, 1)


def test_width_is_the_sum_of_the_fonts_advances():
    font = TTFont(map_names.FONT)
    advances = [font["hmtx"][name][0] / font["head"].unitsPerEm for name in ("H", "O")]
    assert map_names.size(["HO"])[0] == pytest.approx(sum(advances))
    assert map_names.size(["H", "OO"])[1] == pytest.approx(2 * map_names.LINE_HEIGHT)


def test_o_has_a_hole_and_a_accented_letter_keeps_its_mark():
    [letter] = _shape("O").geoms
    assert not letter.contains(Point(0, 0))
    assert len(letter.interiors) == 1
    assert _shape("\u00e2").bounds[3] > _shape("a").bounds[3]


def test_letters_stand_upright():
    bottom_heavy = _shape("L")
    _, south, east, north = bottom_heavy.bounds
    assert bottom_heavy.contains(Point(east - 0.05, south + 0.05))
    assert not bottom_heavy.contains(Point(east - 0.05, north - 0.05))


def test_lines_are_centred_the_first_above_the_second():
    west, south, east, north = _shape("HOH", "HOH").bounds
    assert west == pytest.approx(-east, abs=0.05)
    assert south == pytest.approx(-north, abs=0.05)
    assert _shape("H").bounds[3] < north


def test_a_mark_that_the_font_lacks_leaves_a_space():
    assert map_names.size(["\u6f22"]) == map_names.size([" "])
