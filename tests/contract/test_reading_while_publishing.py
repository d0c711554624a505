"""Readers see whole releases only, also while the next one is being written."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine

import data_access
from tests.releases import Reading, on_map

CITY = "GM0080"
QUESTION = ("volunteers", "2025-Q4")


def test_pages_read_on_while_a_release_is_written(
    sample_copy: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = Reading(sample_copy, tmp_path / "releases", monkeypatch)
    reading.publish()
    whole = on_map(reading.key(CITY, 1), *QUESTION)
    assert len(whole) == 25
    reads = {1: 0, 2: 0}
    with ThreadPoolExecutor(max_workers=1) as pool:
        writing = pool.submit(reading.publish, even_if_unchanged=True, gemeenten=[CITY])
        while not (writing.done() and reads[2]):
            known = data_access.releases()
            newest = known[known["gemeente_code"] == CITY]["key"].iloc[0]
            found = on_map(newest, *QUESTION)
            # The register did not change, so every release that can be seen is the same one.
            assert found["value"].tolist() == whole["value"].tolist()
            assert len(data_access.areas(newest)) == 25
            reads[newest.number] += 1
        assert writing.result().of(CITY).number == 2
    assert reads[1] > 5, "nothing was read while the release was being written"
