"""Which law of chance an indicator follows: what decides how its places can be judged."""

from enum import StrEnum

from dashboard.comparison.base_kind import BaseKind
from indicators.vocabulary import Count, Indicator, Money, Population, Unit


class Law(StrEnum):
    """POPULATION: a count on residents or people on bijstand, who are taken as known; Poisson.

    PEOPLE: a count out of a published count of people that contains them; binomial.
    MONEY: money per outcome; the outcomes are Poisson on the euros, which are taken as known.
    NONE: plain counts, hours, euros and shares of euros, of which no law of chance is known.
    """

    POPULATION = "population"
    PEOPLE = "people"
    MONEY = "money"
    NONE = "none"

    @property
    def base_kind(self) -> BaseKind:
        """What the counts are compared with. Raises ValueError for NONE."""
        if self is Law.NONE:
            raise ValueError("without a law of chance nothing is compared")
        return BaseKind.PEOPLE if self is Law.PEOPLE else BaseKind.POPULATION


def law_of(indicator: Indicator) -> Law:
    """Return the law that an indicator's figures follow."""
    numerator, denominator = indicator.numerator, indicator.denominator
    if isinstance(numerator, Count) and isinstance(denominator, Population):
        return Law.POPULATION
    if isinstance(numerator, Count) and isinstance(denominator, Count):
        return Law.PEOPLE
    if isinstance(numerator, Money) and indicator.unit is Unit.EURO_PER_OUTCOME:
        return Law.MONEY
    return Law.NONE
