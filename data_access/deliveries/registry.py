"""The files of a delivery, in the order in which they are loaded: references come first."""

from dataclasses import dataclass

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from data_access import register
from data_access.deliveries.columns import Column, Row, columns_of
from data_access.deliveries.formats import (
    contracts,
    delivery,
    money,
    organisations,
    people,
    places,
)
from indicators.vocabulary import Text

SUPPLIER = register.spending.c.supplier.name


@dataclass(frozen=True)
class Reference:
    """Fields of a file that point to the columns `referred` of a table of the register."""

    fields: tuple[str, ...]
    table: str
    referred: tuple[str, ...]


@dataclass(frozen=True)
class DeliveryFile:
    """One file: its name, the shape of its rows, its table of the register, what it is for."""

    name: str
    model: type[Row]
    table: Table
    about: Text

    @property
    def columns(self) -> dict[str, Column]:
        """The columns by field name, in the order of the file."""
        return dict(columns_of(self.model))

    @property
    def key(self) -> tuple[str, ...]:
        """The fields that tell rows apart."""
        return tuple(column.name for column in self.table.primary_key.columns)

    @property
    def numbered(self) -> bool:
        """Whether each supplier gives the rows keys of its own."""
        return self.key == (SUPPLIER, "id")

    @property
    def other_keys(self) -> tuple[tuple[str, ...], ...]:
        """Further sets of fields that the register holds once."""
        return tuple(
            tuple(column.name for column in constraint.columns)
            for constraint in self.table.constraints
            if isinstance(constraint, UniqueConstraint)
        )

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the columns point to. Participants are left out: loading creates them."""
        if self.updates_only:
            return (Reference(self.key, self.table.name, self.key),)
        return tuple(
            sorted(
                (
                    _reference(constraint)
                    for constraint in self.table.foreign_key_constraints
                    if constraint.referred_table is not register.participant
                    and self.written(tuple(constraint.column_keys))
                ),
                key=lambda reference: list(self.columns).index(self.written(reference.fields)[0]),
            )
        )

    @property
    def updates_only(self) -> bool:
        """Whether rows add to rows of another file (shapes to wijken)."""
        return self.name.endswith(".geojson")

    def headers(self, fields: tuple[str, ...]) -> str:
        """Return the Dutch headers of fields, as one text."""
        return " + ".join(self.columns[field].header for field in fields)

    def written(self, fields: tuple[str, ...]) -> tuple[str, ...]:
        """Return those fields that stand in the file: whose row it is, loading works out."""
        return tuple(field for field in fields if field in self.columns)


def _reference(constraint: ForeignKeyConstraint) -> Reference:
    return Reference(
        tuple(element.parent.name for element in constraint.elements),
        constraint.referred_table.name,
        tuple(element.column.name for element in constraint.elements),
    )


DELIVERY_FILE = DeliveryFile(
    "levering.csv",
    delivery.DeliveryRow,
    register.delivery,
    Text(
        "De levering zelf: precies één rij. Dit is het enige verplichte bestand.",
        "The delivery itself: exactly one row. This is the only required file.",
    ),
)
WITHDRAWALS = DeliveryFile(
    "intrekken.csv",
    delivery.WithdrawalRow,
    register.withdrawn,
    Text(
        "Rijen van eerdere leveringen die niet hadden mogen komen: zij gaan uit het register.",
        "Rows of earlier deliveries that should not have come: they leave the register.",
    ),
)
WIJK_SHAPES = DeliveryFile(
    "wijkgrenzen.geojson",
    places.WijkShapeRow,
    register.wijk,
    Text(
        "Vorm van wijken op de kaart: een GeoJSON FeatureCollection in WGS84 met vlakken.",
        "Shapes of wijken on the map: a GeoJSON FeatureCollection in WGS84 with polygons.",
    ),
)

FILES: tuple[DeliveryFile, ...] = (
    DeliveryFile(
        "gemeenten.csv",
        places.GemeenteRow,
        register.gemeente,
        Text("Gemeenten die meedoen.", "Gemeenten (municipalities) that take part."),
    ),
    DeliveryFile(
        "wijken.csv",
        places.WijkRow,
        register.wijk,
        Text(
            "CBS-wijken per indelingsjaar, met inwoners en bijstand.",
            "CBS wijken (neighbourhoods) by edition, with residents and people on bijstand.",
        ),
    ),
    WIJK_SHAPES,
    DeliveryFile(
        "organisaties.csv",
        organisations.OrganisationRow,
        register.organisation,
        Text("Wijkbedrijven en andere organisaties.", "Wijkbedrijven and other organisations."),
    ),
    DeliveryFile(
        "organisatie_wijken.csv",
        organisations.OrganisationWijkRow,
        register.organisation_wijk,
        Text(
            "In welke wijken een organisatie werkt; geen rij als zij aan geen wijk gebonden is.",
            "The wijken where an organisation works; no row when it is not tied to a wijk.",
        ),
    ),
    DeliveryFile(
        "uitspraken.csv",
        organisations.StatementRow,
        register.statement,
        Text(
            "Wat organisaties in het openbaar over zichzelf zeggen. Geen cijfers van het register.",
            "What organisations say in public about themselves. Not figures of the register.",
        ),
    ),
    DeliveryFile(
        "financiers.csv",
        organisations.FinancierRow,
        register.financier,
        Text("Wie betaalt.", "Who pays."),
    ),
    DeliveryFile(
        "vrijwilligers.csv",
        people.AgreementRow,
        register.agreement,
        Text(
            "Vrijwilligersovereenkomsten van bewoners.",
            "Volunteering agreements of residents.",
        ),
    ),
    DeliveryFile(
        "vergoedingen.csv",
        people.AllowanceRow,
        register.allowance,
        Text("Betaalde vrijwilligersvergoedingen.", "Volunteer allowances paid."),
    ),
    DeliveryFile(
        "ladder.csv",
        people.LadderRow,
        register.ladder_reading,
        Text(
            "Metingen op de Participatieladder, minstens twee keer per jaar.",
            "Readings of the Participatieladder, at least twice a year.",
        ),
    ),
    DeliveryFile(
        "uitstroom.csv",
        people.PlacementRow,
        register.placement,
        Text(
            "Vrijwilligers die aan betaald werk begonnen.",
            "Volunteers who started in paid work.",
        ),
    ),
    DeliveryFile(
        "uitkomsten.csv",
        contracts.OutcomeRow,
        register.outcome,
        Text(
            "Uitkomsten waar een contract voor betaalt, in de woorden van bewoners.",
            "Outcomes that a contract pays for, in the words of residents.",
        ),
    ),
    DeliveryFile(
        "contracten.csv",
        contracts.ContractRow,
        register.contract,
        Text("Contracten op resultaat.", "Contracts on results."),
    ),
    DeliveryFile(
        "contract_financiers.csv",
        contracts.ContractFinancierRow,
        register.contract_financier,
        Text("Wie een contract betaalt en tot welk plafond.", "Who pays, up to which ceiling."),
    ),
    DeliveryFile(
        "contract_uitkomsten.csv",
        contracts.ContractOutcomeRow,
        register.contract_outcome,
        Text("Tarief en afgesproken aantal per uitkomst.", "Tariff and agreed number by outcome."),
    ),
    DeliveryFile(
        "resultaten.csv",
        contracts.ResultRow,
        register.result,
        Text(
            "Resultaten: gemeld, door bewoners beoordeeld, gecontroleerd en betaald.",
            "Results: claimed, judged by residents, checked and paid.",
        ),
    ),
    DeliveryFile(
        "besteding.csv",
        money.SpendingRow,
        register.spending,
        Text(
            "Wat is besteed, zonder betalingen per resultaat.",
            "What was spent, without payments by result.",
        ),
    ),
    DeliveryFile(
        "besteding_uitkomsten.csv",
        money.SpendingOutcomeRow,
        register.spending_outcome,
        Text("Waar bestedingen voor bedoeld zijn.", "What spending is meant for."),
    ),
    DeliveryFile(
        "streefwaarden.csv",
        money.TargetRow,
        register.target,
        Text("Streefwaarden per indicator.", "Targets by indicator."),
    ),
    DeliveryFile(
        "afgesloten_kwartalen.csv",
        delivery.ClosedQuarterRow,
        register.closed_period,
        Text(
            "Kwartalen die de gemeente heeft afgesloten; alleen die worden gepubliceerd.",
            "Quarters that the municipality has closed; only those are published.",
        ),
    ),
    DeliveryFile(
        "ontvangen.csv",
        delivery.CoverageRow,
        register.coverage,
        Text(
            "Van wie wat is ontvangen, en wat niet.",
            "What was received from whom, and what was not.",
        ),
    ),
)
ALL_FILES: tuple[DeliveryFile, ...] = (DELIVERY_FILE, *FILES, WITHDRAWALS)


def files_of_table(table: str) -> tuple[DeliveryFile, ...]:
    """Return the files that create rows in a table of the register."""
    return tuple(each for each in FILES if each.table.name == table and not each.updates_only)


def template_name(file: DeliveryFile) -> str:
    """Return the name that a file has in the template: vrijwilligers.csv for vrijwilligers.xlsx."""
    return next(each.name for each in ALL_FILES if each.model is file.model)
