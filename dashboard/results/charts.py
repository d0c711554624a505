"""Charts about results: dated states, room under the ceiling, forecast."""

import json
import textwrap
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, number, period_label
from indicators.periods import last_day

_LINES = {
    "claimed": (theme.QUALITATIVE[5], "square", [1, 0]),
    "judged_yes": (theme.RESIDENTS, "circle", [1, 0]),
    "checked_yes": (theme.ADMINISTRATION, "triangle-up", [6, 3]),
    "paid": (theme.QUALITATIVE[2], "diamond", [2, 2]),
}
_VERDICT_COLOURS = {
    "all": theme.PRIMARY,
    "yes": theme.PRIMARY,
    "no": theme.HIGHLIGHT,
    "hidden": theme.PATTERN_INK,
}
# Of these bars every place has the whole, also where it has no verdicts.
_WHOLE_OF = {"judged": "judged", "checked": "checked"}
_BARS = (
    ("claimed", (("claimed", "all"),)),
    ("judged", (("judged_yes", "yes"), ("judged_no", "no"))),
    ("checked", (("checked_yes", "yes"), ("checked_no", "no"))),
    ("paid", (("paid", "all"),)),
)
_ROW = 30
_ROOM_FOR_WORDS = 1.7
_LETTERS_IN_A_LINE = 18
_DATES_ON_AXIS = 4


