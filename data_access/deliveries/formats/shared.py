"""Columns that several files have in common."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from data_access.deliveries.columns import Column, Row, broken_rule, known
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
        nl="Vaste code die bij deze organisatie voor één persoon staat, in alle bestanden "
        "dezelfde; `python -m data_access pseudonymise` maakt zulke codes. De sleutel van code "
        "naar persoon blijft bij de organisatie.",
        en="Fixed code that stands for one person of this organisation, the same in all files; "
        "`python -m data_access pseudonymise` makes such codes. The key from code to person stays "
        "with the organisation.",
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
HomeWijkCode = Annotated[
    str | None,
    Column(
        "wijkcode",
        WIJK_CODE,
        nl="CBS-code van de wijk waar de persoon woont; leeg als die niet bekend is of er niet is.",
        en="CBS code of the wijk where the person lives; empty when not known or when there is "
        "none.",
        empty=None,
    ),
]
HomeWijkEdition = Annotated[
    int | None,
    Column(
        "wijkjaar",
        EDITION,
        nl="Jaar van de CBS-wijkindeling; leeg als de wijkcode leeg is. Het CBS gebruikt codes "
        "opnieuw voor andere wijken, dus de code alleen is niet genoeg.",
        en="Year of the CBS wijk edition; empty when the wijk code is empty. CBS reuses codes for "
        "other wijken, so the code alone is not enough.",
        empty=None,
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


class RowWithWijk(Row):
    """A row whose wijk may be unknown: code and edition are both filled in or both empty."""

    @field_validator("wijk_edition", check_fields=False)
    @classmethod
    def _with_the_wijk(cls, edition: int | None, info: ValidationInfo) -> int | None:
        if known(info, "wijk_code") and (edition is None) != (info.data["wijk_code"] is None):
            raise broken_rule(
                "ingevuld als wijkcode is ingevuld, anders leeg",
                "filled in when wijkcode is filled in, otherwise empty",
            )
        return edition
