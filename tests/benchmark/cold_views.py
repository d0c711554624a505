"""Processor time of views that nobody opened before: all pages x indicators x gemeenten.

python -m tests.benchmark.cold_views [--of a page id]

In one process, as after a start of the server; what the server loads before it opens its door is
loaded (`deploy.asgi.make_ready`), and nothing else is made ahead. What Streamlit does is not in it:
that is measured with pages in `tests.benchmark.pages`. Prints a Markdown table.
"""

import argparse
import importlib
import os
import random
import time
from collections import defaultdict

import numpy as np

from dashboard.address.page_list import PAGES
from dashboard.frame import kept_views
from data_access import settings
from indicators.catalogue import INDICATORS
from tests.content.views import selected

GEMEENTEN = ("GM0080", "GM0014", "GM0085")


def main() -> None:
    """Make every view once and once again, and print how long that took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--of", default="", help="one page only, by its id")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which they are opened")
    given = parser.parse_args()
    os.environ["RELEASES"] = str(settings.SHIPPED_RELEASES)
    os.environ.pop("DATABASE_URL", None)
    from deploy.asgi import make_ready

    make_ready()
    pages = [each for each in PAGES if given.of in ("", each.id)]
    views = {each.id: importlib.import_module(f"dashboard.{each.id}.view").view for each in pages}
    visits = [
        (page.id, gemeente, each.id)
        for page in pages
        for gemeente in GEMEENTEN
        for each in INDICATORS
    ]
    random.Random(given.seed).shuffle(visits)
    found: dict[str, dict[str, list[float]]] = {
        "first": defaultdict(list),
        "again": defaultdict(list),
    }
    for times in found.values():
        for page_id, gemeente, indicator_id in visits:
            started = time.process_time()
            selection = selected(page_id, gemeente=gemeente, indicator=indicator_id)
            kept_views.view(views[page_id], selection)
            times[page_id].append(1000 * (time.process_time() - started))
        times["all"] = [each for page in pages for each in times[page.id]]
    print("| page | visits | median | p95 | p99 | longest | opened before, median |")
    print("|---|---|---|---|---|---|---|")
    for name in (*(page.id for page in pages), "all"):
        first = np.array(found["first"][name])
        ends = np.percentile(first, (50, 95, 99, 100))
        again = np.median(found["again"][name])
        numbers = " | ".join(f"{each:.0f}" for each in ends)
        print(f"| {name} | {len(first)} | {numbers} | {again:.1f} |")


if __name__ == "__main__":
    main()
