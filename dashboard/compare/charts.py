"""Charts that compare wijken, organisations or gemeenten: the funnel and the intervals."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import theme
from dashboard.comparison import said as comparing_words
from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import LEVELS
from dashboard.comparison.judgement import limits_at
from dashboard.comparison.members import UnitKind, said
from dashboard.comparison.rounding import Errors
from dashboard.words.copy import t
from dashboard.words.numbers import number
from indicators.vocabulary import Indicator

# How each verdict looks; what chance may explain has a shape of its own.
_LOOKS = {
    ("high", True): ("triangle-up", theme.HIGHLIGHT),
    ("high", False): ("diamond", theme.HIGHLIGHT),
    ("inside", True): ("circle", theme.PRIMARY),
    ("low", False): ("diamond", theme.QUALITATIVE[3]),
    ("low", True): ("triangle-down", theme.QUALITATIVE[3]),
}
_POINTS_ON_A_LIMIT = 40
# The smallest of all wijken has limits and an interval that would press all others flat, so a scale
# ends at so many times the largest rate; what runs on, runs off the edge.
_LONGEST = 3


def _rows(areas: pd.DataFrame, indicator: Indicator, kind: UnitKind, language: str) -> pd.DataFrame:
    records = areas.to_dict("records")
    return areas.assign(
        where=[comparing_words.verdict_words(row["verdict"], kind, language) for row in records],
        shown=[comparing_words.value_of(row, indicator, language) for row in records],
        between=[comparing_words.interval_of(row, indicator, language) for row in records],
        size=[number(row["base"], language) for row in records],
    )


def _axis_format(largest: float) -> str:
    """Return enough decimals for half a dozen ticks between 0 and the largest value."""
    return f",.{0 if largest >= 5 else 1 if largest >= 0.5 else 2}f"


def _end_of_scale(comparison: Comparison, areas: pd.DataFrame, furthest: float) -> float:
    """Return where the scale of rates ends: at the furthest line, or at _LONGEST largest rates."""
    largest = max(areas["rate"].max(), comparison.whole.rate * comparison.per)
    return float(min(1.05 * max(furthest, largest), _LONGEST * largest or furthest))


def _position_scale(rows: pd.DataFrame, legend: alt.Legend | None) -> dict[str, Any]:
    """Return colour and shape by verdict, for the verdicts that occur."""
    certain = rows["stands_out"] | (rows["position_95"] == "inside")
    words = {
        (str(position), bool(sure)): word
        for position, sure, word in zip(rows["position_95"], certain, rows["where"], strict=True)
    }
    found = [(words[key], *look) for key, look in _LOOKS.items() if key in words]
    domain, shapes, colours = (list(each) for each in zip(*found, strict=True))
    return {
        "color": alt.Color("where:N", scale=alt.Scale(domain=domain, range=colours), legend=legend),
        "shape": alt.Shape("where:N", scale=alt.Scale(domain=domain, range=shapes), legend=legend),
    }


def _tooltip(indicator: Indicator, kind: UnitKind, language: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("shown:N", title=indicator.name.in_language(language)),
        alt.Tooltip("between:N", title=t("compare.interval", language)),
        alt.Tooltip("size:N", title=t("compare.base", language)),
        alt.Tooltip("where:N", title=said("compare.verdict", kind, language)),
    ]


def funnel(
    comparison: Comparison,
    areas: pd.DataFrame,
    indicator: Indicator,
    kind: UnitKind,
    language: str,
) -> dict[str, Any]:
    """Draw each area's rate against the size of its base, within the 95 % and 99.8 % limits.

    Areas outside the limits carry their name. `areas`: comparing_words.rows of the comparison.
    """
    rows = _rows(areas, indicator, kind, language)
    unit = t(f"unit.{indicator.unit.value}", language)
    widest = 1.03 * float(rows["base"].max())
    x = alt.X(
        "base:Q",
        title=t("compare.base", language),
        scale=alt.Scale(domain=[0, widest], nice=False),
        axis=alt.Axis(format=",d", tickCount=5),
    )
    lines = _limit_rows(comparison, rows, language)
    top = _end_of_scale(comparison, rows, lines["rate"].max())
    y = alt.Y(
        "rate:Q",
        title=unit,
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(format=_axis_format(top), tickCount=6),
    )
    limit = (
        alt.Chart(lines)
        .mark_line(strokeWidth=1.5, color=theme.MUTED_INK, clip=True)
        .encode(
            x=x,
            y=y,
            detail="side:N",
            strokeDash=alt.StrokeDash(
                "level:N", title=t("compare.limits", language), legend=alt.Legend(orient="top")
            ),
        )
    )
    middle = (
        alt.Chart(pd.DataFrame({"rate": [comparison.whole.rate * comparison.per]}))
        .mark_rule(strokeWidth=1.5, color=theme.INK)
        .encode(y="rate:Q")
    )
    columns = ["base", "rate", "where", "name", "shown", "between", "size", "position_95"]
    points = (
        alt.Chart(rows[columns])
        .mark_point(filled=True, size=90, opacity=0.95)
        .encode(
            x=x,
            y=y,
            tooltip=_tooltip(indicator, kind, language),
            **_position_scale(rows, alt.Legend(orient="top", title=None, columns=1)),
        )
    )
    names = _names(rows[rows["position_95"] != "inside"][columns], x, y, widest / 2)
    return _finished(alt.layer(limit, middle, points, *names).properties(height=380), language)


def _names(outside: pd.DataFrame, x: alt.X, y: alt.Y, middle: float) -> list[alt.Chart]:
    """Write names towards the middle of the chart, so that they stay in it on a phone.

    They stand away from the limits, and neighbours at two heights, so that nothing lies over them.
    """
    rows = outside.sort_values("base", ignore_index=True)
    right = rows["base"] > middle
    layers = []
    for (is_right, position, odd), some in rows.groupby([right, "position_95", rows.index % 2]):
        away = 1 if position == "low" else -1
        text = alt.Chart(some).mark_text(
            align="right" if is_right else "left",
            baseline="middle",
            dx=-7 if is_right else 7,
            dy=away * (24 if odd and away < 0 else 11),
            fontWeight=600,
            limit=alt.ExprRef("width / 2"),
        )
        layers.append(text.encode(x=x, y=y, text="name:N"))
    return layers


def _finished(chart: alt.LayerChart | alt.FacetChart, language: str) -> dict[str, Any]:
    """Finish a chart with its legends below each other: side by side they pass a phone's edge."""
    spec = theme.finished(chart, language)
    legend = {**spec["config"]["legend"], "layout": {"top": {"direction": "vertical"}}}
    spec["config"] = {**spec["config"], "legend": legend}
    return spec


