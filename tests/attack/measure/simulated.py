"""Attackers that were trained on as many releases of their own as they liked.

The way of publishing is public, so whoever wants to know what a table says invents registers,
publishes them under keys of his own and learns from those: here of many kinds, so that a register
under attack is of none of them in particular. Models see each published number, what a place's
numbers come to over the years, and those in proportion to what is usual in that gemeente (readings
per volunteer, say). A last model weighs what they and the exact attacker say (stacking: Wolpert,
1992).
"""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from tests.attack.measure.exact import HIGHEST, Mixture, Scheme
from tests.attack.measure.imitation import Stack, imitate
from tests.attack.measure.places import Place, Sample
from tests.attack.measure.published import ALL, View
from tests.attack.measure.registers import (
    CHURNING,
    LAST,
    SETTLED,
    STATIC,
    Counting,
    Dense,
    Floats,
    Ints,
    Leaf,
    Variant,
    make_register,
)

# Kinds of registers of the attacker's own; UNLIKE is none of them.
KINDS = (
    CHURNING,
    STATIC,
    SETTLED,
    replace(STATIC, name="static, some not read", stay=20.0, read=0.95),
    replace(STATIC, name="static and growing", stay=100.0, read=0.9, growth=0.03),
    replace(CHURNING, name="churning, some stay", stay=10.0, read=0.9, lifers=0.3),
)
_WIJKEN = 14
_LARGEST_MEAN = 12.0
# What is not published of all dates in the old product, or says nothing about these people.
_LEFT_OUT = ("still_in_work", "allowance")
_NOTHING = -10.0
_SUMS = ("ladder_moves", "ladder_level", "active_volunteers", "new_volunteers")


