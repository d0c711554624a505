"""Which places are too small for a breakdown, and what is shown instead.

Everything here is decided from published numbers, so the decision itself tells nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from indicators.vocabulary import Measure, Parts

FINE, COARSE = 20, 10
"""Published people from which a place shows everything, and from which it shows up to three
classes and what has none."""
GROUP_WIJKEN, GROUP_PEOPLE = 3, 20
FEW_CLASSES = 3

Part = Literal["alone", "group", "left_out"]


@dataclass(frozen=True)
class Standing:
    """How a place takes part in a breakdown.

    alone: it has figures of its own, also in totals. group: it counts in the figures of its
    organisation's small places together. left_out: it is in no figure of the breakdown.
    `coarse`: it shows the coarser classes of its own, whatever its part in totals.
    """

    part: Part
    coarse: bool


def needed(measures: Iterable[Measure]) -> int:
    """Return from how many published people a place shows measures that are decided on together."""
    large = (
        each.parts is Parts.OF_LARGE_COUNTS or len(each.categories) > FEW_CLASSES
        for each in measures
    )
    return FINE if any(large) else COARSE


def two_tell_each_other(
    whole: Measure, volunteers: Mapping[str, int], wijken: Collection[str]
) -> bool:
    """Tell whether an organisation is in two wijken, of which one is too small beside the other.

    A true number that it says of itself is the sum of the two. A breakdown of the one tells its
    threshold, and with that the number of the other: neither has a breakdown then.
    whole: the measure that is decided on; only those with the threshold of volunteers count.
    volunteers: published volunteers per place.
    """
    mine = [place for place in volunteers if place in wijken]
    if len(mine) > 2:
        mine = [place for place in mine if volunteers[place]]
    small = any(volunteers[place] < FINE for place in mine)
    return whole.people == "volunteering" and len(mine) == 2 and small


def standings(
    people: Mapping[str, int], wijken: Collection[str], enough: int, coarser: bool
) -> dict[str, Standing]:
    """Decide how each place of one organisation takes part in a breakdown.

    people: published people per place. wijken: which places are wijken. enough: from how many a
    place has figures of its own (see `needed`). coarser: whether places too small for that may
    show coarser classes.

    Small places form a group of at least GROUP_WIJKEN wijken in which anyone is published, and of
    GROUP_PEOPLE people; while it is no such group, the next smallest place joins, as long as that
    is no place of FINE people or more: those keep what they show. Small places without a group
    are left out.
    """
    by_size = sorted(people, key=lambda place: (people[place], place))
    small = [place for place in by_size if people[place] < enough]
    joining = [place for place in by_size if enough <= people[place] < FINE]
    while small and not _is_group(small, people, wijken) and joining:
        small.append(joining.pop(0))
    grouped = bool(small) and _is_group(small, people, wijken)
    if not grouped:
        small = [place for place in small if people[place] < enough]
    members = set(small)
    return {
        place: Standing(
            "alone" if place not in members else "group" if grouped else "left_out",
            place not in members or (coarser and people[place] >= COARSE),
        )
        for place in people
    }


def _is_group(members: Collection[str], people: Mapping[str, int], wijken: Collection[str]) -> bool:
    inhabited = [place for place in members if place in wijken and people[place]]
    enough_people = sum(people[place] for place in members) >= GROUP_PEOPLE
    return len(inhabited) >= GROUP_WIJKEN and enough_people
