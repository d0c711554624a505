"""Charts that compare wijken, organisations or gemeenten: the funnel and the intervals."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import theme
from dashboard.charts.templates import Spec, filled, named, template, to, word
from dashboard.comparison import said as comparing_words
from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import LEVELS
from dashboard.comparison.judgement import limits_at
from dashboard.comparison.members import UnitKind, said
from dashboard.comparison.rounding import Errors
from dashboard.words.copy import t
from dashboard.words.numbers import number
from dashboard.words.rows import plain
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
# On which side of its point a name stands, and how far below (or above) it.
_SPOTS = tuple(f"{side} {down}" for side in ("left", "right") for down in (-24, -11, 11))
# The smallest of all wijken has limits and an interval that would press all others flat, so a scale
# ends at so many times the largest rate; what runs on, runs off the edge.
_LONGEST = 3


def _rows(areas: pd.DataFrame, indicator: Indicator, kind: UnitKind, language: str) -> pd.DataFrame:
    records = plain(areas)
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


def _looks(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return the words of the verdicts that occur, their shapes and colours, in a fixed order."""
    certain = rows["stands_out"] | (rows["position_95"] == "inside")
    words = {
        (str(position), bool(sure)): word
        for position, sure, word in zip(rows["position_95"], certain, rows["where"], strict=True)
    }
    found = [(words[key], *look) for key, look in _LOOKS.items() if key in words]
    verdicts, shapes, colours = (list(each) for each in zip(*found, strict=True))
    return {"verdicts": verdicts, "shapes": shapes, "colours": colours}


def _verdict_scale(legend: alt.Legend | None) -> dict[str, Any]:
    """Return colour and shape by verdict (`_looks`)."""
    domain = [word("verdicts")]
    colours = alt.Scale(domain=domain, range=[word("colours")])
    shapes = alt.Scale(domain=domain, range=[word("shapes")])
    return {
        "color": alt.Color("where:N", scale=colours, legend=legend),
        "shape": alt.Shape("where:N", scale=shapes, legend=legend),
    }


def _legends_below_each_other(spec_of: Callable[..., Spec]) -> Callable[..., Spec]:
    """Put the legends of a template below each other: side by side they pass a phone's edge."""

    @wraps(spec_of)
    def below(*shape: Hashable) -> Spec:
        spec = spec_of(*shape)
        legend = {**spec["config"]["legend"], "layout": {"top": {"direction": "vertical"}}}
        return {**spec, "config": {**spec["config"], "legend": legend}}

    return below


def _words(indicator: Indicator, kind: UnitKind, top: float, language: str) -> dict[str, str]:
    """Return what differs per indicator and kind; the scale of rates ends at `top`."""
    return {
        "number": _axis_format(top),
        "verdict": said("compare.verdict", kind, language),
        "indicator": indicator.name.in_language(language),
        "unit": t(f"unit.{indicator.unit.value}", language),
    }


