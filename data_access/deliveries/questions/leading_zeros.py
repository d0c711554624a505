"""Pseudonyms 004512 and 4512: a spreadsheet drops the zeros before a number."""

from collections import defaultdict
from collections.abc import Iterator

from data_access.deliveries.participants import Person, known_at
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from indicators.vocabulary import Text

LEADING_ZEROS = Kind(
    "leading_zeros",
    Text(
        "Deze pseudoniemen verschillen alleen in de nullen vooraan van een ander pseudoniem van "
        "dezelfde organisatie. Excel laat zulke nullen weg. Zijn het echt twee mensen?",
        "These pseudonyms differ from another pseudonym of the same organisation in the zeros in "
        "front only. Excel drops such zeros. Are they really two people?",
    ),
)
# Numbers are tried in all lengths that people use for a number.
_SHORTEST, _LONGEST = 3, 20
_ASCII_DIGITS = frozenset("0123456789")


def leading_zeros(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each person who may be another one, were it not for leading zeros."""
    people = checked.people
    forms: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in people.persons.values():
        if set(person.pseudonym) <= _ASCII_DIGITS:
            forms[person.organisation, person.pseudonym.lstrip("0")].append(person)
    if not forms:
        return
    yield from _within_the_delivery(forms)
    yield from _with_the_register(checked, forms)


def _within_the_delivery(forms: dict[tuple[str, str], list[Person]]) -> Iterator[Doubt]:
    for first, *others in forms.values():
        for person in others:
            file, row = first.parsed.file.name, first.row.number
            question = Text(
                f"is dit iemand anders dan in rij {row} van {file}?",
                f"is this somebody else than in row {row} of {file}?",
            )
            yield ask(LEADING_ZEROS, person.parsed, person.row, "participant", question)


def _with_the_register(
    checked: Checked, forms: dict[tuple[str, str], list[Person]]
) -> Iterator[Doubt]:
    """Only people who are new at their organisation: the others were asked about when they came."""
    everybody = {(each.organisation, each.stored) for found in forms.values() for each in found}
    known = known_at(checked.connection, everybody)
    variants: dict[tuple[str, str], Person] = {}
    for (organisation, number), found in forms.items():
        delivered = {person.pseudonym for person in found}
        if len(found) > 1 or (organisation, found[0].stored) in known:
            continue
        for length in range(max(_SHORTEST, len(number)), _LONGEST + 1):
            variant = number.zfill(length)
            if variant not in delivered:
                stored = checked.people.stored_as(organisation, variant)
                variants[organisation, stored] = found[0]
    asked = {
        (variants[each].organisation, variants[each].pseudonym): variants[each]
        for each in known_at(checked.connection, variants.keys())
    }
    for person in asked.values():
        question = Text(
            "is dit iemand anders dan de persoon van deze organisatie met hetzelfde nummer in het "
            "register?",
            "is this somebody else than the person of this organisation with the same number in "
            "the register?",
        )
        yield ask(LEADING_ZEROS, person.parsed, person.row, "participant", question)
