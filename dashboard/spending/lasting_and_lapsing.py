"""The part of Besteding about cover: lasting and temporary money, and what lapses when."""

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.charts import over_time
from dashboard.comparison.figures import periods_of
from dashboard.door import Door
from dashboard.elements.view import Chart, Element, Finding, Note, Part, Sentences, Table
from dashboard.spending import amounts, by_nature, charts, lapsing
from dashboard.spending.subject import Place, gaps_note, place, sources
from dashboard.words.copy import t


def lasting_and_lapsing(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return how much of the money lasts, and per organisation what lapses on which day."""
    language, year, areas = selection.language, selection.period, door.areas()
    here, gaps = place(selection, areas), gaps_note(selection, door)
    closed = periods_of(areas, selection.gemeente)
    money = door.money_of_places(lapsing.GROUPS, selection.wijk)
    money = by_nature.in_closed_years(money, closed)
    if selection.wijk and money[money["year"] == int(year)].empty:
        small = t("spending.cover_small", language, name=here.name, year=year)
        return gaps, Note(small)
    names = amounts.organisation_names(door.organisation_names(), "")
    rows = lapsing.lapsing(money, names, year, language)
    return (
        gaps,
        Part(t("spending.nature", language)),
        *_nature(selection, door, money, here),
        Part(t("spending.lapsing", language), t("spending.lapsing_lead", language, year=year)),
        *_lapsing(selection, door, rows, here),
    )


def _nature(
    selection: Selection, door: Door, money: pd.DataFrame, here: Place
) -> tuple[Element, ...]:
    language = selection.language
    yearly = lapsing.by_nature(money)
    title = lapsing.nature_title(yearly, selection.period, here.name, language)
    names = {nature: t(f"wijk.{nature}", language) for nature in by_nature.NATURES}
    alternative = t("wijk.money_alternative", language, summary=title)
    chart = [Chart(over_time.money_by_nature(yearly, names, language), alternative)]
    return (
        Finding(title),
        *(chart if len(yearly) else ()),
        Table(
            title,
            by_nature.money_columns(language),
            by_nature.money_table(yearly),
            sources(door, language),
            name="nature",
        ),
    )


def _lapsing(
    selection: Selection, door: Door, rows: pd.DataFrame, here: Place
) -> tuple[Element, ...]:
    language, year = selection.language, selection.period
    if rows.empty:
        return (Note(t("spending.nothing", language, name=here.name, year=year)),)
    title = lapsing.cliff_title(rows, year, language)
    said = lapsing.cliff_sentences(rows, year, language)
    drawn, order = rows.drop(columns="ends_on"), lapsing.parts_in_order(rows, language)
    return (
        Finding(title),
        Sentences(said),
        Chart(
            charts.lapsing(drawn, order, t("spending.lasting", language), language),
            t("spending.lapsing_alternative", language, summary=" ".join([f"{title}.", *said])),
        ),
        Table(
            t("spending.calendar", language, name=here.name, year=year),
            lapsing.calendar_columns(year, language),
            lapsing.calendar(rows),
            sources(door, language),
            name="calendar",
            opened=True,
        ),
    )
