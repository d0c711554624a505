"""Each SELECT of data_access.measures on rows at its boundaries, counted by hand."""

import pytest

from tests.contract.tiny_register import BAKERY, GARDEN, ITEM, NORTH, SOUTH, TinyRegister

ENDS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")


def test_volunteers_on_the_reference_date(tiny: TinyRegister) -> None:
    # Ends on the reference date of Q1: that day still counts.
    tiny.agreement("ends-on-it", "2025-01-10", "2025-03-31")
    # Ends the day before: never counted.
    tiny.agreement("ends-before", "2025-01-10", "2025-03-30")
    # Starts on the reference date of Q1: counts from Q1 on.
    tiny.agreement("starts-on-it", "2025-03-31")
    # Starts the day after: counts from Q2 on.
    tiny.agreement("starts-after", "2025-04-01")
    # Starts after the last closed quarter: never counted.
    tiny.agreement("too-late", "2026-01-01")

    assert tiny.counted("volunteers", "period") == dict(zip(ENDS, (2, 2, 2, 2), strict=True))


def test_a_volunteer_of_two_organisations_counts_at_both(tiny: TinyRegister) -> None:
    """Counting once would tell an organisation whether somebody is at another one too."""
    tiny.agreement("two", "2024-12-02", where=BAKERY, wijk=NORTH)
    tiny.agreement("two", "2024-12-01", where=GARDEN, wijk=SOUTH)
    # Two of one kind at one organisation: once, where the longest running one is.
    tiny.agreement("twice", "2024-12-02", where=GARDEN, wijk=NORTH)
    tiny.agreement("twice", "2024-12-01", where=GARDEN, wijk=SOUTH)
    # Both on the same day: the first key decides, the same one in every database.
    tiny.agreement("same-day", "2024-12-01", where=BAKERY, wijk=NORTH)
    tiny.agreement("same-day", "2024-12-01", where=BAKERY, wijk=SOUTH)

    found = tiny.counted("volunteers", "period", "wijk_code", "organisation_id")
    assert {key[1:]: n for key, n in found.items() if key[0] == "2024-Q4"} == {
        (NORTH, BAKERY): 2,
        (SOUTH, GARDEN): 2,
    }


def test_a_volunteer_who_moves_counts_where_the_agreement_says(tiny: TinyRegister) -> None:
    # Lives in the north up to and including the reference date of Q1, in the south from then on.
    tiny.agreement("mover", "2024-12-01", "2025-03-31", wijk=NORTH)
    tiny.agreement("mover", "2025-03-31", "2025-09-30", wijk=SOUTH)

    assert tiny.counted("volunteers", "period", "wijk_code") == {
        ("2024-Q4", NORTH): 1,
        ("2025-Q1", NORTH): 1,
        ("2025-Q2", SOUTH): 1,
        ("2025-Q3", SOUTH): 1,
    }


def test_hours_are_summed_per_person_and_capped(tiny: TinyRegister) -> None:
    # Two agreements of one person: 6 + 4.5 hours, at the longest running one.
    tiny.agreement("two", "2025-10-01", wijk=NORTH, hours=6)
    tiny.agreement("two", "2025-11-01", wijk=SOUTH, hours=4.5)
    # 30 + 10.1 hours: what goes beyond 40 does not count.
    tiny.agreement("tireless", "2025-10-01", wijk=SOUTH, hours=30)
    tiny.agreement("tireless", "2025-10-02", wijk=SOUTH, hours=10.1)
    # 30 hours at each of two organisations: neither is capped by the other.
    tiny.agreement("elsewhere-too", "2025-10-01", wijk=NORTH, hours=30)
    tiny.agreement("elsewhere-too", "2025-10-01", wijk=SOUTH, where=GARDEN, hours=30)
    # Ended the day before the reference date: no hours.
    tiny.agreement("gone", "2025-10-01", "2025-12-30", hours=8)

    assert tiny.counted("volunteer_hours", "period", "wijk_code") == {
        ("2025-Q4", NORTH): 105 + 300,
        ("2025-Q4", SOUTH): 400 + 300,
    }


