"""Money of one gemeente in another, and people in a wijk where their organisation does not work."""

from collections import defaultdict
from collections.abc import Iterator

from data_access import register
from data_access.deliveries.known import Known, gemeente_of_area
from data_access.deliveries.participants import PEOPLE_TABLES
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from data_access.deliveries.rows import ParsedFile, ParsedRow
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
        "Deze mensen wonen in een wijk waar hun organisatie volgens organisatie_wijken.csv niet "
        "werkt. Klopt de wijk, of moet zij aan dat bestand worden toegevoegd? Bij ja telt de rij "
        "wel mee voor de organisatie en de gemeente, maar niet voor de wijk.",
        "These people live in a wijk where their organisation does not work according to "
        "organisatie_wijken.csv. Is the wijk right, or should it be added to that file? With yes "
        "the row then counts for the organisation and the gemeente, not for the wijk.",
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
    """Yield a doubt for each row about a person in a wijk that the organisation did not declare.

    A wijk of the same name in another edition is the same one. No doubt where an organisation
    declared no wijken (a notice tells that) or where no wijk is known. Where else the person is
    known makes no difference: the answer would tell an organisation about another one.
    """
    declared = declared_wijken(checked)
    for table in PEOPLE_TABLES:
        for parsed in checked.delivery.files_of(table):
            for row in parsed.rows:
                wijk = row.values["wijk_code"], row.values["wijk_edition"]
                wijken = declared.get(row.values["organisation_id"])
                if wijken and wijk[0] and not _among(wijk, wijken, checked.known):
                    yield _asked(checked.known, parsed, row, wijk)


def _asked(known: Known, parsed: ParsedFile, row: ParsedRow, wijk: Wijk) -> Doubt:
    name = known.wijk_names.get(wijk, wijk[0])
    organisation = known.called(row.values["organisation_id"])
    question = Text(
        f"woont iemand van {organisation} in {name}, en telt dat daar niet mee?",
        f"does somebody of {organisation} live in {name}, without counting there?",
    )
    return ask(UNDECLARED_WIJK, parsed, row, "wijk_code", question)


def declared_wijken(checked: Checked) -> dict[str, set[Wijk]]:
    """Return the wijken (code, edition) of every organisation that declared any."""
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
