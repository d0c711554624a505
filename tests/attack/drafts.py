"""Drafts of releases of invented gemeenten, made as publishing makes them."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import numpy as np

from data_access.publish.audit import (
    attributes,
    contradictions,
    subtraction,
    sums,
    unwitnessed_tables,
)
from data_access.publish.before import Earlier
from data_access.publish.book import Book
from data_access.publish.changed import changes
from data_access.publish.context import Context, Gemeente
from data_access.publish.finding import Finding
from data_access.publish.one_threshold import not_one_threshold
from data_access.publish.protect import Protected
from data_access.publish.receipts import TABLES, Receipts
from data_access.publish.sizes import sizes
from tests.attack.measure.registers import (
    ITEMS,
    QUARTERS,
    VARIANTS,
    Counting,
    Town,
    make_register,
    towns_of,
)

EDITION = 2024
# Days on which the last quarter is closed and no yearly day of corrections lies between.
FEBRUARY, MARCH = date(2025, 2, 1), date(2025, 3, 1)
Absent = frozenset[tuple[str, str]]
"""(organisation, quarter) of which nothing was delivered."""


def towns(seed: int, of_each: int) -> Iterator[Town]:
    """Give invented gemeenten, so many of each kind of register."""
    rng = np.random.default_rng(seed)
    for variant in VARIANTS.values():
        register = make_register(rng, variant, of_each)
        yield from towns_of(register, Counting(register, once=False).counts())


def new_book(town: Town, number: int = 0) -> Book:
    """Return an empty book with a key of its own."""
    return Book(hashlib.sha256(f"{town.code} {len(town.leaves)} {number}".encode()).digest())


def context_of(town: Town, until: str = QUARTERS[-1], absent: Absent = frozenset()) -> Context:
    """Return what publishing knows of a town when the quarters up to `until` are closed."""
    quarters = tuple(quarter for quarter in QUARTERS if quarter <= until)
    missing = frozenset(pair for pair in absent if pair[1] in quarters)
    arrived = {
        whose: frozenset(each for each in quarters if (whose, each) not in missing)
        for whose in ("", *town.organisations)
    }
    nobody = frozenset(
        each for each in quarters if all((whose, each) in missing for whose in town.organisations)
    )
    return Context(
        gemeente=Gemeente(
            code=town.code, name=town.code, edition=EDITION, wijken=town.wijken,
            organisations=town.organisations, items=ITEMS, quarters=quarters,
        ),
        wijk_codes={(wijk, EDITION): wijk for wijk in town.wijken},
        declared_wijken={
            whose: frozenset(leaf.wijk for leaf in town.leaves if leaf.organisation == whose)
            for whose in town.organisations
        },
        receipts=Receipts(
            missing=dict.fromkeys(TABLES, missing),
            never=dict.fromkeys(TABLES, frozenset()),
            nobody=dict.fromkeys(TABLES, nobody),
            arrived=dict.fromkeys(TABLES, arrived),
        ),
        sample=False,
    )  # fmt: skip


def remembered(book: Book, done: Protected | None = None, day: date | None = None) -> Earlier:
    """Return what stands after a release came out, or before the first one."""
    cells = {} if done is None else {(x.measure, x.period, x.margin): x for x in done.cells()}
    standing = {key: dict(places) for key, places in book.standing.items()}
    return Earlier(cells, day, standing)


def attacks(
    done: Protected, book: Book, earlier: Earlier, today: date
) -> dict[str, Callable[[], Iterator[Finding]]]:
    """Return every attack of the audit on cells, by its name."""
    return {
        "contradictions": partial(contradictions, done),
        "sums": partial(sums, done),
        "subtraction": partial(subtraction, done, earlier),
        "attributes": partial(attributes, done, earlier),
        "witnesses": partial(unwitnessed_tables, done),
        "sizes": partial(sizes, done, book, earlier),
        "one threshold": partial(not_one_threshold, done, book),
        "changes": partial(changes, done, earlier, today),
    }


def found_by(done: Protected, book: Book, earlier: Earlier, today: date) -> dict[str, Finding]:
    """Return the first finding of each attack that finds anything."""
    first = {
        name: next(iter(attack()), None)
        for name, attack in attacks(done, book, earlier, today).items()
    }
    return {name: finding for name, finding in first.items() if finding is not None}
