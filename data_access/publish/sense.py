"""Sense: what cannot be true is not published. Checked on true counts, before anything is rounded.

Part within whole, and outflow within the people who volunteered: figures of two moments, or rows
that do not belong together, show here.
"""

from collections import defaultdict

from data_access.disclosure.tables import LeafKey
from data_access.errors import PublishRefused
from data_access.publish.context import Context
from data_access.publish.counts import Counts
from indicators.catalogue import MEASURES
from indicators.vocabulary import Amount, Count, Measure


def check_sense(counts: dict[str, Counts], context: Context) -> None:
    """Check the true counts of a gemeente. Raises PublishRefused, without a number in it.

    Per measure of the catalogue, what its `within` says; and the outflow of a year within the
    people who were active in that year. Counts of whole organisations are compared: a person who
    moved house may stand in another wijk in each measure.
    """
    code = context.gemeente.code
    for measure in MEASURES:
        if isinstance(measure, Amount):
            continue
        for bound in measure.within:
            part = _totals(counts, Count(measure.id, bound.category), code, context)
            whole = _totals(counts, bound.whole, code, context)
            _compare(part, whole, measure, context)
    outflow = _of_years(_totals(counts, Count("outflow", ""), code, context))
    active = _totals(counts, Count("active_volunteers", ""), code, context)
    known = {key: people for key, people in outflow.items() if key[0] in context.gemeente.years}
    _compare(known, active, _measure("outflow"), context)


Totals = dict[tuple[str, str], int]


def _totals(counts: dict[str, Counts], term: Count, gemeente: str, context: Context) -> Totals:
    """Return the count by (period, item) over all places and organisations."""
    totals: Totals = defaultdict(int)
    periods = {*context.gemeente.quarters, *context.gemeente.years}
    for (code, period), leaves in counts[term.measure].items():
        if code == gemeente and period in periods:
            for leaf, number in leaves.items():
                if term.category in ("", _category(leaf)):
                    totals[period, leaf[2]] += number
    return totals


def _category(leaf: LeafKey) -> str:
    return leaf[3]


def _of_years(totals: Totals) -> Totals:
    years: Totals = defaultdict(int)
    for (period, item), number in totals.items():
        years[period[:4], item] += number
    return years


def _compare(part: Totals, whole: Totals, measure: Measure, context: Context) -> None:
    for (period, item), number in part.items():
        if number > whole.get((period, item), 0):
            raise PublishRefused(
                f"De cijfers spreken elkaar tegen: '{measure.name.nl}' is in {period} groter dan "
                "het geheel waar het deel van is. Controleer of alle leveringen over die periode "
                "compleet zijn.",
                f"The figures contradict each other: '{measure.name.en}' in {period} is larger "
                "than the whole of which it is a part. Check that all deliveries about that "
                "period are complete.",
            )


def _measure(measure_id: str) -> Measure:
    return next(each for each in MEASURES if each.id == measure_id)
