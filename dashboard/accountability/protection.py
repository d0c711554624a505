"""How people are protected, what attacks got out of the figures, and how chance is kept apart."""

import datetime

from dashboard.accountability import measured
from dashboard.elements.view import Element, Note, Part, Sentences
from dashboard.words.copy import t
from dashboard.words.numbers import date_long
from indicators.periods import next_corrections

# What is said of the protection, in this order.
PROTECTION = (
    *("fives", "threshold", "small", "totals", "own_delivery", "twice", "corrections", "money"),
    *("partial", "rates", "only_these"),
)


def protection(made_on: datetime.date, language: str) -> tuple[Element, ...]:
    """Return how people are protected, and how chance and difference are kept apart.

    `made_on`: the day of the release. Corrections of closed periods come on one day a year; the
    first one after that day is named.
    """
    next_day = date_long(next_corrections(made_on), language)
    words = {"day": next_day.rsplit(" ", 1)[0], "next_day": next_day}
    return (
        Part(
            t("accountability.protection", language), t("accountability.protection_lead", language)
        ),
        Sentences(
            [t(f"accountability.protection_{each}", language, **words) for each in PROTECTION]
        ),
        Part(t("accountability.tried", language), t("accountability.tried_lead", language)),
        Sentences(measured.sentences(language)),
        Note(t("accountability.tried_limits", language)),
        Part(t("accountability.chance", language), t("accountability.chance_text", language)),
    )
