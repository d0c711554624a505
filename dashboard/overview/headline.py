"""What the overview says: key figures and what stands out. Pure functions on frames."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.comparison import figures, members
from dashboard.elements.cards import KeyFigure
from dashboard.overview.standouts import Standout, standouts
from dashboard.words import findings
from dashboard.words.copy import t
from dashboard.words.first_year import no_year
from dashboard.words.numbers import period_label, unit_text, value_text
from dashboard.words.rows import plain
from dashboard.words.value_text import (
    brief_state,
    figure_text,
    is_shown,
    is_whole,
    margin_text,
    remarks,
)
from indicators.periods import is_year
from indicators.vocabulary import Indicator

KEY_INDICATORS = ("volunteers", "outflow", "ladder_steps_up", "spending", "structural_share")
LOOKED_AT = ("volunteers_per_1000", "outflow_per_100_volunteers")
ON_THE_MAP = "volunteers_per_1000"


def year_before(quarter: str, periods: Sequence[str]) -> str:
    """Return the newest closed year that ends on or before a quarter; '' when there is none."""
    years = [each for each in periods if is_year(each) and f"{each}-Q4" <= quarter]
    return max(years, default="")


def period_for(shown: Indicator, quarter: str, year: str) -> str:
    """Return the period in which an indicator is shown: its usual kind; '' without a year."""
    return quarter if shown.frequency[0] == "quarter" else year


def key_figures(
    known: Mapping[str, Indicator],
    values: pd.DataFrame,
    targets: pd.DataFrame,
    gemeente: str,
    quarter: str,
    year: str,
    language: str,
) -> list[KeyFigure]:
    """Return the key figures of a gemeente with their course and target.

    `known`: the door's indicators; `values`: data_access.panel with the gemeente's whole series;
    `targets`: data_access.targets.
    """
    mine = values[values["area_code"] == gemeente]
    shown = [known[each] for each in KEY_INDICATORS if each in known]
    return _cards(shown, mine, targets, gemeente, quarter, year, language)


def figures_of(
    values: pd.DataFrame,
    shown: Sequence[Indicator],
    area: str,
    quarter: str,
    year: str,
    language: str,
) -> list[KeyFigure]:
    """Return key figures of any area, without targets. `values`: its whole series."""
    none = pd.DataFrame(columns=["indicator", "area_code", "period", "value"])
    return _cards(shown, values, none, area, quarter, year, language)


def _cards(
    shown: Sequence[Indicator],
    mine: pd.DataFrame,
    targets: pd.DataFrame,
    area: str,
    quarter: str,
    year: str,
    language: str,
) -> list[KeyFigure]:
    """A card per indicator, and one for all that must wait for the first closed year."""
    found: list[KeyFigure] = []
    waiting: list[str] = []
    for each in shown:
        period = period_for(each, quarter, year)
        if period:
            found.append(_key_figure(each, mine, targets, area, period, language))
        else:
            waiting.append(each.name.in_language(language))
    if waiting:
        found.append(
            KeyFigure(
                name=" · ".join(waiting),
                value=t("reason.not_yet", language),
                known=False,
                meaning=no_year(quarter, language),
                course=(),
                course_text="",
                target=None,
                target_text="",
            )
        )
    return found


def _key_figure(
    shown: Indicator,
    mine: pd.DataFrame,
    targets: pd.DataFrame,
    gemeente: str,
    period: str,
    language: str,
) -> KeyFigure:
    course = figures.in_kind(mine[mine["indicator"] == shown.id], period)
    course = course[course["period"] <= period]
    cells = plain(course)
    cell = cells[-1] if cells and cells[-1]["period"] == period else None
    aim = next(
        (
            float(value)
            for indicator, area, when, value in zip(
                *(targets[name] for name in ("indicator", "area_code", "period", "value")),
                strict=True,
            )
            if (indicator, area, when) == (shown.id, gemeente, period)
        ),
        None,
    )
    known = cell is not None and is_shown(cell)
    name = shown.name.in_language(language)
    value, margin = t("status.no_data", language), ""
    told = [unit_text(shown.unit, language), period_label(period, language)]
    if cell is not None:
        value = brief_state(cell, language)
        if known:
            value = figure_text(cell, shown, language)
        margin = margin_text(cell, shown, language)
        told += remarks(cell, language)
    return KeyFigure(
        name=name,
        value=value,
        known=known,
        meaning=", ".join(told),
        course=tuple(float(row["value"]) if is_whole(row) else None for row in cells),
        course_text=findings.series_alternative(course, shown, "", language),
        target=aim,
        target_text=t("common.target", language, value=_aim_text(aim, shown, language))
        if aim is not None
        else "",
        margin=margin,
    )


def _aim_text(aim: float, shown: Indicator, language: str) -> str:
    return value_text(aim, shown.unit, shown.digits, language)


def looked_at(
    known: Mapping[str, Indicator], quarter: str, year: str
) -> list[tuple[Indicator, str]]:
    """Return the indicators of LOOKED_AT with their period, without those that have none yet."""
    shown = [known[each] for each in LOOKED_AT if each in known]
    pairs = [(each, period_for(each, quarter, year)) for each in shown]
    return [(each, period) for each, period in pairs if period]


def looked_at_text(pairs: Sequence[tuple[Indicator, str]], language: str) -> str:
    """Return which indicators were searched for what stands out, and in which periods."""
    return t(
        "overview.looked_at",
        language,
        indicators=" / ".join(each.name.in_language(language) for each, _ in pairs),
        period=" / ".join(dict.fromkeys(period_label(period, language) for _, period in pairs)),
    )


def standing_out(
    named: pd.DataFrame, pairs: Sequence[tuple[Indicator, str]], language: str
) -> tuple[Standout, ...]:
    """Return which wijken differ beyond chance on the indicators looked at (`looked_at`)."""
    names = dict(zip(named["area_code"], named["name"], strict=True))
    judged = [
        (each, members.wijken_judged(figures.only(named, each.id, period), each))
        for each, period in pairs
    ]
    return standouts(judged, names, language)
