"""The figures of one page, its bars, and the table for the README. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

RATIO, RATIO_WITH_MAP = 1.5, 2.0
RERUN_MS = {"run": 80.0, "production": 30.0}
QUERIES, ROWS = 5, 500


@dataclass(frozen=True)
class Figures:
    """What was measured of a page. Times are medians in milliseconds, by way of starting."""

    name: str
    has_map: bool
    drawn: dict[str, float]
    ratio: dict[str, float]
    script: dict[str, float]
    rerun: dict[str, float]
    cold_queries: int
    cold_rows: int
    warm_queries: int


def misses(page: Figures) -> list[str]:
    """Return each bar that the page misses, in words."""
    found = []
    bar = RATIO_WITH_MAP if page.has_map else RATIO
    for start, ratio in page.ratio.items():
        if ratio > bar:
            found.append(f"{page.name} ({start}): drawn in {ratio:.2f} x the empty page, bar {bar}")
    for start, spent in page.rerun.items():
        if spent > RERUN_MS[start]:
            found.append(f"{page.name} ({start}): rerun {spent:.0f} ms, bar {RERUN_MS[start]:.0f}")
    for what, value, most in (
        ("queries when cold", page.cold_queries, QUERIES),
        ("rows when cold", page.cold_rows, ROWS),
        ("queries when warm", page.warm_queries, 0),
    ):
        if value > most:
            found.append(f"{page.name}: {value} {what}, bar {most}")
    return found


def table(pages: Sequence[Figures], empty: dict[str, float]) -> str:
    """Return all figures as one Markdown table; a star marks a missed bar."""
    starts = list(empty)
    heads = ["page"]
    for start in starts:
        heads += [f"{start}: drawn", "x empty", "bar", "script", "rerun", "bar"]
    heads += ["cold queries", "cold rows", "warm queries"]
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)]]
    lines.append(["(empty page)", *_empty_cells(starts, empty), "", "", ""])
    lines += [_cells(page, starts) for page in pages]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _empty_cells(starts: Sequence[str], empty: dict[str, float]) -> list[str]:
    return [cell for s in starts for cell in (f"{empty[s]:.0f} ms", "1.00", "", "", "", "")]


def _cells(page: Figures, starts: Sequence[str]) -> list[str]:
    bar = RATIO_WITH_MAP if page.has_map else RATIO
    cells = [page.name + (" (map)" if page.has_map else "")]
    for start in starts:
        cells += [
            f"{page.drawn[start]:.0f} ms",
            _marked(f"{page.ratio[start]:.2f}", page.ratio[start] > bar),
            f"{bar:.1f}",
            f"{page.script[start]:.0f} ms",
            _marked(f"{page.rerun[start]:.0f} ms", page.rerun[start] > RERUN_MS[start]),
            f"{RERUN_MS[start]:.0f} ms",
        ]
    return [
        *cells,
        _marked(str(page.cold_queries), page.cold_queries > QUERIES),
        _marked(str(page.cold_rows), page.cold_rows > ROWS),
        _marked(str(page.warm_queries), page.warm_queries > 0),
    ]


def _marked(text: str, missed: bool) -> str:
    return f"{text} *" if missed else text
