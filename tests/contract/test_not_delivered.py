"""Not delivered is not zero; any set of closed quarters publishes; one gemeente stops no other."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, insert

import data_access
from data_access import register as r
from data_access.errors import PublishRefused
from data_access.publish import publish
from indicators.catalogue import INDICATORS
from indicators.periods import quarters_of
from tests.contract.tiny_register import BAKERY, EDITION, GARDEN, GEMEENTE, TinyRegister
from tests.releases import Reading, key, on_map

OTHER = "GM0002"


@pytest.fixture
def volunteers_only(tiny: TinyRegister) -> TinyRegister:
    """A register to which only vrijwilligers.csv was delivered, without ontvangen.csv."""
    for number in range(30):
        tiny.agreement(f"p{number}", "2024-02-01")
    return tiny


def states(indicator: str, period: str) -> dict[str, tuple[str, float]]:
    shown = on_map(key(GEMEENTE), indicator, period)
    return {row.area_code: (row.status, row.value) for row in shown.itertuples()}


def test_a_subject_that_nobody_delivered_has_no_figure(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    reading.publish()
    assert states("volunteers", "2025-Q4")[GEMEENTE] == ("published", 30)
    for indicator, period in (
        ("outflow", "2025"),
        ("outflow", "2025-Q4"),
        ("ladder_steps_up", "2025"),
        ("spending", "2025"),
        ("still_in_work_6", "2024"),
    ):
        assert {status for status, _ in states(indicator, period).values()} == {"no_data"}


def test_no_indicator_makes_a_number_of_what_was_not_delivered(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    reading.publish()
    for each in INDICATORS:
        for period in ("2025-Q4", "2025"):
            shown = on_map(key(GEMEENTE), each.id, period)
            if "volunteer" not in each.id:
                assert not (shown["status"] == "published").any(), each.id


def test_who_delivered_a_subject_once_has_zeros_in_the_quarters_that_it_covers(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    volunteers_only.placement("p1", "2025-05-01")
    reading.publish()
    assert states("outflow", "2025-Q3")[GEMEENTE] == ("published", 0)
    assert states("outflow", "2025")[GEMEENTE][0] == "published"


def test_a_quarter_that_was_not_over_when_the_rows_came_was_not_delivered(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    loaded_at = datetime(2025, 8, 1, tzinfo=UTC)
    with volunteers_only.engine.begin() as connection:
        row = {"supplier": BAKERY, "checksum": "1" * 64, "name": "zomer", "sample": True}
        early = connection.execute(
            insert(r.delivery), {**row, "loaded_at": loaded_at}
        ).inserted_primary_key[0]
    volunteers_only.add_of_person(
        r.placement, "p1", "WK000101", BAKERY, started_on=date(2025, 5, 1), hours_per_week=20,
        kind="self_employed", delivery_id=early,
    )  # fmt: skip
    reading.publish()
    assert states("outflow", "2025-Q2")[GEMEENTE][0] == "published"
    assert states("outflow", "2025-Q3")[GEMEENTE][0] == "no_data"
    assert states("outflow", "2025")[GEMEENTE][0] == "no_data"


def test_an_organisation_that_never_delivered_has_no_figure_of_its_own(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    reading.publish()
    shown = data_access.by_organisation(key(GEMEENTE), ("volunteers",), ("2025-Q4",))
    status = shown.set_index("organisation_id")["status"]
    assert (status[BAKERY], status[GARDEN]) == ("published", "no_data")


CLOSED = [
    ("2025-Q4",),
    ("2025-Q1", "2025-Q3"),
    ("2024-Q4", "2025-Q1"),
    ("2025-Q2", "2025-Q3", "2025-Q4"),
    quarters_of(2025),
]


@pytest.mark.parametrize("closed", CLOSED, ids=" ".join)
def test_any_set_of_closed_quarters_publishes(
    volunteers_only: TinyRegister, reading: Reading, closed: tuple[str, ...]
) -> None:
    for number in range(12):
        volunteers_only.placement(f"p{number}", f"2025-{number + 1:02}-10")
        volunteers_only.reading(f"p{number}", f"2025-{number + 1:02}-10", 3)
        volunteers_only.result(f"p{number}", "2024-11-01", ("2025-02-01", True))
    with volunteers_only.engine.begin() as connection:
        c = r.closed_period.c
        connection.execute(delete(r.closed_period).where(c.quarter.not_in(closed)))
    reading.publish()
    areas = data_access.areas(key(GEMEENTE)).set_index("area_code")
    years = {"2025"} if set(closed) >= set(quarters_of(2025)) else set()
    assert set(areas.loc[GEMEENTE, "periods"].split()) == set(closed) | years
    for quarter in closed:
        assert states("volunteers", quarter)[GEMEENTE] == ("published", 30)
        # Which places are small is decided from a closed year: until one is, no quarters.
        expected = "published" if years else "no_data"
        assert states("outflow", quarter)[GEMEENTE][0] == expected


def test_quarters_after_a_closed_year_have_a_flow_of_the_whole_gemeente(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    """Of the year before it is known which places are small; a wijk waits for its own year."""
    volunteers_only.placement("p1", "2025-01-10")
    with volunteers_only.engine.begin() as connection:
        c = r.closed_period.c
        open_ = c.quarter.in_(("2025-Q2", "2025-Q3", "2025-Q4"))
        connection.execute(delete(r.closed_period).where(open_))
    reading.publish()
    found = states("outflow", "2025-Q1")
    assert found[GEMEENTE][0] == "published"
    assert {status for area, (status, _) in found.items() if area != GEMEENTE} == {"no_data"}


@pytest.fixture
def two_gemeenten(volunteers_only: TinyRegister) -> TinyRegister:
    """A second gemeente with an organisation and people, but no closed quarter."""
    volunteers_only.add(r.gemeente, code=OTHER, name="Buren", residents=9000)
    volunteers_only.add(
        r.wijk, code="WK000201", edition=EDITION, gemeente_code=OTHER, name="Ver", residents=9000
    )
    volunteers_only.add(
        r.organisation, id="far", name="far", kind="wijkbedrijf", gemeente_code=OTHER,
        invented=True,
    )  # fmt: skip
    volunteers_only.declares("far", "WK000201")
    for number in range(12):
        volunteers_only.agreement(f"q{number}", "2024-02-01", wijk="WK000201", where="far")
    return volunteers_only


# Closed periods show corrections once a year.
JUNE, JULY = (datetime(2026, month, day, 12, tzinfo=UTC) for month, day in ((6, 30), (7, 1)))


def more_people(register: TinyRegister) -> None:
    """Add so many that the rounded figures change too."""
    for number in range(9):
        register.agreement(f"more-{number}", "2025-01-01")


def test_a_gemeente_that_cannot_be_published_is_listed_and_the_others_go_on(
    two_gemeenten: TinyRegister, reading: Reading
) -> None:
    done = reading.publish()
    assert [each.gemeente_code for each in done.releases] == [GEMEENTE]
    [refused] = done.refused
    assert refused.gemeente_code == OTHER
    assert "afgesloten kwartaal" in refused.reason.nl
    assert "Buren: niet gepubliceerd." in done.describe("nl")


def test_a_gemeente_that_cannot_be_published_keeps_its_last_release(
    two_gemeenten: TinyRegister, reading: Reading
) -> None:
    quarter = {"gemeente_code": OTHER, "quarter": "2025-Q4", "closed_on": date(2026, 1, 20)}
    two_gemeenten.add(r.closed_period, **quarter)
    assert len(reading.publish(moment=JUNE).releases) == 2
    with two_gemeenten.engine.begin() as connection:
        connection.execute(delete(r.closed_period).where(r.closed_period.c.gemeente_code == OTHER))
    more_people(two_gemeenten)
    assert reading.publish(moment=JUNE).of(GEMEENTE).waiting, "corrections wait"
    done = reading.publish(moment=JULY)
    assert done.of(GEMEENTE).number == 2
    known = data_access.releases()
    assert list(known[known["gemeente_code"] == OTHER]["number"]) == [1]


def test_numbers_dates_and_reasons_are_of_a_gemeente(
    two_gemeenten: TinyRegister, reading: Reading
) -> None:
    quarter = {"gemeente_code": OTHER, "quarter": "2025-Q4", "closed_on": date(2026, 1, 20)}
    two_gemeenten.add(r.closed_period, **quarter)
    first, second = JUNE, JULY
    reading.publish(moment=first)
    more_people(two_gemeenten)
    reading.publish(moment=second, reason=("Nagekomen", "Came late"))
    known = data_access.releases().set_index("key")
    numbers = {each[:2] for each in known.index}
    assert numbers == {(GEMEENTE, 1), (GEMEENTE, 2), (OTHER, 1)}
    newest = known.loc[key(GEMEENTE, 2)]
    assert (newest["made_at"], newest["reason_nl"]) == (second, "Nagekomen")
    assert known.loc[key(OTHER, 1)]["made_at"] == first


def test_one_gemeente_alone_can_be_published(two_gemeenten: TinyRegister, reading: Reading) -> None:
    quarter = {"gemeente_code": OTHER, "quarter": "2025-Q4", "closed_on": date(2026, 1, 20)}
    two_gemeenten.add(r.closed_period, **quarter)
    done = reading.publish(gemeenten=[OTHER])
    assert [each.gemeente_code for each in done.releases] == [OTHER]
    with pytest.raises(PublishRefused, match="GM9999"):
        reading.publish(gemeenten=["GM9999"])


def test_figures_of_two_moments_are_not_published(
    volunteers_only: TinyRegister, reading: Reading
) -> None:
    """More people moving on than were active cannot be true: a load came in between, say."""
    from data_access.publish import sense

    for number in range(30):
        volunteers_only.placement(f"p{number}", "2025-05-01")
    counts = {
        "outflow": {(GEMEENTE, "2025-Q2"): {("WK000101", BAKERY, "", "self_employed"): 210}},
        "active_volunteers": {(GEMEENTE, "2025"): {("WK000101", BAKERY, "", ""): 155}},
    }
    with volunteers_only.engine.connect() as connection:
        from data_access.publish.context import read_context

        context = read_context(connection, GEMEENTE, "Klein", date(2026, 3, 1))
    everything = {each.id: {} for each in sense.MEASURES} | counts
    with pytest.raises(PublishRefused, match="spreken elkaar tegen"):
        sense.check_sense(everything, context)
    assert publish(volunteers_only.engine).of(GEMEENTE).new, "real counts make sense"


def test_what_is_published_is_of_one_moment(volunteers_only: TinyRegister) -> None:
    """A load in the middle of publishing is refused, so nothing of it can be in the release."""
    from data_access.errors import RegisterBusy
    from data_access.exclusive import LOADING, exclusive

    seen: list[str] = []

    def load_meanwhile(measure: str, _done: int, _total: int) -> None:
        if measure == "outflow":
            loading = exclusive(volunteers_only.engine, LOADING)
            with pytest.raises(RegisterBusy) as busy:
                loading.__enter__()
            seen.append(busy.value.message_nl)

    publish(volunteers_only.engine, progress=load_meanwhile)
    [sentence] = seen
    assert "gepubliceerd door" in sentence
