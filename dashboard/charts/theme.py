"""Colours, fonts and chart settings: one look for charts, maps, tables and pages.

Every pair of text and background here passes WCAG AA; the sequential scale runs from light to
dark in even steps, so it survives colour blindness and a black-and-white printer.
"""

from typing import Any

from dashboard.words.copy import t

FONT = "Public Sans, Segoe UI, Helvetica, Arial, sans-serif"

INK = "#17262e"
MUTED_INK = "#4c5d66"
PAPER = "#ffffff"
LINE = "#c3ced3"
PRIMARY = "#0b5a75"
NOTICE = "#fff4d6"

# Five classes, light to dark.
SEQUENTIAL = ("#e9eeb4", "#a3d3ae", "#4fadb7", "#2577a6", "#1d3a7c")
ZERO = "#ffffff"
NO_DATA = "#d5dadd"
NOT_SHOWN = "#eceff1"
NO_ORGANISATION = "#f7f3ea"
PATTERN_INK = "#5d6b73"

# Qualitative: told apart by the three common kinds of colour blindness, 3:1 or more on paper.
QUALITATIVE = ("#1f5f99", "#c25a00", "#0b7a5e", "#8a4f9e", "#8a6a00", "#5c6b73")
STRUCTURAL, TEMPORARY = "#1f5f99", "#c25a00"
HIGHLIGHT = "#c25a00"
# The same everywhere that their judgements stand side by side.
RESIDENTS, ADMINISTRATION = "#8a4f9e", "#1f5f99"

# Of the text of an axis, in pixels.
HALF_A_LINE = 7.5


def relative_luminance(colour: str) -> float:
    """Return the relative luminance (0-1) of a "#rrggbb" colour, as WCAG 2.1 defines it."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1-21) between two colours, as WCAG 2.1 defines it."""
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)


def number_locale(language: str) -> dict[str, Any]:
    """Return the d3 number format of a language: separators and the euro sign."""
    if language == "nl":
        return {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["€ ", ""]}
    return {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]}


def time_locale(language: str) -> dict[str, Any]:
    """Return the d3 time format of a language: names of days and months."""
    return {
        "dateTime": "%a %e %B %Y %X",
        "date": "%d-%m-%Y" if language == "nl" else "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": t("calendar.days", language).split(),
        "shortDays": t("calendar.short_days", language).split(),
        "months": t("calendar.months", language).split(),
        "shortMonths": t("calendar.short_months", language).split(),
    }


def chart_config(language: str) -> dict[str, Any]:
    """Return the Vega-Lite config of every chart, with Dutch or English numbers and months."""
    label = {"labelColor": MUTED_INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13}
    return {
        "locale": {"number": number_locale(language), "time": time_locale(language)},
        "font": FONT,
        "background": "transparent",
        "padding": 4,
        "view": {"stroke": None},
        "axis": {
            **label,
            "titleFontWeight": 400,
            "domainColor": LINE,
            "tickColor": LINE,
            "gridColor": "#e4eaec",
            "labelPadding": 6,
            "titlePadding": 10,
            "labelLimit": 220,
        },
        "legend": {**label, "titleFontWeight": 600, "symbolSize": 120, "labelLimit": 320},
        "header": {**label, "titleFontWeight": 600},
        "title": {"color": INK, "fontSize": 15, "fontWeight": 600, "anchor": "start"},
        "text": {"color": INK, "fontSize": 13},
        "range": {
            "category": list(QUALITATIVE),
            "ordinal": list(SEQUENTIAL),
            "ramp": list(SEQUENTIAL),
        },
        "bar": {"color": PRIMARY},
        "line": {"color": PRIMARY, "strokeWidth": 2.5},
        "point": {"color": PRIMARY, "filled": True, "size": 70},
        "rule": {"color": MUTED_INK},
        "area": {"color": PRIMARY},
    }


def finished(chart: Any, language: str) -> dict[str, Any]:
    """Return an Altair chart as a Vega-Lite spec in the product's look.

    `chart` is any Altair chart. It fills the width of its column unless it sets its own. Whether
    the spec is valid is a matter of the tests (tests/content/test_charts_are_valid.py).
    """
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = chart_config(language)
    composed = {"hconcat", "vconcat", "concat", "facet", "repeat"} & spec.keys()
    if not composed:
        spec.setdefault("width", "container")
        spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    return spec
