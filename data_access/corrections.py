"""Amounts and contract terms that differ between two releases, for the correction log."""

from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from data_access import release_tables as t
from data_access.door import ask

COLUMNS = (
    "subject", "field", "year", "area_code", "organisation", "taakveld", "nature",
    "money_ends_on", "outcome", "contract", "about_nl", "about_en", "before", "after",
)  # fmt: skip


def money_changes(before: int, after: int, gemeente: str, limit: int = 150) -> pd.DataFrame:
    """Published amounts and contract terms that differ between two releases of a gemeente.

    `subject` is "contract" (field: "starts_on", "ends_on", "tariff", "agreed", "share" or
    "ceiling"; contract: its name; about_nl and about_en: the outcome's or financier's name) or
    "amount" (field: "spending" or "result_payment"; year, area_code, organisation, taakveld,
    nature, money_ends_on and outcome, '' where there is none; about: the financier). Amounts are
    sums of the quarters that are closed in both releases: a new quarter is no correction.

    Columns: COLUMNS and total (number of changes in all). `before` and `after` are text, None
    where there was nothing: cents for amounts, tariff and ceiling; a fraction for share; a date as
    YYYY-MM-DD.
    """
    found = union_all(
        _amounts(before, after, gemeente), *_terms(before, after, gemeente)
    ).subquery()
    c = found.c
    question = (
        select(found, func.count().over().label("total"))
        .order_by(
            c.subject.desc(), c.contract, c.field, c.about_nl, c.year.desc(), c.organisation,
            c.area_code, c.taakveld, c.nature, c.money_ends_on, c.outcome,
        )
        .limit(limit)
    )  # fmt: skip
    return ask(question)


def _side(value: ColumnElement[Any], release: ColumnElement[int], number: int) -> Any:
    return cast(func.sum(case((release == number, value))), String)


def _text(value: ColumnElement[Any], release: ColumnElement[int], number: int) -> Any:
    return func.max(case((release == number, cast(value, String))))


def _named(**values: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [values.get(name, literal("")).label(name) for name in COLUMNS]


def _amounts(before: int, after: int, gemeente: str) -> Select[Any]:
    m, f, o = t.pub_amount.c, t.pub_financier.c, t.pub_organisation.c
    p = t.pub_period.c
    closed_in_both = (
        select(p.period)
        .where(p.release.in_((before, after)), p.gemeente_code == gemeente)
        .group_by(p.period)
        .having(func.count() == 2)
    )
    old, new = (_side(m.cents, m.release, number) for number in (before, after))
    ends_on = func.coalesce(cast(m.money_ends_on, String), "")
    keys = [
        m.kind, m.year, m.area_code, m.organisation_id, m.taakveld, m.financier_id, m.nature,
        m.money_ends_on, m.outcome,
    ]  # fmt: skip
    joined = t.pub_amount.outerjoin(
        t.pub_financier, and_(f.release == m.release, f.financier_id == m.financier_id)
    ).outerjoin(
        t.pub_organisation, and_(o.release == m.release, o.organisation_id == m.organisation_id)
    )
    financier = func.max(func.coalesce(f.name, m.financier_id))
    return (
        select(
            *_named(
                subject=literal("amount"),
                field=m.kind,
                year=cast(m.year, String),
                area_code=m.area_code,
                organisation=func.max(func.coalesce(o.name, m.organisation_id)),
                taakveld=m.taakveld,
                nature=m.nature,
                money_ends_on=ends_on,
                outcome=m.outcome,
                about_nl=financier,
                about_en=financier,
                before=old,
                after=new,
            )
        )
        .select_from(joined)
        .where(
            m.release.in_((before, after)),
            m.gemeente_code == gemeente,
            m.quarter.in_(closed_in_both),
        )
        .group_by(*keys)
        .having(old.is_distinct_from(new))
    )


def _terms(before: int, after: int, gemeente: str) -> list[Select[Any]]:
    c, o, cf, f = (
        t.pub_contract.c,
        t.pub_contract_outcome.c,
        t.pub_contract_financier.c,
        t.pub_financier.c,
    )
    same_contract = and_(c.release == o.release, c.contract_id == o.contract_id)
    outcomes = t.pub_contract.join(t.pub_contract_outcome, same_contract)
    payers = t.pub_contract.join(
        t.pub_contract_financier, and_(c.release == cf.release, c.contract_id == cf.contract_id)
    ).join(t.pub_financier, and_(f.release == cf.release, f.financier_id == cf.financier_id))
    nothing: ColumnElement[Any] = literal("")
    terms: list[tuple[str, Any, Any, list[Column[Any]], Any, Any]] = [
        ("starts_on", c.starts_on, t.pub_contract, [], nothing, nothing),
        ("ends_on", c.ends_on, t.pub_contract, [], nothing, nothing),
        ("tariff", o.tariff_cents, outcomes, [o.outcome_id], o.name_nl, o.name_en),
        ("agreed", o.agreed, outcomes, [o.outcome_id], o.name_nl, o.name_en),
        ("share", cf.share, payers, [cf.financier_id], f.name, f.name),
        ("ceiling", cf.ceiling_cents, payers, [cf.financier_id], f.name, f.name),
    ]
    found = []
    for field, value, tables, keys, name_nl, name_en in terms:
        old, new = (_text(value, c.release, number) for number in (before, after))
        found.append(
            select(
                *_named(
                    subject=literal("contract"),
                    field=literal(field),
                    contract=func.max(c.name),
                    about_nl=func.max(name_nl),
                    about_en=func.max(name_en),
                    before=old,
                    after=new,
                )
            )
            .select_from(tables)
            .where(c.release.in_((before, after)), c.gemeente_code == gemeente)
            .group_by(c.contract_id, *keys)
            .having(old.is_distinct_from(new))
        )
    return found
