"""Faults in what a reader sees, made one at a time, are noticed by the content tests."""

import os

import pytest

from tests.mutants import MUTANTS, Mutant, noticed

pytestmark = pytest.mark.skipif("MUTANT" in os.environ, reason="this run is about one fault")


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda each: each.name)
def test_fault_is_noticed(mutant: Mutant) -> None:
    assert noticed(mutant) == ""


def test_a_patch_that_does_not_apply_is_no_catch() -> None:
    gone = Mutant("gone", "dashboard/map/view.py", "not there", "", "tests/content/test_map.py")
    assert "does not apply" in noticed(gone)
