"""Invented volunteers: who starts, who leaves, who moves on to paid work. Month by month, seeded.

How the numbers come about, for each wijk:

* The level at the end of 2025 is drawn once: Poisson around a rate per 1,000 residents that is the
  same for all wijken of a gemeente, except the wijken in `LEVELS` (facts, or tiny on purpose).
  `everyone` then moves most people of De Zuidlanden to Binnenstad.
* From 70 % of that level in January 2022 the number grows in a straight line. Each month as many
  start as chance gives around what is missing.
* Each month every volunteer may stop (more often in the first half year) and each volunteer has
  the same chance of moving on to paid work: `WORK_A_YEAR` a year in every wijk. Only the wijken in
  `TRULY_DIFFERENT` have another chance: what a fair comparison has to find, and nothing else.
* Who moves on to work is drawn among the volunteers of the wijk, rather from the higher levels of
  the Participatieladder.
* On 22 June 2023 exactly 142 agreements run at Bilgaard and 35 at Vrijheidswijk: in that month the
  number that starts is set, and nothing changes from that day to the end of the month.
"""

import datetime
import random
from itertools import pairwise

from sample_data import ladder
from sample_data.chance import day_in, generator, pick, poisson, successes
from sample_data.facts import (
    BILGAARD,
    BILGAARD_VOLUNTEERS,
    CENTRUM_GRONINGEN,
    GRONINGEN,
    LEEUWARDEN,
    LEEUWARDEN_OOST,
    MIDDELSEE,
    NIJEBERKOOP,
    OLDEBERKOOP,
    OOSTERPARKWIJK,
    OOSTSTELLINGWERF,
    OUDE_WIJKEN,
    VRIJHEIDSWIJK,
    VRIJHEIDSWIJK_VOLUNTEERS,
    WIJKEN,
    wijken_of,
)
from sample_data.organisations import DREAMFABRYK, REST_LEEUWARDEN
from sample_data.people import (
    FIRST_DAY,
    LAST_DAY,
    MONTHS,
    Agreement,
    Placement,
    Volunteer,
    end_of_month,
    new_pseudonym,
)
from sample_data.workplaces import (
    ACTIVITIES,
    ACTIVITY_WEIGHTS,
    USUAL_ACTIVITY_WEIGHTS,
    organisation_for,
)

FACT_DAY = datetime.date(2023, 6, 22)

PER_1000 = {LEEUWARDEN: 5.2, GRONINGEN: 4.3, OOSTSTELLINGWERF: 10.0}
START_OF_2022 = 0.70
LEVELS = {
    BILGAARD: 168,
    VRIJHEIDSWIJK: 48,
    OOSTERPARKWIJK: 160,
    CENTRUM_GRONINGEN: 310,
    OLDEBERKOOP: 24,
    "WK008504": 4,
    "WK008507": 2,
    "WK008512": 4,
}
FIXED_ON_FACT_DAY = {BILGAARD: BILGAARD_VOLUNTEERS, VRIJHEIDSWIJK: VRIJHEIDSWIJK_VOLUNTEERS}
BY_HAND = (NIJEBERKOOP, MIDDELSEE)
TINY = 6

WORK_A_YEAR = 0.08
TRULY_DIFFERENT = {BILGAARD: 3.5, OOSTERPARKWIJK: 3.5, CENTRUM_GRONINGEN: 0.2}
STOP_A_MONTH_AT_FIRST = 0.032
STOP_A_MONTH_LATER = 0.013
MOVE_A_MONTH = 0.0008

KINDS = ("zonder_steun", "met_steun", "zelfstandig")
KIND_WEIGHTS = (54, 36, 10)
WORK_HOURS = {"zonder_steun": (20, 36), "met_steun": (12, 24), "zelfstandig": (12, 32)}
STILL_IN_WORK = ((0, 1.0), (6, 0.85), (12, 0.70), (18, 0.60), (30, 0.50), (60, 0.40))


def levels() -> dict[str, int]:
    """Return the number of volunteers that each simulated wijk grows to by the end of 2025."""
    rng = generator("levels")
    drawn = {
        wijk.code: poisson(rng, PER_1000[wijk.gemeente] * wijk.residents / 1000) for wijk in WIJKEN
    }
    return {code: level for code, level in {**drawn, **LEVELS}.items() if code not in BY_HAND}


