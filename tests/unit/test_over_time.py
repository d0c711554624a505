"""Charts over time: each point stands at the tick of its own period."""

import pandas as pd
import pytest

from dashboard.charts import over_time
from indicators.catalogue import indicator
from indicators.vocabulary import Category, Text


def _days(periods, target=None):
    frame = pd.DataFrame({"period": periods, "value": [10.0] * len(periods), "status": "published"})
    frame = frame.assign(reason="")
    spec = over_time.trend(frame, indicator("outflow"), target, "nl")
    return [[row["day"] for row in rows] for rows in spec["datasets"].values()]


@pytest.mark.parametrize("target", [None, ("2025", 12.0)])
def test_a_year_stands_at_its_tick(target):
    whole, *more = _days(["2024", "2025"], target)
    assert whole == ["2024-01-01T00:00:00", "2025-01-01T00:00:00"]
    assert more == ([["2025-01-01T00:00:00"]] if target else [])


def test_a_quarter_stands_at_its_last_day():
    assert _days(["2025-Q3", "2025-Q4"]) == [["2025-09-30", "2025-12-31"]]


def test_an_incomplete_figure_is_off_the_line_and_says_what_it_lacks():
    frame = pd.DataFrame(
        {
            "period": ["2023", "2024", "2025"],
            "value": [10.0, 15.0, float("nan")],
            "status": ["published", "partial", "no_data"],
            "reason": ["", "not_delivered", "not_delivered"],
            "missing": ["", "z", ""],
        }
    )
    spec = over_time.trend(frame, indicator("outflow"), None, "nl")
    [rows] = spec["datasets"].values()
    assert [row["whole"] for row in rows] == [10.0, None, None]
    assert [row["shown"] for row in rows] == [
        "10",
        "15; zonder z",
        "niet bekend: niet geleverd",
    ]
    line, _, partial, unknown = spec["layer"]
    assert line["encoding"]["y"]["field"] == "whole"
    assert (partial["mark"]["shape"], partial["mark"]["filled"]) == ("diamond", False)
    assert unknown["mark"]["shape"] == "cross"


def test_bars_of_an_incomplete_period_are_pale_and_say_why():
    frame = pd.DataFrame(
        {
            "period": ["2024", "2025"],
            "category": "no_support",
            "value": [10, 15],
            "status": ["published", "partial"],
            "reason": ["", "not_delivered"],
            "missing": ["", "z"],
        }
    )
    classes = (Category("no_support", Text("zonder steun", "without support")),)
    spec = over_time.stacked(frame, classes, "personen", "nl")
    [rows] = spec["datasets"].values()
    assert [(row["whole"], row["when"]) for row in rows] == [
        (True, "2024"),
        (False, "2025, zonder z"),
    ]
    assert spec["encoding"]["opacity"]["condition"]["test"] == "datum.whole"
