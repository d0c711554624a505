"""The sample's own releases: where places differ by more than chance, and what is said there."""

from pathlib import Path

import pytest

from dashboard.comparison.judgement import JUDGED, Judged, Verdict
from dashboard.comparison.law import Law
from dashboard.comparison.multiple_testing import p_values, stands_out
from dashboard.comparison.overdispersion import FEWEST_FOR_SCATTER
from dashboard.comparison.rounding import Errors
from tests.benchmark.judged_sample import families
from tests.releases import keys


@pytest.fixture(scope="module")
def judgements(sample_releases: Path) -> dict[tuple[str, str, str], Judged]:
    """Every judgement that the sample's first releases give, by family, indicator and period."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELEASES", str(sample_releases))
        return {
            (family, each.id, period): judged for family, each, period, judged in families(keys())
        }


def called_by_chance_alone(judged: Judged) -> int:
    rows = judged.places[judged.places["verdict"].isin(JUDGED)]
    errors = Errors(rows["count_error"].to_numpy(), rows["base_error"].to_numpy())
    assert judged.whole is not None
    return int(stands_out(p_values(rows["count"], rows["base"], judged.whole, errors)).sum())


def test_groningen_on_bijstand_is_widened_and_two_remain(judgements):
    judged = judgements["wijken of GM0014", "volunteers_per_100_bijstand", "2025-Q1"]
    assert (judged.outside, judged.outside_strict, judged.judged) == (11, 9, 20)
    assert judged.widened
    assert called_by_chance_alone(judged) == 10
    centrum, oosterparkwijk = "WK001400", "WK001404"
    assert judged.named(Verdict.HIGHER) == (centrum, oosterparkwijk)
    assert judged.named(Verdict.LOWER) == ()
    assert judged.tau == pytest.approx(8.67, abs=0.01)


def test_widened_exactly_where_more_than_a_quarter_lies_outside(judgements):
    seen = set()
    for (family, _, _), judged in judgements.items():
        if family != "gemeenten":
            enough = judged.judged >= FEWEST_FOR_SCATTER
            assert judged.widened == (enough and judged.outside > judged.judged / 4)
            seen.add(judged.widened)
    assert seen == {True, False}


def test_between_gemeenten_limits_are_always_widened(judgements):
    between = [judged for (family, _, _), judged in judgements.items() if family == "gemeenten"]
    assert between
    for judged in between:
        assert judged.widened
        assert judged.judged <= 3
        assert not {Verdict.HIGHER, Verdict.LOWER} & set(judged.places["verdict"])


def test_every_verdict_fits_what_is_published(judgements):
    """Whatever the indicator: a verdict has its figures, and those without one have none."""
    laws = set()
    for judged in judgements.values():
        laws.add(judged.law)
        places = judged.places
        tested = places["verdict"].isin(JUDGED)
        assert places.loc[tested, ["count", "base", "lower", "p_value"]].notna().all(axis=None)
        assert places.loc[~tested, ["count", "base", "p_value"]].isna().all(axis=None)
        known = places[tested & places["value"].notna()]
        assert (known["lower"] <= known["value"]).all()
        assert not (known["upper"] < known["value"]).any()
    assert laws == {Law.POPULATION, Law.PEOPLE, Law.MONEY}
