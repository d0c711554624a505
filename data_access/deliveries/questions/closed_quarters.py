"""Rows that change a quarter which the gemeente has closed: published figures change with it.

Compared is what a row contributes to each closed quarter, before and after. For an agreement or
job that is the part within the quarter: an end in a later, open quarter changes nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, and_, or_, select

from data_access import register
from data_access.deliveries.comparing import Compared, Values
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from data_access.deliveries.stored import portions
from indicators.periods import first_day, last_day, next_quarter, quarter_of
from indicators.vocabulary import Text

CLOSED_QUARTER = Kind(
    "closed_quarter",
    Text(
        "Deze rijen veranderen kwartalen die de gemeente al heeft afgesloten; cijfers die al zijn "
        "gepubliceerd worden anders, en dat komt in het correctielogboek. Is dat de bedoeling? Een "
        "verhuizing hoort in een nieuwe rij, met een einddatum in de oude.",
        "These rows change quarters that the gemeente has closed already; figures that were "
        "published become different, and the correction log will say so. Is that intended? A move "
        "belongs in a new row, with an end date in the old one.",
    ),
)
# Changes nothing in any figure: the key of the row and the delivery it came in.
_NOT_COUNTED = {"supplier", "id", "delivery_id", "description"}
_RESULT_STATES = {
    "claimed_on": None,
    "judged_on": "judged_achieved",
    "checked_on": "check_passed",
    "paid_on": None,
}

Contribution = tuple[Any, ...]


@dataclass(frozen=True)
class _Way:
    """How rows of a table contribute to quarters.

    `days`: their columns of days. `contribution`: what a row adds to one quarter; None is nothing.
    `within`: the SQL condition that a row contributes to the quarter of `register.quarter`.
    """

    table: Table
    days: tuple[str, ...]
    contribution: Callable[[Mapping[str, Any], str], Contribution | None]
    within: ColumnElement[bool]


def _interval(values: Mapping[str, Any], quarter: str) -> Contribution | None:
    start, end = first_day(quarter), last_day(quarter)
    began, ended = values["started_on"], values["ended_on"] or datetime.date.max
    if began > end or ended < start:
        return None
    return max(began, start), min(ended, end), *_others(values, "started_on", "ended_on")


def _dated(field: str) -> Callable[[Mapping[str, Any], str], Contribution | None]:
    def contribution(values: Mapping[str, Any], quarter: str) -> Contribution | None:
        return _others(values) if quarter_of(values[field]) == quarter else None

    return contribution


def _states(values: Mapping[str, Any], quarter: str) -> Contribution | None:
    reached = tuple(
        (day, values[day], values[verdict] if verdict else None)
        for day, verdict in _RESULT_STATES.items()
        if values[day] is not None and quarter_of(values[day]) == quarter
    )
    if not reached:
        return None
    verdicts = (verdict for verdict in _RESULT_STATES.values() if verdict)
    return *reached, *_others(values, *_RESULT_STATES, *verdicts)


def _others(values: Mapping[str, Any], *left_out: str) -> Contribution:
    return tuple(
        value
        for field, value in sorted(values.items())
        if field not in _NOT_COUNTED and field not in left_out
    )


def _overlaps(table: Table) -> ColumnElement[bool]:
    q = register.quarter.c
    lasts = or_(table.c.ended_on.is_(None), table.c.ended_on >= q.starts_on)
    return and_(table.c.started_on <= q.ends_on, lasts)


def _falls_in(*days: Column[Any]) -> ColumnElement[bool]:
    q = register.quarter.c
    return or_(*(and_(day >= q.starts_on, day <= q.ends_on) for day in days))


def _way_of_day(table: Table, field: str) -> _Way:
    return _Way(table, (field,), _dated(field), _falls_in(table.c[field]))


def _way_of_period(table: Table) -> _Way:
    return _Way(table, ("started_on", "ended_on"), _interval, _overlaps(table))


_WAYS = (
    _way_of_period(register.agreement),
    _way_of_period(register.placement),
    _way_of_day(register.allowance, "paid_on"),
    _way_of_day(register.ladder_reading, "read_on"),
    _way_of_day(register.spending, "spent_on"),
    _Way(
        register.result,
        tuple(_RESULT_STATES),
        _states,
        _falls_in(*(register.result.c[day] for day in _RESULT_STATES)),
    ),
)


def closed_quarters(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each row, delivered or withdrawn, that changes a closed quarter.

    New rows of an organisation that had no row of this file in the quarter are its first arrival,
    and no doubt (for spending without an organisation: of the gemeente).
    """
    if not checked.known.closed:
        return
    for way in _WAYS:
        compared = checked.of_table(way.table.name)
        if compared is not None:
            yield from _delivered(checked, compared, way)
        yield from _withdrawn(checked, way)


