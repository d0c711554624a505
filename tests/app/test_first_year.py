"""A gemeente in its first year, and one with a hole: every page is good with any quarters."""

import re

import pytest

from dashboard.address.page_list import PAGES
from dashboard.address.reader_choices import PARAMETER_OF
from dashboard.comparison.members import UnitKind
from dashboard.frame import kept_views
from dashboard.spending.view import PARTS
from dashboard.words.first_year import no_year
from data_access.database import writing_engine
from data_access.schema import make_ready
from tests.app.pages import charts, drawn_rows, html, opened, words
from tests.first_year import CLOSED, publish_first_year

INDICATORS = ("volunteers_per_1000", "outflow_per_100_volunteers", "spending", "cost_per_paid_work")
VARIANTS = {
    "map": [{"indicator": each} for each in INDICATORS],
    "wijk": [{}, {"wijk": "WK008060"}],
    "compare": [
        {"indicator": each, "soort": kind.value} for each in INDICATORS[:3] for kind in UnitKind
    ],
    "spending": [{"deel": each} for each in PARTS],
    "results": [{}, {"per": "organisatie"}],
}
VIEWS = [(each.id, chosen) for each in PAGES for chosen in VARIANTS.get(each.id, [{}])]
LANGUAGES = ("nl", "en")
YEARLY_PAGES = ("progress", "spending")
# What shows through where a value is missing: nothing quoted, an unknown number, a loose comma.
BROKEN = re.compile(r"\b(?:nan|None|NaT)\b|''|\(\s*\)|\bin\s*[,:.]|\s,\s|\b(?:Voor|for)\s\s")


def _check(app) -> None:
    assert not app.exception
    assert not app.error
    shown = words(app)
    assert not BROKEN.search(shown), BROKEN.search(shown)
    assert not re.search(r"<(h[1-3]|caption)[^>]*>\s*</\1>", html(app))
    assert '<select data-choice name="periode"></select>' not in html(app)
    for element in (*app.get("vega_lite_chart"), *app.get("deck_gl_json_chart")):
        assert len(element.proto.alt) > 20
        assert not BROKEN.search(element.proto.alt)
    drawn, start = drawn_rows(app), 0
    for chart, element in zip(charts(app), app.get("vega_lite_chart"), strict=True):
        own = drawn[start : start + len(element.proto.datasets)]
        start += len(own)
        assert any(len(rows) for rows in own), f"nothing drawn: {str(chart)[:200]}"


@pytest.fixture(scope="session")
def first_years(tmp_path_factory):
    """Return the URL of a published register per name in CLOSED."""
    urls = {}
    for name, closed in CLOSED.items():
        folder = tmp_path_factory.mktemp("first-year")
        urls[name] = f"sqlite:///{folder / 'register.sqlite'}"
        engine = writing_engine(urls[name])
        make_ready(engine)
        publish_first_year(engine, folder / "delivery", closed)
        engine.dispose()
    return urls


@pytest.fixture
def first_year_app(first_years, monkeypatch):
    """Return a function that lets the pages read one of the registers."""

    def read(name: str) -> None:
        monkeypatch.setenv("DATABASE_URL", first_years[name])
        kept_views.forget()

    yield read
    kept_views.forget()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("period", ["2022-Q1", "2022-Q2", "2022-Q3"])
@pytest.mark.parametrize("page_id", [each.id for each in PAGES])
def test_every_page_of_the_sample_before_a_year_is_closed(sample_app, page_id, period, language):
    app = opened(page_id, gemeente="GM0080", periode=period, taal=language)
    _check(app)
    # On the wijk page the key figures say so, and the part about outflow.
    times = {"overview": 1, "wijk": 2}.get(page_id)
    assert times is None or words(app).count(no_year(period, language)) == times


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize(("page_id", "chosen"), VIEWS)
def test_every_page_in_a_first_year(first_year_app, name, page_id, chosen):
    first_year_app(name)
    for language in LANGUAGES:
        for period in CLOSED[name]:
            _check(opened(page_id, gemeente="GM0080", periode=period, taal=language, **chosen))


@pytest.mark.parametrize("name", CLOSED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_about_a_year_say_when_figures_come_and_offer_a_way_on(
    first_year_app, name, language
):
    first_year_app(name)
    views = [(each, {}) for each in YEARLY_PAGES]
    views += [(each, {"indicator": "outflow_per_100_volunteers"}) for each in ("map", "compare")]
    for page_id, chosen in views:
        app = opened(page_id, gemeente="GM0080", taal=language, **chosen)
        assert no_year(max(CLOSED[name]), language) in words(app)
        assert f'name="{PARAMETER_OF["period"]}"' not in html(app)
        assert '<p class="go">' in html(app)


def test_sentence_names_the_year_and_the_quarter():
    said = no_year("2022-Q1", "nl")
    assert "zodra alle kwartalen van 2022 zijn afgesloten" in said
    assert "1e kwartaal 2022" in said


def test_procurement_sheet_says_why_yearly_lines_are_not_on_it(first_year_app):
    first_year_app("first quarter")
    app = opened("compare", gemeente="GM0080", indicator="volunteers_per_1000")
    assert no_year("2022-Q1", "nl") in words(app)
    assert "Niet op dit blad" not in words(app)


def test_hole_is_a_gap_and_not_a_line(first_year_app):
    first_year_app("hole")
    app = opened("wijk", gemeente="GM0080")
    [rows] = [each for each in drawn_rows(app) if {"status", "shown"} <= set(each)]
    assert list(rows["status"]) == ["published", "no_data", "published"]
    assert "niet bekend: niet afgesloten" in words(app)


def test_money_of_a_year_under_way_is_not_shown_as_a_year(first_year_app):
    first_year_app("hole")
    assert not [each for each in drawn_rows(opened("wijk", gemeente="GM0080")) if "euros" in each]
