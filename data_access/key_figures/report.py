"""What loading key figures did, in sentences."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from data_access.cbs.remarks import counted, listed, other_year_remark, respelled_remark
from data_access.cbs.store import Changes
from indicators.vocabulary import Text

_KINDS = {
    "buurt": Text("buurten", "buurten"),
    "water": Text("water", "water"),
    "abroad": Text("buitenland", "abroad"),
    "other": Text("land en landsdelen", "country and its parts"),
}


@dataclass(frozen=True)
class FiguresLoaded:
    """What was loaded from a table with key figures.

    wijken, gemeenten: what happened to their rows. added: wijken that a gemeente did not have yet
    in this edition. skipped: rows by kind. unknown: wijken without a number of residents.
    differences: the sum of the wijken minus the total of the gemeente, where they differ; CBS
    rounds wijken to five, both are kept. newer_kept: gemeenten with residents of a later date.
    other_year: a year in the file's name that is not the edition.
    """

    file: str
    edition: int
    wijken: Changes
    gemeenten: Changes
    added: tuple[str, ...]
    skipped: Counter[str]
    doubled: tuple[str, ...]
    unknown: tuple[str, ...]
    differences: dict[str, int]
    newer_kept: tuple[str, ...]
    respelled: tuple[tuple[str, str, str], ...]
    other_year: str

    def describe(self, language: str) -> str:
        """Return what happened in `language` ("nl" or "en"), one sentence a line."""
        return "\n".join(each.in_language(language) for each in self._sentences())

    def _sentences(self) -> Iterable[Text]:
        wijken, gemeenten = counted(self.wijken), counted(self.gemeenten)
        yield Text(
            f"{self.file}: kerncijfers geladen, editie {self.edition}, wijken: {wijken.nl}, "
            f"gemeenten: {gemeenten.nl}.",
            f"{self.file}: key figures loaded, edition {self.edition}, wijken: {wijken.en}, "
            f"gemeenten: {gemeenten.en}.",
        )
        yield from other_year_remark(self.other_year, self.edition)
        if self.skipped:
            yield Text(f"Overgeslagen: {self._skipped('nl')}.", f"Skipped: {self._skipped('en')}.")
        yield from self._lists()

    def _lists(self) -> Iterable[Text]:
        yield from listed(
            Text("Stond nog niet in deze editie", "Was not in this edition yet"), self.added
        )
        yield from listed(Text("Stond er dubbel in", "Was in it twice"), self.doubled)
        yield from listed(Text("Aantal inwoners onbekend", "Residents unknown"), self.unknown)
        yield from listed(
            Text(
                "Som van de wijken min gemeentetotaal (CBS rondt wijken af; beide blijven staan)",
                "Sum of the wijken minus gemeente's total (CBS rounds wijken; both are kept)",
            ),
            [f"{code} {difference:+d}" for code, difference in self.differences.items()],
        )
        yield from listed(
            Text(
                "Nieuwer inwonertal van de gemeente behouden",
                "Kept newer residents of the gemeente",
            ),
            self.newer_kept,
        )
        yield from respelled_remark(self.respelled)

    def _skipped(self, language: str) -> str:
        return ", ".join(
            f"{_KINDS[kind].in_language(language)} {number}"
            for kind, number in sorted(self.skipped.items())
        )
