"""Results of contracts: states apart, amounts from published counts, forecast with its margin."""

import datetime

import numpy as np
import pandas as pd
import pytest

from dashboard.comparison import forecast
from dashboard.comparison.rounding import round_unbiased
from dashboard.results import charts
from dashboard.results import charts_judged as judging
from dashboard.results import judgements as results_lessons
from dashboard.results import outlook as results_outlook
from dashboard.results import places as results_places
from dashboard.results import states as results
from dashboard.results import tables as results_tables

QUARTERS = ("2025-Q1", "2025-Q2", "2025-Q3")
CONTRACT = pd.DataFrame(
    [
        {
            "contract_id": "c",
            "contract_name": "Contract",
            "starts_on": datetime.date(2025, 1, 1),
            "ends_on": datetime.date(2026, 12, 31),
            "outcome_id": "step",
            "tariff_cents": 100_000,
            "agreed": 40,
            "name_nl": "Ik zette een stap",
            "name_en": "I made a step",
            "definition_nl": "Zelf gezegd.",
            "definition_en": "Said so.",
            "unit_nl": "stap",
            "unit_en": "step",
            "determined_by_nl": "bewoner",
            "determined_by_en": "resident",
            "validation_nl": "Gezien.",
            "validation_en": "Seen.",
        }
    ]
)
FINANCIERS = pd.DataFrame(
    {
        "contract_id": "c",
        "financier_id": ["f", "g"],
        "name": ["Fonds", "Gemeente"],
        "share": [0.6, 0.4],
        "ceiling_cents": [2_000_000, 600_000],
    }
)


def counts(unknown: tuple[str, ...] = (), **latest: float) -> pd.DataFrame:
    """Published states; the value grows by the quarter to `latest`."""
    rows = []
    wholes = {  # every place has these, and they are the sums of their verdicts
        "judged": ("judged_yes", "judged_no"),
        "checked": ("checked_yes", "checked_no"),
        "differing": ("residents_only", "administration_only"),
    }
    latest |= {whole: sum(latest.get(part, 0) for part in parts) for whole, parts in wholes.items()}
    unknown += tuple(whole for whole, parts in wholes.items() if set(parts) & set(unknown))
    for state, (measure, category) in results.STATES.items():
        for step, period in enumerate(QUARTERS, start=1):
            lacks = state in unknown
            value = None if lacks else latest.get(state, 0) * step // 15 * 5
            status = "no_data" if lacks else "published"
            reason = "not_delivered" if lacks else ""
            rows.append((measure, period, "c/step", category, value, status, reason))
    names = ["measure", "period", "item", "category", "value", "status", "reason"]
    return pd.DataFrame(rows, columns=names)


USUAL = counts(
    claimed=30, judged_yes=15, judged_no=15, checked_yes=30, paid=15, administration_only=15
)


def now(cells: pd.DataFrame = USUAL) -> pd.DataFrame:
    return results.at(results.states(cells, CONTRACT, "nl"), "2025-Q3")


def test_states_stay_apart_and_dated() -> None:
    rows = results.states(USUAL, CONTRACT, "nl")
    assert list(rows["period"]) == list(QUARTERS)
    last = now().iloc[0]
    assert (last["judged_yes"], last["judged_no"]) == (15, 15)
    assert (last["checked_yes"], last["checked_no"]) == (30, 0)


def test_room_is_ceiling_minus_tariff_times_published_times_share() -> None:
    rows = results.room(now(), FINANCIERS).set_index("name")
    assert rows.loc["Fonds", "paid"] == pytest.approx(9_000)
    assert rows.loc["Gemeente", "room"] == pytest.approx(0)
    assert "€ 11.000" in results.room_finding(rows.reset_index(), "nl").replace("\xa0", " ")


def test_room_over_the_ceiling_is_said() -> None:
    more = counts(judged_yes=30, paid=30)
    assert results.room_finding(results.room(now(more), FINANCIERS), "en").startswith("A ceiling")


def test_unknown_payments_leave_room_and_cost_unknown() -> None:
    unknown = now(counts(unknown=("paid",), judged_yes=15))
    assert results.room(unknown, FINANCIERS)["room"].isna().all()
    assert "niet te zeggen" in results.room_finding(results.room(unknown, FINANCIERS), "nl")
    assert (
        results_lessons.cost_text(results_lessons.learning(unknown).iloc[0], "nl") == "niet bekend"
    )
    assert "ontbreken" in results.states_finding(unknown, "2025-Q3", "nl")
    paid = results_tables.states_columns("nl")[-2]
    assert (paid.shown(unknown.iloc[0].to_dict()), paid.raw(unknown.iloc[0].to_dict())) == (
        "niet bekend",
        None,
    )


