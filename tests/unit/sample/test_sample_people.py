"""Invented people are believable, and differ between wijken only where they should."""

import datetime
import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest
from scipy.stats import chi2, poisson

from sample_data.facts import (
    BILGAARD,
    CENTRUM_GRONINGEN,
    LEEUWARDEN_OOST,
    OOSTERPARKWIJK,
    WIJKEN,
)
from sample_data.simulation import TRULY_DIFFERENT

LAST = "2025-12-31"
PERSONAL_FILES = (
    "vrijwilligers.csv",
    "vergoedingen.csv",
    "ladder.csv",
    "uitstroom.csv",
    "resultaten.csv",
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def volunteers_on(rows, date: str) -> dict[str, set[str]]:
    people = defaultdict(set)
    for row in rows("vrijwilligers.csv"):
        if row["begindatum"] <= date and (not row["einddatum"] or row["einddatum"] >= date):
            people[row["wijkcode"]].add(row["pseudoniem"])
    return people


@pytest.fixture(scope="module")
def volunteer_years(rows) -> Counter:
    years: Counter = Counter()
    for row in rows("vrijwilligers.csv"):
        first = max(day(row["begindatum"]), datetime.date(2022, 1, 1))
        last = min(day(row["einddatum"] or LAST), day(LAST))
        years[row["wijkcode"]] += max(0, (last - first).days + 1) / 365.25
    return years


@pytest.fixture(scope="module")
def outflow(rows) -> Counter:
    return Counter(row["wijkcode"] for row in rows("uitstroom.csv"))


def test_people_are_pseudonyms(rows) -> None:
    for name in PERSONAL_FILES:
        for row in rows(name):
            assert re.fullmatch(r"p[0-9a-f]{8}-\d|kanarie-[0-9a-f]{4}", row["pseudoniem"])


def test_everyone_in_a_file_once_volunteered(rows) -> None:
    known = {row["pseudoniem"] for row in rows("vrijwilligers.csv")}
    for name in PERSONAL_FILES:
        assert {row["pseudoniem"] for row in rows(name)} <= known


def test_keys_are_unique(rows) -> None:
    for name in (*PERSONAL_FILES, "besteding.csv"):
        keys = [row["kenmerk"] for row in rows(name)]
        assert len(keys) == len(set(keys))


def test_nobody_has_two_agreements_at_one_organisation_at_once(rows) -> None:
    agreements = defaultdict(list)
    for row in rows("vrijwilligers.csv"):
        span = (row["begindatum"], row["einddatum"] or "9999")
        agreements[row["pseudoniem"], row["organisatie"]].append(span)
    for spans in agreements.values():
        for (_, ended), (started, _) in pairwise(sorted(spans)):
            assert ended < started


def test_volunteers_grow_to_the_size_of_a_real_programme(rows) -> None:
    totals = []
    for year in range(2022, 2026):
        people = volunteers_on(rows, f"{year}-12-31")
        totals.append(len(set().union(*people.values())))
    assert totals == sorted(totals)
    assert 1_500 <= totals[-1] <= 2_500


def test_some_wijken_are_tiny(rows) -> None:
    tiny = ("WK008073", "WK008074", "WK008504", "WK008507", "WK008509", "WK008512")
    for date in ("2022-12-31", "2023-12-31", "2024-12-31", LAST):
        people = volunteers_on(rows, date)
        assert all(1 <= len(people[wijk]) <= 4 for wijk in tiny)


def test_every_wijk_has_a_volunteer(rows) -> None:
    assert set(volunteers_on(rows, LAST)) == {wijk.code for wijk in WIJKEN}


def test_some_people_volunteer_at_two_organisations_and_some_move(rows) -> None:
    organisations, wijken = defaultdict(set), defaultdict(set)
    for row in rows("vrijwilligers.csv"):
        organisations[row["pseudoniem"]].add(row["organisatie"])
        wijken[row["pseudoniem"]].add(row["wijkcode"])
    assert 20 <= sum(len(each) > 1 for each in organisations.values()) <= 200
    assert 20 <= sum(len(each) > 1 for each in wijken.values()) <= 200


@pytest.mark.parametrize("name", [*PERSONAL_FILES, "besteding.csv"])
def test_rows_lie_in_wijken_that_the_organisation_declared(rows, name) -> None:
    """The loader asks about a row that lies elsewhere; one that declared no wijken is not asked."""
    declared = defaultdict(set)
    for row in rows("organisatie_wijken.csv"):
        declared[row["organisatie"]].add(row["wijkcode"])
    elsewhere = {
        (row["organisatie"], row["wijkcode"])
        for row in rows(name)
        if row["wijkcode"]
        and row["organisatie"] in declared
        and row["wijkcode"] not in declared[row["organisatie"]]
    }
    assert elsewhere == set()


@pytest.mark.parametrize("name", PERSONAL_FILES)
def test_an_organisation_without_declared_wijken_has_rows_where_people_live(rows, name) -> None:
    wijken = {row["wijkcode"] for row in rows(name) if row["organisatie"] == "dreamfabryk"}
    assert len(wijken) > 1
    assert wijken <= set(LEEUWARDEN_OOST)


@pytest.mark.parametrize("year", ["2022", "2023", "2024", "2025"])
def test_one_organisation_can_group_its_small_wijken_and_one_cannot(rows, year) -> None:
    """A group is three wijken under 10 volunteers or more, with 20 or more together."""
    people = defaultdict(lambda: defaultdict(set))
    for row in rows("vrijwilligers.csv"):
        if row["begindatum"] <= f"{year}-12-31" <= (row["einddatum"] or "9999"):
            people[row["organisatie"]][row["wijkcode"]].add(row["pseudoniem"])
    small = {
        organisation: [len(each) for each in wijken.values() if len(each) < 10]
        for organisation, wijken in people.items()
    }
    villages = small["dorpsinitiatieven-ooststellingwerf"]
    assert len(villages) >= 3
    assert sum(villages) >= 20
    lone, few = sorted(small["wijkinitiatieven-leeuwarden"])
    assert lone == 1
    assert 2 <= few <= 4


def test_two_wijken_are_better_and_one_is_worse_beyond_chance(volunteer_years, outflow) -> None:
    rest = [wijk for wijk in volunteer_years if wijk not in TRULY_DIFFERENT]
    usual = sum(outflow[wijk] for wijk in rest) / sum(volunteer_years[wijk] for wijk in rest)
    assert 0.06 < usual < 0.10
    for wijk in (BILGAARD, OOSTERPARKWIJK):
        assert poisson.sf(outflow[wijk] - 1, usual * volunteer_years[wijk]) < 1e-9
    worse = CENTRUM_GRONINGEN
    assert poisson.cdf(outflow[worse], usual * volunteer_years[worse]) < 1e-9


def test_the_other_wijken_differ_by_chance_only(volunteer_years, outflow) -> None:
    rest = [wijk for wijk in volunteer_years if wijk not in TRULY_DIFFERENT]
    usual = sum(outflow[wijk] for wijk in rest) / sum(volunteer_years[wijk] for wijk in rest)
    expected = {wijk: usual * volunteer_years[wijk] for wijk in rest}
    spread = sum((outflow[wijk] - expected[wijk]) ** 2 / expected[wijk] for wijk in rest)
    assert 0.001 < chi2.sf(spread, len(rest) - 1) < 0.999


@pytest.mark.parametrize(("months", "share"), [(6, 0.85), (12, 0.70), (18, 0.60)])
def test_jobs_last_about_as_long_as_said(rows, months, share) -> None:
    length = datetime.timedelta(days=round(months * 30.44))
    old_enough = [
        row for row in rows("uitstroom.csv") if day(row["begindatum"]) + length <= day(LAST)
    ]
    lasted = [
        row
        for row in old_enough
        if not row["einddatum"] or day(row["einddatum"]) >= day(row["begindatum"]) + length
    ]
    assert len(lasted) / len(old_enough) == pytest.approx(share, abs=0.06)
    assert len(old_enough) < len(rows("uitstroom.csv"))


def test_work_has_all_three_kinds(rows) -> None:
    kinds = Counter(row["soort_werk"] for row in rows("uitstroom.csv"))
    assert set(kinds) == {"zonder_steun", "met_steun", "zelfstandig"}
    assert kinds["zonder_steun"] > kinds["met_steun"] > kinds["zelfstandig"]


def test_everyone_who_finds_work_volunteered_just_before(rows) -> None:
    agreements = defaultdict(list)
    for row in rows("vrijwilligers.csv"):
        agreements[row["pseudoniem"]].append(row)
    for work in rows("uitstroom.csv"):
        eve = str(day(work["begindatum"]) - datetime.timedelta(days=1))
        assert any(
            each["begindatum"] <= eve <= (each["einddatum"] or LAST)
            for each in agreements[work["pseudoniem"]]
        )


def test_ladder_readings_are_about_twice_a_year(rows) -> None:
    readings = defaultdict(list)
    for row in rows("ladder.csv"):
        readings[row["pseudoniem"]].append(row["datum"])
    for dates in readings.values():
        assert len(dates) == len(set(dates))
        assert max(Counter(date[:4] for date in dates).values()) <= 4
    gaps = [
        (day(later) - day(earlier)).days
        for dates in readings.values()
        for earlier, later in pairwise(sorted(dates))
    ]
    usual = [gap for gap in gaps if 165 <= gap <= 200]
    assert len(usual) / len(gaps) > 0.8


def test_steps_are_slow_mostly_up_and_sometimes_down(rows) -> None:
    levels = defaultdict(list)
    for row in rows("ladder.csv"):
        levels[row["pseudoniem"]].append((row["datum"], int(row["trede"])))
    moves: Counter = Counter()
    for readings in levels.values():
        for (_, before), (_, after) in pairwise(sorted(readings)):
            moves["up" if after > before else "down" if after < before else "same"] += 1
    whole = moves.total()
    assert 0.10 < moves["up"] / whole < 0.22
    assert 0.02 < moves["down"] / whole < 0.08


def test_levels_of_paid_work_follow_a_start_in_work(rows) -> None:
    started = defaultdict(list)
    for row in rows("uitstroom.csv"):
        started[row["pseudoniem"]].append(row["begindatum"])
    high = [row for row in rows("ladder.csv") if row["trede"] in "56"]
    assert high
    not_received = ("wijkinitiatieven-groningen", "2022")
    for row in high:
        if (row["organisatie"], row["datum"][:4]) != not_received:
            assert any(date < row["datum"] for date in started[row["pseudoniem"]])


def test_some_people_are_paid_above_the_maximum_also_by_two_organisations(rows) -> None:
    maximum = {"2022": 1_800, "2023": 1_900, "2024": 2_100, "2025": 2_100}
    total, payers = Counter(), defaultdict(set)
    for row in rows("vergoedingen.csv"):
        key = row["pseudoniem"], row["datum"][:4]
        total[key] += float(row["bedrag"].replace(",", "."))
        payers[key].add(row["organisatie"])
    above = [key for key, amount in total.items() if amount > maximum[key[1]]]
    assert {year for _, year in above} == set(maximum)
    assert 40 < len(above) < 200
    assert any(len(payers[key]) == 2 for key in above)
