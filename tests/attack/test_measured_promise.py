"""The measured promise in small: the attackers find little in a release, and much in a broken one.

A small sample has wide intervals. Here a bar fails when the *lower* end of the 95 % interval lies
above it: what is refused is surely too much. The full run (`python -m tests.attack.measure`) holds
the upper end against the same bars.
"""

from collections.abc import Callable

import numpy as np
import pytest

from tests.attack.measure.attribute import LevelGain, agrees, level_gain
from tests.attack.measure.everything import VOLUNTEERS, Recovery, attack_everything
from tests.attack.measure.exact import DRAWN_EACH_TIME, SHARED, Mixture, Scheme
from tests.attack.measure.imitation import imitate
from tests.attack.measure.insiders import ask
from tests.attack.measure.new import protect_new
from tests.attack.measure.places import collect, halves, only_counted
from tests.attack.measure.published import ALL, Protect, Published
from tests.attack.measure.reference import DESIGNS, Design, protect_with
from tests.attack.measure.registers import CHURNING, LAST, Counting, Leaf, Town, make_register
from tests.attack.measure.report import Measured, attack_exactly, verdicts
from tests.attack.measure.statistics import Gain

TOWNS = 30
OVER_CELL = 5.0


def volunteers(protect: Protect, scheme: Scheme) -> list[Recovery]:
    kinds = ("churning", "static")
    test = [collect(protect, kind, 2, TOWNS, once=False) for kind in kinds]
    # With one threshold the exact attacker learns from true counts: no release has to be made.
    own = [
        only_counted(kind, 1, 3 * TOWNS, once=False)
        if scheme.shared
        else collect(protect, kind, 1, TOWNS, once=False)
        for kind in kinds
    ]
    exact = Mixture(scheme, own)
    parts = [halves(sample) for sample in test]
    train, rest = [half for half, _ in parts], [half for _, half in parts]
    found = [attack_exactly(exact, sample) for sample in test]
    return found + attack_everything(train, rest, exact, quick=True, targets=(VOLUNTEERS,))


def of_product() -> Protect:
    return protect_new


def release_of(design: Design) -> Callable[[Town, bytes, bool], Published]:
    protect = protect_with(design)
    return lambda town, key, _: protect(town, key)


def points_over_cell(found: list[Recovery]) -> float:
    """Lower end of exact recovery over one cell, all registers together, in points."""
    return max(100 * (each.exact.interval[0] - each.baseline.value) for each in found)


def test_volunteers_are_not_found_from_everything_together() -> None:
    found = volunteers(of_product(), SHARED)
    assert points_over_cell(found) <= OVER_CELL


def test_an_insider_moves_no_number_of_others() -> None:
    protect = of_product()
    assert ask(lambda town, key, _: protect(town, key), 6, 1, once=False).moved.hits == 0


def test_the_attacker_finds_volunteers_in_numbers_drawn_one_by_one() -> None:
    found = volunteers(protect_with(DESIGNS["draw per number"]), DRAWN_EACH_TIME)
    assert points_over_cell(found) > OVER_CELL


def test_the_attacker_finds_levels_where_small_places_have_a_breakdown() -> None:
    found = level_gain(protect_with(DESIGNS["without groups"]), 5, 300, 1, three=True)
    assert found.gain.points - found.gain.half > 0


def test_a_wijk_alone_shows_what_one_threshold_gives() -> None:
    assert agrees(of_product(), 10, 3, three=True)
    assert agrees(of_product(), 20, 3, three=False)
    assert not agrees(protect_with(DESIGNS["draw per number"]), 20, 3, three=False)


@pytest.mark.parametrize(
    ("whole", "gain", "unrounded", "holds"),
    [
        ("10, by enumeration", 5.0, 12.0, True),
        ("10, by enumeration", 6.5, 12.0, False),
        ("40, by enumeration", 9.0, 5.0, None),
        ("80, by enumeration", 1.5, 1.0, True),
        ("80, by enumeration", 3.9, 4.2, True),
        ("80, by enumeration", 4.2, 3.9, False),
    ],
)
def test_a_level_is_held_against_the_bar_of_its_whole(
    whole: str, gain: float, unrounded: float, holds: bool | None
) -> None:
    level = LevelGain(whole, Gain(gain, 1.2, 1000), Gain(unrounded, 1.2, 1000), 6)
    [verdict] = verdicts(Measured(levels=[level]))
    assert verdict.holds is holds


def test_the_imitated_old_protection_keeps_wholes_next_to_the_truth() -> None:
    rng = np.random.default_rng(5)
    leaves = tuple(Leaf(each // 7, f"W{each}", f"G{each // 7}-{each % 2}") for each in range(140))
    dense = Counting(make_register(rng, CHURNING, 0, leaves=leaves), once=True).counts()
    shown = imitate(rng, dense)
    for measure in ("volunteers", "ladder_level", "ladder_moves"):
        error = shown[measure, "", ALL][:, :LAST] - dense[measure].sum(axis=(1, 2))
        # Wholes give way where what a release before kept leaves no other choice.
        assert (abs(error) <= 4).mean() > 0.99
    year = shown["ladder_moves", "", ALL][:, LAST:]
    true = dense["ladder_moves"].sum(axis=(1, 2)).reshape(-1, 4, 4).sum(axis=2)
    assert (abs(year - true) <= 4).mean() > 0.95
