"""What a controller does: another contract, other assumptions, two releases, figures along."""

import csv
import re
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import expect

from dashboard.words.copy import t
from tests.browser.visiting import address_of, closed_network, running, settle
from tests.corrected import REASON, SECOND_CONTRACT, SECOND_NAME, write_corrected

pytestmark = pytest.mark.browser
PLACE = {"gemeente": "GM0080", "taal": "nl"}
FINDINGS = "h3.finding"


@pytest.fixture(scope="module")
def two_releases(chromium_path, sample_releases, tmp_path_factory):
    """Give the address of a server with the sample and a corrected release of it."""
    folder = write_corrected(sample_releases, tmp_path_factory.mktemp("corrected"))
    with running(folder, tmp_path_factory.mktemp("money") / "log.txt") as address:
        yield address


def chosen(tab):
    return {name: values[0] for name, values in parse_qs(urlsplit(tab.url).query).items()}


def choose(tab, label, option):
    """Choose the option whose text begins with `option`."""
    settle(tab)
    box = tab.get_by_role("combobox", name=label, exact=True)
    offered = box.locator("option").all_text_contents()
    box.select_option(next(each for each in offered if each.startswith(option)))


def findings(tab):
    return [each.replace("\xa0", " ") for each in tab.locator(FINDINGS).all_inner_texts()]


def reopened(browser, tab):
    """Return the findings that somebody else sees who opens the address of this tab."""
    with closed_network(browser) as context:
        other = context.new_page()
        other.goto(tab.url)
        settle(other)
        return findings(other)


def test_another_contract_and_other_places_stand_in_the_link(two_releases, tab, browser):
    tab.goto(address_of(two_releases, "results", **PLACE))
    settle(tab)
    before = tab.locator(FINDINGS).all_inner_texts()
    assert any("kwamen de meeste uit" in each for each in before)
    choose(tab, t("results.per", "nl"), t("results.per_organisatie", "nl"))
    expect(tab.locator(FINDINGS, has_text="kwamen de meeste via")).to_be_visible()
    choose(tab, t("results.contract", "nl"), SECOND_NAME)
    # The second contract has no results yet: nothing was paid of it.
    expect(tab.locator(FINDINGS, has_text="Er is nog")).to_contain_text("335.000")
    tab.wait_for_url(lambda url: f"contract={SECOND_CONTRACT}" in url)
    assert chosen(tab)["per"] == "organisatie"
    settle(tab)
    assert reopened(browser, tab) == findings(tab)


def test_an_assumption_changes_the_sum_and_the_link_brings_it_back(two_releases, tab, browser):
    tab.goto(address_of(two_releases, "spending", **PLACE, deel="vermeden"))
    settle(tab)
    sum_of_all = tab.locator(FINDINGS, has_text="naar schatting")
    before = sum_of_all.inner_text()
    field = tab.get_by_role("textbox", name=t("avoided.displacement", "nl") + " (%)")
    expect(field).to_have_value("10")
    field.fill("50")
    field.press("Enter")
    expect(sum_of_all).not_to_have_text(before)
    tab.wait_for_url(lambda url: "verdringing=50" in url)
    settle(tab)
    assert reopened(browser, tab) == findings(tab)
    tab.get_by_role("link", name=t("avoided.to_usual", "nl")).click()
    expect(sum_of_all).to_have_text(before)
    assert "verdringing" not in chosen(tab)


def test_a_link_opens_a_page_as_presented(two_releases, tab, browser):
    tab.goto(address_of(two_releases, "accountability", **PLACE))
    settle(tab)
    choose(tab, t("accountability.presented_release", "nl"), "1, ")
    tab.wait_for_url(lambda url: "toen=1" in url)
    link = tab.locator(".links a", has_text=t("menu.results", "nl"))
    expect(link).to_have_attribute("href", re.compile("op=2026-03-17"))
    link.click()
    expect(tab.locator(".banner.release")).to_contain_text("zoals gepresenteerd")
    assert chosen(tab)["op"].startswith("2026-03-17")
    expect(tab.locator("p.lead").first).to_contain_text("165.000")
    settle(tab)
    assert reopened(browser, tab) == findings(tab)
    tab.get_by_role("link", name=t("frame.to_latest", "nl")).click()
    expect(tab.locator("p.lead").first).to_contain_text("175.000")
    assert "op" not in chosen(tab)


def test_two_releases_are_compared_and_the_changes_go_along(two_releases, tab, tmp_path):
    tab.goto(address_of(two_releases, "accountability", **PLACE, open="money-changes"))
    settle(tab)
    expect(tab.locator("p.small", has_text=REASON[0])).to_be_visible()
    table = tab.locator("table", has=tab.locator("caption", has_text="Veranderde bedragen"))
    ceiling = table.locator("tr", has_text=t("corrections.field_ceiling", "nl"))
    row = ceiling.filter(has_text="Resultaatfinanciering").inner_text().replace("\xa0", " ")
    assert "€ 165.000" in row
    assert "€ 175.000" in row
    box = tab.locator('[class*="st-key-part_"]', has=table)
    files = {}
    for ending in ("csv", "xlsx"):
        with tab.expect_download() as waiting:
            box.get_by_role("button", name=t(f"common.download_{ending}", "nl")).click()
        files[ending] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[ending])
    text = files["csv"].read_bytes().decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=";"))
    assert lines[0][0].startswith("Veranderde bedragen")
    assert lines[1] == [t("frame.sample", "nl")]
    in_csv = next(line for line in lines if "Resultaatfinanciering" in "".join(line[1:2]))
    assert in_csv[2:4] == ["165000", "175000"]
    sheet = openpyxl.load_workbook(files["xlsx"]).active
    rows = [tuple(cells[2:4]) for cells in sheet.iter_rows(values_only=True)]
    assert (165_000, 175_000) in rows
    choose(tab, t("corrections.before", "nl"), "2, ")
    expect(tab.get_by_text(t("corrections.same", "nl"))).to_be_visible()
    expect(table).to_have_count(0)


@pytest.mark.parametrize("part", ["vermeden", "dekking", "organisaties"])
def test_money_fits_a_phone(two_releases, browser, part):
    with closed_network(browser, width=390) as context:
        page = context.new_page()
        page.goto(address_of(two_releases, "spending", **PLACE, deel=part))
        settle(page)
        wide = page.evaluate(
            "() => [document.documentElement, document.querySelector('.stMain')]"
            ".filter(e => e.scrollWidth > e.clientWidth).length"
        )
        assert wide == 0
        for chart in page.locator('[data-testid="stVegaLiteChart"] svg').all():
            assert chart.bounding_box()["width"] <= 390
