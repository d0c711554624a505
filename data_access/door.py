"""One way in for reading: a SELECT on `pub_*` tables becomes a small data frame."""

from functools import lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import CompoundSelect, Engine, Select

from data_access import settings
from data_access.database import reading, reading_engine


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    return reading_engine(url)


def engine() -> Engine:
    """Return the reading engine for the current DATABASE_URL."""
    return _engine(settings.database_url())


def ask(question: Select[Any] | CompoundSelect[Any]) -> pd.DataFrame:
    """Run one SELECT (or UNION of them) and return its rows, columns named as selected.

    Raises DatabaseUnavailable or DatabaseNotReady with a sentence for the reader.
    """
    with reading(engine()) as connection:
        result = connection.execute(question)
        return pd.DataFrame(result.all(), columns=list(result.keys()))
