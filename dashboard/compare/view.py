"""What the page Vergelijken says: who differs, beyond chance?"""

from dashboard.address.selection import Selection
from dashboard.compare import side_by_side, with_whole
from dashboard.compare.compared import compared
from dashboard.comparison.figures import periods_of
from dashboard.comparison.members import UnitKind
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.nothing_yet import nothing_per_year
from dashboard.elements.view import Method, Note, Part, View
from dashboard.words import lacking
from dashboard.words.copy import t


def view(selection: Selection, door: Door) -> View:
    """Return how wijken, organisations or gemeenten differ, and a sheet of those chosen."""
    language = selection.language
    title = t("compare.title", language)
    if not selection.period:
        closed = periods_of(door.areas(), selection.gemeente)
        return nothing_per_year(selection, title, closed, door.indicators())
    kinds = {each.value: t(f"unit_kind.{each.value}.label", language) for each in UnitKind}
    kind = Choice.of(selection, "soort", t("compare.kind", language), kinds, width=270)
    page = compared(selection, door, UnitKind(kind.value))
    state = lacking.data_state(page.rows, language) if page.kind is UnitKind.WIJKEN else ""
    if page.comparison is None:
        told = with_whole.only_table(page)
    else:
        told = with_whole.findings(page, page.comparison)
    chosen = side_by_side.choice(page)
    return View(
        title,
        "",
        (
            kind,
            *with_whole.other_base(page),
            Part(page.title),
            Note(state),
            *told,
            Part(page.said("sheet.part"), page.said("sheet.lead")),
            chosen,
            *side_by_side.between(page, chosen.value),
            *side_by_side.sheet(page, door, chosen.value),
            Method(page.shown),
        ),
    )
