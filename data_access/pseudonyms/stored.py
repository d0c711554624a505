"""The second step, at load: what the register keeps instead of a delivered pseudonym.

A supplier makes a pseudonym with the key that its domain shares. The
register keeps an HMAC of that with the gemeente's key, so that someone who holds a supplier's key
and a copy of the register still cannot look anybody up, and the registers of two gemeenten cannot
be put side by side.
"""

import hashlib
import hmac

SHORTEST_KEY = 16

_STORED = b"wijkbedrijven: stored pseudonym, version 1"
_FINGERPRINT = b"wijkbedrijven: fingerprint of a key, version 1"
_LENGTH_BYTES = 8


def stored_pseudonym(key: bytes, gemeente: str, domain: str, pseudonym: str) -> str:
    """Return what the register keeps for a delivered pseudonym: 64 hexadecimal digits.

    HMAC-SHA-256 (RFC 2104) over a fixed label and the three parts in UTF-8, each with its length
    before it: ("a", "bc", ..) and ("ab", "c", ..) differ. Capitals count, as they do in deliveries.
    Raises ValueError when the key has fewer than SHORTEST_KEY bytes.
    """
    parts = (part.encode() for part in (gemeente, domain, pseudonym))
    return _hmac(key, _STORED, *parts).hex()


def fingerprint(key: bytes) -> str:
    """Return 16 hexadecimal digits that tell keys apart and tell nothing about a key itself.

    The beginning of an HMAC-SHA-256 of a label that no pseudonym is ever made with. Raises
    ValueError when the key has fewer than SHORTEST_KEY bytes.
    """
    return _hmac(key, _FINGERPRINT).hex()[:16]


def length_prefixed(*parts: bytes) -> bytes:
    """Return the parts as one message, each after its length, so that no two lists look alike."""
    return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in parts)


def _hmac(key: bytes, *parts: bytes) -> bytes:
    if len(key) < SHORTEST_KEY:
        # The number only: a key must not end up in a message.
        raise ValueError(f"a key of {len(key)} bytes; at least {SHORTEST_KEY} are needed")
    return hmac.digest(key, length_prefixed(*parts), hashlib.sha256)
