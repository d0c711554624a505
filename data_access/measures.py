"""One aggregate SELECT per measure: from register rows to true counts.

Each organisation's people are counted from its own rows only: whoever delivers records can then
learn nothing from a figure about people at another organisation. Someone at two counts at both.

Each SELECT returns the columns of CELL_COLUMNS; people are counted in the database and no row
about a person reaches Python. Months are counted in days (183, 365, 548), because databases do
not agree on what a month after 31 August is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from data_access import register as r
from data_access.settings import allowance_maximum_cents
from indicators.allowance_maxima import MONTH_AND_YEAR
from indicators.catalogue import HOURS_BASE

CELL_COLUMNS = (
    "gemeente_code",
    "period",
    "wijk_code",
    "wijk_edition",
    "organisation_id",
    "item",
    "category",
    "n",
)
DAYS_OF_MONTHS = {6: 183, 12: 365, 18: 548}
# Hours have one decimal; tenths keep them whole numbers in both databases.
HOURS_SCALE = 10


@dataclass(frozen=True)
class Counting:
    """How a measure is counted: its SELECT and the delivery subjects it needs.

    `days_later`: so many days after a period it is known. `up_to_maximum`: it needs the maximum
    allowance of its year.
    """

    select: Callable[[], Select[Any]]
    subjects: tuple[str, ...]
    days_later: int = 0
    up_to_maximum: bool = False


class _DaysLater(FunctionElement[Any]):
    """A date moved by a whole number of days."""

    type = Date()
    inherit_cache = True


@compiles(_DaysLater, "sqlite")
def _days_later_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    day, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"date({day}, '+' || {days} || ' days')"


@compiles(_DaysLater, "postgresql")
def _days_later_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    day, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({day} + {days})"


def _counted(
    people: FromClause,
    period: ColumnElement[Any],
    *where: ColumnElement[bool],
    joined: FromClause | None = None,
    item: ColumnElement[Any] | None = None,
    category: ColumnElement[Any] | None = None,
    total: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """Count the rows of `people` (or sum their `total`) per cell.

    The keys are worked out in an inner SELECT: PostgreSQL does not see that an expression with
    parameters is the same one in SELECT and in GROUP BY. A person counts in the gemeente of the
    organisation, wherever he or she lives.
    """
    none: ColumnElement[Any] = literal("")
    of_organisation = people.c.organisation_id == r.organisation.c.id
    cells = (
        select(
            r.organisation.c.gemeente_code.label("gemeente_code"),
            period.label("period"),
            people.c.wijk_code.label("wijk_code"),
            people.c.wijk_edition.label("wijk_edition"),
            people.c.organisation_id,
            (none if item is None else item).label("item"),
            (none if category is None else category).label("category"),
            (literal(1, Integer) if total is None else total).label("total"),
        )
        .select_from((people if joined is None else joined).join(r.organisation, of_organisation))
        .where(*where)
        .subquery("cells")
    )
    keys = [cells.c[name] for name in CELL_COLUMNS[:-1]]
    return select(*keys, func.sum(cells.c.total).label("n")).group_by(*keys)


def _in_quarter(day: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(day >= r.quarter.c.starts_on, day <= r.quarter.c.ends_on)


def _running_agreements() -> CTE:
    """Every running agreement at every reference date; `place` 1 is the longest of its kind.

    Of its kind: of one person at one organisation.
    """
    a, q = r.agreement, r.quarter
    running = and_(
        a.c.started_on <= q.c.ends_on, or_(a.c.ended_on.is_(None), a.c.ended_on >= q.c.ends_on)
    )
    whose = (a.c.participant, a.c.organisation_id, q.c.id)
    place = func.row_number().over(
        partition_by=whose, order_by=(a.c.started_on, a.c.supplier, a.c.id)
    )
    hours = func.sum(a.c.hours_per_week).over(partition_by=whose)
    return (
        select(
            q.c.id.label("quarter"),
            a.c.wijk_code,
            a.c.wijk_edition,
            a.c.organisation_id,
            place.label("place"),
            hours.label("hours"),
        )
        .join_from(a, q, running)
        .where(q.c.id <= _last_closed())
        .cte("running")
    )


def _last_closed() -> ColumnElement[Any]:
    return select(func.max(r.closed_period.c.quarter)).scalar_subquery()


def _volunteers() -> Select[Any]:
    people = _running_agreements()
    return _counted(people, people.c.quarter, people.c.place == 1)


def _volunteer_hours() -> Select[Any]:
    """Tenths of hours a week; what one person does beyond HOURS_BASE does not count."""
    people = _running_agreements()
    hours = case((people.c.hours > HOURS_BASE, HOURS_BASE), else_=people.c.hours)
    tenths = cast(func.round(hours * HOURS_SCALE), Integer)
    return _counted(people, people.c.quarter, people.c.place == 1, total=tenths)


def _new_volunteers() -> Select[Any]:
    a = r.agreement
    place = func.row_number().over(
        partition_by=(a.c.participant, a.c.organisation_id),
        order_by=(a.c.started_on, a.c.supplier, a.c.id),
    )
    first = select(
        a.c.started_on, a.c.wijk_code, a.c.wijk_edition, a.c.organisation_id, place.label("place")
    ).cte("first_agreement")
    joined = first.join(r.quarter, _in_quarter(first.c.started_on))
    return _counted(first, r.quarter.c.id, first.c.place == 1, joined=joined)


def doubtful_placement() -> ColumnElement[bool]:
    """A start in paid work of somebody without an agreement at that organisation, not accepted."""
    p, a, accepted = r.placement.c, r.agreement.alias("any_agreement"), r.accepted_doubt.c
    volunteered = exists().where(
        a.c.participant == p.participant, a.c.organisation_id == p.organisation_id
    )
    said_to_be_right = exists().where(
        accepted.file == "uitstroom.csv",
        accepted.supplier == p.supplier,
        accepted.id == p.id,
        accepted.doubt == "no_agreement",
    )
    return and_(~volunteered, ~said_to_be_right)


def _outflow_people() -> CTE:
    """Each person's first start in paid work from an organisation in a calendar year."""
    p, q = r.placement, r.quarter
    place = func.row_number().over(
        partition_by=(p.c.participant, p.c.organisation_id, q.c.year),
        order_by=(p.c.started_on, p.c.supplier, p.c.id),
    )
    started = (
        select(
            q.c.id.label("quarter"),
            q.c.year,
            p.c.participant,
            p.c.wijk_code,
            p.c.wijk_edition,
            p.c.organisation_id,
            p.c.kind,
            p.c.started_on,
            place.label("place"),
        )
        .join_from(p, q, _in_quarter(p.c.started_on))
        .where(~doubtful_placement())
        .cte("started")
    )
    return select(started).where(started.c.place == 1).cte("outflow_people")


