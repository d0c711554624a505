"""Other true numbers under which a release looks the same.

For each leaf and set of people two families of worlds are tried. In the first every threshold is 0
and running sums from some class or quarter on are higher by 1 to 4; in the second it is 4 and they
are lower. Both keep what is published: a count n with threshold t is published as the multiple v
exactly when v - t <= n <= v + 4 - t. A world is a witness when it also obeys every relation that
holds between true numbers, derived from the catalogue. Thresholds of their own may be equal too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from data_access.measures import HOURS_SCALE
from data_access.publish.counts import ALL
from data_access.publish.protect import Piece, Protected
from indicators.breakdowns import rounded_classes
from indicators.catalogue import measure
from indicators.periods import is_year
from indicators.vocabulary import Disagreement, Flow, Measure, SumOverPeople

Vector = NDArray[np.int64]
# Each number must have more than one possible value.
SHIFTS = (1, 2, 3, 4)
# measure, period, item, class: a running sum up to that class, or a class that is rounded by
# itself; ALL for a total
Name = tuple[str, str, str, str]


@dataclass(frozen=True)
class Relation:
    """True numbers are together at most another of the same leaf: positions in the leaf's vector.

    `slack`: what the parts may be more, because they also count places that the whole shows apart.
    """

    parts: tuple[int, ...]
    whole: int
    slack: int = 0


@dataclass(frozen=True)
class LeafNumbers:
    """Published totals of one leaf or group and set of people, and what is true between them.

    A class is the difference of two running sums, which stand here: (measure, period, item, class).
    Of classes with thresholds of their own each stands here, and the rest of the whole does not.
    """

    names: tuple[Name, ...]
    published: Vector
    bases: Vector
    relations: tuple[Relation, ...]


def unwitnessed(done: Protected) -> Iterator[str]:
    """Give the measures of which a number can have one value only.

    A programme that reaches its limit has not found another value, so it counts as none.
    """
    for leaf in leaf_numbers(done):
        for position in without_witness(leaf):
            if not has_two_values(leaf, position):
                yield leaf.names[position][0]


def leaf_numbers(done: Protected) -> Iterator[LeafNumbers]:
    """Give the published numbers of each leaf and group, per set of people."""
    by_leaf: dict[tuple[str, str, str], dict[Name, int]] = defaultdict(dict)
    for (measure_id, period, item), leaves in done.leaves.items():
        for (place, organisation), value in leaves.items():
            people = measure(measure_id).people
            by_leaf[place, organisation, people][measure_id, period, item, ALL] = value
    for pieces in (done.fine, done.coarse):
        for (measure_id, period, item), found in pieces.items():
            each = measure(measure_id)
            by_quarter = isinstance(each, Flow) and not is_year(period)
            for piece in () if by_quarter or isinstance(each, Disagreement) else found:
                numbers = by_leaf[piece.place, piece.organisation, each.people]
                numbers |= _numbers(each, period, item, piece, pieces is done.coarse)
    for (place, organisation, _), numbers in by_leaf.items():
        names = tuple(numbers)
        at = {name: index for index, name in enumerate(names)}
        in_group = place == done.context.gemeente.together
        relations = []
        for name in names:
            for whole in filter(at.__contains__, _wholes(name)):
                slack = _slack(name, whole, organisation, done) if in_group else 0
                if slack is not None:
                    relations.append(Relation((at[name],), at[whole], slack))
        relations += _beside_rest(names)
        bases = np.array([_base(name[0]) for name in names])
        yield LeafNumbers(names, np.array(list(numbers.values())), bases, tuple(relations))


def _slack(part: Name, whole: Name, organisation: str, done: Protected) -> int | None:
    """What the whole shows of small places that only the part takes together.

    None where it shows nothing of one of them: then the one number does not bound the other.
    """
    inside, around = (
        done.members(measure(name[0]), name[1], organisation, name[2]) for name in (part, whole)
    )
    if not around <= inside:
        return None
    shown = {
        piece.place: piece.values[ALL]
        for piece in done.fine.get(whole[:3], ())
        if piece.organisation == organisation
    }
    apart = inside - around
    return sum(shown[place] for place in apart) if apart <= shown.keys() else None


def _base(measure_id: str) -> int:
    each = measure(measure_id)
    return each.base * (HOURS_SCALE if isinstance(each, SumOverPeople) else 1)


def _numbers(each: Measure, period: str, item: str, piece: Piece, merged: bool) -> dict[Name, int]:
    total = {(each.id, period, item, ALL): piece.values[ALL]}
    if not each.categories:
        return total
    if each.rest:
        names = rounded_classes(each, merged)
        return {**total, **{(each.id, period, item, name): piece.values[name] for name in names}}
    running = accumulate(piece.values[one.id] for one in each.categories)
    return {
        (each.id, period, item, one.id): value
        for one, value in zip(each.categories, running, strict=True)
    }


def _beside_rest(names: Sequence[Name]) -> Iterator[Relation]:
    """Classes that are rounded by themselves are together at most their whole."""
    classes: dict[Name, list[int]] = defaultdict(list)
    for position, (measure_id, period, item, category) in enumerate(names):
        if category != ALL and measure(measure_id).rest:
            classes[measure_id, period, item, ALL].append(position)
    for whole, positions in classes.items():
        yield Relation(tuple(positions), names.index(whole))


def _wholes(name: Name) -> Iterator[Name]:
    """Numbers of the same set of people that this one may not exceed."""
    measure_id, period, item, category = name
    part = measure(measure_id)
    names = [] if part.rest else [one.id for one in part.categories]
    if category != ALL and part.rest:
        return
    if category != ALL:
        yield from (
            (measure_id, period, item, later) for later in names[names.index(category) + 1 :]
        )
        yield measure_id, period, item, ALL
    if category in (ALL, *names[-1:]):
        for bound in part.within:
            # A bound on one class is no relation of a running sum.
            if bound.category == "" and measure(bound.whole.measure).people == part.people:
                when = period[:4] if bound.over_year else period
                yield bound.whole.measure, when, item, ALL


def without_witness(leaf: LeafNumbers) -> list[int]:
    """Return the positions of numbers for which the two families of worlds give no other value.

    Worlds are tried for all numbers at once: a row for each number and shift.
    """
    held = _held_with(leaf)
    as_published = leaf.published[None, :]
    seen = np.zeros(len(leaf.names), dtype=bool)
    if not _obeyed(leaf, as_published).all():
        return np.flatnonzero(~seen).tolist()
    for shift in SHIFTS:
        higher = as_published + shift * held
        seen |= _obeyed(leaf, higher) & _published_alike(leaf, higher, 0)
        lower = np.maximum(as_published - shift * held.T, 0)
        fewer = leaf.published > 0
        seen |= fewer & _obeyed(leaf, lower) & _published_alike(leaf, lower, 4)
    return np.flatnonzero(~seen).tolist()


def _held_with(leaf: LeafNumbers) -> Vector:
    """Row i: number i and every whole of it (and of those): what has to rise when i rises."""
    held = np.eye(len(leaf.names), dtype=np.int64)
    for _ in range(len(leaf.names)):
        before = held.copy()
        for relation in leaf.relations:
            for part in relation.parts:
                held[:, relation.whole] |= held[:, part]
        if (held == before).all():
            break
    return held


def _obeyed(leaf: LeafNumbers, worlds: Vector) -> NDArray[np.bool_]:
    fine: NDArray[np.bool_] = np.all(worlds >= 0, axis=1)
    for relation in leaf.relations:
        fine = np.logical_and(
            fine,
            worlds[:, relation.parts].sum(axis=1) <= worlds[:, relation.whole] + relation.slack,
        )
    return fine


def _published_alike(leaf: LeafNumbers, worlds: Vector, threshold: int) -> NDArray[np.bool_]:
    again = leaf.bases * ((worlds + threshold * (leaf.bases // 5)) // leaf.bases)
    alike: NDArray[np.bool_] = (again == leaf.published[None, :]).all(axis=1)
    return alike


def has_two_values(leaf: LeafNumbers, position: int) -> bool:
    """Look with an integer programme, for every threshold, for two values of one number."""
    values: set[int] = set()
    for threshold in range(5):
        fifth = leaf.bases // 5
        low = np.maximum(leaf.published - threshold * fifth, 0)
        high = leaf.published + leaf.bases - 1 - threshold * fifth
        for sign in (1, -1):
            found = _extreme(leaf, position, sign, low, high)
            if found is not None:
                values.add(found)
            if len(values) > 1:
                return True
    return False


def _extreme(leaf: LeafNumbers, position: int, sign: int, low: Vector, high: Vector) -> int | None:
    count = len(leaf.names)
    price = np.zeros(count)
    price[position] = sign
    matrix = np.zeros((len(leaf.relations) or 1, count))
    room = np.zeros(len(matrix))
    for row, relation in enumerate(leaf.relations):
        matrix[row, relation.parts], matrix[row, relation.whole] = 1, -1
        room[row] = relation.slack
    result = milp(
        price,
        integrality=np.ones(count),
        bounds=Bounds(low.astype(float), high.astype(float)),
        constraints=LinearConstraint(matrix, -np.inf, room),
        options={"time_limit": 1.0, "presolve": False},
    )
    return None if result.x is None else round(result.x[position])


__all__ = ["LeafNumbers", "Relation", "has_two_values", "leaf_numbers", "unwitnessed"]