def test_cost_is_paid_amount_by_what_residents_call_achieved() -> None:
    row = results_lessons.learning(now()).iloc[0]
    assert row["estimate"] == pytest.approx(1_000)
    assert row["lower"] < 1_000 < row["upper"]


def test_no_achieved_results_is_more_than() -> None:
    row = results_lessons.learning(now(counts(paid=15))).iloc[0]
    assert pd.isna(row["estimate"])
    assert results_lessons.cost_text(row, "nl").startswith("meer dan €")


def test_nothing_paid_is_said() -> None:
    row = results_lessons.learning(now(counts(judged_yes=15))).iloc[0]
    assert results_lessons.cost_text(row, "en") == "nothing paid yet"


def test_difference_is_told_and_zero_is_at_most_four() -> None:
    said = results_lessons.differing_finding(now(), "nl")
    assert "15" in said
    assert "hooguit 4 alleen volgens bewoners" in said
    assert "hooguit 4" in results_lessons.differing_finding(now(counts(claimed=15)), "nl")


def test_quarters_run_from_the_start_of_the_contract_to_the_chosen_one() -> None:
    closed = ["2024-Q4", *QUARTERS, "2025"]
    assert results.quarters_asked(closed, CONTRACT, "2025-Q2") == QUARTERS[:2]
    assert results.quarters_asked(closed, CONTRACT, "2024-Q4") == ()


def test_an_ended_contract_has_no_forecast() -> None:
    rows = results.states(USUAL, CONTRACT, "nl")
    said = results_outlook.outlook(rows, CONTRACT, FINANCIERS, "2026-Q4", 1, "paid")
    assert said.euros is None
    assert "liep tot en met 31 december 2026" in results_outlook.finding(said, CONTRACT, 1, "nl")


def test_one_quarter_is_too_short_and_a_gap_gives_no_forecast() -> None:
    rows = results.states(USUAL, CONTRACT, "nl")
    first = rows[rows["period"] == "2025-Q1"]
    assert (
        results_outlook.outlook(first, CONTRACT, FINANCIERS, "2025-Q1", 1, "paid").reason
        == "too_short"
    )
    gap = results.states(counts(unknown=("paid",)), CONTRACT, "nl")
    assert (
        results_outlook.outlook(gap, CONTRACT, FINANCIERS, "2025-Q3", 1, "paid").reason == "unknown"
    )


def test_forecast_continues_the_pace_and_is_the_same_twice() -> None:
    rows = results.states(USUAL, CONTRACT, "nl")
    said, again = (
        results_outlook.outlook(rows, CONTRACT, FINANCIERS, "2025-Q3", 7, "paid") for _ in range(2)
    )
    row = said.outcomes.iloc[0]
    assert row["middle"] in (35, 40, 45)  # 15 in three quarters, five quarters ahead
    assert row["now"] <= row["low"] < row["middle"] < row["high"]
    assert said.outcomes.equals(again.outcomes)
    assert said.euros == again.euros


def test_pace_counts_the_quarters_that_are_not_closed() -> None:
    rows = results.states(USUAL, CONTRACT, "nl")
    with_hole = rows[rows["period"] != "2025-Q2"]
    whole, hole = (
        results_outlook.outlook(each, CONTRACT, FINANCIERS, "2025-Q3", 7, "paid")
        for each in (rows, with_hole)
    )
    assert hole.outcomes.equals(whole.outcomes)


@pytest.mark.parametrize("mean", [1, 4, 12])
def test_forecast_covers_what_happens(mean: float) -> None:
    generator = np.random.default_rng(5)
    held, tries = 0, 200
    for seed in range(tries):
        paid = np.cumsum(generator.poisson(mean, 8))
        published = round_unbiased(paid[3], generator)
        pace = forecast.Pace(float(published), 0.0, 4, from_start=True)
        said = forecast.summarised(forecast.draw_totals(pace, 4, seed))
        held += said.low <= max(paid[-1], published) <= said.high
    assert held / tries >= 0.93


def test_no_forecast_below_what_was_paid() -> None:
    totals = forecast.draw_totals(forecast.Pace(20, 20, 4, from_start=False), 1, 1)
    assert totals.min() == 20


