"""A gemeente in its first year: a small register of 2022 of which only some quarters are closed.

And one whose first year is whole, of which something that others have was never delivered.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sqlalchemy import Engine

from data_access.publish import publish
from indicators.periods import last_day, next_quarter
from tests.small_delivery import SmallDelivery

# Only one quarter; only the last one; a hole, in the year and at its end.
CLOSED = {
    "first quarter": ("2022-Q1",),
    "last quarter": ("2022-Q4",),
    "hole": ("2022-Q1", "2022-Q3"),
}
WHOLE_YEAR = ("2022-Q1", "2022-Q2", "2022-Q3", "2022-Q4")
PLACES = ("WK008060", "WK008061")
_PEOPLE = 40
_PLACES_AND_ORGANISATIONS = (
    "levering.csv",
    "gemeenten.csv",
    "wijken.csv",
    "organisaties.csv",
    "organisatie_wijken.csv",
    "afgesloten_kwartalen.csv",
    "ontvangen.csv",
)


def _only_volunteers(delivery: SmallDelivery) -> None:
    names = (*_PLACES_AND_ORGANISATIONS, "vrijwilligers.csv")
    delivery.rows = {name: delivery.rows[name] for name in names}


def _no_boundaries(delivery: SmallDelivery) -> None:
    delivery.shapes = []
    for row in delivery.rows["wijken.csv"]:
        row |= {"lengtegraad": "", "breedtegraad": ""}


def _no_residents(delivery: SmallDelivery) -> None:
    for name in ("wijken.csv", "gemeenten.csv"):
        for row in delivery.rows[name]:
            row |= {key: "" for key in ("inwoners", "huishoudens", "bijstand") if key in row}


# What is taken out of the delivery of a gemeente that lacks something.
LACKING: Mapping[str, Callable[[SmallDelivery], None]] = {
    "only volunteers": _only_volunteers,
    "no boundaries": _no_boundaries,
    "no residents": _no_residents,
}


def publish_first_year(
    engine: Engine, folder: Path, closed: Sequence[str], lacking: str = ""
) -> None:
    """Load a year with people, money and a contract, of which `closed` are closed; publish it.

    `lacking`: a key of LACKING, or nothing.
    """
    delivery = SmallDelivery(folder)
    rows = delivery.rows
    day = {quarter: last_day(next_quarter(quarter)).isoformat() for quarter in closed}
    rows["afgesloten_kwartalen.csv"] = [
        {"gemeentecode": "GM0080", "kwartaal": quarter, "afgesloten_op": day[quarter]}
        for quarter in closed
    ]
    rows["ontvangen.csv"] = [
        {
            "organisatie": "bilgaard",
            "onderdeel": "vrijwilligers",
            "kwartaal": quarter,
            "ontvangen_op": day[quarter],
        }
        for quarter in closed
    ]
    places = [
        {
            "pseudoniem": f"p-{number:03}",
            "organisatie": "bilgaard",
            "wijkcode": PLACES[number % 2],
            "wijkjaar": "2023",
        }
        for number in range(_PEOPLE)
    ]
    rows["vrijwilligers.csv"] = [
        {
            "kenmerk": f"v-{number}",
            **place,
            "begindatum": "2022-01-10",
            "einddatum": "",
            "uren_per_week": "8",
            "activiteit": "groen",
        }
        for number, place in enumerate(places)
    ]
    rows["uitstroom.csv"] = [
        {
            "kenmerk": f"w-{number}",
            **place,
            "begindatum": f"2022-{1 + number % 12:02}-20",
            "einddatum": "",
            "uren_per_week": "24",
            "soort_werk": "met_steun",
        }
        for number, place in enumerate(places)
    ]
    rows["ladder.csv"] = [
        {
            "kenmerk": f"l-{number}-{level}",
            **place,
            "datum": f"2022-{month:02}-15",
            "trede": level,
        }
        for number, place in enumerate(places)
        for level, month in (("3", 1), ("4", 2 + number % 11))
    ]
    rows["vergoedingen.csv"] = [
        {"kenmerk": f"vg-{number}", **place, "datum": "2022-03-31", "bedrag": "1.900,00"}
        for number, place in enumerate(places)
    ]
    rows["contracten.csv"][0] |= {"begindatum": "2022-01-01", "einddatum": "2023-12-31"}
    rows["resultaten.csv"] = [
        {
            "kenmerk": f"r-{number}",
            "contract": "oost",
            "uitkomst": "eigen-doel",
            **place,
            "gemeld_op": "2022-01-20",
            "beoordeeld_op": "2022-02-01",
            "oordeel_bewoners": "behaald",
            "gecontroleerd_op": "2022-02-10",
            "controle": "behaald",
            "betaald_op": "2022-03-01",
        }
        for number, place in enumerate(places[:20])
    ]
    rows["besteding.csv"] = [
        {**row, "datum": f"2022-{month:02}-01", "kenmerk": f"{row['kenmerk']}-{month}"}
        for row in rows["besteding.csv"]
        for month in (1, 5, 8, 11)
    ]
    rows["besteding_uitkomsten.csv"] = [
        {**row, "besteding": f"b-1-{month}"}
        for row in rows["besteding_uitkomsten.csv"]
        for month in (1, 5, 8, 11)
    ]
    rows["streefwaarden.csv"] = [
        {"indicator": "outflow", "gebied": "GM0080", "periode": "2022", "waarde": "12,5"},
    ]
    if lacking:
        LACKING[lacking](delivery)
    delivery.load(engine)
    publish(engine)
