"""Runs inside a checkout of the old product (its PYTHONPATH): true counts in, cells out.

One line of JSON per town and release: {code, wijken, organisations, items, quarters, key, counts,
remember}. `remember` keeps the roundings of the release before, as publishing did.
"""

import json
import sys
from collections import defaultdict
from typing import Any

from data_access.publish import _in_order
from data_access.publish.context import Context, Gemeente
from data_access.publish.protect import Memory, Protected, protect_measure


def release(asked: dict[str, Any], earlier: dict[Any, Any]) -> tuple[list[Any], dict[Any, Any]]:
    """Protect one town and return its cells and the memory for the next release."""
    gemeente = Gemeente(
        code=asked["code"],
        edition=2024,
        wijken=tuple(asked["wijken"]),
        organisations=tuple(asked["organisations"]),
        items=tuple(asked["items"]),
        quarters=tuple(asked["quarters"]),
    )
    context = Context((gemeente,), {}, {}, {}, {}, False)
    done = Protected(bytes.fromhex(asked["key"]), Memory(earlier))
    for measure in _in_order():
        counts: dict[tuple[str, str], dict[tuple[str, ...], int]] = defaultdict(dict)
        for period, *leaf, n in asked["counts"].get(measure.id, ()):
            counts[gemeente.code, period][tuple(leaf)] = n
        # Money is not about people, and results are not asked for.
        if measure.id in asked["counts"]:
            protect_measure(measure, counts, gemeente, context, done)
    cells = [
        [cell.measure, cell.period, *cell.margin, cell.value, cell.status] for cell in done.cells()
    ]
    return cells, done.memory.now


def main() -> None:
    """Answer each line of standard input with a line of cells."""
    remembered: dict[Any, Any] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        if not asked["remember"]:
            remembered = {}
        cells, remembered = release(asked, remembered)
        print(json.dumps(cells), flush=True)


main()
