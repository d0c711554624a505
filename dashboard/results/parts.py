"""The parts of the page about results, each with its finding, picture, table and download."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.elements import blocks
from dashboard.elements.kept import kept
from dashboard.frame import cached, frame
from dashboard.frame.selection import Selection
from dashboard.results import charts
from dashboard.results import charts_judged as judging
from dashboard.results import judgements as results_lessons
from dashboard.results import outlook as results_outlook
from dashboard.results import places as results_places
from dashboard.results import states as results
from dashboard.results import tables as results_tables
from dashboard.spending.charts import costs
from dashboard.words.copy import t
from indicators.catalogue import measure


def _sources(language: str) -> list[str]:
    return [measure("results_claimed").source.in_language(language)]


@kept
def _agreed(contract: pd.DataFrame, language: str) -> list[tuple[str, list[str]]]:
    return [
        (f"‘{row[f'name_{language}']}’", results.terms(row, language))
        for _, row in contract.iterrows()
    ]


def agreements(contract: pd.DataFrame, language: str) -> None:
    """Show per outcome, in the residents' words, what was agreed."""
    blocks.part(t("results.agreements", language))
    told = _agreed(contract, language)
    for column, (name, terms) in zip(st.columns(len(told), gap="large"), told, strict=True):
        with column:
            blocks.show(blocks.finding_html(name), blocks.sentences_html(terms))


@dataclass(frozen=True)
class _Standing:
    """What is shown of one outcome: a finding, and two pictures with their alternatives."""

    finding: str
    now: dict[str, Any]
    now_said: str
    course: dict[str, Any]
    course_said: str


@kept
def _standings(rows: pd.DataFrame, period: str, language: str) -> list[_Standing]:
    found = []
    for _, row in results.at(rows, period).iterrows():
        mine = rows[rows["outcome_id"] == row["outcome_id"]]
        said = results.states_alternative(row, language)
        found.append(
            _Standing(
                results.outcome_finding(row, language),
                cached.spec(charts.states_now, results.at(mine, period), language),
                said,
                cached.spec(charts.states_over_time, mine, language),
                t("results.time_alternative", language, states=said),
            )
        )
    return found


