"""Two contracts that pay for results, and the results themselves.

Real: that a two-year pilot 'Resultaatfinanciering Leeuwarden Oost' exists, its five wijken, its
financiers FNO and the gemeente, and that residents themselves judge whether they made steps on
their own goals. Invented: dates, wording of the outcomes, tariffs, shares, ceilings, numbers and
every result. The contract in Groningen is invented as a whole.

A result goes: claimed -> judged by residents, and beside it checked by the administration -> paid.
The two verdicts differ now and then, in both directions; what the residents find decides.
"""

import datetime
import random
from dataclasses import dataclass

from sample_data.chance import day_in, generator, pick
from sample_data.facts import GRONINGEN, LEEUWARDEN, LEEUWARDEN_OOST, OUDE_WIJKEN
from sample_data.organisations import DREAMFABRYK, SPORTCENTRUM, W_BILGAARD, W_VRIJHEIDSWIJK
from sample_data.people import LAST_DAY, Volunteer

OWN_GOAL = "stap-eigen-doel"
CONFIDENCE = "meer-zelfvertrouwen"
FIRST_JOB = "eerste-betaalde-baan"


@dataclass(frozen=True)
class Outcome:
    """What a contract pays for, in the residents' words, in Dutch and English."""

    id: str
    name: tuple[str, str]
    definition: tuple[str, str]
    unit: tuple[str, str]
    determined_by: tuple[str, str]
    validation: tuple[str, str]
    judged_achieved: float


@dataclass(frozen=True)
class Term:
    """One outcome in a contract; `claimed` is how many are claimed by the end of 2025."""

    outcome: str
    tariff_cents: int
    agreed: int
    claimed: int


@dataclass(frozen=True)
class Contract:
    """A contract; financiers as (id, share, ceiling in cents), organisations with their weight."""

    id: str
    gemeente: str
    name: str
    first_day: datetime.date
    last_day: datetime.date
    financiers: tuple[tuple[str, str, int], ...]
    terms: tuple[Term, ...]
    organisations: tuple[tuple[str, int], ...]
    wijken: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """One result; a day or verdict is None as long as that has not happened."""

    contract: str
    outcome: str
    pseudonym: str
    organisation: str
    wijk: str
    claimed: datetime.date
    judged: datetime.date | None
    judged_achieved: bool | None
    checked: datetime.date | None
    check_passed: bool | None
    paid: datetime.date | None


@dataclass(frozen=True)
class Candidate:
    """Someone who may have a result, from a day on."""

    pseudonym: str
    organisation: str
    wijk: str
    earliest: datetime.date
    latest: datetime.date


RESIDENTS = (
    "de bewoner zelf, in gesprek met een kring van medebewoners",
    "the resident, in a talk with a circle of fellow residents",
)

OUTCOMES = (
    Outcome(
        OWN_GOAL,
        (
            "Ik heb een stap gezet op mijn eigen doel",
            "I made a step on my own goal",
        ),
        (
            "Bij de start schrijft de bewoner één eigen doel op, in eigen woorden. Het resultaat "
            "is behaald als de bewoner vindt dat er een duidelijke stap op dat doel is gezet.",
            "At the start the resident writes down one goal, in their own words. The result is "
            "achieved when the resident finds that a clear step on that goal was made.",
        ),
        ("bewoner met een stap", "resident with a step"),
        RESIDENTS,
        (
            "De administratie kijkt of doel en stap zijn opgeschreven en besproken.",
            "The administration checks that goal and step were written down and discussed.",
        ),
        0.87,
    ),
    Outcome(
        CONFIDENCE,
        (
            "Ik durf weer mee te doen",
            "I dare to take part again",
        ),
        (
            "De bewoner vertelt wat nu wel lukt en een half jaar geleden niet, en vindt zelf dat "
            "het zelfvertrouwen is gegroeid.",
            "The resident tells what works now and did not half a year ago, and finds that "
            "self-confidence has grown.",
        ),
        ("bewoner met meer zelfvertrouwen", "resident with more confidence"),
        RESIDENTS,
        (
            "De administratie kijkt of het verhaal een voorbeeld van toen en van nu heeft.",
            "The administration checks that the story has an example of then and of now.",
        ),
        0.81,
    ),
    Outcome(
        FIRST_JOB,
        (
            "Ik heb mijn eerste betaalde baan in jaren",
            "I have my first paid job in years",
        ),
        (
            "De bewoner is begonnen aan betaald werk en had dat ten minste twee jaar niet. De "
            "bewoner vindt zelf dat dit de baan is die bij het eigen doel past.",
            "The resident started in paid work after at least two years without. The resident "
            "finds that this is the job that fits their own goal.",
        ),
        ("bewoner met werk", "resident with work"),
        RESIDENTS,
        (
            "De administratie ziet een arbeidsovereenkomst of inschrijving als zelfstandige.",
            "The administration sees an employment contract or registration as self-employed.",
        ),
        0.93,
    ),
)

