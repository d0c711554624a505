"""One verdict for every figure: what pages, charts and files say of a place agrees with `judge`.

All that names a verdict: Kaart, Vergelijken with its sheet, Overzicht and Besteding, each with its
sentences, titles, tables, charts, hover texts, CSV, XLSX and A4. For every indicator that has a law
of chance, each gemeente and level, in the newest closed year or quarter (whichever is usual for the
indicator); of a year earlier and of an older quarter or year for one gemeente each, as all of both
would take minutes and each is made by the same code. The other pages compare no places: that they
say nothing that sounds like it is in test_no_other_judgement.py.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from itertools import combinations

import pypdf
import pytest

from dashboard.compare import side_by_side
from dashboard.compare.compared import compared
from dashboard.compare.sheet import lines_for
from dashboard.compare.view import view as compare
from dashboard.comparison.judgement import JUDGED, Verdict
from dashboard.comparison.law import Law, law_of
from dashboard.comparison.members import UnitKind, without_base
from dashboard.door import Door
from dashboard.elements.view import (
    Chart,
    Element,
    Files,
    Finding,
    Html,
    Map,
    Paper,
    Printing,
    Sentences,
    Table,
    View,
)
from dashboard.map.view import view as on_map
from dashboard.overview.view import view as overview
from dashboard.spending.view import view as spending
from indicators.catalogue import INDICATORS, OUTCOMES, indicator
from tests.content.views import all_of
from tests.contract.verdicts import (
    CALLED,
    PERHAPS,
    Verdicts,
    agree,
    door,
    in_chart,
    in_files,
    in_table,
    judged,
    listed,
    named,
    on_hover,
    said,
    title,
)
from tests.pdf_tags import alternatives

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
LACKING = (Verdict.NO_FIGURE, Verdict.NO_ORGANISATION, Verdict.TOO_FEW, Verdict.PARTIAL)
# The newest of all gemeenten, older ones of one gemeente each: (gemeente, quarter, year).
TIMES = [
    *((gemeente, "2025-Q4", "2025") for gemeente in GEMEENTEN),
    ("GM0080", "2024-Q4", "2024"),
    ("GM0014", "2023-Q2", "2022"),
]
TESTED = [each for each in INDICATORS if law_of(each) is not Law.NONE]
CASES = [
    (gemeente, each.id, year if each.frequency[0] == "year" else quarter)
    for gemeente, quarter, year in TIMES
    for each in TESTED
]
OLDER_MONEY = [("GM0080", "2024"), ("GM0014", "2022")]
# Between names in a sentence, and within some of them.
SEPARATORS = ", | en "
EXTREMES = re.compile("Hoogste|Laagste")


pytestmark = pytest.mark.usefixtures("shipped")


def _door(page: str, gemeente: str, indicator_id: str, period: str, **more: str) -> Door:
    here = door(page, gemeente=gemeente, indicator=indicator_id, periode=period, **more)
    assert here.selection.period == period
    return here


def _main_table(page: View) -> Table:
    [table] = [each for each in all_of(page, Table) if each.name == ""]
    return table


def _on_map(page: View, found: Verdicts) -> None:
    """Check the map of wijken of a page, its table and their files."""
    agree(in_table(_main_table(page), "Oordeel"), found, all_of_them=True)
    hovered = on_hover(page)
    agree(hovered, found, all_of_them=False)
    lacking = {Verdict.NO_FIGURE, Verdict.NO_ORGANISATION}
    assert {name for name, each in found.items() if each not in lacking} <= set(hovered)
    [drawn] = all_of(page, Map)
    # What nobody sees in the colours but a reader of the text would hear: who is first.
    assert not EXTREMES.search(drawn.alternative)
    if about := title(found, UnitKind.WIJKEN):
        assert f". {about}. " in drawn.alternative


@pytest.mark.parametrize(("gemeente", "indicator_id", "period"), CASES)
def test_map_table_file_and_hover_say_what_judge_says(gemeente, indicator_id, period):
    here = _door("map", gemeente, indicator_id, period)
    found = judged(here, UnitKind.WIJKEN, indicator_id, period)
    page = on_map(here.selection, here)
    _on_map(page, found)
    assert page.lead == title(found, UnitKind.WIJKEN)


# Gemeenten are compared with each other, so one of them tells all.
COMPARED = [
    (*case, kind)
    for case in CASES
    for kind in UnitKind
    if kind is not UnitKind.GEMEENTEN or case[0] == GEMEENTEN[0]
]


@pytest.mark.parametrize(("gemeente", "indicator_id", "period", "kind"), COMPARED)
def test_comparison_says_what_judge_says(gemeente, indicator_id, period, kind):
    here = _door("compare", gemeente, indicator_id, period, soort=kind.value)
    found = judged(here, kind, indicator_id, period)
    page = compare(here.selection, here)
    table = _main_table(page)
    headers = [each.header for each in table.columns]
    if not without_base(indicator(indicator_id), kind):
        verdict = "Oordeel" if "Oordeel" in headers else "Vergeleken met"
        agree(in_table(table, verdict), found, all_of_them=verdict == "Oordeel")
    charts = all_of(page, Chart)
    for chart in charts:
        drawn = in_chart(chart)
        assert set(drawn) == set(named(found, *JUDGED))
        agree(drawn, found, all_of_them=False)
    if not charts:
        return
    first, *_ = all_of(page, Finding)
    assert first.text == title(found, kind)
    told, *_ = all_of(page, Sentences)
    _conclusions(told.lines, found)
    for chart in charts:
        assert " ".join(told.lines) in chart.alternative


def _conclusions(lines: Sequence[str], found: Verdicts) -> None:
    """Check the sentences about all places: each in the sentence of its verdict, in no other."""
    for verdict, forms in {**CALLED, **PERHAPS}.items():
        names = named(found, verdict)
        mine = [line for line in lines if re.search(f" ({'|'.join(forms)})[ ,]", line)]
        assert len(mine) == bool(names)
        for line in mine:
            assert line.startswith(f"{listed(names)} {forms[len(names) > 1]}")
    inside = [line for line in lines if "is geen verschil aan te tonen" in line]
    alike = named(found, Verdict.INSIDE)
    assert len(inside) == (len(alike) > 1)
    assert all(f" {len(alike)} " in line for line in inside)
    left = " ".join(line for line in lines if re.search("niet vergeleken|doe(t|n) niet mee", line))
    lacking = named(found, *LACKING)
    assert all(name in left for name in lacking)
    assert bool(left) == bool(lacking)


# The sheet: all units, four by four, on every line.
SHEETS = [
    (gemeente, quarter, year, kind)
    for gemeente, quarter, year in TIMES
    for kind in UnitKind
    if kind is not UnitKind.GEMEENTEN or gemeente == GEMEENTEN[0]
]
SHAPES = {
    Verdict.HIGHER: ("high", True),
    Verdict.PERHAPS_HIGHER: ("high", False),
    Verdict.INSIDE: ("inside", True),
    Verdict.PERHAPS_LOWER: ("low", False),
    Verdict.LOWER: ("low", True),
}


def _by_four(ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return all units in groups as large as a sheet can be; a last one alone gets company."""
    groups = [tuple(ids[place : place + 4]) for place in range(0, len(ids), 4)]
    return [each if len(each) > 1 else (ids[0], *each) for each in groups]


