"""What changed between two releases, and why: the memory of the page Verantwoording."""

import pandas as pd

import data_access
from dashboard.accountability import money_changes as money_corrections
from dashboard.accountability.money_changes import place_name
from dashboard.elements import blocks
from dashboard.elements.kept import kept
from dashboard.elements.tables import Column, Row, text_column
from dashboard.frame import cached, frame
from dashboard.frame.selection import Release, Selection
from dashboard.progress.chain import name_of
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import date_long, number, period_label
from data_access.shelf import ReleaseKey
from indicators.catalogue import measure

_NAMED_PERIODS = 4


MOST_SHOWN = 150


def what_changed(selection: Selection, areas: pd.DataFrame) -> None:
    """Show which published counts, amounts and terms of the gemeente differ between two releases.

    The page has the extras "van" and "naar". `areas`: data_access.areas. Asks two questions of the
    database.
    """
    language = selection.language
    mine = [each for each in cached.releases() if each.key.gemeente == selection.gemeente]
    blocks.part(t("corrections.title", language))
    if len(mine) < 2:
        blocks.small_print(t("corrections.only_one", language))
        return
    before, after = _choices(selection, tuple(mine))
    if before == after:
        blocks.small_print(t("corrections.same", language))
        return
    table = cached.release_table()
    reason = str(table.loc[table["key"] == after, f"reason_{language}"].iloc[0])
    blocks.small_print(
        t("corrections.reason", language, number=after.number, reason=reason.rstrip("."))
        + " "
        + t("corrections.new_periods", language)
    )
    _counts(selection, areas, before, after)
    _money(selection, areas, before, after)


def _choices(selection: Selection, known: tuple[Release, ...]) -> tuple[ReleaseKey, ReleaseKey]:
    language = selection.language
    options = release_options(known, language)
    newest, previous, *older = options
    befores = {each: options[each] for each in (previous, newest, *older)}
    before = frame.choose(selection, "van", t("corrections.before", language), befores, width=320)
    after = frame.choose(selection, "naar", t("corrections.after", language), options, width=320)
    keys = {str(each.number): each.key for each in known}
    return keys[before], keys[after]


@kept
def release_options(known: tuple[Release, ...], language: str) -> dict[str, str]:
    """Return number -> "2, 23 november 2026" of the releases, newest first."""
    return {
        str(each.number): t(
            "corrections.option",
            language,
            number=each.number,
            date=date_long(each.made_on, language),
        )
        for each in known
    }


def _counts(
    selection: Selection, areas: pd.DataFrame, before: ReleaseKey, after: ReleaseKey
) -> None:
    language = selection.language
    found = cached.ask(data_access.changes, before, after, MOST_SHOWN)
    name = name_of(areas, selection.gemeente)
    said = change_sentences(found, before.number, after.number, name, language)
    blocks.finding(said[0])
    if found.empty:
        return
    blocks.sentences(said[1:])
    blocks.table_and_download(
        t(
            "corrections.caption",
            language,
            before=before.number,
            after=after.number,
            name=name,
        ),
        change_columns(language),
        change_rows(found, areas, language),
        selection,
        [],
        name="changes",
    )


def _money(
    selection: Selection, areas: pd.DataFrame, before: ReleaseKey, after: ReleaseKey
) -> None:
    language = selection.language
    found = cached.ask(data_access.money_changes, before, after, MOST_SHOWN)
    name = name_of(areas, selection.gemeente)
    said = money_corrections.sentences(found, before.number, after.number, name, language)
    blocks.finding(said[0])
    if found.empty:
        return
    blocks.sentences(said[1:])
    blocks.table_and_download(
        t(
            "corrections.money_caption",
            language,
            before=before.number,
            after=after.number,
            name=name,
        ),
        money_corrections.columns(language),
        money_corrections.rows(found, areas, language),
        selection,
        [],
        name="money-changes",
    )


@kept
def change_sentences(
    found: pd.DataFrame, before: int, after: int, name: str, language: str
) -> list[str]:
    """Return what changed as sentences, the finding first. `found`: data_access.changes."""
    count = 0 if found.empty else int(found["total"].iloc[0])
    form = {0: "none", 1: "one"}.get(count, "many")
    shown = number(count, language)
    said = [t(f"corrections.{form}", language, before=before, after=after, name=name, count=shown)]
    if not count:
        return said
    if count > len(found):
        said.append(t("corrections.shown", language, count=number(len(found), language)))
    measures = [measure(each).name.in_language(language) for each in found["measure"].unique()]
    said.append(t("corrections.which", language, names=listed(measures, language)))
    periods = [period_label(each, language) for each in found["period"].unique()]
    if len(periods) > _NAMED_PERIODS:
        more = t("sentence.more", language, count=len(periods) - _NAMED_PERIODS)
        told = f"{', '.join(periods[:_NAMED_PERIODS])} {more}"
    else:
        told = listed(periods, language)
    said.append(t("corrections.when", language, periods=told))
    for key, side in (("appeared", "before"), ("disappeared", "after")):
        missing = int(found[side].isna().sum())
        if missing:
            said.append(t(f"corrections.{key}", language, count=number(missing, language)))
    return said


@kept
def change_rows(
    found: pd.DataFrame,
    areas: pd.DataFrame,
    language: str,
) -> pd.DataFrame:
    """Return the changes with everything in words.

    `found`: data_access.changes; `areas`: data_access.areas.
    """
    area_names = dict(zip(areas["area_code"], areas["name"], strict=True))
    return found.assign(
        name=[measure(each).name.in_language(language) for each in found["measure"]],
        when=[period_label(each, language) for each in found["period"]],
        where=[place_name(each, area_names, language) for each in found["area_code"]],
        who=[
            each or t("corrections.all_organisations", language) for each in found["organisation"]
        ],
        kind=[
            _category(row.measure, row.category, language)
            for row in found[["measure", "category"]].itertuples()
        ],
    )


def _category(measure_id: str, category: str, language: str) -> str:
    classes = (*measure(measure_id).categories, *measure(measure_id).merged)
    known = {each.id: each.name.in_language(language) for each in classes}
    return known.get(category, category)


@kept
def change_columns(language: str) -> list[Column]:
    """Return the columns of change_rows."""

    def count(header: str, name: str) -> Column:
        unknown = t("status.no_data", language)

        def shown(row: Row) -> str:
            return unknown if pd.isna(row[name]) else number(row[name], language)

        return Column(
            header,
            shown,
            lambda row: unknown if pd.isna(row[name]) else row[name],
            numeric=True,
        )

    return [
        text_column(t("corrections.measure", language), "name"),
        text_column(t("common.period", language), "when"),
        text_column(t("common.area", language), "where"),
        text_column(t("spending.organisation", language), "who"),
        text_column(t("corrections.item", language), "item"),
        text_column(t("corrections.class", language), "kind"),
        count(t("corrections.was", language), "before"),
        count(t("corrections.became", language), "after"),
    ]
