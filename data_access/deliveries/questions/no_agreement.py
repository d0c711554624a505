"""Somebody who moves on to paid work was a volunteer first."""

import datetime
from collections.abc import Iterator

from data_access import register
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from data_access.deliveries.stored import stored_rows
from indicators.vocabulary import Text

NO_AGREEMENT = Kind(
    "no_agreement",
    Text(
        "Deze mensen begonnen aan betaald werk zonder dat zij toen of eerder een "
        "vrijwilligersovereenkomst met dezelfde organisatie hadden. Kloppen pseudoniem, "
        "organisatie en begindatum, ook in vrijwilligers.csv?",
        "These people started in paid work without a volunteering agreement with the same "
        "organisation then or before. Are pseudonym, organisation and begindatum right, in "
        "vrijwilligers.csv too?",
    ),
)


def outflow_of_nobody(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each start in work of somebody without an agreement by then.

    Only agreements with the organisation itself count: those with another one would tell it who
    volunteers there.
    """
    placements = checked.of_table(register.placement.name)
    if placements is None:
        return
    first = _first_agreements(
        checked, {row.values["participant"] for row in placements.parsed.rows}
    )
    for row in placements.parsed.rows:
        began = first.get((row.values["participant"], row.values["organisation_id"]))
        started = row.values["started_on"]
        if began is None or began > started:
            yield ask(NO_AGREEMENT, placements.parsed, row, "participant", _question(began))


def _first_agreements(checked: Checked, people: set[str]) -> dict[tuple[str, str], datetime.date]:
    """Return the first day of each (person, organisation)."""
    table = register.agreement
    replaced = checked.replaced(table.name)
    fields = ("participant", "organisation_id", "started_on")
    days = [
        (person, organisation, day)
        for person, organisation, day, *key in stored_rows(
            checked.connection, table, (*fields, "supplier", "id"), people
        )
        if tuple(key) not in replaced
    ]
    for parsed in checked.delivery.files_of(table.name):
        days += [values for _, values in parsed.complete(fields)]
    first: dict[tuple[str, str], datetime.date] = {}
    for person, organisation, day in days:
        first[person, organisation] = min(day, first.get((person, organisation), day))
    return first


def _question(began: datetime.date | None) -> Text:
    if began is None:
        return Text(
            "is deze persoon hier nooit vrijwilliger geweest?",
            "was this person never a volunteer here?",
        )
    return Text(
        f"werd deze persoon hier pas op {began:%d-%m-%Y} vrijwilliger?",
        f"did this person become a volunteer here only on {began:%d-%m-%Y}?",
    )
