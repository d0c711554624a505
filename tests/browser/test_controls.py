"""The controls in a browser: keyboard, back button, new tabs, numbers as people write them."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.words.copy import t
from tests.browser.test_journeys import chosen
from tests.browser.visiting import address_of, settle

pytestmark = pytest.mark.browser
PLACE = {"gemeente": "GM0080", "taal": "nl"}
SUM = "h3.finding"


def gemeente(tab):
    return tab.get_by_role("combobox", name="Gemeente", exact=True)


def test_the_keyboard_goes_on_where_it_was(server, tab):
    tab.goto(address_of(server, "map", **PLACE))
    settle(tab)
    before = tab.locator("h1").inner_text()
    gemeente(tab).focus()
    tab.keyboard.press("ArrowUp")
    expect(tab.locator("h1")).not_to_have_text(before)
    settle(tab)
    expect(gemeente(tab)).to_be_focused()
    assert chosen(tab.url)["gemeente"] == "GM0014"


def test_another_page_begins_at_its_title(server, tab):
    tab.goto(address_of(server, "map", **PLACE))
    settle(tab)
    link = tab.locator(".menu").get_by_role("link", name=t("menu.compare", "nl"))
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("h1")).to_have_text(t("compare.title", "nl"))
    settle(tab)
    expect(tab.locator("#page-title")).to_be_focused()
    assert tab.evaluate("document.querySelector('.stMain').scrollTop") == 0
    assert chosen(tab.url)["gemeente"] == "GM0080"


def test_back_and_forward_go_through_the_choices(server, tab):
    tab.goto(address_of(server, "map", **PLACE))
    settle(tab)
    titles = [tab.locator("h1").inner_text()]
    for name in ("Groningen", "Ooststellingwerf"):
        gemeente(tab).select_option(name)
        expect(tab.locator("h1")).to_contain_text(name)
        settle(tab)
        titles.append(tab.locator("h1").inner_text())
    for step, expected in ((tab.go_back, 1), (tab.go_back, 0), (tab.go_forward, 1)):
        step()
        expect(tab.locator("h1")).to_have_text(titles[expected])
        settle(tab)


def test_a_page_opens_in_a_new_tab(server, tab):
    tab.goto(address_of(server, "overview", **PLACE))
    settle(tab)
    with tab.context.expect_page() as opening:
        tab.locator(".menu").get_by_role("link", name=t("menu.spending", "nl")).click(
            modifiers=["Control"]
        )
    other = opening.value
    settle(other)
    assert "/besteding?" in other.url
    assert "/besteding" not in tab.url


@pytest.mark.parametrize(
    ("language", "typed", "stored", "shown"),
    [
        ("nl", "12.500", "12500", "12.500"),
        ("en", "12,500", "12500", "12,500"),
    ],
)
def test_a_number_is_read_as_the_reader_writes_it(server, tab, language, typed, stored, shown):
    tab.goto(address_of(server, "spending", **{**PLACE, "taal": language}, deel="vermeden"))
    settle(tab)
    before = tab.locator(SUM).first.inner_text()
    field = tab.locator("input[name=bedrag]")
    field.fill(typed)
    field.press("Enter")
    expect(tab.locator(SUM).first).not_to_have_text(before)
    assert chosen(tab.url)["bedrag"] == stored
    expect(tab.locator("input[name=bedrag]")).to_have_value(shown)


@pytest.mark.parametrize("typed", ["veel", "900"])
def test_what_is_no_number_or_too_high_gets_a_sentence(server, tab, typed):
    tab.goto(address_of(server, "spending", **PLACE, deel="vermeden"))
    settle(tab)
    field = tab.locator("input[name=verdringing]")
    field.fill(typed)
    field.press("Enter")
    said = tab.get_by_role("alert").filter(has_text=t("avoided.displacement", "nl"))
    expect(said).to_contain_text(re.compile(rf"'{typed}'.*van 0 tot en met 100"))
