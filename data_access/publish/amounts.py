"""Amounts of a release: money is public, but not where it would tell a number of people.

The whole gemeente is exact, per quarter. A place of an organisation is shown per closed year: by
outcome, and apart from that by nature and end date. Small places (as for counts of people) show
steps of STEP cents, and their organisation's small places together are exact. Small places of
organisations without such a group form one for the whole gemeente. So whoever subtracts what is
shown of places from the whole ends at a group.

Result payments are tariff x published count: an exact one would give the number of people back, so
it is never read from the books.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, and_, cast, exists, func, literal, select

from data_access import register as r
from data_access.disclosure.small_places import COARSE, GROUP_PEOPLE, GROUP_WIJKEN, Part, Standing
from data_access.publish.book import Book
from data_access.publish.context import NOWHERE, Context, Gemeente
from data_access.publish.protect import Protected
from indicators.breakdowns import VOLUNTEERS

_SHARE_STEPS = 100_000
STEP = 500_000
# In a breakdown of money: all outcomes together.
TOTAL, BY_OUTCOME, BY_NATURE = "total", "outcome", "nature"
SPENDING, RESULT_PAYMENT = "spending", "result_payment"


@dataclass(frozen=True, order=True)
class Booked:
    """Exact cents for one combination of place, time and purpose; it never leaves the publisher.

    `area` is '' for money that is tied to no wijk, `organisation` '' for the gemeente's own;
    `outcome` is '' for money not attributed; `kind` is SPENDING or RESULT_PAYMENT.
    """

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


@dataclass(frozen=True, order=True)
class Amount:
    """Exact cents of the whole gemeente in a quarter."""

    quarter: str
    taakveld: str
    financier: str
    nature: str
    money_ends_on: date | None
    outcome: str
    kind: str
    cents: int


@dataclass(frozen=True, order=True)
class PlaceAmount:
    """Cents of one place of an organisation, or of a group, in a closed year.

    The group of small places that belong to several organisations has its own code for both.

    `split` is TOTAL, BY_OUTCOME or BY_NATURE. `step` is 0 for an exact amount; else `cents` is the
    amount brought down (towards 0) to a multiple of it.
    """

    year: int
    area: str
    organisation: str
    split: str
    outcome: str
    nature: str
    money_ends_on: date | None
    kind: str
    cents: int
    step: int


def booked(connection: Connection, context: Context, done: Protected) -> list[Booked]:
    """Return all money of the gemeente in closed quarters, in a fixed order."""
    rows = [*_spending(connection, context), *_result_payments(connection, context, done)]
    return sorted(rows, key=lambda row: tuple(map(str, vars(row).values())))


def of_gemeente(rows: Iterable[Booked]) -> list[Amount]:
    """Return the exact amounts of the whole gemeente, in a fixed order."""
    sums: dict[Amount, int] = defaultdict(int)
    for row in rows:
        line = Amount(
            row.quarter, row.taakveld, row.financier, row.nature, row.money_ends_on, row.outcome,
            row.kind, 0,
        )  # fmt: skip
        sums[line] += row.cents
    found = [replace(line, cents=cents) for line, cents in sums.items() if cents]
    return sorted(found, key=lambda row: tuple(map(str, vars(row).values())))


def of_places(rows: Iterable[Booked], done: Protected, book: Book) -> list[PlaceAmount]:
    """Return the money of places and organisations per closed year, in a fixed order."""
    gemeente = done.context.gemeente
    per_year: dict[str, list[Booked]] = defaultdict(list)
    for row in rows:
        per_year[row.quarter[:4]].append(row)
    found: list[PlaceAmount] = []
    for year in gemeente.years:
        leaves = _by_leaf(per_year[year])
        parts = _parts(year, leaves, done, book)
        together: dict[tuple[str, str], list[Booked]] = defaultdict(list)
        for (area, organisation), mine in leaves.items():
            part = parts[area, organisation]
            spent = [each for each in mine if each.kind == SPENDING]
            # A payment by result is made of published numbers, so it may be exact anywhere.
            exact = mine if part == "alone" else [x for x in mine if x.kind == RESULT_PAYMENT]
            found += _exact(int(year), area, organisation, exact)
            if part == "alone":
                continue
            found += _in_steps(int(year), area, organisation, spent)
            whose = organisation if part == "group" else gemeente.together
            together[gemeente.together, whose] += spent
        for (area, organisation), mine in together.items():
            found += _exact(int(year), area, organisation, mine)
    return sorted(found, key=lambda row: tuple(map(str, vars(row).values())))


def _by_leaf(rows: Iterable[Booked]) -> dict[tuple[str, str], list[Booked]]:
    leaves: dict[tuple[str, str], list[Booked]] = defaultdict(list)
    for row in rows:
        leaves[row.area, row.organisation].append(row)
    return leaves


def _parts(
    year: str, leaves: Iterable[tuple[str, str]], done: Protected, book: Book
) -> dict[tuple[str, str], Part]:
    """How the money of each leaf is shown: alone, in its organisation's group, or in the last one.

    As for counts of people; settled when the year comes out.
    """
    people = {leaf: _people(year, leaf, done) for leaf in leaves}
    parts: dict[tuple[str, str], Part] = {}
    for area, organisation in people:
        settled = book.standing.get(("spending", year, organisation, ""), {})
        how = settled.get(area)
        parts[area, organisation] = (
            how.part if how else _part(year, area, organisation, people, done)
        )
    _fill_last_group(parts, people)
    for (area, organisation), part in parts.items():
        key = ("spending", year, organisation, "")
        if key not in book.standing:
            done.decided.add(key)
        kept = book.standing.setdefault(key, {})
        kept.setdefault(area, Standing(part, False))
    return parts


def _part(
    year: str,
    area: str,
    organisation: str,
    people: Mapping[tuple[str, str], int],
    done: Protected,
) -> Part:
    if not organisation:
        return "alone"
    standing = done.standing.get((VOLUNTEERS, year, organisation, ""), {})
    if area == NOWHERE:
        return "alone" if people[area, organisation] >= COARSE else "left_out"
    if area in standing and standing[area].part != "left_out":
        return standing[area].part
    has_group = any(each.part == "group" for each in standing.values())
    return "group" if has_group else "left_out"


def _fill_last_group(
    parts: dict[tuple[str, str], Part], people: Mapping[tuple[str, str], int]
) -> None:
    """Let the next smallest places join what would otherwise be left over alone."""
    last = [leaf for leaf, part in parts.items() if part == "left_out"]
    if not last:
        return
    joining = sorted(
        (leaf for leaf, part in parts.items() if part == "alone" and leaf[1]),
        key=lambda leaf: (people[leaf], leaf),
    )
    while joining and (
        len(last) < GROUP_WIJKEN or sum(people[leaf] for leaf in last) < GROUP_PEOPLE
    ):
        leaf = joining.pop(0)
        parts[leaf] = "left_out"
        last.append(leaf)


def _people(year: str, leaf: tuple[str, str], done: Protected) -> int:
    """Published volunteers at the end of the year; of money tied to no wijk: of everyone there."""
    area, organisation = leaf
    at_end = done.leaves.get((VOLUNTEERS, f"{year}-Q4", ""), {})
    return sum(
        value
        for (place, whose), value in at_end.items()
        if whose == organisation and (area in (NOWHERE, place))
    )


def _exact(
    year: int, area: str, organisation: str, rows: Iterable[Booked]
) -> Iterator[PlaceAmount]:
    sums: dict[PlaceAmount, int] = defaultdict(int)
    for row in rows:
        place = PlaceAmount(year, area, organisation, TOTAL, "", "", None, row.kind, 0, 0)
        sums[place] += row.cents
        sums[replace(place, split=BY_OUTCOME, outcome=row.outcome)] += row.cents
        until = row.money_ends_on
        sums[replace(place, split=BY_NATURE, nature=row.nature, money_ends_on=until)] += row.cents
    for line, cents in sums.items():
        if cents:
            yield replace(line, cents=cents)


def _in_steps(
    year: int, area: str, organisation: str, rows: Iterable[Booked]
) -> Iterator[PlaceAmount]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        sums[TOTAL, ""] += row.cents
        sums[BY_OUTCOME, row.outcome] += row.cents
    for (split, outcome), cents in sums.items():
        down = abs(cents) // STEP * STEP * (1 if cents > 0 else -1)
        yield PlaceAmount(year, area, organisation, split, outcome, "", None, SPENDING, down, STEP)


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


def _spending(connection: Connection, context: Context) -> Iterator[Booked]:
    """Spending per outcome, and what no outcome was named for."""
    closed = set(context.gemeente.quarters)
    left: dict[tuple[Any, ...], int] = defaultdict(int)
    for *place, cents in connection.execute(_totals(context)):
        left[tuple(place)] += int(cents)
    for *place, outcome, cents in connection.execute(_attributed(context)):
        left[tuple(place)] -= int(cents)
        left[(*place, outcome)] += int(cents)
    for key, cents in left.items():
        quarter, wijk, edition, organisation, taakveld, financier, nature, ends = key[1:9]
        if cents and quarter in closed:
            area = context.place(wijk, edition) if wijk else ""
            outcome = key[9] if len(key) > 9 else ""
            yield Booked(
                quarter, area, organisation, taakveld, financier, nature, ends, outcome, SPENDING,
                cents,
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


def _result_payments(connection: Connection, context: Context, done: Protected) -> Iterator[Booked]:
    contracts = {row.id: row for row in connection.execute(select(r.contract))}
    tariffs = {
        f"{row.contract_id}/{row.outcome_id}": row.tariff_cents
        for row in connection.execute(select(r.contract_outcome))
    }
    financiers: dict[str, list[tuple[str, Decimal]]] = defaultdict(list)
    for row in connection.execute(select(r.contract_financier)):
        financiers[row.contract_id].append((row.financier_id, Decimal(row.share)))
    for quarter, item, (place, organisation), number in _newly_paid(context.gemeente, done):
        contract = contracts[item.split("/")[0]]
        parts = _split(number * tariffs[item], financiers[contract.id])
        for financier, cents in parts:
            yield Booked(
                quarter, place, organisation, contract.taakveld, financier, "incidenteel",
                contract.ends_on, "", RESULT_PAYMENT, cents,
            )  # fmt: skip


def _newly_paid(
    gemeente: Gemeente, done: Protected
) -> Iterator[tuple[str, str, tuple[str, str], int]]:
    """Published results paid in each quarter: the growth of the published number to date."""
    for item in gemeente.items:
        before: dict[tuple[str, str], int] = {}
        for quarter in gemeente.quarters:
            for leaf, number in done.leaves.get(("results_paid", quarter, item), {}).items():
                if number > before.get(leaf, 0):
                    yield quarter, item, leaf, number - before.get(leaf, 0)
                before[leaf] = max(number, before.get(leaf, 0))


def _split(cents: int, shares: list[tuple[str, Decimal]]) -> list[tuple[str, int]]:
    """Divide cents over financiers by share; the last one takes what rounding leaves."""
    parts = [(name, int(cents * share)) for name, share in sorted(shares)]
    if not parts:
        return []
    name, last = parts[-1]
    return [*parts[:-1], (name, last + cents - sum(part for _, part in parts))]
