"""What is set side by side: wijken, organisations or whole gemeenten. Pure functions."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import pandas as pd

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.compare_areas import (
    Comparison,
    NothingToCompareError,
    against_whole,
    compare_areas,
)
from dashboard.comparison.figures import base_kind, counted, whole_in
from dashboard.comparison.whole import Whole
from dashboard.door import Door
from dashboard.words.copy import t
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


def compare(
    rows: pd.DataFrame,
    kind: UnitKind,
    names: Mapping[str, str],
    gemeente: str,
    indicator: Indicator,
    seed: int,
) -> Comparison | None:
    """Compare units with their whole and with each other.

    `rows`: values of one indicator and period (`rows_of`); `names`: the units, name by id.
    Returns None when they cannot be compared; `why_not` tells the reason.
    """
    law = law_of_chance(indicator, kind)
    if law is None:
        return None
    figures = counted(rows, key_of(kind), names)
    whole = published_whole(rows, kind, names, gemeente, law)
    try:
        return compare_areas(
            figures, law, float(indicator.per), seed, whole, always_widened=_always_widened(kind)
        )
    except NothingToCompareError:
        return None


def verdicts(
    rows: pd.DataFrame,
    kind: UnitKind,
    names: Mapping[str, str],
    gemeente: str,
    indicator: Indicator,
) -> tuple[pd.DataFrame, Whole] | None:
    """Return only how units stand against their whole (see `compare`), for a sheet of many lines.

    The frame is that of `against_whole`, by id.
    """
    law = law_of_chance(indicator, kind)
    if law is None:
        return None
    figures = counted(rows, key_of(kind), names)
    whole = published_whole(rows, kind, names, gemeente, law)
    try:
        table, against, _ = against_whole(
            figures, law, float(indicator.per), whole, always_widened=_always_widened(kind)
        )
    except NothingToCompareError:
        return None
    return table.set_index("area"), against


def _always_widened(kind: UnitKind) -> bool:
    """Gemeenten differ in more than chance: their scatter is always in the limits."""
    return kind is UnitKind.GEMEENTEN


def law_of_chance(indicator: Indicator, kind: UnitKind) -> BaseKind | None:
    """Return how units of a kind can be compared on an indicator; None when they cannot."""
    return None if without_base(indicator, kind) else base_kind(indicator)


def without_base(indicator: Indicator, kind: UnitKind) -> bool:
    """Tell whether an indicator is per resident, which has no meaning for an organisation."""
    return kind is UnitKind.ORGANISATIONS and isinstance(indicator.denominator, Population)


def published_whole(
    rows: pd.DataFrame, kind: UnitKind, names: Mapping[str, str], gemeente: str, law: BaseKind
) -> Whole | None:
    """Return the published whole, or None: then the compared units are added up."""
    whole, ids = whole_id(kind, gemeente), rows[key_of(kind)]
    if whole is None:
        return None
    return whole_in(rows[ids == whole], law, rows[ids.isin(list(names))])


def why_not(indicator: Indicator, kind: UnitKind, language: str) -> str:
    """Return the sentence that says why units cannot be compared on an indicator."""
    if kind is UnitKind.ORGANISATIONS and isinstance(indicator.denominator, Population):
        return t(f"compare.no_{indicator.denominator.group}", language)
    if base_kind(indicator) is None:
        return t("compare.not_comparable", language)
    return said("compare.no_figures", kind, language)


def related(indicator: Indicator, kind: UnitKind) -> tuple[Indicator, ...]:
    """Return the indicators of the same count on another base, itself included.

    Where the indicator itself cannot be compared and none of these can, all that can be compared.
    """
    fit = [each for each in INDICATORS if law_of_chance(each, kind) is not None]
    same = [
        each
        for each in fit
        if each.numerator == indicator.numerator and isinstance(each.numerator, Count)
    ]
    if law_of_chance(indicator, kind) is None:
        return tuple(same or fit)
    return tuple(same) if len(same) > 1 else ()
