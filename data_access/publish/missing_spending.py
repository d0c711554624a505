"""Cells that say where spending was not delivered: unknown is not zero.

Amounts themselves are no cells; such a cell gives the status of the amounts of a place, and the
euros that are published of it.
"""

from collections.abc import Iterable, Iterator, Sequence

from data_access.publish.amounts import TOTAL, Booked, PlaceAmount
from data_access.publish.context import Context
from data_access.publish.counts import ALL
from data_access.publish.delivered import quarters_needed
from data_access.publish.protect import Cell
from indicators.periods import is_year

_SUBJECT = "besteding"


def missing_spending(
    context: Context, money: Sequence[Booked], of_place: Sequence[PlaceAmount]
) -> Iterator[Cell]:
    """Give a cell for each place, organisation and period of which spending is missing.

    The gemeente has one per quarter and year, places and organisations per year.
    """
    gemeente, receipts = context.gemeente, context.receipts
    for period in (*gemeente.quarters, *gemeente.years):
        quarters = quarters_needed(period)
        nobody = receipts.nobody[_SUBJECT] >= quarters
        absent = {who for who, when in receipts.missing[_SUBJECT] if when in quarters}
        if nobody:
            absent = set(gemeente.organisations)
        if not absent and not nobody:
            continue
        in_all = sum(row.cents for row in money if row.quarter in quarters)
        yield _cell(context, period, ALL, ALL, absent, 0 if nobody else in_all)
        if not is_year(period):
            continue
        for organisation in sorted(absent):
            yield _cell(context, period, ALL, organisation, {organisation}, 0)
        for place in gemeente.places:
            here = {who for who in absent if place in context.places_of(who)}
            if here or nobody:
                others = (
                    each.cents
                    for each in of_place
                    if (each.year, each.area, each.split) == (int(period), place, TOTAL)
                    and each.organisation not in here
                )
                yield _cell(context, period, place, ALL, here, 0 if nobody else sum(others))


def _cell(
    context: Context,
    period: str,
    place: str,
    organisation: str,
    absent: Iterable[str],
    cents: int,
) -> Cell:
    code, margin = context.gemeente.code, (place, organisation, "", ALL)
    if cents <= 0:
        return Cell(code, "spending", period, margin, None, "no_data", "not_delivered")
    who = tuple(sorted(absent))
    return Cell(
        code, "spending", period, margin, cents // 100, "partial", "not_delivered", missing=who
    )
