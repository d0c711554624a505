"""What is late or missing in the sample, and that missing means absent."""

from datetime import date

from indicators.periods import last_day, quarter_of, quarters_between
from sample_data.receipts import DAYS_LATE, MISSING

day = date.fromisoformat


def received(rows) -> dict[tuple[str, str, str], str]:
    return {
        (row["organisatie"], row["onderdeel"], row["kwartaal"]): row["ontvangen_op"]
        for row in rows("ontvangen.csv")
    }


def test_each_organisation_lists_each_quarter_from_its_first_on(rows) -> None:
    listed: dict[tuple[str, str], list[str]] = {}
    for organisation, subject, quarter in received(rows):
        listed.setdefault((organisation, subject), []).append(quarter)
    for (_, subject), quarters in listed.items():
        assert quarters == quarters_between(quarters[0], "2025-Q4")
        assert subject == "resultaten" or quarters[0] in ("2022-Q1", "2023-Q1")
    assert {organisation for organisation, _ in listed} == {
        row["organisatie"] for row in rows("organisaties.csv")
    }


def test_few_are_missing_and_the_last_year_is_complete_but_for_one_ladder(rows) -> None:
    missing = {key for key, received_on in received(rows).items() if not received_on}
    assert missing == MISSING
    assert [key for key in missing if key[2] >= "2025"] == [("wijk-welzijn", "ladder", "2025-Q2")]


def test_late_ones_came_more_than_two_months_after_the_quarter(rows) -> None:
    late = {
        key
        for key, received_on in received(rows).items()
        if received_on and (day(received_on) - last_day(key[2])).days > 62
    }
    assert late == set(DAYS_LATE)


def test_rows_of_a_quarter_never_received_are_absent(rows) -> None:
    dated = {
        "ladder": ("ladder.csv", "datum"),
        "uitstroom": ("uitstroom.csv", "begindatum"),
        "besteding": ("besteding.csv", "datum"),
        "vergoedingen": ("vergoedingen.csv", "datum"),
    }
    for subject, (name, column) in dated.items():
        present = {(row["organisatie"], quarter_of(day(row[column]))) for row in rows(name)}
        for organisation, missing_subject, quarter in MISSING:
            if missing_subject == subject:
                assert (organisation, quarter) not in present


def test_all_sixteen_quarters_are_closed_after_everything_was_received(rows) -> None:
    home = {row["organisatie"]: row["gemeentecode"] for row in rows("organisaties.csv")}
    closed = {
        (row["gemeentecode"], row["kwartaal"]): row["afgesloten_op"]
        for row in rows("afgesloten_kwartalen.csv")
    }
    assert len(closed) == 3 * 16
    for (organisation, _, quarter), received_on in received(rows).items():
        assert closed[home[organisation], quarter] > received_on
        assert day(closed[home[organisation], quarter]) > last_day(quarter)
