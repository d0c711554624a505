"""Deliveries for the loader to be killed in: a first one, and a larger one that changes it."""

from pathlib import Path

from tests.small_delivery import SmallDelivery

KEY = {"PSEUDONYM_KEY": "a key for tests that is long enough"}
PEOPLE = 800


def first(folder: Path) -> Path:
    """Write a delivery with a row or two in every file."""
    return SmallDelivery(folder).write()


def larger(folder: Path) -> Path:
    """Write the next delivery: rows that change, and many new ones about people."""
    delivery = SmallDelivery(folder)
    volunteers = delivery.rows["vrijwilligers.csv"]
    pattern = dict(volunteers[0])
    for number in range(PEOPLE):
        person = {"kenmerk": f"v-more-{number}", "pseudoniem": f"p-more-{number}"}
        volunteers.append(pattern | person | {"begindatum": "2026-02-01"})
    delivery.rows["gemeenten.csv"][0] |= {"inwoners": "129.000"}
    return delivery.write()
