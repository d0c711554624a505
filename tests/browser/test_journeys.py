"""What a reader does: choose, click on the map, take the figures along, change the language."""

import csv
import json
import math
import re
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect
from shapely.geometry import shape

from dashboard.words.copy import t
from sample_data.canaries import TOKENS
from tests.browser.visiting import (
    MAPS,
    address_of,
    closed_network,
    frames_of,
    messages,
    settle,
)

pytestmark = pytest.mark.browser
VIEW = {
    "gemeente": "GM0014",
    "indicator": "volunteers_per_1000",
    "periode": "2025-Q4",
    "taal": "nl",
}
CHANGES = (
    ("Gemeente", "Leeuwarden", "gemeente", "GM0080"),
    ("Indicator", "Vrijwilligers", "indicator", "volunteers"),
    ("Periode", "3e kwartaal 2025", "periode", "2025-Q3"),
)
RESIDENTS_OF_OOSTSTELLINGWERF = 25824


def chosen(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def first_row(tab):
    """Return the first row of the table of the wijken, which carries the page's title."""
    title = tab.locator("h1").inner_text()
    tables = tab.locator("table", has=tab.locator("caption", has_text=title))
    return tables.first.locator("tbody tr").first


def test_every_filter_writes_a_link_that_reopens_the_view(server, tab, browser):
    tab.goto(address_of(server, "map", **VIEW))
    settle(tab)
    for label, option, parameter, value in CHANGES:
        before = tab.locator("h1").inner_text()
        tab.get_by_role("combobox", name=label, exact=True).select_option(option)
        expect(tab.locator("h1")).not_to_have_text(before)
        tab.wait_for_url(lambda url, p=parameter, v=value: chosen(url).get(p) == v)
        with closed_network(browser) as context:
            other = context.new_page()
            other.goto(tab.url)
            settle(other)
            title, row = other.locator("h1").inner_text(), first_row(other).text_content()
        assert row
        expect(tab.locator("h1")).to_have_text(title)
        expect(first_row(tab)).to_have_text(row)
    assert chosen(tab.url) == {
        "gemeente": "GM0080",
        "indicator": "volunteers",
        "periode": "2025-Q3",
        "taal": "nl",
        "open": "alles",
    }


def largest_wijk(deck):
    """Return code and name of the largest wijk, and where it lies from the middle in pixels."""
    features = [
        feature
        for feature in deck["layers"][0]["data"]["features"]
        if feature["properties"]["part"] == "wijk"
    ]
    largest = max(features, key=lambda feature: shape(feature["geometry"]).area)
    spot = shape(largest["geometry"]).representative_point()
    view = deck["initialViewState"]
    world = 512 * 2 ** view["zoom"]

    def north(latitude):
        return math.asinh(math.tan(math.radians(latitude))) * world / (2 * math.pi)

    right = (spot.x - view["longitude"]) * world / 360
    down = north(view["latitude"]) - north(spot.y)
    return largest["properties"]["area_code"], largest["properties"]["name"], right, down


def test_click_on_the_map_opens_the_wijk(server, tab):
    frames = frames_of(tab)
    tab.goto(address_of(server, "map", gemeente="GM0080", taal="nl"))
    settle(tab)
    [drawn] = [
        message.delta.new_element.deck_gl_json_chart.json
        for message in messages(frames)
        if message.delta.new_element.WhichOneof("type") == "deck_gl_json_chart"
    ][-1:]
    code, name, right, down = largest_wijk(json.loads(drawn))
    canvas = tab.locator(f"{MAPS} canvas").first
    for _ in range(4):
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        tab.mouse.click(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down)
        try:
            tab.wait_for_url(lambda url: "/wijk?" in url and "wijk=" in url, timeout=8000)
            break
        except NotInTime:
            continue
    expect(tab.locator("h1")).to_contain_text(name)
    assert chosen(tab.url)["wijk"] == code
    assert chosen(tab.url)["gemeente"] == "GM0080"


def test_downloads_hold_the_figures_of_the_page(server, tab, tmp_path):
    tab.goto(address_of(server, "map", **{**VIEW, "gemeente": "GM0085", "open": ""}))
    settle(tab)
    title = tab.locator("h1").inner_text()
    fold = tab.get_by_role("button", name=title)
    fold.click()
    expect(tab.locator("table caption")).to_have_text(title)
    box = tab.locator('[class*="st-key-part_"]', has=tab.locator("table"))
    files = {}
    for ending in ("csv", "xlsx"):
        with tab.expect_download() as waiting:
            box.get_by_role("button", name=t(f"common.download_{ending}", "nl")).click()
        files[ending] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(files[ending])
        assert files[ending].name == f"kaart-gm0085-2025-q4-1.{ending}"
    on_screen = first_row(tab).locator("th, td").all_text_contents()

    raw = files["csv"].read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert lines[0] == [title]
    assert lines[1] == [t("frame.sample", "nl")]
    head = lines.index([]) + 1
    table = {line[0]: line for line in lines[head + 1 :]}
    _, value, people, residents, _, _ = table["Ooststellingwerf"]
    assert int(residents) == RESIDENTS_OF_OOSTSTELLINGWERF
    assert re.fullmatch(r"\d+,\d+", value)
    as_number = float(value.replace(",", "."))
    assert as_number == pytest.approx(int(people) / int(residents) * 1000)
    assert on_screen[0] in table

    sheet = openpyxl.load_workbook(files["xlsx"]).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == [title]
    assert rows[1] == [t("frame.sample", "nl")]
    in_sheet = {row[0]: row for row in sheet.iter_rows(min_row=head + 2, values_only=True)}
    assert in_sheet.keys() == table.keys()
    for name, line in table.items():
        for text, cell in zip(line[1:4], in_sheet[name][1:4], strict=True):
            assert cell == (pytest.approx(float(text.replace(",", "."))) if text else None)
    everything = raw.decode("utf-8-sig") + repr(rows)
    assert [token for token in TOKENS if token in everything] == []


def test_opened_table_is_in_the_link(server, tab, browser):
    tab.goto(address_of(server, "map", **VIEW, open=""))
    settle(tab)
    expect(tab.locator("table")).to_have_count(0)
    title = tab.locator("h1").inner_text()
    fold = tab.get_by_role("button", name=title)
    fold.click()
    expect(tab.locator("table")).to_have_count(1)
    tab.wait_for_url(lambda url: chosen(url).get("open") == "figures")
    with closed_network(browser) as context:
        other = context.new_page()
        other.goto(tab.url)
        settle(other)
        expect(other.locator("table caption")).to_have_text(title)
    fold.click()
    tab.wait_for_url(lambda url: "open" not in chosen(url))
    expect(tab.locator("table")).to_have_count(0)


def test_changing_the_language_keeps_the_view(server, tab):
    tab.goto(address_of(server, "map", **VIEW))
    settle(tab)
    before = tab.locator("h1").inner_text()
    tab.locator(".menu a.language").click()
    tab.wait_for_function("document.documentElement.lang === 'en'")
    expect(tab.locator("h1")).not_to_have_text(before)
    expect(tab.locator("h1")).to_contain_text("Groningen")
    expect(tab.locator(".banner.sample")).to_have_text(t("frame.sample", "en"))
    expect(tab).to_have_url(re.compile(r"[?&]taal=en(&|$)"), timeout=10_000)
    assert chosen(tab.url) == {**VIEW, "taal": "en", "open": "alles"}
