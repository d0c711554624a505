"""What happens to people, who appear as a pseudonym only."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from data_access.deliveries.columns import Column, check_not_before
from data_access.deliveries.formats.shared import (
    AgreedHours,
    EndDay,
    HomeWijkCode,
    HomeWijkEdition,
    OrganisationId,
    Pseudonym,
    RecordId,
    RowWithWijk,
    StartDay,
)
from data_access.deliveries.kinds import PAST_DAY, POSITIVE_AMOUNT, decimal, one_of, whole
from data_access.register import ACTIVITIES

LONGEST_WORKING_WEEK = 60
WORK_KINDS = {
    "zonder_steun": "paid_without_support",
    "met_steun": "paid_with_support",
    "zelfstandig": "self_employed",
}


class AgreementRow(RowWithWijk):
    """vrijwilligers.csv: volunteering agreements."""

    id: RecordId
    participant: Pseudonym
    organisation_id: OrganisationId
    wijk_code: HomeWijkCode
    wijk_edition: HomeWijkEdition
    started_on: StartDay
    ended_on: EndDay
    hours_per_week: AgreedHours
    activity: Annotated[
        str,
        Column(
            "activiteit",
            one_of({activity: activity for activity in ACTIVITIES}),
            nl="Wat de vrijwilliger vooral doet.",
            en="What the volunteer mainly does.",
        ),
    ]

    @field_validator("ended_on")
    @classmethod
    def _order(cls, ended_on: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        check_not_before(ended_on, info, "started_on", "begindatum")
        return ended_on


class AllowanceRow(RowWithWijk):
    """vergoedingen.csv: volunteer allowances paid."""

    id: RecordId
    participant: Pseudonym
    organisation_id: OrganisationId
    wijk_code: HomeWijkCode
    wijk_edition: HomeWijkEdition
    paid_on: Annotated[
        datetime.date,
        Column("datum", PAST_DAY, nl="Dag van betaling.", en="Day of payment."),
    ]
    amount_cents: Annotated[
        int,
        Column("bedrag", POSITIVE_AMOUNT, nl="Betaald bedrag in euro's.", en="Euros paid."),
    ]


class LadderRow(RowWithWijk):
    """ladder.csv: readings of the Participatieladder."""

    id: RecordId
    participant: Pseudonym
    organisation_id: OrganisationId
    wijk_code: HomeWijkCode
    wijk_edition: HomeWijkEdition
    read_on: Annotated[
        datetime.date,
        Column(
            "datum",
            PAST_DAY,
            nl="Dag van de meting; per persoon hoogstens één meting op een dag.",
            en="Day of the reading; at most one reading a day for a person.",
        ),
    ]
    level: Annotated[
        int,
        Column(
            "trede",
            whole(1, 6, "4"),
            nl="Trede van de Participatieladder, van 1 (geïsoleerd) tot en met 6 (betaald werk "
            "zonder steun).",
            en="Level of the Participatieladder, from 1 (isolated) to 6 (paid work without "
            "support).",
        ),
    ]


class PlacementRow(RowWithWijk):
    """uitstroom.csv: starts in paid work."""

    id: RecordId
    participant: Pseudonym
    organisation_id: OrganisationId
    wijk_code: HomeWijkCode
    wijk_edition: HomeWijkEdition
    started_on: StartDay
    ended_on: EndDay
    hours_per_week: Annotated[
        Decimal,
        Column(
            "uren_per_week",
            decimal("0.1", str(LONGEST_WORKING_WEEK), 1, "24"),
            nl="Uren betaald werk per week.",
            en="Hours of paid work a week.",
        ),
    ]
    kind: Annotated[
        str,
        Column(
            "soort_werk",
            one_of(WORK_KINDS),
            nl="Betaald werk zonder steun, met steun, of als zelfstandige.",
            en="Paid work without support (zonder_steun), with support (met_steun), or "
            "self-employed (zelfstandig).",
        ),
    ]

    @field_validator("ended_on")
    @classmethod
    def _order(cls, ended_on: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        check_not_before(ended_on, info, "started_on", "begindatum")
        return ended_on
