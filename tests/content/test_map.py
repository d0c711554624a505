"""What Kaart says against the release: fills, legend, extremes, course, table, sources."""

import json
import re
from functools import lru_cache

import pytest

from dashboard.elements.view import Chart, Map, Note, Table, View
from dashboard.map.view import view
from tests.content import oracle_compare, oracle_map, oracle_text
from tests.content.oracle import SMALLEST_BASE, Oracle
from tests.content.views import all_of, made

# gemeente, indicator, period, language: zero, small, partial, not delivered, bounds, plain counts
CASES = [
    ("GM0080", "volunteers_per_1000", "2025-Q4", "nl"),
    ("GM0085", "outflow_per_100_volunteers", "2025", "en"),
    ("GM0014", "volunteers_per_1000", "2024-Q4", "en"),
    ("GM0014", "outflow", "2022", "nl"),
    ("GM0080", "outflow", "2023", "nl"),
    ("GM0085", "volunteers", "2023-Q2", "en"),
]
CASE = "gemeente", "indicator", "period", "language"
STATES_WITH_PATTERN = ("partial", "no_data", "no_organisation", "not_shown")


@pytest.fixture(scope="module", autouse=True)
def _fresh(shipped: None) -> None:
    _made.cache_clear()


@lru_cache
def _made(gemeente: str, indicator: str, period: str, language: str, **more: str) -> View:
    asked = {"gemeente": gemeente, "indicator": indicator, "periode": period, "taal": language}
    return made(view, "map", **asked, **more)


def _name(oracle: Oracle, indicator: str, language: str, column: str = "name") -> str:
    rows = oracle.table("pub_measure")
    chosen = (rows["id"] == indicator) & (rows["kind"] == "indicator")
    return str(rows[chosen & (rows["language"] == language)][column].iloc[0])


def _map(page: View) -> Map:
    [found] = all_of(page, Map)
    return found


@pytest.mark.parametrize(CASE, CASES)
def test_every_wijk_has_the_colour_that_the_legend_gives_its_figure(
    oracles, gemeente, indicator, period, language
):
    oracle, drawn = oracles[gemeente], _map(_made(gemeente, indicator, period, language))
    entries = oracle_map.legend_entries(drawn.legend)
    words = oracle_map.LEGEND[language]
    states = {text: state for state, text in words.items()}
    by_state = {states[text]: colour for colour, text in entries if text in states}
    between = {"nl": " tot ", "en": " to "}[language]
    classes = [
        (colour, *(oracle_map.number_in(end, language) for end in text.split(between)))
        for colour, text in entries
        if text not in states
    ]
    assert [low for _, low, _ in classes] == sorted(low for _, low, _ in classes)
    luminance = [sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour, _, _ in classes]
    assert luminance == sorted(luminance, reverse=True), "light to dark"
    found = oracle_map.fills(drawn.drawn.deck)
    assert set(found) == set(oracle.wijken)
    met = set()
    for wijk in oracle.wijken:
        state, _ = oracle_map.state(oracle, indicator, wijk, period)
        value = oracle.value(indicator, wijk, period)
        met.add(state)
        if state in ("published", "partial") and value:
            fits = [
                colour
                for colour, low, high in classes
                if low <= value < high or (value == high == classes[-1][2])
            ]
            assert found[wijk] == fits[0], wijk
        elif state == "published":
            # A bound: nothing of a group of people.
            assert found[wijk] == classes[0][0], wijk
        else:
            assert found[wijk] == by_state[state], wijk
    assert set(by_state) == met - {"published"}


@pytest.mark.parametrize(CASE, CASES)
def test_hover_says_the_figure_and_patterns_say_that_something_lacks(
    oracles, gemeente, indicator, period, language
):
    oracle, drawn = oracles[gemeente], _map(_made(gemeente, indicator, period, language))
    texts = oracle_map.hover_texts(drawn.drawn.deck)
    lacking = set()
    for wijk in oracle.wijken:
        expected = oracle_map.shown(oracle, indicator, wijk, period, language)
        state, _ = oracle_map.state(oracle, indicator, wijk, period)
        if expected is None:
            assert not any(mark.isdigit() for mark in texts[wijk].split(":")[0])
        else:
            assert texts[wijk].split(";")[0] == expected
        if state in STATES_WITH_PATTERN:
            lacking.add(wijk)
    assert oracle_map.patterned(drawn.drawn.deck) == lacking


