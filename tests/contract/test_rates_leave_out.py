"""A rate of which the two sides leave out different people never does so without a word."""

from pathlib import Path

import pandas as pd
import pytest

import data_access
from data_access import values
from indicators.catalogue import INDICATORS, measure
from indicators.periods import is_year
from indicators.vocabulary import Count, Indicator
from tests.releases import keys as keys_at_hand

CITY = "GM0014"
RATES = [each for each in INDICATORS if isinstance(each.denominator, Count)]


def left_out(each: Indicator, side: str, release: object, area: str) -> pd.Series:
    """Return by period how many people a side leaves out; money leaves out nobody."""
    term = each.numerator if side == "numerator" else each.denominator
    if not isinstance(term, Count):
        return pd.Series(dtype=float)
    cells = data_access.counts(release, [term.measure], area)
    return cells[cells["category"] == term.category].set_index("period")["without"]


@pytest.mark.parametrize("each", RATES, ids=lambda each: each.id)
def test_what_either_side_leaves_out_is_said(
    each: Indicator, sample_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And who is left out of a part is taken out of its whole, where the whole is published."""
    monkeypatch.setenv("RELEASES", str(sample_releases))
    compared = 0
    # One gemeente has every case, and the newest release of it is enough.
    for release in [key for key in keys_at_hand() if key.gemeente == CITY][:1]:
        periods = [
            period
            for period in " ".join(data_access.areas(release)["periods"]).split()
            if ("year" if is_year(period) else "quarter") in each.frequency
        ]
        panel = data_access.panel(release, (each.id,), periods, "")
        for area, rows in panel.groupby("area_code"):
            part, whole = (left_out(each, side, release, str(area))
                           for side in ("numerator", "denominator"))  # fmt: skip
            for _, row in rows[rows["status"].isin(values.SHOWN)].iterrows():
                of = [int(x.get(row["period"], 0)) for x in (part, whole)]
                assert row["without"] == max(of), (area, row["period"])
                if of[0] > of[1] and isinstance(each.numerator, Count):
                    assert measure(each.numerator.measure).out_of == each.denominator.measure
                    cells = data_access.counts(release, [each.denominator.measure], str(area))
                    cells = cells[cells["category"] == each.denominator.category]
                    shown = cells.set_index("period")["value"][row["period"]]
                    assert row["denominator"] == shown - (of[0] - of[1])
                compared += 1
    assert compared
