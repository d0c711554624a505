"""Contract: results per place come from protected cells; changed money is told, exactly."""

from datetime import date

import pytest
from sqlalchemy import update

import data_access
from data_access import register as r
from data_access import result_states as questions
from tests.contract.tiny_register import BAKERY, CONTRACT, GEMEENTE, ITEM, NORTH, SOUTH
from tests.releases import key

LAST = "2025-Q4"
SHOWN = ("published", "partial")
ITEMS = (
    "resultaatfinanciering-leeuwarden-oost/eerste-betaalde-baan",
    "resultaatfinanciering-leeuwarden-oost/meer-zelfvertrouwen",
    "resultaatfinanciering-leeuwarden-oost/stap-eigen-doel",
)
QUARTERS = tuple(f"{year}-Q{n}" for year in (2024, 2025) for n in (1, 2, 3, 4))


@pytest.fixture
def read(tiny, reading):
    """Let the reading door open on the tiny register's releases; return the register."""
    tiny.publish = reading.publish
    return tiny


def test_every_figure_of_a_place_is_a_published_cell(sample_app, cells):
    found = data_access.contract_results(key("GM0080"), ITEMS, QUARTERS)
    keys = ["measure", "period", "area_code", "organisation_id", "item", "category"]
    results = cells[cells["measure"].str.startswith("results")]
    known = results.set_index(keys)[["value", "status"]]
    assert known.index.is_unique
    for row in found.to_dict("records"):
        cell = known.loc[tuple(row[key] for key in keys)]
        assert row["status"] == cell["status"]
        assert row["status"] not in SHOWN or row["value"] == cell["value"]
    places = found[(found["area_code"] != "GM0080") | (found["organisation_id"] != "")]
    assert set(places["period"]) == {LAST}
    shown = places["status"].isin(SHOWN)
    assert (places[shown]["value"] > 0).all()
    assert (places[shown]["value"] % 5 == 0).all()
    hidden = places[~shown]
    assert len(hidden), "the sample has a wijk with too few results for verdicts"
    assert hidden["value"].isna().all()
    assert ((hidden["without"] > 0) | (hidden["reason"] == "not_delivered")).all(), "nobody there"


def test_organisations_add_up_to_the_whole_and_wijken_to_what_was_declared(sample_app):
    """Dreamfabryk declared no wijk: its people are in the whole, but in no wijk.

    A class of the whole that rounding makes too uncertain is not shown, and says so.
    """
    found = data_access.contract_results(key("GM0080"), ITEMS, QUARTERS)
    last = found[(found["period"] == LAST)]
    for measure, category in questions.STATES_OF_PLACES:
        mine = last[(last["measure"] == measure) & (last["category"] == category)]
        of_wijken = mine[mine["area_code"].str.startswith("WK")]["value"].sum()
        organisations = mine[mine["organisation_id"] != ""]
        by_name = organisations.groupby("organisation_id")["value"].sum()
        whole = mine[(mine["area_code"] == "GM0080") & (mine["organisation_id"] == "")]
        assert set(whole[whole["value"].isna()]["reason"]) <= {"uncertain"}
        shown = whole.dropna(subset=["value"]).set_index("item")["value"]
        in_items = organisations.groupby("item")["value"].sum()
        assert shown.equals(in_items[shown.index].astype(shown.dtype))
        assert len(shown) >= 2
        assert shown.min() > 0
        assert of_wijken == by_name.drop("dreamfabryk").sum() > 0


def test_the_whole_contract_has_every_state_in_every_quarter(sample_app):
    found = data_access.contract_results(key("GM0080"), ITEMS, QUARTERS)
    whole = found[(found["area_code"] == "GM0080") & (found["organisation_id"] == "")]
    assert len(whole) == len(ITEMS) * len(QUARTERS) * len(questions.STATES)
    assert len(found) < 400


def test_a_place_without_a_figure_is_told_and_a_published_zero_is_left_out(read):
    for number in range(12):
        read.result(f"p{number}", "2025-02-01")
    for quarter, day in (("2025-Q3", date(2025, 10, 20)), (LAST, None)):
        read.add(
            r.coverage,
            organisation_id=BAKERY,
            subject="resultaten",
            quarter=quarter,
            delivered_on=day,
        )
    read.publish()
    known = data_access.contract_results(key(GEMEENTE), (ITEM,), ("2025-Q3",))
    known = known[known["measure"] == "results_claimed"]
    assert SOUTH not in set(known["area_code"]), "nothing happened there"
    assert known.set_index("area_code").loc[NORTH, "value"] in (10, 15)
    late = data_access.contract_results(key(GEMEENTE), (ITEM,), ("2025-Q3", LAST))
    late = late[(late["area_code"] == NORTH) & (late["measure"] == "results_claimed")]
    assert list(late["status"]) == ["no_data"]
    assert late["value"].isna().all()


