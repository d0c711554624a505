"""The app as it runs in production, and readers of it: how long a page takes and what it says."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.address.page_list import PAGES
from dashboard.words.copy import t
from tests.benchmark.servers import free_port
from tests.browser.visiting import frames_over_the_wire
from tests.faults.processes import Started, both, set_constant, start, wait_until

WENT_WRONG = "Er ging iets mis"
QUIET = t("frame.last_figures", "nl", date="|").split("|")[0]
NEVER_SHOWN = ("psycopg", "Traceback", "DATABASE_URL", "RELEASES", "postgresql", "sqlalchemy")
# Short, so that a test need not wait long for the next look.
BETWEEN = 0.3


@dataclass
class Seen:
    """What a reader got who opened every page once: seconds and bytes by page."""

    seconds: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, bytes] = field(default_factory=dict)

    def everywhere(self, words: str) -> bool:
        """Tell whether every page says these words."""
        return all(words.encode() in each for each in self.bytes.values())

    def nowhere(self, words: str) -> bool:
        """Tell whether no page says these words."""
        return not any(words.encode() in each for each in self.bytes.values())


@dataclass
class App:
    """The running app and its address."""

    started: Started
    address: str

    def health(self) -> dict[str, Any]:
        """Return what /gezond says, with its status as `status`."""
        try:
            with urllib.request.urlopen(f"{self.address}/gezond", timeout=20) as answer:
                return {"status": answer.status, **json.load(answer)}
        except urllib.error.HTTPError as error:
            return {"status": error.code, **json.load(error)}

    def wait_until_failing(self) -> str:
        """Wait until new releases cannot be fetched and return the cause."""
        wait_until(lambda: self.health()["fetching"]["failing"])
        return str(self.health()["fetching"]["cause"])

    def wait_until_well(self) -> None:
        """Wait until there are figures and new ones can be fetched."""
        wait_until(lambda: self.health()["status"] == 200)

    def open_all(self, rounds: int = 1) -> Seen:
        """Open every page as a new reader; of several rounds the quickest counts."""
        seen = Seen()
        for _ in range(rounds):
            for page in PAGES:
                began = time.monotonic()
                frames = frames_over_the_wire(self.address, page.id)
                took = time.monotonic() - began
                seen.seconds[page.id] = min(took, seen.seconds.get(page.id, took))
                seen.bytes[page.id] = b"".join(frames)
        assert seen.nowhere(WENT_WRONG), self.started.output[-4000:]
        return seen

    def times_told(self) -> int:
        """Return how often the log says that releases cannot be fetched."""
        return self.started.output.count("releases cannot be fetched")


@contextmanager
def app(tmp_path: Path, url: str, releases: Path | None = None, **fetching: float) -> Iterator[App]:
    """Run the app on a database; `fetching` are constants of the fetcher by name."""
    port = free_port()
    constants = {"SECONDS_BETWEEN": BETWEEN, **fetching}
    before = [
        (set_constant, ("data_access.fetching", name, value)) for name, value in constants.items()
    ]
    before.append((set_constant, ("data_access.settings", "FETCHED_RELEASES", tmp_path / "got")))
    environment = {"DATABASE_URL": url, "RELEASES": str(releases or "")}
    started = start(
        tmp_path, serve, port, environment=environment, before=both, before_with=tuple(before)
    )
    made = App(started, f"http://127.0.0.1:{port}")
    try:
        wait_until(lambda: _answers(made))
        yield made
    finally:
        started.kill()
    assert "Traceback" not in started.output, started.output[-4000:]


def serve(port: int) -> int:
    """Serve as `uvicorn deploy.asgi:app` does."""
    import uvicorn

    uvicorn.run("deploy.asgi:app", host="127.0.0.1", port=port, access_log=False)
    return 0


def _answers(made: App) -> bool:
    assert made.started.process.exitcode is None, made.started.output
    try:
        urllib.request.urlopen(f"{made.address}/_stcore/health", timeout=5).close()
    except OSError:
        return False
    return True


def compare(fault: str, before: Seen, during: Seen) -> None:
    """Print how much longer pages took; at most twice as long, and none two seconds longer."""
    usual, now = sum(before.seconds.values()), sum(during.seconds.values())
    worst = max(during.seconds[page] - before.seconds[page] for page in before.seconds)
    print(
        f"\n{fault}: all pages in {now:.2f} s, before {usual:.2f} s, x {now / usual:.2f}, "
        f"one page at most {worst:+.2f} s"
    )
    assert now < 2 * usual
    assert worst < 2


def check_silence(told: Any, *secrets: str) -> None:
    """See to it that readers learn nothing about the database or the program."""
    text = (
        told if isinstance(told, str) else b"\n".join(told.bytes.values()).decode(errors="ignore")
    )
    for each in (*NEVER_SHOWN, *secrets):
        found = re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)
        around = found and text[max(found.start() - 80, 0) : found.end() + 80]
        assert found is None, f"{each!r} is shown: {around!r}"
