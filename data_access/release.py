"""Questions about a release itself: which there are, and what they describe."""

import json

import pandas as pd
from sqlalchemy import and_, case, func, select

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


def changes(before: int, after: int, gemeente: str, limit: int = 200) -> pd.DataFrame:
    """Published figures that differ between two releases of a gemeente.

    Columns: measure, period, area_code, organisation_id, item, category, organisation (name, ''
    for all together), before, after (None where there was no figure), total (number of changed
    figures in all).
    """
    old, new, o = t.pub_cell.alias("old"), t.pub_cell.alias("new"), t.pub_organisation.c
    keys = (
        "gemeente_code",
        "measure",
        "period",
        "area_code",
        "organisation_id",
        "item",
        "category",
    )
    same_cell = and_(new.c.release == after, *(old.c[key] == new.c[key] for key in keys))
    organisation = and_(o.release == after, o.organisation_id == new.c.organisation_id)
    differs = case(
        (and_(old.c.value.is_(None), new.c.value.is_(None)), False),
        (old.c.value.is_(None), True),
        (new.c.value.is_(None), True),
        else_=old.c.value != new.c.value,
    )
    question = (
        select(
            *(new.c[key] for key in keys[1:]),
            func.coalesce(o.name, "").label("organisation"),
            old.c.value.label("before"),
            new.c.value.label("after"),
            func.count().over().label("total"),
        )
        .select_from(old.join(new, same_cell).outerjoin(t.pub_organisation, organisation))
        .where(old.c.release == before, old.c.gemeente_code == gemeente, differs)
        .order_by(new.c.period.desc(), new.c.measure, new.c.area_code)
        .limit(limit)
    )
    return ask(question)


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
