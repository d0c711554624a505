"""Invented spending: streams of money per organisation, paid out each quarter.

No amount is real. A stream is structural (no end) or incidenteel (with the day on which the money
ends); the ends lie between 2024 and 2028, so that what lapses when can be seen. A stream for
several wijken is divided by their residents, never by their volunteers. Result payments are not in
here: they follow from tariff and published number of results.

Real books hold round sums and allowances: amounts that equal somebody's allowance, a multiple of a
tariff, or an allowance times the volunteers of a tiny wijk. So do these: no protection may lean on
amounts that are never round.
"""

import datetime
import random
from dataclasses import dataclass

from indicators.periods import first_day, last_day, quarters_between, year_of
from sample_data.chance import day_in, generator, pick
from sample_data.facts import (
    BILGAARD,
    DE_ZUIDLANDEN,
    GRONINGEN,
    LEEUWARDEN,
    MIDDELSEE,
    OLDEBERKOOP,
    OOSTSTELLINGWERF,
    OUDE_WIJKEN,
    VRIJHEIDSWIJK,
    WIJKEN,
)
from sample_data.organisations import (
    DREAMFABRYK,
    REST_GRONINGEN,
    REST_LEEUWARDEN,
    REST_OOSTSTELLINGWERF,
    SPORTCENTRUM,
    W_BILGAARD,
    W_VRIJHEIDSWIJK,
    WIJK_WELZIJN,
    by_id,
)

FIRST, LAST = "2022-Q1", "2025-Q4"
GROWTH_A_YEAR = 0.03

# To what amounts are rounded, in cents, and how often.
ROUND_TO = (10_000, 5_000, 100, 1)
ROUND_WEIGHTS = (35, 25, 30, 10)
# An amount is rounded to at most this part of itself: small wijken do not go to nothing.
SMALLEST_ROUNDED = 5

ALLOWANCE_EURO = 570

FINANCIERS = (
    ("gemeente-leeuwarden", "Gemeente Leeuwarden", "gemeente"),
    ("gemeente-groningen", "Gemeente Groningen", "gemeente"),
    ("gemeente-ooststellingwerf", "Gemeente Ooststellingwerf", "gemeente"),
    ("fno", "FNO", "fonds"),
    ("woonfriesland", "WoonFriesland", "corporatie"),
    ("rijk", "Rijk", "rijk"),
    ("voorbeeldfonds", "Voorbeeldfonds (verzonnen)", "fonds"),
)

NEIGHBOURHOOD = (("meedoen", "0,6"), ("stap_omhoog", "0,25"))
WORK = (("stap_omhoog", "0,2"), ("betaald_werk", "0,7"))
SPORT = (("meedoen", "0,7"), ("stap_omhoog", "0,1"))
ACCESS = (("stap_omhoog", "0,3"),)
WHOLLY_WORK = (("betaald_werk", "1"),)
UNATTRIBUTED: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Stream:
    """Money from one financier to one organisation ("" for the gemeente itself).

    `until` "" is structural. `wijken` () is not tied to a wijk. `euro` is per quarter.
    """

    gemeente: str
    organisation: str
    wijken: tuple[str, ...]
    taakveld: str
    financier: str
    until: str
    first: str
    last: str
    euro: int
    outcomes: tuple[tuple[str, str], ...]
    description: str


@dataclass(frozen=True)
class Spending:
    """One amount spent, in cents."""

    stream: Stream
    day: datetime.date
    wijk: str
    cents: int


