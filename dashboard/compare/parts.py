"""The parts of the page that compares wijken, organisations or gemeenten."""

from dataclasses import dataclass, replace

import pandas as pd

import data_access
from dashboard.compare import charts as comparing
from dashboard.compare import members as units
from dashboard.compare import sheet as unit_sheet
from dashboard.compare import sheet_table as unit_sheet_table
from dashboard.compare import words as comparing_words
from dashboard.compare.members import UnitKind, said
from dashboard.compare.sheet_pdf import pdf, printed
from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.figures import periods_of, why_lacking
from dashboard.elements import blocks, plain_text, tables
from dashboard.elements.files import file_name
from dashboard.elements.kept import kept
from dashboard.elements.tables import Column, text_column, value_columns
from dashboard.frame import cached, frame
from dashboard.frame.selection import Selection
from dashboard.map import words as map_words
from dashboard.words.copy import t
from indicators.catalogue import indicator
from indicators.vocabulary import Indicator


@dataclass(frozen=True)
class View:
    """What one run of the page is about.

    `names` are the units, name by id; `values` the door's answer on all that the page shows;
    `rows` the part of it that is compared; `comparison` is None where it cannot be.
    """

    selection: Selection
    kind: UnitKind
    shown: Indicator
    title: str
    place: str
    names: dict[str, str]
    values: pd.DataFrame
    rows: pd.DataFrame
    quarter: str
    year: str
    comparison: Comparison | None

    @property
    def sources(self) -> list[str]:
        """Return where the figures of the indicator come from."""
        return [self.shown.source.in_language(self.selection.language)]

    def said(self, key: str, **values: object) -> str:
        """Return text `key` with the words for what is compared."""
        return said(key, self.kind, self.selection.language, **values)


def view(selection: Selection) -> View:
    """Ask what is compared and read the figures: at most five questions to the database."""
    language, release = selection.language, selection.release
    kinds = {each.value: t(f"unit_kind.{each.value}.label", language) for each in UnitKind}
    kind = UnitKind(frame.choose(selection, "soort", t("compare.kind", language), kinds, width=270))
    shown = indicator(selection.indicator)
    areas = cached.areas(release)
    closed = periods_of(areas, selection.gemeente)
    quarter, year = units.periods(selection.period, closed)
    wanted = tuple(dict.fromkeys(each for each in (selection.period, quarter, year) if each))
    asked = tuple(dict.fromkeys((*unit_sheet.lines_for(kind), shown.id)))
    values = cached.ask(*units.question(kind, selection, asked, wanted))
    if kind is UnitKind.ORGANISATIONS:
        known = cached.ask(data_access.organisations, release, quarter)
        names = units.organisations(selection.gemeente, known)
    else:
        of = cached.gemeenten(selection.beside) if kind is UnitKind.GEMEENTEN else areas
        names = units.members(kind, of)
    rows = units.rows_of(values, shown.id, selection.period)
    place = t("compare.all_gemeenten", language)
    if kind is not UnitKind.GEMEENTEN:
        place = areas.set_index("area_code")["name"][selection.gemeente]
    return View(
        selection,
        kind,
        shown,
        map_words.title(shown, selection.period, place, language),
        place,
        names,
        values,
        rows,
        quarter,
        year,
        units.compare(rows, kind, names, selection.gemeente, shown, release.number),
    )


def base_choice(page: View) -> None:
    """Let the reader take the same count on another base, or say what can be compared."""
    language = page.selection.language
    if page.comparison is None:
        blocks.small_print(units.why_not(page.shown, page.kind, language))
    label = "compare.base_choice"
    if units.law_of_chance(page.shown, page.kind) is None:
        label = "compare.other_indicator"
    options = units.related(page.shown, page.kind)
    if options:
        named = {each.id: each.name.in_language(language) for each in options}
        frame.choose_related(page.selection, t(label, language), named)


def only_table(page: View) -> None:
    """Show the figures of an indicator on which nothing can be compared."""
    language = page.selection.language
    rows = _named(page.rows, units.key_of(page.kind), page.names)
    _, value, *rest = value_columns(page.shown, language)
    # Without a base there is no rate to show, only what it would be made of.
    shown = rest[:1] if units.without_base(page.shown, page.kind) else [value, *rest]
    columns = [text_column(page.said("compare.unit"), "name"), *shown]
    blocks.table_and_download(page.title, columns, rows, page.selection, page.sources, opened=True)