@kept
def _newest_first(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(["name", "period"], ascending=[True, False])


def states(rows: pd.DataFrame, contract: pd.DataFrame, last: str, selection: Selection) -> None:
    """Show agreed, claimed, judged, checked and paid side by side on `last`; folded: over time."""
    language = selection.language
    title = results.states_finding(results.at(rows, last), last, language)
    blocks.part(t("results.states", language), title)
    told = _standings(rows, last, language)
    for column, each in zip(st.columns(len(told), gap="large"), told, strict=True):
        with column:
            blocks.finding(each.finding)
            blocks.show_chart(each.now, each.now_said)
    said = results.left_out(results.at(rows, last), language)
    if said:
        blocks.sentences(said)
    blocks.small_print(
        f"{t('results.states_reading', language)} {results.late_note(rows, contract, language)}"
    )
    place = frame.fold("course", t("results.course", language))
    if place is not None:
        for column, each in zip(place.columns(len(told), gap="large"), told, strict=True):
            with column:
                blocks.finding(each.finding)
                blocks.show_chart(each.course, each.course_said)
    columns = results_tables.states_columns(language)
    blocks.table_and_download(
        title, columns, _newest_first(rows), selection, _sources(language), name="states"
    )


def room(now: pd.DataFrame, financiers: pd.DataFrame, selection: Selection) -> None:
    """Show the room under the ceiling per financier."""
    language = selection.language
    rows = results.room(now, financiers)
    title = results.room_finding(rows, language)
    blocks.show(blocks.part_html(t("results.ceilings", language)), blocks.finding_html(title))
    if rows["room"].notna().all():
        said = t("results.room_alternative", language, finding=title)
        drawn = cached.spec(charts.ceilings, rows, language)
        note = t("results.derived", language)
        blocks.fold_chart(drawn, said, title, selection, "ceilings", note)
    else:
        blocks.small_print(t("results.derived", language))
    columns = results_tables.room_columns(language)
    sources = [*_sources(language), t("results.derived", language)]
    blocks.table_and_download(title, columns, rows, selection, sources, name="ceilings")


def outlooks(
    rows: pd.DataFrame,
    contract: pd.DataFrame,
    financiers: pd.DataFrame,
    last: str,
    selection: Selection,
) -> None:
    """Show the forecasts to the end of the contract, of each state apart, or why there are none."""
    language = selection.language
    blocks.part(t("results.outlook", language))
    said = [
        cached.spec(
            results_outlook.outlook,
            rows,
            contract,
            financiers,
            last,
            selection.release.number,
            state,
        )
        for state in results_outlook.STATES
    ]
    top = results_outlook.ceiling(financiers)
    titles = [results_outlook.finding(each, contract, top, language) for each in said]
    if len(set(titles)) == 1:
        blocks.finding(titles[0])
        return
    for column, each, title in zip(st.columns(len(said), gap="large"), said, titles, strict=True):
        with column:
            _outlook(each, title, last, selection)
    blocks.small_print(t("results.outlook_reading", language))


def _outlook(said: results_outlook.Outlook, title: str, last: str, selection: Selection) -> None:
    language = selection.language
    blocks.finding(title, results_outlook.ceiling_sentence(said, language))
    if said.results is None:
        return
    blocks.fold_chart(
        cached.spec(charts.outlook, said.outcomes, said.state, last, language),
        results_outlook.alternative(said, title, language),
        title,
        selection,
        f"outlook-{said.state}",
    )
    columns = results_tables.outlook_columns(said.state, language)
    sources = [*_sources(language), t("results.outlook_reading", language)]
    blocks.table_and_download(
        title, columns, said.outcomes, selection, sources, name=f"outlook-{said.state}"
    )


def differing(now: pd.DataFrame, selection: Selection) -> None:
    """Show what residents and administration judged differently, side by side."""
    language = selection.language
    title = results_lessons.differing_finding(now, language)
    blocks.show(blocks.part_html(t("results.differing", language)), blocks.finding_html(title))
    apart = results_lessons.judged_apart(now)
    reading = t("results.differing_reading", language)
    if apart[["residents", "administration"]].isna().all(axis=None):
        blocks.small_print(reading)
    else:
        drawn = cached.spec(judging.side_by_side, apart, language)
        said = results_lessons.apart_alternative(apart, title, language)
        blocks.fold_chart(drawn, said, title, selection, "differing", reading)
    columns = results_tables.differing_columns(language)
    blocks.table_and_download(title, columns, now, selection, _sources(language), name="differing")


def places(
    found: pd.DataFrame,
    contract: pd.DataFrame,
    names: dict[str, dict[str, str]],
    selection: Selection,
) -> None:
    """Show results per wijk or per organisation. `names`: id -> name per kind of place."""
    language = selection.language
    blocks.part(t("results.places", language))
    options = {kind: t(f"results.per_{kind}", language) for kind in results_places.KINDS}
    kind = frame.choose(selection, "per", t("results.per", language), options, width=270)
    rows = results_places.by_place(found, contract, names[kind], kind, language)
    if rows.empty:
        blocks.small_print(t("results.places_none", language))
        return
    together = results_places.of_all_outcomes(rows)
    title = results_places.finding(together, kind, language)
    blocks.finding(title)
    blocks.fold_chart(
        cached.spec(judging.side_by_side, together, language),
        results_places.alternative(together, title, language),
        title,
        selection,
        "places",
        t("results.places_reading", language),
    )
    columns = results_places.columns(kind, language)
    blocks.table_and_download(title, columns, rows, selection, _sources(language), name="places")


def learning(now: pd.DataFrame, contract: pd.DataFrame, selection: Selection) -> None:
    """Show per outcome what residents called a result and what it cost, with its interval."""
    language = selection.language
    rows = results_lessons.learning(now)
    title = results_lessons.learning_finding(rows, language)
    sentences = results_lessons.learning_sentences(rows, contract, language)
    blocks.show(
        blocks.part_html(t("results.lessons", language)),
        blocks.finding_html(title),
        blocks.sentences_html(sentences),
    )
    drawn = results_lessons.drawable_costs(rows, language)
    if len(drawn):
        blocks.fold_chart(
            cached.spec(costs, drawn, language),
            t("results.costs_alternative", language, summary=" ".join(sentences)),
            title,
            selection,
            "learning",
            t("results.lessons_reading", language),
        )
    else:
        blocks.small_print(t("results.lessons_reading", language))
    columns = results_tables.learning_columns(language)
    sources = [*_sources(language), t("results.derived", language)]
    blocks.table_and_download(title, columns, rows, selection, sources, name="learning")