def _delivered(checked: Checked, compared: Compared, way: _Way) -> Iterator[Doubt]:
    new: list[tuple[Any, list[str], str]] = []
    found = []
    for row, before in compared.differing():
        quarters = _changed_quarters(checked, way, before, row.values)
        if not quarters:
            continue
        if before is None:
            new.append((row, quarters, _whose(row.values)))
        else:
            found.append((row, quarters))
    arrived = _arrived(checked, way, {whose for _, _, whose in new})
    for row, quarters, whose in new:
        later = [quarter for quarter in quarters if (whose, quarter) in arrived]
        if later:
            found.append((row, later))
    for row, quarters in sorted(found, key=lambda each: each[0].number):
        yield ask(CLOSED_QUARTER, compared.parsed, row, "id", _question(quarters))


def _withdrawn(checked: Checked, way: _Way) -> Iterator[Doubt]:
    for one in checked.withdrawals.each:
        if one.file.table is way.table:
            quarters = _changed_quarters(checked, way, one.values, None)
            if quarters:
                parsed = checked.delivery.withdrawals
                doubt = ask(CLOSED_QUARTER, parsed, one.row, "id", _question(quarters))
                yield doubt


def _changed_quarters(
    checked: Checked, way: _Way, before: Mapping[str, Any] | None, after: Values | None
) -> list[str]:
    changed = set()
    for values, other in ((before, after), (after, before)):
        if values is None:
            continue
        gemeente = checked.known.gemeente_of(way.table.name, values)
        for quarter in _touched(values, way, checked.known.closed.get(gemeente or "", ())):
            mine = way.contribution(values, quarter)
            if mine != (way.contribution(other, quarter) if other is not None else None):
                changed.add(quarter)
    return sorted(changed)


def _touched(values: Mapping[str, Any], way: _Way, closed: Sequence[str]) -> Iterator[str]:
    """Yield the closed quarters between the first and the last day of a row."""
    days = [values[day] for day in way.days]
    first = quarter_of(min(day for day in days if day is not None))
    open_ended = "ended_on" in way.days and values["ended_on"] is None
    last = "9999" if open_ended else quarter_of(max(day for day in days if day is not None))
    yield from (quarter for quarter in closed if first <= quarter <= last)


def _whose(values: Mapping[str, Any]) -> str:
    return str(values.get("organisation_id") or values.get("gemeente_code"))


def _arrived(checked: Checked, way: _Way, whose: set[str]) -> set[tuple[str, str]]:
    """Return (organisation or gemeente, quarter) of which the register has rows of this file."""
    table, q = way.table, register.quarter.c
    last = max((quarters[-1] for quarters in checked.known.closed.values()), default="")
    holders = [(table.c.organisation_id, table.c.organisation_id.is_not(None))]
    if table is register.spending:
        holders.append((table.c.gemeente_code, table.c.organisation_id.is_(None)))
    arrived = set()
    for column, condition in holders:
        for portion in portions(sorted(whose)):
            asked = (
                select(column, q.id)
                .join_from(table, register.quarter, way.within)
                .where(column.in_(portion), condition, q.id <= last)
                .distinct()
            )
            arrived |= {
                (str(holder), quarter) for holder, quarter in checked.connection.execute(asked)
            }
    return arrived


def _question(quarters: Sequence[str]) -> Text:
    listed = ", ".join(_spans(quarters, " t/m "))
    listed_en = ", ".join(_spans(quarters, " to "))
    return Text(
        f"moet dit {listed} veranderen?",
        f"should this change {listed_en}?",
    )


def _spans(quarters: Sequence[str], between: str) -> Iterator[str]:
    runs: dict[str, list[str]] = defaultdict(list)
    first = previous = ""
    for quarter in quarters:
        first = first if previous and quarter == next_quarter(previous) else quarter
        runs[first].append(quarter)
        previous = quarter
    for run in runs.values():
        yield run[0] if len(run) == 1 else f"{run[0]}{between}{run[-1]}"
