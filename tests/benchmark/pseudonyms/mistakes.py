"""How a name or birth date is written differently by two organisations: kinds and their rates.

The rates are assumptions, stated so that a reader can put in other ones; the share of missed
matches within one kind does not depend on them.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from tests.benchmark.pseudonyms.people import Person, Record

Change = Callable[[Person, Record, Random], Record | None]

_BESIDE = "sq vn xv sf wr dg fh gj uo hk jl k nk bm ip o wa et ad ry yi cb qe zc tu x"
_NEIGHBOURS = dict(zip("abcdefghijklmnopqrstuvwxyz", _BESIDE.split(), strict=True))
_SHORT = {
    "van der": ("v.d.", "v/d", "vd", "v.d", "Van der", "van de"),
    "van den": ("v.d.", "v/d", "vd", "v.d", "Van den", "van de"),
    "van de": ("v.d.", "v/d", "vd", "v.d", "Van de", "van der"),
    "van": ("v.", "v", "Van"),
    "de": ("d.", "De"),
    "in 't": ("in t", "in het", "In 't"),
    "'t": ("t", "het", "’t"),
    "d'": ("D'", "d’"),
    "ter": ("Ter", "te"),
    "el": ("El", "al"),
}
# How names that were only heard get written; the last ten are not undone by any spelling.
_HEARD = (
    "ss>s s>ss mm>m m>mm nn>n n>nn tt>t c>k k>c k>ck th>t t>th ie>y y>ie i>ie ph>f f>v v>f z>s "
    "s>z ei>ij ij>ei ou>au x>ks d>dt ah>a a>ah oe>u u>oe e>i g>j o>u sj>sh ai>aa ou>oe eu>u y>j"
)


@dataclass(frozen=True)
class Mistake:
    """A kind of difference, how often it occurs where it can, and how it is made.

    `change` returns None where it cannot occur: no accent to leave out, no tussenvoegsel.
    """

    name: str
    rate: float
    change: Change


def _in_a_name(edit: Callable[[str, Random], str | None]) -> Change:
    """Make a change of letters in the given name or the surname, by chance."""

    def change(_person: Person, record: Record, random: Random) -> Record | None:
        if random.random() < 0.5:
            given = edit(record.given, random)
            return None if given is None else replace(record, given=given)
        surname = edit(record.surname, random)
        return None if surname is None else replace(record, surname=surname)

    return change


def _transposed(name: str, random: Random) -> str | None:
    places = [
        at for at in range(len(name) - 1)
        if name[at : at + 2].isalpha() and name[at].lower() != name[at + 1].lower()
    ]  # fmt: skip
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _missing(name: str, random: Random) -> str | None:
    at = random.randrange(len(name))
    return name[:at] + name[at + 1 :] if len(name) > 2 and name[at].isalpha() else None


def _doubled(name: str, random: Random) -> str | None:
    at = random.randrange(len(name))
    return name[: at + 1] + name[at].lower() + name[at + 1 :] if name[at].isalpha() else None


def _neighbour(name: str, random: Random) -> str | None:
    places = [at for at in range(len(name)) if name[at].lower() in _NEIGHBOURS]
    if not places:
        return None
    at = random.choice(places)
    return name[:at] + random.choice(_NEIGHBOURS[name[at].lower()]) + name[at + 1 :]


def _heard(name: str, random: Random) -> str | None:
    pairs = [pair.split(">") for pair in _HEARD.split()]
    possible = [(old, new) for old, new in pairs if old in name[1:]]
    if not possible:
        return None
    old, new = random.choice(possible)
    places = [at for at in range(1, len(name)) if name.startswith(old, at)]
    at = random.choice(places)
    return name[:at] + new + name[at + len(old) :]


def _bare(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if not unicodedata.combining(each))


def _unaccented(_person: Person, record: Record, _random: Random) -> Record | None:
    bare = replace(record, given=_bare(record.given), surname=_bare(record.surname))
    return None if bare == record else bare


def _capitals(_person: Person, record: Record, _random: Random) -> Record:
    return replace(record, given=record.given.upper(), surname=record.surname.upper())


def _y_for_ij(_person: Person, record: Record, _random: Random) -> Record | None:
    def swapped(name: str) -> str:
        return name.replace("ij", "y").replace("IJ", "Y")

    changed = replace(record, given=swapped(record.given), surname=swapped(record.surname))
    return None if changed == record else changed


def _blank_for_hyphen(_person: Person, record: Record, _random: Random) -> Record | None:
    def apart(name: str) -> str:
        return name.replace("-", " ")

    changed = replace(record, given=apart(record.given), surname=apart(record.surname))
    return None if changed == record else changed


def _otherwise_abbreviated(_person: Person, record: Record, random: Random) -> Record | None:
    forms = _SHORT.get(record.tussenvoegsel)
    return None if forms is None else replace(record, tussenvoegsel=random.choice(forms))


def _no_tussenvoegsel(_person: Person, record: Record, _random: Random) -> Record | None:
    return replace(record, tussenvoegsel="") if record.tussenvoegsel else None


def _first_given_name_only(_person: Person, record: Record, _random: Random) -> Record | None:
    first, *others = record.given.split(" ")
    return replace(record, given=first) if others else None


def _initial(_person: Person, record: Record, _random: Random) -> Record:
    return replace(record, given=f"{record.given[0]}.")


def _partner_before_own(person: Person, record: Record, _random: Random) -> Record | None:
    if not person.woman:
        return None
    tussenvoegsel, partner = person.partner
    own = f"{record.tussenvoegsel} {record.surname}".strip()
    return replace(record, tussenvoegsel=tussenvoegsel, surname=f"{partner}-{own}")


def _partner_only(person: Person, record: Record, _random: Random) -> Record | None:
    if not person.woman:
        return None
    return replace(record, tussenvoegsel=person.partner[0], surname=person.partner[1])


def _day_for_month(_person: Person, record: Record, _random: Random) -> Record | None:
    year, month, day = record.born_on.split("-")
    possible = int(day) <= 12 and day != month
    return replace(record, born_on=f"{year}-{day}-{month}") if possible else None


def _wrong_digit(_person: Person, record: Record, random: Random) -> Record:
    """Type one other digit; what is no date, or lies in the future, would have been noticed."""
    while True:
        at = random.choice([2, 3, 5, 6, 8, 9])
        typed = record.born_on[:at] + random.choice("0123456789") + record.born_on[at + 1 :]
        if typed != record.born_on and _is_possible(typed):
            return replace(record, born_on=typed)


def _is_possible(day: str) -> bool:
    if re.fullmatch(r"(?:19[2-9]|20[01])\d-\d\d-\d\d", day) is None:
        return False
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return True


# In the order in which they are made: the letters last, so that a slip may fall in any form.
MISTAKES = (
    Mistake("second given name left out", 0.50, _first_given_name_only),
    Mistake("initial instead of given name", 0.02, _initial),
    Mistake("partner's name before own (A-B)", 0.04, _partner_before_own),
    Mistake("partner's name instead of own", 0.02, _partner_only),
    Mistake("tussenvoegsel written otherwise", 0.25, _otherwise_abbreviated),
    Mistake("tussenvoegsel left out", 0.03, _no_tussenvoegsel),
    Mistake("blank for a hyphen", 0.10, _blank_for_hyphen),
    Mistake("accent left out", 0.50, _unaccented),
    Mistake("y for ij", 0.10, _y_for_ij),
    Mistake("written as it sounds", 0.01, _in_a_name(_heard)),
    Mistake("two letters swapped", 0.005, _in_a_name(_transposed)),
    Mistake("letter missing", 0.005, _in_a_name(_missing)),
    Mistake("letter doubled", 0.005, _in_a_name(_doubled)),
    Mistake("neighbouring key", 0.005, _in_a_name(_neighbour)),
    Mistake("all in capitals", 0.03, _capitals),
    Mistake("day and month swapped", 0.003, _day_for_month),
    Mistake("wrong digit in the date", 0.005, _wrong_digit),
)

# What a supplier prevents by asking for the name as it stands in the passport.
AVOIDABLE = frozenset({"initial instead of given name", "partner's name instead of own"})


def written_down(person: Person, random: Random) -> tuple[Record, list[str]]:
    """Return the person as an organisation writes them down, and the kinds of mistakes made."""
    record = person.record
    made = []
    for mistake in MISTAKES:
        if random.random() >= mistake.rate:
            continue
        changed = mistake.change(person, record, random)
        if changed is not None and changed != record:
            record = changed
            made.append(mistake.name)
    return record, made
