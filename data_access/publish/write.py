"""Write a release: rows for each `pub_*` table, and the checksum over all of them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from data_access import register as r
from data_access import release_tables as t
from data_access.publish.amounts import Amount
from data_access.publish.context import Context, Gemeente
from data_access.publish.protect import ALL, Protected
from data_access.same_wijk import ChosenArea, WijkRow, choose
from indicators.periods import last_day, year_of

Rows = dict[Table, list[dict[str, Any]]]
_ROWS_AT_ONCE = 2_000
_IN_TIME = timedelta(days=45)


def release_rows(
    connection: Connection, context: Context, done: Protected, money: Iterable[Amount]
) -> Rows:
    """Return the rows of every table of the release, without the release's number."""
    return {
        t.pub_area: _areas(connection, context),
        t.pub_organisation: _organisations(connection, context),
        t.pub_statement: _copied(connection, r.statement),
        t.pub_period: _periods(connection, context),
        t.pub_cell: _cells(done),
        t.pub_amount: _amounts(money),
        t.pub_gap: _deliveries(connection, context),
        t.pub_financier: _copied(connection, r.financier, id="financier_id"),
        t.pub_taakveld: [
            {"code": row.code, "name": row.name} for row in connection.execute(select(r.taakveld))
        ],
        t.pub_contract: [
            {name: value for name, value in row.items() if name != "taakveld"}
            for row in _copied(connection, r.contract, id="contract_id")
        ],
        t.pub_contract_financier: _copied(connection, r.contract_financier),
        t.pub_contract_outcome: _contract_outcomes(connection),
        t.pub_target: _copied(connection, r.target),
    }


def checksum(rows: Rows) -> str:
    """Return the SHA-256 of all rows in a fixed order and notation."""
    digest = hashlib.sha256()
    for table in sorted(rows, key=lambda each: each.name):
        lines = sorted(json.dumps(row, sort_keys=True, default=_plain) for row in rows[table])
        digest.update((table.name + "\n" + "\n".join(lines) + "\n").encode())
    return digest.hexdigest()


def _plain(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def insert_release(connection: Connection, header: Mapping[str, Any], rows: Rows) -> None:
    """Insert the release's header and all its rows."""
    connection.execute(insert(t.pub_release), [dict(header)])
    for table, lines in rows.items():
        numbered = [{"release": header["number"], **line} for line in lines]
        for start in range(0, len(numbered), _ROWS_AT_ONCE):
            connection.execute(insert(table), numbered[start : start + _ROWS_AT_ONCE])


def _copied(connection: Connection, table: Table, **renamed: str) -> list[dict[str, Any]]:
    rows = connection.execute(select(table)).mappings()
    return [{renamed.get(name, name): value for name, value in row.items()} for row in rows]


def _areas(connection: Connection, context: Context) -> list[dict[str, Any]]:
    known = [_wijk_row(row) for row in connection.execute(select(r.wijk))]
    names = {row.code: row for row in connection.execute(select(r.gemeente))}
    rows = []
    for gemeente in context.gemeenten:
        mine = [row for row in known if row.code.startswith(f"WK{gemeente.code[2:]}")]
        wijken = [
            _wijk_area(choose(mine, (code, gemeente.edition)), code, gemeente)
            for code in gemeente.wijken
        ]
        on_bijstand = together([wijk["bijstand"] for wijk in wijken])
        rows += [*wijken, _gemeente_area(names[gemeente.code], on_bijstand)]
    return rows


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
        for row in connection.execute(select(r.organisation))
    ]


def _periods(connection: Connection, context: Context) -> list[dict[str, Any]]:
    c = r.closed_period.c
    closed_on = {
        (row.gemeente_code, row.quarter): row.closed_on
        for row in connection.execute(select(c.gemeente_code, c.quarter, c.closed_on))
    }
    rows = []
    for gemeente in context.gemeenten:
        for period in (*gemeente.quarters, *gemeente.years):
            quarter = period if len(period) > 4 else f"{period}-Q4"
            rows.append(
                {
                    "gemeente_code": gemeente.code,
                    "period": period,
                    "kind": "quarter" if period == quarter else "year",
                    "closed_on": closed_on[gemeente.code, quarter],
                }
            )
    return rows


def _cells(done: Protected) -> list[dict[str, Any]]:
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
        }
        for cell in done.cells()
    ]


def _amounts(money: Iterable[Amount]) -> list[dict[str, Any]]:
    return [
        {
            "row": number,
            "gemeente_code": row["gemeente"],
            "quarter": row["quarter"],
            "year": year_of(row["quarter"]),
            "area_code": row["area"],
            "organisation_id": row["organisation"],
            "taakveld": row["taakveld"],
            "financier_id": row["financier"],
            "nature": row["nature"],
            "money_ends_on": row["money_ends_on"],
            "outcome": row["outcome"],
            "kind": row["kind"],
            "cents": row["cents"],
        }
        for number, row in enumerate(map(asdict, money), start=1)
    ]


def _deliveries(connection: Connection, context: Context) -> list[dict[str, Any]]:
    """Deliveries that are missing or came long after their quarter; the rest is no gap."""
    where = {o: each.code for each in context.gemeenten for o in each.organisations}
    c = r.coverage.c
    late = {
        (row.organisation_id, row.subject, row.quarter): row.delivered_on
        for row in connection.execute(
            select(c.organisation_id, c.subject, c.quarter, c.delivered_on).where(
                c.quarter <= context.last_closed
            )
        )
        if row.delivered_on and row.delivered_on > last_day(row.quarter) + _IN_TIME
    }
    missing = {
        (organisation, subject, quarter): None
        for subject, pairs in context.missing.items()
        for organisation, quarter in pairs
    }
    return [
        {
            "organisation_id": organisation,
            "subject": subject,
            "quarter": quarter,
            "gemeente_code": where[organisation],
            "delivered_on": day,
        }
        for (organisation, subject, quarter), day in sorted({**late, **missing}.items(), key=str)
        if organisation in where
    ]


def _contract_outcomes(connection: Connection) -> list[dict[str, Any]]:
    o, c = r.outcome.c, r.contract_outcome.c
    words = [column for column in o if column.name != "id"]
    rows = connection.execute(
        select(c.contract_id, c.outcome_id, c.tariff_cents, c.agreed, *words).join_from(
            r.contract_outcome, r.outcome
        )
    ).mappings()
    return [dict(row) for row in rows]
