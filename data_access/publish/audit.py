"""The draft of a release is attacked before it becomes current.

With what a reader gets (cells, which small places are together, money of places) and the rules,
which are public, but without key or register:

- contradictions: no published part is more than its whole, classes add up, verdicts on the same
  results leave room for each other;
- sums: a cell shows the sum of what its leaves show, and a total has a threshold of its own only
  where enough other leaves remain;
- subtraction: what is shown of places and groups explains every total to the last person; a rest
  would be a figure of something smaller;
- attributes: a class that switches on and off lies in a place with people enough to hide one;
- witnesses: for each number of a leaf there are other true numbers under which everything is
  published as it is; where none is seen at once an exact programme looks for one.

With what only the publisher has, because no release shows whether a rule was kept:

- sizes (data_access.publish.sizes): each place takes part as its people allow, or as was decided
  when its period came out;
- one threshold (data_access.publish.one_threshold): each number is one rounding of one true count;
- the release before (data_access.publish.changed): a figure of a closed period differs only where
  a first delivery arrived, by what arrived, or the yearly day of corrections has passed.

What is found stops the draft. Whoever publishes reads which table and why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.small_places import COARSE, Standing
from data_access.errors import PublishRefused
from data_access.measures import HOURS_SCALE
from data_access.publish.amounts import PlaceAmount
from data_access.publish.before import Earlier
from data_access.publish.book import Book
from data_access.publish.changed import changes
from data_access.publish.counts import ALL
from data_access.publish.delivered import delivered, is_known
from data_access.publish.finding import Finding
from data_access.publish.one_threshold import not_one_threshold
from data_access.publish.protect import (
    OTHER_LEAVES,
    OTHER_ORGANISATIONS,
    Cell,
    Margin,
    Protected,
    broken_periods,
    items_of,
    whole_periods,
)
from data_access.publish.sizes import TOO_SMALL, sizes
from data_access.publish.witnesses import unwitnessed
from indicators.breakdowns import VOLUNTEERS, breakdown_of
from indicators.catalogue import MEASURES, OWN_TOTALS, measure
from indicators.periods import is_year
from indicators.vocabulary import Amount, Disagreement, Flow, Measure, SumOverPeople, Text

_CLOSE = 1e-6


def audit(
    done: Protected, book: Book, money: Sequence[PlaceAmount], earlier: Earlier, today: date
) -> None:
    """Attack a draft. Raises PublishRefused that names tables, never a true number.

    book: brought up to date for this draft. earlier: what stood before it, see Earlier.
    """
    findings = [
        *contradictions(done),
        *sums(done),
        *subtraction(done, earlier),
        *attributes(done, earlier),
        *exact_money(done, money, earlier),
        *unwitnessed_tables(done),
        *sizes(done, book, earlier),
        *not_one_threshold(done, book),
        *changes(done, earlier, today),
    ]
    if findings:
        first = findings[0]
        tables = ", ".join(sorted({each.table for each in findings}))
        raise PublishRefused(
            f"De proefaanval op deze publicatie slaagt, in: {tables}. {first.why.nl} Er is een "
            "fout in dit programma of in de gegevens; meld dit bij de beheerder.",
            f"The test attack on this release succeeds, in: {tables}. {first.why.en} There is a "
            "fault in this program or in the data; tell whoever maintains it.",
        )


def _measures() -> Iterator[Measure]:
    return (each for each in MEASURES if not isinstance(each, Amount))


def _shown(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None


# Contradictions

_NOT_WITHIN = Text(
    "Een deel is er groter dan het geheel.", "A part is larger than its whole there."
)
_NO_SUM = Text("Delen tellen er niet op tot hun geheel.", "Parts do not add up to their whole.")
_NO_ROOM = Text(
    "Oordelen over dezelfde resultaten spreken elkaar er tegen.",
    "Verdicts on the same results contradict each other there.",
)
# A leaf (place, organisation); the group of an organisation has the code of small places together.
Leaf = tuple[str, str]


def contradictions(done: Protected) -> Iterator[Finding]:
    """Find published parts that exceed their published whole, and classes that do not add up."""
    for each in _measures():
        for period in (*done.context.gemeente.quarters, *done.context.gemeente.years):
            cells = done.margins.get((each.id, period), {})
            for bound in each.within:
                whole_period = period[:4] if bound.over_year else period
                wholes = done.margins.get((bound.whole.measure, whole_period), {})
                whole_of = _of(measure(bound.whole.measure), whole_period, done)
                same = _of(each, period, done) <= whole_of
                for margin, cell in cells.items():
                    if margin[3] != (bound.category or ALL):
                        continue
                    whole = wholes.get((*margin[:3], bound.whole.category or ALL))
                    # A whole that leaves small places out is no whole of this part.
                    comparable = whole is not None and whole.without <= cell.without
                    whole_key = (measure(bound.whole.measure), whole_period)
                    if (
                        comparable
                        and same
                        and _is_of_same_places(margin, (each, period), whole_key, done)
                        and _shown(cell)
                        and _shown(whole)
                        and cell.missing == (whole.missing if whole else ())
                        and (cell.value or 0) > ((whole.value if whole else 0) or 0)
                    ):
                        yield Finding(each.id, _NOT_WITHIN, (period, *margin))
            if not _classes_add_up(each, period, cells, done):
                yield Finding(each.id, _NO_SUM)
    yield from _verdicts_without_room(done)


def _is_of_same_places(
    margin: Margin, part: tuple[Measure, str], whole: tuple[Measure, str], done: Protected
) -> bool:
    """Whether all small places that a part takes together are in those of its whole too."""
    place, whose, item, _ = margin
    if place != done.context.gemeente.together:
        return True
    everyone = done.context.gemeente.organisations if whose == ALL else (whose,)
    return all(
        done.members(*part, organisation, item) <= done.members(*whole, organisation, item)
        for organisation in everyone
    )


def _verdicts_without_room(done: Protected) -> Iterator[Finding]:
    """Each case lies in one class of first x second verdict, so what differs must fit in both."""
    for each in _measures():
        if isinstance(each, Disagreement):
            for quarter in done.context.gemeente.quarters:
                yield from _without_room(each, quarter, done)


def _without_room(each: Disagreement, quarter: str, done: Protected) -> Iterator[Finding]:
    first, second, differing, wholes = (
        done.margins.get((name, quarter), {}) for name in (*each.verdicts, each.id, each.out_of)
    )
    by_first_only, by_second_only = (one.id for one in each.categories)
    for margin in {(*known[:3], ALL) for known in differing}:
        of = margin[:3]
        cells = [
            first.get((*of, "yes")), first.get((*of, "no")),
            second.get((*of, "yes")), second.get((*of, "no")),
            differing.get((*of, by_first_only)), differing.get((*of, by_second_only)),
        ]  # fmt: skip
        whole = wholes.get(margin)
        known = [cell for cell in cells if cell is not None and cell.value is not None]
        if len(known) < len(cells) or whole is None or whole.value is None:
            continue
        alike = {(cell.without, cell.missing) for cell in known}
        if len(alike) > 1 or whole.missing != known[0].missing:
            continue
        yes, no, passed, failed, residents, administration = (x.value or 0 for x in known)
        if (
            yes + failed + administration > whole.value + residents
            or no + passed + residents > whole.value + administration
        ):
            yield Finding(each.id, _NO_ROOM, (quarter, *margin))


# Sums

_NO_PLAIN_SUM = Text(
    "Een getal is er niet de som van wat van de delen getoond wordt.",
    "A number is not the sum of what is shown of its parts there.",
)


def sums(done: Protected) -> Iterator[Finding]:
    """Find cells that are another number than the sum of what leaves and groups show."""
    for (measure_id, period), cells in done.margins.items():
        each = measure(measure_id)
        scale = HOURS_SCALE if isinstance(each, SumOverPeople) else 1
        for margin, cell in cells.items():
            if cell.value is None:
                continue
            parts = _parts(each, period, margin, done)
            if cell.value * scale == sum(parts.values()):
                continue
            # It may also have been brought down to the total of its whole.
            own = margin[:2] == (ALL, ALL) and margin[3] == ALL and each.people in OWN_TOTALS
            lowered = own and cell.value < sum(parts.values()) and _is_a_whole(each, cell, done)
            if not lowered and not (own and _enough_others(parts)):
                yield Finding(measure_id, _NO_PLAIN_SUM, (period, *margin))


def _parts(each: Measure, period: str, margin: Margin, done: Protected) -> dict[Leaf, int]:
    """Return what is shown of the leaves and groups that a cell is made of."""
    place, whose, item, category = margin
    key = (each.id, period, item)
    is_whole = period in whole_periods(each, done.context) and category == ALL
    if is_whole and place != done.context.gemeente.together:
        shown = dict(done.leaves.get(key, {}))
    else:
        pieces = list(done.fine.get(key, ()))
        if place != ALL and category in {one.id for one in each.merged}:
            pieces += done.coarse.get(key, [])
        shown = {(x.place, x.organisation): x.values[category] for x in pieces}
    return {
        (at, of): value
        for (at, of), value in shown.items()
        if place in (ALL, at) and whose in (ALL, of)
    }


def _enough_others(parts: Mapping[Leaf, int]) -> bool:
    """Whichever organisation is known exactly, enough leaves of enough others remain."""
    filled = [organisation for (_, organisation), value in parts.items() if value]
    for known in {*filled, ""}:
        others = [organisation for organisation in filled if organisation != known]
        if len(others) < OTHER_LEAVES or len(set(others)) < OTHER_ORGANISATIONS:
            return False
    return True


def _is_a_whole(each: Measure, cell: Cell, done: Protected) -> bool:
    wholes = (
        done.margins.get(
            (bound.whole.measure, cell.period[:4] if bound.over_year else cell.period), {}
        ).get((ALL, ALL, cell.margin[2], ALL))
        for bound in each.within
        if bound.category == ""
    )
    return any(whole is not None and whole.value == cell.value for whole in wholes)


def _of(each: Measure, period: str, done: Protected) -> set[str]:
    """Return the organisations that have a part in figures of a measure and period."""
    context = done.context
    return {
        organisation
        for organisation in context.gemeente.organisations
        if delivered(each, period, organisation, context)
    }


def _classes_add_up(
    each: Measure, period: str, cells: Mapping[Margin, Cell], done: Protected
) -> bool:
    if not each.categories or (isinstance(each, Flow) and not is_year(period)):
        return True
    has_whole = period in whole_periods(each, done.context)
    for margin, cell in cells.items():
        if margin[3] != ALL:
            continue
        classes = [cells.get((*margin[:3], one.id)) for one in each.categories]
        known = [one for one in classes if one is not None and one.value is not None]
        if len(known) < len(classes) or cell.value is None:
            continue
        in_classes = sum(one.value or 0 for one in known)
        left_out = max(one.without for one in known)
        single = margin[0] not in (ALL, done.context.gemeente.together) and not left_out
        if in_classes != cell.value and (single or not has_whole):
            return False
    return True


# Subtraction

_REST = Text(
    "Een totaal min alles wat ervan getoond wordt, is een cijfer van kleine plaatsen.",
    "A total minus all that is shown of it is a figure of small places.",
)


def subtraction(done: Protected, earlier: Earlier) -> Iterator[Finding]:
    """Subtract all that is published of places, organisations and groups from every total."""
    solved: dict[tuple[object, ...], _Solved] = {}
    for each in _measures():
        for period in broken_periods(each, done.context):
            if not is_known(each, period, done.context):
                continue
            cells = done.margins.get((each.id, period), {})
            for item in items_of(each, done.context):
                yield from _subtract(each, period, item, cells, done, earlier, solved)


@dataclass(frozen=True)
class _Solved:
    """A system of published sums: what is left unexplained of them, and which leaves it gives."""

    unexplained: NDArray[np.float64]
    determined: tuple[Leaf, ...]


def _subtract(
    each: Measure,
    period: str,
    item: str,
    cells: Mapping[Margin, Cell],
    done: Protected,
    earlier: Earlier,
    solved: dict[tuple[object, ...], _Solved],
) -> Iterator[Finding]:
    leaves = _public_leaves(each, period, item, done)
    has_whole = period in whole_periods(each, done.context)
    classes: list[tuple[str, ...]] = [tuple(one.id for one in each.categories)]
    if isinstance(each, Flow) and not is_year(period):
        classes = [()]
    names = (*classes[0], *(() if has_whole else (ALL,)))
    sums = [
        margin
        for margin, cell in cells.items()
        if margin[2] == item and margin[3] in names and _shown(cell)
    ]
    places = sorted({margin[:2] for margin in sums})
    rows = [(place, whose) for place, whose in places]
    if not rows or not leaves:
        return
    key = (tuple(rows), tuple(leaves))
    if key not in solved:
        solved[key] = _solve(rows, leaves)
    system = solved[key]
    for name in names:
        known = [cells.get((place, whose, item, name)) for place, whose in rows]
        if any(not _shown(cell) for cell in known):
            continue
        values = np.array([cell.value if cell is not None else 0 for cell in known], dtype=float)
        if np.abs(system.unexplained @ values).max() > _CLOSE * max(1.0, values.max()):
            yield Finding(each.id, _REST, (period, item, name))
    breakdown = breakdown_of(each, period)
    for place, organisation in system.determined:
        # Whether what is alone or in a group was large enough to be is judged in `sizes`.
        decided = (breakdown, period, organisation, item)
        then = earlier.standing.get(decided)
        if not _may_be_found(place, done.standing[decided], then, done):
            yield Finding(each.id, TOO_SMALL, (period, item, place, organisation))


def _may_be_found(
    place: str,
    now: Mapping[str, Standing],
    then: Mapping[str, Standing] | None,
    done: Protected,
) -> bool:
    """Whether a place (or the group) was to have figures of its own when that was decided."""
    decided = now if then is None else then
    if place == done.context.gemeente.together:
        return any(how.part == "group" for how in decided.values())
    return place in decided and decided[place].part == "alone"


def _public_leaves(each: Measure, period: str, item: str, done: Protected) -> list[Leaf]:
    """What figures are said to be made of: places that are not small, and groups."""
    breakdown, together = breakdown_of(each, period), done.context.gemeente.together
    found: list[Leaf] = []
    for (kind, when, organisation, what), places in done.standing.items():
        if (kind, when, what) != (breakdown, period, item):
            continue
        found += [(place, organisation) for place, how in places.items() if how.part == "alone"]
        if any(how.part == "group" for how in places.values()):
            found.append((together, organisation))
    return sorted(found)


def _solve(rows: Sequence[tuple[str, str]], leaves: Sequence[Leaf]) -> _Solved:
    matrix = np.array(
        [
            [float(place in (ALL, at) and whose in (ALL, of)) for at, of in leaves]
            for place, whose in rows
        ]
    )
    inverse = np.linalg.pinv(matrix)
    unexplained = np.eye(len(rows)) - matrix @ inverse
    told = np.einsum("ij,ji->i", inverse, matrix)
    determined = tuple(leaf for leaf, part in zip(leaves, told, strict=True) if part > 1 - _CLOSE)
    return _Solved(unexplained, determined)


# Attributes

_ONE_PERSON = Text(
    "Een klasse die aan- en uitgaat, kan daar van één mens komen.",
    "A class that switches on and off may come from one person there.",
)


def attributes(done: Protected, earlier: Earlier) -> Iterator[Finding]:
    """Find classes that switch on and off where too few people stand behind the whole table.

    What was decided for a period of before may have lost people by a correction; in all others
    the people have to be there.
    """
    for each in _measures():
        if not each.categories:
            continue
        series: dict[Margin, list[Cell]] = defaultdict(list)
        for period in broken_periods(each, done.context):
            for margin, cell in done.margins.get((each.id, period), {}).items():
                if margin[3] != ALL and _shown(cell):
                    series[margin].append(cell)
        for known in series.values():
            values = [cell.value or 0 for cell in known]
            if min(values) > 0 or max(values) == 0:
                continue
            fresh = (x for x in known if x.value and not _was_decided(x, done, earlier))
            if any(not _can_hide_one(each, cell, done) for cell in fresh):
                yield Finding(each.id, _ONE_PERSON, known[0].margin)
                break


def _was_decided(cell: Cell, done: Protected, earlier: Earlier) -> bool:
    """Whether all that a cell is made of stands in it by a decision of before."""
    each, item = measure(cell.measure), cell.margin[2]
    breakdown = breakdown_of(each, cell.period)
    parts = _parts(each, cell.period, cell.margin, done)
    return bool(parts) and all(
        (breakdown, cell.period, organisation, item) in earlier.standing
        for _, organisation in parts
    )


def _can_hide_one(each: Measure, cell: Cell, done: Protected) -> bool:
    """The classes of a place, or the count of which they are part, hold at least COARSE people."""
    classes = [one.id for one in each.categories]
    if cell.margin[3] in {one.id for one in each.merged}:
        classes = [one.id for one in each.merged]
    cells = done.margins[each.id, cell.period]
    table = (cells.get((*cell.margin[:3], name)) for name in classes)
    inside = sum(one.value or 0 for one in table if one is not None)
    out_of = measure(each.out_of) if each.out_of else each
    place, organisation, item, _ = cell.margin
    if place == done.context.gemeente.together:
        standing = done.standing[breakdown_of(each, cell.period), cell.period, organisation, item]
        leaves = done.leaves.get((out_of.id, cell.period, item), {})
        members = [at for at, how in standing.items() if how.part == "group"]
        return max(inside, sum(leaves.get((at, organisation), 0) for at in members)) >= COARSE
    whole = done.margins.get((out_of.id, cell.period), {}).get((place, organisation, item, ALL))
    return max(inside, (whole.value or 0) if whole else 0) >= COARSE


# Money

_EXACT = Text(
    "Een precies bedrag hoort daar bij te weinig mensen.",
    "An exact amount belongs to too few people there.",
)


def exact_money(
    done: Protected, money: Iterable[PlaceAmount], earlier: Earlier
) -> Iterator[Finding]:
    """Find exact spending of a place of an organisation where few people are published.

    Of a place that was shown exactly before, a correction may have left few; other places of
    before stay in steps.
    """
    together = done.context.gemeente.together
    for row in money:
        if row.step or row.kind != "spending" or not row.organisation or row.area == together:
            continue
        then = earlier.standing.get(("spending", str(row.year), row.organisation, ""), {})
        if row.area in then:
            if then[row.area].part != "alone":
                yield Finding("spending", _EXACT)
                return
            continue
        people = sum(
            value
            for (place, whose), value in done.leaves.get(
                (VOLUNTEERS, f"{row.year}-Q4", ""), {}
            ).items()
            if whose == row.organisation and row.area in ("", place)
        )
        if people < COARSE:
            yield Finding("spending", _EXACT)
            return


# Witnesses

_ONE_VALUE = Text(
    "Van een aantal is daar maar één waarde mogelijk.", "A number has one possible value there."
)


def unwitnessed_tables(done: Protected) -> Iterator[Finding]:
    """Find numbers of leaves for which no other true number publishes the same."""
    for table in unwitnessed(done):
        yield Finding(table, _ONE_VALUE)
