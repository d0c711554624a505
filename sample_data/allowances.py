"""Invented volunteer allowances: monthly at Vrijheidswijk, per quarter elsewhere.

All volunteers of Vrijheidswijk get one (that they do is a public statement; the amounts are not).
Elsewhere a part gets one. Some people end above the yearly maximum, a few of them only because two
organisations pay them. Most people get the same round sum each time, as agreed: amounts in the
books of `money` may well equal it.
"""

import datetime
import random
from dataclasses import dataclass

from sample_data import canaries
from sample_data.chance import generator
from sample_data.organisations import (
    DREAMFABRYK,
    SPORTCENTRUM,
    W_BILGAARD,
    W_VRIJHEIDSWIJK,
    WIJK_WELZIJN,
)
from sample_data.people import LAST_DAY, MONTHS, Agreement, Volunteer

SHARE_WITH_ALLOWANCE = {
    W_VRIJHEIDSWIJK: 1.0,
    DREAMFABRYK: 0.7,
    W_BILGAARD: 0.3,
    SPORTCENTRUM: 0.2,
    WIJK_WELZIJN: 0.4,
}
USUAL_SHARE = 0.11
SHARE_OF_HIGH_ALLOWANCES = 0.09
EURO_A_MONTH = (70, 166)
EURO_A_QUARTER = (60, 420)
HIGH_EURO_A_QUARTER = (505, 640)
SHARE_OF_ROUND_SUMS = 0.75
ROUND_TO_EURO = 10
PAID_MONTHLY = W_VRIJHEIDSWIJK


@dataclass(frozen=True)
class Allowance:
    """One payment to one person, in cents."""

    pseudonym: str
    organisation: str
    wijk: str
    day: datetime.date
    cents: int


def payments(
    rng: random.Random, rounding: random.Random, agreement: Agreement
) -> list[tuple[datetime.date, int]]:
    """Draw the payments (day, cents) of one agreement; most agreements have none."""
    share = SHARE_WITH_ALLOWANCE.get(agreement.organisation, USUAL_SHARE)
    has_one, is_high, level = rng.random() < share, rng.random(), rng.random()
    if not has_one:
        return []
    monthly = agreement.organisation == PAID_MONTHLY
    lowest, highest = EURO_A_MONTH if monthly else EURO_A_QUARTER
    if not monthly and is_high < SHARE_OF_HIGH_ALLOWANCES:
        lowest, highest = HIGH_EURO_A_QUARTER
    usual = lowest + level * (highest - lowest)
    months = MONTHS if monthly else MONTHS[2::3]
    days = [month.replace(day=25) for month in months]
    varying = [
        (day, round(usual * (0.96 + 0.08 * rng.random()) * 20) * 5)
        for day in days
        if agreement.runs_on(day) and agreement.started <= day - datetime.timedelta(days=20)
    ]
    if rounding.random() >= SHARE_OF_ROUND_SUMS:
        return varying
    return [(day, round(usual / ROUND_TO_EURO) * ROUND_TO_EURO * 100) for day, _ in varying]


def all_allowances(people: list[Volunteer]) -> list[Allowance]:
    """Return all payments up to the end of 2025, the canaries' included."""
    rng, rounding = generator("allowances"), generator("round allowances")
    paid = []
    for volunteer in people:
        if volunteer.pseudonym in (canaries.PSEUDONYM, canaries.LONE_PSEUDONYM):
            continue
        for agreement in volunteer.agreements + volunteer.second:
            paid += [
                Allowance(volunteer.pseudonym, agreement.organisation, agreement.wijk, day, cents)
                for day, cents in payments(rng, rounding, agreement)
                if day <= LAST_DAY
            ]
    return paid + [
        canary(volunteer, cents)
        for volunteer in people
        for pseudonym, cents in (
            (canaries.PSEUDONYM, canaries.ALLOWANCE_CENTS),
            (canaries.LONE_PSEUDONYM, canaries.LONE_ALLOWANCE_CENTS),
        )
        if volunteer.pseudonym == pseudonym
    ]


def canary(volunteer: Volunteer, cents: int) -> Allowance:
    """Return the one odd payment to a canary."""
    agreement = volunteer.current
    day = datetime.date(2025, 3, 14)
    return Allowance(volunteer.pseudonym, agreement.organisation, agreement.wijk, day, cents)
