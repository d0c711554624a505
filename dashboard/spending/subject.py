"""What a part of the page Besteding is about: a place, an outcome, and what is missing of it."""

from dataclasses import dataclass

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.view import Note
from dashboard.spending.lapsing import years_with_gaps
from dashboard.words.copy import t
from indicators.catalogue import OUTCOMES


@dataclass(frozen=True)
class Place:
    """The wijk or the whole gemeente that the page is about. `residents` is NaN when unknown."""

    code: str
    name: str
    residents: float


def place(selection: Selection, areas: pd.DataFrame) -> Place:
    """Return the chosen wijk, or the gemeente. `areas`: data_access.areas."""
    return place_of(selection.wijk or selection.gemeente, areas)


def place_of(code: str, areas: pd.DataFrame) -> Place:
    """Return the place with a code. `areas`: data_access.areas."""
    row = areas["area_code"].tolist().index(code)
    return Place(code, areas["name"].iloc[row], float(areas["residents"].iloc[row]))


def outcome_choice(selection: Selection) -> Choice:
    """Return the choice of an outcome, the last step of the ladder first."""
    language = selection.language
    options = {each.id: each.name.in_language(language) for each in reversed(OUTCOMES)}
    label = t("spending.outcome", language)
    return Choice.of(selection, "uitkomst", label, options, width=420)


def sources(door: Door, language: str) -> list[str]:
    """Return where the amounts come from."""
    return [door.measure("spending").source.in_language(language)]


def gaps_note(selection: Selection, door: Door) -> Note:
    """Return in which years not every organisation delivered its spending."""
    years = years_with_gaps(door.counts(("spending",), selection.wijk))
    said = t("spending.gaps", selection.language, years=", ".join(years)) if years else ""
    return Note(said)
