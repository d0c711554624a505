"""Resultaten and Besteding in every gemeente, wijk, year and language: nothing broken is said."""

from itertools import cycle, product

import pytest

from dashboard import door
from dashboard.elements.view import Table
from dashboard.results.view import view as results
from dashboard.spending.view import PARTS
from dashboard.spending.view import view as spending
from data_access import shelf
from data_access.database import writing_engine
from data_access.schema import make_ready
from tests.content.oracle import Oracle
from tests.content.views import SAMPLE, all_of, made, release_file
from tests.content.writing import cells, faults_in
from tests.first_year import CLOSED, publish_first_year
from tests.keys import key_of

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
LANGUAGES = ("nl", "en")
OUTCOMES = ("participation", "step_up", "paid_work")
ASSUMPTIONS = (
    {},
    {"deadweight": "100", "inboekbaar": "ja", "prijspeil": "2021"},
    {"verdringing-laag": "50", "jaren": "x", "disconto": "99"},
    {"bedrag": "0", "jaren": "20", "optimisme-hoog": "100"},
)


@pytest.fixture
def sample(monkeypatch):
    """Let views read the shipped releases."""
    monkeypatch.setenv("RELEASES", str(SAMPLE))
    shelf.forget()
    door.forget()


def _check(view, page, **asked):
    shown = made(view, page, **asked)
    assert faults_in(shown) == [], asked
    names = [each.name for each in all_of(shown, Table)]
    assert len(set(names)) == len(names), asked
    for table in all_of(shown, Table):
        assert len(set(cells(table).columns)) == len(table.columns), asked


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_results_at_every_quarter(sample, gemeente, language):
    quarters = [each for each in Oracle(release_file(gemeente)).periods if "Q" in each]
    for quarter, per in zip(quarters, cycle(("wijk", "organisatie"))):
        _check(results, "results", gemeente=gemeente, taal=language, periode=quarter, per=per)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_spending_of_the_whole_gemeente_in_every_year(sample, gemeente, language):
    years = [each for each in Oracle(release_file(gemeente)).periods if "Q" not in each]
    for (year, part), outcome in zip(product(years, PARTS), cycle(OUTCOMES)):
        asked = {"gemeente": gemeente, "taal": language, "periode": year, "deel": part}
        _check(spending, "spending", **asked, uitkomst=outcome)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_spending_of_every_wijk(sample, gemeente):
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
def test_avoided_cost_with_any_assumptions(sample, outcome, language, chosen):
    asked = {"gemeente": "GM0014", "taal": language, "deel": "vermeden", "uitkomst": outcome}
    _check(spending, "spending", **asked, **chosen)


@pytest.fixture(scope="module")
def first_years(tmp_path_factory):
    """Return the URL of a published register per name in CLOSED."""
    urls = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISCLOSURE_KEY", key_of("any one gemeente"))
        for name, closed in CLOSED.items():
            folder = tmp_path_factory.mktemp("first-year")
            urls[name] = f"sqlite:///{folder / 'register.sqlite'}"
            engine = writing_engine(urls[name])
            make_ready(engine)
            publish_first_year(engine, folder / "delivery", closed)
            engine.dispose()
    return urls


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CLOSED)
def test_a_gemeente_in_its_first_year(first_years, monkeypatch, name, language):
    monkeypatch.setenv("DATABASE_URL", first_years[name])
    monkeypatch.delenv("RELEASES", raising=False)
    shelf.forget()
    door.forget()
    place = {"gemeente": "GM0080", "taal": language}
    for quarter, per in product(CLOSED[name], ("wijk", "organisatie")):
        _check(results, "results", **place, periode=quarter, per=per)
    for part in PARTS:
        _check(spending, "spending", **place, deel=part)
