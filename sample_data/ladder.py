"""Invented readings of the Participatieladder: twice a year for each participant.

A person's path is drawn at the start: a first level, then at each reading mostly unchanged, often
a step up, sometimes a step down, and never above 4 (unpaid work) as long as someone volunteers.
The chances are the same in every wijk.
"""

import datetime
import random

from sample_data.chance import pick

Path = list[tuple[datetime.date, int]]

FIRST_READING = datetime.date(2022, 1, 1)
LAST_READING = datetime.date(2025, 12, 31)
HIGHEST_AS_VOLUNTEER = 4
FIRST_LEVELS, FIRST_WEIGHTS = (1, 2, 3, 4), (14, 36, 34, 16)
UP, DOWN, MISSED = 0.17, 0.05, 0.07
READINESS = {1: 0.15, 2: 0.5, 3: 1.0, 4: 2.0}
LEVEL_IN_WORK = {"met_steun": 5, "zonder_steun": 6, "zelfstandig": 6}


def draw_path(rng: random.Random, started: datetime.date) -> Path:
    """Draw the readings (day, level) that someone gets as long as the agreement runs."""
    first = max(started, FIRST_READING)
    spread = 25 if started >= FIRST_READING else 175
    day = first + datetime.timedelta(days=int(rng.random() * spread))
    level = pick(rng, FIRST_LEVELS, FIRST_WEIGHTS)
    path = [(day, level)]
    while True:
        day += datetime.timedelta(days=165 + int(rng.random() * 36))
        if day > LAST_READING:
            return path
        chance = rng.random()
        if chance < UP:
            level = min(level + 1, HIGHEST_AS_VOLUNTEER)
        elif chance > 1 - DOWN:
            level = max(level - 1, 1)
        if rng.random() > MISSED:
            path.append((day, level))


def level_on(path: Path, day: datetime.date) -> int:
    """Return the last level read on or before a day (the first level before any reading)."""
    return max((each for each in path if each[0] <= day), default=path[0])[1]


def readings_in_work(rng: random.Random, kind: str, started: datetime.date) -> Path:
    """Draw the one reading after someone started in paid work; for some it is never taken."""
    day = started + datetime.timedelta(days=6 + int(rng.random() * 35))
    if rng.random() > 0.6 or day > LAST_READING:
        return []
    return [(day, LEVEL_IN_WORK[kind])]
