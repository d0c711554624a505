"""What may be right and may be a mistake: a question for whoever loads, with its row and cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data_access.deliveries.comparing import Compared
from data_access.deliveries.delivery import Delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.known import Known
from data_access.deliveries.participants import People
from data_access.deliveries.registry import template_name
from data_access.deliveries.rows import ParsedFile, ParsedRow
from data_access.deliveries.withdrawing import Withdrawals
from indicators.vocabulary import Text

LONGEST_KEY = 60


@dataclass(frozen=True)
class Kind:
    """A kind of doubt: its id in the register, and why it is asked."""

    id: str
    why: Text


@dataclass(frozen=True)
class Doubt:
    """A question about one cell of one row.

    `file` is the file as it is in the folder. `template` (its name in the template), `supplier`
    and `key` tell the row from all others.
    """

    kind: Kind
    file: str
    row: int
    column: str
    value: str
    question: Text
    template: str
    supplier: str
    key: str

    def as_fault(self) -> Fault:
        """Return the question in the form in which faults are written to a file."""
        asked = Text(f"vraag: {self.question.nl}", f"question: {self.question.en}")
        return Fault(self.file, self.row, self.column, self.value, asked)

    def sentence(self, language: str) -> str:
        """Return the question as one line in `language` ("nl" or "en")."""
        return f"{self.as_fault().place(language)} - {self.question.in_language(language)}"


@dataclass(frozen=True)
class Checked:
    """A delivery without faults, and everything that questions and notices look at."""

    connection: Connection
    delivery: Delivery
    known: Known
    people: People
    compared: Mapping[str, Compared]
    withdrawals: Withdrawals

    def of_table(self, table: str) -> Compared | None:
        """Return the delivered file of a table, None when it is not in the delivery."""
        return next(
            (
                each
                for each in self.compared.values()
                if each.parsed.file.table.name == table and not each.parsed.file.updates_only
            ),
            None,
        )

    def replaced(self, table: str) -> set[tuple[str, ...]]:
        """Return the keys of stored rows that will be there no more, or otherwise."""
        compared = self.of_table(table)
        return (compared.keys() if compared else set()) | self.withdrawals.keys_of(table)


def row_key(parsed: ParsedFile, row: ParsedRow) -> tuple[str, str]:
    """Return what tells a row from all others: its supplier ("" without one) and its key."""
    own = [str(row.values[field]) for field in parsed.file.key if field != "supplier"]
    supplier = row.values.get("supplier", "") if parsed.file.numbered else ""
    return supplier, "/".join(own)[:LONGEST_KEY]


def ask(kind: Kind, parsed: ParsedFile, row: ParsedRow, field: str, question: Text) -> Doubt:
    """Return the question about one field of a row."""
    fault = parsed.fault(row, (field,), question)
    supplier, key = row_key(parsed, row)
    template = template_name(parsed.file)
    place = (fault.file, row.number, fault.column, fault.value)
    return Doubt(kind, *place, question, template, supplier, key)
