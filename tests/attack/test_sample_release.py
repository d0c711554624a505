"""The published sample against its own register: what is shown, and what must never be."""

import io
import logging
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import product
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
from data_access.publish.book import Book
from data_access.publish.book_kept import read_book
from data_access.publish.context import NOWHERE, Context, gemeenten_with_figures, read_context
from data_access.publish.counts import Counts, count
from data_access.publish.delivered import delivered, is_known
from data_access.publish.protect import (
    ALL,
    Piece,
    Protected,
    protect,
    whole_periods,
)
from data_access.releases_kept import write_missing_files
from data_access.sample_deliveries import sample_secret
from data_access.schema import make_ready
from indicators.breakdowns import breakdown_of
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

    `truths`: measure -> (gemeente, period) -> leaf -> count. `done` and `books`: by gemeente.
    """

    truths: dict[str, Counts]
    done: dict[str, Protected]
    books: dict[str, Book]


@pytest.fixture(scope="module")
def again(sample_register: Engine) -> Again:
    """Protect the sample again with what the register remembers of it."""
    with sample_register.connect() as connection:
        contexts = _contexts(connection)
        truths = {each: count(connection, each, contexts) for each in COUNTS}
        books = {code: read_book(connection, code, sample_secret(code), 1) for code in contexts}
        done = {
            code: protect(truths, context, books[code], SAMPLE_DAY)
            for code, context in contexts.items()
        }
    return Again(truths, done, books)


@pytest.fixture(scope="module")
def cells(files: list[Path]) -> pd.DataFrame:
    """Every cell of the sample, but those about spending."""
    found = releases.rows(files, t.pub_cell)
    return found[found["measure"] != "spending"]


@pytest.fixture(scope="module")
def shown(cells: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the sample that has a value, but those about spending."""
    return cells[cells["value"].notna()].astype({"value": int})


def _true(again: Again, gemeente: str, measure: Measure, period: str, where: LeafFilter) -> int:
    """Count a leaf or group; written here a second time, so as not to test it with itself."""
    summed = isinstance(measure, Flow) and is_year(period)
    return sum(
        n
        for part in (quarters_of(int(period)) if summed else (period,))
        for leaf, n in again.truths[measure.id].get((gemeente, part), {}).items()
        if where(leaf)
    )


# What is shown of a measure, written out once more: the total of every place, per kind of period.
TOTALS_OF_ALL = {
    "volunteers": "quarter", "outflow": "year", "results_claimed": "quarter",
    "results_judged": "quarter", "results_checked": "quarter", "results_paid": "quarter",
}  # fmt: skip
# And what only places that are not small have, and groups.
BROKEN_DOWN = {
    "new_volunteers": ("year",), "volunteer_hours": ("quarter",),
    "outflow": ("quarter", "year"), "still_in_work_6": ("year",), "still_in_work_12": ("year",),
    "still_in_work_18": ("year",), "active_volunteers": ("year",), "ladder_level": ("quarter",),
    "ladder_moves": ("year",), "results_judged": ("quarter",), "results_checked": ("quarter",),
    "results_differing": ("quarter",), "allowance_above_maximum": ("year",),
}  # fmt: skip


def _periods_of(done: Protected, kinds: Collection[str]) -> list[str]:
    gemeente = done.context.gemeente
    return [
        *(gemeente.quarters if "quarter" in kinds else ()),
        *(gemeente.years if "year" in kinds else ()),
    ]


def _classes_in(each: Measure, period: str) -> list[str]:
    """Classes of a period; a flow has them per year only."""
    if isinstance(each, Flow) and not is_year(period):
        return []
    return [*(one.id for one in each.categories), *(one.id for one in each.merged)]


def _delivering(done: Protected, each: Measure, period: str) -> list[str]:
    return [
        whose
        for whose in done.context.gemeente.organisations
        if delivered(each, period, whose, done.context) and is_known(each, period, done.context)
    ]


def _units(done: Protected, each: Measure, period: str, item: str) -> list[tuple[str, str, bool]]:
    """Places that are not small and groups (place, organisation), and places with coarser classes.

    The last are told by True.
    """
    found = []
    for whose in _delivering(done, each, period):
        standing = done.standing.get((breakdown_of(each, period), period, whose, item))
        if standing is None:
            continue
        found += [(place, whose, False) for place, how in standing.items() if how.part == "alone"]
        if any(how.part == "group" for how in standing.values()):
            found.append((done.context.gemeente.together, whose, False))
        if each.merged:
            found += [
                (place, whose, True)
                for place, how in standing.items()
                if how.coarse and how.part != "alone"
            ]
    return found


