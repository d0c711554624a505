"""Contrast, distinct colours, and Dutch formats for charts."""

import itertools
import tomllib
from pathlib import Path

import altair as alt
import pandas as pd
import pytest

from dashboard.charts import theme

ROOT = Path(__file__).resolve().parents[2]
AA_TEXT, AA_GRAPHICS = 4.5, 3.0


def _config():
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        (theme.INK, theme.PAPER),
        (theme.MUTED_INK, theme.PAPER),
        (theme.PRIMARY, theme.PAPER),
        (theme.PAPER, theme.PRIMARY),
        (theme.INK, theme.ZERO),
        (theme.INK, theme.NO_DATA),
        (theme.INK, theme.NOT_SHOWN),
    ],
)
def test_text_is_readable(ink, paper):
    assert theme.contrast(ink, paper) >= AA_TEXT


@pytest.mark.parametrize("colour", [*theme.QUALITATIVE, theme.HIGHLIGHT, theme.MUTED_INK])
def test_marks_stand_out_from_paper(colour):
    assert theme.contrast(colour, theme.PAPER) >= AA_GRAPHICS


def test_pattern_stands_out_from_what_it_is_drawn_on():
    for paper in (theme.NO_DATA, theme.NOT_SHOWN):
        assert theme.contrast(theme.PATTERN_INK, paper) >= AA_GRAPHICS


def test_scale_gets_darker_in_visible_steps():
    levels = [theme.relative_luminance(colour) for colour in theme.SEQUENTIAL]
    for light, dark in itertools.pairwise(levels):
        assert (light + 0.05) / (dark + 0.05) > 1.3


def test_buttons_and_links_of_the_config_are_readable():
    colours = _config()["theme"]
    assert theme.contrast(colours["primaryColor"], "#ffffff") >= AA_TEXT
    for paper in (colours["backgroundColor"], colours["secondaryBackgroundColor"]):
        assert theme.contrast(colours["textColor"], paper) >= AA_TEXT
        assert theme.contrast(colours["linkColor"], paper) >= AA_TEXT


def test_config_and_charts_share_fonts_and_colours():
    look = _config()["theme"]
    assert look["font"] == theme.FONT
    assert look["primaryColor"] == theme.PRIMARY
    assert look["textColor"] == theme.INK
    assert tuple(look["chartCategoricalColors"]) == theme.QUALITATIVE


def test_every_font_file_is_there_with_its_licence():
    for face in _config()["theme"]["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).is_file()
    assert "SIL Open Font License" in (ROOT / "static/fonts/OFL.txt").read_text("utf-8")


def test_chart_carries_dutch_numbers_and_months():
    chart = alt.Chart(pd.DataFrame({"x": [1.0], "y": [2.0]})).mark_point().encode(x="x", y="y")
    locale = theme.finished(chart, "nl")["config"]["locale"]
    assert locale["number"]["decimal"] == ","
    assert locale["number"]["thousands"] == "."
    assert locale["time"]["months"][2] == "maart"
    assert len(locale["time"]["months"]) == len(locale["time"]["shortMonths"]) == 12
    assert len(locale["time"]["days"]) == len(locale["time"]["shortDays"]) == 7


def test_chart_is_as_wide_as_its_column_unless_composed():
    chart = alt.Chart(pd.DataFrame({"x": [1.0]})).mark_point().encode(x="x")
    assert theme.finished(chart, "nl")["width"] == "container"
    assert "width" not in theme.finished(chart | chart, "nl")
