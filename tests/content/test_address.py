"""What an address means: choices that belong to another gemeente do not come along."""

import re

import pytest

from dashboard.address import reader_choices
from dashboard.frame import controls
from tests.content.oracle import Oracle
from tests.content.views import release_file, selected

GEMEENTEN = ("GM0080", "GM0014", "GM0085")


def _dropped(parameter: str) -> set[str]:
    """What the browser takes out of the address when this list is used."""
    drops = reader_choices.DEPENDENTS.get(parameter, ())
    html = controls.select(parameter, "x", {"a": "A"}, "a", drops=drops)
    found = re.search(r'data-drops="([^"]*)"', html)
    return set(found[1].split()) if found else set()


def test_a_new_gemeente_leaves_the_old_wijk_organisation_contract_and_pair_behind(shipped):
    assert _dropped("gemeente") >= {"wijk", "organisatie", "contract", "keuze"}


def test_another_kind_of_unit_leaves_the_old_pair_behind(shipped):
    assert _dropped("soort") == {"keuze"}


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_a_wijk_of_another_gemeente_is_refused(shipped, gemeente):
    other = next(each for each in GEMEENTEN if each != gemeente)
    wijk = Oracle(release_file(other)).wijken[0]
    with pytest.raises(reader_choices.Refusal) as refused:
        selected("wijk", gemeente=gemeente, wijk=wijk)
    assert (refused.value.subject, refused.value.value) == ("wijk", wijk)
    assert refused.value.blamed == ("wijk",)


@pytest.mark.parametrize("gemeente", GEMEENTEN)
def test_without_a_period_the_newest_is_shown(shipped, gemeente):
    periods = Oracle(release_file(gemeente)).periods
    newest_quarter = max(each for each in periods if "Q" in each)
    newest_year = max(each for each in periods if "Q" not in each)
    assert selected("overview", gemeente=gemeente).period == newest_quarter
    assert selected("spending", gemeente=gemeente).period == newest_year
