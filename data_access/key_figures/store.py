"""Put the key figures of a table into the register."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, update

from data_access.cbs.figures import Figures, figures_source, first_of_january
from data_access.cbs.refusal import FileRefused, nothing_loaded
from data_access.cbs.store import (
    Changes,
    add_gemeenten,
    best_spelling,
    existing_gemeenten,
    existing_wijken,
    other_wijken,
    write_wijken,
)
from data_access.key_figures.rows import FigureRow, FoundFigures
from data_access.register import gemeente
from data_access.same_wijk import joined_sources, normalised_name

_UNKNOWN = {"figures_source": "", **asdict(Figures())}
_IN_BRACKETS = " (gemeente)"


@dataclass(frozen=True)
class Stored:
    """What changed. added: wijken that a gemeente did not have yet in this edition of the register.

    newer_kept: gemeenten that have residents of a later date. respelled: (code, known, given).
    """

    wijken: Changes
    gemeenten: Changes
    added: tuple[str, ...]
    newer_kept: tuple[str, ...]
    respelled: tuple[tuple[str, str, str], ...]


def store(connection: Connection, path: Path, edition: int, found: FoundFigures) -> Stored:
    """Write residents of gemeenten, and key figures of wijken under (code, edition).

    A figure that the table does not have, or that is unknown in it, leaves the one that is there.
    Raises FileRefused when a wijk has another name in the register.
    """
    existing = existing_wijken(connection, edition)
    names = {code: row.name for code, row in found.wijken.items()}
    if faults := other_wijken(existing, names, edition):
        raise FileRefused(path, *nothing_loaded(faults))
    gemeente_names = _gemeente_names(found)
    new = add_gemeenten(connection, gemeente_names)
    gemeenten, newer_kept, other_names = _write_gemeenten(connection, edition, found, new)
    rows = [_wijk(edition, row, existing.get(code)) for code, row in found.wijken.items()]
    known = {row["gemeente_code"] for row in existing.values()}
    return Stored(
        wijken=write_wijken(connection, edition, existing, rows),
        gemeenten=gemeenten,
        added=tuple(
            code
            for code, row in found.wijken.items()
            if code not in existing and row.code.gemeente in known
        ),
        newer_kept=newer_kept,
        respelled=(
            *other_names,
            *(
                (code, existing[code]["name"], name)
                for code, name in names.items()
                if code in existing and existing[code]["name"] != name
            ),
        ),
    )


def _gemeente_names(found: FoundFigures) -> dict[str, str]:
    names = {row.code.gemeente: row.gemeente_name for row in found.wijken.values()}
    return names | {code: _gemeente_name(row) for code, row in found.gemeenten.items()}


def _gemeente_name(row: FigureRow) -> str:
    """The name alone: CBS calls a gemeente that is also a province "Groningen (gemeente)"."""
    return (row.gemeente_name or row.name).removesuffix(_IN_BRACKETS)


def _write_gemeenten(
    connection: Connection, edition: int, found: FoundFigures, new: tuple[str, ...]
) -> tuple[Changes, tuple[str, ...], tuple[tuple[str, str, str], ...]]:
    """Write residents where they are not older than what is there; the name stays as it is."""
    existing = existing_gemeenten(connection)
    date = first_of_january(edition)
    newer, changed, other_names = [], [], []
    for code, row in found.gemeenten.items():
        known = existing[code]
        if normalised_name(known["name"]) != normalised_name(_gemeente_name(row)):
            other_names.append((code, known["name"], _gemeente_name(row)))
        if known["figures_on"] is not None and known["figures_on"] > date:
            newer.append(code)
            continue
        values = {
            "residents": row.figures.residents,
            "figures_on": date,
            "figures_source": figures_source(edition),
        }
        if row.figures.residents is not None and any(
            known[column] != value for column, value in values.items()
        ):
            changed.append(code)
            connection.execute(update(gemeente).where(gemeente.c.code == code).values(values))
    updated = set(changed) - set(new)
    made = set(new) & set(found.gemeenten)
    return (
        Changes(len(made), len(updated), len(found.gemeenten) - len(made) - len(updated)),
        tuple(newer),
        tuple(other_names),
    )


def _wijk(edition: int, row: FigureRow, known: Mapping[str, Any] | None) -> dict[str, Any]:
    before = known or _UNKNOWN
    given = {name: value for name, value in asdict(row.figures).items() if value is not None}
    kept = [name for name in asdict(row.figures) if name not in given and before[name] is not None]
    source = figures_source(edition)
    if kept:
        source = joined_sources(source, before["figures_source"])
    return {
        "code": row.code.text,
        "gemeente_code": row.code.gemeente,
        "name": best_spelling(known["name"], row.name) if known else row.name,
        **{name: given.get(name, before[name]) for name in asdict(row.figures)},
        "figures_on": first_of_january(edition),
        "figures_source": source,
    }
