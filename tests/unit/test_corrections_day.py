"""The yearly day of corrections has one source, and is said with the next one that comes."""

from datetime import date
from typing import get_args

import pytest

from dashboard.accountability.protection import PROTECTION, protection
from dashboard.elements.view import Sentences
from data_access.publish import PublishedRelease
from indicators import periods
from indicators.periods import day_in_words, next_corrections
from indicators.vocabulary import Language


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (date(2026, 1, 1), date(2026, 7, 1)),
        (date(2026, 6, 30), date(2026, 7, 1)),
        (date(2026, 7, 1), date(2027, 7, 1)),
        (date(2026, 12, 31), date(2027, 7, 1)),
    ],
)
def test_the_next_day_of_corrections(after: date, expected: date) -> None:
    assert next_corrections(after) == expected


def release(waiting: dict[str, int], corrected_on: date) -> PublishedRelease:
    return PublishedRelease("GM0001", "Klein", 2, True, 10, waiting, corrected_on, "", ())


def _rules(made_on: date, language: str) -> list[str]:
    return list(next(e for e in protection(made_on, language) if isinstance(e, Sentences)).lines)


@pytest.mark.parametrize("language", get_args(Language))
def test_the_page_and_the_publisher_name_the_day_of_the_constant(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another day in the one constant is another day everywhere."""
    monkeypatch.setattr(periods, "CORRECTIONS_ON", (9, 15))
    at = PROTECTION.index("corrections")
    day, next_day = {
        "nl": ("15 september", "15 september 2026"),
        "en": ("15 September", "15 September 2026"),
    }[language]
    said = _rules(date(2026, 3, 1), language)[at]
    assert f"{day}." in said
    assert f"{next_day}." in said
    later = _rules(date(2026, 9, 15), language)[at]
    assert next_day.replace("2026", "2027") in later
    made = release({"volunteers": 3, "outflow": 1}, next_corrections(date(2026, 3, 1)))
    assert f"4 {'tellingen' if language == 'nl' else 'counts'}" in made.sentence(language)
    assert next_day in made.sentence(language)
    assert next_day in made.waits(language)
    assert release({}, date(2026, 7, 1)).waits(language) == ""


def test_a_day_in_words_is_that_of_the_language() -> None:
    assert day_in_words(date(2026, 7, 1), "nl") == "1 juli 2026"
    assert day_in_words(date(2026, 7, 1), "en") == "1 July 2026"
    with pytest.raises(KeyError):
        day_in_words(date(2026, 7, 1), "de")
