"""The procurement sheet as a PDF of one A4, tagged for screen readers (PDF/UA-1).

typst sets the page from assets/sheet.typ. It takes 0.1 s and is imported when somebody asks for
the file. It reads no WOFF2, so the page's own letters are in static/fonts as TrueType too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dashboard import theme
from dashboard.text import t
from dashboard.unit_sheet import Cell, UnitSheet

_TEMPLATE = Path(__file__).parent / "assets" / "sheet.typ"
_FONTS = Path(__file__).parents[1] / "static" / "fonts"
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
        "notes": [note for note in (drawn.note, drawn.left_out, " · ".join(below)) if note],
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

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )
    compiler = typst.Compiler(
        input=_TEMPLATE.read_bytes(),
        root=str(_TEMPLATE.parent),
        font_paths=fonts,
        sys_inputs={"data": json.dumps(content)},
    )
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    return made
