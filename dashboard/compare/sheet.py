"""The procurement sheet: two to four units side by side on every figure there is. Pure functions.

Everything on it is a published value or made from published values.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.comparison import members as units
from dashboard.comparison import said as comparing_words
from dashboard.comparison.judgement import JUDGED, Judged, Verdict
from dashboard.comparison.law import Law
from dashboard.comparison.members import UnitFigures, UnitKind, said
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.first_year import no_year
from dashboard.words.numbers import euro_range, euros, period_label, value_text
from dashboard.words.rows import Row
from dashboard.words.value_text import brief_state, cell_text, highest, is_shown, is_whole, told
from indicators.catalogue import indicator
from indicators.vocabulary import Indicator, Population

LEAST_UNITS, MOST_UNITS = 2, 4
LONGEST = 3

# Where a verdict puts a mark, and whether it is beyond chance there.
POSITIONS = {
    Verdict.HIGHER: ("high", True),
    Verdict.PERHAPS_HIGHER: ("high", False),
    Verdict.INSIDE: ("inside", True),
    Verdict.PERHAPS_LOWER: ("low", False),
    Verdict.LOWER: ("low", True),
}

_LINES = (
    "volunteers",
    "volunteers_per_1000",
    "volunteers_per_100_bijstand",
    "outflow",
    "outflow_per_100_volunteers",
    "outflow_per_1000_residents",
    "outflow_per_100_bijstand",
    "still_in_work_6",
    "still_in_work_12",
    "still_in_work_18",
    "ladder_steps_up",
    "spending",
    "spending_per_resident",
    "cost_per_participation",
    "cost_per_step_up",
    "cost_per_paid_work",
)


@dataclass(frozen=True)
class Mark:
    """Where a value stands on the scale of its line, 0 at the left and 1 at the right.

    `high` is None where the interval has no end.
    """

    low: float
    at: float
    high: float | None


@dataclass(frozen=True)
class Cell:
    """One figure of one unit.

    `shown`, `interval` and `verdict` are words ('' for none); value, lower and upper the numbers,
    in the unit of the indicator, None where there is none; `drawn_at` is where the dot stands in a
    drawing (None: no drawing). `position` is "high", "low", "inside"
    or '' (not tested); `certain` is False where chance may explain a position outside the limits.
    """

    shown: str
    interval: str = ""
    verdict: str = ""
    position: str = ""
    certain: bool = True
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    drawn_at: float | None = None

    @property
    def known(self) -> bool:
        """Whether there is a figure, or a bound of one."""
        return self.value is not None or self.lower is not None


@dataclass(frozen=True)
class Line:
    """One indicator: a cell per chosen unit, what the whole has, and the marks of the drawing."""

    name: str
    period: str
    cells: tuple[Cell, ...]
    whole: str
    marks: tuple[Mark | None, ...]
    whole_at: float | None


@dataclass(frozen=True)
class UnitSheet:
    """The sheet in words: a head per column, the lines, and what is not on it ('' for nothing)."""

    whole: str
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: str
    note: str
    note_on_screen: str
    sources: tuple[str, ...]


def lines_for(kind: UnitKind) -> tuple[str, ...]:
    """Return the indicators on the sheet: per resident has no meaning for an organisation."""
    return tuple(
        each
        for each in _LINES
        if not (
            kind is UnitKind.ORGANISATIONS and isinstance(indicator(each).denominator, Population)
        )
        and not (each == "spending" and kind is not UnitKind.ORGANISATIONS)
    )


def sheet(
    figures: Callable[[str, str], UnitFigures],
    kind: UnitKind,
    names: Mapping[str, str],
    chosen: Sequence[str],
    gemeente: str,
    quarter: str,
    year: str,
    language: str,
) -> UnitSheet:
    """Set the chosen units (ids) side by side.

    `figures`: gives those of an indicator (`lines_for(kind)`) in a quarter or a year ('' for none);
    `names`: all units, name by id.
    """
    lines: list[Line] = []
    left_out: list[str] = []
    later = ""
    sources: dict[str, None] = {}
    for each in map(indicator, lines_for(kind)):
        period = units.period_of(each, quarter, year)
        if not period:
            later = no_year(quarter, language)
            continue
        found = figures(each.id, period)
        line = _line(found, kind, chosen, gemeente, each, period, language)
        if any(cell.known for cell in line.cells):
            lines.append(line)
            sources |= dict.fromkeys(each.source.in_language(language).split("; "))
        else:
            left_out.append(each.name.in_language(language))
    whole = t(f"unit_kind.{kind.value}.whole", language)
    without = t("sheet.left_out", language, names="; ".join(left_out)) if left_out else ""
    return UnitSheet(
        whole=whole[:1].upper() + whole[1:],
        names=tuple(names[each] for each in chosen),
        lines=tuple(lines),
        left_out=" ".join(filter(None, (without, later))),
        note=said("sheet.verdicts", kind, language, count=len(names)),
        note_on_screen=said("sheet.verdicts_short", kind, language, count=len(names)),
        sources=tuple(sources),
    )


def _line(
    found: UnitFigures,
    kind: UnitKind,
    chosen: Sequence[str],
    gemeente: str,
    shown: Indicator,
    period: str,
    language: str,
) -> Line:
    by_unit, judged = found.by_unit, found.judged
    whole_rate = judged.whole_value if units.is_compared(shown, kind) else None
    cells = tuple(_cell(by_unit.get(each), judged, each, shown, kind, language) for each in chosen)
    above = units.whole_id(kind, gemeente)
    whole_row = None if above is None else by_unit.get(above)
    whole = ""
    if whole_row is not None:
        whole = _words(whole_row, shown, language)
    if whole_rate is not None:
        whole = value_text(whole_rate, shown.unit, max(shown.digits, 1), language)
    marks, whole_at = marks_of(cells, whole_rate)
    return Line(
        shown.name.in_language(language),
        period_label(period, language),
        cells,
        whole,
        marks,
        whole_at,
    )


def _cell(
    row: Row | None,
    judged: Judged,
    unit: str,
    shown: Indicator,
    kind: UnitKind,
    language: str,
) -> Cell:
    if row is None:
        return Cell(t("status.no_data", language))
    place = judged.places.loc[unit]
    verdict = comparing_words.verdict_words(place["verdict"], kind, language)
    looks = POSITIONS.get(place["verdict"], ("", True))
    if judged.law is Law.MONEY:
        return _cost_cell(row, place, shown, (verdict, *looks), language)
    if place["verdict"] in JUDGED:
        stands = {"rate": place["value"], **{k: row[k] for k in ("bound", "bound_value")}}
        stands |= {end: place[end] for end in ("lower", "upper")}
        return Cell(
            shown=told(comparing_words.value_of(stands, shown, language), row, language),
            interval=comparing_words.interval_of(stands, shown, language),
            verdict=verdict,
            position=looks[0],
            certain=looks[1],
            # Of a group of people 0 % and 100 % are never said as a number (rule 6).
            value=None if row["bound"] else float(place["value"]),
            lower=float(place["lower"]),
            upper=float(place["upper"]),
            drawn_at=float(place["value"]),
        )
    text = _words(row, shown, language)
    if not is_shown(row):
        return Cell(text, verdict=verdict)
    value = None if row["bound"] else float(row["value"])
    # Money of small places is only known to lie between two ends.
    in_steps = is_whole(row) and row["step"] > 0
    ends = (value, highest(row, shown)) if in_steps else (None, None)
    return Cell(text, verdict=verdict, value=value, lower=ends[0], upper=ends[1])


def _words(row: Row, shown: Indicator, language: str) -> str:
    return cell_text(row, shown, language) if is_shown(row) else brief_state(row, language)


def _cost_cell(
    row: Row, place: pd.Series, shown: Indicator, stands: tuple[str, str, bool], language: str
) -> Cell:
    """Money per outcome with its bounds; without outcomes only "more than" can be said."""
    verdict, position, certain = stands
    without = Cell(brief_state(row, language), verdict=verdict)
    if not is_shown(row) and row["reason"] != "zero_outcomes":
        return without
    if not float(row["numerator"]) + float(row["step"]) > 0:
        return Cell(t("spending.no_money", language), verdict=verdict)
    if pd.isna(place["lower"]):
        # How many outcomes a missing organisation has is not known: no bounds.
        if not is_shown(row):
            return without
        return Cell(_words(row, shown, language), verdict=verdict, value=float(row["value"]))
    low, estimate = float(place["lower"]), place["value"]
    if pd.isna(estimate):
        if not low > 0:
            return without
        more = t("spending.more_than", language, value=euros(low, language))
        return Cell(more, verdict=verdict, position=position, certain=certain, lower=low)
    high = None if pd.isna(place["upper"]) else float(place["upper"])
    end = t("sheet.open_end", language, low=euros(low, language))
    if high is not None:
        end = f"{euros(low, language)} – {euros(high, language)}"
    return Cell(
        told(euro_range(estimate, highest(row, shown), language), row, language),
        interval=end,
        verdict=verdict,
        position=position,
        certain=certain,
        value=float(estimate),
        lower=low,
        upper=high,
        drawn_at=float(estimate),
    )


def marks_of(
    cells: Sequence[Cell], whole: float | None
) -> tuple[tuple[Mark | None, ...], float | None]:
    """Return where the cells of a line and the whole stand on a common scale from 0.

    A cell without interval has no mark. The scale ends at LONGEST times the largest value: beyond
    that, as without an end, an interval runs to the right edge, or one would flatten all others.
    """
    dots = [cell.drawn_at for cell in cells if cell.drawn_at is not None]
    ends = [*dots, *(cell.upper for cell in cells if cell.upper is not None), whole or 0.0]
    largest = max([*dots, whole or 0.0], default=0.0) * LONGEST
    scale = min(max(ends, default=0.0), largest or max(ends, default=0.0))
    if scale <= 0:
        return tuple(None for _ in cells), None
    marks = tuple(
        None
        if cell.drawn_at is None or cell.lower is None
        else Mark(
            low=cell.lower / scale,
            at=cell.drawn_at / scale,
            high=None if cell.upper is None or cell.upper > scale else cell.upper / scale,
        )
        for cell in cells
    )
    return marks, None if whole is None else whole / scale


def title(drawn: UnitSheet, kind: UnitKind, language: str) -> str:
    """Return the title of the sheet: what is set side by side."""
    many = t(f"unit_kind.{kind.value}.many", language)
    return t(
        "sheet.title",
        language,
        many=many[:1].upper() + many[1:],
        names=listed(drawn.names, language),
    )
