"""Published values of indicators: the questions that pages ask most.

A value is made from published numbers only (numerator, denominator), so nothing that a page can
show says more than the release does.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
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
from data_access.door import ask, ask_rows, together
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
# What cells have in common that may be added up.
_OF_ONE_SUM = ("gemeente_code", "measure", "period", "area_code", "item")
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
        c.gemeente_code == release.gemeente,
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
            *(part.c[name] == c[name] for name in _OF_ONE_SUM),
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
    release = _Numbers(_cells(place, counts), _money(place, amounts) if amounts else [])
    rows = [
        _value(each, where, release)
        for each in chosen
        for where in release.places
        if _kind(where[2]) in each.frequency
    ]
    rows.sort(key=lambda row: row[: len(KEYS)])
    # A copy has its numbers in one block, so that taking rows of it costs a third.
    return pd.DataFrame(rows, columns=VALUE_COLUMNS).astype(_TYPES).copy()


def _kind(period: str) -> str:
    return "year" if is_year(period) else "quarter"


_TYPES = {
    **dict.fromkeys(("value", "numerator", "denominator", "bound_value", "step"), float),
    **dict.fromkeys(("numerator_error", "denominator_error", "rounding"), float),
    "without": int,
}


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
        return [each for each in self.periods if _kind(each) in kinds]


def _cells(place: _Place, wanted: Mapping[Count, AbstractSet[str]]) -> Sequence[Row[Any]]:
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
        .where(
            # The primary key begins with these two.
            c.gemeente_code == place.gemeente,
            c.measure.in_(sorted({each.measure for each in terms})),
            whose,
            or_(*any_of),
            c.item == "",
        )
    )
    return ask_rows(place.release, question)


def _money(place: _Place, terms: Mapping[Money, AbstractSet[str]]) -> Sequence[Row[Any]]:
    """Cents per closed year, per area_code, organisation_id, period, split, nature and outcome.

    `step` is in cents too.
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
    return ask_rows(place.release, union_all(*parts))


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


Where = tuple[str, str, str]
"""A place in a period: area_code, organisation_id, period."""

_NOTHING = float("nan")


@dataclass(frozen=True)
class _Part:
    """One side of an indicator: its number (NaN for none), and what is to be said of it.

    See `panel` for what the fields mean; `error` is that of a sum, `step` is in euros.
    """

    value: float
    status: str
    reason: str
    without: int = 0
    missing: str = ""
    error: float = 0.0
    rounding: float = 0.0
    step: float = 0.0

    @property
    def is_shown(self) -> bool:
        """Whether there is a figure."""
        return self.status in SHOWN


_ONE = _Part(1.0, "published", "")
_NOT_DELIVERED = _Part(_NOTHING, "no_data", "not_delivered")


class _Numbers:
    """What was asked of a release, by place and period: counts, residents and money."""

    def __init__(self, cells: Sequence[Row[Any]], money: Sequence[Row[Any]]) -> None:
        self._counts: dict[tuple[Where, str, str], _Part] = {}
        self._people: dict[Where, dict[str, int | None]] = {}
        self._spent: dict[tuple[Where, str], list[Row[Any]]] = {}
        self._exact = {_where(row) for row in money if row.step == 0}
        self._with_money = {_where(row) for row in money}
        for row in cells:
            value = _NOTHING if row.value is None else float(row.value)
            told = row.status, row.reason, row.without, row.missing
            part = _Part(value, *told, float(row.error), float(row.rounding))
            self._counts[_where(row), row.measure, row.category] = part
            if (row.measure, row.category) == (_EVERYWHERE.measure, _EVERYWHERE.category):
                self._people[_where(row)] = {"residents": row.residents, "bijstand": row.bijstand}
        for row in money:
            self._spent.setdefault((_where(row), row.split), []).append(row)

    @property
    def places(self) -> Iterable[Where]:
        """Every place and period in which an indicator can exist."""
        return self._people

    def part(self, term: Count | Population | Money | None, where: Where) -> _Part:
        """Return the number behind one side of an indicator."""
        if isinstance(term, Count):
            return self._counts.get((where, term.measure, term.category), _NOT_DELIVERED)
        if isinstance(term, Money):
            return self._euros(term, where)
        return _ONE if term is None else self._population(term, where)

    def _population(self, term: Population, where: Where) -> _Part:
        number = self._people[where][term.group]
        if number is None or where[1]:
            return _Part(_NOTHING, "no_data", "no_population")
        return _Part(float(number), "published", "")

    def _euros(self, term: Money, where: Where) -> _Part:
        split = _split(term)
        mine = [
            row
            for row in self._spent.get((where, split), ())
            if row.nature == (term.nature or row.nature)
            and row.outcome == (term.outcome or row.outcome)
        ]
        cell = self._counts.get((where, _SPENDING_MISSING.measure, ""), _ONE)
        told = cell.status, cell.reason
        # What is exact in a place; by nature small places show nothing, by outcome only steps.
        if split != TOTAL and where in self._with_money and where not in self._exact:
            told = "not_shown", "small_place"
        return _Part(
            sum(row.cents for row in mine) / 100,
            *told,
            missing=cell.missing,
            step=sum(row.step for row in mine) / 100,
        )


