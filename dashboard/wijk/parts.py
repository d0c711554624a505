"""The parts of the page Wijk, each with its finding, picture, table and download."""

import pandas as pd

import data_access
from dashboard.charts import over_time
from dashboard.comparison.figures import periods_of
from dashboard.elements import blocks
from dashboard.frame import cached
from dashboard.frame.selection import Selection
from dashboard.progress import chain as progress
from dashboard.progress import charts as flow
from dashboard.wijk import group as wijk_group
from dashboard.wijk import money as wijk_money
from dashboard.wijk import profile as wijk_profile
from dashboard.wijk import small_places
from dashboard.words.copy import t
from dashboard.words.first_year import no_year_yet
from indicators.catalogue import measure
from indicators.periods import is_year


def _closed(selection: Selection) -> list[str]:
    return periods_of(cached.areas(selection.release), selection.gemeente)


def small(counts: pd.DataFrame, year: str, selection: Selection) -> None:
    """Say what a small wijk shows and what it does not; nothing for any other place."""
    said = wijk_profile.small_sentences(counts, selection.period, year, selection.language)
    if said:
        title = t("wijk.small", selection.language)
        blocks.show(blocks.finding_html(title), blocks.sentences_html(said))


def ladder(counts: pd.DataFrame, name: str, selection: Selection) -> None:
    """Show people per level of the ladder over time: six levels, or three classes."""
    language = selection.language
    shown = measure("ladder_level")
    rows = progress.classes(counts, shown.id)
    categories = progress.shown_classes(counts, shown.id)
    title = progress.ladder_finding(rows, name, language)
    note = progress.class_notes(rows, selection.period, language)
    blocks.show(blocks.part_html(t("wijk.ladder", language)), blocks.finding_html(title, note))
    if rows["value"].notna().any():
        said = progress.alternative(rows, categories, title, language)
        blocks.show_chart(cached.spec(flow.levels, rows, language), said)
    blocks.table_and_download(
        title,
        progress.class_columns(categories, language),
        progress.class_rows(rows, language),
        selection,
        [shown.source.in_language(language)],
        name=shown.id,
    )


def outflow(counts: pd.DataFrame, year: str, name: str, selection: Selection) -> None:
    """Show the outflow per year, by kind of work where that is shown."""
    language, title = selection.language, t("wijk.outflow", selection.language)
    if not year:
        waiting = no_year_yet(_closed(selection), language)
        blocks.show(blocks.part_html(title), blocks.small_html(waiting))
        return
    said = wijk_profile.outflow_finding(counts, year, name, language)
    note = wijk_profile.outflow_notes(counts, year, language)
    blocks.show(blocks.part_html(title), blocks.finding_html(said, note))
    rows = wijk_profile.outflow_rows(counts)
    if (rows["value"] > 0).any():
        words = t("wijk.outflow_alternative", language, summary=said)
        blocks.show_chart(cached.spec(flow.outflow_by_kind, rows, language), words)
    blocks.table_and_download(
        said,
        wijk_profile.outflow_columns(language),
        wijk_profile.outflow_table(counts, language),
        selection,
        [measure("outflow").source.in_language(language)],
        name="outflow",
    )


def money(found: pd.DataFrame, name: str, selection: Selection) -> None:
    """Show spending per closed year by nature; of a small wijk as ranges per outcome."""
    language, title = selection.language, t("wijk.money", selection.language)
    closed = _closed(selection)
    found = wijk_profile.in_closed_years(found, closed)
    if found.empty and not any(map(is_year, closed)):
        blocks.show(blocks.part_html(title), blocks.small_html(no_year_yet(closed, language)))
    elif wijk_money.has_ranges(found):
        _ranges(found, name, selection)
    else:
        _by_nature(wijk_money.by_nature(found), name, selection)


def _ranges(found: pd.DataFrame, name: str, selection: Selection) -> None:
    language = selection.language
    title = wijk_money.finding(found, name, language)
    note = t("wijk.money_steps", language)
    blocks.show(
        blocks.part_html(t("wijk.money", language)),
        blocks.finding_html(title),
        blocks.sentences_html(wijk_money.sentences(found, language)),
        blocks.small_html(note),
    )
    blocks.table_and_download(
        title,
        wijk_money.range_columns(language),
        wijk_money.ranges(found, language),
        selection,
        [measure("spending").source.in_language(language)],
        name="money",
    )


def _by_nature(money: pd.DataFrame, name: str, selection: Selection) -> None:
    language = selection.language
    title = t("wijk.money_title", language, name=name)
    summary = wijk_profile.money_summary(money, language)
    blocks.show(blocks.part_html(t("wijk.money", language)), blocks.finding_html(title, summary))
    names = {nature: t(f"wijk.{nature}", language) for nature in wijk_profile.NATURES}
    if len(money):
        blocks.show_chart(
            cached.spec(over_time.money_by_nature, money, names, language),
            t("wijk.money_alternative", language, summary=summary),
        )
    blocks.table_and_download(
        title,
        wijk_profile.money_columns(language),
        wijk_profile.money_table(money),
        selection,
        [measure("spending").source.in_language(language)],
        name="money",
    )


def together(counts: pd.DataFrame, year: str, selection: Selection) -> None:
    """Show the figures of small places together, where the chosen wijk is in such a group."""
    language, release, wijk = selection.language, selection.release, selection.wijk
    here = counts[counts["period"].isin([selection.period, year])]
    if not wijk or not (here["reason"] == "small_place").any():
        return
    members = _members(selection, year)
    groups = wijk_group.groups(members, selection.period, year, wijk)
    lost = wijk_group.left_out(members, selection.period, year, wijk, language)
    if groups:
        blocks.part(t("wijk.together", language), t("wijk.together_lead", language))
    elif lost:
        blocks.part(t("wijk.nowhere", language))
    code, areas = small_places.code(selection.gemeente), cached.areas(release)
    periods = tuple(filter(None, (selection.period, year)))
    for organisation, (name, measures) in groups.items():
        figures = cached.ask(
            data_access.counts, release, wijk_group.MEASURES, code, organisation, periods
        )
        rows = wijk_group.rows(figures, members, organisation, measures, areas, language)
        title = t("wijk.together_title", language, name=name)
        blocks.show(
            blocks.finding_html(title),
            blocks.sentences_html(wijk_group.sentences(rows, language)),
        )
        blocks.table_and_download(
            title,
            wijk_group.columns(language),
            rows,
            selection,
            [measure("volunteers").source.in_language(language)],
            name=f"together-{organisation}",
        )
    if lost:
        blocks.sentences(lost)


def _members(selection: Selection, year: str) -> pd.DataFrame:
    asked = [
        cached.ask(data_access.small_places, selection.release, period).assign(period=period)
        for period in filter(None, (selection.period, year))
    ]
    return cached.spec(_one_after_the_other, *asked)


def _one_after_the_other(*frames: pd.DataFrame) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True)