def spent(read, number: int, cents: int, day: date = date(2025, 2, 1)) -> None:
    read.add(
        r.spending,
        supplier=GEMEENTE,
        id=f"s{number}",
        gemeente_code=GEMEENTE,
        spent_on=day,
        organisation_id=BAKERY,
        wijk_code=NORTH,
        wijk_edition=2023,
        taakveld="6.1",
        financier_id="fund",
        amount_cents=cents,
        nature="incidenteel",
        money_ends_on=date(2026, 12, 31),
    )


@pytest.fixture
def with_money(read):
    """Money of a wijk with people enough to show it exactly."""
    for number in range(30):
        read.agreement(f"v{number}", "2024-01-01")
    spent(read, 1, 100_000)
    spent(read, 2, 50_000, date(2025, 8, 1))
    read.publish()
    return read


def test_equal_releases_have_no_changed_money(with_money):
    with_money.publish(even_if_unchanged=True)
    assert data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2)).empty


def test_a_corrected_amount_is_told_once_with_both_values(with_money):
    with with_money.engine.begin() as connection:
        connection.execute(
            update(r.spending).where(r.spending.c.id == "s1").values(amount_cents=120_000)
        )
    with_money.publish()
    found = data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2)).to_dict("records")
    for row in found:
        assert (row["subject"], row["field"], row["year"]) == ("amount", "spending", "2025")
        assert (row["before"], row["after"], row["total"]) == ("150000", "170000", 2)
    whole, place = sorted(found, key=lambda row: row["area_code"])
    assert (whole["area_code"], whole["organisation"]) == ("", "")
    assert (whole["about_nl"], whole["taakveld"]) == ("Fund", "6.1")
    assert (whole["nature"], whole["money_ends_on"]) == ("incidenteel", "2026-12-31")
    # Of a place only the year is told, not what the money was for or who gave it.
    assert (place["area_code"], place["organisation"]) == (NORTH, BAKERY)
    told = ("about_nl", "about_en", "taakveld", "nature", "money_ends_on", "outcome")
    assert [place[name] for name in told] == [""] * len(told)


def test_a_corrected_amount_of_a_small_place_is_told_of_small_places_together(read):
    """What a member of the group shows are steps: the correction stays within one."""
    spent(read, 1, 150_000)
    read.publish()
    with read.engine.begin() as connection:
        connection.execute(update(r.spending).values(amount_cents=170_000))
    read.publish()
    found = data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2))
    told = found.set_index("area_code")[["before", "after"]]
    assert set(told.index) == {"", "KW0001"}
    assert (told["before"] == "150000").all()
    assert (told["after"] == "170000").all()


def test_money_of_a_new_quarter_is_no_correction(with_money):
    spent(with_money, 3, 70_000, date(2026, 2, 1))
    with_money.add(
        r.closed_period, gemeente_code=GEMEENTE, quarter="2026-Q1", closed_on=date(2026, 4, 20)
    )
    with_money.publish()
    assert data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2)).empty


def test_money_that_appears_has_nothing_before_it(with_money):
    spent(with_money, 3, 70_000, date(2024, 5, 1))
    with_money.publish()
    found = data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2))
    assert sorted(found["area_code"]) == ["", NORTH]
    for row in found.to_dict("records"):
        assert (row["year"], row["before"], row["after"]) == ("2024", None, "70000")


def test_changed_terms_of_a_contract_are_told(with_money):
    changes = (
        (r.contract, {"ends_on": date(2026, 6, 30)}),
        (r.contract_outcome, {"tariff_cents": 110_000, "agreed": 45}),
        (r.contract_financier, {"ceiling_cents": 6_000_000}),
    )
    with with_money.engine.begin() as connection:
        for table, values in changes:
            connection.execute(update(table).values(**values))
    with_money.publish()
    found = data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2))
    told = {
        row["field"]: (row["before"], row["after"], row["about_nl"])
        for row in found.to_dict("records")
    }
    assert told == {
        "ends_on": ("2025-12-31", "2026-06-30", ""),
        "tariff": ("100000", "110000", "name_nl"),
        "agreed": ("40", "45", "name_nl"),
        "ceiling": ("5000000", "6000000", "Fund"),
    }
    assert set(found["contract"]) == {"Pilot"}
    assert CONTRACT not in set(found["contract"]), "the name, not the id"
    limited = data_access.money_changes(key(GEMEENTE, 1), key(GEMEENTE, 2), 2)
    assert (len(limited), limited["total"].iloc[0]) == (2, 4)