def _where(row: Row[Any]) -> Where:
    return row.area_code, row.organisation_id, row.period


def _value(each: Indicator, where: Where, release: _Numbers) -> tuple[Any, ...]:
    """Return one row of VALUE_COLUMNS."""
    top, under = (release.part(term, where) for term in (each.numerator, each.denominator))
    base = under.value
    if _is_part(each):
        # Who is left out of a part may not stay in its whole, or the share would come out too low.
        base -= max(top.without - under.without, 0)
    status, reason = "published", ""
    for part in (under, top):
        if not part.is_shown or (part.status == "partial" and status in SHOWN):
            status, reason = part.status, part.reason
    if status in SHOWN and (too_small := _too_small(each, base)):
        status, reason = "not_shown", too_small
    shown = status in SHOWN
    bound, bound_value = _extreme(each, top, under, base) if shown else ("", _NOTHING)
    missing = {*top.missing.split(","), *under.missing.split(",")} - {""}
    return (
        each.id,
        *where,
        each.per * top.value / base if shown else _NOTHING,
        top.value,
        _NOTHING if each.denominator is None else base,
        status,
        reason,
        bound,
        bound_value,
        max(top.without, under.without),
        ",".join(sorted(missing)),
        top.error,
        under.error,
        top.rounding if each.denominator is None else 0.0,
        top.step,
    )


def _is_part(each: Indicator) -> bool:
    """Whether the numerator is broken down out of the very count that is the denominator."""
    numerator, denominator = each.numerator, each.denominator
    if not (isinstance(numerator, Count) and isinstance(denominator, Count)):
        return False
    return measure(numerator.measure).out_of == denominator.measure


def _too_small(each: Indicator, base: float) -> str:
    """Return why there is no rate: fewer than MINIMUM_BASE people, no outcome; '' when there is."""
    if isinstance(each.denominator, Count) and each.unit is Unit.EURO_PER_OUTCOME:
        return "zero_outcomes" if base <= 0 else ""
    least = MINIMUM_BASE if isinstance(each.denominator, Count) else 0
    return "small_base" if base < least or base <= 0 else ""


def _extreme(each: Indicator, top: _Part, under: _Part, base: float) -> tuple[str, float]:
    """Say 0 % and 100 % of a group of people as what rounding leaves possible."""
    if not (isinstance(each.numerator, Count) and isinstance(each.denominator, Count)):
        return "", _NOTHING
    slack, wide = (max(part.error, COUNT_BASE - 1) for part in (top, under))
    floor = 5 * each.per / 100
    if top.value >= base:
        least = each.per * (top.value - slack) / (base + wide)
        return "over", min(max(least, 0), each.per - floor)
    if top.value <= 0:
        most = each.per * slack / max(base - wide, 1)
        return "under", min(max(most, floor), each.per)
    return "", _NOTHING
