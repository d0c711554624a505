"""Words around a map: its finding and its text alternative. Pure functions."""

import pandas as pd

from dashboard.cells import cell_text
from dashboard.figures import wijken_of
from dashboard.kept import kept
from dashboard.numbers import period_label
from dashboard.text import t
from indicators.vocabulary import Indicator


@kept
def alternative(
    named: pd.DataFrame, shown: Indicator, period: str, gemeente_name: str, language: str
) -> str:
    """Return the text alternative: what is shown where, the highest and the lowest figure."""
    return t(
        "map.alternative",
        language,
        gemeente=gemeente_name,
        indicator=shown.name.in_language(language),
        period=period_label(period, language),
        summary=extremes(named, shown, language),
    )


@kept
def extremes(named: pd.DataFrame, shown: Indicator, language: str) -> str:
    """Return the sentences "Hoogste: ... Laagste: ..." about the wijken; '' without figures."""
    wijken = wijken_of(named)
    known = wijken[wijken["status"] == "published"]
    if known.empty:
        return ""
    parts = []
    for key, row in (
        ("map.highest", known.loc[known["value"].idxmax()]),
        ("map.lowest", known.loc[known["value"].idxmin()]),
    ):
        value = cell_text(row, shown, language)
        parts.append(t(key, language, name=row["name"], value=value))
    return " ".join(parts)


@kept
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