def test_new_volunteers_are_new_once_at_each_organisation(tiny: TinyRegister) -> None:
    # First and last day of the quarter.
    tiny.agreement("first-day", "2025-04-01")
    tiny.agreement("last-day", "2025-06-30", where=GARDEN)
    # The day before the quarter belongs to the quarter before.
    tiny.agreement("day-before", "2025-03-31")
    # Comes back: not new again. Starts elsewhere too: new there.
    tiny.agreement("returns", "2024-02-01", "2024-03-01")
    tiny.agreement("returns", "2025-05-01")
    tiny.agreement("returns", "2025-05-01", where=GARDEN)
    # Stops within the quarter: still a new volunteer.
    tiny.agreement("short", "2025-05-01", "2025-05-02")

    assert tiny.counted("new_volunteers", "period", "organisation_id") == {
        ("2024-Q1", BAKERY): 1,
        ("2025-Q1", BAKERY): 1,
        ("2025-Q2", BAKERY): 2,
        ("2025-Q2", GARDEN): 2,
    }


def test_outflow_counts_a_person_once_a_year_at_each_organisation(tiny: TinyRegister) -> None:
    # Two placements in a year: the first one counts, with its own kind.
    tiny.placement("twice", "2025-02-01", "2025-03-01", kind="paid_with_support")
    tiny.placement("twice", "2025-08-01", kind="paid_without_support")
    # One from another organisation counts there as well.
    tiny.placement("twice", "2025-09-01", kind="paid_without_support", where=GARDEN)
    # The next calendar year is a new count: 31 December and 1 January.
    tiny.placement("new-year", "2024-12-31", "2024-12-31", kind="self_employed")
    tiny.placement("new-year", "2025-01-01", kind="self_employed")

    assert tiny.counted("outflow", "period", "organisation_id", "category") == {
        ("2024-Q4", BAKERY, "self_employed"): 1,
        ("2025-Q1", BAKERY, "self_employed"): 1,
        ("2025-Q1", BAKERY, "paid_with_support"): 1,
        ("2025-Q3", GARDEN, "paid_without_support"): 1,
    }


@pytest.mark.parametrize(
    ("measure", "moment", "day_before"),
    [
        # 183, 365 and 548 days after 1 January 2023.
        ("still_in_work_6", "2023-07-03", "2023-07-02"),
        ("still_in_work_12", "2024-01-01", "2023-12-31"),
        ("still_in_work_18", "2024-07-02", "2024-07-01"),
    ],
)
def test_still_in_work_on_the_day_itself(
    tiny: TinyRegister, measure: str, moment: str, day_before: str
) -> None:
    # The last working day is the day of measurement: still in work.
    tiny.placement("exactly", "2023-01-01", moment)
    # It was the day before: not any more.
    tiny.placement("just-not", "2023-01-01", day_before)

    assert tiny.counted(measure, "period") == {"2023-Q1": 1}


def test_still_in_work_in_another_job_and_at_each_earlier_moment(tiny: TinyRegister) -> None:
    # Another job on the day of measurement is work too, when the same organisation delivers it.
    tiny.placement("changed-jobs", "2023-01-01", "2023-05-01")
    tiny.placement("changed-jobs", "2023-07-03")
    # A job that only another organisation delivers counts there, as a start of its own.
    tiny.placement("elsewhere", "2023-01-01", "2023-05-01")
    tiny.placement("elsewhere", "2023-07-03", where=GARDEN)
    # No work after six months, work again after twelve: counts in neither.
    tiny.placement("gap", "2023-01-01", "2023-05-01")
    tiny.placement("gap", "2023-07-04")

    expected = {("2023-Q1", BAKERY): 1, ("2023-Q3", GARDEN): 1}
    for months in (6, 12, 18):
        assert tiny.counted(f"still_in_work_{months}", "period", "organisation_id") == expected


