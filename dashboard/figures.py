"""From the door's answers to what charts, tables and sentences need. Pure functions on frames."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.compare_areas import Comparison, NothingToCompareError, compare_areas
from dashboard.comparison.whole import Whole
from dashboard.kept import kept
from indicators.catalogue import INDICATORS
from indicators.periods import is_year
from indicators.vocabulary import Count, Indicator, Population


def base_kind(indicator: Indicator) -> BaseKind | None:
    """Return how areas can be compared on an indicator; None when chance cannot be worked out."""
    if not isinstance(indicator.numerator, Count):
        return None
    if isinstance(indicator.denominator, Population):
        return BaseKind.POPULATION
    return BaseKind.PEOPLE if isinstance(indicator.denominator, Count) else None


COMPARABLE: tuple[str, ...] = tuple(
    indicator.id for indicator in INDICATORS if base_kind(indicator) is not None
)


@kept
def wijken_of(named: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about wijken, by name."""
    return named[named["level"] == "wijk"].sort_values("name", ignore_index=True)


@kept
def only(values: pd.DataFrame, indicator_id: str, period: str = "") -> pd.DataFrame:
    """Return the rows of one indicator (and one period)."""
    chosen = values[values["indicator"] == indicator_id]
    return chosen[chosen["period"] == period] if period else chosen


@kept
def compared(named: pd.DataFrame, indicator: Indicator, seed: int) -> Comparison | None:
    """Compare the wijken of a gemeente with the gemeente as a whole.

    `named`: values of one indicator and period (cells.with_names), with the gemeente's own row.
    Returns None when the indicator cannot be compared or nothing has a usable figure.
    """
    kind = base_kind(indicator)
    if kind is None:
        return None
    wijken = wijken_of(named)
    members = dict(zip(wijken["area_code"], wijken["name"], strict=True))
    whole = whole_in(named[named["level"] == "gemeente"], kind)
    try:
        return compare_areas(
            counted(named, "area_code", members), kind, float(indicator.per), seed, whole
        )
    except NothingToCompareError:
        return None


def counted(rows: pd.DataFrame, key: str, members: Mapping[str, str]) -> pd.DataFrame:
    """Return what the comparison takes: area, name, count and base, a row per member.

    `rows`: values of one indicator and period, `key` the column with the ids of `members` (id ->
    name). A count is missing where nothing is published.
    """
    mine = rows.set_index(key).reindex(list(members))
    return pd.DataFrame(
        {
            "area": list(members),
            "name": list(members.values()),
            "count": mine["numerator"].where(mine["status"] == "published").to_numpy(),
            "base": mine["denominator"].fillna(0).to_numpy(),
        }
    )


def whole_in(rows: pd.DataFrame, kind: BaseKind) -> Whole | None:
    """Return the published whole in values of one indicator; None where there is none."""
    known = rows[rows["status"] == "published"]
    if known.empty:
        return None
    return Whole(float(known["numerator"].iloc[0]), float(known["denominator"].iloc[0]), kind)


@kept
def in_kind(series: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the periods of a series that are of the same kind (quarter or year) as `period`."""
    same = series["period"].map(is_year) == is_year(period)
    return series[same].sort_values("period", ignore_index=True)


@kept
def periods_of(areas: pd.DataFrame, gemeente: str) -> list[str]:
    """Return the closed periods of a gemeente, oldest first."""
    row = areas[areas["area_code"] == gemeente].iloc[0]
    return str(row["periods"]).split()


@kept
def from_counts(counts: pd.DataFrame, shown: Sequence[Indicator], area_code: str) -> pd.DataFrame:
    """Return values of indicators that are a plain count, from data_access.counts of one area.

    Columns as far as charts and key figures need them: indicator, area_code, period, value,
    status, reason, bound. Raises ValueError for an indicator with a denominator.
    """
    parts = []
    for each in shown:
        if not isinstance(each.numerator, Count) or each.denominator is not None:
            raise ValueError(f"{each.id} is no plain count")
        term = each.numerator
        mine = counts[(counts["measure"] == term.measure) & (counts["category"] == term.category)]
        kinds = ["year" if is_year(period) else "quarter" for period in mine["period"]]
        parts.append(mine[[kind in each.frequency for kind in kinds]].assign(indicator=each.id))
    frame = pd.concat(parts, ignore_index=True)
    frame["value"] = frame["value"].astype(float)
    return frame.assign(area_code=area_code, bound="")[
        ["indicator", "area_code", "period", "value", "status", "reason", "bound"]
    ]
