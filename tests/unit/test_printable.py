"""Any Unicode name on the procurement sheet gives a PDF/UA-1, and can be read back from it."""

import io
from dataclasses import replace

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.compare.printable import SUBSTITUTE, letters, printable
from dashboard.compare.sheet import Cell, Line, Mark, UnitSheet
from dashboard.compare.sheet_pdf import pdf, printed
from dashboard.words.copy import t

LINK = "http://127.0.0.1:8501/vergelijken?gemeente=GM0080"
CELL = Cell("20", "10 – 30", "hoger", "high", True, 20.0, 10.0, 30.0, 20.0)
SHEET = UnitSheet(
    whole="De hele gemeente",
    names=("Een", "Twee"),
    lines=(
        Line("Vrijwilligers", "2025", (CELL, CELL), "40", (Mark(0.1, 0.2, 0.3), None), 0.5),
        Line("Uitstroom", "2025", (CELL, CELL), "40", (Mark(0.1, 0.2, None), None), None),
    ),
    left_out="",
    note="Een oordeel.",
    note_on_screen="",
    sources=(),
)
READ_BACK = [
    "Buurt\N{NON-BREAKING HYPHEN}hulp",
    "\N{LATIN CAPITAL LIGATURE IJ}sselwijk en b\N{LATIN SMALL LIGATURE IJ}na",
    "Café Ümlaut & Zoë – ‘Oost’ €",
    "Ελληνικά",
    "Кириллица",
    "عربية",
    "שלום",
    "Dorp 😀",
    "#panic() $x$ *vet* _schuin_ `code` @ref <label> \\n [blok] // weg",
    "q\N{COMBINING CYRILLIC MILLIONS SIGN}",
]
WITHOUT_LETTER = ["中文", "🎉", "नमस्ते", "\ud800", "\ue000", "\U0010ffff"]


def _made(name: str) -> pypdf.PdfReader:
    sheet = replace(SHEET, names=(name, "Twee"), whole=name)
    made = pdf(printed(sheet, f"Naast elkaar: {name}", name, [f"Bron: {name}"], LINK, "nl"))
    return pypdf.PdfReader(io.BytesIO(made))


def _words(read: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


@pytest.mark.parametrize("name", READ_BACK)
def test_a_name_can_be_read_back(name: str) -> None:
    read = _made(name)
    assert name in _words(read)
    assert name in read.metadata.title
    assert b"pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data()
    assert t("sheet.no_letter", "nl", mark=SUBSTITUTE) not in _words(read)


@pytest.mark.parametrize("name", WITHOUT_LETTER)
def test_what_has_no_letter_is_a_visible_mark_with_a_line_that_says_so(name: str) -> None:
    words = _words(_made(f"Wijk {name}"))
    assert f"Wijk {SUBSTITUTE}" in words
    assert t("sheet.no_letter", "nl", mark=SUBSTITUTE) in words


def test_control_characters_part_words_and_invisible_ones_leave_no_trace() -> None:
    assert printable("a\0b\x1bc\u2028d") == "a b c d"
    assert printable("a\N{RIGHT-TO-LEFT OVERRIDE}b\N{SOFT HYPHEN}c\N{ZERO WIDTH JOINER}d") == "abcd"


def test_letters_are_there_in_both_weights() -> None:
    assert ord(SUBSTITUTE) in letters()
    assert letters(own_only=True) < letters()


def test_a_long_word_stays_on_the_page() -> None:
    places: list[float] = []
    read = _made("x" * 300)
    for page in read.pages:
        page.extract_text(visitor_text=lambda _text, _cm, matrix, *_: places.append(matrix[4]))
        assert max(places) < page.mediabox.width
    assert len(read.pages) == 1


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60))
@example("")
@example("\N{ZERO WIDTH JOINER}")
@example("e\N{COMBINING GREEK YPOGEGRAMMENI}\N{COMBINING CYRILLIC MILLIONS SIGN}")
def test_any_name_gives_a_pdf(name: str) -> None:
    read = _made(name)
    assert b"pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data()


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S")), max_size=40))
def test_any_visible_name_gives_a_pdf(name: str) -> None:
    assert len(_made(name).pages) >= 1


@settings(deadline=None)
@given(st.text())
def test_printable_text_is_made_of_letters_that_are_there(text: str) -> None:
    assert set(map(ord, printable(text))) <= letters()
    assert set(map(ord, printable(text, own_only=True))) <= letters(own_only=True)
