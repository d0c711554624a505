"""From labelled features to wijken: geometry read and mended, doubles joined."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from data_access.boundaries.geojson import Feature
from data_access.boundaries.labels import Label, read_labels, where
from data_access.boundaries.shapes import polygons_of, read_geometry
from data_access.cbs.refusal import FileRefused, nothing_loaded
from data_access.same_wijk import normalised_name
from indicators.vocabulary import Text

_NO_AREA = Text("geen oppervlakte", "no area")
_NO_WIJK_HAS_AREA = Text(
    "er is geen enkele wijk met een oppervlakte. Nodig zijn vlakken (Polygon of MultiPolygon).",
    "there is not a single wijk with an area. Polygons or MultiPolygons are needed.",
)


@dataclass(frozen=True)
class FoundWijk:
    """A wijk in the file and its valid polygons."""

    label: Label
    geometry: BaseGeometry

    @property
    def code(self) -> str:
        """The code: `WK008061`."""
        return self.label.code.text


@dataclass(frozen=True)
class Skipped:
    """A feature that was not loaded, and why."""

    code: str
    name: str
    reason: Text


@dataclass(frozen=True)
class FoundWijken:
    """What a file holds. mended: codes of invalid polygons; doubled: codes that came twice."""

    wijken: tuple[FoundWijk, ...]
    skipped: tuple[Skipped, ...]
    mended: tuple[str, ...]
    doubled: tuple[str, ...]


def find_wijken(path: Path, edition: int, features: list[Feature]) -> FoundWijken:
    """Return the wijken among the features.

    Raises FileRefused when the file has no wijken, is of another year, or has faults; all faults
    are listed at once.
    """
    labels, faults = read_labels(path, edition, features)
    drawn = _Drawn()
    for label in labels:
        drawn.add(label)
    faults += drawn.unreadable + _other_names(drawn.wijken)
    if faults:
        raise FileRefused(path, *nothing_loaded(faults))
    if not drawn.wijken:
        raise FileRefused(path, _NO_WIJK_HAS_AREA)
    joined, doubled = _joined(drawn.wijken)
    return FoundWijken(joined, tuple(drawn.skipped), tuple(drawn.mended), doubled)


class _Drawn:
    """Wijken and what was skipped, mended or unreadable, while going through the labels."""

    def __init__(self) -> None:
        self.wijken: list[FoundWijk] = []
        self.skipped: list[Skipped] = []
        self.mended: list[str] = []
        self.unreadable: list[Text] = []

    def add(self, label: Label) -> None:
        reason = label.reason_to_skip()
        if reason is not None:
            self._skip(label, reason)
            return
        try:
            geometry = read_geometry(label.feature.geometry)
        except ValueError:
            self.unreadable.append(_unreadable(label))
            return
        polygons = polygons_of(geometry)
        if polygons is None:
            self._skip(label, _NO_AREA)
            return
        self.wijken.append(FoundWijk(label, polygons))
        if not geometry.is_valid:
            self.mended.append(label.code.text)

    def _skip(self, label: Label, reason: Text) -> None:
        self.skipped.append(Skipped(label.code.text, label.name, reason))


def _unreadable(label: Label) -> Text:
    place = where(label.feature)
    return Text(
        f"{place.nl} ({label.code.text}): de geometrie is niet te lezen.",
        f"{place.en} ({label.code.text}): the geometry cannot be read.",
    )


def _other_names(wijken: Iterable[FoundWijk]) -> list[Text]:
    """Find codes that come twice, with names of two different wijken."""
    names: dict[str, str] = {}
    faults = []
    for each in wijken:
        first = names.setdefault(each.code, each.label.name)
        if normalised_name(first) != normalised_name(each.label.name):
            both = f"'{first}', '{each.label.name}'"
            faults.append(
                Text(
                    f"{each.code} staat er twee keer in, met andere namen: {both}.",
                    f"{each.code} is in it twice, with different names: {both}.",
                )
            )
    return faults


def _joined(wijken: Iterable[FoundWijk]) -> tuple[tuple[FoundWijk, ...], tuple[str, ...]]:
    """Join the parts of a wijk that comes as several features."""
    joined: dict[str, FoundWijk] = {}
    doubled: dict[str, None] = {}
    for each in wijken:
        first = joined.setdefault(each.code, each)
        if first is not each:
            doubled[each.code] = None
            together = shapely.union_all([first.geometry, each.geometry])
            joined[each.code] = replace(first, geometry=together)
    return tuple(joined.values()), tuple(doubled)
