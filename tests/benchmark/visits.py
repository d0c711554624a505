"""What visits cost the server: the first page after a start, views never opened, and opened before.

python -m tests.benchmark.visits [--other CHECKOUT] [--starts N] [--share N]

Visits go over the websocket, each a session of its own as of a reader who opens a link: all pages x
indicators x three gemeenten in a random order, in turns with an empty Streamlit page and, with
--other, with another checkout of the product (its database must have been filled). A visit costs
what its script run takes in the server, in processor time of its thread, which a busy machine does
not change; --wall takes the clock instead. A page has no fragments that run after it. With --share
4 every fourth visit is made. Prints Markdown tables; --check ends with 1 when a bar is
missed.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.address.page_list import PAGES, Page
from indicators.catalogue import INDICATORS
from tests.benchmark import servers
from tests.benchmark.rerun import rerun_times

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
START = "production"
P95_MS, P99_MS, TIMES_EMPTY, FIRST_PAGE_S = 150.0, 300.0, 2.0, 1.0
EMPTY_PAGE = "leeg"


@dataclass(frozen=True)
class Visit:
    """One link that a reader opens."""

    page: Page
    gemeente: str
    indicator: str

    @property
    def name(self) -> str:
        """Return the page's name in the address."""
        return page_name(self.page)


def page_name(page: Page) -> str:
    """Return the name of a page in the address: "" of the first one."""
    return "" if page.path == "app.py" else Path(page.path).stem


@dataclass
class Side:
    """A running server, its log, and milliseconds of script by page id, first time and again."""

    name: str
    address: str
    log: Path
    of: str = "cpu"
    lines: int = 0

    def __post_init__(self) -> None:
        self.first: dict[str, list[float]] = defaultdict(list)
        self.again: dict[str, list[float]] = defaultdict(list)

    def open(self, visit: Visit) -> float:
        """Open a link in a session of its own and return the milliseconds of its script."""
        query = {"gemeente": visit.gemeente, "indicator": visit.indicator}
        rerun_times(self.address, visit.name, query, 1, warm_up=0)
        return self.spent()

    def spent(self) -> float:
        """Return the milliseconds of the script runs since the last time."""
        runs = [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]
        new, self.lines = runs[self.lines :], len(runs)
        return float(sum(run[self.of] for run in new))


def first_pages(starts: int, folder: Path, root: Path) -> list[float]:
    """Return the seconds until the first page after each start of a server is finished."""
    found = []
    for number in range(starts):
        with servers.server(START, root, folder / f"start-{number}.jsonl") as address:
            started = time.perf_counter()
            rerun_times(address, "", {}, 1, warm_up=0)
            found.append(time.perf_counter() - started)
    return found


def visit_all(sides: Sequence[Side], empty: Side, visits: Sequence[Visit]) -> None:
    """Open every link at every side in turn, twice over, with an empty page between them."""
    for again in (False, True):
        for visit in visits:
            for side in sides:
                spent = side.open(visit)
                times = side.again if again else side.first
                times[visit.page.id].append(spent)
            if again:
                rerun_times(empty.address, EMPTY_PAGE, {}, 1, warm_up=0)
                empty.again["empty"].append(empty.spent())


def table(sides: Sequence[Side], empty: Side) -> str:
    """Return per page and side what a first visit and a later one cost, in milliseconds."""
    nothing = float(np.median(empty.again["empty"]))
    lines = [
        "| page | side | visits | median | p95 | p99 | longest | opened before | x empty |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|",
        f"| (empty page) | | {len(empty.again['empty'])} | | | | | {nothing:.1f} | 1.00 |",
    ]
    for page_id in (*(page.id for page in PAGES), "all"):
        for side in sides:
            first, again = _times(side.first, page_id), _times(side.again, page_id)
            ends = " | ".join(f"{each:.0f}" for each in np.percentile(first, (50, 95, 99, 100)))
            median = float(np.median(again))
            lines.append(
                f"| {page_id} | {side.name} | {len(first)} | {ends} "
                f"| {median:.1f} | {median / nothing:.2f} |"
            )
    return "\n".join(lines)


def misses(ours: Side, empty: Side, starts: Sequence[float]) -> list[str]:
    """Return each bar that is missed, in words."""
    p95, p99 = np.percentile(_times(ours.first, "all"), (95, 99))
    nothing = float(np.median(empty.again["empty"]))
    found = [
        f"{what} {value:.0f} ms, bar {bar:.0f}"
        for what, value, bar in (("p95", p95, P95_MS), ("p99", p99, P99_MS))
        if value > bar
    ]
    for page in PAGES:
        times = float(np.median(ours.again[page.id])) / nothing
        if times > TIMES_EMPTY:
            found.append(
                f"{page.id} opened before: {times:.2f} x the empty page, bar {TIMES_EMPTY}"
            )
    if max(starts) > FIRST_PAGE_S:
        found.append(f"first page after a start {max(starts):.2f} s, bar {FIRST_PAGE_S}")
    return found


def _times(by_page: dict[str, list[float]], page_id: str) -> list[float]:
    if page_id != "all":
        return by_page[page_id]
    return [each for times in by_page.values() for each in times]


def main() -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--other", type=Path, help="a checkout to compare with")
    parser.add_argument("--starts", type=int, default=5, help="how often the server is started")
    parser.add_argument("--share", type=int, default=1, help="make one in so many visits")
    parser.add_argument("--seed", type=int, default=1, help="of the order of visits")
    parser.add_argument("--wall", action="store_true", help="by the clock, on a quiet machine")
    parser.add_argument("--check", action="store_true", help="end with 1 when a bar is missed")
    given = parser.parse_args()
    visits = [
        Visit(page, gemeente, each.id)
        for page in PAGES
        for gemeente in GEMEENTEN
        for each in INDICATORS
    ]
    random.Random(given.seed).shuffle(visits)
    roots = {"ours": servers.ROOT, **({"other": given.other} if given.other else {})}
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        starts = {each: first_pages(given.starts, folder, root) for each, root in roots.items()}

        def side(name: str, root: Path) -> Side:
            log = folder / f"{name}.jsonl"
            log.touch()
            address = stack.enter_context(servers.server(START, root, log))
            return Side(name, address, log, "ms" if given.wall else "cpu")

        empty = side("empty", servers.empty_app(folder))
        sides = [side(name, root) for name, root in roots.items()]
        rerun_times(empty.address, EMPTY_PAGE, {}, 5)
        empty.spent()
        visit_all(sides, empty, visits[:: given.share])
    for name, seconds in starts.items():
        low, middle, high = min(seconds), float(np.median(seconds)), max(seconds)
        print(f"First page after a start, {name}: {low:.2f}, {middle:.2f}, {high:.2f} s "
              f"(least, median, most of {len(seconds)})\n")  # fmt: skip
    print(table(sides, empty))
    missed = misses(sides[0], empty, starts["ours"])
    print("\n" + ("\n".join(f"Missed: {each}" for each in missed) or "Every bar is met."))
    return int(given.check and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
