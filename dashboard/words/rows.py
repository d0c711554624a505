"""Frames as plain rows: one row at a time a frame is slow to read."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

Row = dict[Hashable, Any]


def plain(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame, each as name of the column -> value (NaN stays NaN)."""
    names = list(frame.columns)
    # All columns at once: one at a time, or only those needed, takes longer.
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy(dtype=object).tolist()]
