"""Every chart of the views is valid Vega-Lite: the product does not look at that at each visit."""

from itertools import product

import altair as alt
import pytest

from dashboard.elements.view import Chart
from dashboard.results.view import view as results
from dashboard.spending.view import PARTS
from dashboard.spending.view import view as spending
from tests.content.test_sweep_compare_map import VIEWS as FOUR
from tests.content.test_wijk_sweep import MAKE
from tests.content.views import all_of, made

VIEWS = {**FOUR, **MAKE, "results": results, "spending": spending}
GEMEENTEN = ("GM0080", "GM0014", "GM0085")
INDICATORS = ("volunteers_per_1000", "outflow", "cost_per_paid_work", "spending")


def _addresses(page_id: str):
    match page_id:
        case "map":
            return [{"indicator": each} for each in INDICATORS]
        case "compare":
            kinds = ("wijken", "organisaties", "gemeenten")
            return [{"indicator": x, "soort": kind} for x, kind in product(INDICATORS, kinds)]
        case "spending":
            return [{"deel": each} for each in PARTS]
        case "results":
            return [{"per": each} for each in ("wijk", "organisatie")]
    return [{}]


@pytest.mark.parametrize("gemeente", GEMEENTEN)
@pytest.mark.parametrize("page_id", VIEWS)
def test_charts_are_valid(shipped, page_id, gemeente):
    seen = set()
    for chosen, language in product(_addresses(page_id), ("nl", "en")):
        asked = {"gemeente": gemeente, "taal": language, **chosen}
        for chart in all_of(made(VIEWS[page_id], page_id, **asked), Chart):
            rows = chart.spec["datasets"]
            # The look that all share has settings of Vega that the schema of Vega-Lite lacks.
            alt.Chart.from_dict({**chart.spec, "datasets": {}, "config": {}})
            assert any(rows.values()), chart.alternative
            seen.add(chart.alternative)
    assert seen or page_id in ("accountability", "overview") or gemeente == "GM0085"
