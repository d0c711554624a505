"""Contracts on results: what counts, what it pays, who pays, and what was achieved."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from data_access.deliveries.columns import Column, Row, broken_rule, check_not_before, known
from data_access.deliveries.formats.shared import (
    ContractId,
    FinancierId,
    GemeenteCode,
    HomeWijkCode,
    HomeWijkEdition,
    OrganisationId,
    OutcomeId,
    Pseudonym,
    RecordId,
    RowWithWijk,
)
from data_access.deliveries.kinds import (
    ACHIEVED,
    DAY,
    PAST_DAY,
    POSITIVE_AMOUNT,
    SHARE,
    SLUG,
    Kind,
    text,
    whole,
)


def _both(header: str, kind: Kind, nl: str, en: str) -> tuple[Column, Column]:
    return (
        Column(f"{header}_nl", kind, nl=f"{nl}, in het Nederlands.", en=f"{en}, in Dutch."),
        Column(f"{header}_en", kind, nl=f"{nl}, in het Engels.", en=f"{en}, in English."),
    )


_NAME = _both("naam", text(160), "Naam van de uitkomst", "Name of the outcome")
_DEFINITION = _both("definitie", text(2000), "Wanneer de uitkomst telt", "When it counts")
_UNIT = _both("eenheid", text(80), "Wat één uitkomst is", "What one outcome is")
_DETERMINED_BY = _both("bepaald_door", text(160), "Wie oordeelt", "Who judges")
_VALIDATION = _both("validatie", text(2000), "Hoe dat wordt getoetst", "How it is validated")


class OutcomeRow(Row):
    """uitkomsten.csv: what a contract can pay for."""

    id: Annotated[
        str,
        Column(
            "uitkomst",
            SLUG,
            nl="Sleutel van de uitkomst; andere bestanden verwijzen ernaar.",
            en="Key of the outcome; other files refer to it.",
        ),
    ]
    name_nl: Annotated[str, _NAME[0]]
    name_en: Annotated[str, _NAME[1]]
    definition_nl: Annotated[str, _DEFINITION[0]]
    definition_en: Annotated[str, _DEFINITION[1]]
    unit_nl: Annotated[str, _UNIT[0]]
    unit_en: Annotated[str, _UNIT[1]]
    determined_by_nl: Annotated[str, _DETERMINED_BY[0]]
    determined_by_en: Annotated[str, _DETERMINED_BY[1]]
    validation_nl: Annotated[str, _VALIDATION[0]]
    validation_en: Annotated[str, _VALIDATION[1]]


class ContractRow(Row):
    """contracten.csv."""

    id: Annotated[
        str,
        Column(
            "contract",
            SLUG,
            nl="Sleutel van het contract; andere bestanden verwijzen ernaar.",
            en="Key of the contract; other files refer to it.",
        ),
    ]
    gemeente_code: GemeenteCode
    name: Annotated[
        str, Column("naam", text(160), nl="Naam van het contract.", en="Name of the contract.")
    ]
    starts_on: Annotated[
        datetime.date,
        Column(
            "begindatum", DAY, nl="Eerste dag van het contract.", en="First day of the contract."
        ),
    ]
    ends_on: Annotated[
        datetime.date,
        Column(
            "einddatum", DAY, nl="Laatste dag van het contract.", en="Last day of the contract."
        ),
    ]

    @field_validator("ends_on")
    @classmethod
    def _order(cls, ends_on: datetime.date, info: ValidationInfo) -> datetime.date:
        if known(info, "starts_on") and ends_on <= info.data["starts_on"]:
            start = info.data["starts_on"]
            raise broken_rule(
                f"een datum na begindatum ({start:%d-%m-%Y})",
                f"a date after begindatum ({start:%d-%m-%Y})",
            )
        return ends_on


class ContractFinancierRow(Row):
    """contract_financiers.csv."""

    contract_id: ContractId
    financier_id: FinancierId
    share: Annotated[
        Decimal,
        Column(
            "aandeel",
            SHARE,
            nl="Deel dat deze financier betaalt; samen per contract 1.",
            en="Part that this financier pays; 1 in all for a contract.",
        ),
    ]
    ceiling_cents: Annotated[
        int,
        Column(
            "plafond",
            POSITIVE_AMOUNT,
            nl="Hoogste bedrag in euro's dat deze financier betaalt.",
            en="Highest amount in euros that this financier pays.",
        ),
    ]


class ContractOutcomeRow(Row):
    """contract_uitkomsten.csv."""

    contract_id: ContractId
    outcome_id: OutcomeId
    tariff_cents: Annotated[
        int,
        Column(
            "tarief",
            POSITIVE_AMOUNT,
            nl="Bedrag in euro's voor één resultaat.",
            en="Amount in euros for one result.",
        ),
    ]
    agreed: Annotated[
        int,
        Column(
            "afgesproken",
            whole(1, 1_000_000, "40"),
            nl="Afgesproken aantal resultaten in de hele looptijd.",
            en="Agreed number of results over the whole term.",
        ),
    ]


class ResultRow(RowWithWijk):
    """resultaten.csv: one result, with its states as separate dates."""

    id: RecordId
    contract_id: ContractId
    outcome_id: OutcomeId
    participant: Pseudonym
    organisation_id: OrganisationId
    wijk_code: HomeWijkCode
    wijk_edition: HomeWijkEdition
    claimed_on: Annotated[
        datetime.date,
        Column(
            "gemeld_op",
            PAST_DAY,
            nl="Dag waarop de organisatie het resultaat meldde.",
            en="Day on which the organisation claimed the result.",
        ),
    ]
    judged_on: Annotated[
        datetime.date | None,
        Column(
            "beoordeeld_op",
            PAST_DAY,
            nl="Dag waarop de bewoner oordeelde; leeg als dat nog niet is gebeurd.",
            en="Day on which the resident judged; empty when that has not happened yet.",
            empty=None,
        ),
    ]
    judged_achieved: Annotated[
        bool | None,
        Column(
            "oordeel_bewoners",
            ACHIEVED,
            nl="Oordeel van de bewoner zelf; hoort bij beoordeeld_op.",
            en="The resident's own judgement; goes with beoordeeld_op.",
            empty=None,
        ),
    ]
    checked_on: Annotated[
        datetime.date | None,
        Column(
            "gecontroleerd_op",
            PAST_DAY,
            nl="Dag van de administratieve controle; leeg als die er nog niet was.",
            en="Day of the administrative check; empty when there was none yet.",
            empty=None,
        ),
    ]
    check_passed: Annotated[
        bool | None,
        Column(
            "controle",
            ACHIEVED,
            nl="Uitkomst van de administratieve controle; hoort bij gecontroleerd_op.",
            en="Outcome of the administrative check; goes with gecontroleerd_op.",
            empty=None,
        ),
    ]
    paid_on: Annotated[
        datetime.date | None,
        Column(
            "betaald_op",
            PAST_DAY,
            nl="Dag van betaling; kan alleen als de bewoner het behaald vindt.",
            en="Day of payment; only possible when the resident finds it achieved.",
            empty=None,
        ),
    ]

    @field_validator("judged_on", "checked_on")
    @classmethod
    def _after_claim(cls, day: datetime.date | None, info: ValidationInfo) -> datetime.date | None:
        check_not_before(day, info, "claimed_on", "gemeld_op")
        return day

    @field_validator("judged_achieved")
    @classmethod
    def _judged_on_a_day(cls, verdict: bool | None, info: ValidationInfo) -> bool | None:
        _check_dated(verdict, info, "judged_on", "beoordeeld_op")
        return verdict

    @field_validator("check_passed")
    @classmethod
    def _checked_on_a_day(cls, verdict: bool | None, info: ValidationInfo) -> bool | None:
        _check_dated(verdict, info, "checked_on", "gecontroleerd_op")
        return verdict

    @field_validator("paid_on")
    @classmethod
    def _paid_when_residents_agree(
        cls, paid_on: datetime.date | None, info: ValidationInfo
    ) -> datetime.date | None:
        if paid_on is None:
            return None
        if known(info, "judged_achieved") and not info.data["judged_achieved"]:
            raise broken_rule(
                "leeg, want er wordt alleen betaald als oordeel_bewoners 'behaald' is",
                "empty, since only a result that residents judged 'behaald' (achieved) is paid",
            )
        check_not_before(paid_on, info, "judged_on", "beoordeeld_op")
        return paid_on


def _check_dated(
    verdict: bool | None, info: ValidationInfo, day_field: str, day_header: str
) -> None:
    if known(info, day_field) and (verdict is None) != (info.data[day_field] is None):
        raise broken_rule(
            f"ingevuld als {day_header} is ingevuld, anders leeg",
            f"filled in when {day_header} is filled in, otherwise empty",
        )
