"""`python -m data_access pseudonymise`: what is written, what is refused, and what is said."""

import csv
import datetime
import os
import stat
from pathlib import Path

import openpyxl
import pytest

from data_access import commands
from data_access.pseudonyms import delivered, keys, tables

Captured = pytest.CaptureFixture[str]

HEADER = "Voornaam;Tussenvoegsel;Achternaam;Geboortedatum;wijk;uren"
JAN = "Jan;de;Vries;31-12-1980;WK008060;12,5"
AYSE = "Ayşe;;Yılmaz;01-01-1975;WK008061;3"


@pytest.fixture(autouse=True)
def quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching is tested elsewhere; here it would only take time."""
    monkeypatch.setattr(keys, "SCRYPT_N", 2**4)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "sleutel"
    path.write_text("een paard eet zeven groene tafels\n", encoding="utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return write(tmp_path / "mensen.csv", HEADER, JAN, AYSE)


def write(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def run(path: Path, key: Path, *options: str) -> int:
    return commands.run(["pseudonymise", str(path), "--key", str(key), *options])


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def refused(path: Path, key: Path, capsys: Captured, *options: str) -> str:
    """Run, expect a refusal that leaves nothing behind, and return what was said."""
    before = sorted(path.parent.iterdir())
    assert run(path, key, *options) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    assert sorted(path.parent.iterdir()) == before
    return shown.err


def test_names_and_dates_become_a_pseudonym_in_front(
    people: Path, key: Path, capsys: Captured
) -> None:
    assert run(people, key) == 0
    out = people.with_name("mensen-pseudoniem.csv")
    header, *rows = read(out)
    assert header == ["pseudoniem", "wijk", "uren"]
    assert [row[1:] for row in rows] == [["WK008060", "12,5"], ["WK008061", "3"]]
    stretched = keys.stretched(keys.read_secret(key))
    born_on = datetime.date(1980, 12, 31)
    assert rows[0][0] == delivered.pseudonym(stretched, ("ian", "fris"), born_on)
    assert os.name != "posix" or stat.S_IMODE(out.stat().st_mode) == 0o600
    said = capsys.readouterr().out
    assert "2 rijen, 2 verschillende pseudoniemen" in said
    assert "1 januari als geboortedag: 1." in said
    assert "voorletter" not in said


def test_english(people: Path, key: Path, capsys: Captured) -> None:
    write(people, HEADER, JAN.replace("Jan", "J."))
    assert run(people, key, "--language", "en") == 0
    said = capsys.readouterr().out
    assert "1 rows, 1 different pseudonyms" in said
    assert "an initial instead of a given name: 1." in said


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_delimiters_and_encodings(tmp_path: Path, key: Path, delimiter: str, encoding: str) -> None:
    lines = ["naam;geboortedatum;opmerking", "Zoë de Boer;31-12-1980;goed; heel goed"]
    text = [line.replace(";", delimiter, 2) for line in lines]
    text[1] = text[1].replace("goed; heel goed", '"goed; ""heel"", goed\tzo"')
    path = write(tmp_path / "p.csv", *text, encoding=encoding)
    assert run(path, key) == 0
    (header, row) = read(tmp_path / "p-pseudoniem.csv")
    assert header == ["pseudoniem", "opmerking"]
    assert row[1] == 'goed; "heel", goed\tzo'
    other = write(tmp_path / "q.csv", "GEBOORTEDATUM;Achternaam;VOORNAAM", "1980-12-31;boer;zoe")
    assert run(other, key) == 0
    assert read(tmp_path / "q-pseudoniem.csv")[1] == row[:1]


def test_the_same_key_links_and_another_does_not(people: Path, key: Path, tmp_path: Path) -> None:
    assert run(people, key) == 0
    other = tmp_path / "andere"
    assert commands.run(["pseudonymise", "--new-key", str(other)]) == 0
    assert run(people, other, "--out", str(tmp_path / "tweede.csv")) == 0
    assert run(people, key, "--out", str(tmp_path / "derde.csv")) == 0
    first = {row[0] for row in read(tmp_path / "mensen-pseudoniem.csv")[1:]}
    second = {row[0] for row in read(tmp_path / "tweede.csv")[1:]}
    assert first == {row[0] for row in read(tmp_path / "derde.csv")[1:]}
    assert not first & second


def test_a_workbook_stays_a_workbook(tmp_path: Path, key: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["naam", "geboortedatum", "start", "uren", "code"])
    born = datetime.datetime(1980, 12, 31)
    start = datetime.datetime(2025, 3, 1)
    sheet.append(["Jan de Vries", born, start, 12.5, "=1+1"])
    sheet["E2"].data_type = "s"
    sheet.append([None, None, None, None, None])
    sheet.append(["Fatima el Amrani", "31-12-1980", None, 3, "b"])
    book.save(tmp_path / "p.xlsx")
    assert run(tmp_path / "p.xlsx", key) == 0
    out = tmp_path / "p-pseudoniem.xlsx"
    written = openpyxl.load_workbook(out).active
    assert written is not None
    header, first, second = written.iter_rows(values_only=True)
    assert header == ("pseudoniem", "start", "uren", "code")
    assert first[1:] == (start, 12.5, "=1+1")
    assert written["D2"].data_type == "s"
    assert second[1:] == (None, 3, "b")
    stretched = keys.stretched(keys.read_secret(key))
    assert first[0] == delivered.pseudonym(stretched, ("ian", "fris"), born.date())
    assert os.name != "posix" or stat.S_IMODE(out.stat().st_mode) == 0o600


def test_numbers_in_a_workbook_are_looked_at_too(
    tmp_path: Path, key: Path, capsys: Captured
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["naam", "geboortedatum", "klant"])
    book.active.append(["Jan de Vries", datetime.date(1980, 12, 31), 123456782.0])
    book.save(tmp_path / "p.xlsx")
    said = refused(tmp_path / "p.xlsx", key, capsys)
    assert "p.xlsx, rij 2, kolom klant: (burgerservicenummer)" in said
    assert "123456782" not in said


def test_a_workbook_with_two_filled_sheets_and_a_damaged_one(
    tmp_path: Path, key: Path, capsys: Captured
) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet()):
        assert sheet is not None
        sheet.append(["naam", "geboortedatum"])
    book.save(tmp_path / "p.xlsx")
    assert "2 gevulde werkbladen" in refused(tmp_path / "p.xlsx", key, capsys)
    write(tmp_path / "p.xlsx", HEADER, JAN)
    assert "geen leesbaar Excel-bestand" in refused(tmp_path / "p.xlsx", key, capsys)


def test_without_openpyxl_a_csv_is_asked(
    tmp_path: Path, key: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(tables.importlib, "import_module", missing)
    (tmp_path / "p.xlsx").write_bytes(b"PK")
    assert "openpyxl ontbreekt" in refused(tmp_path / "p.xlsx", key, capsys)


def test_the_output_is_never_overwritten_unless_asked(
    people: Path, key: Path, capsys: Captured, tmp_path: Path
) -> None:
    out = tmp_path / "uit.csv"
    out.write_text("van iemand anders", encoding="utf-8")
    assert "bestaat al" in refused(people, key, capsys, "--out", str(out))
    assert out.read_text("utf-8") == "van iemand anders"
    assert run(people, key, "--out", str(out), "--overwrite") == 0
    assert read(out)[0][0] == "pseudoniem"
    assert os.name != "posix" or stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_appears_meanwhile_is_kept(
    people: Path, key: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = people.with_name("mensen-pseudoniem.csv")
    real = keys.stretched

    def slow(secret: bytes) -> bytes:
        out.write_text("van iemand anders", encoding="utf-8")
        return real(secret)

    monkeypatch.setattr("data_access.pseudonyms.files.stretched", slow)
    assert run(people, key) == 1
    assert "bestaat al" in capsys.readouterr().err
    assert out.read_text("utf-8") == "van iemand anders"
    assert sorted(each.name for each in people.parent.iterdir()) == sorted(
        [out.name, people.name, key.name]
    )


@pytest.mark.parametrize("target", ["mensen.csv", "sleutel.csv"])
def test_input_and_key_are_never_the_output(
    people: Path, key: Path, capsys: Captured, tmp_path: Path, target: str
) -> None:
    key = key.rename(tmp_path / "sleutel.csv")
    out = str(tmp_path / target)
    assert "zelf invoer" in refused(people, key, capsys, "--out", out, "--overwrite")


def test_an_output_of_another_kind_or_in_no_folder(
    people: Path, key: Path, capsys: Captured, tmp_path: Path
) -> None:
    assert "eindigen op '.csv'" in refused(people, key, capsys, "--out", str(tmp_path / "a.xlsx"))
    nowhere = str(tmp_path / "nergens" / "a.csv")
    assert "kan niet worden geschreven" in refused(people, key, capsys, "--out", nowhere)


@pytest.mark.parametrize(
    "arguments",
    [[], ["{people}"], ["--key", "{key}"], ["{people}", "--new-key", "{new}"],
     ["--new-key", "{new}", "--out", "{new}"], ["--new-key", "{new}", "--key", "{key}"]],
)  # fmt: skip
def test_half_a_command_says_what_is_missing(
    people: Path, key: Path, capsys: Captured, tmp_path: Path, arguments: list[str]
) -> None:
    names = {"people": people, "key": key, "new": tmp_path / "new"}
    assert commands.run(["pseudonymise", *(each.format(**names) for each in arguments)]) == 1
    assert "Geef een bestand en een sleutel" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("row", "column", "cells"),
    [
        (2, "achternaam", "Jan;;;31-12-1980;a;1"),
        (2, "achternaam", "Jan;;Vri3s;31-12-1980;a;1"),
        (2, "achternaam", "Jan;;VriesÃ«n©;31-12-1980;a;1"),
        (2, "achternaam", ";;;;a;1"),
        (2, "geboortedatum", "Jan;;Vries;31-12-80;a;1"),
        (2, "geboortedatum", "Jan;;Vries;;a;1"),
        (2, "geboortedatum", "Jan;;Vries;31-12-2980;a;1"),
        (2, "wijk", "Jan;;Vries;31-12-1980;bij Vries;1"),
        (2, "uren", "Jan;;Vries;31-12-1980;a;31 dec 1980"),
        (2, "uren", "Jan;;Vries;31-12-1980;a;jan@example.org"),
    ],
)
def test_faulty_rows_are_named_by_place_and_never_quoted(
    people: Path, key: Path, capsys: Captured, row: int, column: str, cells: str
) -> None:
    write(people, HEADER.lower(), cells, AYSE)
    said = refused(people, key, capsys)
    assert f"mensen.csv, rij {row}, kolom {column}: verwacht: " in said
    for secret in ("Jan", "Vri", "31-12-80", "2980", "31 dec", "example"):
        assert secret not in said
    english = refused(people, key, capsys, "--language", "en")
    assert f"mensen.csv, row {row}, column {column}: expected: " in english
    assert "Nothing was written." in english


def test_many_faults_are_counted(people: Path, key: Path, capsys: Captured) -> None:
    write(people, HEADER, *["Jan;;Vries;;a;1"] * 50)
    said = refused(people, key, capsys)
    assert "rij 21," in said
    assert "rij 22," not in said
    assert "... en nog 30." in said


@pytest.mark.parametrize(
    "header",
    ["voornaam;geboortedatum", "naam;datum", "achternaam;geboortedatum", "naam",
     "naam;achternaam;geboortedatum", "naam;voornaam;achternaam;geboortedatum",
     "Jan de Vries;31-12-1980"],
)  # fmt: skip
def test_missing_columns_are_named_and_a_first_row_is_not_quoted(
    people: Path, key: Path, capsys: Captured, header: str
) -> None:
    write(people, header, "Piet Smit;30-11-1979")
    said = refused(people, key, capsys)
    assert "de eerste rij moet de kolom geboortedatum hebben" in said
    assert "Vries" not in said
    assert "1980" not in said


@pytest.mark.parametrize("header", ["pseudoniem", "Voorletters", "geslachtsnaam", "naam;wijk;wijk"])
def test_columns_that_cannot_stay(people: Path, key: Path, capsys: Captured, header: str) -> None:
    name = "" if header.startswith("naam") else "naam;"
    write(people, f"{name}geboortedatum;{header}", "Jan Smit;31-12-1980;x;y"[: 23 if name else 25])
    assert f"rij 1, kolom {header.rsplit(';', 1)[-1]}:" in refused(people, key, capsys)


def test_damaged_files(people: Path, key: Path, capsys: Captured) -> None:
    people.write_bytes(f"{HEADER}\n{JAN}\nZo\u00eb".encode() + "Zo\u00eb".encode("cp1252"))
    assert "deels UTF-8 en deels Windows-1252" in refused(people, key, capsys)
    people.write_bytes(HEADER.encode("utf-16"))
    assert "geen CSV in UTF-8 of Windows-1252" in refused(people, key, capsys)
    people.write_bytes(b"naam;geboortedatum\nJan \x81;31-12-1980")
    assert "geen CSV in UTF-8 of Windows-1252" in refused(people, key, capsys)
    people.write_bytes(b'naam;geboortedatum\n"Jan Smit;31-12-1980')
    assert "vanaf rij 2 niet te lezen" in refused(people, key, capsys)
    write(people, HEADER)
    assert "geen rijen" in refused(people, key, capsys)
    people.write_bytes(b"")
    assert "eerste rij" in refused(people, key, capsys)
    people.unlink()
    assert "kan niet worden gelezen" in refused(people, key, capsys)


def test_short_rows_and_empty_columns(tmp_path: Path, key: Path) -> None:
    path = write(
        tmp_path / "p.csv", "naam;geboortedatum;;a;", "Jan Smit;31-12-1980", "",
        "Piet Smit;30-11-1979;;b;",
    )  # fmt: skip
    assert run(path, key) == 0
    written = [row[1:] for row in read(tmp_path / "p-pseudoniem.csv")]
    assert written == [["a"], [""], ["b"]]


@pytest.mark.parametrize(("language", "word"), [("nl", "geboortedatum"), ("en", "birth date")])
def test_help_explains_and_tells_how_often_it_is_wrong(
    capsys: Captured, language: str, word: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.run(["pseudonymise", "--help", "--language", language])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert word in said
    assert "100.000" in said if language == "nl" else "100,000" in said
    for option in ("--key", "--new-key", "--out", "--overwrite"):
        assert option in said
