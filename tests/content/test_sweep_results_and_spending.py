"""Resultaten and Besteding in every gemeente, wijk, year and language: nothing broken is said."""

from itertools import cycle, product

import pytest

from dashboard.elements.view import Table
from dashboard.results.view import view as results
from dashboard.spending.view import PARTS
from dashboard.spending.view import view as spending
from tests.content.oracle import Oracle
from tests.content.views import all_of, made, release_file
from tests.content.writing import cells, faults_in

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
LANGUAGES = ("nl", "en")
OUTCOMES = ("participation", "step_up", "paid_work")
ASSUMPTIONS = (
    {},
    {"deadweight": "100", "inboekbaar": "ja", "prijspeil": "2021"},
    {"verdringing-laag": "50", "jaren": "x", "disconto": "99"},
    {"bedrag": "0", "jaren": "20", "optimisme-hoog": "100"},
)


def _check(view, page, **asked):
    shown = made(view, page, **asked)
    assert faults_in(shown) == [], asked
    names = [each.name for each in all_of(shown, Table)]
    assert len(set(names)) == len(names), asked
    for table in all_of(shown, Table):
        assert len(set(cells(table).columns)) == len(table.columns), asked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_results_at_every_quarter(shipped, gemeente, language):
    quarters = [each for each in Oracle(release_file(gemeente)).periods if "Q" in each]
    for quarter, per in zip(quarters, cycle(("wijk", "organisatie"))):
        _check(results, "results", gemeente=gemeente, taal=language, periode=quarter, per=per)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_spending_of_the_whole_gemeente_in_every_year(shipped, gemeente, language):
    years = [each for each in Oracle(release_file(gemeente)).periods if "Q" not in each]
    for (year, part), outcome in zip(product(years, PARTS), cycle(OUTCOMES)):
        asked = {"gemeente": gemeente, "taal": language, "periode": year, "deel": part}
        _check(spending, "spending", **asked, uitkomst=outcome)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_spending_of_every_wijk(shipped, gemeente):
    oracle = Oracle(release_file(gemeente))
    years = [each for each in oracle.periods if "Q" not in each]
    turns = cycle(product(years, LANGUAGES, OUTCOMES))
    for wijk, part in product(oracle.wijken, PARTS):
        year, language, outcome = next(turns)
        asked = {"gemeente": gemeente, "wijk": wijk, "taal": language, "periode": year}
        _check(spending, "spending", **asked, deel=part, uitkomst=outcome)


@pytest.mark.parametrize("chosen", ASSUMPTIONS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_avoided_cost_with_any_assumptions(shipped, outcome, language, chosen):
    asked = {"gemeente": "GM0014", "taal": language, "deel": "vermeden", "uitkomst": outcome}
    _check(spending, "spending", **asked, **chosen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gemeente_in_its_first_year(first_year, language):
    place = {"gemeente": "GM0080", "taal": language}
    for quarter, per in product(first_year, ("wijk", "organisatie")):
        _check(results, "results", **place, periode=quarter, per=per)
    for part in PARTS:
        _check(spending, "spending", **place, deel=part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gemeente_that_lacks_something(lacking, language):
    place = {"gemeente": "GM0080", "taal": language}
    for per in ("wijk", "organisatie"):
        _check(results, "results", **place, periode="2022-Q4", per=per)
    for part in PARTS:
        _check(spending, "spending", **place, deel=part, periode="2022")
