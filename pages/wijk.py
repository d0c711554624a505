"""Wijk: what happens here? The profile of one wijk, or of the whole gemeente."""

import streamlit as st

import data_access
from dashboard import blocks, cached, figures, findings, frame, overview, tables, wijk_profile
from dashboard.charts import over_time
from dashboard.numbers import number
from dashboard.text import t
from indicators.catalogue import indicator, measure

selection = frame.open_page("wijk")
language, release, gemeente = selection.language, selection.release, selection.gemeente
areas = cached.areas(release)
place = selection.wijk or gemeente
here = areas[areas["area_code"] == place].iloc[0]
shown = indicator("volunteers")

asked = tuple(map(indicator, wijk_profile.KEY_INDICATORS))
counts = cached.ask(data_access.counts, release, wijk_profile.MEASURES, place)
money = cached.ask(data_access.money, release, ("year", "nature"), selection.wijk)
values = cached.spec(figures.from_counts, counts, asked, place)

blocks.heading(t("wijk.title", language, name=here["name"]))
if here["residents"] == here["residents"]:
    residents = number(here["residents"], language)
    blocks.small_print(
        t("wijk.residents", language, count=residents, source=here["figures_source"])
    )
year = overview.year_before(selection.period, figures.periods_of(areas, gemeente))
blocks.key_figures(
    cached.spec(
        overview.figures_of,
        values,
        wijk_profile.KEY_INDICATORS,
        place,
        selection.period,
        year,
        language,
    )
)

left, right = st.columns(2, gap="large")
series = figures.in_kind(figures.only(values, shown.id), selection.period)
with left:
    said = findings.series_alternative(series, shown, here["name"], language)
    blocks.show(blocks.part_html(t("wijk.volunteers", language)), blocks.finding_html(said))
    if figures.any_known(series):
        blocks.show_chart(cached.spec(over_time.trend, series, shown, None, language), said)
    blocks.table_and_download(
        said,
        tables.series_columns(shown, language),
        tables.labelled(series, language),
        selection,
        [shown.source.in_language(language)],
        name="volunteers",
    )
for column, name in ((right, "ladder_level"), (left, "outflow")):
    with column:
        blocks.classes_over_time(measure(name), counts, here["name"], selection)
with right:
    blocks.money_by_nature(money, here["name"], selection)

blocks.part(t("wijk.organisations" if selection.wijk else "wijk.organisations_whole", language))
organisations = cached.ask(data_access.organisations, release, selection.period)
rows = wijk_profile.organisations_here(organisations, gemeente, selection.wijk)
blocks.organisations(rows, selection)
blocks.method_note(shown, language)
