"""The flow picture of a cohort: from volunteer to lasting work, from top to bottom."""

import json
import textwrap
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import over_time, theme
from dashboard.charts.templates import filled, named, template, template_in, word
from dashboard.words.copy import t
from dashboard.words.numbers import number
from dashboard.words.rows import plain
from dashboard.words.value_text import Cell, is_shown
from indicators.catalogue import LADDER_CLASSES, LADDER_LEVELS, LADDER_MOVES, WORK_KINDS

_THICK = 0.34
_ROOM_FOR_NUMBERS = 1.2
_GAP = 0.05
_LETTERS_IN_A_LINE = 17
_LETTERS_OF_A_REASON = 30
_PIXELS_PER_STAGE = 74
_STEPS_OF_A_BAND = 12
# How far down a band is at each step, and how far aside.
_WAY = [
    (part, part**2 * (3 - 2 * part))
    for part in (step / _STEPS_OF_A_BAND for step in range(_STEPS_OF_A_BAND + 1))
]
_STOPPED = theme.MUTED_INK
_BAND = 0.3
_REST = "rest"
# Of the chain, steps up among them.
_STAGES = 6
_STEP_COLOUR = theme.QUALITATIVE[3]
Block = tuple[float, float]


def flow(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw the chain of a cohort as bands that run from stage to stage, width by number.

    `rows`: dashboard.progress.chain. A stage without a number is words in its place, with no
    band to or from it. Steps up branch off: a step up is no condition for paid work.
    """
    found = plain(rows)
    whole = [row for row in found if not row["kind"]]
    kinds = [row for row in found if row["kind"] and is_shown(row)]
    places = {row["stage"]: place for place, row in enumerate(whole)}
    values = {row["stage"]: row["value"] for row in whole if is_shown(row)}
    largest = max(values.values(), default=0.0) or 1.0
    blocks = _blocks(values, largest)
    # The kinds of a sum are rounded apart from it, so together they may be a little more.
    together = sum(float(kind["value"]) for kind in kinds)
    widest = max(*(end for _, end in blocks.values()), together, largest) * _ROOM_FOR_NUMBERS
    parts_of = {row["stage"]: row["whole"] for row in whole}
    bars, split = _bars(blocks, places, kinds, whole, language)
    known, unknown = _words(blocks, places, whole, language)
    lines = json.dumps([textwrap.wrap(row["name"], _LETTERS_IN_A_LINE) for row in whole])
    titles = {
        "stages": f"{lines}[floor(datum.value)]",
        "colours": [each["colour"] for each in split],
    }
    drawn = filled(
        _flow(language, len(whole), bool(split)),
        titles=titles,
        bands=_bands(blocks, places, kinds, parts_of),
        bars=bars,
        known=known,
        unknown=unknown,
        parts=split,
    )
    domains = {"widths": [0, widest], "kinds": [each["kind"] for each in split]}
    return {**drawn, "layer": _with_domains(drawn["layer"], domains)}


def _with_domains(spec: Any, domains: dict[str, list[Any]]) -> Any:
    """Return part of a spec with scales that have the values for their domain's name."""
    if isinstance(spec, list):
        return [_with_domains(each, domains) for each in spec]
    if not isinstance(spec, dict):
        return spec
    if spec.keys() == {"expr"} and spec["expr"] in domains:
        return domains[spec["expr"]]
    return {name: _with_domains(each, domains) for name, each in spec.items()}


@template_in((_STAGES, False), (_STAGES, True))
def _flow(language: str, stages: int, split: bool) -> Any:
    """Rows: bands: band, colour, y, from, to; bars (and parts, where the outflow is `split`):
    colour, name, y, y2, from, to, shown (and kind); known and unknown: y, from, words. Words:
    stages (which expression names them), colours of the parts. Domains: widths, kinds.
    """
    scale = alt.Scale(domain=alt.ExprRef("widths"), nice=False)
    x, y = alt.X("from:Q", axis=None, scale=scale), _stage_axis(stages)
    fill = alt.Fill("colour:N", scale=None)
    bands = alt.Chart(named("bands")).mark_area(orient="horizontal", opacity=_BAND, line=False)
    mark: dict[str, Any] = {"align": "left", "dx": 7, "baseline": "middle"}
    known = alt.Chart(named("known")).mark_text(
        fontWeight=700, fontSize=15, color=theme.INK, **mark
    )
    unknown = alt.Chart(named("unknown")).mark_text(
        fontStyle="italic", color=theme.MUTED_INK, lineBreak="\n", **mark
    )
    layers: list[Any] = [
        bands.encode(x=x, x2="to:Q", y=y, detail="band:N", fill=fill),
        _bar_layers(x, y, split, language),
        alt.layer(*(each.encode(x=x, y=y, text="words:N") for each in (known, unknown))),
    ]
    height = _PIXELS_PER_STAGE * stages - round(_PIXELS_PER_STAGE * (1 - _THICK))
    return alt.layer(*layers).properties(height=height).resolve_scale(color="shared")


def _bar_layers(x: alt.X, y: alt.Y, split: bool, language: str) -> Any:
    tooltip = [alt.Tooltip("name:N", title=" "), alt.Tooltip("shown:N", title=" ")]
    encoding = {"x": x, "x2": "to:Q", "y": y, "y2": "y2:Q", "tooltip": tooltip}
    fill = alt.Fill("colour:N", scale=None)
    layers = [alt.Chart(named("bars")).mark_rect().encode(fill=fill, **encoding)]
    if split:
        legend = alt.Legend(orient="top", columns=1, title=t("progress.stage_outflow", language))
        scale = alt.Scale(domain=alt.ExprRef("kinds"), range=[word("colours")])
        colour = alt.Color("kind:N", scale=scale, legend=legend)
        layers.append(alt.Chart(named("parts")).mark_rect().encode(color=colour, **encoding))
    return alt.layer(*layers)


def _blocks(values: dict[str, float], largest: float) -> dict[str, Block]:
    """Return where each known stage lies on the horizontal axis."""
    branch = values.get("outflow", 0.0) + _GAP * largest
    starts = {"steps": branch}
    return {
        stage: (starts.get(stage, 0.0), starts.get(stage, 0.0) + value)
        for stage, value in values.items()
    }


def _stage_axis(stages: int) -> alt.Y:
    return alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, stages - 1 + _THICK], reverse=True, nice=False),
        axis=alt.Axis(
            values=[place + _THICK / 2 for place in range(stages)],
            labelExpr=word("stages"),
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
) -> list[dict[str, Any]]:
    """Return the outline of one band: the smooth way from `start` at `top` to `end` at `bottom`."""
    return [
        {
            "band": name,
            "colour": colour,
            "y": top + (bottom - top) * part,
            "from": start[0] + (end[0] - start[0]) * turn,
            "to": start[1] + (end[1] - start[1]) * turn,
        }
        for part, turn in _WAY
    ]


