"""Who got two pseudonyms, and who shares one: counted per way of spelling."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from statsmodels.stats.proportion import proportion_confint

from data_access.pseudonyms.delivered import pseudonym
from tests.benchmark.pseudonyms.mistakes import AVOIDABLE, written_down
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
    difference; `missed_as_asked`: those whose given and own surname stand in both files. `false`:
    people, and those of whom a pseudonym is also somebody else's, by kind of difference and by
    whether the birthday is 1 January.
    """

    missed: dict[str, Proportion] = field(default_factory=lambda: defaultdict(Proportion))
    missed_as_asked: Proportion = field(default_factory=Proportion)
    false: dict[tuple[str, bool], Proportion] = field(
        default_factory=lambda: defaultdict(Proportion)
    )


@dataclass(frozen=True)
class Known:
    """A person, their record at one or two organisations, and the mistakes in those."""

    person: Person
    records: list[Record]
    mistakes: list[str]

    @property
    def kind(self) -> str:
        """The kind of the only mistake, or how many there are."""
        if not self.mistakes:
            return NO_DIFFERENCE
        return self.mistakes[0] if len(self.mistakes) == 1 else SEVERAL

    @property
    def on_first_of_january(self) -> bool:
        """Whether the true birth date is a 1 January, known or not."""
        return self.person.record.born_on.endswith("-01-01")


def known_people(size: int, seed: int) -> list[Known]:
    """Return the people of a gemeente as one or two organisations wrote them down."""
    random = Random(seed)
    known = []
    for person in gemeente(size, random):
        first, mistakes = written_down(person, random)
        records = [first]
        if random.random() < AT_TWO:
            second, more = written_down(person, random)
            records.append(second)
            mistakes = mistakes + more
        known.append(Known(person, records, mistakes))
    return known


def count(known: Sequence[Known], spelling: Spelling, tally: Tally) -> None:
    """Add the missed and false matches among the people of one gemeente to the tally."""
    pseudonyms = [{_pseudonym(spelling, record) for record in each.records} for each in known]
    holders = Counter(pseudonym for own in pseudonyms for pseudonym in own)
    for each, own in zip(known, pseudonyms, strict=True):
        if len(each.records) == 2:
            tally.missed[each.kind].count(len(own) == 2)
            if AVOIDABLE.isdisjoint(each.mistakes):
                tally.missed_as_asked.count(len(own) == 2)
        false = any(holders[pseudonym] > 1 for pseudonym in own)
        tally.false[each.kind, each.on_first_of_january].count(false)


def _pseudonym(spelling: Spelling, record: Record) -> str:
    return pseudonym(_KEY, spelling(record), datetime.date.fromisoformat(record.born_on))
