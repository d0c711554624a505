"""Loading a delivery: everything is checked, then everything is written, or nothing is."""

import datetime
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from data_access import register
from data_access.deliveries.comparing import compare_all
from data_access.deliveries.consistency import double_keys, keys_taken, share_faults
from data_access.deliveries.delivery import Delivery, parse_delivery
from data_access.deliveries.faults import Fault
from data_access.deliveries.folder import Folder, read_folder
from data_access.deliveries.known import read_known
from data_access.deliveries.known_keys import with_known_keys
from data_access.deliveries.notices import find_notices, rows_left_out
from data_access.deliveries.ownership import changed_rows_of_others
from data_access.deliveries.participants import (
    changed_domains,
    gemeenten_with_people,
    has_people,
    with_known_domains,
    with_stored_people,
)
from data_access.deliveries.progress import CHECKING, WRITING, Progress, silent
from data_access.deliveries.pseudonym_key import (
    PseudonymKey,
    advice_on_file,
    find_key,
    remember_key,
    write_key,
)
from data_access.deliveries.questions import Checked, Doubt, find_doubts, remember
from data_access.deliveries.references import reference_faults
from data_access.deliveries.summary import LoadSummary
from data_access.deliveries.suppliers import (
    gemeenten_of,
    rows_of_others,
    supplier_in_name,
    with_suppliers,
)
from data_access.deliveries.withdrawing import find_withdrawals, forget_people, withdraw
from data_access.deliveries.writing import Written, counted, write_file, write_participants
from data_access.errors import DataAccessError, DeliveryDoubtful, DeliveryRefused
from data_access.exclusive import LOADING, exclusive
from indicators.vocabulary import Text

__all__ = ["LoadSummary", "load"]


@dataclass(frozen=True)
class _Ready:
    """A delivery without faults, with the key of its people (None when it has nobody)."""

    checked: Checked
    key: PseudonymKey | None
    checksum: str


def load(
    folder: Path,
    engine: Engine,
    progress: Progress = silent,
    today: datetime.date | None = None,
    accept: int | None = None,
) -> LoadSummary:
    """Load the delivery in a folder into the register, whole or not at all.

    The database must be ready (data_access.schema.make_ready). The same delivery twice changes
    nothing; a row with a known key of its supplier updates that row. `today` bounds dates that
    cannot lie ahead. `accept`: how many questions are answered with yes.

    Raises DeliveryRefused with every fault, DeliveryDoubtful with every question when `accept` is
    not their number, DataAccessError when the folder, the key or the database fails.
    """
    started = time.monotonic()
    contents = read_folder(folder)
    day = today or datetime.date.today()
    try:
        delivery, faults = parse_delivery(contents, day, progress)
        with exclusive(engine, LOADING) as connection:
            progress(CHECKING, 0)
            ready = _check(connection, delivery, contents, faults)
            if _changes_nothing(ready):
                return _unchanged(ready, started)
            doubts = find_doubts(ready.checked, day)
            if len(doubts) != (accept or 0):
                raise _doubtful(doubts, accept)
            notices = find_notices(ready.checked)
            files, about_key = _write(ready, doubts, progress)
    except SQLAlchemyError as error:
        raise _database_refused(error) from error
    return LoadSummary(
        delivery.name,
        delivery.sample,
        files,
        time.monotonic() - started,
        loaded_before=None,
        accepted=len(doubts),
        withdrawn=len(ready.checked.withdrawals.each),
        notices=(*([about_key] if about_key else []), *notices),
    )


def _check(
    connection: Connection, delivery: Delivery, contents: Folder, faults: list[Fault]
) -> _Ready:
    """Return the delivery as it can be written. Raises DeliveryRefused with all faults."""
    known = read_known(connection, delivery)
    if of_others := list(rows_of_others(delivery, known)):
        raise _refusal(with_known_keys(connection, delivery, [*faults, *of_others]))
    delivery, wrong = with_suppliers(connection, delivery, known)
    faults = [*faults, *wrong, *changed_domains(connection, delivery, known)]
    delivery = with_known_domains(delivery, known)
    gemeenten = gemeenten_with_people(delivery, known)
    key = find_key(connection, gemeenten) if gemeenten else None
    delivery, people = with_stored_people(delivery, known, key.value if key else b"")
    compared = compare_all(connection, delivery)
    withdrawals, wrong = find_withdrawals(connection, delivery, known, compared)
    faults += [
        *wrong,
        *double_keys(delivery),
        *changed_rows_of_others(delivery, known, compared),
        *reference_faults(connection, delivery, known, withdrawals),
        *keys_taken(connection, delivery, withdrawals),
        *share_faults(connection, delivery),
    ]
    if faults:
        raise _refusal(with_known_keys(connection, delivery, faults))
    checked = Checked(connection, delivery, known, people, compared, withdrawals)
    return _Ready(checked, key, contents.checksum)


