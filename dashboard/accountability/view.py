"""What the page Verantwoording says: can I trust it?

Protection, releases, what is missing, definitions, sources.
"""

from dashboard.accountability import corrections, deliveries, meanings, protection, releases
from dashboard.address.reader_choices import ALL_OPEN, OPEN_PARTS
from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.view import Link, Part, View
from dashboard.words.copy import t


def view(selection: Selection, door: Door) -> View:
    """Return why the figures can be trusted, what changed in them, and what they mean."""
    language, areas = selection.language, door.areas()
    name = str(areas.loc[areas["area_code"] == selection.gemeente, "name"].iloc[0])
    made_on = next(each.made_on for each in door.releases() if each.key == selection.release)
    return View(
        t("accountability.title", language),
        "",
        (
            *protection.protection(made_on, language),
            *releases.releases(selection, door),
            *corrections.what_changed(selection, door, name),
            *releases.as_presented(selection, door),
            *deliveries.missing(door, language),
            *deliveries.ledger(door, name, language),
            *meanings.definitions(door, language),
            *meanings.places(areas, selection.gemeente, language),
            Part(
                t("accountability.accessibility", language),
                t("accountability.accessibility_text", language),
            ),
            Link("overview", t("accountability.all_open", language), {OPEN_PARTS: ALL_OPEN}),
        ),
    )
