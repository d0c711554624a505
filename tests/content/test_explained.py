"""A release explains itself: words, formulas and rules are its own, not those of the program."""

import pandas as pd
import pytest

import data_access
from dashboard import door
from dashboard.accountability.view import view
from dashboard.address.reader_choices import Refusal
from dashboard.door import Door
from dashboard.elements.view import Table
from dashboard.frame import kept_views
from tests.content.oracle import Oracle
from tests.content.views import all_of, made, release_file, selected

NEWEST = "outflow_per_100_bijstand"


@pytest.fixture
def explained(shipped, monkeypatch):
    """Let the releases say of themselves what a test makes of it."""

    def change(edit):
        original = data_access.explained
        monkeypatch.setattr(data_access, "explained", lambda release: edit(original(release)))
        kept_views.forget()

    yield change
    monkeypatch.undo()
    kept_views.forget()


@pytest.mark.parametrize("gemeente", ["GM0080", "GM0014", "GM0085"])
def test_names_definitions_and_sources_are_those_in_the_file(shipped, gemeente):
    rows = Oracle(release_file(gemeente)).table("pub_measure")
    known = Door(selected("overview", gemeente=gemeente)).indicators()
    mine = rows[rows["kind"] == "indicator"]
    assert set(known) == set(mine["id"])
    assert len(known) > 15
    for row in mine.to_dict("records"):
        for name in ("name", "definition", "source"):
            assert getattr(known[row["id"]], name).in_language(row["language"]) == row[name]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_of_definitions_gives_every_formula(oracles, language):
    page = made(view, "accountability", gemeente="GM0080", taal=language)
    [table] = [each for each in all_of(page, Table) if each.name == "definitions"]
    rows = oracles["GM0080"].table("pub_measure")
    mine = rows[(rows["kind"] == "indicator") & (rows["language"] == language)]
    formulas = dict(zip(mine["name"], mine["formula"], strict=True))
    shown = {row["name"]: row["formula"] for row in table.rows.to_dict("records")}
    assert shown == formulas
    assert all(formulas.values())


def test_the_rules_by_which_a_release_was_made_stand_in_it(oracles):
    rows = oracles["GM0080"].table("pub_setting").set_index("name")["value"]
    assert rows["rounding_base"] == "5"
    assert rows["smallest_base"] == "10"
    assert rows["allowance_maximum_2024"] == "2100"
    assert rows["corrections_on"] == "07-01"


def test_a_text_that_is_missing_in_english_is_the_dutch_one_and_says_so(explained):
    def without_english(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[(rows["id"] != NEWEST) | (rows["language"] == "nl")]

    explained(without_english)
    each = Door(selected("overview", gemeente="GM0080", taal="en")).indicator(NEWEST)
    assert each.name.en == f"{each.name.nl} (in Dutch only)"


def test_what_an_old_release_does_not_know_is_not_offered(explained):
    explained(lambda rows: rows[rows["id"] != NEWEST])
    known = door.indicators(selected("overview", gemeente="GM0080").release)
    assert NEWEST not in known
    assert "outflow" in known
    with pytest.raises(Refusal) as refused:
        selected("map", gemeente="GM0080", indicator=NEWEST)
    assert refused.value.subject == "indicator"


def test_a_release_of_before_has_the_words_of_the_program(explained):
    explained(lambda rows: rows[:0])
    known = door.indicators(selected("overview", gemeente="GM0080").release)
    assert NEWEST in known
    assert known["outflow"].name.nl == "Uitstroom naar betaald werk"
