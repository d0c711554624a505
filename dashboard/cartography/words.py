"""Words around a map: its finding and its text alternative. Pure functions."""

import pandas as pd

from dashboard.comparison.figures import wijken_of
from dashboard.comparison.law import Law, law_of
from dashboard.words.copy import t
from dashboard.words.numbers import period_label
from dashboard.words.rows import plain
from dashboard.words.value_text import Cell, cell_text, highest, is_whole
from indicators.vocabulary import Indicator


def finding(named: pd.DataFrame, shown: Indicator, who_differs: str, language: str) -> str:
    """Return what a map shows: who differs; of what no law of chance is known, the extremes.

    Of wijken that are judged none is called the highest: which one is may be chance.
    `who_differs`: the title of their verdicts, '' where none was judged.
    """
    return extremes(named, shown, language) if law_of(shown) is Law.NONE else who_differs


def alternative(
    finding: str, shown: Indicator, period: str, gemeente_name: str, language: str
) -> str:
    """Return the text alternative: what is shown where, and the `finding` of the map."""
    said = t(
        "map.alternative",
        language,
        gemeente=gemeente_name,
        indicator=shown.name.in_language(language),
        period=period_label(period, language),
    )
    full_stop = "" if not finding or finding.endswith(".") else "."
    parts = (said, finding + full_stop, t("map.alternative_table", language))
    return " ".join(filter(None, parts))


def extremes(named: pd.DataFrame, shown: Indicator, language: str) -> str:
    """Return the sentences "Hoogste: ... Laagste: ..." about the wijken; '' without figures.

    Incomplete figures do not count; where steps of money leave open which one it is, none is named.
    A wijk whose figure is hidden because it is small may be lower than all that are shown.
    """
    wijken = plain(wijken_of(named))
    known = [row for row in wijken if is_whole(row)]
    if not known:
        return ""
    may_be_lower = any(row["status"] == "not_shown" for row in wijken)
    top = max(known, key=lambda row: row["value"])
    bottom = min(known, key=lambda row: highest(row, shown))
    parts = [
        t(key, language, name=row["name"], value=cell_text(row, shown, language))
        for key, row, certain in (
            ("map.highest", top, all(_may_be_said(top, each, shown) for each in known)),
            (
                "map.lowest",
                bottom,
                not may_be_lower and all(_may_be_said(each, bottom, shown) for each in known),
            ),
        )
        if certain
    ]
    return " ".join(parts)


def _may_be_said(above: Cell, below: Cell, shown: Indicator) -> bool:
    """Tell whether one figure is no lower than another at both ends of their steps."""
    ends = (highest(below, shown), below["value"])
    in_steps = ends[0] > ends[1] or highest(above, shown) > above["value"]
    return above is below or not in_steps or above["value"] >= ends[0]


def title(shown: Indicator, period: str, gemeente_name: str, language: str) -> str:
    """Return the title of a map or chart about one indicator in one period ('' for none)."""
    words = {"indicator": shown.name.in_language(language), "name": gemeente_name}
    if not period:
        return t("kaart.title_without_period", language, **words)
    return t(
        "kaart.title",
        language,
        **words,
        period=period_label(period, language),
    )
