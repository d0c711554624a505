"""What loading boundaries did, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.boundaries.wijken import Skipped
from data_access.cbs.remarks import counted, listed, other_year_remark, respelled_remark
from data_access.cbs.store import Changes
from indicators.vocabulary import Text


@dataclass(frozen=True)
class AreasLoaded:
    """What was loaded from a file with boundaries.

    changes: rows of the table wijk. figures: wijken that got key figures from the file.
    new_gemeenten, mended, doubled: codes. respelled: wijken with another spelling of their name,
    as (code, in the register, in the file). added, uncovered: wijken that only the file, or only
    the register, has of a gemeente that was in this edition already. simplified: metres by
    gemeente. largest: bytes of the shapes of the largest gemeente. other_year: a year in the
    file's name that is not the edition.
    """

    file: str
    edition: int
    changes: Changes
    gemeenten: int
    new_gemeenten: tuple[str, ...]
    figures: int
    skipped: tuple[Skipped, ...]
    mended: tuple[str, ...]
    doubled: tuple[str, ...]
    respelled: tuple[tuple[str, str, str], ...]
    added: tuple[str, ...]
    uncovered: tuple[str, ...]
    simplified: dict[str, float]
    largest: int
    other_year: str

    def describe(self, language: str) -> str:
        """Return what happened in `language` ("nl" or "en"), one sentence a line."""
        return "\n".join(each.in_language(language) for each in self._sentences())

    def _sentences(self) -> Iterable[Text]:
        changes, kilobytes = counted(self.changes), f"{self.largest / 1000:.0f} kB"
        yield Text(
            f"{self.file}: grenzen geladen, editie {self.edition}, wijken: {changes.nl}, "
            f"gemeenten: {self.gemeenten} (grootste {kilobytes}).",
            f"{self.file}: boundaries loaded, edition {self.edition}, wijken: {changes.en}, "
            f"gemeenten: {self.gemeenten} (largest {kilobytes}).",
        )
        yield from other_year_remark(self.other_year, self.edition)
        if self.figures:
            yield Text(
                f"Kerncijfers uit dit bestand overgenomen, wijken: {self.figures}.",
                f"Key figures taken from this file, wijken: {self.figures}.",
            )
        yield from self._lists()

    def _lists(self) -> Iterable[Text]:
        yield from listed(Text("Gemeente aangemaakt", "Gemeente created"), self.new_gemeenten)
        yield from listed(
            Text("Stond nog niet in deze editie", "Was not in this edition yet"), self.added
        )
        yield from listed(
            Text(
                "Staat niet in dit bestand en houdt zijn eigen vorm, die kan overlappen",
                "Is not in this file and keeps its own shape, which may overlap",
            ),
            self.uncovered,
        )
        yield from listed(Text("Overgeslagen", "Skipped"), map(_skipped, self.skipped))
        yield from listed(Text("Ongeldig vlak hersteld", "Invalid polygon mended"), self.mended)
        yield from listed(
            Text("Kwam vaker voor en is samengevoegd", "Came more than once and was joined"),
            self.doubled,
        )
        yield from respelled_remark(self.respelled)
        yield from listed(
            Text("Vereenvoudigd voor het scherm", "Simplified for the screen"),
            [f"{code} ({metres:.0f} m)" for code, metres in self.simplified.items()],
        )


def _skipped(each: Skipped) -> Text:
    return Text(
        f"{each.code} {each.name} ({each.reason.nl})", f"{each.code} {each.name} ({each.reason.en})"
    )
