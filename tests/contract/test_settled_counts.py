"""A figure of a closed period is made once: corrections reach it on 1 July; keys and sizes do not.

Somebody who delivers records could otherwise add one, publish, and see whose figure moves.
"""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select, update

from data_access import publish as publishing
from data_access import register as r
from data_access import release_tables as t
from data_access.disclosure.keys import DrawingKey
from data_access.disclosure.rounding import rounded
from data_access.disclosure.thresholds import threshold_name, threshold_names
from data_access.publish.book import corrections_since
from indicators.catalogue import MEASURES, measure
from indicators.periods import quarters_of
from indicators.vocabulary import Amount
from tests.contract.figures import Cell, Said, cells_of, changed, volunteers
from tests.contract.tiny_register import (
    BAKERY,
    CLOSED_YEARS,
    GARDEN,
    GEMEENTE,
    NORTH,
    SOUTH,
    TinyRegister,
)
from tests.releases import Reading, paths, rows_of

FEBRUARY, MAY, JUNE, JULY, AUGUST = (
    datetime(2026, month, day, tzinfo=UTC)
    for month, day in ((2, 1), (5, 10), (6, 30), (7, 1), (8, 1))
)
NEXT_JUNE, NEXT_JULY = datetime(2027, 6, 30, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)
LAST = "2025-Q4"


@pytest.fixture
def busy(tiny: TinyRegister) -> TinyRegister:
    """Two organisations with people in everything that is counted."""
    for number in range(33):
        person = f"b{number}"
        tiny.agreement(person, "2024-02-01", hours=4 + number % 9)
        tiny.reading(person, "2024-03-01", 1 + number % 6)
        tiny.reading(person, "2025-03-01", 1 + (number + number % 2) % 6)
        tiny.allowance(person, "2025-04-01", 215_000 if number % 3 else 20_000)
        if number % 2:
            tiny.placement(person, f"2025-{1 + number % 12:02}-10")
        if number < 20:
            tiny.result(person, "2025-01-10", ("2025-02-01", number % 3 > 0), None, None)
    for number in range(12):
        tiny.agreement(f"g{number}", "2024-02-01", wijk=SOUTH, where=GARDEN)
    # Somebody moved on to work: what comes late about that is then no first delivery.
    tiny.placement("g1", "2025-02-01", wijk=SOUTH, where=GARDEN)
    return tiny


def publish(reading: Reading, moment: datetime) -> dict[Cell, Said]:
    """Publish, also when nothing has changed; return what the release says."""
    done = reading.publish(moment=moment, even_if_unchanged=True).of(GEMEENTE)
    return cells_of(reading.folder, done.number)


def late_people(register: TinyRegister) -> None:
    """So many that every figure with them in it moves, whatever the threshold is."""
    for number in range(9):
        person = f"late{number}"
        register.agreement(person, "2025-01-10", wijk=SOUTH, where=GARDEN)
        register.placement(person, "2025-05-01", wijk=SOUTH, where=GARDEN)


def test_what_comes_late_about_closed_quarters_shows_from_1_july_on(
    busy: TinyRegister, reading: Reading
) -> None:
    first = publish(reading, FEBRUARY)
    late_people(busy)
    assert changed(first, publish(reading, MAY)) == set()
    assert changed(first, publish(reading, JUNE)) == set()
    then = publish(reading, JULY)
    moved = changed(first, then)
    assert then[volunteers(LAST, SOUTH)].value in (20, 25)
    assert {cell.measure for cell in moved} >= {"volunteers", "outflow", "active_volunteers"}
    assert {cell.organisation for cell in moved} == {"", GARDEN}
    assert {cell.area for cell in moved} <= {GEMEENTE, SOUTH, "KW0001"}
    assert not any(cell.period.startswith("2024") for cell in moved)


