"""What the comparison tests share: how counts are published, and wijken of real sizes."""

from collections.abc import Callable

import numpy as np
import pytest

LEEUWARDEN = (
    *(6710, 8590, 12410, 8255, 3840, 5170, 6430, 4050, 3630, 10370, 6910),
    *(3630, 3595, 8625, 6990, 3355, 5770, 4000, 140, 4035, 3925, 8390),
)
OOSTSTELLINGWERF = (4940, 1920, 685, 360, 580, 3185, 330, 1035, 270, 1500, 9780, 405, 835)
GRONINGEN = (
    *(24920, 22200, 14600, 19120, 12970, 3525, 19725, 10740, 11335, 19570),
    *(19600, 15580, 16160, 1075, 4390, 5850, 1320, 13400, 5025, 2645),
)


@pytest.fixture(scope="session")
def leeuwarden() -> np.ndarray:
    """Residents of 22 wijken of Leeuwarden (CBS 2024), one of them tiny."""
    return np.array(LEEUWARDEN)


@pytest.fixture(scope="session")
def villages() -> np.ndarray:
    """Residents of 13 wijken of Ooststellingwerf (CBS 2024)."""
    return np.array(OOSTSTELLINGWERF)


@pytest.fixture(scope="session")
def all_wijken() -> np.ndarray:
    """Residents of 55 wijken of three gemeenten (CBS 2024), 140 to 24,920."""
    return np.array(LEEUWARDEN + OOSTSTELLINGWERF + GRONINGEN)


@pytest.fixture(scope="session")
def publish() -> Callable[[np.ndarray, np.random.Generator], np.ndarray]:
    """Unbiased rounding to five, written here a second time so as not to test it with itself."""

    def rounded(true_counts: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        whole_steps, over = np.divmod(np.asarray(true_counts), 5)
        return 5.0 * (whole_steps + generator.binomial(1, over / 5))

    return rounded


@pytest.fixture(scope="session")
def chance_published() -> Callable[[np.ndarray, int], dict[int, float]]:
    """From the chances of the true counts 0, 1, 2, ... to those of the published ones."""

    def spread(true_chances: np.ndarray, cap: int = 10**9) -> dict[int, float]:
        published: dict[int, float] = {}
        for count, chance in enumerate(true_chances):
            step, over = divmod(count, 5)
            for value, share in ((5 * step, 1 - over / 5), (5 * step + 5, over / 5)):
                key = min(value, cap)
                published[key] = published.get(key, 0.0) + chance * share
        return published

    return spread
