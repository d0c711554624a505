"""Charts over time: each point stands at the tick of its own period."""

import pandas as pd
import pytest

from dashboard.charts import over_time
from indicators.catalogue import indicator


def _days(periods, target=None):
    frame = pd.DataFrame({"period": periods, "value": [10.0] * len(periods), "status": "published"})
    spec = over_time.trend(frame, indicator("outflow"), target, "nl")
    return [[row["day"] for row in rows] for rows in spec["datasets"].values()]


@pytest.mark.parametrize("target", [None, ("2025", 12.0)])
def test_a_year_stands_at_its_tick(target):
    whole, *more = _days(["2024", "2025"], target)
    assert whole == ["2024-01-01T00:00:00", "2025-01-01T00:00:00"]
    assert more == ([["2025-01-01T00:00:00"]] if target else [])


def test_a_quarter_stands_at_its_last_day():
    assert _days(["2025-Q3", "2025-Q4"]) == [["2025-09-30", "2025-12-31"]]
