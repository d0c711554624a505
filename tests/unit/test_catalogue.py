"""The catalogue is whole: what it names exists, in both languages, and is counted somewhere."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from data_access.measures import COUNTINGS
from data_access.register import COVERAGE_SUBJECTS
from indicators import vocabulary
from indicators.catalogue import INDICATORS, MEASURES, OUTCOMES
from indicators.taakvelden import TAAKVELDEN
from indicators.vocabulary import (
    Amount,
    Count,
    Flow,
    Indicator,
    Measure,
    Money,
    Outcome,
    Population,
    Stock,
    SumOverPeople,
    Text,
    Unit,
    YearCount,
)

BY_ID = {measure.id: measure for measure in MEASURES}
ENTRIES = (*MEASURES, *INDICATORS, *OUTCOMES)
KINDS_OF_PERIOD = {
    Stock: {"quarter"},
    SumOverPeople: {"quarter"},
    Flow: {"quarter", "year"},
    YearCount: {"year"},
    Amount: {"quarter", "year"},
}


def _texts(entry: Any) -> Iterator[Text]:
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if isinstance(value, Text):
            yield value
        elif isinstance(value, tuple):
            for each in value:
                if dataclasses.is_dataclass(each):
                    yield from _texts(each)


def _counts(entry: Indicator | Measure | Outcome) -> list[Count]:
    if isinstance(entry, Indicator):
        sides = (entry.numerator, entry.denominator)
        return [side for side in sides if isinstance(side, Count)]
    if isinstance(entry, Outcome):
        return [entry.counted_by]
    return [bound.whole for bound in entry.within]


def _kinds_of_period(measure: Measure) -> set[str]:
    return next(kinds for type_, kinds in KINDS_OF_PERIOD.items() if isinstance(measure, type_))


def test_every_measure_is_counted_and_nothing_else_is() -> None:
    counted = {measure.id for measure in MEASURES if not isinstance(measure, Amount)}
    assert set(COUNTINGS) == counted


def test_countings_need_deliveries_that_exist() -> None:
    for counting in COUNTINGS.values():
        assert counting.subjects
        assert set(counting.subjects) <= set(COVERAGE_SUBJECTS)


@pytest.mark.parametrize("entries", [MEASURES, INDICATORS, OUTCOMES])
def test_ids_are_unique_and_fit_in_a_url(entries: tuple[Any, ...]) -> None:
    ids = [entry.id for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(each.isidentifier() and each == each.lower() for each in ids)


def test_codes_of_taakvelden_are_unique() -> None:
    codes = [each.code for each in TAAKVELDEN]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{type(entry).__name__}-{entry.id}")
def test_every_text_is_there_in_both_languages(entry: Any) -> None:
    texts = list(_texts(entry))
    assert texts
    for text in texts:
        assert text.nl.strip() == text.nl != ""
        assert text.en.strip() == text.en != ""


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{type(entry).__name__}-{entry.id}")
def test_what_an_entry_counts_exists(entry: Indicator | Measure | Outcome) -> None:
    for count in _counts(entry):
        categories = {category.id for category in BY_ID[count.measure].categories}
        assert count.category in {"", *categories}


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_bounds_name_a_whole_that_is_protected_before_its_part(measure: Measure) -> None:
    order = [each.id for each in MEASURES]
    for bound in measure.within:
        assert bound.category in {"", *(category.id for category in measure.categories)}
        whole = BY_ID[bound.whole.measure]
        assert whole.base == measure.base, "another base would round a part above its whole"
        if bound.over_year:
            assert isinstance(whole, YearCount)
            assert bound.category == bound.whole.category == "", "totals only"
            assert not whole.within, "a whole over the year waits for no whole of its own"
        else:
            assert order.index(whole.id) < order.index(measure.id)
            assert whole.people == measure.people, "the threshold keeps the part within"


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_what_decides_on_a_breakdown_is_a_total_that_places_have(measure: Measure) -> None:
    if not measure.out_of:
        return
    whole = BY_ID[measure.out_of]
    assert whole.people == measure.people


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_merged_classes_are_neighbours_and_leave_none_out(measure: Measure) -> None:
    names = tuple(category.id for category in measure.categories)
    merged = tuple(name for each in measure.merged for name in each.of)
    assert merged in ((), names)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.id)
def test_every_count_of_people_has_a_base(measure: Measure) -> None:
    assert measure.base == 0 if isinstance(measure, Amount) else measure.base >= 5


@pytest.mark.parametrize("each", INDICATORS, ids=lambda each: each.id)
def test_an_indicator_exists_where_its_counts_do(each: Indicator) -> None:
    """Stocks never get a year: their quarters do not add up."""
    assert each.frequency
    assert len(set(each.frequency)) == len(each.frequency)
    for count in _counts(each):
        assert set(each.frequency) <= _kinds_of_period(BY_ID[count.measure])


@pytest.mark.parametrize("each", INDICATORS, ids=lambda each: each.id)
def test_money_names_a_nature_and_outcome_that_exist(each: Indicator) -> None:
    for side in (each.numerator, each.denominator):
        if isinstance(side, Money):
            assert side.nature in ("", "structureel", "incidenteel")
            assert side.outcome in {"", *(outcome.id for outcome in OUTCOMES)}


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.id)
def test_every_outcome_has_its_cost(outcome: Outcome) -> None:
    costs = [each for each in INDICATORS if each.numerator == Money("", outcome.id)]
    assert any(
        each.denominator == outcome.counted_by and each.unit is Unit.EURO_PER_OUTCOME
        for each in costs
    )


def test_the_issue_s_indicators_are_all_there() -> None:
    sides = {(each.numerator, each.denominator) for each in INDICATORS}
    wanted = {
        (Count("volunteers", ""), None),
        (Count("volunteers", ""), Population("residents")),
        (Count("outflow", ""), None),
        *((Count(f"still_in_work_{months}", ""), Count("outflow", "")) for months in (6, 12, 18)),
        (Count("ladder_moves", "up"), None),
        (Money("", ""), None),
        (Money("", ""), Population("residents")),
        (Money("structureel", ""), Money("", "")),
    }
    assert wanted <= sides


@pytest.mark.parametrize(
    "type_", [Indicator, Measure, Outcome, vocabulary.Category, vocabulary.Bound, Count, Money]
)
def test_nothing_in_an_entry_has_a_default(type_: type) -> None:
    for field in dataclasses.fields(type_):
        assert field.default is dataclasses.MISSING
        assert field.default_factory is dataclasses.MISSING
