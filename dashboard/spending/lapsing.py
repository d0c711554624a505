"""How long the money lasts: lasting against temporary, and what lapses when. Pure functions."""

import datetime
from collections.abc import Mapping

import pandas as pd

from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, euros, percent
from dashboard.words.rows import Row, plain
from data_access.amounts import TOGETHER

GROUPS = ("year", "organisation_id", "nature", "money_ends_on")
LASTING, TEMPORARY = "structureel", "incidenteel"


def by_nature(money: pd.DataFrame) -> pd.DataFrame:
    """Return year, nature, euros. `money`: data_access.money_of_places by GROUPS."""
    return money.groupby(["year", "nature"], as_index=False)["euros"].sum()


def nature_title(yearly: pd.DataFrame, year: str, name: str, language: str) -> str:
    """Return how much of a year's money is temporary, and how that was in the first year."""
    euros_of = {(row["year"], row["nature"]): row["euros"] for row in plain(yearly)}
    years = sorted({each for each, _ in euros_of})
    if int(year) not in years:
        return t("common.nothing", language)

    def share(of: int) -> str:
        lasting, temporary = (euros_of.get((of, nature), 0.0) for nature in (LASTING, TEMPORARY))
        whole = lasting + temporary
        return percent(100 * temporary / whole if whole else float("nan"), language)

    first = years[0]
    return t(
        "spending.nature_title_first" if first == int(year) else "spending.nature_title",
        language,
        name=name,
        year=year,
        share=share(int(year)),
        first=first,
        first_share=share(first),
    )


def lapsing(
    money: pd.DataFrame, names: Mapping[str, str], year: str, language: str
) -> pd.DataFrame:
    """Return what each organisation spent in a year, by what the money is: a row per part.

    Columns: organisation_id, name, ends_on (date; None for lasting money and where no date is
    known), part (as text), euros, share (percent of the organisation's year), after (percent of
    the year that has no cover once this part has lapsed; NaN for lasting money and unknown dates).
    """
    sums: dict[str, dict[tuple[str, datetime.date | None], float]] = {}
    for row in plain(money):
        if row["year"] == int(year):
            parts = sums.setdefault(row["organisation_id"], {})
            part = row["nature"], _day(row["money_ends_on"])
            parts[part] = parts.get(part, 0.0) + row["euros"]
    rows = []
    # What belongs to no organisation comes last.
    for organisation, parts in sorted(sums.items(), key=lambda pair: (pair[0] == "", pair[0])):
        total, gone = sum(parts.values()), 0.0
        for (nature, ends_on), amount in sorted(parts.items(), key=_by_end):
            share = 100 * amount / total if total else 0.0
            lapses = nature != LASTING and ends_on is not None
            gone += share if lapses else 0.0
            rows.append(
                {
                    "organisation_id": organisation,
                    "name": names.get(organisation, _no_single(organisation, language)),
                    "ends_on": ends_on if lapses else None,
                    "part": part_name(nature, ends_on, language),
                    "euros": amount,
                    "share": share,
                    "after": gone if lapses else float("nan"),
                }
            )
    columns = ["organisation_id", "name", "ends_on", "part", "euros", "share", "after"]
    return pd.DataFrame(rows, columns=columns)


def _by_end(
    part: tuple[tuple[str, datetime.date | None], float],
) -> tuple[bool, datetime.date, str]:
    (nature, ends_on), _ = part
    return ends_on is None, ends_on or datetime.date.max, nature


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
    parts = list(zip(rows["part"], rows["ends_on"], strict=True))
    dated = sorted((each for each in parts if pd.notna(each[1])), key=lambda each: each[1])
    names = [part for part, _ in dated]
    first = [lasting] if any(part == lasting for part, _ in parts) else []
    rest = [part for part, _ in parts if part != lasting]
    return list(dict.fromkeys([*first, *names, *rest]))


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
    deepest: dict[str, Row] = {}
    for row in plain(rows):
        known = deepest.get(row["organisation_id"])
        if pd.notna(row["ends_on"]) and (known is None or row["euros"] > known["euros"]):
            deepest[row["organisation_id"]] = row
    by_name = [deepest[each] for each in sorted(deepest)]
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
        for row in sorted(by_name, key=lambda each: -float(each["share"]))
    ]


def cliff_title(rows: pd.DataFrame, year: str, language: str) -> str:
    """Return on which date how much of all the year's money lapses at most."""
    by_date: dict[datetime.date, float] = {}
    for day, amount in zip(rows["ends_on"], rows["euros"], strict=True):
        if pd.notna(day):
            by_date[day] = by_date.get(day, 0.0) + amount
    if not by_date:
        return t("spending.no_cliff", language)
    day = min(by_date, key=lambda each: (-by_date[each], each))
    return t(
        "spending.cliff_title",
        language,
        date=date_long(day, language),
        euros=euros(by_date[day], language),
        share=percent(100 * by_date[day] / rows["euros"].sum(), language),
        year=year,
    )


def years_with_gaps(gaps: pd.DataFrame) -> list[str]:
    """Return the years in which not every organisation delivered its spending.

    `gaps`: data_access.counts of "spending" (it holds nothing else than what is missing).
    """
    cells = zip(gaps["period"], gaps["status"], strict=True)
    return sorted({period[:4] for period, status in cells if status != "published"})
