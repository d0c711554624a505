"""A gemeente's secret, from which its thresholds are drawn: how it is written, made and told apart.

Written as wbk1-<43 characters of base64url>-<8 hexadecimal digits>: 32 random bytes and the
beginning of a SHA-256 over all that stands before it. A key that was cut off or mistyped would
silently draw other thresholds, so only what carries the right checksum is a key.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from data_access.errors import PublishRefused

KEY_BYTES = 32

_VERSION = "wbk1"
_CHECKSUM_DIGITS = 8
_FINGERPRINT = b"wijkbedrijven: fingerprint of a disclosure key, version 1"


@dataclass(frozen=True, repr=False)
class DrawingKey:
    """The secret from which a gemeente's thresholds are drawn, and the epoch it belongs to.

    Without a representation of its own: a secret must not end up in a log.
    """

    secret: bytes
    epoch: int


def new_key() -> str:
    """Return a new key, as it is written."""
    return written_key(secrets.token_bytes(KEY_BYTES))


def written_key(secret: bytes) -> str:
    """Return a secret of KEY_BYTES bytes as it is written. Raises ValueError for another length."""
    if len(secret) != KEY_BYTES:
        # The number only: a key must not end up in a message.
        raise ValueError(f"a secret of {len(secret)} bytes; {KEY_BYTES} are needed")
    body = f"{_VERSION}-{base64.urlsafe_b64encode(secret).decode().rstrip('=')}"
    return f"{body}-{hashlib.sha256(body.encode()).hexdigest()[:_CHECKSUM_DIGITS]}"


def parse_key(written: str, setting: str) -> bytes:
    """Return the secret of a written key; `setting` is the name of the setting that holds it.

    Raises PublishRefused, which never quotes what is written, for anything but a whole key.
    """
    body = written.removeprefix(f"{_VERSION}-").rpartition("-")[0]
    try:
        secret = base64.b64decode(f"{body}=".encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        secret = b""
    # Written anew it must be the same: this checks version, alphabet, length and checksum at once.
    if len(secret) != KEY_BYTES or not hmac.compare_digest(
        written_key(secret).encode(), written.encode()
    ):
        raise PublishRefused(
            f"Wat in {setting} staat is geen hele sleutel: er ontbreekt iets of er is iets "
            "vertypt. Neem haar opnieuw over, of maak een nieuwe met 'python -m data_access key'.",
            f"What is in {setting} is not a whole key: something is missing or mistyped. Copy it "
            "again, or make a new one with 'python -m data_access key'.",
        )
    return secret


def fingerprint(secret: bytes) -> str:
    """Return 64 hexadecimal digits that tell secrets apart and tell nothing about a secret itself.

    The same for every gemeente, so that one secret for two gemeenten is found.
    """
    return hmac.digest(secret, _FINGERPRINT, hashlib.sha256).hex()
