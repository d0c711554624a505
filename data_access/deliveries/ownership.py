"""Rows that are somebody else's stay as they are: a key that is taken is a fault.

Gemeenten, wijken, financiers and outcomes are shared: anybody may repeat them.
"""

from collections.abc import Iterator, Mapping

from data_access import register
from data_access.deliveries.comparing import Compared
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.known import Known
from data_access.deliveries.rows import ParsedRow
from data_access.deliveries.suppliers import NOBODY_IN_PARTICULAR, SHARED, shared_supplier
from indicators.vocabulary import Text

_MOVABLE = {
    register.organisation.name: (
        "deze sleutel is van een organisatie in",
        "this key belongs to an organisation in",
    ),
    register.contract.name: (
        "deze sleutel is van een contract van",
        "this key belongs to a contract of",
    ),
}


def changed_rows_of_others(
    delivery: Delivery, known: Known, compared: Mapping[str, Compared]
) -> Iterator[Fault]:
    """Yield a fault for each row that would change what another supplier delivered."""
    for each in compared.values():
        table = each.parsed.file.table.name
        if table in _MOVABLE:
            yield from _moved(each, known)
        elif table in SHARED:
            # An organisation may happen to have the key that stands for nobody in particular.
            declared = delivery.supplier == NOBODY_IN_PARTICULAR
            mine = "" if declared else shared_supplier(delivery, known)
            yield from _changed_shared(each, mine, known)
        elif table in (register.gemeente.name, register.wijk.name):
            yield from _changed_places(each, delivery, known)


def _moved(compared: Compared, known: Known) -> Iterator[Fault]:
    """An organisation or contract would go to another gemeente, with all that was delivered."""
    nl, en = _MOVABLE[compared.parsed.file.table.name]
    for row in compared.changed:
        before = compared.before[compared.key(row)]["gemeente_code"]
        now = row.values["gemeente_code"]
        if before != now:
            key, where = row.values["id"], known.gemeente_names.get(before, before)
            other = f"{now.lower()}-{key}"[:60]
            yield compared.parsed.fault(
                row,
                ("id", "gemeente_code"),
                Text(
                    f"een eigen sleutel; {nl} {where}. Kies een andere, zoals {other}",
                    f"a key of your own; {en} {where}. Choose another one, such as {other}",
                ),
            )


def _changed_shared(compared: Compared, mine: str, known: Known) -> Iterator[Fault]:
    for row in compared.changed:
        owner = compared.before[compared.key(row)]["supplier"]
        if owner != mine:
            yield compared.parsed.fault(row, _first_change(compared, row), _leave(owner, known))


def _changed_places(compared: Compared, delivery: Delivery, known: Known) -> Iterator[Fault]:
    """A declared supplier changes only its own gemeente; only a gemeente adds places."""
    table = compared.parsed.file.table.name
    if not delivery.supplier:
        return
    for row in compared.changed:
        owner = known.gemeente_of(table, row.values) or ""
        if owner != delivery.supplier:
            yield compared.parsed.fault(row, _first_change(compared, row), _leave(owner, known))
    if delivery.supplier in known.organisations:
        for row in compared.new:
            owner = known.gemeente_of(table, row.values) or ""
            yield compared.parsed.fault(row, ("code",), _leave(owner, known))


def _first_change(compared: Compared, row: ParsedRow) -> tuple[str, ...]:
    before = compared.before[compared.key(row)]
    changed = (field for field in compared.fields if before[field] != row.values[field])
    fields = compared.parsed.file.written(tuple(changed))
    return fields[:1] or compared.parsed.file.written(compared.parsed.file.key)


def _leave(owner: str, known: Known) -> Text:
    whose = known.called(owner)
    return Text(
        f"wat het register al heeft, want deze rij is van {whose}; laat haar weg of herhaal haar "
        "zoals zij is",
        f"what the register has already, since this row belongs to {whose}; leave it out or repeat "
        "it as it is",
    )
