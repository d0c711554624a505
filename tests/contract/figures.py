"""What a release says, cell by cell, to compare two of them."""

from pathlib import Path
from typing import Any, NamedTuple

from data_access import release_tables as t
from tests import releases
from tests.contract.tiny_register import GEMEENTE


class Cell(NamedTuple):
    """Where a published cell is; the area is the gemeente's code for all places together."""

    measure: str
    period: str
    area: str
    organisation: str
    item: str
    category: str


class Said(NamedTuple):
    """What a cell says."""

    value: int | None
    status: str
    reason: str
    without: int
    missing: str


def cells_of(folder: Path, number: int = 1) -> dict[Cell, Said]:
    """Return every cell of a release of the tiny register."""
    [path] = releases.paths(folder, [number])
    return {
        Cell(
            *(row[name] for name in ("measure", "period", "area_code", "organisation_id")),
            row["item"],
            row["category"],
        ): Said(row["value"], row["status"], row["reason"], row["without"], row["missing"])
        for row in releases.rows_of(path, t.pub_cell)
    }


def money_of(folder: Path, number: int = 1) -> list[dict[str, Any]]:
    """Return the money of places and organisations in a release of the tiny register."""
    [path] = releases.paths(folder, [number])
    rows = releases.rows_of(path, t.pub_place_amount)
    return [{key: value for key, value in row.items() if key != "row"} for row in rows]


def changed(before: dict[Cell, Said], after: dict[Cell, Said]) -> set[Cell]:
    """Return the cells of the first release that say something else in the second."""
    return {cell for cell, said in before.items() if after.get(cell) != said}


def volunteers(period: str, area: str = GEMEENTE, organisation: str = "") -> Cell:
    """Return the cell of volunteers in a place, or at an organisation."""
    return Cell("volunteers", period, area, organisation, "", "")
