"""Wijk: what happens here? The profile of one wijk, or of the whole gemeente."""

import streamlit as st

import data_access
from dashboard.charts import over_time
from dashboard.comparison import figures
from dashboard.elements import blocks, tables
from dashboard.frame import cached, frame
from dashboard.overview import headline as overview
from dashboard.wijk import money as wijk_money
from dashboard.wijk import parts as wijk_blocks
from dashboard.wijk import profile as wijk_profile
from dashboard.words import findings
from dashboard.words.copy import t
from dashboard.words.numbers import number
from indicators.catalogue import indicator

selection = frame.open_page("wijk")
language, release, gemeente = selection.language, selection.release, selection.gemeente
areas = cached.areas(release)
place = selection.wijk or gemeente
here = areas[areas["area_code"] == place].iloc[0]
shown = indicator("volunteers")

year = overview.year_before(selection.period, figures.periods_of(areas, gemeente))
asked = tuple(map(indicator, wijk_profile.KEY_INDICATORS))
counts = cached.ask(data_access.counts, release, wijk_profile.MEASURES, place)
money = (
    cached.ask(data_access.money_of_place, release, place)
    if selection.wijk
    else wijk_money.whole(cached.ask(data_access.money, release, ("year", "nature")))
)
values = cached.spec(figures.from_counts, counts, asked, place)

blocks.heading(t("wijk.title", language, name=here["name"]))
if here["residents"] == here["residents"]:
    residents = number(here["residents"], language)
    blocks.small_print(
        t("wijk.residents", language, count=residents, source=here["figures_source"])
    )
cards = wijk_profile.key_indicators(counts, selection.period, year)
blocks.key_figures(
    cached.spec(overview.figures_of, values, cards, place, selection.period, year, language)
)
wijk_blocks.small(counts, year, selection)

left, right = st.columns(2, gap="large")
series = figures.in_kind(figures.only(values, shown.id), selection.period)
with left:
    said = findings.series_alternative(series, shown, here["name"], language)
    blocks.show(blocks.part_html(t("wijk.volunteers", language)), blocks.finding_html(said))
    if (series["value"] > 0).any():
        blocks.show_chart(cached.spec(over_time.trend, series, shown, None, language), said)
    blocks.table_and_download(
        said,
        tables.series_columns(shown, language),
        tables.labelled(series, language),
        selection,
        [shown.source.in_language(language)],
        name="volunteers",
    )
with right:
    wijk_blocks.ladder(counts, here["name"], selection)
with left:
    wijk_blocks.outflow(counts, year, here["name"], selection)
with right:
    wijk_blocks.money(money, here["name"], selection)
wijk_blocks.together(counts, year, selection)

blocks.part(t("wijk.organisations" if selection.wijk else "wijk.organisations_whole", language))
organisations = cached.ask(data_access.organisations, release, selection.period)
rows = wijk_profile.organisations_here(organisations, gemeente, selection.wijk)
blocks.organisations(rows, selection)
blocks.method_note(shown, language)