CONTRACTS = (
    Contract(
        "resultaatfinanciering-leeuwarden-oost",
        LEEUWARDEN,
        "Resultaatfinanciering Leeuwarden Oost",
        datetime.date(2024, 1, 1),
        datetime.date(2025, 12, 31),
        (("fno", "0,6", 16_500_000), ("gemeente-leeuwarden", "0,4", 16_000_000)),
        (
            Term(OWN_GOAL, 115_000, 120, 131),
            Term(CONFIDENCE, 85_000, 100, 104),
            Term(FIRST_JOB, 425_000, 30, 29),
        ),
        ((W_BILGAARD, 50), (W_VRIJHEIDSWIJK, 22), (DREAMFABRYK, 28)),
        LEEUWARDEN_OOST,
    ),
    Contract(
        "resultaatcontract-oude-wijken-voorbeeld",
        GRONINGEN,
        "Resultaatcontract Oude Wijken (voorbeeld)",
        datetime.date(2025, 1, 1),
        datetime.date(2026, 12, 31),
        (("gemeente-groningen", "0,7", 12_600_000), ("voorbeeldfonds", "0,3", 5_400_000)),
        (Term(OWN_GOAL, 95_000, 90, 52), Term(FIRST_JOB, 380_000, 24, 13)),
        ((SPORTCENTRUM, 1),),
        OUDE_WIJKEN,
    ),
)


def taking_part(contract: Contract, organisation: str, people: list[Volunteer]) -> list[Candidate]:
    """Return who volunteered at an organisation long enough to have a result on a goal."""
    found = []
    for volunteer in people:
        for agreement in volunteer.agreements + volunteer.second:
            earliest = max(agreement.started, contract.first_day) + datetime.timedelta(days=100)
            latest = min(agreement.ended or LAST_DAY, contract.last_day, LAST_DAY)
            in_place = agreement.organisation == organisation and agreement.wijk in contract.wijken
            if in_place and earliest < latest:
                found.append(
                    Candidate(volunteer.pseudonym, organisation, agreement.wijk, earliest, latest)
                )
                break
    return found


def in_work(contract: Contract, organisation: str, people: list[Volunteer]) -> list[Candidate]:
    """Return who moved on to paid work from an organisation during the contract."""
    return [
        Candidate(
            volunteer.pseudonym,
            organisation,
            placement.wijk,
            placement.started + datetime.timedelta(days=14),
            min(placement.started + datetime.timedelta(days=60), LAST_DAY),
        )
        for volunteer in people
        for placement in volunteer.placements[:1]
        if placement.organisation == organisation
        and placement.wijk in contract.wijken
        and contract.first_day <= placement.started
        and placement.started + datetime.timedelta(days=14) < LAST_DAY
    ]


def happened(day: datetime.date) -> datetime.date | None:
    """Return the day, or None when it lies after the last day of the sample."""
    return day if day <= LAST_DAY else None


def result(rng: random.Random, contract: str, outcome: Outcome, who: Candidate) -> Result:
    """Draw when a result is claimed, judged, checked and paid, and the two verdicts."""
    claimed = day_in(rng, who.earliest, who.latest)
    judged = claimed + datetime.timedelta(days=14 + rng.randrange(60))
    checked = claimed + datetime.timedelta(days=21 + rng.randrange(90))
    achieved = rng.random() < outcome.judged_achieved
    passed = rng.random() < (0.91 if achieved else 0.40)
    paid = max(judged, checked) + datetime.timedelta(days=14 + rng.randrange(40))
    return Result(
        contract=contract,
        outcome=outcome.id,
        pseudonym=who.pseudonym,
        organisation=who.organisation,
        wijk=who.wijk,
        claimed=claimed,
        judged=happened(judged),
        judged_achieved=achieved if happened(judged) else None,
        checked=happened(checked),
        check_passed=passed if happened(checked) else None,
        paid=happened(paid) if achieved else None,
    )


def without(pseudonym: str, candidates: dict[str, list[Candidate]]) -> dict[str, list[Candidate]]:
    """Return the candidates by organisation without one person."""
    return {
        name: [each for each in group if each.pseudonym != pseudonym]
        for name, group in candidates.items()
    }


def results_of(contract: Contract, people: list[Volunteer]) -> list[Result]:
    """Draw the results of one contract; nobody has the same outcome twice."""
    drawn = []
    outcomes = {outcome.id: outcome for outcome in OUTCOMES}
    for term in contract.terms:
        rng = generator("results", contract.id, term.outcome)
        find = in_work if term.outcome == FIRST_JOB else taking_part
        candidates = {name: find(contract, name, people) for name, _ in contract.organisations}
        for _ in range(term.claimed):
            left = [(name, weight) for name, weight in contract.organisations if candidates[name]]
            name = pick(rng, [name for name, _ in left], [weight for _, weight in left])
            who = rng.choice(candidates[name])
            candidates = without(who.pseudonym, candidates)
            drawn.append(result(rng, contract.id, outcomes[term.outcome], who))
    return drawn


def all_results(people: list[Volunteer]) -> list[Result]:
    """Return the results of all contracts."""
    return [each for contract in CONTRACTS for each in results_of(contract, people)]