def test_the_publisher_is_told_how_many_counts_wait(busy: TinyRegister, reading: Reading) -> None:
    assert reading.publish(moment=FEBRUARY).of(GEMEENTE).waiting == 0
    late_people(busy)
    whole = reading.publish(moment=JUNE)
    waits = whole.of(GEMEENTE)
    # Nine more volunteers at one organisation: on four dates, and in one year.
    assert waits.waiting_of["volunteers"] == 4
    assert waits.waiting_of["active_volunteers"] == 1
    assert waits.waiting_of["outflow"] == 1
    assert set(waits.waiting_of) <= {
        *("volunteers", "new_volunteers", "volunteer_hours", "active_volunteers", "outflow"),
        *("still_in_work_6", "still_in_work_12", "still_in_work_18"),
    }
    assert waits.waiting == sum(waits.waiting_of.values())
    told = {language: whole.describe(language) for language in ("nl", "en")}
    assert "wacht op 1 juli 2026: " in told["nl"]
    assert "waits for 1 July 2026: " in told["en"]
    assert "Vrijwilligers 4" in told["nl"]
    assert "Volunteers 4" in told["en"]
    done = reading.publish(moment=JULY)
    assert (done.of(GEMEENTE).waiting, done.of(GEMEENTE).waiting_of) == (0, {})
    assert "wacht op" not in done.describe("nl")


def test_what_waits_is_in_no_release(busy: TinyRegister, reading: Reading) -> None:
    """That something happened in a closed period is for the publisher to know, not for readers."""
    publish(reading, FEBRUARY)
    late_people(busy)
    published = reading.publish(moment=JUNE, even_if_unchanged=True).of(GEMEENTE)
    assert published.waiting
    first, second = (
        {
            table.name: list(rows_of(path, table))
            for path in paths(reading.folder, [number])
            for table in t.metadata.sorted_tables
            if table is not t.pub_release
        }
        for number in (1, published.number)
    )
    assert first == second


def test_who_is_removed_shows_until_1_july(busy: TinyRegister, reading: Reading) -> None:
    """Whoever withdraws must not be found by publishing before and after."""
    first = publish(reading, FEBRUARY)
    gone = [f"b{number}" for number in range(0, 33, 3)]
    with busy.engine.begin() as connection:
        for table in (r.agreement, r.ladder_reading, r.placement, r.allowance, r.result):
            connection.execute(delete(table).where(table.c.participant.in_(gone)))
    assert changed(first, publish(reading, JUNE)) == set()
    then = publish(reading, JULY)
    assert first[volunteers(LAST, NORTH)].value in (30, 35)
    assert then[volunteers(LAST, NORTH)].value in (20, 25)
    assert {cell.organisation for cell in changed(first, then)} <= {"", BAKERY}


def test_a_year_goes_by_between_two_corrections(busy: TinyRegister, reading: Reading) -> None:
    """What was corrected on 1 July is made anew, so it waits for the next one."""
    publish(reading, FEBRUARY)
    first = publish(reading, JULY)
    late_people(busy)
    assert changed(first, publish(reading, AUGUST)) == set()
    assert changed(first, publish(reading, NEXT_JUNE)) == set()
    assert changed(first, publish(reading, NEXT_JULY))


@pytest.mark.parametrize(
    ("counted", "today", "expected"),
    [
        (date(2026, 6, 30), date(2026, 6, 30), False),
        (date(2026, 6, 30), date(2026, 7, 1), True),
        (date(2026, 7, 1), date(2026, 7, 1), False),
        (date(2026, 7, 1), date(2027, 6, 30), False),
        (date(2026, 7, 1), date(2027, 7, 1), True),
        (date(2026, 12, 31), date(2027, 1, 1), False),
        (date(2024, 3, 1), date(2027, 1, 1), True),
    ],
)
def test_the_day_of_corrections(counted: date, today: date, expected: bool) -> None:
    assert corrections_since(counted, today) is expected


def listed(register: TinyRegister, subject: str, missing: tuple[str, ...]) -> None:
    """Let ontvangen.csv say of every closed quarter whether GARDEN delivered a subject."""
    for year in CLOSED_YEARS:
        for quarter in quarters_of(year):
            day = None if quarter in missing else date(2026, 1, 20)
            row = {"organisation_id": GARDEN, "subject": subject, "quarter": quarter}
            register.add(r.coverage, **row, delivered_on=day)


def arrives(register: TinyRegister, quarter: str) -> None:
    """Let a missing delivery of GARDEN come in."""
    c = r.coverage.c
    with register.engine.begin() as connection:
        connection.execute(
            update(r.coverage)
            .where(c.organisation_id == GARDEN, c.quarter == quarter)
            .values(delivered_on=date(2026, 5, 1))
        )


