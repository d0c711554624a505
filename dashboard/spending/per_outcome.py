"""The parts of Besteding by wijk and by organisation: spent on what, and what an outcome cost."""

from collections.abc import Mapping

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.comparison.members import UnitKind
from dashboard.door import Door
from dashboard.elements.view import Chart, Element, Finding, Method, Note, Part, Sentences, Table
from dashboard.spending import amounts, charts
from dashboard.spending.subject import outcome_choice, place, place_of, sources
from dashboard.words.copy import t
from indicators.catalogue import outcome


def of_wijken(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return what was spent in each wijk, and what an outcome cost there."""
    language, year, gemeente = selection.language, selection.period, selection.gemeente
    areas = door.areas()
    here = place(selection, areas)
    values = door.panel(amounts.INDICATORS_ASKED, (year,))
    names = amounts.names_of(areas, gemeente)
    others = _elsewhere(selection, door, "area_code", t("spending.outside_wijken", language))
    rows = amounts.with_elsewhere(amounts.by_place(values, "area_code", names), others)
    mine = rows[rows["place"] == here.code]
    title = (
        amounts.spread_title(mine.iloc[0], year, language)
        if len(mine)
        else t("common.nothing", language)
    )
    return (
        *spread(rows, title, t("common.area", language), "spending", door),
        *_costs(
            selection, door, values, "area_code", names, (here.code, gemeente), names[gemeente]
        ),
    )


def of_organisations(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return what each organisation spent, and what an outcome cost it.

    Those tied to a wijk when one is chosen; what they spent in the whole gemeente all the same.
    """
    language, year, gemeente = selection.language, selection.period, selection.gemeente
    areas = door.areas()
    here, whole = place(selection, areas), place_of(gemeente, areas)
    names = amounts.organisation_names(door.organisation_names(), selection.wijk)
    if not names:
        return (Note(t("spending.no_organisations", language, name=here.name)),)
    asked = door.by_organisation(amounts.INDICATORS_ASKED, (year,))
    values = amounts.with_whole(asked, gemeente)
    if not selection.wijk:
        names = {**names, gemeente: whole.name}
    outside = t("spending.no_organisation", language)
    others = _elsewhere(selection, door, "organisation_id", outside)
    rows = amounts.by_organisation(values, names, whole.residents, others)
    note = "whole_organisations" if selection.wijk else "elsewhere"
    title = amounts.flow_title(
        amounts.organisations_only(rows), year, language, "spending.largest_organisation"
    )
    compared_with = "" if selection.wijk else whole.name
    return (
        Note(t(f"spending.{note}", language, name=here.name)),
        *spread(rows, title, t("spending.organisation", language), "organisations", door),
        *_costs(selection, door, values, "organisation_id", names, ("", gemeente), compared_with),
    )


def _elsewhere(selection: Selection, door: Door, key: str, outside: str) -> pd.DataFrame:
    """Return the money of small places together and of no place (`amounts.elsewhere`)."""
    money = door.money_of_places((key, "outcome"), "", (int(selection.period),))
    return amounts.elsewhere(money, key, {}, outside, selection.language)


def spread(
    rows: pd.DataFrame, title: str, first: str, name: str, door: Door
) -> tuple[Element, ...]:
    """Return money by outcome as a picture and a table, a row per place.

    `rows`: of `amounts`; `first` heads the names of the places; `name` is that of the table.
    """
    language = door.selection.language
    drawn = amounts.drawn_places(rows)
    stepped = bool((rows["total_step"] > 0).any())
    return (
        Finding(title, t("spending.small_in_table", language) if stepped else ""),
        *(_picture(drawn, title, language) if len(drawn) else ()),
        Table(
            title,
            amounts.amount_columns(first, language),
            rows,
            sources(door, language),
            name=name,
            total=amounts.is_gemeente,
        ),
    )


def _picture(drawn: pd.DataFrame, title: str, language: str) -> tuple[Element, ...]:
    """Return the bars of the places that can be drawn (at least one)."""
    spec = charts.by_outcome(drawn, amounts.classes(language), language)
    return (Chart(spec, t("spending.spread_alternative", language, summary=title)),)


def _costs(
    selection: Selection,
    door: Door,
    values: pd.DataFrame,
    key: str,
    names: Mapping[str, str],
    about: tuple[str, str],
    whole: str,
) -> tuple[Element, ...]:
    language, year = selection.language, selection.period
    choice = outcome_choice(selection)
    shown = door.indicator(f"cost_per_{choice.value}")
    judged = amounts.judged_costs(values, key, shown)
    rows = amounts.costs(values, key, names, choice.value, judged)
    drawn = amounts.drawable_costs(rows, language)
    kind = UnitKind.ORGANISATIONS if key == "organisation_id" else UnitKind.WIJKEN
    first = "spending.organisation" if kind is UnitKind.ORGANISATIONS else "common.area"
    said: list[str] = []
    if whole:
        others = rows[rows["place"] != about[1]]
        said = amounts.cost_verdicts(others, judged, kind, language)
    title, said = _cost_words(rows, about[0], said, choice.value, year, language)
    alternative = t("spending.costs_alternative", language, summary=" ".join([f"{title}.", *said]))
    return (
        Part(t("spending.costs", language), t("spending.costs_lead", language)),
        choice,
        Finding(title),
        Sentences(said),
        *([Chart(charts.costs(drawn, language), alternative)] if len(drawn) else ()),
        Table(
            title,
            amounts.cost_columns(t(first, language), choice.value, kind, language),
            rows,
            [shown.source.in_language(language)],
            name="costs",
            total=amounts.is_gemeente,
        ),
        Method(shown),
    )


def _cost_words(
    rows: pd.DataFrame, about: str, said: list[str], chosen: str, year: str, language: str
) -> tuple[str, list[str]]:
    """Return the finding about `costs`, and what else can be said.

    `about`: the place the page is about ('' for none); `said`: the verdicts (`cost_verdicts`).
    """
    mine = rows[rows["place"] == about]
    if len(mine):
        return amounts.cost_title(mine.iloc[0], chosen, year, language), said
    if said:
        return said[0].removesuffix("."), said[1:]
    one = outcome(chosen).one.in_language(language)
    return t("spending.costs_title", language, one=one, year=year), said
