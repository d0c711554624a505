"""From delivered pseudonyms to what the register keeps of them.

`p-0001` at two organisations is two people, unless both share a domain within one gemeente. The
delivered pseudonym lives in memory while a delivery is checked, and nowhere else.
"""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.known import Known
from data_access.deliveries.registry import files_of_table
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import stored_rows
from data_access.pseudonyms.stored import stored_pseudonym
from indicators.vocabulary import Text

PARTICIPANT = "participant"
PEOPLE_TABLES = tuple(
    name
    for name, table in register.metadata.tables.items()
    if PARTICIPANT in table.c and files_of_table(name)
)


@dataclass(frozen=True)
class Person:
    """A delivered pseudonym of an organisation, what is stored of it, and its first row."""

    organisation: str
    pseudonym: str
    stored: str
    parsed: ParsedFile
    row: ParsedRow


@dataclass(frozen=True)
class People:
    """Everybody in a delivery, by organisation and delivered pseudonym."""

    key: bytes
    known: Known
    persons: dict[tuple[str, str], Person]

    def stored_as(self, organisation: str, pseudonym: str) -> str:
        """Return what the register keeps of a pseudonym of an organisation that is known."""
        gemeente = self.known.organisations[organisation].gemeente
        return stored_pseudonym(self.key, gemeente, self.known.domain_of(organisation), pseudonym)

    def organisations(self) -> set[str]:
        """Return the organisations whose people these are."""
        return {organisation for organisation, _ in self.persons}

    def gemeenten(self) -> set[str]:
        """Return the gemeenten whose people these are."""
        return {self.known.organisations[each].gemeente for each in self.organisations()}


def gemeenten_with_people(delivery: Delivery, known: Known) -> set[str]:
    """Return the gemeenten of the organisations that people are delivered of."""
    named = {
        row.values.get("organisation_id")
        for parsed in _people_files(delivery)
        for row in parsed.rows
    }
    return {code for each in named if (code := known.gemeente_of_organisation(each))}


def with_stored_people(delivery: Delivery, known: Known, key: bytes) -> tuple[Delivery, People]:
    """Return the delivery with stored people instead of pseudonyms, and who they are.

    A row whose organisation is unknown (a fault of its own) has no person any more.
    """
    people = People(key, known, {})
    files = dict(delivery.files)
    for parsed in _people_files(delivery):
        rows = tuple(_with_stored_person(parsed, row, people) for row in parsed.rows)
        files[parsed.file.name] = ParsedFile(parsed.file, rows)
    return replace(delivery, files=files), people


def _people_files(delivery: Delivery) -> Iterator[ParsedFile]:
    for parsed in delivery.files.values():
        if PARTICIPANT in parsed.file.columns:
            yield parsed


def _with_stored_person(parsed: ParsedFile, row: ParsedRow, people: People) -> ParsedRow:
    values = dict(row.values)
    pseudonym, organisation = values.pop(PARTICIPANT, None), values.get("organisation_id")
    if pseudonym is None or organisation is None or organisation not in people.known.organisations:
        return row._replace(values=values)
    key = (organisation, pseudonym)
    person = people.persons.get(key)
    if person is None:
        stored = people.stored_as(organisation, pseudonym)
        person = people.persons[key] = Person(organisation, pseudonym, stored, parsed, row)
    return row._replace(values={**row.values, PARTICIPANT: person.stored})


def known_at(connection: Connection, people: Set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which of these (organisation, stored pseudonym) have a row at that organisation.

    Whether the register has a person at all is asked nowhere: the answer would tell an organisation
    who is known at another one.
    """
    stored = {person for _, person in people}
    fields = (PARTICIPANT, "organisation_id")
    return {
        (organisation, person)
        for name in PEOPLE_TABLES
        for person, organisation in stored_rows(
            connection, register.metadata.tables[name], fields, stored
        )
    } & people


def with_known_domains(delivery: Delivery, known: Known) -> Delivery:
    """Return the delivery in which an organisation without a domain has the one it has already."""
    files = dict(delivery.files)
    for parsed in delivery.files_of(register.organisation.name):
        rows = tuple(
            row._replace(values={**row.values, "pseudonym_domain": stored.domain})
            if stored is not None and row.values.get("pseudonym_domain", "") is None
            else row
            for row in parsed.rows
            for stored in (known.stored_organisations.get(row.values.get("id", "")),)
        )
        files[parsed.file.name] = ParsedFile(parsed.file, rows)
    return replace(delivery, files=files)


def changed_domains(connection: Connection, delivery: Delivery, known: Known) -> Iterator[Fault]:
    """Yield a fault for each organisation with people that would get another domain.

    Its people would become other people, or be taken for those of another organisation.
    """
    for parsed in delivery.files_of(register.organisation.name):
        for row, (key, domain) in parsed.complete(("id", "pseudonym_domain")):
            before = known.stored_organisations.get(key)
            changes = before is not None and domain is not None and domain != before.domain
            if before is not None and changes and has_people(connection, key):
                now = before.domain
                yield parsed.fault(
                    row,
                    ("pseudonym_domain",),
                    Text(
                        f"{now or 'een lege cel'}, zoals in het register: deze organisatie heeft "
                        "al mensen, en die zouden met een ander domein andere mensen worden",
                        f"{now or 'an empty cell'}, as in the register: this organisation has "
                        "people already, who would become other people with another domain",
                    ),
                )


def has_people(connection: Connection, organisation: str) -> bool:
    """Tell whether the register has rows about people of an organisation."""
    for name in PEOPLE_TABLES:
        table = register.metadata.tables[name]
        found = connection.execute(
            table.select().where(table.c.organisation_id == organisation).limit(1)
        ).first()
        if found is not None:
            return True
    return False
