"""The second sample delivery: late agreements and a credit note make a correction."""

import pytest
from sqlalchemy import Engine

import data_access
from data_access import door, settings
from data_access.deliveries import load
from data_access.publish import publish

REASON = ("Nagekomen", "Came late")
VRIJHEIDSWIJK = "WK008061"
# Each row changes a closed quarter.
QUESTIONS = 13


@pytest.fixture
def corrected(sample_copy: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("DATABASE_URL", sample_copy.url.render_as_string(hide_password=False))
    load(settings.ROOT / "sample_data" / "nagekomen", sample_copy, accept=QUESTIONS)
    assert publish(sample_copy, reason=REASON).number == 2
    yield sample_copy
    door._engine.cache_clear()


def _volunteers(release: int, period: str) -> float:
    found = data_access.published(release, "volunteers", period, "GM0080")
    return float(found.set_index("area_code")["value"][VRIJHEIDSWIJK])


def test_late_agreements_show_in_the_new_release_only(corrected: Engine) -> None:
    assert _volunteers(2, "2025-Q4") - _volunteers(1, "2025-Q4") in (10, 15)
    assert _volunteers(2, "2025-Q3") == _volunteers(1, "2025-Q3")
    newest = data_access.releases().set_index("number").loc[2]
    assert (newest["reason_nl"], newest["reason_en"]) == REASON


def test_credit_note_lowers_the_spending_of_its_wijk(corrected: Engine) -> None:
    spent = {
        number: data_access.published(number, "spending", "2025", "GM0080")
        .set_index("area_code")["value"]
        .to_dict()
        for number in (1, 2)
    }
    assert spent[1]["WK008060"] - spent[2]["WK008060"] == pytest.approx(4250)
    assert spent[1]["GM0080"] - spent[2]["GM0080"] == pytest.approx(4250)


def test_loading_it_twice_changes_nothing(corrected: Engine) -> None:
    assert load(settings.ROOT / "sample_data" / "nagekomen", corrected).unchanged
    assert publish(corrected).number == 2
