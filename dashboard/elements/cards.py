"""Key figures as HTML: the number, what it means, its course and its target. Pure functions."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from dashboard.charts import theme
from dashboard.charts.pictures import picture

# The drawing is stretched to the card; its lines keep their width.
_EVEN = 'vector-effect="non-scaling-stroke"'


_LONG_VALUE = 8


@dataclass(frozen=True)
class KeyFigure:
    """One figure with the sentences around it, all finished text.

    `value` is the number or the reason why there is none (then `known` is False). `course` holds
    the values of earlier periods, oldest first, None where unknown; `course_text` says in words
    what the sparkline shows. `target` is the target's value for the line in the sparkline.
    `margin` is how far rounding may have moved a total ("± 18").
    """

    name: str
    value: str
    known: bool
    meaning: str
    course: tuple[float | None, ...]
    course_text: str
    target: float | None
    target_text: str
    margin: str = ""


def figures_html(figures: Sequence[KeyFigure]) -> str:
    """Return the figures as cards in a row that wraps."""
    return f'<div class="figures">{"".join(_card(each) for each in figures)}</div>'


def _card(figure: KeyFigure) -> str:
    look = "figure-value" if figure.known else "figure-value unknown"
    if len(figure.value) > _LONG_VALUE:
        look += " long"
    line = sparkline(figure.course, figure.target, figure.course_text)
    margin = f' <span class="margin">{escape(figure.margin)}</span>' if figure.margin else ""
    target = f"<p>{escape(figure.target_text)}</p>" if figure.target_text else ""
    return (
        f'<section class="figure"><h3>{escape(figure.name)}</h3>'
        f'<div class="{look}">{escape(figure.value)}{margin}</div>{line}{target}'
        f'<p class="meaning">{escape(figure.meaning)}</p></section>'
    )


def sparkline(course: Sequence[float | None], target: float | None, text: str) -> str:
    """Return the course as a small picture with `text` as its alternative; unknown leaves a gap.

    The axis starts at zero. A dashed line marks the target. Fewer than two known values: "".
    """
    known = [value for value in course if value is not None and math.isfinite(value)]
    if len(known) < 2:
        return ""
    top = max([*known, target or 0.0]) or 1.0
    wide, high, edge = 200.0, 48.0, 4.0
    step = (wide - 2 * edge) / (len(course) - 1)

    def y(value: float) -> float:
        return round(high - edge - value / top * (high - 2 * edge), 1)

    path, pen = [], "M"
    last = (0.0, 0.0)
    for place, value in enumerate(course):
        if value is None or not math.isfinite(value):
            pen = "M"
            continue
        last = (round(edge + place * step, 1), y(value))
        # A point of its own between two gaps is a dot: a line of no length with a round end.
        path.append(f"{pen}{last[0]} {last[1]}{'h0' if pen == 'M' else ''}")
        pen = "L"
    goal = "" if target is None else _goal(y(target), edge, wide)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {high:g}" '
        f'preserveAspectRatio="none"><g fill="none" stroke-linejoin="round" '
        f'stroke-linecap="round"><path d="M{edge} {high - edge}H{wide - edge}" '
        f'stroke="{theme.LINE}" {_EVEN}/>{goal}<path d="{"".join(path)}" '
        f'stroke="{theme.PRIMARY}" stroke-width="2.5" {_EVEN}/><path d="M{last[0]} {last[1]}h0" '
        f'stroke="{theme.PRIMARY}" stroke-width="9" {_EVEN}/></g></svg>'
    )
    return picture(svg, text)


def _goal(height: float, edge: float, wide: float) -> str:
    return (
        f'<path d="M{edge} {height}H{wide - edge}" stroke="{theme.HIGHLIGHT}" '
        f'stroke-width="1.5" stroke-dasharray="5 4" {_EVEN}/>'
    )
