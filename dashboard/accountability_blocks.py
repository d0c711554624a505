"""The parts of the page Verantwoording: releases, pages as presented, what is missing, meanings."""

import datetime

import pandas as pd
import streamlit as st

import data_access
from dashboard import accountability, blocks, cached, corrections, frame, measured, tables
from dashboard.numbers import date_long
from dashboard.page_list import PAGES
from dashboard.progress import name_of
from dashboard.selection import Selection
from dashboard.text import t

# What is said of the protection, in this order.
PROTECTION = (
    *("fives", "threshold", "small", "totals", "own_delivery", "twice", "corrections", "money"),
    *("partial", "rates", "only_these"),
)


def protection(language: str) -> None:
    """Say how people are protected, and how chance and difference are kept apart."""
    blocks.part(
        t("accountability.protection", language), t("accountability.protection_lead", language)
    )
    blocks.sentences(accountability.protection(PROTECTION, datetime.date.today(), language))
    blocks.part(t("accountability.tried", language), t("accountability.tried_lead", language))
    blocks.sentences(measured.sentences(language))
    blocks.small_print(t("accountability.tried_limits", language))
    blocks.part(t("accountability.chance", language), t("accountability.chance_text", language))


def releases(selection: Selection) -> None:
    """Show every release with its reason: the correction log."""
    language = selection.language
    blocks.part(t("accountability.releases", language))
    blocks.table_and_download(
        t("accountability.releases_caption", language),
        accountability.release_columns(language),
        accountability.releases_of(cached.release_table(), selection.gemeente),
        selection,
        [],
        name="releases",
        opened=True,
    )


def as_presented(selection: Selection) -> None:
    """Offer every page with the figures of a release, by a link that keeps showing them."""
    language = selection.language
    known = [each for each in cached.releases() if each.key.gemeente == selection.gemeente]
    blocks.part(
        t("accountability.presented", language), t("accountability.presented_lead", language)
    )
    options = corrections.release_options(tuple(known), language)
    label = t("accountability.presented_release", language)
    number = frame.choose(selection, "toen", label, options, width=320)
    then = next(each for each in known if str(each.number) == number)
    # A link to a period that the release does not have would be refused.
    period = selection.period if selection.period in then.periods else ""
    day = date_long(then.made_on, language)
    links = []
    for each in PAGES:
        name = t(f"menu.{each.id}", language)
        words = t("accountability.presented_link", language, page=name, date=day)
        links.append(frame.link_to(each.id, words, op=then.moment, periode=period))
    st.html('<ul class="go links"><li>' + "</li><li>".join(links) + "</li></ul>")


def missing(selection: Selection) -> None:
    """Show which deliveries are missing or came late."""
    language = selection.language
    blocks.part(t("accountability.missing", language))
    gaps = cached.ask(data_access.gaps, selection.release)
    if gaps.empty:
        blocks.small_print(t("accountability.nothing_missing", language))
        return
    title = accountability.gap_title(gaps, language)
    blocks.finding(title)
    columns = accountability.gap_columns(language)
    blocks.table_and_download(title, columns, gaps, selection, [], name="missing")


def ledger(selection: Selection, areas: pd.DataFrame) -> None:
    """Say that every registered row is accounted for, and how many people live in no known wijk."""
    language, name = selection.language, name_of(areas, selection.gemeente)
    blocks.part(t("accountability.ledger", language))
    blocks.sentences(
        [t(f"accountability.ledger_{n}", language, name=name) for n in ("closes", "places")]
    )
    years = cached.ask(data_access.people_in_no_wijk, selection.release)
    if len(years):
        blocks.table_and_download(
            t("accountability.in_no_wijk", language, name=name),
            accountability.in_no_wijk_columns(language),
            years,
            selection,
            [],
            name="ledger",
            opened=True,
        )


def definitions(selection: Selection) -> None:
    """Show what every indicator means and where it comes from."""
    language = selection.language
    blocks.part(t("accountability.definitions", language))
    blocks.table_and_download(
        t("accountability.definitions_caption", language),
        accountability.definition_columns(language),
        accountability.definitions(language),
        selection,
        [],
        name="definitions",
    )


def places(selection: Selection, areas: pd.DataFrame) -> None:
    """Show the wijken with residents, and where those and the boundaries come from."""
    language, gemeente = selection.language, selection.gemeente
    here = areas[areas["area_code"] == gemeente].iloc[0]
    wijken = accountability.wijken_of(areas, gemeente)
    blocks.part(t("accountability.areas", language))
    blocks.small_print(accountability.sum_of_residents(wijken, here, language))
    blocks.table_and_download(
        t("accountability.areas_caption", language, name=here["name"]),
        accountability.area_columns(language),
        wijken,
        selection,
        tables.area_sources(areas, gemeente),
        name="areas",
    )
