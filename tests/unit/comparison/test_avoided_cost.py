"""Avoided cost: reference values, range, tornado, refusals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.comparison.avoided_cost import (
    PARAMETERS,
    Assumption,
    AssumptionError,
    Assumptions,
    avoided_cost,
    central_values,
    published_count,
    tornado,
    total,
    yearly,
)


def certain(value: float) -> Assumption:
    return Assumption(value, value, value, "reference")


@pytest.fixture
def reference() -> Assumptions:
    return Assumptions(
        count=certain(6),
        unit_price=certain(10_000),
        deadweight=certain(0.4),
        displacement=certain(0.1),
        others=certain(0.25),
        drop_off=certain(0.3),
        years=certain(3),
        discount=certain(0.0225),
        optimism=certain(0.25),
        price_year=2025,
        cashable=False,
    )


def test_reference_values(reference):
    years = yearly(central_values(reference))
    assert years[0].undiscounted == pytest.approx(24_300)
    assert [year.year for year in years] == [1, 2, 3]
    assert round(sum(year.present_value for year in years)) == 51_173
    found = avoided_cost(reference)
    assert round(found.central) == 38_380
    assert found.low == found.central == found.high


def test_low_and_high_take_every_parameter_at_its_end(reference):
    wide = replace(
        reference,
        count=Assumption(1, 5, 9),
        deadweight=Assumption(0.2, 0.4, 0.6),
        years=Assumption(1, 3, 5),
        discount=Assumption(0.01, 0.0225, 0.04),
    )
    found = avoided_cost(wide)
    kept = 0.9 * 0.75 * 0.75 * 10_000
    assert found.low == pytest.approx(1 * 0.4 * kept / 1.04)
    five_years = sum(0.7 ** (t - 1) / 1.01**t for t in range(1, 6))
    assert found.high == pytest.approx(9 * 0.8 * kept * five_years)
    assert found.low < found.central < found.high


def test_tornado_puts_what_matters_most_first(reference):
    wide = replace(
        reference,
        unit_price=Assumption(9_000, 10_000, 11_000),
        deadweight=Assumption(0.1, 0.4, 0.7),
        discount=Assumption(0.02, 0.0225, 0.025),
    )
    found = tornado(wide)
    assert [bar.parameter for bar in found[:3]] == ["deadweight", "unit_price", "discount"]
    assert found[0].unfavourable == pytest.approx(avoided_cost(wide).central * 0.5)
    assert found[0].favourable == pytest.approx(avoided_cost(wide).central * 1.5)
    assert found[0].swing == pytest.approx(avoided_cost(wide).central)
    assert {bar.parameter for bar in found} == set(PARAMETERS)
    assert all(bar.swing == 0 for bar in found[3:])


def test_there_are_nine_parameters():
    assert (
        *("count", "unit_price", "deadweight", "displacement", "others"),
        *("drop_off", "years", "discount", "optimism"),
    ) == PARAMETERS


shares = st.tuples(*[st.floats(0, 1)] * 3).map(sorted)


@given(
    shares, shares, st.tuples(*[st.integers(1, 10)] * 3).map(sorted), st.sampled_from(PARAMETERS)
)
def test_no_assumption_alone_leaves_the_range(deadweight, drop_off, years, parameter):
    wide = Assumptions(
        count=published_count(10, ""),
        unit_price=Assumption(5_000, 10_000, 20_000),
        deadweight=Assumption(*deadweight),
        displacement=Assumption(0, 0.1, 0.2),
        others=Assumption(0.1, 0.25, 0.5),
        drop_off=Assumption(*drop_off),
        years=Assumption(*years),
        discount=Assumption(0, 0.0225, 0.05),
        optimism=Assumption(0, 0.25, 0.5),
        price_year=2025,
        cashable=True,
    )
    found = avoided_cost(wide)
    assert 0 <= found.low <= found.central <= found.high
    values = central_values(wide)
    for end in (getattr(wide, parameter).low, getattr(wide, parameter).high):
        changed = total(values | {parameter: end})
        assert found.low - 1e-6 <= changed <= found.high + 1e-6
    bar = next(bar for bar in tornado(wide) if bar.parameter == parameter)
    assert bar.unfavourable <= found.central + 1e-6
    assert bar.favourable >= found.central - 1e-6


def test_a_published_count_brings_its_own_range():
    assert published_count(5, "release 3") == Assumption(1, 5, 9, "release 3")
    assert published_count(0, "") == Assumption(0, 0, 4, "")


@pytest.mark.parametrize(
    ("parameter", "values", "rule"),
    [
        ("deadweight", (0.5, 0.4, 0.6), "order"),
        ("deadweight", (0.2, 0.4, 1.2), "share"),
        ("unit_price", (-1, 10, 20), "negative"),
        ("unit_price", (1, 10, float("inf")), "number"),
        ("count", (float("nan"), 1, 2), "number"),
        ("years", (0, 1, 2), "years"),
        ("years", (1, 1.5, 2), "years"),
        ("years", (1, 2, 51), "years"),
    ],
)
def test_assumptions_that_cannot_be_used_say_which_and_why(reference, parameter, values, rule):
    with pytest.raises(AssumptionError) as refusal:
        replace(reference, **{parameter: Assumption(*values)})
    assert (refusal.value.parameter, refusal.value.rule) == (parameter, rule)
