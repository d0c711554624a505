"""Figures in words and states on a map, from a release file, and what a drawn map and legend say.

The second half reads the finished drawing: GeoJSON fills, and the colours in the legend's HTML.
"""

import json
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

from tests.content import oracle_text
from tests.content.oracle import FORMULAS, SHOWN, SMALLEST_BASE, Oracle

FURTHEST = 4
# Decimals, and "%" or "€".
STYLE = {
    "volunteers": (0, ""),
    "volunteers_per_1000": (1, ""),
    "volunteers_per_100_bijstand": (1, ""),
    "outflow": (0, ""),
    "outflow_per_100_volunteers": (0, "%"),
    "outflow_per_1000_residents": (1, ""),
    "outflow_per_100_bijstand": (1, ""),
    "ladder_steps_up": (0, ""),
    "spending": (0, "€"),
    "structural_share": (0, "%"),
}
LEGEND = {
    "nl": {
        "zero": "Nul",
        "partial": "Onvolledig: een organisatie leverde niet; de kleur is van de andere",
        "no_data": "Niet geleverd of nog niet bekend",
        "no_organisation": "Geen wijkbedrijf",
        "not_shown": "Niet getoond: groep te klein",
    },
    "en": {
        "zero": "Zero",
        "partial": "Incomplete: an organisation did not deliver; the colour is of the others",
        "no_data": "Not delivered or not known yet",
        "no_organisation": "No wijkbedrijf",
        "not_shown": "Not shown: group too small",
    },
}
UNDER_OVER = {"nl": ("onder", "boven"), "en": ("under", "over")}


def styled(value: float, indicator: str, language: str) -> str:
    """Return a value as the dashboard writes it."""
    digits, sign = STYLE[indicator]
    if sign == "€":
        return oracle_text.euros(value, language)
    return oracle_text.number(value, language, digits) + sign


def state(oracle: Oracle, indicator: str, area: str, period: str) -> tuple[str, str]:
    """Return the state of a count or rate and its reason, as the map tells them apart."""
    formula = FORMULAS[indicator]
    assert formula.count
    cells = [oracle.cell(formula.count[0], area, period, formula.count[1])]
    if isinstance(formula.over, tuple):
        cells.insert(0, oracle.cell(formula.over[0], area, period, formula.over[1]))
    for cell in reversed(cells):
        if cell is None:
            return "no_data", "not_delivered"
        if cell["reason"] == "no_organisation":
            return "no_organisation", "no_organisation"
        if cell["status"] not in SHOWN:
            return str(cell["status"]), str(cell["reason"])
    if isinstance(formula.over, tuple) and cells[0]["value"] < SMALLEST_BASE:
        return "not_shown", "small_base"
    if formula.over in ("residents", "bijstand") and not oracle.areas.loc[area, formula.over] > 0:
        return "no_data", "no_population"
    if any(cell["status"] == "partial" for cell in cells):
        return "partial", "not_delivered"
    exactly_zero = cells[-1]["value"] == 0 and not isinstance(formula.over, tuple)
    return ("zero" if exactly_zero else "published"), ""


def shown(oracle: Oracle, indicator: str, area: str, period: str, language: str) -> str | None:
    """Return a count or rate in words, with its bound or margin; None where none is shown."""
    formula = FORMULAS[indicator]
    if state(oracle, indicator, area, period)[0] not in ("zero", "published", "partial"):
        return None
    value = oracle.value(indicator, area, period)
    assert formula.count
    assert value is not None
    top = oracle.cell(formula.count[0], area, period, formula.count[1])
    if isinstance(formula.over, tuple):
        base = oracle.cell(formula.over[0], area, period, formula.over[1])
        off = max(top["error"], FURTHEST), max(base["error"], FURTHEST)
        floor = 5 * formula.per / 100
        if top["value"] == 0:
            most = formula.per * off[0] / max(base["value"] - off[1], 1)
            limit = min(max(most, floor), formula.per)
            return f"{UNDER_OVER[language][0]} {styled(limit, indicator, language)}"
        if top["value"] >= base["value"]:
            least = formula.per * (top["value"] - off[0]) / (base["value"] + off[1])
            limit = min(max(least, 0), formula.per - floor)
            return f"{UNDER_OVER[language][1]} {styled(limit, indicator, language)}"
    said = styled(value, indicator, language)
    if not formula.over and top["error"] > 0:
        said += f" ±{oracle_text.NO_BREAK}{oracle_text.number(top['error'], language)}"
    return said


def fills(deck: str) -> dict[str, str]:
    """Return the colour of each wijk on a finished map, by code."""
    return {
        each["area_code"]: "#{:02x}{:02x}{:02x}".format(*each["fill"])
        for each in _properties(deck)
        if each["part"] == "wijk"
    }


def hover_texts(deck: str) -> dict[str, str]:
    """Return what each wijk on a finished map says of itself, by code."""
    return {each["area_code"]: each["shown"] for each in _properties(deck)}


def patterned(deck: str) -> set[str]:
    """Return the wijken with a pattern over their colour."""
    return {each["area_code"] for each in _properties(deck) if each["part"] == "pattern"}


def _properties(deck: str) -> list[dict[str, Any]]:
    [layer] = json.loads(deck)["layers"]
    return [each["properties"] for each in layer["data"]["features"]]


def legend_entries(html: str) -> list[tuple[str, str]]:
    """Return colour and words of each line of a legend."""
    found = re.findall(r'<li><img src="data:image/svg\+xml,([^"]*)"[^>]*><span>(.*?)</span>', html)
    entries = []
    for svg, words in found:
        colour = re.search(r'<rect[^>]*fill="([^"]*)"', unquote(svg))
        assert colour
        entries.append((colour[1], unescape(words)))
    return entries


def number_in(text: str, language: str) -> float:
    """Return the number in a legend's text: "€ 12.500" is 12500."""
    plain = re.sub(r"[^\d.,-]", "", text)
    if language == "nl":
        plain = plain.translate(str.maketrans(".,", ",."))
    return float(plain.replace(",", ""))
