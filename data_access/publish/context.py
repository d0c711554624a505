"""What a release is about: one gemeente, its places, organisations, quarters, what is missing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection, func, select

from data_access import register as r
from data_access.errors import PublishRefused
from data_access.publish.receipts import Receipts, read_receipts
from data_access.release_tables import TOGETHER
from data_access.same_wijk import normalised_name
from indicators.periods import quarters_of, year_of

WijkKey = tuple[str | None, int | None]
# The place of people who live in a wijk that their organisation did not declare: they count at the
# organisation and the gemeente only. Otherwise a figure of that wijk would be false whenever the
# organisation does not deliver, and to mark it would tell where its people live.
NOWHERE = ""


@dataclass(frozen=True)
class Gemeente:
    """One gemeente in a release; wijken of one edition, quarters that are closed, in order."""

    code: str
    name: str
    edition: int
    wijken: tuple[str, ...]
    organisations: tuple[str, ...]
    items: tuple[str, ...]
    quarters: tuple[str, ...]

    @property
    def elsewhere(self) -> str:
        """Return the code of the place of people who live outside the gemeente."""
        return f"BG{self.code[2:]}"

    @property
    def unknown(self) -> str:
        """Return the code of the place of people whose wijk is not known."""
        return f"OW{self.code[2:]}"

    @property
    def together(self) -> str:
        """Return the code under which an organisation's small places are shown together."""
        return f"{TOGETHER}{self.code[2:]}"

    @property
    def places(self) -> tuple[str, ...]:
        """Return every place where people can be counted: fixed in advance, whoever lives there."""
        return (*self.wijken, self.elsewhere, self.unknown)

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Return the years of which all four quarters are closed."""
        closed = set(self.quarters)
        years = sorted({year_of(quarter) for quarter in closed})
        return tuple(str(year) for year in years if closed.issuperset(quarters_of(year)))

    @property
    def last_closed(self) -> str:
        """Return the last closed quarter."""
        return self.quarters[-1]


@dataclass(frozen=True)
class Context:
    """Everything about one gemeente that is settled before a count is made.

    `wijk_codes` maps (code, edition) in the register to the wijk code in the release, for wijken
    of this gemeente; `declared_wijken` are those codes per organisation.
    """

    gemeente: Gemeente
    wijk_codes: Mapping[WijkKey, str]
    declared_wijken: Mapping[str, frozenset[str]]
    receipts: Receipts
    sample: bool

    def place(self, code: str | None, edition: int | None) -> str:
        """Return the place in the release of a wijk of the register."""
        if code is None:
            return self.gemeente.unknown
        if code[2:6] != self.gemeente.code[2:]:
            return self.gemeente.elsewhere
        return self.wijk_codes.get((code, edition), self.gemeente.unknown)

    def place_of_person(self, organisation: str, code: str | None, edition: int | None) -> str:
        """Return the place where a person counts: the wijk, if the organisation declared it."""
        place = self.place(code, edition)
        declared = self.declared_wijken.get(organisation, frozenset())
        return NOWHERE if place in self.gemeente.wijken and place not in declared else place

    def places_of(self, organisation: str) -> tuple[str, ...]:
        """Return every place where people of an organisation can count, whoever lives there."""
        declared = self.declared_wijken.get(organisation, frozenset())
        return (
            *sorted(declared), self.gemeente.elsewhere, self.gemeente.unknown, NOWHERE,
        )  # fmt: skip


def gemeenten_with_figures(connection: Connection) -> dict[str, str]:
    """Return name by code of every gemeente that has an organisation or a closed quarter."""
    g = r.gemeente.c
    with_organisation = select(r.organisation.c.gemeente_code)
    with_quarter = select(r.closed_period.c.gemeente_code)
    rows = connection.execute(
        select(g.code, g.name)
        .where(g.code.in_(with_organisation.union(with_quarter)))
        .order_by(g.code)
    )
    return {row.code: row.name for row in rows}


def read_context(connection: Connection, code: str, name: str, today: date) -> Context:
    """Read the context of one gemeente from the register.

    Raises PublishRefused when no quarter is closed or no wijk is known.
    """
    quarters = _closed_quarters(connection, code, today)
    if not quarters:
        raise PublishRefused(
            "Er is nog geen afgesloten kwartaal. Lever afgesloten_kwartalen.csv aan en publiceer "
            "daarna opnieuw.",
            "No quarter has been closed yet. Deliver afgesloten_kwartalen.csv and publish again.",
        )
    edition = _edition(connection, code)
    if edition is None:
        raise PublishRefused(
            "Er zijn nog geen wijken. Lever wijken.csv aan en publiceer daarna opnieuw.",
            "There are no wijken yet. Deliver wijken.csv and publish again.",
        )
    known = _wijken(connection, code)
    wijk_codes = _wijk_codes(known, edition)
    o = r.organisation.c
    organisations = tuple(
        connection.scalars(select(o.id).where(o.gemeente_code == code).order_by(o.id))
    )
    gemeente = Gemeente(
        code=code,
        name=name,
        edition=edition,
        wijken=tuple(sorted(wijk for wijk, year in known if year == edition)),
        organisations=organisations,
        items=_items(connection, code),
        quarters=quarters,
    )
    return Context(
        gemeente=gemeente,
        wijk_codes=wijk_codes,
        declared_wijken=_declared_wijken(connection, organisations, wijk_codes),
        receipts=read_receipts(connection, code, organisations, quarters),
        sample=_is_sample(connection, code),
    )


def _closed_quarters(connection: Connection, code: str, today: date) -> tuple[str, ...]:
    c, q = r.closed_period.c, r.quarter.c
    rows = connection.scalars(
        select(c.quarter)
        .join(r.quarter, q.id == c.quarter)
        .where(c.gemeente_code == code, q.ends_on < today)
        .order_by(c.quarter)
    )
    return tuple(rows)


def _items(connection: Connection, code: str) -> tuple[str, ...]:
    o, c = r.contract_outcome.c, r.contract.c
    rows = connection.execute(
        select(o.contract_id, o.outcome_id)
        .join(r.contract, c.id == o.contract_id)
        .where(c.gemeente_code == code)
    )
    return tuple(sorted(f"{contract}/{outcome}" for contract, outcome in rows))


def _edition(connection: Connection, code: str) -> int | None:
    """The newest edition that rows about this gemeente refer to; else the newest that it has."""
    used: list[int | None] = []
    w = r.wijk.c
    for table in (r.organisation_wijk, r.agreement, r.ladder_reading, r.placement, r.spending):
        same = (table.c.wijk_code == w.code) & (table.c.wijk_edition == w.edition)
        newest = select(func.max(w.edition)).join(table, same).where(w.gemeente_code == code)
        used.append(connection.scalar(newest))
    known = [edition for edition in used if edition is not None]
    if known:
        return max(known)
    newest_of_all: int | None = connection.scalar(
        select(func.max(w.edition)).where(w.gemeente_code == code)
    )
    return newest_of_all


def _wijken(connection: Connection, code: str) -> dict[tuple[str, int], str]:
    w = r.wijk.c
    rows = connection.execute(select(w.code, w.edition, w.name).where(w.gemeente_code == code))
    return {(wijk, edition): name for wijk, edition, name in rows}


def _wijk_codes(known: Mapping[tuple[str, int], str], edition: int) -> dict[WijkKey, str]:
    """Find each wijk of the register in the release's edition.

    CBS uses codes again, so a wijk of another edition is found by its name. Where two wijken of the
    release share that name, the code has to be the same too; else nobody can tell which it is.
    """
    named: dict[str, list[str]] = defaultdict(list)
    for (code, year), name in known.items():
        if year == edition:
            named[normalised_name(name)].append(code)
    found: dict[WijkKey, str] = {}
    for (code, year), name in known.items():
        same = [code] if year == edition else named[normalised_name(name)]
        if len(same) == 1 or code in same:
            found[code, year] = same[0] if len(same) == 1 else code
    return found


def _declared_wijken(
    connection: Connection,
    organisations: Collection[str],
    wijk_codes: Mapping[WijkKey, str],
) -> dict[str, frozenset[str]]:
    wijken: dict[str, set[str]] = defaultdict(set)
    for organisation, code, edition in connection.execute(select(*r.organisation_wijk.c)):
        if organisation in organisations and (code, edition) in wijk_codes:
            wijken[organisation].add(wijk_codes[code, edition])
    return {organisation: frozenset(codes) for organisation, codes in wijken.items()}


def _is_sample(connection: Connection, code: str) -> bool:
    d, of = r.delivery.c, r.delivery_gemeente.c
    found = (
        select(d.id).join(r.delivery_gemeente, of.delivery_id == d.id)
        .where(d.sample, of.gemeente_code == code)
    )  # fmt: skip
    return connection.scalar(found.limit(1)) is not None
