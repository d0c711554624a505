"""The published sample against its own register: what is shown, and what must never be."""

import io
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
from data_access.publish.context import Context, gemeenten_with_figures, read_context
from data_access.publish.counts import Counts, count
from data_access.releases_kept import write_missing_files
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
from tests.attack.attacker import ENOUGH, Knowledge, exposed
from tests.conftest import SAMPLE_DAY
from tests.contract.tiny_register import GEMEENTE, TinyRegister

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
COUNTS = {measure.id: measure for measure in MEASURES if not isinstance(measure, Amount)}
VILLAGES, CITY = "GM0085", "GM0080"

# Not inside a longer number: a coordinate or a checksum is no canary.
CANARY = re.compile(r"(?<![\w.])(?:" + "|".join(map(re.escape, TOKENS)) + r")(?!\w)")

Leaf = tuple[str, str, str, str]


@dataclass(frozen=True)
class Compared:
    """A published number, the leaves it is the sum of, and its truth."""

    measure: str
    period: str
    place: Leaf
    leaves: tuple[tuple[str, Leaf], ...]
    true: int
    shown: int

    @property
    def adjacent(self) -> bool:
        """Tell whether the published number is next to the truth (hours: in tenths)."""
        scale = HOURS_SCALE if isinstance(COUNTS[self.measure], SumOverPeople) else 1
        return abs(self.shown * scale - self.true) < COUNTS[self.measure].base * scale


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


@pytest.fixture(scope="module")
def compared(sample_register: Engine, files: list[Path]) -> dict[str, list[Compared]]:
    """Every published number of the sample by gemeente, its truth counted anew."""
    with sample_register.connect() as connection:
        contexts = _contexts(connection)
        truths = {
            measure: {
                key: dict(leaves) for key, leaves in count(connection, measure, contexts).items()
            }
            for measure in COUNTS
        }
    cells = releases.rows(files, t.pub_cell)
    cells = cells[cells["status"] == "published"].astype({"value": int})
    found: dict[str, list[Compared]] = defaultdict(list)
    for row in cells.itertuples():
        wijk = "" if row.area_code == row.gemeente_code else row.area_code
        place = (wijk, row.organisation_id, row.item, row.category)
        members = dict(_members(truths, row.gemeente_code, COUNTS[row.measure], row.period, place))
        found[row.gemeente_code].append(
            Compared(
                row.measure, row.period, place, tuple(members), sum(members.values()), row.value
            )
        )
    assert set(found) == set(contexts)
    return found


def _members(
    truths: dict[str, dict[tuple[str, str], dict[Leaf, int]]],
    gemeente: str,
    measure: Measure,
    period: str,
    place: Leaf,
) -> Iterator[tuple[tuple[str, Leaf], int]]:
    """The leaves of a number; written here a second time, so as not to test it with itself."""
    summed = isinstance(measure, Flow) and is_year(period)
    for part in quarters_of(int(period)) if summed else (period,):
        for leaf, n in truths[measure.id].get((gemeente, part), {}).items():
            if all(asked in ("", own) for asked, own in zip(place, leaf, strict=True)):
                yield (part, leaf), n


def test_every_number_is_next_to_its_truth_or_counted_as_widened(
    compared: dict[str, list[Compared]], files: list[Path]
) -> None:
    """A year is counted with the quarter that made it wide."""
    widened = releases.rows(files, t.pub_release)["widened"].sum()
    numbers = [each for several in compared.values() for each in several]
    assert len(numbers) > 30_000
    wide = [each for each in numbers if not each.adjacent]
    further = [
        each
        for each in wide
        if abs(each.shown - each.true) >= 2 * COUNTS[each.measure].base
        and not isinstance(COUNTS[each.measure], SumOverPeople)
    ]
    assert further == []
    assert len([each for each in wide if not _is_summed_year(each)]) <= widened


def _is_summed_year(each: Compared) -> bool:
    return is_year(each.period) and isinstance(COUNTS[each.measure], Flow)


@pytest.mark.parametrize("measure", sorted(COUNTS))
def test_the_gate_of_this_test_sees_an_exact_number(
    compared: dict[str, list[Compared]], measure: str
) -> None:
    """Exact numbers would be no multiples: the sample has truths that must be rounded."""
    scale = HOURS_SCALE if isinstance(COUNTS[measure], SumOverPeople) else 1
    numbers = [each for several in compared.values() for each in several]
    base = COUNTS[measure].base * scale
    assert any(each.true % base for each in numbers if each.measure == measure)


@pytest.mark.parametrize(
    ("measure", "gemeente"),
    [("volunteers", VILLAGES), ("outflow", VILLAGES), ("allowance_above_maximum", CITY)],
)
def test_an_attacker_with_everything_published_recovers_nobody(
    compared: dict[str, list[Compared]], measure: str, gemeente: str
) -> None:
    """Every number of the last year, total and quarter, at once.

    The attacker even knows which cells are empty everywhere and which totals were widened.
    """
    numbers = [
        each
        for each in compared[gemeente]
        if each.measure == measure and each.period[:4] == "2025" and each.leaves
    ]
    knowledge = Knowledge()
    asked = []
    for each in numbers:
        number = tuple(each.leaves)
        knowledge.learn_rounded(number, each.shown, reach=4 if each.adjacent else 9)
        asked.append(number)
    assert asked
    possible = knowledge.possible(dict.fromkeys(asked), ENOUGH)
    assert exposed(possible) == []


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

    def remember_twice(connection, _gemeente, _done) -> None:
        row = {column.name: "kanarie" for column in r.rounding_memory.c}
        row |= {
            "gemeente_code": GEMEENTE,
            "true_value": ALLOWANCE_CENTS,
            "published": ALLOWANCE_CENTS,
            "period": "2025",
        }
        connection.execute(insert(r.rounding_memory), [row, row])

    TinyRegister(empty_database)
    monkeypatch.setattr(publishing, "_remember", remember_twice)
    url = empty_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)

    assert commands.run(["--language", language, "publish"]) == 1

    assert "IntegrityError" in said.getvalue() or "UniqueViolation" in said.getvalue()
    assert not CANARY.search(said.getvalue())


def test_every_organisation_with_people_in_a_wijk_counts_for_its_gaps(
    sample_register: Engine, files: list[Path]
) -> None:
    """A wijk whose people belong to an organisation that did not deliver has no total."""
    cells = releases.rows(files, t.pub_cell)
    shown = cells[
        (cells["measure"] == "volunteers")
        & (cells["organisation_id"] == "")
        & (cells["status"] == "published")
    ]
    with sample_register.connect() as connection:
        contexts = _contexts(connection)
        volunteers = count(connection, "volunteers", contexts)
    missing = {
        pair for context in contexts.values() for pair in context.receipts.missing["vrijwilligers"]
    }
    assert missing
    published = set(zip(shown["period"], shown["area_code"], strict=True))
    assert sorted(_undeclared_gaps(volunteers, missing, published)) == []


def _undeclared_gaps(
    volunteers: Counts, missing: set[tuple[str, str]], shown: set[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    for organisation, quarter in missing:
        for (_, period), leaves in volunteers.items():
            for leaf, n in leaves.items():
                theirs = n and leaf[1] == organisation and period == quarter
                if theirs and (quarter, leaf[0]) in shown:
                    yield organisation, quarter, leaf[0]
