"""What the reader chose: the whole state of a page, as it stands in the URL."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from data_access.shelf import ReleaseKey

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True)
class Selection:
    """One view. Hashable, so that it can be the key of a cache.

    `release` is the chosen gemeente's release, `beside` those of all gemeenten that were current
    at the same moment (its own too); `gemeente`, `indicator` and `period` exist in it; `period` is
    "" where no period of the page's kind is closed yet; `wijk` is "" where no wijk was chosen;
    `moment` is the moment that the URL pins, "" for now; `extras` holds the page's own choices as
    they stand in the URL.
    """

    page: str
    release: ReleaseKey
    gemeente: str
    indicator: str
    period: str
    language: str
    wijk: str = ""
    extras: tuple[tuple[str, str], ...] = ()
    beside: tuple[ReleaseKey, ...] = ()
    moment: str = ""

    @property
    def shown(self) -> tuple[ReleaseKey, ...]:
        """The releases whose figures are shown: of one gemeente, or of all that are compared."""
        return self.beside if self.extra("soort") == "gemeenten" else (self.release,)

    def extra(self, name: str, default: str = "") -> str:
        """Return the page's own choice `name` as text, or `default` when it is not in the URL."""
        return dict(self.extras).get(name, default)


@dataclass(frozen=True)
class Release:
    """One release of a gemeente.

    `made_at` is in UTC; `periods` are the closed periods, oldest first; `sample` tells whether its
    figures are invented.
    """

    key: ReleaseKey
    gemeente: str
    made_at: datetime.datetime
    periods: tuple[str, ...]
    closed_until: str
    sample: bool

    @property
    def number(self) -> int:
        """The number of the release within its gemeente."""
        return self.key.number

    @property
    def made_on(self) -> datetime.date:
        """The day on which it was made, in Dutch time."""
        return self.made_at.astimezone(DUTCH_TIME).date()

    @property
    def moment(self) -> str:
        """The moment from which it was current, as a URL holds it: Dutch time, to the second."""
        local = self.made_at.astimezone(DUTCH_TIME)
        # In the hour that comes twice a year only a time with its offset says which one is meant.
        twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
        return local.isoformat() if twice else local.replace(tzinfo=None).isoformat()


def moment_in(text: str) -> datetime.datetime:
    """Return the moment in UTC that a URL pins: 2026-03-01T12:00, in Dutch time.

    Raises ValueError for anything else.
    """
    asked = datetime.datetime.fromisoformat(text)
    if asked.tzinfo is None:
        asked = asked.replace(tzinfo=DUTCH_TIME)
    try:
        return asked.astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError(text) from error
