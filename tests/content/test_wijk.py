"""The page Wijk says what the release says of the place, worked out another way."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from dashboard.elements.view import (
    Cards,
    Chart,
    Columns,
    Finding,
    KeyFigures,
    Method,
    Note,
    Part,
    Sentences,
    Table,
    View,
)
from dashboard.wijk.view import view
from tests.content.oracle_wijk import (
    CLASSES,
    KEY_FIGURES,
    KINDS,
    LEVELS,
    NAMES,
    OUTCOMES,
    REGISTER,
    SPENDING,
    WORK,
    PlaceOracle,
    amount,
    amount_range,
    colours_in,
    day_in_words,
    drawn_rows,
    label,
    last_day,
    lightness,
    numbers_in,
    shown_rows,
    written,
)
from tests.content.views import all_of, made, release_file, shipped_sample

WHOLE = ""
_NATURE = {
    "nl": {"structureel": "structureel", "incidenteel": "incidenteel"},
    "en": {"structureel": "structural (structureel)", "incidenteel": "temporary (incidenteel)"},
}
_CATEGORIES = (*LEVELS, "up", "same", "down", *KINDS)
# Large and small ones; one that shows three classes only in its first years; one with nobody on
# the higher levels; one without a delivery; older quarters.
PLACES = (
    ("GM0080", WHOLE, "2025-Q4", "nl"),
    ("GM0080", WHOLE, "2024-Q2", "en"),
    ("GM0080", "WK008060", "2025-Q4", "en"),
    ("GM0080", "WK008031", "2022-Q4", "nl"),
    ("GM0080", "WK008081", "2022-Q4", "nl"),
    ("GM0080", "WK008074", "2025-Q4", "nl"),
    ("GM0080", "WK008010", "2022-Q1", "nl"),
    ("GM0014", WHOLE, "2025-Q4", "nl"),
    ("GM0014", "WK001415", "2023-Q3", "nl"),
    ("GM0014", "WK001413", "2025-Q4", "en"),
    ("GM0085", WHOLE, "2025-Q4", "en"),
    ("GM0085", "WK008510", "2025-Q2", "nl"),
    ("GM0085", "WK008509", "2025-Q4", "nl"),
)
Case = tuple[str, str, str, str]
each_place = pytest.mark.parametrize("case", PLACES, ids=lambda case: "-".join(filter(None, case)))


_sample = pytest.fixture(autouse=True, scope="module")(shipped_sample)


@cache
def page_of(case: Case) -> View:
    """Return the page of a place."""
    gemeente, wijk, quarter, language = case
    return made(view, "wijk", gemeente=gemeente, wijk=wijk, periode=quarter, taal=language)


@cache
def _oracle(path: Path) -> PlaceOracle:
    return PlaceOracle(path)


def oracle_of(case: Case) -> PlaceOracle:
    """Return the release that the page is about."""
    return _oracle(release_file(case[0]))


def place_of(case: Case) -> str:
    """Return the area code that the page is about."""
    return case[1] or case[0]


def part_of(page: View, title: str) -> list:
    """Return the elements of a part, up to the next one."""
    inside, found, on = page.inside(), [], False
    for each in inside:
        if isinstance(each, Part):
            on = each.title == title
        elif on:
            found.append(each)
    return found


def one(elements: list, kind: type):
    """Return the first element of a kind."""
    return next(each for each in elements if isinstance(each, kind))


def table_named(page: View, name: str) -> Table:
    """Return a table by its name."""
    [found] = [each for each in all_of(page, Table) if each.name == name]
    return found


@each_place
def test_the_page_is_about_the_place_that_was_chosen(case):
    page, areas = page_of(case), oracle_of(case).areas
    here = areas.loc[place_of(case)]
    assert here["name"] in page.title
    first = page.elements[0]
    assert isinstance(first, Note)
    assert first.line.startswith(written(here["residents"], case[3]) + " ")
    assert here["figures_source"] in first.line


@each_place
def test_parts_come_in_one_order(case):
    parts = [each.title for each in all_of(page_of(case), Part)]
    _, wijk, _, language = case
    first, last = {
        "nl": (
            ["Vrijwilligers", "Uitstroom", "Participatieladder", "Geld"],
            "Organisaties in deze " + ("wijk" if wijk else "gemeente"),
        ),
        "en": (
            ["Volunteers", "Outflow", "Participatieladder", "Money"],
            "Organisations in this " + ("wijk" if wijk else "gemeente"),
        ),
    }[language]
    assert parts[:4] == first
    assert parts[-1] == last
    assert len(parts) <= 6
    kinds = [type(each) for each in page_of(case).elements]
    assert kinds[1] is KeyFigures
    assert Columns in kinds
    assert kinds[-1] is Method


@each_place
def test_cards_are_the_counts_of_the_chosen_period_or_the_year_before(case):
    oracle, place, (_, _, quarter, language) = oracle_of(case), place_of(case), case
    expected = []
    for name, (measure, category, kind) in zip(NAMES[language], KEY_FIGURES, strict=True):
        period = quarter if kind == "quarter" else oracle.year_at(quarter)
        if not period:
            continue
        cell = oracle.told(measure, place, period, category)
        if cell.reason == "small_place":
            continue
        number = None if cell.value is None else written(cell.value, language)
        margin = f"±\N{NO-BREAK SPACE}{written(cell.error, language)}" if cell.error else ""
        so_far = oracle.quarters if kind == "quarter" else oracle.years
        whole = [oracle.told(measure, place, each, category) for each in so_far if each <= period]
        course = tuple(each.value if each.status == "published" else None for each in whole)
        expected.append((name, number, margin if number else "", period, cell.without, course))
    cards = list(one(all_of(page_of(case), KeyFigures), KeyFigures).figures)
    if not oracle.year_at(quarter):
        waiting = cards.pop()
        assert waiting.name == " · ".join(
            name
            for name, (_, _, kind) in zip(NAMES[language], KEY_FIGURES, strict=True)
            if kind == "year"
        )
        assert not waiting.known
    assert [card.name for card in cards] == [each[0] for each in expected]
    for card, (_, number, margin, period, without, course) in zip(cards, expected, strict=True):
        assert card.known == (number is not None)
        assert number is None or card.value == number
        assert card.margin == margin
        assert label(period, language) in card.meaning
        assert card.course == course
        if without and number is not None:
            assert f" {without} " in card.meaning
        assert card.target is None
        assert card.target_text == ""


@each_place
def test_a_small_place_says_what_it_does_not_show(case):
    oracle, place, (_, _, quarter, language) = oracle_of(case), place_of(case), case
    periods = {"quarter": quarter, "year": oracle.year_at(quarter)}
    hidden = [
        name
        for name, (measure, category, kind) in zip(NAMES[language], KEY_FIGURES, strict=True)
        if oracle.told(measure, place, periods[kind], category).reason == "small_place"
    ]
    ladder = oracle.levels_at(place, quarter)
    titles = [each.text for each in all_of(page_of(case), Finding)]
    new = {"nl": "Nieuwe vrijwilligers", "en": "New volunteers"}[language]
    few_new = {"nl": "Te weinig nieuwe vrijwilligers om te tonen"}.get(language)
    few_new = few_new or "Too few new volunteers to show"
    small = {"nl": "Een kleine wijk", "en": "A small wijk"}[language]
    assert (few_new in titles) == (hidden == [new] and ladder != CLASSES)
    assert (small in titles) == (few_new not in titles and bool(hidden or ladder == CLASSES))
    if not {few_new, small} & set(titles):
        return
    box = small if small in titles else few_new
    elements = list(page_of(case).elements)
    lines = elements[[getattr(each, "text", "") for each in elements].index(box) + 1].lines
    said = " ".join(lines)
    from_twenty = {
        "nl": "vanaf 20 nieuwe vrijwilligers in een jaar",
        "en": "from 20 new volunteers",
    }
    assert (from_twenty[language] in said) == (hidden == [new])
    for name in NAMES[language]:
        assert (f"‘{name}’" in said) == (name in hidden and hidden != [new]), name
    three = {"nl": "in drie klassen in plaats van zes", "en": "in three classes here instead"}
    assert (three[language] in said) == (ladder == CLASSES)
    none = {"nl": "Ook de verdeling over de Participatieladder", "en": "Nor can the division"}
    too_small = oracle.told("ladder_level", place, quarter, "1-2").reason == "small_place"
    assert (none[language] in said) == (not ladder and too_small)
    if "5.000" in said or "5,000" in said:
        assert (oracle.stepped(place)["step"] > 0).any()


@each_place
def test_volunteers_over_time_are_those_of_every_quarter(case):
    oracle, place, language = oracle_of(case), place_of(case), case[3]
    counts = {each: oracle.told("volunteers", place, each) for each in oracle.quarters}
    page = page_of(case)
    rows = table_named(page, "volunteers").file([], language).rows
    assert [row[0] for row in rows] == [label(each, language) for each in counts]
    for row, cell in zip(rows, counts.values(), strict=True):
        assert (None if pd.isna(row[1]) else row[1]) == cell.value
    known = [each for each, cell in counts.items() if cell.value is not None]
    part = part_of(page, {"nl": "Vrijwilligers", "en": "Volunteers"}[language])
    said = one(part, Finding).text
    for period in (known[0], known[-1]):
        assert label(period, language) in said
        assert written(counts[period].value, language) in said
    assert oracle.areas.loc[place, "name"] in said
    drawn = [chart for chart in part if isinstance(chart, Chart)]
    assert bool(drawn) == any(cell.value for cell in counts.values())
    if drawn:
        points = drawn_rows(drawn[0].spec, "day", "value")
        assert [each["value"] for each in points] == [cell.value for cell in counts.values()]
        assert [each["status"] for each in points] == [cell.status for cell in counts.values()]
        assert drawn[0].alternative == said


@each_place
def test_outflow_is_that_of_the_year_with_its_kinds(case):
    oracle, place, (_, _, quarter, language) = oracle_of(case), place_of(case), case
    year, page = oracle.year_at(quarter), page_of(case)
    part = part_of(page, {"nl": "Uitstroom", "en": "Outflow"}[language])
    if not year:
        assert quarter[:4] in one(part, Note).line
        return
    name = oracle.areas.loc[place, "name"]
    whole = oracle.told("outflow", place, year)
    kinds = [oracle.told("outflow", place, year, each) for each in KINDS]
    said = one(part, Finding).text
    assert said.startswith(name)
    assert year in said
    few = max(whole.error, 4)
    expected = [whole.without] if whole.without else []
    expected += [int(year), whole.value or few]
    if all(each.value is not None for each in kinds):
        expected += [each.value for each in kinds]
        for word, kind in zip(WORK[language], kinds, strict=True):
            assert f"{word} {written(kind.value, language)}" in said
    if whole.value is not None:
        numbers = numbers_in(said, name)
        # In English the year comes first or last; the numbers are the same.
        assert sorted(numbers) == sorted(expected)
    table = table_named(page, "outflow").file([], language).rows
    assert [row[0] for row in table] == oracle.years
    for row, at in zip(table, oracle.years, strict=True):
        cells = [oracle.told("outflow", place, at, each).value for each in ("", *KINDS)]
        assert [None if pd.isna(each) else each for each in row[1:5]] == cells
    below = one(part, Finding).below
    if whole.error:
        assert f" {whole.error} " in below
    if kinds[0].value is not None and kinds[0].without:
        assert re.search(rf"\b{kinds[0].without}\b", below)


@each_place
def test_drawn_outflow_adds_up_to_the_published_whole(case):
    oracle, place, language = oracle_of(case), place_of(case), case[3]
    part = part_of(page_of(case), {"nl": "Uitstroom", "en": "Outflow"}[language])
    for chart in (each for each in part if isinstance(each, Chart)):
        rows = drawn_rows(chart.spec, "year", "value", "shown")
        for at in oracle.years:
            here = [each for each in rows if each["year"].split("\n")[0] == at]
            cells = {each: oracle.told("outflow", place, at, each) for each in ("", *KINDS)}
            kinds = [cells[each].value for each in KINDS]
            most = max(cells[""].value or 0, sum(filter(None, kinds)))
            assert sum(each["value"] for each in here) == most
            for word, value in zip(WORK[language], kinds, strict=True):
                mine = [each for each in here if each["name"] == word]
                assert [each["value"] for each in mine] == ([] if value is None else [value])
            assert all(each["partial"] == (cells[""].status == "partial") for each in here)
        legend = colours_in(chart.spec, "name")
        assert {each["name"] for each in rows} == set(legend)
        known = [legend[each] for each in WORK[language] if each in legend]
        assert known == ["#1f5f99", "#c25a00", "#0b7a5e"][: len(known)]


def _ladder(case: Case) -> tuple[str, tuple[str, ...]]:
    """Return the quarter that the ladder is told of (the chosen one or before) and its classes."""
    oracle, place, quarter = oracle_of(case), place_of(case), case[2]
    for each in reversed([each for each in oracle.quarters if each <= quarter]):
        if oracle.levels_at(place, each):
            return each, oracle.levels_at(place, each)
    return "", ()


@each_place
def test_ladder_is_told_of_the_chosen_quarter(case):
    oracle, place, (_, _, _, language) = oracle_of(case), place_of(case), case
    name = oracle.areas.loc[place, "name"]
    part = part_of(page_of(case), "Participatieladder")
    said, below = one(part, Finding).text, one(part, Finding).below
    period, classes = _ladder(case)
    if not period:
        assert {"nl": "te weinig mensen", "en": "too few people"}[language] in said
        return
    cells = {each: oracle.told("ladder_level", place, period, each) for each in classes}
    parts = ("4", "5", "6") if classes == LEVELS else ("1-2",)
    counted = sum(cells[each].value for each in parts)
    few = len(parts) * max(max(each.error for each in cells.values()), 4)
    levels = [4] if classes == LEVELS else [1, 2]
    without = cells[classes[0]].without
    day, _, year = last_day(period, language).split()
    expected = [*([without] if without else []), int(day), int(year)]
    expected += [counted or few, sum(each.value for each in cells.values()), *levels]
    assert numbers_in(said, name) == expected
    assert said.startswith(name)
    assert last_day(period, language) in said
    error = max(each.error for each in cells.values())
    assert (f" {error} " in below) == bool(error)


@each_place
def test_ladder_is_drawn_and_listed_for_every_quarter(case):
    oracle, place, (_, _, quarter, language) = oracle_of(case), place_of(case), case
    period, classes = _ladder(case)
    page = page_of(case)
    rows = table_named(page, "ladder_level").file([], language).rows
    assert [row[0] for row in rows] == [label(each, language) for each in oracle.quarters]
    charts = [each for each in part_of(page, "Participatieladder") if isinstance(each, Chart)]
    if not period:
        assert not [row for row in rows if quarter == row[0] and not pd.isna(row[1])]
        return
    cells = {
        at: [oracle.told("ladder_level", place, at, each) for each in classes]
        for at in oracle.quarters
    }
    for row, at in zip(rows, oracle.quarters, strict=True):
        values = [each.value for each in cells[at]]
        shown = [None if pd.isna(each) else each for each in row[1 : 1 + len(classes)]]
        assert shown == values
        total = None if values[0] is None else sum(values)
        assert (None if pd.isna(row[1 + len(classes)]) else row[1 + len(classes)]) == total
    [chart] = charts
    drawn = drawn_rows(chart.spec, "label", "name", "value")
    assert len(drawn) == len(oracle.quarters) * len(classes)
    expected = [cell.value for at in oracle.quarters for cell in cells[at]]
    assert [each["value"] for each in drawn] == expected
    legend = colours_in(chart.spec, "name")
    assert [each.split(" ")[0] for each in legend] == list(classes)
    if classes == LEVELS:
        light = [lightness(each) for each in legend.values()]
        assert light == sorted(light, reverse=True)
    assert label(period, language) in chart.alternative
    for name, cell in zip(legend, cells[period], strict=True):
        assert f"{name}: {written(cell.value, language)}" in chart.alternative


@each_place
def test_money_is_exact_by_nature_or_in_steps_by_outcome(case):
    oracle, place, language = oracle_of(case), place_of(case), case[3]
    name = oracle.areas.loc[place, "name"]
    part = part_of(page_of(case), {"nl": "Geld", "en": "Money"}[language])
    said, table = one(part, Finding), table_named(page_of(case), "money")
    rows, year = shown_rows(table.html), oracle.years[-1]
    assert table.sources == [SPENDING[language]]
    stepped = oracle.stepped(place)
    if case[1] and (stepped["step"] > 0).any():
        last = stepped[stepped["year"] == int(year)].set_index(["split", "outcome"])
        total = last.loc[("total", "")]
        words = amount_range(total["cents"], total["step"], language)
        assert said.text.endswith(f"{year}: {words}") or words in said.text
        assert name in said.text
        lines = one(part, Sentences).lines
        expected = [
            f"{words[language]}: {amount_range(each['cents'], each['step'], language)}"
            for outcome, words in OUTCOMES.items()
            if ("outcome", outcome) in last.index
            for each in [last.loc[("outcome", outcome)]]
        ]
        assert list(lines) == expected
        for row in rows:
            at = stepped[stepped["year"].astype(str) == row[0]].set_index(["split", "outcome"])
            shown = [
                amount_range(*at.loc[key, ["cents", "step"]], language) if key in at.index else ""
                for key in (("total", ""), *(("outcome", each) for each in OUTCOMES))
            ]
            assert row[1:] == shown
        assert not [each for each in part if isinstance(each, Chart)]
        return
    assert name in said.text
    euros = {
        (at, _NATURE[language][nature]): oracle.euros(place, at, nature) or 0.0
        for at in oracle.years
        for nature in ("structureel", "incidenteel")
    }
    assert [row[0] for row in rows] == oracle.years
    for row in rows:
        assert row[1:] == [
            amount(100 * euros[row[0], nature], language) for nature in _NATURE[language].values()
        ]
    for nature in _NATURE[language].values():
        assert f"{nature}: {amount(100 * euros[year, nature], language)}" in said.below
    assert said.below.startswith(year)
    [chart] = [each for each in part if isinstance(each, Chart)]
    drawn = {
        (each["label"], each["name"]): each["euros"] for each in drawn_rows(chart.spec, "euros")
    }
    assert drawn == pytest.approx({key: each for key, each in euros.items() if key in drawn})
    assert sum(drawn.values()) == pytest.approx(sum(euros.values()))
    assert colours_in(chart.spec, "name") == {
        _NATURE[language]["structureel"]: "#1f5f99",
        _NATURE[language]["incidenteel"]: "#c25a00",
    }


@each_place
def test_small_places_together_are_the_groups_of_the_place(case):
    oracle, (gemeente, wijk, quarter, language) = oracle_of(case), case
    page, year = page_of(case), oracle_of(case).year_at(case[2])
    tables = [each for each in all_of(page, Table) if each.name.startswith("together-")]
    asked = {"ladder_level": quarter, "volunteer_hours": quarter}
    if year:
        asked |= {"ladder_moves": year, "outflow": year, "new_volunteers": year}
    expected: dict[str, list[tuple[str, int, str, str]]] = {}
    for measure, period in asked.items() if wijk else ():
        groups = oracle.in_group(wijk, period)
        decides = groups["breakdown"] == ("volunteers" if measure == "volunteer_hours" else measure)
        for organisation in groups[decides]["organisation_id"]:
            whole = measure in ("volunteer_hours", "new_volunteers")
            for category in [""] if whole else _CATEGORIES:
                cell = oracle.told(measure, f"KW{gemeente[2:]}", period, category, organisation)
                if cell.value is not None:
                    row = label(period, language), cell.value, measure, period
                    expected.setdefault(organisation, []).append(row)
    here = {each.name.removeprefix("together-"): each for each in tables}
    if not expected:
        assert not here
        return
    assert set(here) == set(expected)
    for organisation, cells in expected.items():
        rows = here[organisation].rows
        mine = rows[~rows["measure"].str.startswith("still_in_work")]
        assert sorted(zip(mine["period"], mine["value"], mine["measure"], strict=True)) == sorted(
            each[:3] for each in cells
        )
        for row in mine.to_dict("records"):
            breakdown = {"volunteer_hours": "volunteers"}.get(row["measure"], row["measure"])
            period = next(each[3] for each in cells if each[2] == row["measure"])
            codes = oracle.members(breakdown, organisation, period)
            assert wijk in codes
            assert row["number"] == len(codes)
            for code in codes:
                if code.startswith("WK"):
                    assert oracle.areas.loc[code, "name"] in row["wijken"]


@each_place
def test_what_is_in_no_figure_at_all_is_said(case):
    oracle, (_, wijk, quarter, _) = oracle_of(case), case
    year = oracle.year_at(quarter)
    lost = (
        {
            organisation
            for breakdowns, period in (
                (("ladder_level", "volunteers"), quarter),
                (("ladder_moves", "outflow", "new_volunteers"), year),
            )
            for organisation in (
                oracle.in_group(wijk, period, "left_out").query("breakdown in @breakdowns")[
                    "organisation_id"
                ]
            )
        }
        if wijk
        else set()
    )
    names = oracle.table("pub_organisation").set_index("organisation_id")["name"]
    said = [
        line
        for each in all_of(page_of(case), Sentences)
        for line in each.lines
        if "ook niet in een totaal" in line or "not even in a total" in line
    ]
    assert {name for name in names if any(line.startswith(name) for line in said)} == {
        names[each] for each in lost
    }


@each_place
def test_organisations_are_those_of_the_place_with_their_own_words_and_source(case):
    oracle, (gemeente, wijk, quarter, language) = oracle_of(case), case
    settled = oracle.settled(wijk)
    cards = [each for every in all_of(page_of(case), Cards) for each in every.cards]
    assert [name for name, _ in cards] == list(settled["name"])
    for (_, lines), row in zip(cards, settled.to_dict("records"), strict=True):
        said = " ".join(lines)
        statements = oracle.statements(row["organisation_id"])
        own = [line for line in lines if line.startswith("„") or line.startswith("“")]
        assert len(own) == len(statements)
        for statement in statements.to_dict("records"):
            [line] = [each for each in own if statement[f"text_{language}"] in each]
            assert statement["source"] in line
            after = line.split(statement["source"])[1]
            assert {"nl": "geen cijfer uit het register", "en": "not a figure of the register"}[
                language
            ] in after
            if isinstance(statement["stated_on"], str) and language == "nl":
                assert day_in_words(statement["stated_on"]) in line
        volunteers = oracle.told("volunteers", gemeente, quarter, "", row["organisation_id"])
        if volunteers.value is not None:
            register = lines[-1]
            assert written(volunteers.value, language) in register
            assert label(quarter, language) in register
        invented = {"nl": "Verzonnen voor dit voorbeeld.", "en": "Invented for this example."}
        assert (invented[language] in lines) == bool(row["invented"])
        if row["founded_year"] == row["founded_year"] and row["founded_year"]:
            assert str(int(row["founded_year"])) in said


@each_place
def test_every_table_says_where_its_figures_come_from(case):
    page, language = page_of(case), case[3]
    for table in all_of(page, Table):
        wanted = SPENDING if table.name == "money" else REGISTER
        assert list(table.sources) == [wanted[language]]
    [method] = all_of(page, Method)
    assert method.indicator.id == "volunteers"


def test_another_wijk_is_another_page():
    one_wijk, other = (
        page_of(("GM0080", wijk, "2025-Q4", language))
        for wijk, language in (("WK008060", "en"), ("WK008074", "nl"))
    )
    assert one_wijk.title != other.title
    assert all_of(one_wijk, KeyFigures) != all_of(other, KeyFigures)
