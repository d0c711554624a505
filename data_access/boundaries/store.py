"""Put the wijken of a file with boundaries into the register."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from data_access.boundaries.shapes import Shape
from data_access.boundaries.wijken import FoundWijk, FoundWijken
from data_access.cbs.figures import Figures, figures_source, first_of_january
from data_access.cbs.refusal import FileRefused, nothing_loaded
from data_access.cbs.store import (
    Changes,
    add_gemeenten,
    best_spelling,
    existing_wijken,
    other_wijken,
    write_wijken,
)

_NO_FIGURES = {
    "residents": None,
    "households": None,
    "bijstand": None,
    "figures_on": None,
    "figures_source": "",
}


@dataclass(frozen=True)
class Stored:
    """What changed. figures: wijken that got key figures; respelled: (code, known, given).

    added, uncovered: wijken that only the file, or only the register, has of a gemeente that was
    in this edition of the register already.
    """

    changes: Changes
    new_gemeenten: tuple[str, ...]
    figures: int
    respelled: tuple[tuple[str, str, str], ...]
    added: tuple[str, ...]
    uncovered: tuple[str, ...]


def store(
    connection: Connection,
    path: Path,
    edition: int,
    found: FoundWijken,
    shapes: Mapping[str, Shape],
) -> Stored:
    """Write the wijken with their shapes (by code), and the gemeenten that are missing.

    Key figures are written only where the register has none, or has those of this very file: a
    file with boundaries never replaces key figures. Raises FileRefused when a wijk has another
    name in the register.
    """
    existing = existing_wijken(connection, edition)
    names = {each.code: each.label.name for each in found.wijken}
    if faults := other_wijken(existing, names, edition):
        raise FileRefused(path, *nothing_loaded(faults))
    gemeenten = {each.label.code.gemeente: each.label.gemeente_name for each in found.wijken}
    new_gemeenten = add_gemeenten(connection, gemeenten)
    source = f"{figures_source(edition)} ({path.name})"
    rows, with_figures = [], 0
    for each in found.wijken:
        known = existing.get(each.code, _NO_FIGURES)
        row = _boundary(path, edition, each, shapes[each.code], known)
        if _may_replace(known, source) and each.label.figures != Figures():
            row |= asdict(each.label.figures)
            row |= {"figures_on": first_of_january(edition), "figures_source": source}
            with_figures += 1
        rows.append(row)
    respelled = tuple(
        (code, existing[code]["name"], name)
        for code, name in names.items()
        if code in existing and existing[code]["name"] != name
    )
    known_gemeenten = {row["gemeente_code"] for row in existing.values()}
    return Stored(
        changes=write_wijken(connection, edition, existing, rows),
        new_gemeenten=new_gemeenten,
        figures=with_figures,
        respelled=respelled,
        added=tuple(
            each.code
            for each in found.wijken
            if each.code not in existing and each.label.code.gemeente in known_gemeenten
        ),
        uncovered=tuple(
            sorted(
                code
                for code, row in existing.items()
                if code not in names and row["gemeente_code"] in gemeenten
            )
        ),
    )


def _may_replace(known: Mapping[str, Any], source: str) -> bool:
    has_none = all(known[name] is None for name in ("residents", "households", "bijstand"))
    return has_none or known["figures_source"] == source


def _boundary(
    path: Path, edition: int, found: FoundWijk, shape: Shape, known: Mapping[str, Any]
) -> dict[str, Any]:
    name = found.label.name
    return {
        **{column: known[column] for column in _NO_FIGURES},
        "code": found.code,
        "gemeente_code": found.label.code.gemeente,
        "name": best_spelling(known["name"], name) if "name" in known else name,
        "longitude": shape.longitude,
        "latitude": shape.latitude,
        "geometry": shape.geometry,
        "schematic": False,
        "geometry_source": f"CBS/Kadaster, {path.name}, {edition}",
    }
