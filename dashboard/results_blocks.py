"""The parts of the page about results, each with its finding, picture, table and download."""

import pandas as pd
import streamlit as st

from dashboard import blocks, cached, results, results_tables
from dashboard.charts import results as charts
from dashboard.selection import Selection
from dashboard.text import t
from indicators.catalogue import measure


def _sources(language: str) -> list[str]:
    return [measure("results_claimed").source.in_language(language)]


def agreements(contract: pd.DataFrame, language: str) -> None:
    """Show per outcome, in the residents' words, what was agreed."""
    blocks.part(t("results.agreements", language))
    columns = st.columns(len(contract), gap="large")
    for column, (_, row) in zip(columns, contract.iterrows(), strict=True):
        with column:
            blocks.finding(f"‘{row[f'name_{language}']}’")
            blocks.sentences(results.terms(row, language))


def states(rows: pd.DataFrame, contract: pd.DataFrame, selection: Selection) -> None:
    """Show agreed, claimed, judged, checked and paid side by side: now, and over time."""
    language = selection.language
    last = str(rows["period"].max())
    now = results.at(rows, last)
    title = results.states_finding(now, last, language)
    blocks.part(t("results.states", language), title)
    for column, (_, row) in zip(st.columns(len(now), gap="large"), now.iterrows(), strict=True):
        with column:
            blocks.finding(results.outcome_finding(row, language))
            said = results.states_alternative(row, language)
            mine = rows[rows["outcome_id"] == row["outcome_id"]]
            latest = results.at(mine, last)
            blocks.show_chart(cached.spec(charts.states_now, latest, language), said)
            blocks.show_chart(
                cached.spec(charts.states_over_time, mine, language),
                t("results.time_alternative", language, states=said),
            )
    blocks.small_print(
        f"{t('results.states_reading', language)} {results.late_note(rows, contract, language)}"
    )
    columns = results_tables.states_columns(language)
    newest_first = rows.sort_values(["name", "period"], ascending=[True, False])
    sources = _sources(language)
    blocks.table_and_download(title, columns, newest_first, selection, sources, name="states")


def room(now: pd.DataFrame, financiers: pd.DataFrame, selection: Selection) -> None:
    """Show the room under the ceiling per financier."""
    language = selection.language
    rows = results.room(now, financiers)
    title = results.room_finding(rows, language)
    blocks.part(t("results.ceilings", language))
    blocks.finding(title)
    if rows["room"].notna().all():
        said = t("results.room_alternative", language, finding=title)
        blocks.show_chart(cached.spec(charts.ceilings, rows, language), said)
    blocks.small_print(t("results.derived", language))
    columns = results_tables.room_columns(language)
    sources = [*_sources(language), t("results.derived", language)]
    blocks.table_and_download(title, columns, rows, selection, sources, name="ceilings")


def outlook(
    rows: pd.DataFrame, contract: pd.DataFrame, financiers: pd.DataFrame, selection: Selection
) -> None:
    """Show the forecast to the end of the contract, or why there is none."""
    language, last = selection.language, str(rows["period"].max())
    said = cached.spec(results.outlook, rows, contract, financiers, last, selection.release)
    ceiling = float(financiers["ceiling_cents"].sum()) / 100
    title = results.outlook_finding(said, contract, ceiling, language)
    blocks.part(t("results.outlook", language))
    blocks.finding(title, results.ceiling_sentence(said, language))
    if said.euros is None:
        return
    alternative = results.outlook_alternative(said, title, language)
    blocks.show_chart(cached.spec(charts.outlook, said.outcomes, last, language), alternative)
    blocks.small_print(t("results.outlook_reading", language))
    columns = results_tables.outlook_columns(language)
    sources = [*_sources(language), t("results.outlook_reading", language)]
    blocks.table_and_download(title, columns, said.outcomes, selection, sources, name="outlook")


def differing(now: pd.DataFrame, selection: Selection) -> None:
    """Show what residents and administration judged differently."""
    language = selection.language
    title = results.differing_finding(now, language)
    blocks.part(t("results.differing", language))
    blocks.finding(title)
    columns = results_tables.differing_columns(language)
    blocks.table_and_download(
        title, columns, now, selection, _sources(language), name="differing", opened=True
    )


def learning(now: pd.DataFrame, contract: pd.DataFrame, selection: Selection) -> None:
    """Show per outcome what residents called a result and what it cost."""
    language = selection.language
    rows = results.learning(now)
    title = results.learning_finding(rows, language)
    blocks.part(t("results.lessons", language))
    blocks.finding(title)
    blocks.sentences(results.learning_sentences(rows, contract, language))
    blocks.small_print(t("results.lessons_reading", language))
    columns = results_tables.learning_columns(language)
    sources = [*_sources(language), t("results.derived", language)]
    blocks.table_and_download(title, columns, rows, selection, sources, name="learning")