def _limit_rows(comparison: Comparison, rows: pd.DataFrame, language: str) -> pd.DataFrame:
    smallest, largest = rows["base"].min(), rows["base"].max()
    bases = np.unique(
        np.round(np.geomspace(max(smallest, 10), max(largest, 11), _POINTS_ON_A_LIMIT) / 5) * 5
    )
    # Those of the surest figures: within these lines nothing is called different.
    surest = Errors(float(rows["count_error"].min()), float(rows["base_error"].min()))
    parts = []
    for level in LEVELS:
        name = t("compare.level", language, level=number(level * 100, language, 1))
        whole, per = comparison.whole, comparison.per
        ends = limits_at(bases, whole, comparison.tau_squared, surest, level)
        for side, rates in zip(("low", "high"), ends, strict=True):
            rows_of_side = {"base": bases, "rate": rates * per, "side": f"{name} {side}"}
            parts.append(pd.DataFrame({**rows_of_side, "level": name}).dropna())
    return pd.concat(parts, ignore_index=True)


def intervals(
    comparison: Comparison,
    areas: pd.DataFrame,
    indicator: Indicator,
    kind: UnitKind,
    language: str,
) -> dict[str, Any]:
    """Draw each area's rate with its 95 % interval, and the small-area estimate beside it.

    `areas`: comparing_words.rows of the comparison.
    """
    rows = _rows(areas, indicator, kind, language)
    unit = t(f"unit.{indicator.unit.value}", language)
    y = alt.Y("name:N", sort=list(rows["name"]), title=None, axis=alt.Axis(labelLimit=190))
    top = _end_of_scale(comparison, rows, rows["upper"].max())
    axis = alt.Axis(format=_axis_format(top), tickCount=6, orient="top")
    scale = alt.Scale(domain=[0, top], nice=False)
    longer = rows[rows["upper"] > top].assign(edge=top)
    columns = [
        "name", "rate", "lower", "upper", "shrunken", "where", "shown", "between", "size",
    ]  # fmt: skip
    base = alt.Chart(rows[columns])
    tooltip = _tooltip(indicator, kind, language)
    whole = pd.DataFrame({"rate": [comparison.whole.rate * comparison.per]})
    # The legend is that of the funnel above; beside the names there is no room for it on a phone.
    shapes = _position_scale(rows, None)
    layers = [
        alt.Chart(whole).mark_rule(strokeWidth=1.5, color=theme.INK).encode(x="rate:Q"),
        base.mark_rule(strokeWidth=3, opacity=0.45, clip=True).encode(
            y=y,
            x=alt.X("lower:Q", title=unit, axis=axis, scale=scale),
            x2="upper:Q",
            color=shapes["color"],
        ),
        base.mark_point(filled=True, size=95, opacity=1).encode(
            y=y, x=alt.X("rate:Q"), tooltip=tooltip, **shapes
        ),
        base.mark_tick(thickness=2, size=13, color=theme.INK).encode(y=y, x="shrunken:Q"),
        alt.Chart(longer[["name", "edge"]])
        .mark_point(shape="triangle-right", filled=True, size=60, color=theme.MUTED_INK, xOffset=-5)
        .encode(y=y, x="edge:Q"),
    ]
    height = 26 * len(rows) + 30
    return _finished(alt.layer(*layers).properties(height=height), language)
