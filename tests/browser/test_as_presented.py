"""A freshly started server opens a link to an older release as it was presented."""

import pytest
from playwright.sync_api import expect

from data_access import settings
from tests.browser.visiting import address_of, closed_network, running, settle

pytestmark = pytest.mark.browser
VIEW = {
    "gemeente": "GM0080",
    "indicator": "volunteers",
    "periode": "2025-Q3",
    "taal": "nl",
}
LATER = "4e kwartaal 2025"


@pytest.fixture
def twice_published(chromium_path, tmp_path):
    """Give the address of a fresh server that nobody visited, with the shipped two releases."""
    with running(settings.SHIPPED_RELEASES, tmp_path / "log.txt") as address:
        yield address


def test_first_reader_comes_in_by_a_link_to_an_older_release(twice_published, browser):
    seen = {}
    # A moment after the first release, and a link of before, which named a number.
    for name, value in (("op", "2026-03-20T12:00"), ("release", "1"), ("", "")):
        chosen = {**VIEW, name: value} if name else VIEW
        with closed_network(browser) as context:
            tab = context.new_page()
            tab.goto(address_of(twice_published, "map", **chosen))
            settle(tab)
            notice = tab.locator(".banner.release")
            if name:
                expect(notice).to_contain_text("zoals gepresenteerd")
                expect(notice).to_be_visible()
            else:
                expect(notice).to_have_count(0)
            seen[name] = (
                tab.locator("h1").inner_text(),
                [each for each in tab.locator("tr").all_text_contents() if LATER not in each],
            )
    assert "Leeuwarden" in seen["op"][0]
    assert "3e kwartaal 2025" in seen["op"][0]
    assert seen["op"] == seen["release"]
    assert seen["op"] == seen[""], "the correction is about the fourth quarter only"
    assert len(seen[""][1]) > 20
