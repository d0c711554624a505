"""The key of a gemeente: recorded at first use, refused when another, replaced with a reason."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from data_access import commands, register, sample_deliveries, settings
from data_access.deliveries.folder import read_folder
from data_access.disclosure.keys import DrawingKey, fingerprint, parse_key
from data_access.errors import DataAccessError, PublishRefused, RegisterBusy
from data_access.exclusive import LOADING, REPLACING_KEY, exclusive
from data_access.gemeente_keys import ReplacedKey, key_for, replace_key
from data_access.sample_deliveries import SAMPLE_CHECKSUMS, sample_secret
from data_access.status import read_status
from deploy.sample_checksums import checksums
from tests.contract.rows_of_register import rows_of
from tests.keys import key_of, set_key
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery

HERE, THERE = "GM0080", "GM0014"
NOW = datetime(2026, 3, 17, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
Captured = pytest.CaptureFixture[str]


def secret_of(gemeente: str, number: int = 1) -> bytes:
    return parse_key(key_of(gemeente, number), "test")


def deliver(engine: Engine, gemeente: str, checksum: str = "0" * 64, sample: bool = False) -> None:
    """Record a delivery of a gemeente."""
    with engine.begin() as connection:
        about = {"checksum": checksum, "sample": sample, "loaded_at": NOW}
        added = connection.execute(
            insert(register.delivery), about | {"supplier": gemeente, "name": "levering"}
        ).inserted_primary_key
        assert added is not None
        connection.execute(
            insert(register.delivery_gemeente),
            {"delivery_id": added[0], "gemeente_code": gemeente},
        )


@pytest.fixture(autouse=True)
def _no_key_of_all_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here each test says itself which keys are set."""
    for name in [each for each in os.environ if each.startswith("DISCLOSURE_KEY")]:
        monkeypatch.delenv(name)


@pytest.fixture
def engine(empty_database: Engine) -> Engine:
    """A register with two gemeenten and nothing of them."""
    with empty_database.begin() as connection:
        rows = [{"code": HERE, "name": "Leeuwarden"}, {"code": THERE, "name": "Groningen"}]
        connection.execute(insert(register.gemeente), rows)
    return empty_database


@pytest.fixture
def real(engine: Engine) -> Engine:
    """The same with a delivery of each."""
    deliver(engine, HERE)
    deliver(engine, THERE)
    return engine


def drawn(engine: Engine, gemeente: str = HERE, now: datetime = NOW) -> DrawingKey:
    with engine.begin() as connection:
        return key_for(connection, gemeente, now)


def replaced(engine: Engine, gemeente: str = HERE, reason: str = "uitgelekt") -> ReplacedKey:
    with engine.begin() as connection:
        return replace_key(connection, gemeente, reason, LATER)


def refused(action: Callable[..., Any], *arguments: Any, kind: type = PublishRefused) -> str:
    """Return the Dutch sentence of a refusal, which quotes no key."""
    with pytest.raises(kind) as error:
        action(*arguments)
    sentences = error.value.message("nl"), error.value.message("en")
    assert sentences[0] != sentences[1]
    assert not any(
        key_of(code, number) in each
        for each in sentences
        for code in (HERE, THERE)
        for number in (1, 2)
    )
    return sentences[0]


