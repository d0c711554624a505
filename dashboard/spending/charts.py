"""Charts about money: by outcome, per outcome, what lapses when, and what an assumption matters."""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.charts.templates import Spec, filled, named, template, word
from dashboard.words.copy import t
from dashboard.words.numbers import euros, percent
from dashboard.words.rows import plain

# Vega centres the first line of a label only, so a name of more lines goes up.
_LABELS = alt.Axis(
    labelLimit=165,
    ticks=False,
    domain=False,
    labelExpr="split(datum.label, '\\n')",
    labelOffset={
        "condition": [
            {
                "test": f"length(split(datum.value, '\\n')) === {count}",
                "value": -theme.HALF_A_LINE * (count - 1),
            }
            for count in (2, 3)
        ],
        "value": 0,
    },
)
# The rows of a chart come in the order in which the names are drawn, and say so themselves.
_NAMES = alt.Y(
    "name:N", sort=alt.EncodingSortField(field="row", op="min"), title=None, axis=_LABELS
)
_EUROS = alt.Axis(format="$,.0f", tickCount=4, orient="top")
_ROW_OF_LINES = (26, 34, 48)
_LONGEST_LINE = 24
_BEYOND = 1.6


def _wrapped(names: Iterable[str]) -> list[str]:
    """Break long names in three at most, so that they fit beside a chart on a telephone."""
    lines = [wrap(each, _LONGEST_LINE, max_lines=3, placeholder="…") for each in names]
    return ["\n".join(each) for each in lines]


def _height(names: Sequence[str]) -> int:
    most_breaks = max(name.count("\n") for name in names)
    return _ROW_OF_LINES[most_breaks] * len(set(names))


def by_outcome(rows: pd.DataFrame, classes: Mapping[str, str], language: str) -> dict[str, Any]:
    """Draw euros per place as stacked bars, a colour per outcome.

    `rows`: name, and a column of euros per id of `classes` (id -> text). The last class is money
    that is not attributed; it is grey.
    """
    names = _wrapped(rows["name"])
    found = [
        {
            "name": name,
            "part": part,
            "place": place,
            "euros": amount,
            "shown": euros(amount, language),
            "row": row,
        }
        for place, (each, part) in enumerate(classes.items())
        for row, (name, amount) in enumerate(zip(names, rows[each], strict=True))
        if pd.notna(amount)
    ]
    parts = list(classes.values())
    # Long names take several lines, so that a telephone shows them.
    lines = json.dumps({name: wrap(name, _LONGEST_LINE) for name in parts})
    titles = {
        "parts": parts,
        "colours": [*theme.QUALITATIVE[: len(parts) - 1], theme.PATTERN_INK],
        "in_lines": f"{lines}[datum.label]",
    }
    return filled(_by_outcome(language), _height(names), titles=titles, rows=found)


@template
def _by_outcome(language: str) -> Any:
    """Rows: name, part, place, euros, shown, row; words: parts, their colours, in_lines."""
    return (
        alt.Chart(named("rows"))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            y=_NAMES,
            x=alt.X("euros:Q", title=t("unit.euro", language), axis=_EUROS),
            color=alt.Color(
                "part:N",
                title=None,
                scale=alt.Scale(domain=[word("parts")], range=[word("colours")]),
                legend=alt.Legend(orient="top", columns=1, labelExpr=word("in_lines")),
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("part:N", title=t("chart.class", language)),
                alt.Tooltip("shown:N", title=t("unit.euro", language)),
            ],
        )
    )


