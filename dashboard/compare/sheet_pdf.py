"""The procurement sheet as a PDF of one A4, tagged for screen readers (PDF/UA-1).

typst sets the page from sheet.typ. It takes 0.1 s and is imported when somebody asks for
the file. It reads no WOFF2, so the page's own letters are in static/fonts as TrueType too. Names
come from deliveries: any Unicode, passed on as data and made `printable` first.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard.charts import theme
from dashboard.compare.printable import FONT_FOLDERS, SUBSTITUTE, all_printable, lacks_letters
from dashboard.compare.sheet import Cell, UnitSheet
from dashboard.words.copy import t

_TEMPLATE = Path(__file__).parent / "sheet.typ"
_COLOURS = {
    "ink": theme.INK,
    "muted": theme.MUTED_INK,
    "line": theme.LINE,
    "notice": theme.NOTICE,
    "high": theme.HIGHLIGHT,
    "inside": theme.PRIMARY,
    "low": theme.QUALITATIVE[3],
}


def printed(
    drawn: UnitSheet, title: str, heading: str, notes: Sequence[str], link: str, language: str
) -> dict[str, Any]:
    """Return everything that stands on the printed sheet, as plain data.

    `title` names the document, `heading` stands above the table whose columns have the names;
    `notes`: blocks.file_notes (sample banner, release, rounding, sources); `link`: the address of
    the view.
    """
    banner = t("frame.sample", language)
    below = [note for note in notes if note != banner]
    lacking = ""
    if lacks_letters([title, heading, drawn.whole, drawn.names, below]):
        lacking = t("sheet.no_letter", language, mark=SUBSTITUTE)
    return {
        "language": language,
        "title": title,
        "heading": heading,
        "banner": banner if banner in notes else "",
        "indicator": t("sheet.indicator", language),
        "names": drawn.names,
        "whole": drawn.whole if any(line.whole for line in drawn.lines) else None,
        "lines": [
            {
                **asdict(line),
                "cells": [
                    {
                        **asdict(cell),
                        "known": cell.known,
                        "alternative": _alternative(name, cell, language),
                    }
                    for name, cell in zip(drawn.names, line.cells, strict=True)
                ],
            }
            for line in drawn.lines
        ],
        "notes": [
            note for note in (drawn.note, drawn.left_out, " · ".join(below), lacking) if note
        ],
        "view": t("sheet.view", language),
        "link": link,
        "colours": _COLOURS,
    }


def _alternative(name: str, cell: Cell, language: str) -> str:
    return t(
        "sheet.drawing",
        language,
        name=name,
        value=cell.shown,
        interval=cell.interval,
        verdict=cell.verdict,
    )


def pdf(content: dict[str, Any]) -> bytes:
    """Return `printed` content as a PDF. Raises typst.TypstError when a text alternative lacks."""
    import typst

    try:
        return _set(content, own_only=False)
    except typst.TypstError:
        # A letter with marks on it that no single typeface has whole: the plainest letters can.
        return _set(content, own_only=True)


def _set(content: dict[str, Any], own_only: bool) -> bytes:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in FONT_FOLDERS],
    )
    # The address itself is no text: it stays as it is, also where its letters are substituted.
    shown = {**all_printable(content, own_only), "address": content["link"]}
    # PDF/UA wants both, and a name may be nothing but what is invisible.
    shown |= {name: shown[name].strip() or "-" for name in ("title", "heading")}
    compiler = typst.Compiler(
        input=_TEMPLATE.read_bytes(),
        root=str(_TEMPLATE.parent),
        font_paths=fonts,
        sys_inputs={"data": json.dumps(shown)},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made
