"""Readers see whole releases only, also while the next one is being written."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

import data_access
from data_access import door
from data_access.publish import publish

QUESTION = ("volunteers", "2025-Q4", "GM0080")


@pytest.fixture
def reading(sample_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Let the reading door read an own copy of the published sample."""
    monkeypatch.setenv("DATABASE_URL", sample_copy.url.render_as_string(hide_password=False))
    yield sample_copy
    door._engine.cache_clear()


def test_pages_read_on_while_a_release_is_written(reading: Engine) -> None:
    whole = data_access.published(1, *QUESTION)
    assert len(whole) == 23
    reads = {1: 0, 2: 0}
    with ThreadPoolExecutor(max_workers=1) as pool:
        writing = pool.submit(publish, reading, even_if_unchanged=True)
        while not (writing.done() and reads[2]):
            newest = int(data_access.releases()["number"].max())
            found = data_access.published(newest, *QUESTION)
            # The register did not change, so every release that can be seen is the same one.
            assert found["value"].tolist() == whole["value"].tolist()
            assert len(data_access.areas(newest)) == 58
            reads[newest] += 1
        assert writing.result().number == 2
    assert reads[1] > 5, "nothing was read while the release was being written"
