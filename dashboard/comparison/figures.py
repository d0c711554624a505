"""From the door's answers to what charts, tables and sentences need. Pure functions on frames."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.comparison.base_kind import BaseKind
from dashboard.comparison.compare_areas import Comparison, NothingToCompareError, compare_areas
from dashboard.comparison.rounding import FURTHEST
from dashboard.comparison.whole import Whole
from dashboard.words.value_text import shown_in
from indicators.catalogue import INDICATORS
from indicators.periods import is_year, quarters_between
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


def wijken_of(named: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about wijken, by name."""
    return named[named["level"] == "wijk"].sort_values("name", ignore_index=True)


def only(values: pd.DataFrame, indicator_id: str, period: str = "") -> pd.DataFrame:
    """Return the rows of one indicator (and one period)."""
    chosen = values[values["indicator"] == indicator_id]
    return chosen[chosen["period"] == period] if period else chosen


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
    whole = whole_in(named[named["level"] == "gemeente"], kind, wijken)
    try:
        return compare_areas(
            counted(named, "area_code", members), kind, float(indicator.per), seed, whole
        )
    except NothingToCompareError:
        return None


def counted(rows: pd.DataFrame, key: str, members: Mapping[str, str]) -> pd.DataFrame:
    """Return what the comparison takes: area, name, count, base and their errors, per member.

    `rows`: values of one indicator and period, `key` the column with the ids of `members` (id ->
    name). A count is missing where nothing is published, or only an incomplete figure: without a
    delivery a place is not compared and no part of the pooled rate.
    """
    mine = rows.set_index(key).reindex(list(members))
    return pd.DataFrame(
        {
            "area": list(members),
            "name": list(members.values()),
            "count": mine["numerator"].where(mine["status"] == "published").to_numpy(),
            "base": mine["denominator"].fillna(0).to_numpy(),
            "count_error": mine["numerator_error"].fillna(0).to_numpy(),
            "base_error": mine["denominator_error"].fillna(0).to_numpy(),
        }
    )


def whole_in(rows: pd.DataFrame, kind: BaseKind, members: pd.DataFrame) -> Whole | None:
    """Return the published whole in values of one indicator; None where there is none.

    Nor is there one where a member has no organisation: its residents are in the whole, but it has
    no place in the pooled rate.
    """
    known = rows[rows["status"] == "published"]
    if known.empty or (members["reason"] == "no_organisation").any():
        return None
    row = known.iloc[0]
    return Whole(
        float(row["numerator"]),
        float(row["denominator"]),
        kind,
        max(float(row["numerator_error"]), FURTHEST),
        max(float(row["denominator_error"]), FURTHEST),
    )


def why_lacking(rows: pd.DataFrame, key: str, members: Mapping[str, str]) -> dict[str, str]:
    """Return why members (id -> name) have no place in a comparison, by name.

    "partial" or "no_organisation"; others are not in it. `rows` and `key`: see `counted`.
    """
    found = {}
    for row in rows[rows[key].isin(list(members))].to_dict("records"):
        if row["reason"] == "no_organisation":
            found[members[row[key]]] = "no_organisation"
        elif row["status"] == "partial":
            found[members[row[key]]] = "partial"
    return found


def any_known(rows: pd.DataFrame) -> bool:
    """Tell whether there is anything to draw."""
    return bool(shown_in(rows).any())


def in_kind(series: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the periods of a series that are of the same kind (quarter or year) as `period`.

    A period in between that is not closed gets a row without a figure, or a line would run on.
    """
    same = series[series["period"].map(is_year) == is_year(period)]
    return with_holes(same.sort_values("period", ignore_index=True))


def with_holes(series: pd.DataFrame) -> pd.DataFrame:
    """Return a series of one kind of period, in order, with a row per period that is not closed.

    Only periods between the first and the last; such a row is "no_data" for "not_closed".
    """
    closed = list(series["period"])
    if not closed:
        return series
    if is_year(closed[0]):
        wanted = [str(year) for year in range(int(closed[0]), int(closed[-1]) + 1)]
    else:
        wanted = quarters_between(closed[0], closed[-1])
    holes = [each for each in wanted if each not in set(closed)]
    if not holes:
        return series
    rows = series.iloc[:1].assign(status="no_data", reason="not_closed", value=float("nan"))
    empty_words = ("bound", "missing", "missing_names", "together_names")
    rows = rows.assign(**{name: "" for name in empty_words if name in rows})
    nothing = ("without", "numerator_error", "denominator_error", "rounding", "step")
    rows = rows.assign(**{name: 0 for name in nothing if name in rows})
    empty = pd.concat([rows.assign(period=each) for each in holes])
    return pd.concat([series, empty]).sort_values("period", ignore_index=True)


def periods_of(areas: pd.DataFrame, gemeente: str) -> list[str]:
    """Return the closed periods of a gemeente, oldest first."""
    row = areas[areas["area_code"] == gemeente].iloc[0]
    return str(row["periods"]).split()


def from_counts(counts: pd.DataFrame, shown: Sequence[Indicator], area_code: str) -> pd.DataFrame:
    """Return values of indicators that are a plain count, from data_access.counts of one area.

    Columns as far as charts and key figures need them: indicator, area_code, period, value,
    status, reason, bound, without, missing, numerator_error, and the names of organisations that
    the door gives. Raises ValueError for an indicator with a denominator.
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
    told = ["without", "missing", "missing_names", "together_names", "numerator_error", "rounding"]
    frame = frame.rename(columns={"error": "numerator_error"}).assign(area_code=area_code, bound="")
    return frame[
        [
            *("indicator", "area_code", "period", "value", "status", "reason", "bound"),
            *(name for name in told if name in frame),
        ]
    ]
