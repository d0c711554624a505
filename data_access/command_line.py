"""The arguments of the commands, explained in Dutch (default) or English."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from data_access.pseudonyms import explained
from indicators.vocabulary import LANGUAGES, Text

PROGRAM = "python -m data_access"
USAGE_EXIT_CODE = 2

_ABOUT = Text(
    "Register en publicaties van het wijkbedrijvendashboard. DATABASE_URL kiest de database; "
    "zonder die instelling is het een SQLite-bestand in de map data.",
    "Register and releases of the wijkbedrijven dashboard. DATABASE_URL chooses the database; "
    "without it that is an SQLite file in the folder data.",
)
_COMMANDS = {
    "template": Text("schrijf een lege levering met uitleg", "write an empty, explained delivery"),
    "pseudonymise": explained.SHORT,
    "load": Text("controleer en laad een levering", "check and load a delivery"),
    "publish": Text(
        "maak een beschermde publicatie van elke gemeente",
        "make a protected release of each gemeente",
    ),
    "areas": Text("laad wijkgrenzen van het CBS (GeoJSON)", "load boundaries of CBS (GeoJSON)"),
    "figures": Text("laad kerncijfers van het CBS (CSV)", "load key figures of CBS (CSV)"),
    "status": Text("toon wat er in de database staat", "show what is in the database"),
    "upgrade": Text(
        "breng de database naar de nieuwste schemaversie; maak eerst een reservekopie",
        "bring the database to the newest schema version; make a backup first",
    ),
    "key": Text(
        "maak een sleutel die de cijfers van een gemeente beschermt, of vervang die",
        "make a key that protects the figures of a gemeente, or replace it",
    ),
    "grant": Text(
        "laat de PostgreSQL-rol van het dashboard alleen publicaties lezen",
        "let the PostgreSQL role of the dashboard read releases only",
    ),
}
_LONGER = {"pseudonymise": explained.IN_FULL}
_FOLDER = Text("map van de levering", "folder of the delivery")
_FILE = Text("bestand van het CBS", "file of CBS")
_EDITION = Text("jaar van de CBS-wijkindeling", "year of the CBS wijk edition")
_FAULTS = Text(
    "schrijf alle fouten of vragen naar dit CSV-bestand",
    "write all faults or questions to this CSV file",
)
_GEMEENTE = Text(
    "publiceer alleen deze gemeente; vaker te geven (zonder: alle)",
    "publish this gemeente only; may be given more than once (without: all)",
)
_ACCEPT = Text(
    "zeg ja op alle vragen, als het er precies zoveel zijn",
    "say yes to all questions, when there are exactly this many",
)
_REASON = Text(
    "reden voor het correctielogboek, in het Nederlands", "reason for the correction log, in Dutch"
)
_REASON_EN = Text("dezelfde reden in het Engels", "the same reason in English")
_REPLACE = Text(
    "laat de sleutel die nu in de omgeving staat de vorige van deze gemeente vervangen",
    "let the key that is in the environment now replace the previous one of this gemeente",
)
_WHY_REPLACE = Text("waarom de sleutel wordt vervangen", "why the key is replaced")
_ROLE = Text("naam van de rol", "name of the role")
_PEOPLE = Text("bestand met namen en geboortedatums", "file with names and birth dates")
_KEY = Text("sleutelbestand van uw domein", "key file of your domain")
_NEW_KEY = Text("maak een nieuw sleutelbestand", "make a new key file")
_OUT = Text(
    "uitvoer (anders: FILE met -pseudoniem achter de naam)",
    "output (otherwise: FILE with -pseudoniem after its name)",
)
_OVERWRITE = Text(
    "vervang de uitvoer als die er al is", "replace the output if it is there already"
)
_LANGUAGE = Text("taal van de meldingen (nl of en)", "language of the messages (nl or en)")
_HELP = Text("toon deze uitleg", "show this explanation")
_USAGE = Text("gebruik: ", "usage: ")
_ARGUMENTS = Text("argumenten", "arguments")
_OPTIONS = Text("opties", "options")
_MISUNDERSTOOD = Text(
    "De opdracht is niet begrepen; '{} --help' laat zien wat er kan.",
    "The command was not understood; '{} --help' shows what there is.",
)


def language_of(arguments: Sequence[str]) -> str:
    """Return the language asked for with --language, before anything else is understood."""
    reader = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    reader.add_argument("--language", default="nl")
    try:
        language = str(reader.parse_known_args(list(arguments))[0].language)
    except argparse.ArgumentError:
        return "nl"
    return language if language in LANGUAGES else "nl"


class _Parser(argparse.ArgumentParser):
    """A parser that speaks the reader's language, also about usage."""

    def __init__(self, language: str, prog: str, about: Text) -> None:
        description = about.in_language(language)
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self._language = language
        self.arguments = self.add_argument_group(_ARGUMENTS.in_language(language))
        self.options = self.add_argument_group(_OPTIONS.in_language(language))
        self.options.add_argument("-h", "--help", action="help", help=self.said(_HELP))
        self.options.add_argument(
            "--language", choices=LANGUAGES, default=language, help=self.said(_LANGUAGE)
        )

    def said(self, text: Text) -> str:
        """Return a text in the language of this parser."""
        return text.in_language(self._language)

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", self.said(_USAGE), 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", self.said(_USAGE), 1)

    def error(self, message: str) -> NoReturn:
        sentence = self.said(_MISUNDERSTOOD).format(self.prog)
        self.exit(USAGE_EXIT_CODE, f"{self.format_usage()}{sentence}\n")


