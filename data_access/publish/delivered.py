"""Who delivered what is needed for a measure in a period, and whether it can be known yet."""

from datetime import timedelta

from data_access.measures import COUNTINGS, known_allowance_maxima
from data_access.publish.context import Context
from indicators.periods import is_year, last_day, quarters_of
from indicators.vocabulary import Measure


def quarters_needed(period: str) -> frozenset[str]:
    """Return the quarters that have to be delivered before a period has a figure."""
    return frozenset(quarters_of(int(period)) if is_year(period) else (period,))


def missing(measure: Measure, period: str, context: Context) -> frozenset[str]:
    """Return the organisations of which a delivery about (part of) a period did not come."""
    return frozenset(
        organisation
        for subject in COUNTINGS[measure.id].subjects
        for organisation, quarter in context.receipts.missing[subject]
        if quarter in quarters_needed(period)
    )


def never(measure: Measure, context: Context) -> frozenset[str]:
    """Return the organisations that never delivered what a measure is about; nothing was expected.

    That is its first subject. Of a subject that is added to it (outflow, to volunteers) nothing
    happened at an organisation of which nothing was expected; without its people the whole would be
    smaller than a part.
    """
    return context.receipts.never[COUNTINGS[measure.id].subjects[0]]


def delivered(measure: Measure, period: str, organisation: str, context: Context) -> bool:
    """Tell whether an organisation delivered what a measure needs in a period."""
    return organisation not in missing(measure, period, context) | never(measure, context)


def is_known(measure: Measure, period: str, context: Context) -> bool:
    """Tell whether a measure can have a figure in a period at all."""
    return why_unknown(measure, period, context) == ""


def why_unknown(measure: Measure, period: str, context: Context) -> str:
    """Return why nobody has a figure of a measure in a period: a reason, "" when some have."""
    quarters, counting = quarters_needed(period), COUNTINGS[measure.id]
    for subject in counting.subjects:
        if context.receipts.nobody[subject] >= quarters:
            return "not_delivered"
    known_on = last_day(max(quarters)) + timedelta(days=counting.days_later)
    if counting.days_later and known_on > last_day(context.gemeente.last_closed):
        return "not_yet"
    year = int(period[:4])
    if counting.up_to_maximum and not known_allowance_maxima(range(year, year + 1)):
        return "maximum_unknown"
    return ""
