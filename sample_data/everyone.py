"""All invented people: the simulated ones and a few that are written by hand."""

import datetime
import random

from sample_data import canaries, ladder
from sample_data.chance import generator
from sample_data.facts import (
    BINNENSTAD,
    DE_ZUIDLANDEN,
    GEMEENTEN,
    MIDDELSEE,
    NIJEBERKOOP,
    VRIJHEIDSWIJK,
)
from sample_data.organisations import (
    DREAMFABRYK,
    REST_GRONINGEN,
    REST_LEEUWARDEN,
    REST_OOSTSTELLINGWERF,
    SPORTCENTRUM,
    W_BILGAARD,
    W_VRIJHEIDSWIJK,
)
from sample_data.people import LAST_DAY, Agreement, Placement, Volunteer, new_pseudonym
from sample_data.simulation import Simulation

# The second one has to work in the wijken of the first: people volunteer where they live.
SECOND_ORGANISATION = {
    W_BILGAARD: (DREAMFABRYK, 0.08),
    W_VRIJHEIDSWIJK: (DREAMFABRYK, 0.16),
    SPORTCENTRUM: (REST_GRONINGEN, 0.03),
}
ONE_IN_STAYS = 7


def by_hand() -> list[Volunteer]:
    """Return the people of the two canary wijken and the wijkbeheerder of Vrijheidswijk."""
    rng = generator("by hand")
    people = []
    for number, hours in enumerate(canaries.HOURS):
        day = datetime.date(2020, 3 + 4 * number, 9 + number)
        pseudonym = canaries.PSEUDONYM if number == 1 else new_pseudonym(rng)
        agreement = Agreement(REST_OOSTSTELLINGWERF, NIJEBERKOOP, day, None, hours, "groen")
        people.append(Volunteer(pseudonym, ladder.draw_path(rng, day), [agreement]))
    day = datetime.date(2021, 11, 8)
    lone = Agreement(REST_LEEUWARDEN, MIDDELSEE, day, None, canaries.LONE_HOURS, "overig")
    people.append(Volunteer(canaries.LONE_PSEUDONYM, ladder.draw_path(rng, day), [lone]))
    people.append(wijkbeheerder(rng))
    return people


def wijkbeheerder(rng: random.Random) -> Volunteer:
    """Return the volunteer of Vrijheidswijk who became a paid wijkbeheerder (dates invented)."""
    started, work = datetime.date(2019, 9, 2), datetime.date(2023, 4, 3)
    agreement = Agreement(
        W_VRIJHEIDSWIJK,
        VRIJHEIDSWIJK,
        started,
        work - datetime.timedelta(days=1),
        "12.0",
        "groen",
    )
    job = Placement(W_VRIJHEIDSWIJK, VRIJHEIDSWIJK, work, None, "24.0", "zonder_steun")
    return Volunteer(new_pseudonym(rng), ladder.draw_path(rng, started), [agreement], [job])


def thin_out(people: list[Volunteer]) -> None:
    """Leave one in seven in De Zuidlanden and let the others live in Binnenstad.

    So Wijkinitiatieven Leeuwarden has two tiny wijken, too few for a group. Done once everything
    is drawn: no other wijk changes, and no total.
    """
    drawn = [each for each in people if any(a.wijk == DE_ZUIDLANDEN for a in each.agreements)]
    for number, volunteer in enumerate(drawn):
        for each in (*volunteer.agreements, *volunteer.placements):
            if number % ONE_IN_STAYS and each.wijk == DE_ZUIDLANDEN:
                each.wijk = BINNENSTAD


def add_second_organisations(people: list[Volunteer]) -> None:
    """Let some volunteers also start at a second organisation, and stop there when they leave."""
    rng = generator("second organisations")
    opening = datetime.date(2023, 1, 9)
    for volunteer in people:
        first = volunteer.agreements[0]
        organisation, chance = SECOND_ORGANISATION.get(first.organisation, ("", 0.0))
        started = max(first.started, opening) + datetime.timedelta(days=60 + rng.randrange(300))
        last = first.ended or LAST_DAY
        if rng.random() < chance and started < last - datetime.timedelta(days=60):
            hours = f"{2 + rng.randrange(9) / 2:.1f}"
            volunteer.second.append(
                Agreement(organisation, first.wijk, started, first.ended, hours, "welzijn")
            )


def everyone() -> list[Volunteer]:
    """Return all invented people of the three gemeenten."""
    people = by_hand()
    for gemeente in GEMEENTEN:
        people += Simulation(gemeente.code).run()
    thin_out(people)
    add_second_organisations(people)
    return people
