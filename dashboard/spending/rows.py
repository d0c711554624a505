"""Frames as plain rows, and plain rows in a chart: one row at a time a frame is slow to read."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.templates import Spec
from dashboard.tables.columns import Row


def plain(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame, each as name of the column -> value (NaN stays NaN)."""
    names = list(frame.columns)
    # All columns at once: one at a time, or only those needed, takes longer.
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]


def drawn(
    spec: Spec,
    height: float | None = None,
    known: Mapping[str, Any] | None = None,
    **rows: Sequence[Mapping[Any, Any]],
) -> Spec:
    """Return the spec of a template with plain rows for each of its names.

    `height` in pixels, if the template has none; `known`: values by the name under which the
    expressions of the template use them. Missing values become null, as Vega-Lite wants them.
    """
    filled = {**spec, "datasets": {name: _without_nan(each) for name, each in rows.items()}}
    if height is not None:
        filled["height"] = height
    if known:
        filled["params"] = [{"name": name, "value": value} for name, value in known.items()]
    return filled


def _without_nan(rows: Sequence[Mapping[Any, Any]]) -> list[dict[Any, Any]]:
    # Only NaN differs from itself.
    return [
        {name: None if value != value else value for name, value in row.items()} for row in rows
    ]