def _items(done: Protected, each: Measure) -> tuple[str, ...]:
    return done.context.gemeente.items if each.id.startswith("results_") else ("",)


def test_the_release_has_exactly_the_cells_that_are_fixed_in_advance(
    again: Again, cells: pd.DataFrame
) -> None:
    """Whatever the counts are: which cells there are depends on what is public only."""
    assert {*TOTALS_OF_ALL, *BROKEN_DOWN} == set(COUNTS)
    expected = set()
    for code, done in again.done.items():
        gemeente = done.context.gemeente
        for name, each in COUNTS.items():
            whole = set(_periods_of(done, [TOTALS_OF_ALL.get(name, "")]))
            broken = set(_periods_of(done, BROKEN_DOWN.get(name, ())))
            for period, item in product(whole | broken, _items(done, each)):
                classes = ["", *_classes_in(each, period)]
                margins = [(code, ""), *((place, "") for place in gemeente.places),
                           *((code, whose) for whose in gemeente.organisations)]  # fmt: skip
                here = [(*margin, each_class) for margin in margins for each_class in classes]
                of_group = classes[1:] if period in whole else classes
                here += [
                    (place, whose, each_class)
                    for place, whose, _ in _units(done, each, period, item)
                    if place == gemeente.together and period in broken
                    for each_class in of_group
                ]
                expected |= {(code, name, period, item, *where) for where in here}
    columns = ["gemeente_code", "measure", "period", "item", "area_code", "organisation_id",
               "category"]  # fmt: skip
    found = list(cells[columns].itertuples(index=False, name=None))
    assert len(found) == len(set(found))
    assert set(found) == expected


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
    assert len(published) == len(shown)
    assert found == published


def test_every_place_has_each_total_and_no_other_leaf_is_there(again: Again) -> None:
    """Of every organisation that delivered: the wijken it declared, elsewhere, unknown, no wijk."""
    for done in again.done.values():
        gemeente = done.context.gemeente
        expected = {
            (name, period, item): {
                (place, whose)
                for whose in _delivering(done, COUNTS[name], period)
                for place in (*done.context.declared_wijken.get(whose, ()), gemeente.elsewhere,
                              gemeente.unknown, NOWHERE)
            }
            for name, kind in TOTALS_OF_ALL.items()
            for period in _periods_of(done, [kind])
            for item in _items(done, COUNTS[name])
        }  # fmt: skip
        found = {key: set(leaves) for key, leaves in done.leaves.items() if leaves}
        assert found == {key: leaves for key, leaves in expected.items() if leaves}


