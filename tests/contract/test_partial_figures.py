"""An organisation that did not deliver: what its places, the gemeente and it itself then say."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

import data_access
from data_access import register as r
from indicators.periods import quarters_of
from tests.contract.figures import Cell, cells_of, volunteers
from tests.contract.tiny_register import (
    BAKERY,
    CLOSED_YEARS,
    GARDEN,
    GEMEENTE,
    NORTH,
    SOUTH,
    TinyRegister,
)
from tests.releases import Reading, key, on_map

FEBRUARY = datetime(2026, 2, 1, tzinfo=UTC)
LAST, EAST = "2025-Q4", "WK000103"
MISSING = "not_delivered"


@pytest.fixture
def late_garden(tiny: TinyRegister, reading: Reading) -> Reading:
    """The bakery works in the north and east, the garden in the south and east; it is late.

    Somebody of the garden lives in the north, that it did not declare.
    """
    tiny.wijk(EAST)
    for organisation in (BAKERY, GARDEN):
        tiny.declares(organisation, EAST)
    for number in range(30):
        for organisation, wijk in (
            (BAKERY, NORTH), (BAKERY, EAST), (GARDEN, SOUTH), (GARDEN, EAST), (GARDEN, NORTH),
        ):  # fmt: skip
            person = f"{organisation}-{wijk}-{number}"
            tiny.agreement(person, "2024-02-01", wijk=wijk, where=organisation)
            if number < 15:
                tiny.placement(person, "2025-11-03", wijk=wijk, where=organisation)
    for subject in ("vrijwilligers", "uitstroom"):
        for year in CLOSED_YEARS:
            for quarter in quarters_of(year):
                row = {"organisation_id": GARDEN, "subject": subject, "quarter": quarter}
                day = None if quarter == LAST else date(2026, 1, 20)
                tiny.add(r.coverage, **row, delivered_on=day)
    reading.publish(moment=FEBRUARY)
    return reading


def test_a_wijk_where_nobody_else_works_has_no_figure(late_garden: Reading) -> None:
    said = cells_of(late_garden.folder)[volunteers(LAST, SOUTH)]
    assert (said.value, said.status, said.reason) == (None, "no_data", MISSING)


def test_a_wijk_where_others_work_shows_theirs_and_names_who_is_missing(
    late_garden: Reading,
) -> None:
    found = cells_of(late_garden.folder)
    said = found[volunteers(LAST, EAST)]
    assert (said.status, said.reason, said.missing) == ("partial", MISSING, GARDEN)
    assert said.value == 30, "the bakery's 30 and nobody of the garden"
    assert found[volunteers("2025-Q3", EAST)].value == 60


def test_a_wijk_where_it_does_not_work_misses_nobody(late_garden: Reading) -> None:
    """People in a wijk that was not declared count nowhere: then or now, nothing is false there."""
    found = cells_of(late_garden.folder)
    for quarter in ("2025-Q3", LAST):
        said = found[volunteers(quarter, NORTH)]
        assert (said.value, said.status, said.missing) == (30, "published", "")


def test_the_gemeente_is_partial_and_the_organisation_has_no_figure(late_garden: Reading) -> None:
    found = cells_of(late_garden.folder)
    said = found[volunteers(LAST)]
    assert (said.value, said.status, said.missing) == (60, "partial", GARDEN)
    said = found[volunteers(LAST, organisation=GARDEN)]
    assert (said.value, said.status, said.reason) == (None, "no_data", MISSING)
    assert found[volunteers(LAST, organisation=BAKERY)].value == 60
    assert found[volunteers("2025-Q3")].value == 150


def test_a_year_with_a_quarter_missing_is_partial(late_garden: Reading) -> None:
    found = cells_of(late_garden.folder)
    for place, status in ((GEMEENTE, "partial"), (EAST, "partial"), (SOUTH, "no_data")):
        for measure in ("outflow", "active_volunteers"):
            said = found[Cell(measure, "2025", place, "", "", "")]
            assert said.status == status, (measure, place)
            assert (said.value is None) == (status == "no_data")
            assert found[Cell(measure, "2024", place, "", "", "")].status == "published"


def row(frame: pd.DataFrame, **where: str) -> pd.Series:
    """Return the one row of a frame with these values."""
    for name, value in where.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


def test_indicators_say_so_too(late_garden: Reading) -> None:
    shown = on_map(key(GEMEENTE), "volunteers", LAST)
    east = row(shown, area_code=EAST)
    assert (east.value, east.status, east.reason, east.missing) == (30, "partial", MISSING, GARDEN)
    south = row(shown, area_code=SOUTH)
    assert (south.status, south.reason) == ("no_data", MISSING)
    assert pd.isna(south.value)
    north = row(shown, area_code=NORTH)
    assert (north.status, north.reason, north.missing) == ("published", "", "")
    series = data_access.series(key(GEMEENTE), "volunteers", EAST).set_index("period")["status"]
    assert (series[LAST], series["2025-Q3"]) == ("partial", "published")
    organisations = data_access.by_organisation(key(GEMEENTE), ("volunteers",), (LAST,))
    assert row(organisations, organisation_id=GARDEN).status == "no_data"
    assert row(organisations, organisation_id=BAKERY).status == "published"
    assert row(organisations, organisation_id="").status == "partial"


@pytest.mark.parametrize(
    ("indicator", "period"),
    [("volunteers_per_1000", LAST), ("still_in_work_6", "2025"), ("outflow", "2025")],
)
def test_rates_say_so_too(late_garden: Reading, indicator: str, period: str) -> None:
    """A rate of a figure without somebody's people is partial, or it is not there; never whole."""
    shown = on_map(key(GEMEENTE), indicator, period)
    for area in (GEMEENTE, EAST, SOUTH):
        found = row(shown, area_code=area)
        assert found.status in ("partial", "no_data", "not_shown"), area
        assert pd.isna(found.value) == (found.status != "partial")
        assert found.status != "partial" or found.missing == GARDEN
