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


def rest_class(each: Measure, merged: bool) -> str:
    """Return the class that is what the others leave of the whole; '' for a measure without one.

    `merged`: of a place that has the coarser classes only.
    """
    if not merged or not each.rest:
        return each.rest
    return next(one.id for one in each.merged if each.rest in one.of)


def rounded_classes(each: Measure, merged: bool) -> tuple[str, ...]:
    """Return the classes that are rounded by thresholds of their own: all but the rest."""
    rest = rest_class(each, merged)
    names = (one.id for one in (each.merged if merged else each.categories))
    return tuple(name for name in names if name != rest) if rest else ()