def test_active_volunteers_in_a_year(tiny: TinyRegister) -> None:
    # Ends on the last day of 2024; begins on the first day of 2025.
    tiny.agreement("old-year", "2024-06-01", "2024-12-31")
    tiny.agreement("new-year", "2025-01-01", "2025-01-01")
    # Two organisations: at both. Twice in one wijk at one of them: once.
    tiny.agreement("two", "2024-04-01", "2025-02-01", wijk=SOUTH, where=GARDEN)
    tiny.agreement("two", "2024-02-01", "2025-02-01", wijk=SOUTH, where=GARDEN)
    tiny.agreement("two", "2024-03-01", "2025-02-01", wijk=NORTH)
    # Two wijken at one organisation in a year: in each of them.
    tiny.agreement("moved-house", "2025-01-01", "2025-04-01", wijk=NORTH)
    tiny.agreement("moved-house", "2025-04-02", "2025-05-01", wijk=SOUTH)
    # Moved on to work after the agreement ended: counts in the year of the placement, where that
    # is. In a year with both they count in both.
    tiny.agreement("moved-on", "2024-01-01", "2024-12-31", wijk=NORTH)
    tiny.placement("moved-on", "2025-03-01", wijk=SOUTH, where=GARDEN)
    tiny.agreement("both", "2025-01-01", "2025-02-28", wijk=NORTH)
    tiny.placement("both", "2025-03-01", wijk=SOUTH, where=GARDEN)

    assert tiny.counted("active_volunteers", "period", "wijk_code", "organisation_id") == {
        ("2024", NORTH, BAKERY): 3,
        ("2024", SOUTH, GARDEN): 1,
        ("2025", NORTH, BAKERY): 4,
        ("2025", SOUTH, BAKERY): 1,
        ("2025", SOUTH, GARDEN): 3,
    }


def test_ladder_level_is_the_latest_reading_of_twelve_months(tiny: TinyRegister) -> None:
    # A reading on 31 December 2024 is a year old on 31 December 2025: it counts up to Q3.
    tiny.reading("a-year-old", "2024-12-31", 2)
    # One day younger: it still counts in Q4.
    tiny.reading("just-young", "2025-01-01", 3)
    # Two readings: the latest before each reference date, the reference date itself included.
    tiny.reading("climbs", "2025-02-01", 3)
    tiny.reading("climbs", "2025-09-30", 4)

    found = tiny.counted("ladder_level", "period", "category")
    assert {key: n for key, n in found.items() if key[0] in ("2025-Q3", "2025-Q4")} == {
        ("2025-Q3", "2"): 1,
        ("2025-Q3", "3"): 1,
        ("2025-Q3", "4"): 1,
        ("2025-Q4", "3"): 1,
        ("2025-Q4", "4"): 1,
    }
    assert found["2024-Q4", "2"] == 1
    assert found["2025-Q1", "3"] == 2


def test_readings_of_two_organisations_count_apart(tiny: TinyRegister) -> None:
    """Each counts its own latest reading, and moves from its own reading before."""
    tiny.reading("two", "2025-02-01", 2)
    tiny.reading("two", "2025-03-01", 4, where=GARDEN)
    tiny.reading("two", "2025-05-01", 3)
    levels = tiny.counted("ladder_level", "period", "organisation_id", "category")
    assert {key[1:]: n for key, n in levels.items() if key[0] == "2025-Q2"} == {
        (BAKERY, "3"): 1,
        (GARDEN, "4"): 1,
    }
    assert tiny.counted("ladder_moves", "period", "organisation_id", "category") == {
        ("2025-Q2", BAKERY, "up"): 1
    }


def test_ladder_moves_compare_with_before_the_quarter(tiny: TinyRegister) -> None:
    # A first reading moves nowhere.
    tiny.reading("first", "2025-05-01", 2)
    # Twice in the quarter: the last one (4) against the last one before the quarter (3).
    tiny.reading("twice", "2024-01-01", 1)
    tiny.reading("twice", "2025-03-31", 3)
    tiny.reading("twice", "2025-04-01", 2)
    tiny.reading("twice", "2025-06-30", 4)
    # Both readings in one quarter: nothing before it to compare with.
    tiny.reading("both-inside", "2025-04-01", 2)
    tiny.reading("both-inside", "2025-06-30", 5)
    # Down, and the same.
    tiny.reading("down", "2025-01-01", 3)
    tiny.reading("down", "2025-04-01", 2)
    tiny.reading("same", "2025-01-01", 3)
    tiny.reading("same", "2025-04-01", 3)

    assert tiny.counted("ladder_moves", "period", "category") == {
        ("2025-Q1", "up"): 1,
        ("2025-Q2", "up"): 1,
        ("2025-Q2", "down"): 1,
        ("2025-Q2", "same"): 1,
    }


