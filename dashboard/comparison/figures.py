"""From the door's answers to what charts, tables and sentences need. Pure functions on frames."""

from collections.abc import Sequence

import pandas as pd

from dashboard.words.value_text import shown_in
from indicators.periods import is_year, quarters_between
from indicators.vocabulary import Count, Indicator


def wijken_of(named: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about wijken, by name."""
    return named[named["level"] == "wijk"].sort_values("name", ignore_index=True)


def only(values: pd.DataFrame, indicator_id: str, period: str = "") -> pd.DataFrame:
    """Return the rows of one indicator (and one period)."""
    chosen = values[values["indicator"] == indicator_id]
    return chosen[chosen["period"] == period] if period else chosen


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
