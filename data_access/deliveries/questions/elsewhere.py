"""Money of one gemeente in another, and volunteers in a wijk where an organisation is not."""

from collections import defaultdict
from collections.abc import Iterator

from data_access import register
from data_access.deliveries.known import Known, gemeente_of_area
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from data_access.deliveries.stored import stored_rows
from data_access.same_wijk import normalised_name
from indicators.vocabulary import Text

OTHER_GEMEENTE = Kind(
    "other_gemeente",
    Text(
        "Dit geld van de ene gemeente is voor een wijk of organisatie van een andere. Kloppen "
        "gemeentecode, wijkcode, organisatie en contract?",
        "This money of one gemeente is meant for a wijk or organisation of another. Are "
        "gemeentecode, wijkcode, organisatie and contract right?",
    ),
)
UNDECLARED_WIJK = Kind(
    "undeclared_wijk",
    Text(
        "Deze vrijwilligers wonen in een wijk waar hun organisatie volgens organisatie_wijken.csv "
        "niet werkt. Klopt de wijk, of moet zij aan dat bestand worden toegevoegd?",
        "These volunteers live in a wijk where their organisation does not work according to "
        "organisatie_wijken.csv. Is the wijk right, or should it be added to that file?",
    ),
)
Wijk = tuple[str, int]


def money_elsewhere(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each amount of a gemeente on a wijk or organisation of another one."""
    known = checked.known
    for parsed in checked.delivery.files_of(register.spending.name):
        for row in parsed.rows:
            gemeente = row.values["gemeente_code"]
            for field, other in (
                ("wijk_code", gemeente_of_area(row.values["wijk_code"])),
                ("organisation_id", known.gemeente_of_organisation(row.values["organisation_id"])),
            ):
                if other not in (None, gemeente):
                    yield ask(OTHER_GEMEENTE, parsed, row, field, _lies_in(other, gemeente, known))
    for parsed in checked.delivery.files_of(register.result.name):
        for row in parsed.rows:
            gemeente = known.contracts[row.values["contract_id"]]
            other = known.gemeente_of_organisation(row.values["organisation_id"])
            if other not in (None, gemeente):
                yield ask(
                    OTHER_GEMEENTE, parsed, row, "contract_id", _lies_in(other, gemeente, known)
                )


def _lies_in(other: str | None, gemeente: str, known: Known) -> Text:
    theirs, mine = known.called(other or ""), known.called(gemeente)
    return Text(f"betaalt {mine} hier voor {theirs}?", f"does {mine} pay here for {theirs}?")


def undeclared_wijken(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each agreement in a wijk that the organisation did not declare.

    A wijk of the same name in another edition is the same one. No doubt where an organisation
    declared no wijken, where no wijk is known, or when the person lives in that wijk according to
    another organisation that did declare it.
    """
    agreements = checked.of_table(register.agreement.name)
    if agreements is None:
        return
    declared = _declared(checked)
    doubtful = []
    lives_in = set()
    for row in agreements.parsed.rows:
        wijk = row.values["wijk_code"], row.values["wijk_edition"]
        wijken = declared.get(row.values["organisation_id"])
        if wijken is None or wijk[0] is None:
            continue
        if _among(wijk, wijken, checked.known):
            lives_in.add((row.values["participant"], wijk))
        else:
            doubtful.append((row, wijk))
    people = {row.values["participant"] for row, _ in doubtful}
    fields = ("participant", "organisation_id", "wijk_code", "wijk_edition")
    for person, organisation, *stored in stored_rows(
        checked.connection, register.agreement, fields, people
    ):
        if stored[0] and _among(
            (stored[0], stored[1]), declared.get(organisation, set()), checked.known
        ):
            lives_in.add((person, (stored[0], stored[1])))
    for row, wijk in doubtful:
        if (row.values["participant"], wijk) not in lives_in:
            name = checked.known.wijk_names.get(wijk, wijk[0])
            organisation = checked.known.called(row.values["organisation_id"])
            question = Text(
                f"woont een vrijwilliger van {organisation} in {name}?",
                f"does a volunteer of {organisation} live in {name}?",
            )
            yield ask(UNDECLARED_WIJK, agreements.parsed, row, "wijk_code", question)


def _declared(checked: Checked) -> dict[str, set[Wijk]]:
    """Return the declared wijken of every organisation that declared any."""
    fields = ("organisation_id", "wijk_code", "wijk_edition")
    organisations = set(checked.known.organisations)
    declared: dict[str, set[Wijk]] = defaultdict(set)
    for organisation, code, edition in stored_rows(
        checked.connection, register.organisation_wijk, fields, organisations
    ):
        declared[organisation].add((code, edition))
    for organisation, code, edition in checked.delivery.keys_of(
        register.organisation_wijk.name, fields
    ):
        declared[organisation].add((code, edition))
    return dict(declared)


def _among(wijk: Wijk, declared: set[Wijk], known: Known) -> bool:
    if wijk in declared:
        return True
    name = normalised_name(known.wijk_names.get(wijk, wijk[0]))
    return any(
        edition != wijk[1]
        and code[:6] == wijk[0][:6]
        and normalised_name(known.wijk_names.get((code, edition), code)) == name
        for code, edition in declared
    )
