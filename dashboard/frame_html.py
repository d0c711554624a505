"""The part of the frame that is plain HTML: skip link, reading aids, banners. Pure functions."""

import json
from functools import cache
from html import escape
from pathlib import Path

from dashboard.page_list import PAGES
from dashboard.text import t

ASSETS = Path(__file__).parent / "assets"
_AIDS = ("smaller", "larger", "contrast", "read", "mute", "reset")


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def top(page_id: str, language: str) -> str:
    """Return style, script, skip link, brand and reading aids of a page, as one piece of HTML."""
    words = {
        "language": language,
        "otherLanguage": "en" if language == "nl" else "nl",
        "menu": t("frame.menu", language),
        "place": [page.id for page in PAGES].index(page_id),
        "links": len(PAGES),
    }
    buttons = "".join(
        f'<button type="button" data-aid="{aid}" title="{escape(t(f"aid.{aid}_help", language))}">'
        f"{escape(t(f'aid.{aid}', language))}</button>"
        for aid in _AIDS
    )
    return (
        f"<style>{_asset('frame.css')}</style>"
        f'<a class="skip" href="#page-title">{escape(t("frame.skip", language))}</a>'
        f'<div class="band"><div class="brand"><img src="/app/static/icon.svg" alt="">'
        f"{escape(t('frame.product', language))}</div>"
        f'<div class="aids" role="group" aria-label="{escape(t("aid.all", language))}">'
        f"{buttons}</div></div>"
        f'<script type="application/json" id="frame-words">{json.dumps(words)}</script>'
        f"<script>{_asset('frame.js')}</script>"
    )


def banner(kind: str, sentence: str) -> str:
    """Return a notice of kind "sample", "release" or "problem" with one sentence of plain text."""
    role = ' role="alert"' if kind == "problem" else ' role="note"'
    return f'<div class="banner {kind}"{role}>{escape(sentence)}</div>'
