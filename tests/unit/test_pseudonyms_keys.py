"""Key files, the stretched key, and the pseudonym: known vectors, and accepted by deliveries."""

import datetime
import hashlib
import hmac
import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access.deliveries.kinds import PSEUDONYM
from data_access.errors import DataAccessError
from data_access.pseudonyms import delivered, keys

BORN = datetime.date(1980, 12, 31)
SHAPE = re.compile("p-1[0-9a-f]{32}")


def prefixed(*parts: bytes) -> bytes:
    return b"".join(b"\x00" * 7 + bytes([len(part)]) + part for part in parts)


def test_the_pseudonym_is_an_hmac_of_label_version_name_and_date() -> None:
    key = bytes(range(32))
    label = b"wijkbedrijven: pseudonym of name and birth date"
    message = prefixed(label, b"1", b"ian", b"fris", b"1980-12-31")
    expected = hmac.new(key, message, hashlib.sha256).hexdigest()[:32]
    assert delivered.pseudonym(key, ("ian", "fris"), BORN) == f"p-1{expected}"


def test_the_key_is_stretched_with_the_documented_scrypt() -> None:
    expected = hashlib.scrypt(
        b"a passphrase of more than twenty characters",
        salt=b"wijkbedrijven: key of a pseudonymisation domain, version 1",
        n=131_072, r=8, p=1, maxmem=2**28, dklen=32,
    )  # fmt: skip
    assert keys.stretched(b"a passphrase of more than twenty characters") == expected


@settings(deadline=None, max_examples=500)
@given(
    key=st.binary(min_size=32, max_size=32),
    first=st.text(min_size=1, max_size=20),
    last=st.text(min_size=1, max_size=20),
    born_on=st.dates(),
)
def test_deliveries_accept_every_pseudonym(
    key: bytes, first: str, last: str, born_on: datetime.date
) -> None:
    made = delivered.pseudonym(key, (first, last), born_on)
    assert SHAPE.fullmatch(made)
    assert PSEUDONYM.parse(made) == made


@settings(deadline=None, max_examples=500)
@given(digits=st.text("0123456789abcdef", min_size=32, max_size=32))
@example(digits="a" * 32)
@example(digits="0" * 32)
@example(digits="9" * 32)
@example(digits="23456782" + "0" * 24)
@example(digits="9801231" + "a" * 25)
def test_deliveries_accept_whatever_the_hash_comes_out_as(digits: str) -> None:
    assert PSEUDONYM.parse(f"p-1{digits}") == f"p-1{digits}"


@settings(deadline=None)
@given(
    one=st.tuples(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6)),
    other=st.tuples(st.text(min_size=1, max_size=6), st.text(min_size=1, max_size=6)),
)
def test_names_never_run_into_each_other(one: tuple[str, str], other: tuple[str, str]) -> None:
    made = [delivered.pseudonym(bytes(32), each, BORN) for each in (one, other)]
    assert (made[0] == made[1]) == (one == other)


def test_another_key_or_date_gives_another_pseudonym() -> None:
    made = {
        delivered.pseudonym(bytes(32), ("ian", "fris"), BORN),
        delivered.pseudonym(bytes([1] * 32), ("ian", "fris"), BORN),
        delivered.pseudonym(bytes(32), ("ian", "fris"), BORN.replace(day=1)),
    }
    assert len(made) == 3


def test_a_new_key_is_random_private_and_never_overwritten(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    said = keys.write_new_key(one)
    keys.write_new_key(other)
    assert keys.read_secret(one) != keys.read_secret(other)
    assert len(keys.read_secret(one)) == 32
    assert keys.read_secret(one).hex() not in said.nl + said.en
    assert os.name != "posix" or stat.S_IMODE(one.stat().st_mode) == 0o600
    before = one.read_bytes()
    with pytest.raises(DataAccessError, match="nooit overschreven"):
        keys.write_new_key(one)
    assert one.read_bytes() == before


def test_a_new_key_in_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataAccessError, match="kan niet worden geschreven"):
        keys.write_new_key(tmp_path / "nowhere" / "key")


PHRASE = "een paard eet zeven groene tafels"


@pytest.mark.parametrize("around", ["{}", "{}\n", "\ufeff{}\r\n", "  {} \n\n"])
def test_an_editor_does_not_change_a_passphrase(tmp_path: Path, around: str) -> None:
    path = tmp_path / "key"
    path.write_bytes(around.format(PHRASE).encode())
    assert keys.read_secret(path) == PHRASE.encode()


def test_composed_and_decomposed_letters_are_one_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "key"
    found = set()
    for written in ("zoe\u0308 eet zeven tafels", "zo\u00eb eet zeven tafels"):
        path.write_text(written, encoding="utf-8")
        found.add(keys.read_secret(path))
    assert len(found) == 1


def test_an_editor_does_not_change_a_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    keys.write_new_key(path)
    secret = keys.read_secret(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert keys.read_secret(path) == secret


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "te kort"),
        (b"geheim", "te kort"),
        (b"nineteen characters", "te kort"),
        (b"geheim" + b" " * 30, "te kort"),
        (b"abababababababababababab", "eenvormig"),
        (b"wijkbedrijven-sleutel-1:abc", "beschadigd"),
        (b"wijkbedrijven-sleutel-1:" + b"g" * 64, "beschadigd"),
        (b"wijkbedrijven-sleutel-1:" + b"a" * 63, "beschadigd"),
        (b"\xff\xfe" + b"abcdefgh" * 5, "geen sleutelbestand"),
        (b"abcdefgh " * 1_000, "geen sleutelbestand"),
    ],
)
def test_what_is_no_key_is_refused_and_not_shown(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "k"
    path.write_bytes(content)
    with pytest.raises(DataAccessError, match=reason) as refused:
        keys.read_secret(path)
    shown = refused.value.message_nl + refused.value.message_en
    for part in (b"geheim", b"abab", b":abc", b"ggg", b"aaa", b"abcdefgh", b"nineteen"):
        assert part not in content or part.decode() not in shown


def test_twenty_characters_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "k"
    path.write_bytes(b"precies twintig teke")
    assert len(keys.read_secret(path)) == 20


def test_a_key_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataAccessError, match="kan niet worden gelezen"):
        keys.read_secret(tmp_path / "k")
