"""Two to four units side by side: what differs between them, and the sheet to take along."""

from dashboard.compare import sheet as unit_sheet
from dashboard.compare import sheet_table
from dashboard.compare.compared import Compared, figures_of, names_of
from dashboard.compare.sheet_pdf import pdf, printed
from dashboard.comparison import said as comparing_words
from dashboard.comparison.members import UnitFigures, UnitKind
from dashboard.door import Door, once
from dashboard.elements.choices import Several
from dashboard.elements.view import (
    Element,
    Files,
    Finding,
    Html,
    Note,
    Paper,
    Printing,
    Sentences,
    Table,
)
from dashboard.words.copy import t


def choice(page: Compared) -> Several:
    """Return the choice of two to four units; usually the first two of the comparison."""
    first = list(page.names) if page.comparison is None else list(page.comparison.areas["area"])
    return Several.of(
        page.selection,
        "keuze",
        page.said("compare.choose"),
        page.names,
        first[: unit_sheet.LEAST_UNITS],
        unit_sheet.MOST_UNITS,
    )


def between(page: Compared, chosen: tuple[str, ...]) -> tuple[Element, ...]:
    """Return what differs, beyond chance, between the chosen units on the page's indicator."""
    if page.comparison is None:
        return ()
    told = comparing_words.pairs(page.comparison, chosen, page.kind, page.language)
    if not told:
        return ()
    count = len(page.comparison.areas)
    return (
        Finding(page.said("compare.pairs"), page.title),
        Sentences(told),
        Note(page.said("compare.pairs_note", count=count)),
    )


def sheet(page: Compared, door: Door, chosen: tuple[str, ...]) -> tuple[Element, ...]:
    """Return the chosen units side by side, to take along as A4, CSV or XLSX."""
    language, selection = page.language, page.selection
    if len(chosen) < unit_sheet.LEAST_UNITS:
        return (Note(page.said("sheet.choose_more")),)
    shared = door.of_releases(page.kind is UnitKind.GEMEENTEN)
    drawn = once(_sheet, shared, page.kind, chosen, page.quarter, page.year)
    caption = unit_sheet.title(drawn, page.kind, language)
    heading = page.said("sheet.heading", place=page.place)

    def on_paper(printing: Printing) -> bytes:
        return pdf(printed(drawn, caption, heading, printing.notes, printing.address, language))

    parts = (
        t("sheet.file", language),
        page.kind.value,
        selection.gemeente,
        str(selection.release.number),
    )
    in_file = Table(
        caption,
        sheet_table.file_columns(language),
        sheet_table.long_rows(drawn),
        drawn.sources,
        name="sheet",
    )
    return (
        Html(sheet_table.as_html(drawn, caption, language)),
        Note(drawn.note_on_screen),
        Note(drawn.left_out),
        Paper(t("sheet.download", language), "sheet", parts, drawn.sources, on_paper),
        # Every line of the sheet has a period of its own.
        Files(in_file, period=False),
    )


def _sheet(
    door: Door,
    kind: UnitKind,
    chosen: tuple[str, ...],
    quarter: str,
    year: str,
) -> unit_sheet.UnitSheet:
    """Work the sheet out: it is the same whatever indicator the page is about."""
    gemeente, language = door.selection.gemeente, door.selection.language
    names = names_of(door, kind, gemeente, quarter)

    def figures(indicator_id: str, period: str) -> UnitFigures:
        return once(figures_of, door, kind, indicator_id, period, quarter, year)

    return unit_sheet.sheet(figures, kind, names, chosen, gemeente, quarter, year, language)
