"""The door for whole gemeenten and organisations says what it says about wijken."""

import pandas as pd
import pytest

from data_access import values
from indicators.catalogue import INDICATORS
from tests.releases import key, keys

QUARTER, YEAR = "2025-Q4", "2025"
IDS = tuple(each.id for each in INDICATORS)
SAID = ["value", "numerator", "denominator", "status", "reason", "bound", "bound_value"]


def _said(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(["indicator", "period"])[["indicator", "period", *SAID]].reset_index(
        drop=True
    )


@pytest.mark.parametrize("gemeente", ["GM0014", "GM0080", "GM0085"])
def test_a_gemeente_is_the_same_among_gemeenten_and_above_its_organisations(sample_app, gemeente):
    everywhere = values.of_gemeenten(keys(), IDS, (QUARTER, YEAR))
    known = values.panel(key(gemeente), IDS, (QUARTER, YEAR), "")
    expected = _said(known[known["area_code"] == gemeente])
    assert len(expected) >= len(IDS)
    among = everywhere[everywhere["area_code"] == gemeente]
    pd.testing.assert_frame_equal(_said(among), expected)
    organisations = values.by_organisation(key(gemeente), IDS, (QUARTER, YEAR))
    whole = organisations[organisations["organisation_id"] == ""]
    pd.testing.assert_frame_equal(_said(whole), expected)


def test_gemeenten_are_asked_without_their_wijken(sample_app):
    found = values.of_gemeenten(keys(), ("outflow", "spending"), (YEAR,))
    assert found.groupby("indicator")["area_code"].apply(list).to_dict() == {
        each: ["GM0014", "GM0080", "GM0085"] for each in ("outflow", "spending")
    }


def test_money_of_no_organisation_counts_for_the_whole_only(sample_app):
    found = values.by_organisation(key("GM0080"), ("spending",), (YEAR,))
    spent = found.set_index("organisation_id")["value"]
    assert 0 < spent.drop("").sum() < spent[""]


@pytest.mark.parametrize("gemeente", ["GM0014", "GM0080"])
def test_asking_much_at_once_gives_what_asking_one_by_one_gives(sample_app, gemeente):
    """A count is only read in the kinds of period that its indicators need."""
    together = values.panel(key(gemeente), IDS, (QUARTER, YEAR), gemeente)
    apart = [values.panel(key(gemeente), (each,), (QUARTER, YEAR), gemeente) for each in IDS]
    alone = pd.concat(apart).sort_values(values.KEYS, ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)
