"""The rows of a release, for each of its tables."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from data_access import register as r
from data_access import release_tables as t
from data_access.publish.amounts import Booked, PlaceAmount, of_gemeente
from data_access.publish.context import Context, Gemeente
from data_access.publish.counts import ALL
from data_access.publish.explained import explained, rules
from data_access.publish.missing_spending import missing_spending
from data_access.publish.protect import Cell, Protected
from data_access.release_file import Rows
from data_access.same_wijk import ChosenArea, WijkRow, choose_together
from indicators.catalogue import MINIMUM_BASE
from indicators.periods import last_day, year_of

_IN_TIME = timedelta(days=45)
_STEP = 5


def release_rows(
    connection: Connection,
    context: Context,
    done: Protected,
    money: Sequence[Booked],
    of_place: Sequence[PlaceAmount],
) -> Rows:
    """Return the rows of every table of the release but its header."""
    code = context.gemeente.code
    c, o = r.contract.c, r.organisation.c
    contracts = select(c.id).where(c.gemeente_code == code)
    organisations = select(o.id).where(o.gemeente_code == code)
    paid_by = {each.financier for each in money} | set(
        connection.scalars(
            select(r.contract_financier.c.financier_id).where(
                r.contract_financier.c.contract_id.in_(contracts)
            )
        )
    )
    return {
        t.pub_area: _areas(connection, context),
        t.pub_organisation: _organisations(connection, context),
        t.pub_statement: _copied(
            connection, t.pub_statement, r.statement,
            r.statement.c.organisation_id.in_(organisations),
        ),
        t.pub_period: _periods(connection, context),
        t.pub_cell: [*_cells(done.cells()), *_cells(missing_spending(context, money, of_place))],
        t.pub_together: _together(done),
        t.pub_amount: _amounts(context.gemeente, money),
        t.pub_place_amount: _place_amounts(context.gemeente, of_place),
        t.pub_gap: _gaps(connection, context),
        t.pub_financier: [
            {"financier_id": row.id, "name": row.name, "kind": row.kind}
            for row in connection.execute(select(r.financier))
            if row.id in paid_by
        ],
        t.pub_taakveld: [
            {"code": row.code, "name": row.name} for row in connection.execute(select(r.taakveld))
        ],
        t.pub_contract: [
            {
                "contract_id": row.id, "gemeente_code": row.gemeente_code, "name": row.name,
                "starts_on": row.starts_on, "ends_on": row.ends_on,
            }
            for row in connection.execute(select(r.contract).where(c.gemeente_code == code))
        ],
        t.pub_contract_financier: _copied(
            connection, t.pub_contract_financier, r.contract_financier,
            r.contract_financier.c.contract_id.in_(contracts),
        ),
        t.pub_contract_outcome: _contract_outcomes(connection, code),
        t.pub_target: _copied(
            connection, t.pub_target, r.target,
            func.substr(r.target.c.area_code, 3, 4) == code[2:],
        ),
        t.pub_ledger: _in_no_wijk(done, context.gemeente),
        t.pub_measure: explained(),
        t.pub_setting: rules(),
    }  # fmt: skip


def _copied(
    connection: Connection, into: Table, table: Table, where: ColumnElement[bool]
) -> list[dict[str, Any]]:
    columns = [table.c[column.name] for column in into.c]
    return [dict(row) for row in connection.execute(select(*columns).where(where)).mappings()]


def _areas(connection: Connection, context: Context) -> list[dict[str, Any]]:
    gemeente = context.gemeente
    mine = [
        _wijk_row(row)
        for row in connection.execute(select(r.wijk).where(r.wijk.c.gemeente_code == gemeente.code))
    ]
    chosen = choose_together(mine, [(code, gemeente.edition) for code in gemeente.wijken])
    wijken = [_wijk_area(area, code, gemeente) for (code, _), area in chosen.items()]
    on_bijstand = together([wijk["bijstand"] for wijk in wijken])
    whole = connection.execute(select(r.gemeente).where(r.gemeente.c.code == gemeente.code)).one()
    return [
        *wijken,
        _area_without_figures(gemeente, gemeente.elsewhere, "elsewhere", "Buiten de gemeente"),
        _area_without_figures(gemeente, gemeente.unknown, "unknown", "Wijk onbekend"),
        _gemeente_area(whole, on_bijstand),
    ]


def together(counts: Sequence[int | None]) -> int | None:
    """Return the sum of what is known of all wijken of a gemeente; None when one is unknown."""
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _wijk_row(row: Any) -> WijkRow:
    return WijkRow(**{name: getattr(row, name) for name in WijkRow.__dataclass_fields__})


def _wijk_area(chosen: ChosenArea, code: str, gemeente: Gemeente) -> dict[str, Any]:
    figures, shape = chosen.figures, chosen.geometry
    return {
        "area_code": code,
        "level": "wijk",
        "gemeente_code": gemeente.code,
        "edition": gemeente.edition,
        "name": figures.name,
        "residents": figures.residents,
        "households": figures.households,
        "bijstand": figures.bijstand,
        "figures_on": figures.figures_on,
        "figures_source": figures.figures_source,
        "longitude": shape.longitude,
        "latitude": shape.latitude,
        "schematic": shape.schematic,
        "geometry": shape.geometry,
        "geometry_source": shape.geometry_source,
    }


def _area_without_figures(gemeente: Gemeente, code: str, level: str, name: str) -> dict[str, Any]:
    return {
        "area_code": code,
        "level": level,
        "gemeente_code": gemeente.code,
        "edition": None,
        "name": name,
        "residents": None,
        "households": None,
        "bijstand": None,
        "figures_on": None,
        "figures_source": "",
        "longitude": None,
        "latitude": None,
        "schematic": False,
        "geometry": None,
        "geometry_source": "",
    }


def _gemeente_area(row: Any, on_bijstand: int | None) -> dict[str, Any]:
    return {
        "area_code": row.code,
        "level": "gemeente",
        "gemeente_code": row.code,
        "edition": None,
        "name": row.name,
        "residents": row.residents,
        "households": None,
        "bijstand": on_bijstand,
        "figures_on": row.figures_on,
        "figures_source": row.figures_source,
        "longitude": None,
        "latitude": None,
        "schematic": False,
        "geometry": None,
        "geometry_source": "",
    }


def _organisations(connection: Connection, context: Context) -> list[dict[str, Any]]:
    return [
        {
            "organisation_id": row.id,
            "gemeente_code": row.gemeente_code,
            "name": row.name,
            "kind": row.kind,
            "founded_year": row.founded_year,
            "description": row.description,
            "invented": row.invented,
            "wijk_codes": ",".join(sorted(context.declared_wijken.get(row.id, ()))),
        }
        for row in connection.execute(
            select(r.organisation).where(r.organisation.c.gemeente_code == context.gemeente.code)
        )
    ]


def _periods(connection: Connection, context: Context) -> list[dict[str, Any]]:
    gemeente, c = context.gemeente, r.closed_period.c
    closed_on = {
        row.quarter: row.closed_on
        for row in connection.execute(
            select(c.quarter, c.closed_on).where(c.gemeente_code == gemeente.code)
        )
    }
    rows = []
    for period in (*gemeente.quarters, *gemeente.years):
        quarter = period if len(period) > 4 else f"{period}-Q4"
        rows.append(
            {
                "gemeente_code": gemeente.code,
                "period": period,
                "kind": "quarter" if period == quarter else "year",
                "closed_on": closed_on[quarter],
            }
        )
    return rows


def _cells(cells: Iterable[Cell]) -> list[dict[str, Any]]:
    return [
        {
            "gemeente_code": cell.gemeente,
            "measure": cell.measure,
            "period": cell.period,
            "area_code": cell.gemeente if cell.margin[0] == ALL else cell.margin[0],
            "organisation_id": "" if cell.margin[1] == ALL else cell.margin[1],
            "item": cell.margin[2],
            "category": "" if cell.margin[3] == ALL else cell.margin[3],
            "value": cell.value,
            "status": cell.status,
            "reason": cell.reason,
            "without": cell.without,
            "missing": ",".join(cell.missing),
            "error": cell.error,
        }
        for cell in cells
    ]


def _together(done: Protected) -> list[dict[str, Any]]:
    """Which wijken are too small for a breakdown. Other places are in no list of a page."""
    wijken = done.context.gemeente.wijken
    return [
        {
            "breakdown": breakdown,
            "period": period,
            "organisation_id": organisation,
            "item": item,
            "area_code": place,
            "part": how.part,
            "coarse": how.coarse,
        }
        for (breakdown, period, organisation, item), places in done.standing.items()
        for place, how in places.items()
        if how.part != "alone" and place in wijken
    ]


def _amounts(gemeente: Gemeente, money: Iterable[Booked]) -> list[dict[str, Any]]:
    return [
        {
            "row": number,
            "gemeente_code": gemeente.code,
            "quarter": row["quarter"],
            "year": year_of(row["quarter"]),
            "taakveld": row["taakveld"],
            "financier_id": row["financier"],
            "nature": row["nature"],
            "money_ends_on": row["money_ends_on"],
            "outcome": row["outcome"],
            "kind": row["kind"],
            "cents": row["cents"],
        }
        for number, row in enumerate(map(asdict, of_gemeente(money)), start=1)
    ]


def _place_amounts(gemeente: Gemeente, money: Iterable[PlaceAmount]) -> list[dict[str, Any]]:
    return [
        {
            "row": number,
            "gemeente_code": gemeente.code,
            "year": row["year"],
            "area_code": row["area"],
            "organisation_id": row["organisation"],
            "split": row["split"],
            "outcome": row["outcome"],
            "nature": row["nature"],
            "money_ends_on": row["money_ends_on"],
            "kind": row["kind"],
            "cents": row["cents"],
            "step": row["step"],
        }
        for number, row in enumerate(map(asdict, money), start=1)
    ]


def _gaps(connection: Connection, context: Context) -> list[dict[str, Any]]:
    """Deliveries that are missing or came long after their quarter; the rest is no gap."""
    gemeente, c = context.gemeente, r.coverage.c
    late = {
        (row.organisation_id, row.subject, row.quarter): row.delivered_on
        for row in connection.execute(
            select(c.organisation_id, c.subject, c.quarter, c.delivered_on).where(
                c.quarter <= gemeente.last_closed
            )
        )
        if row.delivered_on and row.delivered_on > last_day(row.quarter) + _IN_TIME
    }
    missing = {
        (organisation, subject, quarter): None
        for subject, pairs in context.receipts.missing.items()
        for organisation, quarter in pairs
    }
    return [
        {
            "organisation_id": organisation,
            "subject": subject,
            "quarter": quarter,
            "gemeente_code": gemeente.code,
            "delivered_on": day,
        }
        for (organisation, subject, quarter), day in sorted({**late, **missing}.items(), key=str)
        if organisation in gemeente.organisations
    ]


def _contract_outcomes(connection: Connection, gemeente: str) -> list[dict[str, Any]]:
    o, c, of = r.outcome.c, r.contract.c, r.contract_outcome.c
    words = [column for column in o if column.name not in ("id", "supplier")]
    rows = connection.execute(
        select(of.contract_id, of.outcome_id, of.tariff_cents, of.agreed, *words)
        .select_from(r.contract_outcome.join(r.outcome).join(r.contract))
        .where(c.gemeente_code == gemeente)
    ).mappings()
    return [dict(row) for row in rows]


def _in_no_wijk(done: Protected, gemeente: Gemeente) -> list[dict[str, Any]]:
    """Per year the share of people who live in no known wijk, from published cells only.

    Of all who were active in the year, or of the volunteers at its end where only those are known.
    """
    rows = []
    for year in gemeente.years:
        of_year = _share_in_no_wijk(done, gemeente, "active_volunteers", year)
        at_its_end = _share_in_no_wijk(done, gemeente, "volunteers", f"{year}-Q4")
        rows.append({"year": year, "in_no_wijk": at_its_end if of_year is None else of_year})
    return rows


def _share_in_no_wijk(done: Protected, gemeente: Gemeente, measure: str, period: str) -> int | None:
    cells = done.margins.get((measure, period), {})
    shown = {place: cells.get((place, ALL, "", ALL)) for place in (ALL, *gemeente.wijken)}
    whole = shown.pop(ALL)
    known = [each.value for each in shown.values() if each and each.status == "published"]
    if whole is None or whole.value is None or whole.status != "published":
        return None
    if whole.value < MINIMUM_BASE:
        return None
    in_wijken = sum(value or 0 for value in known)
    return _STEP * round(100 * (whole.value - in_wijken) / whole.value / _STEP)