@pytest.mark.parametrize(CASE, CASES)
def test_legend_names_indicator_source_and_boundaries(
    oracles, gemeente, indicator, period, language
):
    oracle, drawn = oracles[gemeente], _map(_made(gemeente, indicator, period, language))
    html = drawn.legend
    assert _name(oracle, indicator, language) in html
    source = {"nl": "Bron", "en": "Source"}[language]
    assert f"{source}: {_name(oracle, indicator, language, 'source')}" in html
    schematic = {"nl": "schematisch", "en": "schematic"}[language]
    wijken = oracle.areas[oracle.areas["level"] == "wijk"]
    assert (schematic in html) == bool(wijken["schematic"].any())


@pytest.mark.parametrize(CASE, CASES)
def test_alternative_says_who_differs_or_names_the_highest_and_the_lowest(
    oracles, gemeente, indicator, period, language
):
    oracle = oracles[gemeente]
    page = _made(gemeente, indicator, period, language)
    said = _map(page).alternative
    whole = {
        wijk: oracle.value(indicator, wijk, period)
        for wijk in oracle.wijken
        if oracle_map.state(oracle, indicator, wijk, period)[0] in ("zero", "published")
    }
    assert oracle.areas.loc[gemeente, "name"] in said
    assert oracle_text.period(period, language) in said
    high, low = {"nl": ("Hoogste", "Laagste"), "en": ("Highest", "Lowest")}[language]
    if indicator in oracle_compare.RATES:
        # Of wijken that can be judged, the highest may be so by chance.
        assert f" {page.lead}. " in said
        assert not re.search(f"{high}|{low}", said)
        return
    if not whole:
        assert high not in said
        return
    states = [oracle_map.state(oracle, indicator, wijk, period)[0] for wijk in oracle.wijken]
    # A figure that is not shown may be the lowest.
    hidden = "not_shown" in states
    assert (low in said) == (not hidden)
    for word, extreme in ((high, max(whole.values())), (low, min(whole.values()))):
        if word == low and hidden:
            continue
        shown = said.split(f"{word}: ")[1]
        fitting = [
            f"{oracle.areas.loc[wijk, 'name']} "
            f"({oracle_map.shown(oracle, indicator, wijk, period, language)}"
            for wijk, value in whole.items()
            if value == extreme
        ]
        assert any(shown.startswith(each) for each in fitting), (shown, fitting)


@pytest.mark.parametrize(CASE, CASES)
def test_lead_says_who_differs_or_what_is_highest(oracles, gemeente, indicator, period, language):
    oracle, page = oracles[gemeente], _made(gemeente, indicator, period, language)
    name = _name(oracle, indicator, language)
    place = oracle.areas.loc[gemeente, "name"]
    assert page.title == f"{name} in {place}, {oracle_text.period(period, language)}"
    if indicator not in oracle_compare.RATES:
        assert page.lead in _map(page).alternative
        return
    verdicts = oracle_compare.of_wijken(oracle, indicator, period).verdicts
    for wijk in oracle.wijken:
        verdict = verdicts.get(wijk)
        differing = [each for each in verdicts.values() if each.differs]
        if len(differing) <= 3:
            named = oracle.areas.loc[wijk, "name"] in page.lead
            assert named == bool(verdict and verdict.differs)
    words = {"nl": ("hoger", "lager"), "en": ("higher", "lower")}[language]
    for position, word in zip(("high", "low"), words, strict=True):
        some = any(each.differs and each.position == position for each in verdicts.values())
        assert (f" {word} " in page.lead) == some


@pytest.mark.parametrize(CASE, CASES)
def test_table_has_every_place_with_its_figure(oracles, gemeente, indicator, period, language):
    oracle, page = oracles[gemeente], _made(gemeente, indicator, period, language)
    [table] = [each for each in all_of(page, Table) if each.name == ""]
    rows = table.rows.to_dict("records")
    names = [row["name"] for row in rows if row["level"] in ("gemeente", "wijk")]
    assert sorted(names) == sorted(
        oracle.areas.loc[each, "name"] for each in (*oracle.wijken, gemeente)
    )
    for row in rows:
        name, figure, *_ = (column.shown(row) for column in table.columns)
        assert name == row["name"]
        expected = oracle_map.shown(oracle, indicator, row["area_code"], period, language)
        if expected is None:
            assert not any(mark.isdigit() for mark in figure)
        else:
            assert figure == expected, name
        assert bool(table.total(row)) == (row["area_code"] == gemeente)
    source = _name(oracle, indicator, language, "source")
    wijken = oracle.areas[oracle.areas["level"] == "wijk"]
    assert source in table.sources
    assert set(wijken["geometry_source"]) | set(wijken["figures_source"]) <= set(table.sources)


