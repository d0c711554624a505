"""The parts of Resultaten about judgements: who differed, where, and what a result cost."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.elements.choices import Choice
from dashboard.elements.view import Chart, Element, Finding, Note, Part, Sentences, Table
from dashboard.results import charts_judged, judgements, places, tables
from dashboard.spending.charts import costs
from dashboard.words.copy import t


def differing(now: pd.DataFrame, sources: Sequence[str], language: str) -> tuple[Element, ...]:
    """Return what residents and administration judged differently. `now`: states.at."""
    title = judgements.differing_finding(now, language)
    apart = judgements.judged_apart(now)
    reading = t("results.differing_reading", language)
    drawn: Element = Note(reading)
    if apart[["residents", "administration"]].notna().any(axis=None):
        drawn = Chart(
            charts_judged.side_by_side(apart, language),
            judgements.apart_alternative(apart, title, language),
            folded="differing",
            title=title,
            note=reading,
        )
    return (
        Part(t("results.differing", language)),
        Finding(title),
        drawn,
        Table(
            title,
            tables.differing_columns(language),
            now,
            sources,
            name="differing",
        ),
    )


def per_place(
    selection: Selection,
    counts: pd.DataFrame,
    contract: pd.DataFrame,
    names: Mapping[str, Mapping[str, str]],
    sources: Sequence[str],
) -> tuple[Element, ...]:
    """Return results per wijk or per organisation, as the reader chooses.

    `counts`: data_access.contract_results; `names`: places.names.
    """
    language = selection.language
    options = {kind: t(f"results.per_{kind}", language) for kind in places.KINDS}
    choice = Choice.of(selection, "per", t("results.per", language), options, width=270)
    kind, head = choice.value, Part(t("results.places", language))
    rows = places.by_place(counts, contract, names[kind], kind, language)
    if rows.empty:
        return head, choice, Note(t("results.places_none", language))
    together = places.of_all_outcomes(rows)
    title = places.finding(together, kind, language)
    return (
        head,
        choice,
        Finding(title),
        Chart(
            charts_judged.side_by_side(together, language),
            places.alternative(together, title, language),
            folded="places",
            title=title,
            note=t("results.places_reading", language),
        ),
        Table(title, places.columns(kind, language), rows, sources, name="places"),
    )


def lessons(
    now: pd.DataFrame, contract: pd.DataFrame, sources: Sequence[str], language: str
) -> tuple[Element, ...]:
    """Return what residents called a result and what it cost, with its interval."""
    rows = judgements.learning(now)
    title = judgements.learning_finding(rows, language)
    sentences = judgements.learning_sentences(rows, contract, language)
    with_costs = judgements.drawable_costs(rows, language)
    reading = t("results.lessons_reading", language)
    drawn: Element = Note(reading)
    if len(with_costs):
        drawn = Chart(
            costs(with_costs, language),
            t("results.costs_alternative", language, summary=" ".join(sentences)),
            folded="learning",
            title=title,
            note=reading,
        )
    return (
        Part(t("results.lessons", language)),
        Finding(title),
        Sentences(sentences),
        drawn,
        Table(
            title,
            tables.learning_columns(language),
            rows,
            [*sources, t("results.derived", language)],
            name="learning",
        ),
    )
