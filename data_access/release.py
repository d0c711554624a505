"""Questions about a release itself: which there are, and what they describe."""

import json
from typing import Any

import pandas as pd
from sqlalchemy import (
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    exists,
    func,
    null,
    select,
    union_all,
)

from data_access import release_tables as t
from data_access.door import ask


def releases() -> pd.DataFrame:
    """All releases, newest first.

    Columns: number, made_at (UTC), closed_until (quarter), sample (bool), checksum, reason_nl,
    reason_en, widened (number of totals that are not next to their truth).
    """
    columns = [column for column in t.pub_release.c if column.name != "notes"]
    frame = ask(select(*columns).order_by(t.pub_release.c.number.desc()))
    frame["made_at"] = pd.to_datetime(frame["made_at"], utc=True)
    frame["sample"] = frame["sample"].astype(bool)
    return frame


def areas(release: int) -> pd.DataFrame:
    """Gemeenten and wijken of a release, by gemeente, level and code.

    Columns: area_code, level ("gemeente" or "wijk"), gemeente_code, edition, name, residents,
    households, bijstand, figures_on, figures_source, longitude, latitude, schematic, geometry
    (GeoJSON text, WGS84), geometry_source, periods (space-separated closed periods, oldest first;
    for a gemeente only).
    """
    area, period = t.pub_area.c, t.pub_period.c
    closed = (
        select(func.aggregate_strings(period.period, " "))
        .where(and_(period.release == release, period.gemeente_code == area.area_code))
        .scalar_subquery()
    )
    columns = [column for column in t.pub_area.c if column.name != "release"]
    question = (
        select(*columns, func.coalesce(closed, "").label("periods"))
        .where(area.release == release)
        .order_by(area.gemeente_code, area.level, area.area_code)
    )
    frame = ask(question)
    frame["periods"] = [" ".join(sorted(each.split())) for each in frame["periods"]]
    frame["schematic"] = frame["schematic"].astype(bool)
    return frame


def organisations(release: int, period: str) -> pd.DataFrame:
    """Organisations with their public statements, a row per statement (or one without).

    Columns: organisation_id, gemeente_code, name, kind, founded_year, description, invented,
    wijk_codes (comma-separated, '' for none), stated_on, stated_value, text_nl, text_en, source;
    and of the register in `period` (a quarter): value (volunteers), status, reason.
    """
    o, s, c = t.pub_organisation.c, t.pub_statement.c, t.pub_cell.c
    registered = and_(
        c.release == o.release,
        c.gemeente_code == o.gemeente_code,
        c.measure == "volunteers",
        c.period == period,
        c.area_code == o.gemeente_code,
        c.organisation_id == o.organisation_id,
        c.item == "",
        c.category == "",
    )
    joined = t.pub_organisation.outerjoin(
        t.pub_statement, and_(s.release == o.release, s.organisation_id == o.organisation_id)
    ).outerjoin(t.pub_cell, registered)
    columns = [column for column in t.pub_organisation.c if column.name != "release"]
    statement = (s.stated_on, s.value.label("stated_value"), s.text_nl, s.text_en, s.source)
    question = (
        select(*columns, *statement, c.value, c.status, c.reason)
        .select_from(joined)
        .where(o.release == release)
        .order_by(o.gemeente_code, o.invented, o.name, s.stated_on, s.id)
    )
    return ask(question)


def targets(release: int) -> pd.DataFrame:
    """Targets. Columns: indicator, area_code, period, value."""
    c = t.pub_target.c
    frame = ask(select(c.indicator, c.area_code, c.period, c.value).where(c.release == release))
    frame["value"] = frame["value"].astype(float)
    return frame


def gaps(release: int, gemeente: str) -> pd.DataFrame:
    """Deliveries that are missing or came more than 45 days after their quarter.

    Columns: organisation_id, organisation (name), subject, quarter, delivered_on (None when
    missing).
    """
    c, o = t.pub_gap.c, t.pub_organisation.c
    joined = t.pub_gap.join(
        t.pub_organisation, and_(o.release == c.release, o.organisation_id == c.organisation_id)
    )
    question = (
        select(
            c.organisation_id, o.name.label("organisation"), c.subject, c.quarter, c.delivered_on
        )
        .select_from(joined)
        .where(c.release == release, c.gemeente_code == gemeente)
        .order_by(c.quarter.desc(), c.organisation_id, c.subject)
    )
    return ask(question)


def release_notes(release: int) -> dict[str, int]:
    """What publishing noted: "unbounded" tables, in which a subset could not be kept in a whole."""
    frame = ask(select(t.pub_release.c.notes).where(t.pub_release.c.number == release))
    notes: dict[str, int] = json.loads(str(frame["notes"].iloc[0])) if len(frame) else {}
    return notes


_CELL_KEYS = (
    "measure",
    "period",
    "area_code",
    "organisation_id",
    "item",
    "category",
)


