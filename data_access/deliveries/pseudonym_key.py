"""The gemeente's key with which the register keeps pseudonyms: found, made once, never changed.

With another key the same person would become another one, so a register refuses it.
"""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, insert, select

from data_access import register, settings
from data_access.errors import DataAccessError
from data_access.pseudonyms.stored import fingerprint
from indicators.vocabulary import Text

KEY_BYTES = 32
_HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2})+")
_BASE64 = re.compile(r"[0-9A-Za-z+/_-]+={0,2}")


@dataclass(frozen=True)
class PseudonymKey:
    """A key, and the file it comes from or is to be kept in; None when it is a setting.

    `made_now`: the file is not there yet (see :func:`write_key`).
    """

    value: bytes
    file: Path | None
    made_now: bool


def find_key(connection: Connection, gemeenten: Collection[str]) -> PseudonymKey:
    """Return the key for the people of these gemeenten; a new one when the register has nobody.

    Raises DataAccessError when the key is too short, cannot be read, is missing, or is not the one
    with which the register was made.
    """
    stored = _fingerprints(connection)
    key = key_or_new()
    if key.made_now:
        if stored:
            raise _missing()
        return key
    mine = fingerprint(key.value)
    if any(stored.get(gemeente, mine) != mine for gemeente in gemeenten):
        raise _another()
    return key


def key_or_new() -> PseudonymKey:
    """Return the key of the setting or the file; a new one, not written yet, when there is none.

    Raises DataAccessError when it is too short or cannot be read.
    """
    file = settings.pseudonym_key_file()
    known = _from_setting() or _from_file(file)
    return known or PseudonymKey(secrets.token_bytes(KEY_BYTES), file, True)


def write_key(key: PseudonymKey) -> None:
    """Write a key that was made now to its file, before anything made with it is stored.

    Raises DataAccessError when the file cannot be written.
    """
    if key.made_now and key.file is not None:
        _write(key.file, key.value)


def remember_key(connection: Connection, key: PseudonymKey, gemeenten: Collection[str]) -> None:
    """Remember the fingerprint of the key for those gemeenten that have none yet."""
    new = sorted(set(gemeenten) - _fingerprints(connection).keys())
    rows = [{"gemeente_code": each, "fingerprint": fingerprint(key.value)} for each in new]
    if rows:
        connection.execute(insert(register.pseudonym_key), rows)


def advice_on_file(file: Path) -> Text:
    """Return what to tell whoever keeps a register that depends on a key in a file."""
    return Text(
        f"De sleutel waarmee pseudoniemen worden bewaard staat in {file}. Maak er een "
        "reservekopie van, bewaar die apart van de database en deel haar met niemand: zonder deze "
        "sleutel kan dit register geen mensen meer herkennen.",
        f"The key with which pseudonyms are kept is in {file}. Make a backup of it, keep that "
        "apart from the database and share it with nobody: without this key this register can "
        "recognise people no longer.",
    )


def parse_key(written: str) -> bytes:
    """Return the bytes of a key: hexadecimal, base64, or else the text itself in UTF-8.

    Raises DataAccessError when it has fewer than KEY_BYTES bytes.
    """
    value = written.encode()
    if _HEXADECIMAL.fullmatch(written):
        value = bytes.fromhex(written)
    elif _BASE64.fullmatch(written):
        try:
            padded = written.rstrip("=") + "=" * (-len(written.rstrip("=")) % 4)
            value = base64.urlsafe_b64decode(padded.replace("+", "-").replace("/", "_"))
        except binascii.Error:
            value = written.encode()
    if len(value) < KEY_BYTES:
        raise DataAccessError(
            f"PSEUDONYM_KEY is te kort: {len(value)} bytes, en er zijn er minstens {KEY_BYTES} "
            'nodig. Maak een sleutel met: python -c "import secrets; '
            'print(secrets.token_hex(32))".',
            f"PSEUDONYM_KEY is too short: {len(value)} bytes, and at least {KEY_BYTES} are needed. "
            'Make a key with: python -c "import secrets; print(secrets.token_hex(32))".',
        )
    return value


def _fingerprints(connection: Connection) -> dict[str, str]:
    c = register.pseudonym_key.c
    rows = connection.execute(select(c.gemeente_code, c.fingerprint))
    return {str(gemeente): str(kept) for gemeente, kept in rows}


def _from_setting() -> PseudonymKey | None:
    written = settings.pseudonym_key()
    return PseudonymKey(parse_key(written), None, False) if written else None


def _from_file(file: Path) -> PseudonymKey | None:
    try:
        written = file.read_text(encoding="ascii").strip()
        value = bytes.fromhex(written)
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        value = b""
    if len(value) < KEY_BYTES:
        raise DataAccessError(
            f"De sleutel in {file} is niet te lezen of beschadigd; er is niets veranderd. "
            "Controleer de rechten, of zet de reservekopie van dit bestand terug.",
            f"The key in {file} cannot be read or is damaged; nothing has changed. Check the "
            "permissions, or put the backup of this file back.",
        )
    return PseudonymKey(value, file, False)


def _write(file: Path, value: bytes) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Exclusively: two loads at once must not end up with two keys.
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(value.hex().encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise DataAccessError(
            f"De sleutel voor pseudoniemen kan niet worden bewaard in {file} ({error.strerror}); "
            "er is niets geladen. Controleer de rechten, of kies een sleutel met PSEUDONYM_KEY.",
            f"The key for pseudonyms cannot be kept in {file} ({error.strerror}); nothing was "
            "loaded. Check the permissions, or choose a key with PSEUDONYM_KEY.",
        ) from error


def _another() -> DataAccessError:
    return DataAccessError(
        "Dit register is gemaakt met een andere sleutel voor pseudoniemen: met deze zou iedereen "
        "een ander worden. Er is niets geladen. Gebruik de eerdere PSEUDONYM_KEY, of zet het "
        f"eerdere bestand {settings.pseudonym_key_file().name} terug.",
        "This register was made with another key for pseudonyms: with this one everybody would "
        "become somebody else. Nothing was loaded. Use the earlier PSEUDONYM_KEY, or put the "
        f"earlier file {settings.pseudonym_key_file().name} back.",
    )


def _missing() -> DataAccessError:
    file = settings.pseudonym_key_file()
    return DataAccessError(
        "Dit register is gemaakt met een sleutel voor pseudoniemen die hier niet is; er is niets "
        f"geladen. Zet PSEUDONYM_KEY, of zet de reservekopie van {file} terug.",
        "This register was made with a key for pseudonyms that is not here; nothing was loaded. "
        f"Set PSEUDONYM_KEY, or put the backup of {file} back.",
    )
