"""Invented money: finite money ends, nothing is over-attributed, sums are as round as real ones."""

from collections import Counter, defaultdict
from decimal import Decimal

import pytest

from indicators.catalogue import INDICATORS
from indicators.taakvelden import by_code
from sample_data.canaries import LONE_WIJK


def cents(amount: str) -> int:
    return int(Decimal(amount.replace(",", ".")) * 100)


def test_finite_money_is_incidenteel_and_ends_after_it_is_spent(rows) -> None:
    for row in rows("besteding.csv"):
        assert (row["aard"] == "incidenteel") == bool(row["geld_tot"])
        assert not row["geld_tot"] or row["geld_tot"] >= row["datum"]


def test_money_lapses_in_each_year_from_2024_to_2028(rows) -> None:
    ends = {row["geld_tot"][:4] for row in rows("besteding.csv") if row["geld_tot"]}
    assert ends == {"2024", "2025", "2026", "2027", "2028"}


def test_taakvelden_exist_in_the_year_of_spending(rows) -> None:
    for row in rows("besteding.csv"):
        taakveld, year = by_code(row["taakveld"]), int(row["datum"][:4])
        assert taakveld.first_year <= year
        assert not taakveld.last_year or year <= taakveld.last_year


def test_money_comes_from_all_sorts_of_financiers(rows) -> None:
    kinds = {row["financier"]: row["soort"] for row in rows("financiers.csv")}
    assert {kinds[row["financier"]] for row in rows("besteding.csv")} == {
        "gemeente",
        "fonds",
        "corporatie",
        "rijk",
    }


