"""The procurement sheet: its figures, its drawings, and one page whatever is on it."""

import io
import json
from dataclasses import replace

import pandas as pd
import pypdf
import pytest

from dashboard.compare import sheet as unit_sheet
from dashboard.compare import sheet_table as unit_sheet_table
from dashboard.compare.sheet import Cell, Line, Mark, UnitSheet, marks_of
from dashboard.compare.sheet_pdf import pdf, printed
from dashboard.comparison.members import UnitFigures, UnitKind, figures_of
from dashboard.tables import columns as tables
from dashboard.tables import files as exports
from dashboard.words.copy import t
from indicators.catalogue import indicator
from tests.pdf_tags import alternatives

NAN = float("nan")
LINK = "http://localhost:8501/vergelijken?" + "keuze=een-lange-naam-van-een-organisatie" * 6
COLUMNS = [
    *("indicator", "area_code", "organisation_id", "period", "value", "numerator", "denominator"),
    *("status", "reason", "bound", "bound_value"),
]
KNOWN = ("published", "", "", NAN)


def values() -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            ("volunteers", "GM0080", "x", "2025-Q4", 165.0, 165.0, NAN, *KNOWN),
            ("outflow", "GM0080", "x", "2025", 45.0, 45.0, NAN, *KNOWN),
            # The quarter is there too, and must not be taken.
            ("outflow", "GM0080", "x", "2025-Q4", 15.0, 15.0, NAN, *KNOWN),
            ("outflow_per_100_volunteers", "GM0080", "x", "2025", 20.0, 45.0, 225.0, *KNOWN),
            (
                *("outflow_per_100_volunteers", "GM0080", "y", "2025", 0.0, 0.0, 55.0),
                *("published", "", "under", 8.0),
            ),
            ("outflow_per_100_volunteers", "GM0080", "", "2025", 8.0, 80.0, 1000.0, *KNOWN),
            ("cost_per_paid_work", "GM0080", "x", "2025", 2000.0, 90000.0, 45.0, *KNOWN),
            (
                *("cost_per_paid_work", "GM0080", "y", "2025", NAN, 15000.0, 0.0),
                *("not_shown", "zero_outcomes", "", NAN),
            ),
        ],
        columns=COLUMNS,
    )
    return frame.assign(without=0, missing="", numerator_error=0.0, denominator_error=0.0, step=0.0)


def sheet_in(values: pd.DataFrame, kind: UnitKind, names: dict[str, str]) -> UnitSheet:
    """Return the sheet of two units in values."""

    def figures(indicator_id: str, period: str) -> UnitFigures:
        return figures_of(values, kind, names, "GM0080", indicator(indicator_id), period)

    return unit_sheet.sheet(figures, kind, names, ("x", "y"), "GM0080", "2025-Q4", "2025", "nl")


@pytest.fixture
def drawn() -> UnitSheet:
    names = {"x": "X", "y": "Y"}
    kind = UnitKind.ORGANISATIONS
    return sheet_in(values(), kind, names)


def line(drawn: UnitSheet, indicator_id: str) -> Line:
    [found] = [x for x in drawn.lines if x.name == indicator(indicator_id).name.nl]
    return found


def test_a_share_has_interval_verdict_and_whole(drawn):
    found = line(drawn, "outflow_per_100_volunteers")
    high, none = found.cells
    assert (found.period, found.whole, high.shown) == ("2025", "8,0%", "20,0%")
    assert (high.verdict, high.position) == ("hoger dan alle organisaties samen", "high")
    assert high.lower < 20 < high.upper
    assert (none.shown, none.value) == ("onder 8%", None)


def test_counts_are_of_their_usual_period_and_are_not_tested(drawn):
    assert [cell.shown for cell in line(drawn, "outflow").cells] == ["45", "niet bekend"]
    assert line(drawn, "volunteers").period == "4e kwartaal 2025"
    assert line(drawn, "volunteers").cells[0].verdict == "niet getoetst"


