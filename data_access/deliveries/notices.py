"""What whoever loads should know, but needs not answer."""

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from sqlalchemy import func, select

from data_access import register
from data_access.deliveries.formats.organisations import GIVES_AWAY
from data_access.deliveries.known import Known
from data_access.deliveries.questions.doubt import Checked
from data_access.deliveries.questions.elsewhere import declared_wijken
from data_access.deliveries.stored import portions, stored_rows
from data_access.same_wijk import normalised_name
from indicators.vocabulary import Text

_ROUNDED = re.compile(r"[0-9]{13,}00")
_LONG_AGO = datetime.date(2000, 1, 1)
_PLACES_NAMED = 5


def find_notices(checked: Checked) -> list[Text]:
    """Return everything that is worth telling about a delivery, before it is written."""
    return [
        *_shared_pseudonyms(checked),
        *_pseudonyms_as_keys(checked),
        *_rounded_numbers(checked),
        *_reused_codes(checked),
        *_long_ago(checked),
        *_overlapping(checked),
        *_counted_in_no_wijk(checked),
        *_public_numbers(checked),
        *rows_left_out(checked),
    ]


def _shared_pseudonyms(checked: Checked) -> Iterator[Text]:
    """Tell how many pseudonyms stand at two organisations of a gemeente without one domain.

    Only within the delivery: to say which ones the register has would tell an organisation who is
    known at another one.
    """
    people, known = checked.people, checked.known
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for organisation, pseudonym in people.persons:
        gemeente = known.organisations[organisation].gemeente
        holders[gemeente, pseudonym].add(known.domain_of(organisation))
    shared = {key for key, domains in holders.items() if len(domains) > 1}
    if not shared:
        return
    number = len(shared)
    yield Text(
        f"{number} {_plural(number, 'pseudoniem komt', 'pseudoniemen komen')} voor bij twee of "
        "meer organisaties zonder gezamenlijk pseudoniemdomein; dat telt als verschillende mensen. "
        "Gebruiken die organisaties dezelfde pseudoniemen voor dezelfde mensen, geef hun dan vóór "
        "de eerste levering van mensen in organisaties.csv hetzelfde pseudoniemdomein.",
        f"{number} {_plural(number, 'pseudonym occurs', 'pseudonyms occur')} at two or more "
        "organisations without a common domain (pseudoniemdomein); they count as different people. "
        "If those organisations use the same pseudonyms for the same people, give them the same "
        "pseudoniemdomein in organisaties.csv before people are delivered first.",
    )


def _pseudonyms_as_keys(checked: Checked) -> Iterator[Text]:
    number = sum(
        row.values["id"] == row.cells[parsed.file.columns["participant"].header]
        for parsed in checked.delivery.files.values()
        if "participant" in parsed.file.columns
        for row in parsed.rows
    )
    if number:
        yield Text(
            f"In {number} {_plural(number, 'rij', 'rijen')} is het kenmerk gelijk aan het "
            "pseudoniem. Een kenmerk wordt bewaard zoals het is, een pseudoniem niet: geef rijen "
            "liever een eigen nummer.",
            f"In {number} {_plural(number, 'row', 'rows')} the key (kenmerk) equals the pseudonym. "
            "A key is kept as it is, a pseudonym is not: better give rows a number of their own.",
        )


def _rounded_numbers(checked: Checked) -> Iterator[Text]:
    number = sum(
        any(_ROUNDED.fullmatch(row.cells.get(header, "")) for header in ("kenmerk", "pseudoniem"))
        for parsed in checked.delivery.files.values()
        if parsed.file.numbered
        for row in parsed.rows
    )
    if number:
        yield Text(
            f"{number} {_plural(number, 'rij heeft', 'rijen hebben')} een kenmerk of pseudoniem "
            "van 15 of meer cijfers dat eindigt op 00. Excel rondt zulke lange getallen af, en dan "
            "worden verschillende rijen of mensen één: bewaar die kolom als tekst.",
            f"{number} {_plural(number, 'row has', 'rows have')} a key or pseudonym of 15 digits "
            "or more that ends in 00. Excel rounds such long numbers, and then different rows or "
            "people become one: keep that column as text.",
        )


