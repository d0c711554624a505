"""One server on the published sample for all browser tests, and every page visited once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.visiting import Visit, address_of, closed_network, running, visit


@pytest.fixture(scope="session")
def server(
    chromium_path: str, sample_releases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the address of a freshly started server on the sample's releases."""
    with running(sample_releases, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield address


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Give an empty tab of a context of its own, with the network closed."""
    with closed_network(browser) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def visited(browser: Browser, server: str) -> Callable[[str, str], Visit]:
    """Return what a visit to a page about Leeuwarden brings; every page is opened only once."""
    known: dict[tuple[str, str], Visit] = {}

    def once(page_id: str, language: str) -> Visit:
        key = page_id, language
        if key not in known:
            url = address_of(server, page_id, gemeente="GM0080", taal=language)
            known[key] = visit(browser, url)
        return known[key]

    return once
