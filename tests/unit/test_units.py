"""Wijken, organisations and gemeenten: which figures are compared, and why some are not."""

import pandas as pd
import pytest

from dashboard.address.selection import Selection
from dashboard.comparison import members as units
from dashboard.comparison import said as comparing_words
from dashboard.comparison.judgement import Verdict
from dashboard.comparison.law import Law
from dashboard.comparison.members import UnitKind
from dashboard.door import Door
from data_access.shelf import ReleaseKey
from indicators.catalogue import indicator

CLOSED = ("2023", "2024", "2024-Q4", "2025-Q1", "2025-Q2")
HERE, THERE = ReleaseKey("GM0080", 7, "seal"), ReleaseKey("GM0014", 1, "other")
SELECTION = Selection("compare", HERE, "GM0080", "outflow", "2024", "nl", beside=(HERE, THERE))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2025-Q2", ("2025-Q2", "2024")),
        ("2024-Q4", ("2024-Q4", "2024")),
        ("2024", ("2024-Q4", "2024")),
        ("2023", ("", "2023")),
        ("2022", ("", "")),
    ],
)
def test_a_period_brings_its_quarter_and_year(period, expected):
    assert units.periods(period, CLOSED) == expected


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (UnitKind.WIJKEN, "panel"),
        (UnitKind.ORGANISATIONS, "by_organisation"),
        (UnitKind.GEMEENTEN, "of_gemeenten"),
    ],
)
def test_each_kind_asks_its_own_question(monkeypatch, kind, question):
    asked = []
    monkeypatch.setattr(Door, question, lambda _door, *given: asked.append(given))
    units.values_of(Door(SELECTION), kind, ("a",), ("2024",))
    assert asked == [(("a",), ("2024",))]


@pytest.mark.parametrize(
    ("indicator_id", "wijken", "organisations"),
    [
        ("volunteers_per_1000", Law.POPULATION, Law.NONE),
        ("outflow_per_100_bijstand", Law.POPULATION, Law.NONE),
        ("outflow_per_100_volunteers", Law.PEOPLE, Law.PEOPLE),
        ("cost_per_paid_work", Law.MONEY, Law.MONEY),
        ("spending_per_resident", Law.NONE, Law.NONE),
        ("outflow", Law.NONE, Law.NONE),
    ],
)
def test_what_can_be_compared(indicator_id, wijken, organisations):
    shown = indicator(indicator_id)
    assert units.law_of_chance(shown, UnitKind.WIJKEN) == wijken
    assert units.law_of_chance(shown, UnitKind.GEMEENTEN) == wijken
    assert units.law_of_chance(shown, UnitKind.ORGANISATIONS) == organisations
    for kind, law in ((UnitKind.WIJKEN, wijken), (UnitKind.ORGANISATIONS, organisations)):
        assert units.is_compared(shown, kind) == (law in (Law.POPULATION, Law.PEOPLE))


def test_why_organisations_have_no_figure_per_resident():
    def why(indicator_id):
        return units.why_not(indicator(indicator_id), UnitKind.ORGANISATIONS, "nl")

    assert why("volunteers_per_1000").startswith("Organisaties hebben geen inwoners,")
    assert why("outflow_per_100_bijstand").startswith("Organisaties hebben geen inwoners in de")
    assert "toeval" in why("outflow")


def test_related_indicators_have_the_same_count_on_another_base():
    def ids(indicator_id, kind):
        return [each.id for each in units.related(indicator(indicator_id), kind)]

    assert ids("volunteers_per_1000", UnitKind.WIJKEN) == [
        "volunteers_per_1000",
        "volunteers_per_100_bijstand",
    ]
    outflow = ["outflow_per_100_volunteers", "outflow_per_1000_residents"]
    assert ids("outflow", UnitKind.GEMEENTEN) == [*outflow, "outflow_per_100_bijstand"]
    assert ids("outflow_per_1000_residents", UnitKind.ORGANISATIONS) == outflow[:1]
    assert ids("still_in_work_6", UnitKind.WIJKEN) == []
    everything = ids("volunteers_per_1000", UnitKind.ORGANISATIONS)
    assert everything[0] == "outflow_per_100_volunteers"
    assert "volunteers_per_100_bijstand" not in everything


def values(*rows):
    frame = pd.DataFrame(
        [("outflow_per_100_volunteers", *row) for row in rows],
        columns=[
            *("indicator", "area_code", "organisation_id", "period", "numerator", "denominator"),
            "status",
        ],
    )
    return frame.assign(reason="", numerator_error=0.0, denominator_error=0.0)


def compare(rows, kind, names, shown):
    judged = units.judged(rows, kind, names, "GM0080", shown)
    return units.compare(judged, kind, names, shown, 1)


