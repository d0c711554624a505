"""What every indicator means and where it comes from; the wijken, their residents and sources."""

import pandas as pd

from dashboard.door import Door
from dashboard.elements.view import Element, Note, Part, Table
from dashboard.tables.columns import area_sources, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import number
from indicators.formulas import formula


def definitions(door: Door, language: str) -> tuple[Element, ...]:
    """Return every indicator of the release with its definition, formula and source."""
    explained = door.explained()
    mine = explained[(explained["kind"] == "indicator") & (explained["language"] == language)]
    formulas = dict(zip(mine["id"], mine["formula"], strict=True))
    known = door.indicators().values()
    rows = pd.DataFrame(
        {
            "name": [each.name.in_language(language) for each in known],
            "definition": [each.definition.in_language(language) for each in known],
            "formula": [
                formulas.get(each.id) or formula(each).in_language(language) for each in known
            ],
            "source": [each.source.in_language(language) for each in known],
        }
    )
    columns = [
        text_column(t("accountability.indicator", language), "name"),
        text_column(t("accountability.definition", language), "definition"),
        text_column(t("accountability.formula", language), "formula"),
        text_column(t("accountability.source", language), "source"),
    ]
    return (
        Part(t("accountability.definitions", language)),
        Table(
            t("accountability.definitions_caption", language), columns, rows, [], name="definitions"
        ),
    )


def places(areas: pd.DataFrame, gemeente: str, language: str) -> tuple[Element, ...]:
    """Return the wijken with residents, and where those and the boundaries come from.

    `areas`: data_access.areas; `gemeente`: its code.
    """
    here = areas[areas["area_code"] == gemeente].iloc[0]
    wijken = areas[(areas["gemeente_code"] == gemeente) & (areas["level"] == "wijk")]
    columns = [
        text_column(t("common.area", language), "name"),
        text_column(t("common.code", language), "area_code"),
        number_column(
            t("accountability.residents", language), "residents", lambda v: number(v, language)
        ),
        text_column(t("accountability.figures_source", language), "figures_source"),
        text_column(t("accountability.geometry_source", language), "geometry_source"),
    ]
    return (
        Part(t("accountability.areas", language)),
        Note(_sum_of_residents(wijken, here, language)),
        Table(
            t("accountability.areas_caption", language, name=here["name"]),
            columns,
            wijken,
            area_sources(areas, gemeente),
            name="areas",
        ),
    )


def _sum_of_residents(wijken: pd.DataFrame, gemeente: pd.Series, language: str) -> str:
    if wijken["residents"].isna().any() or pd.isna(gemeente["residents"]):
        return t("reason.no_population", language)
    return t(
        "accountability.sum_differs",
        language,
        sum=number(wijken["residents"].sum(), language),
        whole=number(gemeente["residents"], language),
    )
