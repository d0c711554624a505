"""What the page Vergelijken sets side by side: the units, their figures and their comparison."""

from dataclasses import dataclass

import pandas as pd

from dashboard.address.selection import Selection
from dashboard.cartography import words as map_words
from dashboard.compare.sheet import lines_for
from dashboard.comparison import members
from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.figures import periods_of
from dashboard.comparison.judgement import Judged
from dashboard.comparison.members import UnitFigures, UnitKind, said
from dashboard.door import Door, once
from dashboard.words.copy import t
from indicators.catalogue import indicator
from indicators.vocabulary import Indicator

Question = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Compared:
    """The units of one kind with their figures on an indicator.

    `names` are the units, name by id; `rows` the values of the units; `judged` the verdict of every
    unit, and `comparison` what goes with it where they can be set out together (None: not).
    `quarter` and `year` go with the chosen period ('' where none is closed).
    """

    selection: Selection
    kind: UnitKind
    shown: Indicator
    title: str
    place: str
    names: dict[str, str]
    rows: pd.DataFrame
    quarter: str
    year: str
    judged: Judged
    comparison: Comparison | None

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.selection.language

    @property
    def sources(self) -> list[str]:
        """Return where the figures of the indicator come from."""
        return [self.shown.source.in_language(self.language)]

    def said(self, key: str, **values: object) -> str:
        """Return text `key` with the words for what is compared."""
        return said(key, self.kind, self.language, **values)


def names_of(door: Door, kind: UnitKind, gemeente: str, quarter: str) -> dict[str, str]:
    """Return the units of a kind: name by id, in order of name."""
    if kind is UnitKind.ORGANISATIONS:
        return members.organisations(gemeente, door.organisations(quarter))
    return members.members(kind, door.gemeenten() if kind is UnitKind.GEMEENTEN else door.areas())


def figures_of(
    door: Door, kind: UnitKind, indicator_id: str, period: str, quarter: str, year: str
) -> UnitFigures:
    """Return the figures of all units of a kind, to be worked out `once` for a release.

    Those of the sheet, in its `quarter` and `year`, come out of one question.
    """
    asked: Question = (indicator_id,), (period,)
    if indicator_id in lines_for(kind) and period in (quarter, year):
        asked = lines_for(kind), tuple(filter(None, (quarter, year)))
    gemeente = door.selection.gemeente
    values, names = members.values_of(door, kind, *asked), names_of(door, kind, gemeente, quarter)
    return members.figures_of(values, kind, names, gemeente, indicator(indicator_id), period)


def compared(selection: Selection, door: Door, kind: UnitKind) -> Compared:
    """Read the figures of all units of a kind and compare them. `selection` has a period."""
    shown, gemeente, areas = door.indicator(selection.indicator), selection.gemeente, door.areas()
    quarter, year = members.periods(selection.period, periods_of(areas, gemeente))
    names = names_of(door, kind, gemeente, quarter)
    shared = door.of_releases(kind is UnitKind.GEMEENTEN)
    found = once(figures_of, shared, kind, shown.id, selection.period, quarter, year)
    place = t("compare.all_gemeenten", selection.language)
    if kind is not UnitKind.GEMEENTEN:
        place = areas.set_index("area_code")["name"][gemeente]
    return Compared(
        selection,
        kind,
        shown,
        map_words.title(shown, selection.period, place, selection.language),
        place,
        names,
        found.rows,
        quarter,
        year,
        found.judged,
        members.compare(found.judged, kind, names, shown, selection.release.number),
    )
