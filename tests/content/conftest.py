"""What content tests share: releases that views read, those shipped and those of a first year."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from dashboard.frame import kept_views
from data_access.database import writing_engine
from data_access.schema import make_ready
from tests.content.oracle import Oracle
from tests.content.views import release_file, shipped_sample
from tests.first_year import CLOSED, LACKING, WHOLE_YEAR, publish_first_year
from tests.keys import key_of

GEMEENTEN = ("GM0080", "GM0014", "GM0085")


shipped = pytest.fixture(scope="module")(shipped_sample)


@pytest.fixture(scope="module")
def oracles(shipped: None) -> dict[str, Oracle]:
    """Return the oracle on each gemeente's newest release."""
    return {each: Oracle(release_file(each)) for each in GEMEENTEN}


@pytest.fixture(scope="session")
def _databases(tmp_path_factory):
    """Return a function that gives the URL of a database with a published first year."""

    @cache
    def database(closed: tuple[str, ...], lacking: str = "") -> str:
        folder: Path = tmp_path_factory.mktemp("first-year")
        url = f"sqlite:///{folder / 'register.sqlite'}"
        engine = writing_engine(url)
        make_ready(engine)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DISCLOSURE_KEY", key_of("any one gemeente"))
            publish_first_year(engine, folder / "delivery", closed, lacking)
        engine.dispose()
        return url

    return database


@contextmanager
def _views_read(url: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        patch.delenv("RELEASES", raising=False)
        kept_views.forget()
        yield
    kept_views.forget()


@pytest.fixture(scope="module", params=CLOSED)
def first_year(request, _databases) -> Iterator[tuple[str, ...]]:
    """Let views read a gemeente in its first year; return its closed quarters."""
    with _views_read(_databases(CLOSED[request.param])):
        yield CLOSED[request.param]


@pytest.fixture(scope="module", params=LACKING)
def lacking(request, _databases) -> Iterator[str]:
    """Let views read a gemeente that never delivered something; return what (of LACKING)."""
    with _views_read(_databases(WHOLE_YEAR, request.param)):
        yield request.param
