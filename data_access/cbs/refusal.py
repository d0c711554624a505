"""How a file is refused: one sentence, all its faults, and nothing written."""

from pathlib import Path

from data_access.cbs.remarks import and_more
from data_access.errors import DataAccessError
from data_access.same_wijk import normalised_name
from indicators.vocabulary import Text

_SHOWN = 20
_FIRST_EDITION, _LAST_EDITION = 1995, 2100
_LONGEST_NAME = 120


class FileRefused(DataAccessError):
    """A file of CBS cannot be used; nothing of it was loaded. `faults` lists all its faults."""

    def __init__(self, path: Path, sentence: Text, faults: tuple[Text, ...] = ()) -> None:
        super().__init__(*(_message(path, sentence, faults, each) for each in ("nl", "en")))
        self.faults = faults


def _message(path: Path, sentence: Text, faults: tuple[Text, ...], language: str) -> str:
    lines = [f"{path.name}: {sentence.in_language(language)}"]
    lines += [f"- {fault.in_language(language)}" for fault in faults[:_SHOWN]]
    if len(faults) > _SHOWN:
        lines.append("- " + and_more(len(faults) - _SHOWN).in_language(language))
    return "\n".join(lines)


def nothing_loaded(faults: list[Text]) -> tuple[Text, tuple[Text, ...]]:
    """Return the sentence above a list of faults, and the faults: arguments of FileRefused."""
    number = len(faults)
    return Text(
        f"niet geladen, aantal fouten: {number}.", f"not loaded, number of faults: {number}."
    ), tuple(faults)


def check_edition(path: Path, edition: int) -> None:
    """Raise FileRefused unless the edition is a year that the register accepts."""
    if not _FIRST_EDITION <= edition <= _LAST_EDITION:
        raise FileRefused(
            path,
            Text(
                f"{edition} is geen jaar van de wijkindeling. Geef het jaar dat in de naam van de "
                "CBS-tabel of -kaart staat, bijvoorbeeld --edition 2024.",
                f"{edition} is not a year of the wijk division. Give the year in the name of the "
                "CBS table or map, for instance --edition 2024.",
            ),
        )


def check_years(path: Path, edition: int, years: set[str]) -> None:
    """Raise FileRefused when the file itself says that it is of another year.

    years: what the file has in its column of years; it may go on behind the year, as in
    `2024JJ00` or `2023WK008061`. A file that says nothing is taken at its word.
    """
    other = sorted({year[:4] for year in years if year[:4].isdigit()} - {str(edition)})
    if other:
        said = ", ".join(other)
        raise FileRefused(
            path,
            Text(
                f"dit bestand zegt dat het over {said} gaat, niet over {edition}. CBS gebruikt "
                "codes in andere jaren voor andere wijken, dus geef het jaar van het bestand met "
                "--edition.",
                f"this file says that it is about {said}, not about {edition}. CBS uses codes "
                "again for other wijken in other years, so give the year of the file with "
                "--edition.",
            ),
        )


def name_faults(where: Text, code: str, name: str) -> list[Text]:
    """Return the fault in the name of a wijk, if any.

    A name is required: codes are used again, so only the name shows whether it is the same wijk.
    """
    if not name:
        return [
            Text(
                f"{where.nl}: {code} heeft geen naam. Zonder naam is niet te zien of het dezelfde "
                "wijk is, want CBS gebruikt codes opnieuw.",
                f"{where.en}: {code} has no name. Without a name it cannot be seen whether it is "
                "the same wijk, since CBS uses codes again.",
            )
        ]
    if len(name) > _LONGEST_NAME:
        return [
            Text(
                f"{where.nl}: de naam van {code} is langer dan {_LONGEST_NAME} tekens.",
                f"{where.en}: the name of {code} is longer than {_LONGEST_NAME} characters.",
            )
        ]
    if normalised_name(name) == code.casefold():
        return [
            Text(
                f"{where.nl}: de naam van {code} is de code zelf. Download het bestand met namen.",
                f"{where.en}: the name of {code} is the code itself. Download the file with names.",
            )
        ]
    return []
