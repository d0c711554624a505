"""Avoided cost: the reader's assumptions with their ends, and what the screen says of them."""

from collections.abc import Mapping

import pandas as pd
import pytest

from dashboard.address.page_list import page
from dashboard.comparison.avoided_cost import avoided_cost
from dashboard.spending import avoided, charts
from dashboard.words.copy import texts

BY_URL = {each.url: each for each in avoided.PARAMETERS}


def _usual(outcome_id: str = "paid_work") -> dict[str, float]:
    return {each.url: avoided.usual(each, outcome_id) for each in avoided.PARAMETERS}


def _made(
    count: int = 10, given: Mapping[str, float] | None = None, **changed: float
) -> avoided.Assumptions:
    """Return the assumptions for `count`, with central values and ends (by URL name) changed."""
    values = _usual() | changed
    return avoided.assumptions(count, values, given or {}, "paid_work", 2025, False, "nl")


def test_usual_values_give_the_reference_result() -> None:
    # Reference: 6 outcomes give 38,380; the formula is linear in the number.
    assert avoided_cost(_made(10)).central == pytest.approx(38_380 / 6 * 10, rel=1e-4)


def test_low_and_high_lie_around_what_the_reader_set() -> None:
    made = _made(bedrag=8_000.0, deadweight=5.0, optimisme=100.0, jaren=1.0)
    assert (made.unit_price.low, made.unit_price.high) == (6_000.0, 10_000.0)
    assert made.deadweight.low == 0.0
    assert made.optimism.high == 1.0
    assert made.years.low == 1.0
    assert (made.count.low, made.count.high) == (6.0, 14.0)


def test_every_end_of_every_limit_can_be_used() -> None:
    for each in avoided.PARAMETERS:
        for value in each.limits:
            result = avoided_cost(_made(**{each.url: value}))
            assert 0 <= result.low <= result.central <= result.high


def test_a_source_says_invented_until_the_reader_changes_it() -> None:
    rows = avoided.assumption_rows(_made(deadweight=50.0), "nl").set_index("name")
    assert "verzonnen" in rows.loc["Bedrag per uitkomst per jaar", "source"]
    assert rows.loc["Zonder hulp ook gelukt", "source"] == "Eigen invoer van de lezer"
    assert "2,25%" in rows.loc["Discontovoet", "source"]
    assert rows.loc["Zonder hulp ook gelukt", "high"] == "65%"
    assert len(rows) == len(avoided.PARAMETERS) + 1


def test_spread_is_stated_in_the_help_as_it_is_used() -> None:
    for each in avoided.PARAMETERS:
        stated = texts("nl")[f"avoided.{each.field}_help"]
        if each.field == "years":
            assert "één jaar" in stated
            assert each.spread == 1
        else:
            assert f" {each.spread:g}" in stated


def test_tornado_puts_what_matters_most_on_top() -> None:
    rows = avoided.tornado_rows(_made(), "nl")
    assert rows["swing"].is_monotonic_decreasing
    assert rows["name"].iloc[0] in avoided.tornado_title(rows, "nl")
    assert (rows["low"] <= avoided_cost(_made()).central).all()


def test_assumptions_that_matter_equally_are_named_together() -> None:
    rows = pd.DataFrame({"name": ["A", "B", "C"], "swing": [10.4, 10.2, 3.0]})
    assert avoided.tornado_title(rows, "nl").startswith("‘A’ en ‘B’ maken het meeste uit")
    apart = rows.assign(swing=[12.0, 10.0, 3.0])
    assert avoided.tornado_title(apart, "nl").startswith("‘A’ maakt het meeste uit")


def test_years_add_up_to_the_central_result() -> None:
    rows = avoided.year_rows(_made(), "nl")
    assert rows["after_optimism"].sum() == pytest.approx(avoided_cost(_made()).central)


