"""Learned attackers: several models on engineered features, the best by validation."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from tests.attack.measure.places import Place
from tests.attack.measure.published import ALL
from tests.attack.measure.registers import LAST, Floats, Ints

VALUES = np.arange(1, 10)
_NOTHING = -10.0
# Raw series that go in date by date; of all others what they come to over the years.
_DATED = ("volunteers", "active_volunteers", "outflow", "ladder_level")


def features_of(places: Sequence[Place], keys: Sequence[tuple[str, str, str]]) -> Floats:
    """The features of chosen series, so that training and test have the same columns."""
    return np.array([_row(place, keys) for place in places])


def known_series(places: Sequence[Place]) -> list[tuple[str, str, str]]:
    """Return the series that are published anywhere."""
    return sorted({key for place in places for key in place.view.series})


def _row(place: Place, keys: Sequence[tuple[str, str, str]]) -> Floats:
    parts: list[Floats] = []
    for measure, item, category in keys:
        series = place.view.get(measure, category, item)
        quarters, years = series[:LAST], series[LAST:]
        if category == ALL and measure in _DATED:
            parts.append(series)
        parts.append(np.array([_mean(quarters), _mean(quarters[-8:]), quarters[-1], quarters[-5]]))
        parts.append(np.array([_mean(years), years[-1], _switches(quarters)]))
    rest = [value for series in place.rest.values() for value in (series[LAST - 1], series[-1])]
    return np.concatenate([*parts, np.array([*rest, place.size])])


def _mean(values: Floats) -> float:
    shown = values[~np.isnan(values)]
    return float(shown.mean()) if len(shown) else np.nan


def _switches(values: Floats) -> float:
    """How often a published number changes: near a threshold it does so often."""
    shown = values[~np.isnan(values)]
    return float((np.diff(shown) != 0).sum()) if len(shown) else np.nan


@dataclass(frozen=True)
class Training:
    """Rows, true values 1-9, and the gemeente of each row (validation leaves gemeenten out)."""

    rows: Floats
    truth: Ints
    towns: Ints


class Guesser:
    """Tries models on gemeenten left out of training, and keeps the best, or the mean of all.

    `given` are columns of posteriors of an exact attacker: they compete as they are, and are
    features of the models (stacking: Wolpert, 1992).
    """

    def __init__(self, training: Training, given: Floats | None = None, quick: bool = False) -> None:
        rows = _joined(training.rows, given)
        held_out = training.towns % 4 == 0
        weight = _weights(training.truth)
        candidates = _models(quick)
        found: dict[str, Floats] = {} if given is None else {"exact": given[held_out]}
        for name, model in candidates.items():
            _fit(model, rows[~held_out], training.truth[~held_out], weight[~held_out])
            found[name] = _chances(model, rows[held_out])
        found["mean of all"] = np.mean(list(found.values()), axis=0)
        truth, check = training.truth[held_out], weight[held_out]
        self.scores = {name: _score(chance, truth, check) for name, chance in found.items()}
        self.best = max(self.scores, key=lambda name: self.scores[name])
        self._models = {
            name: model
            for name, model in candidates.items()
            if self.best in (name, "mean of all")
        }
        for model in self._models.values():
            _fit(model, rows, training.truth, weight)

    def chances(self, rows: Floats, given: Floats | None = None) -> Floats:
        """Return the chance of each of 1-9, a row per place."""
        all_rows = _joined(rows, given)
        found = [_chances(model, all_rows) for model in self._models.values()]
        if given is not None and self.best in ("exact", "mean of all"):
            found.append(given)
        result: Floats = np.mean(found, axis=0)
        return result


def guess(chances: Floats) -> Ints:
    """Return the likeliest value of 1-9."""
    result: Ints = VALUES[chances.argmax(axis=1)]
    return result


def _joined(rows: Floats, given: Floats | None) -> Floats:
    return rows if given is None else np.hstack([np.log(given.clip(1e-4)), rows])


def _weights(truth: Ints) -> Floats:
    """Every true value counts as much."""
    frequent = np.bincount(truth, minlength=10).clip(1)
    result: Floats = len(truth) / (9.0 * frequent[truth])
    return result


def _models(quick: bool) -> dict[str, Any]:
    trees = 120 if quick else 300
    return {
        "boosting": HistGradientBoostingClassifier(
            max_iter=40 if quick else 80,
            learning_rate=0.06,
            max_leaf_nodes=12,
            min_samples_leaf=15,
            l2_regularization=1.0,
            random_state=0,
        ),
        "forest": RandomForestClassifier(
            trees, min_samples_leaf=4, max_features="sqrt", random_state=0
        ),
        "logistic": make_pipeline(
            StandardScaler(), LogisticRegression(C=0.02, max_iter=60, tol=1e-3)
        ),
    }


def _filled(rows: Floats) -> Floats:
    return np.nan_to_num(rows, nan=_NOTHING)


def _fit(model: Any, rows: Floats, truth: Ints, weight: Floats) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        if hasattr(model, "steps"):
            model.fit(_filled(rows), truth, logisticregression__sample_weight=weight)
        else:
            model.fit(_filled(rows), truth, sample_weight=weight)


def _chances(model: Any, rows: Floats) -> Floats:
    result = np.zeros((len(rows), 9))
    result[:, model.classes_ - 1] = model.predict_proba(_filled(rows))
    return result


def _score(chances: Floats, truth: Ints, weight: Floats) -> float:
    """Weighted mean log likelihood: steadier with few places than the share that is right."""
    of_truth = chances[np.arange(len(truth)), truth - 1].clip(1e-3)
    return float((np.log(of_truth) * weight).sum() / weight.sum())
