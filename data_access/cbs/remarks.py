"""Sentences about a loaded file that boundaries and key figures share."""

from collections.abc import Iterable

from indicators.vocabulary import Text

_SHOWN = 8


def other_year_remark(year: str, edition: int) -> Text:
    """Return the warning that the file's name speaks of another year than the edition."""
    return Text(
        f"Let op: in de bestandsnaam staat {year}, geladen als editie {edition}.",
        f"Note: the file's name says {year}, loaded as edition {edition}.",
    )


def respelled_remark(respelled: Iterable[tuple[str, str, str]]) -> Text:
    """Return which names are spelled differently in the register and in the file."""
    pairs = [f"{code} '{known}' / '{given}'" for code, known, given in respelled]
    return listed(
        Text(
            "Naam anders gespeld (register / bestand)", "Name spelled differently (register / file)"
        ),
        pairs,
    )


def listed(heading: Text, items: Iterable[str]) -> Text:
    """Return the heading with how many items there are, and the first of them."""
    items = list(items)
    shown = ", ".join(items[:_SHOWN])
    rest = len(items) - _SHOWN
    more = and_more(rest) if rest > 0 else None
    return Text(
        f"{heading.nl}: {len(items)} ({shown}{f', {more.nl}' if more else ''}).",
        f"{heading.en}: {len(items)} ({shown}{f', {more.en}' if more else ''}).",
    )


def and_more(number: int) -> Text:
    """Return how a shortened list ends."""
    return Text(f"en nog {number}", f"and {number} more")
