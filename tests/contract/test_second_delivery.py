"""The second sample delivery: late agreements and a credit note make a correction.

The shipped releases are those of both deliveries; that they are what is made of them now is
tested in test_shipped_releases.
"""

from pathlib import Path

import pytest

import data_access
from data_access import settings
from tests.releases import key, keys, on_map

CITY, VRIJHEIDSWIJK = "GM0080", "WK008061"


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the reading door open on the shipped releases."""
    monkeypatch.setenv("RELEASES", str(settings.SHIPPED_RELEASES))
    return settings.SHIPPED_RELEASES


def _volunteers(release: int, period: str) -> float:
    found = on_map(key(CITY, release), "volunteers", period)
    return float(found.set_index("area_code")["value"][VRIJHEIDSWIJK])


def test_only_the_gemeente_that_was_corrected_has_a_second_release() -> None:
    assert sorted(each[:2] for each in keys()) == [
        ("GM0014", 1), ("GM0080", 1), ("GM0080", 2), ("GM0085", 1),
    ]  # fmt: skip


def test_late_agreements_show_in_the_new_release_only() -> None:
    assert _volunteers(2, "2025-Q4") - _volunteers(1, "2025-Q4") in (10, 15)
    assert _volunteers(2, "2025-Q3") == _volunteers(1, "2025-Q3")
    newest = data_access.releases().set_index("key").loc[key(CITY, 2)]
    assert newest["reason_nl"].startswith("Twaalf overeenkomsten")
    assert newest["reason_en"].startswith("Twelve agreements")


def test_credit_note_lowers_the_spending_of_its_wijk() -> None:
    spent = {
        number: on_map(key(CITY, number), "spending", "2025")
        .set_index("area_code")["value"]
        .to_dict()
        for number in (1, 2)
    }
    assert spent[1]["WK008060"] - spent[2]["WK008060"] == pytest.approx(4250)
    assert spent[1]["GM0080"] - spent[2]["GM0080"] == pytest.approx(4250)
