"""Every number of a leaf or group is one rounding of one true count, by one threshold.

What a draft publishes is held against the true counts, which only the publisher has. For each leaf
or group and set of people there must be a threshold under which all its numbers, of all dates and
measures, are what the rules make of them: a group rounded once and not as a sum of its members, no
number drawn for itself, none exact. What is held within its published whole, or raised to what is
published of a part, may differ from its own rounding, but only to there; and it has to be held: in
a sum over organisations a part above its whole does not show.

No key is needed, and the thresholds themselves are not looked at: a fault in them shows too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from data_access.disclosure.rounding import rounded
from data_access.disclosure.thresholds import THRESHOLDS, threshold_name
from data_access.measures import HOURS_SCALE
from data_access.publish.book import Book
from data_access.publish.counts import ALL
from data_access.publish.finding import Finding
from data_access.publish.protect import (
    Piece,
    Protected,
    whole_periods,
)
from indicators.breakdowns import rest_class, rounded_classes
from indicators.catalogue import MEASURES, OWN_TOTALS, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import (
    Bound,
    Count,
    Disagreement,
    Flow,
    Measure,
    Parts,
    SumOverPeople,
    Text,
)

_NOT_ONE = Text(
    "Een aantal is er niet één keer afgerond met de drempel van zijn plaats.",
    "A number is not rounded once there, by the threshold of its place.",
)
# name of the threshold, organisation, place or group, epoch
_Unit = tuple[str, str, str, int]


@dataclass(frozen=True)
class _Held:
    """Published numbers to which a number may be brought down, and to which it may be raised."""

    down: set[int] = field(default_factory=set)
    up: set[int] = field(default_factory=set)


def not_one_threshold(done: Protected, book: Book) -> Iterator[Finding]:
    """Find leaves and groups of which no single threshold explains what is published."""
    search = _Search(done, book)
    left: dict[_Unit, set[int]] = defaultdict(lambda: set(range(THRESHOLDS)))
    refuted: set[_Unit] = set()
    for table, period, unit, fitting in search.numbers():
        if unit in refuted:
            continue
        left[unit] &= fitting
        if not left[unit]:
            refuted.add(unit)
            yield Finding(table, _NOT_ONE, (period, *unit[:3]))


class _Search:
    """Goes through the numbers of a draft with the true counts beside them."""

    def __init__(self, done: Protected, book: Book) -> None:
        self.done = done
        self.book = book
        self._true: dict[tuple[str, str], dict[tuple[str, str, str, str], int]] = {}
        self._pieces: dict[tuple[str, str, str], dict[tuple[str, str], Piece]] = {
            key: {(piece.place, piece.organisation): piece for piece in pieces}
            for key, pieces in done.fine.items()
        }

    def numbers(self) -> Iterator[tuple[str, str, _Unit, set[int]]]:
        """Give (measure, period, unit, thresholds that fit) of every number."""
        for (measure_id, period, item), leaves in self.done.leaves.items():
            each = measure(measure_id)
            for (place, organisation), value in leaves.items():
                held = self._held(each, period, item, (place,), organisation, whole=True)
                n = self._sum(each, period, item, organisation, (place,))
                unit = self._unit(each, period, organisation, place)
                yield measure_id, period, unit, _fitting(each, [n], [value], held)
        for pieces in (self.done.fine, self.done.coarse):
            for (measure_id, period, item), found in pieces.items():
                each = measure(measure_id)
                for piece in found:
                    unit = self._unit(each, period, piece.organisation, piece.place)
                    if not each.rest:
                        yield measure_id, period, unit, self._of_piece(each, period, item, piece)
                        continue
                    merged = pieces is self.done.coarse
                    for name, fitting in self._beside_rest(each, period, item, piece, merged):
                        yield measure_id, period, (name, *unit[1:]), fitting
        yield from self._own_totals()

    def _own_totals(self) -> Iterator[tuple[str, str, _Unit, set[int]]]:
        """Totals of the gemeente that are no sum of leaves: rounded by a threshold of their own."""
        for (measure_id, period, item), leaves in self.done.leaves.items():
            each = measure(measure_id)
            cell = self.done.margins.get((measure_id, period), {}).get((ALL, ALL, item, ALL))
            if cell is None or cell.value is None or each.people not in OWN_TOTALS:
                continue
            if cell.value == sum(leaves.values()):
                continue
            present = {organisation for _, organisation in leaves}
            places = self.done.context.places_of
            n = sum(self._sum(each, period, item, whose, places(whose)) for whose in present)
            down = {
                whole.value
                for bound in each.within
                for whole in [
                    self.done.margins.get(
                        (bound.whole.measure, period[:4] if bound.over_year else period), {}
                    ).get((ALL, ALL, item, ALL))
                ]
                if bound.category == "" and whole is not None and whole.value is not None
            }
            epoch = min(self._unit(each, period, whose, "")[3] for whose in present)
            unit = (threshold_name(each), "", ALL, epoch)
            yield measure_id, period, unit, _fitting(each, [n], [cell.value], _Held(down))

    def _unit(self, each: Measure, period: str, organisation: str, place: str) -> _Unit:
        by_year = isinstance(each, Flow) and is_year(period)
        first = quarters_of(int(period))[0] if by_year else period
        epoch = self.book.epoch_of(each.id, first, organisation)
        return threshold_name(each), organisation, place, epoch

    def _of_piece(self, each: Measure, period: str, item: str, piece: Piece) -> set[int]:
        inside = self._inside(each, period, item, piece)
        # Made of published verdicts, not of a rounding of its own: see audit.contradictions.
        if isinstance(each, Disagreement):
            multiples = all(value % each.base == 0 for value in piece.values.values())
            return set(range(THRESHOLDS)) if multiples else set()
        whose = piece.organisation
        held = self._held(each, period, item, inside, whose, whole=False)
        if isinstance(each, Flow) and not is_year(period):
            return self._of_quarter(each, period, item, piece, inside, held)
        if not each.categories:
            n = self._sum(each, period, item, whose, inside)
            return _fitting(each, [n], [piece.values[ALL]], held)
        names = [one.id for one in each.categories]
        counts, values, running, shown = [], [], 0, 0
        for name in names:
            running += self._sum(each, period, item, whose, inside, name)
            shown += piece.values[name]
            counts.append(running)
            values.append(shown)
        if piece.values[ALL] != values[-1]:
            return set()
        return _fitting(each, counts, values, held)

    def _beside_rest(
        self, each: Measure, period: str, item: str, piece: Piece, merged: bool
    ) -> Iterator[tuple[str, set[int]]]:
        """Give the name of a threshold and those that fit, of the whole and of each class.

        A class is held within what the classes before it leave of the whole; the rest fits when
        all add up.
        """
        inside, whose = self._inside(each, period, item, piece), piece.organisation
        held = self._held(each, period, item, inside, whose, whole=False)
        made_of = {one.id: one.of for one in each.merged}
        names, room = rounded_classes(each, merged), piece.values[ALL]
        n = self._sum(each, period, item, whose, inside)
        adds_up = sum(piece.values[name] for name in (*names, rest_class(each, merged))) == room
        yield threshold_name(each), _fitting(each, [n], [room], held) if adds_up else set()
        for name in names:
            kinds = made_of.get(name, (name,))
            n = sum(self._sum(each, period, item, whose, inside, kind) for kind in kinds)
            value = piece.values[name]
            yield threshold_name(each, name), _fitting(each, [n], [value], _Held({room}))
            room -= value

    def _of_quarter(
        self,
        each: Measure,
        period: str,
        item: str,
        piece: Piece,
        inside: Sequence[str],
        held: _Held,
    ) -> set[int]:
        """A quarter is the difference of two running sums, both held within the whole of a year."""
        until = [quarter for quarter in quarters_of(int(period[:4])) if quarter <= period]
        counts = [self._sum(each, one, item, piece.organisation, inside) for one in until]
        now, before = sum(counts), sum(counts[:-1])
        base, limits = _base(each), [None, *held.down]

        def shown(count: int, threshold: int, limit: int | None) -> int:
            value = rounded(count, threshold, base)
            return value if limit is None else min(value, limit)

        return {
            threshold
            for threshold in range(THRESHOLDS)
            if any(
                shown(now, threshold, limit) - shown(before, threshold, limit) == piece.values[ALL]
                for limit in limits
            )
        }

    def _inside(self, each: Measure, period: str, item: str, piece: Piece) -> tuple[str, ...]:
        if piece.place != self.done.context.gemeente.together:
            return (piece.place,)
        return tuple(sorted(self.done.members(each, period, piece.organisation, item)))

    def _held(
        self,
        each: Measure,
        period: str,
        item: str,
        inside: Sequence[str],
        organisation: str,
        whole: bool,
    ) -> _Held:
        """What the catalogue says a number is part of, and what is part of it."""
        held = _Held()
        bounds = [bound for bound in each.within if bound.category == ""]
        around = [(bound.whole.measure, bound.over_year) for bound in bounds]
        for name, over_year in around:
            when = period[:4] if over_year else period
            held.down.update(self._published(name, when, item, inside, organisation))
        if not whole and each.parts is Parts.WHOLE:
            held.down.update(self._total(each.id, period, item, inside, organisation))
        for part in MEASURES:
            for bound in part.within if not whole else ():
                if bound.whole.measure != each.id or part.people != each.people:
                    continue
                # Of the same places, whoever is small, are totals only.
                if part.parts is not Parts.WHOLE:
                    continue
                if bound == Bound("", Count(each.id, ""), over_year=True):
                    dates: Sequence[str] = quarters_of(int(period)) if is_year(period) else ()
                elif each.categories and bound == Bound(
                    "", Count(each.id, each.categories[0].id), over_year=False
                ):
                    dates = (period,)
                else:
                    continue
                for date in dates:
                    held.up.update(self._published(part.id, date, item, inside, organisation))
        return held

    def _published(
        self,
        name: str,
        period: str,
        item: str,
        inside: Sequence[str],
        organisation: str,
    ) -> Iterator[int]:
        """What is published of the same places: their totals, or the pieces they have."""
        yield from self._total(name, period, item, inside, organisation)
        together = self.done.context.gemeente.together
        members = self.done.members(measure(name), period, organisation, item)
        units = {together if place in members else place for place in inside}
        if together in units and not members <= set(inside):
            return
        pieces = self._pieces.get((name, period, item), {})
        found = [pieces.get((unit, organisation)) for unit in units]
        if all(piece is not None for piece in found):
            yield sum(piece.values[ALL] for piece in found if piece is not None)

    def _total(
        self, name: str, period: str, item: str, inside: Sequence[str], organisation: str
    ) -> Iterator[int]:
        leaves = self.done.leaves.get((name, period, item))
        if leaves and period in whole_periods(measure(name), self.done.context):
            yield sum(leaves.get((place, organisation), 0) for place in inside)

    def _sum(
        self,
        each: Measure,
        period: str,
        item: str,
        organisation: str,
        inside: Sequence[str],
        category: str = "",
    ) -> int:
        summed = isinstance(each, Flow) and is_year(period)
        found = 0
        for part in quarters_of(int(period)) if summed else (period,):
            key = (each.id, part)
            if key not in self._true:
                by_class: dict[tuple[str, str, str, str], int] = defaultdict(int)
                for (place, whose, what, kind), n in self.book.counted.get(key, {}).items():
                    by_class[place, whose, what, kind] += n
                    if kind:
                        by_class[place, whose, what, ""] += n
                self._true[key] = by_class
            true = self._true[key]
            found += sum(true.get((place, organisation, item, category), 0) for place in inside)
        return found


def _base(each: Measure) -> int:
    return each.base * (HOURS_SCALE if isinstance(each, SumOverPeople) else 1)


def _fitting(each: Measure, counts: Sequence[int], values: Sequence[int], held: _Held) -> set[int]:
    """Thresholds under which every running sum is what is published of it.

    None where it shows more than its whole, or less than what is published of a part of it.
    """

    def fits(count: int, value: int, threshold: int) -> bool:
        usual = rounded(count, threshold, _base(each))
        if value < usual:
            return value in held.down
        return value == usual or value in held.up

    least = max(held.up, default=0)
    room = min(held.down, default=max(least, *values))
    if max(values) > room or values[0] < min(least, room):
        return set()
    return {
        threshold
        for threshold in range(THRESHOLDS)
        if all(fits(*pair, threshold) for pair in zip(counts, values, strict=True))
    }
