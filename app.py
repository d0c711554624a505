"""Overzicht: how does a gemeente stand, in one screen?"""

import streamlit as st

import data_access
from dashboard import blocks, cached, figures, frame, map_words, maps, overview, tables
from dashboard.cells import with_names
from dashboard.text import t
from indicators.catalogue import indicator

selection = frame.open_page("overview")
language, gemeente = selection.language, selection.gemeente
areas = cached.areas(selection.release)
here = areas[areas["area_code"] == gemeente].iloc[0]
quarter = selection.period
year = overview.year_before(quarter, here["periods"].split())

asked = tuple(dict.fromkeys((*overview.KEY_INDICATORS, *overview.LOOKED_AT)))
values = cached.ask(
    data_access.panel,
    selection.release,
    asked,
    tuple(filter(None, (quarter, year))),
    gemeente,
)
targets = cached.ask(data_access.targets, selection.release)
named = with_names(values, areas)
shown = indicator(overview.ON_THE_MAP)
on_map = named[(named["indicator"] == shown.id) & (named["period"] == quarter)]

blocks.heading(t("overview.title", language, name=here["name"]))
blocks.key_figures(
    cached.spec(overview.key_figures, values, targets, gemeente, quarter, year, language)
)
words, place = st.columns([2, 3], gap="large")
with words:
    blocks.part(t("overview.standing_out", language))
    found = cached.spec(
        overview.standouts, named, quarter, year, selection.release.number, language
    )
    blocks.sentences([each.sentence for each in found] or [t("overview.nothing", language)])
    blocks.small_print(overview.looked_at_text(quarter, year, language))
    blocks.link("compare", language)
with place:
    blocks.part(map_words.title(shown, quarter, here["name"], language))
    blocks.data_state_note(on_map, language)
    alternative = map_words.alternative(on_map, shown, quarter, here["name"], language)
    drawn = cached.spec(
        maps.choropleth, figures.only(values, shown.id, quarter), areas, shown.id, language
    )
    blocks.show_map(drawn, selection, alternative, shown=shown)

blocks.table_and_download(
    map_words.title(shown, quarter, here["name"], language),
    tables.value_columns(shown, language),
    on_map,
    selection,
    [shown.source.in_language(language)],
    total=tables.is_gemeente,
)
blocks.method_note(shown, language)
