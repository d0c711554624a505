"""Invented people as the sample sees them: a pseudonym, agreements and placements in work."""

import datetime
import random
from dataclasses import dataclass, field

from sample_data import ladder

FIRST_DAY = datetime.date(2022, 1, 1)
LAST_DAY = datetime.date(2025, 12, 31)
MONTHS = [datetime.date(2022 + month // 12, month % 12 + 1, 1) for month in range(48)]


@dataclass
class Agreement:
    """One volunteering agreement; `ended` None is still running; hours a week as text."""

    organisation: str
    wijk: str
    started: datetime.date
    ended: datetime.date | None
    hours: str
    activity: str

    def runs_on(self, day: datetime.date) -> bool:
        """Tell whether the agreement is running on a day (its last day included)."""
        return self.started <= day and (self.ended is None or self.ended >= day)


@dataclass
class Placement:
    """One start in paid work, counted at the wijk and organisation the person came from."""

    organisation: str
    wijk: str
    started: datetime.date
    ended: datetime.date | None
    hours: str
    kind: str


@dataclass
class Volunteer:
    """One invented person: a pseudonym and what happened.

    `agreements` are those at the first organisation, in order; `second` those at another one.
    """

    pseudonym: str
    path: ladder.Path
    agreements: list[Agreement]
    placements: list[Placement] = field(default_factory=list)
    second: list[Agreement] = field(default_factory=list)

    @property
    def current(self) -> Agreement:
        """The newest agreement at the first organisation."""
        return self.agreements[-1]


def new_pseudonym(rng: random.Random) -> str:
    """Draw a pseudonym: no name, and no number that could be somebody's."""
    number = rng.getrandbits(40)
    return f"p{number >> 8:08x}-{number % 10}"


def end_of_month(month: datetime.date) -> datetime.date:
    """Return the last day of the month that starts on `month`."""
    return (month + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
