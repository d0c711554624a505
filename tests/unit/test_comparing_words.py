"""What a comparison says about chosen units: only what the whole comparison bears out."""

import numpy as np
import pandas as pd
import pytest

from dashboard.comparison import said as comparing_words
from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.judgement import Verdict
from dashboard.comparison.members import UnitKind
from dashboard.comparison.whole import Whole
from indicators.catalogue import indicator
from tests.reference_statistics import compare_areas, judged_areas

WIJKEN, ORGANISATIONS = UnitKind.WIJKEN, UnitKind.ORGANISATIONS


def comparison(names: str, higher: list[tuple[int, int]]) -> Comparison:
    """A comparison of which only the pairs matter: (i, j) means i is higher than j."""
    matrix = np.zeros((len(names), len(names)), dtype=bool)
    for i, j in higher:
        matrix[i, j] = True
    areas = pd.DataFrame({"area": list(names.lower()), "name": list(names)})
    return Comparison(areas, matrix, Whole(100, 1000, BaseKind.POPULATION), 1000.0, ())


def test_one_above_all_others_and_no_difference_between_those():
    found = comparison("ABCD", [(0, 1), (0, 2), (0, 3)])
    assert comparing_words.pairs(found, ("a", "b", "c"), WIJKEN, "nl") == [
        "A scoort hoger dan de andere gekozen wijken, meer dan toeval verklaart.",
        "Geen verschil aan te tonen tussen: B en C.",
    ]


def test_between_two_the_other_is_named():
    found = comparison("AB", [(1, 0)])
    assert comparing_words.pairs(found, ("a", "b"), ORGANISATIONS, "en") == [
        "B scores higher than A, beyond chance."
    ]


def test_a_chain_names_each_pair_and_each_pair_that_is_alike():
    found = comparison("ABC", [(0, 2)])
    assert comparing_words.pairs(found, ("a", "b", "c"), WIJKEN, "nl") == [
        "A scoort hoger dan C, meer dan toeval verklaart.",
        "Geen verschil aan te tonen tussen: A en B; B en C.",
    ]


def test_nothing_is_said_about_one_or_about_who_is_not_chosen():
    found = comparison("ABC", [(0, 2)])
    for few in ((), ("a",), ("unknown",)):
        assert comparing_words.pairs(found, few, WIJKEN, "nl") == []
    [only] = comparing_words.pairs(found, ("a", "b"), WIJKEN, "nl")
    assert "C" not in only


def test_groups_that_are_alike_are_as_large_as_can_be():
    assert comparing_words.alike_groups(np.zeros((4, 4), dtype=bool)) == [(0, 1, 2, 3)]
    apart = np.zeros((4, 4), dtype=bool)
    apart[0, 3] = True
    assert comparing_words.alike_groups(apart) == [(0, 1, 2), (1, 2, 3)]
    assert comparing_words.alike_groups(~np.eye(3, dtype=bool)) == []


@pytest.mark.parametrize(
    ("kind", "language", "expected"),
    [
        (WIJKEN, "nl", "hoger dan de hele gemeente"),
        (ORGANISATIONS, "nl", "hoger dan alle organisaties samen"),
        (UnitKind.GEMEENTEN, "en", "higher than all gemeenten together"),
    ],
)
def test_a_verdict_names_what_it_compares_with(kind, language, expected):
    assert comparing_words.verdict_words(Verdict.HIGHER, kind, language) == expected
    assert comparing_words.verdict_words(Verdict.PERHAPS_HIGHER, kind, language) != expected


@pytest.mark.parametrize("kind", list(UnitKind))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_verdict_has_words_of_its_own_but_no_figure(kind, language):
    words = {each: comparing_words.verdict_words(each, kind, language) for each in Verdict}
    assert words.pop(Verdict.NO_FIGURE) == ""
    assert all(words.values())
    assert len(set(words.values())) == len(words)
    assert comparing_words.verdict_words(float("nan"), kind, language) == ""


def test_a_share_of_none_is_said_as_a_bound_also_in_the_file():
    figures = pd.DataFrame(
        [("a", "A", 0.0, 55.0), ("b", "B", 45.0, 225.0)], columns=["area", "name", "count", "base"]
    )
    found = compare_areas(figures, BaseKind.PEOPLE, 100.0, seed=1)
    values = pd.DataFrame(
        {
            "organisation_id": ["a", "b"],
            "bound": ["under", ""],
            "bound_value": [8.0, float("nan")],
            **{"status": "published", "reason": "", "without": [0, 15], "missing": ""},
        }
    )
    rows = comparing_words.rows(found, values, ORGANISATIONS).set_index("area", drop=False)
    _, value, *_, verdict = comparing_words.columns(
        indicator("outflow_per_100_volunteers"), ORGANISATIONS, "nl"
    )
    none, some = (rows.loc[each].to_dict() for each in "ab")
    assert (value.shown(none), value.raw(none)) == ("onder 8%", None)
    assert (value.shown(some), value.raw(some)) == ("20,0%", 20.0)
    assert verdict.shown(some).endswith(", zonder 15 mensen")
    assert "zonder" not in verdict.shown(none)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", list(UnitKind))
def test_conclusions_speak_of_their_kind(kind, language):
    figures = pd.DataFrame(
        [("a", "A", 100.0, 1000.0), ("b", "B", 20.0, 1000.0), ("c", "C", float("nan"), 1000.0)],
        columns=["area", "name", "count", "base"],
    )
    found = compare_areas(figures, BaseKind.POPULATION, 1000.0, seed=1)
    told = " ".join(comparing_words.conclusions(found, kind, {}, language))
    judged = judged_areas(figures, BaseKind.POPULATION, 1000.0)
    names = dict(zip(figures["area"], figures["name"], strict=True))
    title = comparing_words.title(judged, names, kind, language)
    assert "{" not in told + title
    assert "A" in title
    assert "C" in told
    if kind is not WIJKEN:
        assert "wijk" not in told + title


def test_who_is_not_compared_is_said_with_the_reason():
    figures = pd.DataFrame(
        [
            *((x.lower(), x, 100.0, 1000.0) for x in "AF"),
            *((x.lower(), x, float("nan"), 1000.0) for x in "BCDE"),
        ],
        columns=["area", "name", "count", "base"],
    )
    found = compare_areas(figures, BaseKind.POPULATION, 1000.0, seed=1)
    lacking = {"B": "partial", "C": "no_organisation", "D": "no_organisation"}
    told = comparing_words.conclusions(found, WIJKEN, lacking, "nl")
    assert told[-4:] == [
        "E is niet vergeleken: er is geen cijfer of de groep is te klein.",
        "B is niet vergeleken: het cijfer is onvolledig, omdat een organisatie niet leverde.",
        "C en D hebben geen wijkbedrijf en doen niet mee in de vergelijking.",
        "Met de hele gemeente zijn hier alleen de vergeleken wijken bedoeld.",
    ]
