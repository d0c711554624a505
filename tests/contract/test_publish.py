"""Publishing: the same everywhere, all or nothing, never changed, never rounded again."""

import os
from datetime import UTC, date, datetime
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
from data_access.disclosure.keys import written_key
from data_access.errors import PublishRefused
from data_access.publish import publish
from data_access.sample_deliveries import sample_secret
from indicators.breakdowns import breakdown_of as decided_under
from indicators.catalogue import HOURS_BASE, MEASURES, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import Amount, Count, Flow, Parts, ToDate, YearCount, YearlyFlow
from tests import releases
from tests.conftest import SAMPLE_MOMENT
from tests.contract.tiny_register import GARDEN, GEMEENTE, NORTH, SOUTH, TinyRegister
from tests.keys import key_of
from tests.releases import Reading

COUNTS = [measure for measure in MEASURES if not isinstance(measure, Amount)]
PLACE = ["gemeente_code", "area_code", "organisation_id"]
KEYS = [column.name for column in t.pub_cell.primary_key]
WITHINS = [(measure.id, bound) for measure in COUNTS for bound in measure.within]
CITY = "GM0080"
MEMORY = (r.leaf_threshold, r.settled, r.counted, r.standing)
SHOWN = ("published", "partial")
STATUSES = {*SHOWN, "no_data", "not_shown"}
REASONS = {
    *("", "not_delivered", "not_yet", "small_base", "small_place", "maximum_unknown", "uncertain"),
    "no_organisation",
}
# Publications before and on the yearly day of corrections.
FEBRUARY, JUNE, JULY = (
    datetime(2026, month, day, 9, tzinfo=UTC) for month, day in ((2, 1), (6, 30), (7, 1))
)


def _rows(engine: Engine, table: Table) -> set[tuple[Any, ...]]:
    with engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(table))}


def _remembered(engine: Engine) -> dict[str, set[tuple[Any, ...]]]:
    return {table.name: _rows(engine, table) for table in MEMORY}


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
        tiny.agreement(f"south-{number}", "2024-05-01", wijk=SOUTH, where=GARDEN)
    assert reading.publish(moment=FEBRUARY).of(GEMEENTE).number == 1
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
    before, files = _remembered(sample_copy), _files(sample_copy)
    assert not any(each.new for each in publish(sample_copy, moment=SAMPLE_MOMENT).releases)
    assert _files(sample_copy) == files

    again = publish(sample_copy, even_if_unchanged=True, gemeenten=[CITY], moment=SAMPLE_MOMENT)

    assert (again.of(CITY).number, again.of(CITY).new) == (2, True)
    now = _files(sample_copy)
    assert now[CITY, 2][0] == now[CITY, 1][0]
    assert {key for key in now if key not in files} == {(CITY, 2)}
    assert _remembered(sample_copy) == before


def test_a_new_release_keeps_the_old_one(published: TinyRegister, reading: Reading) -> None:
    before = _files(published.engine)
    for number in range(9):
        published.agreement(f"more-{number}", "2025-07-01")

    waiting = reading.publish(moment=JUNE).of(GEMEENTE)
    assert (waiting.number, waiting.new) == (1, False)
    assert waiting.waiting > 0
    assert "wachten op 1 juli" not in waiting.sentence("nl"), "said with a new release only"

    second = reading.publish(reason=("Nagekomen", "Came late"), moment=JULY).of(GEMEENTE)

    assert (second.number, second.new) == (2, True)
    after = _files(published.engine)
    assert after[GEMEENTE, 1] == before[GEMEENTE, 1]
    assert after[GEMEENTE, 2][0] != before[GEMEENTE, 1][0]


