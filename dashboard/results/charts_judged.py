"""Two judgements side by side, never added up: residents and administration."""

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import theme
from dashboard.comparison.rounding import FURTHEST
from dashboard.results.charts import name_axis
from dashboard.words.copy import t
from dashboard.words.numbers import number

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
    for name, usual in (("hidden", ""), ("left_out", 0.0), ("error", 0.0)):
        rows = rows if name in rows else rows.assign(**{name: usual})
    about = ["name", "hidden", "left_out", "error"]
    long = rows.melt(about, list(SIDES), var_name="side", value_name="value")
    long = long.assign(
        to=long["value"].fillna(0),
        words=[
            t(f"results.said_by_{row['side']}", language, count=_count(row, language))
            for row in long.to_dict("records")
        ],
    )
    top = max(float(long["to"].max()), 1.0)
    x = alt.X("to:Q", axis=None, scale=alt.Scale(domain=[0, top * _ROOM_FOR_WORDS], nice=False))
    places = {
        "y": alt.Y("name:N", sort=list(rows["name"]), title=None, axis=name_axis(rows["name"])),
        "yOffset": alt.YOffset("side:N", sort=list(SIDES)),
    }
    base = alt.Chart(long[["name", "side", "to", "words"]])
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
    height = 2 * _BAR * len(rows)
    return theme.finished(alt.layer(bars, words).properties(height=height), language)


def _count(row: Mapping[Hashable, Any], language: str) -> str:
    value = row["value"]
    if pd.isna(value):
        return t("status.not_shown" if row["hidden"] else "status.no_data", language)
    few = number(max(row["error"], FURTHEST), language)
    shown = number(value, language) if value else t("results.few", language, count=few)
    if not row["left_out"]:
        return shown
    return f"{shown}, {t('results.without', language, count=number(row['left_out'], language))}"