def own_releases(seed: int, wijken: int, kinds: Sequence[Variant] = KINDS) -> list[Sample]:
    """Invent registers of each kind and publish them as the old product did."""
    found = []
    for number, kind in enumerate(kinds):
        rng = np.random.default_rng([seed, 91, number])
        leaves = tuple(
            Leaf(each // _WIJKEN, f"W{each}", f"G{each // _WIJKEN}-{each % 2}")
            for each in range(wijken)
        )
        register = make_register(rng, kind, 0, sizes=_small, leaves=leaves)
        dense = Counting(register, once=True).counts()
        stack = imitate(rng, dense)
        found.append(Sample(kind.name, _places(dense, stack), dense))
    return found


def _small(rng: np.random.Generator, leaves: int) -> Floats:
    return rng.uniform(0.3, _LARGEST_MEAN, leaves)


def _places(dense: Dense, stack: Stack) -> list[Place]:
    keys = [key for key in stack if not key[0].startswith(_LEFT_OUT)]
    places = []
    for row in range(len(dense["volunteers"])):
        view = View({key: stack[key][row] for key in keys})
        truth = {measure: cells[row] for measure, cells in dense.items()}
        places.append(Place(row // _WIJKEN, "", _WIJKEN // 2, truth, view, {}))
    return places


def usual(sample: Sample) -> dict[int, Floats]:
    """What is usual in each gemeente: published sums in proportion to published volunteers."""
    totals: dict[int, Floats] = {}
    for place in sample.places:
        mine = np.array([np.nansum(place.view.get(name)[:LAST]) for name in ("volunteers",)])
        years = [np.nansum(place.view.get(name)[LAST:]) for name in _SUMS]
        levels = np.nansum(place.view.get("ladder_level")[:LAST])
        row = np.concatenate([mine, years, [levels]])
        totals[place.town] = totals.get(place.town, 0.0) + row
    return {town: row[1:] / max(row[0], 1.0) for town, row in totals.items()}


def facts_of(
    places: Sequence[Place], usual_there: Sequence[Floats], keys: Sequence[tuple[str, str, str]]
) -> Floats:
    """Every number, its sum over the years, and what that makes of volunteers if all is usual."""
    parts: list[Floats] = []
    usually = np.array(usual_there)
    parts.append(usually)
    for measure, item, category in keys:
        series = np.array([place.view.get(measure, category, item) for place in places])
        parts.append(np.nan_to_num(series, nan=_NOTHING) / 5)
        parts.append(np.nan_to_num(series[:, :LAST]).sum(axis=1, keepdims=True) / 5)
        parts.append(np.nan_to_num(series[:, LAST:]).sum(axis=1, keepdims=True) / 5)
        if category == ALL and measure in _SUMS:
            at = _SUMS.index(measure)
            years = np.nan_to_num(series[:, LAST:])
            rate = np.maximum(usually[:, [at]], 0.02)
            parts.append(np.clip(years / (4 * rate), 0, 40))
            parts.append(np.clip(years.sum(axis=1, keepdims=True) / (16 * rate), 0, 40))
            if measure == "ladder_level":
                quarters = np.nan_to_num(series[:, :LAST])
                rate = np.maximum(usually[:, [-1]], 0.05)
                parts.append(np.clip(quarters.mean(axis=1, keepdims=True) / rate, 0, 40))
    return np.hstack(parts).astype(np.float32)


class Trained:
    """Several models on releases of one's own, weighed with the exact attacker."""

    def __init__(
        self,
        samples: Sequence[Sample],
        scheme: Scheme,
        truth: Callable[[Place], int],
        weighed: int = 3000,
        exact: Mixture | None = None,
    ) -> None:
        self.exact = exact or Mixture(scheme, list(samples[:3]))
        chosen, usually = _known(samples, truth)
        self._keys = sorted({key for place in chosen[:2000] for key in place.view.series})
        values = np.array([truth(place) for place in chosen])
        rows = facts_of(chosen, usually, self._keys)
        order = np.random.default_rng(17).permutation(len(chosen))
        weighed = min(weighed, len(chosen) // 3)
        last, first = order[:weighed], order[weighed:]
        self._scale = StandardScaler().fit(rows[first])
        self._models = [_network(number) for number in range(2)]
        check = self._scaled(rows[last])
        for model in self._models:
            until_it_stops(model, self._scaled(rows[first]), values[first], check, values[last])
        self._trees = _trees()
        self._trees.fit(rows[first], values[first])
        said = self._said([chosen[at] for at in last], rows[last])
        self._last = LogisticRegression(C=0.3, max_iter=400).fit(said, values[last])

    def _scaled(self, rows: Floats) -> Floats:
        result: Floats = np.clip(self._scale.transform(rows), -6, 6)
        return result

    def _said(self, places: list[Place], rows: Floats) -> Floats:
        scaled = self._scaled(rows)
        networks = np.mean([model.predict_proba(scaled) for model in self._models], axis=0)
        found = [networks, self._trees.predict_proba(rows), self.exact.find(places).volunteers]
        return np.hstack([np.log(each.clip(1e-4)) for each in found])

    def chances(self, places: list[Place], usually: Sequence[Floats]) -> Floats:
        """Return the chance of each of 1-9, a row per place."""
        said = self._said(places, facts_of(places, usually, self._keys))
        result: Floats = self._last.predict_proba(said)
        return result


def _known(
    samples: Sequence[Sample], truth: Callable[[Place], int]
) -> tuple[list[Place], list[Floats]]:
    """Places whose number is 1-9 and that the exact attacker has states for."""
    chosen, usually = [], []
    for sample in samples:
        there = usual(sample)
        for place in sample.places:
            small = np.nanmax(place.view.get("volunteers")) <= HIGHEST
            if small and 1 <= truth(place) <= 9:
                chosen.append(place)
                usually.append(there[place.town])
    return chosen, usually


def _network(seed: int) -> Any:
    return MLPClassifier(
        (256, 96),
        alpha=1e-3,
        batch_size=512,
        learning_rate_init=7e-4,
        max_iter=1,
        warm_start=True,
        random_state=seed,
    )


def until_it_stops(
    model: Any, rows: Floats, truth: Ints, check: Floats, known: Ints, rounds: int = 12
) -> None:
    """Go over the rows until the log likelihood of rows that were kept apart is no better."""
    best = -np.inf
    kept: tuple[list[Floats], list[Floats]] | None = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(rounds):
            model.fit(rows, truth)
            chances = model.predict_proba(check)[np.arange(len(known)), known - 1]
            score = float(np.log(chances.clip(1e-6)).mean())
            if score <= best:
                break
            best = score
            kept = [each.copy() for each in model.coefs_], [e.copy() for e in model.intercepts_]
    if kept is not None:
        model.coefs_, model.intercepts_ = kept


def _trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=40,
        learning_rate=0.1,
        max_leaf_nodes=20,
        min_samples_leaf=30,
        l2_regularization=1.0,
        random_state=0,
    )
