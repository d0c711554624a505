"""What changed between two releases, and who delivered late: from the two files side by side."""

import pandas as pd

from tests.content.oracle import Oracle

KEYS = ["measure", "period", "area_code", "organisation_id", "item", "category"]


def changed_counts(before: Oracle, after: Oracle) -> pd.DataFrame:
    """Return the cells that differ, in periods that both have: KEYS, before, after (NaN: none).

    What was too early to say has become known and is no correction; nor is a cell with 0 that only
    one of the two has.
    """
    both = before.cells.merge(after.cells, on=KEYS, how="outer", suffixes=("_old", "_new"))
    in_both = set(before.periods) & set(after.periods)
    both = both[both["period"].isin(in_both) & (both["reason_old"] != "not_yet")]
    old, new = both["value_old"], both["value_new"]
    differs = (old != new) & ~(old.isna() & new.isna())
    nothing = (both["status_old"].isna() & (new == 0)) | (both["status_new"].isna() & (old == 0))
    found = both[differs & ~nothing]
    return found.rename(columns={"value_old": "before", "value_new": "after"})[
        [*KEYS, "before", "after"]
    ]


def changed_amounts(before: Oracle, after: Oracle) -> list[tuple[float, float]]:
    """Return before and after (euros) of each amount that differs: of gemeente and of places."""
    found = []
    of_gemeente = ["kind", "year", "taakveld", "financier_id", "nature", "money_ends_on", "outcome"]
    of_place = ["kind", "year", "area_code", "organisation_id"]
    for table, keys in (("pub_amount", of_gemeente), ("pub_place_amount", of_place)):
        sums = []
        for each in (before, after):
            rows = each.table(table)
            if table == "pub_place_amount":
                rows = rows[rows["split"] == "total"]
            sums.append(rows.groupby(keys, dropna=False)["cents"].sum())
        old, new = sums[0].align(sums[1])
        differs = (old != new) & ~(old.isna() & new.isna())
        found += [(a / 100, b / 100) for a, b in zip(old[differs], new[differs], strict=True)]
    return found
