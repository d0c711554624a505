"""Besteding: what does an outcome cost, and how long does the money last?"""

from dashboard.elements import blocks
from dashboard.frame import cached, frame
from dashboard.spending import parts as spending_parts
from dashboard.words.copy import t

selection = frame.open_page("spending")
language = selection.language
areas = cached.areas(selection.release)
here = spending_parts.place(selection, areas)

title = t("spending.title", language, name=here.name)
if not selection.period:
    blocks.nothing_per_year(selection, title)
blocks.heading(title, t("spending.lead", language))
parts = {each: t(f"spending.part_{each}", language) for each in spending_parts.PARTS}
chosen = frame.choose(selection, "deel", t("spending.part", language), parts, width=420)
spending_parts.draw(chosen, selection, areas)
