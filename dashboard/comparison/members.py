"""What is set side by side: wijken, organisations or whole gemeenten. Pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from dashboard.comparison.compare_areas import (
    Comparison,
    NothingToCompareError,
    comparison_of,
)
from dashboard.comparison.judgement import Judged, judge
from dashboard.comparison.law import Law, law_of
from dashboard.door import Door
from dashboard.words.copy import t
from dashboard.words.rows import Row, plain
from indicators.catalogue import INDICATORS
from indicators.periods import is_year
from indicators.vocabulary import Count, Indicator, Population


class UnitKind(StrEnum):
    """The kinds of things that can be compared, as they stand in the URL."""

    WIJKEN = "wijken"
    ORGANISATIONS = "organisaties"
    GEMEENTEN = "gemeenten"


def said(key: str, kind: UnitKind, language: str, **values: object) -> str:
    """Return text `key` with the words for this kind: {one}, {many} and {whole}."""
    words = {form: t(f"unit_kind.{kind.value}.{form}", language) for form in _FORMS}
    return t(key, language, **words, **values)


_FORMS = ("one", "many", "whole")


def key_of(kind: UnitKind) -> str:
    """Return the column of a frame of values that tells the units apart."""
    return "organisation_id" if kind is UnitKind.ORGANISATIONS else "area_code"


def periods(period: str, closed: Sequence[str]) -> tuple[str, str]:
    """Return the quarter and the year that go with a period, '' where not closed.

    With a quarter goes the newest closed year that ends on or before it; with a year its last
    quarter.
    """
    quarter = f"{period}-Q4" if is_year(period) else period
    years = [each for each in closed if is_year(each) and f"{each}-Q4" <= quarter]
    return (quarter if quarter in closed else ""), max(years, default="")


def period_of(indicator: Indicator, quarter: str, year: str) -> str:
    """Return the period in which an indicator stands beside others: its usual kind."""
    return year if indicator.frequency[0] == "year" else quarter


def values_of(
    door: Door, kind: UnitKind, indicators: Sequence[str], wanted: Sequence[str]
) -> pd.DataFrame:
    """Return values of all units of a kind, and of their whole, in the `wanted` periods."""
    if kind is UnitKind.GEMEENTEN:
        return door.of_gemeenten(indicators, wanted)
    if kind is UnitKind.ORGANISATIONS:
        return door.by_organisation(indicators, wanted)
    return door.panel(indicators, wanted)


def members(kind: UnitKind, areas: pd.DataFrame) -> dict[str, str]:
    """Return wijken or gemeenten: name by code, in order of name.

    `areas`: data_access.areas for wijken, data_access.gemeenten for gemeenten.
    """
    level = "gemeente" if kind is UnitKind.GEMEENTEN else "wijk"
    rows = areas[areas["level"] == level]
    return _by_name(dict(zip(rows["area_code"], rows["name"], strict=True)))


def organisations(gemeente: str, known: pd.DataFrame) -> dict[str, str]:
    """Return the organisations of a gemeente: name by id, in order of name.

    `known`: data_access.organisations.
    """
    rows = known[known["gemeente_code"] == gemeente]
    return _by_name(dict(zip(rows["organisation_id"], rows["name"], strict=True)))


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


def whole_id(kind: UnitKind, gemeente: str) -> str | None:
    """Return the id of the whole that units are a part of; None where none is published."""
    return {UnitKind.WIJKEN: gemeente, UnitKind.ORGANISATIONS: "", UnitKind.GEMEENTEN: None}[kind]


def rows_of(values: pd.DataFrame, indicator_id: str, period: str) -> pd.DataFrame:
    """Return the values of one indicator in one period."""
    return values[(values["indicator"] == indicator_id) & (values["period"] == period)]


@dataclass(frozen=True)
class UnitFigures:
    """One indicator in one period: its values (`rows_of`), also by unit, and all verdicts."""

    rows: pd.DataFrame
    by_unit: Mapping[str, Row]
    judged: Judged


def figures_of(
    values: pd.DataFrame,
    kind: UnitKind,
    names: Mapping[str, str],
    gemeente: str,
    indicator: Indicator,
    period: str,
) -> UnitFigures:
    """Return the figures of all units of a kind (id -> name) out of `values_of`."""
    rows = rows_of(values, indicator.id, period)
    by_unit = {str(row[key_of(kind)]): row for row in plain(rows)}
    return UnitFigures(rows, by_unit, judged(rows, kind, names, gemeente, indicator))


def judged(
    rows: pd.DataFrame,
    kind: UnitKind,
    names: Mapping[str, str],
    gemeente: str,
    indicator: Indicator,
) -> Judged:
    """Return the verdict of every unit, by id: what each page shows of it comes from here.

    `rows`: values of one indicator and period (`rows_of`), that of the whole among them; `names`:
    all units of a kind, name by id. Gemeenten differ in more than chance: their scatter is always
    in the limits.
    """
    by_id, whole = rows.set_index(key_of(kind)), whole_id(kind, gemeente)
    known = whole is not None and whole in by_id.index
    above = by_id.loc[whole] if known else None
    return judged_among(by_id.reindex(list(names)), kind, above, indicator)


def judged_among(
    places: pd.DataFrame, kind: UnitKind, whole: pd.Series | None, indicator: Indicator
) -> Judged:
    """Return the verdict of every place: values of one indicator and period, by id.

    `whole`: the row of their published whole, None where there is none.
    """
    above = None if whole is None else {str(name): each for name, each in whole.items()}
    return judge(
        places,
        law_of_chance(indicator, kind),
        float(indicator.per),
        above,
        always_widened=kind is UnitKind.GEMEENTEN,
    )


def wijken_judged(values: pd.DataFrame, indicator: Indicator) -> Judged:
    """Return the verdict of every wijk of one gemeente, by code.

    `values`: one indicator in one period with columns name and level (`value_text.with_names`).
    """
    wijken = values[values["level"] == "wijk"]
    names = dict(zip(wijken["area_code"], wijken["name"], strict=True))
    [gemeente] = list(values.loc[values["level"] == "gemeente", "area_code"])[:1] or [""]
    return judged(values, UnitKind.WIJKEN, _by_name(names), gemeente, indicator)


def compare(
    verdicts: Judged, kind: UnitKind, names: Mapping[str, str], indicator: Indicator, seed: int
) -> Comparison | None:
    """Compare units with each other, beside their verdicts (`judged`).

    Returns None when they cannot be compared; `why_not` tells the reason.
    """
    if not is_compared(indicator, kind):
        return None
    try:
        return comparison_of(verdicts, names, seed)
    except NothingToCompareError:
        return None


def law_of_chance(indicator: Indicator, kind: UnitKind) -> Law:
    """Return the law by which units of a kind are judged on an indicator."""
    return Law.NONE if without_base(indicator, kind) else law_of(indicator)


def is_compared(indicator: Indicator, kind: UnitKind) -> bool:
    """Tell whether units can be set out by the size of their base, in a funnel."""
    return law_of_chance(indicator, kind) in (Law.POPULATION, Law.PEOPLE)


def without_base(indicator: Indicator, kind: UnitKind) -> bool:
    """Tell whether an indicator is per resident, which has no meaning for an organisation."""
    return kind is UnitKind.ORGANISATIONS and isinstance(indicator.denominator, Population)


def why_not(indicator: Indicator, kind: UnitKind, language: str) -> str:
    """Return the sentence that says why units cannot be compared on an indicator."""
    if kind is UnitKind.ORGANISATIONS and isinstance(indicator.denominator, Population):
        return t(f"compare.no_{indicator.denominator.group}", language)
    if law_of(indicator) is Law.MONEY:
        return said("compare.money", kind, language)
    if law_of(indicator) is Law.NONE:
        return t("compare.not_comparable", language)
    return said("compare.no_figures", kind, language)


def related(indicator: Indicator, kind: UnitKind) -> tuple[Indicator, ...]:
    """Return the indicators of the same count on another base, itself included.

    Where the indicator itself cannot be compared and none of these can, all that can be compared.
    """
    fit = [each for each in INDICATORS if is_compared(each, kind)]
    same = [
        each
        for each in fit
        if each.numerator == indicator.numerator and isinstance(each.numerator, Count)
    ]
    if not is_compared(indicator, kind):
        return tuple(same or fit)
    return tuple(same) if len(same) > 1 else ()
