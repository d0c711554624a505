"""Publishing: the same everywhere, all or nothing, never changed, never rounded again."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from data_access import publish as publishing
from data_access import register as r
from data_access import release_tables as t
from data_access import settings
from data_access.errors import PublishRefused
from data_access.publish import publish
from indicators.catalogue import HOURS_BASE, MEASURES
from indicators.periods import quarters_of
from indicators.vocabulary import Amount, Count, Flow
from tests import releases
from tests.contract.tiny_register import GEMEENTE, NORTH, SOUTH, TinyRegister
from tests.releases import Reading

COUNTS = [measure for measure in MEASURES if not isinstance(measure, Amount)]
PLACE = ["gemeente_code", "area_code", "organisation_id"]
KEYS = [column.name for column in t.pub_cell.primary_key]
WITHINS = [
    (Count(measure.id, bound.category), bound.whole)
    for measure in COUNTS
    for bound in measure.within
]
CITY = "GM0080"


def _rows(engine: Engine, table: Table) -> set[tuple[Any, ...]]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(table))}


def _files(engine: Engine) -> dict[tuple[str, int], tuple[str, str]]:
    """Checksum and seal of every release by gemeente and number."""
    f = r.release_file.c
    with engine.connect() as connection:
        rows = connection.execute(select(f.gemeente_code, f.number, f.checksum, f.seal))
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _numbers(engine: Engine) -> list[int]:
    return sorted(number for _, number in _files(engine))


@pytest.fixture
def published(tiny: TinyRegister, reading: Reading) -> TinyRegister:
    """A tiny register with 13 volunteers in each wijk, published once."""
    for number in range(13):
        tiny.agreement(f"north-{number}", "2024-02-01", wijk=NORTH)
        tiny.agreement(f"south-{number}", "2024-05-01", wijk=SOUTH)
    assert reading.publish().of(GEMEENTE).number == 1
    return tiny


def test_the_shipped_releases_are_those_of_the_sample_on_both_databases(
    sample_register: Engine,
) -> None:
    shipped = {
        (gemeente, number): seal for gemeente, number, seal in _shipped_keys() if number == 1
    }
    assert {key: seal for key, (_, seal) in _files(sample_register).items()} == shipped


def _shipped_keys() -> tuple[Any, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELEASES", str(settings.SHIPPED_RELEASES))
        return releases.keys()


def test_publishing_unchanged_data_changes_nothing(sample_copy: Engine) -> None:
    before, files = _rows(sample_copy, r.rounding_memory), _files(sample_copy)
    assert not any(each.new for each in publish(sample_copy).releases)
    assert _files(sample_copy) == files

    again = publish(sample_copy, even_if_unchanged=True, gemeenten=[CITY])

    assert (again.of(CITY).number, again.of(CITY).new) == (2, True)
    now = _files(sample_copy)
    assert now[CITY, 2][0] == now[CITY, 1][0]
    assert {key for key in now if key not in files} == {(CITY, 2)}
    assert _rows(sample_copy, r.rounding_memory) == before


def test_a_new_release_keeps_the_old_one(published: TinyRegister, reading: Reading) -> None:
    before = _files(published.engine)
    for number in range(9):
        published.agreement(f"more-{number}", "2025-07-01")

    second = reading.publish(reason=("Nagekomen", "Came late")).of(GEMEENTE)

    assert (second.number, second.new) == (2, True)
    after = _files(published.engine)
    assert after[GEMEENTE, 1] == before[GEMEENTE, 1]
    assert after[GEMEENTE, 2][0] != before[GEMEENTE, 1][0]


@pytest.mark.parametrize("broken", ["checksum", "_insert", "keep_ledger", "_remember"])
def test_a_crash_leaves_the_previous_release(
    published: TinyRegister, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    engine = published.engine
    tables = [r.release_file, r.ledger, r.rounding_memory]
    before = {table.name: _rows(engine, table) for table in tables}
    published.agreement("one-more", "2025-07-01")
    done = getattr(publishing, broken)

    def after_the_work(*arguments: Any) -> None:
        done(*arguments)
        raise RuntimeError("the power went off")

    monkeypatch.setattr(publishing, broken, after_the_work)
    with pytest.raises(RuntimeError, match="power"):
        publish(engine)

    assert _numbers(engine) == [1]
    assert {table.name: _rows(engine, table) for table in tables} == before
    monkeypatch.undo()
    assert publish(engine).of(GEMEENTE).number == 2


def test_real_data_without_a_key_is_refused(empty_database: Engine) -> None:
    TinyRegister(empty_database, sample=False)
    with pytest.raises(PublishRefused) as refused:
        publish(empty_database)
    for sentence in (refused.value.message_nl, refused.value.message_en):
        assert "DISCLOSURE_KEY" in sentence
    assert _numbers(empty_database) == []


def test_real_data_refuses_the_key_that_everybody_knows(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    TinyRegister(empty_database, sample=False)
    monkeypatch.setenv("DISCLOSURE_KEY", settings.SAMPLE_KEY.decode())
    with pytest.raises(PublishRefused):
        publish(empty_database)


def test_real_data_with_a_key_is_published(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    TinyRegister(empty_database, sample=False)
    monkeypatch.setenv("DISCLOSURE_KEY", "long and secret, and never written down anywhere")
    assert publish(empty_database).of(GEMEENTE).new
    assert "key" not in os.environ.get("DATABASE_URL", "")


def test_nothing_is_published_without_a_closed_quarter(tiny: TinyRegister) -> None:
    with tiny.engine.begin() as connection:
        connection.execute(delete(r.closed_period))
    with pytest.raises(PublishRefused):
        publish(tiny.engine)


def test_progress_names_every_measure(tiny: TinyRegister) -> None:
    seen: list[tuple[str, int, int]] = []
    publish(tiny.engine, progress=lambda *step: seen.append(step))
    assert sorted([name for name, _, _ in seen]) == sorted(
        [*(measure.id for measure in COUNTS), ""]
    )
    assert sorted({total for _, _, total in seen}) == sorted({len(COUNTS)})


FROZEN = f"{r.PUBLISHED}.release_file"


def _name(engine: Engine) -> str:
    return FROZEN if engine.dialect.name == "postgresql" else "release_file"


def test_no_release_can_be_changed_or_removed(published: TinyRegister) -> None:
    for statement in (
        update(r.release_file).values(number=r.release_file.c.number),
        delete(r.release_file),
    ):
        with published.engine.connect() as connection:
            with pytest.raises(DBAPIError, match="a release is never changed"):
                connection.execute(statement)
            connection.rollback()


def test_the_ways_round_an_update_are_closed_too(published: TinyRegister) -> None:
    name = _name(published.engine)
    statement = f"TRUNCATE {name} CASCADE"
    if published.engine.dialect.name == "sqlite":
        statement = f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} LIMIT 1"
    with published.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="a release is never changed"):
            connection.execute(text(statement))
        connection.rollback()


def _memory(engine: Engine) -> dict[tuple[Any, ...], tuple[int, int]]:
    with engine.connect() as connection:
        rows = connection.execute(select(r.rounding_memory)).all()
    return {tuple(row[:7]): (row.true_value, row.published) for row in rows}


def test_a_correction_changes_little_and_rounds_nothing_again(
    sample_copy: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten agreements of one wijkbedrijf turn out to have ended: ten always show."""
    agreement = r.agreement.c
    running = (
        select(agreement.id)
        .where(agreement.organisation_id == "wijkbedrijf-bilgaard", agreement.ended_on.is_(None))
        .where(agreement.started_on < date(2025, 1, 1))
        .order_by(agreement.id)
        .limit(10)
    )
    before = _memory(sample_copy)
    with sample_copy.begin() as connection:
        corrected = connection.scalars(running).all()
        assert len(corrected) == 10
        connection.execute(
            update(r.agreement)
            .where(agreement.id.in_(corrected))
            .values(ended_on=date(2025, 11, 15))
        )
    reading = Reading(sample_copy, tmp_path / "releases", monkeypatch)
    second = reading.publish()
    after = _memory(sample_copy)

    assert [each.gemeente_code for each in second.releases if each.new] == [CITY]
    changed_truths = {key for key in before | after if _true(before, key) != _true(after, key)}
    assert changed_truths
    assert {key[:3] for key in changed_truths} <= {
        (CITY, "volunteers", "2025-Q4"),
        (CITY, "volunteer_hours", "2025-Q4"),
    }
    rounded_again = [
        key
        for key in before.keys() & after.keys() - changed_truths
        if before[key][1] != after[key][1]
    ]
    assert rounded_again == []
    first, newest = (
        set(
            releases.rows(releases.paths(reading.folder, [n]), t.pub_cell)[[*KEYS, "value"]]
            .query("gemeente_code == @CITY")
            .fillna(-1)
            .itertuples(index=False, name=None)
        )
        for n in (1, 2)
    )
    assert newest
    assert len(first - newest) <= 6


