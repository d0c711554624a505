"""Write the files about invented people: agreements, work, allowances, ladder readings."""

import datetime
from pathlib import Path

from sample_data import ladder
from sample_data.allowances import all_allowances
from sample_data.chance import generator
from sample_data.delivery import decimal, euro, write_table
from sample_data.facts import EDITION
from sample_data.people import Volunteer
from sample_data.receipts import received


def write_people(folder: Path, people: list[Volunteer]) -> None:
    """Write agreements, placements and allowances."""
    agreements = sorted(
        (
            (each.started, volunteer.pseudonym, each.organisation, each)
            for volunteer in people
            for each in volunteer.agreements + volunteer.second
        ),
        key=lambda row: row[:3],
    )
    write_table(
        folder,
        "vrijwilligers.csv",
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;begindatum;einddatum;uren_per_week;"
        "activiteit",
        (
            (
                f"VO-{number:05d}",
                pseudonym,
                organisation,
                each.wijk,
                EDITION,
                started,
                each.ended,
                decimal(each.hours),
                each.activity,
            )
            for number, (started, pseudonym, organisation, each) in enumerate(agreements, 1)
        ),
    )
    placements = sorted(
        (
            (each.started, volunteer.pseudonym, each)
            for volunteer in people
            for each in volunteer.placements
            if received(each.organisation, "uitstroom", each.started)
        ),
        key=lambda row: row[:2],
    )
    write_table(
        folder,
        "uitstroom.csv",
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;begindatum;einddatum;uren_per_week;"
        "soort_werk",
        (
            (
                f"UI-{number:05d}",
                pseudonym,
                each.organisation,
                each.wijk,
                EDITION,
                started,
                each.ended,
                decimal(each.hours),
                each.kind,
            )
            for number, (started, pseudonym, each) in enumerate(placements, 1)
        ),
    )
    allowances = sorted(
        (
            each
            for each in all_allowances(people)
            if received(each.organisation, "vergoedingen", each.day)
        ),
        key=lambda each: (each.day, each.pseudonym, each.organisation),
    )
    write_table(
        folder,
        "vergoedingen.csv",
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;datum;bedrag",
        (
            (
                f"VE-{number:05d}",
                each.pseudonym,
                each.organisation,
                each.wijk,
                EDITION,
                each.day,
                euro(each.cents),
            )
            for number, each in enumerate(allowances, 1)
        ),
    )


def readings(people: list[Volunteer]) -> list[tuple[datetime.date, str, str, str, int]]:
    """Return (day, pseudonym, organisation, wijk, level), in order of day."""
    rng = generator("readings in work")
    found: dict[tuple[datetime.date, str], tuple[str, str, int]] = {}
    for volunteer in people:
        for day, level in volunteer.path:
            for each in volunteer.agreements:
                if each.runs_on(day):
                    found[(day, volunteer.pseudonym)] = (each.organisation, each.wijk, level)
        for job in volunteer.placements:
            for day, level in ladder.readings_in_work(rng, job.kind, job.started):
                found[(day, volunteer.pseudonym)] = (job.organisation, job.wijk, level)
    return [
        (day, pseudonym, organisation, wijk, level)
        for (day, pseudonym), (organisation, wijk, level) in sorted(found.items())
        if received(organisation, "ladder", day)
    ]


def write_ladder(folder: Path, people: list[Volunteer]) -> None:
    """Write the readings of the Participatieladder."""
    write_table(
        folder,
        "ladder.csv",
        "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;datum;trede",
        (
            (f"LA-{number:05d}", pseudonym, organisation, wijk, EDITION, day, level)
            for number, (day, pseudonym, organisation, wijk, level) in enumerate(
                readings(people), 1
            )
        ),
    )