@pytest.mark.parametrize(("gemeente", "quarter", "year", "kind"), SHEETS)
def test_sheet_its_files_and_its_a4_say_what_judge_says(gemeente, quarter, year, kind):
    here = _door("compare", gemeente, "volunteers_per_1000", quarter, soort=kind.value)
    page = compared(here.selection, here, kind)
    found = {}
    for each in map(here.indicator, lines_for(kind)):
        period = year if each.frequency[0] == "year" else quarter
        found[each.name.nl] = judged(here, kind, each.id, period)
    groups = _by_four(list(page.names))
    for chosen in groups:
        names = [page.names[each] for each in chosen]
        elements = side_by_side.sheet(page, here, chosen)
        lines = _sheet(elements, found, names)
        # To set a page takes a second, and how it is set is the same for all.
        really = chosen is groups[0] and (quarter, year) == TIMES[0][1:]
        _on_paper(elements, {each: found[each] for each in lines}, names, really)


def _sheet(
    elements: Sequence[Element], found: dict[str, dict[str, Verdict]], names: Sequence[str]
) -> list[str]:
    """Check the table on the page and the rows of the files; return its lines."""
    [html] = [each.html for each in elements if isinstance(each, Html)]
    drawn = re.findall(r"<tr><th scope=.row.>(.*?)<br>.*?</th>(.*?)</tr>", html)
    lines = [unescape(about) for about, _ in drawn]
    assert lines
    for about, (_, cells) in zip(lines, drawn, strict=True):
        for name, cell in zip(names, re.findall(r"<td>(.*?)</td>", cells), strict=False):
            told = [said(unescape(re.sub("<[^>]*>", "", each))) for each in cell.split("<br>")]
            assert _only(told) == found[about][name], (about, name)
    [table] = [each.table for each in elements if isinstance(each, Files)]
    heads = [each.header for each in table.columns]
    about, name, verdict = (heads.index(each) for each in ("Indicator", "Naam", "Oordeel"))
    expected = {(line, each): found[line][each] for line in lines for each in names}
    for rows in in_files(table):
        written = {(row[about], row[name]): said(str(row[verdict] or "")) for row in rows}
        assert written == expected
    return lines