def _tooltip(language: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("shown:N", title=word("indicator")),
        alt.Tooltip("between:N", title=t("compare.interval", language)),
        alt.Tooltip("size:N", title=t("compare.base", language)),
        alt.Tooltip("where:N", title=word("verdict")),
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
    widest = 1.03 * float(rows["base"].max())
    lines = _limit_rows(comparison, rows, language)
    top = _end_of_scale(comparison, rows, lines["rate"].max())
    columns = ["base", "rate", "where", "name", "shown", "between", "size"]
    names = _places_of_names(rows[rows["position_95"] != "inside"], widest / 2)
    whole = pd.DataFrame({"rate": [comparison.whole.rate * comparison.per]})
    values = {"widest": widest, "top": top}
    given = {"lines": lines, "whole": whole, "rows": rows[columns], "names": names}
    titles = {**_words(indicator, kind, top, language), **_looks(rows)}
    return filled(_funnel(language), values=values, titles=titles, **given)


@_legends_below_each_other
@template
def _funnel(language: str) -> Any:
    """Lines: base, rate, side, level; whole: rate; rows: of `_rows`; names: _places_of_names."""
    x = alt.X(
        "base:Q",
        title=t("compare.base", language),
        scale=to("widest"),
        axis=alt.Axis(format=",d", tickCount=5),
    )
    y = alt.Y(
        "rate:Q",
        title=word("unit"),
        scale=to("top"),
        axis=alt.Axis(format=word("number"), tickCount=6),
    )
    limit = (
        alt.Chart(named("lines"))
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
        alt.Chart(named("whole")).mark_rule(strokeWidth=1.5, color=theme.INK).encode(y="rate:Q")
    )
    points = (
        alt.Chart(named("rows"))
        .mark_point(filled=True, size=90, opacity=0.95)
        .encode(
            x=x,
            y=y,
            tooltip=_tooltip(language),
            **_verdict_scale(alt.Legend(orient="top", title=None, columns=1)),
        )
    )
    written = [
        alt.Chart(named("names"))
        .transform_filter(alt.datum.spot == spot)
        .mark_text(
            align="right" if spot.startswith("right") else "left",
            baseline="middle",
            dx=-7 if spot.startswith("right") else 7,
            dy=float(spot.split()[1]),
            fontWeight=600,
            limit=alt.ExprRef("width / 2"),
        )
        .encode(x=x, y=y, text="name:N")
        for spot in _SPOTS
    ]
    return alt.layer(limit, middle, points, *written).properties(height=380)


def _places_of_names(outside: pd.DataFrame, middle: float) -> pd.DataFrame:
    """Return base, rate, name and the spot of each name beside its point: "right 11".

    Names are written towards the middle of the chart, so that they stay in it on a phone; away
    from the limits, and neighbours at two heights, so that nothing lies over them.
    """
    rows = outside.sort_values("base", ignore_index=True)
    spots = []
    for n, (base, position) in enumerate(zip(rows["base"], rows["position_95"], strict=True)):
        down = 11 if position == "low" else -24 if n % 2 else -11
        spots.append(f"{'right' if base > middle else 'left'} {down}")
    return rows[["base", "rate", "name"]].assign(spot=spots)


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
    top = _end_of_scale(comparison, rows, rows["upper"].max())
    rows["place"] = range(len(rows))
    longer = rows[rows["upper"] > top].assign(edge=top)
    columns = [
        "name", "rate", "lower", "upper", "shrunken", "where", "shown", "between", "size", "place",
    ]  # fmt: skip
    return filled(
        _intervals(language),
        height=26 * len(rows) + 30,
        values={"top": top},
        titles={**_words(indicator, kind, top, language), **_looks(rows)},
        whole=pd.DataFrame({"rate": [comparison.whole.rate * comparison.per]}),
        rows=rows[columns],
        longer=longer[["name", "edge", "place"]],
    )


@_legends_below_each_other
@template
def _intervals(language: str) -> Any:
    """Whole: rate; rows: of `_rows`, with place; longer: name, edge, place."""
    in_order = alt.EncodingSortField(field="place", op="min")
    y = alt.Y("name:N", sort=in_order, title=None, axis=alt.Axis(labelLimit=190))
    axis = alt.Axis(format=word("number"), tickCount=6, orient="top")
    base = alt.Chart(named("rows"))
    # The legend is that of the funnel above; beside the names there is no room for it on a phone.
    shapes = _verdict_scale(None)
    layers = [
        alt.Chart(named("whole")).mark_rule(strokeWidth=1.5, color=theme.INK).encode(x="rate:Q"),
        base.mark_rule(strokeWidth=3, opacity=0.45, clip=True).encode(
            y=y,
            x=alt.X("lower:Q", title=word("unit"), axis=axis, scale=to("top")),
            x2="upper:Q",
            color=shapes["color"],
        ),
        base.mark_point(filled=True, size=95, opacity=1).encode(
            y=y, x=alt.X("rate:Q"), tooltip=_tooltip(language), **shapes
        ),
        base.mark_tick(thickness=2, size=13, color=theme.INK).encode(y=y, x="shrunken:Q"),
        alt.Chart(named("longer"))
        .mark_point(shape="triangle-right", filled=True, size=60, color=theme.MUTED_INK, xOffset=-5)
        .encode(y=y, x="edge:Q"),
    ]
    return alt.layer(*layers)
