"""Ways to normalise a name before it is hashed, from none to by sound. The product uses one."""

import re
from collections.abc import Callable

from data_access.pseudonyms.spelling import (
    TUSSENVOEGSELS,
    first_and_last_word,
    spelled_name,
    words,
)
from tests.benchmark.pseudonyms.people import Record

Spelling = Callable[[Record], tuple[str, str]]

# What is left of a tussenvoegsel when v.d. must equal both van de, van der and van den.
_CLASSES = {
    "van": "v", "v": "v", "de": "d", "d": "d", "der": "d", "den": "d", "vd": "v d",
    "het": "t", "t": "t", "te": "t", "ter": "t", "ten": "t", "in": "in",
}  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")


def as_written(record: Record) -> tuple[str, str]:
    """Change nothing."""
    return record.given, f"{record.tussenvoegsel} {record.surname}".strip()


def plain_letters(record: Record) -> tuple[str, str]:
    """No accents, capitals, hyphens and apostrophes; y for ij."""
    given, surname = as_written(record)
    return " ".join(words(given)), " ".join(words(surname))


def tussenvoegsels_alike(record: Record) -> tuple[str, str]:
    """Plain letters, and one form for van de, van der, v.d. and so on."""
    given, surname = plain_letters(record)
    return given, " ".join(_CLASSES.get(word, word) for word in surname.split())


def no_tussenvoegsels(record: Record) -> tuple[str, str]:
    """Plain letters without any tussenvoegsel."""
    given, surname = plain_letters(record)
    return given, " ".join(word for word in surname.split() if word not in TUSSENVOEGSELS)


def first_and_last(record: Record) -> tuple[str, str]:
    """First given name and last word of the surname, in plain letters."""
    return first_and_last_word(record.given, record.surname)


def doubled_once(record: Record) -> tuple[str, str]:
    """First and last word, with one letter for two of the same."""
    given, surname = first_and_last(record)
    return _DOUBLED.sub(r"\1", given), _DOUBLED.sub(r"\1", surname)


def by_sound(record: Record) -> tuple[str, str]:
    """First and last word, with one letter for what sounds alike: what the product does."""
    return spelled_name(record.given, record.surname)


def initial_only(record: Record) -> tuple[str, str]:
    """By sound, with the first letter instead of the given name, so that J. is Jan and Johan."""
    # The letter as written: by sound the Z of Zoë would be an S, and that of "Z." would not.
    given, _ = first_and_last(record)
    return given[0], by_sound(record)[1]


SPELLINGS: dict[str, Spelling] = {
    "as written": as_written,
    "plain letters": plain_letters,
    "tussenvoegsels alike": tussenvoegsels_alike,
    "tussenvoegsels left out": no_tussenvoegsels,
    "first and last word": first_and_last,
    "idem, doubled letters once": doubled_once,
    "idem, by sound": by_sound,
    "idem, initial only": initial_only,
}
