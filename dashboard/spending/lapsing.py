"""How long the money lasts: lasting against temporary, and what lapses when. Pure functions."""

import datetime
from collections.abc import Mapping

import pandas as pd

from dashboard.tables.columns import Column, Row, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, euros, percent
from data_access.amounts import TOGETHER

GROUPS = ("year", "organisation_id", "nature", "money_ends_on")
LASTING, TEMPORARY = "structureel", "incidenteel"


def by_nature(money: pd.DataFrame) -> pd.DataFrame:
    """Return year, nature, euros. `money`: data_access.money_of_places by GROUPS."""
    return money.groupby(["year", "nature"], as_index=False)["euros"].sum()


def nature_title(yearly: pd.DataFrame, year: str, name: str, language: str) -> str:
    """Return how much of a year's money is temporary, and how that was in the first year."""
    wide = yearly.pivot(index="year", columns="nature", values="euros").fillna(0.0)
    if int(year) not in wide.index:
        return t("common.nothing", language)
    shares = 100 * wide.get(TEMPORARY, 0.0 * wide.sum(axis=1)) / wide.sum(axis=1)
    first = shares.index[0]
    return t(
        "spending.nature_title_first" if first == int(year) else "spending.nature_title",
        language,
        name=name,
        year=year,
        share=percent(shares[int(year)], language),
        first=first,
        first_share=percent(shares.iloc[0], language),
    )


def lapsing(
    money: pd.DataFrame, names: Mapping[str, str], year: str, language: str
) -> pd.DataFrame:
    """Return what each organisation spent in a year, by what the money is: a row per part.

    Columns: organisation_id, name, ends_on (date; None for lasting money and where no date is
    known), part (as text), euros, share (percent of the organisation's year), after (percent of
    the year that has no cover once this part has lapsed; NaN for lasting money and unknown dates).
    """
    mine = money[money["year"] == int(year)]
    rows = []
    for organisation, own in mine.groupby("organisation_id"):
        total, gone = own["euros"].sum(), 0.0
        summed = own.groupby(["nature", "money_ends_on"], dropna=False, as_index=False)["euros"]
        for _, part in summed.sum().sort_values("money_ends_on").iterrows():
            ends_on = _day(part["money_ends_on"])
            share = 100 * part["euros"] / total if total else 0.0
            lapses = part["nature"] != LASTING and ends_on is not None
            gone += share if lapses else 0.0
            rows.append(
                {
                    "organisation_id": organisation,
                    "name": names.get(organisation, _no_single(organisation, language)),
                    "ends_on": ends_on if lapses else None,
                    "part": part_name(part["nature"], ends_on, language),
                    "euros": part["euros"],
                    "share": share,
                    "after": gone if lapses else float("nan"),
                }
            )
    columns = ["organisation_id", "name", "ends_on", "part", "euros", "share", "after"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["organisation_id"], key=lambda ids: ids == "", kind="stable")


def _no_single(organisation: object, language: str) -> str:
    together = str(organisation).startswith(TOGETHER)
    return t("spending.small_together" if together else "spending.no_organisation", language)


def _day(value: object) -> datetime.date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()


def part_name(nature: str, ends_on: datetime.date | None, language: str) -> str:
    """Return what a part of the money is: lasting, until a date, or of unknown end."""
    if nature == LASTING:
        return t("spending.lasting", language)
    if ends_on is None:
        return t("spending.unknown_end", language)
    return t("spending.until", language, date=date_long(ends_on, language))


def parts_in_order(rows: pd.DataFrame, language: str) -> list[str]:
    """Return the parts for a legend: lasting, then by end date, then of unknown end."""
    lasting = t("spending.lasting", language)
    dated = rows.dropna(subset=["ends_on"]).sort_values("ends_on")["part"]
    rest = [part for part in rows["part"] if part != lasting and part not in set(dated)]
    first = [lasting] if (rows["part"] == lasting).any() else []
    return list(dict.fromkeys([*first, *dated, *rest]))


def calendar(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what lapses, the first date first. `rows`: lapsing."""
    dated = rows.dropna(subset=["ends_on"])
    return dated.sort_values(["ends_on", "after"], ascending=[True, False], ignore_index=True)


def calendar_columns(year: str, language: str) -> list[Column]:
    """Return the columns of the calendar."""

    def day(row: Row) -> str:
        return date_long(row["ends_on"], language)

    return [
        Column(t("spending.ends_on", language), day, lambda row: row["ends_on"]),
        text_column(t("spending.organisation", language), "name"),
        number_column(
            t("spending.lapses", language, year=year),
            "euros",
            lambda value: euros(value, language),
        ),
        number_column(
            t("spending.share", language), "share", lambda value: percent(value, language)
        ),
        number_column(
            t("spending.after", language), "after", lambda value: percent(value, language)
        ),
    ]


def cliff_sentences(rows: pd.DataFrame, year: str, language: str) -> list[str]:
    """Return per organisation on which date most of its money lapses, the deepest first.

    `rows`: lapsing.
    """
    dated = rows.dropna(subset=["ends_on"])
    if dated.empty:
        return []
    deepest = dated.loc[dated.groupby("organisation_id")["euros"].idxmax()]
    return [
        t(
            "spending.past_cliff" if row["ends_on"].year <= int(year) else "spending.cliff",
            language,
            name=row["name"],
            date=date_long(row["ends_on"], language),
            euros=euros(row["euros"], language),
            share=percent(row["share"], language),
            after=percent(row["after"], language),
            year=year,
        )
        for _, row in deepest.sort_values("share", ascending=False).iterrows()
    ]


def cliff_title(rows: pd.DataFrame, year: str, language: str) -> str:
    """Return on which date how much of all the year's money lapses at most."""
    dated = rows.dropna(subset=["ends_on"])
    if dated.empty:
        return t("spending.no_cliff", language)
    by_date = dated.groupby("ends_on")["euros"].sum()
    return t(
        "spending.cliff_title",
        language,
        date=date_long(by_date.idxmax(), language),
        euros=euros(by_date.max(), language),
        share=percent(100 * by_date.max() / rows["euros"].sum(), language),
        year=year,
    )


def years_with_gaps(gaps: pd.DataFrame) -> list[str]:
    """Return the years in which not every organisation delivered its spending.

    `gaps`: data_access.counts of "spending" (it holds nothing else than what is missing).
    """
    return sorted({period[:4] for period in gaps[gaps["status"] != "published"]["period"]})
