"""Published amounts, grouped as a page needs them."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import func, select

from data_access import release_tables as t
from data_access.door import ask
from data_access.shelf import ReleaseKey

GROUPS = (
    "year",
    "quarter",
    "area_code",
    "organisation_id",
    "taakveld",
    "financier_id",
    "nature",
    "money_ends_on",
    "outcome",
    "kind",
)


def money(
    release: ReleaseKey,
    by: Sequence[str],
    area_code: str = "",
    organisation_id: str = "",
    years: Sequence[int] = (),
) -> pd.DataFrame:
    """Euros spent in a gemeente, summed by the columns named in `by` (out of GROUPS).

    Columns: those of `by`, then euros. In `area_code` and `organisation_id`, '' is money of the
    whole gemeente; in `outcome`, '' is money not attributed to an outcome. Raises ValueError for
    an unknown group.
    """
    unknown = set(by) - set(GROUPS)
    if unknown:
        raise ValueError(f"unknown groups: {sorted(unknown)}")
    m = t.pub_amount.c
    columns = [m[name] for name in by]
    question = select(*columns, func.sum(m.cents).label("cents"))
    if area_code:
        question = question.where(m.area_code == area_code)
    if organisation_id:
        question = question.where(m.organisation_id == organisation_id)
    if years:
        question = question.where(m.year.in_(list(years)))
    frame = ask(release, question.group_by(*columns).order_by(*columns))
    frame["euros"] = frame.pop("cents").astype(float) / 100
    return frame


def names_of_financiers_and_taakvelden(release: ReleaseKey) -> dict[str, str]:
    """Names by id, of financiers and taakvelden together (their ids do not overlap)."""
    f, k = t.pub_financier.c, t.pub_taakveld.c
    frame = ask(
        release, select(f.financier_id.label("id"), f.name).union_all(select(k.code, k.name))
    )
    return dict(zip(frame["id"], frame["name"], strict=True))
