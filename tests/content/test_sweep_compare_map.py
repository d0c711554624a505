"""Vergelijken, Verantwoording, Kaart and Overzicht everywhere: nothing raises, all says something.

All gemeenten, indicators and kinds of unit; periods and languages go round with them, so that each
is met with many others, the first year of a gemeente too.
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from dashboard import door
from dashboard.accountability.view import view as accountability
from dashboard.compare.view import view as compare
from dashboard.elements.choices import Choice, Several
from dashboard.elements.view import (
    Cards,
    Chart,
    Element,
    Files,
    Finding,
    Html,
    KeyFigures,
    Link,
    Links,
    Map,
    Note,
    Notice,
    Part,
    Sentences,
    Table,
    View,
)
from dashboard.map.view import view as kaart
from dashboard.overview.view import view as overview
from indicators.catalogue import INDICATORS, indicator
from indicators.periods import kind_of
from tests.content.conftest import GEMEENTEN
from tests.content.views import made

LANGUAGES = ("nl", "en")
KINDS = ("wijken", "organisaties", "gemeenten")
INDICATOR_IDS = [each.id for each in INDICATORS]
VIEWS = {"compare": compare, "map": kaart, "overview": overview, "accountability": accountability}
BROKEN = re.compile(r"\b(?:nan|None|NaT|inf)\b|[{}]|  |''|\(\s*\)|\s,\s")


def texts(view: View, language: str) -> Iterator[str]:
    """Give every text that a view says, those in files too."""
    yield from (view.title, view.lead)
    for each in view.inside():
        yield from _said(each, language)


def _said(element: Element, language: str) -> Iterator[str]:
    match element:
        case Part():
            yield from (element.title, element.lead)
        case Finding():
            yield from (element.text, element.below)
        case Sentences():
            yield from element.lines
        case Note() | Notice():
            yield element.line
        case KeyFigures():
            for card in element.figures:
                yield from (card.name, card.value, card.meaning, card.course_text)
                yield from (card.target_text, card.margin)
        case Cards():
            for name, lines in element.cards:
                yield from (name, *lines)
        case Chart():
            yield element.alternative
        case Map():
            yield element.alternative
            yield _plain(element.legend)
        case Table():
            yield from _in_table(element, language)
        case Files():
            yield from _in_table(element.table, language)
        case Html():
            yield _plain(element.html)
        case Choice() | Several():
            yield from (element.label, *element.options.values())
        case Link():
            yield element.label
        case Links():
            yield from (each.label for each in element.links)


def _in_table(table: Table, language: str) -> Iterator[str]:
    yield table.title
    yield from (column.header for column in table.columns)
    yield from table.sources
    rows = table.rows.to_dict("records")
    yield from (column.shown(row) for row in rows for column in table.columns)
    in_file = table.file((), language)
    yield from (cell for row in in_file.rows for cell in row if isinstance(cell, str))


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def check(view: View, language: str) -> None:
    """Check that a view says something, and nothing broken."""
    assert view.title
    broken = [each for each in texts(view, language) if BROKEN.search(each)]
    assert not broken, broken[:3]
    for each in view.inside():
        if isinstance(each, Chart | Map):
            assert len(each.alternative) > 20
        if isinstance(each, Chart):
            assert any(each.spec["datasets"].values()), each.alternative
        if isinstance(each, Table):
            assert each.title
            assert len(each.rows), each.title
    said = [each for each in view.inside() if any(_said(each, language))]
    assert len(said) + bool(view.lead) > 1


def _periods(indicator_id: str, gemeente: str) -> list[str]:
    """Return the closed periods in which an indicator exists, newest first of its usual kind."""
    release = next(each for each in door.releases() if each.key.gemeente == gemeente)
    newest_first = sorted(release.periods, reverse=True)
    kinds = indicator(indicator_id).frequency
    return [each for kind in kinds for each in newest_first if kind_of(each) == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_compare_with_every_indicator(shipped, kind):
    for place, each in enumerate(INDICATOR_IDS):
        gemeente = GEMEENTEN[(place + KINDS.index(kind)) % len(GEMEENTEN)]
        offered = _periods(each, gemeente)
        period = offered[(7 * place) % len(offered)]
        language = LANGUAGES[(place + KINDS.index(kind)) % 2]
        asked = {"gemeente": gemeente, "soort": kind, "indicator": each, "periode": period}
        check(made(compare, "compare", **asked, taal=language), language)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_compare_in_periods_of_every_year(shipped, gemeente):
    for place, period in enumerate(_periods("volunteers_per_1000", gemeente)[::3]):
        language = LANGUAGES[place % 2]
        check(made(compare, "compare", gemeente=gemeente, periode=period, taal=language), language)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_compare_every_wijk_with_the_next(shipped, gemeente):
    release = next(each for each in door.releases() if each.key.gemeente == gemeente)
    known = door.areas(release.key, "nl")
    codes = sorted(known.loc[known["level"] == "wijk", "area_code"])
    for place in range(0, len(codes), 4):
        chosen = ",".join(codes[place : place + 4])
        language = LANGUAGES[(place // 4) % 2]
        asked = {"indicator": "outflow_per_100_volunteers", "keuze": chosen}
        check(made(compare, "compare", gemeente=gemeente, taal=language, **asked), language)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_map_with_every_indicator(shipped, gemeente):
    for place, each in enumerate(INDICATOR_IDS):
        language = LANGUAGES[place % 2]
        offered = _periods(each, gemeente)
        for period in {offered[0], offered[(7 * place) % len(offered)]}:
            asked = {"gemeente": gemeente, "indicator": each, "periode": period}
            check(made(kaart, "map", **asked, taal=language), language)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_overview_in_every_quarter(shipped, gemeente):
    for place, period in enumerate(_periods("volunteers", gemeente)):
        language = LANGUAGES[place % 2]
        asked = {"gemeente": gemeente, "periode": period}
        check(made(overview, "overview", **asked, taal=language), language)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_accountability_with_every_choice(shipped, gemeente):
    for place, (van, naar) in enumerate(product(("", "1", "2", "99"), repeat=2)):
        asked = {"gemeente": gemeente, "van": van, "naar": naar, "toen": naar}
        language = LANGUAGES[place % 2]
        check(made(accountability, "accountability", **asked, taal=language), language)


@pytest.mark.parametrize("page_id", VIEWS)
def test_first_year(first_year, page_id):
    _check_page(page_id, first_year)


@pytest.mark.parametrize("page_id", VIEWS)
def test_a_gemeente_that_lacks_something(lacking, page_id):
    _check_page(page_id, ("2022-Q4", "2022"))


def _check_page(page_id: str, periods: tuple[str, ...]) -> None:
    kinds = KINDS if page_id == "compare" else ("",)
    ids = INDICATOR_IDS if page_id in ("compare", "map") else ["volunteers"]
    for place, (kind, each, quarter) in enumerate(product(kinds, ids, periods)):
        language = LANGUAGES[place % 2]
        asked = {"gemeente": "GM0080", "indicator": each, "periode": quarter}
        if kind:
            asked["soort"] = kind
        check(made(VIEWS[page_id], page_id, **asked, taal=language), language)
