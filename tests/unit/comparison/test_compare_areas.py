"""A whole comparison, and what may be concluded from it."""

import numpy as np
import pandas as pd
import pytest

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.compare_areas import NothingToCompareError
from dashboard.comparison.conclusions import conclude
from dashboard.comparison.funnel import Position
from dashboard.comparison.ranks import told_apart
from dashboard.comparison.shrinkage import empirical_bayes
from dashboard.comparison.whole import Whole
from tests.reference_statistics import compare_areas

POPULATION, PEOPLE = BaseKind.POPULATION, BaseKind.PEOPLE


def figures(**areas: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"WK{i:06}", name, *pair) for i, (name, pair) in enumerate(areas.items())],
        columns=["area", "name", "count", "base"],
    )


@pytest.fixture
def one_high() -> pd.DataFrame:
    return figures(
        Vrijheid=(15, 3600),
        Bilgaard=(100, 6900),
        Oud_Oost=(30, 12400),
        Goutum=(10, 3400),
        Leeg=(np.nan, 4000),
        Niemand=(0, 0),
    )


def test_columns_and_grouping(one_high):
    found = compare_areas(one_high, POPULATION, 1000, seed=1)
    assert list(found.areas.columns) == [
        *("area", "name", "count", "base", "count_error", "base_error"),
        *("rate", "lower", "upper", "shrunken", "verdict"),
        *("position_95", "stands_out", "best_rank", "worst_rank"),
    ]
    assert found.areas["name"].tolist() == ["Bilgaard", "Goutum", "Vrijheid", "Oud_Oost"]
    assert found.areas["position_95"].tolist() == [
        *(Position.HIGH, Position.INSIDE, Position.INSIDE, Position.LOW)
    ]
    assert found.areas["verdict"].tolist() == ["higher", "inside", "inside", "lower"]
    assert found.areas["rate"].iloc[0] == pytest.approx(100 / 6.9)
    assert (found.areas["lower"] < found.areas["rate"]).all()
    assert found.not_compared == ("Leeg", "Niemand")
    assert found.whole == Whole(155, 26300, POPULATION, 8, 8, pooled=True)


def test_shrunken_rates_allow_for_rounding(one_high):
    found = compare_areas(one_high, POPULATION, 1000, seed=1).areas
    expected = empirical_bayes(found["count"], found["base"], 4.0) * 1000
    assert found["shrunken"].to_numpy() == pytest.approx(expected)


def test_pairs_follow_the_rows(one_high):
    found = compare_areas(one_high, POPULATION, 1000, seed=1)
    assert found.higher[0].tolist() == [False, True, True, True]
    assert found.areas["best_rank"].tolist()[0] == found.areas["worst_rank"].tolist()[0] == 1


def test_a_published_total_is_the_whole(one_high):
    whole = Whole(500, 130_000, POPULATION)
    found = compare_areas(one_high, POPULATION, 1000, seed=1, whole=whole)
    assert found.whole is whole


def test_two_areas_inside_the_funnel_are_never_ranked():
    counts, bases = [55, 30], [5000, 5000]
    whole = Whole(40_000, 5_000_000, POPULATION)
    assert told_apart(counts, bases, whole, seed=1)[0, 1]
    found = compare_areas(
        figures(A=(55, 5000), B=(30, 5000)), POPULATION, 1000, seed=1, whole=whole
    )
    assert (found.areas["position_95"] == Position.INSIDE).all()
    assert not found.higher.any()
    assert found.areas["best_rank"].tolist() == [1, 1]
    assert found.areas["worst_rank"].tolist() == [2, 2]


def test_shares_on_small_bases_are_not_compared():
    table = figures(A=(20, 60), B=(5, 5), C=(10, 45))
    found = compare_areas(table, PEOPLE, 100, seed=1)
    assert found.not_compared == ("B",)
    assert sorted(found.areas["name"]) == ["A", "C"]


def test_nothing_to_compare_is_said():
    with pytest.raises(NothingToCompareError):
        compare_areas(figures(A=(np.nan, 100)), POPULATION, 1000, seed=1)


def test_conclusion_of_one_high_area(one_high):
    found = conclude(compare_areas(one_high, POPULATION, 1000, seed=1))
    assert found.above == ("Bilgaard",)
    assert found.below == ("Oud_Oost",)
    assert found.inside == ("Goutum", "Vrijheid")
    assert found.perhaps_above == found.perhaps_below == ()
    assert found.told_apart == (
        ("Bilgaard", "Goutum"),
        ("Bilgaard", "Oud_Oost"),
        ("Bilgaard", "Vrijheid"),
    )
    assert found.not_compared == ("Leeg", "Niemand")
    assert not found.nothing_differs


def test_pairs_name_the_higher_first_whatever_the_alphabet():
    table = figures(Aldlan=(150, 5000), Bilgaard=(400, 5000), Camminga=(10, 5000))
    whole = Whole(10_000, 1_000_000, POPULATION)
    found = conclude(compare_areas(table, POPULATION, 1000, seed=1, whole=whole))
    assert found.above == ("Aldlan", "Bilgaard")
    assert found.told_apart == (
        ("Aldlan", "Camminga"),
        ("Bilgaard", "Aldlan"),
        ("Bilgaard", "Camminga"),
    )


def test_one_in_many_just_outside_is_only_perhaps():
    table = figures(Even=(20, 950), **{f"W{i:02}": (10, 1000) for i in range(19)})
    whole = Whole(1000, 100_000, POPULATION)
    found = conclude(compare_areas(table, POPULATION, 1000, seed=1, whole=whole))
    assert found.perhaps_above == ("Even",)
    assert found.above == ()
    assert len(found.inside) == 19


def test_equal_areas_differ_in_nothing():
    found = conclude(
        compare_areas(figures(A=(10, 1000), B=(10, 1000), C=(5, 700)), POPULATION, 1000, seed=1)
    )
    assert found.nothing_differs
    assert found.inside == ("A", "B", "C")
    assert found.told_apart == ()
