"""A freshly started server opens a link to an older release as it was presented."""

import pytest
from playwright.sync_api import expect

from data_access.database import writing_engine
from data_access.publish import publish
from tests.browser.visiting import MILLISECONDS, address_of, closed_network, running, settle

pytestmark = pytest.mark.browser
VIEW = {
    "gemeente": "GM0080",
    "indicator": "volunteers",
    "periode": "2025-Q3",
    "taal": "nl",
}


@pytest.fixture
def twice_published(chromium_path, sqlite_databases, templates, tmp_path):
    """Give the address of a fresh server that nobody visited, with two releases."""
    url = sqlite_databases.copy(templates(sqlite_databases, "sample"))
    engine = writing_engine(url)
    assert publish(engine, even_if_unchanged=True).number == 2
    engine.dispose()
    with running(url, tmp_path / "log.txt") as address:
        yield address
    sqlite_databases.drop(url)


def test_first_reader_comes_in_by_a_link_to_an_older_release(twice_published, browser):
    seen = {}
    for release in ("1", ""):
        chosen = {**VIEW, "release": release} if release else VIEW
        with closed_network(browser) as context:
            tab = context.new_page()
            tab.goto(address_of(twice_published, "map", **chosen))
            settle(tab)
            notice = tab.locator(".banner.release")
            if release:
                expect(notice).to_contain_text("zoals gepresenteerd", timeout=MILLISECONDS)
                expect(notice).to_be_visible()
            else:
                expect(notice).to_have_count(0)
            seen[release] = (
                tab.locator("h1").inner_text(),
                tab.locator("table").all_text_contents(),
            )
    assert "Leeuwarden" in seen["1"][0]
    assert "3e kwartaal 2025" in seen["1"][0]
    assert seen["1"] == seen[""], "the same register gives the same figures in both releases"
