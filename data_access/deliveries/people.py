"""What may not stand in for a person: a number or text that tells who somebody is."""

import re

_TOKEN = re.compile(r"[0-9A-Za-z]+")
_CITIZEN_NUMBER = re.compile(r"[A-Za-z]*[0-9]{9}[A-Za-z]*")
_HEXADECIMAL = re.compile(r"[A-Za-z]?[a-f]{8,}")
_SHORT_NUMBER = re.compile(r"[0-9]{8,10}")
_BIRTH_DATES = (
    re.compile(r"(?:19|20)[0-9]{2}[-._]?(?:0[1-9]|1[0-2])[-._]?(?:0[1-9]|[12][0-9]|3[01])"),
    re.compile(r"(?:0?[1-9]|[12][0-9]|3[01])[-._]?(?:0?[1-9]|1[0-2])[-._]?(?:19|20)[0-9]{2}"),
)


def tells_who(text: str) -> bool:
    """Tell whether `text` looks like a citizen service number, phone number or e-mail address.

    A hash or UUID passes: only whole parts between separators count.
    """
    if "@" in text:
        return True
    if any(_CITIZEN_NUMBER.fullmatch(token) for token in _TOKEN.findall(text)):
        return True
    digits = re.sub(r"[-._ ]", "", text)
    return _SHORT_NUMBER.fullmatch(digits) is not None


def looks_like_birth_date(text: str) -> bool:
    """Tell whether `text` as a whole is a date of birth, with or without letters before it."""
    bare = text.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz").lstrip("-._")
    return any(pattern.fullmatch(bare) for pattern in _BIRTH_DATES)


def looks_like_name(text: str) -> bool:
    """Tell whether `text` has no digit: then it may be a name, unless it is a chance hash."""
    has_digit = any(character.isdigit() for character in text)
    return not has_digit and _HEXADECIMAL.fullmatch(text) is None
