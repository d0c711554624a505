"""True counts per gemeente, period and leaf. They exist in memory during publishing only."""

from collections import defaultdict

from sqlalchemy import Connection

from data_access.measures import COUNTINGS
from data_access.publish.context import Context

# In place of a place, organisation or category: all of them together.
ALL = "*"
# place, organisation, item, category
LeafKey = tuple[str, str, str, str]
# (gemeente, period) -> (place, organisation, item, category) -> count
Counts = dict[tuple[str, str], dict[LeafKey, int]]


def count(connection: Connection, measure_id: str, contexts: dict[str, Context]) -> Counts:
    """Run the SELECT of one measure and sort its cells by gemeente and period."""
    counts: Counts = defaultdict(lambda: defaultdict(int))
    for row in connection.execute(COUNTINGS[measure_id].select()):
        context = contexts.get(row.gemeente_code)
        if context is not None:
            place = context.place_of_person(row.organisation_id, row.wijk_code, row.wijk_edition)
            leaf = (place, row.organisation_id, row.item, row.category)
            counts[row.gemeente_code, row.period][leaf] += int(row.n)
    return counts
