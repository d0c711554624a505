"""Sense: what cannot be true is not published. Checked on true counts, before anything is rounded.

Part within whole, and outflow within the people who volunteered: figures of two moments, or rows
that do not belong together, show here.
"""

from collections import defaultdict

from data_access.errors import PublishRefused
from data_access.publish.context import Context
from data_access.publish.counts import Counts, LeafKey
from indicators.catalogue import MEASURES
from indicators.vocabulary import Amount, Count, Flow, Measure


def check_sense(counts: dict[str, Counts], context: Context) -> None:
    """Check the true counts of a gemeente. Raises PublishRefused, without a number in it.

    Per measure of the catalogue, what its `within` says; a part of a closed year with the whole of
    that year, the quarters of a flow summed. Counts of the whole gemeente are compared: a person
    who moved house may stand in another wijk in each measure.
    """
    code, years = context.gemeente.code, context.gemeente.years
    for measure in MEASURES:
        if isinstance(measure, Amount):
            continue
        for bound in measure.within:
            part = _totals(counts, Count(measure.id, bound.category), code, context)
            whole = _totals(counts, bound.whole, code, context)
            if bound.over_year:
                of_year = _of_years(part, isinstance(measure, Flow))
                part = {key: n for key, n in of_year.items() if key[0] in years}
            _compare(part, whole, measure)


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


def _of_years(totals: Totals, summed: bool) -> Totals:
    """The sum of the quarters of each year, or the largest of its dates."""
    years: Totals = defaultdict(int)
    for (period, item), number in totals.items():
        before = years[period[:4], item]
        years[period[:4], item] = before + number if summed else max(before, number)
    return years


def _compare(part: Totals, whole: Totals, measure: Measure) -> None:
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
