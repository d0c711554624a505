"""From true counts to protected cells: every figure is made of leaves, each with its threshold.

A leaf is a place of an organisation. What a reader sees of a wijk, an organisation or the gemeente
is a plain sum of what is published of leaves; in a breakdown (by class, by quarter, and of counts
that small places do not have) small leaves are taken together per organisation, see
data_access.disclosure.small_places.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from data_access.disclosure.rounding import beside_rest, parts, rounded
from data_access.disclosure.small_places import (
    Standing,
    needed,
    standings,
    two_tell_each_other,
)
from data_access.disclosure.thresholds import threshold_name, threshold_names
from data_access.disclosure.verdicts import disagreements
from data_access.measures import HOURS_SCALE
from data_access.publish.book import Book, settle
from data_access.publish.context import Context
from data_access.publish.counts import ALL, Counts
from data_access.publish.delivered import missing, never, why_unknown
from indicators.breakdowns import VOLUNTEERS, breakdown_of, rest_class, rounded_classes
from indicators.catalogue import MEASURES, OWN_TOTALS, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import (
    Amount,
    Bound,
    Count,
    Disagreement,
    Flow,
    Measure,
    Parts,
    SumOverPeople,
    YearCount,
    YearlyFlow,
)

# place or ALL, organisation or ALL, item, category or ALL
Margin = tuple[str, str, str, str]
# Rounding of one number has a standard deviation of 2 in base 5, whatever the count is.
_DEVIATION = 2 / 5
_SURE = 1.96
# A total has a threshold of its own where so many others remain whoever is left out.
OTHER_LEAVES, OTHER_ORGANISATIONS = 5, 2
# A total of kinds is shown where 95 % of its rounding stays within this part of the whole.
LARGEST_ERROR = 0.25


@dataclass(frozen=True)
class Cell:
    """One published number: `value` is None unless `status` is "published" or "partial".

    `without`: published people of small places that the figure leaves out: those counted, where
    the measure has a total, else those of whom they are part, else volunteers. `missing`:
    organisations of which a delivery is missing in it. `error`: how far rounding may have moved a
    sum of several leaves, with 95 % certainty; a single leaf is less than its base away.
    """

    gemeente: str
    measure: str
    period: str
    margin: Margin
    value: int | None
    status: str
    reason: str
    without: int = 0
    missing: tuple[str, ...] = ()
    error: int = 0


@dataclass(frozen=True)
class Piece:
    """What is published of one leaf or group: its values by category, ALL for their sum."""

    place: str
    organisation: str
    values: Mapping[str, int]


@dataclass
class Protected:
    """Everything protected in this release.

    `margins`: (measure, period) -> cells. `leaves`: (measure, period, item) -> (place,
    organisation) -> published total of every leaf. `standing`: (breakdown, period, organisation,
    item) -> how each place takes part. `fine`: (measure, period, item) -> pieces of a breakdown;
    `coarse`: those of places that have coarser classes only. `decided`: the standings that were
    made for this release; others stay as they were, whatever a correction made of the people.
    `waiting`: see data_access.publish.book.settle.
    """

    context: Context
    waiting: dict[str, int]
    margins: dict[tuple[str, str], dict[Margin, Cell]] = field(default_factory=dict)
    leaves: dict[tuple[str, str, str], dict[tuple[str, str], int]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    standing: dict[tuple[str, str, str, str], dict[str, Standing]] = field(default_factory=dict)
    decided: set[tuple[str, str, str, str]] = field(default_factory=set)
    fine: dict[tuple[str, str, str], list[Piece]] = field(default_factory=lambda: defaultdict(list))
    coarse: dict[tuple[str, str, str], list[Piece]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def members(
        self, each: Measure, period: str, organisation: str, item: str = ""
    ) -> frozenset[str]:
        """Return the small places of an organisation that a measure takes together."""
        places = self.standing.get((breakdown_of(each, period), period, organisation, item), {})
        return frozenset(place for place, how in places.items() if how.part == "group")

    def cells(self) -> Iterator[Cell]:
        """Give every cell of the release, in a fixed order."""
        for key in sorted(self.margins):
            for margin in sorted(self.margins[key]):
                yield self.margins[key][margin]


def protect(
    counts: Mapping[str, Counts], context: Context, book: Book, today: date | None = None
) -> Protected:
    """Return the protected cells of a gemeente, and bring its book up to date.

    counts: true counts per measure id (see data_access.publish.counts). today: the day of the
    publication; without it everything is counted anew.
    """
    measures = [each for each in MEASURES if not isinstance(each, Amount)]
    if today is None:
        book.settled.clear()
    waiting = settle(measures, counts, context, book, today or date.max)
    book.seat(context, sorted({name for each in measures for name in threshold_names(each)}))
    done = Protected(context, waiting)
    maker = _Maker(context, book, done)
    # A part is rounded after the whole that it may not exceed. Small places are decided on totals
    # that every place has, so these come first.
    in_order = sorted(measures, key=_depth)
    for late in (False, True):
        of_now = [each for each in in_order if _waits_for_another_set(each) is late]
        for each in of_now:
            maker.make_whole(each)
        for each in of_now:
            maker.break_down(each)
    maker.decide_on_years()
    for each in sorted(measures, key=_depth):
        _CellMaker(each, maker).make_cells()
    return done


def _depth(each: Measure) -> int:
    """How many wholes lie around a measure: a part is made after the wholes that bound it."""
    wholes = [measure(bound.whole.measure) for bound in each.within]
    return 1 + max(map(_depth, wholes)) if wholes else 0


def _waits_for_another_set(each: Measure) -> bool:
    """Whether a measure, or a whole of it, is part of a whole of another set of people."""
    wholes = (measure(bound.whole.measure) for bound in each.within)
    return bool(_wholes_of_another_set(each)) or any(map(_waits_for_another_set, wholes))


def _wholes_of_another_set(part: Measure) -> list[str]:
    """Wholes over the year of which the people are another set, with another threshold."""
    bounds = (each for each in part.within if each.over_year and each.category == "")
    return [
        each.whole.measure for each in bounds if measure(each.whole.measure).people != part.people
    ]


def _wholes_with_other_thresholds(part: Measure) -> list[str]:
    """Wholes over the year of which a place or a group may have another threshold than a part."""
    whole = [each.whole.measure for each in part.within if each.over_year and each.category == ""]
    if part.parts is Parts.OF_LARGE_COUNTS:
        return whole
    return _wholes_of_another_set(part)


def _base(each: Measure) -> int:
    return each.base * (HOURS_SCALE if isinstance(each, SumOverPeople) else 1)


def _categories(each: Measure) -> tuple[str, ...]:
    return tuple(category.id for category in each.categories)


def whole_periods(each: Measure, context: Context) -> tuple[str, ...]:
    """Return the periods in which every place has the total of a measure."""
    if each.parts is not Parts.WHOLE:
        return ()
    by_year = isinstance(each, (Flow, YearCount))
    return context.gemeente.years if by_year else context.gemeente.quarters


def broken_periods(each: Measure, context: Context) -> tuple[str, ...]:
    """Return the periods in which a measure is broken down."""
    quarters, years = context.gemeente.quarters, context.gemeente.years
    if isinstance(each, YearlyFlow | YearCount):
        return years if _is_broken_down(each) else ()
    if isinstance(each, Flow):
        return (*quarters, *(years if _is_broken_down(each) else ()))
    return quarters if _is_broken_down(each) else ()


def _is_broken_down(each: Measure) -> bool:
    return bool(each.categories) or each.parts is not Parts.WHOLE


def items_of(each: Measure, context: Context) -> tuple[str, ...]:
    """Return the outcomes of contracts that a measure is counted for; "" where it is not."""
    return context.gemeente.items if each.people == "results" else ("",)


# category -> count, by (place, item)
ByPlace = dict[tuple[str, str], dict[str, int]]


class _Maker:
    """Makes what is published of leaves and groups, organisation by organisation."""

    def __init__(self, context: Context, book: Book, done: Protected) -> None:
        self.context = context
        self.book = book
        self.done = done
        self.fine = done.fine
        self.coarse = done.coarse
        self.standing = done.standing
        self._true: dict[tuple[str, str], dict[str, ByPlace]] = {}
        self._leaves = done.leaves
        self._delivering: dict[tuple[str, str], tuple[str, ...]] = {}

    def true(self, measure_id: str, period: str, organisation: str) -> ByPlace:
        """True counts of an organisation; those of a year are summed over its quarters."""
        key = (measure_id, period)
        if key not in self._true:
            per_organisation: dict[str, ByPlace] = defaultdict(lambda: defaultdict(dict))
            summed = isinstance(measure(measure_id), Flow) and is_year(period)
            for part in quarters_of(int(period)) if summed else (period,):
                for leaf, n in self.book.counted.get((measure_id, part), {}).items():
                    place, whose, item, category = leaf
                    cell = per_organisation[whose][place, item]
                    cell[category] = cell.get(category, 0) + n
            self._true[key] = per_organisation
        return self._true[key].get(organisation, {})

    def threshold(
        self, each: Measure, period: str, organisation: str, place: str, category: str = ""
    ) -> int:
        """Return the threshold of a leaf or group, of the epoch in which the period came out.

        `category`: a class that has one of its own.
        """
        first = (
            quarters_of(int(period))[0] if isinstance(each, Flow) and is_year(period) else period
        )
        epoch = self.book.epoch_of(each.id, first, organisation)
        return self.book.threshold(threshold_name(each, category), organisation, place, epoch)

    def delivering(self, each: Measure, period: str) -> tuple[str, ...]:
        """Return the organisations that delivered what a measure needs in a period."""
        key = (each.id, period)
        if key not in self._delivering:
            without = missing(each, period, self.context) | never(each, self.context)
            if why_unknown(each, period, self.context):
                without |= frozenset(self.context.gemeente.organisations)
            everyone = self.context.gemeente.organisations
            self._delivering[key] = tuple(one for one in everyone if one not in without)
        return self._delivering[key]

    def leaf(
        self, measure_id: str, period: str, item: str, place: str, organisation: str
    ) -> int | None:
        """Return the published total of a leaf, None where it has none."""
        return self._leaves.get((measure_id, period, item), {}).get((place, organisation))

    # Totals that every place has

    def make_whole(self, each: Measure) -> None:
        """Round the totals of a measure that every place has."""
        for period in whole_periods(each, self.context):
            for organisation in self.delivering(each, period):
                true = self.true(each.id, period, organisation)
                for item in items_of(each, self.context):
                    for place in self.context.places_of(organisation):
                        n = sum(true.get((place, item), {}).values())
                        threshold = self.threshold(each, period, organisation, place)
                        value = rounded(n, threshold, _base(each))
                        most = self._at_most(each, period, place, organisation)
                        value = value if most is None else min(value, most)
                        self._leaves[each.id, period, item][place, organisation] = value

    def _at_most(self, each: Measure, period: str, place: str, organisation: str) -> int | None:
        """What the year's whole of a leaf shows; None where a small place has none."""
        shown = [
            piece.values[ALL]
            for whole in _wholes_of_another_set(each)
            for piece in self.fine.get((whole, period[:4], ""), ())
            if (piece.place, piece.organisation) == (place, organisation)
        ]
        return min(shown, default=None)

    # Breakdowns

    def break_down(self, each: Measure) -> None:
        """Make the pieces of each breakdown of a measure."""
        for period in broken_periods(each, self.context):
            for organisation in self.delivering(each, period):
                for item in items_of(each, self.context):
                    standing = self._standing(each, period, organisation, item)
                    if standing is not None:
                        self._make_pieces(each, period, organisation, item, standing)

    def _make_pieces(
        self,
        each: Measure,
        period: str,
        organisation: str,
        item: str,
        standing: Mapping[str, Standing],
    ) -> None:
        key = (each.id, period, item)
        together = self.context.gemeente.together
        units: dict[str, tuple[str, ...]] = {
            place: (place,) for place, how in standing.items() if how.part == "alone"
        }
        members = tuple(place for place, how in standing.items() if how.part == "group")
        if members:
            units[together] = members
        for place, inside in units.items():
            values = self._values(each, period, organisation, item, place, inside)
            self.fine[key].append(Piece(place, organisation, values))
        for place, how in standing.items():
            if each.merged and how.coarse and how.part != "alone":
                values = self._beside_rest(
                    each, period, organisation, item, place, (place,), merged=True
                )
                self.coarse[key].append(Piece(place, organisation, values))

    def _values(
        self,
        each: Measure,
        period: str,
        organisation: str,
        item: str,
        place: str,
        inside: Sequence[str],
    ) -> dict[str, int]:
        if isinstance(each, Disagreement):
            return self._differing(each, period, organisation, item, place, inside)
        if each.rest:
            return self._beside_rest(each, period, organisation, item, place, inside, merged=False)
        threshold, base = self.threshold(each, period, organisation, place), _base(each)
        most = self._most_of(each, period, organisation, item, place, inside)
        if isinstance(each, Flow) and not is_year(period):
            quarters = [q for q in quarters_of(int(period[:4])) if q <= period]
            counts = [self._sum(each.id, q, organisation, item, inside) for q in quarters]
            return {ALL: parts(counts, threshold, base, most)[-1]}
        if not each.categories:
            total = rounded(self._sum(each.id, period, organisation, item, inside), threshold, base)
            total = max(total, self._dates_within(each, period, organisation, inside))
            return {ALL: total if most is None else min(total, most)}
        names = _categories(each)
        counts = [self._sum(each.id, period, organisation, item, inside, name) for name in names]
        least = self._least_of(each, period, organisation, item, inside)
        shown = dict(zip(names, parts(counts, threshold, base, most, least), strict=True))
        return {**shown, ALL: sum(shown.values())}

    def _beside_rest(
        self,
        each: Measure,
        period: str,
        organisation: str,
        item: str,
        place: str,
        inside: Sequence[str],
        merged: bool,
    ) -> dict[str, int]:
        """Classes with thresholds of their own, and the one that is the rest of the whole.

        `merged`: the coarser classes only, each rounded by itself.
        """
        base = _base(each)
        made_of = {one.id: one.of for one in each.merged}
        names = rounded_classes(each, merged)
        counts = [
            sum(
                self._sum(each.id, period, organisation, item, inside, one)
                for one in made_of.get(name, (name,))
            )
            for name in names
        ]
        drawn = [self.threshold(each, period, organisation, place, name) for name in names]
        true = self._sum(each.id, period, organisation, item, inside)
        whole = rounded(true, self.threshold(each, period, organisation, place), base)
        most = self._most_of(each, period, organisation, item, place, inside)
        whole = whole if most is None else min(whole, most)
        published, rest = beside_rest(counts, drawn, base, whole)
        shown = {**dict(zip(names, published, strict=True)), rest_class(each, merged): rest}
        shown[ALL] = whole
        if merged:
            return shown
        return {**shown, **{one.id: sum(shown[name] for name in one.of) for one in each.merged}}

    def _most_of(
        self,
        each: Measure,
        period: str,
        organisation: str,
        item: str,
        unit: str,
        inside: Sequence[str],
    ) -> int | None:
        """What the published wholes of a leaf or group leave room for; None where they do not."""
        wholes = [each.id] if each.parts is Parts.WHOLE else []
        wholes += [x.whole.measure for x in each.within if x.category == "" and not x.over_year]
        rooms = [
            sum(self.leaf(whole, period, item, place, organisation) or 0 for place in inside)
            for whole in wholes
            if self._leaves.get((whole, period, item))
        ]
        rooms += [
            piece.values[ALL]
            for whole in wholes
            for piece in self.fine.get((whole, period, item), ())
            if (piece.place, piece.organisation) == (unit, organisation)
        ]
        over_year = (
            self._room_of(whole, period[:4], organisation, inside)
            for whole in _wholes_with_other_thresholds(each)
        )
        rooms += [room for room in over_year if room is not None]
        return min(rooms, default=None)

    def _room_of(
        self, whole_id: str, year: str, organisation: str, inside: Sequence[str]
    ) -> int | None:
        """What a whole of the year shows of some places; None where it leaves one of them out.

        Of places whose figures stand in a group: that of the group, if all its members are there.
        """
        together = self.context.gemeente.together
        members = self.done.members(measure(whole_id), year, organisation)
        units = {together if place in members else place for place in inside}
        if together in units and not members <= set(inside):
            return None
        shown = {
            piece.place: piece.values[ALL]
            for piece in self.fine.get((whole_id, year, ""), ())
            if piece.organisation == organisation
        }
        return sum(shown[unit] for unit in units) if units <= shown.keys() else None

    def _dates_within(
        self, each: Measure, year: str, organisation: str, inside: Iterable[str]
    ) -> int:
        """The most that places show on a date of the year of a part of this whole."""
        bound = Bound("", Count(each.id, ""), over_year=True)
        inner = [
            one.id
            for one in MEASURES
            if one.parts is Parts.WHOLE and bound in one.within and one.people == each.people
        ]
        return max(
            (
                sum(self.leaf(part, date, "", place, organisation) or 0 for place in inside)
                for part in inner
                for date in quarters_of(int(year))
            ),
            default=0,
        )

    def _least_of(
        self, each: Measure, period: str, organisation: str, item: str, inside: Iterable[str]
    ) -> int:
        """What places show of parts of the first class; that class may not show less."""
        first = Count(each.id, each.categories[0].id)
        inner = [
            x.id
            for x in MEASURES
            if x.parts is Parts.WHOLE and Bound("", first, over_year=False) in x.within
        ]
        return max(
            (
                sum(self.leaf(part, period, item, place, organisation) or 0 for place in inside)
                for part in inner
            ),
            default=0,
        )

    def _differing(
        self,
        each: Disagreement,
        period: str,
        organisation: str,
        item: str,
        unit: str,
        inside: Sequence[str],
    ) -> dict[str, int]:
        """Disagreements that fit the published verdicts of the same results."""

        def verdicts(measure_id: str) -> tuple[int, int]:
            pieces = self.fine[measure_id, period, item]
            [mine] = [x for x in pieces if (x.place, x.organisation) == (unit, organisation)]
            yes, no = (mine.values[name] for name in _categories(measure(measure_id)))
            return yes, no

        threshold = self.threshold(each, period, organisation, unit)
        claimed = sum(
            self.leaf(each.out_of, period, item, place, organisation) or 0 for place in inside
        )
        counts = [
            self._sum(each.id, period, organisation, item, inside, name)
            for name in _categories(each)
        ]
        residents, administration = disagreements(
            claimed,
            verdicts(each.verdicts[0]),
            verdicts(each.verdicts[1]),
            (rounded(counts[0], threshold, each.base), rounded(counts[1], threshold, each.base)),
        )
        shown = dict(zip(_categories(each), (residents, administration), strict=True))
        return {**shown, ALL: residents + administration}

    def _sum(
        self,
        measure_id: str,
        period: str,
        organisation: str,
        item: str,
        inside: Iterable[str],
        category: str = "",
    ) -> int:
        true = self.true(measure_id, period, organisation)
        cells = (true.get((place, item), {}) for place in inside)
        if category:
            return sum(cell.get(category, 0) for cell in cells)
        return sum(sum(cell.values()) for cell in cells)

    # Small places

    def decide_on_years(self) -> None:
        """Decide of each closed year which places are small, for money too."""
        for year in self.context.gemeente.years:
            for organisation in self.context.gemeente.organisations:
                self._standing(measure(VOLUNTEERS), year, organisation, "")

    def _standing(
        self, each: Measure, period: str, organisation: str, item: str
    ) -> Mapping[str, Standing] | None:
        """How each place takes part; None when that cannot be decided yet."""
        key = (breakdown_of(each, period), period, organisation, item)
        places = self.context.places_of(organisation)
        if key not in self.standing:
            settled = self.book.standing.get(key)
            if settled is None:
                people = self._people(each, period, organisation, item)
                if people is None:
                    return None
                volunteers = self._people(measure(VOLUNTEERS), period, organisation, "") or {}
                whole, wijken = measure(key[0]), self.context.gemeente.wijken
                settled = (
                    dict.fromkeys(people, Standing("left_out", False))
                    if two_tell_each_other(whole, volunteers, wijken)
                    else standings(people, wijken, needed((whole, each)), bool(whole.merged))
                )
                self.book.standing[key] = settled
                self.done.decided.add(key)
            new = Standing("left_out", False)
            self.standing[key] = {place: settled.get(place, new) for place in places}
        return self.standing[key]

    def _people(
        self, each: Measure, period: str, organisation: str, item: str
    ) -> dict[str, int] | None:
        """Published people of each place, the fewest of the dates that count."""
        places = self.context.places_of(organisation)
        breakdown = breakdown_of(each, period)
        whole = measure(breakdown)
        if whole.people == "results":
            return {
                place: self.leaf(breakdown, period, item, place, organisation) or 0
                for place in places
            }
        dates = self._dates(period, organisation)
        if dates is None:
            return None
        return {
            place: min(
                (
                    *(self.leaf(VOLUNTEERS, date, "", place, organisation) or 0 for date in dates),
                    *self._size(whole, period, organisation, place),
                ),
                default=0,
            )
            for place in places
        }

    def _size(self, whole: Measure, period: str, organisation: str, place: str) -> tuple[int, ...]:
        if whole.id == VOLUNTEERS:
            return ()
        n = self._sum(whole.id, period, organisation, "", (place,))
        return (rounded(n, self.threshold(whole, period, organisation, place), _base(whole)),)

    def _dates(self, period: str, organisation: str) -> list[str] | None:
        """Reference dates whose volunteers decide: of the year, or of the one before until now."""
        gemeente, receipts = self.context.gemeente, self.context.receipts
        arrived = receipts.arrived["vrijwilligers"].get(organisation, frozenset())
        year = period[:4]
        quarters: Iterable[str] = quarters_of(int(year))
        if year not in gemeente.years:
            earlier = [each for each in gemeente.years if each < year]
            if not earlier:
                return None
            before = quarters_of(int(earlier[-1]))
            quarters = (*before, *(each for each in quarters if each <= period))
        dates = [each for each in quarters if each in gemeente.quarters and each in arrived]
        awaited = {(organisation, each) for each in quarters} & receipts.missing["vrijwilligers"]
        if not dates and awaited:
            return None
        return dates if year in gemeente.years or any(each < year for each in dates) else None