@kept
def _named(rows: pd.DataFrame, key: str, names: dict[str, str]) -> pd.DataFrame:
    """Return the rows of the units with their `name`, in order of name."""
    mine = rows[rows[key].isin(list(names))]
    order = list(names)
    return mine.assign(name=mine[key].map(names)).sort_values(
        key, key=lambda ids: ids.map(order.index), ignore_index=True
    )


def findings(page: View, comparison: Comparison) -> None:
    """Show the funnel, what can be concluded, the intervals and the figures as a table."""
    language = page.selection.language
    lacking = why_lacking(page.rows, units.key_of(page.kind), page.names)
    told = comparing_words.conclusions(comparison, page.kind, lacking, language)
    rows = comparing_words.rows(comparison, page.rows, page.kind)
    given = (comparison, rows, page.shown, page.kind, language)
    blocks.finding(comparing_words.title(comparison, page.kind, language))
    blocks.show_chart(
        cached.spec(comparing.funnel, *given),
        page.said("compare.funnel_alternative", findings=" ".join(told)),
    )
    blocks.show(
        blocks.part_html(t("compare.what_can_be_said", language)),
        blocks.sentences_html(told),
        blocks.finding_html(page.said("compare.intervals_title")),
    )
    blocks.show_chart(
        cached.spec(comparing.intervals, *given),
        page.said("compare.intervals_alternative", findings=" ".join(told)),
    )
    blocks.small_print(t("compare.reading", language))
    columns = comparing_words.columns(page.shown, page.kind, language)
    blocks.table_and_download(page.title, columns, rows, page.selection, page.sources)


def choose(page: View) -> tuple[str, ...]:
    """Let the reader choose two to four units; usually the first two of the comparison."""
    first = list(page.names) if page.comparison is None else list(page.comparison.areas["area"])
    return frame.choose_many(
        page.selection,
        "keuze",
        page.said("compare.choose"),
        page.names,
        first[: unit_sheet.LEAST_UNITS],
        unit_sheet.MOST_UNITS,
    )


def between(page: View, chosen: tuple[str, ...]) -> None:
    """Say what differs, beyond chance, between the chosen units on the page's indicator."""
    if page.comparison is None:
        return
    told = comparing_words.pairs(page.comparison, chosen, page.kind, page.selection.language)
    if told:
        count = len(page.comparison.areas)
        blocks.show(
            blocks.finding_html(page.said("compare.pairs"), page.title),
            blocks.sentences_html(told),
            blocks.small_html(page.said("compare.pairs_note", count=count)),
        )


def sheet(page: View, chosen: tuple[str, ...]) -> None:
    """Show the chosen units side by side, to take along as A4, CSV or XLSX."""
    language = page.selection.language
    if len(chosen) < unit_sheet.LEAST_UNITS:
        blocks.small_print(page.said("sheet.choose_more"))
        return
    drawn = unit_sheet.sheet(
        page.values,
        page.kind,
        page.names,
        chosen,
        page.selection.gemeente,
        page.quarter,
        page.year,
        language,
    )
    caption = unit_sheet.title(drawn, page.kind, language)
    blocks.show(
        cached.spec(unit_sheet_table.as_html, drawn, caption, language),
        *(blocks.small_html(line) for line in (drawn.note_on_screen, drawn.left_out) if line),
    )
    # Every line of the sheet has a period of its own.
    notes = blocks.file_notes(replace(page.selection, period=""), drawn.sources)
    link = frame.address(page.selection)
    heading = page.said("sheet.heading", place=page.place)
    plain_text.download_button(
        t("sheet.download", language),
        data=lambda: pdf(printed(drawn, caption, heading, notes, link, language)),
        file_name=file_name(_file_parts(page), "pdf"),
        mime="application/pdf",
        key="download_sheet_pdf",
        on_click="ignore",
        type="primary",
    )
    columns: list[Column] = unit_sheet_table.file_columns(language)
    blocks.downloads(
        lambda: tables.sheet(caption, notes, columns, unit_sheet_table.long_rows(drawn), language),
        page.selection,
        "sheet",
    )


def _file_parts(page: View) -> list[str]:
    selection = page.selection
    release = str(selection.release.number)
    return [t("sheet.file", selection.language), page.kind.value, selection.gemeente, release]
