"""How many wijken lack a figure or a part of it, and why, in sentences. Pure functions."""

from collections import Counter

import pandas as pd

from dashboard.words.copy import t

_ORDER = (
    "partial", "missing", "later", "no_organisation", "small", "hidden", "no_outcomes", "uncertain",
)  # fmt: skip
# By the reason of a cell: the sentence about the wijken that have it.
_WHY_NOT = {
    "not_yet": "later",
    "not_closed": "later",
    "no_organisation": "no_organisation",
    "small_place": "small",
    "small_base": "hidden",
    "zero_outcomes": "no_outcomes",
    "uncertain": "uncertain",
}


def data_state(published: pd.DataFrame, language: str) -> str:
    """Return how many wijken lack the figure or a part of it, and why; '' when none does.

    `published` has columns area_code, status and reason (`data_access.panel`).
    """
    columns = (published[name] for name in ("area_code", "status", "reason"))
    why = Counter(
        "partial" if status == "partial" else _WHY_NOT.get(reason, "missing")
        for area, status, reason in zip(*columns, strict=True)
        if area.startswith("WK") and status != "published"
    )
    lines = []
    for word in _ORDER:
        count = why[word]
        if count:
            form = "one" if count == 1 else "many"
            lines.append(t(f"common.{word}_{form}", language, count=count))
    return " ".join(lines)
