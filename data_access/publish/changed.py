"""The release before a draft: what differs between the two must not tell of people.

A figure of a closed period differs only where a first delivery arrived (or one turned out to be
missing), and then by what arrived: everybody sees whose it is. Other organisations' figures stay.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from data_access.measures import HOURS_SCALE
from data_access.publish.before import Earlier
from data_access.publish.book import corrections_since
from data_access.publish.counts import ALL
from data_access.publish.finding import Finding
from data_access.publish.protect import (
    Cell,
    Margin,
    Protected,
    whole_periods,
)
from indicators.catalogue import OWN_TOTALS, measure
from indicators.periods import is_year, quarters_of
from indicators.vocabulary import Flow, Measure, SumOverPeople, Text

CHANGED = Text(
    "Een cijfer van een afgesloten periode is anders dan in de vorige publicatie, buiten de vaste "
    "dag van correcties.",
    "A figure of a closed period differs from the release before, outside the day of corrections.",
)
OF_OTHERS = Text(
    "Doordat een organisatie erbij kwam of wegviel, veranderde ook een cijfer van een andere.",
    "Because an organisation came or went, a figure of another one changed too.",
)
_GONE = Text(
    "Een cijfer van een afgesloten periode dat in de vorige publicatie stond, ontbreekt.",
    "A figure of a closed period that the release before had is missing.",
)


def changes(done: Protected, earlier: Earlier, today: date) -> Iterator[Finding]:
    """Find figures of closed periods that changed without a reason that is public."""
    if earlier.made_on is None or corrections_since(earlier.made_on, today):
        return
    look = _Comparison(done, earlier)
    for (measure_id, period), cells in done.margins.items():
        for margin, cell in cells.items():
            why = look.fault(cell, earlier.cells.get((measure_id, period, margin)))
            if why is not None:
                yield Finding(measure_id, why, (period, *margin))
    for (measure_id, period, margin), was in earlier.cells.items():
        # A wijk may have another code in another edition; organisation and gemeente stay.
        known = done.margins.get((measure_id, period))
        if was.value is None or known is None or margin[0] != ALL or margin in known:
            continue
        yield Finding(measure_id, _GONE, (period, *margin))


class _Comparison:
    """Compares cells with those of the release before."""

    def __init__(self, done: Protected, earlier: Earlier) -> None:
        self.done = done
        self.before = earlier.cells
        self._parts: dict[tuple[str, str, str, str], dict[tuple[str, str], int]] = {}
        self._moved: dict[tuple[str, str, str], frozenset[str]] = {}

    def fault(self, cell: Cell, was: Cell | None) -> Text | None:
        """Return why a cell may not differ as it does from what it was; None where it may."""
        if was is None or was.reason in ("not_yet", "maximum_unknown"):
            return None
        if was.reason == "no_organisation" and not cell.value:
            # Declared since then: of closed periods it has nobody there.
            return None
        if cell.value == was.value and (cell.value is not None or cell.reason == was.reason):
            return None
        moved = self._who_moved(cell, was)
        if not moved:
            return CHANGED
        if cell.margin[1] != ALL or was.value is None or cell.value is None:
            return None
        return None if self._explained(cell, was, moved) else OF_OTHERS

    def _who_moved(self, cell: Cell, was: Cell) -> frozenset[str]:
        """Organisations with a part in a cell that came, went, or were missing in one of the two.

        Also where that holds for what the cell follows from: see `_made_of`.
        """
        item = cell.margin[2]
        key = (cell.measure, cell.period, item)
        if key not in self._moved:
            self._moved[key] = frozenset(
                whose
                for whose in self.done.context.gemeente.organisations
                if any(
                    self._came_or_went(each, when, item, whose)
                    for each, when in _made_of(cell.measure, cell.period)
                )
            )
        missing = set(was.missing) ^ set(cell.missing)
        return frozenset(
            whose for whose in self._moved[key] | missing if _here(cell.margin, whose, self.done)
        )

    def _came_or_went(self, measure_id: str, period: str, item: str, whose: str) -> bool:
        """Tell whether an organisation has a figure of its own now and had none before, or so."""
        own = (ALL, whose, item, ALL)
        then = self.before.get((measure_id, period, own))
        now = self.done.margins.get((measure_id, period), {}).get(own)
        known = [cell is not None and cell.status != "no_data" for cell in (then, now)]
        return known[0] != known[1]

    def _explained(self, cell: Cell, was: Cell, moved: frozenset[str]) -> bool:
        """Whether what the others have in a cell is what it can have been before.

        Before, the cell held their share and that of those who moved. Of the latter is known what
        each showed of all its places; in one wijk it was at most that, and nothing if nothing.
        """
        place, _, item, category = cell.margin
        parts = self._shown(cell)
        others = sum(value for (_, whose), value in parts.items() if whose not in moved)
        each = measure(cell.measure)
        others //= HOURS_SCALE if isinstance(each, SumOverPeople) else 1
        own = [
            self.before.get((cell.measure, cell.period, (ALL, whose, item, category)))
            for whose in moved
        ]
        before = sum(x.value for x in own if x is not None and x.value is not None)
        unknown = any(x is not None and x.status == "not_shown" for x in own)
        shown_before = was.value or 0
        least = others if place != ALL or unknown else others + before
        if least <= shown_before and (unknown or shown_before <= others + before):
            return True
        # A total that has a threshold of its own, now or before, is not the sum of its leaves.
        own_total = cell.margin == (ALL, ALL, item, ALL) and each.people in OWN_TOTALS
        furthest = (each.base - 1) * (len(parts) + 1)
        return own_total and abs(shown_before - others - before) <= furthest

    def _shown(self, cell: Cell) -> dict[tuple[str, str], int]:
        """What each leaf or group has in a cell now."""
        place, _, item, category = cell.margin
        each = measure(cell.measure)
        key = (cell.measure, cell.period, item)
        whole = category == ALL and cell.period in whole_periods(each, self.done.context)
        if whole:
            shown: Mapping[tuple[str, str], int] = self.done.leaves.get(key, {})
        else:
            shown = _pieces(each, key, place, category, self.done)
        return {leaf: value for leaf, value in shown.items() if place in (ALL, leaf[0])}


def _pieces(
    each: Measure, key: tuple[str, str, str], place: str, category: str, done: Protected
) -> dict[tuple[str, str], int]:
    pieces = list(done.fine.get(key, ()))
    if place != ALL and category in {one.id for one in each.merged}:
        pieces += done.coarse.get(key, [])
    found: dict[tuple[str, str], int] = defaultdict(int)
    for piece in pieces:
        found[piece.place, piece.organisation] += piece.values[category]
    return found


def _here(margin: Margin, organisation: str, done: Protected) -> bool:
    place, whose = margin[:2]
    places = (ALL, done.context.gemeente.together, *done.context.places_of(organisation))
    return whose in (ALL, organisation) and place in places


def _made_of(measure_id: str, period: str) -> Iterator[tuple[str, str]]:
    """A figure, and what it follows from: wholes that it may not exceed, quarters before it.

    A quarter of a flow is the difference of two sums from the beginning of the year on.
    """
    yield measure_id, period
    if isinstance(measure(measure_id), Flow) and not is_year(period):
        earlier = (quarter for quarter in quarters_of(int(period[:4])) if quarter < period)
        yield from ((measure_id, quarter) for quarter in earlier)
    for bound in measure(measure_id).within:
        yield bound.whole.measure, period[:4] if bound.over_year else period
