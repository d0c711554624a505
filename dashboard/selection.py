"""What the reader chose: the whole state of a page, as it stands in the URL."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Selection:
    """One view. Hashable, so that it can be the key of a cache.

    `release` is the number of an existing release; `gemeente`, `indicator` and `period` exist in
    it; `period` is "" where no period of the page's kind is closed yet; `wijk` is "" where no wijk
    was chosen; `extras` holds the page's own choices as they stand in the URL.
    """

    page: str
    release: int
    gemeente: str
    indicator: str
    period: str
    language: str
    wijk: str = ""
    extras: tuple[tuple[str, str], ...] = ()

    def extra(self, name: str, default: str = "") -> str:
        """Return the page's own choice `name` as text, or `default` when it is not in the URL."""
        return dict(self.extras).get(name, default)


@dataclass(frozen=True)
class Release:
    """One release: its number, the day it was made, and whether its figures are invented."""

    number: int
    made_on: datetime.date
    sample: bool
