"""The audit finds nothing in drafts of random registers, and something in those of broken rules.

A mutant is the protection with one rule broken. Where that changes anything that is published, the
audit has to refuse it; where it does not, there is nothing to find. A mutant that passes shows a
weakness of the audit.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from data_access.disclosure.small_places import Standing, needed
from data_access.disclosure.thresholds import uniform
from data_access.publish.before import Earlier
from data_access.publish.counts import ALL
from data_access.publish.protect import Cell, Protected, protect
from indicators.vocabulary import Measure
from tests.attack.drafts import (
    FEBRUARY,
    MARCH,
    attacks,
    context_of,
    found_by,
    new_book,
    remembered,
    towns,
)
from tests.attack.measure.registers import QUARTERS, Town

# Its name in the package is that of the function.
PROTECT = import_module("data_access.publish.protect")
NOTHING = Earlier()
# Invented gemeenten of each of the three kinds of register.
OF_EACH_KIND = 8


@pytest.mark.parametrize("number", range(3 * OF_EACH_KIND))
def test_nothing_is_found_in_a_draft_of_a_random_register(
    number: int, invented: list[Town]
) -> None:
    town = invented[number]
    book = new_book(town)
    done = protect(town.counts(True), context_of(town), book, FEBRUARY)
    assert found_by(done, book, NOTHING, FEBRUARY) == {}


@pytest.fixture(scope="module")
def invented() -> list[Town]:
    """Invented gemeenten of 8 to 25 wijken and 2 to 4 organisations."""
    return list(towns(20_251, OF_EACH_KIND))


# Publications after each other: a year closed, half a year more, all, and what was missing.
STEPS = (
    ("2023-Q4", True, date(2024, 2, 1)),
    ("2024-Q2", True, date(2024, 8, 1)),
    ("2024-Q4", True, FEBRUARY),
    ("2024-Q4", False, MARCH),
)


@pytest.mark.parametrize("number", [0, 9, 18])
def test_nothing_is_found_in_releases_after_each_other(number: int, invented: list[Town]) -> None:
    """With deliveries that are missing and then arrive, and figures made under a new key."""
    town = invented[number]
    rng = np.random.default_rng(number)
    quarters = rng.choice(QUARTERS, 3, replace=False)
    absent = frozenset((rng.choice(town.organisations), quarter) for quarter in quarters)
    counts, book = town.counts(True), new_book(town)
    done, day = None, None
    for until, missing, today in STEPS:
        earlier = remembered(book, done, day)
        book.key, book.epoch = new_book(town, int(until[:4])).key, int(until[:4])
        context = context_of(town, until, absent if missing else frozenset())
        done, day = protect(counts, context, book, today), today
        assert found_by(done, book, earlier, today) == {}


@dataclass(frozen=True)
class Mutant:
    """One rule broken: what to patch, and which attack of the audit is to see it."""

    name: str
    patch: Callable[[pytest.MonkeyPatch], None]
    seen_by: str


def _maker(name: str, broken: Callable[..., Any]) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(PROTECT._Maker, name, broken)


def _sum_of_members(patch: pytest.MonkeyPatch) -> None:
    """A group shows the sum of what its members would show, each rounded for itself."""
    from data_access.publish.protect import _Maker

    once = _Maker._values

    def broken(
        self: Any, each: Measure, period: str, whose: str, item: str, place: str, inside: Any
    ) -> dict[str, int]:
        if len(inside) < 2 or each.id == "results_differing":
            return once(self, each, period, whose, item, place, inside)
        members = [once(self, each, period, whose, item, one, (one,)) for one in inside]
        return {name: sum(member[name] for member in members) for name in members[0]}

    patch.setattr(_Maker, "_values", broken)


def _standings(of: Callable[[int], Standing]) -> Callable[[pytest.MonkeyPatch], None]:
    def broken(people: Mapping[str, int], *_: Any) -> dict[str, Standing]:
        return {place: of(n) for place, n in people.items()}

    return lambda patch: patch.setattr(PROTECT, "standings", broken)


def _new_volunteers_as_all_else(patch: pytest.MonkeyPatch) -> None:
    """Places of ten people show new volunteers too."""
    patch.setattr(PROTECT, "needed", lambda measures: needed(x for x in measures if x.categories))


def _few_new_volunteers(patch: pytest.MonkeyPatch) -> None:
    """A place of twenty people shows its new volunteers, however few they are."""
    from data_access.publish.protect import _Maker

    once = _Maker._size

    def broken(self: Any, whole: Measure, *where: str) -> tuple[int, ...]:
        return () if whole.id == "new_volunteers" else once(self, whole, *where)

    patch.setattr(_Maker, "_size", broken)


def _any_group(patch: pytest.MonkeyPatch) -> None:
    """Small places form a group however few they are."""
    patch.setattr("data_access.disclosure.small_places.GROUP_PEOPLE", 1)
    patch.setattr("data_access.disclosure.small_places.GROUP_WIJKEN", 1)


def _free_rounding(
    self: Any, each: Measure, period: str, whose: str, place: str, category: str = ""
) -> int:
    return uniform(self.book.key, ("free", each.id, period, whose, place, category)) % 5


def _yearly_thresholds(
    self: Any, each: Measure, period: str, whose: str, place: str, category: str = ""
) -> int:
    return uniform(self.book.key, ("yearly", each.people, period[:4], whose, place, category)) % 5


def _thresholds_of_measures(
    self: Any, each: Measure, period: str, whose: str, place: str, category: str = ""
) -> int:
    return uniform(self.book.key, ("measure", each.id, whose, place, category)) % 5


def _nothing_holds(patch: pytest.MonkeyPatch) -> None:
    """A part shows its own rounding, whatever its whole shows."""
    from data_access.publish.protect import _Maker

    patch.setattr(_Maker, "_most_of", lambda *_: None)
    patch.setattr(_Maker, "_at_most", lambda *_: None)
    patch.setattr(_Maker, "_dates_within", lambda *_: 0)
    patch.setattr(_Maker, "_least_of", lambda *_: 0)


def _exact_totals(patch: pytest.MonkeyPatch) -> None:
    """The total of the gemeente is the true one, as some would think harmless."""
    from data_access.publish.protect import _CellMaker

    once = _CellMaker._cell

    def broken(self: Any, period: str, margin: tuple[str, str, str, str], is_whole: bool) -> Cell:
        cell = once(self, period, margin, is_whole)
        if cell.value is None or margin[:2] != (ALL, ALL) or not is_whole:
            return cell
        true = sum(
            sum(by_class.values())
            for whose in self.maker.delivering(self.each, period)
            for (_, item), by_class in self.maker.true(self.each.id, period, whose).items()
            if item == margin[2]
        )
        return replace(cell, value=true)

    patch.setattr(_CellMaker, "_cell", broken)


def _own_thresholds_everywhere(patch: pytest.MonkeyPatch) -> None:
    """Each total of work has a threshold of its own, however few others remain."""
    from data_access.publish.protect import _CellMaker

    patch.setattr(_CellMaker, "_may_have_own_threshold", lambda self, _: (
        self.each.people in ("work", "volunteering")
    ))  # fmt: skip


def _small_places_in_totals(patch: pytest.MonkeyPatch) -> None:
    """Totals hold what no small place shows, so that a total minus the rest gives it."""
    from data_access.publish.protect import Piece, _CellMaker, _Maker

    once, sums = _Maker.break_down, _CellMaker._broken
    rest: dict[tuple[str, str, str], list[Piece]] = {}

    def broken(self: Any, each: Measure) -> None:
        once(self, each)
        for (table, period, whose, item), places in self.standing.items():
            for place, how in places.items():
                key = (each.id, period, item)
                if how.part != "left_out" or key not in self.fine or each.categories == ():
                    continue
                if table != (each.out_of or "volunteers") or each.id == "results_differing":
                    continue
                values = self._values(each, period, whose, item, place, (place,))
                rest.setdefault(key, []).append(Piece(place, whose, values))

    def with_rest(
        self: Any, period: str, item: str, place: str, present: Any, category: str
    ) -> Any:
        found = sums(self, period, item, place, present, category)
        if place == ALL:
            found.pieces.extend(
                x for x in rest.get((self.each.id, period, item), ()) if x.organisation in present
            )
        return found

    patch.setattr(_Maker, "break_down", broken)
    patch.setattr(_CellMaker, "_broken", with_rest)


MUTANTS = (
    Mutant("group as sum of members", _sum_of_members, "one threshold"),
    Mutant(
        "hidden below five only",
        _standings(lambda n: Standing("alone" if n >= 5 else "left_out", n >= 5)),
        "sizes",
    ),
    Mutant("no small places", _standings(lambda _: Standing("alone", True)), "sizes"),
    Mutant("groups of any size", _any_group, "sizes"),
    Mutant(
        "two wijken beside each other",
        lambda patch: patch.setattr(PROTECT, "two_tell_each_other", lambda *_: False),
        "sizes",
    ),
    Mutant("new volunteers from ten", _new_volunteers_as_all_else, "sizes"),
    Mutant("new volunteers however few", _few_new_volunteers, "sizes"),
    Mutant("size of the table forgotten", _maker("_size", lambda *_: ()), "sizes"),
    Mutant("independent rounding", _maker("threshold", _free_rounding), "one threshold"),
    Mutant("thresholds per year", _maker("threshold", _yearly_thresholds), "one threshold"),
    Mutant(
        "thresholds per measure",
        _maker("threshold", _thresholds_of_measures),
        "one threshold",
    ),
    Mutant("parts above whole", _nothing_holds, "one threshold"),
    Mutant(
        "verdicts free",
        lambda patch: patch.setattr(PROTECT, "disagreements", lambda *given: given[-1]),
        "contradictions",
    ),
    Mutant("exact totals", _exact_totals, "sums"),
    Mutant("own thresholds everywhere", _own_thresholds_everywhere, "sums"),
    Mutant("small places in totals", _small_places_in_totals, "sums"),
)


@pytest.fixture(scope="module")
def few(invented: list[Town]) -> list[tuple[Town, Mapping[str, Any], set[Any]]]:
    """The smallest gemeenten with their true counts and what is published of them."""
    smallest = sorted(invented, key=lambda town: len(town.leaves))[:5]
    found = []
    for town in smallest:
        counts = town.counts(True)
        done = protect(counts, context_of(town), new_book(town), FEBRUARY)
        found.append((town, counts, _published(done)))
    return found


def _published(done: Protected) -> set[Any]:
    return {(x.measure, x.period, x.margin, x.value, x.status) for x in done.cells()}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_broken_rule_is_found(
    mutant: Mutant,
    few: list[tuple[Town, Mapping[str, Any], set[Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mutant.patch(monkeypatch)
    changed = 0
    for town, counts, published in few:
        book = new_book(town)
        done = protect(counts, context_of(town), book, FEBRUARY)
        if _published(done) == published:
            continue
        changed += 1
        attack = attacks(done, book, NOTHING, FEBRUARY)[mutant.seen_by]
        assert [*attack()] != [], town.code
    assert changed >= 2, "the mutant is a mutant"
