"""Which published counts changed between two releases, in words. Pure functions."""

from collections.abc import Mapping

import pandas as pd

from dashboard.accountability.money_changes import place_name
from dashboard.tables.columns import Column, text_column
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import number, period_label
from dashboard.words.rows import Row
from indicators.catalogue import measure

_NAMED_PERIODS = 4


def sentences(
    found: pd.DataFrame, names: Mapping[str, str], before: int, after: int, name: str, language: str
) -> list[str]:
    """Return what changed as sentences, the finding first.

    `found`: data_access.changes; `names`: of its measures, by id.
    """
    count = 0 if found.empty else int(found["total"].iloc[0])
    form = {0: "none", 1: "one"}.get(count, "many")
    shown = number(count, language)
    said = [t(f"corrections.{form}", language, before=before, after=after, name=name, count=shown)]
    if not count:
        return said
    if count > len(found):
        said.append(t("corrections.shown", language, count=number(len(found), language)))
    measures = [names[each] for each in found["measure"].unique()]
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


def rows(
    found: pd.DataFrame,
    names: Mapping[str, str],
    areas: pd.DataFrame,
    language: str,
) -> pd.DataFrame:
    """Return the changes with everything in words.

    `found`: data_access.changes; `names`: of its measures, by id; `areas`: data_access.areas.
    """
    area_names = dict(zip(areas["area_code"], areas["name"], strict=True))
    return found.assign(
        name=[names[each] for each in found["measure"]],
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


def columns(language: str) -> list[Column]:
    """Return the columns of `rows`."""

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
