"""Differences in standard errors."""

import numpy as np
import pytest

from dashboard.comparison.differences import standardised_differences


def test_standardised_differences_by_hand():
    steps = standardised_differences(
        np.array([0.0, 1.0]), np.array([0.0, 0.6]), np.array([0.3, 1.0])
    )
    assert steps[1, 0] == pytest.approx(1.959964 / 0.5)
    assert steps[0, 1] == -np.inf
