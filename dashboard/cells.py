"""One published value in words: its number, its bound, or why there is no number."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from dashboard.kept import kept
from dashboard.numbers import value_text
from dashboard.places import WITHOUT_WIJK
from dashboard.text import t
from indicators.vocabulary import Indicator

Cell = Mapping[Hashable, Any] | pd.Series


def state_of(cell: Cell) -> str:
    """Return "published", "zero", "no_data" or "not_shown": what a cell looks like on screen."""
    if cell["status"] == "published" and cell["value"] == 0 and not cell.get("bound", ""):
        return "zero"
    return str(cell["status"])


def state_text(cell: Cell, language: str) -> str:
    """Return the state in words, with its reason: "niet bekend: niet geleverd"."""
    state = t(f"status.{cell['status']}", language)
    if not cell["reason"]:
        return state
    return f"{state}: {t('reason.' + cell['reason'], language)}"


def cell_text(cell: Cell, indicator: Indicator, language: str) -> str:
    """Return the value with its sign ("€ 1.250", "12%"), its bound ("onder 5%") or its state.

    `cell` has value (money in euros), status, reason, bound and bound_value.
    """
    if cell["status"] != "published":
        return state_text(cell, language)
    if cell.get("bound", ""):
        limit = value_text(cell["bound_value"], indicator.unit, indicator.digits, language)
        return t(f"bound.{cell['bound']}", language, value=limit)
    return value_text(cell["value"], indicator.unit, indicator.digits, language)


_ORDER = ("wijk", *WITHOUT_WIJK, "gemeente")


@kept
def with_names(frame: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the values with columns name and level from the areas of a release, wijken by name.

    Then follow the places of people in no known wijk, and the whole gemeente comes last. Areas
    that are not in `areas` are left out.
    """
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    levels = dict(zip(areas["area_code"], areas["level"], strict=True))
    codes = frame["area_code"].tolist()
    order = sorted(
        (place for place, code in enumerate(codes) if code in names),
        key=lambda place: (
            _ORDER.index(levels[codes[place]]),
            names[codes[place]].casefold(),
        ),
    )
    kept = [codes[place] for place in order]
    return (
        frame.take(order)
        .reset_index(drop=True)
        .assign(name=[names[code] for code in kept], level=[levels[code] for code in kept])
    )
