"""The legend of a map as HTML: classes, states, unit, source. Pure functions."""

from html import escape

from dashboard.cartography.choropleth import Choropleth, colour_of
from dashboard.charts import theme
from dashboard.charts.pictures import picture
from dashboard.words.copy import t
from dashboard.words.numbers import unit_text, value_text
from indicators.vocabulary import Indicator

# Fill, pattern and its colour, as dashboard.patterns draws them on the map.
_SWATCHES = {
    "zero": (theme.ZERO, "", theme.PATTERN_INK),
    "partial": (theme.SEQUENTIAL[1], "M4 1v14M10 1v14M16 1v14M22 1v14", theme.INK),
    "no_data": (theme.NO_DATA, "M2 14 14 2M10 14 22 2", theme.PATTERN_INK),
    "no_organisation": (
        theme.NO_ORGANISATION,
        "M4 5h5M6.5 2.5v5M14 11h5M16.5 8.5v5",
        theme.PATTERN_INK,
    ),
    "not_shown": (theme.NOT_SHOWN, "M4 5h3M13 5h3M8 11h3M17 11h3", theme.PATTERN_INK),
}


def legend(drawn: Choropleth, indicator: Indicator, language: str) -> str:
    """Return the legend of a map of `indicator`: what each colour and pattern means."""
    items = []
    if drawn.states & {"published", "partial"}:
        items += _classes(drawn, indicator, language)
    for state in ("zero", "partial", "no_data", "no_organisation", "not_shown"):
        if state in drawn.states:
            items.append((_swatch(state), t(f"map.{state}", language)))
    entries = "".join(f"<li>{swatch}<span>{escape(text)}</span></li>" for swatch, text in items)
    name, unit = indicator.name.in_language(language), unit_text(indicator.unit, language)
    subject = name if unit in name else f"{name} ({unit})"
    title = t("map.colour", language, subject=subject)
    notes = [t("common.source", language, source=indicator.source.in_language(language))]
    if drawn.schematic:
        notes.insert(0, t("map.schematic", language))
    else:
        notes += [t("map.boundaries", language, source=each) for each in drawn.boundaries]
    tail = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return (
        f'<div class="legend" role="group" aria-label="{escape(t("map.legend", language))}">'
        f"<strong>{escape(title)}</strong><ul>{entries}</ul>{tail}</div>"
    )


def _classes(drawn: Choropleth, indicator: Indicator, language: str) -> list[tuple[str, str]]:
    bounds = drawn.classes.bounds
    digits = max(_decimals(bound) for bound in bounds)
    items = []
    for place in range(len(drawn.classes)):
        low, high = (
            value_text(bound, indicator.unit, digits, language)
            for bound in bounds[place : place + 2]
        )
        colour = theme.SEQUENTIAL[colour_of(place, len(drawn.classes))]
        items.append((_square(colour), t("map.classes", language, low=low, high=high)))
    return items


def _decimals(bound: float) -> int:
    return len(f"{bound:.10f}".rstrip("0").split(".")[1])


def _square(colour: str, inside: str = "") -> str:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16"><rect x=".5" y=".5" '
        f'width="23" height="15" rx="2" fill="{colour}" stroke="{theme.MUTED_INK}"/>{inside}</svg>'
    )
    return picture(svg, "")


def _swatch(state: str) -> str:
    colour, path, ink = _SWATCHES[state]
    return _square(colour, f'<path d="{path}" stroke="{ink}" stroke-width="1.3"/>')