@pytest.mark.parametrize("language", ["nl", "en"])
def test_charts_draw_unknown_states_as_words(language: str) -> None:
    unknown = results.states(counts(unknown=("paid",), judged_yes=15), CONTRACT, language)
    drawn = charts.states_now(results.at(unknown, "2025-Q3"), language)
    words = [row["words"] for each in drawn["datasets"].values() for row in each if "words" in row]
    assert {"nl": "niet bekend", "en": "unknown"}[language] in words
    lines = charts.states_over_time(unknown, language)
    paid = [r for each in lines["datasets"].values() for r in each if r.get("value") is None]
    assert len(paid) == len(QUARTERS)


def test_judged_results_are_forecast_by_their_own_pace() -> None:
    cells = counts(claimed=45, judged_yes=45, checked_yes=45, paid=15)
    rows = results.states(cells, CONTRACT, "nl")
    paid, judged = (
        results_outlook.outlook(rows, CONTRACT, FINANCIERS, "2025-Q3", 7, state)
        for state in results_outlook.STATES
    )
    assert paid.outcomes["now"].iloc[0] == 15
    assert judged.outcomes["now"].iloc[0] == 45
    assert judged.outcomes["middle"].iloc[0] in (115, 120, 125)  # 45 in three quarters, five ahead
    said = results_outlook.finding(judged, CONTRACT, 26_000, "nl")
    assert "noemen bewoners op 31 december 2026" in said
    assert said.endswith("afgesproken zijn er 40")
    assert "€" not in said
    assert results_outlook.ceiling_sentence(judged, "nl") == ""
    assert results_outlook.ceiling_sentence(paid, "nl") != ""


def test_an_unknown_judgement_leaves_the_payments_forecast() -> None:
    rows = results.states(counts(unknown=("judged_yes",), paid=15), CONTRACT, "nl")
    said = {
        state: results_outlook.outlook(rows, CONTRACT, FINANCIERS, "2025-Q3", 7, state)
        for state in results_outlook.STATES
    }
    assert said["judged_yes"].reason == "unknown"
    assert said["paid"].reason == ""


PLACES = pd.DataFrame(
    [
        ("results_judged", "WK1", "", "", "yes", 15, "published"),
        ("results_checked", "WK1", "", "", "yes", 10, "published"),
        ("results_paid", "WK1", "", "", "", None, "no_data"),
        ("results_judged", "WK2", "", "", "yes", 5, "published"),
        ("results_judged", "GM1", "x", "Xylofoon", "yes", 20, "published"),
        ("results_judged", "GM1", "", "", "yes", 20, "published"),
    ],
    columns=[
        "measure",
        "area_code",
        "organisation_id",
        "organisation",
        "category",
        "value",
        "status",
    ],
).assign(item="c/step", period="2025-Q3", reason="", without=0)
AREAS = pd.DataFrame(
    {
        "area_code": ["WK2", "WK1", "WK3", "GM1"],
        "gemeente_code": "GM1",
        "level": ["wijk", "wijk", "wijk", "gemeente"],
        "name": ["Azuur", "Blauw", "Cyaan", "Gemeente"],
    }
)


def placed(kind: str) -> pd.DataFrame:
    names = results_places.names(PLACES, AREAS, "GM1")[kind]
    return results_places.by_place(PLACES, CONTRACT, names, kind, "nl")


def test_results_per_wijk_keep_both_judgements_and_what_is_unknown() -> None:
    rows = placed("wijk").set_index("name")
    assert list(rows.index) == ["Azuur", "Blauw"]  # by name; a wijk without results is left out
    assert (rows.loc["Blauw", "judged_yes"], rows.loc["Blauw", "checked_yes"]) == (15, 10)
    assert pd.isna(rows.loc["Blauw", "paid"])
    assert rows.loc["Azuur", "checked_yes"] == 0
    shown = [column.shown(rows.reset_index().loc[1].to_dict()) for column in results_places.columns(
        "wijk", "nl"
    )]  # fmt: skip
    assert shown == ["Blauw", "Ik zette een stap", "0", "15", "10", "niet bekend", ""]


def test_results_per_organisation_have_its_name() -> None:
    rows = placed("organisatie")
    assert list(rows["name"]) == ["Xylofoon"]
    assert rows["judged_yes"].sum() == 20


def test_the_place_with_most_results_is_named_and_nothing_is_merged() -> None:
    together = results_places.of_all_outcomes(placed("wijk"))
    assert together[["name", "residents", "administration"]].to_dict("list") == {
        "name": ["Azuur", "Blauw"],
        "residents": [5, 15],
        "administration": [0, 10],
    }
    title = results_places.finding(together, "wijk", "nl")
    assert title.startswith("Van de 20 resultaten")
    assert title.endswith("uit Blauw: 15")
    said = results_places.alternative(together, title, "nl")
    assert "Azuur: bewoners 5, administratie hooguit 4" in said


