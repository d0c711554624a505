"""The only place that knows SQL. What a page may ask is listed here: the reading door.

Every question is answered from a release file as a small data frame with documented columns; its
first argument is the ReleaseKey of a gemeente's release, and `shelf` tells which there are. The
register is not opened for reading. Writing (deliveries, publishing) has its own modules and
commands: see `python -m data_access --help`.
"""

from data_access.amounts import (
    money,
    money_of_place,
    money_of_places,
    names_of_financiers_and_taakvelden,
)
from data_access.corrections import money_changes
from data_access.errors import DataAccessError, ReleaseUnavailable
from data_access.release import (
    areas,
    changes,
    contract_financiers,
    contracts,
    explained,
    gaps,
    gemeenten,
    organisation_names,
    organisations,
    people_in_no_wijk,
    releases,
    rules,
    small_places,
    targets,
)
from data_access.result_states import contract_results
from data_access.shelf import ReleaseKey
from data_access.values import by_organisation, counts, of_gemeenten, panel, series

__all__ = [
    "DataAccessError",
    "ReleaseKey",
    "ReleaseUnavailable",
    "areas",
    "by_organisation",
    "changes",
    "contract_financiers",
    "contract_results",
    "contracts",
    "counts",
    "explained",
    "gaps",
    "gemeenten",
    "money",
    "money_changes",
    "money_of_place",
    "money_of_places",
    "names_of_financiers_and_taakvelden",
    "of_gemeenten",
    "organisation_names",
    "organisations",
    "panel",
    "people_in_no_wijk",
    "releases",
    "rules",
    "series",
    "small_places",
    "targets",
]
