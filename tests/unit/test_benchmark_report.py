"""The bars of the benchmark and its table."""

from dataclasses import replace

import pytest

from tests.benchmark.report import Figures, misses, table

GOOD = Figures(
    name="compare",
    has_map=False,
    drawn={"run": 480.0, "production": 400.0},
    ratio={"run": 1.5, "production": 1.25},
    script={"run": 12.0, "production": 12.0},
    rerun={"run": 80.0, "production": 30.0},
    cold_queries=5,
    cold_rows=500,
    warm_queries=0,
)


def test_a_page_on_every_bar_misses_none():
    assert misses(GOOD) == []


@pytest.mark.parametrize(
    "change",
    [
        {"ratio": {"run": 1.51, "production": 1.25}},
        {"ratio": {"run": 2.01, "production": 1.25}, "has_map": True},
        {"rerun": {"run": 80.1, "production": 30.0}},
        {"rerun": {"run": 80.0, "production": 30.1}},
        {"cold_queries": 6},
        {"cold_rows": 501},
        {"warm_queries": 1},
    ],
)
def test_each_bar_can_be_missed(change):
    assert len(misses(replace(GOOD, **change))) == 1


def test_a_page_with_a_map_may_take_twice_the_empty_page():
    assert misses(replace(GOOD, ratio={"run": 2.0, "production": 2.0}, has_map=True)) == []


def test_table_has_a_row_for_each_page_and_marks_what_misses():
    bad = replace(GOOD, name="map", has_map=True, ratio={"run": 2.5, "production": 1.0})
    lines = table([GOOD, bad], {"run": 320.0, "production": 320.0}).splitlines()
    assert len(lines) == 5
    assert len({line.count("|") for line in lines}) == 1
    assert "2.50 *" in lines[-1]
    assert "*" not in lines[-2]
