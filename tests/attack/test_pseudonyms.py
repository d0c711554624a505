"""What an opponent tries on pseudonyms, and what the command must never let out."""

import datetime
import hashlib
import hmac
import logging
import re
import socket
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access import commands
from data_access.pseudonyms import files, keys
from data_access.pseudonyms.delivered import pseudonym
from data_access.pseudonyms.spelling import spelled_name
from data_access.pseudonyms.stored import length_prefixed, stored_pseudonym

Captured = pytest.CaptureFixture[str]

TODAY = datetime.date(2026, 3, 1)
BORN = datetime.date(1980, 12, 31)
PHRASE = "een paard eet zeven groene tafels"
# All names and dates that a thorough opponent would try; the person is among them.
NAMES = [
    spelled_name(first, last)
    for first, last in product(
        ("Jan", "Piet", "Fatima", "Sanne", "Mohamed"), ("Vries", "Jansen", "Yılmaz", "Smit")
    )
]
DAYS = [BORN + datetime.timedelta(days) for days in range(-100, 100)]


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "SCRYPT_N", 2**4)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "sleutel"
    path.write_text(PHRASE, encoding="utf-8")
    return path


def dictionary(key: bytes) -> set[str]:
    """Every pseudonym that names and days can give with a key."""
    return {pseudonym(key, name, day) for name, day in product(NAMES, DAYS)}


def test_a_dictionary_is_worthless_without_the_key() -> None:
    """The opponent knows the program, the person's name, date and what the salt is."""
    secret = keys.stretched(PHRASE.encode())
    wanted = pseudonym(secret, spelled_name("Jan", "de Vries"), BORN)
    guesses = [b"", bytes(32), keys.SCRYPT_SALT, PHRASE.encode(), hashlib.sha256(b"").digest()]
    guesses += [keys.stretched(guess) for guess in (b"", PHRASE[:-1].encode(), PHRASE.encode()[1:])]
    for guess in guesses:
        assert wanted not in dictionary(guess)
    parts = [part.encode() for part in (*spelled_name("Jan", "de Vries"), BORN.isoformat())]
    plain = hashlib.sha256(length_prefixed(*parts)).hexdigest()
    assert not wanted.endswith(plain[:32])


def test_with_the_key_everybody_is_found() -> None:
    """Why the gemeente, which gets the pseudonyms, must never have the key."""
    secret = keys.stretched(PHRASE.encode())
    assert pseudonym(secret, spelled_name("Jan", "de Vries"), BORN) in dictionary(secret)


def test_the_key_of_a_supplier_finds_nobody_in_the_register() -> None:
    secret = keys.stretched(PHRASE.encode())
    made = pseudonym(secret, spelled_name("Jan", "de Vries"), BORN)
    kept = stored_pseudonym(b"a key that only the gemeente has", "GM0080", "leeuwarden", made)
    known = dictionary(secret)
    assert made in known
    tried = {stored_pseudonym(secret, "GM0080", "leeuwarden", each) for each in known}
    tried |= {hmac.new(secret, each.encode(), hashlib.sha256).hexdigest() for each in known}
    assert kept not in tried | known