@dataclass(frozen=True)
class _Sum:
    """Pieces of a figure, and the published people that are left out of it."""

    pieces: list[Piece]
    without: int
    decided: bool


class _CellMaker:
    """Sums the pieces of one measure to what is shown of places, organisations and all."""

    def __init__(self, each: Measure, maker: _Maker) -> None:
        self.each = each
        self.maker = maker
        self.context = maker.context
        self.gemeente = maker.context.gemeente
        # Of the period whose cells are being made.
        self._unknown = ""
        self._absent: frozenset[str] = frozenset()
        # Asked for in each cell, and the same in all of them.
        self._places = cache(maker.context.places_of)

    def make_cells(self) -> None:
        """Add every cell of the measure: fixed in advance, whatever the counts are."""
        whole = whole_periods(self.each, self.context)
        broken = broken_periods(self.each, self.context)
        for period in sorted({*whole, *broken}):
            self._unknown = why_unknown(self.each, period, self.context)
            self._absent = missing(self.each, period, self.context)
            cells = self.maker.done.margins.setdefault((self.each.id, period), {})
            for item in items_of(self.each, self.context):
                for place, organisation in self._domain():
                    for category in self._shown_categories(period, period in whole):
                        margin = (place, organisation, item, category)
                        is_whole = period in whole and category == ALL
                        cells[margin] = self._cell(period, margin, is_whole)
                if period in broken:
                    self._add_groups(cells, period, item, period in whole)

    def _domain(self) -> Iterator[tuple[str, str]]:
        yield ALL, ALL
        yield from ((place, ALL) for place in self.gemeente.places)
        yield from ((ALL, organisation) for organisation in self.gemeente.organisations)

    def _shown_categories(self, period: str, has_whole: bool) -> tuple[str, ...]:
        by_class = not (isinstance(self.each, Flow) and not is_year(period))
        classes = (*_categories(self.each), *(one.id for one in self.each.merged))
        return (*(classes if by_class else ()), ALL)

    def _add_groups(
        self, cells: dict[Margin, Cell], period: str, item: str, has_whole: bool
    ) -> None:
        together = self.gemeente.together
        for piece in self.maker.fine.get((self.each.id, period, item), ()):
            if piece.place == together:
                for category in self._shown_categories(period, has_whole):
                    if category == ALL and has_whole:
                        continue
                    margin = (together, piece.organisation, item, category)
                    value = self._in_unit(piece.values[category])
                    cells[margin] = Cell(
                        self.gemeente.code, self.each.id, period, margin, value, "published", ""
                    )

    def _cell(self, period: str, margin: Margin, is_whole: bool) -> Cell:
        place, organisation, item, category = margin

        def nothing(status: str, reason: str, without: int = 0) -> Cell:
            code = self.gemeente.code
            return Cell(code, self.each.id, period, margin, None, status, reason, without)

        if self._unknown:
            return nothing("no_data", self._unknown)
        present, absent = self._who(period, place, organisation)
        if not present:
            nobody = not absent and place in self.gemeente.wijken and not self._declared(place)
            return nothing("no_data", "no_organisation" if nobody else "not_delivered")
        if not is_whole and place != ALL and period[:4] not in self.gemeente.years:
            return nothing("no_data", "not_yet")
        summed = (
            self._whole(period, item, place, present)
            if is_whole
            else self._broken(period, item, place, present, category)
        )
        if not summed.decided:
            return nothing("no_data", "not_yet")
        if not summed.pieces:
            return nothing("not_shown", "small_place", summed.without)
        value = self._in_unit(sum(piece.values[category] for piece in summed.pieces))
        error = self._error(summed.pieces, category)
        if place == organisation == category == ALL:
            if is_whole and not absent and self._may_have_own_threshold(summed.pieces):
                value, error = self._by_own_threshold(period, item, present), 0
            value = self._within_total(period, item, value)
        if category != ALL and self._is_too_uncertain(summed.pieces):
            return nothing("not_shown", "uncertain", summed.without)
        status = "partial" if absent else "published"
        reason = "not_delivered" if absent else ""
        return Cell(
            self.gemeente.code, self.each.id, period, margin, value, status, reason,
            summed.without, tuple(sorted(absent)), error,
        )  # fmt: skip

    def _who(
        self, period: str, place: str, organisation: str
    ) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return whose deliveries are in a figure, and of whom one is missing."""

        def counts_here(each: str) -> bool:
            here = place == ALL or place in self._places(each)
            return here and organisation in (ALL, each)

        present = self.maker.delivering(self.each, period)
        return (
            tuple(each for each in present if counts_here(each)),
            frozenset(each for each in self._absent if counts_here(each)),
        )

    def _declared(self, place: str) -> bool:
        return any(place in wijken for wijken in self.context.declared_wijken.values())

    def _whole(self, period: str, item: str, place: str, present: Iterable[str]) -> _Sum:
        leaves = self.maker.done.leaves[self.each.id, period, item]
        pieces = [
            Piece(where, whose, {ALL: value})
            for (where, whose), value in leaves.items()
            if whose in present and place in (ALL, where)
        ]
        return _Sum(pieces, 0, True)

    def _broken(
        self, period: str, item: str, place: str, present: Iterable[str], category: str
    ) -> _Sum:
        key = (self.each.id, period, item)
        coarse = category in {one.id for one in self.each.merged}
        found = self.maker.fine.get(key, ())
        pieces = [each for each in found if each.organisation in present]
        if place != ALL:
            if coarse:
                pieces += [x for x in self.maker.coarse.get(key, ()) if x.organisation in present]
            pieces = [each for each in pieces if each.place == place]
        decided, without = False, 0
        for organisation in present:
            standing = self.maker.standing.get(
                (breakdown_of(self.each, period), period, organisation, item)
            )
            decided = decided or standing is not None
            places = self._places(organisation)
            for where in places if place == ALL else (place,) if place in places else ():
                how = None if standing is None else standing[where]
                if place == ALL:
                    outside = how is None or how.part == "left_out"
                else:
                    shown = how is not None and (how.coarse if coarse else how.part == "alone")
                    outside = where == place and not shown
                if outside:
                    without += self._people(period, item, where, organisation, bool(pieces))
        return _Sum(pieces, without, decided)

    def _people(
        self, period: str, item: str, place: str, organisation: str, has_figure: bool
    ) -> int:
        """Published people of a leaf: those counted, or of which they are part, or volunteers.

        Of a year: those at its end. A figure leaves out who had gone by then too, and would else
        be less than a part of it; where there is no figure, nothing is said of them.
        """
        if period in whole_periods(self.each, self.context):
            return self.maker.leaf(self.each.id, period, item, place, organisation) or 0
        of_whole = self.maker.leaf(self.each.out_of, period, item, place, organisation)
        if of_whole is not None:
            return of_whole
        dates = quarters_of(int(period)) if is_year(period) else (period,)
        shown = [self.maker.leaf(VOLUNTEERS, date, "", place, organisation) or 0 for date in dates]
        return max(shown) if has_figure and not shown[-1] else shown[-1]

    def _in_unit(self, value: int) -> int:
        return value // HOURS_SCALE if isinstance(self.each, SumOverPeople) else value

    def _may_have_own_threshold(self, pieces: Iterable[Piece]) -> bool:
        """Whoever knows one organisation exactly is left with enough leaves of enough others."""
        if self.each.people not in OWN_TOTALS:
            return False
        leaves = [piece.organisation for piece in pieces if piece.values[ALL]]
        for known in {*leaves, ""}:
            others = [organisation for organisation in leaves if organisation != known]
            if len(others) < OTHER_LEAVES or len(set(others)) < OTHER_ORGANISATIONS:
                return False
        return True

    def _by_own_threshold(self, period: str, item: str, present: Iterable[str]) -> int:
        true = sum(
            sum(cell.values())
            for organisation in present
            for (_, what), cell in self.maker.true(self.each.id, period, organisation).items()
            if what == item
        )
        first = quarters_of(int(period))[0] if is_year(period) else period
        book = self.maker.book
        epoch = min(book.epoch_of(self.each.id, first, organisation) for organisation in present)
        threshold = book.threshold(self.each.people, "", ALL, epoch)
        return rounded(true, threshold, _base(self.each))

    def _within_total(self, period: str, item: str, value: int) -> int:
        """A total of a part is at most the published total of its whole."""
        wholes = [
            self.maker.done.margins.get(
                (bound.whole.measure, period[:4] if bound.over_year else period), {}
            ).get((ALL, ALL, item, ALL))
            for bound in self.each.within
            if bound.category == "" and self.each.people in OWN_TOTALS
        ]
        most = [cell.value for cell in wholes if cell is not None and cell.value is not None]
        return min((value, *most))

    def _error(self, pieces: Iterable[Piece], category: str) -> int:
        """How far rounding may have moved a sum, with 95 % certainty; 0 for a single number.

        Rounded by a threshold, a number and a difference of two such numbers both have a variance
        of 4 in base 5, and leaves and thresholds are independent. Leaves outside the wijken that
        show nothing are taken to be empty.
        """
        counted = [x for x in pieces if x.place in self.gemeente.wijken or any(x.values.values())]
        roundings = sum(self._roundings(piece, category) for piece in counted)
        if roundings < 2:
            return 0
        return math.ceil(_SURE * _DEVIATION * self.each.base * math.sqrt(roundings))

    def _roundings(self, piece: Piece, category: str) -> int:
        """How many independent roundings the number of one leaf or group is made of."""
        if not self.each.rest or category == ALL:
            return 1
        merged = self.each.rest not in piece.values
        made_of = {one.id: one.of for one in self.each.merged}
        inside = (category,) if merged else made_of.get(category, (category,))
        has_rest = self.each.rest in made_of.get(category, (category,))
        by_themselves = rounded_classes(self.each, merged)
        if not has_rest:
            return len(inside)
        return 1 + sum(name not in inside for name in by_themselves)

    def _is_too_uncertain(self, pieces: Sequence[Piece]) -> bool:
        """Whether a sum over places moves too much. A rest follows from what stands beside it."""
        total = sum(piece.values[ALL] for piece in pieces)
        return self._error(pieces, ALL) > LARGEST_ERROR * self._in_unit(total)
