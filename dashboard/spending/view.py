"""What the page Besteding says: what does an outcome cost, and how long does the money last?"""

from dashboard.address.selection import Selection
from dashboard.comparison.figures import periods_of
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.nothing_yet import nothing_per_year
from dashboard.elements.view import View
from dashboard.spending import allowance, avoided_sum, flows, lasting_and_lapsing, per_outcome
from dashboard.spending.subject import place
from dashboard.words.copy import t

# By what the URL calls it: the reader sees one at a time.
PARTS = {
    "wijken": per_outcome.of_wijken,
    "organisaties": per_outcome.of_organisations,
    "stromen": flows.of_gemeente,
    "dekking": lasting_and_lapsing.lasting_and_lapsing,
    "vermeden": avoided_sum.avoided_cost_part,
    "vergoedingen": allowance.above_maximum,
}


def view(selection: Selection, door: Door) -> View:
    """Return the part of the page that the reader chose, about a wijk or the whole gemeente."""
    language, areas = selection.language, door.areas()
    title = t("spending.title", language, name=place(selection, areas).name)
    if not selection.period:
        return nothing_per_year(
            selection, title, periods_of(areas, selection.gemeente), door.indicators()
        )
    names = {each: t(f"spending.part_{each}", language) for each in PARTS}
    choice = Choice.of(selection, "deel", t("spending.part", language), names, width=420)
    elements = PARTS[choice.value](selection, door)
    return View(title, t("spending.lead", language), (choice, *elements))
