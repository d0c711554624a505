"""One way in for reading: a SELECT on a release file becomes a small data frame."""

import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import (
    CompoundSelect,
    Engine,
    Integer,
    Numeric,
    Row,
    Select,
    Table,
    column,
    select,
    table,
)
from sqlalchemy.exc import SQLAlchemyError

from data_access.errors import ReleaseUnavailable
from data_access.release_file import opened
from data_access.shelf import ReleaseKey, shelf

_log = logging.getLogger("data_access.door")
_FILES_OPEN = 64
_sqlite_master = table("sqlite_master", column("type"), column("name"))


@lru_cache(maxsize=_FILES_OPEN)
def _engine(path: Path, beside: Path | None) -> Engine:
    return opened(path, beside)


def ask(
    release: ReleaseKey,
    question: Select[Any] | CompoundSelect[Any],
    beside: ReleaseKey | None = None,
) -> pd.DataFrame:
    """Run one SELECT (or UNION of them) on a release; columns are named as selected.

    Numbers of which not one is known are NaN, as where some are known.
    Tables of `release_tables.beside` are those of the release `beside`. Raises ReleaseUnavailable
    with a sentence for the reader when a file is gone or damaged.
    """
    columns = question.selected_columns
    names = [each.name for each in columns]
    # Plain tuples: pandas looks for a dozen names in every row of SQLAlchemy, which takes longer.
    rows = [tuple(row) for row in ask_rows(release, question, beside)]
    frame = pd.DataFrame(rows, columns=names)
    numbers = [each.name for each in columns if isinstance(each.type, Integer | Numeric)]
    nothing_known = [
        each
        for each in numbers
        if frame[each].dtype == object and len(frame) and frame[each].isna().all()
    ]
    return frame.astype(dict.fromkeys(nothing_known, float))


def ask_rows(
    release: ReleaseKey,
    question: Select[Any] | CompoundSelect[Any],
    beside: ReleaseKey | None = None,
) -> Sequence[Row[Any]]:
    """Run one SELECT on a release (see `ask`) and return its rows."""
    paths = shelf().paths
    try:
        engine = _engine(paths[release], None if beside is None else paths[beside])
        with engine.connect() as connection:
            return connection.execute(question).all()
    except (KeyError, SQLAlchemyError) as error:
        _log.error("release %s cannot be read", release[:2], exc_info=error)
        raise ReleaseUnavailable(
            "Deze cijfers zijn er nu even niet. Kies een andere pagina of probeer het over een "
            "minuut opnieuw.",
            "These figures are not available just now. Choose another page or try again in a "
            "minute.",
        ) from error


def has_table(release: ReleaseKey, wanted: Table) -> bool:
    """Tell whether a release file has a table: files of before may lack the newest ones."""
    c = _sqlite_master.c
    question = select(c.name).where(c.type == "table", c.name == wanted.name)
    return bool(ask_rows(release, question))


def together(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of the same question to several releases as one frame."""
    rows = [frame for frame in frames if len(frame)]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
