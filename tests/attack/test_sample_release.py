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
from sqlalchemy import Engine, create_engine, insert, select
from sqlalchemy.exc import DBAPIError

from data_access import commands
from data_access import publish as publishing
from data_access import register as r
from data_access import release_tables as t
from data_access.database import writing_engine
from data_access.deliveries import load
from data_access.measures import HOURS_SCALE
from data_access.publish import publish
from data_access.publish.context import Context, read_context
from data_access.publish.counts import count
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
from tests.attack.attacker import ENOUGH, Knowledge, exposed
from tests.contract.tiny_register import TinyRegister

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


@pytest.fixture(scope="module")
def compared(sample_database_url: str) -> dict[str, list[Compared]]:
    """Every published number of the sample by gemeente, its truth counted anew."""
    engine = create_engine(sample_database_url)
    with engine.connect() as connection:
        context = read_context(connection)
        truths = {
            measure: {
                key: dict(leaves) for key, leaves in count(connection, measure, context).items()
            }
            for measure in COUNTS
        }
        cell = t.pub_cell.c
        cells = connection.execute(
            select(t.pub_cell).where(cell.release == 1, cell.status == "published")
        ).all()
    engine.dispose()
    found: dict[str, list[Compared]] = defaultdict(list)
    for row in cells:
        wijk = "" if row.area_code == row.gemeente_code else row.area_code
        place = (wijk, row.organisation_id, row.item, row.category)
        members = dict(_members(truths, row.gemeente_code, COUNTS[row.measure], row.period, place))
        found[row.gemeente_code].append(
            Compared(
                row.measure, row.period, place, tuple(members), sum(members.values()), row.value
            )
        )
    assert set(found) == {each.code for each in context.gemeenten}
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
    compared: dict[str, list[Compared]], sample_database_url: str
) -> None:
    """A year is counted with the quarter that made it wide."""
    engine = create_engine(sample_database_url)
    with engine.connect() as connection:
        widened = connection.scalar(select(t.pub_release.c.widened))
    engine.dispose()
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


def _everything_published(engine: Engine) -> Iterator[tuple[str, str]]:
    with engine.connect() as connection:
        for table in t.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                yield table.name, "|".join(map(str, row))


def test_canaries_are_in_the_register_but_in_no_release(sample_database_url: str) -> None:
    engine = create_engine(sample_database_url)
    with engine.connect() as connection:
        people = set(connection.scalars(select(r.participant.c.pseudonym)))
        paid = set(connection.scalars(select(r.allowance.c.amount_cents)))
    assert any(PSEUDONYM in each for each in people)
    assert any(LONE_PSEUDONYM in each for each in people)
    assert {ALLOWANCE_CENTS, LONE_ALLOWANCE_CENTS} <= paid
    hits = [
        (table, found)
        for table, line in _everything_published(engine)
        for found in CANARY.findall(line)
    ]
    engine.dispose()
    assert hits == []


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
    release = publish(engine, lambda *step: said.append(str(step)))
    engine.dispose()
    printed = capfd.readouterr()
    told = [
        caplog.text,
        printed.out,
        printed.err,
        *said,
        str(release),
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

    def remember_twice(connection, _done) -> None:
        row = {column.name: "kanarie" for column in r.rounding_memory.c}
        row |= {"true_value": ALLOWANCE_CENTS, "published": ALLOWANCE_CENTS, "period": "2025"}
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
    sample_database_url: str,
) -> None:
    """A wijk whose people belong to an organisation that did not deliver has no total."""
    engine = create_engine(sample_database_url)
    with engine.connect() as connection:
        context = read_context(connection)
        wrong = sorted(_undeclared_gaps(connection, context))
    engine.dispose()
    assert wrong == []


def _undeclared_gaps(connection, context: Context) -> Iterator[tuple[str, str, str]]:
    cell = t.pub_cell.c
    shown = {
        (row.period, row.area_code)
        for row in connection.execute(
            select(cell.period, cell.area_code).where(
                cell.release == 1,
                cell.measure == "volunteers",
                cell.organisation_id == "",
                cell.status == "published",
            )
        )
    }
    volunteers = count(connection, "volunteers", context)
    for organisation, quarter in context.missing.get("vrijwilligers", ()):
        for (_, period), leaves in volunteers.items():
            for leaf, n in leaves.items():
                theirs = n and leaf[1] == organisation and period == quarter
                if theirs and (quarter, leaf[0]) in shown:
                    yield organisation, quarter, leaf[0]
