"""The committed sample delivery, as rows."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[3] / "sample_data"

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def sample_folder() -> Path:
    return SAMPLE


@pytest.fixture(scope="session")
def rows() -> Callable[[str], Rows]:
    def read(name: str) -> Rows:
        with (SAMPLE / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    return read
