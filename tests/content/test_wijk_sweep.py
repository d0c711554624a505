"""The pages Wijk and Doorstroom are good everywhere: no place, period or language breaks one.

Every place is opened once, in periods and languages that take turns; with SWEEP=all in the
environment in all periods and in both languages (a quarter of an hour).
"""

import os
import re
from collections.abc import Iterator
from functools import cache

import pytest

from dashboard.elements.choices import Choice
from dashboard.elements.view import (
    Cards,
    Chart,
    Element,
    Finding,
    KeyFigures,
    Link,
    Note,
    Part,
    Sentences,
    Table,
    View,
)
from dashboard.progress.view import view as progress_view
from dashboard.wijk.view import view as wijk_view
from tests.content.oracle_wijk import PlaceOracle, nothing_shines_through
from tests.content.views import all_of, made, release_file
from tests.first_year import PLACES

GEMEENTEN = ("GM0014", "GM0080", "GM0085")
LANGUAGES = ("nl", "en")
MAKE = {"wijk": wijk_view, "progress": progress_view}
# A quotation of nothing, an empty pair of brackets, a comma or point after nothing.
EMPTY = re.compile(r"''|‘’|\(\s*\)|\s[,.;:](?:\s|$)|^\W|\b(?:in|van|of)\s*[,.:;]")


def texts_of(element: Element) -> Iterator[str]:
    """Return all that an element says."""
    if isinstance(element, Part):
        yield from (element.title, element.lead)
    elif isinstance(element, Finding):
        yield from (element.text, element.below)
    elif isinstance(element, Sentences):
        yield from element.lines
    elif isinstance(element, Note):
        yield element.line
    elif isinstance(element, Chart):
        yield element.alternative
    elif isinstance(element, KeyFigures):
        for each in element.figures:
            yield from (each.name, each.value, each.meaning, each.course_text, each.target_text)
    elif isinstance(element, Cards):
        for name, lines in element.cards:
            yield from (name, *lines)
    elif isinstance(element, Table):
        yield element.title
        yield from (re.sub(r"<[^>]+>", "|", element.html),)
        yield from (str(cell) for row in element.file([], "nl").rows for cell in row if cell)
    elif isinstance(element, Choice):
        yield from (element.label, *element.options.values(), element.refused)
    elif isinstance(element, Link):
        yield element.label


def check(page: View) -> None:
    """Fail where a missing value shows, a chart has no text, or a title or table is empty."""
    assert len(page.title) > 5
    said = [text for each in page.inside() for text in texts_of(each)]
    assert nothing_shines_through([page.title, page.lead, *said]) == []
    sentences = [
        text
        for each in page.inside()
        if isinstance(each, Finding | Sentences | Chart)
        for text in texts_of(each)
        if text
    ]
    assert [each for each in sentences if EMPTY.search(each.strip("„“‘"))] == []
    for chart in all_of(page, Chart):
        assert len(chart.alternative) > 20
        assert any(chart.spec["datasets"].values())
    for finding in all_of(page, Finding):
        assert finding.text
    for table in all_of(page, Table):
        assert len(table.rows)
        assert table.sources
    names = [each.name for each in all_of(page, Table)]
    assert len(names) == len(set(names))


def _visits(periods: list[str], place: int) -> list[tuple[str, str]]:
    """Return the periods and languages in which a place is opened."""
    if os.environ.get("SWEEP") == "all":
        return [(period, language) for period in periods for language in LANGUAGES]
    return [(periods[-1 - place % len(periods)], LANGUAGES[place % 2])]


@pytest.mark.parametrize("page_id", list(MAKE))
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_every_place_is_good(shipped, gemeente, page_id):
    oracle = PlaceOracle(release_file(gemeente))
    periods = oracle.quarters if page_id == "wijk" else oracle.years
    titles = set()
    for number, wijk in enumerate(("", *oracle.wijken)):
        for period, language in _visits(periods, number):
            page = made(
                MAKE[page_id], page_id, gemeente=gemeente, wijk=wijk, periode=period, taal=language
            )
            check(page)
            titles.add((page.title, language))
            if page_id == "wijk":
                name = oracle.areas.loc[wijk or gemeente, "name"]
                assert name in page.title
    assert page_id != "wijk" or len(titles) >= len(oracle.wijken)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_every_organisation_is_good(shipped, gemeente, language):
    oracle = PlaceOracle(release_file(gemeente))
    for organisation in oracle.settled("")["organisation_id"]:
        for year in (oracle.years[0], oracle.years[-2]):
            asked = {"gemeente": gemeente, "organisatie": organisation, "periode": year}
            check(made(progress_view, "progress", **asked, taal=language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wijk", ["", *PLACES])
def test_a_first_year_is_good(first_year, wijk, language):
    for period in first_year:
        asked = {"gemeente": "GM0080", "wijk": wijk, "periode": period, "taal": language}
        page = made(wijk_view, "wijk", **asked)
        check(page)
        waiting = [each.line for each in all_of(page, Note) if "2022" in each.line]
        assert len(waiting) == 2, "outflow and money wait for the first year"
        assert len(all_of(page, KeyFigures)) == 1
        assert [each.name for each in all_of(page, Table)][:2] == ["volunteers", "ladder_level"]
    page = made(progress_view, "progress", gemeente="GM0080", wijk=wijk, taal=language)
    assert "2022" in page.lead
    assert [each.page for each in all_of(page, Link)] == ["overview"]
    assert all_of(page, Chart) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wijk", ["", *PLACES])
def test_a_gemeente_that_lacks_something_is_good(lacking, wijk, language):
    asked = {"gemeente": "GM0080", "wijk": wijk, "taal": language}
    for period in ("2022-Q4", "2022-Q1"):
        check(made(wijk_view, "wijk", **asked, periode=period))
    check(made(progress_view, "progress", **asked, periode="2022"))


@cache
def _old_quarter() -> View:
    return made(wijk_view, "wijk", gemeente="GM0080", periode="2022-Q1")


def test_before_the_first_year_nothing_is_said_of_years_that_are_closed_now(shipped):
    notes = [each.line for each in all_of(_old_quarter(), Note)]
    waiting = [each for each in notes if "nog geen jaar afgesloten" in each]
    assert len(waiting) == 1
    assert "1e kwartaal 2022" in waiting[0]
    assert "2025" not in waiting[0]
