"""The published sample against its own register: what is shown, and what must never be."""

import io
import logging
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError

from data_access import commands
from data_access import publish as publishing
from data_access import register as r
from data_access import release_tables as t
from data_access.database import writing_engine
from data_access.deliveries import load
from data_access.measures import HOURS_SCALE
from data_access.publish import publish
from data_access.publish.book_kept import read_book
from data_access.publish.context import NOWHERE, Context, gemeenten_with_figures, read_context
from data_access.publish.counts import Counts, count
from data_access.publish.protect import (
    ALL,
    Piece,
    Protected,
    breakdown_of,
    protect,
    whole_periods,
)
from data_access.releases_kept import write_missing_files
from data_access.sample_deliveries import sample_secret
from data_access.schema import make_ready
from indicators.catalogue import MEASURES
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import Amount, Flow, Measure, SumOverPeople
from sample_data.canaries import (
    ALLOWANCE_CENTS,
    LONE_ALLOWANCE_CENTS,
    LONE_PSEUDONYM,
    PSEUDONYM,
    TOKENS,
)
from tests import releases
from tests.conftest import SAMPLE_DAY
from tests.contract.tiny_register import GEMEENTE, TinyRegister

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
COUNTS = {measure.id: measure for measure in MEASURES if not isinstance(measure, Amount)}
VILLAGES = "GM0085"

# Not inside a longer number: a coordinate or a checksum is no canary.
CANARY = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, TOKENS)) + r")(?!\w)")

Leaf = tuple[str, ...]
LeafFilter = Callable[[tuple[str, str, str, str]], bool]


def _contexts(connection: Connection) -> dict[str, Context]:
    return {
        code: read_context(connection, code, name, SAMPLE_DAY)
        for code, name in gemeenten_with_figures(connection).items()
    }


