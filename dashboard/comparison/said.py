"""What a comparison says, in sentences and as a table. Pure functions."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from dashboard.comparison.compare_areas import Comparison
from dashboard.comparison.conclusions import Conclusion, conclude
from dashboard.comparison.judgement import Judged, Verdict
from dashboard.comparison.members import UnitKind, key_of, said
from dashboard.tables import columns as tables
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import number, value_text
from dashboard.words.rows import Row
from dashboard.words.value_text import error_text, remarks
from indicators.vocabulary import Indicator

NAMED_AT_MOST = 3


def title(judged: Judged, names: Mapping[str, str], kind: UnitKind, language: str) -> str:
    """Return which units (id -> name) differ from the whole, as a title; '' if none was judged."""
    if not judged.judged:
        return ""
    called = {
        side: sorted(names[each] for each in judged.named(verdict))
        for side, verdict in (("above", Verdict.HIGHER), ("below", Verdict.LOWER))
    }
    parts = [
        _counted(f"sentence.title_{side}", mine, kind, language)
        for side, mine in called.items()
        if mine
    ]
    return "; ".join(parts) if parts else said("sentence.title_nothing", kind, language)


def _counted(key: str, names: Sequence[str], kind: UnitKind, language: str) -> str:
    shown = listed(names[:NAMED_AT_MOST], language)
    if len(names) > NAMED_AT_MOST:
        more = t("sentence.more", language, count=len(names) - NAMED_AT_MOST)
        shown = f"{', '.join(names[:NAMED_AT_MOST])} {more}"
    return _one_or_many(key, names, kind, language, shown)


def _one_or_many(
    key: str, names: Sequence[str], kind: UnitKind, language: str, shown: str = ""
) -> str:
    form = "one" if len(names) == 1 else "many"
    return said(f"{key}_{form}", kind, language, names=shown or listed(names, language))


def conclusions(
    comparison: Comparison, kind: UnitKind, lacking: Mapping[str, str], language: str
) -> list[str]:
    """Return what can and cannot be concluded, a sentence each.

    `lacking`: why some units are not compared (see `why_lacking`).
    """
    found = conclude(comparison)
    sentences = [
        _one_or_many(f"sentence.{side}", getattr(found, side), kind, language)
        for side in ("above", "below", "perhaps_above", "perhaps_below")
        if getattr(found, side)
    ]
    if len(found.inside) > 1:
        sentences.append(_inside(found, kind, language))
    if not sentences or found.nothing_differs:
        sentences.insert(0, said("sentence.nothing_differs", kind, language))
    for why in ("", "partial", "no_organisation"):
        names = [each for each in found.not_compared if lacking.get(each, "") == why]
        if names:
            key = f"sentence.not_compared_{why}" if why else "sentence.not_compared"
            sentences.append(_one_or_many(key, names, kind, language))
    if comparison.whole.pooled and lacking and kind is not UnitKind.GEMEENTEN:
        sentences.append(said("sentence.pooled", kind, language))
    # Widened by nothing they are the limits of chance.
    differ = comparison.tau_squared or comparison.differ
    return ([said("sentence.widened", kind, language)] if differ else []) + sentences


def differ_sentence(judged: Judged, kind: UnitKind, language: str) -> str:
    """Return that units differ from each other, where chance is no measure of them; else ''."""
    differ = judged.tau_squared or judged.differ
    return said("sentence.widened", kind, language) if differ else ""


def why_lacking(judged: Judged, names: Mapping[str, str]) -> dict[str, str]:
    """Return why units (id -> name) have no place in a comparison, by name.

    "partial" or "no_organisation"; others are not in it.
    """
    reasons = {Verdict.PARTIAL: "partial", Verdict.NO_ORGANISATION: "no_organisation"}
    verdicts = judged.places["verdict"]
    return {names[each]: reasons[found] for each, found in verdicts.items() if found in reasons}


def _inside(found: Conclusion, kind: UnitKind, language: str) -> str:
    others = found.above or found.below or found.perhaps_above or found.perhaps_below
    key = "sentence.inside" if others else "sentence.inside_all"
    return said(key, kind, language, count=len(found.inside))


def pairs(
    comparison: Comparison, chosen: Sequence[str], kind: UnitKind, language: str
) -> list[str]:
    """Return what can be said between the chosen units (ids), one sentence each.

    A difference is only named when it is beyond chance with all units of the comparison looked at
    at once, so choosing some of them afterwards makes nothing look more certain than it is.
    """
    areas = comparison.areas
    rows = [place for place, area in enumerate(areas["area"]) if area in chosen]
    names = [str(areas["name"].iloc[row]) for row in rows]
    higher = comparison.higher[np.ix_(rows, rows)]
    sentences = [
        _higher(names[i], [names[j] for j in np.flatnonzero(higher[i])], len(names), kind, language)
        for i in range(len(names))
        if higher[i].any()
    ]
    alike = [listed([names[i] for i in group], language) for group in alike_groups(higher)]
    if alike:
        sentences.append(t("sentence.no_difference", language, groups="; ".join(alike)))
    return sentences


def _higher(name: str, lower: Sequence[str], units: int, kind: UnitKind, language: str) -> str:
    if units > 2 and len(lower) == units - 1:
        return said("sentence.higher_than_others", kind, language, name=name)
    return t("sentence.higher_than", language, name=name, others=listed(lower, language))


def alike_groups(higher: np.ndarray) -> list[tuple[int, ...]]:
    """Return the largest groups (of two or more) in which no pair can be told apart.

    `higher[i, j]` is true where i is higher than j. For a handful of units: all groups are tried.
    """
    groups: list[tuple[int, ...]] = []
    for size in range(len(higher), 1, -1):
        for group in combinations(range(len(higher)), size):
            alike = not higher[np.ix_(group, group)].any()
            if alike and not any(set(group) <= set(known) for known in groups):
                groups.append(group)
    return groups


# By the text of a verdict as well: a column of them gives plain text.
_WORDS: dict[object, str] = {
    Verdict.HIGHER: "compare.high",
    Verdict.LOWER: "compare.low",
    Verdict.PERHAPS_HIGHER: "compare.perhaps_high",
    Verdict.PERHAPS_LOWER: "compare.perhaps_low",
    Verdict.INSIDE: "compare.inside",
    Verdict.TOO_FEW: "sheet.too_few",
    Verdict.NO_ORGANISATION: "status.no_organisation",
    Verdict.PARTIAL: "sheet.incomplete",
    Verdict.UNTESTED: "sheet.untested",
}


def verdict_words(verdict: object, kind: UnitKind, language: str) -> str:
    """Return a verdict (`judgement.Verdict`) in words: the same ones wherever it is shown.

    '' for one without a figure, of which its state says why, and for what has no verdict (nan).
    """
    key = _WORDS.get(verdict)
    return said(key, kind, language) if key else ""


def with_verdicts(
    values: pd.DataFrame, judged: Judged, kind: UnitKind, language: str
) -> pd.DataFrame:
    """Add to values the words of each unit's verdict (`verdict`, '' for the whole)."""
    words = {
        each: verdict_words(found, kind, language)
        for each, found in judged.places["verdict"].items()
    }
    return values.assign(verdict=[words.get(each, "") for each in values[key_of(kind)]])