def _bands(
    blocks: dict[str, Block],
    places: dict[str, int],
    kinds: Sequence[Cell],
    parts_of: dict[str, float],
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if "volunteers" in blocks and "outflow" in blocks:
        ends = places["volunteers"] + _THICK, places["outflow"]
        for name, colour, block in _outflow_blocks(kinds, blocks["outflow"]):
            found += _band(name, colour, *ends, block, block)
    if "volunteers" in blocks and "steps" in blocks:
        block = blocks["steps"]
        ends = places["volunteers"] + _THICK, places["steps"]
        most = blocks["volunteers"][1]
        left = max(min(block[0], most - (block[1] - block[0])), 0.0)
        start = (left, min(left + block[1] - block[0], most))
        found += _band("steps", _STEP_COLOUR, *ends, start, block)
    after = [stage for stage in places if places[stage] >= places["outflow"]]
    for one, two in pairwise(after):
        if one in blocks and two in blocks:
            top, bottom = places[one] + _THICK, places[two]
            # Whoever is left out of the next stage did not stop: they are not known.
            before = parts_of[two] if one == "outflow" else blocks[one][1]
            kept = min(blocks[two][1], blocks[one][1])
            found += _band(two, theme.PRIMARY, top, bottom, (0, kept), (0, kept))
            if before > kept:
                way = top + (bottom - top) * 0.8
                narrowing = (kept, before), (kept, kept)
                found += _band(f"stopped {two}", _STOPPED, top, way, *narrowing)
    return found


def _outflow_blocks(kinds: Sequence[Cell], whole: Block) -> list[tuple[str, str, Block]]:
    """Return the parts of the outflow: name, colour and place of each kind, and of the rest."""
    found = [(kind["kind"], colour, block) for kind, colour, block in _kind_blocks(kinds)]
    end = found[-1][2][1] if found else whole[0]
    rest = [(_REST, theme.PRIMARY, (end, whole[1]))] if whole[1] > end else []
    return [*found, *rest]


def _kind_blocks(kinds: Sequence[Cell]) -> list[tuple[Cell, str, Block]]:
    """Return each kind of work with its colour and its place within the outflow."""
    found, start = [], 0.0
    for place, kind in enumerate(kinds):
        end = start + float(kind["value"])
        found.append((kind, theme.QUALITATIVE[place], (start, end)))
        start = end
    return found


def _bars(
    blocks: dict[str, Block],
    places: dict[str, int],
    kinds: Sequence[Cell],
    whole: Sequence[Cell],
    language: str,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the bars of the stages, and of the outflow its parts where there are any."""
    names = {row["stage"]: row["name"] for row in whole}
    bars = [
        {
            "colour": _STEP_COLOUR if stage == "steps" else theme.PRIMARY,
            "name": names[stage],
            **_bar(places[stage], block, language),
        }
        for stage, block in blocks.items()
        if stage != "outflow" or not kinds
    ]
    split = [
        {"colour": colour, "name": kind["name"], **_bar(places["outflow"], block, language),
         "kind": f"{kind['name']}: {number(kind['value'], language)}"}
        for kind, colour, block in _kind_blocks(kinds)
        if "outflow" in blocks
    ]  # fmt: skip
    if split:
        name, colour, block = _outflow_blocks(kinds, blocks["outflow"])[-1]
        if name == _REST:
            words = t("progress.kind_not_shown", language)
            bar = {**_bar(places["outflow"], block, language), "shown": ""}
            split.append({"colour": colour, "name": words, **bar, "kind": words})
    return bars, split


def _bar(place: int, block: Block, language: str) -> dict[str, Any]:
    size = number(block[1] - block[0], language)
    return {"y": place, "y2": place + _THICK, "from": block[0], "to": block[1], "shown": size}


def _words(
    blocks: dict[str, Block], places: dict[str, int], whole: Sequence[Cell], language: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the numbers beside the bars, and the reasons where there is no bar."""
    known, unknown = [], []
    free = blocks.get("outflow", (0.0, 0.0))[1]
    for row in whole:
        middle = places[row["stage"]] + _THICK / 2
        if row["stage"] in blocks:
            end = blocks[row["stage"]][1]
            known.append({"y": middle, "from": end, "words": number(row["value"], language)})
        else:
            start = free if row["stage"] == "steps" else 0.0
            reason = f"reason.{row['reason']}" if row["reason"] else f"status.{row['status']}"
            lines = textwrap.wrap(t(reason, language), _LETTERS_OF_A_REASON)
            unknown.append({"y": middle, "from": start, "words": "\n".join(lines)})
    return known, unknown


def moves(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw moves on the ladder per year: up above the line, down below it, numbers beside.

    `rows`: dashboard.progress.classes of ladder_moves. A year without a figure says so.
    """
    names = {each.id: each.name.in_language(language) for each in LADDER_MOVES}
    signs = {"up": 1, "down": -1}
    drawn: list[dict[str, Any]] = []
    lacking: dict[str, str] = {}
    for row in plain(rows):
        if not is_shown(row):
            lacking.setdefault(row["period"], t(f"status.{row['status']}", language))
        elif row["category"] in signs:
            drawn.append(
                {
                    "year": _year(row, language),
                    "down": row["category"] == "down",
                    "partial": row["status"] == "partial",
                    "moves": row["value"] * signs[row["category"]],
                    "name": names[row["category"]],
                    "shown": number(row["value"], language),
                }
            )
    unknown = [{"year": year, "words": words} for year, words in lacking.items()]
    return filled(_moves(language), rows=drawn, unknown=unknown)


@template
def _moves(language: str) -> Any:
    """Rows: year, down, partial, moves, name, shown; unknown: year, words."""
    names = {each.id: each.name.in_language(language) for each in LADDER_MOVES}
    x = alt.X("year:N", title=None, axis=_year_axis())
    y = alt.Y("moves:Q", title=None, axis=None, scale=alt.Scale(padding=20))
    colour = alt.Color(
        "name:N",
        title=None,
        scale=alt.Scale(
            domain=[names["up"], names["down"]], range=[theme.PRIMARY, theme.HIGHLIGHT]
        ),
        legend=alt.Legend(orient="top"),
    )
    base = alt.Chart(named("rows"))
    numbers = base.encode(x=x, y=y, text="shown:N")
    layers = [
        base.mark_bar().encode(x=x, y=y, color=colour, **_look_of_partial()),
        numbers.transform_filter("!datum.down").mark_text(dy=-9, fontWeight=600),
        numbers.transform_filter("datum.down").mark_text(dy=10, fontWeight=600),
        alt.Chart(named("unknown"))
        .mark_text(dy=-9, fontStyle="italic", color=theme.MUTED_INK)
        .encode(x=x, y=alt.datum(0), text="words:N"),
    ]
    return alt.layer(*layers).properties(height=260)


def _year(row: Cell, language: str) -> str:
    """Return the year for an axis; one that lacks a delivery says so below its number.

    It begins with the year, so that years stand in order of their words.
    """
    if row["status"] == "partial":
        return f"{row['period']}\n{t('status.partial', language)}"
    return str(row["period"])


def _year_axis() -> alt.Axis:
    return alt.Axis(labelAngle=0, labelExpr="split(datum.label, '\\n')")


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
    names = _kind_names(language)
    places = {each: place for place, each in enumerate(names)}
    drawn = [
        {
            "year": _year(row, language),
            "name": names[row["category"]],
            "place": places[row["category"]],
            "partial": row["status"] == "partial",
            "value": float(row["value"]),
            "shown": number(row["value"], language) if row["known"] else "",
        }
        for row in plain(rows)
    ]
    colours = [*theme.QUALITATIVE[: len(WORK_KINDS)], theme.PRIMARY]
    looks = dict(zip(names, colours, strict=True))
    there = [each for each in names if each in set(rows["category"])]
    titles = {"kinds": [names[each] for each in there], "colours": [looks[each] for each in there]}
    return filled(_outflow_by_kind(language, there != [""]), titles=titles, rows=drawn)


def _kind_names(language: str) -> dict[str, str]:
    """Return the names of kinds of work, and of what is not shown by kind ('')."""
    names = {each.id: each.name.in_language(language) for each in WORK_KINDS}
    return {**names, "": t("progress.kind_not_shown", language)}


@template_in((False,), (True,))
def _outflow_by_kind(language: str, legend: bool) -> Any:
    """Rows: year, name, place, partial, value, shown; words: kinds that there are, colours."""
    return (
        alt.Chart(named("rows"))
        .mark_bar(strokeWidth=1)
        .encode(
            x=alt.X("year:N", title=None, axis=_year_axis()),
            y=alt.Y(
                "value:Q",
                title=t("progress.people", language),
                axis=alt.Axis(format=",d", tickCount=5, tickMinStep=5),
            ),
            color=alt.Color(
                "name:N",
                title=None,
                scale=alt.Scale(domain=[word("kinds")], range=[word("colours")]),
                legend=alt.Legend(orient="top", columns=1) if legend else None,
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


def levels(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw how many people stand on each ladder level on each reference date, stacked.

    `rows`: dashboard.progress.classes of ladder_level, of six levels or of three classes. A date
    without a figure stays empty.
    """
    known = {each.id for each in LADDER_LEVELS}
    shown = LADDER_LEVELS if set(rows["category"]) <= known else LADDER_CLASSES
    return over_time.stacked(rows, shown, t("progress.people", language), language)
