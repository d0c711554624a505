"""Spending and targets."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from data_access.deliveries.columns import Column, Row, broken_rule, known
from data_access.deliveries.formats.shared import FinancierId, GemeenteCode, RecordId, RowWithWijk
from data_access.deliveries.kinds import (
    AMOUNT_NOT_ZERO,
    AREA_CODE,
    DAY,
    EDITION,
    PERIOD,
    RECORD_ID,
    SHARE,
    SLUG,
    WIJK_CODE,
    decimal,
    one_of,
    text,
)
from data_access.register import NATURES
from indicators import taakvelden
from indicators.catalogue import INDICATORS, indicator
from indicators.periods import kind_of

OUTCOMES = {"meedoen": "participation", "stap_omhoog": "step_up", "betaald_werk": "paid_work"}


class SpendingRow(RowWithWijk):
    """besteding.csv: what was spent, result payments left out."""

    id: RecordId
    gemeente_code: GemeenteCode
    spent_on: Annotated[
        datetime.date,
        Column("datum", DAY, nl="Dag waarop de uitgave telt.", en="Day to which it counts."),
    ]
    organisation_id: Annotated[
        str | None,
        Column(
            "organisatie",
            SLUG,
            nl="Organisatie waaraan is besteed; leeg als het niet om één organisatie gaat.",
            en="Organisation it was spent on; empty when it is not about one organisation.",
            empty=None,
        ),
    ]
    wijk_code: Annotated[
        str | None,
        Column(
            "wijkcode",
            WIJK_CODE,
            nl="Wijk waaraan is besteed; leeg als het niet om één wijk gaat.",
            en="Wijk it was spent on; empty when it is not about one wijk.",
            empty=None,
        ),
    ]
    wijk_edition: Annotated[
        int | None,
        Column(
            "wijkjaar",
            EDITION,
            nl="Jaar van de CBS-wijkindeling; leeg als de wijkcode leeg is.",
            en="Year of the CBS wijk edition; empty when the wijk code is empty.",
            empty=None,
        ),
    ]
    taakveld: Annotated[
        str,
        Column(
            "taakveld",
            one_of({each.code: each.code for each in taakvelden.TAAKVELDEN}),
            nl="Iv3-taakveld dat in het jaar van de datum gold. Een code is tekst: 6.2 is niet "
            "6.20.",
            en="Iv3 taakveld that was in use in the year of the date. A code is text: 6.2 is not "
            "6.20.",
        ),
    ]
    financier_id: FinancierId
    amount_cents: Annotated[
        int,
        Column(
            "bedrag",
            AMOUNT_NOT_ZERO,
            nl="Bedrag in euro's. Betalingen per resultaat horen hier niet in: die volgen uit "
            "resultaten.csv.",
            en="Amount in euros. Payments by result do not belong here: they follow from "
            "resultaten.csv.",
        ),
    ]
    nature: Annotated[
        str,
        Column(
            "aard",
            one_of({nature: nature for nature in NATURES}),
            nl="structureel (blijvend) of incidenteel (tijdelijk, met een einddatum).",
            en="structureel (lasting) or incidenteel (temporary, with an end date).",
        ),
    ]
    money_ends_on: Annotated[
        datetime.date | None,
        Column(
            "geld_tot",
            DAY,
            nl="Laatste dag waarvoor het geld er is: verplicht bij incidenteel, leeg bij "
            "structureel.",
            en="Last day for which the money is there: required with incidenteel, empty with "
            "structureel.",
            empty=None,
        ),
    ]
    description: Annotated[
        str,
        Column(
            "omschrijving",
            text(1000),
            nl="Waar het geld heen ging. Openbaar: noem geen personen.",
            en="Where the money went. Public: name no persons.",
            empty="",
        ),
    ]

    @field_validator("taakveld")
    @classmethod
    def _in_use_that_year(cls, code: str, info: ValidationInfo) -> str:
        if known(info, "spent_on") and not _in_use(code, info.data["spent_on"].year):
            used = info.data["spent_on"].year
            codes = ", ".join(
                each.code for each in taakvelden.TAAKVELDEN if _in_use(each.code, used)
            )
            raise broken_rule(
                f"een taakveld dat in {used} gold: {codes or 'geen bekend'}",
                f"a taakveld that was in use in {used}: {codes or 'none known'}",
            )
        return code

    @field_validator("money_ends_on")
    @classmethod
    def _finite_when_temporary(
        cls, ends_on: datetime.date | None, info: ValidationInfo
    ) -> datetime.date | None:
        if not known(info, "nature"):
            return ends_on
        if info.data["nature"] == "incidenteel" and ends_on is None:
            raise broken_rule(
                "een datum, want incidenteel geld heeft een einddatum",
                "a date, since temporary (incidenteel) money has an end date",
            )
        if info.data["nature"] == "structureel" and ends_on is not None:
            raise broken_rule(
                "leeg, want geld met een einddatum is incidenteel",
                "empty, since money with an end date is temporary (incidenteel)",
            )
        return ends_on


class SpendingOutcomeRow(Row):
    """besteding_uitkomsten.csv: what spending was meant to bring about."""

    spending_id: Annotated[
        str,
        Column(
            "besteding",
            RECORD_ID,
            nl="Kenmerk van de regel in besteding.csv.",
            en="Key of the row in besteding.csv.",
        ),
    ]
    outcome: Annotated[
        str,
        Column(
            "uitkomst",
            one_of(OUTCOMES),
            nl="Waar het geld voor bedoeld is.",
            en="What the money is meant for: taking part (meedoen), a step up the ladder "
            "(stap_omhoog), paid work (betaald_werk).",
        ),
    ]
    share: Annotated[
        Decimal,
        Column(
            "aandeel",
            SHARE,
            nl="Deel van het bedrag; samen per besteding hoogstens 1. De rest is niet toegerekend.",
            en="Part of the amount; at most 1 in all for one spending. The rest is unattributed.",
        ),
    ]


class TargetRow(Row):
    """streefwaarden.csv."""

    indicator: Annotated[
        str,
        Column(
            "indicator",
            one_of({each.id: each.id for each in INDICATORS}),
            nl="Indicator waarvoor de streefwaarde geldt.",
            en="Indicator to which the target applies.",
        ),
    ]
    area_code: Annotated[
        str,
        Column(
            "gebied",
            AREA_CODE,
            nl="Gemeente of wijk waarvoor de streefwaarde geldt.",
            en="Gemeente or wijk to which the target applies.",
        ),
    ]
    period: Annotated[
        str,
        Column(
            "periode",
            PERIOD,
            nl="Kwartaal of jaar waarvoor de streefwaarde geldt.",
            en="Quarter or year to which the target applies.",
        ),
    ]
    value: Annotated[
        Decimal,
        Column(
            "waarde",
            decimal("0", "9999999999", 4, "12,5"),
            nl="Streefwaarde in de eenheid van de indicator.",
            en="Target in the unit of the indicator.",
        ),
    ]

    @field_validator("period")
    @classmethod
    def _period_of_the_indicator(cls, period: str, info: ValidationInfo) -> str:
        if not known(info, "indicator"):
            return period
        chosen = indicator(info.data["indicator"])
        if kind_of(period) not in chosen.frequency:
            quarterly = "quarter" in chosen.frequency
            raise broken_rule(
                f"een {'kwartaal' if quarterly else 'jaar'}, want {chosen.id} bestaat alleen per "
                f"{'kwartaal' if quarterly else 'jaar'}",
                f"a {'quarter' if quarterly else 'year'}, since {chosen.id} exists per "
                f"{'quarter' if quarterly else 'year'} only",
            )
        return period


def _in_use(code: str, year: int) -> bool:
    taakveld = taakvelden.by_code(code)
    return taakveld.first_year <= year and (taakveld.last_year == 0 or year <= taakveld.last_year)