def test_organisations_are_compared_with_their_published_total():
    rows = values(
        ("GM0080", "", "2025", 100.0, 1000.0, "published"),
        ("GM0080", "x", "2025", 45.0, 225.0, "published"),
        ("GM0080", "y", "2025", 40.0, 775.0, "published"),
        ("GM0080", "z", "2025", 15.0, 50.0, "no_data"),
    )
    shown = indicator("outflow_per_100_volunteers")
    names = {"x": "X", "y": "Y", "z": "Z"}
    found = compare(rows, UnitKind.ORGANISATIONS, names, shown)
    # 100 of 1,000, and not the 85 of 1,000 that the two known organisations add up to.
    assert found.whole.rate == 0.1
    assert not found.whole.pooled
    assert dict(zip(found.areas["area"], found.areas["rate"], strict=True)) == {
        "x": pytest.approx(20.0),
        "y": pytest.approx(100 * 40 / 775),
    }
    assert found.not_compared == ("Z",)


def test_gemeenten_are_compared_with_their_sum_and_a_missing_one_is_named():
    rows = values(
        ("GM0014", "", "2025", 50.0, 500.0, "published"),
        ("GM0080", "", "2025", 100.0, 500.0, "published"),
    )
    shown = indicator("outflow_per_100_volunteers")
    names = {"GM0014": "Groningen", "GM0080": "Leeuwarden", "GM0085": "Ooststellingwerf"}
    found = compare(rows, UnitKind.GEMEENTEN, names, shown)
    assert found.whole.rate == 0.15
    assert found.whole.pooled
    assert found.not_compared == ("Ooststellingwerf",)


def test_wijken_of_the_gemeente_or_all_gemeenten_by_name():
    areas = pd.DataFrame(
        [
            ("GM0080", "gemeente", "Leeuwarden"),
            ("WK008002", "wijk", "aldlân"),
            ("WK008001", "wijk", "Bilgaard"),
            ("OW0080", "unknown", "wijk onbekend"),
        ],
        columns=["area_code", "level", "name"],
    )
    wijken = units.members(UnitKind.WIJKEN, areas)
    assert list(wijken.items()) == [("WK008002", "aldlân"), ("WK008001", "Bilgaard")]
    gemeenten = pd.DataFrame(
        [("GM0080", "gemeente", "Leeuwarden"), ("GM0014", "gemeente", "Groningen")],
        columns=["area_code", "level", "name"],
    )
    assert list(units.members(UnitKind.GEMEENTEN, gemeenten)) == ["GM0014", "GM0080"]


SHARE = indicator("outflow_per_100_volunteers")
FOUR = {"a": "A", "b": "B", "c": "C", "d": "D"}


def four_wijken(status, reason):
    """Three wijken with 10 % and one with 90 % of which `status` says what it is."""
    rows = values(
        ("GM0080", "", "2025", 130.0, 1100.0, "published"),
        *((each, "", "2025", 30.0, 300.0, "published") for each in "abc"),
        ("d", "", "2025", 180.0, 200.0, status),
    )
    return rows.assign(reason=[*[""] * 4, reason])


def test_an_incomplete_figure_gets_no_verdict_and_is_not_in_the_pooled_rate():
    rows = four_wijken("partial", "not_delivered")
    rows.loc[0, ["status", "reason"]] = ["partial", "not_delivered"]
    found = compare(rows, UnitKind.WIJKEN, FOUR, SHARE)
    assert set(found.areas["name"]) == {"A", "B", "C"}
    assert found.not_compared == ("D",)
    assert found.whole.rate == pytest.approx(0.1)
    judged = units.judged(rows, UnitKind.WIJKEN, FOUR, "GM0080", SHARE)
    assert comparing_words.why_lacking(judged, FOUR) == {"D": "partial"}
    assert judged.named(Verdict.PARTIAL) == ("d",)
    assert judged.whole == found.whole


def test_a_wijk_without_organisation_has_no_place_in_the_pooled_rate():
    rows = four_wijken("no_data", "no_organisation")
    found = compare(rows, UnitKind.WIJKEN, FOUR, SHARE)
    # The published whole, 130 of 1,100, holds its residents.
    assert (found.whole.count, found.whole.base, found.whole.pooled) == (90, 900, True)
    judged = units.judged(rows, UnitKind.WIJKEN, FOUR, "GM0080", SHARE)
    assert comparing_words.why_lacking(judged, FOUR) == {"D": "no_organisation"}


def test_the_error_of_a_total_is_in_the_comparison():
    rows = four_wijken("published", "").assign(
        numerator_error=[19.0, 0, 0, 0, 8], denominator_error=[18.0, 0, 0, 0, 8]
    )
    found = compare(rows, UnitKind.WIJKEN, FOUR, SHARE)
    assert (found.whole.count_error, found.whole.base_error) == (19, 18)
    errors = found.areas.set_index("area")["count_error"]
    assert errors.to_dict() == {"a": 0, "b": 0, "c": 0, "d": 8}
