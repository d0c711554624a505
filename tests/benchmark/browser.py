"""How long a real browser takes from navigation until everything is drawn."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

QUIET_MS = 600
SECONDS_AT_MOST = 30
SECONDS_BETWEEN = 0.5

# Drawn is: the last change of the document, or the frame after the one with the last WebGL draw
# call, before it all goes quiet. Without a graphics card the drawing itself comes after the call,
# and the browser does not begin the frame after it until it is done.
_WATCH = """
window.lastChange = 0; window.lastDraw = 0;
for (const kind of [WebGLRenderingContext, WebGL2RenderingContext])
  for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced',
                      'drawArraysInstanced']) {
    const draw = kind.prototype[name];
    if (draw) kind.prototype[name] = function (...given) {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        window.lastDraw = performance.now(); }));
      return draw.apply(this, given); };
  }
new MutationObserver(() => { window.lastChange = performance.now(); })
  .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""
_STATE = """() => ({
  now: performance.now(),
  drawn: Math.max(window.lastChange, window.lastDraw),
  done: document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning',
  map: !!document.querySelector('[data-testid=stDeckGlJsonChart] canvas'),
  // A page that draws nothing is quick: no figure of it may count. A map or chart that fails shows
  // an alert in its place.
  error: !!document.querySelector('[data-testid=stException], [role=alert]'),
})"""


@dataclass(frozen=True)
class Visit:
    """One visit: milliseconds until drawn, and whether the page holds a map."""

    milliseconds: float
    has_map: bool


@contextmanager
def browser_page(profile: Path) -> Iterator[Page]:
    """Give a page of a headless Chromium with software rendering and a disk cache in `profile`."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(profile),
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
            viewport={"width": 1280, "height": 900},
        )
        context.add_init_script(_WATCH)
        yield context.new_page()
        context.close()


def visit(page: Page, address: str) -> Visit:
    """Open `address` and wait until all is drawn. Raises RuntimeError for a page that fails."""
    # What the page before leaves to be cleared away is not on this page's account.
    page.goto("about:blank")
    time.sleep(SECONDS_BETWEEN)
    page.goto(address, wait_until="commit")
    for _ in range(SECONDS_AT_MOST * 10):
        time.sleep(0.1)
        state = page.evaluate(_STATE)
        if state["error"]:
            raise RuntimeError(f"{address} shows an error")
        if state["done"] and state["now"] - state["drawn"] > QUIET_MS:
            return Visit(state["drawn"], state["map"])
    raise RuntimeError(f"{address} was not drawn after {SECONDS_AT_MOST} seconds")
