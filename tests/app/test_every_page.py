"""Every page in both languages with every indicator: it opens, and says what it must say."""

import pytest

from dashboard.address.page_list import PAGES
from dashboard.words.copy import t
from indicators.catalogue import INDICATORS
from tests.app.pages import charts, decks, opened, words

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
VIEWS = [
    (each.id, language, indicator.id if "indicator" in each.filters else "")
    for each in PAGES
    for language in ("nl", "en")
    for indicator in (INDICATORS if "indicator" in each.filters else INDICATORS[:1])
]


@pytest.mark.parametrize(("page_id", "language", "indicator_id"), VIEWS)
def test_page_opens_and_is_complete(sample_app, page_id, language, indicator_id):
    chosen = {"indicator": indicator_id} if indicator_id else {}
    app = opened(page_id, taal=language, gemeente="GM0080", **chosen)
    assert not app.exception
    assert not app.error
    shown = words(app)
    assert t("frame.sample", language) in shown
    assert '<h1 class="page-title"' in " ".join(each.proto.body for each in app.get("html"))
    decimal = "," if language == "nl" else "."
    for spec in charts(app):
        assert spec["config"]["locale"]["number"]["decimal"] == decimal
    for kind in ("vega_lite_chart", "deck_gl_json_chart"):
        for element in app.get(kind):
            assert len(element.proto.alt) > 20, f"{kind} without a text alternative"


@pytest.mark.parametrize("gemeente", GEMEENTEN)
@pytest.mark.parametrize("page_id", [each.id for each in PAGES])
def test_page_opens_for_every_gemeente(sample_app, page_id, gemeente):
    app = opened(page_id, gemeente=gemeente)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("wijk", ["WK008060", "WK008074"])
def test_wijk_page_opens_for_a_large_and_a_tiny_wijk(sample_app, wijk):
    app = opened("wijk", gemeente="GM0080", wijk=wijk)
    assert not app.exception
    assert not app.error


def test_map_has_every_wijk_once(sample_app):
    [deck] = decks(opened("map", gemeente="GM0080", indicator="volunteers"))
    areas = [
        feature["properties"]["area_code"]
        for feature in deck["layers"][0]["data"]["features"]
        if feature["properties"]["part"] == "wijk"
    ]
    assert len(areas) == len(set(areas)) == 22
