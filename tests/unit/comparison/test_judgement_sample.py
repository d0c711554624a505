"""The sample's own releases: where places differ by more than chance, and what is said there."""

from pathlib import Path

import pytest

from dashboard.comparison.judgement import JUDGED, Judged, Verdict
from dashboard.comparison.law import Law
from dashboard.comparison.multiple_testing import stands_out
from dashboard.comparison.overdispersion import FEWEST_FOR_SCATTER
from tests.benchmark.judged_sample import families
from tests.reference_statistics import chances_alone, widened
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
    return int(stands_out(chances_alone(judged)).sum())


def test_groningen_on_bijstand_is_widened_and_two_remain(judgements):
    judged = judgements["wijken of GM0014", "volunteers_per_100_bijstand", "2025-Q1"]
    assert (judged.outside, judged.judged) == (11, 20)
    assert (chances_alone(judged) <= 0.05).sum() == 11
    assert (chances_alone(judged) <= 0.002).sum() == 9
    assert widened(judged)
    assert called_by_chance_alone(judged) == 10
    centrum, oosterparkwijk = "WK001400", "WK001404"
    assert judged.named(Verdict.HIGHER) == (centrum, oosterparkwijk)
    assert judged.named(Verdict.LOWER) == ()
    assert judged.tau_squared is not None
    assert 100 * judged.tau_squared**0.5 == pytest.approx(8.67, abs=0.01)


def test_widened_exactly_where_more_than_a_quarter_lies_outside(judgements):
    seen = set()
    for (family, _, _), judged in judgements.items():
        if family != "gemeenten":
            enough = judged.judged >= FEWEST_FOR_SCATTER
            assert widened(judged) == (enough and judged.outside > judged.judged / 4)
            seen.add(widened(judged))
    assert seen == {True, False}


def test_between_gemeenten_limits_are_always_widened(judgements):
    between = [judged for (family, _, _), judged in judgements.items() if family == "gemeenten"]
    assert between
    for judged in between:
        assert widened(judged)
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
