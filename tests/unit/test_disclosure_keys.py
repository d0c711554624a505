"""A gemeente's key: only a whole one is taken, and no sentence shows what was written."""

import base64
import hashlib
import string

import pytest

from data_access.disclosure.keys import (
    KEY_BYTES,
    DrawingKey,
    fingerprint,
    new_key,
    parse_key,
    written_key,
)
from data_access.errors import PublishRefused

SECRET = bytes(range(KEY_BYTES))
WRITTEN = written_key(SECRET)
SETTING = "DISCLOSURE_KEY_GM0080"
ALPHABET = string.ascii_letters + string.digits + "-_+/= .\u00e9"


def refused(written: str) -> None:
    with pytest.raises(PublishRefused) as error:
        parse_key(written, SETTING)
    for language in ("nl", "en"):
        sentence = error.value.message(language)
        assert SETTING in sentence
        assert "python -m data_access key" in sentence
        assert len(written) < 5 or written not in sentence


def test_a_key_is_read_as_it_was_written() -> None:
    assert parse_key(WRITTEN, SETTING) == SECRET
    assert WRITTEN.startswith("wbk1-")
    assert len(WRITTEN) == len("wbk1-") + 43 + len("-") + 8


def test_new_keys_are_whole_and_all_different() -> None:
    made = {new_key() for _ in range(50)}
    assert len(made) == 50
    assert {len(parse_key(each, SETTING)) for each in made} == {KEY_BYTES}


@pytest.mark.parametrize("secret", [SECRET, b"\xff" * KEY_BYTES, b"\xfb\xef\xbe" * 10 + b"xy"])
def test_every_mistyped_character_is_found(secret: bytes) -> None:
    written = written_key(secret)
    for position, right in enumerate(written):
        for wrong in ALPHABET:
            if wrong != right:
                refused(written[:position] + wrong + written[position + 1 :])


def test_characters_that_changed_places_are_found() -> None:
    for position in range(len(WRITTEN) - 1):
        first, second = WRITTEN[position : position + 2]
        if first != second:
            refused(WRITTEN[:position] + second + first + WRITTEN[position + 2 :])


@pytest.mark.parametrize("length", range(len(WRITTEN)))
def test_a_key_that_was_cut_off_is_found(length: int) -> None:
    refused(WRITTEN[:length])
    refused(WRITTEN[len(WRITTEN) - length :])


@pytest.mark.parametrize(
    "written",
    [
        "",
        "x",
        "geheim",
        "een lange zin die niemand raadt, maar wel een zin",
        SECRET.hex(),
        base64.b64encode(SECRET).decode(),
        f"'{WRITTEN}'",
        WRITTEN.upper(),
        WRITTEN * 2,
        WRITTEN.replace("wbk1", "wbk2"),
        WRITTEN.replace("-", ""),
    ],
)
def test_anything_else_is_no_key(written: str) -> None:
    refused(written)


def test_a_key_in_the_alphabet_of_common_base64_is_none() -> None:
    """Also with the right checksum: a secret is written in one way."""
    secret = b"\xfb" * KEY_BYTES
    body = "wbk1-" + base64.b64encode(secret).decode().rstrip("=")
    assert set("+/") & set(body)
    refused(f"{body}-{hashlib.sha256(body.encode()).hexdigest()[:8]}")


def test_spare_bits_at_the_end_are_no_second_way_to_write_a_key() -> None:
    body = WRITTEN[:-9]
    last = ALPHABET[ALPHABET.index(body[-1]) + 1]
    assert base64.urlsafe_b64decode(f"{body[5:-1]}{last}=") == SECRET
    changed = f"{body[:-1]}{last}"
    refused(f"{changed}-{hashlib.sha256(changed.encode()).hexdigest()[:8]}")


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_secret_of_another_length_is_not_written(length: int) -> None:
    with pytest.raises(ValueError, match=f"a secret of {length} bytes"):
        written_key(b"x" * length)


def test_a_fingerprint_tells_secrets_apart_and_holds_none() -> None:
    first, second = fingerprint(SECRET), fingerprint(SECRET[::-1])
    assert first != second
    assert first == fingerprint(SECRET)
    assert len(first) == 64
    assert SECRET.hex() not in first
    assert first != hashlib.sha256(SECRET).hexdigest()


def test_a_secret_does_not_show_in_what_is_printed() -> None:
    shown = repr(DrawingKey(SECRET, 1)) + str(DrawingKey(SECRET, 1))
    assert SECRET.hex() not in shown
    assert repr(SECRET) not in shown
