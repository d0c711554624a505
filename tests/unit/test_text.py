"""Every text exists in both languages, with the same placeholders."""

import re
import string
from pathlib import Path

import pytest

from dashboard.words import copy as text

ROOT = Path(__file__).resolve().parents[2]
_LITERAL_KEY = re.compile(r"""\bt\(\s*"([a-z_0-9]+(?:\.[a-z_0-9]+)+)\"""")


def _placeholders(of: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(of) if name}


def test_both_languages_have_the_same_keys():
    assert text.texts("nl").keys() == text.texts("en").keys()


def test_both_languages_fill_in_the_same_values():
    dutch, english = text.texts("nl"), text.texts("en")
    differing = [k for k in dutch if _placeholders(dutch[k]) != _placeholders(english[k])]
    assert differing == []


def test_no_text_is_empty():
    for language in ("nl", "en"):
        assert [key for key, words in text.texts(language).items() if not words.strip()] == []


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        text.t("menu.nowhere", "nl")


def test_a_missing_value_is_an_error():
    with pytest.raises(KeyError):
        text.t("common.target", "nl", wrong="1")


def test_values_are_filled_in():
    assert text.t("common.target", "nl", value="1.300") == "Streefwaarde: 1.300"
    assert text.t("common.target", "en", value="1,300") == "Target: 1,300"


def test_every_key_that_the_program_names_exists():
    files = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "dashboard").rglob("*.py")]
    named = {key for file in files for key in _LITERAL_KEY.findall(file.read_text("utf-8"))}
    assert len(named) > 30
    assert named - text.texts("nl").keys() == set()
