"""Shares with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from tests.attack.measure.registers import Floats, Ints

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """A number of successes out of a number of trials."""

    hits: float
    trials: int

    @property
    def value(self) -> float:
        """Return the share."""
        return self.hits / max(self.trials, 1)

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of Wilson (1927)."""
        if not self.trials:
            return 0.0, 1.0
        n, p = self.trials, self.value
        middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
        return middle - half, middle + half

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} % [{100 * low:.1f}-{100 * high:.1f}]"


@dataclass(frozen=True)
class Gain:
    """A mean difference in percentage points, with a normal 95 % interval."""

    points: float
    half: float
    trials: int

    @property
    def high(self) -> float:
        """Return the upper end of the interval."""
        return self.points + self.half

    def __str__(self) -> str:
        low = self.points - self.half
        return f"{self.points:+.1f} points [{low:+.1f} to {self.high:+.1f}]"


def gain(more: Floats | Ints, less: Floats | Ints) -> Gain:
    """Return the mean of paired differences (as shares) in percentage points."""
    difference = 100 * (np.asarray(more, dtype=float) - np.asarray(less, dtype=float))
    spread = difference.std(ddof=1) if len(difference) > 1 else 0.0
    return Gain(
        float(difference.mean()), Z * spread / sqrt(max(len(difference), 1)), len(difference)
    )


def together(gains: Sequence[Gain]) -> Gain:
    """Return the mean over all trials of several gains that were measured apart."""
    trials = sum(each.trials for each in gains)
    if not trials:
        return Gain(0.0, 0.0, 0)
    points = sum(each.points * each.trials for each in gains) / trials
    half = sqrt(sum((each.half * each.trials) ** 2 for each in gains)) / trials
    return Gain(points, half, trials)
