"""The secret of a pseudonymisation domain: the file it lies in, and the key stretched from it.

The organisations that share a key file give one person the same pseudonym. Whoever holds the file
can find the person behind a pseudonym by trying names and dates, so it stays with the suppliers;
the gemeente, which gets the pseudonyms, must never have it.
"""

import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path

from data_access.errors import DataAccessError
from indicators.vocabulary import Text

KEY_BYTES = 32
SHORTEST_PASSPHRASE = 20
FEWEST_CHARACTERS = 8
# scrypt (RFC 7914): 128 x N x r bytes = 128 MiB, about a second. Once per run, but also once
# for each passphrase that somebody tries.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
SCRYPT_SALT = b"wijkbedrijven: key of a pseudonymisation domain, version 1"

_MADE = "wijkbedrijven-sleutel-1:"
_MADE_DIGITS = re.compile(f"[0-9a-f]{{{2 * KEY_BYTES}}}")
_LARGEST_FILE = 4_096


def write_new_key(path: Path) -> Text:
    """Write a new secret of KEY_BYTES random bytes to a file only its owner can read (0600).

    Returns what to do with it, in a sentence that does not hold the key.
    Raises DataAccessError when the file exists already, whatever it holds, or cannot be written.
    """
    content = f"{_MADE}{secrets.token_hex(KEY_BYTES)}\n".encode()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise DataAccessError(
            f"{path} bestaat al en wordt nooit overschreven: met een andere sleutel krijgt "
            "iedereen een ander pseudoniem. Kies een andere naam.",
            f"{path} exists already and is never overwritten: another key gives everybody another "
            "pseudonym. Choose another name.",
        ) from error
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error
    return Text(
        f"Nieuwe sleutel geschreven in {path}. Deel het bestand alleen met organisaties in "
        "hetzelfde domein, nooit met de gemeente, en bewaar een kopie: zonder deze sleutel "
        "krijgt iedereen een ander pseudoniem.",
        f"New key written to {path}. Share the file only with organisations in the same domain, "
        "never with the gemeente, and keep a copy: without this key everybody gets another "
        "pseudonym.",
    )


def read_secret(path: Path) -> bytes:
    """Return the secret in a key file: the random bytes, or a passphrase in UTF-8 (NFC).

    Blanks and line ends around a passphrase do not count, so that an editor may add one. Raises
    DataAccessError, which never shows the content, for a file that cannot be read, a damaged key
    and a passphrase that is too short or too monotonous.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
        text = content.decode("utf-8-sig").strip()
    except OSError as error:
        raise DataAccessError(
            f"Het sleutelbestand {path} kan niet worden gelezen ({error.strerror}).",
            f"The key file {path} cannot be read ({error.strerror}).",
        ) from error
    except UnicodeDecodeError as error:
        raise _no_key(path) from error
    if len(content) > _LARGEST_FILE:
        raise _no_key(path)
    if text.startswith(_MADE):
        digits = text.removeprefix(_MADE)
        if _MADE_DIGITS.fullmatch(digits) is None:
            raise DataAccessError(
                f"De sleutel in {path} is beschadigd: na '{_MADE}' horen {2 * KEY_BYTES} tekens "
                "0-9 en a-f te staan. Vraag het bestand opnieuw aan wie het maakte.",
                f"The key in {path} is damaged: '{_MADE}' is to be followed by {2 * KEY_BYTES} "
                "characters 0-9 and a-f. Ask whoever made the file for it again.",
            )
        return bytes.fromhex(digits)
    passphrase = unicodedata.normalize("NFC", text)
    if len(passphrase) < SHORTEST_PASSPHRASE or len(set(passphrase)) < FEWEST_CHARACTERS:
        raise DataAccessError(
            f"De wachtzin in {path} is te kort of te eenvormig: minstens {SHORTEST_PASSPHRASE} "
            f"tekens, waarvan {FEWEST_CHARACTERS} verschillende. Maak liever een sleutel met "
            "'pseudonymise --new-key BESTAND'.",
            f"The passphrase in {path} is too short or too monotonous: at least "
            f"{SHORTEST_PASSPHRASE} characters, of which {FEWEST_CHARACTERS} different ones. "
            "Better make a key with 'pseudonymise --new-key FILE'.",
        )
    return passphrase.encode()


def stretched(secret: bytes) -> bytes:
    """Return the 32-byte key of a domain, stretched from its secret with scrypt (RFC 7914).

    Takes 128 MiB and about a second. Raises DataAccessError when the machine lacks that.
    """
    try:
        return hashlib.scrypt(
            secret,
            salt=SCRYPT_SALT,
            n=SCRYPT_N,
            r=SCRYPT_R,
            p=SCRYPT_P,
            # What the algorithm needs is a little more than its table of 128 x N x r bytes.
            maxmem=2 * 128 * SCRYPT_N * SCRYPT_R,
            dklen=KEY_BYTES,
        )
    except (MemoryError, ValueError) as error:
        raise DataAccessError(
            "Er is te weinig werkgeheugen om de sleutel te berekenen: er is 128 MB nodig. Sluit "
            "andere programma's en probeer het opnieuw.",
            "There is too little memory to work out the key: 128 MB are needed. Close other "
            "programs and try again.",
        ) from error


def _no_key(path: Path) -> DataAccessError:
    return DataAccessError(
        f"{path} is geen sleutelbestand. Maak er een met 'pseudonymise --new-key BESTAND'.",
        f"{path} is no key file. Make one with 'pseudonymise --new-key FILE'.",
    )


def _cannot_write(path: Path, error: OSError) -> DataAccessError:
    return DataAccessError(
        f"{path} kan niet worden geschreven ({error.strerror}). Kies een andere plaats.",
        f"{path} cannot be written ({error.strerror}). Choose another place.",
    )
