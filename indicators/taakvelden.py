"""Iv3 taakvelden (budget lines of municipalities) on which spending may be booked.

A code is a text: "0.1" is not "0.10". Codes change by year; source: Iv3, as used in the municipal
accounts 2023 and budgets 2025 published by CBS.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Taakveld:
    """One Iv3 budget line; `last_year` 0 means still in use."""

    code: str
    name: str
    first_year: int
    last_year: int


TAAKVELDEN: tuple[Taakveld, ...] = (
    Taakveld("5.1", "Sportbeleid en activering", 2017, 0),
    Taakveld("5.2", "Sportaccommodaties", 2017, 0),
    Taakveld("6.1", "Samenkracht en burgerparticipatie", 2017, 0),
    Taakveld("6.2", "Toegang en eerstelijnsvoorzieningen (wijkteams)", 2017, 2023),
    Taakveld("6.21", "Toegang en eerstelijnsvoorzieningen Wmo", 2023, 0),
    Taakveld("6.22", "Toegang en eerstelijnsvoorzieningen jeugd", 2023, 0),
    Taakveld("6.23", "Toegang en eerstelijnsvoorzieningen integraal", 2023, 0),
    Taakveld("6.3", "Inkomensregelingen", 2017, 0),
    Taakveld("6.4", "WSW en beschut werk", 2017, 0),
    Taakveld("6.5", "Arbeidsparticipatie", 2017, 0),
    Taakveld("8.3", "Wonen en bouwen", 2017, 0),
)


def by_code(code: str) -> Taakveld:
    """Return the taakveld with `code`. Raises KeyError when it is not known."""
    for taakveld in TAAKVELDEN:
        if taakveld.code == code:
            return taakveld
    raise KeyError(code)
