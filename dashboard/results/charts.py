"""Charts about results: dated states, room under the ceiling, forecast."""

import textwrap
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.charts.templates import filled, named, template
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, number, period_label
from dashboard.words.rows import Row, plain
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
# Vega centres the first line only, so a name of more lines goes up; `lines_of` says what they are.
_NAME_AXIS = alt.Axis(
    labelExpr="lines[datum.label]",
    labelOffset={
        "condition": [
            {
                "test": f"length(lines[datum.value]) === {count}",
                "value": -theme.HALF_A_LINE * (count - 1),
            }
            for count in (2, 3, 4)
        ],
        "value": 0,
    },
    domain=False,
    ticks=False,
)
# Names on a vertical axis, in the order that the rows themselves give.
NAMES = alt.Y(
    "name:N", sort=alt.EncodingSortField(field="row", op="min"), title=None, axis=_NAME_AXIS
)


def states_now(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the states of one outcome on one date side by side, with the agreed number as a line.

    `rows`: one row of states.states. Residents and administration have a bar each.
    """
    row = plain(rows)[0]
    bars: list[Row] = []
    words: list[Row] = []
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
    agreed = {
        "from": float(row["agreed"]),
        "bar": _bar_names(language)[0],
        "words": _agreed(row, language),
    }
    return filled(
        _states_now(language),
        values={"end": top * _ROOM_FOR_WORDS},
        bars=bars,
        words=[{**each, "to": top} for each in words],
        agreed=[agreed],
    )


def _bar_names(language: str) -> list[str]:
    return [t(f"results.bar_{bar}", language) for bar, _ in _BARS]


@template
def _states_now(language: str) -> Any:
    """Bars: bar, from, to, verdict, colour, shown; words: bar, words, to; agreed: from, words.

    end: where the axis ends.
    """
    order = _bar_names(language)
    scale = alt.Scale(domain=[0, alt.ExprRef("end")], nice=False)
    x = alt.X("from:Q", axis=None, scale=scale)
    y = alt.Y("bar:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False))
    tooltip = [
        alt.Tooltip("bar:N", title=" "),
        alt.Tooltip("verdict:N", title=" "),
        alt.Tooltip("shown:N", title=" "),
    ]
    agreed = alt.Chart(named("agreed"))
    return alt.layer(
        alt.Chart(named("bars"))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1, height={"band": 0.72})
        .encode(x=x, x2="to:Q", y=y, color=alt.Color("colour:N", scale=None), tooltip=tooltip),
        alt.Chart(named("words"))
        .mark_text(align="left", dx=9, fontWeight=600)
        .encode(x=alt.X("to:Q", axis=None, scale=scale), y=y, text="words:N"),
        agreed.mark_rule(color=theme.INK, strokeDash=[4, 3]).encode(x=x),
        agreed.mark_text(align="center", baseline="bottom", dy=-4).encode(
            x=x, y=alt.value(0), text="words:N"
        ),
    ).properties(height=_ROW * len(order))


def lines_of(names: Iterable[str]) -> dict[str, list[str]]:
    """Return the lines of long names, that NAMES knows as `lines`."""
    return {name: textwrap.wrap(name, _LETTERS_IN_A_LINE) for name in names}


def _days_on_axis(periods: Iterable[str]) -> str:
    """Return some of the reference dates as an expression of Vega, the last one among them."""
    newest_first = sorted(periods, reverse=True)
    step = -(-len(newest_first) // _DATES_ON_AXIS)
    days = [last_day(period) for period in newest_first[::step]]
    # Vega counts months from 0.
    dates = [f"datetime({day.year}, {day.month - 1}, {day.day})" for day in days]
    return f"[{', '.join(dates)}]"


def _agreed(row: Row, language: str) -> str:
    return f"{t('results.state_agreed', language)}: {number(row['agreed'], language)}"


def _bar_words(row: Row, parts: tuple[tuple[str, str], ...], language: str) -> str:
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
    cells = plain(rows)
    days = {cell["period"]: last_day(cell["period"]).isoformat() for cell in cells}
    labels = {period: period_label(period, language) for period in days}
    found = [
        {
            "day": days[cell["period"]],
            "label": labels[cell["period"]],
            "name": t(f"results.state_{state}", language),
            "value": cell[state],
            "shown": _shown(state, cell, language),
        }
        for state in _LINES
        for cell in cells
    ]
    agreed = [{"value": float(rows["agreed"].iloc[0])}]
    spec = filled(_states_over_time(language), rows=found, agreed=agreed)
    return {**spec, "params": [{"name": "days", "expr": _days_on_axis(days)}]}


@template
def _states_over_time(language: str) -> Any:
    """Rows: day, label, name, value, shown; agreed: value. days: the dates on the axis."""
    looks = list(_LINES.values())
    domain = [t(f"results.state_{state}", language) for state in _LINES]
    legend = alt.Legend(orient="top", columns=2, title=None, labelLimit=160)
    axis = alt.Axis(
        format="%b %Y",
        values=alt.ExprRef("days"),
        grid=False,
        labelOverlap=True,
        labelBound=True,
    )
    x = alt.X("day:T", title=None, axis=axis)
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
    base = alt.Chart(named("rows"))
    return alt.layer(
        alt.Chart(named("agreed")).mark_rule(color=theme.INK, strokeDash=[4, 3]).encode(y=y),
        base.mark_line(strokeWidth=2, invalid="break-paths-filter-domains").encode(
            x=x, y=y, color=colour, strokeDash=dash
        ),
        base.mark_point(filled=True, size=55, opacity=1).encode(
            x=x, y=y, color=colour, shape=shape, tooltip=tooltip
        ),
    ).properties(height=230)


def _shown(state: str, row: Row, language: str) -> str:
    if pd.notna(row[state]):
        return number(row[state], language)
    hidden = row["hidden"] and state in ("judged_yes", "checked_yes")
    return t("status.not_shown" if hidden else "status.no_data", language)


def ceilings(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw per financier what was paid and the room up to the ceiling, in euros.

    `rows`: states.room, all amounts known.
    """
    cells = list(enumerate(plain(rows)))
    found = [
        {
            "name": cell["name"],
            "part_name": name,
            "place": place,
            "euros": max(cell[part], 0.0) if part == "room" else cell[part],
            "row": row,
        }
        for place, (part, name) in enumerate(_parts(language).items())
        for row, cell in cells
    ]
    return filled(
        _ceilings(language),
        48 * len(rows),
        {"lines": lines_of(rows["name"])},
        rows=found,
        ceilings=[
            {"name": cell["name"], "ceiling": cell["ceiling"], "row": row} for row, cell in cells
        ],
    )


def _parts(language: str) -> dict[str, str]:
    return {part: t(f"results.{part}", language) for part in ("paid", "room")}


@template
def _ceilings(language: str) -> Any:
    """Rows: name, part_name, place, euros, row; ceilings: name, ceiling, row. `lines_of` names."""
    x = alt.X("euros:Q", title=t("unit.euro", language), axis=alt.Axis(format="$,.0f", tickCount=3))
    scale = alt.Scale(domain=list(_parts(language).values()), range=[theme.PRIMARY, theme.LINE])
    bars = (
        alt.Chart(named("rows"))
        .mark_bar(stroke=theme.PAPER, strokeWidth=1)
        .encode(
            x=x,
            y=NAMES,
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
        alt.Chart(named("ceilings"))
        .mark_tick(thickness=3, color=theme.INK, size=34)
        .encode(x=alt.X("ceiling:Q"), y=NAMES)
    )
    return alt.layer(bars, ceiling)


def outlook(rows: pd.DataFrame, state: str, period: str, language: str) -> dict[str, Any]:
    """Draw per outcome where it stands, the forecast with its bounds, and the agreed number.

    `rows`: the outcomes of outlook.Outlook; `state`: "paid" or "judged_yes".
    """
    day = date_long(last_day(period), language)
    now = t(f"results.{state}_on", language, date=day)
    names = {"now": now, **_ends(language)}
    cells = list(enumerate(plain(rows)))
    bounds = [
        {
            "name": cell["name"],
            "low": cell["low"],
            "high": cell["high"],
            "between": t(
                "progress.between",
                language,
                low=number(cell["low"], language),
                high=number(cell["high"], language),
            ),
            "row": row,
        }
        for row, cell in cells
    ]
    marks = [
        {
            "name": cell["name"],
            "mark": name,
            "value": cell[mark],
            "shown": number(cell[mark], language),
            "row": row,
        }
        for mark, name in names.items()
        for row, cell in cells
    ]
    known = {"lines": lines_of(rows["name"]), "now": now}
    return filled(_outlook(language), 52 * len(rows), known, bounds=bounds, marks=marks)


def _ends(language: str) -> dict[str, str]:
    return {each: t(f"results.outlook_{each}", language) for each in ("middle", "agreed")}


@template
def _outlook(language: str) -> Any:
    """Bounds: name, low, high, between, row; marks: name, mark, value, shown, row.

    `lines_of` names; now: what the mark of today says, with its date.
    """
    shapes = ["circle", "diamond", "square"]
    colours = [theme.PRIMARY, theme.HIGHLIGHT, theme.INK]
    x = alt.X("value:Q", title=t("results.results", language), axis=alt.Axis(format=",d"))
    domain: list[Any] = [alt.ExprRef("now"), *_ends(language).values()]
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=300)
    return alt.layer(
        alt.Chart(named("bounds"))
        .mark_rule(strokeWidth=5, opacity=0.4, color=theme.HIGHLIGHT)
        .encode(
            y=NAMES,
            x=alt.X("low:Q"),
            x2="high:Q",
            tooltip=[
                alt.Tooltip("name:N", title=" "),
                alt.Tooltip("between:N", title=t("compare.interval", language)),
            ],
        ),
        alt.Chart(named("marks"))
        .mark_point(filled=True, size=130, opacity=1, strokeWidth=3)
        .encode(
            x=x,
            y=NAMES,
            color=alt.Color("mark:N", scale=alt.Scale(domain=domain, range=colours), legend=legend),
            shape=alt.Shape("mark:N", scale=alt.Scale(domain=domain, range=shapes), legend=legend),
            tooltip=[alt.Tooltip("mark:N", title=" "), alt.Tooltip("shown:N", title=" ")],
        ),
    )
