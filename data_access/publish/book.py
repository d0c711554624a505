"""What is remembered between publications: thresholds, settled counts, standing of places.

A figure of a closed period is made once. What arrives later about it waits for the yearly day of
corrections, so that a difference between two releases never points at the few people behind it;
only the first arrival of what was missing comes at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from data_access.disclosure.small_places import Standing
from data_access.disclosure.thresholds import own_threshold, seats, threshold_of_seat
from data_access.publish.context import Context
from data_access.publish.counts import ALL, Counts, LeafKey
from data_access.publish.delivered import delivered, is_known
from indicators.periods import next_corrections
from indicators.vocabulary import Measure, YearCount


@dataclass(frozen=True)
class Settled:
    """When an organisation's counts of a measure and period were made, and under which key."""

    epoch: int
    counted_on: date


@dataclass(frozen=True)
class Threshold:
    """A threshold (0 to 4) and the seat that it was drawn for."""

    seat: int
    value: int


# name of a threshold (data_access.disclosure.thresholds.threshold_name), organisation, place
LeafThreshold = tuple[str, str, str]
OfOrganisation = tuple[str, str, str]
# breakdown, period, organisation, item
StandingKey = tuple[str, str, str, str]


@dataclass
class Book:
    """The memory of one gemeente. `key` draws what is not drawn yet, in epoch `epoch`."""

    key: bytes
    epoch: int = 1
    thresholds: dict[int, dict[LeafThreshold, Threshold]] = field(default_factory=dict)
    settled: dict[OfOrganisation, Settled] = field(default_factory=dict)
    counted: dict[tuple[str, str], dict[LeafKey, int]] = field(default_factory=dict)
    standing: dict[StandingKey, dict[str, Standing]] = field(default_factory=dict)

    def seat(self, context: Context, names: Iterable[str]) -> None:
        """Draw thresholds for the places of each organisation that have none in this epoch."""
        gemeente = context.gemeente
        known = self.thresholds.setdefault(self.epoch, {})
        for name in names:
            total = (name, "", ALL)
            if total not in known:
                whose = (gemeente.code, "", name)
                known[total] = Threshold(-1, own_threshold(self.key, whose))
            for organisation in gemeente.organisations:
                whose = (gemeente.code, organisation, name)
                mine = [each for each in known if each[:2] == (name, organisation)]
                taken = sum(place != gemeente.together for _, _, place in mine)
                new = [
                    place
                    for place in context.places_of(organisation)
                    if (name, organisation, place) not in known
                ]
                wijken = [place for place in new if place in gemeente.wijken]
                seated = seats(self.key, whose, wijken, taken)
                others = [place for place in new if place not in gemeente.wijken]
                seated |= seats(self.key, whose, others, taken + len(seated))
                for place, seat in seated.items():
                    value = threshold_of_seat(self.key, whose, seat)
                    known[name, organisation, place] = Threshold(seat, value)
                if (name, organisation, gemeente.together) not in known:
                    value = own_threshold(self.key, whose)
                    known[name, organisation, gemeente.together] = Threshold(-1, value)

    def threshold(self, name: str, organisation: str, place: str, epoch: int) -> int:
        """Return the threshold of a leaf or group; of what is new since then, the newest."""
        leaf = (name, organisation, place)
        found = self.thresholds.get(epoch, {}).get(leaf) or self.thresholds[self.epoch][leaf]
        return found.value

    def epoch_of(self, measure: str, period: str, organisation: str) -> int:
        """Return the epoch under which a figure was first published; else the newest one."""
        found = self.settled.get((measure, period, organisation))
        return self.epoch if found is None else found.epoch


def settle(
    measures: Iterable[Measure],
    counts: Mapping[str, Counts],
    context: Context,
    book: Book,
    today: date,
) -> dict[str, int]:
    """Bring the counts that figures are made from up to date in `book.counted`.

    Of each measure, closed period and organisation that delivered: the counts of before, until
    the yearly day of corrections has passed since they were made. Returns per measure of how many
    of them the counts are other than those kept, and wait; a measure of which none waits is left
    out.

    A new key begins with a year of which the organisation has no figure yet: a year, its quarters
    and its dates stay within each other only under one threshold.
    """
    waiting: dict[str, int] = {}
    of_year: dict[tuple[str, str], int] = {}
    for (_, period, organisation), each in book.settled.items():
        whose = (organisation, period[:4])
        of_year[whose] = min(each.epoch, of_year.get(whose, each.epoch))
    for measure in measures:
        for period in counted_periods(measure, context):
            fresh = counts.get(measure.id, {}).get((context.gemeente.code, period), {})
            kept = book.counted.setdefault((measure.id, period), {})
            for organisation in context.gemeente.organisations:
                if not delivered(measure, period, organisation, context):
                    continue
                if not is_known(measure, period, context):
                    continue
                mine = {leaf: n for leaf, n in fresh.items() if leaf[1] == organisation and n}
                before = {leaf: n for leaf, n in kept.items() if leaf[1] == organisation}
                key = (measure.id, period, organisation)
                known = book.settled.get(key)
                if known is not None and not corrections_since(known.counted_on, today):
                    if mine != before:
                        waiting[measure.id] = waiting.get(measure.id, 0) + 1
                    continue
                for leaf in before:
                    del kept[leaf]
                kept.update(mine)
                epoch = of_year.setdefault((organisation, period[:4]), book.epoch)
                book.settled[key] = Settled(epoch, today)
    return waiting


def counted_periods(measure: Measure, context: Context) -> tuple[str, ...]:
    """Return the closed periods in which a measure is counted: quarters, or years."""
    gemeente = context.gemeente
    return gemeente.years if isinstance(measure, YearCount) else gemeente.quarters


def corrections_since(counted_on: date, today: date) -> bool:
    """Tell whether the yearly day of corrections has passed since counts were made."""
    return counted_on < today and next_corrections(counted_on) <= today
