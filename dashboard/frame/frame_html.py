"""The frame as plain HTML: skip link, reading aids, menu, banners. Pure functions."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

from dashboard.address.page_list import PAGES, Page
from dashboard.address.selection import Release
from dashboard.frame import controls
from dashboard.words.copy import t
from dashboard.words.numbers import date_long

ASSETS = Path(__file__).parent
_AIDS = ("smaller", "larger", "contrast", "read", "mute", "reset")


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def top(language: str) -> str:
    """Return style, script, skip link, brand and reading aids, as one piece of HTML."""
    words = {"language": language}
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


def menu(here: Page, asked: Mapping[str, str], shared: Mapping[str, str], language: str) -> str:
    """Return links to all pages with the choices `shared` kept, and this page in English or Dutch.

    `asked` are all parameters of this page's URL.
    """
    other = "en" if language == "nl" else "nl"
    links = "".join(
        controls.link(
            controls.href(each, shared),
            t(f"menu.{each.id}", language),
            aria_current="page" if each == here else "",
        )
        for each in PAGES
    )
    turned = controls.link(
        controls.href(here, {**asked, "taal": other}),
        t("frame.this_language", other),
        lang=other,
        hreflang=other,
        class_="language",
    )
    return (
        f'<nav class="menu" aria-label="{escape(t("frame.menu", language))}">{links}{turned}</nav>'
    )


def source_line(shown: Sequence[Release], language: str) -> str:
    """Return the line that says of which releases the figures of a page are."""
    named = "; ".join(
        t(
            "frame.release",
            language,
            gemeente=each.gemeente,
            number=each.number,
            date=date_long(each.made_on, language),
        )
        for each in sorted(shown, key=lambda each: each.gemeente.casefold())
    )
    return (
        f'<p class="small released">{escape(t("frame.figures_of", language, releases=named))}</p>'
    )


def banner(kind: str, sentence: str, way_on: str = "") -> str:
    """Return a notice of kind "sample", "release" or "quiet".

    `sentence` is plain text, `way_on` the HTML of a link that follows it.
    """
    return f'<div class="banner {kind}" role="note">{escape(sentence)} {way_on}</div>'
