"""Publishing: from register to a protected, numbered and dated release that is never changed."""

import json
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select

from data_access import register as r
from data_access import release_tables as t
from data_access import settings
from data_access.database import transaction
from data_access.disclosure.tables import LeafKey
from data_access.errors import PublishRefused
from data_access.publish.amounts import amounts
from data_access.publish.context import Context, read_context
from data_access.publish.counts import count
from data_access.publish.protect import (
    Memory,
    Protected,
    mark_missing_spending,
    protect_measure,
)
from data_access.publish.write import Rows, checksum, insert_release, release_rows
from data_access.schema import make_ready
from indicators.catalogue import MEASURES
from indicators.vocabulary import Amount, Measure, ToDate

Progress = Callable[[str, int, int], None]
_ROWS_AT_ONCE = 2_000


@dataclass(frozen=True)
class PublishedRelease:
    """What publishing made; `new` is False when nothing had changed since the last release."""

    number: int
    new: bool
    cells: int
    widened: int
    checksum: str
    seconds: float


def publish(
    engine: Engine,
    progress: Progress | None = None,
    reason: tuple[str, str] = ("", ""),
    even_if_unchanged: bool = False,
) -> PublishedRelease:
    """Make a release of the register as it is now.

    `progress` is called with (measure id, done, total); `reason` is the text of the correction log
    in Dutch and English. Everything is written in one transaction: a crash leaves the previous
    release current. Raises PublishRefused without a key or without a closed quarter.
    """
    started = time.monotonic()
    make_ready(engine)
    with transaction(engine) as connection:
        context = read_context(connection)
        done = Protected(_secret(connection), Memory(_memory(connection)))
        measures = _in_order()
        for step, measure in enumerate(measures):
            if progress:
                progress(measure.id, step, len(measures))
            counts = count(connection, measure.id, context)
            for gemeente in context.gemeenten:
                protect_measure(measure, counts, gemeente, context, done)
        for gemeente in context.gemeenten:
            mark_missing_spending(gemeente, context, done)
        rows = release_rows(connection, context, done, amounts(connection, context, done))
        if progress:
            progress("", len(measures), len(measures))
        total = checksum(rows)
        current = _current(connection)
        cells = len(rows[t.pub_cell])
        if current and current.checksum == total and not even_if_unchanged:
            _remember(connection, done)
            seconds = time.monotonic() - started
            return PublishedRelease(current.number, False, cells, done.widened, total, seconds)
        number = (current.number if current else 0) + 1
        _write(connection, number, context, done, rows, total, reason)
    return PublishedRelease(number, True, cells, done.widened, total, time.monotonic() - started)


def _in_order() -> list[Measure]:
    """Counts of people: a whole before its parts, but to-date parts before their wholes."""
    people = [measure for measure in MEASURES if not isinstance(measure, Amount)]
    to_date = [measure for measure in people if isinstance(measure, ToDate)]
    return [each for each in people if each not in to_date] + to_date[::-1]


def _secret(connection: Connection) -> bytes:
    key = settings.disclosure_key()
    if key and key != settings.SAMPLE_KEY:
        return key
    real = select(func.count()).select_from(r.delivery).where(r.delivery.c.sample.is_(False))
    if connection.scalar(real):
        raise PublishRefused(
            "Er is geen sleutel om de cijfers mee te beschermen. Zet DISCLOSURE_KEY (een lange, "
            "geheime tekst die nooit verandert) en publiceer opnieuw.",
            "There is no key to protect the figures with. Set DISCLOSURE_KEY (a long secret text "
            "that never changes) and publish again.",
        )
    return settings.SAMPLE_KEY


def _memory(connection: Connection) -> dict[tuple[str, str], dict[LeafKey, tuple[int, int]]]:
    memory: dict[tuple[str, str], dict[LeafKey, tuple[int, int]]] = defaultdict(dict)
    for row in connection.execute(select(r.rounding_memory)):
        leaf = (row.wijk_code, row.organisation_id, row.item, row.category)
        memory[row.measure, row.period][leaf] = (row.true_value, row.published)
    return memory


def _current(connection: Connection) -> Row[Any] | None:
    return connection.execute(
        select(t.pub_release).order_by(t.pub_release.c.number.desc()).limit(1)
    ).first()


def _write(
    connection: Connection,
    number: int,
    context: Context,
    done: Protected,
    rows: Rows,
    total: str,
    reason: tuple[str, str],
) -> None:
    first = number == 1
    header = {
        "number": number,
        "made_at": datetime.now(UTC).replace(microsecond=0),
        "closed_until": context.last_closed,
        "sample": context.sample,
        "checksum": total,
        "reason_nl": reason[0] or ("Eerste publicatie" if first else "Nieuwe gegevens"),
        "reason_en": reason[1] or ("First release" if first else "New data"),
        "widened": done.widened,
        "notes": json.dumps({"unbounded": done.unbounded}),
    }
    insert_release(connection, header, rows)
    _remember(connection, done)


def _remember(connection: Connection, done: Protected) -> None:
    """Keep the roundings, so that what does not change is never rounded again."""
    connection.execute(delete(r.rounding_memory))
    lines = [
        {
            "measure": measure,
            "period": period,
            "wijk_code": leaf[0],
            "organisation_id": leaf[1],
            "item": leaf[2],
            "category": leaf[3],
            "true_value": true,
            "published": published,
        }
        for (measure, period), leaves in done.memory.now.items()
        for leaf, (true, published) in leaves.items()
    ]
    for start in range(0, len(lines), _ROWS_AT_ONCE):
        connection.execute(insert(r.rounding_memory), lines[start : start + _ROWS_AT_ONCE])