def parse(arguments: Sequence[str], language: str) -> argparse.Namespace:
    """Return the arguments; `command` names the command. Exits with 2 when they make no sense."""
    parser = _Parser(language, PROGRAM, _ABOUT)
    commands = parser.add_subparsers(
        dest="command", required=True, title=parser.said(_ARGUMENTS), metavar="COMMAND"
    )
    for name, about in _COMMANDS.items():
        command = commands.add_parser(
            name,
            help=parser.said(about),
            language=language,
            about=_LONGER.get(name, about),
        )
        _add_arguments(name, command)
    return parser.parse_args(arguments)


def _add_arguments(name: str, command: _Parser) -> None:
    if name in ("template", "load"):
        command.arguments.add_argument(
            "folder", metavar="FOLDER", type=Path, help=command.said(_FOLDER)
        )
    if name == "load":
        command.options.add_argument(
            "--faults", metavar="FILE.csv", type=Path, help=command.said(_FAULTS)
        )
        command.options.add_argument("--accept", metavar="N", type=int, help=command.said(_ACCEPT))
    if name == "pseudonymise":
        command.arguments.add_argument(
            "file", metavar="FILE", type=Path, nargs="?", help=command.said(_PEOPLE)
        )
        for option, about in (("--key", _KEY), ("--new-key", _NEW_KEY), ("--out", _OUT)):
            command.options.add_argument(
                option, metavar="FILE", type=Path, help=command.said(about)
            )
        command.options.add_argument(
            "--overwrite", action="store_true", help=command.said(_OVERWRITE)
        )
    if name in ("areas", "figures"):
        command.arguments.add_argument("file", metavar="FILE", type=Path, help=command.said(_FILE))
        command.options.add_argument(
            "--edition", metavar="YEAR", type=int, required=True, help=command.said(_EDITION)
        )
    if name == "publish":
        command.options.add_argument(
            "--gemeente", action="append", metavar="CODE", help=command.said(_GEMEENTE)
        )
        command.options.add_argument("--reason", default="", help=command.said(_REASON))
        command.options.add_argument("--reason-en", default="", help=command.said(_REASON_EN))
    if name == "key":
        command.options.add_argument("--replace", metavar="CODE", help=command.said(_REPLACE))
        command.options.add_argument(
            "--reason", metavar="TEXT", default="", help=command.said(_WHY_REPLACE)
        )
    if name == "grant":
        command.arguments.add_argument("role", metavar="ROLE", help=command.said(_ROLE))
