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
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data_access import release_tables as t
from data_access.amounts import BY_NATURE, BY_OUTCOME, TOTAL
from data_access.door import ask, together
from data_access.shelf import ReleaseKey
from indicators.catalogue import (
    COUNT_BASE,
    MEASURES,
    MINIMUM_BASE,
    OWN_TOTALS,
    indicator,
    measure,
)
from indicators.periods import is_year
from indicators.vocabulary import Count, Indicator, Money, Population, Unit

_EVERYWHERE = Count("outflow", "")
_SPENDING_MISSING = Count("spending", "")
# The statuses of a figure that is there.
SHOWN = ("published", "partial")
_NO_AREA = "-"
_KINDS = frozenset({"year", "quarter"})
KEYS = ["indicator", "area_code", "organisation_id", "period"]
VALUE_COLUMNS = [
    *KEYS, "value", "numerator", "denominator", "status", "reason", "bound", "bound_value",
    "without", "missing", "numerator_error", "denominator_error", "rounding", "step",
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
    published or partial), numerator, denominator (money in euros), status ("published", "partial",
    "no_data", "not_shown"), reason, bound ("", "under", "over"), bound_value (what a share of 0 %
    or 100 % may be said to lie under or over), without (published volunteers of small places that
    are left out), missing (organisations of which a delivery is missing, separated by commas),
    numerator_error and denominator_error (how far rounding may have moved a sum of several places,
    with 95 % certainty; 0: less than the rounding base), rounding (of a count: what has to be added
    to its parts to come to a total that has a threshold of its own, below zero too) and step (euros
    that the amount may be higher, because small places are in it). At most three queries.
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

    With `area_code` release_tables.TOGETHER and the digits of the gemeente ("KW0080"), and an
    organisation: those of its small places together (see data_access.small_places).

    Columns: area_code, organisation_id, measure, period, item, category ('' is the total), value,
    status, reason, without, missing, error, rounding (see `panel`).
    """
    c = t.pub_cell.c
    question = select(
        c.area_code,
        c.organisation_id,
        c.measure,
        c.period,
        c.item,
        c.category,
        c.value,
        c.status,
        c.reason,
        c.without,
        c.missing,
        c.error,
        _rounding(release.gemeente),
    ).where(
        c.measure.in_(list(measures)),
        c.area_code == (area_code or release.gemeente),
        c.organisation_id == organisation_id,
    )
    if periods:
        question = question.where(c.period.in_(list(periods)))
    return ask(release, question.order_by(c.measure, c.period, c.item, c.category))


def _rounding(gemeente: str) -> ColumnElement[Any]:
    """A total of the gemeente minus the sum of its organisations, of which each is a part of it.

    Other totals are that sum. A class is not shown where it is too uncertain, so those do not add
    up, and organisations have no total of what they do not deliver.
    """
    c, part = t.pub_cell.c, t.pub_cell.alias()
    parts = (
        select(func.sum(part.c.value))
        .where(
            *(part.c[name] == c[name] for name in ("measure", "period", "area_code", "item")),
            part.c.category == "",
            part.c.organisation_id != "",
        )
        .scalar_subquery()
    )
    of_all = and_(c.area_code == gemeente, c.organisation_id == "", c.category == "")
    own = [each.id for each in MEASURES if each.people in OWN_TOTALS]
    difference = func.coalesce(c.value - parts, 0)
    return case((and_(c.measure.in_(own), of_all), difference), else_=0).label("rounding")


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
            c.without,
            c.missing,
            c.error,
            _rounding(place.gemeente),
            a.residents,
            a.bijstand,
        )
        .select_from(joined)
        .where(whose, or_(*any_of), c.item == "")
    )
    return ask(place.release, question)


def _money(place: _Place, terms: Mapping[Money, AbstractSet[str]]) -> pd.DataFrame:
    """Euros per closed year. Columns: area_code, organisation_id, period, split, nature, outcome,
    euros, step.
    """
    whole, m = t.pub_amount.c, t.pub_place_amount.c
    years = place.periods_of({"year"})
    nothing: ColumnElement[Any] = literal("")
    splits = {_split(term) for term in terms}
    parts: list[Select[Any]] = []
    of_whole = whole.year == whole.year if place.series_of == place.gemeente else _in(whole, years)
    for split in sorted(splits):
        parts.append(
            _sums(
                literal(place.gemeente), nothing, cast(whole.year, String), split,
                whole.nature if split == BY_NATURE else nothing,
                whole.outcome if split == BY_OUTCOME else nothing,
                whole.cents, literal(0, Integer), of_whole,
            )
        )  # fmt: skip
    if place.members != "gemeente":
        areas = place.members == "areas"
        # Money that belongs to no organisation is a part of the whole, and no organisation.
        one_of_them = m.area_code != "" if areas else and_(m.organisation_id != "", m.step == 0)
        series = m.area_code == (place.series_of if areas and place.series_of else _NO_AREA)
        parts.append(
            _sums(
                m.area_code if areas else literal(place.gemeente),
                nothing if areas else m.organisation_id,
                cast(m.year, String), m.split, m.nature, m.outcome, m.cents, m.step,
                and_(one_of_them, m.split.in_(splits), or_(_in(m, years), series)),
            )
        )  # fmt: skip
    frame = ask(place.release, union_all(*parts))
    frame["euros"] = frame.pop("cents").astype(float) / 100
    frame["step"] = frame["step"].astype(float) / 100
    return frame


def _in(table: Any, years: Sequence[str]) -> ColumnElement[bool]:
    return table.year.in_([int(year) for year in years])  # type: ignore[no-any-return]


def _split(term: Money) -> str:
    if term.nature and term.outcome:
        raise ValueError("money of places is by outcome or by nature, not by both")
    return BY_NATURE if term.nature else BY_OUTCOME if term.outcome else TOTAL


def _sums(
    area: ColumnElement[Any],
    organisation: ColumnElement[Any],
    period: ColumnElement[Any],
    split: ColumnElement[Any] | str,
    nature: ColumnElement[Any],
    outcome: ColumnElement[Any],
    cents: ColumnElement[Any],
    step: ColumnElement[Any],
    where: ColumnElement[bool],
) -> Select[Any]:
    rows = (
        select(
            area.label("area_code"),
            organisation.label("organisation_id"),
            period.label("period"),
            (literal(split) if isinstance(split, str) else split).label("split"),
            nature.label("nature"),
            outcome.label("outcome"),
            cents.label("cents"),
            step.label("step"),
        )
        .where(where)
        .subquery()
    )
    keys = list(rows.c)[:6]
    return select(
        *keys, func.sum(rows.c.cents).label("cents"), func.sum(rows.c.step).label("step")
    ).group_by(*keys)


def _indicator_values(
    each: Indicator, cells: pd.DataFrame, money: pd.DataFrame | None
) -> pd.DataFrame:
    keys = ["area_code", "organisation_id", "period"]
    frame = _places(each, cells)
    for side, term in (("numerator", each.numerator), ("denominator", each.denominator)):
        if isinstance(term, Count):
            part = cells[(cells["measure"] == term.measure) & (cells["category"] == term.category)]
            told = ["value", "status", "reason", "without", "missing", "error", "rounding"]
            part = part[[*keys, *told]]
            frame = frame.merge(
                part.rename(columns={name: f"{side}_{name}" for name in part.columns[3:]}),
                on=keys,
                how="left",
            ).rename(columns={f"{side}_value": side})
        elif isinstance(term, Money):
            frame = frame.merge(_euros(term, money, side), on=keys, how="left")
            unknown = (frame[f"{side}_parts"] == 0).fillna(False).astype(bool)
            frame[side] = frame[side].fillna(0.0)
            frame[f"{side}_status"] = frame["spending_status"].mask(unknown, "not_shown")
            frame[f"{side}_reason"] = frame["spending_reason"].mask(unknown, "small_place")
            frame[f"{side}_missing"] = frame["spending_missing"]
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
    told = ["status", "reason", "missing"]
    missing = cells[cells["measure"] == _SPENDING_MISSING.measure][[*keys, *told]]
    frame = places.merge(
        missing.rename(columns={name: f"spending_{name}" for name in told}), on=keys, how="left"
    )
    frame["spending_status"] = frame["spending_status"].fillna("published")
    for name in told[1:]:
        frame[f"spending_{name}"] = frame[f"spending_{name}"].fillna("")
    return frame


def _euros(term: Money, money: pd.DataFrame | None, side: str) -> pd.DataFrame:
    keys = ["area_code", "organisation_id", "period"]
    if money is None:
        raise ValueError("an indicator about money was asked without money")
    split = _split(term)
    mine = money[money["split"] == split]
    # What is exact in a place; by nature small places show nothing, by outcome only steps.
    exact = money[(money["step"] == 0)].groupby(keys).size().rename(f"{side}_parts")
    if term.nature:
        mine = mine[mine["nature"] == term.nature]
    if term.outcome:
        mine = mine[mine["outcome"] == term.outcome]
    summed = mine.groupby(keys, as_index=False)[["euros", "step"]].sum()
    summed = summed.rename(columns={"euros": side, "step": f"{side}_step"})
    if split == TOTAL:
        return summed.assign(**{f"{side}_parts": 1})
    everywhere = money[keys].drop_duplicates().merge(exact, on=keys, how="left")
    everywhere[f"{side}_parts"] = everywhere[f"{side}_parts"].fillna(0)
    return everywhere.merge(summed, on=keys, how="left")


def _with_value(each: Indicator, frame: pd.DataFrame) -> pd.DataFrame:
    frame = frame.assign(indicator=each.id, status="published", reason="", bound="")
    frame["numerator"] = pd.to_numeric(frame["numerator"]).astype(float)
    frame["denominator"] = pd.to_numeric(frame["denominator"]).astype(float)
    frame["bound_value"] = float("nan")
    frame = _with_remarks(frame)
    if _is_part(each):
        # Who is left out of a part may not stay in its whole, or the share would come out too low.
        frame["denominator"] -= frame["left_out_of_part"]
    for side in ("denominator", "numerator"):
        status = frame[f"{side}_status"].fillna("no_data")
        lacking = ~status.isin(SHOWN) | ((status == "partial") & frame["status"].isin(SHOWN))
        frame.loc[lacking, "status"] = status[lacking]
        reasons = frame.loc[lacking, f"{side}_reason"].fillna("not_delivered")
        frame.loc[lacking, "reason"] = reasons
    _hide_small_bases(each, frame)
    shown = frame["status"].isin(SHOWN)
    frame["value"] = (each.per * frame["numerator"] / frame["denominator"]).where(shown)
    _bound_extremes(each, frame)
    if each.denominator is None:
        frame["denominator"] = float("nan")
    else:
        frame["rounding"] = 0.0
    return frame


def _is_part(each: Indicator) -> bool:
    """Whether the numerator is broken down out of the very count that is the denominator."""
    numerator, denominator = each.numerator, each.denominator
    if not (isinstance(numerator, Count) and isinstance(denominator, Count)):
        return False
    return measure(numerator.measure).out_of == denominator.measure


def _with_remarks(frame: pd.DataFrame) -> pd.DataFrame:
    """Add without, missing, numerator_error, denominator_error and step of both terms together."""

    def told(name: str, nothing: Any) -> list[pd.Series]:
        return [
            frame[f"{side}_{name}"].fillna(nothing)
            if f"{side}_{name}" in frame
            else pd.Series(nothing, index=frame.index)
            for side in ("numerator", "denominator")
        ]

    first, second = told("without", 0)
    absent = [
        ",".join(sorted({*one.split(","), *other.split(",")} - {""}))
        for one, other in zip(*told("missing", ""), strict=True)
    ]
    errors = told("error", 0)
    return frame.assign(
        left_out_of_part=(first - second).clip(lower=0),
        without=first.where(first >= second, second).astype(int),
        missing=absent,
        numerator_error=errors[0].astype(float),
        denominator_error=errors[1].astype(float),
        rounding=told("rounding", 0)[0].astype(float),
        step=told("step", 0.0)[0].astype(float),
    )


def _hide_small_bases(each: Indicator, frame: pd.DataFrame) -> None:
    """No rate on fewer than MINIMUM_BASE people, no cost per nothing."""
    published = frame["status"].isin(SHOWN)
    if isinstance(each.denominator, Count):
        if each.unit is Unit.EURO_PER_OUTCOME:
            low, reason = frame["denominator"] <= 0, "zero_outcomes"
        else:
            low, reason = frame["denominator"] < MINIMUM_BASE, "small_base"
    else:
        low, reason = frame["denominator"] <= 0, "small_base"
    frame.loc[published & low, ["status", "reason"]] = ["not_shown", reason]


def _bound_extremes(each: Indicator, frame: pd.DataFrame) -> None:
    """0 % and 100 % of a group of people are said as what rounding leaves possible."""
    if not (isinstance(each.numerator, Count) and isinstance(each.denominator, Count)):
        return
    published = frame["status"].isin(SHOWN)
    slack = frame["numerator_error"].clip(lower=COUNT_BASE - 1)
    wide = frame["denominator_error"].clip(lower=COUNT_BASE - 1)
    none = published & (frame["numerator"] <= 0)
    every = published & (frame["numerator"] >= frame["denominator"])
    most = each.per * slack / (frame["denominator"] - wide).clip(lower=1)
    least = each.per * (frame["numerator"] - slack) / (frame["denominator"] + wide)
    floor = 5 * each.per / 100
    frame.loc[none, "bound"] = "under"
    frame.loc[none, "bound_value"] = most.clip(lower=floor, upper=each.per)[none]
    frame.loc[every, "bound"] = "over"
    frame.loc[every, "bound_value"] = least.clip(lower=0, upper=each.per - floor)[every]
