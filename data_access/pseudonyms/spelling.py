"""One spelling for the ways in which a person's name is written.

What is kept is the first word of the given names and the last word of the surname, in plain small
letters, with one letter for what sounds alike in Dutch. Measured against other ways in
`tests.benchmark.pseudonyms`; docs/decisions/0008 says what was gained and given up. Whatever is
changed here gives people another pseudonym, so it asks for another version in `delivered`.
"""

import re
import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_APOSTROPHES = re.compile("['’‘`´ʼʻ]")
_DIGIT = re.compile(r"\d")
_TITLES = re.compile(
    r"\b(?:(?:de heer|mevrouw|(?:dhr|hr|mevr|mw|mej)\b\.?|(?:prof|drs|dr|ing|ir|mr)\.)\s*)+(?=\w)",
    re.IGNORECASE,
)
_TUSSENVOEGSELS = (
    "aan by d de den der des het in la le op over s t te ten ter tot uit v van vd vande vanden "
    "vander vdr von voor"
)
TUSSENVOEGSELS = frozenset(_TUSSENVOEGSELS.split())
_GENERATIONS = frozenset({"jr", "sr"})
_AFTER_SURNAME = TUSSENVOEGSELS | _GENERATIONS
# In this order. Only what a Dutch ear does not tell apart, and letters that are often doubled.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("sch(?=$|s)", "s"),
        ("ck|q", "k"),
        ("c(?=[eiy])", "s"),
        ("c(?!h)", "k"),
        ("ch", "g"),
        ("(?<=.)h", ""),
        ("dt|d(?=$)", "t"),
        ("b(?=$)", "p"),
        ("v", "f"),
        ("z", "s"),
        ("x", "ks"),
        ("ei|ey", "y"),
        ("ou", "au"),
        ("ie|j|y", "i"),
        (r"(.)\1+", r"\1"),
    )
)


def letters(text: str) -> str:
    """Return the text in small letters without accents, and with y for ij; the rest is kept."""
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    bare = "".join(
        character
        for character in unicodedata.normalize("NFKD", folded)
        if not unicodedata.category(character).startswith("M")
    )
    return bare.replace("ij", "y")


def words(text: str) -> list[str]:
    """Return the words of a text as `letters` writes them; all that is no letter separates."""
    return "".join(each if each.isalpha() else " " for each in letters(text)).split()


def spelled_name(given: str, surname: str) -> tuple[str, str]:
    """Return `first_and_last_word` as they sound; one letter (an initial) stays as it is."""
    first, last = first_and_last_word(given, surname)
    return _sound(first), _sound(last)


def first_and_last_word(given: str, surname: str) -> tuple[str, str]:
    """Return the first word of the given names and the last word of the surname, in `letters`.

    Tussenvoegsels, further given names, a partner's name before a hyphen, titles and "jr" have no
    influence. Raises ValueError, without the name, when one of the two has no letters or has
    digits.
    """
    if _DIGIT.search(given) or _DIGIT.search(surname):
        raise ValueError("digits in a name")
    first = words(_APOSTROPHES.sub("", _TITLES.sub("", given.strip(), count=1)))
    last = words(surname.split(",")[0])
    while len(last) > 1 and last[-1] in _GENERATIONS:
        last.pop()
    # A surname may itself be such a word ("de Den"): then its last word is the name.
    if not _AFTER_SURNAME.issuperset(last):
        while last[-1] in _AFTER_SURNAME:
            last.pop()
    if not first or not last:
        raise ValueError("a name needs a given name and a surname")
    return first[0], last[-1]


def split_name(whole: str) -> tuple[str, str]:
    """Return (given names, surname) of a name in one cell: "Jan de Vries" or "Vries, Jan de".

    The same person written in separate columns gets the same `spelled_name`. Raises ValueError,
    without the name, when there is one word only.
    """
    before, comma, after = whole.partition(",")
    if comma and not _only_generations(after):
        return _without_leading_tussenvoegsels(after), before
    bare = _TITLES.sub("", before.strip(), count=1)
    # The first word ends at a blank, or at the dot of an initial ("J.de Vries").
    found = re.match(r"([^\s.]+\.?)(.*)", bare, re.DOTALL)
    if found is None or not words(found[2]):
        raise ValueError("a name needs a given name and a surname")
    return found[1], found[2]


def _sound(word: str) -> str:
    if len(word) == 1:
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _only_generations(text: str) -> bool:
    found = words(text)
    return bool(found) and _GENERATIONS.issuperset(found)


def _without_leading_tussenvoegsels(text: str) -> str:
    """Drop the "de" of "Vries, de, Jan"; a single letter may be an initial and stays.

    Of nothing but such words the first is a given name: "Vries, Den de".
    """
    parts = text.replace(",", " ").split()
    if all(map(_is_long_tussenvoegsel, parts)):
        return " ".join(parts)
    at = 0
    while at < len(parts) - 1 and _is_long_tussenvoegsel(parts[at]):
        at += 1
    return " ".join(parts[at:])


def _is_long_tussenvoegsel(part: str) -> bool:
    found = words(part)
    return len(found) == 1 and len(found[0]) > 1 and found[0] in TUSSENVOEGSELS
