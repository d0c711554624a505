"""The reader's assumptions about avoided cost, and what follows from them. Pure functions.

Nothing here is realised money, and nothing of it is added to spending.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.address.page_list import range_names
from dashboard.address.reader_choices import number_in
from dashboard.comparison.avoided_cost import (
    DUTCH_DISCOUNT_RATE,
    Assumption,
    Assumptions,
    avoided_cost,
    central_values,
    published_count,
    tornado,
    yearly,
)
from dashboard.comparison.rounding import FURTHEST
from dashboard.elements.cards import KeyFigure
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import euros, number, percent

# Invented, and the screen says so: a municipality fills in its own.
EXAMPLE_PRICES = {"participation": 500.0, "step_up": 2_000.0, "paid_work": 10_000.0}


@dataclass(frozen=True)
class Parameter:
    """One assumption as the reader sets it: a share in percent, an amount in euros, or years.

    `url` is its name in the URL; `usual` the value on opening; low and high usually lie `spread`
    below and above what the reader sets (in percent of it where `relative`), within `limits`.
    """

    field: str
    url: str
    usual: float
    limits: tuple[float, float]
    step: float
    spread: float
    relative: bool = False


@dataclass(frozen=True)
class End:
    """The low or the high of a parameter, in the same unit as the parameter.

    `field` is "low" or "high", `url` its name in the URL; `usual` is what the margin gives, used
    unless the reader set another within `limits`, that keep it on its side of the central value.
    """

    field: str
    url: str
    usual: float
    limits: tuple[float, float]

    def nearest(self, asked: float | None) -> float:
        """Return what is used when the reader asks for a value, or for none."""
        return self.usual if asked is None else min(max(asked, self.limits[0]), self.limits[1])


PARAMETERS = (
    Parameter("unit_price", "bedrag", 0.0, (0.0, 500_000.0), 100.0, 25.0, relative=True),
    Parameter("deadweight", "deadweight", 40.0, (0.0, 100.0), 5.0, 15.0),
    Parameter("displacement", "verdringing", 10.0, (0.0, 100.0), 5.0, 5.0),
    Parameter("others", "anderen", 25.0, (0.0, 100.0), 5.0, 10.0),
    Parameter("drop_off", "afname", 30.0, (0.0, 100.0), 5.0, 15.0),
    Parameter("years", "jaren", 3.0, (1.0, 20.0), 1.0, 1.0),
    Parameter("discount", "disconto", 100 * DUTCH_DISCOUNT_RATE, (0.0, 15.0), 0.25, 1.0),
    Parameter("optimism", "optimisme", 25.0, (0.0, 100.0), 5.0, 10.0),
)
END_NAMES = tuple(end for each in PARAMETERS for end in range_names(each.url))
URL_NAMES = (*(each.url for each in PARAMETERS), *END_NAMES)
_FINE_STEP = 0.25
_WHOLE = ("unit_price", "years")


def usual(parameter: Parameter, outcome_id: str) -> float:
    """Return the value on opening; the example price depends on the outcome."""
    return EXAMPLE_PRICES[outcome_id] if parameter.field == "unit_price" else parameter.usual


def _whole_years(parameter: Parameter, value: float) -> float:
    return float(round(value)) if parameter.field == "years" else value


def _scale(parameter: Parameter) -> int:
    """Return what the reader's number is divided by: a share in percent becomes a fraction."""
    return 1 if parameter.field in _WHOLE else 100


def ends(parameter: Parameter, value: float) -> tuple[End, End]:
    """Return the low and the high around what the reader set as central value."""
    lowest, highest = parameter.limits
    central = _whole_years(parameter, value)
    spread = central * parameter.spread / 100 if parameter.relative else parameter.spread
    above = central + spread
    # Nothing is wrong with a margin past the limit of an amount or of years; a share ends at 100%.
    usual_high = above if parameter.field in _WHOLE else min(above, highest)
    low, high = range_names(parameter.url)
    return (
        End("low", low, max(central - spread, lowest), (lowest, central)),
        End("high", high, usual_high, (central, max(highest, usual_high))),
    )


