"""Questions about releases themselves: which there are, and what they describe."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from data_access import release_tables as t
from data_access.door import ask, has_table, together
from data_access.release_file import Header
from data_access.shelf import ReleaseKey, key_of, shelf


def releases() -> pd.DataFrame:
    """All releases at hand, newest first.

    Columns: key (ReleaseKey), gemeente_code, gemeente (name), number, made_at (UTC), closed_until
    (quarter), sample (bool), checksum, reason_nl, reason_en.
    """
    names = (
        "gemeente_code", "gemeente", "number", "made_at", "closed_until", "sample", "checksum",
        "reason_nl", "reason_en",
    )  # fmt: skip
    rows = [
        {"key": key_of(each), **{name: getattr(each, name) for name in names}}
        for each in sorted(shelf().headers, key=_newest_first)
    ]
    frame = pd.DataFrame(rows, columns=["key", *names])
    frame["made_at"] = pd.to_datetime(frame["made_at"], utc=True)
    return frame


def _newest_first(header: Header) -> tuple[float, str]:
    return -header.made_at.timestamp(), header.gemeente_code


def areas(release: ReleaseKey) -> pd.DataFrame:
    """The gemeente of a release and its places, by level and code.

    Columns: area_code, level ("gemeente", "wijk", or "elsewhere" and "unknown": where people of no
    wijk of this gemeente are counted), gemeente_code, edition, name, residents, households,
    bijstand, figures_on, figures_source, longitude, latitude, schematic, geometry (GeoJSON text,
    WGS84), geometry_source, periods (space-separated closed periods, oldest first; for the
    gemeente only).
    """
    area, period = t.pub_area.c, t.pub_period.c
    closed = (
        select(func.aggregate_strings(period.period, " "))
        .where(period.gemeente_code == area.area_code)
        .scalar_subquery()
    )
    question = select(*area, func.coalesce(closed, "").label("periods")).order_by(
        area.level, area.area_code
    )
    frame = ask(release, question)
    frame["periods"] = [" ".join(sorted(each.split())) for each in frame["periods"]]
    frame["schematic"] = frame["schematic"].astype(bool)
    return frame


def gemeenten(releases: Sequence[ReleaseKey]) -> pd.DataFrame:
    """The gemeenten of some releases, a row each (see `areas`)."""
    area = t.pub_area.c
    question = select(*area).where(area.level == "gemeente")
    return together(ask(each, question) for each in releases)


def organisations(release: ReleaseKey, period: str) -> pd.DataFrame:
    """Organisations with their public statements, a row per statement (or one without).

    Columns: organisation_id, gemeente_code, name, kind, founded_year, description, invented,
    wijk_codes (comma-separated, '' for none), stated_on, stated_value, text_nl, text_en, source;
    and of the register in `period` (a quarter): value (volunteers), status, reason.
    """
    o, s, c = t.pub_organisation.c, t.pub_statement.c, t.pub_cell.c
    registered = and_(
        c.measure == "volunteers",
        c.period == period,
        c.gemeente_code == o.gemeente_code,
        c.area_code == o.gemeente_code,
        c.organisation_id == o.organisation_id,
        c.item == "",
        c.category == "",
    )
    joined = t.pub_organisation.outerjoin(
        t.pub_statement, s.organisation_id == o.organisation_id
    ).outerjoin(t.pub_cell, registered)
    statement = (s.stated_on, s.value.label("stated_value"), s.text_nl, s.text_en, s.source)
    question = (
        select(*o, *statement, c.value, c.status, c.reason)
        .select_from(joined)
        .order_by(o.invented, o.name, s.stated_on, s.supplier, s.id)
    )
    return ask(release, question)


def organisation_names(release: ReleaseKey) -> pd.DataFrame:
    """Organisations by name, to say whose delivery is missing and where small places are counted.

    Columns: organisation_id, name, wijk_codes (comma-separated, '' for none), together_in (where it
    has small places that are shown together: "breakdown|period|item|area_code", comma-separated,
    '' for none; a comma in an item is a semicolon here).
    """
    o, g = t.pub_organisation.c, t.pub_together.c
    between, item = literal("|"), func.replace(g.item, ",", ";")
    where = g.breakdown + between + g.period + between + item + between + g.area_code
    # SQLite has no order in a list of distinct values; nobody needs one.
    together_in = func.coalesce(func.group_concat(where.distinct()), "").label("together_in")
    grouped = and_(g.organisation_id == o.organisation_id, g.part == "group")
    question = (
        select(o.organisation_id, o.name, o.wijk_codes, together_in)
        .select_from(t.pub_organisation.outerjoin(t.pub_together, grouped))
        .group_by(o.organisation_id, o.name, o.wijk_codes)
        .order_by(o.name)
    )
    return ask(release, question)


def explained(release: ReleaseKey) -> pd.DataFrame:
    """What is measured and shown, in the words with which the release was made.

    Columns: kind ("measure" or "indicator"), id, language, name, definition, formula, unit, base
    (rounding base of a measure) and source; a row per language in which there is a text. Without
    rows for a release that was made before releases said so themselves.
    """
    columns = list(t.pub_measure.c)
    if not has_table(release, t.pub_measure):
        return pd.DataFrame(columns=[column.name for column in columns])
    return ask(release, select(*columns).order_by(*t.pub_measure.primary_key.columns))


def rules(release: ReleaseKey) -> pd.DataFrame:
    """The rules by which a release was made. Columns: name, value (text), source ('' for none).

    See data_access.publish.explained.rules. Without rows for a release of before.
    """
    c = t.pub_setting.c
    if not has_table(release, t.pub_setting):
        return pd.DataFrame(columns=[column.name for column in c])
    return ask(release, select(c.name, c.value, c.source).order_by(c.name))


def targets(release: ReleaseKey) -> pd.DataFrame:
    """Targets. Columns: indicator, area_code, period, value."""
    c = t.pub_target.c
    frame = ask(release, select(c.indicator, c.area_code, c.period, c.value))
    frame["value"] = frame["value"].astype(float)
    return frame


def gaps(release: ReleaseKey) -> pd.DataFrame:
    """Deliveries that are missing or came more than 45 days after their quarter.

    Columns: organisation_id, organisation (name), subject, quarter, delivered_on (None when
    missing).
    """
    c, o = t.pub_gap.c, t.pub_organisation.c
    joined = t.pub_gap.join(t.pub_organisation, o.organisation_id == c.organisation_id)
    question = (
        select(
            c.organisation_id, o.name.label("organisation"), c.subject, c.quarter, c.delivered_on
        )
        .select_from(joined)
        .order_by(c.quarter.desc(), c.organisation_id, c.subject)
    )
    return ask(release, question)


def small_places(release: ReleaseKey, period: str) -> pd.DataFrame:
    """Wijken that are too small for a breakdown in a period (a quarter or a closed year).

    A row per breakdown, organisation, contract outcome and place. The figures of a group are cells
    of the area release_tables.TOGETHER and the digits of the gemeente, per organisation: ask
    `data_access.counts` with that area_code and the organisation_id.
    Columns: breakdown (the measure whose size decides: "volunteers" also for hours and for flows
    per quarter), organisation_id, organisation (its name), item ('' but for results of contracts),
    area_code (of the wijk, or of a place of people in no known wijk), part ("group": counted in
    the group; "left_out": in no figure of the breakdown), coarse (bool: it shows the coarser
    classes of its own).
    """
    p, o = t.pub_together.c, t.pub_organisation.c
    joined = t.pub_together.outerjoin(t.pub_organisation, o.organisation_id == p.organisation_id)
    question = (
        select(
            p.breakdown,
            p.organisation_id,
            func.coalesce(o.name, p.organisation_id).label("organisation"),
            p.item,
            p.area_code,
            p.part,
            p.coarse,
        )
        .select_from(joined)
        .where(p.period == period)
        .order_by(p.breakdown, p.organisation_id, p.item, p.area_code)
    )
    frame = ask(release, question)
    frame["coarse"] = frame["coarse"].astype(bool)
    return frame


def people_in_no_wijk(release: ReleaseKey) -> pd.DataFrame:
    """How many people who were active in a year live outside the gemeente or in no known wijk.

    Columns: year, in_no_wijk (percent of the published number in steps of 5; None when that
    number is too small or not there).
    """
    c = t.pub_ledger.c
    return ask(release, select(c.year, c.in_no_wijk).order_by(c.year.desc()))


_CELL_KEYS = (
    "measure",
    "period",
    "area_code",
    "organisation_id",
    "item",
    "category",
)


def changes(before: ReleaseKey, after: ReleaseKey, limit: int = 200) -> pd.DataFrame:
    """Published figures that differ between two releases of a gemeente.

    Only periods that both releases have are compared: a new quarter is no correction, nor is a
    cohort that has become old enough. A figure of a place, organisation or item that only one of
    the two releases has counts when it is not 0.
    Columns: measure, period, area_code, organisation_id, item, category, organisation (name, ''
    for all together), before, after (None where there was no figure), total (number of changed
    figures in all).
    """
    old, new = t.pub_cell.alias("old"), t.beside(t.pub_cell).alias("new")
    same = _same_cell(old, new)
    # A count is never negative, so -1 stands for no figure.
    differs = func.coalesce(old.c.value, -1) != func.coalesce(new.c.value, -1)
    in_both = (
        select(*(new.c[key] for key in _CELL_KEYS), old.c.value.label("before"), new.c.value)
        .select_from(old.join(new, same))
        .where(old.c.reason != "not_yet", differs)
    )
    found = union_all(
        in_both,
        _only_in(new, old, t.pub_period.alias(), appeared=True),
        _only_in(old, new, t.beside(t.pub_period).alias(), appeared=False),
    ).subquery()
    f = found.c
    newest = t.beside(t.pub_organisation).alias("newest")
    older = t.pub_organisation.alias("older")
    named: FromClause = found
    for names in (newest, older):
        named = named.outerjoin(names, names.c.organisation_id == f.organisation_id)
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
    return ask(before, question, beside=after)


def _same_cell(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    # With the gemeente, the first of the primary key: without it each cell would be a search.
    return and_(*(one.c[key] == other.c[key] for key in ("gemeente_code", *_CELL_KEYS)))


def _only_in(
    here: FromClause, there: FromClause, periods_there: FromClause, *, appeared: bool
) -> Select[Any]:
    """Figures of one release that have no cell in the other, of periods that the other has."""
    nothing = cast(null(), Integer)
    same = _same_cell(there, here)
    before, value = (nothing, here.c.value) if appeared else (here.c.value, nothing)
    return select(
        *(here.c[key] for key in _CELL_KEYS), before.label("before"), value.label("value")
    ).where(
        here.c.value != 0,
        here.c.period.in_(select(periods_there.c.period)),
        ~exists().where(same),
    )


def contracts(release: ReleaseKey) -> pd.DataFrame:
    """Contracts with what they pay for, a row per outcome.

    Columns: contract_id, contract_name, starts_on, ends_on, outcome_id, tariff_cents, agreed and
    the texts name, definition, unit, determined_by, validation (each with _nl and _en).
    """
    c, o = t.pub_contract.c, t.pub_contract_outcome.c
    joined = t.pub_contract.join(t.pub_contract_outcome, c.contract_id == o.contract_id)
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
        .order_by(c.contract_id, o.outcome_id)
    )
    return ask(release, question)


def contract_financiers(release: ReleaseKey) -> pd.DataFrame:
    """Who pays a contract. Columns: contract_id, financier_id, name, kind, share, ceiling_cents."""
    cf, f = t.pub_contract_financier.c, t.pub_financier.c
    joined = t.pub_contract_financier.join(t.pub_financier, f.financier_id == cf.financier_id)
    question = (
        select(cf.contract_id, cf.financier_id, f.name, f.kind, cf.share, cf.ceiling_cents)
        .select_from(joined)
        .order_by(cf.contract_id, cf.share.desc(), cf.financier_id)
    )
    frame = ask(release, question)
    frame["share"] = frame["share"].astype(float)
    return frame
