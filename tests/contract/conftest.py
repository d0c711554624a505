"""What the contract tests share: a register to count by hand, and the cells of the sample."""

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine

from data_access import release_tables as t
from tests import releases
from tests.content.views import shipped_sample
from tests.contract.tiny_register import TinyRegister
from tests.releases import Reading

shipped = pytest.fixture(scope="module")(shipped_sample)


@pytest.fixture
def tiny(empty_database: Engine) -> TinyRegister:
    """Return a register with places, organisations and a contract, but no people."""
    return TinyRegister(empty_database)


@pytest.fixture
def reading(tiny: TinyRegister, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """Publish the tiny register and let the reading door open on its releases."""
    return Reading(tiny.engine, tmp_path / "releases", monkeypatch)


@pytest.fixture(scope="session")
def cells(sample_releases: Path) -> pd.DataFrame:
    """All cells of the sample's first releases, `value` as a nullable whole number."""
    found = releases.rows(releases.paths(sample_releases), t.pub_cell)
    return found.astype({"value": "Int64"})