def step_shown(parameter: Parameter, *values: float | None) -> float:
    """Return the step of a field, finer when a share would lose the decimals the sum uses."""
    exact = parameter.field not in _WHOLE and any(each is not None and each % 1 for each in values)
    return min(parameter.step, _FINE_STEP) if exact else parameter.step


def assumption(
    parameter: Parameter, value: float, source: str, given: Mapping[str, float]
) -> Assumption:
    """Return low, central and high as the formula takes them: shares as fractions, whole years.

    `value` is central, as the reader set it; `given` the ends the reader set, by URL name.
    """
    low, high = (
        _whole_years(parameter, each.nearest(given.get(each.url)))
        for each in ends(parameter, value)
    )
    scale = _scale(parameter)
    return Assumption(low / scale, _whole_years(parameter, value) / scale, high / scale, source)


def source(
    parameter: Parameter,
    value: float,
    given: Mapping[str, float],
    outcome_id: str,
    language: str,
) -> str:
    """Return where a value and its ends come from: the example, the national rate, the reader."""
    own_end = any(
        each.nearest(given.get(each.url)) != each.usual for each in ends(parameter, value)
    )
    if own_end or value != usual(parameter, outcome_id):
        return t("avoided.own_input", language)
    key = "national_rate" if parameter.field == "discount" else "invented"
    return t(f"avoided.{key}", language)


def given_ends(asked: Mapping[str, str]) -> dict[str, float]:
    """Return the ends in a link that are numbers. `asked`: as they stand there, by URL name."""
    numbers = {name: number_in(text) for name, text in asked.items()}
    return {name: value for name, value in numbers.items() if value is not None}


def moved_ends(values: Mapping[str, float], asked: Mapping[str, str], language: str) -> str:
    """Return a sentence on the ends in a link that cannot be used as they stand; '' for none.

    `values`: central values by URL name; `asked`: the ends as they stand in the link.
    """
    given = given_ends(asked)
    moved = [
        f"{t(f'avoided.{end.field}_of', language, name=t(f'avoided.{each.field}', language))}: "
        + _shown(each.field, end.nearest(given.get(end.url)) / _scale(each), language)
        for each in PARAMETERS
        for end in ends(each, values[each.url])
        if end.url in asked and end.nearest(given.get(end.url)) != given.get(end.url)
    ]
    return t("avoided.moved", language, ends="; ".join(moved)) if moved else ""


def assumptions(
    count: int,
    values: Mapping[str, float],
    given: Mapping[str, float],
    outcome_id: str,
    price_year: int,
    cashable: bool,
    language: str,
    error: float = 0.0,
) -> Assumptions:
    """Return all assumptions. `count`: as published; `error`: of a sum of several places, else 0.

    `values`: central values by URL name, as the reader set them; `given`: the ends the reader set,
    by URL name. An end that is absent lies at the usual margin.
    """
    made = {
        each.field: assumption(
            each,
            values[each.url],
            source(each, values[each.url], given, outcome_id, language),
            given,
        )
        for each in PARAMETERS
    }
    counted = published_count(count, t("avoided.published_count", language))
    if error > FURTHEST:
        # What is published of a sum lies further from the truth than that of one place.
        counted = replace(counted, low=max(count - error, 0.0), high=count + error)
    return Assumptions(count=counted, **made, price_year=price_year, cashable=cashable)


def result_title(made: Assumptions, language: str) -> str:
    """Return the result as a sentence: low, central and high, and that it is an indication."""
    result = avoided_cost(made)
    return t(
        "avoided.result_title",
        language,
        low=euros(result.low, language),
        central=euros(result.central, language),
        high=euros(result.high, language),
    )


def result_cards(made: Assumptions, language: str) -> list[KeyFigure]:
    """Return low, central and high as cards."""
    result = avoided_cost(made)
    return [
        KeyFigure(
            name=t(f"avoided.{end}", language),
            value=euros(getattr(result, end), language),
            known=True,
            meaning=t(f"avoided.{end}_meaning", language),
            course=(),
            course_text="",
            target=None,
            target_text="",
        )
        for end in ("low", "central", "high")
    ]


