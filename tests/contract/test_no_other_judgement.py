"""Pages that compare no places say nothing that sounds like a verdict.

Wijk, Doorstroom, Resultaten, and the parts of Besteding that are not about the cost of an outcome,
in every text a reader sees or downloads: of all gemeenten, the newest quarter or year and an older
one. Which amount of money or count of results is the largest is no verdict and may be said: of
those no law of chance is known. The pages that give verdicts are in test_one_judgement.py.
"""

import re

import pytest

from dashboard.progress.view import view as progress
from dashboard.results.view import view as results
from dashboard.spending.view import view as spending
from dashboard.wijk.view import view as wijk
from tests.content.test_sweep_compare_map import texts
from tests.content.views import made

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
VERDICT = re.compile(
    r"\b(scoort|scoren|hoger dan|lager dan|boven de grens|onder de grens|aantoonbaar|dan toeval|"
    r"kan toeval zijn|aan te tonen|niet getoetst|Hoogste|Laagste|Oordeel\b(?! van))"
)
PAGES = {
    "wijk": (wijk, ("2025-Q4", "2023-Q2"), ({},)),
    "progress": (progress, ("2025", "2022"), ({},)),
    "results": (results, ("2025-Q4", "2024-Q4"), ({"per": "wijk"}, {"per": "organisatie"})),
    "spending": (
        spending,
        ("2025", "2022"),
        tuple({"deel": each} for each in ("stromen", "dekking", "vermeden", "vergoedingen")),
    ),
}
CASES = [
    (page, gemeente, period, more)
    for page, (_, periods, choices) in PAGES.items()
    for gemeente in GEMEENTEN
    for period in periods
    for more in choices
]


pytestmark = pytest.mark.usefixtures("shipped")


@pytest.mark.parametrize(("page", "gemeente", "period", "more"), CASES)
def test_nothing_sounds_like_a_verdict(page, gemeente, period, more):
    shown = made(PAGES[page][0], page, gemeente=gemeente, periode=period, taal="nl", **more)
    found = [each for each in texts(shown, "nl") if VERDICT.search(each)]
    assert found == []
