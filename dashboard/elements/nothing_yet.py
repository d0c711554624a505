"""What a page about years says before the first year of a gemeente is closed."""

from collections.abc import Mapping, Sequence

from dashboard.address.page_list import DEFAULT_INDICATOR, page
from dashboard.address.selection import Selection
from dashboard.elements.view import Link, View
from dashboard.words.copy import t
from dashboard.words.first_year import no_year_yet
from indicators.vocabulary import Indicator


def nothing_per_year(
    selection: Selection, title: str, closed: Sequence[str], known: Mapping[str, Indicator]
) -> View:
    """Return the view that says so, with a way on.

    `closed`: the closed periods so far; `known`: the door's indicators.
    """
    language = selection.language
    ways_on = [Link("overview")]
    if page(selection.page).period_kind == "indicator":
        name = known[DEFAULT_INDICATOR].name.in_language(language)
        words = t("common.per_quarter", language, indicator=name)
        ways_on.insert(0, Link(selection.page, words, {"indicator": DEFAULT_INDICATOR}))
    return View(title, no_year_yet(closed, language), ways_on)