def _true(memory: dict[tuple[Any, ...], tuple[int, int]], key: tuple[Any, ...]) -> int:
    return memory.get(key, (0, 0))[0]


def test_every_cell_is_a_multiple_of_its_base(cells: pd.DataFrame) -> None:
    shown = cells[cells["status"] == "published"]
    hours = shown["measure"] == "volunteer_hours"
    assert (shown[hours]["value"] % HOURS_BASE == 0).all()
    assert (shown[~hours]["value"] % 5 == 0).all()
    assert (shown["value"] >= 0).all()
    assert hours.any()


def test_only_a_published_cell_has_a_value(cells: pd.DataFrame) -> None:
    published = cells["status"] == "published"
    assert (cells["value"].notna() == published).all()
    assert ((cells["reason"] == "") == published).all()
    assert {"published", "no_data", "not_shown"} == set(cells["status"])


@pytest.mark.parametrize("measure", [each.id for each in COUNTS])
def test_the_gemeente_is_the_sum_of_its_wijken(cells: pd.DataFrame, measure: str) -> None:
    one = cells[(cells["measure"] == measure) & (cells["organisation_id"] == "")]
    _assert_sums(one, whole=one["area_code"] == one["gemeente_code"], over="area_code")


@pytest.mark.parametrize("measure", [each.id for each in COUNTS if each.by_organisation])
def test_the_gemeente_is_the_sum_of_its_organisations(cells: pd.DataFrame, measure: str) -> None:
    one = cells[(cells["measure"] == measure) & (cells["area_code"] == cells["gemeente_code"])]
    _assert_sums(one, whole=one["organisation_id"] == "", over="organisation_id")


