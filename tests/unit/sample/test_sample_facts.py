"""What is publicly known is in the sample as it is known."""

import pytest

from sample_data.facts import OUDE_WIJKEN


def running(rows, day: str) -> list[dict[str, str]]:
    return [
        row
        for row in rows("vrijwilligers.csv")
        if row["begindatum"] <= day and (not row["einddatum"] or row["einddatum"] >= day)
    ]


@pytest.mark.parametrize(
    ("gemeente", "wijken", "residents", "sum_of_wijken"),
    [
        ("GM0080", 22, 128_810, 128_820),
        ("GM0014", 20, 243_768, 243_750),
        ("GM0085", 13, 25_824, 25_825),
    ],
)
def test_residents_are_those_of_cbs(rows, gemeente, wijken, residents, sum_of_wijken) -> None:
    (whole,) = [row for row in rows("gemeenten.csv") if row["gemeentecode"] == gemeente]
    parts = [row for row in rows("wijken.csv") if row["gemeentecode"] == gemeente]
    assert int(whole["inwoners"]) == residents
    assert len(parts) == wijken
    assert sum(int(row["inwoners"]) for row in parts) == sum_of_wijken
    assert {row["wijkjaar"] for row in parts} == {"2023"}


def test_names_keep_their_accents(rows) -> None:
    names = {row["wijkcode"]: row["naam"] for row in rows("wijken.csv")}
    assert names["WK008041"] == "Nijlân & De Zwette"
    assert names["WK008070"] == "Aldlân & De Hemrik"
    assert names["WK008060"] == "Bilgaard & Havankpark e.o."


def test_unknown_households_are_empty_and_bijstand_is_said_to_be_invented(rows) -> None:
    for row in rows("wijken.csv"):
        assert row["huishoudens"] == ""
        assert int(row["bijstand"]) % 10 == 0
        assert "bijstand: verzonnen" in row["bron"]


@pytest.mark.parametrize(
    ("organisation", "wijk", "volunteers"),
    [("wijkbedrijf-bilgaard", "WK008060", 142), ("wijkbedrijf-vrijheidswijk", "WK008061", 35)],
)
@pytest.mark.parametrize("day", ["2023-06-22", "2023-06-30"])
def test_the_register_agrees_with_the_statements(rows, organisation, wijk, volunteers, day) -> None:
    at_organisation = {
        row["pseudoniem"] for row in running(rows, day) if row["organisatie"] == organisation
    }
    in_wijk = {row["pseudoniem"] for row in running(rows, day) if row["wijkcode"] == wijk}
    agreements = [row for row in running(rows, day) if row["organisatie"] == organisation]
    assert len(agreements) == len(at_organisation) == volunteers
    assert in_wijk == at_organisation


def test_the_35_of_vrijheidswijk_get_an_allowance_in_2023(rows) -> None:
    volunteers = {
        row["pseudoniem"]
        for row in running(rows, "2023-06-22")
        if row["organisatie"] == "wijkbedrijf-vrijheidswijk"
    }
    paid = {row["pseudoniem"] for row in rows("vergoedingen.csv") if row["datum"][:4] == "2023"}
    assert volunteers <= paid


def test_a_volunteer_of_vrijheidswijk_became_wijkbeheerder(rows) -> None:
    work = [
        row
        for row in rows("uitstroom.csv")
        if row["wijkcode"] == "WK008061" and row["begindatum"] == "2023-04-03"
    ]
    assert [(row["soort_werk"], row["einddatum"]) for row in work] == [("zonder_steun", "")]
    before = [
        row for row in rows("vrijwilligers.csv") if row["pseudoniem"] == work[0]["pseudoniem"]
    ]
    assert [row["organisatie"] for row in before] == ["wijkbedrijf-vrijheidswijk"]


def test_statements_stand_with_source_in_both_languages(rows) -> None:
    statements = {row["kenmerk"]: row for row in rows("uitspraken.csv")}
    bilgaard = statements["bilgaard-vrijwilligers"]
    assert (bilgaard["aantal"], bilgaard["datum"]) == ("142", "2023-06-22")
    assert bilgaard["bron"] == "Publieke uitspraak, 22 juni 2023"
    assert statements["vrijheidswijk-bewoners"]["aantal"] == "35"
    assert [key for key, row in statements.items() if row["datum"]] == ["bilgaard-vrijwilligers"]
    for row in statements.values():
        assert row["tekst_nl"]
        assert row["tekst_en"]
        assert row["bron"]


def test_organisations_serve_the_wijken_they_serve(rows) -> None:
    wijken: dict[str, set[str]] = {row["organisatie"]: set() for row in rows("organisaties.csv")}
    for row in rows("organisatie_wijken.csv"):
        wijken[row["organisatie"]].add(row["wijkcode"])
    assert wijken["wijkbedrijf-bilgaard"] == {"WK008060"}
    assert wijken["wijkbedrijf-vrijheidswijk"] == {"WK008061"}
    assert wijken["sportcentrum-noord"] == {"WK001402", "WK001403", "WK001404"}
    assert wijken["wijk-welzijn"] == {"WK008510"}
    assert wijken["dreamfabryk"] == set()
    assert set(OUDE_WIJKEN) < wijken["wijkinitiatieven-groningen"]
    assert set().union(*wijken.values()) == {row["wijkcode"] for row in rows("wijken.csv")}


def test_only_labelled_organisations_are_invented(rows) -> None:
    for row in rows("organisaties.csv"):
        assert (row["verzonnen"] == "ja") == ("(voorbeeld)" in row["naam"])
    founded = {row["organisatie"]: row["opgericht"] for row in rows("organisaties.csv")}
    assert founded.pop("wijkbedrijf-bilgaard") == "2014"
    assert set(founded.values()) == {""}


def test_the_pilot_pays_for_what_residents_judge_in_five_wijken(rows) -> None:
    pilot = "resultaatfinanciering-leeuwarden-oost"
    (contract,) = [row for row in rows("contracten.csv") if row["contract"] == pilot]
    assert (contract["begindatum"], contract["einddatum"]) == ("2024-01-01", "2025-12-31")
    financiers = {
        row["financier"] for row in rows("contract_financiers.csv") if row["contract"] == pilot
    }
    assert financiers == {"fno", "gemeente-leeuwarden"}
    results = [row for row in rows("resultaten.csv") if row["contract"] == pilot]
    assert {row["wijkcode"] for row in results} == {
        "WK008020",
        "WK008050",
        "WK008051",
        "WK008060",
        "WK008061",
    }
    assert {row["organisatie"] for row in results} == {
        "wijkbedrijf-bilgaard",
        "wijkbedrijf-vrijheidswijk",
        "dreamfabryk",
    }


def test_no_outcome_is_a_conversation_tool(rows) -> None:
    for row in rows("uitkomsten.csv"):
        assert "ositieve gezondheid" not in " ".join(row.values()).lower()
        assert "bewoner" in row["bepaald_door_nl"]


def test_other_contracts_are_labelled_as_example(rows) -> None:
    names = {row["contract"]: row["naam"] for row in rows("contracten.csv")}
    assert names.pop("resultaatfinanciering-leeuwarden-oost")
    assert names
    assert all("(voorbeeld)" in name for name in names.values())