def test_each_quarter_has_spending_in_each_gemeente_and_some_without_wijk(rows) -> None:
    quarters = {
        (row["gemeentecode"], row["datum"][:4], (int(row["datum"][5:7]) + 2) // 3)
        for row in rows("besteding.csv")
    }
    assert len(quarters) == 3 * 16
    assert any(not row["wijkcode"] for row in rows("besteding.csv"))


def test_shares_per_outcome_never_exceed_the_whole_and_leave_some_unattributed(rows) -> None:
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("besteding_uitkomsten.csv"):
        shares[row["besteding"]] += Decimal(row["aandeel"].replace(",", "."))
    assert max(shares.values()) == 1
    keys = {row["kenmerk"] for row in rows("besteding.csv")}
    assert set(shares) < keys
    assert any(share < 1 for share in shares.values())


def test_books_hold_round_sums(rows) -> None:
    amounts = [cents(row["bedrag"]) for row in rows("besteding.csv")]
    for unit, share in ((100, 0.85), (5_000, 0.5), (10_000, 0.35)):
        assert sum(amount % unit == 0 for amount in amounts) > share * len(amounts)
    assert min(amounts) > 0
    assert any(amount % 100 for amount in amounts)
    allowances = [cents(row["bedrag"]) for row in rows("vergoedingen.csv")]
    assert sum(amount % 1_000 == 0 for amount in allowances) > 0.7 * len(allowances)


def test_some_spending_equals_an_allowance_or_a_multiple_of_a_tariff(rows) -> None:
    """Protection that leans on amounts that differ from these must fail on this sample."""
    yearly: Counter = Counter()
    for row in rows("vergoedingen.csv"):
        yearly[row["pseudoniem"], row["datum"][:4]] += cents(row["bedrag"])
    single = {cents(row["bedrag"]) for row in rows("vergoedingen.csv")}
    amounts = [cents(row["bedrag"]) for row in rows("besteding.csv")]
    assert sum(amount in single for amount in amounts) > 20
    assert sum(amount in yearly.values() for amount in amounts) > 20
    for tariff in {cents(row["tarief"]) for row in rows("contract_uitkomsten.csv")}:
        assert any(amount % tariff == 0 for amount in amounts)


def test_the_books_pay_allowances_of_a_whole_wijk_at_once(rows) -> None:
    """In a tiny wijk the amount over EUR 570 is the number of volunteers."""
    booked = [row for row in rows("besteding.csv") if "vergoedingen" in row["omschrijving"]]
    assert {row["datum"][:4] for row in booked} == {"2024", "2025"}
    tiny, larger = [], []
    for row in booked:
        paid, rest = divmod(cents(row["bedrag"]), 57_000)
        assert rest == 0
        running = {
            each["pseudoniem"]
            for each in rows("vrijwilligers.csv")
            if (each["organisatie"], each["wijkcode"]) == (row["organisatie"], row["wijkcode"])
            and each["begindatum"] <= row["datum"] <= (each["einddatum"] or "9999")
        }
        (tiny if paid == len(running) else larger).append((row["wijkcode"], len(running)))
        assert paid <= len(running)
    assert {wijk for wijk, _ in tiny} == {"WK008073", LONE_WIJK, "WK008503"}
    assert max(running for _, running in tiny) == 3
    assert min(running for _, running in larger) > 40
    assert "1710,00" in {row["bedrag"] for row in booked if row["wijkcode"] == "WK008073"}


def test_financiers_of_a_contract_share_all_of_it(rows) -> None:
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows("contract_financiers.csv"):
        shares[row["contract"]] += Decimal(row["aandeel"].replace(",", "."))
    assert set(shares) == {row["contract"] for row in rows("contracten.csv")}
    assert set(shares.values()) == {Decimal(1)}


def paid_by(rows, contract: str) -> dict[str, Decimal]:
    tariff = {
        row["uitkomst"]: cents(row["tarief"])
        for row in rows("contract_uitkomsten.csv")
        if row["contract"] == contract
    }
    total = sum(
        tariff[row["uitkomst"]]
        for row in rows("resultaten.csv")
        if row["contract"] == contract and row["betaald_op"]
    )
    return {
        row["financier"]: total * Decimal(row["aandeel"].replace(",", ".")) / cents(row["plafond"])
        for row in rows("contract_financiers.csv")
        if row["contract"] == contract
    }


def test_one_ceiling_of_the_pilot_is_nearly_reached_and_one_is_not(rows) -> None:
    used = paid_by(rows, "resultaatfinanciering-leeuwarden-oost")
    assert Decimal("0.8") < used["fno"] < 1
    assert used["gemeente-leeuwarden"] < Decimal("0.7")


def test_states_of_a_result_are_dated_in_order(rows) -> None:
    for row in rows("resultaten.csv"):
        assert bool(row["beoordeeld_op"]) == bool(row["oordeel_bewoners"])
        assert bool(row["gecontroleerd_op"]) == bool(row["controle"])
        for later in ("beoordeeld_op", "gecontroleerd_op", "betaald_op"):
            assert not row[later] or row["gemeld_op"] <= row[later] <= "2025-12-31"
        if row["betaald_op"]:
            assert row["oordeel_bewoners"] == "behaald"
            assert row["betaald_op"] >= row["beoordeeld_op"]


def test_residents_and_administration_differ_in_both_directions(rows) -> None:
    verdicts = Counter((row["oordeel_bewoners"], row["controle"]) for row in rows("resultaten.csv"))
    assert verdicts["behaald", "niet_behaald"] >= 5
    assert verdicts["niet_behaald", "behaald"] >= 5


def test_nobody_has_the_same_outcome_twice(rows) -> None:
    results = [
        (row["contract"], row["uitkomst"], row["pseudoniem"]) for row in rows("resultaten.csv")
    ]
    assert len(results) == len(set(results))


@pytest.mark.parametrize("field", ["indicator", "gebied", "periode"])
def test_targets_are_for_what_exists(rows, field) -> None:
    indicators = {each.id: each for each in INDICATORS}
    areas = {row["gemeentecode"] for row in rows("gemeenten.csv")} | {
        row["wijkcode"] for row in rows("wijken.csv")
    }
    for row in rows("streefwaarden.csv"):
        kind = "quarter" if "-Q" in row["periode"] else "year"
        assert {
            "indicator": row["indicator"] in indicators,
            "gebied": row["gebied"] in areas,
            "periode": kind in indicators[row["indicator"]].frequency,
        }[field]
