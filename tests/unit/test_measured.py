"""What was measured of the protection is said as measured, and as not yet where it is not."""

import datetime
import tomllib

import pytest

from dashboard.accountability import measured

# As the file itself says it of a value that is not measured yet.
NOT_YET = "nog te meten"


def test_the_file_has_every_key_and_nothing_else() -> None:
    found = tomllib.loads(measured.FILE.read_text(encoding="utf-8"))
    assert set(found) == set(measured.KEYS)
    for key, value in found.items():
        usual = datetime.date if key == "date" else (int, float)
        assert value == NOT_YET or isinstance(value, usual), key


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_attack_is_told(language: str) -> None:
    said = measured.sentences(language)
    assert len(said) == 6
    assert not [each for each in said if "{" in each]


def test_values_are_written_as_the_reader_does() -> None:
    assert measured.shown("exact_recovery", 30.7, "nl") == "30,7%"
    assert measured.shown("level_gain_80", 3, "en") == "3.0"
    assert measured.shown("places", 4000, "nl") == "4.000"
    assert measured.shown("date", datetime.date(2026, 1, 31), "en") == "31 January 2026"
    assert measured.shown("pinned", NOT_YET, "nl") == "nog te meten"
    assert measured.shown("pinned", NOT_YET, "en") == "still to be measured"
