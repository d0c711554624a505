"""The odd values that attack tests search for are really in the register."""

from decimal import Decimal

from sample_data import canaries


def in_wijk(rows, name: str, wijk: str) -> list[dict[str, str]]:
    return [row for row in rows(name) if row["wijkcode"] == wijk]


def test_the_canary_wijk_has_odd_hours(rows) -> None:
    agreements = in_wijk(rows, "vrijwilligers.csv", canaries.WIJK)
    assert len(agreements) == canaries.WIJK_VOLUNTEERS
    hours = [Decimal(row["uren_per_week"].replace(",", ".")) for row in agreements]
    assert str(sum(hours)) == canaries.WIJK_HOURS
    assert canaries.PSEUDONYM in {row["pseudoniem"] for row in agreements}
    assert {row["einddatum"] for row in agreements} == {""}


def test_a_lone_volunteer_lives_in_the_other_canary_wijk(rows) -> None:
    (agreement,) = in_wijk(rows, "vrijwilligers.csv", canaries.LONE_WIJK)
    assert agreement["pseudoniem"] == canaries.LONE_PSEUDONYM
    assert agreement["uren_per_week"].replace(",", ".") == canaries.LONE_HOURS


def test_odd_amounts_were_paid_once(rows) -> None:
    amounts = [int(row["bedrag"].replace(",", "")) for row in rows("vergoedingen.csv")]
    assert amounts.count(canaries.ALLOWANCE_CENTS) == 1
    assert amounts.count(canaries.LONE_ALLOWANCE_CENTS) == 1


def test_canaries_are_read_on_the_ladder(rows) -> None:
    read = {row["pseudoniem"] for row in rows("ladder.csv")}
    assert {canaries.PSEUDONYM, canaries.LONE_PSEUDONYM} <= read


def test_no_token_stands_in_a_file_that_may_be_published(sample_folder) -> None:
    public = ("wijken.csv", "organisaties.csv", "uitspraken.csv", "besteding.csv", "contracten.csv")
    texts = [(sample_folder / name).read_text(encoding="utf-8-sig") for name in public]
    texts.append((sample_folder / "wijkgrenzen.geojson").read_text(encoding="utf-8"))
    for token in canaries.TOKENS:
        assert not any(token in text for text in texts), token
