"""The words of the product as types: texts, units, measures and indicators.

A measure is a raw fact that a release publishes for each wijk and period. Whether it may be summed
over periods is settled by its class (:class:`Stock`, :class:`Flow`, ...), never by a page.
An indicator is what a reader chooses: a measure, or a measure against a base.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@dataclass(frozen=True)
class Text:
    """One text in both languages of the product."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text in `language` ("nl" or "en"). Raises KeyError for another language."""
        return {"nl": self.nl, "en": self.en}[language]


class Unit(StrEnum):
    """What one step of an indicator's value stands for."""

    PEOPLE = "people"
    STEPS = "steps"
    PER_1000_RESIDENTS = "per_1000_residents"
    PER_100_BIJSTAND = "per_100_bijstand"
    PERCENT = "percent"
    HOURS_PER_WEEK = "hours_per_week"
    EURO = "euro"
    EURO_PER_RESIDENT = "euro_per_resident"
    EURO_PER_OUTCOME = "euro_per_outcome"


class Direction(StrEnum):
    """Which way is better for residents; NEUTRAL where neither is."""

    HIGHER_IS_BETTER = "higher"
    LOWER_IS_BETTER = "lower"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Category:
    """One class of a measure's declared breakdown."""

    id: str
    name: Text


@dataclass(frozen=True)
class MergedCategory(Category):
    """A class that is the sum of categories which follow each other."""

    of: tuple[str, ...]


@dataclass(frozen=True)
class Count:
    """A published count: a measure, narrowed to one category ("" for all)."""

    measure: str
    category: str


@dataclass(frozen=True)
class Bound:
    """A category ("" for the sum of all) is a subset of a whole in the same cell.

    `over_year`: of the whole of the calendar year, where the part is of a date or quarter in it.
    """

    category: str
    whole: Count
    over_year: bool


People = Literal["volunteering", "work", "results", "allowances", "money"]
"""Sets of people: their measures share the secret threshold of a place, unless they have one of
their own."""


class Parts(StrEnum):
    """What a release shows of a measure in small places: see data_access.disclosure.

    WHOLE: every place has its figure. BROKEN_DOWN: small places have none of their own.
    OF_LARGE_COUNTS: only places have in which this count itself is as large as it takes to show all
    classes of a breakdown, because others of the same people give small ones away. The quarters, or
    the classes, of a measure are broken down whatever this says of its total.
    """

    WHOLE = "whole"
    BROKEN_DOWN = "broken_down"
    OF_LARGE_COUNTS = "of_large_counts"


@dataclass(frozen=True)
class Measure:
    """A raw fact, counted per wijk, organisation, category and period.

    `merged` are coarser classes, each the sum of some categories next to each other in their
    order. `within` lists, per category ("" for the sum), the count of which it is a part.
    `people` names the set of people that is counted, `parts` what small places show of it.
    `out_of` is the count whose size decides whether a breakdown of this one may be shown ("" for
    volunteers only). `base` is the rounding base of what is published; 0 for public amounts.

    `own_threshold`: rounded by a secret threshold of its own. `rest`: the category that is what the
    others leave of the whole; each of those is then rounded by a threshold of its own. Without it
    categories are differences of running sums, all rounded by one threshold. Under one threshold
    two counts show their difference ever more sharply as they move, which an attacker can read.
    """

    id: str
    name: Text
    definition: Text
    source: Text
    categories: tuple[Category, ...]
    merged: tuple[MergedCategory, ...]
    within: tuple[Bound, ...]
    people: People
    parts: Parts
    out_of: str
    base: int
    own_threshold: bool
    rest: str


class Stock(Measure):
    """A count on a reference date (the last day of a quarter). Quarters never add up."""


class ToDate(Stock):
    """A count of everything up to a reference date; it can only grow."""


@dataclass(frozen=True)
class Disagreement(ToDate):
    """Cases on which two verdicts differ: what is published fits what both verdicts show.

    `verdicts` are the measures of the first and the second verdict, each with the classes yes and
    no; the classes of this one are yes by the first only, and yes by the second only.
    """

    verdicts: tuple[str, str]


class Flow(Measure):
    """Events in a quarter. The quarters of a closed year add up to that year."""


class YearlyFlow(Flow):
    """Events that are counted per quarter and shown per closed year only."""


class YearCount(Measure):
    """People counted once in a calendar year. Neither quarters nor years add up."""


class SumOverPeople(Stock):
    """A sum of what people do (hours), shown only where enough people stand behind it."""


class Amount(Measure):
    """Public money in integer cents, exact."""


@dataclass(frozen=True)
class Money:
    """Published spending, narrowed to one nature and one outcome ("" for all)."""

    nature: str
    outcome: str


@dataclass(frozen=True)
class Population:
    """A published number of residents of the area: "residents" or "bijstand"."""

    group: Literal["residents", "bijstand"]


@dataclass(frozen=True)
class Indicator:
    """What a reader chooses. `value = per x numerator / denominator` (no denominator: a count).

    `frequency` lists the kinds of period in which the value exists, the usual one first.
    """

    id: str
    theme: str
    name: Text
    definition: Text
    numerator: Count | Money
    denominator: Count | Money | Population | None
    per: int
    unit: Unit
    digits: int
    direction: Direction
    frequency: tuple[Literal["year", "quarter"], ...]
    source: Text


@dataclass(frozen=True)
class Outcome:
    """What money is meant to bring about, and the published count that shows it happened."""

    id: str
    name: Text
    one: Text
    counted_by: Count