def wanted(wijk: str, level: int, month: int) -> float:
    """Return how many volunteers a wijk grows to in month 0..47."""
    known = {BILGAARD: (112, 17, 142), VRIJHEIDSWIJK: (29, 17, 35)}
    if wijk in known:
        start, fact_month, fact = known[wijk]
        if month <= fact_month:
            return start + (fact - start) * month / fact_month
        return fact + (level - fact) * (month - fact_month) / (47 - fact_month)
    if level < TINY:
        return level
    return level * (START_OF_2022 + (1 - START_OF_2022) * month / 47)


def months_in_work(rng: random.Random) -> float | None:
    """Draw how many months a job lasts, after `STILL_IN_WORK`; None is longer than five years."""
    chance = rng.random()
    for (from_month, from_share), (to_month, to_share) in pairwise(STILL_IN_WORK):
        if chance > to_share:
            part = (from_share - chance) / (from_share - to_share)
            return from_month + part * (to_month - from_month)
    return None


class Simulation:
    """The volunteers of one gemeente, from January 2022 up to and including December 2025."""

    def __init__(self, gemeente: str) -> None:
        self.rng = generator("people", gemeente)
        level_of = levels()
        self.level = {
            wijk.code: level_of[wijk.code] for wijk in wijken_of(gemeente) if wijk.code in level_of
        }
        self.everyone: list[Volunteer] = []
        self.running: dict[str, list[Volunteer]] = {code: [] for code in self.level}
        self.returning: list[tuple[datetime.date, Volunteer]] = []

    def run(self) -> list[Volunteer]:
        """Simulate all months and return everyone who ever volunteered."""
        for code, level in self.level.items():
            for _ in range(round(wanted(code, level, 0))):
                self.start(code, self.day_before_2022())
        for number, month in enumerate(MONTHS):
            for code in self.level:
                self.one_month(code, number, month)
            self.some_move(month)
        return self.everyone

    def one_month(self, code: str, number: int, month: datetime.date) -> None:
        """Let people of one wijk leave, move on to work and start, in one month."""
        fact = FIXED_ON_FACT_DAY.get(code) if month == FACT_DAY.replace(day=1) else None
        last = FACT_DAY - datetime.timedelta(days=1) if fact else end_of_month(month)
        self.some_stop(code, month, last)
        self.some_find_work(code, month, last)
        missing = wanted(code, self.level[code], number) - len(self.running[code])
        self.some_return(code, month, last)
        starters = fact - len(self.running[code]) if fact else self.starters(code, missing)
        for _ in range(starters):
            self.start(code, day_in(self.rng, month, last))

    def starters(self, code: str, missing: float) -> int:
        """Draw how many start in a month when this many are missing."""
        if self.level[code] < TINY:
            return max(0, round(missing))
        if code in FIXED_ON_FACT_DAY:
            return min(max(0, round(missing)), poisson(self.rng, max(0.0, missing)))
        return poisson(self.rng, max(0.0, missing))

    def day_before_2022(self) -> datetime.date:
        """Draw when someone started who was there already: mostly in the last few years."""
        days = self.rng.expovariate(1 / 700) % 2_900
        return FIRST_DAY - datetime.timedelta(days=1 + int(days))

    def start(self, code: str, day: datetime.date) -> None:
        """Let a new volunteer start."""
        organisation = organisation_for(self.rng, code)
        if organisation == DREAMFABRYK and day.year < 2023:
            organisation = REST_LEEUWARDEN
        volunteer = Volunteer(
            pseudonym=new_pseudonym(self.rng),
            path=ladder.draw_path(self.rng, day),
            agreements=[self.new_agreement(organisation, code, day)],
        )
        self.everyone.append(volunteer)
        self.running[code].append(volunteer)

    def new_agreement(self, organisation: str, code: str, day: datetime.date) -> Agreement:
        """Draw the hours and the activity of a new agreement."""
        hours = min(max(round(self.rng.gammavariate(3.0, 2.2) * 2) / 2, 1.5), 24.0)
        weights = ACTIVITY_WEIGHTS.get(organisation, USUAL_ACTIVITY_WEIGHTS)
        activity = pick(self.rng, ACTIVITIES, weights)
        return Agreement(organisation, code, day, None, f"{hours:.1f}", activity)

    def some_stop(self, code: str, month: datetime.date, last: datetime.date) -> None:
        """End some agreements of a wijk in a month, for other reasons than work."""
        stay = []
        for volunteer in self.running[code]:
            started = volunteer.current.started
            new = (month - started).days < 183
            if started < month and self.rng.random() < (
                STOP_A_MONTH_AT_FIRST if new else STOP_A_MONTH_LATER
            ):
                volunteer.current.ended = day_in(self.rng, month, last)
            else:
                stay.append(volunteer)
        self.running[code] = stay

    def some_find_work(self, code: str, month: datetime.date, last: datetime.date) -> None:
        """Let volunteers of a wijk start in paid work, each with the same yearly chance."""
        chance = WORK_A_YEAR / 12 * TRULY_DIFFERENT.get(code, 1.0)
        candidates = [each for each in self.running[code] if each.current.started < month]
        for _ in range(successes(self.rng, len(candidates), chance)):
            weights = [ladder.READINESS[ladder.level_on(each.path, month)] for each in candidates]
            volunteer = pick(self.rng, candidates, weights)
            candidates.remove(volunteer)
            self.running[code].remove(volunteer)
            self.find_work(volunteer, day_in(self.rng, month, last))

    def find_work(self, volunteer: Volunteer, day: datetime.date) -> None:
        """Write down a start in paid work; some volunteer again when the job is over."""
        kind = pick(self.rng, KINDS, KIND_WEIGHTS)
        fewest, most = WORK_HOURS[kind]
        months = months_in_work(self.rng)
        ended = None if months is None else day + datetime.timedelta(days=int(months * 30.44))
        volunteer.current.ended = max(volunteer.current.started, day - datetime.timedelta(days=1))
        volunteer.placements.append(
            Placement(
                volunteer.current.organisation,
                volunteer.current.wijk,
                day,
                ended if ended and ended <= LAST_DAY else None,
                f"{round(self.rng.uniform(fewest, most) / 2) * 2:.1f}",
                kind,
            )
        )
        if ended and ended <= LAST_DAY and self.rng.random() < 0.2:
            later = ended + datetime.timedelta(days=30 + int(self.rng.random() * 90))
            self.returning.append((later, volunteer))

    def some_return(self, code: str, month: datetime.date, last: datetime.date) -> None:
        """Let people whose job is over volunteer again where they did before."""
        for entry in list(self.returning):
            day, volunteer = entry
            if volunteer.current.wijk == code and day <= last:
                self.returning.remove(entry)
                organisation = volunteer.current.organisation
                again = self.new_agreement(organisation, code, max(day, month))
                volunteer.agreements.append(again)
                self.running[code].append(volunteer)

    def some_move(self, month: datetime.date) -> None:
        """Let a few people move to another wijk of the same organisation, where they go on."""
        for code, volunteers in self.running.items():
            others = [wijk for wijk in self.level if wijk != code and self.moves_between(wijk)]
            if not self.moves_between(code):
                continue
            for volunteer in list(volunteers):
                started = volunteer.current.started
                if started < month and self.rng.random() < MOVE_A_MONTH:
                    new_wijk = pick(self.rng, others, [self.level[wijk] for wijk in others])
                    self.move(volunteer, new_wijk, month)
                    volunteers.remove(volunteer)
                    self.running[new_wijk].append(volunteer)

    def moves_between(self, code: str) -> bool:
        """Tell whether people move from and to a wijk: only where one organisation serves many."""
        served_alone = (BILGAARD, VRIJHEIDSWIJK, *OUDE_WIJKEN, *LEEUWARDEN_OOST)
        return code[:6] != "WK0085" and self.level[code] >= TINY and code not in served_alone

    def move(self, volunteer: Volunteer, wijk: str, month: datetime.date) -> None:
        """Let an agreement end and go on the next day with another wijk of residence."""
        old = volunteer.current
        last_possible = end_of_month(month) - datetime.timedelta(days=1)
        old.ended = day_in(self.rng, month, last_possible)
        next_day = old.ended + datetime.timedelta(days=1)
        volunteer.agreements.append(
            Agreement(old.organisation, wijk, next_day, None, old.hours, old.activity)
        )
