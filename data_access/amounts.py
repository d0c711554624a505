"""Published amounts, grouped as a page needs them."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Select, func, select

from data_access import release_tables as t
from data_access.door import ask
from data_access.shelf import ReleaseKey

GROUPS = (
    "year",
    "quarter",
    "taakveld",
    "financier_id",
    "nature",
    "money_ends_on",
    "outcome",
    "kind",
)
PLACE_GROUPS = (
    "year",
    "area_code",
    "organisation_id",
    "nature",
    "money_ends_on",
    "outcome",
    "kind",
)
TOTAL, BY_OUTCOME, BY_NATURE = "total", "outcome", "nature"
# What the code of an area or organisation begins with that stands for small places together.
TOGETHER = t.TOGETHER


def money(release: ReleaseKey, by: Sequence[str], years: Sequence[int] = ()) -> pd.DataFrame:
    """Euros spent in the whole gemeente, exact, summed by the columns named in `by` (of GROUPS).

    Columns: those of `by`, then euros. In `outcome`, '' is money not attributed to an outcome.
    Raises ValueError for an unknown group.
    """
    _check(by, GROUPS)
    m = t.pub_amount.c
    columns = [m[name] for name in by]
    question: Select[Any] = select(*columns, func.sum(m.cents).label("cents"))
    if years:
        question = question.where(m.year.in_(list(years)))
    frame = ask(release, question.group_by(*columns).order_by(*columns))
    frame["euros"] = frame.pop("cents").astype(float) / 100
    return frame


def money_of_places(
    release: ReleaseKey, by: Sequence[str], area_code: str = "", years: Sequence[int] = ()
) -> pd.DataFrame:
    """Euros of a place per closed year; without `area_code`: of organisations, over all places.

    Columns: those of `by` (out of PLACE_GROUPS), then euros and step. `step` is 0 for an exact
    amount; else some of it is in small places, and the true amount lies between `euros` and
    `euros` + `step`. By outcome small places show steps, by nature and end date nothing. With
    organisations, small places are exact and together: an `organisation_id` that begins with
    release_tables.TOGETHER is the small places of several organisations; '' is money of no
    organisation. `by` may name outcome, or nature and money_ends_on, not both: ValueError.
    """
    _check(by, PLACE_GROUPS)
    by_nature = "nature" in by or "money_ends_on" in by
    if by_nature and "outcome" in by:
        raise ValueError("money of places is by outcome or by nature, not by both")
    split = BY_NATURE if by_nature else BY_OUTCOME if "outcome" in by else TOTAL
    m = t.pub_place_amount.c
    columns = [m[name] for name in by]
    question: Select[Any] = select(
        *columns, func.sum(m.cents).label("cents"), func.sum(m.step).label("step")
    ).where(m.split == split, m.area_code == area_code if area_code else m.step == 0)
    if years:
        question = question.where(m.year.in_(list(years)))
    frame = ask(release, question.group_by(*columns).order_by(*columns))
    frame["euros"] = frame.pop("cents").astype(float) / 100
    frame["step"] = frame.pop("step").astype(float) / 100
    return frame


def money_of_place(release: ReleaseKey, area_code: str) -> pd.DataFrame:
    """Euros of one place per closed year, in all ways in which they are shown.

    Columns: year, split (TOTAL, BY_OUTCOME or BY_NATURE), outcome and nature ('' where the split
    is another; an outcome of '' is money not attributed to one), euros, step (see
    `money_of_places`). A small place has nothing by nature.
    """
    m = t.pub_place_amount.c
    keys = [m.year, m.split, m.outcome, m.nature]
    question = (
        select(*keys, func.sum(m.cents).label("cents"), func.sum(m.step).label("step"))
        .where(m.area_code == area_code)
        .group_by(*keys)
        .order_by(*keys)
    )
    frame = ask(release, question)
    frame["euros"] = frame.pop("cents").astype(float) / 100
    frame["step"] = frame.pop("step").astype(float) / 100
    return frame


def _check(by: Sequence[str], allowed: Sequence[str]) -> None:
    unknown = set(by) - set(allowed)
    if unknown:
        raise ValueError(f"unknown groups: {sorted(unknown)}")


def names_of_financiers_and_taakvelden(release: ReleaseKey) -> dict[str, str]:
    """Names by id, of financiers and taakvelden together (their ids do not overlap)."""
    f, k = t.pub_financier.c, t.pub_taakveld.c
    frame = ask(
        release, select(f.financier_id.label("id"), f.name).union_all(select(k.code, k.name))
    )
    return dict(zip(frame["id"], frame["name"], strict=True))
