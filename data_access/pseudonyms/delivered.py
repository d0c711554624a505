"""The first step, on the supplier's machine: name and birth date become a pseudonym."""

import datetime
import hashlib
import hmac

from data_access.pseudonyms.stored import length_prefixed

# "p-", the version of the spelling, and 128 bits. The version is what makes every pseudonym one
# that deliveries accept: it is a digit, and with it the part after the hyphen is 33 characters
# that begin with a digit: no birth date, phone or citizen service number has that shape.
_VERSION = "1"
_DIGITS = 32
_LABEL = b"wijkbedrijven: pseudonym of name and birth date"


def pseudonym(key: bytes, spelled: tuple[str, str], born_on: datetime.date) -> str:
    """Return the pseudonym of a person: "p-1" and 32 hexadecimal digits.

    The first 128 bits of HMAC-SHA-256 (RFC 2104) over a label with the version, the name as
    `spelling.spelled_name` returns it and the ISO date, each in UTF-8 with its length before it.
    `key` is what `keys.stretched` returns.
    """
    parts = (_VERSION, *spelled, born_on.isoformat())
    message = length_prefixed(_LABEL, *(part.encode() for part in parts))
    return f"p-{_VERSION}{hmac.digest(key, message, hashlib.sha256).hex()[:_DIGITS]}"
