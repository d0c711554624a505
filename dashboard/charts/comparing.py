"""Charts that compare areas: the funnel and the dots with their intervals."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard import theme
from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import limits
from dashboard.numbers import number, value_text
from dashboard.text import t
from indicators.vocabulary import Indicator

_POSITIONS = ("high", "inside", "low")
_SHAPES = ["triangle-up", "circle", "triangle-down"]
_COLOURS = [theme.HIGHLIGHT, theme.PRIMARY, theme.QUALITATIVE[3]]
_POINTS_ON_A_LIMIT = 40


def _rows(comparison: Comparison, indicator: Indicator, language: str) -> pd.DataFrame:
    areas = comparison.areas.copy()

    def shown(value: float) -> str:
        return value_text(value, indicator.unit, max(indicator.digits, 1), language)

    areas["where"] = [t(f"compare.{position}", language) for position in areas["position_95"]]
    areas["shown"] = [shown(value) for value in areas["rate"]]
    areas["between"] = [
        f"{shown(low)} – {shown(high)}"
        for low, high in zip(areas["lower"], areas["upper"], strict=True)
    ]
    areas["size"] = [number(base, language) for base in areas["base"]]
    return areas


def _position_scale(language: str) -> dict[str, Any]:
    domain = [t(f"compare.{position}", language) for position in _POSITIONS]
    legend = alt.Legend(orient="top", title=None)
    return {
        "color": alt.Color(
            "where:N", scale=alt.Scale(domain=domain, range=_COLOURS), legend=legend
        ),
        "shape": alt.Shape("where:N", scale=alt.Scale(domain=domain, range=_SHAPES), legend=legend),
    }


def _tooltip(indicator: Indicator, language: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("shown:N", title=indicator.name.in_language(language)),
        alt.Tooltip("between:N", title=t("compare.interval", language)),
        alt.Tooltip("size:N", title=t("compare.base", language)),
        alt.Tooltip("where:N", title=t("compare.verdict", language)),
    ]


def funnel(comparison: Comparison, indicator: Indicator, language: str) -> dict[str, Any]:
    """Draw each area's rate against the size of its base, within the 95 % and 99.8 % limits.

    Areas outside the limits carry their name.
    """
    rows = _rows(comparison, indicator, language)
    unit = t(f"unit.{indicator.unit.value}", language)
    x = alt.X("base:Q", title=t("compare.base", language), axis=alt.Axis(format=",d", tickCount=6))
    y = alt.Y("rate:Q", title=unit, axis=alt.Axis(format=",.0f", tickCount=6))
    lines = _limit_rows(comparison, rows, language)
    limit = (
        alt.Chart(lines)
        .mark_line(strokeWidth=1.5, color=theme.MUTED_INK)
        .encode(
            x=alt.X("base:Q"),
            y=alt.Y("rate:Q"),
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
        .encode(x=x, y=y, tooltip=_tooltip(indicator, language), **_position_scale(language))
    )
    outside = rows[rows["position_95"] != "inside"].sort_values("base")
    # Neighbours get their names on opposite sides, so that they do not lie over each other.
    names = [
        alt.Chart(outside.iloc[side::2][columns])
        .mark_text(align=align, dx=dx, dy=dy, fontWeight=600)
        .encode(x=x, y=y, text="name:N")
        for side, align, dx, dy in ((0, "right", -9, 12), (1, "left", 9, -6))
    ]
    return theme.finished(alt.layer(limit, middle, points, *names).properties(height=380), language)


def _limit_rows(comparison: Comparison, rows: pd.DataFrame, language: str) -> pd.DataFrame:
    smallest, largest = rows["base"].min(), rows["base"].max()
    bases = np.unique(
        np.round(np.geomspace(max(smallest, 10), max(largest, 11), _POINTS_ON_A_LIMIT) / 5) * 5
    )
    parts = []
    for line in limits(bases, comparison.whole, comparison.per):
        level = t("compare.level", language, level=number(line.level * 100, language, 1))
        for side, rate in (("low", line.lower), ("high", line.upper)):
            parts.append(
                pd.DataFrame(
                    {"base": line.bases, "rate": rate, "side": f"{level} {side}", "level": level}
                ).dropna()
            )
    return pd.concat(parts, ignore_index=True)


def intervals(comparison: Comparison, indicator: Indicator, language: str) -> dict[str, Any]:
    """Draw each area's rate with its 95 % interval, and the small-area estimate beside it."""
    rows = _rows(comparison, indicator, language)
    unit = t(f"unit.{indicator.unit.value}", language)
    y = alt.Y("name:N", sort=list(rows["name"]), title=None, axis=alt.Axis(labelLimit=220))
    axis = alt.Axis(format=",.0f", tickCount=6, orient="top")
    columns = [
        "name", "rate", "lower", "upper", "shrunken", "where", "shown", "between", "size",
    ]  # fmt: skip
    base = alt.Chart(rows[columns])
    tooltip = _tooltip(indicator, language)
    whole = pd.DataFrame({"rate": [comparison.whole.rate * comparison.per]})
    layers = [
        alt.Chart(whole).mark_rule(strokeWidth=1.5, color=theme.INK).encode(x="rate:Q"),
        base.mark_rule(strokeWidth=3, opacity=0.45).encode(
            y=y,
            x=alt.X("lower:Q", title=unit, axis=axis),
            x2="upper:Q",
            color=_position_scale(language)["color"],
        ),
        base.mark_point(filled=True, size=95, opacity=1).encode(
            y=y, x=alt.X("rate:Q"), tooltip=tooltip, **_position_scale(language)
        ),
        base.mark_tick(thickness=2, size=13, color=theme.INK).encode(y=y, x="shrunken:Q"),
    ]
    height = 26 * len(rows) + 30
    return theme.finished(alt.layer(*layers).properties(height=height), language)
