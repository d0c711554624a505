"""How people are protected, what attacks got out of the figures, and how chance is kept apart."""

from dashboard.accountability import measured
from dashboard.elements.view import Element, Note, Part, Sentences
from dashboard.words.copy import t

# What is said of the protection, in this order.
PROTECTION = (
    *("fives", "threshold", "small", "totals", "own_delivery", "twice", "corrections", "money"),
    *("partial", "rates", "only_these"),
)


def protection(language: str) -> tuple[Element, ...]:
    """Return how people are protected, and how chance and difference are kept apart."""
    return (
        Part(
            t("accountability.protection", language), t("accountability.protection_lead", language)
        ),
        Sentences([t(f"accountability.protection_{each}", language) for each in PROTECTION]),
        Part(t("accountability.tried", language), t("accountability.tried_lead", language)),
        Sentences(measured.sentences(language)),
        Note(t("accountability.tried_limits", language)),
        Part(t("accountability.chance", language), t("accountability.chance_text", language)),
    )
