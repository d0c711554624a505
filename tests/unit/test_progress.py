"""The chain of a cohort: unknown stays unknown, and the picture shows published numbers only."""

import pandas as pd
import pytest

from dashboard.progress import chain as progress
from dashboard.progress import charts as flow
from dashboard.progress import ladder

NAN = float("nan")


def counts(*cells: tuple[str, str, str, float | None, str]) -> pd.DataFrame:
    """measure, category, period, value (None: no figure), reason."""
    rows = [
        (measure, period, "", category, value, "no_data" if reason else "published", reason)
        for measure, category, period, value, reason in cells
    ]
    names = ["measure", "period", "item", "category", "value", "status", "reason"]
    return pd.DataFrame(rows, columns=names)


YEAR = counts(
    ("active_volunteers", "", "2024", 300, ""),
    ("ladder_moves", "up", "2024", 60, ""),
    ("ladder_moves", "same", "2024", 100, ""),
    ("ladder_moves", "down", "2024", 0, ""),  # published 0 stands for 0 to 4
    ("ladder_moves", "up", "2023", None, "not_delivered"),
    ("ladder_moves", "same", "2023", None, "not_delivered"),
    ("ladder_moves", "down", "2023", None, "not_delivered"),
    ("outflow", "", "2024", 40, ""),
    ("outflow", "paid_without_support", "2024", 25, ""),
    ("outflow", "paid_with_support", "2024", 15, ""),
    ("outflow", "self_employed", "2024", 0, ""),
    ("still_in_work_6", "", "2024", 30, ""),
    ("still_in_work_12", "", "2024", 25, ""),
    ("still_in_work_18", "", "2024", None, "not_yet"),  # cohort too young
)


def test_chain_has_every_stage_and_the_kinds_below_the_outflow() -> None:
    rows = progress.chain(YEAR, "2024", "nl")
    assert list(rows[rows["kind"] == ""]["stage"]) == [each.id for each in progress.STAGES]
    assert list(rows[rows["kind"] != ""]["value"]) == [25, 15, 0]
    assert progress.value_of(rows, "steps") == 60


def test_too_young_a_cohort_says_so_and_is_no_zero() -> None:
    rows = progress.chain(YEAR, "2024", "nl")
    young = rows[rows["stage"] == "still_18"].iloc[0]
    assert pd.isna(young["value"])
    assert progress.stage_text(young, "nl") == "nog niet te zeggen"
    assert "18 maanden" in progress.too_young(rows, "2024", "nl")
    assert "12 maanden" not in progress.too_young(rows, "2024", "nl")
    assert progress.chain_columns("nl")[1].raw(young.to_dict()) is None


def test_a_measure_that_is_not_there_was_not_delivered() -> None:
    rows = progress.chain(YEAR, "2022", "en")
    assert set(rows["reason"]) == {"not_delivered"}
    assert rows["value"].isna().all()
    assert "not delivered" in progress.chain_finding(rows, "X", "2022", "en")


def test_finding_names_the_last_moment_that_is_known() -> None:
    said = progress.chain_finding(progress.chain(YEAR, "2024", "nl"), "Wijk", "2024", "nl")
    assert "300" in said
    assert "40" in said
    assert "na 12 maanden werkten er nog 25" in said


def test_finding_says_that_it_is_too_early_when_no_moment_is_reached() -> None:
    young = YEAR[~YEAR["measure"].str.startswith("still")]
    cells = [(f"still_in_work_{months}", "", "2024", None, "not_yet") for months in (6, 12, 18)]
    rows = progress.chain(pd.concat([young, counts(*cells)]), "2024", "nl")
    assert progress.chain_finding(rows, "Wijk", "2024", "nl").endswith("nog niet te zeggen")


def test_share_is_an_interval_and_only_on_enough_people() -> None:
    rows = progress.chain(YEAR, "2024", "nl").set_index(["stage", "kind"])
    low, high = rows.loc[("still_6", ""), "share"].replace("%", "").split(" tot ")
    assert float(low) < 75 < float(high)
    few = YEAR["measure"].isin(["outflow", "still_in_work_6"])
    small = YEAR.assign(value=YEAR["value"].where(~few, 5))
    share = progress.chain(small, "2024", "nl").set_index(["stage", "kind"])["share"]
    assert share[("still_6", "")] == "groep te klein"


def test_a_published_zero_is_told_as_at_most_four() -> None:
    found = ladder.classes(YEAR, "ladder_moves", "2024")
    assert "hooguit 4 keer omlaag" in ladder.moves_finding(found, "Wijk", "2024", "nl")


def test_a_year_without_figures_stays_in_table_and_note() -> None:
    found = ladder.classes(YEAR, "ladder_moves", "2024")
    rows = ladder.class_rows(found, "nl").set_index("period")
    assert rows.loc["2023", ["up", "total"]].isna().all()
    assert "niet geleverd" in rows.loc["2023", "state"]
    assert "2023 (niet geleverd)" in ladder.gaps(found, "nl")


def test_periods_are_all_years_and_eight_quarters_up_to_the_cohort() -> None:
    closed = [f"{year}-Q{q}" for year in range(2020, 2026) for q in range(1, 5)] + ["2024", "2025"]
    asked = progress.periods_asked(closed, "2024")
    assert asked[:3] == ("2024", "2025", "2023-Q1")
    assert asked[-1] == "2024-Q4"
    assert len(asked) == 10


@pytest.mark.parametrize("language", ["nl", "en"])
def test_flow_shows_reason_instead_of_a_bar(language: str) -> None:
    rows = progress.chain(YEAR, "2024", language)
    drawn = flow.flow(rows, language)
    data = [row for each in drawn["datasets"].values() for row in each]
    unknown = [row["words"] for row in data if "words" in row]
    expected = {"nl": "nog niet te zeggen", "en": "too early to say"}[language]
    assert expected in unknown
    assert not [row for row in data if row.get("band") == "still_18"]
    assert [row for row in data if row.get("band") == "still_12"]


def test_widths_of_bands_are_the_published_numbers() -> None:
    drawn = flow.flow(progress.chain(YEAR, "2024", "nl"), "nl")
    data = [row for each in drawn["datasets"].values() for row in each if "band" in row]
    width = {row["band"]: row["to"] - row["from"] for row in data}  # at the lower end
    assert width["steps"] == pytest.approx(60)
    assert width["paid_without_support"] == 25
    assert width["still_6"] == 30
    assert width["stopped still_6"] == pytest.approx(0)


def test_flow_without_any_figure_is_words_only() -> None:
    drawn = flow.flow(progress.chain(YEAR, "2022", "nl"), "nl")
    data = [row for each in drawn["datasets"].values() for row in each]
    assert {row["words"] for row in data} == {"niet geleverd"}
