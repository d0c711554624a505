"""Load key figures: the table "Kerncijfers wijken en buurten" of CBS, of any vintage, as CSV.

The file is taken whole or refused whole, with a sentence that says what to do.
"""

from collections import defaultdict
from pathlib import Path

from sqlalchemy import Engine

from data_access.cbs.files import other_year_in_name
from data_access.cbs.refusal import check_edition
from data_access.deliveries.progress import WRITING, Progress, silent
from data_access.exclusive import LOADING, exclusive
from data_access.key_figures.report import FiguresLoaded
from data_access.key_figures.rows import FoundFigures, find_figures
from data_access.key_figures.store import store
from data_access.key_figures.table import read_table
from indicators.vocabulary import Text

__all__ = ["FiguresLoaded", "load_figures"]

_READING = Text("tabel lezen", "reading the table")


def load_figures(
    engine: Engine, path: Path, edition: int, progress: Progress | None = None
) -> FiguresLoaded:
    """Load residents, households and people on bijstand into the register.

    engine: a database that has our tables. path: a CSV with at least code, name and number of
    residents. edition: the year of the table; its figures are of 1 January. Wijken are written
    under (code, edition) and created when missing; gemeenten get their exact number of residents.
    The same file twice changes nothing. Raises FileRefused (nothing is written) or
    DatabaseUnavailable.
    """
    tell = progress or silent
    check_edition(path, edition)
    tell(_READING, 0.0)
    found = find_figures(path, edition, read_table(path))
    tell(WRITING, 0.5)
    with exclusive(engine, LOADING) as connection:
        stored = store(connection, path, edition, found)
    tell(WRITING, 1.0)
    return FiguresLoaded(
        file=path.name,
        edition=edition,
        wijken=stored.wijken,
        gemeenten=stored.gemeenten,
        added=stored.added,
        skipped=found.skipped,
        doubled=found.doubled,
        unknown=tuple(code for code, row in found.wijken.items() if row.figures.residents is None),
        differences=_differences(found),
        newer_kept=stored.newer_kept,
        respelled=stored.respelled,
        other_year=other_year_in_name(path, edition),
    )


def _differences(found: FoundFigures) -> dict[str, int]:
    """Subtract each gemeente's total from the sum of its wijken; only where they differ."""
    sums: dict[str, int] = defaultdict(int)
    for row in found.wijken.values():
        sums[row.code.gemeente] += row.figures.residents or 0
    differences = {}
    for code, total in sums.items():
        of_gemeente = found.gemeenten[code].figures.residents if code in found.gemeenten else None
        if of_gemeente is not None and of_gemeente != total:
            differences[code] = total - of_gemeente
    return differences
