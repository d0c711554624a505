"""What a release is about: gemeenten, wijken, organisations, quarters, what is missing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, Connection, select

from data_access import register as r
from data_access.errors import PublishRefused
from data_access.same_wijk import normalised_name
from indicators.periods import quarters_of, year_of


@dataclass(frozen=True)
class Gemeente:
    """One gemeente in the release; wijken of one edition, quarters that are closed, in order."""

    code: str
    edition: int
    wijken: tuple[str, ...]
    organisations: tuple[str, ...]
    items: tuple[str, ...]
    quarters: tuple[str, ...]

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years of which all four quarters are closed."""
        closed = set(self.quarters)
        years = sorted({year_of(quarter) for quarter in closed})
        return tuple(str(year) for year in years if closed.issuperset(quarters_of(year)))


@dataclass(frozen=True)
class Context:
    """Everything that is settled before a count is made.

    `wijk_codes` maps (code, edition) in the register to the wijk code in the release; `missing`
    lists per delivery subject the (organisation, quarter) that did not arrive.
    """

    gemeenten: tuple[Gemeente, ...]
    wijk_codes: Mapping[tuple[str, int], str]
    gemeente_of: Mapping[str, str]
    declared_wijken: Mapping[str, frozenset[str]]
    missing: Mapping[str, frozenset[tuple[str, str]]]
    sample: bool

    @property
    def last_closed(self) -> str:
        """Return the last closed quarter of any gemeente."""
        return max(quarter for gemeente in self.gemeenten for quarter in gemeente.quarters)


def read_context(connection: Connection) -> Context:
    """Read the context from the register.

    Raises PublishRefused when no quarter is closed, or when a wijk of an older edition cannot be
    found in the edition of the release.
    """
    closed = _closed_quarters(connection)
    if not closed:
        raise PublishRefused(
            "Er is nog geen afgesloten kwartaal. Lever afgesloten_kwartalen.csv aan en publiceer "
            "daarna opnieuw.",
            "No quarter has been closed yet. Deliver afgesloten_kwartalen.csv and publish again.",
        )
    editions = _editions(connection)
    organisations = _grouped(connection, r.organisation.c.gemeente_code, r.organisation.c.id)
    items = _items(connection)
    wijken = _wijken(connection, editions)
    gemeenten = tuple(
        Gemeente(
            code=code,
            edition=editions[code],
            wijken=tuple(sorted(wijken[code])),
            organisations=tuple(sorted(organisations.get(code, ()))),
            items=tuple(sorted(items.get(code, ()))),
            quarters=tuple(sorted(quarters)),
        )
        for code, quarters in sorted(closed.items())
        if code in editions
    )
    wijk_codes = _wijk_codes(connection, editions)
    return Context(
        gemeenten=gemeenten,
        wijk_codes=wijk_codes,
        gemeente_of={wijk: each.code for each in gemeenten for wijk in each.wijken},
        declared_wijken=_declared_wijken(connection, wijk_codes),
        missing=_missing(connection, gemeenten),
        sample=bool(connection.scalars(select(r.delivery.c.id).where(r.delivery.c.sample)).first()),
    )


def _grouped(connection: Connection, key: Column[str], value: Column[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for each, member in connection.execute(select(key, value)):
        groups[each].append(member)
    return groups


def _closed_quarters(connection: Connection) -> dict[str, list[str]]:
    return _grouped(connection, r.closed_period.c.gemeente_code, r.closed_period.c.quarter)


def _items(connection: Connection) -> dict[str, list[str]]:
    o = r.contract_outcome.c
    rows = connection.execute(
        select(r.contract.c.gemeente_code, o.contract_id, o.outcome_id).join(r.contract_outcome)
    )
    items: dict[str, list[str]] = defaultdict(list)
    for gemeente, contract, outcome in rows:
        items[gemeente].append(f"{contract}/{outcome}")
    return items


def _editions(connection: Connection) -> dict[str, int]:
    """The newest edition that the register's rows of each gemeente refer to."""
    editions: dict[str, int] = {}
    for table in (r.organisation_wijk, r.agreement, r.ladder_reading, r.placement, r.spending):
        used = select(table.c.wijk_code, table.c.wijk_edition).distinct().subquery()
        rows = connection.execute(
            select(r.wijk.c.gemeente_code, r.wijk.c.edition)
            .join(
                used,
                (used.c.wijk_code == r.wijk.c.code) & (used.c.wijk_edition == r.wijk.c.edition),
            )
            .distinct()
        )
        for code, edition in rows:
            editions[code] = max(edition, editions.get(code, 0))
    return editions


def _wijken(connection: Connection, editions: Mapping[str, int]) -> dict[str, list[str]]:
    wijken: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(select(r.wijk.c.gemeente_code, r.wijk.c.edition, r.wijk.c.code))
    for gemeente, edition, code in rows:
        if editions.get(gemeente) == edition:
            wijken[gemeente].append(code)
    return wijken


def _wijk_codes(connection: Connection, editions: Mapping[str, int]) -> dict[tuple[str, int], str]:
    """Find each wijk of the register in the release's edition, by name: codes are reused."""
    rows = connection.execute(
        select(r.wijk.c.gemeente_code, r.wijk.c.edition, r.wijk.c.code, r.wijk.c.name)
    ).all()
    current = {
        (gemeente, normalised_name(name)): code
        for gemeente, edition, code, name in rows
        if editions.get(gemeente) == edition
    }
    return {
        (code, edition): current[gemeente, normalised_name(name)]
        for gemeente, edition, code, name in rows
        if (gemeente, normalised_name(name)) in current
    }


def release_code(context: Context, code: str, edition: int) -> str:
    """Return the wijk code in the release. Raises PublishRefused when the wijk is not in it."""
    try:
        return context.wijk_codes[code, edition]
    except KeyError:
        raise PublishRefused(
            f"Wijk {code} (editie {edition}) komt niet voor in de editie van de publicatie. "
            "Lever deze gegevens aan met de wijkcode van de nieuwste editie.",
            f"Wijk {code} (edition {edition}) is not in the edition of the release. Deliver these "
            "records with the wijk code of the newest edition.",
        ) from None


def _declared_wijken(
    connection: Connection, wijk_codes: Mapping[tuple[str, int], str]
) -> dict[str, frozenset[str]]:
    wijken: dict[str, set[str]] = defaultdict(set)
    for organisation, code, edition in connection.execute(select(*r.organisation_wijk.c)):
        if (code, edition) in wijk_codes:
            wijken[organisation].add(wijk_codes[code, edition])
    return {organisation: frozenset(codes) for organisation, codes in wijken.items()}


def _missing(
    connection: Connection, gemeenten: tuple[Gemeente, ...]
) -> dict[str, frozenset[tuple[str, str]]]:
    """From an organisation's first listed quarter on, a quarter without a date is missing."""
    closed = {o: each.quarters for each in gemeenten for o in each.organisations}
    listed: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    c = r.coverage.c
    for row in connection.execute(select(c.organisation_id, c.subject, c.quarter, c.delivered_on)):
        listed[row.subject, row.organisation_id][row.quarter] = row.delivered_on is not None
    missing: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for (subject, organisation), arrived in listed.items():
        for quarter in closed.get(organisation, ()):
            if quarter >= min(arrived) and not arrived.get(quarter, False):
                missing[subject].add((organisation, quarter))
    return {subject: frozenset(pairs) for subject, pairs in missing.items()}
