"""Sentences about a loaded file that boundaries and key figures share."""

from collections.abc import Iterable

from data_access.cbs.store import Changes
from indicators.vocabulary import Text

_SHOWN = 8


def other_year_remark(year: str, edition: int) -> Iterable[Text]:
    """Yield a warning when the file's name speaks of another year ('': it does not)."""
    if year:
        yield Text(
            f"Let op: in de bestandsnaam staat {year}, geladen als editie {edition}.",
            f"Note: the file's name says {year}, loaded as edition {edition}.",
        )


def respelled_remark(respelled: Iterable[tuple[str, str, str]]) -> Iterable[Text]:
    """Yield which names, as (code, in the register, in the file), are spelled differently."""
    return listed(
        Text(
            "Naam anders gespeld (register / bestand)", "Name spelled differently (register / file)"
        ),
        [f"{code} '{known}' / '{given}'" for code, known, given in respelled],
    )


def listed(heading: Text, items: Iterable[str | Text]) -> Iterable[Text]:
    """Yield one sentence: the heading, how many items, and the first of them. None: no sentence."""
    both = [each if isinstance(each, Text) else Text(each, each) for each in items]
    if both:
        yield Text(
            f"{heading.nl}: {len(both)} ({_first([each.nl for each in both], 'nl')}).",
            f"{heading.en}: {len(both)} ({_first([each.en for each in both], 'en')}).",
        )


def _first(items: list[str], language: str) -> str:
    rest = len(items) - _SHOWN
    more = [and_more(rest).in_language(language)] if rest > 0 else []
    return ", ".join([*items[:_SHOWN], *more])


def and_more(number: int) -> Text:
    """Return how a shortened list ends."""
    return Text(f"en nog {number}", f"and {number} more")


def counted(changes: Changes) -> Text:
    """Return how many rows there are, and what happened to them."""
    new, changed, same = changes.new, changes.changed, changes.unchanged
    return Text(
        f"{changes.total} ({new} nieuw, {changed} gewijzigd, {same} ongewijzigd)",
        f"{changes.total} ({new} new, {changed} changed, {same} unchanged)",
    )
