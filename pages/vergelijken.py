"""Vergelijken: who differs, beyond chance? Wijken, organisations or whole gemeenten."""

from dashboard.compare import parts as comparing_blocks
from dashboard.compare.members import UnitKind
from dashboard.elements import blocks
from dashboard.frame import frame
from dashboard.words.copy import t

selection = frame.open_page("compare")
title = t("compare.title", selection.language)
if not selection.period:
    blocks.nothing_per_year(selection, title)
blocks.heading(title)
view = comparing_blocks.view(selection)
comparing_blocks.base_choice(view)
blocks.part(view.title)
if view.kind is UnitKind.WIJKEN:
    blocks.data_state_note(view.rows, selection.language)
if view.comparison is None:
    comparing_blocks.only_table(view)
else:
    comparing_blocks.findings(view, view.comparison)

blocks.part(view.said("sheet.part"), view.said("sheet.lead"))
chosen = comparing_blocks.choose(view)
comparing_blocks.between(view, chosen)
comparing_blocks.sheet(view, chosen)
blocks.method_note(view.shown, selection.language)
