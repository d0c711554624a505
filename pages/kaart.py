"""Kaart: where? One indicator, every wijk, one period."""

import streamlit as st

from dashboard import (
    blocks,
    cached,
    comparing_words,
    figures,
    findings,
    frame,
    map_words,
    maps,
    tables,
)
from dashboard.cells import with_names
from dashboard.charts import over_time
from dashboard.units import UnitKind
from indicators.catalogue import indicator

selection = frame.open_page("map")
language = selection.language
areas = cached.areas(selection.release)
here = areas[areas["area_code"] == selection.gemeente].iloc[0]
shown = indicator(selection.indicator)
if not selection.period:
    blocks.nothing_per_year(selection, map_words.title(shown, "", here["name"], language))
values = cached.published(selection)
published = with_names(values, areas)
title = map_words.title(shown, selection.period, here["name"], language)
comparison = figures.compared(published, shown, selection.release.number)
said = comparing_words.title(comparison, UnitKind.WIJKEN, language) if comparison else ""

blocks.heading(title, said or map_words.extremes(published, shown, language))
blocks.data_state_note(published, language)
streets = blocks.streets_switch(selection)
place, course = st.columns([3, 2], gap="large")
with place:
    alternative = map_words.alternative(published, shown, selection.period, here["name"], language)
    drawn = cached.spec(maps.choropleth, values, areas, shown.id, language, streets)
    blocks.show_map(drawn, selection, alternative, shown=shown)
with course:
    series = figures.in_kind(cached.series(selection, selection.gemeente), selection.period)
    course_said = findings.series_alternative(series, shown, here["name"], language)
    blocks.finding(course_said)
    if figures.any_known(series):
        blocks.show_chart(cached.spec(over_time.trend, series, shown, None, language), course_said)
    blocks.table_and_download(
        course_said,
        tables.series_columns(shown, language),
        tables.labelled(series, language),
        selection,
        [shown.source.in_language(language)],
        name="series",
    )
blocks.table_and_download(
    title,
    tables.value_columns(shown, language),
    published,
    selection,
    [shown.source.in_language(language), *tables.area_sources(areas, selection.gemeente)],
    total=tables.is_gemeente,
)
blocks.method_note(shown, language)
