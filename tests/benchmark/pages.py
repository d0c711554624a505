"""Measure every page in a real browser against an empty Streamlit page, in one run, interleaved.

python -m tests.benchmark.pages [--rounds N] [--check]

Uses the releases that the app would show: the shipped sample, unless set otherwise. Prints a
Markdown table; with --check it exits with 1 when a bar is missed. Each page is compared with an
empty page that was opened in the same way: the overview with an empty app.py, the others with an
empty file in pages/.
"""

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.address.page_list import PAGES, Page
from tests.benchmark import browser, queries, report, rerun, servers

STARTS = ("run", "production")
WARM_UP_ROUNDS = 2
RERUNS = 25
EMPTY_ENTRY, EMPTY_PAGE = "", "leeg"


@dataclass
class _Times:
    """Milliseconds until drawn, per address, of every measured round."""

    drawn: dict[str, list[float]] = field(default_factory=dict)
    has_map: dict[str, bool] = field(default_factory=dict)

    def add(self, address: str, visit: browser.Visit) -> None:
        self.drawn.setdefault(address, []).append(visit.milliseconds)
        self.has_map[address] = visit.has_map

    def median(self, address: str) -> float:
        return statistics.median(self.drawn[address])


@dataclass
class _Measured:
    """All figures of one way of starting, by page id; `empty` of the empty pages/ page."""

    empty: float
    drawn: dict[str, float]
    ratio: dict[str, float]
    has_map: dict[str, bool]
    script: dict[str, float]
    rerun: dict[str, float]


def _name(page: Page) -> str:
    return "" if page.path == "app.py" else Path(page.path).stem


def _measure(start: str, rounds: int, folder: Path) -> _Measured:
    log, other = folder / f"{start}.jsonl", folder / f"{start}-empty.jsonl"
    with (
        servers.server(start, servers.empty_app(folder / start), other) as empty,
        servers.server(start, servers.ROOT, log) as ours,
    ):
        times = _visit_all(empty, ours, rounds, folder / f"profile-{start}")
        base = {name: times.median(f"{empty}/{name}") for name in (EMPTY_ENTRY, EMPTY_PAGE)}
        found = _Measured(base[EMPTY_PAGE], {}, {}, {}, {}, {})
        for page in PAGES:
            name, address = _name(page), f"{ours}/{_name(page)}"
            found.drawn[page.id] = times.median(address)
            found.ratio[page.id] = times.median(address) / base[EMPTY_PAGE if name else EMPTY_ENTRY]
            found.has_map[page.id] = times.has_map[address]
            found.rerun[page.id] = statistics.median(rerun.rerun_times(ours, name, {}, RERUNS))
            found.script[page.id] = _script_time(log, name)
    return found


def _visit_all(empty: str, ours: str, rounds: int, profile: Path) -> _Times:
    """Visit all pages in turn, round after round, so that a busy moment hits all of them."""
    addresses = [f"{empty}/{EMPTY_ENTRY}", f"{empty}/{EMPTY_PAGE}"]
    addresses += [f"{ours}/{_name(page)}" for page in PAGES]
    times = _Times()
    with browser.browser_page(profile) as page:
        for number in range(WARM_UP_ROUNDS + rounds):
            for address in addresses:
                visit = browser.visit(page, address)
                if number >= WARM_UP_ROUNDS:
                    times.add(address, visit)
    return times


def _script_time(log: Path, name: str) -> float:
    runs = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    return statistics.median([run["ms"] for run in runs if run["page"] == name][-RERUNS:])


def measure(rounds: int) -> tuple[list[report.Figures], dict[str, float]]:
    """Return the figures of every page, and the time of the empty page by way of starting."""
    with tempfile.TemporaryDirectory() as folder:
        by_start = {start: _measure(start, rounds, Path(folder)) for start in STARTS}
    figures = []
    for page in PAGES:
        cold, warm = queries.cold_and_warm(page.path, {})
        figures.append(
            report.Figures(
                name=page.id,
                has_map=any(found.has_map[page.id] for found in by_start.values()),
                drawn={start: found.drawn[page.id] for start, found in by_start.items()},
                ratio={start: found.ratio[page.id] for start, found in by_start.items()},
                script={start: found.script[page.id] for start, found in by_start.items()},
                rerun={start: found.rerun[page.id] for start, found in by_start.items()},
                cold_queries=cold.queries,
                cold_rows=cold.rows,
                warm_queries=warm.queries,
            )
        )
    return figures, {start: found.empty for start, found in by_start.items()}


def main() -> int:
    """Measure, print the table and the bars that were missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="visits of each page (default 9)")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bar is missed")
    given = parser.parse_args()
    figures, empty = measure(given.rounds)
    print(report.table(figures, empty))
    missed = [line for page in figures for line in report.misses(page)]
    print("\n" + ("\n".join(missed) if missed else "All bars are met."))
    return 1 if missed and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
