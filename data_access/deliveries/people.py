"""What may not stand in for a person: a number or text that tells who somebody is.

A citizen service number (BSN) has nine digits that pass the "elfproef": 9, 8, 7, 6, 5, 4, 3, 2 and
-1 times its digits add up to a multiple of eleven. One in eleven numbers of nine digits does so by
chance. A spreadsheet drops a leading zero, so eight digits may be one too.
"""

import re
import unicodedata
from collections.abc import Iterator

CITIZEN_NUMBER = "(burgerservicenummer)"

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_EIGHT_DIGITS = re.compile(r"(?:[0-9][^0-9]{0,3}){8}")
# Digits with what people put between them. A letter, bracket, colon or plus ends a number.
_DIGIT_RUN = re.compile(r"[0-9]+(?:[^0-9A-Za-z+&;:=<>|()\[\]\"\\]{1,3}[0-9]+)*")
_DIGITS = re.compile("[0-9]+")
_YEAR = "(?:19|20)[0-9]{2}"
_NO_NUMBERS = (
    # Dates, also those that do not exist: their faults must show them.
    re.compile(
        rf"(?<![0-9])(?<![0-9][-./_])(?:{_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}"
        rf"|[0-9]{{1,2}}[-./][0-9]{{1,2}}[-./]{_YEAR})(?![-./_]?[0-9])"
    ),
    re.compile(r"(?<=[0-9]),[0-9]{1,2}(?![0-9,])"),
    # Hashes and UUIDs, and a pseudonym of a letter, half a hash and a check digit: p1a2b3c4d-5.
    re.compile(
        "(?<![0-9a-z])(?:[0-9a-f]{32,128}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
        "|[a-z][0-9a-f]{8}-[0-9])(?![0-9a-z])",
        re.IGNORECASE,
    ),
)
_OTHER_NUMBERS = (
    re.compile(f"{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"),
    re.compile(f"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2]){_YEAR}"),
    re.compile(f"{_YEAR}[^0-9]{{1,3}}(?:[0-9]{{4}}|0[0-9]{{4}})"),
)

_TOKEN = re.compile(r"[0-9A-Za-z]+")
_BARE_NUMBER = re.compile(r"[0-9]{8,10}")
_HEXADECIMAL = re.compile(r"[A-Za-z]?[a-f]{8,}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BIRTH_DATES = (
    re.compile(r"(?:19|20)[0-9]{2}[-._]?(?:0[1-9]|1[0-2])[-._]?(?:0[1-9]|[12][0-9]|3[01])"),
    re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])[-._]?(?:0?[1-9]|1[0-2])[-._]?(?:19|20)[0-9]{2}"),
)


def holds_citizen_number(text: str) -> bool:
    """Tell whether a citizen service number stands somewhere in `text`.

    Nine digits that pass the elfproef, or eight (a spreadsheet dropped the leading zero), in any
    alphabet, with signs between them or letters around them. Left alone are numbers that start
    with 00 (counters), dates, a year with a counter (2025-0123), hashes, UUIDs and pseudonyms of a
    letter with eight hexadecimal digits and a check digit (p1a2b3c4d-5).
    """
    return next(_citizen_numbers(text), None) is not None


def without_citizen_numbers(text: str) -> str:
    """Return `text` with CITIZEN_NUMBER in place of every citizen service number."""
    kept, end = [], 0
    for start, stop in _citizen_numbers(text):
        kept += [text[end:start], CITIZEN_NUMBER]
        end = stop
    return "".join([*kept, text[end:]])


def tells_who(text: str) -> bool:
    """Tell whether an identifier looks like an e-mail, citizen service or phone number.

    A number of 8 to 10 digits does, with or without separators, and so does a citizen service
    number with letters before it. A hash or UUID passes.
    """
    if "@" in text or _BARE_NUMBER.fullmatch(re.sub(r"[-._ ]", "", text)):
        return True
    if any(len(token) == 9 and token.isdigit() for token in _TOKEN.findall(text)):
        return True
    return holds_citizen_number(text)


def looks_like_birth_date(text: str) -> bool:
    """Tell whether `text` is a date of birth, with or without letters before it."""
    bare = text.lstrip(_LETTERS).lstrip("-._")
    return any(pattern.fullmatch(bare) for pattern in _BIRTH_DATES)


def looks_like_name(text: str) -> bool:
    """Tell whether `text` has no digit: then it may be a name, unless it is a chance hash."""
    has_digit = any(character.isdigit() for character in text)
    return not has_digit and _HEXADECIMAL.fullmatch(text) is None


def _citizen_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where citizen service numbers begin and end, from left to right."""
    plain = text if text.isascii() else "".join(map(_ascii_digit, text))
    if not _EIGHT_DIGITS.search(plain):
        return
    for pattern in _NO_NUMBERS:
        plain = pattern.sub(lambda found: "x" * len(found[0]), plain)
    for run in _DIGIT_RUN.finditer(plain):
        parts = [(each.start(), each.end()) for each in _DIGITS.finditer(plain, *run.span())]
        first = 0
        while first < len(parts):
            last = _last_part(plain, parts, first)
            if last is None:
                first += 1
            else:
                yield parts[first][0], parts[last][1]
                first = last + 1


def _last_part(plain: str, parts: list[tuple[int, int]], first: int) -> int | None:
    digits = ""
    for last in range(first, len(parts)):
        digits += plain[slice(*parts[last])]
        if len(digits) > len(_WEIGHTS):
            return None
        # Eight digits in the middle of a longer number are a part of a phone number or account.
        alone = first == last or (first == 0 and last == len(parts) - 1)
        written = plain[parts[first][0] : parts[last][1]]
        if (len(digits) == 9 or (len(digits) == 8 and alone)) and is_citizen_number(
            digits.zfill(9)
        ):
            if any(pattern.fullmatch(written) for pattern in _OTHER_NUMBERS):
                return None
            return last
    return None


def is_citizen_number(digits: str) -> bool:
    """Tell whether nine digits pass the elfproef; those that begin with 00 are counters."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
    # Citizen service numbers as low as 00... were never given out: those are counters.
    return total % 11 == 0 and not digits.startswith("00")


def _ascii_digit(character: str) -> str:
    digit = unicodedata.digit(character, None)
    return character if digit is None else str(digit)
