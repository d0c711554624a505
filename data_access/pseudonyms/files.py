"""A file about people becomes the same file about pseudonyms, or is refused whole.

No message quotes a cell: names, birth dates and citizen service numbers stay in the file.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.errors import DataAccessError
from data_access.pseudonyms.birth_dates import FIRST_YEAR, parse_birth_date
from data_access.pseudonyms.citizen_numbers import holds_citizen_number, is_about_citizen_numbers
from data_access.pseudonyms.delivered import pseudonym
from data_access.pseudonyms.keys import read_secret, stretched
from data_access.pseudonyms.repeated import Identity, pairs_of, what_is_repeated
from data_access.pseudonyms.spelling import spelled_name, split_name
from data_access.pseudonyms.stored import fingerprint
from data_access.pseudonyms.tables import Line, exists_already, read_lines, write_lines
from indicators.vocabulary import Text

SUFFIX = "-pseudoniem"
PSEUDONYM = "pseudoniem"
FAULTS_SHOWN = 20

_WHOLE, _GIVEN, _PARTICLE, _SURNAME = "naam", "voornaam", "tussenvoegsel", "achternaam"
_BORN = "geboortedatum"
_KNOWN = frozenset({_WHOLE, _GIVEN, _PARTICLE, _SURNAME, _BORN})
_OTHER_NAMES = (
    "voornamen voorletter voorletters initialen roepnaam doopnaam tussenvoegsels voorvoegsel "
    "voorvoegsels familienaam geslachtsnaam geboortenaam meisjesnaam partnernaam volledigenaam "
    "name firstname lastname surname initials geboortedag birthdate dateofbirth"
)
# Beside letters. Anything else in a name is a damaged letter or a remark.
_IN_NAMES = frozenset(" \u00a0\n'\u2018\u2019`\u00b4\u02bc\u02bb.,/()-\u2010\u2011\u2012\u2013")

_CITIZEN_NUMBER = Text(
    "(burgerservicenummer) - dat mag hier nooit in staan en wordt ook niet omgezet; verwijder "
    "alle burgerservicenummers uit het bestand",
    "(burgerservicenummer) - a citizen service number is never allowed here and is not turned "
    "into anything; remove all of them from the file",
)
_NAME_EXPECTED = Text(
    "verwacht: een voornaam en een achternaam in gewone letters, zonder cijfers of beschadigde "
    "letters; heeft iemand maar één naam, vul die dan bij allebei in",
    "expected: a given name and a surname in plain letters, without digits or damaged letters; "
    "for somebody with one name only, fill it in as both",
)
_DATE_EXPECTED = Text(
    f"verwacht: een geboortedatum zoals 31-12-1980, vanaf {FIRST_YEAR} en niet na vandaag; is de "
    "dag onbekend, dan 1 januari van het jaar",
    f"expected: a birth date such as 31-12-1980, from {FIRST_YEAR} on and not after today; if the "
    "day is unknown, 1 January of the year",
)


@dataclass(frozen=True)
class Pseudonymised:
    """What came of a file: counts, where it was written and the fingerprint of the key."""

    out: Path
    rows: int
    people: int
    initials: int
    first_of_january: int
    fingerprint: str

    def describe(self, language: str) -> str:
        """Return the result in sentences, in `language` ("nl" or "en")."""
        sentences = [
            Text(
                f"{self.out}: {self.rows} rijen, {self.people} verschillende pseudoniemen. "
                f"Vingerafdruk van de sleutel: {self.fingerprint}.",
                f"{self.out}: {self.rows} rows, {self.people} different pseudonyms. "
                f"Fingerprint of the key: {self.fingerprint}.",
            )
        ]
        if self.initials:
            sentences.append(
                Text(
                    f"Rijen met een voorletter in plaats van een voornaam: {self.initials}. Die "
                    "mensen worden niet herkend waar hun voornaam staat.",
                    f"Rows with an initial instead of a given name: {self.initials}. Those people "
                    "are not recognised where their given name is written.",
                )
            )
        if self.first_of_january:
            sentences.append(
                Text(
                    f"Rijen met 1 januari als geboortedag: {self.first_of_january}. Is dat omdat "
                    "de dag onbekend is, dan is de kans groter dat twee mensen één "
                    "pseudoniem krijgen.",
                    f"Rows with 1 January as birthday: {self.first_of_january}. If that is because "
                    "the day is unknown, two people are more likely to get one pseudonym.",
                )
            )
        return "\n".join(each.in_language(language) for each in sentences)


@dataclass(frozen=True)
class _Fault:
    row: int
    column: Text
    what: Text

    def sentence(self, file: str) -> Text:
        return Text(
            f"{file}, rij {self.row}, {self.column.nl}: {self.what.nl}.",
            f"{file}, row {self.row}, {self.column.en}: {self.what.en}.",
        )


def pseudonymise(
    path: Path,
    key_path: Path,
    today: datetime.date,
    out: Path | None = None,
    *,
    overwrite: bool = False,
) -> Pseudonymised:
    """Write `path` without names and birth dates, with a column pseudoniem before the others.

    The output has the form of the input (CSV or .xlsx) and lies beside it, unless `out` says
    otherwise; only its owner can read it. Raises DataAccessError, with rows and columns and never
    with what stands there, when anything is wrong; nothing is written then.
    """
    target = _target(path, key_path, out, overwrite=overwrite)
    secret = read_secret(key_path)
    lines = read_lines(path, _KNOWN)
    sheet = _Sheet(path, lines)
    sheet.refuse_if(list(sheet.citizen_numbers(today)))
    sheet.check_header()
    people, faults = sheet.people(today)
    sheet.refuse_if(faults)
    sheet.refuse_if(list(sheet.repeated(people)))
    key = stretched(secret)
    pseudonyms = [pseudonym(key, each.spelled, each.identity.born_on) for each in people]
    write_lines(target, sheet.without_people(pseudonyms), overwrite=overwrite)
    return Pseudonymised(
        target,
        rows=len(people),
        people=len(set(pseudonyms)),
        initials=sum(each.identity.has_initial for each in people),
        first_of_january=sum(each.on_first_of_january for each in people),
        fingerprint=fingerprint(key),
    )


@dataclass(frozen=True)
class _Person:
    spelled: tuple[str, str]
    identity: Identity

    @property
    def on_first_of_january(self) -> bool:
        born_on = self.identity.born_on
        return (born_on.day, born_on.month) == (1, 1)


class _Sheet:
    """The rows of a file, and what each of its columns is for."""

    def __init__(self, path: Path, lines: Sequence[Line]) -> None:
        self._path = path
        self._header = lines[0].texts if lines else []
        self._values = lines[0].values if lines else []
        self._head_row = lines[0].number if lines else 1
        self._rows = lines[1:]
        self._found = [header.casefold() for header in self._header]
        self._at = {each: self._found.index(each) for each in _KNOWN if each in self._found}
        self._others = [at for at, header in enumerate(self._found) if header not in _KNOWN]

    def refuse_if(self, faults: Sequence[_Fault]) -> None:
        """Raise a DataAccessError that lists the faults, if there are any."""
        if not faults:
            return
        sentences = [fault.sentence(self._path.name) for fault in faults[:FAULTS_SHOWN]]
        more = len(faults) - FAULTS_SHOWN
        if more > 0:
            sentences.append(Text(f"... en nog {more}.", f"... and {more} more."))
        sentences.append(Text("Er is niets geschreven.", "Nothing was written."))
        raise DataAccessError(
            "\n".join(each.nl for each in sentences), "\n".join(each.en for each in sentences)
        )

    def citizen_numbers(self, today: datetime.date) -> Iterator[_Fault]:
        """Yield each cell with a citizen service number, and each column that is meant for them."""
        for at, header in enumerate(self._header):
            if is_about_citizen_numbers(header) or holds_citizen_number(header):
                yield _Fault(self._head_row, self._column(at), _CITIZEN_NUMBER)
        for line in self._rows:
            for at, text in enumerate(line.texts):
                dated = "datum" in self._found[at] and _is_date(text, today)
                if not dated and holds_citizen_number(text):
                    yield _Fault(line.number, self._column(at), _CITIZEN_NUMBER)

    def check_header(self) -> None:
        """Raise DataAccessError unless there is one way to read a name, and a birth date.

        What else stands in the first row is not repeated: without a header it is a person.
        """
        parts = {_GIVEN, _SURNAME} <= self._at.keys()
        some_parts = bool({_GIVEN, _PARTICLE, _SURNAME} & self._at.keys())
        if _BORN not in self._at or parts == (_WHOLE in self._at) or (some_parts and not parts):
            raise DataAccessError(
                f"{self._path.name}: de eerste rij moet de kolom geboortedatum hebben, en de "
                "kolommen voornaam en achternaam (en tussenvoegsel, als dat apart staat), of in "
                "plaats daarvan de kolom naam. Er is niets geschreven.",
                f"{self._path.name}: the first row must have the column geboortedatum, and the "
                "columns voornaam and achternaam (and tussenvoegsel, if that stands apart), or "
                "instead of those the column naam. Nothing was written.",
            )
        self.refuse_if(list(self._header_faults()))
        if not self._rows:
            raise DataAccessError(
                f"{self._path.name} heeft geen rijen onder de eerste. Er is niets geschreven.",
                f"{self._path.name} has no rows below the first. Nothing was written.",
            )

    def _header_faults(self) -> Iterator[_Fault]:
        for at, header in enumerate(self._found):
            bare = re.sub(r"[\W_]", "", header)
            if header and header in self._found[:at]:
                what = Text("deze kolom mag er maar één keer zijn", "only one such column, please")
            elif bare == PSEUDONYM:
                what = Text(
                    "deze kolom maakt de opdracht zelf; verwijder hem",
                    "this column is made by the command; remove it",
                )
            elif header not in _KNOWN and bare in _OTHER_NAMES.split():
                what = Text(
                    "dit is een deel van de naam of geboortedatum; verwijder de kolom, of noem hem "
                    "voornaam, tussenvoegsel, achternaam of geboortedatum",
                    "this is part of the name or birth date; remove the column, or call it "
                    "voornaam, tussenvoegsel, achternaam or geboortedatum",
                )
            else:
                continue
            yield _Fault(self._head_row, self._column(at), what)

    def people(self, today: datetime.date) -> tuple[list[_Person], list[_Fault]]:
        """Return the person of each row, and the faults in names and birth dates."""
        people: list[_Person] = []
        faults: list[_Fault] = []
        name_at = self._at[_WHOLE] if _WHOLE in self._at else self._at[_SURNAME]
        for line in self._rows:
            born_on = person = None
            try:
                born_on = parse_birth_date(line.texts[self._at[_BORN]], today)
            except ValueError:
                column = self._column(self._at[_BORN])
                faults.append(_Fault(line.number, column, _DATE_EXPECTED))
            try:
                person = self._person(line, born_on or today)
            except ValueError:
                faults.append(_Fault(line.number, self._column(name_at), _NAME_EXPECTED))
            if person is not None:
                people.append(person)
        return people, faults

    def _person(self, line: Line, born_on: datetime.date) -> _Person:
        given, surname = self._name(line)
        particle = line.texts[self._at[_PARTICLE]] if _PARTICLE in self._at else ""
        identity = Identity.of(given, f"{particle} {surname}", born_on)
        return _Person(spelled_name(given, surname), identity)

    def _name(self, line: Line) -> tuple[str, str]:
        cells = [line.texts[self._at[each]] for each in self._at if each != _BORN]
        if not all(_may_be_a_name(cell) for cell in cells):
            raise ValueError("a name with other characters")
        if _WHOLE in self._at:
            return split_name(line.texts[self._at[_WHOLE]])
        return line.texts[self._at[_GIVEN]], line.texts[self._at[_SURNAME]]

    def repeated(self, people: Sequence[_Person]) -> Iterator[_Fault]:
        """Yield each other cell, of the header too, that tells who somebody is."""
        everybody = pairs_of(each.identity for each in people)
        for at in self._others:
            what = what_is_repeated(self._header[at], None, everybody)
            if what is not None:
                yield _Fault(self._head_row, _numbered(at), _expected(what))
        for line, person in zip(self._rows, people, strict=True):
            for at in self._others:
                what = what_is_repeated(line.texts[at], person.identity, everybody)
                if what is not None:
                    yield _Fault(line.number, self._column(at), _expected(what))

    def without_people(self, pseudonyms: Sequence[str]) -> list[list[Any]]:
        """Return the rows as they are to be written, with the header."""
        kept = [at for at in self._others if self._header[at] or self._is_filled(at)]
        rows: list[list[Any]] = [[PSEUDONYM, *(self._values[at] for at in kept)]]
        for line, each in zip(self._rows, pseudonyms, strict=True):
            rows.append([each, *(line.values[at] for at in kept)])
        return rows

    def _is_filled(self, at: int) -> bool:
        return any(line.texts[at] for line in self._rows)

    def _column(self, at: int) -> Text:
        """Return the name of a column, or its number when the name itself might tell who."""
        header = " ".join(self._header[at].split())
        tells = any(each.isdigit() for each in header) or not header or len(header) > 40
        # A first row without a date column may be a person instead of a header.
        if tells or _BORN not in self._at or not header.isprintable():
            return _numbered(at)
        return Text(f"kolom {header}", f"column {header}")


def _numbered(at: int) -> Text:
    return Text(f"kolom {at + 1}", f"column {at + 1}")


def _expected(what: Text) -> Text:
    return Text(f"verwacht: {what.nl}", f"expected: {what.en}")


def _may_be_a_name(cell: str) -> bool:
    return all(
        each.isalpha() or each in _IN_NAMES or unicodedata.category(each).startswith("M")
        for each in cell
    )


def _is_date(text: str, today: datetime.date) -> bool:
    try:
        parse_birth_date(text, today)
    except ValueError:
        return False
    return True


def _target(path: Path, key_path: Path, out: Path | None, *, overwrite: bool) -> Path:
    target = out or path.with_name(f"{path.stem}{SUFFIX}{path.suffix}")
    if target.suffix.lower() != path.suffix.lower():
        raise DataAccessError(
            f"De uitvoer heeft dezelfde vorm als de invoer: laat {target} eindigen op "
            f"'{path.suffix}'.",
            f"The output has the form of the input: let {target} end with '{path.suffix}'.",
        )
    for other in (path, key_path):
        if target.exists() and other.exists() and target.samefile(other):
            raise DataAccessError(
                f"{target} is zelf invoer en wordt niet overschreven. Kies met --out een andere "
                "naam.",
                f"{target} is input itself and is not overwritten. Choose another name with --out.",
            )
    if target.exists() and not overwrite:
        raise exists_already(target)
    return target