def _only(told: Sequence[Verdict]) -> Verdict:
    """Return the one verdict among the texts of a cell: a figure and an interval are none."""
    found = [each for each in told if each is not Verdict.NO_FIGURE] or [Verdict.NO_FIGURE]
    assert len(found) == 1
    return found[0]


def _on_paper(
    elements: Sequence[Element],
    found: dict[str, dict[str, Verdict]],
    names: Sequence[str],
    really: bool,
) -> None:
    """Check what is handed over to be set on paper, and `really` what is set."""
    [paper] = [each for each in elements if isinstance(each, Paper)]
    contents = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(side_by_side, "pdf", lambda content: contents.append(content) or b"")
        paper.make(Printing((), "http://localhost"))
    [content] = contents
    assert [line["name"] for line in content["lines"]] == list(found)
    drawn, words = [], Counter()
    for line in content["lines"]:
        for name, cell, mark in zip(names, line["cells"], line["marks"], strict=True):
            verdict = found[line["name"]][name]
            assert said(cell["verdict"]) == verdict
            shape = SHAPES.get(verdict, ("", True))
            assert (cell["position"], cell["certain"]) == shape
            words[cell["verdict"]] += 1
            if mark:
                drawn.append((name, verdict))
    if not really:
        return
    read = pypdf.PdfReader(io.BytesIO(paper.make(Printing((), "http://localhost"))))
    text = " ".join(" ".join(each.extract_text() for each in read.pages).split())
    notes = " ".join(content["notes"])
    for each, count in words.items():
        assert not each or text.count(each) - notes.count(each) == count, each
    spoken = [each.split(": ")[0] for each in alternatives(read)]
    assert sorted(spoken) == sorted(name for name, _ in drawn)
    ends = [said(each.removesuffix(".").split("; ")[-1]) for each in alternatives(read)]
    assert sorted(zip(spoken, ends, strict=True)) == sorted(drawn)


# Between chosen units: (higher, lower) may only be what their verdicts allow.
RANK = {
    Verdict.HIGHER: 1,
    Verdict.PERHAPS_HIGHER: 1,
    Verdict.INSIDE: 0,
    Verdict.PERHAPS_LOWER: -1,
    Verdict.LOWER: -1,
}


@pytest.mark.parametrize(("gemeente", "indicator_id", "period", "kind"), COMPARED)
def test_no_pair_is_told_apart_against_its_verdicts(gemeente, indicator_id, period, kind):
    here = _door("compare", gemeente, indicator_id, period, soort=kind.value)
    found = judged(here, kind, indicator_id, period)
    page = compared(here.selection, here, kind)
    ids = [each for each, name in page.names.items() if found[name] in JUDGED]
    if page.comparison is None:
        return
    # Two by two, so that each sentence is about one pair.
    for pair in combinations(ids, 2):
        names = [page.names[each] for each in pair]
        [told] = [each for each in side_by_side.between(page, pair) if isinstance(each, Sentences)]
        [line] = told.lines
        if line.startswith("Geen verschil"):
            continue
        [(high, low)] = [
            each
            for each in (names, names[::-1])
            if line == "{} scoort hoger dan {}, meer dan toeval verklaart.".format(*each)
        ]
        assert RANK[found[high]] >= RANK[found[low]]
        assert {found[high], found[low]} != {Verdict.INSIDE}


# Overzicht is about a quarter, and about the year that was over by then.
OVERVIEWS = [
    (gemeente, *times)
    for gemeente in GEMEENTEN
    for times in (("2025-Q4", "2025"), ("2024-Q4", "2024"), ("2023-Q2", "2022"))
]


