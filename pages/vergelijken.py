"""Vergelijken: who differs, beyond chance?"""

from dashboard import blocks, cached, comparing_words, figures, findings, frame, map_words, tables
from dashboard.cells import with_names
from dashboard.charts import comparing
from dashboard.text import t
from indicators.catalogue import indicator

selection = frame.open_page("compare")
language = selection.language
areas = cached.areas(selection.release)
here = areas[areas["area_code"] == selection.gemeente].iloc[0]
shown = indicator(selection.indicator)
named = with_names(cached.published(selection), areas)
comparison = cached.spec(figures.compared, named, shown, selection.release)
title = map_words.title(shown, selection.period, here["name"], language)
sources = [shown.source.in_language(language)]

blocks.heading(t("compare.title", language), title)
blocks.data_state_note(named, language)
if comparison is None:
    blocks.small_print(t("compare.not_comparable", language))
    blocks.table_and_download(
        title,
        tables.value_columns(shown, language),
        named,
        selection,
        sources,
        total=tables.is_gemeente,
        opened=True,
    )
else:
    said = findings.conclusions(comparison, language)
    finding = findings.comparison_title(comparison, language)
    blocks.finding(finding)
    blocks.show_chart(
        cached.spec(comparing.funnel, comparison, shown, language),
        t("compare.funnel_alternative", language, findings=" ".join(said)),
    )
    blocks.part(t("compare.what_can_be_said", language))
    blocks.sentences(said)
    blocks.finding(t("compare.intervals_title", language))
    blocks.show_chart(
        cached.spec(comparing.intervals, comparison, shown, language),
        t("compare.intervals_alternative", language, findings=" ".join(said)),
    )
    rows = comparing_words.rows(comparison)
    columns = comparing_words.columns(shown, language)
    blocks.table_and_download(title, columns, rows, selection, sources)
    blocks.small_print(t("compare.reading", language))
    options = dict(zip(rows["area"], rows["name"], strict=True))
    chosen = frame.choose_many(
        selection, "keuze", t("compare.choose", language), options, list(options)[:2], 4
    )
    blocks.show_table(t("compare.chosen_title", language), columns, rows[rows["area"].isin(chosen)])
blocks.method_note(shown, language)
