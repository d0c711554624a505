"""Which secret draws the thresholds of a gemeente, and since when: epochs of its key.

A key is never kept in the register, only its fingerprint, so that another one is noticed before it
draws anything. A new key begins a new epoch; what was published before keeps its own.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from data_access import register, settings
from data_access.disclosure.keys import DrawingKey, fingerprint, parse_key
from data_access.errors import DataAccessError, PublishRefused
from data_access.sample_deliveries import holds_only_sample, sample_secret
from indicators.vocabulary import Text

_SHOWN = 8
_FIRST_REASON = "eerste publicatie"
_log = logging.getLogger("data_access.gemeente_keys")
_Epoch = Row[Any, Any, Any]


@dataclass(frozen=True)
class ReplacedKey:
    """A new epoch of a gemeente: its number, the fingerprint of its key and why it began."""

    gemeente_code: str
    gemeente: str
    epoch: int
    fingerprint: str
    reason: str

    def sentence(self) -> Text:
        """Return what was done."""
        shown = self.fingerprint[:_SHOWN]
        return Text(
            f"{self.gemeente} ({self.gemeente_code}): sleutel {self.epoch} (vingerafdruk {shown}) "
            f"geldt vanaf nu; reden: {self.reason}. Perioden die al zijn gepubliceerd blijven "
            "zoals ze zijn.",
            f"{self.gemeente} ({self.gemeente_code}): key {self.epoch} (fingerprint {shown}) "
            f"counts from now on; reason: {self.reason}. Periods that were published stay as they "
            "are.",
        )


def key_for(connection: Connection, gemeente: str, now: datetime) -> DrawingKey:
    """Return the secret and the epoch with which a gemeente (its code) is published.

    At the first publication the fingerprint of the key is recorded, since `now` (UTC). Raises
    PublishRefused without a key, for one that is not whole, for another one than before, and for
    one that another gemeente has.
    """
    newest = _newest_epoch(connection, gemeente)
    secret = _secret(connection, gemeente, newest)
    mine = fingerprint(secret)
    if newest is None:
        _refuse_known(connection, gemeente, mine)
        _record(connection, gemeente, 1, mine, now, _FIRST_REASON)
        return DrawingKey(secret, 1)
    if newest.fingerprint != mine:
        raise _another_key(gemeente, newest)
    return DrawingKey(secret, newest.epoch)


def replace_key(connection: Connection, gemeente: str, reason: str, now: datetime) -> ReplacedKey:
    """Begin the next epoch of a gemeente with the key that its setting holds now.

    `connection` must have the register alone (data_access.exclusive). Raises DataAccessError when
    the gemeente is unknown or has no key to replace, and when the reason or the new key is missing,
    not whole, or known already.
    """
    name = _name(connection, gemeente)
    reason = " ".join(reason.split())
    if not reason:
        raise DataAccessError(
            "Geef met --reason in een paar woorden waarom de sleutel wordt vervangen.",
            "Give with --reason in a few words why the key is replaced.",
        )
    newest = _newest_epoch(connection, gemeente)
    if newest is None:
        raise DataAccessError(
            f"Van {name} ({gemeente}) is nog niets met een sleutel gepubliceerd; er valt niets te "
            "vervangen. Zet de sleutel en voer 'python -m data_access publish' uit.",
            f"Nothing of {name} ({gemeente}) was published with a key yet; there is nothing to "
            "replace. Set the key and run 'python -m data_access publish'.",
        )
    if newest.fingerprint == fingerprint(sample_secret(gemeente)):
        raise _was_sample(gemeente)
    mine = fingerprint(_given(gemeente))
    _refuse_known(connection, gemeente, mine)
    done = ReplacedKey(gemeente, name, newest.epoch + 1, mine, reason)
    _record(connection, gemeente, done.epoch, mine, now, reason)
    _log.info("%s", done.sentence().en)
    return done


def _secret(connection: Connection, gemeente: str, newest: _Epoch | None) -> bytes:
    sample = sample_secret(gemeente)
    only_sample = holds_only_sample(connection, gemeente)
    if newest is not None and newest.fingerprint == fingerprint(sample):
        # Thresholds of the sample are kept, and everybody can work them out.
        if not only_sample:
            raise _was_sample(gemeente)
        return sample
    has_own = settings.disclosure_setting(gemeente) == settings.own_disclosure_setting(gemeente)
    if newest is None and only_sample and not has_own:
        return sample
    given = _given(gemeente)
    if given == sample:
        raise _was_sample(gemeente)
    return given


def _given(gemeente: str) -> bytes:
    written = settings.disclosure_key(gemeente)
    own = settings.own_disclosure_setting(gemeente)
    if not written:
        raise PublishRefused(
            f"Er is geen sleutel om de cijfers mee te beschermen. Zet {own} (maak haar met 'python "
            "-m data_access key' en verander haar nooit) en probeer het opnieuw.",
            f"There is no key to protect the figures with. Set {own} (make it with 'python -m "
            "data_access key' and never change it) and try again.",
        )
    return parse_key(written, settings.disclosure_setting(gemeente))


def _newest_epoch(connection: Connection, gemeente: str) -> _Epoch | None:
    key = register.disclosure_key.c
    return connection.execute(
        select(key.epoch, key.fingerprint, key.since)
        .where(key.gemeente_code == gemeente)
        .order_by(key.epoch.desc())
        .limit(1)
    ).first()


def _name(connection: Connection, gemeente: str) -> str:
    known = register.gemeente.c
    name: str | None = connection.scalar(select(known.name).where(known.code == gemeente))
    if name is None:
        raise DataAccessError(
            f"De gemeente {gemeente} staat niet in het register. Geef haar CBS-code, zoals GM0080.",
            f"The gemeente {gemeente} is not in the register. Give its CBS code, such as GM0080.",
        )
    return name


def _refuse_known(connection: Connection, gemeente: str, mine: str) -> None:
    """Refuse a key that was in use before, here or for another gemeente."""
    key = register.disclosure_key.c
    holders = set(connection.scalars(select(key.gemeente_code).where(key.fingerprint == mine)))
    setting = settings.disclosure_setting(gemeente)
    own = settings.own_disclosure_setting(gemeente)
    if holders - {gemeente}:
        other = min(holders - {gemeente})
        raise PublishRefused(
            f"De sleutel in {setting} is al die van {other}, en elke gemeente heeft een eigen. "
            f"Maak een nieuwe met 'python -m data_access key' en zet die in {own}.",
            f"The key in {setting} is that of {other} already, and each gemeente has its own. Make "
            f"a new one with 'python -m data_access key' and set it in {own}.",
        )
    if holders:
        raise PublishRefused(
            f"De sleutel in {setting} is al eens gebruikt voor {gemeente}. Maak een nieuwe met "
            f"'python -m data_access key' en zet die in {own}.",
            f"The key in {setting} was used for {gemeente} before. Make a new one with 'python -m "
            f"data_access key' and set it in {own}.",
        )


def _record(
    connection: Connection, gemeente: str, epoch: int, mine: str, now: datetime, reason: str
) -> None:
    row = {
        "gemeente_code": gemeente,
        "epoch": epoch,
        "fingerprint": mine,
        "since": now,
        "reason": reason,
    }
    connection.execute(insert(register.disclosure_key), row)


def _another_key(gemeente: str, newest: _Epoch) -> PublishRefused:
    setting = settings.disclosure_setting(gemeente)
    shown, since = newest.fingerprint[:_SHOWN], newest.since
    command = f"python -m data_access key --replace {gemeente} --reason"
    return PublishRefused(
        f"De sleutel in {setting} is niet die waarmee {gemeente} sinds {since:%d-%m-%Y} wordt "
        f"gepubliceerd (vingerafdruk {shown}). Zet die terug; is zij verloren of uitgelekt, "
        f"vervang haar dan met '{command} REDEN'.",
        f"The key in {setting} is not the one with which {gemeente} is published since "
        f"{since:%Y-%m-%d} (fingerprint {shown}). Put that one back; if it is lost or leaked, "
        f"replace it with '{command} REASON'.",
    )


def _was_sample(gemeente: str) -> PublishRefused:
    return PublishRefused(
        f"Van {gemeente} is in deze database het voorbeeld gepubliceerd, met een sleutel die "
        "iedereen kent; die beschermt geen echte gegevens. Laad echte gegevens in een nieuwe "
        "database.",
        f"In this database the sample of {gemeente} was published, with a key that everybody "
        "knows; it protects no real data. Load real data into a new database.",
    )