def test_results_to_date_by_state(tiny: TinyRegister) -> None:
    # Claimed on the last day of Q3, judged and paid on the last and first day around it.
    tiny.result("paid", "2025-06-30", ("2025-09-30", True), ("2025-09-30", True), "2025-10-01")
    # Claimed a day later, and nothing else yet.
    tiny.result("claimed", "2025-07-01")
    # Not achieved according to the residents.
    tiny.result("not-achieved", "2025-06-30", ("2025-10-01", False))
    # Claimed after the last closed quarter: not counted.
    tiny.result("too-late", "2026-01-01")

    def found(measure: str) -> dict[tuple[str, str], int]:
        counted = tiny.counted(measure, "period", "item", "category")
        assert {item for _, item, _ in counted} == {ITEM}
        return {(period, category): n for (period, _, category), n in counted.items()}

    assert found("results_claimed") == {("2025-Q2", ""): 2, ("2025-Q3", ""): 3, ("2025-Q4", ""): 3}
    assert found("results_judged") == {
        ("2025-Q3", "yes"): 1,
        ("2025-Q4", "yes"): 1,
        ("2025-Q4", "no"): 1,
    }
    assert found("results_checked") == {("2025-Q3", "yes"): 1, ("2025-Q4", "yes"): 1}
    assert found("results_paid") == {("2025-Q4", ""): 1}


def test_results_judged_and_checked_differently(tiny: TinyRegister) -> None:
    # They differ from the later of both days on, whichever came last.
    tiny.result("checked-last", "2025-01-02", ("2025-03-31", True), ("2025-04-01", False))
    tiny.result("judged-last", "2025-01-02", ("2025-07-01", False), ("2025-03-31", True))
    # The same verdict, or only one verdict: no difference.
    tiny.result("agree", "2025-01-02", ("2025-02-01", False), ("2025-02-01", False))
    tiny.result("judged-only", "2025-01-02", ("2025-02-01", True))
    tiny.result("checked-only", "2025-01-02", None, ("2025-02-01", False))

    assert tiny.counted("results_differing", "period", "category") == {
        ("2025-Q2", "residents_only"): 1,
        ("2025-Q3", "residents_only"): 1,
        ("2025-Q3", "administration_only"): 1,
        ("2025-Q4", "residents_only"): 1,
        ("2025-Q4", "administration_only"): 1,
    }


def test_allowances_of_one_organisation_are_together_and_of_two_apart(tiny: TinyRegister) -> None:
    # Together exactly the maximum of 2025 (EUR 2,100): not above it.
    tiny.allowance("equal", "2025-01-01", 105_000)
    tiny.allowance("equal", "2025-12-31", 105_000)
    # One cent more: above it, in the wijk of the last payment.
    tiny.allowance("above", "2025-06-01", 105_000, wijk=NORTH)
    tiny.allowance("above", "2025-06-02", 105_001, wijk=SOUTH)
    # Above it only with what another organisation paid: that would tell who is elsewhere too.
    tiny.allowance("two", "2025-06-01", 105_000, where=BAKERY)
    tiny.allowance("two", "2025-06-02", 105_001, where=GARDEN)
    # Above it at each of two organisations: at both.
    tiny.allowance("both", "2025-06-01", 210_001, where=BAKERY, wijk=NORTH)
    tiny.allowance("both", "2025-06-02", 210_001, where=GARDEN, wijk=SOUTH)
    # More than the maximum, but in two calendar years.
    tiny.allowance("two-years", "2024-12-31", 200_000)
    tiny.allowance("two-years", "2025-01-01", 200_000)
    # The maximum of 2023 was lower (EUR 1,900).
    tiny.allowance("in-2023", "2023-05-01", 190_001)

    assert tiny.counted("allowance_above_maximum", "period", "wijk_code", "organisation_id") == {
        ("2023", NORTH, BAKERY): 1,
        ("2025", SOUTH, BAKERY): 1,
        ("2025", NORTH, BAKERY): 1,
        ("2025", SOUTH, GARDEN): 1,
    }


def test_a_maximum_that_is_not_known_comes_from_a_setting(
    tiny: TinyRegister, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.allowance("next-year", "2026-05-01", 999_999)
    assert tiny.counted("allowance_above_maximum") == {}
    monkeypatch.setenv("ALLOWANCE_MAXIMUM_2026", "2200")
    assert tiny.counted("allowance_above_maximum", "period") == {"2026": 1}