def test_cost_has_bounds_and_without_outcomes_only_a_lower_one(drawn):
    some, none = line(drawn, "cost_per_paid_work").cells
    # 90,000 / 45; the exact Poisson interval of 41-49, which 45 stands for, is 29.42-64.78.
    assert some.value == 2000
    assert some.lower == pytest.approx(90000 / 64.78, rel=1e-3)
    assert some.upper == pytest.approx(90000 / 29.42, rel=1e-3)
    # Zero stands for 0-4, of which the upper bound is 10.2416.
    assert none.shown == "meer dan €\N{NO-BREAK SPACE}1.465"
    assert (none.value, none.upper, none.interval) == (None, None, "")


def test_what_nobody_has_is_named_and_left_out(drawn):
    assert "Nog aan het werk na 6 maanden" in drawn.left_out
    assert len(drawn.lines) == 4


def sheet_of(changed: dict[str, object], kind: UnitKind = UnitKind.ORGANISATIONS) -> UnitSheet:
    """Return the sheet where the first unit has other figures."""
    rows = values()
    rows.loc[rows["organisation_id"] == "x", list(changed)] = list(changed.values())
    names = {"x": "X", "y": "Y"}
    return sheet_in(rows, kind, names)


def test_an_incomplete_figure_says_so_and_has_no_verdict():
    changed = {"status": "partial", "reason": "not_delivered", "missing": "z"}
    for each in ("outflow_per_100_volunteers", "volunteers", "cost_per_paid_work"):
        first, _ = line(sheet_of(changed), each).cells
        assert first.shown.endswith("; zonder z")
        assert first.verdict == "niet vergeleken: onvolledig"
        assert (first.position, first.interval, first.upper) == ("", "", None)


def test_money_in_steps_is_a_range_and_bounded_by_both_ends(drawn):
    [exact, _] = line(drawn, "cost_per_paid_work").cells
    [steps, _] = line(sheet_of({"step": 9000.0}), "cost_per_paid_work").cells
    assert steps.shown == "€\xa02.000 tot €\xa02.200"
    assert (steps.value, steps.lower) == (exact.value, exact.lower)
    assert steps.upper == pytest.approx(exact.upper * 1.1)


def test_totals_say_how_far_rounding_may_have_moved_them():
    found = line(sheet_of({"numerator_error": 14.0}), "volunteers").cells[0]
    assert found.shown == "165 ±\xa014"


def test_organisations_have_no_lines_per_resident():
    lines = unit_sheet.lines_for(UnitKind.ORGANISATIONS)
    assert not [each for each in lines if each.endswith(("resident", "residents", "bijstand"))]
    assert "volunteers_per_1000" not in lines
    assert "volunteers_per_1000" in unit_sheet.lines_for(UnitKind.GEMEENTEN)


def cell(at: float, low: float, high: float | None) -> Cell:
    return Cell(str(at), "low – high", lower=low, upper=high, drawn_at=at)


def test_marks_share_one_scale():
    marks, whole = marks_of([cell(10, 5, 20), cell(2, 0, 4), Cell("niet bekend")], 8)
    assert marks == (Mark(0.25, 0.5, 1.0), Mark(0.0, 0.1, 0.2), None)
    assert whole == 0.4


def test_a_very_wide_interval_runs_off_the_scale():
    marks, _ = marks_of([cell(10, 5, 900), cell(2, 1, 3)], None)
    assert marks == (Mark(5 / 30, 10 / 30, None), Mark(1 / 30, 2 / 30, 0.1))


def test_the_file_has_numbers_and_never_the_number_of_a_bound(drawn):
    rows = unit_sheet_table.long_rows(drawn)
    assert len(rows) == 4 * 2
    sheet = tables.sheet("t", [], unit_sheet_table.file_columns("nl"), rows, "nl")
    text = exports.csv_file(sheet).decode("utf-8-sig")
    assert "Uitstroom per 100 vrijwilligers;2025;X;20,0%;20;" in text
    assert "Uitstroom per 100 vrijwilligers;2025;Y;onder 8%;;0;" in text


