"""What loading did, in words."""

import datetime
from dataclasses import dataclass, field

from data_access.deliveries.writing import Written
from indicators.vocabulary import Text


@dataclass(frozen=True)
class LoadSummary:
    """What loading did: rows by file name, seconds taken.

    `unchanged`: everything was in the register as it is, so nothing was written. `loaded_before`
    is then the day and time (UTC) of the last load of exactly these files, if there was one.
    `accepted` doubts were answered with yes; `withdrawn` rows left the register. `notices` are
    worth reading, and ask for nothing.
    """

    name: str
    sample: bool
    files: dict[str, Written]
    seconds: float
    loaded_before: datetime.datetime | None
    unchanged: bool = False
    accepted: int = 0
    withdrawn: int = 0
    notices: tuple[Text, ...] = field(default=())

    def describe(self, language: str) -> str:
        """Return the summary as lines of text in `language` ("nl" or "en")."""
        lines = _lines_nl(self) if language == "nl" else _lines_en(self)
        told = [
            f"Let op: {each.nl}" if language == "nl" else f"Note: {each.en}"
            for each in self.notices
        ]
        return "\n".join([*lines, *told, *_what_next(self, language)])


def _lines_nl(summary: LoadSummary) -> list[str]:
    if summary.unchanged:
        before = ""
        if summary.loaded_before:
            before = (
                f" Deze bestanden zijn geladen op {summary.loaded_before:%d-%m-%Y %H:%M} (UTC)."
            )
        return [
            f"Alles in levering '{summary.name}' staat al zo in het register; er is niets "
            f"veranderd.{before}"
        ]
    seconds = f"{summary.seconds:.1f}".replace(".", ",")
    return [
        f"Levering '{summary.name}' is geladen in {seconds} s.",
        *(
            f"  {name}: {each.new} nieuw, {each.changed} gewijzigd, {each.same} ongewijzigd"
            for name, each in summary.files.items()
            if each.rows
        ),
        *([f"  intrekken.csv: {summary.withdrawn} ingetrokken"] if summary.withdrawn else []),
        *([f"  vragen waarop ja is gezegd: {summary.accepted}"] if summary.accepted else []),
    ]


def _lines_en(summary: LoadSummary) -> list[str]:
    if summary.unchanged:
        before = ""
        if summary.loaded_before:
            before = f" These files were loaded on {summary.loaded_before:%Y-%m-%d %H:%M} (UTC)."
        return [
            f"Everything in delivery '{summary.name}' is in the register as it is; nothing has "
            f"changed.{before}"
        ]
    return [
        f"Delivery '{summary.name}' was loaded in {summary.seconds:.1f} s.",
        *(
            f"  {name}: {each.new} new, {each.changed} changed, {each.same} unchanged"
            for name, each in summary.files.items()
            if each.rows
        ),
        *([f"  intrekken.csv: {summary.withdrawn} withdrawn"] if summary.withdrawn else []),
        *([f"  questions answered with yes: {summary.accepted}"] if summary.accepted else []),
    ]


def _what_next(summary: LoadSummary, language: str) -> list[str]:
    if summary.unchanged:
        return []
    nl = language == "nl"
    lines = []
    if summary.sample:
        lines.append(
            "Dit zijn voorbeeldcijfers: het dashboard zegt dat op elke pagina."
            if nl
            else "These are sample figures: the dashboard says so on every page."
        )
    lines.append(
        "Publiceer met 'python -m data_access publish' om dit te laten zien."
        if nl
        else "Publish with 'python -m data_access publish' to show this."
    )
    return lines
