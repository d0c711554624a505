"""Whose rows a delivery holds: the supplier that it declares, or the one that each row names.

A key of a supplier's own ("kenmerk") means nothing without the supplier: two wijkbedrijven may both
number their rows 1, 2, 3.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, select

from data_access import register
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.known import Known
from data_access.deliveries.registry import DELIVERY_FILE, SUPPLIER, DeliveryFile
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.stored import portions
from indicators.vocabulary import Text

NOBODY_IN_PARTICULAR = "register"
SHARED = (register.financier.name, register.outcome.name)

_AMBIGUOUS = Text(
    "een kenmerk dat bij één leverancier hoort; vul in levering.csv de kolom leverancier in",
    "a key that belongs to one supplier; fill in the column leverancier of levering.csv",
)


def supplier_of_row(declared: str, file: DeliveryFile, values: Mapping[str, Any]) -> str | None:
    """Return the supplier of a row with a key of its own; None when the row does not tell.

    Undeclared, spending is the gemeente's and any other row the organisation's that it names.
    """
    if declared:
        return declared
    spends = file.table is register.spending
    return values.get("gemeente_code" if spends else "organisation_id")


def with_row_suppliers(delivery: Delivery) -> Delivery:
    """Return the delivery with a supplier in each row that has a key of its own."""
    return _rewritten(
        delivery,
        lambda file: file.numbered,
        lambda file, row: supplier_of_row(delivery.supplier, file, row.values),
    )


def with_suppliers(
    connection: Connection, delivery: Delivery, known: Known
) -> tuple[Delivery, list[Fault]]:
    """Return the delivery with the supplier of every row that has one, and the faults in that.

    Financiers and outcomes that the register has stay with whoever delivered them first. A share
    of spending goes with the spending.
    """
    shared = _suppliers_of_shared(connection, delivery)
    mine = shared_supplier(delivery, known)
    delivery = _rewritten(
        delivery,
        lambda file: file.table.name in SHARED,
        lambda file, row: shared.get((file.table.name, row.values.get("id", "")), mine),
    )
    delivery = with_row_suppliers(delivery)
    spending, ambiguous = _suppliers_of_spending(connection, delivery)
    faults = [
        parsed.fault(row, ("spending_id",), _AMBIGUOUS)
        for parsed in delivery.files_of(register.spending_outcome.name)
        for row, (key,) in parsed.complete(("spending_id",))
        if key in ambiguous
    ]
    delivery = _rewritten(
        delivery,
        lambda file: file.table is register.spending_outcome,
        # A key that is nowhere gets a supplier that is nowhere: the reference is the fault.
        lambda _, row: delivery.supplier or spending.get(row.values.get("spending_id", ""), ""),
    )
    return delivery, faults


def shared_supplier(delivery: Delivery, known: Known) -> str:
    """Return whose a financier or outcome of this delivery is.

    The declared supplier; else the only organisation, or the only gemeente, that the delivery is
    about; else nobody in particular.
    """
    return delivery.supplier or supplier_in_name(delivery, known) or NOBODY_IN_PARTICULAR


def supplier_in_name(delivery: Delivery, known: Known) -> str:
    """Return the declared supplier, or the only one that the rows name; else nothing."""
    if delivery.supplier:
        return delivery.supplier
    about = {
        name
        for parsed in delivery.files.values()
        for row in parsed.rows
        if (name := _about(parsed.file, row.values, known))
    }
    if len(about) == 1:
        return about.pop()
    gemeenten = {known.gemeente_of_organisation(each) or each for each in about}
    return gemeenten.pop() if len(gemeenten) == 1 else ""


def _about(file: DeliveryFile, values: Mapping[str, Any], known: Known) -> str | None:
    if file.table is register.organisation:
        return values.get("id")
    if file.table is not register.spending and values.get("organisation_id"):
        return str(values["organisation_id"])
    return known.gemeente_of(file.table.name, values)


def gemeenten_of(delivery: Delivery, known: Known) -> set[str]:
    """Return the gemeenten whose rows a delivery holds."""
    return {
        code
        for parsed in delivery.files.values()
        for row in parsed.rows
        if (code := known.gemeente_of(parsed.file.table.name, row.values))
    }


def _rewritten(
    delivery: Delivery,
    chosen: Callable[[DeliveryFile], bool],
    supplier: Callable[[DeliveryFile, ParsedRow], str | None],
) -> Delivery:
    """Return the delivery with `supplier` (file, row) in the rows of the `chosen` files."""
    files = dict(delivery.files)
    for name, parsed in delivery.files.items():
        if chosen(parsed.file):
            rows = tuple(
                row if found is None else row._replace(values={**row.values, SUPPLIER: found})
                for row in parsed.rows
                for found in (supplier(parsed.file, row),)
            )
            files[name] = ParsedFile(parsed.file, rows)
    return replace(delivery, files=files)


def _suppliers_of_shared(connection: Connection, delivery: Delivery) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for name in SHARED:
        table = register.metadata.tables[name]
        wanted = (str(key) for (key,) in delivery.keys_of(name, ("id",)))
        for portion in portions(sorted(wanted)):
            rows = connection.execute(
                select(table.c.id, table.c.supplier).where(table.c.id.in_(portion))
            )
            found |= {(name, key): supplier for key, supplier in rows}
    return found


def _suppliers_of_spending(
    connection: Connection, delivery: Delivery
) -> tuple[dict[str, str], set[str]]:
    """Return whose spending each kenmerk is, in this delivery or else stored; and the unclear."""
    if delivery.supplier:
        return {}, set()
    named = {
        str(key) for (key,) in delivery.keys_of(register.spending_outcome.name, ("spending_id",))
    }
    holders: dict[str, set[str]] = defaultdict(set)
    for supplier, key in delivery.keys_of(register.spending.name, (SUPPLIER, "id")):
        if key in named:
            holders[str(key)].add(str(supplier))
    for key, supplier in suppliers_with_key(connection, register.spending, named - holders.keys()):
        holders[key].add(supplier)
    return (
        {key: min(suppliers) for key, suppliers in holders.items()},
        {key for key, suppliers in holders.items() if len(suppliers) > 1},
    )


def suppliers_with_key(
    connection: Connection, table: Table, keys: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield (key, supplier) of the stored rows with one of these keys, whoever delivered them."""
    for portion in portions(sorted(keys)):
        rows = connection.execute(
            select(table.c.id, table.c.supplier).where(table.c.id.in_(portion))
        )
        yield from ((key, supplier) for key, supplier in rows)


