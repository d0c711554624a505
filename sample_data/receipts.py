"""When each organisation delivered each quarter: mostly in time, a few late, a few never.

A quarter that was never received is unknown, not zero; its rows are left out of the sample as well.
"""

import datetime

from indicators.periods import last_day, quarter_of, quarters_between
from sample_data.chance import generator
from sample_data.organisations import (
    DREAMFABRYK,
    ORGANISATIONS,
    REST_GRONINGEN,
    REST_OOSTSTELLINGWERF,
    SPORTCENTRUM,
    W_BILGAARD,
    W_VRIJHEIDSWIJK,
    WIJK_WELZIJN,
    Organisation,
)

LAST_QUARTER = "2025-Q4"
SUBJECTS = ("vrijwilligers", "ladder", "uitstroom", "resultaten", "besteding", "vergoedingen")
FIRST_QUARTER_OF_RESULTS = {
    W_BILGAARD: "2024-Q1",
    W_VRIJHEIDSWIJK: "2024-Q1",
    DREAMFABRYK: "2024-Q1",
    SPORTCENTRUM: "2025-Q1",
}

MISSING = frozenset(
    {
        (REST_GRONINGEN, "uitstroom", "2022-Q3"),
        (REST_OOSTSTELLINGWERF, "vrijwilligers", "2022-Q3"),
        (SPORTCENTRUM, "besteding", "2022-Q4"),
        (DREAMFABRYK, "vergoedingen", "2023-Q2"),
        (WIJK_WELZIJN, "ladder", "2024-Q2"),
        (WIJK_WELZIJN, "ladder", "2025-Q2"),
    }
)
DAYS_LATE = {
    (W_VRIJHEIDSWIJK, "ladder", "2023-Q4"): 97,
    (REST_GRONINGEN, "besteding", "2023-Q3"): 104,
    (DREAMFABRYK, "vrijwilligers", "2024-Q1"): 88,
    (SPORTCENTRUM, "uitstroom", "2024-Q3"): 112,
    (WIJK_WELZIJN, "vrijwilligers", "2025-Q1"): 91,
    (W_BILGAARD, "resultaten", "2025-Q3"): 83,
}


def received(organisation: str, subject: str, day: datetime.date) -> bool:
    """Tell whether what happened on a day is in the delivery of its quarter."""
    return (organisation, subject, quarter_of(day)) not in MISSING


def quarters(organisation: Organisation, subject: str) -> list[str]:
    """Return the quarters over which an organisation has to deliver a subject."""
    first = organisation.first_quarter
    if subject == "resultaten":
        if organisation.id not in FIRST_QUARTER_OF_RESULTS:
            return []
        first = FIRST_QUARTER_OF_RESULTS[organisation.id]
    return quarters_between(first, LAST_QUARTER)


def receipts() -> list[tuple[str, str, str, datetime.date | None]]:
    """Return (organisation, subject, quarter, day received or None when never received)."""
    rng = generator("receipts")
    received = []
    for organisation in ORGANISATIONS:
        for subject in SUBJECTS:
            for quarter in quarters(organisation, subject):
                key = (organisation.id, subject, quarter)
                usual = 12 + rng.randrange(40)
                days = DAYS_LATE.get(key, usual)
                day = last_day(quarter) + datetime.timedelta(days=days)
                received.append((*key, None if key in MISSING else day))
    return received


def closing_days() -> list[tuple[str, str, datetime.date]]:
    """Return (gemeente, quarter, day closed): 75 days after the quarter, or once all is in."""
    latest: dict[tuple[str, str], datetime.date] = {}
    home = {organisation.id: organisation.gemeente for organisation in ORGANISATIONS}
    for organisation, _, quarter, day in receipts():
        usual = last_day(quarter) + datetime.timedelta(days=75)
        once_in = usual if day is None else day + datetime.timedelta(days=7)
        key = (home[organisation], quarter)
        latest[key] = max(latest.get(key, usual), once_in)
    return [(gemeente, quarter, day) for (gemeente, quarter), day in sorted(latest.items())]
