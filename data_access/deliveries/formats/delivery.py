"""The delivery itself, and what is complete in it."""

import datetime
import re
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from data_access.deliveries.columns import Column, Row, broken_rule, known
from data_access.deliveries.formats.shared import GemeenteCode, OrganisationId
from data_access.deliveries.kinds import (
    GEMEENTE_CODE,
    PAST_DAY,
    QUARTER,
    RECORD_ID,
    SLUG,
    YES_NO,
    Kind,
    one_of,
    text,
)
from data_access.register import COVERAGE_SUBJECTS
from indicators.periods import last_day
from indicators.vocabulary import Text

_GEMEENTE = re.compile(r"GM[0-9]{4}", re.IGNORECASE)


def _supplier(cell: str) -> object:
    return (GEMEENTE_CODE if _GEMEENTE.fullmatch(cell) else SLUG).parse(cell)


SUPPLIER = Kind(
    _supplier,
    Text(
        "de sleutel van een organisatie zoals wijkbedrijf-bilgaard, of een gemeentecode zoals "
        "GM0080",
        "the key of an organisation such as wijkbedrijf-bilgaard, or a gemeente code such as "
        "GM0080",
    ),
    "wijkbedrijf-bilgaard",
)
WITHDRAWABLE = (
    "uitspraken.csv",
    "vrijwilligers.csv",
    "vergoedingen.csv",
    "ladder.csv",
    "uitstroom.csv",
    "resultaten.csv",
    "besteding.csv",
)


class DeliveryRow(Row):
    """levering.csv: exactly one row."""

    name: Annotated[
        str,
        Column("naam", text(200), nl="Naam van deze levering.", en="Name of this delivery."),
    ]
    sample: Annotated[
        bool,
        Column(
            "voorbeeld",
            YES_NO,
            nl="ja als de cijfers verzonnen zijn: het dashboard zegt dat dan op elke pagina.",
            en="ja (yes) when the figures are invented: every page of the dashboard then says so.",
        ),
    ]
    note: Annotated[
        str,
        Column(
            "toelichting",
            text(2000),
            nl="Opmerking voor wie de levering later leest; wordt niet geladen.",
            en="Remark for whoever reads the delivery later; not loaded.",
            empty="",
        ),
    ]
    supplier: Annotated[
        str,
        Column(
            "leverancier",
            SUPPLIER,
            nl="Van wie deze levering is: de sleutel van één organisatie of de code van één "
            "gemeente. De levering kan dan alleen rijen van die leverancier bevatten. Leeg: elke "
            "rij is van de organisatie of de gemeente die zij noemt, en rijen intrekken kan niet "
            "als dat er meer zijn.",
            en="Whose delivery this is: the key of one organisation or the code of one gemeente. "
            "It can then hold rows of that supplier only. Empty: each row belongs to the "
            "organisation or the gemeente that it names, and no rows can be withdrawn when those "
            "are several.",
            empty="",
            may_be_absent=True,
        ),
    ]


class WithdrawalRow(Row):
    """intrekken.csv: rows of earlier deliveries that must leave the register."""

    file: Annotated[
        str,
        Column(
            "bestand",
            one_of(
                {name: name for name in WITHDRAWABLE},
                also={
                    name.removesuffix(".csv") + ending: name
                    for name in WITHDRAWABLE
                    for ending in ("", ".xlsx")
                },
            ),
            nl="Bestand waarin de rij eerder is geleverd.",
            en="File in which the row was delivered before.",
        ),
    ]
    id: Annotated[
        str,
        Column(
            "kenmerk",
            RECORD_ID,
            nl="Kenmerk van de rij die uit het register moet.",
            en="Key of the row that must leave the register.",
        ),
    ]


class ClosedQuarterRow(Row):
    """afgesloten_kwartalen.csv: quarters in which nothing is expected to change."""

    gemeente_code: GemeenteCode
    quarter: Annotated[
        str,
        Column(
            "kwartaal",
            QUARTER,
            nl="Kwartaal dat is afgesloten. Alleen afgesloten kwartalen worden gepubliceerd.",
            en="Quarter that is closed. Only closed quarters are published.",
        ),
    ]
    closed_on: Annotated[
        datetime.date,
        Column(
            "afgesloten_op",
            PAST_DAY,
            nl="Dag waarop de gemeente het kwartaal afsloot, na de laatste dag ervan.",
            en="Day on which the municipality closed the quarter, after its last day.",
        ),
    ]

    @field_validator("closed_on")
    @classmethod
    def _after_the_quarter(cls, closed_on: datetime.date, info: ValidationInfo) -> datetime.date:
        if known(info, "quarter") and closed_on <= last_day(info.data["quarter"]):
            quarter, end = info.data["quarter"], last_day(info.data["quarter"])
            raise broken_rule(
                f"een datum na de laatste dag van {quarter} ({end:%d-%m-%Y}): een kwartaal kan pas "
                "dicht als het voorbij is",
                f"a date after the last day of {quarter} ({end:%d-%m-%Y}): a quarter can be closed "
                "only when it is over",
            )
        return closed_on


class CoverageRow(Row):
    """ontvangen.csv: what was received from whom, and what not."""

    organisation_id: OrganisationId
    subject: Annotated[
        str,
        Column(
            "onderdeel",
            one_of({subject: subject for subject in COVERAGE_SUBJECTS}),
            nl="Waar de ontvangst over gaat. Een organisatie telt mee vanaf het eerste kwartaal "
            "dat hier voor dit onderdeel staat.",
            en="What the receipt is about. An organisation counts from the first quarter listed "
            "here for this subject.",
        ),
    ]
    quarter: Annotated[
        str,
        Column(
            "kwartaal",
            QUARTER,
            nl="Kwartaal waarover is geleverd.",
            en="Quarter that was reported on.",
        ),
    ]
    delivered_on: Annotated[
        datetime.date | None,
        Column(
            "ontvangen_op",
            PAST_DAY,
            nl="Dag van ontvangst; leeg als er niets is ontvangen. Niet ontvangen is niet nul.",
            en="Day of receipt; empty when nothing was received. Not received is not zero.",
            empty=None,
        ),
    ]