def states_now(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the states of one outcome on one date side by side, with the agreed number as a line.

    `rows`: one row of states.states. Residents and administration have a bar each.
    """
    row = rows.iloc[0]
    bars, words = [], []
    top = max(float(row["agreed"]), 1.0)
    for bar, parts in _BARS:
        name, start = t(f"results.bar_{bar}", language), 0.0
        for state, verdict in parts:
            if pd.isna(row[state]):
                continue
            end = start + row[state]
            bars.append(
                {
                    "bar": name,
                    "from": start,
                    "to": end,
                    "verdict": t(f"results.verdict_{verdict}", language),
                    "colour": _VERDICT_COLOURS[verdict],
                    "shown": number(row[state], language),
                }
            )
            start = end
        whole = row[_WHOLE_OF[bar]] if bar in _WHOLE_OF else float("nan")
        if whole > start:
            bars.append(
                {
                    "bar": name,
                    "from": start,
                    "to": float(whole),
                    "verdict": t("results.verdict_hidden_here", language),
                    "colour": _VERDICT_COLOURS["hidden"],
                    # Of the rest only the whole is published.
                    "shown": "" if start else number(whole, language),
                }
            )
            start = float(whole)
        words.append({"bar": name, "words": _bar_words(row, parts, language)})
        top = max(top, start)
    order = [t(f"results.bar_{bar}", language) for bar, _ in _BARS]
    scale = alt.Scale(domain=[0, top * _ROOM_FOR_WORDS], nice=False)
    x = alt.X("from:Q", axis=None, scale=scale)
    y = alt.Y("bar:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    agreed = pd.DataFrame(
        {"from": [float(row["agreed"])], "bar": [order[0]], "words": [_agreed(row, language)]}
    )
    columns = ["bar", "from", "to", "verdict", "colour", "shown"]
    tooltip = [
        alt.Tooltip("bar:N", title=" "),
        alt.Tooltip("verdict:N", title=" "),
        alt.Tooltip("shown:N", title=" "),
    ]
    places = pd.DataFrame(words).assign(to=top)
    layers = [
        alt.Chart(pd.DataFrame(bars, columns=columns))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1, height={"band": 0.72})
        .encode(x=x, x2="to:Q", y=y, color=alt.Color("colour:N", scale=None), tooltip=tooltip),
        alt.Chart(places)
        .mark_text(align="left", dx=9, fontWeight=600)
        .encode(x=alt.X("to:Q", axis=None, scale=scale), y=y, text="words:N"),
        alt.Chart(agreed).mark_rule(color=theme.INK, strokeDash=[4, 3]).encode(x=x),
        alt.Chart(agreed)
        .mark_text(align="center", baseline="bottom", dy=-4)
        .encode(x=x, y=alt.value(0), text="words:N"),
    ]
    chart = alt.layer(*layers).properties(height=_ROW * len(order))
    return theme.finished(chart, language)


def name_axis(names: Iterable[str]) -> alt.Axis:
    """Return an axis on which long names take several lines, centred on their bar."""
    lines = {name: textwrap.wrap(name, _LETTERS_IN_A_LINE) for name in names}
    found = f"{json.dumps(lines)}[datum.value]"
    # Vega centres the first line only.
    lower = [
        {"test": f"length({found}) === {count}", "value": -theme.HALF_A_LINE * (count - 1)}
        for count in (2, 3, 4)
    ]
    return alt.Axis(
        labelExpr=f"{json.dumps(lines)}[datum.label]",
        labelOffset={"condition": lower, "value": 0},
        domain=False,
        ticks=False,
    )


def _date_axis(periods: list[str]) -> alt.Axis:
    """Return an axis with some of the reference dates, the last one among them."""
    step = -(-len(periods) // _DATES_ON_AXIS)
    days = [last_day(period) for period in sorted(periods)[::-1][::step]]
    values = [alt.DateTime(year=day.year, month=day.month, date=day.day) for day in days]
    return alt.Axis(format="%b %Y", values=values, grid=False, labelOverlap=True, labelBound=True)


def _agreed(row: pd.Series, language: str) -> str:
    return f"{t('results.state_agreed', language)}: {number(row['agreed'], language)}"


def _bar_words(row: pd.Series, parts: tuple[tuple[str, str], ...], language: str) -> str:
    whole = row[parts[0][0].split("_")[0]]
    if any(pd.isna(row[state]) for state, _ in parts):
        if len(parts) == 1 or pd.isna(whole):
            return t("status.no_data", language)
        return t("results.verdict_unknown", language, count=number(whole, language))
    numbers = [number(row[state], language) for state, _ in parts]
    if len(parts) == 1:
        return numbers[0]
    told = t("results.yes_and_no", language, yes=numbers[0], no=numbers[1])
    if row["left_out"]:
        count = number(row["left_out"], language)
        told = f"{told}, {t('results.without_short', language, count=count)}"
    return told


def states_over_time(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the states of one outcome to date over the quarters, a line each.

    `rows`: the rows of one outcome of states.states. A quarter without a figure breaks
    the line. The dashed rule is the agreed number.
    """
    names = {state: t(f"results.state_{state}", language) for state in _LINES}
    told = ["period", "hidden"]
    long = rows.melt(told, list(_LINES), var_name="state", value_name="value")
    long = long.assign(
        day=[last_day(period).isoformat() for period in long["period"]],
        label=[period_label(period, language) for period in long["period"]],
        name=long["state"].map(names),
        shown=[_shown(row, language) for row in long.to_dict("records")],
    )
    looks = list(_LINES.values())
    domain = list(names.values())
    legend = alt.Legend(orient="top", columns=2, title=None, labelLimit=160)
    x = alt.X("day:T", title=None, axis=_date_axis(list(rows["period"])))
    y = alt.Y("value:Q", title=None, axis=alt.Axis(format=",d", tickCount=4))
    colour = alt.Color(
        "name:N", scale=alt.Scale(domain=domain, range=[look[0] for look in looks]), legend=legend
    )
    shape = alt.Shape(
        "name:N", scale=alt.Scale(domain=domain, range=[look[1] for look in looks]), legend=legend
    )
    dash = alt.StrokeDash(
        "name:N", scale=alt.Scale(domain=domain, range=[look[2] for look in looks]), legend=legend
    )
    tooltip = [
        alt.Tooltip("label:N", title=t("chart.period", language)),
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("shown:N", title=" "),
    ]
    base = alt.Chart(long[["day", "label", "name", "value", "shown"]])
    agreed = pd.DataFrame({"value": [float(rows["agreed"].iloc[0])]})
    layers = [
        alt.Chart(agreed).mark_rule(color=theme.INK, strokeDash=[4, 3]).encode(y=y),
        base.mark_line(strokeWidth=2, invalid="break-paths-filter-domains").encode(
            x=x, y=y, color=colour, strokeDash=dash
        ),
        base.mark_point(filled=True, size=55, opacity=1).encode(
            x=x, y=y, color=colour, shape=shape, tooltip=tooltip
        ),
    ]
    return theme.finished(alt.layer(*layers).properties(height=230), language)


def _shown(row: Mapping[Hashable, Any], language: str) -> str:
    if pd.notna(row["value"]):
        return number(row["value"], language)
    hidden = row["hidden"] and row["state"] in ("judged_yes", "checked_yes")
    return t("status.not_shown" if hidden else "status.no_data", language)


def ceilings(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw per financier what was paid and the room up to the ceiling, in euros.

    `rows`: states.room, all amounts known.
    """
    names = {part: t(f"results.{part}", language) for part in ("paid", "room")}
    drawn = rows.assign(room=rows["room"].clip(lower=0))
    long = drawn.melt(["name"], ["paid", "room"], var_name="part", value_name="euros")
    long = long.assign(part_name=long["part"].map(names), place=long["part"].eq("room").astype(int))
    y = alt.Y("name:N", title=None, sort=list(rows["name"]), axis=name_axis(rows["name"]))
    x = alt.X("euros:Q", title=t("unit.euro", language), axis=alt.Axis(format="$,.0f", tickCount=3))
    scale = alt.Scale(domain=list(names.values()), range=[theme.PRIMARY, theme.LINE])
    bars = (
        alt.Chart(long[["name", "part_name", "place", "euros"]])
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "part_name:N", title=None, scale=scale, legend=alt.Legend(orient="top")
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("name:N", title=t("results.financier", language)),
                alt.Tooltip("part_name:N", title=" "),
                alt.Tooltip("euros:Q", title=t("unit.euro", language), format="$,.0f"),
            ],
        )
    )
    ceiling = (
        alt.Chart(rows[["name", "ceiling"]])
        .mark_tick(thickness=3, color=theme.INK, size=34)
        .encode(x=alt.X("ceiling:Q"), y=y)
    )
    return theme.finished(alt.layer(bars, ceiling).properties(height=48 * len(rows)), language)


def outlook(rows: pd.DataFrame, state: str, period: str, language: str) -> dict[str, Any]:
    """Draw per outcome where it stands, the forecast with its bounds, and the agreed number.

    `rows`: the outcomes of outlook.Outlook; `state`: "paid" or "judged_yes".
    """
    day = date_long(last_day(period), language)
    marks = {
        "now": t(f"results.{state}_on", language, date=day),
        "middle": t("results.outlook_middle", language),
        "agreed": t("results.outlook_agreed", language),
    }
    shapes = ["circle", "diamond", "square"]
    colours = [theme.PRIMARY, theme.HIGHLIGHT, theme.INK]
    long = rows.melt(["name"], list(marks), var_name="mark", value_name="value")
    long = long.assign(
        mark=long["mark"].map(marks), shown=[number(value, language) for value in long["value"]]
    )
    y = alt.Y("name:N", title=None, sort=list(rows["name"]), axis=name_axis(rows["name"]))
    x = alt.X("value:Q", title=t("results.results", language), axis=alt.Axis(format=",d"))
    domain = list(marks.values())
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=300)
    bounds = rows.assign(
        between=[
            t(
                "progress.between",
                language,
                low=number(row["low"], language),
                high=number(row["high"], language),
            )
            for _, row in rows.iterrows()
        ]
    )
    layers = [
        alt.Chart(bounds[["name", "low", "high", "between"]])
        .mark_rule(strokeWidth=5, opacity=0.4, color=theme.HIGHLIGHT)
        .encode(
            y=y,
            x=alt.X("low:Q"),
            x2="high:Q",
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("between:N", title=t("compare.interval", language)),
            ],
        ),
        alt.Chart(long[["name", "mark", "value", "shown"]])
        .mark_point(filled=True, size=130, opacity=1, strokeWidth=3)
        .encode(
            x=x,
            y=y,
            color=alt.Color("mark:N", scale=alt.Scale(domain=domain, range=colours), legend=legend),
            shape=alt.Shape("mark:N", scale=alt.Scale(domain=domain, range=shapes), legend=legend),
            tooltip=[alt.Tooltip("mark:N", title=" "), alt.Tooltip("shown:N", title=" ")],
        ),
    ]
    return theme.finished(alt.layer(*layers).properties(height=52 * len(rows)), language)
