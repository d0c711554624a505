"""Loading a delivery: everything is checked, then everything is written, or nothing is."""

import datetime
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, false, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from data_access import register
from data_access.database import transaction
from data_access.deliveries.consistency import double_keys, keys_taken, share_faults
from data_access.deliveries.delivery import Delivery, parse_delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.folder import read_folder
from data_access.deliveries.known_keys import with_known_keys
from data_access.deliveries.progress import CHECKING, WRITING, Progress, silent
from data_access.deliveries.references import reference_faults
from data_access.deliveries.writing import Written, write_file, write_participants
from data_access.errors import DataAccessError, DeliveryRefused


@dataclass(frozen=True)
class LoadSummary:
    """What loading did: rows by file name, seconds taken.

    `loaded_before` is the day and time (UTC) of an earlier load of exactly this delivery; then
    nothing was read or written now and `files` is empty.
    """

    name: str
    sample: bool
    files: dict[str, Written]
    seconds: float
    loaded_before: datetime.datetime | None

    def describe(self, language: str) -> str:
        """Return the summary as lines of text in `language` ("nl" or "en")."""
        return _describe_nl(self) if language == "nl" else _describe_en(self)


def load(
    folder: Path,
    engine: Engine,
    progress: Progress = silent,
    today: datetime.date | None = None,
) -> LoadSummary:
    """Load the delivery in a folder into the register, whole or not at all.

    The database must be ready (data_access.database.make_ready). The same delivery twice changes
    nothing; a row with a known key updates that row. `today` bounds dates that cannot lie ahead.

    Raises DeliveryRefused with every fault, DataAccessError when the folder or the database fails.
    """
    started = time.monotonic()
    contents = read_folder(folder)
    try:
        with transaction(engine) as connection:
            earlier = _earlier_load(connection, contents.checksum)
        if earlier:
            return earlier
        delivery, faults = parse_delivery(contents, today or datetime.date.today(), progress)
        with transaction(engine) as connection:
            _wait_for_other_loads(connection)
            # Another load may have been faster while this one read its files.
            if earlier := _earlier_load(connection, contents.checksum):
                return earlier
            progress(CHECKING, 0)
            faults.extend(_faults_between_rows(connection, delivery))
            if faults:
                raise _refusal(with_known_keys(connection, delivery, faults))
            files = _write(connection, delivery, progress)
            _record(connection, delivery, contents.checksum)
    except SQLAlchemyError as error:
        raise _database_refused(error) from error
    seconds = time.monotonic() - started
    return LoadSummary(delivery.name, delivery.sample, files, seconds, None)


def _earlier_load(connection: Connection, checksum: str) -> LoadSummary | None:
    found = connection.execute(
        select(register.delivery).where(register.delivery.c.checksum == checksum)
    ).first()
    if found is None:
        return None
    return LoadSummary(found.name, found.sample, {}, 0.0, found.loaded_at)


def _wait_for_other_loads(connection: Connection) -> None:
    """Let one load at a time check and write; the lock ends with the transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE delivery IN SHARE ROW EXCLUSIVE MODE"))
    else:
        # SQLite locks at the first statement that may write, also when it writes nothing.
        connection.execute(delete(register.delivery).where(false()))


def _faults_between_rows(connection: Connection, delivery: Delivery) -> list[Fault]:
    return [
        *double_keys(delivery),
        *reference_faults(connection, delivery),
        *keys_taken(connection, delivery),
        *share_faults(connection, delivery),
    ]


def _write(connection: Connection, delivery: Delivery, progress: Progress) -> dict[str, Written]:
    total = max(delivery.rows_in_all(), 1)
    write_participants(connection, delivery)
    files: dict[str, Written] = {}
    before = 0
    for name, parsed in delivery.files.items():

        def written(rows: int, before: int = before) -> None:
            progress(WRITING, (before + rows) / total)

        files[name] = write_file(connection, parsed, written)
        before += len(parsed.rows)
    return files


def _record(connection: Connection, delivery: Delivery, checksum: str) -> None:
    row = {
        "checksum": checksum,
        "name": delivery.name,
        "sample": delivery.sample,
        "loaded_at": datetime.datetime.now(datetime.UTC),
    }
    connection.execute(insert(register.delivery), row)


def _refusal(faults: list[Fault]) -> DeliveryRefused:
    in_order = tuple(sorted(faults, key=_position))
    number = len(in_order)
    count_nl = "Er is 1 fout" if number == 1 else f"Er zijn {number} fouten"
    count_en = "There is 1 fault" if number == 1 else f"There are {number} faults"
    return DeliveryRefused(
        f"{count_nl} in de levering; er is niets geladen. Verbeter de bestanden en laad opnieuw.",
        f"{count_en} in the delivery; nothing was loaded. Mend the files and load again.",
        in_order,
    )


def _position(fault: Fault) -> tuple[str, int]:
    return fault.file, fault.row or 0


def _database_refused(error: SQLAlchemyError) -> DataAccessError:
    # Without the database's own words: they may quote rows about people.
    kind = type(getattr(error, "orig", None) or error).__name__
    return DataAccessError(
        f"De database heeft de levering geweigerd ({kind}); er is niets geladen. Probeer het "
        "opnieuw; lukt het weer niet, vraag dan de beheerder van de database.",
        f"The database refused the delivery ({kind}); nothing was loaded. Try again; if it fails "
        "once more, ask the administrator of the database.",
    )


def _describe_nl(summary: LoadSummary) -> str:
    if summary.loaded_before:
        return (
            f"Levering '{summary.name}' is al geladen op {summary.loaded_before:%d-%m-%Y %H:%M} "
            "(UTC); er is niets veranderd."
        )
    seconds = f"{summary.seconds:.1f}".replace(".", ",")
    lines = [f"Levering '{summary.name}' is geladen in {seconds} s."]
    lines += [
        f"  {name}: {each.new} nieuw, {each.changed} gewijzigd, {each.same} ongewijzigd"
        for name, each in summary.files.items()
        if each.rows
    ]
    if summary.sample:
        lines.append("Dit zijn voorbeeldcijfers: het dashboard zegt dat op elke pagina.")
    lines.append("Publiceer met 'python -m data_access publish' om dit te laten zien.")
    return "\n".join(lines)


def _describe_en(summary: LoadSummary) -> str:
    if summary.loaded_before:
        return (
            f"Delivery '{summary.name}' was loaded before, on "
            f"{summary.loaded_before:%Y-%m-%d %H:%M} (UTC); nothing has changed."
        )
    lines = [f"Delivery '{summary.name}' was loaded in {summary.seconds:.1f} s."]
    lines += [
        f"  {name}: {each.new} new, {each.changed} changed, {each.same} unchanged"
        for name, each in summary.files.items()
        if each.rows
    ]
    if summary.sample:
        lines.append("These are sample figures: the dashboard says so on every page.")
    lines.append("Publish with 'python -m data_access publish' to show this.")
    return "\n".join(lines)
