"""Publishing: from register to a protected, numbered, dated release file per gemeente."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select

from data_access import register as r
from data_access import release_tables as t
from data_access.errors import PublishRefused
from data_access.exclusive import PUBLISHING, exclusive
from data_access.gemeente_keys import key_for
from data_access.publish.amounts import Booked, booked, of_places
from data_access.publish.audit import audit
from data_access.publish.before import read_earlier
from data_access.publish.book import Book
from data_access.publish.book_kept import keep_book, read_book
from data_access.publish.context import Context, gemeenten_with_figures, read_context
from data_access.publish.counts import Counts, count
from data_access.publish.ledger import FileLedger, keep_ledger, read_ledger
from data_access.publish.protect import Protected, protect
from data_access.publish.rows import release_rows
from data_access.publish.sense import check_sense
from data_access.release_file import Header, checksum, file_content
from data_access.releases_kept import write_missing_files
from data_access.schema import make_ready
from data_access.shelf import folder_of
from indicators.catalogue import MEASURES, measure
from indicators.periods import day_in_words, next_corrections
from indicators.vocabulary import Amount, Text

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class PublishedRelease:
    """What publishing made; `new` is False when nothing had changed since the last release.

    `waiting_of`: of how many periods and organisations, per measure of which there are any, the
    register has other counts than were published, which `corrected_on` will bring. For whoever
    publishes: in a release it would tell that something happened in a closed period.
    """

    gemeente_code: str
    gemeente: str
    number: int
    new: bool
    cells: int
    waiting_of: Mapping[str, int]
    corrected_on: date
    checksum: str
    ledger: tuple[FileLedger, ...]

    def sentence(self, language: str) -> str:
        """Return what was made, as one sentence."""
        if not self.new:
            return Text(
                f"{self.gemeente}: er is niets veranderd, publicatie {self.number} blijft de "
                "laatste.",
                f"{self.gemeente}: nothing has changed, release {self.number} stays the last one.",
            ).in_language(language)
        return Text(
            f"{self.gemeente}: publicatie {self.number} is gemaakt, {self.cells} cellen; "
            f"{self.waiting} tellingen van afgesloten perioden wachten op "
            f"{day_in_words(self.corrected_on, 'nl')}.",
            f"{self.gemeente}: release {self.number} was made, {self.cells} cells; "
            f"{self.waiting} counts of closed periods wait for "
            f"{day_in_words(self.corrected_on, 'en')}.",
        ).in_language(language)

    @property
    def waiting(self) -> int:
        """Return how many counts wait, of all measures together."""
        return sum(self.waiting_of.values())

    def waits(self, language: str) -> str:
        """Return of which measures counts wait until when, as one line; '' when none does."""
        if not self.waiting_of:
            return ""
        day = day_in_words(self.corrected_on, language)
        what = ", ".join(
            f"{measure(each).name.in_language(language)} {n}"
            for each, n in sorted(self.waiting_of.items())
        )
        return Text(
            f"wacht op {day}: {what} (tellingen per periode en organisatie die in het register "
            "anders zijn dan gepubliceerd)",
            f"waits for {day}: {what} (counts per period and organisation that are other in the "
            "register than published)",
        ).in_language(language)


@dataclass(frozen=True)
class NotPublished:
    """A gemeente that keeps its last release, and why."""

    gemeente_code: str
    gemeente: str
    reason: Text


@dataclass(frozen=True)
class Publication:
    """What one run of publishing did, gemeente by gemeente."""

    releases: tuple[PublishedRelease, ...]
    refused: tuple[NotPublished, ...]
    seconds: float

    def of(self, gemeente_code: str) -> PublishedRelease:
        """Return the release of a gemeente. Raises KeyError when it was refused."""
        return {each.gemeente_code: each for each in self.releases}[gemeente_code]

    def describe(self, language: str) -> str:
        """Return what was done as lines of text, for the publisher only: the ledger is exact."""
        seconds = f"{self.seconds:.1f}"
        lines = [
            Text(f"Klaar in {seconds.replace('.', ',')} s.", f"Done in {seconds} s.").in_language(
                language
            )
        ]
        for each in self.releases:
            lines.append(each.sentence(language))
            lines += [f"  {file.describe(language)}" for file in each.ledger]
            lines += [f"  {waits}" for waits in [each.waits(language)] if waits]
        for refusal in self.refused:
            why = refusal.reason.in_language(language)
            kept = Text("niet gepubliceerd", "not published").in_language(language)
            lines.append(f"{refusal.gemeente}: {kept}. {why}")
        return "\n".join(lines)


def publish(
    engine: Engine,
    progress: Progress | None = None,
    reason: tuple[str, str] = ("", ""),
    even_if_unchanged: bool = False,
    gemeenten: Sequence[str] = (),
    moment: datetime | None = None,
) -> Publication:
    """Make a release of each gemeente (or of those named) from the register as it is now.

    `progress` is called with (measure id, done, total); `reason` is the text of the correction log
    in Dutch and English; `moment` is when the release is said to be made (UTC, usually now).
    All is read at one moment and written in one transaction: a crash leaves the previous releases
    current. A gemeente that cannot be published keeps its last release; the others go on.

    Raises RegisterBusy when somebody else is at work, and PublishRefused when no gemeente at all
    could be published.
    """
    started = time.monotonic()
    make_ready(engine)
    made_at = (moment or datetime.now(UTC)).replace(microsecond=0)
    with exclusive(engine, PUBLISHING) as connection:
        done = _publish_all(connection, progress, reason, even_if_unchanged, gemeenten, made_at)
    if not done.releases:
        raise _nothing_published(done.refused)
    if engine.dialect.name == "sqlite":
        url = engine.url.render_as_string(hide_password=False)
        write_missing_files(engine, folder_of(url))
    return replace(done, seconds=time.monotonic() - started)


def _publish_all(
    connection: Connection,
    progress: Progress | None,
    reason: tuple[str, str],
    even_if_unchanged: bool,
    gemeenten: Sequence[str],
    made_at: datetime,
) -> Publication:
    names = gemeenten_with_figures(connection)
    asked = {code: name for code, name in names.items() if not gemeenten or code in gemeenten}
    refused = [NotPublished(code, code, _UNKNOWN) for code in gemeenten if code not in names]
    contexts: dict[str, Context] = {}
    for code, name in asked.items():
        try:
            contexts[code] = read_context(connection, code, name, made_at.date())
        except PublishRefused as error:
            refused.append(_refusal(code, name, error))
    measures = [each for each in MEASURES if not isinstance(each, Amount)]
    counts: dict[str, Counts] = {}
    for step, each in enumerate(measures):
        if progress:
            progress(each.id, step, len(measures))
        counts[each.id] = count(connection, each.id, contexts)
    releases = []
    for code, context in contexts.items():
        try:
            # What a refused draft left behind (its key's fingerprint) is taken back.
            with connection.begin_nested():
                draft = _draft(connection, context, counts, made_at)
                releases.append(_keep(connection, draft, reason, even_if_unchanged, made_at))
        except PublishRefused as error:
            refused.append(_refusal(code, context.gemeente.name, error))
    if progress:
        progress("", len(measures), len(measures))
    return Publication(tuple(releases), tuple(refused), 0.0)


_UNKNOWN = Text(
    "Deze gemeente staat niet in het register, of heeft geen organisaties en afgesloten kwartalen.",
    "This gemeente is not in the register, or has no organisations and closed quarters.",
)


def _refusal(code: str, name: str, error: PublishRefused) -> NotPublished:
    return NotPublished(code, name, Text(error.message_nl, error.message_en))


def _nothing_published(refused: Sequence[NotPublished]) -> PublishRefused:
    if not refused:
        return PublishRefused(
            "Er is nog niets om te publiceren. Laad eerst een levering met 'python -m data_access "
            "load MAP'.",
            "There is nothing to publish yet. First load a delivery with 'python -m data_access "
            "load FOLDER'.",
        )
    return PublishRefused(
        "Er is niets gepubliceerd. "
        + " ".join(f"{each.gemeente}: {each.reason.nl}" for each in refused),
        "Nothing was published. "
        + " ".join(f"{each.gemeente}: {each.reason.en}" for each in refused),
    )


@dataclass(frozen=True)
class _Draft:
    """A release that is not numbered yet."""

    context: Context
    done: Protected
    book: Book
    rows: dict[Any, list[dict[str, Any]]]
    ledger: tuple[FileLedger, ...]


def _draft(
    connection: Connection, context: Context, counts: dict[str, Counts], made_at: datetime
) -> _Draft:
    today = made_at.date()
    ledger = read_ledger(connection, context, today)
    check_sense(counts, context)
    code = context.gemeente.code
    key = key_for(connection, code, made_at)
    book = read_book(connection, code, key.secret, key.epoch)
    earlier = read_earlier(connection, code, book)
    done = protect(counts, context, book, today)
    money: list[Booked] = booked(connection, context, done)
    places = of_places(money, done, book)
    audit(done, book, places, earlier, today)
    rows = release_rows(connection, context, done, money, places)
    return _Draft(context, done, book, rows, ledger)


def _keep(
    connection: Connection,
    draft: _Draft,
    reason: tuple[str, str],
    even_if_unchanged: bool,
    made_at: datetime,
) -> PublishedRelease:
    """Number the draft and keep it, unless nothing has changed."""
    gemeente, done = draft.context.gemeente, draft.done
    total = checksum(draft.rows)
    current = _current(connection, gemeente.code)
    unchanged = current is not None and current.checksum == total and not even_if_unchanged
    if current is not None and unchanged:
        number = current.number
    else:
        number = 1 if current is None else current.number + 1
        header = _header(draft, number, made_at, total, reason)
        _insert(connection, *file_content(header, draft.rows))
        keep_ledger(connection, gemeente.code, number, draft.ledger)
    keep_book(connection, gemeente.code, draft.book)
    return PublishedRelease(
        gemeente.code,
        gemeente.name,
        number,
        not unchanged,
        len(draft.rows[t.pub_cell]),
        done.waiting,
        next_corrections(made_at.date()),
        total,
        draft.ledger,
    )


def _header(
    draft: _Draft, number: int, made_at: datetime, total: str, reason: tuple[str, str]
) -> Header:
    gemeente, first = draft.context.gemeente, number == 1
    return Header(
        gemeente_code=gemeente.code,
        gemeente=gemeente.name,
        number=number,
        made_at=made_at,
        closed_until=gemeente.last_closed,
        periods=tuple(sorted((*gemeente.quarters, *gemeente.years))),
        sample=draft.context.sample,
        checksum=total,
        reason_nl=reason[0] or ("Eerste publicatie" if first else "Nieuwe gegevens"),
        reason_en=reason[1] or ("First release" if first else "New data"),
        notes=json.dumps({}),
    )


def _insert(connection: Connection, header: Header, content: bytes) -> None:
    row = {
        "gemeente_code": header.gemeente_code,
        "number": header.number,
        "made_at": header.made_at,
        "closed_until": header.closed_until,
        "checksum": header.checksum,
        "seal": header.seal,
        "content": content,
    }
    connection.execute(insert(r.release_file), row)


def _current(connection: Connection, gemeente: str) -> Row[Any, Any] | None:
    f = r.release_file.c
    return connection.execute(
        select(f.number, f.checksum)
        .where(f.gemeente_code == gemeente)
        .order_by(f.number.desc())
        .limit(1)
    ).first()
