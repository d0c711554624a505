"""From true counts to protected cells: one controlled rounding per gemeente, measure and period."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import product
from typing import Any

from data_access.disclosure import CountTable, DisclosureError, round_table
from data_access.disclosure.tables import LeafKey, TotalKey
from data_access.measures import COUNTINGS, DAYS_OF_MONTHS, HOURS_SCALE, known_allowance_maxima
from data_access.publish.context import Context, Gemeente
from data_access.publish.counts import Counts
from indicators.catalogue import MEASURES, MINIMUM_BASE, STILL_IN_WORK_MONTHS
from indicators.periods import last_day, quarters_of
from indicators.vocabulary import Count, Flow, Measure, Stock, SumOverPeople, ToDate, YearCount

ALL = "*"
Margin = TotalKey


@dataclass(frozen=True)
class Cell:
    """One published number: `value` is None unless `status` is "published"."""

    gemeente: str
    measure: str
    period: str
    margin: Margin
    value: int | None
    status: str
    reason: str


@dataclass
class Memory:
    """What earlier releases published: (measure, period) -> leaf -> (true, published)."""

    earlier: Mapping[tuple[str, str], Mapping[LeafKey, tuple[int, int]]]
    now: dict[tuple[str, str], dict[LeafKey, tuple[int, int]]] = field(default_factory=dict)


@dataclass
class Protected:
    """Everything protected so far in this release; later measures are bounded by it."""

    secret: bytes
    memory: Memory
    margins: dict[tuple[str, str, str], dict[Margin, Cell]] = field(default_factory=dict)
    leaves: dict[tuple[str, str, str], dict[LeafKey, int]] = field(default_factory=dict)
    widened: int = 0
    unbounded: int = 0

    def cells(self) -> Iterator[Cell]:
        """Give every cell of the release, in a fixed order."""
        for key in sorted(self.margins):
            for margin in sorted(self.margins[key]):
                yield self.margins[key][margin]


def protect_measure(measure: Measure, counts: Counts, context: Context, done: Protected) -> None:
    """Add the protected cells of one measure in the gemeente of `context` to `done`."""
    gemeente = context.gemeente
    periods = gemeente.years if isinstance(measure, YearCount) else gemeente.quarters
    errors: dict[LeafKey, tuple[int, int]] = {}
    before: str | None = None
    for period in periods:
        true = dict(counts.get((gemeente.code, period), {}))
        _protect_period(measure, true, period, before, context, done, errors)
        before = period
    if isinstance(measure, Flow):
        for year in gemeente.years:
            _add_year(measure, year, gemeente, done)


def _protect_period(
    measure: Measure,
    true: dict[LeafKey, int],
    period: str,
    before: str | None,
    context: Context,
    done: Protected,
    errors: dict[LeafKey, tuple[int, int]],
) -> None:
    gemeente = context.gemeente
    absent = _absent(measure, period, context)
    gaps = _gaps(measure, period, context, absent)
    leaves = {
        leaf: n for leaf, n in true.items() if n and leaf[1] not in absent and gaps.whole == ""
    }
    members = _members(measure, leaves)
    table = CountTable(
        measure=f"{gemeente.code}/{measure.id}",
        draw_period="" if isinstance(measure, Stock) else period,
        base=measure.base * (HOURS_SCALE if isinstance(measure, SumOverPeople) else 1),
        leaves=leaves,
        totals={margin: leaf for margin, leaf in members.items() if not gaps.reason(margin)},
        keep=_kept(measure, period, leaves, done.memory),
        prefer=_preferred(measure, before, gemeente, leaves, done),
        steady={leaf: errors[leaf] for leaf in leaves if leaf in errors},
        at_most=_at_most(measure, period, gemeente, members, gaps, done),
        at_least=_at_least(measure, period, before, gemeente, leaves, members, gaps, done),
        carried=_carried(measure, period, gemeente, members, gaps, done),
    )
    rounded = _rounded(table, done)
    done.widened += len(rounded.widened)
    done.leaves[gemeente.code, measure.id, period] = rounded.values
    memory = done.memory.now.setdefault((measure.id, period), {})
    for leaf, value in rounded.values.items():
        memory[leaf] = (leaves[leaf], value)
        if isinstance(measure, Stock):
            error = value - leaves[leaf]
            low, high = errors.get(leaf, (error, error))
            errors[leaf] = (min(low, error), max(high, error))
    cells = done.margins.setdefault((gemeente.code, measure.id, period), {})
    for margin in _domain(measure, gemeente):
        value = rounded.totals.get(margin, 0)
        cells[margin] = _cell(measure, period, margin, value, gaps.reason(margin), gemeente, done)


def mark_missing_spending(context: Context, done: Protected) -> None:
    """Add cells without a figure where spending was not delivered: unknown is not zero."""
    gemeente, receipts = context.gemeente, context.receipts
    for quarter in gemeente.quarters:
        here = frozenset(o for o, when in receipts.missing["besteding"] if when == quarter)
        wijken = {w for o in here for w in context.declared_wijken.get(o, gemeente.places)}
        places = (
            [(ALL, ALL), *((w, ALL) for w in wijken), *((ALL, o) for o in here)] if here else []
        )
        if quarter in receipts.nobody["besteding"]:
            places = [
                (ALL, ALL),
                *((place, ALL) for place in gemeente.places),
                *((ALL, o) for o in gemeente.organisations),
            ]
        for period in (quarter, quarter[:4]) if places else ():
            cells = done.margins.setdefault((gemeente.code, "spending", period), {})
            for place in places:
                margin = (*place, "", ALL)
                cells[margin] = Cell(
                    gemeente.code, "spending", period, margin, None, "no_data", "not_delivered"
                )


def _rounded(table: CountTable, done: Protected) -> Any:
    try:
        return round_table(table, done.secret)
    except DisclosureError:
        # Bounds from widened wholes can exclude every rounding; protection outranks neatness.
        done.unbounded += 1
        without = CountTable(
            **{**vars(table), "at_most": {}, "at_least": {}, "steady": {}, "prefer": {}}
        )
        return round_table(without, done.secret)


def _cell(
    measure: Measure,
    period: str,
    margin: Margin,
    value: int,
    reason: str,
    gemeente: Gemeente,
    done: Protected,
) -> Cell:
    status = "no_data" if reason else "published"
    if not reason and isinstance(measure, SumOverPeople):
        people = done.margins[gemeente.code, "volunteers", period][margin]
        if people.value is None or people.value < MINIMUM_BASE:
            status, reason = "not_shown", "small_base"
        value //= HOURS_SCALE
    shown = value if status == "published" else None
    return Cell(gemeente.code, measure.id, period, margin, shown, status, reason)


def _categories(measure: Measure) -> tuple[str, ...]:
    return tuple(category.id for category in measure.categories)


def _margins_of(measure: Measure, leaf: LeafKey) -> list[Margin]:
    """The published totals in which a leaf counts: by wijk, by organisation and overall."""
    wijk, organisation, item, category = leaf
    places = [(wijk, ALL), (ALL, ALL)]
    if measure.by_organisation:
        places.append((ALL, organisation))
    classes = (category, ALL) if measure.categories else (ALL,)
    return [(*place, item, each) for place, each in product(places, classes)]


def _members(measure: Measure, leaves: Iterable[LeafKey]) -> dict[Margin, tuple[LeafKey, ...]]:
    members: dict[Margin, list[LeafKey]] = {}
    for leaf in sorted(leaves):
        for margin in _margins_of(measure, leaf):
            members.setdefault(margin, []).append(leaf)
    return {margin: tuple(each) for margin, each in members.items()}


def _domain(measure: Measure, gemeente: Gemeente) -> Iterator[Margin]:
    """Every number that is published, fixed in advance and whatever the counts are."""
    places = [(place, ALL) for place in gemeente.places] + [(ALL, ALL)]
    if measure.by_organisation:
        places += [(ALL, organisation) for organisation in gemeente.organisations]
    items = gemeente.items if measure.id.startswith("results_") else ("",)
    classes = (*_categories(measure), ALL)
    for place, item, category in product(places, items, classes):
        yield (*place, item, category)


@dataclass(frozen=True)
class _Gaps:
    """Why a margin has no figure: `whole` for all of them, else by wijk or organisation.

    `never` are organisations that never delivered and of which nothing was expected: they have no
    figure of their own, but what the others delivered stands.
    """

    whole: str
    wijken: frozenset[str]
    organisations: frozenset[str]
    never: frozenset[str]

    def reason(self, margin: Margin) -> str:
        wijk, organisation = margin[0], margin[1]
        if self.whole:
            return self.whole
        if organisation != ALL:
            return "not_delivered" if organisation in self.organisations | self.never else ""
        if wijk == ALL:
            return "not_delivered" if self.organisations else ""
        return "not_delivered" if wijk in self.wijken else ""


def _quarters(measure: Measure, period: str) -> frozenset[str]:
    """The quarters that have to be delivered before a measure has a figure in a period."""
    return frozenset(quarters_of(int(period)) if isinstance(measure, YearCount) else (period,))


def _absent(measure: Measure, period: str, context: Context) -> frozenset[str]:
    """Organisations whose delivery for this measure and period (or part of it) is missing."""
    return frozenset(
        organisation
        for subject in COUNTINGS[measure.id].subjects
        for organisation, quarter in context.receipts.missing[subject]
        if quarter in _quarters(measure, period)
    )


def _gaps(measure: Measure, period: str, context: Context, absent: frozenset[str]) -> _Gaps:
    # Declared wijken only: to mark each wijk where it ever had people would tell where those live.
    wijken: set[str] = set()
    for organisation in absent:
        wijken |= context.declared_wijken.get(organisation, frozenset(context.gemeente.places))
    never = frozenset().union(
        *(context.receipts.never[subject] for subject in COUNTINGS[measure.id].subjects)
    )
    return _Gaps(_whole_gap(measure, period, context), frozenset(wijken), absent, never)


def _whole_gap(measure: Measure, period: str, context: Context) -> str:
    quarters = _quarters(measure, period)
    for subject in COUNTINGS[measure.id].subjects:
        if context.receipts.nobody[subject] >= quarters:
            return "not_delivered"
    for months in STILL_IN_WORK_MONTHS:
        if measure.id == f"still_in_work_{months}":
            known_on = last_day(period) + timedelta(days=DAYS_OF_MONTHS[months])
            return "not_yet" if known_on > last_day(context.gemeente.last_closed) else ""
    if measure.id == "allowance_above_maximum":
        year = int(period)
        return "" if year in known_allowance_maxima(range(year, year + 1)) else "maximum_unknown"
    return ""


def _kept(
    measure: Measure, period: str, leaves: Mapping[LeafKey, int], memory: Memory
) -> dict[LeafKey, int]:
    earlier = memory.earlier.get((measure.id, period), {})
    return {
        leaf: earlier[leaf][1]
        for leaf, true in leaves.items()
        if leaf in earlier and earlier[leaf][0] == true
    }


def _preferred(
    measure: Measure,
    before: str | None,
    gemeente: Gemeente,
    leaves: Mapping[LeafKey, int],
    done: Protected,
) -> dict[LeafKey, int]:
    if not isinstance(measure, Stock) or before is None:
        return {}
    earlier = done.memory.now.get((measure.id, before), {})
    return {
        leaf: earlier[leaf][1]
        for leaf, true in leaves.items()
        if leaf in earlier and earlier[leaf][0] == true
    }


def published_value(
    done: Protected, gemeente: str, count: Count, period: str, place: Margin
) -> int | None:
    """Return the published value of `count` at the wijk, organisation and item of `place`."""
    cells = done.margins.get((gemeente, count.measure, period), {})
    cell = cells.get((*place[:3], count.category or ALL))
    return None if cell is None else cell.value


def _at_most(
    measure: Measure,
    period: str,
    gemeente: Gemeente,
    members: Mapping[Margin, tuple[LeafKey, ...]],
    gaps: _Gaps,
    done: Protected,
) -> dict[LeafKey | TotalKey, int]:
    if isinstance(measure, ToDate):
        return {}
    bounds: dict[LeafKey | TotalKey, int] = {}
    for margin, bound in product(members, measure.within):
        if margin[3] != (bound.category or ALL) or gaps.reason(margin):
            continue
        whole = published_value(done, gemeente.code, bound.whole, period, margin)
        if whole is not None:
            bounds[margin] = min(whole, bounds.get(margin, whole))
    return bounds


def _at_least(
    measure: Measure,
    period: str,
    before: str | None,
    gemeente: Gemeente,
    leaves: Mapping[LeafKey, int],
    members: Mapping[Margin, tuple[LeafKey, ...]],
    gaps: _Gaps,
    done: Protected,
) -> dict[LeafKey | TotalKey, int]:
    if isinstance(measure, ToDate):
        earlier = done.leaves.get((gemeente.code, measure.id, before or ""), {})
        grown: dict[LeafKey | TotalKey, int] = {
            leaf: earlier[leaf] for leaf in leaves if leaf in earlier
        }
        return {**grown, **_parts(measure, period, gemeente, members, gaps, done)}
    if measure.id == "active_volunteers":
        left = {
            margin: published_value(done, gemeente.code, Count("outflow", ""), period, margin)
            for margin in members
            if not gaps.reason(margin)
        }
        return {margin: value for margin, value in left.items() if value is not None}
    return {}


def _parts(
    measure: Measure,
    period: str,
    gemeente: Gemeente,
    members: Mapping[Margin, tuple[LeafKey, ...]],
    gaps: _Gaps,
    done: Protected,
) -> dict[LeafKey | TotalKey, int]:
    """What to-date subsets already show: their whole may not show less.

    A number to date may not fall either. Two lower bounds can always be met (round everything
    up); a lower and an upper one cannot, so to-date parts are rounded before their wholes.
    """
    bounds: dict[LeafKey | TotalKey, int] = {}
    for part, margin in product(MEASURES, members):
        for bound in part.within:
            names_this = bound.whole.measure == measure.id
            if names_this and margin[3] == (bound.whole.category or ALL):
                count = Count(part.id, bound.category)
                shown = published_value(done, gemeente.code, count, period, margin)
                if shown is not None and not gaps.reason(margin):
                    bounds[margin] = max(shown, bounds.get(margin, 0))
    return bounds


def _carried(
    measure: Measure,
    period: str,
    gemeente: Gemeente,
    members: Mapping[Margin, tuple[LeafKey, ...]],
    gaps: _Gaps,
    done: Protected,
) -> dict[LeafKey | TotalKey, tuple[int, int]]:
    """Sums over the earlier quarters of the year, so that the year stays next to its truth."""
    if not isinstance(measure, Flow):
        return {}
    sums: dict[LeafKey | TotalKey, tuple[int, int]] = {}
    closed = set(gemeente.quarters)
    before = [each for each in quarters_of(int(period[:4])) if each < period and each in closed]
    # A year with a gap is not published, so its running sum binds nothing.
    broken = {
        margin
        for quarter in before
        for margin, cell in done.margins[gemeente.code, measure.id, quarter].items()
        if cell.status != "published"
    }
    for quarter in before:
        for leaf, published in done.leaves[gemeente.code, measure.id, quarter].items():
            true = done.memory.now[measure.id, quarter][leaf][0]
            for margin in _margins_of(measure, leaf):
                if margin in members and not gaps.reason(margin) and margin not in broken:
                    known = sums.get(margin, (0, 0))
                    sums[margin] = (known[0] + true, known[1] + published)
    return sums


def _add_year(measure: Measure, year: str, gemeente: Gemeente, done: Protected) -> None:
    quarters = [done.margins[gemeente.code, measure.id, q] for q in quarters_of(int(year))]
    cells = done.margins.setdefault((gemeente.code, measure.id, year), {})
    for margin in _domain(measure, gemeente):
        parts = [quarter[margin] for quarter in quarters]
        reasons = sorted({part.reason for part in parts if part.status != "published"})
        if reasons:
            cell = Cell(gemeente.code, measure.id, year, margin, None, "no_data", reasons[0])
        else:
            total = sum(part.value or 0 for part in parts)
            cell = Cell(gemeente.code, measure.id, year, margin, total, "published", "")
        cells[margin] = cell
