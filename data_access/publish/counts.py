"""True counts per gemeente, period and leaf. They exist in memory during publishing only."""

from collections import defaultdict

from sqlalchemy import Connection

from data_access.disclosure.tables import LeafKey
from data_access.measures import COUNTINGS
from data_access.publish.context import Context, release_code

# (gemeente, period) -> (wijk, organisation, item, category) -> count
Counts = dict[tuple[str, str], dict[LeafKey, int]]


def count(connection: Connection, measure_id: str, context: Context) -> Counts:
    """Run the SELECT of one measure and sort its cells by gemeente and period."""
    counts: Counts = defaultdict(lambda: defaultdict(int))
    for row in connection.execute(COUNTINGS[measure_id].select()):
        wijk = release_code(context, row.wijk_code, row.wijk_edition)
        gemeente = context.gemeente_of.get(wijk)
        if gemeente is not None:
            leaf = (wijk, row.organisation_id, row.item, row.category)
            counts[gemeente, row.period][leaf] += int(row.n)
    return counts
