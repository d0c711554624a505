"""Who got two pseudonyms, and who shares one: counted per way of spelling."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from statsmodels.stats.proportion import proportion_confint

from data_access.pseudonyms.delivered import pseudonym
from tests.benchmark.pseudonyms.mistakes import written_down
from tests.benchmark.pseudonyms.people import Person, Record, gemeente
from tests.benchmark.pseudonyms.spellings import Spelling

AT_TWO = 0.2
NO_DIFFERENCE, SEVERAL = "(no difference)", "(several differences)"
# Any key will do: people are compared, nobody is hidden.
_KEY = bytes(32)


@dataclass
class Proportion:
    """How many of how many; sums over gemeenten with `+=`."""

    hits: int = 0
    of: int = 0

    def count(self, hit: bool) -> None:
        """Count one more."""
        self.hits += hit
        self.of += 1

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of Wilson (1927), as proportions."""
        low, high = proportion_confint(self.hits, self.of, alpha=0.05, method="wilson")
        return float(low), float(high)


@dataclass
class Tally:
    """What is counted for one way of spelling.

    `missed`: people at two organisations, and those with two pseudonyms among them, by kind of
    difference. `shared`: people, and those of whom a pseudonym is also somebody else's, by whether
    the birthday is 1 January.
    """

    missed: dict[str, Proportion] = field(default_factory=lambda: defaultdict(Proportion))
    shared: dict[bool, Proportion] = field(default_factory=lambda: defaultdict(Proportion))


Known = tuple[Person, list[Record], str]


def known_people(size: int, seed: int) -> list[Known]:
    """Return people, their record at one or two organisations, and the kind of difference."""
    random = Random(seed)
    known = []
    for person in gemeente(size, random):
        first, mistakes = written_down(person, random)
        records = [first]
        if random.random() < AT_TWO:
            second, more = written_down(person, random)
            records.append(second)
            mistakes = mistakes + more
        known.append((person, records, _kind(mistakes)))
    return known


def count(known: Sequence[Known], spelling: Spelling, tally: Tally) -> None:
    """Add the missed and false matches among the people of one gemeente to the tally."""
    pseudonyms = [{_pseudonym(spelling, each) for each in records} for _, records, _ in known]
    holders: dict[str, int] = defaultdict(int)
    for (_person, records, kind), own in zip(known, pseudonyms, strict=True):
        if len(records) == 2:
            tally.missed[kind].count(len(own) == 2)
        for each in own:
            holders[each] += 1
    for (person, _records, _kind_of_it), own in zip(known, pseudonyms, strict=True):
        on_first_of_january = person.record.born_on.endswith("-01-01")
        tally.shared[on_first_of_january].count(any(holders[each] > 1 for each in own))


def _kind(mistakes: Sequence[str]) -> str:
    if not mistakes:
        return NO_DIFFERENCE
    return mistakes[0] if len(mistakes) == 1 else SEVERAL


def _pseudonym(spelling: Spelling, record: Record) -> str:
    return pseudonym(_KEY, spelling(record), datetime.date.fromisoformat(record.born_on))
