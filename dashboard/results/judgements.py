"""What residents and administration judged differently, and what a result cost. Pure functions.

`now`: the states on one reference date, a row per outcome (states.at).
"""

import pandas as pd

from dashboard.comparison.cost_per_outcome import CostPerOutcome, cost_per_outcome
from dashboard.comparison.rounding import FURTHEST
from dashboard.results.states import about, about_state, error_of_sum
from dashboard.words.copy import t
from dashboard.words.numbers import euros, number
from dashboard.words.rows import Row, plain


def differing_finding(now: pd.DataFrame, language: str) -> str:
    """Return how often residents and administration judged differently."""
    rows, kinds = plain(now), ("residents_only", "administration_only")
    lacking = [row for row in rows if any(pd.isna(row[kind]) for kind in kinds)]
    if not all(row["apart_hidden"] for row in lacking):
        return t("results.differing_unknown", language)
    total = sum(row["differing"] for row in rows)
    if pd.isna(total):
        return t("results.differing_hidden", language)
    errors = [row["verdict_error"] for row in rows]
    if total == 0:
        few = number(max([*errors, FURTHEST]), language)
        return t("results.differing_none", language, count=few)
    shown = number(total, language)
    if lacking:
        return t("results.differing_total", language, total=shown)
    error = error_of_sum(errors)
    residents, administration = (sum(row[kind] for row in rows) for kind in kinds)
    return t(
        "results.differing_finding",
        language,
        total=shown,
        residents=about(residents, language, error),
        administration=about(administration, language, error),
    )


def learning(now: pd.DataFrame) -> pd.DataFrame:
    """Return what a result cost per outcome.

    Adds to `now`: spent (euros, tariff x published paid), estimate, lower, upper (euros per result
    that residents called achieved; NaN where it cannot be said).
    """
    costs = [_cost(row) for row in plain(now)]
    return now.assign(
        spent=now["tariff"] * now["paid"],
        estimate=[_or_nan(each.estimate if each else None) for each in costs],
        lower=[_or_nan(each.lower if each else None) for each in costs],
        upper=[_or_nan(each.upper if each else None) for each in costs],
    )


def _cost(row: Row) -> CostPerOutcome | None:
    # Paid results of all places over achieved ones of some would be no cost of a result.
    if pd.isna(row["paid"]) or pd.isna(row["judged_yes"]) or row["left_out"]:
        return None
    spent, achieved = row["tariff"] * row["paid"], int(row["judged_yes"])
    return cost_per_outcome(spent, achieved, error=row["verdict_error"])


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else value


def cost_text(row: Row, language: str) -> str:
    """Return what a result cost: "€ 530 (€ 440 tot € 660)", "meer dan € 900", or why not."""
    if pd.isna(row["lower"]):
        if row["hidden"] or row["left_out"]:
            return t("results.cost_hidden", language)
        return t("status.no_data", language)
    if not row["spent"]:
        return t("results.nothing_paid", language)
    if pd.isna(row["estimate"]):
        return t("results.more_than", language, low=euros(row["lower"], language))
    shown = {name: euros(row[name], language) for name in ("estimate", "lower")}
    if pd.isna(row["upper"]):
        return t("results.cost_without_top", language, **shown)
    return t("results.cost_range", language, upper=euros(row["upper"], language), **shown)


def learning_sentences(rows: pd.DataFrame, contract: pd.DataFrame, language: str) -> list[str]:
    """Return per outcome what residents called a result, how often, and what it cost."""
    meanings = contract["outcome_id"], contract[f"definition_{language}"]
    meaning = dict(zip(*meanings, strict=True))
    return [
        t(
            "results.learning",
            language,
            name=row["name"],
            meaning=meaning[row["outcome_id"]],
            achieved=_achieved(row, language),
            cost=cost_text(row, language),
        )
        for row in plain(rows)
    ]


def _achieved(row: Row, language: str) -> str:
    told = about_state(row, "judged_yes", language)
    if not row["left_out"] or row["hidden"]:
        return told
    return f"{told} ({t('results.without', language, count=number(row['left_out'], language))})"


def learning_finding(rows: pd.DataFrame, language: str) -> str:
    """Return what a result cost per outcome, as a title."""
    costs = zip(rows["name"], rows["estimate"], rows["spent"], strict=True)
    known = [(name, cost) for name, cost, spent in costs if pd.notna(cost) and spent > 0]
    if not known:
        return t("results.learning_nothing", language)
    parts = [
        t(
            "results.learning_part",
            language,
            name=name,
            cost=euros(cost, language),
        )
        for name, cost in known
    ]
    return t("results.learning_finding", language, parts="; ".join(parts))


def drawable_costs(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return what can be drawn of `learning`: name, estimate, lower, upper and words."""
    drawn = [
        {
            **{name: row[name] for name in ("name", "estimate", "lower", "upper")},
            "words": cost_text(row, language),
        }
        for row in plain(rows)
        if row["spent"] > 0 and pd.notna(row["lower"])
    ]
    return pd.DataFrame(drawn, columns=["name", "estimate", "lower", "upper", "words"])


def judged_apart(now: pd.DataFrame) -> pd.DataFrame:
    """Return per outcome how often only one of both called it achieved.

    Columns: name, residents, administration (NaN where there is no number), hidden, left_out,
    error.
    """
    found = {
        "name": "name",
        "residents": "residents_only",
        "administration": "administration_only",
        "hidden": "apart_hidden",
        "left_out": "left_out",
        "error": "verdict_error",
    }
    return pd.DataFrame({name: now[column] for name, column in found.items()})


def apart_alternative(rows: pd.DataFrame, title: str, language: str) -> str:
    """Return the text alternative of `judged_apart`: both sides of every outcome."""
    parts = [
        t(
            "results.apart_part",
            language,
            name=row["name"],
            residents=about(row["residents"], language, row["error"], row["hidden"]),
            administration=about(row["administration"], language, row["error"], row["hidden"]),
        )
        for row in plain(rows)
    ]
    return t("results.apart_alternative", language, finding=title, outcomes="; ".join(parts))