def test_a_first_delivery_shows_at_once(busy: TinyRegister, reading: Reading) -> None:
    """Not delivered is no figure that somebody could compare with; who it is of is public."""
    listed(busy, "vrijwilligers", missing=(LAST,))
    first = publish(reading, FEBRUARY)
    assert first[volunteers(LAST, SOUTH)].status == "no_data"
    assert first[volunteers(LAST)].status == "partial"
    arrives(busy, LAST)
    then = publish(reading, MAY)
    assert then[volunteers(LAST, SOUTH)].status == "published"
    assert then[volunteers(LAST, SOUTH)].value in (10, 15)
    assert then[volunteers(LAST)].value == (
        first[volunteers(LAST)].value + then[volunteers(LAST, SOUTH)].value
    )
    moved = changed(first, then)
    assert {cell.period for cell in moved} == {LAST, "2025"}
    assert NORTH not in {cell.area for cell in moved}
    assert BAKERY not in {cell.organisation for cell in moved}


def test_after_a_first_delivery_its_corrections_wait_too(
    busy: TinyRegister, reading: Reading
) -> None:
    listed(busy, "vrijwilligers", missing=(LAST,))
    publish(reading, FEBRUARY)
    arrives(busy, LAST)
    first = publish(reading, MAY)
    late_people(busy)
    assert changed(first, publish(reading, JUNE)) == set()


def test_an_earlier_quarter_that_arrives_may_change_the_flow_of_a_later_one(
    busy: TinyRegister, reading: Reading
) -> None:
    """A quarter is the difference of two sums from the beginning of the year on."""
    for number in (0, *range(2, 12)):
        busy.placement(f"g{number}", f"2025-{1 + number:02}-10", wijk=SOUTH, where=GARDEN)
    listed(busy, "uitstroom", missing=("2025-Q1",))
    with busy.engine.begin() as connection:
        connection.execute(
            delete(r.closed_period).where(r.closed_period.c.quarter.in_(["2025-Q3", "2025-Q4"]))
        )
    publish(reading, FEBRUARY)
    arrives(busy, "2025-Q1")
    found = publish(reading, MAY)
    assert found[Cell("outflow", "2025-Q1", GEMEENTE, GARDEN, "", "")].value is not None


def test_no_size_of_later_changes_how_a_place_is_shown(
    busy: TinyRegister, reading: Reading
) -> None:
    """A place that becomes small, or large, keeps what it shows of periods that are out."""
    first = publish(reading, FEBRUARY)
    assert first[Cell("ladder_level", LAST, NORTH, "", "", "1")].status == "published"
    assert first[Cell("outflow", "2025", SOUTH, "", "", "self_employed")].status != "published"
    for number in range(60):
        busy.agreement(f"many{number}", "2024-02-01", wijk=SOUTH, where=GARDEN)
    with busy.engine.begin() as connection:
        few = [f"b{number}" for number in range(3, 33)]
        connection.execute(delete(r.agreement).where(r.agreement.c.participant.in_(few)))
        connection.execute(delete(r.placement).where(r.placement.c.participant.in_(few)))
    busy.add(r.closed_period, gemeente_code=GEMEENTE, quarter="2026-Q1", closed_on=date(2026, 4, 9))
    second, then = publish(reading, JUNE), publish(reading, JULY)
    assert changed(first, second) == set()
    statuses = {cell: (said.status, said.reason) for cell, said in first.items()}
    assert {cell: (then[cell].status, then[cell].reason) for cell in first} == statuses
    assert then[volunteers(LAST, NORTH)].value in (0, 5), "the figure itself is corrected"
    assert then[volunteers(LAST, SOUTH)].value in (70, 75)


def thresholds(register: TinyRegister) -> dict[int, dict[tuple[str, str, str], int]]:
    """Return the thresholds by epoch and (set of people, organisation, place)."""
    found: dict[int, dict[tuple[str, str, str], int]] = {}
    with register.engine.connect() as connection:
        for row in connection.execute(select(r.leaf_threshold)):
            leaf = (row.people, row.organisation_id, row.place)
            found.setdefault(row.epoch, {})[leaf] = row.threshold
    return found


