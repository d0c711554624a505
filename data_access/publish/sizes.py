"""Whether each place takes part in breakdowns as its size allows, or as it was decided before.

A standing that is new in a draft is judged by published numbers of people; one that was decided
when its period came out has to be the same as then, in every period, whatever a correction has made
of the people since: a place that changes status can be read from the difference.
"""

from collections.abc import Iterator, Mapping

from data_access.disclosure.rounding import rounded
from data_access.disclosure.small_places import (
    COARSE,
    GROUP_PEOPLE,
    GROUP_WIJKEN,
    Standing,
    needed,
    two_tell_each_other,
)
from data_access.disclosure.thresholds import threshold_name
from data_access.publish.before import Earlier
from data_access.publish.book import Book, StandingKey
from data_access.publish.finding import Finding
from data_access.publish.protect import Protected
from indicators.breakdowns import VOLUNTEERS, breakdown_of
from indicators.catalogue import MEASURES, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import Amount, Flow, Measure, Text

TOO_SMALL = Text(
    "Er is een plaats te zien of te vinden die te klein is voor deze uitsplitsing.",
    "A place is shown or can be found that is too small for this breakdown.",
)
_NO_LONGER = Text(
    "Een plaats doet in een afgesloten periode anders mee dan toen besloten is.",
    "A place takes part in a closed period in another way than was decided then.",
)
_UNDECIDED = Text(
    "Een plaats heeft een uitsplitsing waarover niets besloten is.",
    "A place has a breakdown on which nothing was decided.",
)


def sizes(done: Protected, book: Book, earlier: Earlier) -> Iterator[Finding]:
    """Find places that show more than their size allows, in every period that a draft has."""
    for key, places in done.standing.items():
        table, period, organisation, item = key
        before = earlier.standing.get(key)
        if before is None:
            for unit in _too_small(key, places, done, book):
                yield Finding(table, TOO_SMALL, (period, item, unit, organisation))
        else:
            # A place that came later was not there to decide on: it has no figures of its own.
            new = Standing("left_out", False)
            decided = {place: before.get(place, new) for place in places}
            if places != decided:
                yield Finding(table, _NO_LONGER, (period, item, organisation))
    for key, was in earlier.standing.items():
        if any(book.standing.get(key, {}).get(place) != how for place, how in was.items()):
            yield Finding(key[0], _NO_LONGER, (key[1], key[3], key[2]))
    yield from _without_decision(done)


def _too_small(
    key: StandingKey, places: Mapping[str, Standing], done: Protected, book: Book
) -> Iterator[str]:
    """Give the places (and the group) that take part although too few people are published."""
    table, period, organisation, item = key
    whole, together = measure(table), done.context.gemeente.together
    people = {
        place: _least_people(whole, period, organisation, item, place, done, book)
        for place in places
    }
    # One decision serves all measures that it is about: the one that needs most people counts.
    enough = needed(
        each
        for each in MEASURES
        if not isinstance(each, Amount) and breakdown_of(each, period) == table
    )
    volunteers = {
        place: _least_people(measure(VOLUNTEERS), period, organisation, "", place, done, book)
        for place in places
    }
    neither = two_tell_each_other(whole, volunteers, done.context.gemeente.wijken)
    for place, how in places.items():
        if (how.part == "alone" and (neither or people[place] < enough)) or (
            how.coarse and (neither or people[place] < COARSE)
        ):
            yield place
    members = [place for place, how in places.items() if how.part == "group"]
    inhabited = [at for at in members if at in done.context.gemeente.wijken and people[at]]
    no_group = len(inhabited) < GROUP_WIJKEN or sum(people[at] for at in members) < GROUP_PEOPLE
    if members and no_group:
        yield together


def _least_people(
    whole: Measure,
    period: str,
    organisation: str,
    item: str,
    place: str,
    done: Protected,
    book: Book,
) -> int:
    """Fewest people published of a place on the dates that decide, and in the table itself."""
    leaf = (place, organisation)
    if whole.people == "results":
        return done.leaves.get((whole.id, period, item), {}).get(leaf, 0)
    known = [
        done.leaves[VOLUNTEERS, date, ""][leaf]
        for date in _deciding(period, done)
        if leaf in done.leaves.get((VOLUNTEERS, date, ""), {})
    ]
    if whole.id != VOLUNTEERS:
        known.append(_in_table(whole, period, item, leaf, book))
    return min(known, default=0)


def _deciding(period: str, done: Protected) -> Iterator[str]:
    """Dates of the year of a period; of a year that is still open, also of the year before."""
    gemeente, year = done.context.gemeente, period[:4]
    quarters = set(gemeente.quarters)
    if year in gemeente.years:
        yield from (each for each in quarters_of(int(year)) if each in quarters)
        return
    earlier = [each for each in gemeente.years if each < year]
    for each in (*(quarters_of(int(earlier[-1])) if earlier else ()), *quarters_of(int(year))):
        if each in quarters and each <= period:
            yield each


def _in_table(whole: Measure, period: str, item: str, leaf: tuple[str, str], book: Book) -> int:
    """What a place would show of the table as a whole; a member of a group shows it nowhere."""
    place, organisation = leaf
    by_year = isinstance(whole, Flow) and is_year(period)
    parts = quarters_of(int(period)) if by_year else (period,)
    n = sum(
        count
        for part in parts
        for (at, whose, what, _), count in book.counted.get((whole.id, part), {}).items()
        if (at, whose, what) == (place, organisation, item)
    )
    epoch = book.epoch_of(whole.id, parts[0], organisation)
    return rounded(n, book.threshold(threshold_name(whole), organisation, place, epoch), whole.base)


def _without_decision(done: Protected) -> Iterator[Finding]:
    """Find figures of places that the decision on their breakdown does not have as such."""
    together = done.context.gemeente.together
    for pieces in (done.fine, done.coarse):
        for (measure_id, period, item), found in pieces.items():
            table = breakdown_of(measure(measure_id), period)
            for piece in found:
                places = done.standing.get((table, period, piece.organisation, item), {})
                if not _may_show(piece.place, places, together, pieces is done.coarse):
                    yield Finding(measure_id, _UNDECIDED, (period, item, piece.place))


def _may_show(place: str, places: Mapping[str, Standing], together: str, coarse: bool) -> bool:
    if place == together:
        return any(how.part == "group" for how in places.values())
    how = places.get(place)
    return how is not None and (how.coarse if coarse else how.part == "alone")
