"""The insider of the old product, trained: what six releases with one volunteer more each tell.

What a release shows of a wijk, minus what the insider delivered there, is the target's number and
two errors of rounding; one of them moves as the insider's own number does, the other stays. Each
date and each year is such a scan, with draws of its own for each year. A network reads them all,
trained on imitated releases of invented pairs of organisations.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.neural_network import MLPClassifier

from tests.attack.measure.imitation import imitate_releases
from tests.attack.measure.published import View
from tests.attack.measure.registers import (
    CHURNING,
    LAST,
    SETTLED,
    STATIC,
    Counting,
    Floats,
    Ints,
    Leaf,
    make_register,
)
from tests.attack.measure.simulated import until_it_stops

SCANNED = ("volunteers", "active_volunteers")
KINDS = (CHURNING, STATIC, SETTLED)
_HIGHEST_ERROR = 12.0


class TrainedInsider:
    """Reads the six releases as one who practised on pairs of organisations of his own."""

    def __init__(self, seed: int, pairs: int, releases: int) -> None:
        rows, truth = [], []
        for number, kind in enumerate(KINDS):
            rng = np.random.default_rng([seed, 92, number])
            leaves = tuple(
                Leaf(each // 16, f"W{each // 2}", f"G{each // 16}-{each % 2}")
                for each in range(2 * pairs)
            )
            register = make_register(rng, kind, 0, sizes=_small, leaves=leaves)
            dense = Counting(register, once=True).counts()
            counts = {name: dense[name][:, 0, 0] for name in SCANNED}
            shown = {
                name: imitate_releases(rng, name, each[::2], each[1::2], releases)
                for name, each in counts.items()
            }
            rows.append(_facts(shown, {name: each[1::2] for name, each in counts.items()}))
            truth.append(counts["volunteers"][::2, -1])
        table, known = np.concatenate(rows), np.concatenate(truth)
        inside = (known >= 1) & (known <= 9)
        table, known = table[inside], known[inside]
        order = np.random.default_rng(3).permutation(len(known))
        table, known = table[order], known[order]
        cut = len(known) * 9 // 10
        self._model: Any = MLPClassifier(
            (128, 64), alpha=1e-3, batch_size=256, max_iter=1, warm_start=True, random_state=1
        )
        until_it_stops(self._model, table[:cut], known[:cut], table[cut:], known[cut:], 25)

    def chances(self, series: Sequence[Sequence[View]], own: Sequence[dict[str, Ints]]) -> Floats:
        """Return the chance of each of 1-9; `series`: the releases of each target's wijk."""
        shown = {
            name: np.array([[_dates(view, name) for view in mine] for mine in series])
            for name in SCANNED
        }
        mine = {name: np.array([each[name] for each in own]) for name in SCANNED}
        result: Floats = self._model.predict_proba(_facts(shown, mine))
        return result


def _small(rng: np.random.Generator, leaves: int) -> Floats:
    return rng.uniform(0.3, 12.0, leaves)


def _dates(view: View, name: str) -> Floats:
    return view.get(name)[:LAST] if name == "volunteers" else view.get(name)[LAST:]


def _facts(shown: dict[str, Ints], own: dict[str, Ints]) -> Floats:
    """Shown minus delivered per release and date, and the bounds that each date leaves."""
    parts = []
    lows, highs = [], []
    for name in SCANNED:
        releases = shown[name].shape[1]
        rest = shown[name] - own[name][:, None, :] - np.arange(releases)[None, :, None]
        lows.append(rest.max(axis=1) - 4)
        highs.append(rest.min(axis=1) + 4)
        remainder = own[name] % 5
        parts += [
            np.clip(rest, -4, _HIGHEST_ERROR + 8).reshape(len(rest), -1) / 4,
            rest.min(axis=1) / 4,
            rest.max(axis=1) / 4,
            remainder / 2,
            # Where the insider's own number is a multiple, it is not rounded.
            np.take_along_axis(rest, ((-own[name]) % 5)[:, None, :], axis=1)[:, 0] / 4,
        ]
    # If the number is the same all along, it lies within the bounds of every date and year.
    low, high = np.hstack([lows[0], lows[1]]), np.hstack([highs[0], highs[1]])
    steps = np.arange(10)
    for chosen in (slice(0, LAST), slice(LAST - 1, LAST), slice(LAST, None), slice(None)):
        fits = (steps >= low[:, chosen, None]) & (steps <= high[:, chosen, None])
        parts += [fits.mean(axis=1), fits.all(axis=1)]
    result: Floats = np.hstack(parts).astype(np.float32)
    return result
