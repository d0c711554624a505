"""One who wants to know: everything published, every public rule, no key and no data.

Knows nothing of the product's code. What is known of the true counts is kept as linear facts, and
integer programming gives the values that a number can still have.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Unknown = tuple[str, Hashable]
"""Period, release or measure, and the leaf."""
Number = tuple[Unknown, ...]
Vector = NDArray[np.int64]

ENOUGH = 5
_LARGEST = 10_000
_OPTIMAL, _INFEASIBLE = 0, 2


class Contradiction(Exception):
    """No truth fits: what the attacker believes is wrong."""


class Knowledge:
    """Facts about unknown counts, which are whole and not negative.

    With `hints`, truths that the attacker guesses are tried before integer programming is. A
    guess counts only if it obeys every fact, so it saves time and changes no answer.
    """

    def __init__(self, hints: bool = True) -> None:
        self._hints = hints
        self._position: dict[Unknown, int] = {}
        self._facts: list[tuple[dict[int, int], int, int]] = []
        self._published: dict[int, int] = {}

    def learn(self, weights: Mapping[Unknown, int], low: int, high: int) -> None:
        """The weighted sum of unknowns is in low..high."""
        columns: dict[int, int] = {}
        for unknown, weight in weights.items():
            columns[self._position.setdefault(unknown, len(self._position))] = weight
        self._facts.append((columns, low, high))

    def learn_sum(self, number: Number, low: int, high: int) -> None:
        """The plain sum of unknowns is in low..high."""
        self.learn(dict.fromkeys(number, 1), low, high)

    def learn_rounded(self, number: Number, published: int, reach: int = 4) -> None:
        """`published` is at most `reach` from the sum of unknowns."""
        self.learn_sum(number, max(0, published - reach), published + reach)
        if len(number) == 1:
            self._published[self._position[number[0]]] = published

    def learn_at_most(self, part: Number, whole: Number) -> None:
        """The truth of a part does not exceed that of its whole."""
        self.learn(dict.fromkeys(part, -1) | dict.fromkeys(whole, 1), 0, _LARGEST)

    def learn_change(self, before: Number, after: Number, change: int) -> None:
        """A number is known to have changed by exactly this much."""
        self.learn(dict.fromkeys(before, -1) | dict.fromkeys(after, 1), change, change)

    def fits(self, truth: Mapping[Unknown, int]) -> bool:
        """Whether a truth obeys every fact."""
        guess = np.array([[truth[unknown] for unknown in self._position]])
        return bool(self._programme().obeyed_by(guess)[0])

    def possible(self, numbers: Iterable[Number], enough: int = ENOUGH) -> dict[Number, set[int]]:
        """Values each number can still have: the least, the greatest, and others up to `enough`."""
        programme, rows = self._programme(), {number: self._row(number) for number in numbers}
        truths = np.zeros((0, len(self._position)), dtype=np.int64)
        if self._hints:
            guesses = self._guesses()
            truths = guesses[programme.obeyed_by(guesses)]
        found: dict[Number, set[int]] = {}
        for number, row in rows.items():
            low, high = self._ends_told(number)
            values = truths @ row
            if not len(values) or values.min() > low:
                truths = np.vstack([truths, programme.least(row)])
            if not len(values) or values.max() < high:
                truths = np.vstack([truths, programme.least(-row)])
            found[number] = set((truths @ row).tolist())
        for number, row in rows.items():
            between = iter(range(min(found[number]), max(found[number])))
            while len(found[number]) < enough and (value := next(between, None)) is not None:
                if value not in found[number] and programme.allows(row, value):
                    found[number].add(value)
        return found

    def _programme(self) -> "_Programme":
        matrix = np.zeros((len(self._facts), len(self._position)), dtype=np.int64)
        for row, (columns, _, _) in enumerate(self._facts):
            matrix[row, list(columns)] = list(columns.values())
        lows, highs = np.array([(low, high) for _, low, high in self._facts]).T
        return _Programme(matrix, lows, highs)

    def _row(self, number: Number) -> Vector:
        row = np.zeros(len(self._position), dtype=np.int64)
        row[[self._position[unknown] for unknown in number]] = 1
        return row

    def _ends_told(self, number: Number) -> tuple[int, float]:
        """What the facts about this number alone say; the other facts can only tell more."""
        columns = {self._position[unknown]: 1 for unknown in number}
        told = [(low, high) for facts, low, high in self._facts if facts == columns]
        lows, highs = [low for low, _ in told], [high for _, high in told]
        return max(lows, default=0), min(highs, default=np.inf)

    def _guesses(self) -> Vector:
        """The published leaves themselves, and one or some of the same leaf shifted by 1 to 4."""
        start = np.array([self._published.get(column, 0) for column in self._position.values()])
        alike: dict[Hashable, list[int]] = {}
        for unknown, column in self._position.items():
            alike.setdefault(unknown[-1], []).append(column)
        shifted = np.array(
            [
                np.bincount(columns[first:last], minlength=len(start))
                for columns in alike.values()
                for first in range(len(columns))
                for last in range(first + 1, len(columns) + 1)
            ]
        )
        return np.vstack([start + size * shifted for size in range(-4, 5)])


@dataclass(frozen=True)
class _Programme:
    """Facts as an integer programme: low <= matrix @ truth <= high."""

    matrix: Vector
    low: Vector
    high: Vector

    def obeyed_by(self, truths: Vector) -> NDArray[np.bool_]:
        sums = truths @ self.matrix.T
        inside = (sums >= self.low) & (sums <= self.high)
        return inside.all(axis=1) & (truths >= 0).all(axis=1)

    def least(self, price: Vector) -> Vector:
        """The truth with the lowest price."""
        truth = self._solve(price, self.matrix, self.low, self.high)
        if truth is None:
            raise Contradiction
        return truth

    def allows(self, row: Vector, value: int) -> bool:
        matrix = np.vstack([self.matrix, row])
        ends = np.append(self.low, value), np.append(self.high, value)
        return self._solve(0 * row, matrix, *ends) is not None

    def _solve(self, price: Vector, matrix: Vector, low: Vector, high: Vector) -> Vector | None:
        result = milp(
            price.astype(float),
            integrality=np.ones(len(price)),
            bounds=Bounds(0, _LARGEST),
            constraints=LinearConstraint(matrix, low, high),
            options={"presolve": False},
        )
        if result.status not in (_OPTIMAL, _INFEASIBLE):
            raise RuntimeError(f"The attacker's programme did not end: {result.message}")
        return None if result.x is None else np.rint(result.x).astype(np.int64)


def recovered(possible: Mapping[Number, set[int]]) -> list[Number]:
    """Numbers that can have one value only."""
    return [number for number, values in possible.items() if len(values) == 1]


def exposed(possible: Mapping[Number, set[int]], enough: int = ENOUGH) -> list[Number]:
    """Numbers that can have fewer values than the bar asks."""
    return [number for number, values in possible.items() if len(values) < enough]
