"""One who wants to know: everything published, every public rule, no key and no data.

Knows nothing of the product's code. What is known of the true counts is kept as linear facts, and
integer programming gives the values that a number can still have.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Unknown = Hashable
Number = tuple[Unknown, ...]

ENOUGH = 5
_LARGEST = 10_000


class Contradiction(Exception):
    """No truth fits: what the attacker believes is wrong."""


@dataclass
class Knowledge:
    """Facts about unknown counts, which are whole and not negative.

    With `hints`, truths that the attacker guesses are tried before integer programming is. A
    guess counts only if it obeys every fact, so it saves time and changes no answer.
    """

    hints: bool = True
    _position: dict[Unknown, int] = field(default_factory=dict)
    _facts: list[tuple[dict[int, int], int, int]] = field(default_factory=list)
    _guess: dict[int, int] = field(default_factory=dict)

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
            self._guess[self._position[number[0]]] = published

    def learn_at_most(self, part: Number, whole: Number) -> None:
        """The truth of a part does not exceed that of its whole."""
        self.learn(dict.fromkeys(part, -1) | dict.fromkeys(whole, 1), 0, _LARGEST)

    def learn_change(self, before: Number, after: Number, change: int) -> None:
        """A number is known to have changed by exactly this much."""
        self.learn(dict.fromkeys(before, -1) | dict.fromkeys(after, 1), change, change)

    def fits(self, truth: Mapping[Unknown, int]) -> bool:
        """Whether a truth obeys every fact."""
        return bool(self._obeys(np.array([[truth[unknown] for unknown in self._position]]))[0])

    def possible(self, numbers: Iterable[Number], enough: int = ENOUGH) -> dict[Number, set[int]]:
        """Values each number can still have: the least, the greatest, and others up to `enough`."""
        wanted = list(dict.fromkeys(numbers))
        truths = list(self._guesses()) if self.hints else []
        rows = {number: self._row(number) for number in wanted}
        found: dict[Number, set[int]] = {}
        for number, row in rows.items():
            for sign in (1, -1):
                if not self._attained(number, sign, truths, row):
                    truths.append(self._extreme(sign * row))
            found[number] = {int(truth @ row) for truth in truths}
        for number, row in rows.items():
            found[number] |= {int(truth @ row) for truth in truths}
            for value in range(min(found[number]) + 1, max(found[number])):
                if len(found[number]) >= enough:
                    break
                if value not in found[number] and self._allows(row, value):
                    found[number].add(value)
        return found

    def _row(self, number: Number) -> NDArray[np.int64]:
        row = np.zeros(len(self._position), dtype=np.int64)
        row[[self._position[unknown] for unknown in number]] = 1
        return row

    def _matrix(self) -> NDArray[np.int64]:
        matrix = np.zeros((len(self._facts), len(self._position)), dtype=np.int64)
        for row, (columns, _, _) in enumerate(self._facts):
            matrix[row, list(columns)] = list(columns.values())
        return matrix

    def _ends(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        lows, highs = zip(*((low, high) for _, low, high in self._facts), strict=True)
        return np.array(lows), np.array(highs)

    def _obeys(self, truths: NDArray[np.int64]) -> NDArray[np.bool_]:
        sums = truths @ self._matrix().T
        low, high = self._ends()
        return (truths >= 0).all(axis=1) & (sums >= low).all(axis=1) & (sums <= high).all(axis=1)

    def _guesses(self) -> Sequence[NDArray[np.int64]]:
        """The published values themselves, and each of them shifted by 1 to 4."""
        size = len(self._position)
        start = np.array([self._guess.get(column, 0) for column in range(size)], dtype=np.int64)
        shifts = np.arange(-4, 5).reshape(-1, 1, 1) * np.eye(size, dtype=np.int64)
        truths = start + shifts.reshape(-1, size)
        return list(truths[self._obeys(truths)])

    def _attained(
        self, number: Number, sign: int, truths: list[NDArray[np.int64]], row: NDArray[np.int64]
    ) -> bool:
        """Whether a truth that fits lies at the end of what one fact alone allows the number."""
        if not truths:
            return False
        columns = {self._position[unknown]: 1 for unknown in number}
        same = [(low, high) for facts, low, high in self._facts if facts == columns]
        values = [int(truth @ row) for truth in truths]
        if sign == 1:
            return min(values) <= max([0, *(low for low, _ in same)])
        return bool(same) and max(values) >= min(high for _, high in same)

    def _extreme(self, price: NDArray[np.int64]) -> NDArray[np.int64]:
        low, high = self._ends()
        truth = _programme(price, self._matrix(), low, high)
        if truth is None:
            raise Contradiction
        return truth

    def _allows(self, row: NDArray[np.int64], value: int) -> bool:
        low, high = self._ends()
        matrix = np.vstack([self._matrix(), row])
        answer = _programme(0 * row, matrix, np.append(low, value), np.append(high, value))
        return answer is not None


def _programme(
    price: NDArray[np.int64],
    matrix: NDArray[np.int64],
    low: NDArray[np.int64],
    high: NDArray[np.int64],
) -> NDArray[np.int64] | None:
    result = milp(
        price.astype(float),
        integrality=np.ones(len(price)),
        bounds=Bounds(0, _LARGEST),
        constraints=LinearConstraint(matrix, low, high),
        options={"presolve": False},
    )
    if result.status not in (0, 2):
        raise RuntimeError(f"The attacker's programme did not end: {result.message}")
    return None if result.x is None else np.rint(result.x).astype(np.int64)


def recovered(possible: Mapping[Number, set[int]]) -> list[Number]:
    """Numbers that can have one value only."""
    return [number for number, values in possible.items() if len(values) == 1]


def exposed(possible: Mapping[Number, set[int]], enough: int = ENOUGH) -> list[Number]:
    """Numbers that can have fewer values than the bar asks."""
    return [number for number, values in possible.items() if len(values) < enough]
