"""What the register and a delivery say together about organisations, contracts and wijken."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from data_access import register
from data_access.deliveries.delivery import Delivery

OWN_DOMAIN = "organisatie:"


@dataclass(frozen=True)
class Organisation:
    """An organisation: where it belongs, its name, and the domain it shares pseudonyms with."""

    gemeente: str
    name: str
    domain: str | None


@dataclass(frozen=True)
class Known:
    """The register before this delivery (`stored_...`) and as it would be after it.

    An organisation or contract that a delivery moves to another gemeente stays where it was: that
    is a fault. `wijk_names` has the name of each (code, edition); `closed` the quarters that each
    gemeente had closed before this delivery: only those can have been published.
    """

    stored_organisations: Mapping[str, Organisation]
    organisations: Mapping[str, Organisation]
    stored_contracts: Mapping[str, str]
    contracts: Mapping[str, str]
    gemeente_names: Mapping[str, str]
    financier_names: frozenset[str]
    wijk_names: Mapping[tuple[str, int], str]
    closed: Mapping[str, tuple[str, ...]]

    def domain_of(self, organisation: str) -> str:
        """Return the domain within which a pseudonym of an organisation is one person."""
        found = self.organisations.get(organisation)
        return (found.domain if found else None) or OWN_DOMAIN + organisation

    def gemeente_of_organisation(self, organisation: str | None) -> str | None:
        """Return the code of an organisation's gemeente, None when it is not known."""
        found = self.organisations.get(organisation or "")
        return found.gemeente if found else None

    def gemeente_of(self, table: str, values: Mapping[str, Any]) -> str | None:
        """Return the gemeente to which a row belongs; None for financiers and outcomes.

        A person's row belongs to the gemeente of the organisation, wherever the person lives.
        """
        if table == register.gemeente.name:
            return values.get("code")
        if table == register.wijk.name:
            return gemeente_of_area(values.get("code"))
        if table == register.organisation.name:
            stored = self.stored_organisations.get(values.get("id", ""))
            return stored.gemeente if stored else values.get("gemeente_code")
        if table == register.contract.name:
            return self.stored_contracts.get(values.get("id", ""), values.get("gemeente_code"))
        if "gemeente_code" in values:
            return str(values["gemeente_code"])
        if "organisation_id" in values:
            return self.gemeente_of_organisation(values["organisation_id"])
        if "contract_id" in values:
            return self.contracts.get(values["contract_id"])
        if "area_code" in values:
            return gemeente_of_area(values["area_code"])
        if table == register.spending_outcome.name:
            return gemeente_of_area(values.get("supplier"))
        return None

    def called(self, supplier: str) -> str:
        """Return how to speak of a supplier: its name and its key."""
        organisation = self.organisations.get(supplier)
        name = organisation.name if organisation else self.gemeente_names.get(supplier)
        return f"{name} ({supplier})" if name else supplier


def gemeente_of_area(code: str | None) -> str | None:
    """Return the gemeente of a gemeente or wijk code; None for anything else."""
    if code is None or not code.startswith(("GM", "WK")):
        return None
    return f"GM{code[2:6]}"


def read_known(connection: Connection, delivery: Delivery) -> Known:
    """Return what a delivery and the register say together."""
    stored_organisations = _stored_organisations(connection)
    stored_contracts = _pairs(connection, register.contract.c.id, register.contract.c.gemeente_code)
    wijk = register.wijk.c
    wijken = connection.execute(select(wijk.code, wijk.edition, wijk.name))
    gemeenten = _pairs(connection, register.gemeente.c.code, register.gemeente.c.name)
    financiers = connection.scalars(select(register.financier.c.name))
    delivered_contracts = delivery.keys_of(register.contract.name, ("id", "gemeente_code"))
    return Known(
        stored_organisations,
        {**_delivered_organisations(delivery), **stored_organisations}
        | _new_domains(delivery, stored_organisations),
        stored_contracts,
        {**{str(key): str(code) for key, code in delivered_contracts}, **stored_contracts},
        dict(delivery.keys_of(register.gemeente.name, ("code", "name"))) | gemeenten,
        frozenset(financiers)
        | {str(name) for (name,) in delivery.keys_of(register.financier.name, ("name",))},
        {(code, edition): name for code, edition, name in wijken}
        | {
            (code, edition): name
            for code, edition, name in delivery.keys_of(
                register.wijk.name, ("code", "edition", "name")
            )
        },
        _closed(connection),
    )


def _pairs(connection: Connection, *columns: Any) -> dict[str, str]:
    return {str(key): str(value) for key, value in connection.execute(select(*columns))}


def _stored_organisations(connection: Connection) -> dict[str, Organisation]:
    c = register.organisation.c
    rows = connection.execute(select(c.id, c.gemeente_code, c.name, c.pseudonym_domain))
    return {key: Organisation(gemeente, name, domain) for key, gemeente, name, domain in rows}


def _delivered_organisations(delivery: Delivery) -> dict[str, Organisation]:
    found = {}
    for parsed in delivery.files_of(register.organisation.name):
        for row, (key, gemeente) in parsed.complete(("id", "gemeente_code")):
            name, domain = row.values.get("name", key), row.values.get("pseudonym_domain")
            found[key] = Organisation(gemeente, name, domain)
    return found


def _new_domains(delivery: Delivery, stored: Mapping[str, Organisation]) -> dict[str, Organisation]:
    """Return the stored organisations with the name and the domain that the delivery gives them.

    An empty domain leaves the known one as it is.
    """
    return {
        key: Organisation(
            stored[key].gemeente, delivered.name, delivered.domain or stored[key].domain
        )
        for key, delivered in _delivered_organisations(delivery).items()
        if key in stored
    }


def _closed(connection: Connection) -> dict[str, tuple[str, ...]]:
    closed: dict[str, list[str]] = defaultdict(list)
    c = register.closed_period.c
    for gemeente, quarter in connection.execute(select(c.gemeente_code, c.quarter)):
        closed[gemeente].append(quarter)
    return {gemeente: tuple(sorted(quarters)) for gemeente, quarters in closed.items()}