@pytest.mark.parametrize("measure", [each.id for each in COUNTS if each.categories])
def test_a_total_is_the_sum_of_its_categories(cells: pd.DataFrame, measure: str) -> None:
    one = cells[cells["measure"] == measure]
    _assert_sums(one, whole=one["category"] == "", over="category")


@pytest.mark.parametrize("measure", [each.id for each in COUNTS if isinstance(each, Flow)])
def test_a_year_is_the_sum_of_its_quarters(cells: pd.DataFrame, measure: str) -> None:
    one = cells[cells["measure"] == measure].copy()
    year = one["period"].str.len() == 4
    assert set(one[~year]["period"]) == {
        quarter for each in set(one[year]["period"]) for quarter in quarters_of(int(each))
    }
    one["year"] = one["period"].str[:4]
    _assert_sums(one, whole=year, over="period", keys=[*KEYS, "year"])


def _assert_sums(one: pd.DataFrame, whole: pd.Series, over: str, keys: list[str] = KEYS) -> None:
    """A published whole is the sum of its parts, where each of them is published."""
    same = [key for key in keys if key != over]
    parts = one[~whole].groupby(same)["value"].agg(total="sum", known="count", all="size")
    both = one[whole].set_index(same)[["value"]].join(parts, how="inner")
    published = both[both["value"].notna()]
    assert len(published) > 0
    assert (published["value"] >= published["total"]).all()
    complete = published[published["known"] == published["all"]]
    assert (complete["value"] == complete["total"]).all()
    # Hours are not shown where few people are, and hardly anybody lives in no known wijk.
    assert len(complete) > 0 or set(one["measure"]) == {"volunteer_hours"}


@pytest.mark.parametrize(("part", "whole"), WITHINS, ids=str)
def test_a_part_never_exceeds_its_whole(cells: pd.DataFrame, part: Count, whole: Count) -> None:
    keys = [*PLACE, "period", "item"]
    sides = [
        cells[(cells["measure"] == each.measure) & (cells["category"] == each.category)]
        .set_index(keys)["value"]
        .dropna()
        for each in (part, whole)
    ]
    both = pd.concat(sides, axis=1, keys=["part", "whole"], join="inner")
    assert len(both) > 0
    assert both[both["part"] > both["whole"]].to_dict("index") == {}


def test_to_date_never_goes_back(cells: pd.DataFrame) -> None:
    keys = [*PLACE, "measure", "item", "category"]
    results = cells[cells["measure"].isin(["results_claimed", "results_judged", "results_paid"])]
    ordered = results.dropna(subset=["value"]).sort_values("period")
    steps = ordered.groupby(keys)["value"].diff()
    assert ordered[steps < 0][[*keys, "period"]].to_dict("records") == []


def test_result_payments_are_the_tariff_times_the_published_number(
    cells: pd.DataFrame, sample_releases: Path
) -> None:
    files = releases.paths(sample_releases)
    amounts = releases.rows(files, t.pub_amount)
    paid = amounts[amounts["kind"] == "result_payment"]["cents"].sum()
    agreed = releases.rows(files, t.pub_contract_outcome)
    tariffs = dict(
        zip(agreed["contract_id"] + "/" + agreed["outcome_id"], agreed["tariff_cents"], strict=True)
    )
    results = cells[
        (cells["measure"] == "results_paid")
        & (cells["period"] == cells["period"].where(cells["measure"] == "results_paid").max())
        & (cells["area_code"] == cells["gemeente_code"])
        & (cells["organisation_id"] == "")
    ]
    assert len(results)
    assert results["value"].notna().all()
    assert paid == sum(
        tariffs[item] * value for item, value in zip(results["item"], results["value"], strict=True)
    )


def test_a_release_ends_at_the_last_closed_quarter(
    published: TinyRegister, reading: Reading
) -> None:
    def periods(number: int) -> set[str]:
        return set(releases.rows(releases.paths(reading.folder, [number]), t.pub_cell)["period"])

    quarter = {"gemeente_code": "GM0001", "quarter": "2026-Q1", "closed_on": date(2026, 4, 15)}
    assert "2026-Q1" not in periods(1)
    with published.engine.begin() as connection:
        connection.execute(insert(r.closed_period), quarter)
    reading.publish()
    assert "2026-Q1" in periods(2)