def _reused_codes(checked: Checked) -> Iterator[Text]:
    """Tell which codes mean another wijk in another year that the register has."""
    used = {
        (row.values["wijk_code"], row.values["wijk_edition"])
        for each in checked.compared.values()
        if {"wijk_code", "wijk_edition"} <= set(each.fields)
        for row, _ in each.differing()
        if row.values["wijk_code"]
    }
    if not used:
        return
    editions: dict[str, dict[int, str]] = defaultdict(dict)
    for (code, edition), name in checked.known.wijk_names.items():
        editions[code][edition] = name
    reused = [
        (code, edition, other)
        for code, edition in sorted(used)
        if (other := _another_wijk(editions[code], edition)) is not None
    ]
    if not reused:
        return
    yield Text(
        f"{_listed(reused, checked.known, 'is in', 'maar in')}{_more(reused, 'en nog')}. Het CBS "
        "gebruikt wijkcodes opnieuw: controleer of wijkjaar het jaar is van de indeling waaruit de "
        "code komt.",
        f"{_listed(reused, checked.known, 'is in', 'but in')}{_more(reused, 'and another')}. CBS "
        "reuses wijk codes: check that wijkjaar is the year of the division from which the code "
        "comes.",
    )


def _another_wijk(names: dict[int, str], edition: int) -> int | None:
    name = normalised_name(names[edition])
    others = (year for year, each in names.items() if normalised_name(each) != name)
    return max(others, default=None)


def _listed(reused: Sequence[tuple[str, int, int]], known: Known, is_in: str, but_in: str) -> str:
    return ", ".join(
        f"{code} {is_in} {edition} {known.wijk_names[code, edition]!r}, {but_in} {other} "
        f"{known.wijk_names[code, other]!r}"
        for code, edition, other in reused[:_PLACES_NAMED]
    )


def _more(reused: Sequence[object], words: str) -> str:
    more = len(reused) - _PLACES_NAMED
    return f" ({words} {more})" if more > 0 else ""


def _long_ago(checked: Checked) -> Iterator[Text]:
    number = sum(
        day < _LONG_AGO
        for name in (register.agreement.name, register.placement.name)
        for parsed in checked.delivery.files_of(name)
        for _, (day,) in parsed.complete(("started_on",))
    )
    if number:
        yield Text(
            f"{number} {_plural(number, 'begindatum ligt', 'begindatums liggen')} vóór 2000; "
            "controleer of het jaartal goed is getypt.",
            f"{number} {_plural(number, 'begindatum lies', 'begindatums lie')} before 2000; check "
            "whether the year was typed well.",
        )


def _overlapping(checked: Checked) -> Iterator[Text]:
    """Tell how many people have two agreements at once at one organisation."""
    compared = checked.of_table(register.agreement.name)
    if compared is None:
        return
    fields = ("participant", "organisation_id", "started_on", "ended_on")
    # Of other organisations nothing is looked at: the number would tell about their people.
    delivered = {
        (row.values["participant"], row.values["organisation_id"])
        for row, _ in compared.differing()
    }
    people = {person for person, _ in delivered}
    replaced = checked.replaced(register.agreement.name)
    periods = defaultdict(list)
    for person, organisation, began, ended, *key in stored_rows(
        checked.connection, register.agreement, (*fields, "supplier", "id"), people
    ):
        if (person, organisation) in delivered and tuple(key) not in replaced:
            periods[person, organisation].append((began, ended or datetime.date.max))
    for _, (person, organisation, began, ended) in compared.parsed.complete(fields):
        if (person, organisation) in delivered:
            periods[person, organisation].append((began, ended or datetime.date.max))
    number = sum(_overlap(sorted(each)) for each in periods.values())
    if number:
        yield Text(
            f"{number} {_plural(number, 'persoon heeft', 'mensen hebben')} bij één organisatie "
            "overeenkomsten die tegelijk lopen; zo iemand telt één keer, en de uren tellen op.",
            f"{number} {_plural(number, 'person has', 'people have')} agreements at one "
            "organisation that run at the same time; such a person counts once, and hours add up.",
        )