def _outflow() -> Select[Any]:
    people = _outflow_people()
    return _counted(people, people.c.quarter, category=people.c.kind)


def _still_in_work(months: int) -> Callable[[], Select[Any]]:
    def still() -> Select[Any]:
        people = _outflow_people()
        moments = [days for after, days in DAYS_OF_MONTHS.items() if after <= months]
        return _counted(
            people, people.c.quarter, *(_working_after(people, days) for days in moments)
        )

    return still


def _working_after(people: CTE, days: int) -> ColumnElement[bool]:
    later = _DaysLater(people.c.started_on, literal(days, Integer))
    p = r.placement.alias()
    return exists().where(
        p.c.participant == people.c.participant,
        p.c.organisation_id == people.c.organisation_id,
        p.c.started_on <= later,
        or_(p.c.ended_on.is_(None), p.c.ended_on >= later),
    )


def _active_volunteers() -> Select[Any]:
    """People once a year in each wijk and organisation, so that a part lies within its whole."""
    a, q, w = r.agreement, r.quarter, r.wijk
    left = _outflow_people()
    overlaps = and_(
        a.c.started_on <= q.c.ends_on, or_(a.c.ended_on.is_(None), a.c.ended_on >= q.c.starts_on)
    )
    whose = ("participant", "wijk_code", "wijk_edition", "organisation_id")
    agreed = select(q.c.year, *(a.c[name] for name in whose)).join_from(a, q, overlaps)
    moved_on = select(left.c.year, *(left.c[name] for name in whose))
    either = union_all(agreed, moved_on).cte("either")
    # The same wijk may stand in two editions; by its name it is one.
    name = func.coalesce(func.lower(w.c.name), either.c.wijk_code, "")
    place = func.row_number().over(
        partition_by=(
            either.c.participant,
            either.c.organisation_id,
            either.c.year,
            func.substr(either.c.wijk_code, 1, 6),
            name,
        ),
        order_by=(either.c.wijk_edition.desc(), either.c.wijk_code),
    )
    same = and_(w.c.code == either.c.wijk_code, w.c.edition == either.c.wijk_edition)
    people = (
        select(either, place.label("place")).select_from(either.outerjoin(w, same)).cte("active")
    )
    return _counted(people, _as_text(people.c.year), people.c.place == 1)