def value_columns(indicator: Indicator, language: str) -> list[Column]:
    """Return the columns of published values (`with_verdicts`), the verdict before the state."""
    *before, state = tables.value_columns(indicator, language)
    return [*before, text_column(t("sheet.verdict", language), "verdict"), state]


def value_of(row: Row | pd.Series, indicator: Indicator, language: str) -> str:
    """Return a rate, or what a share of none or all may be said to lie under or over.

    `row` has rate, bound and bound_value.
    """
    if row["bound"]:
        limit = value_text(row["bound_value"], indicator.unit, indicator.digits, language)
        return t(f"bound.{row['bound']}", language, value=limit)
    return value_text(row["rate"], indicator.unit, max(indicator.digits, 1), language)


def interval_of(row: Row | pd.Series, indicator: Indicator, language: str) -> str:
    """Return "low – high"."""
    digits = max(indicator.digits, 1)
    return " – ".join(
        value_text(row[end], indicator.unit, digits, language) for end in ("lower", "upper")
    )


def rows(comparison: Comparison, values: pd.DataFrame, kind: UnitKind) -> pd.DataFrame:
    """Return the units of a comparison in its own order, which ranks nobody.

    Adds from the values (`units.rows_of`) `bound` and `bound_value`, rule 6 of disclosure control,
    and what remarks are made of.
    """
    added = ["bound", "bound_value", "status", "reason", "without", "missing"]
    return comparison.areas.join(values.set_index(key_of(kind))[added], on="area")


def columns(indicator: Indicator, kind: UnitKind, language: str) -> list[Column]:
    """Return the columns: name, rate, interval, small-area estimate, possible place, verdict."""
    digits = max(indicator.digits, 1)

    def shown(value: float) -> str:
        return value_text(value, indicator.unit, digits, language)

    def between(row: Row) -> str:
        return interval_of(row, indicator, language)

    def place(row: Row) -> str:
        key = "compare.rank_same" if row["best_rank"] == row["worst_rank"] else "compare.rank_range"
        return t(key, language, best=int(row["best_rank"]), worst=int(row["worst_rank"]))

    def compared(row: Row) -> str:
        words = verdict_words(row["verdict"], kind, language)
        return ", ".join([words, *remarks(row, language)])

    def base(row: Row) -> str:
        margin = error_text(row["base_error"], language)
        return " ".join(filter(None, (number(row["base"], language), margin)))

    return [
        text_column(said("compare.unit", kind, language), "name"),
        Column(
            indicator.name.in_language(language),
            lambda row: value_of(row, indicator, language),
            lambda row: None if row["bound"] else row["rate"],
            numeric=True,
        ),
        Column(t("compare.interval", language), between, between, numeric=True),
        number_column(t("compare.shrunken", language), "shrunken", shown),
        Column(t("compare.base", language), base, lambda row: row["base"], numeric=True),
        Column(t("compare.rank", language), place, place, numeric=True),
        Column(said("compare.verdict", kind, language), compared, compared),
    ]
