"""All pages x gemeenten x wijken x indicators x periods x languages: every view there is.

Views are made as the frame makes them: once for all choices that a page does not look at. That is
some ten thousand views and a quarter of an hour, so it runs with SWEEP=all in the environment (as
`.ci/long` does); the other sweeps meet a part of them at every run.
"""

import os
from itertools import product

import pytest

from dashboard import door
from dashboard.accountability.view import view as accountability
from dashboard.address import reader_choices
from dashboard.address.page_list import page
from dashboard.address.reader_choices import Refusal
from dashboard.compare.view import view as compare
from dashboard.frame import kept_views
from dashboard.map.view import view as kaart
from dashboard.overview.view import view as overview
from dashboard.progress.view import view as progress
from dashboard.results.view import view as results
from dashboard.spending.view import PARTS
from dashboard.spending.view import view as spending
from dashboard.wijk.view import view as wijk
from indicators.catalogue import INDICATORS
from tests.content import test_sweep_compare_map, test_wijk_sweep
from tests.content.conftest import GEMEENTEN
from tests.content.writing import faults_in

LANGUAGES = ("nl", "en")
# Views that a page has at least: of wijken or periods or indicators, whatever it looks at. A
# gemeente without contracts has one view of its results.
LEAST = {
    "overview": 16, "map": 150, "compare": 150, "accountability": 1,
    "wijk": 16 * 12, "progress": 4 * 12, "results": 1, "spending": 4 * 12,
}  # fmt: skip


def _well_written(view, _language):
    assert faults_in(view) == []


def _good_place(view, _language):
    test_wijk_sweep.check(view)


PAGES = {
    "overview": (overview, test_sweep_compare_map.check),
    "map": (kaart, test_sweep_compare_map.check),
    "compare": (compare, test_sweep_compare_map.check),
    "accountability": (accountability, test_sweep_compare_map.check),
    "wijk": (wijk, _good_place),
    "progress": (progress, _good_place),
    "results": (results, _well_written),
    "spending": (spending, _well_written),
}


@pytest.mark.skipif(os.environ.get("SWEEP") != "all", reason="every view: with SWEEP=all")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gemeente", GEMEENTEN)
@pytest.mark.parametrize("page_id", PAGES)
def test_every_view_says_something_true_to_form(shipped, page_id, gemeente, language):
    make, check = PAGES[page_id]
    known = door.releases()
    now = reader_choices.current(known, None, "")
    release = reader_choices.release({"gemeente": gemeente}, now)
    areas = door.areas(release.key, language)
    places = reader_choices.places(now, areas, door.indicators(release.key))
    wijken = ("", *sorted(areas.loc[areas["level"] == "wijk", "area_code"]))
    of_page = [{"deel": part} for part in PARTS] if page_id == "spending" else [{}]
    seen = {}
    for each, period, more, place in product(INDICATORS, release.periods, of_page, wijken):
        asked = {"gemeente": gemeente, "taal": language, "periode": period, "wijk": place, **more}
        asked["indicator"] = each.id
        try:
            selection = reader_choices.selection(page(page_id), asked, release, now, places)
        except Refusal:
            continue  # Not a period of this page or indicator.
        view = kept_views.view(make, selection)
        if id(view) not in seen:
            seen[id(view)] = view
            check(view, language)
    assert len(seen) >= LEAST[page_id]
