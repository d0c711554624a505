"""The dated states of contract results: of the whole contract, per wijk and per organisation."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from data_access import release_tables as t
from data_access.door import ask
from data_access.shelf import ReleaseKey

# Measure and category of each state.
STATES = (
    ("results_claimed", ""),
    ("results_judged", ""),
    ("results_judged", "yes"),
    ("results_judged", "no"),
    ("results_checked", ""),
    ("results_checked", "yes"),
    ("results_checked", "no"),
    ("results_differing", ""),
    ("results_differing", "residents_only"),
    ("results_differing", "administration_only"),
    ("results_paid", ""),
)
# What is told of a place: residents' judgement and administration's check side by side.
STATES_OF_PLACES = (
    ("results_claimed", ""),
    ("results_judged", "yes"),
    ("results_checked", "yes"),
    ("results_paid", ""),
)


def contract_results(
    release: ReleaseKey, items: Sequence[str], quarters: Sequence[str]
) -> pd.DataFrame:
    """Published STATES to date of some contract outcomes ("contract/outcome") in one query.

    Of the whole gemeente in all `quarters`; of every wijk and every organisation in the last one
    only, and there only STATES_OF_PLACES that are not a published 0 (most places have no part in a
    contract) and not left out with nobody in them; what is too uncertain stays, and what is not
    shown of a place that has a part in it. Columns: measure,
    period, area_code (the gemeente's for the whole and for organisations), organisation_id and
    organisation (its name; both '' but for organisations), item, category, value, status, reason,
    without, missing, error (see data_access.values.panel).
    """
    c, o = t.pub_cell.c, t.pub_organisation.c
    named = t.pub_cell.outerjoin(t.pub_organisation, o.organisation_id == c.organisation_id)
    place = or_(c.area_code != c.gemeente_code, c.organisation_id != "")
    whole = and_(c.area_code == c.gemeente_code, c.organisation_id == "", _one_of(STATES))
    somewhere = and_(
        place,
        c.period == max(quarters, default=""),
        _one_of(STATES_OF_PLACES),
        c.area_code.not_like(f"{t.TOGETHER}%"),
        or_(
            c.value > 0,
            c.without > 0,
            c.reason.in_(["not_delivered", "uncertain"]),
            and_(c.status == "not_shown", _has_claims()),
        ),
    )
    question = (
        select(
            c.measure,
            c.period,
            c.area_code,
            c.organisation_id,
            func.coalesce(o.name, "").label("organisation"),
            c.item,
            c.category,
            c.value,
            c.status,
            c.reason,
            c.without,
            c.missing,
            c.error,
        )
        .select_from(named)
        .where(
            c.gemeente_code == release.gemeente,
            c.measure.in_(sorted({measure for measure, _ in STATES})),
            c.period.in_(list(quarters)),
            c.item.in_(list(items)),
            or_(whole, somewhere),
        )
        .order_by(c.measure, c.period, c.item, c.category, c.area_code, c.organisation_id)
    )
    return ask(release, question)


def _has_claims() -> ColumnElement[bool]:
    """Tell of a cell whether results were claimed at its place."""
    c, other = t.pub_cell.c, t.pub_cell.alias().c
    same = ("gemeente_code", "period", "area_code", "organisation_id", "item")
    return exists().where(
        other.measure == "results_claimed",
        other.category == "",
        other.value > 0,
        *(other[name] == c[name] for name in same),
    )


def _one_of(states: Sequence[tuple[str, str]]) -> ColumnElement[bool]:
    c = t.pub_cell.c
    return or_(
        *(and_(c.measure == measure, c.category == category) for measure, category in states)
    )
