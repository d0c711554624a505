"""Amounts of a release: spending is public and exact; result payments are tariff x published count.

An exact result payment would give the number of people back, so it is never read from the books.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, and_, cast, exists, func, literal, select

from data_access import register as r
from data_access.publish.context import Context, Gemeente
from data_access.publish.protect import Protected

_SHARE_STEPS = 100_000


@dataclass(frozen=True, order=True)
class Amount:
    """Cents for one combination of place, time, taakveld, financier, nature and outcome.

    `area` is '' for money of the whole gemeente; `outcome` is '' for money not attributed;
    `kind` is "spending" or "result_payment".
    """

    gemeente: str
    quarter: str
    area: str
    organisation: str
    taakveld: str
    financier: str
    nature: str
    money_ends_on: date | None
    outcome: str
    kind: str
    cents: int


def amounts(connection: Connection, context: Context, done: Protected) -> list[Amount]:
    """Return all amounts of the gemeente in closed quarters, in a fixed order."""
    rows = [*_spending(connection, context), *_result_payments(connection, context, done)]
    return sorted(rows, key=lambda row: tuple(map(str, vars(row).values())))


def _key_columns() -> list[Any]:
    s = r.spending.c
    return [
        s.gemeente_code,
        r.quarter.c.id.label("quarter"),
        func.coalesce(s.wijk_code, "").label("wijk_code"),
        func.coalesce(s.wijk_edition, literal(0, Integer)).label("wijk_edition"),
        func.coalesce(s.organisation_id, "").label("organisation_id"),
        s.taakveld,
        s.financier_id,
        s.nature,
        s.money_ends_on,
    ]


def _spending(connection: Connection, context: Context) -> Iterator[Amount]:
    """Spending per outcome, and what no outcome was named for."""
    closed = set(context.gemeente.quarters)
    left: dict[tuple[Any, ...], int] = defaultdict(int)
    for *place, cents in connection.execute(_totals(context)):
        left[tuple(place)] += int(cents)
    for *place, outcome, cents in connection.execute(_attributed(context)):
        left[tuple(place)] -= int(cents)
        left[(*place, outcome)] += int(cents)
    for key, cents in left.items():
        gemeente, quarter, wijk, edition, organisation, taakveld, financier, nature, ends = key[:9]
        if cents and quarter in closed:
            area = context.place(wijk, edition) if wijk else ""
            outcome = key[9] if len(key) > 9 else ""
            yield Amount(
                gemeente, quarter, area, organisation, taakveld, financier, nature, ends,
                outcome, "spending", cents,
            )  # fmt: skip


def doubtful_spending() -> ColumnElement[bool]:
    """Money of one gemeente on a wijk of another, unless that was accepted."""
    s, accepted = r.spending.c, r.accepted_doubt.c
    other = func.substr(s.wijk_code, 3, 4) != func.substr(s.gemeente_code, 3, 4)
    said_to_be_right = exists().where(
        accepted.file == "besteding.csv",
        accepted.supplier == s.supplier,
        accepted.id == s.id,
        accepted.doubt == "other_gemeente",
    )
    return and_(s.wijk_code.is_not(None), other, ~said_to_be_right)


def _counts_here(context: Context) -> ColumnElement[bool]:
    return and_(r.spending.c.gemeente_code == context.gemeente.code, ~doubtful_spending())


def _totals(context: Context) -> Any:
    s, q = r.spending, r.quarter
    in_quarter = and_(s.c.spent_on >= q.c.starts_on, s.c.spent_on <= q.c.ends_on)
    rows = (
        select(*_key_columns(), s.c.amount_cents.label("cents"))
        .select_from(s.join(q, in_quarter))
        .where(_counts_here(context))
        .subquery()
    )
    keys = list(rows.c)[:-1]
    return select(*keys, func.sum(rows.c.cents)).group_by(*keys)


def _attributed(context: Context) -> Any:
    """Whole-number arithmetic, so that both databases round a share of a cent alike."""
    s, share = r.spending, r.spending_outcome
    in_quarter = and_(s.c.spent_on >= r.quarter.c.starts_on, s.c.spent_on <= r.quarter.c.ends_on)
    steps = cast(func.round(share.c.share * _SHARE_STEPS), Integer)
    cents = (s.c.amount_cents * steps).op("/", return_type=s.c.amount_cents.type)(
        literal(_SHARE_STEPS, s.c.amount_cents.type)
    )
    rows = (
        select(*_key_columns(), share.c.outcome, cents.label("cents"))
        .select_from(s.join(r.quarter, in_quarter).join(share))
        .where(_counts_here(context))
        .subquery()
    )
    keys = list(rows.c)[:-1]
    return select(*keys, func.sum(rows.c.cents)).group_by(*keys)


def _result_payments(connection: Connection, context: Context, done: Protected) -> Iterator[Amount]:
    contracts = {row.id: row for row in connection.execute(select(r.contract))}
    tariffs = {
        f"{row.contract_id}/{row.outcome_id}": row.tariff_cents
        for row in connection.execute(select(r.contract_outcome))
    }
    financiers: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for row in connection.execute(select(r.contract_financier)):
        financiers[row.contract_id].append((row.financier_id, Decimal(row.share)))
    gemeente = context.gemeente
    for quarter, (wijk, organisation, item, _), number in _newly_paid(gemeente, done):
        contract = contracts[item.split("/")[0]]
        parts = _split(number * tariffs[item], financiers[contract.id])
        for financier, cents in parts:
            yield Amount(
                gemeente.code, quarter, wijk, organisation, contract.taakveld, financier,
                "incidenteel", contract.ends_on, "", "result_payment", cents,
            )  # fmt: skip


def _newly_paid(gemeente: Gemeente, done: Protected) -> Iterator[tuple[str, Any, int]]:
    """Published results paid in each quarter: the growth of the published number to date."""
    before: dict[Any, int] = {}
    for quarter in gemeente.quarters:
        now = done.leaves.get((gemeente.code, "results_paid", quarter), {})
        for leaf, number in now.items():
            if number > before.get(leaf, 0):
                yield quarter, leaf, number - before.get(leaf, 0)
            before[leaf] = max(number, before.get(leaf, 0))


def _split(cents: int, shares: list[tuple[str, Decimal]]) -> list[tuple[str, int]]:
    """Divide cents over financiers by share; the last one takes what rounding leaves."""
    parts = [(name, int(cents * share)) for name, share in sorted(shares)]
    if not parts:
        return []
    name, last = parts[-1]
    return [*parts[:-1], (name, last + cents - sum(part for _, part in parts))]
