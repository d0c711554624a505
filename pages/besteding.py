"""Besteding: what does an outcome cost, and how long does the money last?"""

from dashboard import blocks, cached, frame, spending_parts
from dashboard.text import t

selection = frame.open_page("spending")
language = selection.language
areas = cached.areas(selection.release)
here = spending_parts.place(selection, areas)

blocks.heading(t("spending.title", language, name=here.name), t("spending.lead", language))
if not selection.period:
    blocks.small_print(t("common.nothing", language))
else:
    parts = {each: t(f"spending.part_{each}", language) for each in spending_parts.PARTS}
    chosen = frame.choose(selection, "deel", t("spending.part", language), parts, width=420)
    spending_parts.draw(chosen, selection, areas)
