"""Sentences that say what figures mean, and nothing that chance may explain. Pure functions."""

from collections.abc import Sequence

import pandas as pd

from dashboard.words.copy import t
from dashboard.words.numbers import period_label
from dashboard.words.rows import plain
from dashboard.words.value_text import Cell, exact_text, is_shown, is_whole, remarks, state_text
from indicators.catalogue import COUNT_BASE
from indicators.vocabulary import Indicator


def listed(names: Sequence[str], language: str) -> str:
    """Return "A, B en C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {t('sentence.and', language)} {names[-1]}"


def series_alternative(series: pd.DataFrame, indicator: Indicator, name: str, language: str) -> str:
    """Return the text alternative of a trend chart: first, last and what is missing.

    From or to an incomplete figure there is no course, only the last figure; nor between figures
    that leave out other numbers of people, where that is more than rounding may do.
    `name`: of the place, '' where what surrounds it says so.
    """
    cells = plain(series)
    known = [cell for cell in cells if is_shown(cell)]
    if not known:
        return t("sentence.no_series" if name else "common.nothing", language, name=name)
    first, last = known[0], known[-1]
    subject = indicator.name.in_language(language)
    if name:
        subject = t("kaart.title_without_period", language, indicator=subject, name=name)
    sentence = t(
        "sentence.series"
        if len(known) > 1 and is_whole(first) and is_whole(last) and _cover_alike(first, last)
        else "sentence.series_one",
        language,
        subject=subject,
        first=exact_text(first, indicator, language),
        first_period=_when(first, language),
        last=exact_text(last, indicator, language),
        last_period=_when(last, language),
    )
    lacking = [cell for cell in cells if not is_shown(cell)]
    if lacking:
        reasons = sorted({state_text(cell, language) for cell in lacking})
        form = "one" if len(lacking) == 1 else "many"
        told = {"count": len(lacking), "reasons": ", ".join(reasons)}
        sentence += " " + t(f"sentence.series_gaps_{form}", language, **told)
    return sentence


def _cover_alike(first: Cell, last: Cell) -> bool:
    errors = (each.get("numerator_error", 0) or 0 for each in (first, last))
    return bool(abs(first["without"] - last["without"]) <= max(*errors, COUNT_BASE - 1))


def _when(cell: Cell, language: str) -> str:
    return ", ".join([period_label(cell["period"], language), *remarks(cell, language)])
