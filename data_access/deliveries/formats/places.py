"""Gemeenten, wijken and their shapes."""

import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import ValidationInfo, field_validator

from data_access.deliveries.columns import Column, Row, broken_rule, known
from data_access.deliveries.formats.shared import GemeenteCode, WijkCode, WijkEdition
from data_access.deliveries.kinds import DAY, TRUE_FALSE, coordinate, text, whole

_PEOPLE = whole(0, 20_000_000, "1.500")

Residents = Annotated[
    int | None,
    Column(
        "inwoners",
        _PEOPLE,
        nl="Aantal inwoners; leeg als het niet bekend is.",
        en="Number of residents; empty when not known.",
        empty=None,
    ),
]
FiguresOn = Annotated[
    datetime.date | None,
    Column(
        "peildatum",
        DAY,
        nl="Dag waarop de aantallen gelden.",
        en="Day to which the numbers apply.",
        empty=None,
    ),
]
FiguresSource = Annotated[
    str,
    Column(
        "bron",
        text(500),
        nl="Bron van de aantallen.",
        en="Source of the numbers.",
        empty="",
    ),
]


class GemeenteRow(Row):
    """gemeenten.csv."""

    code: GemeenteCode
    name: Annotated[
        str, Column("naam", text(100), nl="Naam van de gemeente.", en="Name of the gemeente.")
    ]
    residents: Residents
    figures_on: FiguresOn
    figures_source: FiguresSource


class WijkRow(Row):
    """wijken.csv."""

    code: WijkCode
    edition: WijkEdition
    gemeente_code: GemeenteCode
    name: Annotated[str, Column("naam", text(120), nl="Naam van de wijk.", en="Name of the wijk.")]
    residents: Residents
    households: Annotated[
        int | None,
        Column(
            "huishoudens",
            _PEOPLE,
            nl="Aantal huishoudens; leeg als het niet bekend is.",
            en="Number of households; empty when not known.",
            empty=None,
        ),
    ]
    bijstand: Annotated[
        int | None,
        Column(
            "bijstand",
            _PEOPLE,
            nl="Aantal inwoners met een bijstandsuitkering; leeg als het niet bekend is.",
            en="Number of residents on bijstand (social assistance); empty when not known.",
            empty=None,
        ),
    ]
    figures_on: FiguresOn
    figures_source: FiguresSource
    longitude: Annotated[
        Decimal | None,
        Column(
            "lengtegraad",
            coordinate(3, 8, "5,7985"),
            nl="Lengtegraad van het midden van de wijk; mag leeg zijn.",
            en="Longitude of the centre of the wijk; may be empty.",
            empty=None,
        ),
    ]
    latitude: Annotated[
        Decimal | None,
        Column(
            "breedtegraad",
            coordinate(50, 54, "53,2012"),
            nl="Breedtegraad van het midden van de wijk; leeg als de lengtegraad leeg is.",
            en="Latitude of the centre of the wijk; empty when the longitude is empty.",
            empty=None,
        ),
    ]

    @field_validator("gemeente_code")
    @classmethod
    def _gemeente_of_the_code(cls, gemeente_code: str, info: ValidationInfo) -> str:
        if known(info, "code") and gemeente_code[2:] != info.data["code"][2:6]:
            wanted = f"GM{info.data['code'][2:6]}"
            raise broken_rule(
                f"{wanted}, de gemeente die in de wijkcode staat",
                f"{wanted}, the gemeente that the wijk code names",
            )
        return gemeente_code

    @field_validator("latitude")
    @classmethod
    def _both_or_neither(cls, latitude: Decimal | None, info: ValidationInfo) -> Decimal | None:
        if known(info, "longitude") and (latitude is None) != (info.data["longitude"] is None):
            raise broken_rule(
                "lengtegraad en breedtegraad allebei ingevuld of allebei leeg",
                "longitude and latitude both filled in, or both empty",
            )
        return latitude


class WijkShapeRow(Row):
    """Properties of one feature in wijkgrenzen.geojson."""

    code: WijkCode
    edition: WijkEdition
    schematic: Annotated[
        bool,
        Column(
            "schematisch",
            TRUE_FALSE,
            nl="true als de vorm berekend is en geen echte grens; het dashboard zegt dat erbij.",
            en="true when the shape was computed and is no real boundary; the dashboard says so.",
        ),
    ]
    geometry_source: Annotated[
        str,
        Column(
            "bron",
            text(500),
            nl="Bron van de vorm.",
            en="Source of the shape.",
            empty="",
        ),
    ]