def new_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the gemeente go on with another key, in epoch 2."""
    other = DrawingKey(b"another key of the gemeente" * 2, 2)
    monkeypatch.setattr(publishing, "key_for", lambda *_: other)


def close(register: TinyRegister, *quarters: str) -> None:
    """Close quarters of 2026."""
    for quarter in quarters:
        day = date(2026, 4, 9)
        register.add(r.closed_period, gemeente_code=GEMEENTE, quarter=quarter, closed_on=day)


def test_a_new_key_changes_no_cell_that_is_out_and_rounds_new_years_anew(
    busy: TinyRegister, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(reading, FEBRUARY)
    old = thresholds(busy)
    assert set(old) == {1}
    new_key(monkeypatch)
    close(busy, "2026-Q1")
    second = publish(reading, MAY)
    assert changed(first, second) == set()
    now = thresholds(busy)
    assert now[1] == old[1]
    assert set(now[2]) == set(now[1])
    assert now[2] != now[1]
    for place, whose, true in ((NORTH, BAKERY, 33), (SOUTH, GARDEN, 12)):
        threshold = now[2]["volunteering", whose, place]
        assert second[volunteers("2026-Q1", place)].value == rounded(true, threshold, 5)
        threshold = now[1]["volunteering", whose, place]
        assert second[volunteers(LAST, place)].value == rounded(true, threshold, 5)


def test_a_correction_of_1_july_is_rounded_with_the_thresholds_of_then(
    busy: TinyRegister, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(reading, FEBRUARY)
    new_key(monkeypatch)
    late_people(busy)
    found = publish(reading, JULY)
    threshold = thresholds(busy)[1]["volunteering", GARDEN, SOUTH]
    assert found[volunteers(LAST, SOUTH)].value == rounded(21, threshold, 5)


def test_a_new_key_within_a_year_waits_for_the_next_one(
    busy: TinyRegister, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Quarters add up to their year, and parts stay within it, under one threshold only."""
    close(busy, "2026-Q1")
    # With 27 people and 22 new ones at least the wijk shows its new volunteers.
    for number in range(15):
        busy.agreement(f"more{number}", "2024-02-01", wijk=SOUTH, where=GARDEN)
    for number in range(22):
        busy.agreement(f"new{number}", f"2026-{1 + number % 9:02}-05", wijk=SOUTH, where=GARDEN)
    first = publish(reading, MAY)
    new_key(monkeypatch)
    close(busy, "2026-Q2", "2026-Q3", "2026-Q4")
    moment = datetime(2027, 2, 1, tzinfo=UTC)
    # Only what 1 July 2026 would correct could change, and nothing waits.
    second = publish(reading, moment)
    waited = {cell for cell in changed(first, second) if first[cell].reason == "not_yet"}
    assert changed(first, second) == waited, "a wijk is broken down when its year is closed"
    threshold = thresholds(busy)[1]["volunteering", GARDEN, SOUTH]
    assert second[volunteers("2026-Q4", SOUTH)].value == rounded(49, threshold, 5)
    year = Cell("new_volunteers", "2026", GEMEENTE, GARDEN, "", "")
    assert second[year].value in (20, 25)


def test_thresholds_are_the_same_at_all_dates_and_in_all_measures_of_a_set(
    busy: TinyRegister, reading: Reading
) -> None:
    """Each number of a leaf is rounded by the one threshold of its set of people, or its own."""
    found = publish(reading, FEBRUARY)
    drawn = thresholds(busy)[1]
    with busy.engine.connect() as connection:
        counted = connection.execute(select(r.counted)).all()
    truths: dict[tuple[str, str], int] = {}
    for row in counted:
        if (row.organisation_id, row.place) == (BAKERY, NORTH):
            key = (row.measure, row.period)
            truths[key] = truths.get(key, 0) + row.true_value
    compared = set()
    for measure_id, period in truths:
        each = measure(measure_id)
        if measure_id not in ("volunteers", "active_volunteers", "results_claimed"):
            continue
        item = "pilot/own-goal" if each.people == "results" else ""
        threshold = drawn[threshold_name(each), BAKERY, NORTH]
        expected = rounded(truths[measure_id, period], threshold, 5)
        assert found[Cell(measure_id, period, NORTH, "", item, "")].value == expected
        compared.add((measure_id, period))
    assert len(compared) > 8 + 2
    counts = [each for each in MEASURES if not isinstance(each, Amount)]
    assert {name for name, *_ in drawn} == {
        name for each in counts for name in threshold_names(each)
    }