def test_the_first_use_is_recorded(real: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    set_key(monkeypatch, HERE)
    assert drawn(real) == DrawingKey(secret_of(HERE), 1)
    assert drawn(real, now=LATER) == DrawingKey(secret_of(HERE), 1)
    (row,) = rows_of(real, "disclosure_key")
    assert row["fingerprint"] == fingerprint(secret_of(HERE))
    assert (row["gemeente_code"], row["epoch"], row["since"].date()) == (
        HERE, 1, date(2026, 3, 17),
    )  # fmt: skip
    assert key_of(HERE) not in repr(row)
    assert secret_of(HERE).hex() not in repr(row)


def test_one_setting_will_do_for_one_gemeente(
    real: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_KEY", key_of(HERE))
    assert drawn(real).secret == secret_of(HERE)
    # For a second one it is the key of another gemeente.
    sentence = refused(drawn, real, THERE)
    assert f"al die van {HERE}" in sentence
    assert f"DISCLOSURE_KEY_{THERE}" in sentence
    set_key(monkeypatch, THERE)
    assert drawn(real, THERE) == DrawingKey(secret_of(THERE), 1)


def test_an_own_setting_goes_before_the_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCLOSURE_KEY", "common")
    assert settings.disclosure_key(HERE) == "common"
    monkeypatch.setenv(f"DISCLOSURE_KEY_{HERE}", " own ")
    assert settings.disclosure_key(HERE) == "own"
    assert settings.disclosure_key(THERE) == "common"
    monkeypatch.setenv(f"DISCLOSURE_KEY_{HERE}", " ")
    assert settings.disclosure_key(HERE) == "common"


def test_without_a_key_nothing_is_published(real: Engine) -> None:
    assert f"DISCLOSURE_KEY_{HERE}" in refused(drawn, real)
    assert rows_of(real, "disclosure_key") == []


@pytest.mark.parametrize("written", ["x", "een woord", key_of(HERE)[:-1], key_of(HERE)[1:]])
def test_what_is_no_key_is_refused(
    real: Engine, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("DISCLOSURE_KEY", written)
    sentence = refused(drawn, real)
    assert "python -m data_access key" in sentence
    assert len(written) < 2 or written not in sentence
    assert rows_of(real, "disclosure_key") == []


def test_another_key_than_before_is_refused(real: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    set_key(monkeypatch, HERE)
    drawn(real)
    set_key(monkeypatch, HERE, number=2)
    sentence = refused(drawn, real)
    assert f"key --replace {HERE} --reason" in sentence
    assert "17-03-2026" in sentence
    assert len(rows_of(real, "disclosure_key")) == 1


def test_a_new_key_begins_an_epoch(real: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    set_key(monkeypatch, HERE, THERE)
    drawn(real)
    set_key(monkeypatch, HERE, number=2)
    done = replaced(real, reason="  uitgelekt \n via een laptop ")
    assert (done.epoch, done.reason) == (2, "uitgelekt via een laptop")
    assert "sleutel 2" in done.sentence().nl
    assert done.fingerprint[:8] in done.sentence().en
    assert drawn(real, now=LATER) == DrawingKey(secret_of(HERE, 2), 2)
    assert [(row["epoch"], row["reason"]) for row in rows_of(real, "disclosure_key")] == [
        (1, "eerste publicatie"),
        (2, "uitgelekt via een laptop"),
    ]
    # The old one comes back neither by itself nor by replacing.
    set_key(monkeypatch, HERE)
    refused(drawn, real)
    assert "al eens gebruikt" in refused(replaced, real)


def test_a_key_of_another_gemeente_replaces_none(
    real: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_key(monkeypatch, HERE, THERE)
    drawn(real)
    drawn(real, THERE)
    set_key(monkeypatch, THERE, number=2)
    replaced(real, THERE)
    for number in (1, 2):
        monkeypatch.setenv(f"DISCLOSURE_KEY_{HERE}", key_of(THERE, number))
        assert f"al die van {THERE}" in refused(replaced, real)


def test_the_same_key_is_not_replaced_by_itself(
    real: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_key(monkeypatch, HERE)
    drawn(real)
    assert "al eens gebruikt" in refused(replaced, real)


def test_replacing_needs_a_gemeente_a_reason_a_key_and_something_to_replace(
    real: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "niet in het register" in refused(replaced, real, "GM9999", kind=DataAccessError)
    set_key(monkeypatch, HERE)
    assert "valt niets te vervangen" in refused(replaced, real, kind=DataAccessError)
    drawn(real)
    set_key(monkeypatch, HERE, number=2)
    assert "--reason" in refused(replaced, real, HERE, "  ", kind=DataAccessError)
    monkeypatch.delenv(f"DISCLOSURE_KEY_{HERE}")
    assert "geen sleutel" in refused(replaced, real)
    monkeypatch.setenv("DISCLOSURE_KEY", "x")
    refused(replaced, real)
    assert len(rows_of(real, "disclosure_key")) == 1


def test_the_command_makes_a_key_and_keeps_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    keys = set()
    for language, words in (("nl", "één per gemeente"), ("en", "one for each gemeente")):
        assert commands.run(["key", "--language", language]) == 0
        first, explanation = capsys.readouterr().out.split("\n", 1)
        keys.add(parse_key(first, "test"))
        assert "DISCLOSURE_KEY_GM0080=" in explanation
        assert words in explanation
    assert len(keys) == 2
    assert rows_of(engine, "disclosure_key") == []


def test_the_command_replaces_a_key_alone(
    real: Engine, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("DATABASE_URL", real.url.render_as_string(hide_password=False))
    set_key(monkeypatch, HERE)
    drawn(real)
    set_key(monkeypatch, HERE, number=2)
    arguments = ["key", "--replace", HERE, "--reason", "verloren"]
    with exclusive(real, LOADING):
        assert commands.run(arguments) == 1
    assert "Er wordt nu geladen" in capsys.readouterr().err
    assert len(rows_of(real, "disclosure_key")) == 1
    assert commands.run(arguments) == 0
    said = capsys.readouterr().out
    assert "Leeuwarden (GM0080): sleutel 2" in said
    assert "reden: verloren" in said
    assert drawn(real).epoch == 2
    assert commands.run(["key", "--replace", HERE]) == 1
    assert "--reason" in capsys.readouterr().err


def test_whoever_waits_hears_that_a_key_is_being_replaced(real: Engine) -> None:
    with (
        exclusive(real, REPLACING_KEY),
        pytest.raises(RegisterBusy) as error,
        exclusive(real, LOADING),
    ):
        pass
    assert "Er wordt nu een sleutel vervangen door" in error.value.message("nl")
    assert "is replacing a key, since" in error.value.message("en")


def test_the_status_names_the_key_in_use(real: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    url = real.url.render_as_string(hide_password=False)
    assert "Sleutels" not in read_status(url).describe("nl")
    set_key(monkeypatch, HERE, THERE)
    drawn(real)
    drawn(real, THERE)
    set_key(monkeypatch, HERE, number=2)
    replaced(real)
    first, second = fingerprint(secret_of(HERE, 2))[:8], fingerprint(secret_of(THERE))[:8]
    assert (
        read_status(url)
        .describe("nl")
        .endswith(
            f"Sleutels:\n  Groningen: sleutel 1 sinds 2026-03-17, vingerafdruk {second}\n"
            f"  Leeuwarden: sleutel 2 sinds 2026-09-01, vingerafdruk {first}"
        )
    )
    assert f"  Leeuwarden: key 2 since 2026-09-01, fingerprint {first}" in (
        read_status(url).describe("en")
    )


SHIPPED = sorted(SAMPLE_CHECKSUMS)


def test_the_shipped_sample_is_known() -> None:
    """After a change of the sample's files: python -m deploy.sample_checksums."""
    assert set(checksums()) == SAMPLE_CHECKSUMS


def test_the_shipped_sample_has_a_key_of_its_own(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for gemeente in (HERE, THERE):
        for checksum in SHIPPED:
            deliver(engine, gemeente, checksum, sample=True)
    # The key of a real gemeente beside the sample is not spent on it.
    monkeypatch.setenv("DISCLOSURE_KEY", key_of("GM0999"))
    for gemeente in (HERE, THERE):
        assert drawn(engine, gemeente) == DrawingKey(sample_secret(gemeente), 1)
    assert sample_secret(HERE) != sample_secret(THERE)
    # One that is meant for this gemeente is; but not after the sample's was recorded.
    set_key(monkeypatch, HERE)
    assert drawn(engine).secret == sample_secret(HERE)


def test_a_key_set_for_a_gemeente_of_the_sample_is_used(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(engine, HERE, SHIPPED[0], sample=True)
    set_key(monkeypatch, HERE)
    assert drawn(engine).secret == secret_of(HERE)


def test_the_word_sample_gives_no_right_to_the_key_of_the_sample(engine: Engine) -> None:
    deliver(engine, HERE, sample=True)
    assert "geen sleutel" in refused(drawn, engine)


def test_one_delivery_of_its_own_ends_the_right_to_the_key_of_the_sample(engine: Engine) -> None:
    deliver(engine, HERE, SHIPPED[0], sample=True)
    deliver(engine, THERE, SHIPPED[0], sample=True)
    deliver(engine, HERE)
    assert "geen sleutel" in refused(drawn, engine)
    assert drawn(engine, THERE).secret == sample_secret(THERE)


def test_a_gemeente_without_deliveries_has_no_right_to_it(engine: Engine) -> None:
    assert "geen sleutel" in refused(drawn, engine)


def test_real_data_does_not_follow_on_the_sample(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thresholds of the sample are kept for its periods, and everybody can work them out."""
    deliver(engine, HERE, SHIPPED[0], sample=True)
    drawn(engine)
    deliver(engine, HERE)
    set_key(monkeypatch, HERE)
    assert "nieuwe database" in refused(drawn, engine)
    assert "nieuwe database" in refused(replaced, engine)


def test_a_loaded_delivery_is_known_by_its_checksum(
    empty_database: Engine, small_delivery: SmallDelivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_delivery.load(empty_database)
    assert "geen sleutel" in refused(drawn, empty_database)
    checksum = read_folder(small_delivery.folder).checksum
    monkeypatch.setattr(sample_deliveries, "SAMPLE_CHECKSUMS", frozenset({checksum}))
    assert drawn(empty_database).secret == sample_secret(HERE)
