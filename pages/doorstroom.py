"""Doorstroom: do people get ahead? From volunteer to lasting work, for one cohort year."""

import streamlit as st

import data_access
from dashboard.comparison import figures
from dashboard.elements import blocks
from dashboard.frame import cached, frame
from dashboard.progress import chain as progress
from dashboard.progress import charts as flow
from dashboard.words.copy import t
from indicators.catalogue import measure

selection = frame.open_page("progress")
language, release, gemeente = selection.language, selection.release, selection.gemeente
if not selection.period:
    blocks.nothing_per_year(selection, t("progress.title", language))
areas = cached.areas(release)
organisations = cached.ask(data_access.organisations, release, selection.period)
here = organisations[organisations["gemeente_code"] == gemeente]
options = {"": t("progress.all_organisations", language)}
options |= dict(zip(here["organisation_id"], here["name"], strict=True))
organisation = frame.choose(
    selection, "organisatie", t("progress.organisation", language), options, width=270
)
wijk = "" if organisation else selection.wijk
name = options[organisation] if organisation else progress.name_of(areas, wijk or gemeente)
periods = progress.periods_asked(figures.periods_of(areas, gemeente), selection.period)
counts = cached.ask(data_access.counts, release, progress.MEASURES, wijk, organisation, periods)

blocks.heading(t("progress.title", language), t("progress.lead", language, year=selection.period))
if organisation and selection.wijk:
    blocks.small_print(t("progress.organisation_everywhere", language, name=name))
rows = cached.spec(progress.chain, counts, selection.period, language)
title = progress.chain_finding(rows, name, selection.period, language)
blocks.finding(title, progress.too_young(rows, selection.period, language))
words = progress.chain_alternative(rows, name, selection.period, language)
blocks.show_chart(cached.spec(flow.flow, rows, language), words)
members = cached.ask(data_access.small_places, release, selection.period)
if organisation:
    members = members[members["organisation_id"] == organisation]
notes = progress.left_out(rows, members, wijk, selection.period, language)
if notes:
    blocks.sentences(notes)
if wijk and (rows["reason"] == "small_place").any():
    blocks.link("wijk", language, t("progress.to_group", language, name=name), periode="")
reading = (t("progress.reading", language), progress.sums_note(rows, language))
blocks.small_print(" ".join(filter(None, reading)))
sources = [measure("outflow").source.in_language(language)]
columns = progress.chain_columns(language)
blocks.table_and_download(title, columns, rows, selection, sources, name="chain")

levels, moves = st.columns(2, gap="large")
for column, shown, draw in (
    (levels, "ladder_level", flow.levels),
    (moves, "ladder_moves", flow.moves),
):
    with column:
        found = progress.classes(counts, shown)
        categories = progress.shown_classes(counts, shown)
        said = progress.ladder_said(found, shown, name, selection.period, language)
        blocks.part(t(f"progress.{shown}", language))
        blocks.finding(said, progress.class_notes(found, selection.period, language))
        if found["value"].notna().any():
            words = progress.alternative(found, categories, said, language)
            blocks.show_chart(cached.spec(draw, found, language), words)
        blocks.table_and_download(
            said,
            progress.class_columns(categories, language),
            progress.class_rows(found, language),
            selection,
            [measure(shown).source.in_language(language)],
            name=shown,
        )