def _unknown_supplier(delivery: Delivery, known: Known) -> Iterator[Fault]:
    supplier = delivery.supplier
    if not supplier or supplier in known.organisations or supplier in known.gemeente_names:
        return
    expected = Text(
        "een organisatie of gemeente die in deze levering staat of al in het register",
        "an organisation or gemeente that is in this delivery or already in the register",
    )
    yield Fault(DELIVERY_FILE.name, 2, "leverancier", supplier, expected)


def rows_of_others(delivery: Delivery, known: Known) -> Iterator[Fault]:
    """Yield a fault for a supplier that nobody knows, or for each row that is not the supplier's.

    A delivery with such a fault is looked at no further: what else there is to say about rows of
    others would tell the supplier about them.
    """
    unknown = list(_unknown_supplier(delivery, known))
    if unknown or not delivery.supplier:
        yield from unknown
        return
    for parsed in delivery.files.values():
        for row in parsed.rows:
            wrong = _not_of(delivery.supplier, parsed.file, row, known)
            if wrong is not None:
                field, owner = wrong
                yield parsed.fault(row, field, _of_supplier(delivery.supplier, owner, known))


# Whoever names a place, financier or outcome may repeat it; changing it is judged elsewhere.
_REPEATABLE = (register.gemeente.name, register.wijk.name, *SHARED)
_OF_AN_ORGANISATION = (
    register.organisation.name,
    register.organisation_wijk.name,
    register.statement.name,
    register.agreement.name,
    register.allowance.name,
    register.ladder_reading.name,
    register.placement.name,
    register.result.name,
    register.coverage.name,
)


def _not_of(
    supplier: str, file: DeliveryFile, row: ParsedRow, known: Known
) -> tuple[tuple[str, ...], str] | None:
    """Return the field that shows it and whose row it is, when it is not the supplier's."""
    table = file.table.name
    if table in _REPEATABLE:
        return None
    whose = "id" if table == register.organisation.name else "organisation_id"
    gemeente = known.gemeente_of(table, row.values)
    if supplier in known.organisations:
        if table in _OF_AN_ORGANISATION:
            owner = row.values.get(whose, supplier)
            return None if owner == supplier else ((whose,), str(owner))
        return (_first_written(file, row), gemeente) if gemeente else None
    if gemeente is not None and gemeente != supplier:
        of_organisation = table in _OF_AN_ORGANISATION
        field = (whose,) if of_organisation else _first_written(file, row)
        return field, gemeente
    contract = known.contracts.get(row.values.get("contract_id", ""), supplier)
    return None if contract == supplier else (("contract_id",), contract)


def _first_written(file: DeliveryFile, row: ParsedRow) -> tuple[str, ...]:
    telling = ("gemeente_code", "contract_id", "area_code", "spending_id")
    return next((field,) for field in (*telling, *file.columns) if field in row.values)


def _of_supplier(supplier: str, owner: str, known: Known) -> Text:
    mine, theirs = known.called(supplier), known.called(owner)
    return Text(
        f"alleen rijen van {mine}, de leverancier in levering.csv; deze rij is van {theirs}",
        f"only rows of {mine}, the supplier in levering.csv; this row belongs to {theirs}",
    )