@pytest.mark.parametrize("broken", ["checksum", "_insert", "keep_ledger", "keep_book"])
def test_a_crash_leaves_the_previous_release(
    published: TinyRegister, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    engine = published.engine
    tables = [r.release_file, r.ledger, *MEMORY]
    before = {table.name: _rows(engine, table) for table in tables}
    for number in range(9):
        published.agreement(f"more-{number}", "2025-07-01")
    done = getattr(publishing, broken)

    def after_the_work(*arguments: Any) -> None:
        done(*arguments)
        raise RuntimeError("the power went off")

    monkeypatch.setattr(publishing, broken, after_the_work)
    with pytest.raises(RuntimeError, match="power"):
        publish(engine, moment=JULY)

    assert _numbers(engine) == [1]
    assert {table.name: _rows(engine, table) for table in tables} == before
    monkeypatch.undo()
    assert publish(engine, moment=JULY).of(GEMEENTE).number == 2


def test_real_data_without_a_key_is_refused(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    TinyRegister(empty_database, sample=False)
    for setting in ("DISCLOSURE_KEY", settings.own_disclosure_setting(GEMEENTE)):
        monkeypatch.delenv(setting)
    with pytest.raises(PublishRefused) as refused:
        publish(empty_database)
    for sentence in (refused.value.message_nl, refused.value.message_en):
        assert "DISCLOSURE_KEY" in sentence
    assert _numbers(empty_database) == []


def test_real_data_refuses_the_key_that_everybody_knows(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    TinyRegister(empty_database, sample=False)
    known = written_key(sample_secret(GEMEENTE))
    monkeypatch.setenv(settings.own_disclosure_setting(GEMEENTE), known)
    with pytest.raises(PublishRefused):
        publish(empty_database)


def test_real_data_with_a_key_is_published(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    TinyRegister(empty_database, sample=False)
    monkeypatch.setenv(settings.own_disclosure_setting(GEMEENTE), key_of(GEMEENTE, 7))
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


def test_a_correction_changes_little_and_rounds_nothing_again(
    sample_copy: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten agreements of one wijkbedrijf turn out to have ended: ten always show, on 1 July."""
    agreement = r.agreement.c
    running = (
        select(agreement.id)
        .where(agreement.organisation_id == "wijkbedrijf-bilgaard", agreement.ended_on.is_(None))
        .where(agreement.started_on < date(2025, 1, 1))
        .order_by(agreement.id)
        .limit(10)
    )
    before = _counted(sample_copy)
    with sample_copy.begin() as connection:
        corrected = connection.scalars(running).all()
        assert len(corrected) == 10
        connection.execute(
            update(r.agreement)
            .where(agreement.id.in_(corrected))
            .values(ended_on=date(2025, 11, 15))
        )
    reading = Reading(sample_copy, tmp_path / "releases", monkeypatch)
    assert not any(each.new for each in reading.publish(moment=JUNE).releases), "it waits"
    assert _counted(sample_copy) == before
    thresholds = _rows(sample_copy, r.leaf_threshold)
    second = reading.publish(moment=JULY)
    after = _counted(sample_copy)

    assert [each.gemeente_code for each in second.releases if each.new] == [CITY]
    changed_truths = {leaf for leaf in before | after if before.get(leaf) != after.get(leaf)}
    assert changed_truths
    assert {leaf[:3] for leaf in changed_truths} <= {
        (CITY, "volunteers", "2025-Q4"),
        (CITY, "volunteer_hours", "2025-Q4"),
    }
    assert {leaf[4] for leaf in changed_truths} == {"wijkbedrijf-bilgaard"}
    assert _rows(sample_copy, r.leaf_threshold) == thresholds, "nothing is drawn again"
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
    changed = {cell[:7] for cell in first - newest}
    # Of volunteers and hours: the wijk, the organisation and the gemeente; no other cell.
    assert {cell[1] for cell in changed} == {"volunteers", "volunteer_hours"}
    assert len(changed) == 6
    assert {cell[4] for cell in changed} == {"", "wijkbedrijf-bilgaard"}


def _counted(engine: Engine) -> dict[tuple[Any, ...], int]:
    """The true counts that figures are made of, by leaf."""
    return {row[:-1]: row[-1] for row in _rows(engine, r.counted)}


def test_every_cell_is_a_multiple_of_its_base(cells: pd.DataFrame) -> None:
    shown = cells[cells["status"].isin(SHOWN)]
    shown = shown[shown["measure"] != "spending"]
    hours = shown["measure"] == "volunteer_hours"
    assert (shown[hours]["value"] % HOURS_BASE == 0).all()
    assert (shown[~hours]["value"] % 5 == 0).all()
    assert (shown["value"] >= 0).all()
    assert hours.any()


def test_only_a_shown_cell_has_a_value(cells: pd.DataFrame) -> None:
    shown = cells["status"].isin(SHOWN)
    assert (cells["value"].notna() == shown).all()
    assert ((cells["reason"] == "") == (cells["status"] == "published")).all()
    assert ((cells["missing"] != "") == (cells["status"] == "partial")).all()
    assert set(cells["status"]) == STATUSES
    assert set(cells["reason"]) <= REASONS


@pytest.mark.parametrize("measure", [each.id for each in COUNTS])
def test_the_gemeente_is_the_sum_of_its_organisations(cells: pd.DataFrame, measure: str) -> None:
    """And that of what nobody's small places hide; no figure of its own to subtract from."""
    one = cells[(cells["measure"] == measure) & (cells["area_code"] == cells["gemeente_code"])]
    of_all = one["organisation_id"] == ""
    _assert_sums(one, whole=of_all, over="organisation_id")


@pytest.mark.parametrize("each", [x for x in COUNTS if x.parts is Parts.WHOLE], ids=lambda x: x.id)
def test_a_total_hides_no_small_place(cells: pd.DataFrame, each: Any) -> None:
    """Every place shows totals. How they add up to the gemeente: tests/attack."""
    periods = cells["period"].map(is_year) == isinstance(each, Flow | YearCount)
    one = cells[
        (cells["measure"] == each.id)
        & (cells["organisation_id"] == "")
        & (cells["category"] == "")
        & periods
    ]
    assert len(one)
    assert not one["status"].eq("not_shown").any(), "a total hides no small place"
    assert one["without"].eq(0).all()
    whole = one["area_code"] == one["gemeente_code"]
    keys = ["gemeente_code", "period", "item"]
    of_places = one[~whole].groupby(keys)["value"].sum()
    both = one[whole].set_index(keys)["value"].dropna()
    assert len(both)
    assert (of_places.reindex(both.index) <= both).all()


@pytest.mark.parametrize("measure", [each.id for each in COUNTS if each.categories])
def test_a_total_of_a_place_is_the_sum_of_its_classes(cells: pd.DataFrame, measure: str) -> None:
    """Also of an organisation or gemeente whose figure leaves no small place out."""
    one = cells[cells["measure"] == measure]
    merged = {each.id for x in COUNTS if x.id == measure for each in x.merged}
    one = one[~one["category"].isin(merged) & ~one["area_code"].str.startswith(t.TOGETHER)]
    is_wijk = one["area_code"].str.startswith("WK")
    same = [key for key in KEYS if key != "category"]
    classes = one[one["category"] != ""].groupby(same)
    complete = classes["value"].agg(lambda x: x.notna().all()) & (classes["without"].max() == 0)
    total = classes["value"].sum()[complete].rename("total")
    whole = one[(one["category"] == "") & is_wijk].set_index(same)["value"].dropna()
    both = pd.concat([whole, total], axis=1, join="inner")
    assert len(both)
    assert (both["value"] == both["total"]).all()


@pytest.mark.parametrize(
    "each",
    [x for x in COUNTS if isinstance(x, Flow) and not isinstance(x, YearlyFlow)],
    ids=lambda x: x.id,
)
def test_a_year_is_the_sum_of_its_quarters(cells: pd.DataFrame, each: Any) -> None:
    """Of wijken, organisations and the gemeente, where quarters and year are of the same leaves.

    Differences of running sums in the year's order. Leaf by leaf, and group by group: tests/attack.
    """
    one = cells[(cells["measure"] == each.id) & (cells["category"] == "")]
    one = one[~one["area_code"].str.startswith(t.TOGETHER)].copy()
    of_year = one["period"].map(is_year)
    assert set(one[~of_year]["period"]) >= {
        quarter for year in set(one[of_year]["period"]) for quarter in quarters_of(int(year))
    }
    one["year"] = one["period"].str[:4]
    keys = [*PLACE, "item", "year"]
    quarters = (
        one[~of_year]
        .groupby(keys)["value"]
        .agg(total="sum", known="count", left_out=lambda x: x.isna().sum())
    )
    told = ["without", "missing"]
    of_quarters = one[~of_year].groupby(keys)[told].agg(["min", "max"])
    of_quarters.columns = ["_".join(name) for name in of_quarters.columns]
    both = one[of_year].set_index(keys)[["value", *told]].join(quarters).join(of_quarters)
    both = both.dropna(subset=["value"])
    both = both[both["known"] == 4]
    # A year that every place has is of other leaves where small places are in none or in a group.
    same = both["without_max"] == both["without_min"]
    for name in told:
        same &= (both[name] == both[f"{name}_min"]) & (both[name] == both[f"{name}_max"])
    wijk = both.index.get_level_values("area_code").str.startswith("WK")
    if each.parts is Parts.WHOLE:
        same &= wijk
        # All of a wijk that are left out are small: the quarters of the others are part of it.
        assert (both[wijk]["total"] <= both[wijk]["value"]).all()
    assert (both[same]["value"] == both[same]["total"]).all()
    assert same[wijk].any()
    organisation = both.index.get_level_values("organisation_id") != ""
    assert each.parts is Parts.WHOLE or (same[organisation].any() and same[~wijk].any())


def _assert_sums(one: pd.DataFrame, whole: pd.Series, over: str) -> None:
    """A shown whole is the sum of its parts; a hidden or missing part has no share in it."""
    same = [key for key in KEYS if key != over]
    parts = one[~whole].groupby(same)["value"].agg(total="sum", known="count", all="size")
    uncertain = one[~whole].groupby(same)["reason"].agg(lambda x: (x == "uncertain").any())
    both = (
        one[whole]
        .set_index(same)[["value"]]
        .join(parts, how="inner")
        .join(uncertain.rename("uncertain"))
    )
    shown = both[both["value"].notna()]
    assert len(shown) > 0
    certain = shown[~shown["uncertain"].astype(bool)]
    assert len(certain) > 0
    assert (certain["value"] == certain["total"]).all()
    assert (shown["value"] >= shown["total"]).all()


@pytest.mark.parametrize(("part", "bound"), WITHINS, ids=str)
def test_a_part_never_exceeds_its_whole(cells: pd.DataFrame, part: str, bound: Any) -> None:
    """Where the whole leaves no small place out that the part has, and both miss the same."""
    sides = []
    for each in (Count(part, bound.category), bound.whole):
        mine = cells[(cells["measure"] == each.measure) & (cells["category"] == each.category)]
        mine = mine[mine["value"].notna()].copy()
        if bound.over_year:
            mine["period"] = mine["period"].str[:4]
        sides.append(mine)
    # A count that is decided on by itself has other members in its groups.
    if decided_under(measure(part), "2025") != decided_under(measure(bound.whole.measure), "2025"):
        sides[0] = sides[0][~sides[0]["area_code"].str.startswith(t.TOGETHER)]
    keys = [*PLACE, "period", "item"]
    both = sides[0].merge(sides[1], on=keys, suffixes=("", "_whole"))
    both = both[(both["without_whole"] <= both["without"])]
    both = both[both["missing"] == both["missing_whole"]]
    assert len(both) > 0
    assert both[both["value"] > both["value_whole"]].to_dict("index") == {}


TO_DATE = [each.id for each in COUNTS if isinstance(each, ToDate)]


@pytest.mark.parametrize("name", [each for each in TO_DATE if each != "results_differing"])
def test_to_date_never_goes_back(cells: pd.DataFrame, name: str) -> None:
    """Totals, and the first class of each place: a running sum, of the same leaves.

    A class after the first is the difference of two, and disagreements are moved to fit verdicts.
    """
    keys = [*PLACE, "measure", "item", "category"]
    [each] = [each for each in COUNTS if each.id == name]
    first = each.categories[0].id if each.categories else ""
    mine = cells[(cells["measure"] == name) & cells["category"].isin(["", first])]
    mine = mine.dropna(subset=["value"]).sort_values("period")
    by_series = mine.groupby(keys)
    step, left_out = by_series["value"].diff(), by_series["without"].shift()
    # Places that were too small and are no longer bring their people in; none goes out.
    alike = (mine["without"] == left_out) & (mine["missing"] == by_series["missing"].shift())
    assert mine[alike & (step < 0)][[*keys, "period"]].to_dict("records") == []
    compared = mine[alike & step.notna()]
    for place in ("gemeente", "wijk", "organisation"):
        is_whole = compared["area_code"] == compared["gemeente_code"]
        of = {
            "gemeente": is_whole & (compared["organisation_id"] == ""),
            "wijk": compared["area_code"].str.startswith("WK"),
            "organisation": is_whole & (compared["organisation_id"] != ""),
        }[place]
        assert set(compared[of]["category"]) == {"", first}, place


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
    reading.publish(moment=JUNE)
    assert "2026-Q1" in periods(2)