@pytest.mark.parametrize(("gemeente", "quarter", "year"), OVERVIEWS)
def test_overview_calls_what_judge_calls_and_nothing_else(gemeente, quarter, year):
    here = door("overview", gemeente=gemeente, periode=quarter)
    page = overview(here.selection, here)
    _on_map(page, judged(here, UnitKind.WIJKEN, "volunteers_per_1000", quarter))
    expected = []
    for each, period in (("volunteers_per_1000", quarter), ("outflow_per_100_volunteers", year)):
        found = judged(here, UnitKind.WIJKEN, each, period)
        about = here.indicator(each).name.nl
        for verdict, word in ((Verdict.HIGHER, "hoger"), (Verdict.LOWER, "lager")):
            for name in named(found, verdict):
                start = f"{name} – {about[0].lower()}{about[1:]}: "
                expected.append((start, f" Dat is {word} dan toeval verklaart."))
    [told] = [each.lines for each in all_of(page, Sentences)]
    if not expected:
        [line] = told
        assert line.startswith("Niets: ")
        return
    assert len(told) == len(expected)
    for start, end in expected:
        assert [line for line in told if line.startswith(start) and line.endswith(end)]


SPENT = [
    (gemeente, year, part, outcome.id, wijk)
    for gemeente, year in (*((each, "2025") for each in GEMEENTEN), *OLDER_MONEY)
    for part in ("wijken", "organisaties")
    for outcome in OUTCOMES
    for wijk in (False, True)
]


@pytest.mark.parametrize(("gemeente", "year", "part", "outcome_id", "of_wijk"), SPENT)
def test_spending_says_what_judge_says(gemeente, year, part, outcome_id, of_wijk):
    asked = {"gemeente": gemeente, "periode": year, "deel": part, "uitkomst": outcome_id}
    if of_wijk:
        asked["wijk"] = _with_organisation(gemeente, year)
    here = door("spending", **asked)
    kind = UnitKind.WIJKEN if part == "wijken" else UnitKind.ORGANISATIONS
    found = judged(here, kind, f"cost_per_{outcome_id}", year)
    page = spending(here.selection, here)
    [table] = [each for each in all_of(page, Table) if each.name == "costs"]
    shown = in_table(table, "Oordeel")
    agree(shown, found, all_of_them=False)
    restricted = of_wijk and kind is UnitKind.ORGANISATIONS
    known = {name for name, each in found.items() if each is not Verdict.NO_FIGURE}
    assert known <= set(shown) or restricted
    place = next(n for n, each in enumerate(page.elements) if each is table)
    [told] = [each.lines for each in page.elements[:place] if isinstance(each, Sentences)]
    titles = [each.text for each in page.elements[:place] if isinstance(each, Finding)]
    _costs(told if restricted else [f"{titles[-1]}.", *told], {} if restricted else found)
    for chart in page.elements[place - 1 : place]:
        assert not isinstance(chart, Chart) or all(each in chart.alternative for each in told)


def _with_organisation(gemeente: str, year: str) -> str:
    """Return a wijk that an organisation is tied to."""
    names = door("spending", gemeente=gemeente, periode=year).organisation_names()
    return min(code for codes in names["wijk_codes"] for code in codes.split(",") if code)


def _costs(lines: Sequence[str], found: Verdicts) -> None:
    """Check the sentences about what an outcome cost: each place in that of its verdict only."""
    for start, verdicts in (
        ("Meer per uitkomst dan", (Verdict.HIGHER,)),
        ("Minder per uitkomst dan", (Verdict.LOWER,)),
        ("Boven of onder de grens", (Verdict.PERHAPS_HIGHER, Verdict.PERHAPS_LOWER)),
    ):
        names = named(found, *verdicts)
        mine = [line for line in lines if line.startswith(start)]
        assert len(mine) == bool(names)
        for line in mine:
            rest = line.removesuffix(".").split(": ", 1)[1]
            assert sorted(re.split(SEPARATORS, rest)) == sorted(
                part for name in names for part in re.split(SEPARATORS, name)
            )
    none = [line for line in lines if " verschilt aantoonbaar van " in line]
    called = named(found, *CALLED)
    compared_at_all = bool(named(found, *JUDGED))
    assert len(none) == (compared_at_all and not called)
    rest = [line for line in lines if line.startswith("Voor de andere ")]
    alike = named(found, Verdict.INSIDE)
    assert len(rest) == bool(called and alike)
    assert all(f"({len(alike)})" in line for line in rest)