def test_places_without_a_figure_or_without_results_say_so() -> None:
    none = pd.DataFrame({"name": ["A"], "residents": [0.0], "administration": [0.0]})
    none = none.assign(hidden="", left_out=0.0)
    assert "hooguit 4" in results_places.finding(none, "wijk", "nl")
    unknown = none.assign(residents=np.nan)
    assert "niet te zeggen" in results_places.finding(unknown, "wijk", "nl")


def test_two_judgements_are_two_bars_that_say_whose_they_are() -> None:
    rows = results_lessons.judged_apart(now())
    drawn = judging.side_by_side(rows, "nl")
    [data] = drawn["datasets"].values()
    assert {row["side"]: (row["to"], row["words"]) for row in data} == {
        "residents": (0, "bewoners: hooguit 4"),
        "administration": (15, "administratie: 15"),
    }
    assert "alleen administratie 15" in results_lessons.apart_alternative(rows, "T", "nl")


def test_an_unknown_judgement_is_a_word_and_no_bar() -> None:
    cells = counts(unknown=("residents_only",), administration_only=15)
    [data] = judging.side_by_side(results_lessons.judged_apart(now(cells)), "en")[
        "datasets"
    ].values()
    assert [row["words"] for row in data if row["side"] == "residents"] == ["residents: unknown"]


def test_only_what_was_paid_for_is_drawn_as_a_cost() -> None:
    drawn = results_lessons.drawable_costs(results_lessons.learning(now()), "nl")
    assert list(drawn.columns) == ["name", "estimate", "lower", "upper", "words"]
    assert drawn["words"].iloc[0].startswith("€\xa01.000 (")
    nothing = results_lessons.learning(now(counts(judged_yes=15)))
    assert results_lessons.drawable_costs(nothing, "nl").empty


def small(cells: pd.DataFrame, left_out: float, hidden: tuple[str, ...] = ()) -> pd.DataFrame:
    """Verdicts without `left_out` claimed results of small places; `hidden` are not shown."""
    for state in (*hidden, "judged_yes", "judged_no", "checked_yes", "checked_no"):
        measure, category = results.STATES[state]
        rows = (cells["measure"] == measure) & (cells["category"] == category)
        cells = cells.assign(without=cells.get("without", 0)).copy()
        cells.loc[rows, "without"] = left_out
        if state in hidden:
            cells.loc[rows, ["value", "status", "reason"]] = [None, "not_shown", "small_place"]
    return cells


def test_what_the_verdicts_leave_out_is_said_beside_what_was_paid() -> None:
    # 25 paid and 20 achieved only seems to be more paid than achieved.
    found = now(small(counts(claimed=30, judged_yes=15, judged_no=0, paid=30), 15))
    assert "door bewoners beoordeeld" in results.states_finding(found, "2025-Q3", "nl")
    said = results.left_out(found, "nl")
    assert "over 15 gemelde resultaten niet te tonen" in said[0]
    assert "meer betaald" in said[1]
    row = results_lessons.learning(found).iloc[0]
    assert pd.isna(row["lower"])
    assert "niet te zeggen" in results_lessons.cost_text(row, "nl")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_hidden_verdicts_are_not_unknown_and_no_zero(language: str) -> None:
    cells = small(counts(claimed=30, judged_yes=15, judged_no=15), 30, ("judged_yes", "judged_no"))
    found = now(cells)
    assert pd.isna(found["judged_yes"].iloc[0])
    assert found["judged"].iloc[0] == 30
    drawn = charts.states_now(found, language)
    words = [row["words"] for each in drawn["datasets"].values() for row in each if "words" in row]
    expected = {"nl": "30, oordeel niet te tonen", "en": "30, verdict cannot be shown"}[language]
    assert expected in words
    rows = results.states(cells, CONTRACT, language)
    said = results_outlook.outlook(rows, CONTRACT, FINANCIERS, "2025-Q3", 7, "judged_yes")
    assert said.reason == "hidden"
    title = results_outlook.finding(said, CONTRACT, 1, language)
    assert {"nl": "niet te tonen", "en": "cannot be shown"}[language] in title


def test_a_forecast_of_a_sum_is_as_wide_as_its_error() -> None:
    one = forecast.summarised(forecast.draw_totals(forecast.Pace(40, 0, 4, True), 4, 1))
    many = forecast.summarised(forecast.draw_totals(forecast.Pace(40, 0, 4, True, 19), 4, 1))
    assert many.high - many.low > one.high - one.low
