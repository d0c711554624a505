"""Money, cover, allowances, corrections: what the screen says of the figures."""

import datetime
from pathlib import Path

import pandas as pd
import pytest

from dashboard.accountability import count_changes
from dashboard.comparison.judgement import Judged, Verdict
from dashboard.comparison.members import UnitKind
from dashboard.door import Door
from dashboard.frame import kept_views
from dashboard.spending import allowance, charts, lapsing
from dashboard.spending import amounts as spending
from indicators.catalogue import MEASURES, indicator
from tests.content.views import selected

NAN = float("nan")
NAMES = {"WK008060": "Bilgaard", "WK008061": "Vrijheidswijk", "GM0080": "Leeuwarden"}


AREAS = pd.DataFrame({"area_code": list(NAMES), "name": list(NAMES.values())})


def _value(area: str, indicator: str, **cell: object) -> dict[str, object]:
    usual = {
        "area_code": area,
        "organisation_id": "",
        "indicator": indicator,
        "period": "2025",
        "value": NAN,
        "numerator": NAN,
        "denominator": NAN,
        "status": "published",
        "reason": "",
        "bound": "",
        "missing_names": "",
        "without": 0,
        "numerator_error": 0.0,
        "denominator_error": 0.0,
        "step": 0.0,
    }
    return usual | cell


def _place(
    area: str, total: float, shares: tuple[float, float, float], count: int
) -> list[dict[str, object]]:
    zero = {"status": "not_shown", "reason": "zero_outcomes"} if count == 0 else {}
    return [
        _value(area, "spending", value=total, numerator=total),
        _value(area, "spending_per_resident", value=total / 100, numerator=total),
        *(
            _value(area, f"cost_per_{each}", numerator=amount, denominator=float(count), **zero)
            for each, amount in zip(spending.OUTCOME_IDS, shares, strict=True)
        ),
    ]


@pytest.fixture
def values() -> pd.DataFrame:
    return pd.DataFrame(
        [
            *_place("WK008060", 1_000.0, (300.0, 200.0, 150.0), 5),
            *_place("WK008061", 500.0, (100.0, 0.0, 150_000.0), 0),
            *_place("GM0080", 1_800.0, (400.0, 200.0, 150_150.0), 5),
        ]
    )


def _judged(values: pd.DataFrame, outcome: str = "paid_work") -> Judged:
    return spending.judged_costs(values, "area_code", indicator(f"cost_per_{outcome}"))


