"""What the contract tests share: a register to count by hand, and the cells of the sample."""

import pandas as pd
import pytest
from sqlalchemy import Engine, create_engine, select

from data_access import release_tables as t
from tests.contract.tiny_register import TinyRegister


@pytest.fixture
def tiny(empty_database: Engine) -> TinyRegister:
    """Return a register with places, organisations and a contract, but no people."""
    return TinyRegister(empty_database)


@pytest.fixture(scope="session")
def cells(sample_database_url: str) -> pd.DataFrame:
    """All cells of the sample's release, `value` as a nullable whole number."""
    engine = create_engine(sample_database_url)
    with engine.connect() as connection:
        result = connection.execute(select(t.pub_cell).where(t.pub_cell.c.release == 1))
        frame = pd.DataFrame(result.all(), columns=list(result.keys()))
    engine.dispose()
    return frame.astype({"value": "Int64"})