def _shown(field: str, value: float, language: str) -> str:
    if field == "unit_price":
        return euros(value, language)
    if field in ("count", "years"):
        return number(value, language)
    shown = round(100 * value, 4)
    return percent(shown, language, 0 if shown == round(shown) else 2)


def assumption_rows(made: Assumptions, language: str) -> pd.DataFrame:
    """Return name, low, central, high (as text), meaning and source per assumption."""
    fields = ("count", *(each.field for each in PARAMETERS))
    values = {each: getattr(made, each) for each in fields}
    return pd.DataFrame(
        {
            "name": [t(f"avoided.{each}", language) for each in fields],
            **{
                end: [_shown(each, getattr(values[each], end), language) for each in fields]
                for end in ("low", "central", "high")
            },
            "meaning": [t(f"avoided.{each}_help", language) for each in fields],
            "source": [values[each].source for each in fields],
        }
    )


def assumption_columns(language: str) -> list[Column]:
    """Return the columns of assumption_rows."""

    def numeric(header: str, name: str) -> Column:
        return Column(header, lambda row: row[name], lambda row: row[name], numeric=True)

    return [
        text_column(t("avoided.assumption", language), "name"),
        *(numeric(t(f"avoided.{end}", language), end) for end in ("low", "central", "high")),
        text_column(t("avoided.meaning", language), "meaning"),
        text_column(t("avoided.source", language), "source"),
    ]


def tornado_rows(made: Assumptions, language: str) -> pd.DataFrame:
    """Return name, low, high, swing (euros) and words per assumption, most important first."""
    found = tornado(made)
    return pd.DataFrame(
        {
            "name": [t(f"avoided.{each.parameter}", language) for each in found],
            "low": [each.unfavourable for each in found],
            "high": [each.favourable for each in found],
            "swing": [each.swing for each in found],
            "words": [
                f"{euros(each.unfavourable, language)} – {euros(each.favourable, language)}"
                for each in found
            ],
        }
    )


def tornado_title(rows: pd.DataFrame, language: str) -> str:
    """Return which assumption matters most, or which matter equally much."""
    swings = [euros(swing, language) for swing in rows["swing"]]
    most = [name for name, swing in zip(rows["name"], swings, strict=True) if swing == swings[0]]
    if len(most) > 1:
        names = listed([f"‘{name}’" for name in most], language)
        return t("avoided.tornado_tie", language, names=names, swing=swings[0])
    first, second = rows["name"].iloc[0], rows["name"].iloc[1]
    return t("avoided.tornado_title", language, first=first, second=second, swing=swings[0])


def tornado_columns(language: str) -> list[Column]:
    """Return the columns of tornado_rows."""

    def shown(value: float) -> str:
        return euros(value, language)

    return [
        text_column(t("avoided.assumption", language), "name"),
        *(
            number_column(t(f"avoided.tornado_{each}", language), each, shown)
            for each in ("low", "high", "swing")
        ),
    ]


def year_rows(made: Assumptions, language: str) -> pd.DataFrame:
    """Return year (1, 2, ...), undiscounted, present_value and after_optimism in euros."""
    central = central_values(made)
    years = yearly(central)
    return pd.DataFrame(
        {
            "year": [t("avoided.year", language, year=each.year) for each in years],
            "undiscounted": [each.undiscounted for each in years],
            "present_value": [each.present_value for each in years],
            "after_optimism": [each.present_value * (1 - central["optimism"]) for each in years],
        }
    )


def year_columns(language: str) -> list[Column]:
    """Return the columns of year_rows."""

    def shown(value: float) -> str:
        return euros(value, language)

    return [
        text_column(t("chart.year", language), "year"),
        *(
            number_column(t(f"avoided.{each}", language), each, shown)
            for each in ("undiscounted", "present_value", "after_optimism")
        ),
    ]
