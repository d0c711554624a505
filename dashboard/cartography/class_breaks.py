"""Classes of a choropleth: round bounds that stay the same while the figures grow a little."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1, 2, 2.5, 3, 4, 5, 10)


@dataclass(frozen=True)
class Classes:
    """Bounds of up to five classes, rising; class i runs from bounds[i] up to bounds[i + 1]."""

    bounds: tuple[float, ...]

    def of(self, value: float) -> int:
        """Return the class (0-based) of a value; values outside go to the nearest class."""
        inner = self.bounds[1:-1]
        return sum(value >= bound for bound in inner)

    def __len__(self) -> int:
        return len(self.bounds) - 1


def pretty(values: Sequence[float], most: int = 5) -> Classes:
    """Return at most `most` equal classes with round bounds over the positive `values`.

    The first class starts at 0 (a true zero is drawn apart). Round steps keep the bounds equal
    from period to period, so that colours can be compared over time. No positive value: one class.
    """
    highest = max((value for value in values if value > 0 and math.isfinite(value)), default=1.0)
    size = 10.0 ** math.floor(math.log10(highest / most))
    step = next(factor * size for factor in _STEPS if factor * size * most >= highest * (1 - 1e-9))
    count = max(1, math.ceil(highest / step * (1 - 1e-9)))
    return Classes(tuple(round(step * place, 10) for place in range(count + 1)))