@pytest.mark.parametrize(CASE, CASES)
def test_course_is_that_of_the_whole_gemeente(oracles, gemeente, indicator, period, language):
    oracle, page = oracles[gemeente], _made(gemeente, indicator, period, language)
    same = [each for each in oracle.periods if ("Q" in each) == ("Q" in period)]
    [table] = [each for each in all_of(page, Table) if each.name == "series"]
    rows = table.rows.to_dict("records")
    assert [table.columns[0].shown(row) for row in rows] == [
        oracle_text.period(each, language) for each in same
    ]
    figures = [oracle_map.shown(oracle, indicator, gemeente, each, language) for each in same]
    for row, expected in zip(rows, figures, strict=True):
        if expected is not None:
            assert table.columns[1].shown(row) == expected
    known = [each for each in figures if each is not None]
    charts = all_of(page, Chart)
    assert len(charts) == bool(known)
    for chart in charts:
        drawn = max(chart.spec["datasets"].values(), key=len)
        assert [row["label"] for row in drawn] == [oracle_text.period(p, language) for p in same]
        for row, each in zip(drawn, same, strict=True):
            value = oracle.value(indicator, gemeente, each)
            if oracle_map.shown(oracle, indicator, gemeente, each, language) is None:
                assert row["value"] is None
            else:
                assert row["value"] == pytest.approx(value)
        assert known[-1] in chart.alternative


@pytest.mark.parametrize(CASE, CASES)
def test_note_counts_the_wijken_without_the_figure(oracles, gemeente, indicator, period, language):
    oracle, page = oracles[gemeente], _made(gemeente, indicator, period, language)
    words = {
        "nl": {
            "partial": "is dit cijfer onvolledig",
            "not_delivered": "is dit cijfer niet geleverd",
            "not_yet": "is dit cijfer er nog niet",
            "small_place": "te weinig mensen voor deze uitsplitsing",
            "small_base": "omdat de groep te klein is",
            "uncertain": "door afronding is het te onzeker",
        },
        "en": {
            "partial": "this figure is incomplete",
            "not_delivered": "this figure was not delivered",
            "not_yet": "this figure is not there yet",
            "small_place": "too few people for this breakdown",
            "small_base": "because the group is too small",
            "uncertain": "rounding makes it too uncertain",
        },
    }[language]
    states = [oracle_map.state(oracle, indicator, each, period) for each in oracle.wijken]
    said = all_of(page, Note)[0].line
    sentences = [each for each in said.split(". ") if each]
    for key, word in words.items():
        if key == "partial":
            count = sum(state == "partial" for state, _ in states)
        else:
            count = sum(
                state not in ("partial", "zero", "published") and reason == key
                for state, reason in states
            )
        mine = [each for each in sentences if word in each]
        assert len(mine) == bool(count), (key, count, said)
        if count > 1:
            assert f" {count} wijken" in mine[0]


def test_streets_are_fetched_only_when_the_reader_asks(shipped):
    without = _made("GM0080", "volunteers_per_1000", "2025-Q4", "nl")
    with_streets = _made("GM0080", "volunteers_per_1000", "2025-Q4", "nl", achtergrond="1")
    assert "map_streets" not in _map(without).drawn.deck
    assert "map_streets" in json.loads(_map(with_streets).drawn.deck)["mapStyle"]


@pytest.mark.parametrize("gemeente", ["GM0080", "GM0014"])
def test_no_share_of_a_group_of_fewer_than_ten(oracles, gemeente):
    """Of five people who found work nobody says which share still works."""
    oracle, seen = oracles[gemeente], 0
    for year in [each for each in oracle.periods if "Q" not in each]:
        page = made(view, "map", gemeente=gemeente, indicator="still_in_work_6", periode=year)
        table = next(each for each in all_of(page, Table) if each.total)
        for row in table.rows.to_dict("records"):
            group = oracle.count("outflow", row["area_code"], year)
            if group is not None and group < SMALLEST_BASE and row["reason"] != "not_yet":
                assert row["status"] != "published"
                assert row["value"] != row["value"]
                seen += group > 0
    assert seen > 0
