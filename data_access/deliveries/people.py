"""What may not stand in for a person: a number or text that tells who somebody is."""

import re

_TOKEN = re.compile(r"[0-9A-Za-z]+")
_NINE_DIGITS_AFTER_LETTERS = re.compile(r"[A-Za-z]+([0-9]{9})")
_BARE_NUMBER = re.compile(r"[0-9]{8,10}")
_HEXADECIMAL = re.compile(r"[A-Za-z]?[a-f]{8,}")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BIRTH_DATES = (
    re.compile(r"(?:19|20)[0-9]{2}[-._]?(?:0[1-9]|1[0-2])[-._]?(?:0[1-9]|[12][0-9]|3[01])"),
    re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])[-._]?(?:0?[1-9]|1[0-2])[-._]?(?:19|20)[0-9]{2}"),
)


def tells_who(text: str) -> bool:
    """Tell whether an identifier looks like an e-mail, citizen service or phone number.

    A number of 8 to 10 digits does, with or without separators, and so does a citizen service
    number with letters before it. A hash or UUID passes.
    """
    if "@" in text or _BARE_NUMBER.fullmatch(re.sub(r"[-._ ]", "", text)):
        return True
    tokens = _TOKEN.findall(text)
    if any(len(token) == 9 and token.isdigit() for token in tokens):
        return True
    numbered = (_NINE_DIGITS_AFTER_LETTERS.fullmatch(token) for token in tokens)
    return any(found is not None and is_citizen_number(found[1]) for found in numbered)


def looks_like_birth_date(text: str) -> bool:
    """Tell whether `text` is a date of birth, with or without letters before it."""
    bare = text.lstrip(_LETTERS).lstrip("-._")
    return any(pattern.fullmatch(bare) for pattern in _BIRTH_DATES)


def looks_like_name(text: str) -> bool:
    """Tell whether `text` has no digit: then it may be a name, unless it is a chance hash."""
    has_digit = any(character.isdigit() for character in text)
    return not has_digit and _HEXADECIMAL.fullmatch(text) is None


def is_citizen_number(digits: str) -> bool:
    """Test nine digits as a citizen service number (the "elfproef"); low numbers are counters."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and not digits.startswith("00")
