"""Two judgements side by side, never added up: residents and administration."""

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.charts.templates import filled, named, template
from dashboard.comparison.rounding import FURTHEST
from dashboard.results.charts import NAMES, lines_of
from dashboard.words.copy import t
from dashboard.words.numbers import number
from dashboard.words.rows import Row, plain

SIDES = ("residents", "administration")
_COLOURS = {"residents": theme.RESIDENTS, "administration": theme.ADMINISTRATION}
_BAR = 29
# Words such as "administration: at most 4" have to fit beside the longest bar on a telephone.
_ROOM_FOR_WORDS = 2.3


def side_by_side(rows: pd.DataFrame, language: str) -> dict[str, Any]:
    """Draw a bar for the residents and one for the administration per row, with their numbers.

    `rows`: name, residents, administration (counts; NaN where there is none), and as far as they
    are there hidden (the reason why there is none), left_out (claimed results that the counts leave
    out) and error. Each bar says in words whose it is; a published 0 says what it stands for.
    """
    cells = list(enumerate(plain(rows)))
    found = [
        {
            "name": cell["name"],
            "side": side,
            "to": 0.0 if pd.isna(cell[side]) else cell[side],
            "words": t(
                f"results.said_by_{side}", language, count=_count(cell, cell[side], language)
            ),
            "row": row,
        }
        for side in SIDES
        for row, cell in cells
    ]
    top = max(1.0, *(float(each["to"]) for each in found))
    known = {"lines": lines_of(rows["name"]), "end": top * _ROOM_FOR_WORDS}
    return filled(_side_by_side(language), 2 * _BAR * len(rows), known, rows=found)


@template
def _side_by_side(_language: str) -> Any:
    """Rows: name, side, to, words, row. `lines_of` names; end: where the axis ends."""
    scale = alt.Scale(domain=[0, alt.ExprRef("end")], nice=False)
    x = alt.X("to:Q", axis=None, scale=scale)
    places = {"y": NAMES, "yOffset": alt.YOffset("side:N", sort=list(SIDES))}
    base = alt.Chart(named("rows"))
    bars = base.mark_bar(height={"band": 0.8}).encode(
        x=x,
        color=alt.Color(
            "side:N",
            scale=alt.Scale(domain=list(SIDES), range=[_COLOURS[side] for side in SIDES]),
            legend=None,
        ),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("words:N", title=" ")],
        **places,
    )
    words = base.mark_text(align="left", dx=6).encode(x=x, text="words:N", **places)
    return alt.layer(bars, words)


def _count(row: Row, value: float, language: str) -> str:
    if pd.isna(value):
        return t("status.not_shown" if row.get("hidden") else "status.no_data", language)
    few = number(max(row.get("error", 0.0), FURTHEST), language)
    shown = number(value, language) if value else t("results.few", language, count=few)
    left_out = row.get("left_out", 0.0)
    if not left_out:
        return shown
    return f"{shown}, {t('results.without', language, count=number(left_out, language))}"
