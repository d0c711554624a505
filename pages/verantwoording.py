"""Verantwoording: can I trust it? Protection, releases, what is missing, definitions, sources."""

import data_access
from dashboard import accountability, blocks, cached, corrections, frame, tables
from dashboard.text import t

selection = frame.open_page("accountability")
language, gemeente = selection.language, selection.gemeente
areas = cached.areas(selection.release)
here = areas[areas["area_code"] == gemeente].iloc[0]
releases = cached.release_list().releases

blocks.heading(t("accountability.title", language))
blocks.part(t("accountability.protection", language))
blocks.sentences([t(f"accountability.protection_{n}", language) for n in (1, 2, 3, 4)])
blocks.part(t("accountability.chance", language), t("accountability.chance_text", language))

blocks.part(t("accountability.releases", language))
blocks.show_table(
    t("accountability.releases_caption", language),
    accountability.release_columns(language),
    accountability.release_rows(releases),
)
organisations = cached.ask(data_access.organisations, selection.release, selection.period)
corrections.what_changed(selection, areas, organisations)
for number in releases["number"].tolist()[1:6]:
    label = f"{t('accountability.open_as_presented', language)}: {number}"
    blocks.link("overview", language, label, release=str(number))

blocks.part(t("accountability.missing", language))
gaps = cached.ask(data_access.gaps, selection.release, gemeente)
if gaps.empty:
    blocks.small_print(t("accountability.nothing_missing", language))
else:
    blocks.show_table(
        t("accountability.missing_caption", language),
        accountability.gap_columns(language),
        accountability.gap_rows(gaps, organisations),
    )

blocks.part(t("accountability.definitions", language))
definitions = accountability.definitions(language)
blocks.table_and_download(
    t("accountability.definitions_caption", language),
    accountability.definition_columns(language),
    definitions,
    selection,
    [],
    name="definitions",
)
blocks.part(t("accountability.areas", language))
wijken = areas[(areas["gemeente_code"] == gemeente) & (areas["level"] == "wijk")]
blocks.small_print(accountability.sum_of_residents(wijken, here, language))
blocks.table_and_download(
    t("accountability.areas_caption", language, name=here["name"]),
    accountability.area_columns(language),
    wijken,
    selection,
    tables.area_sources(areas, gemeente),
    name="areas",
)
blocks.part(
    t("accountability.accessibility", language), t("accountability.accessibility_text", language)
)
