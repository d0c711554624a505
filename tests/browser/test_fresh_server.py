"""A link that somebody mailed opens its view on a server that nobody visited yet."""

import pytest
from playwright.sync_api import expect

from dashboard.address.page_list import page
from dashboard.words.copy import t
from tests.browser.visiting import (
    PAGE_IDS,
    address_of,
    closed_network,
    running,
    settle,
)

pytestmark = pytest.mark.browser
VIEW = {"gemeente": "GM0085", "indicator": "outflow", "taal": "en", "wijk": "WK008510"}


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_link_opens_its_view(chromium_path, sample_releases, browser, tmp_path, page_id):
    with (
        running(sample_releases, tmp_path / "log.txt") as server,
        closed_network(browser) as context,
    ):
        tab = context.new_page()
        tab.goto(address_of(server, page_id, **VIEW))
        settle(tab)
        expect(tab.locator(".menu [aria-current=page]")).to_have_text(t(f"menu.{page_id}", "en"))
        shown = {
            name: tab.get_by_role("combobox", name=t(f"filter.{name}", "en"), exact=True)
            for name in page(page_id).filters
        }
        expect(shown["gemeente"]).to_have_value(VIEW["gemeente"])
        if "wijk" in shown:
            expect(shown["wijk"]).to_have_value(VIEW["wijk"])
        expect(tab.locator('[data-testid="stAlert"]')).to_have_count(0)
