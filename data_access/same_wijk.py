"""Which rows of the register are one and the same wijk, and which of them to show.

CBS uses codes again for other wijken: in 2015 WK008061 was Vossepark & Helicon, in 2023 it is
Vrijheidswijk. So a row of another edition counts as the same wijk only when code and name agree.
Pure functions; nothing here reads a database.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

_NUMBER_IN_FRONT = re.compile(r"wijk\s+\d+\b[\s:.–-]+(?!en\b|t/m\b|&)(?=\w|[\"'“(])", re.IGNORECASE)
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_SOURCE_SEPARATOR = "; "

WijkKey = tuple[str, int]


@dataclass(frozen=True)
class WijkRow:
    """One row of the register's table `wijk`: code and edition are its key.

    residents, households and bijstand count people or households on `figures_on`; None: unknown.
    longitude, latitude in degrees (WGS84). geometry: GeoJSON text or None.
    """

    code: str
    edition: int
    name: str
    residents: int | None
    households: int | None
    bijstand: int | None
    figures_on: datetime.date | None
    figures_source: str
    longitude: Decimal | None
    latitude: Decimal | None
    geometry: str | None
    schematic: bool
    geometry_source: str


OwnAndSame = tuple[WijkRow, tuple[WijkRow, ...]]


@dataclass(frozen=True)
class ChosenArea:
    """The row whose figures to show and the row whose geometry to show."""

    figures: WijkRow
    geometry: WijkRow


def plain_name(name: str) -> str:
    """Return the name without padding, quotes around it and a number in front.

    `Wijk 22 Vrijheidswijk` becomes `Vrijheidswijk`; `Wijk 02`, which has no other name, stays.
    """
    tidy = " ".join(name.split())
    return _NUMBER_IN_FRONT.sub("", tidy, count=1).strip(' "“”') or tidy


def without_accents(text: str) -> str:
    """Return the text with `â` as `a`, `é` as `e` and so on."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def normalised_name(name: str) -> str:
    """Return what a name has in common with its other spellings.

    Case, accents, spaces, punctuation, `&` for `en` and a number in front make no difference.
    """
    spelled = plain_name(without_accents(name)).casefold().replace("&", " en ")
    return _NO_LETTER_OR_DIGIT.sub(" ", spelled).strip() or spelled


def joined_sources(*sources: str) -> str:
    """Return the sources after each other, each once, in the order given."""
    parts = [part for source in sources for part in source.split(_SOURCE_SEPARATOR) if part]
    return _SOURCE_SEPARATOR.join(dict.fromkeys(parts))


def choose_together(
    rows: Iterable[WijkRow], wanted: Iterable[WijkKey]
) -> dict[WijkKey, ChosenArea]:
    """Choose for wijken that are drawn on one map, so that their shapes fit together.

    rows: all editions of all wijken that may matter. wanted: (code, edition) of each; they must be
    in rows. figures: for each figure the newest edition of the same wijk that has it, under its own
    name; date and edition are those of the residents, the sources of all figures are listed.
    geometry: shapes of two editions overlap, and a real shape does not fit between schematic ones.
    So the shapes come from one edition: the nearest in which every wijk has a real boundary, else
    the nearest in which every wijk has a schematic one (the newer of two). When there is none, each
    wijk gets its own when real, else a real one of the nearest edition, else a schematic one; where
    that gives both kinds, a wijk without a real boundary has no shape.
    Raises KeyError when one of `wanted` is not among the rows.
    """
    rows = tuple(rows)
    found = {key: _own_and_same(rows, key) for key in wanted}
    shapes = _shapes_of_one_edition(found)
    if not shapes:
        shapes = {key: _geometry(own, same) for key, (own, same) in found.items()}
        if any(map(_is_real, shapes.values())):
            shapes = {
                key: shape if _is_real(shape) else replace(shape, geometry=None)
                for key, shape in shapes.items()
            }
    return {key: ChosenArea(_figures(own, same), shapes[key]) for key, (own, same) in found.items()}


def _own_and_same(rows: tuple[WijkRow, ...], wanted: WijkKey) -> OwnAndSame:
    namesakes = [row for row in rows if row.code == wanted[0]]
    own = next((row for row in namesakes if row.edition == wanted[1]), None)
    if own is None:
        raise KeyError(wanted)
    name = normalised_name(own.name)
    return own, tuple(row for row in namesakes if normalised_name(row.name) == name)


def _figures(own: WijkRow, same: tuple[WijkRow, ...]) -> WijkRow:
    newest_first = sorted(same, key=lambda row: row.edition, reverse=True)
    residents = _first_with(newest_first, lambda row: row.residents)
    households = _first_with(newest_first, lambda row: row.households)
    bijstand = _first_with(newest_first, lambda row: row.bijstand)
    used = [row for row in (residents, households, bijstand) if row is not None]
    if not used:
        return own
    return replace(
        used[0],
        name=own.name,
        residents=residents.residents if residents else None,
        households=households.households if households else None,
        bijstand=bijstand.bijstand if bijstand else None,
        figures_source=joined_sources(*(row.figures_source for row in used)),
    )


def _first_with(rows: Iterable[WijkRow], figure: Callable[[WijkRow], int | None]) -> WijkRow | None:
    return next((row for row in rows if figure(row) is not None), None)


def _geometry(own: WijkRow, same: tuple[WijkRow, ...]) -> WijkRow:
    shaped = [row for row in same if _has_shape(row)]
    return min(
        shaped,
        key=lambda row: (row.schematic, *_distance(row.edition, own.edition)),
        default=own,
    )


def _shapes_of_one_edition(found: dict[WijkKey, OwnAndSame]) -> dict[WijkKey, WijkRow]:
    newest_wanted = max((own.edition for own, _ in found.values()), default=0)
    for accepts in (_is_real, _is_schematic):
        shapes = {
            key: {row.edition: row for row in same if accepts(row)}
            for key, (_, same) in found.items()
        }
        shared = set.intersection(*(set(each) for each in shapes.values())) if shapes else set()
        if shared:
            edition = min(shared, key=lambda each: _distance(each, newest_wanted))
            return {key: each[edition] for key, each in shapes.items()}
    return {}


def _distance(edition: int, wanted: int) -> tuple[int, int]:
    return abs(edition - wanted), -edition


def _has_shape(row: WijkRow) -> bool:
    return row.geometry is not None


def _is_schematic(row: WijkRow) -> bool:
    return _has_shape(row) and row.schematic


def _is_real(row: WijkRow) -> bool:
    return _has_shape(row) and not row.schematic
