"""The part of Resultaten about the end of a contract: a forecast of each state apart."""

from collections.abc import Sequence

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.elements.view import Chart, Columns, Element, Finding, Note, Part, Table
from dashboard.results import charts, outlook, tables
from dashboard.words.copy import t


def forecasts(
    rows: pd.DataFrame,
    contract: pd.DataFrame,
    financiers: pd.DataFrame,
    last: str,
    sources: Sequence[str],
    selection: Selection,
) -> tuple[Element, ...]:
    """Return the forecasts from quarter `last` to the end of the contract, or why there are none.

    `rows`: states.states.
    """
    language = selection.language
    head = Part(t("results.outlook", language))
    forecast = [
        outlook.outlook(rows, contract, financiers, last, selection.release.number, state)
        for state in outlook.STATES
    ]
    top = outlook.ceiling(financiers)
    titles = [outlook.finding(each, contract, top, language) for each in forecast]
    if len(set(titles)) == 1:
        return head, Finding(titles[0])
    return (
        head,
        Columns(
            [
                _of_state(each, title, last, sources, language)
                for each, title in zip(forecast, titles, strict=True)
            ]
        ),
        Note(t("results.outlook_reading", language)),
    )


def _of_state(
    forecast: outlook.Outlook, title: str, last: str, sources: Sequence[str], language: str
) -> tuple[Element, ...]:
    finding = Finding(title, outlook.ceiling_sentence(forecast, language))
    if forecast.results is None:
        return (finding,)
    name = f"outlook-{forecast.state}"
    return (
        finding,
        Chart(
            charts.outlook(forecast.outcomes, forecast.state, last, language),
            outlook.alternative(forecast, title, language),
            folded=name,
            title=title,
        ),
        Table(
            title,
            tables.outlook_columns(forecast.state, language),
            forecast.outcomes,
            [*sources, t("results.outlook_reading", language)],
            name=name,
        ),
    )
