"""Start the app as a reader meets it, visit it with a browser, and read what came over the wire."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Page
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboard.address.page_list import PAGES, page
from data_access import settings
from tests.benchmark.servers import free_port

MILLISECONDS = 30_000
SECONDS_TO_START = 60
OURS = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)[:/]")
ELSEWHERE = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost)[:/])")
ALL_TABLES = {"open": "alles"}
PAGE_IDS = [each.id for each in PAGES]
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
CHARTS = '[data-testid="stVegaLiteChart"]'
MAPS = '[data-testid="stDeckGlJsonChart"]'
_COUNT_DRAWING = """
window.drawn = 0;
for (const name of ['drawElements', 'drawArrays', 'drawElementsInstanced', 'drawArraysInstanced']) {
  const draw = WebGL2RenderingContext.prototype[name];
  WebGL2RenderingContext.prototype[name] = function (...given) {
    window.drawn++; return draw.apply(this, given); };
}
"""
# Every chart has marks and every map was painted.
_ALL_DRAWN = f"""() =>
  [...document.querySelectorAll('{CHARTS}')].every(chart => {{
    const svg = chart.querySelector('svg');
    return svg && svg.clientWidth > 0 && svg.querySelector('path, rect, circle');
  }}) && (!document.querySelector('{MAPS}')
    || (document.querySelector('{MAPS} canvas') && window.drawn > 0))
"""


@contextmanager
def running(releases: Path, log: Path) -> Iterator[str]:
    """Run the app as the README starts it on a folder of releases, and give its address.

    Output goes to `log`.
    """
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "deploy.asgi:app", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=settings.ROOT,
            env={**os.environ, "RELEASES": str(releases)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)
    written = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in written, written[-4000:]


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, f"the server stopped with exit code {process.returncode}"
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no server at {address} after {SECONDS_TO_START} seconds")


@contextmanager
def closed_network(browser: Browser, width: int = 1280) -> Iterator[BrowserContext]:
    """Give a browser context that reaches nothing but this machine, and wanted nothing else."""
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    context.set_default_timeout(MILLISECONDS)
    context.add_init_script(_COUNT_DRAWING)
    outside: list[str] = []

    def note(url: str) -> None:
        if ELSEWHERE.match(url):
            outside.append(url)

    context.on("request", lambda request: note(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: note(socket.url)))
    context.route(ELSEWHERE, lambda route: route.abort())
    try:
        yield context
    finally:
        context.close()
    assert outside == [], "requests to the outside world"


def address_of(server: str, page_id: str, **parameters: str) -> str:
    """Return the URL of a page with its tables open, as somebody would mail it."""
    path = "" if page_id == "overview" else Path(page(page_id).path).stem
    return f"{server}/{path}?{urlencode(ALL_TABLES | parameters)}"


def settle(page: Page) -> None:
    """Wait until the page says what it is about, the run ended and everything was drawn."""
    page.wait_for_selector("h1")
    page.wait_for_selector(SETTLED)
    page.wait_for_function(_ALL_DRAWN)


def messages(frames: list[bytes]) -> Iterator[ForwardMsg]:
    """Read frames that the server sent."""
    for frame in frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        yield message


def frames_of(page: Page) -> list[bytes]:
    """Collect every websocket frame that the page receives from now on."""
    frames: list[bytes] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived",
            lambda frame: frames.append(frame.encode() if isinstance(frame, str) else frame),
        ),
    )
    return frames


def frames_over_the_wire(server: str, page_id: str, **parameters: str) -> list[bytes]:
    """Return every frame that a new reader of a page gets, without a browser."""
    message = BackMsg()
    message.rerun_script.page_name = "" if page_id == "overview" else Path(page(page_id).path).stem
    message.rerun_script.query_string = urlencode(ALL_TABLES | parameters)
    frames: list[bytes] = []
    url = server.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(url, subprotocols=["streamlit"], max_size=None, origin=server) as socket:
        socket.send(message.SerializeToString())
        while True:
            frames.append(bytes(socket.recv(timeout=MILLISECONDS / 1000)))
            [last] = messages(frames[-1:])
            if last.WhichOneof("type") == "script_finished":
                return frames


@dataclass
class Visit:
    """What one visit to a page brought, taken when everything was drawn."""

    url: str = ""
    language: str = ""
    headings: list[str] = field(default_factory=list)
    text: str = ""
    errors: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    images_without_alternative: int = 0
    captions: list[str] = field(default_factory=list)
    wider_than_phone: list[Any] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)
    drawings_sent: int = 0


def drawings_in(frames: list[bytes]) -> int:
    """Count the places on the page for which the server sent a chart or a map."""
    return len(
        {
            tuple(message.metadata.delta_path)
            for message in messages(frames)
            if str(message.delta.new_element.WhichOneof("type")).endswith(
                ("vega_lite_chart", "deck_gl_json_chart")
            )
        }
    )


_SO_MANY = f"(sent) => document.querySelectorAll('{CHARTS}, {MAPS}').length >= sent"
_FACTS = f"""() => {{
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {{
    language: document.documentElement.lang,
    headings: all('h1').map(e => e.checkVisibility() ? e.innerText : ''),
    text: document.body.innerText,
    names: all('{CHARTS}, {MAPS}').map(e => e.getAttribute('aria-label') ?? ''),
    images_without_alternative: all('img:not([alt])').length,
    captions: all('table').map(e => e.caption?.textContent ?? ''),
  }};
}}"""
# What sticks out, unless it lies in a part that scrolls by itself.
_WIDER = """() => {
  const main = document.querySelector('.stMain');
  const wide = [document.documentElement, main].some(e => e.scrollWidth > e.clientWidth);
  return !wide ? [] : [...main.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map(e => e.outerHTML.slice(0, 150));
}"""
_FITS = """() => [document.documentElement, document.querySelector('.stMain')]
  .every(e => e.scrollWidth <= e.clientWidth)"""


def visit(browser: Browser, url: str) -> Visit:
    """Open `url` in a new context and note everything; at the end as wide as a phone."""
    found = Visit()
    with closed_network(browser) as context:
        page = context.new_page()
        found.frames = frames_of(page)
        page.on("console", lambda said: _note_error(found, said))
        page.on("pageerror", lambda error: found.errors.append(str(error)))
        page.goto(url)
        settle(page)
        found.drawings_sent = drawings_in(found.frames)
        page.wait_for_function(_SO_MANY, arg=found.drawings_sent)
        settle(page)
        found.url = page.url
        for name, value in page.evaluate(_FACTS).items():
            setattr(found, name, value)
        page.set_viewport_size({"width": 390, "height": 844})
        settle(page)
        try:
            page.wait_for_function(_FITS, timeout=4000)
        except Exception:
            found.wider_than_phone = page.evaluate(_WIDER) or ["the document"]
    return found


def _note_error(found: Visit, said: Any) -> None:
    where = said.location.get("url", "")
    if said.type == "error":
        found.errors.append(f"{said.text} {where}")
