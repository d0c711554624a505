"""The draft of a release is attacked before it becomes current.

With what a reader gets (cells, which small places are together, money of places) and the rules,
which are public, but without key or register:

- contradictions: no published part is more than its whole, classes add up;
- subtraction: what is shown of places and groups explains every total to the last person; a rest
  would be a figure of something smaller. What can be worked out is big enough or a group;
- attributes: a class that switches on and off lies in a place with people enough to hide one;
- witnesses: for each number of a leaf there are other true numbers under which everything is
  published as it is; where none is seen at once an exact programme looks for one;
- the release before: a figure of a closed period differs only where a first delivery arrived or
  the yearly day of corrections has passed.

What is found stops the draft. Whoever publishes reads which table and why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.small_places import COARSE, GROUP_PEOPLE, GROUP_WIJKEN, needed
from data_access.errors import PublishRefused
from data_access.publish.amounts import PlaceAmount
from data_access.publish.book import corrections_since
from data_access.publish.counts import ALL
from data_access.publish.delivered import delivered, is_known
from data_access.publish.protect import (
    VOLUNTEERS,
    Cell,
    Margin,
    Protected,
    breakdown_of,
    broken_periods,
    items_of,
    whole_periods,
)
from data_access.publish.witnesses import unwitnessed
from indicators.catalogue import MEASURES, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import Amount, Flow, Measure, Text

_CLOSE = 1e-6


@dataclass(frozen=True)
class Finding:
    """What an attack found: in which table (and where in it), and why it may not be published."""

    table: str
    why: Text
    where: tuple[str, ...] = ()


def audit(
    done: Protected,
    money: Sequence[PlaceAmount],
    before: Mapping[tuple[str, str, Margin], Cell],
    made_before: date | None,
    today: date,
) -> None:
    """Attack a draft. Raises PublishRefused that names tables, never a true number.

    before: cells of the release before, by (measure, period, margin), made on `made_before`.
    """
    findings = [
        *contradictions(done),
        *subtraction(done),
        *attributes(done),
        *exact_money(done, money),
        *unwitnessed_tables(done),
        *changes(done, before, made_before, today),
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
                    comparable = comparable and same
                    if (
                        comparable
                        and _shown(cell)
                        and _shown(whole)
                        and cell.missing == (whole.missing if whole else ())
                        and (cell.value or 0) > ((whole.value if whole else 0) or 0)
                    ):
                        yield Finding(each.id, _NOT_WITHIN, (period, *margin))
            if not _classes_add_up(each, period, cells, done):
                yield Finding(each.id, _NO_SUM)


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
_TOO_SMALL = Text(
    "Door aftrekken is een plaats te vinden die te klein is voor deze uitsplitsing.",
    "By subtracting, a place is found that is too small for this breakdown.",
)

# A leaf (place, organisation); the group of an organisation has the code of small places together.
Leaf = tuple[str, str]


def subtraction(done: Protected) -> Iterator[Finding]:
    """Subtract all that is published of places, organisations and groups from every total."""
    solved: dict[tuple[object, ...], _Solved] = {}
    for each in _measures():
        for period in broken_periods(each, done.context):
            if not is_known(each, period, done.context):
                continue
            cells = done.margins.get((each.id, period), {})
            for item in items_of(each, done.context):
                yield from _subtract(each, period, item, cells, done, solved)


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
    for leaf in system.determined:
        # What is small was decided when the period came out; a correction changes no status.
        if (breakdown, period, leaf[1], item) not in done.decided:
            continue
        if not _big_enough(leaf, each, period, item, done):
            yield Finding(each.id, _TOO_SMALL, (period, item, *leaf))


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


def _big_enough(leaf: Leaf, each: Measure, period: str, item: str, done: Protected) -> bool:
    """Judge a leaf by published numbers of people on the dates that decided."""
    place, organisation = leaf
    whole = measure(breakdown_of(each, period))
    if place != done.context.gemeente.together:
        people = _people(place, organisation, whole, period, item, done)
        return people is None or people >= needed(max(len(whole.categories), len(each.categories)))
    key = (whole.id, period, organisation, item)
    members = [at for at, how in done.standing[key].items() if how.part == "group"]
    counts = {at: _people(at, organisation, whole, period, item, done) or 0 for at in members}
    inhabited = [at for at in members if at in done.context.gemeente.wijken and counts[at]]
    return len(inhabited) >= GROUP_WIJKEN and sum(counts.values()) >= GROUP_PEOPLE


def _people(
    place: str, organisation: str, whole: Measure, period: str, item: str, done: Protected
) -> int | None:
    """Most that was published of a leaf in the year of the period; None where nothing was."""
    if whole.people == "results":
        return done.leaves.get((whole.id, period, item), {}).get((place, organisation))
    dates = [
        done.leaves.get((VOLUNTEERS, quarter, ""), {}).get((place, organisation))
        for quarter in done.context.gemeente.quarters
        if quarter[:4] == period[:4]
    ]
    known = [value for value in dates if value is not None]
    return max(known) if known else None


# Attributes

_ONE_PERSON = Text(
    "Een klasse die aan- en uitgaat, kan daar van één mens komen.",
    "A class that switches on and off may come from one person there.",
)


def attributes(done: Protected) -> Iterator[Finding]:
    """Find classes that switch on and off where too few people stand behind the whole table."""
    decided = {period for _, period, _, _ in done.decided}
    for each in _measures():
        if not each.categories:
            continue
        series: dict[tuple[str, str, str, str], list[Cell]] = defaultdict(list)
        for period in broken_periods(each, done.context):
            for margin, cell in done.margins.get((each.id, period), {}).items():
                if margin[3] != ALL and _shown(cell):
                    series[margin].append(cell)
        for known in series.values():
            values = [cell.value or 0 for cell in known]
            if min(values) > 0 or max(values) == 0:
                continue
            fresh = (cell for cell in known if cell.value and cell.period in decided)
            if any(not _can_hide_one(each, cell, done) for cell in fresh):
                yield Finding(each.id, _ONE_PERSON, known[0].margin)
                break


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


def exact_money(done: Protected, money: Iterable[PlaceAmount]) -> Iterator[Finding]:
    """Find exact spending of a place of an organisation where few people are published."""
    together = done.context.gemeente.together
    for row in money:
        if row.step or row.kind != "spending" or not row.organisation or row.area == together:
            continue
        if ("spending", str(row.year), row.organisation, "") not in done.decided:
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


# The release before

_CHANGED = Text(
    "Een cijfer van een afgesloten periode is anders dan in de vorige publicatie, buiten de vaste "
    "dag van correcties.",
    "A figure of a closed period differs from the release before, outside the day of corrections.",
)


def changes(
    done: Protected,
    before: Mapping[tuple[str, str, Margin], Cell],
    made_before: date | None,
    today: date,
) -> Iterator[Finding]:
    """Find figures of closed periods that changed without a reason that is public."""
    if made_before is None or corrections_since(made_before, today):
        return
    for (measure_id, period), cells in done.margins.items():
        for margin, cell in cells.items():
            earlier = before.get((measure_id, period, margin))
            if earlier is None or earlier.value is None or cell.value == earlier.value:
                continue
            if set(earlier.missing) == set(cell.missing) and not any(
                _here(margin, whose, done)
                and _came_or_went(each, when, margin, whose, done, before)
                for each, when in _made_of(measure_id, period)
                for whose in done.context.gemeente.organisations
            ):
                yield Finding(measure_id, _CHANGED, (period, *margin))
                break


def _here(margin: Margin, organisation: str, done: Protected) -> bool:
    place, whose = margin[:2]
    return whose in (ALL, organisation) and place in (ALL, *done.context.places_of(organisation))


def _made_of(measure_id: str, period: str) -> Iterator[tuple[str, str]]:
    """A figure, and what it follows from: wholes that it may not exceed, quarters before it.

    A quarter of a flow is the difference of two sums from the beginning of the year on.
    """
    yield measure_id, period
    if isinstance(measure(measure_id), Flow) and not is_year(period):
        earlier = (quarter for quarter in quarters_of(int(period[:4])) if quarter < period)
        yield from ((measure_id, quarter) for quarter in earlier)
    for bound in measure(measure_id).within:
        yield bound.whole.measure, period[:4] if bound.over_year else period


def _came_or_went(
    measure_id: str,
    period: str,
    margin: Margin,
    organisation: str,
    done: Protected,
    before: Mapping[tuple[str, str, Margin], Cell],
) -> bool:
    """Tell whether an organisation has a figure of its own now and had none before, or so."""
    own = (ALL, organisation, margin[2], ALL)
    then = before.get((measure_id, period, own))
    now = done.margins.get((measure_id, period), {}).get(own)
    known = [cell is not None and cell.status != "no_data" for cell in (then, now)]
    return known[0] != known[1]