def changes(before: int, after: int, gemeente: str, limit: int = 200) -> pd.DataFrame:
    """Published figures that differ between two releases of a gemeente.

    Only periods that both releases have are compared: a new quarter is no correction, nor is a
    cohort that has become old enough. A figure of a place, organisation or item that only one of
    the two releases has counts when it is not 0.
    Columns: measure, period, area_code, organisation_id, item, category, organisation (name, ''
    for all together), before, after (None where there was no figure), total (number of changed
    figures in all).
    """
    old, new = t.pub_cell.alias("old"), t.pub_cell.alias("new")
    same = and_(
        old.c.gemeente_code == new.c.gemeente_code,
        *(old.c[key] == new.c[key] for key in _CELL_KEYS),
    )
    # A count is never negative, so -1 stands for no figure.
    differs = func.coalesce(old.c.value, -1) != func.coalesce(new.c.value, -1)
    in_both = (
        select(*(new.c[key] for key in _CELL_KEYS), old.c.value.label("before"), new.c.value)
        .select_from(old.join(new, and_(new.c.release == after, same)))
        .where(
            old.c.release == before,
            old.c.gemeente_code == gemeente,
            old.c.reason != "not_yet",
            differs,
        )
    )
    found = union_all(
        in_both,
        _only_in(new, after, old, before, gemeente, appeared=True),
        _only_in(old, before, new, after, gemeente, appeared=False),
    ).subquery()
    f, newest, older = found.c, t.pub_organisation.alias(), t.pub_organisation.alias()
    named: FromClause = found
    for names, release in ((newest, after), (older, before)):
        mine = and_(names.c.release == release, names.c.organisation_id == f.organisation_id)
        named = named.outerjoin(names, mine)
    question = (
        select(
            *(f[key] for key in _CELL_KEYS),
            func.coalesce(newest.c.name, older.c.name, "").label("organisation"),
            f.before,
            f.value.label("after"),
            func.count().over().label("total"),
        )
        .select_from(named)
        .order_by(f.period.desc(), *(f[key] for key in _CELL_KEYS if key != "period"))
        .limit(limit)
    )
    return ask(question)


def _only_in(
    here: FromClause, release: int, there: FromClause, other: int, gemeente: str, *, appeared: bool
) -> Select[Any]:
    """Figures of `release` that have no cell in the release `other`, of periods that it has."""
    p, nothing = t.pub_period.c, cast(null(), Integer)
    same = and_(
        there.c.release == other,
        there.c.gemeente_code == here.c.gemeente_code,
        *(there.c[key] == here.c[key] for key in _CELL_KEYS),
    )
    closed = select(p.period).where(p.release == other, p.gemeente_code == gemeente)
    before, value = (nothing, here.c.value) if appeared else (here.c.value, nothing)
    return select(
        *(here.c[key] for key in _CELL_KEYS), before.label("before"), value.label("value")
    ).where(
        here.c.release == release,
        here.c.gemeente_code == gemeente,
        here.c.value != 0,
        here.c.period.in_(closed),
        ~exists().where(same),
    )


def contracts(release: int, gemeente: str) -> pd.DataFrame:
    """Contracts with what they pay for, a row per outcome.

    Columns: contract_id, contract_name, starts_on, ends_on, outcome_id, tariff_cents, agreed and
    the texts name, definition, unit, determined_by, validation (each with _nl and _en).
    """
    c, o = t.pub_contract.c, t.pub_contract_outcome.c
    joined = t.pub_contract.join(
        t.pub_contract_outcome, and_(c.release == o.release, c.contract_id == o.contract_id)
    )
    texts = [column for column in o if column.name.endswith(("_nl", "_en"))]
    question = (
        select(
            c.contract_id,
            c.name.label("contract_name"),
            c.starts_on,
            c.ends_on,
            o.outcome_id,
            o.tariff_cents,
            o.agreed,
            *texts,
        )
        .select_from(joined)
        .where(c.release == release, c.gemeente_code == gemeente)
        .order_by(c.contract_id, o.outcome_id)
    )
    return ask(question)


def contract_financiers(release: int, gemeente: str) -> pd.DataFrame:
    """Who pays a contract. Columns: contract_id, financier_id, name, kind, share, ceiling_cents."""
    c, cf, f = t.pub_contract.c, t.pub_contract_financier.c, t.pub_financier.c
    joined = t.pub_contract.join(
        t.pub_contract_financier, and_(c.release == cf.release, c.contract_id == cf.contract_id)
    ).join(t.pub_financier, and_(f.release == cf.release, f.financier_id == cf.financier_id))
    question = (
        select(cf.contract_id, cf.financier_id, f.name, f.kind, cf.share, cf.ceiling_cents)
        .select_from(joined)
        .where(c.release == release, c.gemeente_code == gemeente)
        .order_by(cf.contract_id, cf.share.desc(), cf.financier_id)
    )
    frame = ask(question)
    frame["share"] = frame["share"].astype(float)
    return frame
