"""Verantwoording: can I trust it? Protection, releases, what is missing, definitions, sources."""

from dashboard.accountability import changes as corrections
from dashboard.accountability import parts as accountability_blocks
from dashboard.elements import blocks
from dashboard.frame import cached, frame
from dashboard.frame.reader_choices import ALL_OPEN
from dashboard.words.copy import t

selection = frame.open_page("accountability")
language = selection.language
areas = cached.areas(selection.release)

blocks.heading(t("accountability.title", language))
accountability_blocks.protection(language)
accountability_blocks.releases(selection)
corrections.what_changed(selection, areas)
accountability_blocks.as_presented(selection)
accountability_blocks.missing(selection)
accountability_blocks.ledger(selection, areas)
accountability_blocks.definitions(selection)
accountability_blocks.places(selection, areas)
blocks.part(
    t("accountability.accessibility", language), t("accountability.accessibility_text", language)
)
blocks.link("overview", language, t("accountability.all_open", language), open=ALL_OPEN)
