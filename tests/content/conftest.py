"""What content tests share: the newest releases that are shipped, read by view and oracle."""

from collections.abc import Iterator

import pytest

from dashboard.frame import kept_views
from tests.content.oracle import Oracle
from tests.content.views import SAMPLE, release_file

GEMEENTEN = ("GM0080", "GM0014", "GM0085")


@pytest.fixture(scope="module")
def shipped() -> Iterator[None]:
    """Let views read the releases that are shipped."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELEASES", str(SAMPLE))
        kept_views.forget()
        yield
    kept_views.forget()


@pytest.fixture(scope="module")
def oracles(shipped: None) -> dict[str, Oracle]:
    """Return the oracle on each gemeente's newest release."""
    return {each: Oracle(release_file(each)) for each in GEMEENTEN}