def _costs(values: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return spending.costs(values, "area_code", NAMES, outcome, _judged(values, outcome))


def test_money_of_no_outcome_is_shown(values: pd.DataFrame) -> None:
    rows = spending.by_place(values, "area_code", NAMES).set_index("place")
    assert rows.loc["WK008060", "unattributed"] == 350.0
    title = spending.spread_title(rows.reset_index().iloc[0], "2025", "nl")
    assert "€\N{NO-BREAK SPACE}350 (35%)" in title


def _others(key: str, *amounts: tuple[str, str, float]) -> pd.DataFrame:
    """Published apart since small places show steps: nothing is subtracted to find it."""
    money = pd.DataFrame(amounts, columns=[key, "outcome", "euros"])
    return spending.elsewhere(money, key, {}, "elders", "nl")


def test_money_of_no_wijk_is_a_row_before_the_gemeente(values: pd.DataFrame) -> None:
    others = _others("area_code", ("", "", 250.0), ("", "step_up", 50.0), ("WK008060", "", 9.0))
    rows = spending.with_elsewhere(spending.by_place(values, "area_code", NAMES), others)
    assert list(rows["name"]) == ["Bilgaard", "Vrijheidswijk", "elders", "Leeuwarden"]
    assert rows["total"].tolist() == [1_000.0, 500.0, 300.0, 1_800.0]
    assert rows["unattributed"].tolist()[2] == 250.0


def _stepped(values: pd.DataFrame, area: str) -> pd.DataFrame:
    return values.assign(step=values["step"].where(values["area_code"] != area, 5_000.0))


def test_a_small_wijk_has_ranges_and_is_drawn_with_the_others(values: pd.DataFrame) -> None:
    small = _stepped(values, "WK008061")
    small.loc[small["area_code"] == "WK008061", ["value", "numerator"]] = 0.0
    small.loc[small["indicator"] == "spending_per_resident", "denominator"] = 100.0
    rows = spending.by_place(small, "area_code", NAMES)
    others = _others("area_code", ("KW0080", "step_up", 70.0))
    rows = spending.with_elsewhere(rows, others)
    row = rows.set_index("place").loc["WK008061"]
    assert pd.isna(row["unattributed"])
    shown = [each.shown(row.to_dict()) for each in spending.amount_columns("Wijk", "nl")[1:]]
    limit = "minder dan € 5.000"
    assert shown[0] == limit
    assert shown[1] == "minder dan € 50,00"
    assert shown[-2:] == ["", "gepubliceerd, in stappen van €\N{NO-BREAK SPACE}5.000"]
    assert limit in spending.spread_title(row, "2025", "nl")
    assert "%" not in spending.spread_title(row, "2025", "nl")
    assert list(spending.drawn_places(rows)["name"]) == ["Bilgaard", "Kleine wijken samen"]


def test_a_cost_of_a_small_wijk_has_bounds_and_no_estimate(values: pd.DataFrame) -> None:
    small = _stepped(values, "WK008060")
    row = _costs(small, "paid_work").iloc[0]
    assert pd.isna(row["estimate"])
    assert row["lower"] < row["upper"]
    assert "tot" in spending.cost_words(row, "nl")
    assert spending.drawable_costs(pd.DataFrame([row]), "nl").empty
    assert row["verdict"] == Verdict.TOO_FEW
    small.loc[small["area_code"] == "WK008061", "step"] = 5_000.0
    verdicts = spending.cost_verdicts(pd.DataFrame([row]), _judged(small), UnitKind.WIJKEN, "nl")
    assert verdicts == ["Er is niets om te vergelijken: er zijn geen bekende bedragen of nog geen "
                        "uitkomsten."]  # fmt: skip


def test_an_incomplete_place_says_so_and_is_not_compared(values: pd.DataFrame) -> None:
    lacking = {"status": "partial", "reason": "not_delivered", "missing_names": "Wijkbedrijf X"}
    row = spending.by_place(values.assign(**lacking), "area_code", NAMES).iloc[0]
    assert row["total"] == 1_000.0
    assert "zonder Wijkbedrijf X" in spending.spread_title(row, "2025", "nl")
    costs = _costs(values.assign(**lacking), "paid_work")
    assert "zonder Wijkbedrijf X" in spending.cost_words(costs.iloc[0], "nl")
    judged = _judged(values.assign(**lacking))
    said = spending.cost_verdicts(costs, judged, UnitKind.WIJKEN, "nl")
    assert said[0].startswith("Er is niets om te vergelijken")


def test_an_unknown_amount_is_not_zero_and_nothing_is_subtracted(values: pd.DataFrame) -> None:
    unknown = (values["area_code"] == "WK008061") & (values["indicator"] == "spending")
    values.loc[unknown, ["status", "reason", "value"]] = ["no_data", "not_delivered", NAN]
    rows = spending.by_place(values, "area_code", NAMES)
    assert rows.set_index("place").loc["WK008061", list(spending.AMOUNTS)].isna().all()
    said = spending.spread_title(rows.iloc[1], "2025", "nl")
    assert "niet geleverd" in said
    assert "€" not in said


def test_cost_has_an_interval_that_counts_rounding(values: pd.DataFrame) -> None:
    row = _costs(values, "paid_work").iloc[0]
    assert row["estimate"] == 30.0
    # 5 published is 1 to 9: wider than the exact Poisson interval of 5 itself (12.9 to 92.4).
    assert row["lower"] < 12.8
    assert row["upper"] > 92.4


def test_zero_outcomes_say_more_than(values: pd.DataFrame) -> None:
    row = _costs(values, "paid_work").iloc[1]
    assert pd.isna(row["estimate"])
    assert pd.isna(row["upper"])
    words = spending.cost_words(row, "nl")
    assert words.startswith("meer dan")
    columns = spending.cost_columns("Wijk", "paid_work", UnitKind.WIJKEN, "nl")
    shown = [column.shown(row.to_dict()) for column in columns]
    assert shown[3] == words
    assert shown[5] == "geen bovengrens"


def test_no_money_is_not_a_cheap_outcome(values: pd.DataFrame) -> None:
    row = _costs(values, "step_up").iloc[1]
    assert spending.cost_words(row, "nl") == "niets aan besteed"
    assert spending.drawable_costs(pd.DataFrame([row]), "nl").empty


def test_a_count_that_is_not_delivered_gives_no_cost(values: pd.DataFrame) -> None:
    here = (values["area_code"] == "WK008060") & (values["indicator"] == "cost_per_paid_work")
    values.loc[here, ["status", "reason", "denominator"]] = ["no_data", "not_delivered", NAN]
    row = _costs(values, "paid_work").iloc[0]
    assert spending.cost_words(row, "nl") == "niet bekend: niet geleverd"


def _of_two(count: float) -> tuple[pd.DataFrame, Judged]:
    """Two wijken of a gemeente that spent 1,000 per outcome; one got `count` for 100,000."""
    figures = [("WK008060", 100_000.0, count), ("WK008061", 900_000.0, 900.0)]
    figures.append(("GM0080", 1_000_000.0, 1_000.0))
    rows = [
        _value(area, "cost_per_paid_work", value=spent / many, numerator=spent, denominator=many)
        for area, spent, many in figures
    ]
    values = pd.DataFrame(rows)
    rows_of = _costs(values, "paid_work")
    return rows_of[rows_of["place"] != "GM0080"], _judged(values)


@pytest.mark.parametrize(
    ("count", "said"), [(50.0, "Meer per"), (200.0, "Minder per"), (95.0, "Geen enkele")]
)
def test_a_place_differs_only_when_its_verdict_says_so(count: float, said: str) -> None:
    rows, judged = _of_two(count)
    told = spending.cost_verdicts(rows, judged, UnitKind.WIJKEN, "nl")
    assert [each for each in told if each.startswith(said)]
    assert ("Bilgaard" in " ".join(told)) == (count != 95)


def test_verdicts_name_what_was_compared() -> None:
    [said] = spending.cost_verdicts(*_of_two(95.0), UnitKind.ORGANISATIONS, "nl")
    assert said.startswith("Geen enkele organisatie")


def _organisation(name: str, total: float, **cell: object) -> list[dict[str, object]]:
    rows = _place("GM0080", total, (total / 10, 0.0, 0.0), 5)
    return [{**row, "organisation_id": name, **cell} for row in rows]


@pytest.fixture
def organisations() -> pd.DataFrame:
    """Two organisations that spent 700 together, in a gemeente that spent 1,000."""
    rows = [*_organisation("a", 200.0), *_organisation("b", 500.0), *_organisation("", 1_000.0)]
    return spending.with_whole(pd.DataFrame(rows), "GM0080")


def test_money_of_no_organisation_is_a_row_of_its_own(organisations: pd.DataFrame) -> None:
    names = {"a": "Aap", "b": "Beer", "GM0080": "Leeuwarden"}
    others = _others("organisation_id", ("", "", 270.0), ("", "participation", 30.0))
    rows = spending.by_organisation(organisations, names, 100.0, others)
    assert list(rows["name"]) == ["Beer", "Aap", "elders", "Leeuwarden"]
    assert rows["total"].tolist() == [500.0, 200.0, 300.0, 1_000.0]
    assert rows["per_resident"].tolist() == [5.0, 2.0, 3.0, 10.0]
    assert rows["participation"].tolist() == [50.0, 20.0, 30.0, 100.0]
    assert list(spending.organisations_only(rows)["name"]) == ["Beer", "Aap"]


def test_some_organisations_have_no_rest(organisations: pd.DataFrame) -> None:
    others = _others("organisation_id", ("", "", 270.0))
    rows = spending.by_organisation(organisations, {"a": "Aap"}, 100.0, others)
    assert list(rows["name"]) == ["Aap"]


def test_an_organisation_without_figures_leaves_the_rest_unknown() -> None:
    lacking = {"status": "no_data", "reason": "not_delivered"}
    rows = [*_organisation("a", 200.0, **lacking), *_organisation("", 1_000.0)]
    values = spending.with_whole(pd.DataFrame(rows), "GM0080")
    names = {"a": "Aap", "GM0080": "Leeuwarden"}
    others = _others("organisation_id")
    rows = spending.by_organisation(values, names, 100.0, others)
    assert list(rows["name"]) == ["Aap", "Leeuwarden"]
    assert pd.isna(rows["total"].iloc[0])


def test_flows_keep_all_money_and_the_largest_comes_first() -> None:
    money = pd.DataFrame(
        {
            "financier_id": ["fno", "gemeente", "gemeente"],
            "outcome": ["paid_work", "", "step_up"],
            "euros": [100.0, 300.0, 50.0],
        }
    )
    rows = spending.flows(money, "financier_id", {"fno": "FNO"}, 10.0)
    assert rows["name"].tolist() == ["gemeente", "FNO"]
    assert rows["unattributed"].tolist() == [300.0, 0.0]
    assert rows["per_resident"].tolist() == [35.0, 10.0]
    assert rows["total"].sum() == money["euros"].sum()


@pytest.fixture
def money() -> pd.DataFrame:
    end, later = datetime.date(2025, 12, 31), datetime.date(2027, 6, 30)
    rows = [
        (2024, "a", "structureel", None, 90.0),
        (2024, "a", "incidenteel", end, 10.0),
        (2025, "a", "structureel", None, 50.0),
        (2025, "a", "incidenteel", end, 30.0),
        (2025, "a", "incidenteel", later, 20.0),
        (2025, "", "structureel", None, 40.0),
        (2025, "b", "incidenteel", None, 60.0),
    ]
    return pd.DataFrame(rows, columns=[*lapsing.GROUPS, "euros"])


def test_cover_adds_up_what_has_lapsed(money: pd.DataFrame) -> None:
    rows = lapsing.lapsing(money, {"a": "A", "b": "B"}, "2025", "nl")
    mine = rows[rows["organisation_id"] == "a"].dropna(subset=["ends_on"])
    assert mine["share"].tolist() == [30.0, 20.0]
    assert mine["after"].tolist() == [30.0, 50.0]
    assert rows["euros"].sum() == 200.0


def test_temporary_money_without_a_date_is_not_lasting(money: pd.DataFrame) -> None:
    rows = lapsing.lapsing(money, {"a": "A", "b": "B"}, "2025", "nl")
    own = rows[rows["name"] == "B"].iloc[0]
    assert "einddatum niet bekend" in own["part"]
    assert pd.isna(own["after"])
    assert rows["name"].iloc[-1] == "Niet van één organisatie"


def test_the_calendar_starts_with_the_first_date(money: pd.DataFrame) -> None:
    rows = lapsing.lapsing(money, {"a": "A"}, "2025", "nl")
    assert [day.year for day in lapsing.calendar(rows)["ends_on"]] == [2025, 2027]
    assert lapsing.parts_in_order(rows, "nl")[0] == "structureel"


def test_the_cliff_says_whether_it_lies_ahead(money: pd.DataFrame) -> None:
    rows = lapsing.lapsing(money, {"a": "A"}, "2025", "nl")
    assert "liep" in lapsing.cliff_sentences(rows, "2025", "nl")[0]
    assert "loopt" in lapsing.cliff_sentences(rows, "2024", "nl")[0]
    assert "30%" in lapsing.cliff_sentences(rows, "2024", "nl")[0]


def test_nature_over_time(money: pd.DataFrame) -> None:
    title = lapsing.nature_title(lapsing.by_nature(money), "2025", "X", "nl")
    assert "In 2025 was 55%" in title
    assert "in 2024 was dat 10%" in title


def test_years_with_gaps() -> None:
    gaps = pd.DataFrame(
        {"period": ["2024-Q1", "2024", "2025"], "status": ["no_data", "no_data", "published"]}
    )
    assert lapsing.years_with_gaps(gaps) == ["2024"]


MAXIMA = {2023: (190.0, 1_900.0)}


def _allowances(*rows: tuple[str, float, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "value", "status", "reason"])


def test_allowances_name_the_maximum_of_their_year() -> None:
    rows = allowance.by_year(_allowances(("2023", 5.0, "published", "")), MAXIMA, "nl")
    assert "€\N{NO-BREAK SPACE}1.900" in allowance.title(rows, "2023", "X", "nl")


def test_a_year_of_which_the_maximum_is_unknown_says_so() -> None:
    unknown = _allowances(("2026", NAN, "no_data", "maximum_unknown"))
    rows = allowance.by_year(unknown, MAXIMA, "nl")
    assert rows["words"].iloc[0] == "maximum niet bekend"
    assert allowance.columns("nl")[2].shown(rows.to_dict("records")[0]) == "maximum niet bekend"
    [sentence] = allowance.unknown_years([2023, 2026], MAXIMA, "nl")
    assert "ALLOWANCE_MAXIMUM_2026" in sentence


def test_an_old_release_keeps_the_maximum_that_it_was_made_with(
    sample_app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set on the computer of the dashboard says nothing of a release that was made."""
    before = Door(selected("spending", gemeente="GM0080")).allowance_maxima()
    monkeypatch.setenv("ALLOWANCE_MAXIMUM_2026", "2200")
    monkeypatch.setenv("ALLOWANCE_MAXIMUM_2023", "1")
    kept_views.forget()
    now = Door(selected("spending", gemeente="GM0080")).allowance_maxima()
    assert now == before
    assert now[2023] == (190, 1_900)
    assert 2026 not in now


MEASURE_NAMES = {each.id: each.name.nl for each in MEASURES}


def _changes(total: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "measure": ["outflow", "volunteers"],
            "period": ["2025", "2025-Q4"],
            "area_code": ["GM0080", "WK008060"],
            "organisation_id": ["", "x"],
            "item": ["", ""],
            "category": ["self_employed", ""],
            "organisation": ["", "X"],
            "before": [5.0, NAN],
            "after": [10.0, 5.0],
            "total": [total, total],
        }
    )


def test_changes_say_how_many_there_are_in_all() -> None:
    said = count_changes.sentences(_changes(250), MEASURE_NAMES, 1, 2, "Leeuwarden", "nl")
    assert "250" in said[0]
    assert "eerste 2" in said[1]
    assert any("nu bekend: 1" in each for each in said)
    none = count_changes.sentences(_changes(0).iloc[:0], MEASURE_NAMES, 1, 2, "Leeuwarden", "nl")
    assert len(none) == 1
    assert "geen enkel" in none[0]


def test_an_unknown_count_is_a_word_in_the_list_of_changes() -> None:
    rows = count_changes.rows(_changes(2), MEASURE_NAMES, AREAS, "nl")
    shown = [
        [column.shown(row) for column in count_changes.columns("nl")]
        for row in rows.to_dict("records")
    ]
    assert shown[0][5:] == ["als zelfstandige", "5", "10"]
    assert shown[1][2:4] == ["Bilgaard", "X"]
    assert shown[1][6:] == ["niet bekend", "5"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_chart_can_be_drawn(values: pd.DataFrame, money: pd.DataFrame, language: str) -> None:
    places = spending.by_place(values, "area_code", NAMES)
    drawn = spending.drawable_costs(_costs(values, "paid_work"), language)
    parts = lapsing.lapsing(money, {"a": "A very long name of an organisation"}, "2025", language)
    order = lapsing.parts_in_order(parts, language)
    counts = _allowances(("2024", 5.0, "published", ""), ("2025", NAN, "no_data", "not_delivered"))
    specs = [
        charts.by_outcome(places, spending.classes(language), language),
        charts.costs(drawn, language),
        charts.lapsing(parts.drop(columns="ends_on"), order, order[0], language),
        charts.allowances(allowance.by_year(counts, MAXIMA, language), language),
    ]
    assert all(spec["config"]["locale"] for spec in specs)


def test_an_interval_without_an_upper_bound_ends_in_an_arrow(values: pd.DataFrame) -> None:
    rows = _costs(values, "paid_work")
    spec = charts.costs(spending.drawable_costs(rows, "nl"), "nl")
    data = {each["name"]: each for each in next(iter(spec["datasets"].values()))}
    assert data["Vrijheidswijk"]["beyond"] is True
    assert data["Vrijheidswijk"]["estimate"] is None
