"""Load boundaries of wijken: a GeoJSON file in WGS84, of any vintage of CBS or PDOK.

The file is taken whole or refused whole, with a sentence that says what to do.
"""

from collections import defaultdict
from pathlib import Path

from shapely.geometry.base import BaseGeometry
from sqlalchemy import Engine

from data_access.boundaries.geojson import read_features
from data_access.boundaries.report import AreasLoaded
from data_access.boundaries.shapes import FittedShapes, fit
from data_access.boundaries.store import store
from data_access.boundaries.wijken import FoundWijken, find_wijken
from data_access.cbs.files import other_year_in_name
from data_access.cbs.refusal import check_edition
from data_access.deliveries.progress import WRITING, Progress, silent
from data_access.exclusive import LOADING, exclusive
from indicators.vocabulary import Text

__all__ = ["AreasLoaded", "load_areas"]

_READING = Text("kaart lezen", "reading the map")
_FITTING = Text("grenzen passend maken", "fitting the boundaries")


def load_areas(
    engine: Engine, path: Path, edition: int, progress: Progress | None = None
) -> AreasLoaded:
    """Load the boundaries of all wijken in a GeoJSON file into the register.

    engine: a database that has our tables. path: a FeatureCollection in WGS84 with codes and
    names of wijken. edition: the year of the division into wijken. Wijken that are there already
    keep their key figures; their shape and centre are replaced. The same file twice changes
    nothing. Raises FileRefused (nothing is written) or DatabaseUnavailable.
    """
    tell = progress or silent
    check_edition(path, edition)
    tell(_READING, 0.0)
    found = find_wijken(path, edition, read_features(path))
    fitted = _fit_all(found, tell)
    shapes = {code: shape for each in fitted.values() for code, shape in each.shapes.items()}
    tell(WRITING, 0.9)
    with exclusive(engine, LOADING) as connection:
        stored = store(connection, path, edition, found, shapes)
    tell(WRITING, 1.0)
    return AreasLoaded(
        file=path.name,
        edition=edition,
        changes=stored.changes,
        gemeenten=len(fitted),
        new_gemeenten=stored.new_gemeenten,
        figures=stored.figures,
        skipped=found.skipped,
        mended=found.mended,
        doubled=found.doubled,
        respelled=stored.respelled,
        added=stored.added,
        uncovered=stored.uncovered,
        simplified={code: each.tolerance for code, each in fitted.items() if each.tolerance},
        largest=max(each.size for each in fitted.values()),
        other_year=other_year_in_name(path, edition),
    )


def _fit_all(found: FoundWijken, tell: Progress) -> dict[str, FittedShapes]:
    by_gemeente: dict[str, dict[str, BaseGeometry]] = defaultdict(dict)
    for each in found.wijken:
        by_gemeente[each.label.code.gemeente][each.code] = each.geometry
    fitted = {}
    for number, (code, geometries) in enumerate(sorted(by_gemeente.items())):
        tell(_FITTING, 0.1 + 0.8 * number / len(by_gemeente))
        fitted[code] = fit(geometries)
    return fitted
