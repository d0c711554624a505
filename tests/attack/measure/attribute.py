"""One person's ladder level, guessed from all published tables with and without that person.

The same key protects both worlds. Whatever is guessed right without the person in them is no
disclosure: it is what is known of people in general.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.attack.measure.places import town_key
from tests.attack.measure.published import ALL, Protect, View, views
from tests.attack.measure.registers import BY_YEAR as YEARLY
from tests.attack.measure.registers import (
    CATEGORIES,
    ITEMS,
    LAST,
    OF_RESULTS,
    YEARS,
    Dense,
    Floats,
    Ints,
    Leaf,
    Town,
)
from tests.attack.measure.statistics import Gain, gain

# Nearly even: where most people stand on one level, that level is the guess in either world.
LEVELS = (0.15, 0.2, 0.2, 0.2, 0.15, 0.1)
_CLASSES = ("1-2", "3-4", "5-6")
_SHOWN = (*CATEGORIES["ladder_level"], *_CLASSES)
_WIJKEN = 25
# Published people from which a place shows six levels, and not only three classes.
FROM_SIX_LEVELS = 20


@dataclass(frozen=True)
class LevelGain:
    """How much better a level is guessed with the person in the tables, at a published whole."""

    whole: str
    gain: Gain
    unrounded: Gain
    classes: int


def level_gain(
    protect: Protect, whole: int, trials: int, seed: int, three: bool, group: bool = False
) -> LevelGain:
    """Measure the gain at a published whole, among six levels or three classes.

    `group`: the person is alone in a wijk and the published whole is that of an organisation's
    small wijken together.
    """
    rng = np.random.default_rng([seed, whole])
    names = _CLASSES if three else CATEGORIES["ladder_level"]
    with_rows, without_rows, true_with, true_without, levels = [], [], [], [], []
    number = 0
    while len(levels) < trials and number < (4 * trials if group else 8 * trials // _WIJKEN + 40):
        number += 1
        worlds = _worlds(rng, number, whole, group)
        key = town_key(seed, worlds.with_person)
        seen = views(protect(worlds.with_person, key))
        unseen = views(protect(worlds.without, key))
        for leaf in worlds.targets:
            place = worlds.place_of(leaf)
            table, other = seen.get(place, View({})), unseen.get(place, View({}))
            shown = table.get("ladder_level" if group else "volunteers")[:LAST]
            if not group and not (shown == whole).all():
                continue
            if group and not abs(float(np.nanmean(shown)) - whole) <= 2.5:
                continue
            with_rows.append(_row(table, names))
            without_rows.append(_row(other, names))
            true_with.append(worlds.true_row(worlds.with_person, leaf, group, three))
            true_without.append(worlds.true_row(worlds.without, leaf, group, three))
            levels.append(worlds.level[leaf])
    facts = np.array(levels)
    if three:
        facts = facts // 2
    many = len(names)
    shown_gain = _gain(np.array(with_rows), np.array(without_rows), facts, many)
    true_gain = _gain(np.array(true_with), np.array(true_without), facts, many)
    name = f"{whole}{', lone member of a group' if group else ''}"
    return LevelGain(name, shown_gain, true_gain, 3 if three else 6)


def level_gain_of_wijk(whole: int, trials: int, seed: int, three: bool) -> LevelGain:
    """Measure the same in a wijk that stands alone, rounded here on whole columns of wijken.

    What is published of such a wijk is its own count and classes under its own thresholds, so
    nothing else has to be published to see it: `agrees` compares this with a release. A group of
    small places is published in the same way, as one leaf: whoever is alone in a wijk is in it.
    `three`: whether three classes are guessed or six levels.
    """
    coarse = whole < FROM_SIX_LEVELS
    rng = np.random.default_rng([seed, whole, 3])
    # The first is that of the whole; each class but the rest has one of its own.
    thresholds = rng.integers(0, 5, (trials, 6))
    others = whole - 1 + rng.integers(-4, 5, trials)
    kept = 5 * ((others + 1 + thresholds[:, 0]) // 5) == whole
    thresholds, others = thresholds[kept], others[kept]
    table = np.zeros((len(others), 6, LAST), dtype=np.int64)
    rows = np.repeat(np.arange(len(others)), others)
    careers = _careers(rng, len(rows))
    for date in range(LAST):
        np.add.at(table, (rows, careers[:, date], date), 1)
    own = _careers(rng, len(others))
    with_person = table.copy()
    np.add.at(
        with_person,
        (np.arange(len(others))[:, None], own, np.arange(LAST)[None]),
        1,
    )
    names = _CLASSES if three else CATEGORIES["ladder_level"]
    level = own[:, -1] // 2 if three else own[:, -1]
    shown = [
        np.array([_row(view, names) for view in _published(each, thresholds, coarse)])
        for each in (with_person, table)
    ]
    true = [_merged(each, three) for each in (with_person, table)]
    flat = [
        np.concatenate([each[:, :, -1], each.reshape(len(each), -1)], axis=1).astype(float)
        for each in true
    ]
    many = len(names)
    name = f"{whole}, by enumeration"
    return LevelGain(name, _gain(*shown, level, many), _gain(*flat, level, many), 3 if three else 6)


def _merged(table: Ints, three: bool) -> Ints:
    return table.reshape(len(table), 3, 2, LAST).sum(axis=2) if three else table


def _published(table: Ints, thresholds: Ints, three: bool) -> list[View]:
    """What a wijk alone shows: a rounded whole, rounded classes, and the rest of it."""
    parts = _merged(table, three)
    whole = _rounded(table.sum(axis=1), thresholds[:, 0])
    shown, room = np.zeros(parts.shape), whole.astype(float)
    by_themselves = [each for each in range(parts.shape[1]) if each != _rest(three)]
    for column, each in enumerate(by_themselves, start=1):
        shown[:, each] = np.minimum(_rounded(parts[:, each], thresholds[:, column]), room)
        room = room - shown[:, each]
    shown[:, _rest(three)] = room
    classes = shown if three else shown.reshape(len(shown), 3, 2, LAST).sum(axis=2)
    nothing = np.full(len(YEARS), np.nan)
    views_of = []
    for row in range(len(table)):
        series = {
            (measure, "", ALL): np.concatenate([whole[row], nothing])
            for measure in ("ladder_level", "volunteers")
        }
        named = list(zip(_CLASSES, classes[row], strict=True))
        if not three:
            named += zip(CATEGORIES["ladder_level"], shown[row], strict=True)
        for name, values in named:
            series["ladder_level", "", name] = np.concatenate([values, nothing])
        views_of.append(View(series))
    return views_of


def _rounded(counts: Ints, thresholds: Ints) -> Ints:
    result: Ints = 5 * ((counts + thresholds[:, None]) // 5)
    return result


def _rest(three: bool) -> int:
    """Where the class stands that is what the others leave of the whole."""
    return 1 if three else 2


def agrees(protect: Protect, whole: int, seed: int, three: bool) -> bool:
    """Tell whether every wijk of a release shows what some thresholds give here."""
    worlds = _worlds(np.random.default_rng([seed, whole]), 1, whole, False)
    seen = views(protect(worlds.with_person, town_key(seed, worlds.with_person)))
    cells = worlds.with_person.dense["ladder_level"][:, 0]
    for leaf in worlds.targets:
        view = seen[worlds.place_of(leaf)]
        if (view.get("volunteers")[:LAST] == whole).all() and not _is_of(view, cells[leaf], three):
            return False
    return True


def _is_of(view: View, table: Ints, three: bool) -> bool:
    """Whether one threshold each gives the whole and the classes of a wijk at all dates."""
    names = _CLASSES if three else CATEGORIES["ladder_level"]
    shown = np.array([view.get("ladder_level", name)[:LAST] for name in names])
    parts = _merged(table[None], three)[0]
    # Where classes are merged their whole is not published apart: it is their sum.
    room = shown.sum(axis=0)
    if not three and not np.array_equal(room, view.get("ladder_level")[:LAST]):
        return False

    def is_rounded(true: Ints, values: Floats, most: Floats | float) -> bool:
        ways = (5 * ((true + t) // 5) for t in range(5))
        return any(np.array_equal(np.minimum(way, most), values) for way in ways)

    if not is_rounded(table.sum(axis=0), room, np.inf):
        return False
    for each in range(len(names)):
        if each == _rest(three):
            continue
        if not is_rounded(parts[each], shown[each], room):
            return False
        room = room - shown[each]
    return True


@dataclass(frozen=True)
class _Worlds:
    with_person: Town
    without: Town
    targets: list[int]
    level: dict[int, int]

    def place_of(self, leaf: int) -> tuple[str, str]:
        if len(self.targets) == 1:
            return (ALL, self.with_person.leaves[leaf].organisation)
        return (self.with_person.leaves[leaf].wijk, ALL)

    def true_row(self, town: Town, leaf: int, group: bool, three: bool) -> Floats:
        """The unrounded table: its last date first, as in a published row."""
        cells = town.dense["ladder_level"]
        table = (cells.sum(axis=0) if group else cells[leaf])[0].astype(float)
        if three:
            table = table.reshape(3, 2, LAST).sum(axis=1)
        return np.concatenate([table[:, -1], table.ravel()])


def _worlds(rng: np.random.Generator, number: int, whole: int, group: bool) -> _Worlds:
    """A town with the person and the same without, one target per wijk (or one in a group)."""
    count = int(np.ceil(whole / 7)) + 3 if group else _WIJKEN
    leaves = tuple(Leaf(number, f"WK{number:04d}{wijk:02d}", f"G{number}") for wijk in range(count))
    if group:
        sizes = rng.multinomial(whole - 1, np.full(count - 1, 1 / (count - 1)))
        sizes = np.concatenate([[0], sizes])
    else:
        # The person included, the whole is published for counts of whole - 4 to whole + 4.
        sizes = whole - 1 + rng.integers(-4, 5, count)
    targets = [0] if group else list(range(count))
    others = np.zeros((count, 1, 6, LAST), dtype=np.int64)
    for leaf, size in enumerate(sizes):
        np.add.at(
            others[leaf, 0], (_careers(rng, int(size)).ravel(), np.tile(np.arange(LAST), size)), 1
        )
    own = np.zeros_like(others)
    level = {}
    for leaf in targets:
        career = _careers(rng, 1)[0]
        own[leaf, 0, career, np.arange(LAST)] = 1
        level[leaf] = int(career[-1])
    return _Worlds(_town(leaves, others + own), _town(leaves, others), targets, level)


def _careers(rng: np.random.Generator, people: int) -> Ints:
    """Levels of people at all dates, [people, dates]: they move now and then, and all stay."""
    now = rng.choice(6, size=people, p=LEVELS)
    careers = []
    for _ in range(LAST):
        draw = rng.random(people)
        step = np.where(draw < 0.04, 1, np.where(draw > 0.98, -1, 0))
        now = np.clip(now + step, 0, 5)
        careers.append(now)
    result: Ints = np.array(careers, dtype=np.int64).T
    return result


def _town(leaves: tuple[Leaf, ...], ladder: Ints) -> Town:
    dense: Dense = {
        measure: np.zeros(
            (
                len(leaves),
                len(ITEMS) if measure in OF_RESULTS else 1,
                len(categories),
                len(YEARS) if measure in YEARLY else LAST,
            ),
            dtype=np.int64,
        )
        for measure, categories in CATEGORIES.items()
    }
    people = ladder.sum(axis=2, keepdims=True)
    dense["ladder_level"] = ladder
    dense["volunteers"] = people
    dense["active_volunteers"] = people[..., 3::4]
    return Town(f"GM{leaves[0].town:04d}", leaves, dense)


def _row(view: View, names: tuple[str, ...]) -> Floats:
    """All tables, and how each category moves along with the whole (a lone person shows there).

    The last date of the classes that are guessed comes first.
    """
    whole = view.get("ladder_level")[:LAST]
    parts = [
        np.array([view.get("ladder_level", name)[LAST - 1] for name in names]),
        whole,
        view.get("volunteers")[:LAST],
    ]
    for category in _SHOWN:
        series = view.get("ladder_level", category)[:LAST]
        parts += [series, np.array([np.nanmean(np.append(series, 0)), _along(series, whole)])]
    return np.nan_to_num(np.concatenate(parts), nan=-10.0)


def _along(series: Floats, whole: Floats) -> float:
    """Share of the switches of the whole at which a category switches the same way."""
    steps = np.nan_to_num(np.diff(series)), np.nan_to_num(np.diff(whole))
    moved = steps[1] != 0
    return float((np.sign(steps[0]) == np.sign(steps[1]))[moved].mean()) if moved.any() else 0.0


def _gain(more: Floats, less: Floats, level: Ints, classes: int) -> Gain:
    """Train in each world on half of the trials, and compare what is right in the other half."""
    half = len(level) // 2
    right = [
        _right(rows[:half], level[:half], rows[half:], level[half:], classes)
        for rows in (more, less)
    ]
    return gain(*right)


def _right(train: Floats, level: Ints, test: Floats, truth: Ints, classes: int) -> Ints:
    """The best of some attackers, by the last third of training."""
    cut = 2 * len(level) // 3
    makers: list[Callable[[], Any]] = [_forest, _logistic]
    makers += [lambda weight=weight: _Fullest(classes, weight) for weight in (1, 3, 10, 30)]
    scores = [
        float((make().fit(train[:cut], level[:cut]).predict(train[cut:]) == level[cut:]).mean())
        for make in makers
    ]
    model = makers[int(np.argmax(scores))]().fit(train, level)
    result: Ints = (model.predict(test) == truth).astype(np.int64)
    return result


class _Fullest:
    """Guesses the class with the most people at the last date, drawn to what is usual.

    Of a person of whom nothing else is known, P(class | table) is the class's share of the table
    (Bayes, with people alike); rounding makes the table uncertain, which `weight` people of the
    usual kind stand for.
    """

    def __init__(self, classes: int, weight: float) -> None:
        self._classes, self._weight = classes, weight

    def fit(self, rows: Floats, level: Ints) -> "_Fullest":
        self._usual = np.bincount(level, minlength=self._classes) / len(level)
        return self

    def predict(self, rows: Floats) -> Ints:
        shown = np.maximum(rows[:, : self._classes], 0)
        result: Ints = (shown + self._weight * self._usual).argmax(axis=1)
        return result


def _forest() -> Any:
    return RandomForestClassifier(100, min_samples_leaf=8, random_state=0)


def _logistic() -> Any:
    return make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=100))
