"""Every release of a gemeente with its reason, and every page as it was presented."""

import pandas as pd

from dashboard.accountability.corrections import release_options
from dashboard.address.page_list import PAGES
from dashboard.address.selection import DUTCH_TIME, Selection
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.view import Element, Link, Links, Part, Table
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import date_long, period_label
from dashboard.words.rows import Row


def releases(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return every release with its reason: the correction log."""
    language = selection.language
    return (
        Part(t("accountability.releases", language)),
        Table(
            t("accountability.releases_caption", language),
            release_columns(language),
            _of_gemeente(door.release_table(), selection.gemeente),
            [],
            name="releases",
            opened=True,
        ),
    )


def release_columns(language: str) -> list[Column]:
    """Return the columns of the list of releases (data_access.releases)."""

    def until(row: Row) -> str:
        return period_label(str(row["closed_until"]), language)

    def made(row: Row) -> str:
        return date_long(row["made_at"].tz_convert(DUTCH_TIME).date(), language)

    return [
        number_column(t("accountability.number", language), "number", str),
        Column(t("accountability.date", language), made, made),
        Column(t("accountability.until", language), until, until),
        text_column(t("accountability.reason", language), f"reason_{language}"),
        Column(
            t("accountability.checksum", language),
            lambda row: str(row["checksum"])[:12],
            lambda row: str(row["checksum"]),
        ),
    ]


def _of_gemeente(table: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    return table[table["gemeente_code"] == gemeente]


def as_presented(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return a link to every page with the figures of a release, that keeps showing them.

    The page has the extra "toen".
    """
    language = selection.language
    known = [each for each in door.releases() if each.key.gemeente == selection.gemeente]
    options = release_options(known, language)
    label = t("accountability.presented_release", language)
    toen = Choice.of(selection, "toen", label, options, width=320)
    then = next(each for each in known if str(each.number) == toen.value)
    # A link to a period that the release does not have would be refused.
    period = selection.period if selection.period in then.periods else ""
    day = date_long(then.made_on, language)
    links = [
        Link(
            each.id,
            t(
                "accountability.presented_link",
                language,
                page=t(f"menu.{each.id}", language),
                date=day,
            ),
            {"op": then.moment, "periode": period},
        )
        for each in PAGES
    ]
    return (
        Part(t("accountability.presented", language), t("accountability.presented_lead", language)),
        toen,
        Links(links),
    )
