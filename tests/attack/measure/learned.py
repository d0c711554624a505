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
    parts: list[Floats] = []
    for measure, item, category in keys:
        series = np.array([place.view.get(measure, category, item) for place in places])
        quarters, years = series[:, :LAST], series[:, LAST:]
        if category == ALL and measure in _DATED:
            parts.append(series)
        parts.append(quarters[:, [-1, -5]])
        parts.append(years[:, [-1]])
        columns = [_mean(quarters), _mean(quarters[:, -8:]), _mean(years), _switches(quarters)]
        parts.append(np.array(columns).T)
    for name in places[0].rest:
        parts.append(np.array([place.rest[name] for place in places])[:, [LAST - 1, -1]])
    return np.hstack([*parts, np.array([[place.size] for place in places])])


def known_series(places: Sequence[Place]) -> list[tuple[str, str, str]]:
    """Return the series that are published anywhere."""
    return sorted({key for place in places for key in place.view.series})


def _mean(values: Floats) -> Floats:
    """Mean of what is shown in each row."""
    shown = ~np.isnan(values)
    count = shown.sum(axis=1)
    total = np.where(shown, values, 0.0).sum(axis=1)
    result: Floats = np.where(count > 0, total / count.clip(1), np.nan)
    return result


def _switches(values: Floats) -> Floats:
    """How often a published number changes: near a threshold it does so often."""
    result: Floats = (np.nan_to_num(np.diff(values, axis=1)) != 0).sum(axis=1)
    return result


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

    def __init__(
        self, training: Training, given: Floats | None = None, quick: bool = False
    ) -> None:
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
            name: model for name, model in candidates.items() if self.best in (name, "mean of all")
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
    models: dict[str, Any] = {
        "forest": RandomForestClassifier(
            60 if quick else 200, min_samples_leaf=4, max_features="sqrt", random_state=0
        ),
        "logistic": make_pipeline(
            StandardScaler(), LogisticRegression(C=0.02, max_iter=60, tol=1e-3)
        ),
    }
    if not quick:
        models["boosting"] = HistGradientBoostingClassifier(
            max_iter=40,
            max_features=0.25,
            learning_rate=0.08,
            max_leaf_nodes=12,
            min_samples_leaf=15,
            l2_regularization=1.0,
            random_state=0,
        )
    return models


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
