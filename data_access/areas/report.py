"""What loading boundaries did, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.areas.wijken import Skipped
from data_access.cbs.remarks import listed, other_year_remark, respelled_remark
from data_access.cbs.store import Changes
from indicators.vocabulary import Text


@dataclass(frozen=True)
class AreasLoaded:
    """What was loaded from a file with boundaries.

    changes: rows of the table wijk. figures: wijken that got key figures from the file.
    new_gemeenten, mended, doubled: codes. respelled: wijken with another spelling of their name,
    as (code, in the register, in the file). added, uncovered: wijken that only the file, or only the
    register, has of a gemeente that was in this edition already. simplified: metres by gemeente. largest: bytes of the
    shapes of the largest gemeente. other_year: a year in the file's name that is not the edition.
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

    @property
    def wijken(self) -> int:
        """How many wijken of the file are in the register now."""
        return self.changes.new + self.changes.changed + self.changes.unchanged

    def describe(self, language: str) -> str:
        """Return what happened in `language` ("nl" or "en"), one sentence a line."""
        return "\n".join(each.in_language(language) for each in self._sentences())

    def _sentences(self) -> Iterable[Text]:
        done = self.changes
        yield Text(
            f"{self.file}: grenzen geladen, editie {self.edition}, wijken: {self.wijken}, gemeenten: "
            f"{self.gemeenten} ({done.new} nieuw, {done.changed} gewijzigd, {done.unchanged} "
            f"ongewijzigd; grootste gemeente {self.largest / 1000:.0f} kB).",
            f"{self.file}: boundaries loaded, edition {self.edition}, wijken: {self.wijken}, "
            f"gemeenten: {self.gemeenten} ({done.new} new, {done.changed} changed, "
            f"{done.unchanged} unchanged; largest gemeente {self.largest / 1000:.0f} kB).",
        )
        yield from self._remarks()

    def _remarks(self) -> Iterable[Text]:
        if self.other_year:
            yield other_year_remark(self.other_year, self.edition)
        if self.figures:
            yield Text(
                f"Kerncijfers uit dit bestand overgenomen, wijken: {self.figures}.",
                f"Key figures taken from this file, wijken: {self.figures}.",
            )
        if self.new_gemeenten:
            yield listed(Text("Gemeente aangemaakt", "Gemeente created"), self.new_gemeenten)
        if self.skipped:
            yield Text(self._skipped("nl"), self._skipped("en"))
        if self.mended:
            yield listed(Text("Ongeldig vlak hersteld", "Invalid polygon mended"), self.mended)
        if self.doubled:
            yield listed(
                Text("Kwam vaker voor en is samengevoegd", "Came more than once and was joined"),
                self.doubled,
            )
        if self.respelled:
            yield respelled_remark(self.respelled)
        if self.added:
            yield listed(
                Text("Stond nog niet in deze editie", "Was not in this edition yet"), self.added
            )
        if self.uncovered:
            yield listed(
                Text(
                    "Staat niet in dit bestand en houdt zijn eigen vorm, die kan overlappen",
                    "Is not in this file and keeps its own shape, which may overlap",
                ),
                self.uncovered,
            )
        if self.simplified:
            by = [f"{code} ({metres:.0f} m)" for code, metres in self.simplified.items()]
            yield listed(Text("Vereenvoudigd voor het scherm", "Simplified for the screen"), by)

    def _skipped(self, language: str) -> str:
        heading = Text("Overgeslagen", "Skipped")
        each = [f"{e.code} {e.name} ({e.reason.in_language(language)})" for e in self.skipped]
        return listed(heading, each).in_language(language)
