"""Corrected amounts and contract terms in words, and the same in a file."""

import datetime

import pandas as pd

from dashboard.accountability import money_changes as money_corrections
from data_access.corrections import COLUMNS

AREAS = pd.DataFrame({"area_code": ["WK1", "GM1"], "name": ["Blauw", "Gemeente"]})


def change(**given: object) -> dict[str, object]:
    return {**dict.fromkeys(COLUMNS, ""), "before": None, "after": None, "total": 2, **given}


FOUND = pd.DataFrame(
    [
        change(
            subject="contract",
            field="ceiling",
            contract="Pilot",
            about_nl="Fonds",
            about_en="Fund",
            before="16500000",
            after="17500000",
        ),
        change(
            subject="amount",
            field="spending",
            year="2025",
            taakveld="6.1",
            nature="incidenteel",
            money_ends_on="2026-12-31",
            outcome="",
            about_nl="Fonds",
            about_en="Fund",
            after="123456",
        ),
    ]
)


def table(found: pd.DataFrame, language: str = "nl") -> list[list[str]]:
    rows = money_corrections.rows(found, AREAS, language).to_dict("records")
    columns = money_corrections.columns(language)
    return [[column.shown(row).replace("\xa0", " ") for column in columns] for row in rows]


def raw(found: pd.DataFrame) -> list[list[object]]:
    rows = money_corrections.rows(found, AREAS, "nl").to_dict("records")
    return [[each.raw(row) for each in money_corrections.columns("nl")] for row in rows]


def test_a_term_and_an_amount_are_told_with_what_they_were() -> None:
    assert table(FOUND) == [
        ["Plafond van de financier", "Pilot: Fonds", "€ 165.000", "€ 175.000", "", "", "", ""],
        [
            "Besteding",
            "Fonds, taakveld 6.1",
            "niets",
            "€ 1.235",
            "2025",
            "Hele gemeente",
            "",
            "incidenteel, tot 31 december 2026; Niet aan een uitkomst toegerekend",
        ],
    ]
    assert table(FOUND, "en")[0][1] == "Pilot: Fund"


def test_money_of_places_is_told_as_a_whole_and_says_that_it_is_in_steps() -> None:
    # A release has taakveld and financier of the whole gemeente only, and places apart from it.
    of_place = {"subject": "amount", "field": "spending", "year": "2025", "organisation": "Bedrijf"}
    found = pd.DataFrame(
        [change(**of_place, area_code=code, before="500000") for code in ("WK1", "KW0080", "")]
    )
    rows = table(found)
    assert [row[5] for row in rows] == ["Blauw", "Kleine wijken samen", "Niet van één wijk"]
    assert {row[1] for row in rows} == {"alle besteding samen"}
    said = money_corrections.sentences(found, 1, 2, "Gemeente", "nl")
    assert any("stap van €\N{NO-BREAK SPACE}5.000" in each for each in said)


def test_a_file_has_euros_and_a_word_where_nothing_was() -> None:
    assert raw(FOUND)[0][2:4] == [165_000.0, 175_000.0]
    assert raw(FOUND)[1][2:4] == ["niets", 1_234.56]


def test_dates_shares_and_numbers_keep_their_kind() -> None:
    found = pd.DataFrame(
        [
            change(subject="contract", field="ends_on", before="2025-12-31", after="2026-06-30"),
            change(subject="contract", field="share", before="0.6", after="0.55"),
            change(subject="contract", field="agreed", before="40", after="45"),
        ]
    )
    assert [row[2:4] for row in table(found)] == [
        ["31 december 2025", "30 juni 2026"],
        ["60%", "55%"],
        ["40", "45"],
    ]
    assert raw(found)[0][3] == datetime.date(2026, 6, 30)
    assert raw(found)[2][3] == 45.0


def test_the_number_of_changes_is_told_even_when_not_all_are_shown() -> None:
    said = money_corrections.sentences(FOUND.assign(total=900), 1, 2, "Klein", "nl")
    assert "900 bedragen of contractafspraken" in said[0]
    assert "eerste 2" in said[1]
    assert said[2].endswith("daaronder: 1.")
    assert len(money_corrections.sentences(FOUND, 1, 2, "Klein", "nl")) == 2
    [none] = money_corrections.sentences(FOUND.iloc[:0], 1, 2, "Klein", "nl")
    assert "geen enkel bedrag" in none
