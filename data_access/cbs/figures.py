"""The key figures of one area: residents, households and people on bijstand."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data_access.cbs.columns import Meaning
from data_access.cbs.counts import count
from indicators.vocabulary import Text

_FIGURES = (Meaning.RESIDENTS, Meaning.HOUSEHOLDS, Meaning.BIJSTAND)


@dataclass(frozen=True)
class Figures:
    """Counts on 1 January of the edition year; None where the file has none."""

    residents: int | None = None
    households: int | None = None
    bijstand: int | None = None


def first_of_january(edition: int) -> datetime.date:
    """Return the date on which CBS counts people in an edition."""
    return datetime.date(edition, 1, 1)


def figures_source(edition: int) -> str:
    """Return how the register names the source of an edition's key figures."""
    return f"CBS, Kerncijfers wijken en buurten {edition}"


def read_figures(
    where: Text, columns: Mapping[Meaning, str], values: Mapping[str, Any]
) -> tuple[Figures, list[Text]]:
    """Return the figures of one row or feature, and its faults (each begins with `where`).

    columns: the name of the column for each meaning that the file has. values: by column name.
    """
    counts: dict[str, int | None] = {}
    faults = []
    for meaning in _FIGURES:
        if meaning not in columns:
            continue
        value = values.get(columns[meaning])
        try:
            counts[meaning.value] = count(value)
        except ValueError:
            faults.append(_no_count(where, columns[meaning], value))
    return Figures(**counts), faults


def _no_count(where: Text, column: str, value: object) -> Text:
    return Text(
        f"{where.nl}, kolom '{column}': '{value}' is geen geheel getal van 0 of meer.",
        f"{where.en}, column '{column}': '{value}' is not a whole number of 0 or more.",
    )
