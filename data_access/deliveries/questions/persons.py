"""Persons in texts that become public: names, telephone numbers, e-mail, IBAN, addresses.

A program cannot tell every name, and some words look like one: hence a question.
"""

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from data_access import register
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from data_access.deliveries.questions.first_names import FIRST_NAMES
from indicators.vocabulary import Text

PERSON = Kind(
    "person",
    Text(
        "Deze teksten worden openbaar, en er lijkt iemand in te staan: een naam, telefoonnummer, "
        "e-mailadres, rekeningnummer of adres. Haal weg wat naar iemand verwijst, tenzij het "
        "openbaar mag zijn.",
        "These texts become public, and somebody seems to be in them: a name, telephone number, "
        "e-mail address, bank account or address. Take out what refers to a person, unless it may "
        "be public.",
    ),
)

# Whole sentences; and names of things, in which a personal name is usual ("Anne Frankschool").
_TEXTS = {
    register.organisation.name: ("description",),
    register.statement.name: ("text_nl", "text_en", "source"),
    register.contract.name: ("name",),
    register.outcome.name: tuple(
        column.name for column in register.outcome.c if column.name.endswith(("_nl", "_en"))
    ),
    register.spending.name: ("description",),
}
_NAMES = {
    register.wijk.name: ("name",),
    register.organisation.name: ("name",),
    register.financier.name: ("name",),
}

_CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀĆČĘŁŃŚŠŹŻŽ][\w'’-]*[a-zß-öø-ÿąćčęłńóśšźżž][\w'’-]*"
_PREFIX = (
    r"(?:(?:van\s+de|van\s+den|van\s+der|van\s+het|van\s+'t|in\s+'t|in\s+het|op\s+de|op\s+den|"
    r"uit\s+de|van|de|den|der|ten|ter|te|el|al|bin|ben|la|le|von|da|dos|'t)\s+)*"
)
_SURNAME = rf"{_PREFIX}(?P<surname>{_CAPITALISED})"
_TITLE = r"(?:\b(?:dhr|mevr|mej)\.?|\b[Mm]w\.?|\bde\s+heer|\bmevrouw|\bmeneer)"
_INITIALS = r"(?:[A-Z]\.\s?)+"
_TITLED = re.compile(
    rf"(?i:{_TITLE})\s+(?:{_INITIALS}\s*)?(?:{_CAPITALISED}\s+)?{_SURNAME}".replace(
        r"\b[Mm]w\.?", r"\b(?-i:[Mm]w)\.?"
    )
)
_WITH_INITIALS = re.compile(rf"(?<![\w.])(?P<initials>(?:[A-Z]\.\s?){{1,4}})\s*{_SURNAME}")
_WITH_FIRST_NAME = re.compile(rf"(?<![\w-])(?P<first>{_CAPITALISED})(?=\s+{_SURNAME})")

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)\s?31[\s.-]?(?:\(0\)\s?)?|\(?0)[1-9](?:\)?[\s.-]?[0-9]){8}(?![\w/]|[-.,][0-9])"
)
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b")
_POSTCODE = r"[1-9][0-9]{3}\s?(?!SA|SD|SS|EN\s+[12][0-9]{3}\b)[A-Z]{2}"
_ADDRESS = re.compile(
    rf"\b{_POSTCODE}\b[\s,]+(?:(?:nr|nummer|huisnummer)\.?\s*)?[0-9]{{1,5}}\b"
    rf"|\b[\w.'’-]+\s+[0-9]{{1,5}}\s?[A-Za-z]?(?:[-/][0-9A-Za-z]{{1,4}})?[\s,]+{_POSTCODE}\b"
)

# Words after which a name is that of a street, a school or a thing.
_PLACES = re.compile(
    r"(?:straat|laan|plein|weg|kade|gracht|park|hof|singel|dijk|pad|steeg|brug|markt|buurt|wijk|"
    r"school|college|lyceum|huis|hal|theater|kerk|centrum|zaal|fonds|prijs|stichting|toernooi|"
    r"festival|bokaal|cup|museum|polder|kwartier|plantsoen|tuin|veld|stadion|haven|oord|state)$",
    re.IGNORECASE,
)
# Abbreviations of what a thing is: a club, a school, a company.
_ABBREVIATIONS = """
BV NV CV VOF SV VV KV TV HV AV FC SC RKSV CBS OBS BS PKN RK IKC AOC ROC MBO HBO VMBO WMO EHBO ANBO
KBO PCOB FNV CNV COA GGD GGZ OV ID WW UWV
"""
_NO_INITIALS = frozenset(_ABBREVIATIONS.split())


def persons_in_texts(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each public text in which somebody seems to be named."""
    names = _known_names(checked)
    for parsed in checked.delivery.files.values():
        table = parsed.file.table.name
        if parsed.file.updates_only:
            continue
        for field in (*_TEXTS.get(table, ()), *_NAMES.get(table, ())):
            whole_text = field in _TEXTS.get(table, ())
            for row in parsed.rows:
                text = row.values[field]
                found = _found(text, names) if whole_text else _reachable(text)
                if found is not None:
                    question = Text(f"mag '{found}' openbaar zijn?", f"may '{found}' be public?")
                    yield ask(PERSON, parsed, row, field, question)


@lru_cache(maxsize=4096)
def _found(text: str, names: Set[str]) -> str | None:
    """Return the part of a text that seems to tell who somebody is, None when nothing does.

    `names`: organisations, wijken, gemeenten and financiers, which are no persons.
    """
    return _reachable(text) or _named(text, names)


@lru_cache(maxsize=4096)
def _reachable(text: str) -> str | None:
    """Return an e-mail address, telephone number, bank account or address in a text."""
    for pattern in (_EMAIL, _PHONE, _ADDRESS):
        if found := pattern.search(text):
            return found[0].strip()
    for found in _IBAN.finditer(text):
        if _is_iban(found[0]):
            return found[0]
    return None


def _is_iban(text: str) -> bool:
    plain = re.sub(r"\s", "", text)
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(each, 36)) for each in moved)) % 97 == 1


def _named(text: str, names: Set[str]) -> str | None:
    for pattern in (_TITLED, _WITH_INITIALS, _WITH_FIRST_NAME):
        for found in pattern.finditer(text):
            groups = found.groupdict()
            if groups.get("first") is not None and groups["first"] not in FIRST_NAMES:
                continue
            if re.sub(r"\W", "", groups.get("initials") or "") in _NO_INITIALS:
                continue
            end = found.end("surname")
            if _PLACES.search(found["surname"]) or _is_a_thing(text[end:]):
                continue
            part = text[found.start() : end]
            if not any(part.casefold() in name for name in names):
                return " ".join(part.split())
    return None


def _is_a_thing(rest: str) -> bool:
    following = re.match(r"\s*[-\s]?\s*([\w'’]+)", rest)
    return following is not None and _PLACES.search(following[1]) is not None


def _known_names(checked: Checked) -> frozenset[str]:
    known = checked.known
    organisations = (each.name for each in known.organisations.values())
    places = (*known.gemeente_names.values(), *known.wijk_names.values())
    return frozenset(name.casefold() for name in (*organisations, *places, *known.financier_names))
