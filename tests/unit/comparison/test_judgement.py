"""One judgement: who is judged, what is said, and that what is said hangs together."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.conclusions import conclude
from dashboard.comparison.cost_per_outcome import cost_per_outcome
from dashboard.comparison.funnel import Position
from dashboard.comparison.judgement import JUDGED, Judged, Verdict, judge, limits_at
from dashboard.comparison.law import Law, law_of
from dashboard.comparison.multiple_testing import stands_out
from dashboard.comparison.rates import rate_interval
from dashboard.comparison.rounding import Errors
from dashboard.comparison.whole import Whole
from indicators.catalogue import INDICATORS, indicator
from tests.reference_statistics import chances_alone, compare_areas, p_values, positions, widened

MEASURED = ["numerator", "denominator"]


def rows(*figures: tuple[float, float], **columns: object) -> pd.DataFrame:
    """Published places A, B, ... of (numerator, denominator), with other columns as given."""
    frame = pd.DataFrame(figures, columns=MEASURED, dtype=float)
    frame.index = pd.Index(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(frame)]))
    return frame.assign(**{"status": "published", "reason": "", **columns})


def verdicts(judged: Judged) -> dict[str, Verdict]:
    return judged.places["verdict"].to_dict()


@pytest.fixture
def wijken() -> pd.DataFrame:
    """Twelve places of which one has three times the rate."""
    return rows((150, 10_000), *[(50, 10_000)] * 11)


@pytest.fixture
def unlike() -> pd.DataFrame:
    """Ten places half of which lie far outside, and one further than the others."""
    counts = (60, 40, 150, 160, 100, 105, 95, 55, 145, 600)
    return rows(*((count, 10_000) for count in counts))


# Which law


@pytest.mark.parametrize(
    ("indicator_id", "law"),
    [
        ("volunteers_per_1000", Law.POPULATION),
        ("volunteers_per_100_bijstand", Law.POPULATION),
        ("outflow_per_100_volunteers", Law.PEOPLE),
        ("still_in_work_12", Law.PEOPLE),
        ("cost_per_paid_work", Law.MONEY),
        ("volunteers", Law.NONE),
        ("volunteer_hours", Law.NONE),
        ("spending", Law.NONE),
        ("spending_per_resident", Law.NONE),
        ("structural_share", Law.NONE),
    ],
)
def test_the_law_of_an_indicator(indicator_id, law):
    assert law_of(indicator(indicator_id)) is law


def test_every_indicator_has_a_law():
    found = {law_of(each) for each in INDICATORS}
    assert found == set(Law)
    with pytest.raises(ValueError, match="law"):
        _ = Law.NONE.base_kind


@pytest.mark.parametrize("law", Law)
def test_no_place_at_all(law):
    judged = judge(rows(), law)
    assert judged.judged == 0
    assert judged.whole is None


# Who is judged

STATES = (
    ({"status": "partial", "reason": "not_delivered"}, Verdict.PARTIAL),
    ({"status": "no_data", "reason": "no_organisation"}, Verdict.NO_ORGANISATION),
    ({"status": "no_data", "reason": "not_delivered"}, Verdict.NO_FIGURE),
    ({"status": "no_data", "reason": "no_population"}, Verdict.NO_FIGURE),
    ({"status": "not_shown", "reason": "small_base"}, Verdict.TOO_FEW),
    ({"status": "not_shown", "reason": "small_place"}, Verdict.TOO_FEW),
    ({"status": "not_shown", "reason": "uncertain"}, Verdict.TOO_FEW),
    ({"status": None, "reason": None}, Verdict.NO_FIGURE),
    ({"numerator": np.nan}, Verdict.NO_FIGURE),
    ({"denominator": np.nan}, Verdict.NO_FIGURE),
)


@pytest.mark.parametrize("law", [Law.POPULATION, Law.PEOPLE, Law.MONEY])
@pytest.mark.parametrize(("state", "verdict"), STATES)
def test_who_is_not_judged(state, verdict, law):
    figures = rows(*[(50, 100)] * 3).astype({"status": object, "reason": object})
    for name, value in state.items():
        figures.loc["B", name] = value
    judged = judge(figures, law)
    assert verdicts(judged) == {"A": Verdict.INSIDE, "B": verdict, "C": Verdict.INSIDE}
    assert judged.whole == judge(figures.drop("B"), law).whole
    assert judged.places.loc["B", ["lower", "upper", "p_value", "base"]].isna().all()
    assert judged.judged == 2


@pytest.mark.parametrize("law", [Law.POPULATION, Law.PEOPLE, Law.MONEY])
@pytest.mark.parametrize("between_gemeenten", [False, True])
def test_the_only_place_is_not_judged_by_itself(law, between_gemeenten):
    figures = rows((50, 100), (50, 100))
    figures.loc["B", ["status", "reason"]] = ["not_shown", "small_base"]
    judged = judge(figures, law, always_widened=between_gemeenten)
    assert verdicts(judged) == {"A": Verdict.UNTESTED, "B": Verdict.TOO_FEW}
    assert (judged.whole, judged.judged, judged.outside) == (None, 0, 0)
    assert judged.places.loc["A", ["p_value", "base"]].isna().all()
    # What it is itself is known: a figure with its interval.
    assert judged.places.loc["A", ["value", "lower", "upper"]].notna().all()
    whole = Whole(500, 1000, law.base_kind)
    assert verdicts(judge(figures, law, 1, whole))["A"] in JUDGED


def test_people_below_ten_and_populations_of_none():
    assert verdicts(judge(rows((5, 5), (10, 50)), Law.PEOPLE))["A"] == Verdict.TOO_FEW
    assert verdicts(judge(rows((5, 0), (10, 50)), Law.POPULATION))["A"] == Verdict.NO_FIGURE


@pytest.mark.parametrize(
    ("law", "verdict"),
    [
        (Law.POPULATION, Verdict.PARTIAL),
        (Law.MONEY, Verdict.PARTIAL),
        # Who is left out of a part is left out of its whole too (data_access.values).
        (Law.PEOPLE, Verdict.INSIDE),
    ],
)
def test_people_left_out_of_the_count_only(law, verdict):
    figures = rows(*[(50, 100)] * 2, without=[5, 0])
    assert verdicts(judge(figures, law))["A"] == verdict


def test_money_in_steps_has_bounds_and_no_verdict():
    judged = judge(rows(*[(20_000, 10)] * 3, step=[5000.0, 0.0, 0.0]), Law.MONEY)
    assert verdicts(judged) == {"A": Verdict.TOO_FEW, "B": Verdict.INSIDE, "C": Verdict.INSIDE}
    least, most = cost_per_outcome(20_000, 10), cost_per_outcome(25_000, 10)
    assert judged.places.loc["A", "lower"] == pytest.approx(least.lower)
    assert judged.places.loc["A", "upper"] == pytest.approx(most.upper)


def test_a_missing_delivery_behind_no_outcomes_is_incomplete():
    figures = rows((20_000, 0), (20_000, 10), missing=["a", ""])
    figures.loc["A", ["status", "reason"]] = ["not_shown", "zero_outcomes"]
    assert verdicts(judge(figures, Law.MONEY))["A"] == Verdict.PARTIAL


@pytest.mark.parametrize("law", [Law.NONE])
def test_without_a_law_nothing_is_tested(law):
    figures = rows((900, np.nan), (5, np.nan), (40, np.nan))
    figures.loc["C", "status"] = "partial"
    judged = judge(figures, law)
    assert verdicts(judged) == {
        "A": Verdict.UNTESTED,
        "B": Verdict.UNTESTED,
        "C": Verdict.PARTIAL,
    }
    assert judged.places["value"].tolist() == [900, 5, 40]
    assert judged.whole is None
    assert judged.whole_value is None
    assert not widened(judged)


def test_each_place_once():
    twice = rows((5, 100), (10, 100)).set_axis(["A", "A"])
    with pytest.raises(ValueError, match="once"):
        judge(twice, Law.POPULATION)


# What is said


def test_one_that_differs_is_said(wijken):
    judged = judge(wijken, Law.POPULATION, 1000)
    assert judged.named(Verdict.HIGHER) == ("A",)
    assert len(judged.named(Verdict.INSIDE)) == 11
    assert judged.whole_value == pytest.approx(1000 * 700 / 120_000)
    assert judged.places.loc["A", "value"] == pytest.approx(15)
    assert judged.places.loc["A", "p_value"] <= 0.002
    assert not widened(judged)
    assert not judged.differ
    assert (judged.outside, judged.judged) == (1, 12)
    assert (chances_alone(judged) <= 0.002).sum() == 1


def test_rates_are_judged_by_the_tails_of_rounded_counts(wijken):
    figures = wijken.assign(numerator_error=[12.0, *[0.0] * 11])
    judged = judge(figures, Law.POPULATION, 1000)
    errors = Errors(figures["numerator_error"].to_numpy(), np.zeros(12))
    counts, bases = figures["numerator"], figures["denominator"]
    expected = p_values(counts, bases, judged.whole, errors)
    assert judged.places["p_value"].to_numpy() == pytest.approx(expected)
    lower, upper = rate_interval(counts, bases, BaseKind.POPULATION, 1000, errors=errors)
    assert judged.places["lower"].to_numpy() == pytest.approx(lower)
    assert judged.places["upper"].to_numpy() == pytest.approx(upper)


def test_one_in_many_just_outside_may_be_chance():
    figures = rows((20, 950), *[(10, 1000)] * 19)
    judged = judge(figures, Law.POPULATION, 1, Whole(1000, 100_000, BaseKind.POPULATION))
    assert judged.named(Verdict.PERHAPS_HIGHER) == ("A",)
    assert judged.places.loc["A", "p_value"] > 0.002


def test_the_family_is_every_place_judged():
    """The same place is beyond chance among few, and may be chance among many."""
    whole = Whole(5000, 1_000_000, BaseKind.POPULATION)
    few = judge(rows((75, 10_000), *[(50, 10_000)] * 3), Law.POPULATION, 1, whole)
    many = judge(rows((75, 10_000), *[(50, 10_000)] * 25), Law.POPULATION, 1, whole)
    assert few.places.loc["A", "p_value"] == pytest.approx(many.places.loc["A", "p_value"])
    chance = few.places.loc["A", "p_value"]
    assert 0.05 / 26 < chance <= 0.05 / 4
    assert verdicts(few)["A"] == Verdict.HIGHER
    assert verdicts(many)["A"] == Verdict.PERHAPS_HIGHER


def test_the_published_whole_is_used_unless_a_place_has_no_organisation(wijken):
    row = {
        **{"numerator": 1500.0, "denominator": 200_000.0, "status": "published", "reason": ""},
        **{"numerator_error": 14, "denominator_error": 0, "without": 0},
    }
    judged = judge(wijken, Law.POPULATION, 1000, row)
    assert judged.whole == Whole(1500, 200_000, BaseKind.POPULATION, 14, 4)
    wijken.loc["L", ["status", "reason"]] = ["no_data", "no_organisation"]
    without = judge(wijken, Law.POPULATION, 1000, row)
    assert without.whole is not None
    assert without.whole.pooled
    assert without.whole.count == 150 + 10 * 50
    assert without.whole.base == 110_000
    partial = judge(wijken.drop("L"), Law.POPULATION, 1000, {**row, "status": "partial"})
    assert partial.whole is not None
    assert partial.whole.pooled


def test_people_left_out_of_the_whole_make_it_less_sure(wijken):
    row = {
        **{"numerator": 700.0, "denominator": 120_000.0, "status": "published"},
        **{"numerator_error": 14, "denominator_error": 0, "without": 15},
    }
    judged = judge(wijken, Law.POPULATION, 1, row)
    assert judged.whole is not None
    assert judged.whole.count_error == 29


# Where places differ


def test_limits_are_widened_where_more_than_a_quarter_lies_outside(unlike):
    judged = judge(unlike, Law.POPULATION, 1000)
    assert judged.differ
    assert widened(judged)
    assert judged.outside > 2.5
    counts, bases = unlike["numerator"], unlike["denominator"]
    plain = stands_out(p_values(counts, bases, judged.whole))
    assert plain.sum() > 5
    assert judged.named(Verdict.HIGHER) == ("J",)
    assert (judged.places["p_value"] >= p_values(counts, bases, judged.whole)).all()


def test_exactly_a_quarter_is_not_more_than_a_quarter():
    figures = rows(*[(200, 10_000)] * 2, *[(100, 10_000)] * 6)
    whole = Whole(100_000, 10_000_000, BaseKind.POPULATION)
    judged = judge(figures, Law.POPULATION, 1, whole)
    assert (judged.outside, widened(judged)) == (2, False)
    three = judge(figures.drop("H"), Law.POPULATION, 1, whole)
    assert (three.outside, widened(three)) == (2, True)


def test_four_places_have_no_scatter_to_be_judged_by():
    figures = rows((200, 10_000), (50, 10_000), (100, 10_000), (100, 10_000))
    whole = Whole(100_000, 10_000_000, BaseKind.POPULATION)
    judged = judge(figures, Law.POPULATION, 1, whole)
    assert judged.differ
    assert not widened(judged)
    assert judged.named(Verdict.HIGHER) == ("A",)
    always = judge(figures, Law.POPULATION, 1, whole, always_widened=True)
    assert widened(always)
    assert not {Verdict.HIGHER, Verdict.LOWER} & set(always.places["verdict"])


@pytest.mark.parametrize("law", [Law.POPULATION, Law.PEOPLE, Law.MONEY])
def test_widening_never_makes_a_verdict(law):
    generator = np.random.default_rng(4)
    for _ in range(20):
        bases = 5.0 * generator.integers(8, 60, 12)
        counts = 5 * (generator.binomial(bases.astype(int), generator.beta(3, 7, 12)) // 5)
        pairs = (bases * 100, counts) if law is Law.MONEY else (counts, bases)
        figures = rows(*zip(*pairs, strict=True))
        plain, wide = judge(figures, law), judge(figures, law, always_widened=True)
        said = wide.places["verdict"] != Verdict.INSIDE
        assert (plain.places["p_value"] <= wide.places["p_value"]).all()
        if not widened(plain):
            assert (plain.places["verdict"][said] != Verdict.INSIDE).all()


def test_between_three_gemeenten_of_unlike_size_nothing_is_certain():
    figures = rows((3000, 240_000), (1400, 130_000), (900, 26_000))
    judged = judge(figures, Law.POPULATION, always_widened=True)
    assert judged.named(Verdict.PERHAPS_HIGHER) == ("C",)
    assert (judged.places["p_value"] <= 0.05 / 3).any()
    assert not {Verdict.HIGHER, Verdict.LOWER} & set(judged.places["verdict"])


def test_equal_places_are_judged_the_same_between_gemeenten():
    figures = rows(*[(50, 10_000)] * 6)
    judged = judge(figures, Law.POPULATION, always_widened=True)
    assert widened(judged)
    assert judged.tau_squared == 0
    assert set(judged.places["verdict"]) == {Verdict.INSIDE}


# Limits


@pytest.mark.parametrize("law", [Law.POPULATION, Law.PEOPLE, Law.MONEY])
@pytest.mark.parametrize("always_widened", [False, True])
def test_a_place_is_outside_exactly_where_its_value_is_beyond_its_limits(law, always_widened):
    generator = np.random.default_rng(5)
    seen = set()
    for _ in range(15):
        bases = 5.0 * generator.integers(8, 60, 12)
        chances = generator.beta(3, 7, 12)
        counts = 5 * (generator.binomial(bases.astype(int), chances) // 5)
        error = 5.0 * generator.integers(0, 3, 12)
        money = law is Law.MONEY
        pairs = (bases * 100, counts) if money else (counts, bases)
        figures = rows(
            *zip(*pairs, strict=True),
            **{"denominator_error" if money else "numerator_error": error},
        )
        judged = judge(figures, law, always_widened=always_widened)
        places = judged.places
        assert judged.whole is not None
        errors = Errors(places["count_error"].to_numpy(), places["base_error"].to_numpy())
        lower, upper = limits_at(places["base"], judged.whole, judged.tau_squared, errors)
        slack = 1e-9 * (1 + places["count"])
        beyond = (places["count"] + slack >= upper * places["base"]) | (
            places["count"] - slack <= lower * places["base"]
        )
        outside = places["p_value"] <= 0.05
        assert (beyond == outside).all()
        if not money:
            assert (outside == (places["verdict"] != Verdict.INSIDE)).all()
        seen |= set(beyond)
    assert seen == {True, False}


def test_limits_over_a_row_of_bases_are_those_of_each(unlike):
    judged = judge(unlike, Law.POPULATION, 1000)
    assert judged.whole is not None
    given = (judged.whole, judged.tau_squared)
    lower, upper = limits_at([10_000, 20_000], *given)
    alone = limits_at([10_000], *given)
    assert (alone[0][0], alone[1][0]) == (pytest.approx(lower[0]), pytest.approx(upper[0]))
    assert upper[1] < upper[0]
    strict_lower, strict_upper = limits_at([10_000], *given, level=0.998)
    assert strict_upper[0] > upper[0]
    assert not strict_lower[0] > lower[0]


# Money


def test_a_high_cost_is_few_outcomes_for_the_money():
    figures = rows((400_000, 10), *[(400_000, 50)] * 10, (400_000, 150))
    judged = judge(figures, Law.MONEY)
    assert judged.named(Verdict.HIGHER) == ("A",)
    assert judged.named(Verdict.LOWER) == ("L",)
    assert judged.whole_value == pytest.approx(4_800_000 / 660)
    assert judged.places.loc["B", "value"] == 8000
    exact = cost_per_outcome(400_000, 50)
    assert judged.places.loc["B", "lower"] == pytest.approx(exact.lower)
    assert judged.places.loc["B", "upper"] == pytest.approx(exact.upper)
    assert judged.whole is not None
    lower, upper = limits_at(judged.places["base"], judged.whole, judged.tau_squared)
    assert (lower < judged.whole.rate).all()
    assert (upper > judged.whole.rate).all()


def test_money_on_no_outcome_may_be_more_than_the_whole():
    figures = rows((800_000, 0), *[(400_000, 50)] * 6)
    figures.loc["A", ["status", "reason"]] = ["not_shown", "zero_outcomes"]
    judged = judge(figures, Law.MONEY)
    assert judged.named(Verdict.HIGHER) == ("A",)
    assert np.isnan(judged.places.loc["A", "value"])
    assert judged.places.loc["A", "lower"] > judged.whole_value
    assert np.isnan(judged.places.loc["A", "upper"])


def test_no_money_has_no_cost():
    figures = rows((0, 10), (10_000, 5), (10_000, 5))
    assert verdicts(judge(figures, Law.MONEY))["A"] == Verdict.NO_FIGURE


def test_money_without_any_outcome_tells_nothing():
    figures = rows(*[(10_000, 0)] * 3, status="not_shown", reason="zero_outcomes")
    judged = judge(figures, Law.MONEY)
    assert set(judged.places["verdict"]) == {Verdict.INSIDE}
    assert judged.whole_value == np.inf


@pytest.mark.parametrize("level_of_whole", [4000, 8000, 16_000])
def test_a_verdict_on_money_never_contradicts_its_interval(level_of_whole):
    figures = rows(*[(8000.0 * n, n) for n in (5, 10, 20, 40, 80, 160)])
    whole = Whole(1000, 1000 * level_of_whole, BaseKind.POPULATION)
    places = judge(figures, Law.MONEY, 1, whole).places
    above, below = places["lower"] > level_of_whole, places["upper"] < level_of_whole
    said_above = places["verdict"].isin([Verdict.HIGHER, Verdict.PERHAPS_HIGHER])
    said_below = places["verdict"].isin([Verdict.LOWER, Verdict.PERHAPS_LOWER])
    assert (above | ~said_above).all()
    assert (below | ~said_below).all()


@pytest.mark.parametrize("mean", [0.5, 2, 8, 21, 60])
def test_the_p_value_of_money_is_honest(mean, chance_published):
    """Exact: at a known cost a p-value of at most 5 % comes up in at most 5 % of cases."""
    chances = chance_published(stats.poisson.pmf(np.arange(300), mean))
    values = np.array(sorted(chances), dtype=float)
    weights = np.array([chances[int(value)] for value in values])
    figures = pd.DataFrame(
        {"numerator": mean * 8000, "denominator": values, "status": "published", "reason": ""}
    )
    whole = Whole(1e9, 8e12, BaseKind.POPULATION)
    p = judge(figures, Law.MONEY, 1, whole).places["p_value"].to_numpy()
    for level in (0.05, 0.01, 0.002):
        assert weights[p <= level].sum() <= level + 1e-12


# Others use it


def test_a_comparison_shows_the_same_verdicts(unlike):
    judged = judge(unlike, Law.POPULATION, 1000)
    figures = unlike.reset_index(names="area").rename(
        columns={"numerator": "count", "denominator": "base"}
    )
    compared = compare_areas(
        figures.assign(name=figures["area"]), BaseKind.POPULATION, 1000, seed=1
    )
    assert compared.tau_squared == judged.tau_squared
    found = conclude(compared)
    assert found.above == judged.named(Verdict.HIGHER)
    assert found.perhaps_above == judged.named(Verdict.PERHAPS_HIGHER)
    assert found.perhaps_below == judged.named(Verdict.PERHAPS_LOWER)
    assert found.inside == judged.named(Verdict.INSIDE)


def test_where_limits_are_of_chance_positions_are_those_of_the_funnel(wijken):
    figures = wijken.reset_index(names="area").rename(
        columns={"numerator": "count", "denominator": "base"}
    )
    found = compare_areas(figures.assign(name=figures["area"]), BaseKind.POPULATION, 1, seed=1)
    expected = positions(found.areas["count"], found.areas["base"], found.whole)
    assert found.areas["position_95"].tolist() == expected.tolist()
    assert (found.areas["position_95"] != Position.INSIDE).any()
    places = judge(wijken, Law.POPULATION, 1).places
    for level in (0.95, 0.998):
        outside = positions(places["count"], places["base"], found.whole, level) != Position.INSIDE
        assert (places["p_value"] <= 1 - level).tolist() == outside.tolist()
    assert set(JUDGED) > {Verdict.INSIDE}
