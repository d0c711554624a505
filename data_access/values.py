"""Published values of indicators: the questions that pages ask most.

A value is made from published numbers only (numerator, denominator), so nothing that a page can
show says more than the release does.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from data_access import release_tables as t
from data_access.door import ask, together
from data_access.shelf import ReleaseKey
from indicators.catalogue import COUNT_BASE, MINIMUM_BASE, indicator
from indicators.periods import is_year
from indicators.vocabulary import Count, Indicator, Money, Population, Unit

_EVERYWHERE = Count("outflow", "")
_SPENDING_MISSING = Count("spending", "")
_KINDS = frozenset({"year", "quarter"})
KEYS = ["indicator", "area_code", "organisation_id", "period"]
VALUE_COLUMNS = [
    *KEYS, "value", "numerator", "denominator", "status", "reason", "bound", "bound_value",
]  # fmt: skip


def panel(
    release: ReleaseKey,
    indicators: Sequence[str],
    periods: Sequence[str],
    whole_series_of: str,
) -> pd.DataFrame:
    """Values of some indicators: every area in `periods`, and one area in all its periods.

    `whole_series_of` is an area code ('' for none). Returns the columns of VALUE_COLUMNS:
    indicator, area_code, organisation_id (''), period, value (in the indicator's unit; NaN unless
    published), numerator, denominator (money in euros), status ("published", "no_data",
    "not_shown"), reason, bound ("", "under", "over") and bound_value (what a share of 0 % or
    100 % may be said to lie under or over). At most two queries.
    """
    place = _Place(release, tuple(periods), whole_series_of, "areas")
    return _values(place, indicators)


def published(release: ReleaseKey, indicator_id: str, period: str) -> pd.DataFrame:
    """Values of one indicator for the gemeente and all its wijken in one period (see `panel`)."""
    return panel(release, (indicator_id,), (period,), "")


def series(release: ReleaseKey, indicator_id: str, area_code: str) -> pd.DataFrame:
    """Values of one indicator in one area for all periods, oldest first (see `panel`)."""
    frame = panel(release, (indicator_id,), (), area_code)
    return frame.sort_values("period", ignore_index=True)


def by_organisation(
    release: ReleaseKey, indicators: Sequence[str], periods: Sequence[str]
) -> pd.DataFrame:
    """Values per organisation of a gemeente (see `panel`); area_code is the gemeente.

    The row with organisation_id '' is about all of them together. Indicators per resident have no
    meaning for an organisation: status "no_data".
    """
    return _values(_Place(release, tuple(periods), "", "organisations"), indicators)


def of_gemeenten(
    releases: Sequence[ReleaseKey], indicators: Sequence[str], periods: Sequence[str]
) -> pd.DataFrame:
    """Values of the gemeenten of some releases (see `panel`); one without a row has none."""
    places = (_Place(each, tuple(periods), "", "gemeente") for each in releases)
    return together(_values(place, indicators) for place in places)


def counts(
    release: ReleaseKey,
    measures: Sequence[str],
    area_code: str = "",
    organisation_id: str = "",
    periods: Sequence[str] = (),
) -> pd.DataFrame:
    """Published counts with all their categories, for one place ('' area: the gemeente).

    Columns: measure, period, item, category ('' is the total), value, status, reason.
    """
    c = t.pub_cell.c
    question = select(c.measure, c.period, c.item, c.category, c.value, c.status, c.reason).where(
        c.measure.in_(list(measures)),
        c.area_code == (area_code or release.gemeente),
        c.organisation_id == organisation_id,
    )
    if periods:
        question = question.where(c.period.in_(list(periods)))
    return ask(release, question.order_by(c.measure, c.period, c.item, c.category))


def _values(place: "_Place", indicators: Sequence[str]) -> pd.DataFrame:
    chosen = [indicator(each) for each in indicators]
    counts: dict[Count, set[str]] = {}
    amounts: dict[Money, set[str]] = {}
    for each in chosen:
        for term in (each.numerator, each.denominator):
            if isinstance(term, Count):
                counts.setdefault(term, set()).update(each.frequency)
            elif isinstance(term, Money):
                amounts.setdefault(term, set()).update(each.frequency)
    cells = _cells(place, counts)
    money = _money(place, amounts) if amounts else None
    frames = [_indicator_values(each, cells, money) for each in chosen]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=VALUE_COLUMNS)
    return frame[VALUE_COLUMNS].sort_values(KEYS, ignore_index=True)


@dataclass(frozen=True)
class _Place:
    """Which areas or organisations and periods of a release a question is about.

    `series_of` is the area that is asked in all its periods ('' for none).
    """

    release: ReleaseKey
    periods: tuple[str, ...]
    series_of: str
    members: Literal["areas", "organisations", "gemeente"]

    @property
    def gemeente(self) -> str:
        """Return the code of the gemeente that the release is of."""
        return self.release.gemeente

    def periods_of(self, kinds: AbstractSet[str]) -> list[str]:
        """Return the periods of these kinds ("year", "quarter")."""
        return [each for each in self.periods if ("year" if is_year(each) else "quarter") in kinds]


def _cells(place: _Place, wanted: Mapping[Count, AbstractSet[str]]) -> pd.DataFrame:
    """Published counts per place and period, with the residents of the area beside them.

    `wanted` gives the kinds of period in which each count is needed. The total of `outflow` is
    always asked too: it exists for every place and period, and so lists the places for indicators
    that are about money only.
    """
    c, a = t.pub_cell.c, t.pub_area.c
    joined = t.pub_cell.join(t.pub_area, a.area_code == c.area_code)
    terms = {**wanted, _EVERYWHERE: _KINDS, _SPENDING_MISSING: _KINDS}
    any_of = [
        and_(
            c.measure == each.measure,
            c.category == each.category,
            or_(c.period.in_(place.periods_of(kinds)), c.area_code == place.series_of),
        )
        for each, kinds in terms.items()
    ]
    whose = {
        "areas": c.organisation_id == "",
        "organisations": c.area_code == place.gemeente,
        "gemeente": and_(c.area_code == place.gemeente, c.organisation_id == ""),
    }[place.members]
    question = (
        select(
            c.measure,
            c.category,
            c.area_code,
            c.organisation_id,
            c.period,
            c.value,
            c.status,
            c.reason,
            a.residents,
            a.bijstand,
        )
        .select_from(joined)
        .where(whose, or_(*any_of), c.item == "")
    )
    return ask(place.release, question)


def _money(place: _Place, terms: Mapping[Money, AbstractSet[str]]) -> pd.DataFrame:
    """Euros. Columns: area_code, organisation_id, period, nature, outcome, euros.

    `terms` gives the kinds of period in which each amount is needed.
    """
    # Money that belongs to no organisation is a part of the whole, and no organisation.
    m = t.pub_amount.c
    members: list[tuple[ColumnElement[Any], ColumnElement[bool]]]
    if place.members == "organisations":
        members = [(m.organisation_id, m.organisation_id != ""), (literal(""), true())]
    elif place.members == "areas":
        members = [(m.area_code, true()), (literal(place.gemeente), true())]
    else:
        members = [(literal(place.gemeente), true())]
    parts = []
    for kind, period in (("year", cast(m.year, String)), ("quarter", m.quarter)):
        if not any(kind in kinds for kinds in terms.values()):
            continue
        chosen = place.periods_of({kind})
        if chosen:
            parts += [
                _sums(terms, who, period, and_(period.in_(chosen), whose)) for who, whose in members
            ]
        if place.series_of == place.gemeente:
            everyone = literal(place.gemeente)
            parts.append(_sums(terms, everyone, period, period.not_in(chosen)))
        elif place.series_of:
            here = and_(m.area_code == place.series_of, period.not_in(chosen))
            parts.append(_sums(terms, m.area_code, period, here))
    if not parts:
        return pd.DataFrame(columns=[*KEYS[1:], "nature", "outcome", "euros"])
    frame = ask(place.release, union_all(*parts))
    frame["euros"] = frame["cents"].astype(float) / 100
    if place.members == "organisations":
        return frame.rename(columns={"place": "organisation_id"}).assign(area_code=place.gemeente)
    return frame.rename(columns={"place": "area_code"}).assign(organisation_id="")


def _sums(
    terms: Mapping[Money, AbstractSet[str]],
    who: ColumnElement[Any],
    period: ColumnElement[Any],
    where: ColumnElement[bool],
) -> Select[Any]:
    """Sum cents, split by nature and outcome only where a term needs it."""
    m = t.pub_amount.c
    nothing: ColumnElement[Any] = literal("")
    rows = (
        select(
            who.label("place"),
            period.label("period"),
            (m.nature if any(each.nature for each in terms) else nothing).label("nature"),
            (m.outcome if any(each.outcome for each in terms) else nothing).label("outcome"),
            m.cents,
        )
        .where(where)
        .subquery()
    )
    keys = [rows.c.place, rows.c.period, rows.c.nature, rows.c.outcome]
    return select(*keys, func.sum(rows.c.cents).label("cents")).group_by(*keys)


def _indicator_values(
    each: Indicator, cells: pd.DataFrame, money: pd.DataFrame | None
) -> pd.DataFrame:
    keys = ["area_code", "organisation_id", "period"]
    frame = _places(each, cells)
    for side, term in (("numerator", each.numerator), ("denominator", each.denominator)):
        if isinstance(term, Count):
            part = cells[(cells["measure"] == term.measure) & (cells["category"] == term.category)]
            part = part[[*keys, "value", "status", "reason"]]
            frame = frame.merge(
                part.rename(columns={name: f"{side}_{name}" for name in part.columns[3:]}),
                on=keys,
                how="left",
            ).rename(columns={f"{side}_value": side})
        elif isinstance(term, Money):
            frame = frame.merge(_euros(term, money, side), on=keys, how="left")
            frame[side] = frame[side].fillna(0.0)
            frame[f"{side}_status"] = frame["spending_status"]
            frame[f"{side}_reason"] = frame["spending_reason"]
        elif isinstance(term, Population):
            of_area = frame["organisation_id"].isin(["", *frame["area_code"].unique()])
            known = frame[term.group].notna() & of_area
            frame[side] = frame[term.group]
            frame[f"{side}_status"] = known.map({True: "published", False: "no_data"})
            frame[f"{side}_reason"] = known.map({True: "", False: "no_population"})
        else:
            frame[side], frame[f"{side}_status"], frame[f"{side}_reason"] = 1.0, "published", ""
    return _with_value(each, frame)


def _places(each: Indicator, cells: pd.DataFrame) -> pd.DataFrame:
    """Every place and period in which the indicator can exist, with residents."""
    keys = ["area_code", "organisation_id", "period"]
    kinds = [is_year(period) for period in cells["period"]]
    fits = pd.Series(
        [("year" if year else "quarter") in each.frequency for year in kinds], index=cells.index
    )
    everywhere = cells["measure"] == _EVERYWHERE.measure
    places = cells[everywhere & (cells["category"] == "") & fits][[*keys, "residents", "bijstand"]]
    missing = cells[cells["measure"] == _SPENDING_MISSING.measure][[*keys, "status", "reason"]]
    frame = places.merge(
        missing.rename(columns={"status": "spending_status", "reason": "spending_reason"}),
        on=keys,
        how="left",
    )
    frame["spending_status"] = frame["spending_status"].fillna("published")
    frame["spending_reason"] = frame["spending_reason"].fillna("")
    return frame


def _euros(term: Money, money: pd.DataFrame | None, side: str) -> pd.DataFrame:
    keys = ["area_code", "organisation_id", "period"]
    if money is None:
        raise ValueError("an indicator about money was asked without money")
    chosen = money
    if term.nature:
        chosen = chosen[chosen["nature"] == term.nature]
    if term.outcome:
        chosen = chosen[chosen["outcome"] == term.outcome]
    summed = chosen.groupby(keys, as_index=False)["euros"].sum()
    return summed.rename(columns={"euros": side})


def _with_value(each: Indicator, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.assign(indicator=each.id, status="published", reason="", bound="")
    frame["numerator"] = pd.to_numeric(frame["numerator"]).astype(float)
    frame["denominator"] = pd.to_numeric(frame["denominator"]).astype(float)
    frame["bound_value"] = float("nan")
    for side in ("denominator", "numerator"):
        lacking = frame[f"{side}_status"].fillna("no_data") != "published"
        frame.loc[lacking, "status"] = frame.loc[lacking, f"{side}_status"].fillna("no_data")
        reasons = frame.loc[lacking, f"{side}_reason"].fillna("not_delivered")
        frame.loc[lacking, "reason"] = reasons
    _hide_small_bases(each, frame)
    shown = frame["status"] == "published"
    frame["value"] = (each.per * frame["numerator"] / frame["denominator"]).where(shown)
    _bound_extremes(each, frame)
    if each.denominator is None:
        frame["denominator"] = float("nan")
    return frame


def _hide_small_bases(each: Indicator, frame: pd.DataFrame) -> None:
    """Rule 6: no rate on fewer than MINIMUM_BASE people, no cost per nothing."""
    published = frame["status"] == "published"
    if isinstance(each.denominator, Count):
        if each.unit is Unit.EURO_PER_OUTCOME:
            low, reason = frame["denominator"] <= 0, "zero_outcomes"
        else:
            low, reason = frame["denominator"] < MINIMUM_BASE, "small_base"
    else:
        low, reason = frame["denominator"] <= 0, "small_base"
    frame.loc[published & low, ["status", "reason"]] = ["not_shown", reason]


def _bound_extremes(each: Indicator, frame: pd.DataFrame) -> None:
    """Rule 6: 0 % and 100 % of a group of people are said as what rounding leaves possible."""
    if not (isinstance(each.numerator, Count) and isinstance(each.denominator, Count)):
        return
    published = frame["status"] == "published"
    slack = COUNT_BASE - 1
    none = published & (frame["numerator"] <= 0)
    every = published & (frame["numerator"] >= frame["denominator"])
    most = each.per * slack / (frame["denominator"] - slack)
    least = each.per * (frame["numerator"] - slack) / (frame["denominator"] + slack)
    floor = 5 * each.per / 100
    frame.loc[none, "bound"] = "under"
    frame.loc[none, "bound_value"] = most.clip(lower=floor, upper=each.per)[none]
    frame.loc[every, "bound"] = "over"
    frame.loc[every, "bound_value"] = least.clip(lower=0, upper=each.per - floor)[every]
