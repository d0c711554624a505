"""The part of Besteding about flows: the financiers that the money came from, and taakvelden."""

from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import Element, Note, Part
from dashboard.spending import amounts
from dashboard.spending.per_outcome import spread
from dashboard.spending.subject import gaps_note, place_of
from dashboard.words.copy import t


def of_gemeente(selection: Selection, door: Door) -> tuple[Element, ...]:
    """Return the money by financier and by taakveld, of the gemeente also where a wijk is chosen.

    The flows of a wijk are too few amounts to publish.
    """
    language, year = selection.language, selection.period
    here = place_of(selection.gemeente, door.areas())
    about = t("spending.flows_of_gemeente", language, name=here.name) if selection.wijk else ""
    gaps = gaps_note(selection, door)
    money = door.money(("taakveld", "financier_id", "outcome"), (int(year),))
    if money.empty:
        nothing = t("spending.nothing", language, name=here.name, year=year)
        return Note(about), gaps, Note(nothing)
    parts: list[Element] = []
    names = {
        "financier_id": door.names_of_financiers_and_taakvelden(),
        "taakveld": amounts.taakveld_names(),
    }
    for group, of_group in names.items():
        rows = amounts.flows(money, group, of_group, here.residents)
        title = amounts.flow_title(rows, year, language)
        parts.append(Part(t(f"spending.by_{group}", language, name=here.name)))
        parts += spread(rows, title, t(f"spending.{group}", language), group, door)
    return Note(about), gaps, *parts, Note(t("spending.no_count_per_flow", language))
