"""Who delivered what about which quarter: not delivered is not zero.

`ontvangen.csv` says it where it was filled in. Where it was not, the rows tell: an organisation
delivered a subject when the register has rows of it, for the quarters that were over when those
rows came in.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table, func, select

from data_access import register as r
from indicators.periods import last_day

TABLES: dict[str, Table] = {
    "vrijwilligers": r.agreement,
    "ladder": r.ladder_reading,
    "uitstroom": r.placement,
    "resultaten": r.result,
    "besteding": r.spending,
    "vergoedingen": r.allowance,
}
# What a contract's administration delivers: an organisation without a row claimed nothing.
_OF_CONTRACTS = ("resultaten",)
# The key of what a gemeente delivers itself, of no organisation.
_GEMEENTE = ""


@dataclass(frozen=True)
class Receipts:
    """What is missing, per delivery subject.

    `missing`: (organisation, quarter) that was expected and did not arrive. `never`: organisations
    of which nothing ever arrived and nothing was expected. `nobody`: quarters about which no
    organisation delivered anything. `arrived`: quarters that each organisation delivered.
    """

    missing: dict[str, frozenset[tuple[str, str]]]
    never: dict[str, frozenset[str]]
    nobody: dict[str, frozenset[str]]
    arrived: dict[str, dict[str, frozenset[str]]]


def read_receipts(
    connection: Connection, gemeente: str, organisations: Sequence[str], quarters: Sequence[str]
) -> Receipts:
    """Read what arrived from the organisations of a gemeente about its closed quarters."""
    listed = _listed(connection, organisations)
    missing: dict[str, frozenset[tuple[str, str]]] = {}
    never: dict[str, frozenset[str]] = {}
    nobody: dict[str, frozenset[str]] = {}
    all_arrived: dict[str, dict[str, frozenset[str]]] = {}
    for subject, table in TABLES.items():
        arrived: dict[str, set[str]] = {}
        absent: set[tuple[str, str]] = set()
        until = _arrived_until(connection, table, gemeente, organisations)
        for each in (*organisations, _GEMEENTE):
            told = listed.get((subject, each))
            if told is not None:
                expected = [q for q in quarters if q >= min(told)]
                arrived[each] = {q for q in expected if told.get(q, False)}
            elif each in until:
                day = until[each]
                expected = list(quarters)
                arrived[each] = {q for q in quarters if day is None or last_day(q) < day}
            else:
                continue
            if each != _GEMEENTE:
                absent |= {(each, q) for q in expected if q not in arrived[each]}
        missing[subject] = frozenset(absent)
        all_arrived[subject] = {each: frozenset(those) for each, those in arrived.items()}
        silent = frozenset(set(organisations) - arrived.keys())
        never[subject] = frozenset() if subject in _OF_CONTRACTS else silent
        about = set().union(*arrived.values()) if arrived else set()
        nobody[subject] = frozenset(set(quarters) - about)
    return Receipts(missing, never, nobody, all_arrived)


def _listed(
    connection: Connection, organisations: Collection[str]
) -> dict[tuple[str, str], dict[str, bool]]:
    """From an organisation's first listed quarter on, a quarter without a date is missing."""
    listed: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    c = r.coverage.c
    for row in connection.execute(select(c.organisation_id, c.subject, c.quarter, c.delivered_on)):
        if row.organisation_id in organisations:
            listed[row.subject, row.organisation_id][row.quarter] = row.delivered_on is not None
    return listed


def _arrived_until(
    connection: Connection, table: Table, gemeente: str, organisations: Collection[str]
) -> dict[str, date | None]:
    """The day of the last delivery with rows of each organisation; None when it is not known."""
    d = r.delivery
    unknown = func.count() - func.count(table.c.delivery_id)
    organisation = func.coalesce(table.c.organisation_id, _GEMEENTE)
    question = (
        select(organisation.label("organisation"), func.max(d.c.loaded_at), unknown)
        .select_from(table.outerjoin(d, d.c.id == table.c.delivery_id))
        .group_by(organisation)
    )
    if table is r.spending:
        question = question.where(table.c.gemeente_code == gemeente)
    return {
        name: None if without_delivery else loaded_at.date()
        for name, loaded_at, without_delivery in connection.execute(question)
        if name in organisations or name == _GEMEENTE
    }
