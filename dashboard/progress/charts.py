"""The flow picture of a cohort: from volunteer to lasting work, from top to bottom."""

import json
import textwrap
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from dashboard.charts import over_time, theme
from dashboard.words.copy import t
from dashboard.words.numbers import number
from dashboard.words.value_text import shown_in
from indicators.catalogue import LADDER_CLASSES, LADDER_LEVELS, LADDER_MOVES, WORK_KINDS

_THICK = 0.34
_ROOM_FOR_NUMBERS = 1.2
_GAP = 0.05
_LETTERS_IN_A_LINE = 17
_LETTERS_OF_A_REASON = 30
_PIXELS_PER_STAGE = 74
_STEEP = np.linspace(0, 1, 13)
_STOPPED = theme.MUTED_INK
_BAND = 0.3
_REST = "rest"
_STEP_COLOUR = theme.QUALITATIVE[3]
Block = tuple[float, float]


def flow(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the chain of a cohort as bands that run from stage to stage, width by number.

    `rows`: dashboard.progress.chain. A stage without a number is words in its place, with no
    band to or from it. Steps up branch off: a step up is no condition for paid work.
    """
    whole = rows[rows["kind"] == ""].reset_index(drop=True)
    kinds = rows[(rows["kind"] != "") & shown_in(rows)]
    places = {stage: place for place, stage in enumerate(whole["stage"])}
    values = dict(zip(whole["stage"], whole["value"].where(shown_in(whole)), strict=True))
    largest = max([value for value in values.values() if value == value], default=0.0) or 1.0
    blocks = _blocks(values, largest)
    # The kinds of a sum are rounded apart from it, so together they may be a little more.
    ends = [*(end for _, end in blocks.values()), float(kinds["value"].sum()), largest]
    widest = max(ends) * _ROOM_FOR_NUMBERS
    parts_of = dict(zip(whole["stage"], whole["whole"], strict=True))
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, widest], nice=False))
    y = _stage_axis(list(whole["name"]))
    layers: list[Any] = [
        _bands(blocks, places, kinds, parts_of, x, y),
        _bars(blocks, places, kinds, whole, x, y, language),
        _words(blocks, places, whole, x, y, language),
    ]
    height = _PIXELS_PER_STAGE * len(whole) - round(_PIXELS_PER_STAGE * (1 - _THICK))
    chart = alt.layer(*layers).properties(height=height).resolve_scale(color="shared")
    return theme.finished(chart, language)


def _blocks(values: dict[str, float], largest: float) -> dict[str, Block]:
    """Return where each known stage lies on the horizontal axis."""
    outflow = values["outflow"] if values["outflow"] == values["outflow"] else 0.0
    branch = outflow + _GAP * largest
    starts = {"steps": branch}
    return {
        stage: (starts.get(stage, 0.0), starts.get(stage, 0.0) + value)
        for stage, value in values.items()
        if value == value
    }


def _stage_axis(names: list[str]) -> alt.Y:
    lines = json.dumps([textwrap.wrap(name, _LETTERS_IN_A_LINE) for name in names])
    return alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, len(names) - 1 + _THICK], reverse=True, nice=False),
        axis=alt.Axis(
            values=[place + _THICK / 2 for place in range(len(names))],
            labelExpr=f"{lines}[floor(datum.value)]",
            labelColor=theme.INK,
            title=None,
            grid=False,
            ticks=False,
            domain=False,
            labelOverlap=False,
        ),
    )


def _band(
    name: str, colour: str, top: float, bottom: float, start: Block, end: Block
) -> pd.DataFrame:
    """Return the outline of one band: the smooth way from `start` at `top` to `end` at `bottom`."""
    turn = _STEEP**2 * (3 - 2 * _STEEP)
    return pd.DataFrame(
        {
            "band": name,
            "colour": colour,
            "y": top + (bottom - top) * _STEEP,
            "from": start[0] + (end[0] - start[0]) * turn,
            "to": start[1] + (end[1] - start[1]) * turn,
        }
    )


def _bands(
    blocks: dict[str, Block],
    places: dict[str, int],
    kinds: pd.DataFrame,
    parts_of: dict[str, float],
    x: alt.X,
    y: alt.Y,
) -> Any:
    parts = [pd.DataFrame({"band": [], "colour": [], "y": [], "from": [], "to": []})]
    if "volunteers" in blocks and "outflow" in blocks:
        ends = places["volunteers"] + _THICK, places["outflow"]
        for name, colour, block in _outflow_blocks(kinds, blocks["outflow"]):
            parts.append(_band(name, colour, *ends, block, block))
    if "volunteers" in blocks and "steps" in blocks:
        block = blocks["steps"]
        ends = places["volunteers"] + _THICK, places["steps"]
        most = blocks["volunteers"][1]
        left = max(min(block[0], most - (block[1] - block[0])), 0.0)
        start = (left, min(left + block[1] - block[0], most))
        parts.append(_band("steps", _STEP_COLOUR, *ends, start, block))
    after = [stage for stage in places if places[stage] >= places["outflow"]]
    for one, two in pairwise(after):
        if one in blocks and two in blocks:
            top, bottom = places[one] + _THICK, places[two]
            # Whoever is left out of the next stage did not stop: they are not known.
            before = parts_of[two] if one == "outflow" else blocks[one][1]
            kept = min(blocks[two][1], blocks[one][1])
            parts.append(_band(two, theme.PRIMARY, top, bottom, (0, kept), (0, kept)))
            if before > kept:
                way = top + (bottom - top) * 0.8
                narrowing = (kept, before), (kept, kept)
                parts.append(_band(f"stopped {two}", _STOPPED, top, way, *narrowing))
    frame = pd.concat(parts, ignore_index=True)
    return (
        alt.Chart(frame)
        .mark_area(orient="horizontal", opacity=_BAND, line=False)
        .encode(x=x, x2="to:Q", y=y, detail="band:N", fill=alt.Fill("colour:N", scale=None))
    )


def _outflow_blocks(kinds: pd.DataFrame, whole: Block) -> list[tuple[str, str, Block]]:
    """Return the parts of the outflow: name, colour and place of each kind, and of the rest."""
    found = [(kind["kind"], colour, block) for kind, colour, block in _kind_blocks(kinds)]
    end = found[-1][2][1] if found else whole[0]
    rest = [(_REST, theme.PRIMARY, (end, whole[1]))] if whole[1] > end else []
    return [*found, *rest]


def _kind_blocks(kinds: pd.DataFrame) -> list[tuple[pd.Series, str, Block]]:
    """Return each kind of work with its colour and its place within the outflow."""
    found, start = [], 0.0
    for place, (_, kind) in enumerate(kinds.iterrows()):
        end = start + float(kind["value"])
        found.append((kind, theme.QUALITATIVE[place], (start, end)))
        start = end
    return found


def _bars(
    blocks: dict[str, Block],
    places: dict[str, int],
    kinds: pd.DataFrame,
    whole: pd.DataFrame,
    x: alt.X,
    y: alt.Y,
    language: str,
) -> Any:
    names = dict(zip(whole["stage"], whole["name"], strict=True))
    plain = [
        {
            "colour": _STEP_COLOUR if stage == "steps" else theme.PRIMARY,
            "name": names[stage],
            **_bar(places[stage], block, language),
        }
        for stage, block in blocks.items()
        if stage != "outflow" or kinds.empty
    ]
    split = [
        {"colour": colour, "kind": _kind_label(kind, language), "name": kind["name"],
         **_bar(places["outflow"], block, language)}
        for kind, colour, block in _kind_blocks(kinds)
        if "outflow" in blocks
    ]  # fmt: skip
    if split:
        name, colour, block = _outflow_blocks(kinds, blocks["outflow"])[-1]
        if name == _REST:
            words = t("progress.kind_not_shown", language)
            bar = {**_bar(places["outflow"], block, language), "shown": ""}
            split.append({"colour": colour, "kind": words, "name": words, **bar})
    tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("shown:N", title=" ")]
    columns = ["colour", "name", "y", "y2", "from", "to", "shown"]
    encoding = {"x": x, "x2": "to:Q", "y": y, "y2": "y2:Q", "tooltip": tooltip}
    layers = [
        alt.Chart(pd.DataFrame(plain, columns=columns))
        .mark_rect()
        .encode(fill=alt.Fill("colour:N", scale=None), **encoding)
    ]
    if split:
        legend = alt.Legend(orient="top", columns=1, title=t("progress.stage_outflow", language))
        scale = alt.Scale(
            domain=[each["kind"] for each in split], range=[each["colour"] for each in split]
        )
        layers.append(
            alt.Chart(pd.DataFrame(split, columns=[*columns, "kind"]))
            .mark_rect()
            .encode(color=alt.Color("kind:N", scale=scale, legend=legend), **encoding)
        )
    return alt.layer(*layers)


def _kind_label(kind: pd.Series, language: str) -> str:
    return f"{kind['name']}: {number(kind['value'], language)}"


def _bar(place: int, block: Block, language: str) -> dict[str, Any]:
    size = number(block[1] - block[0], language)
    return {"y": place, "y2": place + _THICK, "from": block[0], "to": block[1], "shown": size}


def _words(
    blocks: dict[str, Block],
    places: dict[str, int],
    whole: pd.DataFrame,
    x: alt.X,
    y: alt.Y,
    language: str,
) -> Any:
    known, unknown = [], []
    free = blocks.get("outflow", (0.0, 0.0))[1]
    for _, row in whole.iterrows():
        middle = places[row["stage"]] + _THICK / 2
        if row["stage"] in blocks:
            end = blocks[row["stage"]][1]
            known.append({"y": middle, "from": end, "words": number(row["value"], language)})
        else:
            start = free if row["stage"] == "steps" else 0.0
            reason = f"reason.{row['reason']}" if row["reason"] else f"status.{row['status']}"
            lines = textwrap.wrap(t(reason, language), _LETTERS_OF_A_REASON)
            unknown.append({"y": middle, "from": start, "words": "\n".join(lines)})
    columns = ["y", "from", "words"]
    mark: dict[str, Any] = {"align": "left", "dx": 7, "baseline": "middle"}
    return alt.layer(
        alt.Chart(pd.DataFrame(known, columns=columns))
        .mark_text(fontWeight=700, fontSize=15, color=theme.INK, **mark)
        .encode(x=x, y=y, text="words:N"),
        alt.Chart(pd.DataFrame(unknown, columns=columns))
        .mark_text(fontStyle="italic", color=theme.MUTED_INK, lineBreak="\n", **mark)
        .encode(x=x, y=y, text="words:N"),
    )


def moves(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw moves on the ladder per year: up above the line, down below it, numbers beside.

    `rows`: dashboard.progress.classes of ladder_moves. A year without a figure says so.
    """
    names = {each.id: each.name.in_language(language) for each in LADDER_MOVES}
    known = rows[shown_in(rows) & rows["category"].isin(["up", "down"])]
    signs = known["category"].map({"up": 1, "down": -1})
    drawn = pd.DataFrame(
        {
            "year": _years(known, language),
            "down": known["category"] == "down",
            "partial": known["status"] == "partial",
            "moves": known["value"] * signs,
            "name": known["category"].map(names),
            "shown": [number(value, language) for value in known["value"]],
        }
    )
    lacking = rows[~shown_in(rows)].drop_duplicates("period")
    words = [t(f"status.{status}", language) for status in lacking["status"]]
    unknown = pd.DataFrame({"year": lacking["period"], "words": words})
    order = list(dict.fromkeys(_years(rows.sort_values("period"), language)))
    axis = alt.Axis(labelAngle=0, labelExpr="split(datum.label, '\\n')")
    x = alt.X("year:N", title=None, sort=order, axis=axis)
    y = alt.Y("moves:Q", title=None, axis=None, scale=alt.Scale(padding=20))
    colour = alt.Color(
        "name:N",
        title=None,
        scale=alt.Scale(
            domain=[names["up"], names["down"]], range=[theme.PRIMARY, theme.HIGHLIGHT]
        ),
        legend=alt.Legend(orient="top"),
    )
    base = alt.Chart(drawn)
    numbers = base.encode(x=x, y=y, text="shown:N")
    layers = [
        base.mark_bar().encode(x=x, y=y, color=colour, **_look_of_partial()),
        numbers.transform_filter("!datum.down").mark_text(dy=-9, fontWeight=600),
        numbers.transform_filter("datum.down").mark_text(dy=10, fontWeight=600),
        alt.Chart(unknown)
        .mark_text(dy=-9, fontStyle="italic", color=theme.MUTED_INK)
        .encode(x=x, y=alt.datum(0), text="words:N"),
    ]
    return theme.finished(alt.layer(*layers).properties(height=260), language)


def _years(rows: pd.DataFrame, language: str) -> list[str]:
    """Return the years for an axis; one that lacks a delivery says so below its number."""
    word = t("status.partial", language)
    return [
        f"{row['period']}\n{word}" if row["status"] == "partial" else str(row["period"])
        for row in rows.to_dict("records")
    ]


def _look_of_partial() -> dict[str, Any]:
    """Return the look of bars of which a delivery is missing: paler, with a dashed edge."""
    partial = alt.datum.partial
    return {
        "opacity": alt.condition(partial, alt.value(0.5), alt.value(1)),
        "stroke": alt.condition(partial, alt.value(theme.INK), alt.value(theme.PAPER)),
        "strokeDash": alt.condition(partial, alt.value([4, 3]), alt.value([1, 0])),
    }


def outflow_by_kind(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the outflow per year by kind of work; where the kind is not shown, as one bar.

    `rows`: dashboard.wijk.outflow.outflow_rows. Kinds that are not shown are one bar, without a
    number where that is a rest.
    """
    names = {each.id: each.name.in_language(language) for each in WORK_KINDS}
    names[""] = t("progress.kind_not_shown", language)
    order = [each for each in names if each in set(rows["category"])]
    drawn = pd.DataFrame(
        {
            "year": _years(rows, language),
            "name": rows["category"].map(names),
            "place": [list(names).index(each) for each in rows["category"]],
            "partial": rows["status"] == "partial",
            "value": rows["value"].astype(float),
            "shown": [
                number(row["value"], language) if row["known"] else ""
                for row in rows.to_dict("records")
            ],
        }
    )
    legend = alt.Legend(orient="top", columns=1) if set(order) != {""} else None
    colours = dict(zip(names, [*theme.QUALITATIVE[: len(WORK_KINDS)], theme.PRIMARY], strict=True))
    chart = (
        alt.Chart(drawn)
        .mark_bar(strokeWidth=1)
        .encode(
            x=alt.X(
                "year:N",
                title=None,
                sort=list(dict.fromkeys(_years(rows.sort_values("period"), language))),
                axis=alt.Axis(labelAngle=0, labelExpr="split(datum.label, '\\n')"),
            ),
            y=alt.Y(
                "value:Q",
                title=t("progress.people", language),
                axis=alt.Axis(format=",d", tickCount=5, tickMinStep=5),
            ),
            color=alt.Color(
                "name:N",
                title=None,
                scale=alt.Scale(
                    domain=[names[each] for each in order], range=[colours[each] for each in order]
                ),
                legend=legend,
            ),
            order=alt.Order("place:Q"),
            tooltip=[
                alt.Tooltip("year:N", title=t("chart.year", language)),
                alt.Tooltip("name:N", title=t("chart.class", language)),
                alt.Tooltip("shown:N", title=t("progress.people", language)),
            ],
            **_look_of_partial(),
        )
        .properties(height=260)
    )
    return theme.finished(chart, language)


def levels(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw how many people stand on each ladder level on each reference date, stacked.

    `rows`: dashboard.progress.classes of ladder_level, of six levels or of three classes. A date
    without a figure stays empty.
    """
    known = {each.id for each in LADDER_LEVELS}
    shown = LADDER_LEVELS if set(rows["category"]) <= known else LADDER_CLASSES
    return over_time.stacked(rows, shown, t("progress.people", language), language)
