"""Under which name is decided whether a place shows a breakdown: one decision for many measures."""

from indicators.periods import is_year
from indicators.vocabulary import Flow, Measure, Parts

VOLUNTEERS = "volunteers"


def breakdown_of(each: Measure, period: str) -> str:
    """Return the measure id under which is decided which places show a measure in a period.

    Quarters of a flow, and measures that are part of no other count, go with volunteers; a measure
    of large counts only is decided on by itself.
    """
    if each.parts is Parts.OF_LARGE_COUNTS:
        return each.id
    in_quarters = isinstance(each, Flow) and not is_year(period)
    return VOLUNTEERS if in_quarters else each.out_of or VOLUNTEERS
