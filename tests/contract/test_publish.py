"""Publishing: the same everywhere, all or nothing, never changed, never rounded again."""

import os
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, Table, create_engine, delete, func, insert, select, update
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
from tests.contract.tiny_register import NORTH, SOUTH, TinyRegister

COUNTS = [measure for measure in MEASURES if not isinstance(measure, Amount)]
PLACE = ["gemeente_code", "area_code", "organisation_id"]
KEYS = [column.name for column in t.pub_cell.primary_key if column.name != "release"]
WITHINS = [
    (Count(measure.id, bound.category), bound.whole)
    for measure in COUNTS
    for bound in measure.within
]


def _rows(engine: Engine, table: Table, **where: Any) -> set[tuple[Any, ...]]:
    """All rows of a table without the number of the release."""
    columns = [column for column in table.c if column.name != "release"]
    question = select(*columns).where(*(table.c[name] == value for name, value in where.items()))
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(question)}


def _numbers(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.scalars(select(t.pub_release.c.number).order_by("number")))


@pytest.fixture
def published(tiny: TinyRegister) -> TinyRegister:
    """A tiny register with 13 volunteers in each wijk, published once."""
    for number in range(13):
        tiny.agreement(f"north-{number}", "2024-02-01", wijk=NORTH)
        tiny.agreement(f"south-{number}", "2024-05-01", wijk=SOUTH)
    assert publish(tiny.engine).number == 1
    return tiny


@pytest.mark.postgres
def test_both_databases_give_the_same_release(
    sqlite_databases, postgres_databases, templates
) -> None:
    seen = []
    for databases in (sqlite_databases, postgres_databases):
        engine = create_engine(templates(databases, "sample"))
        with engine.connect() as connection:
            total = connection.scalar(select(t.pub_release.c.checksum))
        seen.append((total, _rows(engine, t.pub_cell), _rows(engine, t.pub_amount)))
        engine.dispose()
    assert seen[0] == seen[1]
    assert len(seen[0][1]) > 10_000


def test_publishing_unchanged_data_changes_nothing(sample_copy: Engine) -> None:
    before = _rows(sample_copy, r.rounding_memory)
    assert not publish(sample_copy).new
    assert _numbers(sample_copy) == [1]

    again = publish(sample_copy, even_if_unchanged=True)

    assert (again.number, again.new) == (2, True)
    for table in t.metadata.tables.values():
        if "release" in table.c:
            assert _rows(sample_copy, table, release=1) == _rows(sample_copy, table, release=2)
    assert _rows(sample_copy, r.rounding_memory) == before


def test_a_new_release_keeps_the_old_one(published: TinyRegister) -> None:
    before = _rows(published.engine, t.pub_cell, release=1)
    for number in range(9):
        published.agreement(f"more-{number}", "2025-07-01")

    second = publish(published.engine, reason=("Nagekomen", "Came late"))

    assert (second.number, second.new) == (2, True)
    assert _rows(published.engine, t.pub_cell, release=1) == before
    assert _rows(published.engine, t.pub_cell, release=2) != before


@pytest.mark.parametrize("broken", ["checksum", "insert_release", "_remember"])
def test_a_crash_leaves_the_previous_release(
    published: TinyRegister, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    engine = published.engine
    tables = [*t.metadata.tables.values(), r.rounding_memory]
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
    assert publish(engine).number == 2


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
    assert publish(empty_database).new
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


FROZEN = [
    "pub_release",
    "pub_area",
    "pub_organisation",
    "pub_period",
    "pub_cell",
    "pub_financier",
    "pub_taakveld",
    "pub_contract",
    "pub_contract_financier",
    "pub_contract_outcome",
]


def test_no_row_of_a_release_can_be_changed_or_removed(published: TinyRegister) -> None:
    for name in FROZEN:
        table = t.metadata.tables[name]
        column = next(iter(table.primary_key))
        for statement in (update(table).values({column.name: column}), delete(table)):
            with published.engine.connect() as connection:
                with pytest.raises(DBAPIError, match="a release is never changed"):
                    connection.execute(statement)
                connection.rollback()


def test_the_ways_round_an_update_are_closed_too(published: TinyRegister) -> None:
    for name in FROZEN:
        statement = f"TRUNCATE {name} CASCADE"
        if published.engine.dialect.name == "sqlite":
            statement = f"INSERT OR REPLACE INTO {name} SELECT * FROM {name} LIMIT 1"
        with published.engine.connect() as connection:
            with pytest.raises(DBAPIError, match="a release is never changed"):
                connection.exec_driver_sql(statement)
            connection.rollback()


def test_every_table_of_a_release_has_its_guard(empty_database: Engine) -> None:
    with empty_database.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.exec_driver_sql(
                "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1"
            )
            expected = dict.fromkeys(t.metadata.tables, 3)
        else:
            found = connection.exec_driver_sql(
                "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger "
                "WHERE NOT tgisinternal GROUP BY 1"
            )
            expected = dict.fromkeys(t.metadata.tables, 1)
        assert dict(map(tuple, found)) == expected


def _memory(engine: Engine) -> dict[tuple[Any, ...], tuple[int, int]]:
    with engine.connect() as connection:
        rows = connection.execute(select(r.rounding_memory)).all()
    return {tuple(row[:6]): (row.true_value, row.published) for row in rows}


def test_a_correction_changes_little_and_rounds_nothing_again(sample_copy: Engine) -> None:
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
    second = publish(sample_copy)
    after = _memory(sample_copy)

    assert second.new
    changed_truths = {key for key in before | after if _true(before, key) != _true(after, key)}
    assert changed_truths
    assert {key[:2] for key in changed_truths} <= {
        ("volunteers", "2025-Q4"),
        ("volunteer_hours", "2025-Q4"),
    }
    rounded_again = [
        key
        for key in before.keys() & after.keys() - changed_truths
        if before[key][1] != after[key][1]
    ]
    assert rounded_again == []
    gone = _rows(sample_copy, t.pub_cell, release=1) - _rows(sample_copy, t.pub_cell, release=2)
    assert len(gone) <= 6


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
    complete = both[(both["known"] == both["all"]) & both["value"].notna()]
    assert len(complete) > 0
    assert (complete["value"] == complete["total"]).all()


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
    sample_copy: Engine,
) -> None:
    with sample_copy.connect() as connection:
        paid = connection.scalar(
            select(func.sum(t.pub_amount.c.cents)).where(t.pub_amount.c.kind == "result_payment")
        )
        tariffs = {
            f"{row.contract_id}/{row.outcome_id}": row.tariff_cents
            for row in connection.execute(select(t.pub_contract_outcome))
        }
        last = select(func.max(t.pub_cell.c.period)).where(t.pub_cell.c.measure == "results_paid")
        cell = t.pub_cell.c
        numbers = connection.execute(
            select(cell.item, cell.value).where(
                cell.measure == "results_paid",
                cell.period == last.scalar_subquery(),
                cell.area_code == cell.gemeente_code,
                cell.organisation_id == "",
            )
        ).all()
    assert numbers
    assert all(row.value is not None for row in numbers)
    assert paid == sum(tariffs[row.item] * row.value for row in numbers)


def test_a_release_ends_at_the_last_closed_quarter(published: TinyRegister) -> None:
    quarter = {"gemeente_code": "GM0001", "quarter": "2026-Q1", "closed_on": date(2026, 4, 15)}
    assert not _rows(published.engine, t.pub_cell, period="2026-Q1")
    with published.engine.begin() as connection:
        connection.execute(insert(r.closed_period), quarter)
    publish(published.engine)
    assert _rows(published.engine, t.pub_cell, period="2026-Q1")