def test_a_guess_of_a_passphrase_stays_expensive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each guess needs this much memory, whatever machine does the guessing."""
    monkeypatch.undo()
    assert 128 * keys.SCRYPT_N * keys.SCRYPT_R >= 128 * 2**20


def test_two_domains_have_nothing_in_common() -> None:
    one, other = (dictionary(keys.stretched(secret)) for secret in (b"a" * 32, b"b" * 32))
    assert not one & other
    assert not {each[-12:] for each in one} & {each[-12:] for each in other}


FIRST = st.sampled_from(["Jan", "Zoë", "Jan-Willem", "N'Golo", "Ayşe", "J.", "Li"])
LAST = st.sampled_from(["de Vries", "van der Berg", "IJpma", "El Amrani", "Ng", "Jansen-de Boer"])
# Cells of all sorts, with a good chance of holding the name or the date in some form.
CELL = st.one_of(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(["{first}", "{last}", "{date}", "bij {first} {last}", "{iso}", "{last}!", "x"]),
    st.sampled_from(["{upper}", "{first}{last}", "{compact}", "Vries", "31 december 1980", "3"]),
)


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(st.tuples(FIRST, LAST, CELL, CELL), min_size=1, max_size=4))
def test_no_output_holds_a_name_or_a_birth_date(
    tmp_path: Path, key: Path, people: list[tuple[str, str, str, str]]
) -> None:
    path, out = tmp_path / "p.csv", tmp_path / "o.csv"
    out.unlink(missing_ok=True)
    lines = ["naam;geboortedatum;a;b"]
    for first, last, *cells in people:
        forms = {
            "first": first, "last": last, "date": "31-12-1980", "iso": "1980-12-31",
            "upper": f"{last}, {first}".upper(), "compact": "19801231",
        }  # fmt: skip
        for name, value in forms.items():
            cells = [cell.replace(f"{{{name}}}", value) for cell in cells]
        quoted = ['"{}"'.format(cell.replace('"', '""')) for cell in cells]
        lines.append(";".join([f"{first} {last}", "31-12-1980", *quoted]))
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    try:
        files.pseudonymise(path, key, TODAY, out)
    except files.DataAccessError:
        assert not out.exists()
        return
    for row, (first, last, *_cells) in zip(
        out.read_text("utf-8-sig").split("p-1")[1:], people, strict=True
    ):
        rest = row[32:]
        assert not re.search(r"31.?12.?1980|1980.?12.?31|december 1980", rest)
        for word in re.split(r"[\s'.-]", f"{first} {last}"):
            if len(word) > 2 and word.lower() not in ("van", "der"):
                assert re.search(rf"(?<![^\W\d_]){word}(?![^\W\d_])", rest, re.IGNORECASE) is None


SERVICE_NUMBERS = ["123456782", "123.456.782", "123 456 782", "10000008", "klant 111222333 (oud)"]


@pytest.mark.parametrize("number", SERVICE_NUMBERS)
@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize("row", [1, 2])
def test_a_citizen_service_number_refuses_everything_and_is_not_shown(
    tmp_path: Path, key: Path, capsys: Captured, number: str, column: int, row: int
) -> None:
    lines = [["naam", "geboortedatum", "wijk", "code"], ["Jan Smit", "31-12-1980", "a", "b"]]
    lines[row - 1][column] = number
    path = tmp_path / "p.csv"
    path.write_text("\n".join(map(";".join, lines)), encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    for language, place in (("nl", f"rij {row}, kolom "), ("en", f"row {row}, column ")):
        assert (
            commands.run(["pseudonymise", str(path), "--key", str(key), "--language", language])
            == 1
        )
        shown = capsys.readouterr()
        assert f"p.csv, {place}" in shown.err
        assert "(burgerservicenummer)" in shown.err
        assert re.search(r"\d{3}", shown.out + shown.err) is None
        assert "Smit" not in shown.err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("header", ["bsn", "Burgerservicenummer", "SOFINUMMER"])
def test_a_column_for_it_refuses_everything_even_when_empty(
    tmp_path: Path, key: Path, capsys: Captured, header: str
) -> None:
    path = tmp_path / "p.csv"
    path.write_text(f"naam;geboortedatum;{header}\nJan Smit;31-12-1980;\n", encoding="utf-8")
    assert commands.run(["pseudonymise", str(path), "--key", str(key)]) == 1
    assert f"p.csv, rij 1, kolom {header}: (burgerservicenummer)" in capsys.readouterr().err
    assert not (tmp_path / "p-pseudoniem.csv").exists()


def test_nothing_is_sent_or_logged(
    tmp_path: Path,
    key: Path,
    capsys: Captured,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_network(*_arguments: object, **_more: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setattr(socket, "create_connection", no_network)
    monkeypatch.setattr(socket, "getaddrinfo", no_network)
    path = tmp_path / "p.csv"
    path.write_text("naam;geboortedatum\nJan Smit;31-12-1980\n", encoding="utf-8")
    with caplog.at_level(logging.DEBUG):
        assert commands.run(["pseudonymise", str(path), "--key", str(key)]) == 0
    assert caplog.records == []
    shown = capsys.readouterr()
    assert "Smit" not in shown.out + shown.err
    assert PHRASE not in shown.out + shown.err
    written = (tmp_path / "p-pseudoniem.csv").read_bytes()
    assert b"Smit" not in written
    assert b"1980" not in written.split(b"p-1")[0]


def test_what_nobody_foresaw_is_told_without_what_it_was_about(
    tmp_path: Path, key: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("Jan Smit, 31-12-1980")

    monkeypatch.setattr(files, "pseudonym", broken)
    path = tmp_path / "p.csv"
    path.write_text("naam;geboortedatum\nJan Smit;31-12-1980\n", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert commands.run(["pseudonymise", str(path), "--key", str(key)]) == 1
    said = capsys.readouterr().err
    assert "RuntimeError" in said
    assert "Smit" not in said
    assert sorted(tmp_path.iterdir()) == before
