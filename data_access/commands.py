"""What each command does. Every fault a person can mend is one sentence and exit code 1."""

import argparse
import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from data_access import settings
from data_access.command_line import language_of, parse
from data_access.dashboard_role import let_dashboard_read
from data_access.database import engine_from_settings
from data_access.deliveries import Doubt, Fault, load, write_faults, write_template
from data_access.errors import DataAccessError, DeliveryDoubtful, DeliveryRefused
from data_access.exclusive import REPLACING_KEY, exclusive
from data_access.schema import make_ready, upgrade
from data_access.status import read_status
from data_access.terminal import (
    ProgressBar,
    doubt_lines,
    fault_lines,
    say,
    tolerate_every_character,
)
from indicators.catalogue import measure
from indicators.vocabulary import Text

SUCCESS, FAILURE = 0, 1

_HOW_TO_SET = Text(
    "Dit is een nieuwe sleutel; zij is nergens bewaard. Zet haar in de omgeving van wie "
    "publiceert, één per gemeente, met haar CBS-code in de naam: DISCLOSURE_KEY_GM0080=... Heeft "
    "het register maar één gemeente, dan mag ook DISCLOSURE_KEY=... Bewaar een kopie apart van de "
    "database, deel haar met niemand en verander haar nooit. Raakt zij verloren of lekt zij uit, "
    "dan vervangt 'python -m data_access key --replace GM0080 --reason TEKST' haar.",
    "This is a new key; it is kept nowhere. Set it in the environment of whoever publishes, one "
    "for each gemeente, with its CBS code in the name: DISCLOSURE_KEY_GM0080=... When the register "
    "has one gemeente only, DISCLOSURE_KEY=... will do. Keep a copy apart from the database, share "
    "it with nobody and never change it. When it is lost or leaks, 'python -m data_access key "
    "--replace GM0080 --reason TEXT' replaces it.",
)
_FINISHING = Text("publicatie schrijven", "writing the release")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0, or 1 after a sentence on standard error.

    Arguments that make no sense end the program with exit code 2.
    """
    tolerate_every_character()
    language = language_of(arguments)
    chosen = parse(arguments, language)
    bar = ProgressBar(sys.stderr)
    try:
        answer = _COMMANDS[chosen.command](chosen, language, bar)
    except (Exception, KeyboardInterrupt) as error:
        bar.clear()
        print("\n".join(_explained(error, chosen, language)), file=sys.stderr)
        return FAILURE
    say(answer)
    return SUCCESS


def _ready_engine() -> Engine:
    engine = engine_from_settings()
    make_ready(engine)
    return engine


def _template(chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    names = write_template(chosen.folder)
    return Text(
        f"{len(names)} bestanden geschreven in {chosen.folder}; LEESMIJ.md legt elke kolom uit.",
        f"{len(names)} files written in {chosen.folder}; README.md explains each column.",
    ).in_language(language)


def _pseudonymise(chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    from data_access.pseudonyms import pseudonymise, write_new_key

    given = {each for each in ("file", "key", "out") if getattr(chosen, each) is not None}
    if given if chosen.new_key is not None else not given >= {"file", "key"}:
        raise DataAccessError(
            "Geef een bestand en een sleutel ('pseudonymise FILE --key FILE'), of alleen "
            "'pseudonymise --new-key FILE' om een sleutel te maken.",
            "Give a file and a key ('pseudonymise FILE --key FILE'), or only "
            "'pseudonymise --new-key FILE' to make a key.",
        )
    if chosen.new_key is not None:
        return write_new_key(chosen.new_key).in_language(language)
    today = datetime.date.today()
    made = pseudonymise(chosen.file, chosen.key, today, chosen.out, overwrite=chosen.overwrite)
    return made.describe(language)


def _load(chosen: argparse.Namespace, language: str, bar: ProgressBar) -> str:
    def progress(doing: Text, part: float) -> None:
        bar.show(doing.in_language(language), part)

    summary = load(chosen.folder, _ready_engine(), progress, accept=chosen.accept)
    bar.clear()
    return summary.describe(language)


def _publish(chosen: argparse.Namespace, language: str, bar: ProgressBar) -> str:
    from data_access.publish import publish

    def progress(measure_id: str, done: int, total: int) -> None:
        doing = measure(measure_id).name if measure_id else _FINISHING
        bar.show(doing.in_language(language), done / total)

    asked = tuple(chosen.gemeente or ())
    done = publish(_ready_engine(), progress, (chosen.reason, chosen.reason_en), gemeenten=asked)
    bar.clear()
    return done.describe(language)


def _areas(chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    from data_access.boundaries import load_areas

    return load_areas(_ready_engine(), chosen.file, chosen.edition).describe(language)


def _figures(chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    from data_access.key_figures import load_figures

    return load_figures(_ready_engine(), chosen.file, chosen.edition).describe(language)


def _status(_chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    return read_status(settings.database_url()).describe(language)


def _upgrade(_chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    return upgrade(engine_from_settings()).describe().in_language(language)


def _key(chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    from data_access.disclosure.keys import new_key
    from data_access.gemeente_keys import replace_key

    if chosen.replace is not None:
        now = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        with exclusive(_ready_engine(), REPLACING_KEY) as connection:
            replaced = replace_key(connection, chosen.replace, chosen.reason, now)
        return replaced.sentence().in_language(language)
    return f"{new_key()}\n{_HOW_TO_SET.in_language(language)}"


def _grant(chosen: argparse.Namespace, language: str, _bar: ProgressBar) -> str:
    let_dashboard_read(_ready_engine(), chosen.role)
    return Text(
        f"De rol {chosen.role} mag de publicaties lezen, en verder niets.",
        f"The role {chosen.role} may read the releases, and nothing else.",
    ).in_language(language)


_COMMANDS: dict[str, Callable[[argparse.Namespace, str, ProgressBar], str]] = {
    "template": _template,
    "pseudonymise": _pseudonymise,
    "load": _load,
    "publish": _publish,
    "areas": _areas,
    "figures": _figures,
    "status": _status,
    "upgrade": _upgrade,
    "key": _key,
    "grant": _grant,
}


def _explained(error: BaseException, chosen: argparse.Namespace, language: str) -> list[str]:
    if isinstance(error, DeliveryRefused):
        faults = [fault for fault in error.faults if isinstance(fault, Fault)]
        lines = [*fault_lines(faults, language), error.message(language)]
        return [*lines, *_faults_written(chosen.faults, faults, language)]
    if isinstance(error, DeliveryDoubtful):
        doubts = [doubt for doubt in error.doubts if isinstance(doubt, Doubt)]
        asked = [doubt.as_fault() for doubt in doubts]
        written = _faults_written(chosen.faults, asked, language)
        return [*doubt_lines(doubts, language), *written, error.message(language)]
    if isinstance(error, DataAccessError):
        return [error.message(language)]
    if isinstance(error, KeyboardInterrupt):
        stopped = Text("Afgebroken; er is niets veranderd.", "Stopped; nothing has changed.")
        return [stopped.in_language(language)]
    # The words of the error itself may quote rows about people, so only its kind is shown.
    kind = type(error).__name__
    if isinstance(error, SQLAlchemyError):
        kind = type(getattr(error, "orig", None) or error).__name__
    return [
        Text(
            f"De opdracht is mislukt ({kind}); er is niets veranderd. Controleer de database en de "
            "rechten, en probeer het opnieuw.",
            f"The command failed ({kind}); nothing has changed. Check the database and the "
            "permissions, then try again.",
        ).in_language(language)
    ]


def _faults_written(path: Path | None, faults: list[Fault], language: str) -> list[str]:
    if path is None:
        return []
    try:
        write_faults(path, faults, language)
    except OSError as error:
        return [
            Text(
                f"{path} kan niet worden geschreven ({error.strerror}).",
                f"{path} cannot be written ({error.strerror}).",
            ).in_language(language)
        ]
    written = Text(f"Alles staat in {path}.", f"Everything is in {path}.")
    return [written.in_language(language)]
