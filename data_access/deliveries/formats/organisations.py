"""Organisations, where they work, and what they say about themselves."""

import datetime
from typing import Annotated

from data_access.deliveries.columns import Column, Row
from data_access.deliveries.formats.shared import (
    GemeenteCode,
    OrganisationId,
    RecordId,
    WijkCode,
    WijkEdition,
)
from data_access.deliveries.kinds import DAY, SLUG, YES_NO, one_of, text, whole, year
from data_access.register import FINANCIER_KINDS, ORGANISATION_KINDS
from indicators.vocabulary import Text

GIVES_AWAY = Text(
    "Van een organisatie met één of twee wijken geeft zo'n precies getal naast de afgeronde "
    "cijfers haar cijfers van die dag weg: het vernauwt de geheime drempel van haar wijk. "
    "Ook latere aantallen zijn dan makkelijker te raden.",
    "Of an organisation with one or two wijken such a true number, published beside the rounded "
    "figures, gives its figures of that date away: it narrows the secret threshold of its wijk. "
    "Later numbers are easier to guess then, too.",
)


class OrganisationRow(Row):
    """organisaties.csv."""

    id: Annotated[
        str,
        Column(
            "organisatie",
            SLUG,
            nl="Sleutel van de organisatie; andere bestanden verwijzen ernaar.",
            en="Key of the organisation; other files refer to it.",
        ),
    ]
    name: Annotated[
        str, Column("naam", text(120), nl="Naam op het scherm.", en="Name on the screen.")
    ]
    kind: Annotated[
        str,
        Column(
            "soort",
            one_of({kind: kind for kind in ORGANISATION_KINDS}),
            nl="Soort organisatie.",
            en="Kind of organisation: wijkbedrijf, social enterprise or other.",
        ),
    ]
    gemeente_code: GemeenteCode
    founded_year: Annotated[
        int | None,
        Column(
            "opgericht",
            year(1800, 2100, "2014"),
            nl="Jaar van oprichting; leeg als het niet bekend is.",
            en="Year of founding; empty when not known.",
            empty=None,
        ),
    ]
    description: Annotated[
        str,
        Column(
            "omschrijving",
            text(2000),
            nl="Wat de organisatie doet, in gewone zinnen.",
            en="What the organisation does, in plain sentences.",
            empty="",
        ),
    ]
    invented: Annotated[
        bool,
        Column(
            "verzonnen",
            YES_NO,
            nl="ja als de organisatie niet echt bestaat.",
            en="ja (yes) when the organisation does not really exist.",
        ),
    ]
    pseudonym_domain: Annotated[
        str | None,
        Column(
            "pseudoniemdomein",
            SLUG,
            nl="Naam die organisaties van één gemeente delen als hetzelfde pseudoniem bij hen "
            "dezelfde persoon is. Leeg: een pseudoniem geldt alleen binnen deze organisatie, of "
            "het domein dat het register al kent blijft.",
            en="Name that organisations of one gemeente share when the same pseudonym is the same "
            "person at all of them. Empty: a pseudonym counts within this organisation only, or "
            "the domain that the register knows already stays.",
            empty=None,
            may_be_absent=True,
        ),
    ]


class OrganisationWijkRow(Row):
    """organisatie_wijken.csv."""

    organisation_id: OrganisationId
    wijk_code: WijkCode
    wijk_edition: WijkEdition


class StatementRow(Row):
    """uitspraken.csv."""

    id: RecordId
    organisation_id: OrganisationId
    stated_on: Annotated[
        datetime.date | None,
        Column(
            "datum",
            DAY,
            nl="Dag van de uitspraak; leeg als die niet bekend is.",
            en="Day of the statement; empty when not known.",
            empty=None,
        ),
    ]
    value: Annotated[
        int | None,
        Column(
            "aantal",
            whole(0, 1_000_000, "142"),
            nl=f"Getal dat de organisatie zelf noemt; leeg als er geen getal is. {GIVES_AWAY.nl}",
            en="Number that the organisation itself gives; empty when there is none. "
            f"{GIVES_AWAY.en}",
            empty=None,
        ),
    ]
    text_nl: Annotated[
        str,
        Column(
            "tekst_nl",
            text(1000),
            nl="De openbare uitspraak, in het Nederlands.",
            en="The public statement, in Dutch.",
        ),
    ]
    text_en: Annotated[
        str,
        Column(
            "tekst_en",
            text(1000),
            nl="De openbare uitspraak, in het Engels.",
            en="The public statement, in English.",
        ),
    ]
    source: Annotated[
        str,
        Column("bron", text(500), nl="Waar dit te lezen is.", en="Where this can be read."),
    ]


class FinancierRow(Row):
    """financiers.csv."""

    id: Annotated[
        str,
        Column(
            "financier",
            SLUG,
            nl="Sleutel van de financier; andere bestanden verwijzen ernaar.",
            en="Key of the financier; other files refer to it.",
        ),
    ]
    name: Annotated[
        str, Column("naam", text(120), nl="Naam op het scherm.", en="Name on the screen.")
    ]
    kind: Annotated[
        str,
        Column(
            "soort",
            one_of({kind: kind for kind in FINANCIER_KINDS}),
            nl="Soort financier.",
            en="Kind of financier: gemeente, fund, housing corporation, state or other.",
        ),
    ]