def _leeuwarden() -> tuple[Stream, ...]:
    g, own, home = LEEUWARDEN, "gemeente-leeuwarden", "woonfriesland"
    b, v, d, r = W_BILGAARD, W_VRIJHEIDSWIJK, DREAMFABRYK, REST_LEEUWARDEN
    in_b, in_v, in_r = (BILGAARD,), (VRIJHEIDSWIJK,), by_id(r).wijken
    return (
        Stream(g, b, in_b, "6.1", own, "", FIRST, LAST, 24_000, NEIGHBOURHOOD, "Wijkbedrijf"),
        Stream(
            g, b, in_b, "6.1", home, "2026-12-31", FIRST, LAST, 9_500, NEIGHBOURHOOD, "Leefbaarheid"
        ),
        Stream(
            g, b, in_b, "6.5", "rijk", "2025-12-31", "2022-Q3", LAST, 13_000, WORK, "Begeleiding"
        ),
        Stream(
            g, b, in_b, "6.5", own, "2024-12-31", FIRST, "2024-Q4", 8_000, WHOLLY_WORK, "Werkplek"
        ),
        Stream(g, b, in_b, "6.5", own, "", "2025-Q1", LAST, 8_000, WHOLLY_WORK, "Werkplek"),
        Stream(g, v, in_v, "6.1", own, "", FIRST, LAST, 7_500, NEIGHBOURHOOD, "Wijkbedrijf"),
        Stream(g, v, in_v, "6.1", home, "2025-12-31", FIRST, LAST, 3_600, UNATTRIBUTED, "Beheer"),
        Stream(g, v, in_v, "6.5", "fno", "2026-06-30", "2023-Q1", LAST, 5_200, WORK, "Opbouw"),
        Stream(g, d, (), "6.5", "fno", "2025-12-31", "2023-Q1", LAST, 8_700, WORK, "Opbouw"),
        Stream(g, d, (), "6.5", own, "2027-12-31", "2023-Q3", LAST, 6_900, WORK, "Werkplaats"),
        Stream(g, r, in_r, "6.1", own, "", FIRST, LAST, 92_000, NEIGHBOURHOOD, "Initiatieven"),
        Stream(
            g, r, in_r, "6.1", own, "2028-12-31", "2024-Q1", LAST, 38_000, UNATTRIBUTED, "Aanjagers"
        ),
        Stream(g, r, in_r, "6.5", "rijk", "2026-12-31", FIRST, LAST, 33_000, WORK, "Begeleiding"),
        Stream(g, "", (), "6.2", own, "", FIRST, "2022-Q4", 21_000, ACCESS, "Toeleiding"),
        Stream(g, "", (), "6.23", own, "", "2023-Q1", LAST, 21_000, ACCESS, "Toeleiding"),
    )


def _groningen() -> tuple[Stream, ...]:
    g, own, fund = GRONINGEN, "gemeente-groningen", "voorbeeldfonds"
    s, r = SPORTCENTRUM, REST_GRONINGEN
    in_s = OUDE_WIJKEN
    # In the Oude Wijken only a few people take part: this money is for the others.
    in_r = tuple(wijk for wijk in by_id(r).wijken if wijk not in OUDE_WIJKEN)
    return (
        Stream(g, s, in_s, "5.1", own, "", FIRST, LAST, 34_000, SPORT, "Sportcentrum"),
        Stream(
            g, s, in_s, "6.1", own, "2026-12-31", FIRST, LAST, 21_000, NEIGHBOURHOOD, "Wijkbedrijf"
        ),
        Stream(
            g, s, in_s, "6.5", "rijk", "2024-12-31", FIRST, "2024-Q4", 15_500, WORK, "Begeleiding"
        ),
        Stream(
            g, s, in_s, "6.5", "rijk", "2028-12-31", "2025-Q1", LAST, 13_500, WORK, "Begeleiding"
        ),
        Stream(g, r, in_r, "6.1", own, "", FIRST, LAST, 164_000, NEIGHBOURHOOD, "Initiatieven"),
        Stream(
            g, r, in_r, "6.1", own, "2027-12-31", FIRST, LAST, 71_000, UNATTRIBUTED, "Aanjagers"
        ),
        Stream(g, r, in_r, "6.5", own, "", FIRST, LAST, 58_000, WORK, "Begeleiding"),
        Stream(
            g, r, (), "6.1", fund, "2025-06-30", "2023-Q1", "2025-Q2", 26_000, SPORT, "Ontmoeten"
        ),
        Stream(g, "", (), "6.2", own, "", FIRST, "2022-Q4", 31_000, ACCESS, "Toeleiding"),
        Stream(g, "", (), "6.23", own, "", "2023-Q1", LAST, 31_000, ACCESS, "Toeleiding"),
    )


