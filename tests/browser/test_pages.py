"""Every page by its own address, in a real browser: complete, readable for all, on a phone too."""

import pytest

from dashboard.address.page_list import PAGES
from dashboard.words.copy import t
from tests.browser.visiting import CHARTS, MAPS, PAGE_IDS, address_of, settle

pytestmark = pytest.mark.browser
DRAWING = set(PAGE_IDS) - {"accountability"}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_page_opens_in_its_language_without_errors(visited, page_id, language):
    found = visited(page_id, language)
    assert found.errors == []
    assert found.language == language
    assert t("frame.sample", language) in found.text
    assert "Traceback" not in found.text
    assert len(found.names) == found.drawings_sent
    assert found.names or page_id not in DRAWING


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_page_has_one_title_and_names_for_what_it_draws(visited, page_id):
    found = visited(page_id, "nl")
    assert len(found.headings) == 1
    assert found.headings[0], "the h1 is not visible"
    assert [name for name in found.names if len(name) < 20] == []
    assert found.images_without_alternative == 0
    assert found.captions, "no table with the figures"
    assert all(found.captions)


@pytest.mark.parametrize("page_id", PAGE_IDS)
def test_page_fits_a_phone(visited, page_id):
    assert visited(page_id, "nl").wider_than_phone == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_first_tab_is_the_skip_link(server, tab, language):
    tab.goto(address_of(server, "accountability", gemeente="GM0085", taal=language))
    settle(tab)
    tab.keyboard.press("Tab")
    first = tab.evaluate("document.activeElement.innerText.trim()")
    assert first == t("frame.skip", language)
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.id === 'page-title'")


def test_expected_drawings_are_there(server, tab):
    tab.goto(address_of(server, "map", gemeente="GM0085"))
    tab.wait_for_selector(f"{MAPS} canvas")
    tab.wait_for_selector(f"{CHARTS} svg")
    settle(tab)
    assert tab.locator(".menu a:not(.language)").count() == len(PAGES)
