"""The same row under another key: typed twice, or numbered anew in a later export."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table

from data_access import register
from data_access.deliveries.comparing import Compared
from data_access.deliveries.questions.doubt import Checked, Doubt, Kind, ask
from data_access.deliveries.rows import ParsedRow
from data_access.deliveries.stored import Key, stored_rows
from indicators.vocabulary import Text

DOUBLE = Kind(
    "double",
    Text(
        "Deze rijen zijn op het kenmerk na gelijk aan een andere rij. Tellen zij allebei, of is "
        "het dezelfde met een nieuw kenmerk? Trek de oude dan in met intrekken.csv.",
        "These rows equal another row but for their key. Do both count, or is it the same one with "
        "a new key? Then withdraw the old one in intrekken.csv.",
    ),
)
# Tables whose rows may occur twice, and the field by which to look for their like.
_LOOK_FOR = {
    register.statement: "organisation_id",
    register.agreement: "participant",
    register.allowance: "participant",
    register.result: "participant",
    register.spending: "spent_on",
}
_KEY = ("supplier", "id")


def doubles(checked: Checked) -> Iterator[Doubt]:
    """Yield a doubt for each new or changed row that equals another one but for its key."""
    for table, field in _LOOK_FOR.items():
        compared = checked.of_table(table.name)
        if compared is not None and (compared.new or compared.changed):
            yield from _doubles(checked, compared, table, field)


def _doubles(checked: Checked, compared: Compared, table: Table, look_for: str) -> Iterator[Doubt]:
    fields = (look_for, *(f for f in compared.fields if f not in (*_KEY, look_for)))
    first: dict[tuple[Any, ...], ParsedRow] = {}
    # A row that was there already keeps its place: the new one is the double.
    for row in (*compared.same, *(row for row, _ in compared.differing())):
        first.setdefault(_content(row, fields), row)
    stored = _stored(
        checked, table, fields, {row.values[look_for] for row, _ in compared.differing()}
    )
    for row, _ in compared.differing():
        content = _content(row, fields)
        if first[content] is not row:
            yield ask(DOUBLE, compared.parsed, row, "id", _same_as_row(first[content].number))
        elif content in stored:
            yield ask(DOUBLE, compared.parsed, row, "id", _same_as_stored(*stored[content]))


def _content(row: ParsedRow, fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(row.values[field] for field in fields)


def _stored(
    checked: Checked, table: Table, fields: tuple[str, ...], values: set[Any]
) -> dict[tuple[Any, ...], Key]:
    replaced = checked.replaced(table.name)
    rows = stored_rows(checked.connection, table, (*fields, *_KEY), values)
    return {row[:-2]: row[-2:] for row in rows if row[-2:] not in replaced}


def _same_as_row(number: int) -> Text:
    return Text(
        f"is dit een andere dan rij {number}, die verder gelijk is?",
        f"is this another one than row {number}, which is the same for the rest?",
    )


def _same_as_stored(supplier: str, key: str) -> Text:
    return Text(
        f"is dit een andere dan {key} van {supplier} in het register, die verder gelijk is?",
        f"is this another one than {key} of {supplier} in the register, which is the same for the "
        "rest?",
    )