def _changes_nothing(ready: _Ready) -> bool:
    """Tell whether the register would stay as it is; what is called sample may not change."""
    checked = ready.checked
    if checked.withdrawals.each or any(
        each.new or each.changed for each in checked.compared.values()
    ):
        return False
    gemeenten = gemeenten_of(checked.delivery, checked.known)
    held = register.delivery_gemeente.c
    last = (
        select(held.gemeente_code, func.max(held.delivery_id).label("id"))
        .where(held.gemeente_code.in_(gemeenten))
        .group_by(held.gemeente_code)
        .subquery()
    )
    samples = checked.connection.scalars(
        select(register.delivery.c.sample).join(last, last.c.id == register.delivery.c.id)
    ).all()
    return [bool(each) for each in samples] == [checked.delivery.sample] * len(gemeenten)


def _unchanged(ready: _Ready, started: float) -> LoadSummary:
    table = register.delivery
    newest = select(table.c.loaded_at).where(table.c.checksum == ready.checksum)
    found = ready.checked.connection.scalar(newest.order_by(table.c.id.desc()).limit(1))
    delivery = ready.checked.delivery
    return LoadSummary(
        delivery.name,
        delivery.sample,
        {name: counted(each) for name, each in ready.checked.compared.items()},
        time.monotonic() - started,
        loaded_before=found,
        unchanged=True,
        notices=tuple(rows_left_out(ready.checked)),
    )


def _write(
    ready: _Ready, doubts: list[Doubt], progress: Progress
) -> tuple[dict[str, Written], Text | None]:
    """Write everything; return the counts, and what to tell about the key of pseudonyms."""
    checked = ready.checked
    connection, delivery = checked.connection, checked.delivery
    now = datetime.datetime.now(datetime.UTC)
    newcomers = [
        each for each in checked.people.organisations() if not has_people(connection, each)
    ]
    if ready.key is not None:
        write_key(ready.key)
    delivery_id = _record(checked, ready.checksum, now)
    withdraw(connection, checked.withdrawals, checked.known, delivery_id, now)
    write_participants(connection, checked.compared)
    total = max(delivery.rows_in_all(), 1)
    files: dict[str, Written] = {}
    before = 0
    for name, compared in checked.compared.items():

        def written(rows: int, before: int = before) -> None:
            progress(WRITING, (before + rows) / total)

        files[name] = write_file(connection, compared, delivery_id, written)
        before += files[name].rows
    forget_people(connection, checked.withdrawals, checked.compared)
    _record_gemeenten(checked, delivery_id)
    remember(connection, doubts, delivery_id)
    told: Text | None = None
    if ready.key is not None:
        remember_key(connection, ready.key, checked.people.gemeenten())
        # Once for each organisation: once for the register would tell the first one that it is.
        if newcomers and ready.key.file is not None:
            told = advice_on_file(ready.key.file)
    return files, told


def _record(checked: Checked, checksum: str, now: datetime.datetime) -> int:
    row = {
        "supplier": supplier_in_name(checked.delivery, checked.known),
        "checksum": checksum,
        "name": checked.delivery.name,
        "sample": checked.delivery.sample,
        "loaded_at": now,
    }
    inserted = checked.connection.execute(insert(register.delivery), row).inserted_primary_key
    assert inserted is not None
    return int(inserted[0])


def _record_gemeenten(checked: Checked, delivery_id: int) -> None:
    """Say whose rows the delivery held. After its files: a gemeente may have come in them."""
    gemeenten = gemeenten_of(checked.delivery, checked.known) | {
        code
        for one in checked.withdrawals.each
        if (code := checked.known.gemeente_of(one.file.table.name, one.values))
    }
    rows = [{"delivery_id": delivery_id, "gemeente_code": code} for code in sorted(gemeenten)]
    if rows:
        checked.connection.execute(insert(register.delivery_gemeente), rows)


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


def _doubtful(doubts: list[Doubt], accept: int | None) -> DeliveryDoubtful:
    number = len(doubts)
    count_nl = "Er is 1 vraag" if number == 1 else f"Er zijn {number} vragen"
    count_en = "There is 1 question" if number == 1 else f"There are {number} questions"
    if accept:
        count_nl += f", niet {accept}, "
        count_en += f", not {accept}, "
    else:
        count_nl += " "
        count_en += " "
    next_nl = f"Klopt alles, laad dan opnieuw met --accept {number}."
    next_en = f"If all is right, load again with --accept {number}."
    if not number:
        next_nl, next_en = "Laad opnieuw zonder --accept.", "Load again without --accept."
    return DeliveryDoubtful(
        f"{count_nl}over deze levering; er is niets geladen. {next_nl}",
        f"{count_en}about this delivery; nothing was loaded. {next_en}",
        tuple(doubts),
    )


def _database_refused(error: SQLAlchemyError) -> DataAccessError:
    # Without the database's own words: they may quote rows about people.
    kind = type(getattr(error, "orig", None) or error).__name__
    return DataAccessError(
        f"De database heeft de levering geweigerd ({kind}); er is niets geladen. Probeer het "
        "opnieuw; lukt het weer niet, vraag dan de beheerder van de database.",
        f"The database refused the delivery ({kind}); nothing was loaded. Try again; if it fails "
        "once more, ask the administrator of the database.",
    )
