"""The only place that knows SQL. What a page may ask is listed here: the reading door.

Every question is answered from a release (`pub_*` tables) as a small data frame with documented
columns. Writing (deliveries, publishing) has its own modules and commands: see `python -m
data_access --help`.
"""

from data_access.amounts import money, names_of_financiers_and_taakvelden
from data_access.corrections import money_changes
from data_access.errors import (
    DataAccessError,
    DatabaseNotReady,
    DatabaseUnavailable,
    UnknownQuestion,
)
from data_access.release import (
    areas,
    changes,
    contract_financiers,
    contracts,
    gaps,
    organisations,
    release_notes,
    releases,
    targets,
)
from data_access.result_states import contract_results
from data_access.values import by_organisation, counts, of_gemeenten, panel, published, series

__all__ = [
    "DataAccessError",
    "DatabaseNotReady",
    "DatabaseUnavailable",
    "UnknownQuestion",
    "areas",
    "by_organisation",
    "changes",
    "contract_financiers",
    "contract_results",
    "contracts",
    "counts",
    "gaps",
    "money",
    "money_changes",
    "names_of_financiers_and_taakvelden",
    "of_gemeenten",
    "organisations",
    "panel",
    "published",
    "release_notes",
    "releases",
    "series",
    "targets",
]
