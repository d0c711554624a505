"""What can and cannot be concluded from a comparison, without words: the text layer adds those."""

from dataclasses import dataclass
from itertools import combinations

from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.funnel import Position


@dataclass(frozen=True)
class Conclusion:
    """Names of areas, alphabetical within each field: nothing here is a ranking.

    above, below            differ from the whole beyond chance, also when the number of areas
                            looked at is taken into account: may be said as a fact
    perhaps_above, _below   outside the 95 % limits, but among this many areas that may be chance
    inside                  no difference from the whole can be shown
    told_apart              pairs (higher, lower) that differ beyond chance, all at once
    not_compared            areas without a usable figure
    """

    above: tuple[str, ...]
    below: tuple[str, ...]
    perhaps_above: tuple[str, ...]
    perhaps_below: tuple[str, ...]
    inside: tuple[str, ...]
    told_apart: tuple[tuple[str, str], ...]
    not_compared: tuple[str, ...]

    @property
    def nothing_differs(self) -> bool:
        """Whether no area and no pair may be said to differ."""
        return not (self.above or self.below or self.told_apart)


def conclude(comparison: Comparison) -> Conclusion:
    """Sort a comparison's areas and pairs into what may be said about them."""
    areas = comparison.areas
    names = tuple(areas["name"])
    apart = []
    for i, j in combinations(range(len(names)), 2):
        if comparison.higher[i, j]:
            apart.append((names[i], names[j]))
        elif comparison.higher[j, i]:
            apart.append((names[j], names[i]))

    def named(position: Position, certain: bool) -> tuple[str, ...]:
        chosen = (areas["position_95"] == position) & (areas["stands_out"] == certain)
        return tuple(sorted(areas.loc[chosen, "name"]))

    return Conclusion(
        above=named(Position.HIGH, True),
        below=named(Position.LOW, True),
        perhaps_above=named(Position.HIGH, False),
        perhaps_below=named(Position.LOW, False),
        inside=tuple(sorted(areas.loc[areas["position_95"] == Position.INSIDE, "name"])),
        told_apart=tuple(sorted(apart)),
        not_compared=tuple(sorted(comparison.not_compared)),
    )
