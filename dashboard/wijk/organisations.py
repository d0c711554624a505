"""The organisations of a wijk or gemeente: what they are, what they say, what the register says."""

import pandas as pd

from dashboard.elements.view import Cards, Element, Note, Part
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, period_label
from dashboard.words.value_text import cell_text
from indicators.vocabulary import Indicator


def organisations(
    rows: pd.DataFrame, counted: Indicator, wijk: str, period: str, language: str
) -> tuple[Element, ...]:
    """Return the part about organisations.

    `rows`: organisations_here of `wijk` in `period`; `counted`: what the register says of them.
    """
    told = organisation_sentences(rows, counted, period, language)
    return (
        Part(t("wijk.organisations" if wijk else "wijk.organisations_whole", language)),
        Cards(told) if told else Note(t("wijk.none", language)),
    )


def organisations_here(organisations: pd.DataFrame, gemeente: str, wijk: str) -> pd.DataFrame:
    """Return the rows of `data_access.organisations` for a wijk ('' for the whole gemeente)."""
    mine = organisations[organisations["gemeente_code"] == gemeente]
    if not wijk:
        return mine
    return mine[[wijk in codes.split(",") for codes in mine["wijk_codes"]]]


def organisation_sentences(
    rows: pd.DataFrame, counted: Indicator, period: str, language: str
) -> list[tuple[str, list[str]]]:
    """Return (name, sentences) per organisation: what it is, what it says itself, the register.

    `rows`: organisations_here, with the register's number of volunteers (`counted`) in `period`.
    """
    told = []
    for _, statements in rows.groupby("organisation_id", sort=False):
        first = statements.iloc[0]
        sentences = [first["description"]] if first["description"] and language == "nl" else []
        if first["invented"]:
            sentences.append(t("wijk.invented", language))
        if pd.notna(first["founded_year"]):
            sentences.append(t("wijk.founded", language, year=int(first["founded_year"])))
        sentences += [
            t(
                "wijk.statement",
                language,
                text=row[f"text_{language}"],
                source=_source(row, language),
            )
            for _, row in statements.iterrows()
            if isinstance(row["source"], str)
        ]
        if isinstance(first["status"], str):
            value = cell_text(first, counted, language)
            when = period_label(period, language)
            sentences.append(t("wijk.register", language, value=value, period=when))
        told.append((str(first["name"]), sentences))
    return told


def _source(row: pd.Series, language: str) -> str:
    if pd.isna(row["stated_on"]):
        return str(row["source"])
    day = date_long(pd.Timestamp(row["stated_on"]).date(), language)
    source = str(row["source"])
    return source if day in source else f"{source}, {day}"
