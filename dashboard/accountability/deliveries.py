"""What was delivered late or not at all, and whether every registered row is accounted for."""

import pandas as pd

from dashboard.door import Door
from dashboard.elements.view import Element, Finding, Note, Part, Sentences, Table
from dashboard.tables.columns import Column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, number, period_label
from dashboard.words.rows import Row


def missing(door: Door, language: str) -> tuple[Element, ...]:
    """Return which deliveries are missing or came late."""
    part, gaps = Part(t("accountability.missing", language)), door.gaps()
    if gaps.empty:
        return part, Note(t("accountability.nothing_missing", language))
    title = _how_many(gaps, language)
    return part, Finding(title), Table(title, _gap_columns(language), gaps, [], name="missing")


def _how_many(gaps: pd.DataFrame, language: str) -> str:
    missing = int(gaps["delivered_on"].isna().sum())
    late = len(gaps) - missing
    return t(
        "accountability.gap_title",
        language,
        missing=number(missing, language),
        late=number(late, language),
    )


def _gap_columns(language: str) -> list[Column]:
    def quarter(row: Row) -> str:
        return period_label(str(row["quarter"]), language)

    def delivered(row: Row) -> str:
        day = row["delivered_on"]
        if pd.isna(day):
            return t("accountability.not_delivered", language)
        return date_long(pd.Timestamp(day).date(), language)

    def subject(row: Row) -> str:
        return t(f"subject.{row['subject']}", language)

    return [
        text_column(t("accountability.organisation", language), "organisation"),
        Column(t("accountability.subject", language), subject, subject),
        Column(t("accountability.quarter", language), quarter, quarter),
        Column(t("accountability.delivered", language), delivered, delivered),
    ]


def ledger(door: Door, name: str, language: str) -> tuple[Element, ...]:
    """Return that every row is accounted for, and how many people live in no known wijk.

    `name`: of the gemeente.
    """
    said = [t(f"accountability.ledger_{each}", language, name=name) for each in _LEDGER]
    part, years = Part(t("accountability.ledger", language)), door.people_in_no_wijk()
    if years.empty:
        return part, Sentences(said)
    table = Table(
        t("accountability.in_no_wijk", language, name=name),
        _in_no_wijk_columns(language),
        years,
        [],
        name="ledger",
        opened=True,
    )
    return part, Sentences(said), table


_LEDGER = ("closes", "places")


def _in_no_wijk_columns(language: str) -> list[Column]:
    def share(row: Row) -> str:
        value = row["in_no_wijk"]
        if pd.isna(value):
            return t("status.no_data", language)
        return t("accountability.about_percent", language, value=int(float(str(value))))

    return [
        text_column(t("common.period", language), "year"),
        Column(t("accountability.share_in_no_wijk", language), share, share),
    ]