def _ooststellingwerf() -> tuple[Stream, ...]:
    g, own = OOSTSTELLINGWERF, "gemeente-ooststellingwerf"
    w, r = WIJK_WELZIJN, REST_OOSTSTELLINGWERF
    in_w, in_r = (OLDEBERKOOP,), by_id(r).wijken
    return (
        Stream(g, w, in_w, "6.1", own, "", FIRST, LAST, 4_100, NEIGHBOURHOOD, "Wijk-welzijn"),
        Stream(
            g,
            w,
            in_w,
            "6.1",
            own,
            "2025-12-31",
            "2023-Q1",
            LAST,
            2_900,
            NEIGHBOURHOOD,
            "Uitbreiding",
        ),
        Stream(g, r, in_r, "6.1", own, "", FIRST, LAST, 37_000, NEIGHBOURHOOD, "Initiatieven"),
        Stream(
            g, r, in_r, "6.1", "rijk", "2026-12-31", "2022-Q3", LAST, 24_000, UNATTRIBUTED, "Dorpen"
        ),
        Stream(
            g, r, in_r, "6.5", "rijk", "2027-06-30", "2023-Q3", LAST, 15_000, WORK, "Begeleiding"
        ),
        Stream(g, "", (), "6.2", own, "", FIRST, "2022-Q4", 5_300, ACCESS, "Toeleiding"),
        Stream(g, "", (), "6.23", own, "", "2023-Q1", LAST, 5_300, ACCESS, "Toeleiding"),
    )


STREAMS = _leeuwarden() + _groningen() + _ooststellingwerf()

# Wijk, quarter, and how many volunteers are paid EUR 570. In the tiny ones it is all of them.
BOOKED_ALLOWANCES = (
    (DE_ZUIDLANDEN, "2024-Q4", 2),
    (DE_ZUIDLANDEN, "2025-Q4", 3),
    (MIDDELSEE, "2024-Q4", 1),
    (MIDDELSEE, "2025-Q4", 1),
    ("WK008503", "2024-Q4", 3),
    ("WK008503", "2025-Q4", 3),
    ("WK008501", "2024-Q4", 14),
    ("WK008501", "2025-Q4", 16),
    ("WK008063", "2024-Q4", 9),
    ("WK008063", "2025-Q4", 11),
)


def shares(wijken: tuple[str, ...]) -> dict[str, float]:
    """Return the share of each wijk in a stream, by residents; {"": 1} when tied to no wijk."""
    residents = {wijk.code: wijk.residents for wijk in WIJKEN if wijk.code in wijken}
    total = sum(residents.values())
    return {code: number / total for code, number in residents.items()} or {"": 1.0}


def rounded(rng: random.Random, cents: int) -> int:
    """Round an amount as books do: mostly to 100 or 50 euros or to a whole euro."""
    step = pick(rng, ROUND_TO, ROUND_WEIGHTS)
    if step > 100 and cents < SMALLEST_ROUNDED * step:
        step = 100
    return round(cents / step) * step


def paid_out(rng: random.Random, rounding: random.Random, stream: Stream) -> list[Spending]:
    """Draw the amounts of one stream, one per quarter and wijk."""
    spent = []
    for quarter in quarters_between(stream.first, stream.last):
        grown = 100 * stream.euro * (1 + GROWTH_A_YEAR * (year_of(quarter) - 2022))
        for wijk, share in shares(stream.wijken).items():
            day = day_in(rng, first_day(quarter), last_day(quarter))
            cents = round(grown * share * rng.uniform(0.92, 1.08))
            spent.append(Spending(stream, day, wijk, rounded(rounding, cents)))
    return spent


def booked_allowances() -> list[Spending]:
    """Return the allowances that the books pay for a whole wijk at once."""
    own = {LEEUWARDEN: "gemeente-leeuwarden", OOSTSTELLINGWERF: "gemeente-ooststellingwerf"}
    payer = {LEEUWARDEN: REST_LEEUWARDEN, OOSTSTELLINGWERF: REST_OOSTSTELLINGWERF}
    booked = []
    for wijk, quarter, volunteers in BOOKED_ALLOWANCES:
        gemeente, euro = f"GM{wijk[2:6]}", volunteers * ALLOWANCE_EURO
        stream = Stream(
            gemeente, payer[gemeente], (wijk,), "6.1", own[gemeente], "", quarter, quarter, euro,
            UNATTRIBUTED, "Vrijwilligersvergoedingen",
        )  # fmt: skip
        day = last_day(quarter) - datetime.timedelta(days=16)
        booked.append(Spending(stream, day, wijk, 100 * euro))
    return booked


def all_spending() -> list[Spending]:
    """Return everything that was spent from 2022 up to and including 2025."""
    rng, rounding = generator("spending"), generator("round sums")
    spent = [each for stream in STREAMS for each in paid_out(rng, rounding, stream)]
    return spent + booked_allowances()
