"""Columns that several files have in common."""

import datetime
from decimal import Decimal
from typing import Annotated

from data_access.deliveries.columns import Column
from data_access.deliveries.kinds import (
    DAY,
    EDITION,
    GEMEENTE_CODE,
    PSEUDONYM,
    RECORD_ID,
    SLUG,
    WIJK_CODE,
    decimal,
)
from indicators.catalogue import HOURS_BASE

RecordId = Annotated[
    str,
    Column(
        "kenmerk",
        RECORD_ID,
        nl="Eigen sleutel van deze regel. Een latere levering met hetzelfde kenmerk werkt de "
        "regel bij.",
        en="Your own key of this row. A later delivery with the same key updates the row.",
    ),
]
Pseudonym = Annotated[
    str,
    Column(
        "pseudoniem",
        PSEUDONYM,
        nl="Vaste code die voor één persoon staat, in alle bestanden dezelfde. De sleutel van "
        "code naar persoon blijft bij de organisatie.",
        en="Fixed code that stands for one person, the same in all files. The key from code to "
        "person stays with the organisation.",
    ),
]
OrganisationId = Annotated[
    str,
    Column(
        "organisatie",
        SLUG,
        nl="Sleutel van de organisatie, zoals in organisaties.csv.",
        en="Key of the organisation, as in organisaties.csv.",
    ),
]
GemeenteCode = Annotated[
    str,
    Column(
        "gemeentecode",
        GEMEENTE_CODE,
        nl="CBS-code van de gemeente.",
        en="CBS code of the gemeente (municipality).",
    ),
]
WijkCode = Annotated[
    str,
    Column(
        "wijkcode",
        WIJK_CODE,
        nl="CBS-code van de wijk waar de persoon woont of waar het om gaat.",
        en="CBS code of the wijk (neighbourhood) where the person lives or that it concerns.",
    ),
]
WijkEdition = Annotated[
    int,
    Column(
        "wijkjaar",
        EDITION,
        nl="Jaar van de CBS-wijkindeling. Het CBS gebruikt codes opnieuw voor andere wijken, "
        "dus de code alleen is niet genoeg.",
        en="Year of the CBS wijk edition. CBS reuses codes for other wijken, so the code alone "
        "is not enough.",
    ),
]
FinancierId = Annotated[
    str,
    Column(
        "financier",
        SLUG,
        nl="Sleutel van de financier, zoals in financiers.csv.",
        en="Key of the financier, as in financiers.csv.",
    ),
]
ContractId = Annotated[
    str,
    Column(
        "contract",
        SLUG,
        nl="Sleutel van het contract, zoals in contracten.csv.",
        en="Key of the contract, as in contracten.csv.",
    ),
]
OutcomeId = Annotated[
    str,
    Column(
        "uitkomst",
        SLUG,
        nl="Sleutel van de uitkomst, zoals in uitkomsten.csv.",
        en="Key of the outcome, as in uitkomsten.csv.",
    ),
]
AgreedHours = Annotated[
    Decimal,
    Column(
        "uren_per_week",
        decimal("0.1", str(HOURS_BASE), 1, "7,5"),
        nl="Afgesproken uren per week.",
        en="Agreed hours a week.",
    ),
]
StartDay = Annotated[
    datetime.date,
    Column("begindatum", DAY, nl="Eerste dag.", en="First day."),
]
EndDay = Annotated[
    datetime.date | None,
    Column(
        "einddatum",
        DAY,
        nl="Laatste dag; leeg zolang het loopt.",
        en="Last day; empty while it runs.",
        empty=None,
    ),
]
