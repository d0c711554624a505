"""Which small places of an organisation are shown together, and in what. Pure functions.

`members`: data_access.small_places of a period, or of some periods one after the other.
"""

from collections.abc import Sequence

import pandas as pd

from data_access.amounts import TOGETHER
from indicators.breakdowns import breakdown_of as decided_under
from indicators.catalogue import measure


def code(gemeente: str) -> str:
    """Return the area under which the small places of a gemeente are shown together."""
    return TOGETHER + gemeente[2:]


def breakdown_of(measure_id: str, period: str) -> str:
    """Return under which measure is decided whether a place shows a measure in a period."""
    return decided_under(measure(measure_id), period)


def organisations(
    members: pd.DataFrame, measure_id: str, period: str, area_code: str, part: str
) -> dict[str, str]:
    """Return id -> name of the organisations of which a place is too small for a measure.

    `part`: "group" (it counts in the group) or "left_out" (in nothing); `area_code`: '' for any.
    """
    wanted = breakdown_of(measure_id, period), part, ""
    columns = ("breakdown", "part", "item", "area_code", "organisation_id", "organisation")
    return {
        organisation: name
        for *what, area, organisation, name in zip(
            *(members[each] for each in columns), strict=True
        )
        if tuple(what) == wanted and area_code in ("", area)
    }


def names_of(
    members: pd.DataFrame,
    measure_id: str,
    period: str,
    organisation_id: str,
    areas: pd.DataFrame,
) -> list[str]:
    """Return the names of the places in a group, by name. `areas`: data_access.areas."""
    mine = members[
        (members["breakdown"] == breakdown_of(measure_id, period))
        & (members["part"] == "group")
        & (members["organisation_id"] == organisation_id)
        & (members["item"] == "")
    ]
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    found: Sequence[str] = [names.get(each, each) for each in mine["area_code"]]
    return sorted(found, key=str.casefold)