@pytest.fixture(scope="module")
def files(sample_register: Engine, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The release files of the published sample."""
    folder = tmp_path_factory.mktemp("published")
    write_missing_files(sample_register, folder)
    return releases.paths(folder)


@dataclass(frozen=True)
class Again:
    """The sample protected once more from its register, with true counts that were counted anew.

    `truths`: measure -> (gemeente, period) -> leaf -> count. `done`: by gemeente.
    """

    truths: dict[str, Counts]
    done: dict[str, Protected]


@pytest.fixture(scope="module")
def again(sample_register: Engine) -> Again:
    """Protect the sample again with what the register remembers of it."""
    with sample_register.connect() as connection:
        contexts = _contexts(connection)
        truths = {each: count(connection, each, contexts) for each in COUNTS}
        done = {
            code: protect(
                truths, context, read_book(connection, code, sample_secret(code), 1), SAMPLE_DAY
            )
            for code, context in contexts.items()
        }
    return Again(truths, done)


@pytest.fixture(scope="module")
def shown(files: list[Path]) -> pd.DataFrame:
    """Every cell of the sample that has a value, but those about spending."""
    cells = releases.rows(files, t.pub_cell)
    cells = cells[cells["value"].notna() & (cells["measure"] != "spending")]
    return cells.astype({"value": int})


def _true(again: Again, gemeente: str, measure: Measure, period: str, where: LeafFilter) -> int:
    """Count a leaf or group; written here a second time, so as not to test it with itself."""
    summed = isinstance(measure, Flow) and is_year(period)
    return sum(
        n
        for part in (quarters_of(int(period)) if summed else (period,))
        for leaf, n in again.truths[measure.id].get((gemeente, part), {}).items()
        if where(leaf)
    )


def test_protecting_the_sample_again_gives_the_same_cells(
    again: Again, shown: pd.DataFrame
) -> None:
    found = {
        (code, cell.measure, cell.period, *cell.margin): cell.value
        for code, done in again.done.items()
        for cell in done.cells()
        if cell.value is not None
    }
    columns = ["gemeente_code", "measure", "period", "area_code", "organisation_id", "item",
               "category", "value"]  # fmt: skip
    published = {
        (gemeente, measure, period, ALL if area == gemeente else area, organisation or ALL, item,
         category or ALL): value
        for gemeente, measure, period, area, organisation, item, category, value in shown[
            columns
        ].itertuples(index=False)
    }  # fmt: skip
    assert len(published) > 15_000
    assert found == published


def test_every_leaf_is_within_four_of_its_true_count(again: Again) -> None:
    """And is a multiple of its base. A part may be brought down to what its whole shows."""
    compared = brought_down = 0
    for code, done in again.done.items():
        for (measure_id, period, item), leaves in done.leaves.items():
            each = COUNTS[measure_id]
            for (place, organisation), value in leaves.items():
                assert value % each.base == 0
                true = _true(
                    again, code, each, period,
                    lambda leaf, whose=(place, organisation, item): leaf[:3] == whose,
                )  # fmt: skip
                compared += 1
                if abs(value - true) > 4:
                    assert value < true, "never further up"
                    [bound] = [x for x in each.within if x.over_year]
                    assert COUNTS[bound.whole.measure].people != each.people
                    whole = done.leaves[bound.whole.measure, period[:4], item]
                    assert value == whole[place, organisation], "as much as its whole shows"
                    brought_down += 1
    assert compared > 5_000
    assert brought_down < compared / 100


def test_every_class_and_group_is_within_four_of_its_running_sum(again: Again) -> None:
    """Classes are differences of running sums, so each sum up to a class is within four."""
    groups = compared = 0
    for code, done in again.done.items():
        for (measure_id, period, item), pieces in done.fine.items():
            each = COUNTS[measure_id]
            by_quarter = isinstance(each, Flow) and not is_year(period)
            if by_quarter or isinstance(each, SumOverPeople) or measure_id == "results_differing":
                continue
            names = [one.id for one in each.categories] or [""]
            for piece in pieces:
                members = _members(done, each, period, item, piece)
                groups += len(members) > 1
                shown = true = 0
                for name in names:
                    shown += piece.values[name or ALL]
                    true += _true(
                        again, code, each, period,
                        lambda leaf, whose=(piece.organisation, item, name), at=members: (
                            leaf[1:] == whose and leaf[0] in at
                        ),
                    )  # fmt: skip
                    assert shown % each.base == 0
                    assert shown - true <= 4
                    room = _room(done, each, period, item, piece.organisation, members)
                    assert true - shown <= 4 or shown == room, (measure_id, period, piece.place)
                    compared += 1
    assert groups > 20, "the sample has organisations with small places together"
    assert compared > 2_000


def _members(
    done: Protected, each: Measure, period: str, item: str, piece: Piece
) -> tuple[str, ...]:
    if piece.place != done.context.gemeente.together:
        return (piece.place,)
    standing = done.standing[breakdown_of(each, period), period, piece.organisation, item]
    return tuple(place for place, how in standing.items() if how.part == "group")


def _room(
    done: Protected, each: Measure, period: str, item: str, organisation: str, members: Leaf
) -> int | None:
    """The least that a published whole of the same places shows."""
    wholes = [(each.id, period), *((x.whole.measure, period[:4] if x.over_year else period)
              for x in each.within if not x.category)]  # fmt: skip
    rooms = [
        sum(leaves.get((place, organisation), 0) for place in members)
        for measure_id, when in wholes
        if (leaves := done.leaves.get((measure_id, when, item)))
    ]
    return min(rooms, default=None)


def test_every_published_cell_is_the_plain_sum_of_what_its_leaves_publish(
    again: Again, shown: pd.DataFrame
) -> None:
    """No total is rounded on its own: what is added up is all there is."""
    kinds = {"whole": 0, "broken": 0}
    for row in shown.itertuples():
        done, each = again.done[row.gemeente_code], COUNTS[row.measure]
        place = ALL if row.area_code == row.gemeente_code else row.area_code
        in_place = (place, row.organisation_id)
        missing = set(row.missing.split(","))
        key = (row.measure, row.period, row.item)
        if row.category == "" and row.period in whole_periods(each, done.context):
            kinds["whole"] += 1
            parts = [(leaf, value) for leaf, value in done.leaves[key].items()]
        else:
            kinds["broken"] += 1
            pieces = list(done.fine[key])
            if row.category in {one.id for one in each.merged} and place != ALL:
                pieces += done.coarse.get(key, [])
            parts = [((x.place, x.organisation), x.values[row.category or ALL]) for x in pieces]
        scale = HOURS_SCALE if isinstance(each, SumOverPeople) else 1
        total = sum(
            value
            for (at, whose), value in parts
            if in_place[0] in (ALL, at) and in_place[1] in ("", whose)
        )
        assert total == row.value * scale, row
        assert not missing & {whose for (_, whose), _ in parts}, "it did not deliver"
    assert min(kinds.values()) > 2_000


@pytest.mark.parametrize("measure", sorted(COUNTS))
def test_the_gate_of_this_test_sees_an_exact_number(again: Again, measure: str) -> None:
    """Exact numbers would be no multiples: the sample has truths that must be rounded."""
    truths = again.truths[measure]
    base = COUNTS[measure].base * (HOURS_SCALE if isinstance(COUNTS[measure], SumOverPeople) else 1)
    assert any(n % base for leaves in truths.values() for n in leaves.values())


def _everything_published(files: list[Path]) -> Iterator[tuple[str, str]]:
    for table in t.metadata.sorted_tables:
        for file in files:
            for row in releases.rows_of(file, table):
                yield table.name, "|".join(map(str, row.values()))


def test_canaries_are_delivered_but_in_no_release(
    sample_register: Engine, files: list[Path]
) -> None:
    with sample_register.connect() as connection:
        people = set(connection.scalars(select(r.participant.c.pseudonym)))
        paid = set(connection.scalars(select(r.allowance.c.amount_cents)))
    delivered = (SAMPLE / "vrijwilligers.csv").read_text(encoding="utf-8-sig")
    for pseudonym in (PSEUDONYM, LONE_PSEUDONYM):
        assert pseudonym in delivered
        assert not any(pseudonym in each for each in people), "only a second HMAC is kept"
    assert {ALLOWANCE_CENTS, LONE_ALLOWANCE_CENTS} <= paid
    hits = [
        (table, found)
        for table, line in _everything_published(files)
        for found in CANARY.findall(line)
    ]
    assert hits == []
    content = b"".join(each.read_bytes() for each in files).lower()
    assert [each for each in (PSEUDONYM, LONE_PSEUDONYM) if each.lower().encode() in content] == []


@pytest.mark.parametrize("line", ["1|kanarie-7f3a|x", "cents 133731", "1.337,31 euro"])
def test_the_search_for_canaries_finds_them(line: str) -> None:
    assert CANARY.search(line)


def test_canaries_are_in_no_log_and_no_summary(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.INFO, logger="sqlalchemy")
    engine = writing_engine(f"sqlite:///{tmp_path / 'logged.sqlite'}")
    make_ready(engine)
    said: list[str] = []
    summary = load(SAMPLE, engine, lambda doing, _part: said.append(str(doing)))
    done = publish(engine, lambda *step: said.append(str(step)), gemeenten=[VILLAGES])
    engine.dispose()
    printed = capfd.readouterr()
    told = [
        caplog.text,
        printed.out,
        printed.err,
        *said,
        str(done),
        done.describe("nl"),
        summary.describe("nl"),
        summary.describe("en"),
    ]
    assert "sqlalchemy.engine" in caplog.text
    assert [text for text in told if CANARY.search(text)] == []


def test_an_error_of_the_database_quotes_no_row_about_a_person(empty_database: Engine) -> None:
    """What the database itself says is kept inside by the commands (see the next test)."""
    row = {column.name: None for column in r.agreement.c} | {"id": PSEUDONYM}
    with empty_database.connect() as connection, pytest.raises(DBAPIError) as raised:
        connection.execute(insert(r.agreement), row)
    ours = str(raised.value).replace(str(raised.value.orig), "")
    assert "INSERT INTO agreement" in ours
    assert PSEUDONYM not in ours


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_publication_that_fails_names_no_number(
    empty_database: Engine, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """The command that fails half-way tells its kind, not the row it was writing."""

    def keep_twice(connection, _gemeente, _book) -> None:
        row = {column.name: "kanarie" for column in r.counted.c}
        row |= {"gemeente_code": GEMEENTE, "true_value": ALLOWANCE_CENTS, "period": "2025"}
        connection.execute(insert(r.counted), [row, row])

    TinyRegister(empty_database)
    monkeypatch.setattr(publishing, "keep_book", keep_twice)
    url = empty_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)

    assert commands.run(["--language", language, "publish"]) == 1

    assert "IntegrityError" in said.getvalue() or "UniqueViolation" in said.getvalue()
    assert not CANARY.search(said.getvalue())


def test_every_organisation_with_people_in_a_wijk_counts_for_its_gaps(
    again: Again, files: list[Path]
) -> None:
    """A wijk of an organisation that did not deliver is partial, or has no figure at all.

    People in a wijk that it did not declare are in no wijk: no figure there can be false.
    """
    cells = releases.rows(files, t.pub_cell)
    cells = cells[(cells["measure"] == "volunteers") & (cells["organisation_id"] == "")]
    told = {
        (row.period, row.area_code): (row.status, set(row.missing.split(",")))
        for row in cells.itertuples()
    }
    seen = {"partial": 0, "no_data": 0, "undeclared": 0}
    for code, done in again.done.items():
        context = done.context
        for organisation, quarter in context.receipts.missing["vrijwilligers"]:
            for place in (code, *context.places_of(organisation)):
                if place == NOWHERE:
                    continue
                status, missing = told[quarter, place]
                assert status in ("partial", "no_data"), (organisation, quarter, place)
                assert status == "no_data" or organisation in missing
                seen[status] += 1
            elsewhere = set(context.gemeente.wijken) - set(context.places_of(organisation))
            for place in elsewhere:
                assert organisation not in told[quarter, place][1]
                seen["undeclared"] += 1
    assert min(seen.values()) > 0
    for code, done in again.done.items():
        for (_, period), leaves in again.truths["volunteers"].items():
            for (place, organisation, *_), n in leaves.items():
                if n and organisation in done.context.gemeente.organisations:
                    assert place in done.context.places_of(organisation), (code, period)