def costs(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw euros per outcome of each place as a dot with its 95 % interval.

    `rows`: name, estimate (NaN for zero outcomes), lower, upper (NaN: no upper bound), words (the
    same as text). Zero outcomes are an arrow that starts at the lower bound. An interval that goes
    on beyond the axis ends in an arrow too.
    """
    names, cells = _wrapped(rows["name"]), plain(rows)
    top = _BEYOND * max(
        cell[each] for cell in cells for each in ("estimate", "lower") if pd.notna(cell[each])
    )
    found = [
        {
            "name": name,
            "estimate": cell["estimate"],
            "lower": cell["lower"],
            "end": top if pd.isna(cell["upper"]) else min(cell["upper"], top),
            "beyond": pd.isna(cell["upper"]) or cell["upper"] > top,
            "words": cell["words"],
            "row": row,
        }
        for row, (name, cell) in enumerate(zip(names, cells, strict=True))
    ]
    return filled(_costs(language), _height(names) + 20, {"top": top}, rows=found)


@template
def _costs(language: str) -> Any:
    """Rows: name, estimate, lower, end, beyond, words, row; top: where the axis ends."""
    base = alt.Chart(named("rows"))
    x: dict[str, Any] = {
        "title": t("unit.euro_per_outcome", language),
        "axis": _EUROS,
        "scale": alt.Scale(domain=[0, alt.ExprRef("top")], nice=False),
    }
    tooltip = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("words:N", title=t("unit.euro_per_outcome", language)),
    ]
    return alt.layer(
        base.mark_rule(strokeWidth=3, opacity=0.5, color=theme.PRIMARY).encode(
            y=_NAMES, x=alt.X("lower:Q", **x), x2="end:Q", tooltip=tooltip
        ),
        base.transform_filter(alt.datum.beyond)
        .mark_point(shape="triangle-right", size=90, color=theme.PRIMARY, opacity=1)
        .encode(y=_NAMES, x=alt.X("end:Q", **x), tooltip=tooltip),
        base.transform_filter("isValid(datum.estimate)")
        .mark_point(filled=True, size=95, color=theme.PRIMARY, opacity=1)
        .encode(y=_NAMES, x=alt.X("estimate:Q", **x), tooltip=tooltip),
        base.transform_filter("!isValid(datum.estimate)")
        .mark_tick(thickness=3, size=15, color=theme.HIGHLIGHT)
        .encode(y=_NAMES, x=alt.X("lower:Q", **x), tooltip=tooltip),
    )


def lapsing(
    rows: pd.DataFrame, order: Sequence[str], lasting: str, language: str
) -> dict[str, Any]:
    """Draw each organisation's yearly money as one bar of 100 %: lasting, then by end date.

    `rows`: name, part, euros, share (0-100). `order`: the parts, `lasting` first when there is
    any.
    """
    names, places = _wrapped(rows["name"]), {part: place for place, part in enumerate(order)}
    cells = plain(rows)
    found = [
        {
            "name": name,
            "part": cell["part"],
            "place": places[cell["part"]],
            "fraction": cell["share"] / 100,
            "shown": f"{euros(cell['euros'], language)} ({percent(cell['share'], language)})",
            "row": row,
        }
        for row, (name, cell) in enumerate(zip(names, cells, strict=True))
    ]
    temporary = _warm(len(order) - (lasting in order))
    colours = [*([theme.STRUCTURAL] if lasting in order else []), *temporary]
    spec = filled(_lapsing(language), _height(names) + 20, rows=found)
    return _with_colours(spec, list(order), colours)


@template
def _lapsing(language: str) -> Any:
    """Rows: name, part, place, fraction, shown, row; `_with_colours` of the parts."""
    return (
        alt.Chart(named("rows"))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            y=_NAMES,
            x=alt.X(
                "fraction:Q",
                title=t("spending.share_of_year", language),
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=5, orient="top"),
            ),
            color=alt.Color("part:N", title=None, legend=alt.Legend(orient="top", columns=1)),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("part:N", title=t("chart.class", language)),
                alt.Tooltip("shown:N", title=t("unit.euro", language)),
            ],
        )
    )


def _with_colours(spec: Spec, domain: list[str], colours: list[str]) -> Spec:
    """Return a spec of one layer with a colour per class: every place has end dates of its own."""
    encoding = spec["encoding"]
    colour = {**encoding["color"], "scale": {"domain": domain, "range": colours}}
    return {**spec, "encoding": {**encoding, "color": colour}}


def _warm(number: int) -> list[str]:
    """Return shades from dark (lapses first) to light."""
    shades = ["#7a3300", "#a94c00", "#d9772b", "#eba468", "#f4cba6", "#fae6d3"]
    return [shades[min(each, len(shades) - 1)] for each in range(number)]


def tornado(rows: pd.DataFrame, central: float, language: str) -> dict[str, Any]:
    """Draw how far each assumption alone moves the result, the one that matters most first.

    `rows`: name, low, high (euros), words.
    """
    names, cells = _wrapped(rows["name"]), plain(rows)
    found = [
        {
            "name": name,
            "side": side,
            "start": cell["low"] if low else central,
            "end": central if low else cell["high"],
            "words": cell["words"],
            "row": row,
        }
        for side, low in zip(_sides(language), (True, False), strict=True)
        for row, (name, cell) in enumerate(zip(names, cells, strict=True))
    ]
    middle = [{"central": central}]
    return filled(_tornado(language), _height(names) + 30, rows=found, middle=middle)


def _sides(language: str) -> list[str]:
    return [t(f"spending.{side}", language) for side in ("unfavourable", "favourable")]


@template
def _tornado(language: str) -> Any:
    """Rows: name, side, start, end, words, row; middle: central."""
    scale = alt.Scale(domain=_sides(language), range=[theme.TEMPORARY, theme.STRUCTURAL])
    bars = (
        alt.Chart(named("rows"))
        .mark_bar(height=16)
        .encode(
            y=_NAMES,
            x=alt.X(
                "start:Q",
                title=t("spending.avoided_axis", language),
                axis=_EUROS,
                scale=alt.Scale(zero=False),
            ),
            x2="end:Q",
            color=alt.Color(
                "side:N", title=None, scale=scale, legend=alt.Legend(orient="top", columns=1)
            ),
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("words:N", title=t("unit.euro", language)),
            ],
        )
    )
    middle = alt.Chart(named("middle"))
    line = middle.mark_rule(color=theme.INK, strokeWidth=1.5).encode(x="central:Q")
    return alt.layer(bars, line)


def allowances(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the number of people per year. `rows`: year, value (NaN: none), words."""
    return filled(_allowances(language), rows=plain(rows[["year", "value", "words"]]))


@template
def _allowances(language: str) -> Any:
    """Rows: year, value, words."""
    base = alt.Chart(named("rows"))
    x = alt.X("year:N", title=None, axis=alt.Axis(labelAngle=0))
    tooltip = [
        alt.Tooltip("year:N", title=t("chart.year", language)),
        alt.Tooltip("words:N", title=t("unit.people", language)),
    ]
    bars = base.mark_bar(color=theme.PRIMARY, size=46).encode(
        x=x,
        y=alt.Y(
            "value:Q", title=t("unit.people", language), axis=alt.Axis(format=",d", tickMinStep=5)
        ),
        tooltip=tooltip,
    )
    counts = base.transform_filter("isValid(datum.value)").mark_text(dy=-4, baseline="bottom")
    # Upright, because a reason is wider than the place of one year on a telephone.
    reasons = base.transform_filter("!isValid(datum.value)").mark_text(
        angle=270, align="left", baseline="middle", dx=6
    )
    words = [
        counts.encode(x=x, y="value:Q", text="words:N"),
        reasons.encode(x=x, y=alt.datum(0), text="words:N"),
    ]
    return alt.layer(bars, *words).properties(height=240)