def test_every_leaf_is_its_true_count_rounded_by_its_threshold(again: Again) -> None:
    """A part is brought down to what its whole shows, exactly where it would show more."""
    for code, done in again.done.items():
        book = again.books[code]
        for (measure_id, period, item), leaves in done.leaves.items():
            each = COUNTS[measure_id]
            active = {
                (piece.place, piece.organisation): piece.values[ALL]
                for piece in done.fine.get(("active_volunteers", period[:4], ""), ())
            }
            for (place, organisation), value in leaves.items():
                true = _true(
                    again, code, each, period,
                    lambda leaf, whose=(place, organisation, item): leaf[:3] == whose,
                )  # fmt: skip
                threshold = book.threshold(each.people, organisation, place, 1)
                expected = 5 * ((true + threshold) // 5)
                if measure_id == "outflow":
                    expected = min(expected, active.get((place, organisation), expected))
                assert value == expected, (code, measure_id, period, place, organisation)
                assert value - true <= 4, "never further up"


def test_every_class_and_group_is_within_four_of_its_running_sum(again: Again) -> None:
    """Classes are differences of running sums, so each sum up to a class is within four.

    Where each class has a threshold of its own, so is each class; the rest is what they leave.
    """
    for code, done in again.done.items():
        expected = {
            (name, period, item): {
                unit[:2] for unit in _units(done, COUNTS[name], period, item) if not unit[2]
            }
            for name, kinds in BROKEN_DOWN.items()
            for period in _periods_of(done, kinds)
            for item in _items(done, COUNTS[name])
        }
        found = {
            key: {(piece.place, piece.organisation) for piece in pieces}
            for key, pieces in done.fine.items()
            if pieces
        }
        assert found == {key: units for key, units in expected.items() if units}
        for (measure_id, period, item), pieces in done.fine.items():
            each = COUNTS[measure_id]
            by_quarter = isinstance(each, Flow) and not is_year(period)
            if by_quarter or isinstance(each, SumOverPeople) or measure_id == "results_differing":
                continue
            names = [one.id for one in each.categories] or [""]
            for piece in pieces:
                members = _members(done, each, period, item, piece)
                shown = true = before = 0
                for name in names:
                    shown += piece.values[name or ALL]
                    true += (here := _true(
                        again, code, each, period,
                        lambda leaf, whose=(piece.organisation, item, name), at=members: (
                            leaf[1:] == whose and leaf[0] in at
                        ),
                    ))  # fmt: skip
                    assert shown % each.base == 0
                    if each.rest:
                        value, room = piece.values[name], piece.values[ALL] - before
                        before += value if name != each.rest else 0
                        assert name == each.rest or value - here <= 4
                        assert name == each.rest or here - value <= 4 or value == room
                        continue
                    assert shown - true <= 4
                    room = _room(done, each, period, item, piece.organisation, members)
                    assert true - shown <= 4 or shown == room, (measure_id, period, piece.place)
                assert not each.rest or shown == piece.values[ALL]
                assert not each.rest or abs(shown - true) <= 4
    in_groups = [
        piece
        for done in again.done.values()
        for pieces in done.fine.values()
        for piece in pieces
        if piece.place == done.context.gemeente.together
    ]
    assert in_groups, "the sample has organisations with small places together"


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
    of_all = shown["measure"].map(TOTALS_OF_ALL)
    by_year = shown["period"].map(lambda period: "year" if is_year(period) else "quarter")
    of_all = (of_all == by_year) & (shown["category"] == "")
    assert kinds == {"whole": of_all.sum(), "broken": (~of_all).sum()}
    assert min(kinds.values()) > 0


@pytest.mark.parametrize("name", sorted(TOTALS_OF_ALL))
def test_a_total_of_the_gemeente_is_that_of_its_places_and_of_no_declared_wijk(
    again: Again, cells: pd.DataFrame, name: str
) -> None:
    """To the last row: what places do not show is of people in a wijk that nobody declared."""
    kind = TOTALS_OF_ALL[name]
    one = cells[(cells["measure"] == name) & (cells["organisation_id"] == "")
                & (cells["category"] == "")]  # fmt: skip
    one = one[one["period"].map(is_year) == (kind == "year")]
    keys = ["gemeente_code", "period", "item"]
    is_whole = one["area_code"] == one["gemeente_code"]
    whole = one[is_whole].set_index(keys)
    places = one[~is_whole].groupby(keys)["value"].sum()
    assert set(whole.index) == {
        (code, period, item)
        for code, done in again.done.items()
        for period in _periods_of(done, [kind])
        for item in _items(done, COUNTS[name])
    }
    nowhere = 0
    for key, row in whole.iterrows():
        code, period, item = key
        leaves = again.done[code].leaves.get((name, period, item), {})
        undeclared = sum(value for (place, _), value in leaves.items() if place == NOWHERE)
        assert row["status"] == "no_data" or row["value"] == places[key] + undeclared, key
        # Where nobody delivered there is nothing in any place either.
        assert row["status"] != "no_data" or (places[key] == 0 and not leaves), key
        nowhere += undeclared
    assert nowhere > 0, "in the sample people live in wijken that nobody declared"


def test_the_quarters_of_a_leaf_or_group_add_up_to_its_year(again: Again) -> None:
    """So, by plain sums, do those of every wijk, organisation and gemeente with the same leaves.

    Of places and groups that took part in the same way all year, which all of the sample do. The
    year's outflow is a total that every place has, so a group has none to add up to.
    """
    compared = set()
    expected = set()
    name = "outflow"
    for code, done in again.done.items():
        together = done.context.gemeente.together
        for year in done.context.gemeente.years:
            quarters: Counter[tuple[str, str]] = Counter()
            seen: Counter[tuple[str, str]] = Counter()
            for quarter in quarters_of(int(year)):
                for piece in done.fine.get((name, quarter, ""), ()):
                    quarters[piece.place, piece.organisation] += piece.values[ALL]
                    seen[piece.place, piece.organisation] += 1
            of_year = dict(done.leaves.get((name, year, ""), {}))
            whose = set(_delivering(done, COUNTS[name], year))
            units = {unit for unit in quarters if unit[1] in whose}
            units -= {unit for unit in units if unit[0] == together}
            expected |= {(code, year, *unit) for unit in units}
            for unit in units:
                assert seen[unit] == 4, "it takes part in the same way all year"
                assert quarters[unit] == of_year[unit], (code, year, unit)
                compared.add((code, year, *unit))
    assert compared == expected != set()


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
