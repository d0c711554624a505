"""The ledger of a release: every row of the register is published, or a line says why not.

For each delivery file: registered = published + in another gemeente + wijk not known + outside any
closed period + future + withdrawn + doubtful. What is registered is counted apart from the lines,
and a row that fits no line is counted nowhere, so the sum can fail to close; then nothing is
published. "In another gemeente" and "wijk not known" are published too, as places of their own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    func,
    insert,
    literal,
    not_,
    null,
    or_,
    select,
)

from data_access import register as r
from data_access.errors import PublishRefused
from data_access.measures import doubtful_placement
from data_access.publish.amounts import doubtful_spending
from data_access.publish.context import Context
from indicators.periods import first_day, last_day, shift_quarter
from indicators.vocabulary import Text

ONE_DAY = timedelta(days=1)
LINES: dict[str, Text] = {
    "published": Text("gepubliceerd", "published"),
    "elsewhere": Text("in een andere gemeente", "in another gemeente"),
    "unknown_wijk": Text("wijk niet bekend", "wijk not known"),
    "not_closed": Text("buiten elke afgesloten periode", "outside any closed period"),
    "future": Text("in de toekomst", "in the future"),
    "withdrawn": Text("ingetrokken", "withdrawn"),
    "doubtful": Text("twijfelachtig", "doubtful"),
}


Counted = Callable[[Sequence[str]], ColumnElement[bool]]


@dataclass(frozen=True)
class Subject:
    """A delivery file whose rows the ledger follows.

    `counted` tells in a SELECT whether a row counts in any of some closed quarters; `starts` is
    the day on which it begins.
    """

    file: str
    table: Table
    starts: ColumnElement[date]
    counted: Counted
    doubtful: Callable[[], ColumnElement[bool]] | None = None


def _spells(quarters: Sequence[str]) -> list[tuple[date, date]]:
    """Return first and last day of each unbroken row of quarters."""
    spells: list[tuple[date, date]] = []
    for quarter in sorted(quarters):
        first, last = first_day(quarter), last_day(quarter)
        if spells and spells[-1][1] + ONE_DAY == first:
            spells[-1] = spells[-1][0], last
        else:
            spells.append((first, last))
    return spells


def _on(day: ColumnElement[date]) -> Counted:
    def counts(quarters: Sequence[str]) -> ColumnElement[bool]:
        return or_(*(day.between(first, last) for first, last in _spells(quarters)))

    return counts


def _agreement_counts(quarters: Sequence[str]) -> ColumnElement[bool]:
    a = r.agreement.c
    return or_(
        *(
            and_(a.started_on <= last, or_(a.ended_on.is_(None), a.ended_on >= first))
            for first, last in _spells(quarters)
        )
    )


def _reading_counts(quarters: Sequence[str]) -> ColumnElement[bool]:
    """A reading stands for the four quarters up to a reference date."""
    stands_for = {shift_quarter(quarter, -back) for quarter in quarters for back in range(4)}
    return _on(r.ladder_reading.c.read_on)(sorted(stands_for))


def _result_counts(quarters: Sequence[str]) -> ColumnElement[bool]:
    return r.result.c.claimed_on <= last_day(max(quarters))


SUBJECTS = (
    Subject("vrijwilligers.csv", r.agreement, r.agreement.c.started_on, _agreement_counts),
    Subject(
        "vergoedingen.csv", r.allowance, r.allowance.c.paid_on, _on(r.allowance.c.paid_on),
    ),
    Subject("ladder.csv", r.ladder_reading, r.ladder_reading.c.read_on, _reading_counts),
    Subject(
        "uitstroom.csv", r.placement, r.placement.c.started_on,
        _on(r.placement.c.started_on), doubtful_placement,
    ),
    Subject("resultaten.csv", r.result, r.result.c.claimed_on, _result_counts),
    Subject(
        "besteding.csv", r.spending, r.spending.c.spent_on,
        _on(r.spending.c.spent_on), doubtful_spending,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class FileLedger:
    """The lines of one file: rows by line of LINES, and how many rows are registered."""

    file: str
    registered: int
    rows: dict[str, int]

    @property
    def closes(self) -> bool:
        """Whether every registered row is on a line."""
        return self.registered == sum(self.rows.values())

    def describe(self, language: str) -> str:
        """Return the ledger of the file as one line; lines without a row are left out."""
        registered = "geregistreerd" if language == "nl" else "registered"
        parts = [f"{n} {LINES[line].in_language(language)}" for line, n in self.rows.items() if n]
        return f"{self.file}: {self.registered} {registered} = {' + '.join(parts) or 0}"


def read_ledger(connection: Connection, context: Context, today: date) -> tuple[FileLedger, ...]:
    """Return the ledger of a gemeente, a FileLedger per file that has rows.

    Raises PublishRefused when it does not close: then a row would be lost without a word.
    """
    ledgers = [_of_file(connection, context, each, today) for each in SUBJECTS]
    for each in ledgers:
        if not each.closes:
            raise PublishRefused(
                f"De boekhouding van {each.file} sluit niet: {each.describe('nl')}. Er is een fout "
                "in dit programma; meld dit bij de beheerder.",
                f"The ledger of {each.file} does not close: {each.describe('en')}. There is a "
                "fault in this program; tell whoever maintains it.",
            )
    return tuple(each for each in ledgers if each.registered)


def _of_file(connection: Connection, context: Context, subject: Subject, today: date) -> FileLedger:
    mine = _of_gemeente(subject.table, context)
    gone = r.withdrawn.c
    withdrawn = connection.scalar(
        select(func.count()).where(
            gone.file == subject.file, gone.gemeente_code == context.gemeente.code
        )
    )
    live = connection.scalar(select(func.count()).select_from(subject.table).where(mine))
    line = _line(subject, context, today)
    where = (subject.table.c.wijk_code, subject.table.c.wijk_edition)
    counted = (
        select(line.label("line"), *where).select_from(subject.table).where(mine).subquery("lines")
    )
    rows = dict.fromkeys(LINES, 0)
    rows["withdrawn"] = withdrawn or 0
    place = (counted.c.wijk_code, counted.c.wijk_edition)
    question = select(counted.c.line, *place, func.count()).group_by(counted.c.line, *place)
    for name, code, edition, number in connection.execute(question):
        if name is not None:
            rows[_line_of_place(subject, context, name, code, edition)] += number
    return FileLedger(subject.file, (live or 0) + rows["withdrawn"], rows)


def _of_gemeente(table: Table, context: Context) -> ColumnElement[bool]:
    if table is r.spending:
        return r.spending.c.gemeente_code == context.gemeente.code
    o = r.organisation.c
    here = select(o.id).where(o.gemeente_code == context.gemeente.code)
    return table.c.organisation_id.in_(here)


def _line(subject: Subject, context: Context, today: date) -> ColumnElement[str]:
    """Tell on which line a row is. No `else`: what fits nowhere must stand out."""
    closed = subject.counted(context.gemeente.quarters)
    doubtful = subject.doubtful() if subject.doubtful else literal(1) == literal(0)
    return case(
        (doubtful, "doubtful"),
        (and_(closed, not_(doubtful)), "published"),
        (and_(not_(closed), subject.starts > literal(today)), "future"),
        (and_(not_(closed), subject.starts <= literal(today)), "not_closed"),
        else_=null(),
    )


def _line_of_place(
    subject: Subject, context: Context, name: str, code: str | None, edition: int | None
) -> str:
    if name != "published" or (code is None and subject.table is r.spending):
        return name
    place = context.place(code, edition)
    gemeente = context.gemeente
    return {gemeente.elsewhere: "elsewhere", gemeente.unknown: "unknown_wijk"}.get(place, name)


def keep_ledger(
    connection: Connection, gemeente: str, number: int, ledger: Sequence[FileLedger]
) -> None:
    """Keep the ledger of a release in the register."""
    lines = [
        {
            "gemeente_code": gemeente, "number": number, "file": each.file, "line": line,
            "rows": rows,
        }
        for each in ledger
        for line, rows in {"registered": each.registered, **each.rows}.items()
    ]  # fmt: skip
    if lines:
        connection.execute(insert(r.ledger), lines)
