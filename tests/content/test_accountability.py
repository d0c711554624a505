"""What Verantwoording says against the release files themselves."""

import tomllib
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from dashboard.accountability import measured, releases
from dashboard.accountability.view import view
from dashboard.elements.choices import Choice
from dashboard.elements.view import (
    Finding,
    Link,
    Links,
    Note,
    Part,
    Sentences,
    Table,
    View,
)
from data_access import shelf
from tests.content import oracle_text
from tests.content.oracle import Oracle
from tests.content.oracle_accountability import changed_amounts, changed_counts
from tests.content.views import all_of, made

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
LANGUAGES = ("nl", "en")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# In the order of the page.
PARTS = {
    "nl": (
        *("Zo beschermen we mensen", "Wat wij zelf probeerden"),
        *("Zo houden we toeval en verschil uit elkaar", "Publicaties en correctielogboek"),
        *("Wat veranderde er tussen twee publicaties?", "Open een pagina zoals gepresenteerd"),
        *("Wat ontbreekt of kwam te laat?", "Telt iedereen mee?", "Wat betekenen de cijfers?"),
        *("Inwoners en wijkgrenzen", "Toegankelijkheid"),
    ),
    "en": (
        *("How we protect people", "What we tried ourselves"),
        *("How we tell difference from chance", "Releases and correction log"),
        *("What changed between two releases?", "Open a page as presented"),
        *("What is missing or came late?", "Does everybody count?", "What do the figures mean?"),
        *("Residents and boundaries", "Accessibility"),
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _fresh(shipped: None) -> None:
    _made.cache_clear()


@lru_cache
def _made(gemeente: str, language: str, **more: str) -> View:
    return made(view, "accountability", gemeente=gemeente, taal=language, **more)


def _table(page: View, name: str) -> tuple[list[list[str]], list[list[object]], Table]:
    """Return the texts and the raw values of a table's rows, and the table."""
    [table] = [each for each in all_of(page, Table) if each.name == name]
    rows = table.rows.to_dict("records")
    shown = [[column.shown(row) for column in table.columns] for row in rows]
    return shown, [[column.raw(row) for column in table.columns] for row in rows], table


def _releases(gemeente: str) -> list[Oracle]:
    """Return the oracles on all releases of a gemeente, newest first."""
    paths = [path for key, path in shelf.shelf().paths.items() if key.gemeente == gemeente]
    oracles = [Oracle(path) for path in paths]
    return sorted(oracles, key=lambda each: each.table("pub_release")["made_at"][0], reverse=True)


def _made_at(oracle: Oracle) -> datetime:
    text = oracle.table("pub_release")["made_at"][0]
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("UTC")).astimezone(AMSTERDAM)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_parts_stand_in_order_and_each_says_something(gemeente, language):
    page = _made(gemeente, language)
    assert tuple(each.title for each in all_of(page, Part)) == PARTS[language]
    assert (
        page.title
        == {
            "nl": "Kunt u deze cijfers vertrouwen?",
            "en": "Can you trust these figures?",
        }[language]
    )
    protection = all_of(page, Sentences)[0].lines
    assert len(set(protection)) == 11
    assert all(len(each) > 40 for each in protection)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_every_release_is_listed_with_day_reason_and_checksum(gemeente, language):
    shown, raw, _ = _table(_made(gemeente, language), "releases")
    expected = []
    for oracle in _releases(gemeente):
        row = oracle.table("pub_release").iloc[0]
        expected.append(
            [
                str(row["number"]),
                oracle_text.day(_made_at(oracle).date(), language),
                oracle_text.period(row["closed_until"], language),
                row[f"reason_{language}"],
                row["checksum"],
            ]
        )
    assert [[*row[:4], row[4]] for row in shown] == [[*row[:4], row[4][:12]] for row in expected]
    assert [row[4] for row in raw] == [row[4] for row in expected]


@pytest.mark.parametrize("language", LANGUAGES)
def test_day_of_a_release_is_the_dutch_day(language):
    late = {"made_at": pd.Timestamp("2026-03-16 23:30", tz="UTC")}
    column = releases.release_columns(language)[1]
    assert column.shown(late) == oracle_text.day(date(2026, 3, 17), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_counts_are_those_of_the_two_files(language):
    newest, first = _releases("GM0080")
    page = _made("GM0080", language)
    expected = changed_counts(first, newest)
    assert len(expected) > 5
    shown, raw, table = _table(page, "changes")
    names = newest.areas["name"]
    organisations = newest.table("pub_organisation").set_index("organisation_id")["name"]
    together = {"nl": "alle organisaties", "en": "all organisations"}[language]
    wanted = sorted(
        (
            oracle_text.period(row["period"], language),
            names[row["area_code"]],
            organisations.get(row["organisation_id"], together),
            row["before"],
            row["after"],
        )
        for row in expected.to_dict("records")
    )
    assert sorted((row[1], row[2], row[3], row[6], row[7]) for row in raw) == wanted
    for texts, values in zip(shown, raw, strict=True):
        assert texts[6:] == [oracle_text.number(each, language) for each in values[6:]]
    titles = [each.text for each in all_of(page, Finding)]
    assert f" {len(expected)} " in titles[0]
    assert "Leeuwarden" in titles[0]
    assert "1" in table.title
    assert "2" in table.title
    when = all_of(page, Sentences)[2].lines[-1]
    for period in expected["period"].unique():
        assert oracle_text.period(period, language) in when
    measures = newest.table("pub_measure")
    for measure in expected["measure"].unique():
        rows = measures[
            (measures["kind"] == "measure")
            & (measures["id"] == measure)
            & (measures["language"] == language)
        ]
        name = rows["name"].iloc[0]
        assert name in {row[0] for row in raw}
        assert name in all_of(page, Sentences)[2].lines[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_changed_amounts_are_those_of_the_two_files(language):
    newest, first = _releases("GM0080")
    page = _made("GM0080", language)
    expected = changed_amounts(first, newest)
    assert expected
    shown, raw, _ = _table(page, "money-changes")
    in_cents = [[round(100 * each) for each in pair] for pair in sorted(expected)]
    assert sorted([round(100 * each) for each in row[2:4]] for row in raw) == in_cents
    for texts, values in zip(shown, raw, strict=True):
        assert texts[2:4] == [oracle_text.euros(each, language) for each in values[2:4]]
    assert f" {len(expected)} " in all_of(page, Finding)[1].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_turn_round_with_the_choice(language):
    newest, first = _releases("GM0080")
    there = changed_counts(first, newest)
    page = _made("GM0080", language, van="2", naar="1")
    _, raw, _ = _table(page, "changes")
    assert sorted((row[6], row[7]) for row in raw) == sorted(
        zip(there["after"], there["before"], strict=True)
    )
    reason = first.table("pub_release")[f"reason_{language}"][0]
    assert any(reason in each.line for each in all_of(page, Note))
    same = _made("GM0080", language, van="2", naar="2")
    assert not all_of(same, Finding) or len(all_of(same, Finding)) == 1
    assert not [each for each in all_of(same, Table) if each.name == "changes"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reason_is_that_of_the_newer_release(language):
    newest, _ = _releases("GM0080")
    reason = newest.table("pub_release")[f"reason_{language}"][0]
    said = [each.line for each in all_of(_made("GM0080", language), Note) if reason in each.line]
    assert len(said) == 1
    assert " 2: " in said[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_release_has_nothing_to_compare_with(language):
    words = {"nl": "Er is nog maar één publicatie", "en": "There is only one release yet"}
    page = _made("GM0014", language)
    assert any(each.line.startswith(words[language]) for each in all_of(page, Note))
    assert [each.name for each in all_of(page, Choice)] == ["toen"]


@pytest.mark.parametrize(("toen", "number"), [("", 2), ("1", 1), ("2", 2)])
def test_pages_as_presented_pin_the_moment_of_the_release(toen, number):
    page = _made("GM0080", "nl", **({"toen": toen} if toen else {}))
    [links] = all_of(page, Links)
    [oracle] = [
        each for each in _releases("GM0080") if each.table("pub_release")["number"][0] == number
    ]
    moment = _made_at(oracle)
    assert len(links.links) == 8
    assert len({each.page for each in links.links}) == 8
    for each in links.links:
        assert each.changed["op"] == moment.replace(tzinfo=None).isoformat()
        assert each.changed["periode"] in oracle.periods
        assert each.label.endswith(oracle_text.day(moment.date(), "nl"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_every_missing_or_late_delivery_is_listed(oracles, gemeente, language):
    gaps = oracles[gemeente].table("pub_gap")
    names = oracles[gemeente].table("pub_organisation").set_index("organisation_id")["name"]
    shown, _, table = _table(_made(gemeente, language), "missing")
    never = {"nl": "niet ontvangen", "en": "not received"}[language]
    wanted = sorted(
        (
            names[row["organisation_id"]],
            oracle_text.period(row["quarter"], language),
            oracle_text.day(date.fromisoformat(row["delivered_on"]), language)
            if isinstance(row["delivered_on"], str)
            else never,
        )
        for row in gaps.to_dict("records")
    )
    assert sorted((row[0], row[2], row[3]) for row in shown) == wanted
    missing = int(gaps["delivered_on"].isna().sum())
    assert f": {missing}. " in table.title
    assert table.title.endswith(f": {len(gaps) - missing}")
    subjects = {"nl": {"vrijwilligers", "uitstroom", "besteding", "resultaten"}}.get(language)
    if subjects:
        assert {row[1] for row in shown} <= subjects | {"Participatieladder", "vergoedingen"}
    assert len({row[1] for row in shown}) == gaps["subject"].nunique()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_people_in_no_wijk_are_told_per_year(oracles, gemeente, language):
    ledger = oracles[gemeente].table("pub_ledger").sort_values("year", ascending=False)
    about, unknown = {"nl": ("ongeveer", "niet bekend"), "en": ("about", "unknown")}[language]
    wanted = [
        [str(row["year"]), unknown if pd.isna(row["in_no_wijk"]) else f"{about} {share:.0f}%"]
        for row in ledger.to_dict("records")
        for share in [row["in_no_wijk"]]
    ]
    shown, _, table = _table(_made(gemeente, language), "ledger")
    assert shown == wanted
    assert oracles[gemeente].areas.loc[gemeente, "name"] in table.title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_indicator_has_its_definition_formula_and_source(oracles, language):
    rows = oracles["GM0080"].table("pub_measure")
    rows = rows[(rows["kind"] == "indicator") & (rows["language"] == language)]
    shown, _, _ = _table(_made("GM0080", language), "definitions")
    columns = ["name", "definition", "formula", "source"]
    wanted = sorted(rows[columns].itertuples(index=False, name=None))
    assert sorted(map(tuple, shown)) == wanted
    assert all(len(definition) > 30 and source for _, definition, _, source in wanted)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_wijken_have_their_residents_and_sources(oracles, gemeente, language):
    areas = oracles[gemeente].areas
    wijken = areas[areas["level"] == "wijk"]
    page = _made(gemeente, language)
    shown, _, table = _table(page, "areas")
    wanted = sorted(
        [
            row["name"],
            code,
            oracle_text.number(row["residents"], language),
            row["figures_source"],
            row["geometry_source"],
        ]
        for code, row in wijken.iterrows()
    )
    assert sorted(shown) == wanted
    assert set(table.sources) == {*wijken["figures_source"], *wijken["geometry_source"]} - {""}
    parts = [
        oracle_text.number(each, language)
        for each in (wijken["residents"].sum(), areas.loc[gemeente, "residents"])
    ]
    [said] = [each.line for each in all_of(page, Note) if each.line.startswith("CBS")]
    places = [said.index(each) for each in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_attacks_got_out_is_what_was_measured(monkeypatch, tmp_path, language):
    values = {
        **{"exact_recovery": 30.7, "one_cell": 21.4, "pinned": 1.2, "flows_gain": 6.2},
        **{"flows_most": 7.3, "hidden_gain": 3.4, "hidden_most": 4.7},
        "statement_gain": 5.4,
        "statement_most": 8.3,
        "statement_later_gain": 7.9,
        "statement_later_most": 9.6,
        **{"level_gain_smallest": 8.1, "level_gain_80": 2.5, "places": 4000},
    }
    file = tmp_path / "measured.toml"
    lines = [f"{name} = {value}" for name, value in values.items()]
    file.write_text("\n".join([*lines, "date = 2026-04-02"]), encoding="utf-8")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["places"] == 4000
    monkeypatch.setattr(measured, "FILE", file)
    measured.measured.cache_clear()
    try:
        page = made(view, "accountability", gemeente="GM0080", taal=language)
    finally:
        measured.measured.cache_clear()
    numbers, statement, flows, insider, level, when = all_of(page, Sentences)[1].lines

    def written(name: str) -> str:
        return oracle_text.number(values[name], language, 1)

    assert numbers.index(f"{written('exact_recovery')}%") < numbers.index(f"{written('one_cell')}%")
    assert written("statement_gain") in statement
    for name in ("statement_most", "statement_later_gain", "statement_later_most"):
        assert written(name) in statement
    in_order = ["flows_gain", "flows_most", "hidden_gain", "hidden_most"]
    places = [flows.index(written(name)) for name in in_order]
    assert places == sorted(places)
    assert f"{written('pinned')}%" in insider
    smallest, larger = written("level_gain_smallest"), written("level_gain_80")
    assert level.index(smallest) < level.index(larger)
    assert oracle_text.number(4000, language) in when
    assert oracle_text.day(date(2026, 4, 2), language) in when


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_page_ends_with_a_way_to_open_everything(gemeente, language):
    last = _made(gemeente, language).elements[-1]
    assert isinstance(last, Link)
    assert (last.page, last.changed) == ("overview", {"open": "alles"})
