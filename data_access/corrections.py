"""Amounts and contract terms that differ between two releases, for the correction log."""

from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Table,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from data_access import release_tables as t
from data_access.amounts import TOTAL
from data_access.door import ask
from data_access.shelf import ReleaseKey

_OLD, _NEW = "old", "new"
COLUMNS = (
    "subject", "field", "year", "area_code", "organisation", "taakveld", "nature",
    "money_ends_on", "outcome", "contract", "about_nl", "about_en", "before", "after",
)  # fmt: skip


def money_changes(before: ReleaseKey, after: ReleaseKey, limit: int = 150) -> pd.DataFrame:
    """Published amounts and contract terms that differ between two releases of a gemeente.

    `subject` is "contract" (field: "starts_on", "ends_on", "tariff", "agreed", "share" or
    "ceiling"; contract: its name; about_nl and about_en: the outcome's or financier's name) or
    "amount" (field: "spending" or "result_payment"; year; of the whole gemeente taakveld, nature,
    money_ends_on, outcome and about: the financier; of a place area_code and organisation; ''
    where there is none). Amounts are sums of the quarters (of a place: of the years) that are
    closed in both releases: a new quarter is no correction.

    Columns: COLUMNS and total (number of changes in all). `before` and `after` are text, None
    where there was nothing: cents for amounts, tariff and ceiling; a fraction for share; a date as
    YYYY-MM-DD.
    """
    found = union_all(*_amounts(), *_terms()).subquery()
    c = found.c
    question = (
        select(found, func.count().over().label("total"))
        .order_by(
            c.subject.desc(), c.contract, c.field, c.about_nl, c.year.desc(), c.organisation,
            c.area_code, c.taakveld, c.nature, c.money_ends_on, c.outcome,
        )
        .limit(limit)
    )  # fmt: skip
    return ask(before, question, beside=after)


def _in_both(*tables: Table) -> FromClause:
    """Return the rows of both releases; `side` tells which: OLD or NEW.

    Tables after the first add what the first refers to.
    """
    sides = []
    for side, of in ((_OLD, _here), (_NEW, t.beside)):
        first = of(tables[0]).alias()
        joined: FromClause = first
        columns: dict[str, ColumnElement[Any]] = {column.name: column for column in first.c}
        for table in tables[1:]:
            other = of(table).alias()
            shared = [key.name for key in table.primary_key if key.name in first.c]
            on = and_(*(first.c[name] == other.c[name] for name in shared))
            joined = joined.outerjoin(other, on)
            columns[f"{table.name}_name"] = other.c.name
        sides.append(
            select(
                literal(side).label("side"),
                *(column.label(name) for name, column in columns.items()),
            ).select_from(joined)
        )
    return union_all(*sides).subquery()


def _here(table: Table) -> Table:
    return table


def _named(**values: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [values.get(name, literal("")).label(name) for name in COLUMNS]


def _amounts() -> list[Select[Any]]:
    """Changes of the whole gemeente in quarters that both have, and of places in such years."""
    rows = _in_both(t.pub_amount, t.pub_financier)
    m = rows.c
    closed_in_both = select(t.pub_period.c.period).where(
        t.pub_period.c.period.in_(select(t.beside(t.pub_period).c.period))
    )
    ends_on = func.coalesce(cast(m.money_ends_on, String), "")
    financier = func.max(func.coalesce(m.pub_financier_name, m.financier_id))
    old, new = _sides(m)
    of_gemeente = (
        select(
            *_named(
                subject=literal("amount"),
                field=m.kind,
                year=cast(m.year, String),
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
        .where(m.quarter.in_(closed_in_both))
        .group_by(
            m.kind, m.year, m.taakveld, m.financier_id, m.nature, m.money_ends_on, m.outcome,
        )
        .having(old.is_distinct_from(new))
    )  # fmt: skip
    p = _in_both(t.pub_place_amount, t.pub_organisation).c
    old, new = _sides(p)
    of_places = (
        select(
            *_named(
                subject=literal("amount"),
                field=p.kind,
                year=cast(p.year, String),
                area_code=p.area_code,
                organisation=func.max(func.coalesce(p.pub_organisation_name, p.organisation_id)),
                before=old,
                after=new,
            )
        )
        .where(p.split == TOTAL, cast(p.year, String).in_(closed_in_both))
        .group_by(p.kind, p.year, p.area_code, p.organisation_id)
        .having(old.is_distinct_from(new))
    )
    return [of_gemeente, of_places]


def _sides(rows: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    old, new = (
        cast(func.sum(case((rows.side == side, rows.cents))), String) for side in (_OLD, _NEW)
    )
    return old, new


def _terms() -> list[Select[Any]]:
    contracts = _in_both(t.pub_contract).c
    outcomes = _in_both(t.pub_contract_outcome, t.pub_contract).c
    payers = _in_both(t.pub_contract_financier, t.pub_contract, t.pub_financier).c
    nothing: ColumnElement[Any] = literal("")
    outcome = (outcomes, outcomes.pub_contract_name, [outcomes.outcome_id])
    payer = (payers, payers.pub_contract_name, [payers.financier_id])
    by_outcome = (*outcome, outcomes.name_nl, outcomes.name_en)
    by_payer = (*payer, payers.pub_financier_name, payers.pub_financier_name)
    no_keys: list[ColumnElement[Any]] = []
    whole = (contracts, contracts.name, no_keys, nothing, nothing)
    terms: list[tuple[str, str, tuple[Any, ...]]] = [
        ("starts_on", "starts_on", whole),
        ("ends_on", "ends_on", whole),
        ("tariff", "tariff_cents", by_outcome),
        ("agreed", "agreed", by_outcome),
        ("share", "share", by_payer),
        ("ceiling", "ceiling_cents", by_payer),
    ]
    found = []
    for field, column, (rows, contract, keys, name_nl, name_en) in terms:
        old, new = (
            func.max(case((rows.side == side, cast(rows[column], String)))) for side in (_OLD, _NEW)
        )
        found.append(
            select(
                *_named(
                    subject=literal("contract"),
                    field=literal(field),
                    contract=func.max(contract),
                    about_nl=func.max(name_nl),
                    about_en=func.max(name_en),
                    before=old,
                    after=new,
                )
            )
            .group_by(rows.contract_id, *keys)
            .having(old.is_distinct_from(new))
        )
    return found