def _overlap(periods: Sequence[tuple[datetime.date, datetime.date]]) -> bool:
    latest = datetime.date.min
    for began, ended in periods:
        if began <= latest:
            return True
        latest = max(latest, ended)
    return False


def _counted_in_no_wijk(checked: Checked) -> Iterator[Text]:
    """Tell of each organisation with people in this delivery that it declared no wijken."""
    declared = declared_wijken(checked)
    for organisation in sorted(checked.people.organisations() - declared.keys()):
        called = checked.known.called(organisation)
        yield Text(
            f"{called} heeft geen wijken opgegeven: haar mensen tellen alleen mee voor de "
            "organisatie en de gemeente, niet voor een wijk. Met rijen in organisatie_wijken.csv "
            "verandert dat.",
            f"{called} declared no wijken: its people count for the organisation and the gemeente "
            "only, not for a wijk. Rows in organisatie_wijken.csv change that.",
        )


def _public_numbers(checked: Checked) -> Iterator[Text]:
    """Tell what a true number in public gives away, for an organisation of one or two wijken."""
    stating = {
        row.values["organisation_id"]
        for parsed in checked.delivery.files_of(register.statement.name)
        for row in parsed.rows
        if row.values["value"] is not None
    }
    declared = declared_wijken(checked) if stating else {}
    few = sorted(each for each in stating if 1 <= _number_of_wijken(declared, each) <= 2)
    for organisation in few:
        called = checked.known.called(organisation)
        yield Text(
            f"uitspraken.csv heeft een aantal van {called}. {GIVES_AWAY.nl}",
            f"uitspraken.csv has a number of {called}. {GIVES_AWAY.en}",
        )


def _number_of_wijken(declared: Mapping[str, Set[tuple[str, int]]], organisation: str) -> int:
    """The same wijk in two editions is one; its code may be another, so the most in one year."""
    years = Counter(edition for _, edition in declared.get(organisation, ()))
    return max(years.values(), default=0)


def rows_left_out(checked: Checked) -> Iterator[Text]:
    """Tell how many rows of the previous delivery of a supplier are not in this one."""
    for name, compared in checked.compared.items():
        if not compared.parsed.file.numbered or not compared.keys():
            continue
        number = _number_left_out(checked, name)
        if number:
            yield Text(
                f"{number} {_plural(number, 'rij', 'rijen')} van de vorige levering van {name} "
                f"{_plural(number, 'staat', 'staan')} niet in deze; "
                f"{_plural(number, 'zij blijft', 'ze blijven')} staan. Klopt dat niet: zet "
                f"{_plural(number, 'haar', 'ze')} in intrekken.csv.",
                f"{number} {_plural(number, 'row', 'rows')} of the previous delivery of {name} "
                f"{_plural(number, 'is', 'are')} not in this one; "
                f"{_plural(number, 'it stays', 'they stay')}. If that is wrong: put "
                f"{_plural(number, 'it', 'them')} in intrekken.csv.",
            )


def _number_left_out(checked: Checked, name: str) -> int:
    compared = checked.compared[name]
    table = compared.parsed.file.table
    keys, keys_here = checked.replaced(table.name), compared.keys()
    suppliers = sorted({str(key[0]) for key in keys_here})
    number = 0
    for portion in portions(suppliers):
        previous = (
            select(table.c.supplier, func.max(table.c.delivery_id).label("delivery_id"))
            .where(table.c.supplier.in_(portion))
            .group_by(table.c.supplier)
            .subquery()
        )
        rows = checked.connection.execute(
            select(table.c.supplier, table.c.id).join(
                previous,
                (previous.c.supplier == table.c.supplier)
                & (previous.c.delivery_id == table.c.delivery_id),
            )
        )
        number += sum(tuple(row) not in keys for row in rows)
    return number


def _plural(number: int, one: str, many: str) -> str:
    return one if number == 1 else many