def _as_text(year: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(year, r.quarter.c.id.type)


def _ladder_level() -> Select[Any]:
    """The latest reading in the four quarters up to each reference date."""
    reading, q = r.ladder_reading, r.quarter
    first = r.quarter.alias("first")
    window = and_(
        reading.c.read_on <= q.c.ends_on,
        exists().where(
            first.c.year == q.c.year - 1,
            func.substr(first.c.id, 5) == func.substr(q.c.id, 5),
            reading.c.read_on > first.c.ends_on,
        ),
    )
    place = func.row_number().over(
        partition_by=(reading.c.participant, reading.c.organisation_id, q.c.id),
        order_by=reading.c.read_on.desc(),
    )
    people = (
        select(
            q.c.id.label("quarter"),
            reading.c.wijk_code,
            reading.c.wijk_edition,
            reading.c.organisation_id,
            reading.c.level,
            place.label("place"),
        )
        .join_from(reading, q, window)
        .where(q.c.id <= _last_closed())
        .cte("latest_reading")
    )
    level = cast(people.c.level, r.quarter.c.id.type)
    return _counted(people, people.c.quarter, people.c.place == 1, category=level)


def _ladder_moves() -> Select[Any]:
    reading, q = r.ladder_reading, r.quarter
    place = func.row_number().over(
        partition_by=(reading.c.participant, reading.c.organisation_id, q.c.id),
        order_by=reading.c.read_on.desc(),
    )
    each = (
        select(q.c.id.label("quarter"), *reading.c, place.label("place"))
        .join_from(reading, q, _in_quarter(reading.c.read_on))
        .cte("reading_in_quarter")
    )
    before = func.lag(each.c.level).over(
        partition_by=(each.c.participant, each.c.organisation_id), order_by=each.c.read_on
    )
    moved = select(each, before.label("before")).where(each.c.place == 1).cte("moved")
    direction = case(
        (moved.c.level > moved.c.before, "up"),
        (moved.c.level < moved.c.before, "down"),
        else_="same",
    )
    return _counted(moved, moved.c.quarter, moved.c.before.is_not(None), category=direction)


def _results(
    happened_on: ColumnElement[Any],
    category: ColumnElement[Any] | None,
    *where: ColumnElement[bool],
) -> Select[Any]:
    """Results up to each reference date, per contract and outcome."""
    q, result = r.quarter, r.result
    return _counted(
        result,
        q.c.id,
        q.c.id <= _last_closed(),
        *where,
        joined=result.join(q, happened_on <= q.c.ends_on),
        item=result.c.contract_id + "/" + result.c.outcome_id,
        category=category,
    )


def _verdict(achieved: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((achieved.is_(True), "yes"), else_="no")


def _results_claimed() -> Select[Any]:
    return _results(r.result.c.claimed_on, None)


def _results_judged() -> Select[Any]:
    return _results(r.result.c.judged_on, _verdict(r.result.c.judged_achieved))


def _results_checked() -> Select[Any]:
    return _results(r.result.c.checked_on, _verdict(r.result.c.check_passed))


def _results_differing() -> Select[Any]:
    result = r.result.c
    later = case((result.judged_on > result.checked_on, result.judged_on), else_=result.checked_on)
    category = case(
        (result.judged_achieved.is_(True), "residents_only"), else_="administration_only"
    )
    return _results(later, category, result.judged_achieved != result.check_passed)


def _results_paid() -> Select[Any]:
    return _results(r.result.c.paid_on, None)


def known_allowance_maxima(years: range) -> dict[int, int]:
    """Return the yearly maximum in cents per year for which it is known."""
    maxima = {year: amounts[1] * 100 for year, amounts in MONTH_AND_YEAR.items()}
    for year in years:
        setting = allowance_maximum_cents(year)
        if setting is not None:
            maxima[year] = setting
    return maxima


def _allowance_above_maximum() -> Select[Any]:
    a, q = r.allowance, r.quarter
    whose = (a.c.participant, a.c.organisation_id, q.c.year)
    total = func.sum(a.c.amount_cents).over(partition_by=whose)
    place = func.row_number().over(
        partition_by=whose,
        order_by=(a.c.paid_on.desc(), a.c.supplier, a.c.id),
    )
    people = (
        select(
            q.c.year,
            a.c.wijk_code,
            a.c.wijk_edition,
            a.c.organisation_id,
            total.label("total"),
            place.label("place"),
        )
        .join_from(a, q, _in_quarter(a.c.paid_on))
        .cte("allowances")
    )
    maxima = known_allowance_maxima(range(2010, 2046))
    maximum = case(*((people.c.year == year, cents) for year, cents in sorted(maxima.items())))
    return _counted(
        people,
        _as_text(people.c.year),
        people.c.place == 1,
        people.c.total > maximum,
    )


COUNTINGS: dict[str, Counting] = {
    "volunteers": Counting(_volunteers, ("vrijwilligers",)),
    "new_volunteers": Counting(_new_volunteers, ("vrijwilligers",)),
    "volunteer_hours": Counting(_volunteer_hours, ("vrijwilligers",)),
    "outflow": Counting(_outflow, ("uitstroom",)),
    **{
        f"still_in_work_{months}": Counting(_still_in_work(months), ("uitstroom",), days)
        for months, days in DAYS_OF_MONTHS.items()
    },
    "active_volunteers": Counting(_active_volunteers, ("vrijwilligers", "uitstroom")),
    "ladder_level": Counting(_ladder_level, ("ladder",)),
    "ladder_moves": Counting(_ladder_moves, ("ladder",)),
    "results_claimed": Counting(_results_claimed, ("resultaten",)),
    "results_judged": Counting(_results_judged, ("resultaten",)),
    "results_checked": Counting(_results_checked, ("resultaten",)),
    "results_differing": Counting(_results_differing, ("resultaten",)),
    "results_paid": Counting(_results_paid, ("resultaten",)),
    "allowance_above_maximum": Counting(
        _allowance_above_maximum, ("vergoedingen",), up_to_maximum=True
    ),
}
