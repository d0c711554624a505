"""Views are handed out again exactly where they would be the same."""

import random
from dataclasses import replace

import pytest

from dashboard.address.noted import noted, values
from dashboard.door import Door
from dashboard.elements.view import View
from dashboard.frame import kept_views
from tests.content.test_charts_are_valid import VIEWS
from tests.content.test_sweep_compare_map import INDICATOR_IDS, texts
from tests.content.views import selected

CHOICES = {
    "indicator": tuple(INDICATOR_IDS),
    "taal": ("nl", "en"),
    "per": ("wijk", "organisatie"),
    "soort": ("wijken", "organisaties"),
    "deel": ("wijken", "organisaties", "stromen"),
}
PLACES = (("GM0080", ""), ("GM0080", "WK008060"), ("GM0080", "WK008061"), ("GM0085", ""))


@pytest.mark.parametrize("page_id", VIEWS)
def test_what_is_kept_is_what_would_be_made(shipped, page_id):
    kept_views.forget()
    draw = random.Random(page_id)
    for _ in range(6):
        asked = {name: draw.choice(each) for name, each in CHOICES.items()}
        asked |= dict(zip(("gemeente", "wijk"), draw.choice(PLACES), strict=True))
        selection = selected(page_id, **asked)
        kept = kept_views.view(VIEWS[page_id], selection)
        made = VIEWS[page_id](selection, Door(selection))
        language = asked["taal"]
        assert [*texts(kept, language)] == [*texts(made, language)], asked


def test_a_choice_that_a_view_does_not_read_does_not_make_it_anew(shipped):
    kept_views.forget()
    one = selected("results", gemeente="GM0080", indicator="volunteers")
    before = kept_views.view(VIEWS["results"], one)
    misses = kept_views.misses()
    other = selected("results", gemeente="GM0080", indicator="outflow", soort="wijken")
    assert kept_views.view(VIEWS["results"], other) is before
    assert kept_views.misses() == misses
    assert kept_views.view(VIEWS["results"], replace(other, language="en")) is not before


def test_which_choice_is_read_may_hang_on_another(shipped):
    def make(selection, _door) -> View:
        return View("a" if selection.wijk else selection.indicator, "", ())

    base = selected("wijk", gemeente="GM0080", indicator="volunteers")
    titles = [
        kept_views.view(make, replace(base, wijk=wijk, indicator=indicator)).title
        for wijk, indicator in (("W", "x"), ("", "x"), ("W", "y"), ("", "y"), ("", "x"))
    ]
    assert titles == ["a", "x", "a", "y", "x"]


def test_what_was_read_is_noted_choice_by_choice(shipped):
    asked = noted(selected("compare", gemeente="GM0080", soort="wijken"))
    assert asked.extra("soort") == "wijken"
    assert (asked.gemeente, asked.facts()) == ("GM0080", (("extras", "soort"), ("gemeente", "")))
    assert values(asked, asked.facts()) == ("wijken", "GM0080")
    assert replace(asked, language="en").language == "en"


def test_a_finished_view_reads_nothing_more(shipped):
    asked = noted(selected("compare", gemeente="GM0080"))
    assert asked.gemeente == "GM0080"
    asked.close()
    assert asked.gemeente == "GM0080"
    with pytest.raises(AttributeError, match="indicator"):
        _ = asked.indicator