def test_the_table_escapes_names(drawn):
    named = replace(drawn, names=("<b>X</b>", "Y"))
    assert "<b>X" not in unit_sheet_table.as_html(named, "titel", "nl")


def full_sheet(language: str) -> UnitSheet:
    """Every line there can be, four of the longest names, the longest words in each cell."""
    widest = Cell(
        "€ 1.844.444",
        "€ 1.111.111 – € 9.999.999",
        t("compare.perhaps_high", language),
        "high",
        False,
        drawn_at=1.0,
        lower=0.5,
        upper=2.0,
    )
    lines = [indicator(each) for each in unit_sheet.lines_for(UnitKind.WIJKEN)]
    name = "Dorpsinitiatieven Ooststellingwerf en Omstreken (voorbeeld)"
    return UnitSheet(
        "Alle organisaties samen",
        tuple(f"{name} {number}" for number in range(4)),
        tuple(
            Line(x.name.in_language(language), "2025", (widest,) * 4, "€ 9.999.999", (mark,) * 4, 1)
            for x in lines
            for mark in [Mark(0.1, 0.5, None)]
        ),
        t("sheet.left_out", language, names="; ".join(x.name.in_language(language) for x in lines)),
        t("sheet.verdicts", language, whole="alle organisaties samen", count=22, many="wijken"),
        "",
        tuple(x.source.in_language(language) for x in lines),
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_fullest_sheet_is_one_tagged_page_with_everything_on_it(language):
    sheet = full_sheet(language)
    notes = [t("frame.sample", language), "Publicatie 1 van 23 november 2026", *sheet.sources[:4]]
    made = pdf(printed(sheet, "Titel", "Kop", notes, LINK, language))
    read = pypdf.PdfReader(io.BytesIO(made))
    assert len(read.pages) == 1
    box = read.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (842, 595), "an A4 lying down"
    letters: set[float] = set()
    text = read.pages[0].extract_text(
        visitor_text=lambda _text, _cm, matrix, _font, size: letters.add(round(size * matrix[0], 1))
    )
    assert min(letters - {0.0}) >= 6, "too small to read"
    words = " ".join(text.split())
    for said in (t("frame.sample", language), "Publicatie 1 van 23 november 2026"):
        assert said in words
    assert LINK in words.replace(" ", "")
    links = [each.get_object() for each in read.pages[0]["/Annots"]]
    assert {each["/A"]["/URI"] for each in links} == {LINK}
    catalogue = read.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == language
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_every_drawing_has_a_text_of_its_own(drawn):
    content = printed(drawn, "Titel", "Kop", [], LINK, "nl")
    made = pypdf.PdfReader(io.BytesIO(pdf(content)))
    texts = alternatives(made)
    assert sorted(texts) == sorted(
        cell["alternative"]
        for line in content["lines"]
        for cell, mark in zip(line["cells"], line["marks"], strict=True)
        if mark
    )
    assert all("interval" in text for text in texts)
    assert len(texts) == 3


def test_the_print_without_sample_figures_has_no_banner(drawn):
    content = printed(drawn, "Titel", "Kop", ["Publicatie 1"], LINK, "nl")
    assert content["banner"] == ""
    assert t("frame.sample", "nl") not in json.dumps(content, ensure_ascii=False)


def test_text_from_outside_is_never_run_as_code(drawn):
    evil = replace(drawn, names=("#panic()", "$x$ *vet*"))
    content = printed(evil, '"#panic()', "#import", [], "http://x/?a=#panic()", "nl")
    text = pypdf.PdfReader(io.BytesIO(pdf(content))).pages[0].extract_text()
    assert "#panic()" in text
    assert "*vet*" in text
