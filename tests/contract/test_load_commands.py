"""`python -m data_access ...`: exit codes, languages, sentences, and no stack trace whatever."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select

from data_access import commands, register, settings
from data_access.database import writing_engine
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def database(empty_database: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A ready database to which the commands write."""
    url = empty_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    return empty_database


def loaded(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(register.agreement)) or 0


def test_template_load_and_status_in_dutch(
    database: Engine, small_delivery: SmallDelivery, capsys: Captured, tmp_path: Path
) -> None:
    assert commands.run(["template", str(tmp_path / "leeg")]) == 0
    assert "LEESMIJ.md legt elke kolom uit" in capsys.readouterr().out
    assert commands.run(["load", str(small_delivery.write())]) == 0
    assert "vrijwilligers.csv: 2 nieuw, 0 gewijzigd, 0 ongewijzigd" in capsys.readouterr().out
    assert commands.run(["status"]) == 0
    status = capsys.readouterr().out
    assert "Proeflevering (voorbeeld)" in status
    assert "vrijwilligers.csv: 2" in status
    assert status.endswith("Publicaties:\n  geen\n")
    assert loaded(database) == 2


@pytest.mark.parametrize("position", [0, 2])
def test_english_wherever_the_option_stands(
    database: Engine, small_delivery: SmallDelivery, capsys: Captured, position: int
) -> None:
    arguments = ["load", str(small_delivery.write())]
    arguments[position:position] = ["--language", "en"]
    assert commands.run(arguments) == 0
    assert "2 new, 0 changed, 0 unchanged" in capsys.readouterr().out


def test_a_refused_delivery_names_its_faults_and_ends_with_one(
    database: Engine, small_delivery: SmallDelivery, capsys: Captured, tmp_path: Path
) -> None:
    small_delivery.rows["ladder.csv"][0]["trede"] = "9"
    faults = tmp_path / "fouten.csv"
    arguments = ["load", str(small_delivery.write()), "--faults", str(faults)]
    assert commands.run(arguments) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert 'ladder.csv, rij 2, kolom trede: "9" - verwacht: een geheel getal van 1' in shown.err
    assert "Er is 1 fout in de levering; er is niets geladen." in shown.err
    assert "ladder.csv;2;trede;9;" in faults.read_text("utf-8-sig")
    assert commands.run([*arguments[:2], "--language", "en"]) == 1
    assert 'row 2, column trede: "9" - expected: a whole number' in capsys.readouterr().err
    assert loaded(database) == 0


def test_a_faults_file_that_cannot_be_written_is_said(
    database: Engine, small_delivery: SmallDelivery, capsys: Captured, tmp_path: Path
) -> None:
    small_delivery.rows["ladder.csv"][0]["trede"] = "9"
    folder = str(small_delivery.write())
    assert commands.run(["load", folder, "--faults", str(tmp_path / "weg" / "f.csv")]) == 1
    assert "kan niet worden geschreven" in capsys.readouterr().err


def test_load_makes_an_empty_database_ready(
    small_delivery: SmallDelivery, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'nieuw' / 'register.sqlite'}"
    monkeypatch.setenv("DATABASE_URL", url)
    assert commands.run(["load", str(small_delivery.write())]) == 0
    assert loaded(writing_engine(url)) == 2


@pytest.mark.parametrize(
    ("arguments", "url", "sentence"),
    [
        (["load", "bestaat-niet"], "", "De map bestaat-niet bestaat niet."),
        (["status"], "nonsens", "geen geldige SQLAlchemy-URL"),
        (["status"], "postgresql://niemand:geheim@127.0.0.1:1/niets", "niet bereikbaar"),
        (["grant", "rol"], "", "Rollen bestaan alleen in PostgreSQL"),
        (["areas", "bestaat-niet.geojson", "--edition", "2023"], "", "bestaat-niet.geojson"),
        (["figures", "bestaat-niet.csv", "--edition", "2023"], "", "bestaat-niet.csv"),
        (["publish"], "", ""),
    ],
)
def test_what_fails_is_one_sentence_and_exit_code_one(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    arguments: list[str],
    url: str,
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url or f"sqlite:///{tmp_path / 'register.sqlite'}")
    assert commands.run(arguments) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error
    assert "geheim" not in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["frobnicate"], ["load"], ["areas", "f"], ["status", "x"]]
)
def test_arguments_that_make_no_sense_end_with_two(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.run(arguments)
    assert stopped.value.code == 2
    assert "De opdracht is niet begrepen" in capsys.readouterr().err


def test_help_is_there_in_both_languages(capsys: Captured) -> None:
    for language, word in (("nl", "gebruik:"), ("en", "usage:")):
        with pytest.raises(SystemExit) as stopped:
            commands.run(["--language", language, "--help"])
        assert stopped.value.code == 0
        shown = capsys.readouterr().out
        assert word in shown
        assert all(name in shown for name in ("template", "load", "publish", "grant"))


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, MemoryError])
def test_an_interruption_or_unforeseen_failure_loads_nothing_and_quotes_no_row(
    database: Engine,
    small_delivery: SmallDelivery,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    failure: type[BaseException],
) -> None:
    monkeypatch.setattr(commands, "engine_from_settings", lambda: database)

    @event.listens_for(database, "before_cursor_execute")
    def fail(_connection, _cursor, statement: str, *_more: object) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("INSERT INTO coverage "):
            raise failure("p-001")

    assert commands.run(["load", str(small_delivery.write())]) == 1
    event.remove(database, "before_cursor_execute", fail)
    error = capsys.readouterr().err
    assert "er is niets veranderd" in error
    assert "p-001" not in error
    assert loaded(database) == 0


def test_the_program_runs_in_a_terminal_without_utf8(
    small_delivery: SmallDelivery, tmp_path: Path
) -> None:
    small_delivery.rows["ladder.csv"][0]["trede"] = "één ☂"
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'register.sqlite'}",
        "PYTHONIOENCODING": "ascii",
    }
    ended = subprocess.run(
        [sys.executable, "-m", "data_access", "load", str(small_delivery.write())],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert 'kolom trede: "??n ?"' in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_reader_that_stops_listening_makes_no_failure_of_a_load(
    small_delivery: SmallDelivery, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite'}"
    with subprocess.Popen(
        [sys.executable, "-m", "data_access", "load", str(small_delivery.write())],
        cwd=settings.ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == ""
    assert program.returncode == 0
    assert loaded(writing_engine(url)) == 2
