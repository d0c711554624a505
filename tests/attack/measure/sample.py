"""The true counts of the shipped sample, as gemeenten that any protection can be asked to publish.

The sample's years are four years later than those of the invented registers: they are counted by
their place in the row, so that what is compared is the way of publishing and nothing else.
"""

import datetime
import tempfile
from pathlib import Path

import numpy as np

from data_access.database import writing_engine
from data_access.deliveries import load
from data_access.publish.context import gemeenten_with_figures, read_context
from data_access.publish.counts import count
from data_access.schema import make_ready
from tests.attack.measure.registers import (
    BY_YEAR,
    CATEGORIES,
    ITEMS,
    LAST,
    OF_RESULTS,
    YEARS,
    Dense,
    Leaf,
    Town,
)

SAMPLE = Path(__file__).parents[3] / "sample_data"
DAY = datetime.date(2026, 3, 17)


def sample_towns() -> list[Town]:
    """Load the sample into a database of its own and count every measure that is about people."""
    with tempfile.TemporaryDirectory() as folder:
        engine = writing_engine(f"sqlite:///{folder}/sample.sqlite")
        make_ready(engine)
        load(SAMPLE, engine, today=DAY)
        with engine.connect() as connection:
            contexts = {
                code: read_context(connection, code, name, DAY)
                for code, name in gemeenten_with_figures(connection).items()
            }
            counts = {measure: count(connection, measure, contexts) for measure in CATEGORIES}
        engine.dispose()
    towns = []
    for number, (code, context) in enumerate(sorted(contexts.items())):
        declared = sorted(
            (wijk, organisation)
            for organisation, wijken in context.declared_wijken.items()
            for wijk in wijken
            if wijk in context.gemeente.wijken
        )
        if not declared:
            continue
        periods = {
            period: at for at, period in enumerate(sorted(context.gemeente.quarters)[-LAST:])
        }
        periods |= {
            year: at for at, year in enumerate(sorted(context.gemeente.years)[-len(YEARS) :])
        }
        dense = _dense(code, declared, periods, context.gemeente.items, counts)
        leaves = tuple(Leaf(number, wijk, organisation) for wijk, organisation in declared)
        towns.append(Town(code, leaves, dense))
    return towns


def _dense(
    code: str,
    declared: list[tuple[str, str]],
    periods: dict[str, int],
    items: tuple[str, ...],
    counts: dict[str, dict[tuple[str, str], dict[tuple[str, str, str, str], int]]],
) -> Dense:
    row = {leaf: at for at, leaf in enumerate(declared)}
    dense: Dense = {}
    for measure, categories in CATEGORIES.items():
        of_results = measure in OF_RESULTS
        long = len(YEARS) if measure in BY_YEAR else LAST
        cells = np.zeros(
            (len(declared), len(ITEMS) if of_results else 1, len(categories), long), int
        )
        for (gemeente, period), table in counts[measure].items():
            if gemeente != code or period not in periods:
                continue
            for (place, organisation, item, category), n in table.items():
                # Two items stand for all: what is compared does not depend on how many there are.
                at = items.index(item) % len(ITEMS) if of_results else 0
                if (place, organisation) in row:
                    which = categories.index(category) if category else 0
                    cells[row[place, organisation], at, which, periods[period]] += n
        dense[measure] = cells
    return dense
