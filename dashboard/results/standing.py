"""The parts of Resultaten about how a contract stands: agreements, states, and the ceiling."""

from collections.abc import Sequence

import pandas as pd

from dashboard.elements.view import (
    Chart,
    Columns,
    Element,
    Finding,
    Fold,
    Note,
    Part,
    Sentences,
    Table,
)
from dashboard.results import charts, states, tables
from dashboard.words.copy import t
from dashboard.words.rows import plain


def agreements(contract: pd.DataFrame, language: str) -> tuple[Element, ...]:
    """Return per outcome, in the residents' words, what was agreed."""
    return (
        Part(t("results.agreements", language)),
        Columns(
            [
                (Finding(f"‘{row[f'name_{language}']}’"), Sentences(states.terms(row, language)))
                for row in plain(contract)
            ]
        ),
    )


def standing(
    rows: pd.DataFrame, contract: pd.DataFrame, last: str, sources: Sequence[str], language: str
) -> tuple[Element, ...]:
    """Return agreed, claimed, judged, checked and paid side by side; folded: over time.

    `rows`: states.states; `last`: the quarter at the end of which they stand so;
    `sources`: where the figures come from.
    """
    now = states.at(rows, last)
    title = states.states_finding(now, last, language)
    at_last, over_time = [], []
    of_outcome = dict(list(rows.groupby("outcome_id")))
    for place, row in enumerate(plain(now)):
        mine = of_outcome[row["outcome_id"]]
        finding = Finding(states.outcome_finding(row, language))
        said = states.states_alternative(row, language)
        course = t("results.time_alternative", language, states=said)
        drawn = charts.states_now(now.iloc[place : place + 1], language)
        at_last.append((finding, Chart(drawn, said)))
        over_time.append((finding, Chart(charts.states_over_time(mine, language), course)))
    notes = (t("results.states_reading", language), states.late_note(rows, contract, language))
    return (
        Part(t("results.states", language), title),
        Columns(at_last),
        Sentences(states.left_out(now, language)),
        Note(" ".join(filter(None, notes))),
        Fold("course", t("results.course", language), (Columns(over_time),)),
        Table(
            title,
            tables.states_columns(language),
            rows.sort_values(["name", "period"], ascending=[True, False]),
            sources,
            name="states",
        ),
    )


def ceilings(
    now: pd.DataFrame, financiers: pd.DataFrame, sources: Sequence[str], language: str
) -> tuple[Element, ...]:
    """Return the room under the ceiling per financier. `now`: states.at; `sources`: of figures."""
    rows = states.room(now, financiers)
    title, derived = states.room_finding(rows, language), t("results.derived", language)
    drawn: Element = Note(derived)
    if rows["room"].notna().all():
        drawn = Chart(
            charts.ceilings(rows, language),
            t("results.room_alternative", language, finding=title),
            folded="ceilings",
            title=title,
            note=derived,
        )
    return (
        Part(t("results.ceilings", language)),
        Finding(title),
        drawn,
        Table(
            title,
            tables.room_columns(language),
            rows,
            [*sources, derived],
            name="ceilings",
        ),
    )
