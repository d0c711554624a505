"""The tables of the accountability page. Pure functions on frames."""

import datetime
from collections.abc import Sequence

import pandas as pd

from dashboard.kept import kept
from dashboard.numbers import date_long, number, period_label
from dashboard.tables import Column, number_column, text_column
from dashboard.text import t
from indicators.catalogue import INDICATORS
from indicators.periods import next_corrections


def _day(value: object, language: str) -> str:
    return "" if pd.isna(value) else date_long(pd.Timestamp(value).date(), language)


def protection(rules: Sequence[str], today: datetime.date, language: str) -> list[str]:
    """Return a sentence for each rule of protection ("fives", "small").

    Corrections of closed periods come on one day a year: `today` tells when the next one is.
    """
    next_day = next_corrections(today)
    said = {
        "day": date_long(next_day, language).rsplit(" ", 1)[0],
        "next_day": date_long(next_day, language),
    }
    return [t(f"accountability.protection_{rule}", language, **said) for rule in rules]


@kept
def release_columns(language: str) -> list[Column]:
    """Return the columns of the list of releases."""

    def until(row: dict[object, object]) -> str:
        return period_label(str(row["closed_until"]), language)

    def made(row: dict[object, object]) -> str:
        return _day(row["made_at"], language)

    return [
        number_column(t("accountability.number", language), "number", str),
        Column(t("accountability.date", language), made, made),
        Column(t("accountability.until", language), until, until),
        text_column(t("accountability.reason", language), f"reason_{language}"),
        Column(
            t("accountability.checksum", language),
            lambda row: str(row["checksum"])[:12],
            lambda row: str(row["checksum"]),
        ),
    ]


@kept
def releases_of(releases: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    """Return the releases of a gemeente. `releases`: data_access.releases."""
    return releases[releases["gemeente_code"] == gemeente]


@kept
def gap_title(gaps: pd.DataFrame, language: str) -> str:
    """Return how many deliveries are missing and how many came late. `gaps`: data_access.gaps."""
    missing = int(gaps["delivered_on"].isna().sum())
    late = len(gaps) - missing
    return t(
        "accountability.gap_title",
        language,
        missing=number(missing, language),
        late=number(late, language),
    )


@kept
def gap_columns(language: str) -> list[Column]:
    """Return the columns of the deliveries that are missing or late."""

    def quarter(row: dict[object, object]) -> str:
        return period_label(str(row["quarter"]), language)

    def delivered(row: dict[object, object]) -> str:
        day = _day(row["delivered_on"], language)
        return day or t("accountability.not_delivered", language)

    def subject(row: dict[object, object]) -> str:
        return t(f"subject.{row['subject']}", language)

    return [
        text_column(t("accountability.organisation", language), "organisation"),
        Column(t("accountability.subject", language), subject, subject),
        Column(t("accountability.quarter", language), quarter, quarter),
        Column(t("accountability.delivered", language), delivered, delivered),
    ]


@kept
def in_no_wijk_columns(language: str) -> list[Column]:
    """Return the columns of data_access.people_in_no_wijk."""

    def share(row: dict[object, object]) -> str:
        value = row["in_no_wijk"]
        if pd.isna(value):
            return t("status.no_data", language)
        return t("accountability.about_percent", language, value=int(float(str(value))))

    return [
        text_column(t("common.period", language), "year"),
        Column(t("accountability.share_in_no_wijk", language), share, share),
    ]


@kept
def definitions(language: str) -> pd.DataFrame:
    """Return every indicator with name, definition and source."""
    return pd.DataFrame(
        {
            "name": [each.name.in_language(language) for each in INDICATORS],
            "definition": [each.definition.in_language(language) for each in INDICATORS],
            "source": [each.source.in_language(language) for each in INDICATORS],
        }
    )


@kept
def definition_columns(language: str) -> list[Column]:
    """Return the columns of definitions."""
    return [
        text_column(t("accountability.indicator", language), "name"),
        text_column(t("accountability.definition", language), "definition"),
        text_column(t("accountability.source", language), "source"),
    ]


@kept
def sum_of_residents(wijken: pd.DataFrame, gemeente: pd.Series, language: str) -> str:
    """Return the sentence about wijken that do not add up to their gemeente."""
    if wijken["residents"].isna().any() or pd.isna(gemeente["residents"]):
        return t("reason.no_population", language)
    return t(
        "accountability.sum_differs",
        language,
        sum=number(wijken["residents"].sum(), language),
        whole=number(gemeente["residents"], language),
    )


@kept
def area_columns(language: str) -> list[Column]:
    """Return the columns of the wijken with their residents and sources."""
    return [
        text_column(t("common.area", language), "name"),
        text_column(t("common.code", language), "area_code"),
        number_column(
            t("accountability.residents", language), "residents", lambda v: number(v, language)
        ),
        text_column(t("accountability.figures_source", language), "figures_source"),
        text_column(t("accountability.geometry_source", language), "geometry_source"),
    ]


@kept
def wijken_of(areas: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    """Return the wijken of a gemeente. `areas`: data_access.areas."""
    return areas[(areas["gemeente_code"] == gemeente) & (areas["level"] == "wijk")]
