"""The page Doorstroom says what the release says of a cohort year, worked out another way."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from scipy.stats import beta

from dashboard.elements.choices import Choice
from dashboard.elements.view import Chart, Finding, Link, Note, Part, Sentences, Table, View
from dashboard.progress.view import view
from tests.content.oracle_wijk import (
    CLASSES,
    KINDS,
    LEVELS,
    MOVES,
    REGISTER,
    STAGES,
    WORK,
    Cell,
    PlaceOracle,
    colours_in,
    drawn_rows,
    label,
    last_day,
    numbers_in,
    shown_rows,
    written,
)
from tests.content.views import all_of, made, release_file, shipped_sample

# A gemeente, large and small wijken, organisations; cohorts that are too young and old enough.
CASES = (
    ("GM0080", "", "", "2025", "nl"),
    ("GM0080", "", "", "2023", "en"),
    ("GM0080", "", "", "2022", "nl"),
    ("GM0080", "WK008060", "", "2024", "nl"),
    ("GM0080", "WK008072", "", "2023", "en"),
    ("GM0080", "WK008074", "", "2024", "nl"),
    ("GM0080", "WK008081", "", "2022", "nl"),
    ("GM0080", "", "wijkbedrijf-bilgaard", "2023", "nl"),
    ("GM0080", "WK008060", "wijkinitiatieven-leeuwarden", "2024", "en"),
    ("GM0014", "", "", "2024", "en"),
    ("GM0014", "WK001413", "", "2023", "nl"),
    ("GM0085", "", "", "2024", "nl"),
    ("GM0085", "WK008510", "", "2024", "nl"),
)
NAMES = {
    "nl": (
        "Vrijwilligers in het jaar",
        "Stappen omhoog op de ladder",
        "Naar betaald werk",
        *(f"Nog aan het werk na {months} maanden" for months in (6, 12, 18)),
    ),
    "en": (
        "Volunteers during the year",
        "Steps up the ladder",
        "To paid work",
        *(f"Still in work after {months} months" for months in (6, 12, 18)),
    ),
}
TOO_YOUNG = {"nl": "nog niet te zeggen", "en": "too early to say"}
UNLIKE = {"nl": "kleine groepen ontbreken", "en": "small groups are missing"}
TOO_SMALL = {"nl": "groep te klein", "en": "group too small"}
TOO_FEW = {"nl": "te weinig mensen", "en": "too few people"}
Case = tuple[str, str, str, str, str]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(filter(None, case)))


_sample = pytest.fixture(autouse=True, scope="module")(shipped_sample)


@cache
def page_of(case: Case) -> View:
    """Return the page of a cohort."""
    gemeente, wijk, organisation, year, language = case
    asked = {"gemeente": gemeente, "wijk": wijk, "organisatie": organisation}
    return made(view, "progress", **asked, periode=year, taal=language)


@cache
def _oracle(path: Path) -> PlaceOracle:
    return PlaceOracle(path)


def oracle_of(case: Case) -> PlaceOracle:
    """Return the release that the page is about."""
    return _oracle(release_file(case[0]))


def whose(case: Case) -> tuple[str, str]:
    """Return area code and organisation: of an organisation there are figures of all places."""
    gemeente, wijk, organisation, _, _ = case
    return (gemeente if organisation else wijk or gemeente), organisation


def name_of(case: Case) -> str:
    """Return the name that the page is about."""
    area, organisation = whose(case)
    if organisation:
        names = oracle_of(case).table("pub_organisation").set_index("organisation_id")["name"]
        return str(names[organisation])
    return str(oracle_of(case).areas.loc[area, "name"])


def told(case: Case, measure: str, period: str, category: str = "") -> Cell:
    """Return a cell of the place or organisation."""
    area, organisation = whose(case)
    return oracle_of(case).told(measure, area, period, category, organisation)


def stages_of(case: Case) -> dict[str, Cell]:
    """Return the cell of each stage of the cohort."""
    return {
        stage: told(case, measure, case[3], category)
        for stage, (measure, category, _) in STAGES.items()
    }


def kinds_of(case: Case) -> dict[str, Cell]:
    """Return the outflow of the cohort by kind of work."""
    return {each: told(case, "outflow", case[3], each) for each in KINDS}


def table_named(page: View, name: str) -> Table:
    """Return a table by its name."""
    [found] = [each for each in all_of(page, Table) if each.name == name]
    return found


def few_or(value: float, language: str, error: float) -> str:
    """Return a number, or the most that a published 0 may hide."""
    most = max(error, 4)
    return written(value or most, language)


@each_case
def test_table_has_every_stage_with_its_number(case):
    language, stages, kinds = case[4], stages_of(case), kinds_of(case)
    rows = shown_rows(table_named(page_of(case), "chain").html)
    cells = list(stages.items())
    order = [*cells[:3], *kinds.items(), *cells[3:]]
    names = [*NAMES[language][:3], *(f"– {each}" for each in WORK[language]), *NAMES[language][3:]]
    assert [row[0] for row in rows] == names
    for row, (_, cell) in zip(rows, order, strict=True):
        if cell.value is not None:
            margin = f" ±\N{NO-BREAK SPACE}{written(cell.error, language)}" if cell.error else ""
            assert row[1] == written(cell.value, language) + margin
        else:
            assert not re.search(r"\d", row[1])
        if cell.without and cell.value is not None:
            assert f" {cell.without} " in row[3]
        if cell.reason == "not_yet":
            assert row[1] == TOO_YOUNG[language]
    raw = table_named(page_of(case), "chain").file([], language).rows
    assert [row[1] for row in raw] == [cell.value for _, cell in order]


def _exact(count: float, base: float) -> tuple[float, float]:
    """Return the exact 95 % interval of a share, in percent (Clopper and Pearson)."""
    low = beta.ppf(0.025, count, base - count + 1) if count > 0 else 0.0
    high = beta.ppf(0.975, count + 1, base - count) if count < base else 1.0
    return 100 * low, 100 * high


@each_case
def test_shares_are_intervals_of_the_same_people(case):
    language, stages, kinds = case[4], stages_of(case), kinds_of(case)
    rows = shown_rows(table_named(page_of(case), "chain").html)
    shares = dict(zip(STAGES, [row[2] for row in (*rows[:3], *rows[6:])], strict=True))
    assert [row[2] for row in rows[3:6]] == ["", "", ""]
    for stage, (_, _, whole_of) in STAGES.items():
        cell, said = stages[stage], shares[stage]
        if not whole_of or cell.value is None:
            assert said == ""
            continue
        base, base_error = _base(cell, stages[whole_of], list(kinds.values()), whole_of)
        if base is None:
            assert UNLIKE[language] in said
        elif base < 10 or cell.value > base:
            assert said == TOO_SMALL[language]
        else:
            low, high = (int(each) for each in re.findall(r"(\d+)%", said))
            point = 100 * cell.value / base
            assert low - 1 <= point <= high + 1
            exact = _exact(cell.value, base)
            # Chance alone, and chance with all rounding at its furthest.
            count_far, base_far = max(cell.error, 4), max(base_error, 4)
            least, most = base - base_far, base + base_far
            lowest = _exact(max(cell.value - count_far, 0), most)[0]
            top = cell.value + count_far
            highest = _exact(top, least)[1] if top < least else 100
            assert lowest - 2 <= low <= exact[0] + 3
            assert exact[1] - 3 <= high <= highest + 2


def _base(cell: Cell, whole: Cell, kinds: list[Cell], whole_of: str) -> tuple[int | None, int]:
    """Return what a stage is a part of, with its error: counted of the same people."""
    if whole.value is not None and (whole.without, whole.missing) == (cell.without, cell.missing):
        return whole.value, whole.error
    alike = all(
        each.value is not None and (each.without, each.missing) == (cell.without, cell.missing)
        for each in kinds
    )
    if whole_of == "outflow" and alike:
        return sum(each.value for each in kinds), max(each.error for each in kinds)
    return None, 0


@each_case
def test_finding_is_the_cohort_and_the_last_moment_that_is_known(case):
    _, _, _, year, language = case
    stages, kinds = stages_of(case), list(kinds_of(case).values())
    finding = all_of(page_of(case), Finding)[0]
    said, name = finding.text, name_of(case)
    assert said.startswith(name)
    assert year in page_of(case).lead
    outflow, volunteers = stages["outflow"], stages["volunteers"]
    assert year in said
    if outflow.value is None:
        return
    first, last = said.split("; ")
    for cell in (outflow, volunteers):
        if cell.value is not None:
            assert re.search(rf"(?<![\d.,]){few_or(cell.value, language, cell.error)}\b", first)
    known = [months for months in (18, 12, 6) if stages[f"still_{months}"].value is not None]
    if not known:
        assert re.search(r"\b6\b", last)
        if stages["still_6"].reason == "not_yet":
            assert TOO_YOUNG[language] in last
    else:
        cell = stages[f"still_{known[0]}"]
        base, _ = _base(cell, outflow, kinds, "outflow")
        expected = [known[0], cell.value or max(cell.error, 4)]
        expected += [base] if cell.without and base is not None else []
        assert sorted(numbers_in(last)) == sorted(expected)
    young = [
        name
        for name, cell in zip(NAMES[language], stages.values(), strict=True)
        if cell.reason == "not_yet"
    ]
    for each in NAMES[language]:
        assert (f"'{each}'" in finding.below) == (each in young)


@each_case
def test_flow_is_as_wide_as_the_numbers_and_says_why_there_is_none(case):
    language, stages, kinds = case[4], stages_of(case), kinds_of(case)
    chart = all_of(page_of(case), Chart)[0]
    bars = drawn_rows(chart.spec, "name", "from", "to", "shown")
    wide = {each["name"]: each["to"] - each["from"] for each in bars}
    split = any(cell.value is not None for cell in kinds.values())
    for stage, name, cell in zip(STAGES, NAMES[language], stages.values(), strict=True):
        if stage == "outflow" and split and cell.value is not None:
            parts = [each.value or 0 for each in kinds.values() if each.value is not None]
            drawn = sum(wide[each] for each in wide if each not in NAMES[language])
            assert drawn == max(cell.value, sum(parts))
        elif cell.value is None:
            assert name not in wide
        else:
            assert wide[name] == cell.value
    for word, cell in zip(WORK[language], kinds.values(), strict=True):
        if cell.value is not None and stages["outflow"].value is not None:
            assert wide[word] == cell.value
    words = [each["words"].replace("\n", " ") for each in drawn_rows(chart.spec, "words")]
    unknown = [cell for cell in stages.values() if cell.value is None]
    assert len(words) == len(stages)
    for cell in unknown:
        if cell.reason == "not_yet":
            assert TOO_YOUNG[language] in words
        if cell.reason == "small_place":
            assert any(TOO_FEW[language] in each for each in words)
    legend = colours_in(chart.spec, "kind")
    if split:
        words = zip(WORK[language], kinds.values(), strict=True)
        expected = [f"{word}: {written(cell.value, language)}" for word, cell in words]
        assert list(legend)[:3] == expected
        assert list(legend.values())[:3] == ["#1f5f99", "#c25a00", "#0b7a5e"]
    for name, cell in zip((*NAMES[language],), stages.values(), strict=True):
        told_as = TOO_YOUNG[language] if cell.reason == "not_yet" else None
        told_as = told_as if cell.value is None else written(cell.value, language)
        assert told_as is None or f"{name}: {told_as}" in chart.alternative


@each_case
def test_what_is_left_out_is_said_with_the_number_of_people(case):
    gemeente, wijk, organisation, year, language = case
    stages, kinds = stages_of(case), list(kinds_of(case).values())
    lines = next(iter(all_of(page_of(case), Sentences))).lines
    without = {
        cell.without
        for cell in (*stages.values(), *kinds)
        if cell.value is not None and cell.without
    }
    people = re.compile(r"\(\D*(\d[\d.,]*) (?:vrijwilligers|volunteers)")
    counts = {
        line: numbers_in(found.group(1))[0] for line in lines if (found := people.search(line))
    }
    said = list(counts)
    assert sorted(counts.values()) == sorted(without)
    for line, count in counts.items():
        for name, cell in zip(NAMES[language], stages.values(), strict=True):
            mine = cell.value is not None and cell.without == count
            assert (f"‘{name}’" in line) == mine
    small = [name for name, cell in zip(NAMES[language], stages.values(), strict=True)
             if cell.reason == "small_place"]  # fmt: skip
    others = " ".join(line for line in lines if line not in said)
    for name in NAMES[language]:
        assert (f"‘{name}’" in others) == (name in small)
    links = all_of(page_of(case), Link)
    all_cells = (*stages.values(), *kinds)
    wanted = bool(wijk) and not organisation and any(c.reason == "small_place" for c in all_cells)
    assert [each.page for each in links] == (["wijk"] if wanted else [])
    for each in links:
        assert each.changed == {"periode": f"{year}-Q4"}
    assert gemeente in oracle_of(case).areas.index


@each_case
def test_ladder_is_told_of_the_last_day_of_the_cohort_year(case):
    oracle, (_, _, _, year, language) = oracle_of(case), case
    area, organisation = whose(case)
    page, name = page_of(case), name_of(case)
    quarters = [each for each in oracle.quarters if each[:4] <= year][-8:]
    rows = table_named(page, "ladder_level").file([], language).rows
    assert [row[0] for row in rows] == [label(each, language) for each in quarters]
    finding = all_of(page, Finding)[1]
    known = [each for each in quarters if oracle.levels_at(area, each, organisation)]
    if not known:
        assert not re.search(r"\d", finding.text.replace(name, ""))
        return
    classes = oracle.levels_at(area, known[-1], organisation)
    for row, quarter in zip(rows, quarters, strict=True):
        values = [told(case, "ladder_level", quarter, each).value for each in classes]
        shown = [None if pd.isna(each) else each for each in row[1 : 1 + len(classes)]]
        assert shown == values
    cells = {each: told(case, "ladder_level", known[-1], each) for each in classes}
    parts = ("4", "5", "6") if classes == LEVELS else ("1-2",)
    counted = sum(cells[each].value for each in parts)
    error = max(each.error for each in cells.values())
    day, _, at = last_day(known[-1], language).split()
    without = cells[classes[0]].without
    expected = [*([without] if without else []), int(day), int(at)]
    expected += [counted or len(parts) * max(error, 4), sum(each.value for each in cells.values())]
    expected += [4] if classes == LEVELS else [1, 2]
    assert numbers_in(finding.text, name) == expected
    assert last_day(known[-1], language) in finding.text
    assert (f" {error} " in finding.below) == bool(error)
    chart = all_of(page, Chart)[1]
    drawn = drawn_rows(chart.spec, "label", "name", "value", "place")
    values = [told(case, "ladder_level", q, each).value for q in quarters for each in classes]
    assert [each["value"] for each in drawn] == values
    legend = list(colours_in(chart.spec, "name"))
    assert [each.split(" ")[0] for each in legend] == list(classes)
    assert classes in (LEVELS, CLASSES)
    for each, cell in zip(legend, cells.values(), strict=True):
        assert f"{each}: {written(cell.value, language)}" in chart.alternative


@each_case
def test_moves_are_those_of_the_cohort_year(case):
    oracle, (_, _, _, year, language) = oracle_of(case), case
    page, name = page_of(case), name_of(case)
    rows = table_named(page, "ladder_moves").file([], language).rows
    assert [row[0] for row in rows] == oracle.years
    counts = {
        at: {move: told(case, "ladder_moves", at, move) for move in MOVES} for at in oracle.years
    }
    for row, at in zip(rows, oracle.years, strict=True):
        values = [counts[at][move].value for move in MOVES]
        assert [None if pd.isna(each) else each for each in row[1:4]] == values
        assert (None if pd.isna(row[4]) else row[4]) == (None if None in values else sum(values))
    known = [at for at in oracle.years if at <= year and counts[at]["up"].value is not None]
    finding = all_of(page, Finding)[2]
    if not known:
        assert not re.search(r"\d", finding.text.replace(name, ""))
        return
    cells = counts[known[-1]]
    error = max(each.error for each in cells.values())
    expected = [int(known[-1])]
    expected += [cells[move].value or max(error, 4) for move in ("up", "down", "same")]
    without = cells["up"].without
    assert numbers_in(finding.text, name) == [*([without] if without else []), *expected]
    chart = all_of(page, Chart)[-1]
    bars = drawn_rows(chart.spec, "year", "down", "moves", "name")
    drawn = {(each["year"].split("\n")[0], each["down"]): each["moves"] for each in bars}
    for at in oracle.years:
        for move, down, sign in (("up", False, 1), ("down", True, -1)):
            value = counts[at][move].value
            assert drawn.get((at, down)) == (None if value is None else sign * value)
    assert list(colours_in(chart.spec, "name").values()) == ["#0b5a75", "#c25a00"]
    said = chart.alternative
    for word, move in zip(MOVE_NAMES[language], MOVES, strict=True):
        assert f"{word}: {written(cells[move].value, language)}" in said


MOVE_NAMES = {
    "nl": ("trede hoger", "gelijk gebleven", "trede lager"),
    "en": ("step up", "unchanged", "step down"),
}


@each_case
def test_the_choice_is_between_the_organisations_of_the_gemeente(case):
    oracle, (_, wijk, organisation, _, language) = oracle_of(case), case
    [choice] = all_of(page_of(case), Choice)
    settled = oracle.settled("")
    assert list(choice.options)[1:] == list(settled["organisation_id"])
    assert list(choice.options.values())[1:] == list(settled["name"])
    assert choice.value == organisation
    assert choice.refused == ""
    everywhere = [each.line for each in all_of(page_of(case), Note) if name_of(case) in each.line]
    assert bool(everywhere) == bool(wijk and organisation)
    assert language in ("nl", "en")


def test_an_unknown_organisation_gets_a_sentence_and_all():
    page = made(view, "progress", gemeente="GM0080", organisatie="nergens", periode="2024")
    [choice] = all_of(page, Choice)
    assert "nergens" in choice.refused
    assert choice.value == ""
    assert "Leeuwarden" in all_of(page, Finding)[0].text


@each_case
def test_parts_and_sources(case):
    page, language = page_of(case), case[4]
    ladder, moves = (each.title for each in all_of(page, Part))
    assert "Participatieladder" in ladder
    assert {"nl": "omhoog", "en": "up"}[language] in moves
    assert [each.name for each in all_of(page, Table)] == ["chain", "ladder_level", "ladder_moves"]
    assert all(list(each.sources) == [REGISTER[language]] for each in all_of(page, Table))
