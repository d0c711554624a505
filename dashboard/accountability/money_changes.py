"""Which amounts and contract terms changed between two releases, in words. Pure functions."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from dashboard.spending.amounts import classes
from dashboard.tables.columns import Column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, euro, number, percent
from dashboard.words.rows import Row, plain
from data_access.amounts import TOGETHER

_CENTS = ("spending", "result_payment", "tariff", "ceiling")
_DATES = ("starts_on", "ends_on")


def sentences(found: pd.DataFrame, before: int, after: int, name: str, language: str) -> list[str]:
    """Return how many amounts and terms changed, the finding first. `found`: money_changes."""
    count = 0 if found.empty else int(found["total"].iloc[0])
    form = {0: "none", 1: "one"}.get(count, "many")
    shown = number(count, language)
    said = [
        t(f"corrections.money_{form}", language, before=before, after=after, name=name, count=shown)
    ]
    if count > len(found):
        said.append(t("corrections.money_shown", language, count=number(len(found), language)))
    if _in_places(found):
        said.append(t("corrections.steps", language))
    terms = int((found["subject"] == "contract").sum())
    if terms:
        said.append(t("corrections.terms", language, count=number(terms, language)))
    return said


def _in_places(found: pd.DataFrame) -> bool:
    return any(_is_of_place(row) for row in plain(found))


def _is_of_place(row: Row) -> bool:
    """Tell whether an amount is of a place or organisation: those have no taakveld."""
    return row["subject"] == "amount" and not row["taakveld"]


def place_name(code: str, names: Mapping[str, str], language: str) -> str:
    """Return the name of an area, or of small places together. `names`: code -> name."""
    if code.startswith(TOGETHER):
        return t("spending.small_together", language)
    return names.get(code, code)


def value_text(row: Row, side: str, language: str) -> str:
    """Return what stood there in one release ("before" or "after"), with its sign."""
    value, field = row[side], row["field"]
    if pd.isna(value):
        return t("corrections.nothing_there", language)
    if field in _CENTS:
        return euro(int(value), language)
    if field in _DATES:
        return date_long(date.fromisoformat(value), language)
    if field == "share":
        return percent(100 * float(value), language)
    return number(float(value), language)


def value_in_file(row: Row, side: str, language: str) -> object:
    """Return the same for a file: euros, numbers and dates as such."""
    value, field = row[side], row["field"]
    if pd.isna(value) or field == "share":
        return value_text(row, side, language)
    if field in _DATES:
        return date.fromisoformat(value)
    return int(value) / 100 if field in _CENTS else float(value)


def rows(found: pd.DataFrame, areas: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the changes in words: what, about, kind, where, with what they were before and after.

    `found`: data_access.money_changes; `areas`: data_access.areas.
    """
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    records = plain(found)
    return found.assign(
        what=[t(f"corrections.field_{row['field']}", language) for row in records],
        about=[_about(row, language) for row in records],
        kind=[_kind(row, language) for row in records],
        where=[_where(row, names, language) for row in records],
    )


def _about(row: Row, language: str) -> str:
    about = str(row[f"about_{language}"])
    if row["subject"] == "contract":
        return ": ".join(each for each in (row["contract"], about) if each)
    if _is_of_place(row):
        return t("corrections.all_spending", language)
    return t("corrections.paid_by", language, name=about, taakveld=row["taakveld"])


def _kind(row: Row, language: str) -> str:
    if row["subject"] == "contract" or _is_of_place(row):
        return ""
    nature = t(f"wijk.{row['nature']}", language)
    if row["money_ends_on"]:
        day = date_long(date.fromisoformat(row["money_ends_on"]), language)
        nature = f"{nature}, {t('spending.until', language, date=day)}"
    return f"{nature}; {classes(language)[row['outcome'] or 'unattributed']}"


def _where(row: Row, names: Mapping[str, str], language: str) -> str:
    if row["subject"] == "contract":
        return ""
    if not _is_of_place(row):
        return t("common.gemeente_total", language)
    code = str(row["area_code"])
    if not code:
        return t("spending.outside_wijken", language)
    return place_name(code, names, language)


def columns(language: str) -> list[Column]:
    """Return the columns of `rows`."""

    def value(header: str, side: str) -> Column:
        return Column(
            header,
            lambda row: value_text(row, side, language),
            lambda row: value_in_file(row, side, language),
            numeric=True,
        )

    return [
        text_column(t("corrections.what", language), "what"),
        text_column(t("corrections.about", language), "about"),
        value(t("corrections.was", language), "before"),
        value(t("corrections.became", language), "after"),
        text_column(t("chart.year", language), "year"),
        text_column(t("common.area", language), "where"),
        text_column(t("spending.organisation", language), "organisation"),
        text_column(t("corrections.class", language), "kind"),
    ]
