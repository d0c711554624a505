"""Charts with time on the horizontal axis."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.charts.templates import filled, named, template, template_in, word
from dashboard.words.copy import t
from dashboard.words.numbers import period_label, period_short, value_text
from dashboard.words.rows import plain
from dashboard.words.value_text import cell_text, is_whole, remarks
from indicators.periods import is_year, last_day
from indicators.vocabulary import Category, Indicator

_NUMBER = ",.{digits}~f"
_FEW_PERIODS = 4
# With more the names of periods do not fit beside each other.
_UPRIGHT = 6
_LADDER_COLOURS = ("#e9eeb4", "#c9e1b1", "#a3d3ae", "#4fadb7", "#2577a6", "#1d3a7c")


def _day(period: str) -> str:
    """A quarter stands at its last day, as a stock does; a year at its own tick of the axis."""
    return f"{period}-01-01T00:00:00" if is_year(period) else last_day(period).isoformat()


def _dated(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    return frame.assign(
        day=[_day(period) for period in frame["period"]],
        label=[period_label(period, language) for period in frame["period"]],
    )


def _ticks(frame: pd.DataFrame) -> tuple[str, ...]:
    """Days of the ticks where there may be no new year between the periods, else nothing."""
    few = len(frame) <= _FEW_PERIODS
    return tuple(_day(period) for period in frame["period"]) if few else ()


def _time_axis(few: bool) -> alt.X:
    # A tick at every new year, unless there may be none between the first and the last period.
    chosen: dict[str, Any] = {"values": [word("ticks")]} if few else {"tickCount": "year"}
    return alt.X(
        "day:T", title=word("dates"), axis=alt.Axis(format=word("date"), grid=False, **chosen)
    )


def _digits(largest: float) -> int:
    """Decimals of an axis from 0: small rates need more, or several ticks say the same."""
    return 2 if largest < 1 else 1


def trend(
    frame: pd.DataFrame, indicator: Indicator, target: tuple[str, float] | None, language: str
) -> dict[str, Any]:
    """Draw one indicator of one area over time.

    `frame`: the door's series. Periods without a figure are a gap with a cross on the axis, never a
    zero; a figure without an organisation that did not deliver is an open diamond, off the line.
    `target`: (period, value) or None.
    """
    dated = _dated(frame, language)
    cells = plain(dated)
    dated["shown"] = [cell_text(cell, indicator, language) for cell in cells]
    dated["whole"] = [cell["value"] if is_whole(cell) else float("nan") for cell in cells]
    rows = dated[["day", "label", "value", "whole", "status", "shown"]]
    quarters = any("Q" in period for period in frame["period"])
    ticks = _ticks(frame)
    spec = _trend(
        language,
        bool(ticks),
        bool((rows["status"] == "partial").any()),
        bool(rows["value"].isna().any()),
        target is not None,
    )
    words: dict[str, str | Sequence[str]] = {
        "number": _NUMBER.format(digits=_digits(rows["value"].max())),
        "dates": t("chart.reference_date" if quarters else "chart.year", language),
        "date": "%b %Y" if quarters else "%Y",
        "ticks": ticks,
        "unit": t(f"unit.{indicator.unit.value}", language),
        "indicator": indicator.name.in_language(language),
    }
    if target is None:
        return filled(spec, titles=words, rows=rows)
    return filled(spec, titles=words, rows=rows, target=_target(target, indicator, language))


def _target(target: tuple[str, float], indicator: Indicator, language: str) -> pd.DataFrame:
    period, value = target
    words = t(
        "chart.target",
        language,
        value=value_text(value, indicator.unit, indicator.digits, language),
    )
    return pd.DataFrame({"day": [_day(period)], "value": [value], "words": [words]})


@template_in(*((*each, False) for each in product((False, True), repeat=3)))
def _trend(language: str, few: bool, has_partial: bool, has_unknown: bool, has_target: bool) -> Any:
    """Rows: day, label, value, whole, status, shown; target: day, value, words.

    Words: unit, indicator, number and date (formats), dates, and ticks where there are `few`.
    """
    shape_of_y: dict[str, Any] = {
        "title": word("unit"),
        "scale": alt.Scale(zero=True),
        "axis": alt.Axis(format=word("number"), tickCount=5),
    }
    y = alt.Y("value:Q", **shape_of_y)
    tooltip = [
        alt.Tooltip("label:N", title=t("chart.period", language)),
        alt.Tooltip("shown:N", title=word("indicator")),
    ]
    x = _time_axis(few)
    base = alt.Chart(named("rows"))
    known = base.transform_filter(alt.datum.status == "published")
    layers: list[Any] = [
        base.mark_line(invalid="break-paths-filter-domains").encode(
            x=x, y=alt.Y("whole:Q", **shape_of_y)
        ),
        known.mark_point().encode(x=x, y=y, tooltip=tooltip),
    ]
    if has_partial:
        partial = base.transform_filter(alt.datum.status == "partial")
        diamond = partial.mark_point(shape="diamond", filled=False, size=110, strokeWidth=2)
        layers.append(diamond.encode(x=x, y=y, tooltip=tooltip))
    if has_unknown:
        unknown = base.transform_filter("!isValid(datum.value)")
        cross = unknown.mark_point(shape="cross", angle=45, filled=False, color=theme.MUTED_INK)
        layers.append(cross.encode(x=x, y=alt.datum(0), tooltip=tooltip))
    if has_target:
        triangle = alt.Chart(named("target")).mark_point(
            shape="triangle-left", size=130, color=theme.HIGHLIGHT, xOffset=12, opacity=1
        )
        words = alt.Tooltip("words:N", title=" ")
        layers.append(triangle.encode(x="day:T", y="value:Q", tooltip=words))
    chart = alt.layer(*layers).properties(height=260)
    if has_partial:
        # The only look that is not explained by an axis.
        chart = chart.properties(
            title=alt.TitleParams(
                t("chart.partial", language),
                orient="bottom", anchor="start", fontSize=13, fontWeight=400, offset=8,
                color=theme.MUTED_INK,
            )
        )  # fmt: skip
    return chart


def stacked(
    frame: pd.DataFrame, categories: tuple[Category, ...], unit: str, language: str
) -> dict[str, Any]:
    """Draw how a whole is made up in each period: stacked bars, one colour and order per class.

    `frame`: period, category, value (None where there is no figure), status; with the columns of
    data_access.counts it says what is left out. Incomplete bars are pale. `unit`: the axis title.
    """
    names = {category.id: category.name.in_language(language) for category in categories}
    rows = frame.assign(
        label=[period_short(period, language) for period in frame["period"]],
        name=[names[category] for category in frame["category"]],
        place=[list(names).index(category) for category in frame["category"]],
        whole=frame["status"] != "partial",
        when=[
            ", ".join([period_label(cell["period"], language), *remarks(cell, language)])
            for cell in plain(frame)
        ],
    )
    order = [period_short(period, language) for period in sorted(set(frame["period"]))]
    columns = ["label", "name", "place", "value", "whole", "when"]
    classes = list(names.values())
    colours = theme.QUALITATIVE if len(classes) <= 3 else _LADDER_COLOURS
    titles = {
        "unit": unit, "periods": order, "classes": classes, "colours": colours[: len(classes)]
    }  # fmt: skip
    return filled(_stacked(language, len(order) > _UPRIGHT), titles=titles, rows=rows[columns])


@template_in((False,), (True,))
def _stacked(language: str, aslant: bool) -> Any:
    """Rows: label, name, place, value, whole, when; words: unit, periods, classes, colours."""
    labels = alt.Axis(labelAngle=-40 if aslant else 0)
    return (
        alt.Chart(named("rows"))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            opacity=alt.condition("datum.whole", alt.value(1), alt.value(0.55)),
            x=alt.X(
                "label:N",
                sort=[word("periods")],
                title=None,
                axis=labels,
            ),
            y=alt.Y("value:Q", title=word("unit"), axis=alt.Axis(format=",d", tickCount=5)),
            color=alt.Color(
                "name:N",
                title=None,
                sort=[word("classes")],
                scale=alt.Scale(domain=[word("classes")], range=[word("colours")]),
                legend=alt.Legend(orient="top", columns=1),
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("when:N", title=t("chart.period", language)),
                alt.Tooltip("name:N", title=t("chart.class", language)),
                alt.Tooltip("value:Q", title=word("unit"), format=",d"),
            ],
        )
        .properties(height=280)
    )


def money_by_nature(frame: pd.DataFrame, names: dict[str, str], language: str) -> dict[str, Any]:
    """Draw euros per year, structureel under incidenteel. `frame`: year, nature, euros."""
    rows = frame.assign(
        label=frame["year"].astype(str), name=[names[nature] for nature in frame["nature"]]
    )
    titles = {"natures": [names["structureel"], names["incidenteel"]]}
    return filled(_money_by_nature(language), titles=titles, rows=rows[["label", "name", "euros"]])


@template
def _money_by_nature(language: str) -> Any:
    """Rows: label, name, euros; words: natures, the lasting one first."""
    return (
        alt.Chart(named("rows"))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=alt.X("label:N", title=None, axis=alt.Axis(labelAngle=0)),
            y=alt.Y(
                "euros:Q",
                title=t("unit.euro", language),
                axis=alt.Axis(format="$,.0f", tickCount=5),
            ),
            color=alt.Color(
                "name:N",
                title=None,
                scale=alt.Scale(
                    domain=[word("natures")], range=[theme.STRUCTURAL, theme.TEMPORARY]
                ),
                legend=alt.Legend(orient="top", columns=1),
            ),
            order=alt.Order("name:N", sort="descending"),
            tooltip=[
                alt.Tooltip("label:N", title=t("chart.year", language)),
                alt.Tooltip("name:N", title=t("chart.class", language)),
                alt.Tooltip("euros:Q", title=t("unit.euro", language), format="$,.0f"),
            ],
        )
        .properties(height=260)
    )
