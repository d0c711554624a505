"""Keys of gemeenten for tests: whole ones, the same in each run, and another for each gemeente."""

import hashlib

import pytest

from data_access import settings
from data_access.disclosure.keys import written_key

SAMPLE_GEMEENTEN = ("GM0014", "GM0080", "GM0085")


def key_of(gemeente: str, number: int = 1) -> str:
    """Return the key of a gemeente as it is written; another `number` is another key."""
    return written_key(hashlib.sha256(f"key {number} of {gemeente} in tests".encode()).digest())


def set_key(monkeypatch: pytest.MonkeyPatch, *gemeenten: str, number: int = 1) -> None:
    """Set the keys of these gemeenten (their codes) in the environment."""
    for gemeente in gemeenten:
        setting = settings.own_disclosure_setting(gemeente)
        monkeypatch.setenv(setting, key_of(gemeente, number))