def test_the_result_says_it_is_an_indication() -> None:
    assert "indicatief" in avoided.result_title(_made(), "nl")
    assert all("indicatief" in card.meaning for card in avoided.result_cards(_made(), "nl"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_tornado_can_be_drawn(language: str) -> None:
    spec = charts.tornado(avoided.tornado_rows(_made(), language), 50_000.0, language)
    assert spec["config"]["locale"]


def _ends(url: str, value: float, **given: float) -> tuple[float, float, float]:
    """Return low, central and high of one assumption; `given`: laag and hoog."""
    named = {f"{url}-{end}": number for end, number in given.items()}
    made = avoided.assumption(BY_URL[url], value, "", named)
    return made.low, made.central, made.high


def test_an_end_that_the_reader_set_is_used_and_the_other_keeps_its_margin() -> None:
    assert _ends("verdringing", 10.0, laag=0.0, hoog=60.0) == (0.0, 0.1, 0.6)
    assert _ends("verdringing", 10.0, hoog=60.0) == (0.05, 0.1, 0.6)
    assert _ends("bedrag", 8_000.0, laag=100.0) == (100.0, 8_000.0, 10_000.0)
    assert _ends("disconto", 2.25, hoog=4.5) == pytest.approx((0.0125, 0.0225, 0.045))


def test_an_end_stays_on_its_side_of_the_central_value_and_within_the_limits() -> None:
    assert _ends("verdringing", 10.0, laag=30.0, hoog=5.0) == (0.1, 0.1, 0.1)
    assert _ends("verdringing", 10.0, laag=-20.0, hoog=150.0) == (0.0, 0.1, 1.0)
    assert _ends("bedrag", 8_000.0, laag=-1.0, hoog=9e9) == (0.0, 8_000.0, 500_000.0)


def test_years_are_whole_at_every_end() -> None:
    assert _ends("jaren", 3.0, laag=1.4, hoog=6.7) == (1.0, 3.0, 7.0)
    # The central value is rounded first, so that no end can pass it.
    assert _ends("jaren", 3.4, laag=3.3, hoog=3.3) == (3.0, 3.0, 3.0)


def test_the_usual_end_lies_within_its_own_limits() -> None:
    # A field that opened outside its limits would warn of what nobody typed.
    for each in avoided.PARAMETERS:
        for value in (*each.limits, sum(each.limits) / 2):
            for end in avoided.ends(each, value):
                assert end.limits[0] <= end.usual <= end.limits[1]


def test_all_ends_of_the_reader_reach_the_sum_and_no_central_value() -> None:
    ends = {end: float("inf" if end.endswith("hoog") else 0) for end in avoided.END_NAMES}
    wide, usual = avoided_cost(_made(given=ends)), avoided_cost(_made())
    assert wide.low == 0
    assert wide.central == usual.central
    assert wide.high > usual.high


def test_the_tornado_uses_the_ends_of_the_reader() -> None:
    name = texts("nl")["avoided.displacement"]
    given = {"verdringing-laag": 0.0, "verdringing-hoog": 100.0}
    row = avoided.tornado_rows(_made(given=given), "nl").set_index("name").loc[name]
    central = avoided_cost(_made()).central
    assert row["low"] == 0
    assert row["high"] == pytest.approx(central / 0.9)
    narrow = {"verdringing-laag": 10.0, "verdringing-hoog": 10.0}
    assert avoided.tornado_rows(_made(given=narrow), "nl")["name"].iloc[-1] == name


def test_an_end_of_the_reader_is_own_input_in_the_table() -> None:
    given = {"verdringing-hoog": 60.0, "jaren-laag": 2.0, "disconto-laag": 0.5}
    rows = avoided.assumption_rows(_made(given=given), "nl").set_index("name")
    shown = rows.loc["Verdringing", ["low", "central", "high", "source"]].tolist()
    assert shown == ["5%", "10%", "60%", "Eigen invoer van de lezer"]
    assert rows.loc["Discontovoet", ["low", "source"]].tolist() == [
        "0,50%", "Eigen invoer van de lezer",
    ]  # fmt: skip
    # Two years is what the margin around three gives as well.
    assert "verzonnen" in rows.loc["Aantal jaren", "source"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"verdringing-laag": "50"}, "Verdringing, laag: 10%"),
        ({"verdringing-hoog": "900"}, "Verdringing, hoog: 100%"),
        ({"jaren-hoog": "veel"}, "Aantal jaren, hoog: 4"),
        ({"bedrag-hoog": "1"}, "Bedrag per uitkomst per jaar, hoog: €\N{NO-BREAK SPACE}10.000"),
    ],
)
def test_an_end_that_cannot_be_used_is_said(asked: dict[str, str], said: str) -> None:
    assert avoided.moved_ends(_usual(), asked, "nl").endswith(f" {said}.")


def test_ends_that_can_be_used_need_no_sentence() -> None:
    asked = {"verdringing-laag": "0", "verdringing-hoog": "10", "jaren-hoog": "4.4"}
    assert avoided.moved_ends(_usual(), asked, "nl") == ""
    assert avoided.moved_ends(_usual(), {}, "nl") == ""


def test_only_numbers_are_taken_from_a_link() -> None:
    asked = {"verdringing-laag": "veel", "verdringing-hoog": "1e999", "jaren-laag": "2"}
    assert avoided.given_ends(asked) == {"jaren-laag": 2.0}


def test_decimals_of_a_share_are_shown_where_they_are_used() -> None:
    share, amount = BY_URL["verdringing"], BY_URL["bedrag"]
    assert avoided.step_shown(share, 10.0, None) == share.step
    assert avoided.step_shown(share, 10.0, 12.5) % 1
    assert avoided.step_shown(amount, 12.5) == amount.step


def test_the_page_keeps_every_assumption_and_end_of_a_link() -> None:
    assert set(avoided.URL_NAMES) <= set(page("spending").extras)
    assert len(avoided.URL_NAMES) == 3 * len(avoided.PARAMETERS)


def test_a_count_that_is_a_sum_has_the_range_of_its_error() -> None:
    values = {each.url: avoided.usual(each, "paid_work") for each in avoided.PARAMETERS}
    given = (40, values, {}, "paid_work", 2025, False, "nl")
    single, summed = avoided.assumptions(*given), avoided.assumptions(*given, 19.0)
    assert (single.count.low, single.count.high) == (36, 44)
    assert (summed.count.low, summed.count.central, summed.count.high) == (21, 40, 59)
