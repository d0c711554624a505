"""What comes out of a link or a delivery is shown as text, also where Streamlit reads Markdown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data_access import settings
from tests.benchmark.servers import free_port, wait
from tests.browser.markdown_parts import TEXTS, texts
from tests.browser.visiting import SETTLED, address_of, settle

pytestmark = pytest.mark.browser
APP = Path(__file__).parent / "markdown_parts.py"
FOREIGN = (
    "img, a, code, pre, em, strong, del, ul, ol, h1, h2, h3, table, .katex, [data-testid*=con]"
)
_READ = """([part, foreign]) => [...document.querySelectorAll(part)].map(e => {
  const shown = e.querySelector('[data-testid="stMarkdownContainer"]');
  return [shown.innerText, shown.querySelector(foreign)?.outerHTML ?? ''];
})"""


@pytest.fixture(scope="module")
def markdown_parts(chromium_path):
    """Give the address of a server of the app with hostile texts."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(APP), f"--server.port={port}"),
        *("--server.headless=true", "--browser.gatherUsageStats=false"),
    ]
    environment = {**os.environ, "PYTHONPATH": str(settings.ROOT)}
    output = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=settings.ROOT, env=environment, stdout=output, stderr=output
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait(address, process)
            yield address
        finally:
            process.terminate()


def _shown(text: str) -> str:
    return " ".join(text.replace("\N{WORD JOINER}", "").split())


def test_every_text_is_shown_as_it_is(markdown_parts, tab):
    tab.goto(markdown_parts)
    tab.wait_for_selector(SETTLED)
    asked = [_shown(text) for text in texts()]
    buttons = tab.locator('[data-testid="stDownloadButton"]')
    expect(buttons).to_have_count(len(asked))
    boxes = tab.evaluate(_READ, ['[data-testid="stAlert"]', FOREIGN])
    labels = tab.evaluate(_READ, ['[data-testid="stDownloadButton"]', FOREIGN])
    said = [_shown(f"'{text}' is er niet.") for text in texts()]
    wanted = [each for pair in zip(asked, said, asked, strict=True) for each in pair]
    for found, expected in ((boxes, wanted), (labels, asked)):
        assert [html for _, html in found if html] == []
        assert [_shown(shown) for shown, _ in found] == expected


@pytest.mark.parametrize("name", ["gemeente", "wijk", "indicator", "periode", "release", "taal"])
def test_a_value_in_a_link_stays_text(server, tab, name):
    value = f"{TEXTS[0]} :red[x] `y`"
    tab.goto(address_of(server, "compare", **{name: value}))
    box = tab.locator('[data-testid="stAlert"]')
    expect(box).to_contain_text("(https:")
    assert value in _shown(box.inner_text())
    assert box.locator(FOREIGN).count() == 0


def test_a_name_on_the_map_is_text(server, tab):
    tab.goto(address_of(server, "map", gemeente="GM0080"))
    settle(tab)
    tab.locator('[data-testid="stDeckGlJsonChart"] canvas').first.hover()
    tip = tab.locator(".deck-tooltip")
    expect(tip).to_contain_text("\n")
    assert tip.locator("*:not(br)").count() == 0
