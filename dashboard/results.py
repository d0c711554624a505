"""What the page about results says: contracts and the dated states of their results.

Pure functions on frames of `data_access.contracts`, `contract_financiers` and `contract_results`.
Every amount is derived from published counts (tariff x published count), and the residents'
judgement and the administration's check stay apart.
"""

from collections.abc import Sequence

import pandas as pd

from dashboard.findings import listed
from dashboard.kept import kept
from dashboard.numbers import date_long, euros, number, percent, period_label
from dashboard.text import t
from indicators.periods import is_quarter, last_day, quarter_of

STATES = {
    "claimed": ("results_claimed", ""),
    "judged_yes": ("results_judged", "yes"),
    "judged_no": ("results_judged", "no"),
    "checked_yes": ("results_checked", "yes"),
    "checked_no": ("results_checked", "no"),
    "paid": ("results_paid", ""),
    "residents_only": ("results_differing", "residents_only"),
    "administration_only": ("results_differing", "administration_only"),
}
SHOWN_STATES = ("claimed", "judged_yes", "judged_no", "checked_yes", "checked_no", "paid")
MOST_QUARTERS = 12


@kept
def of_contract(rows: pd.DataFrame, contract_id: str) -> pd.DataFrame:
    """Return the rows of one contract. `rows`: data_access.contracts or contract_financiers."""
    return rows[rows["contract_id"] == contract_id].reset_index(drop=True)


@kept
def items(contract: pd.DataFrame) -> tuple[str, ...]:
    """Return what the states of a contract's outcomes are kept under in a release."""
    return tuple(contract["contract_id"] + "/" + contract["outcome_id"])


@kept
def of_whole(found: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    """Return the states that are about no single place. `found`: data_access.contract_results."""
    return found[(found["area_code"] == gemeente) & (found["organisation_id"] == "")]


@kept
def quarters_asked(closed: Sequence[str], contract: pd.DataFrame, until: str) -> tuple[str, ...]:
    """Return the closed quarters from the start of a contract up to `until`, the last twelve."""
    start = quarter_of(pd.Timestamp(contract["starts_on"].iloc[0]).date())
    return tuple(sorted(each for each in closed if is_quarter(each) and start <= each <= until))[
        -MOST_QUARTERS:
    ]


@kept
def dates(contract: pd.DataFrame, language: str) -> tuple[str, str]:
    """Return the first and last day of a contract in words."""
    first = contract.iloc[0]
    start, end = (pd.Timestamp(first[name]).date() for name in ("starts_on", "ends_on"))
    return date_long(start, language), date_long(end, language)


@kept
def lead(contract: pd.DataFrame, financiers: pd.DataFrame, language: str) -> str:
    """Return the period of a contract, who pays it and up to which ceiling."""
    start, end = dates(contract, language)
    payers = [
        t(
            "results.payer",
            language,
            name=row["name"],
            share=percent(row["share"] * 100, language),
            ceiling=euros(row["ceiling_cents"] / 100, language),
        )
        for _, row in financiers.iterrows()
    ]
    return t("results.lead", language, start=start, end=end, payers=listed(payers, language))


@kept
def terms(row: pd.Series, language: str) -> list[str]:
    """Return what was agreed about one outcome, a sentence each."""
    words = {
        name: row[f"{name}_{language}"]
        for name in ("definition", "unit", "determined_by", "validation")
    }
    return [
        words["definition"],
        t("results.determined_by", language, who=words["determined_by"]),
        t("results.validation", language, what=words["validation"]),
        t(
            "results.tariff",
            language,
            tariff=euros(row["tariff_cents"] / 100, language),
            unit=words["unit"],
        ),
        t("results.agreed_number", language, count=number(row["agreed"], language)),
    ]


def states(counts: pd.DataFrame, contract: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the published states of every outcome of a contract on every reference date.

    Columns: outcome_id, name, period, agreed, tariff (euros), one column per STATES (NaN unless
    published), status, reason (of the first state without a figure, else "published", "").
    """
    rows = []
    for _, outcome in contract.iterrows():
        item = f"{outcome['contract_id']}/{outcome['outcome_id']}"
        for period, cells in counts[counts["item"] == item].groupby("period"):
            by_key = cells.set_index(["measure", "category"])
            lacking = cells[cells["status"] != "published"]
            rows.append(
                {
                    "outcome_id": outcome["outcome_id"],
                    "name": outcome[f"name_{language}"],
                    "period": period,
                    "agreed": outcome["agreed"],
                    "tariff": outcome["tariff_cents"] / 100,
                    **{state: _value(by_key, key) for state, key in STATES.items()},
                    "status": "published" if lacking.empty else lacking["status"].iloc[0],
                    "reason": "" if lacking.empty else lacking["reason"].iloc[0],
                }
            )
    names = ["outcome_id", "name", "period", "agreed", "tariff", *STATES, "status", "reason"]
    return pd.DataFrame(rows, columns=names)


def _value(cells: pd.DataFrame, key: tuple[str, str]) -> float:
    if key not in cells.index or cells.loc[key, "status"] != "published":
        return float("nan")
    return float(cells.loc[key, "value"])


@kept
def at(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the states on one reference date, a row per outcome."""
    return rows[rows["period"] == period].reset_index(drop=True)


def about(value: float, language: str) -> str:
    """Return a published number in a sentence; a published 0 stands for 0 to 4."""
    if pd.isna(value):
        return t("status.no_data", language)
    return number(value, language) if value else t("results.few", language)


@kept
def outcome_finding(row: pd.Series, language: str) -> str:
    """Return where one outcome stands: agreed, achieved according to residents, paid."""
    return t(
        "results.outcome_finding",
        language,
        name=row["name"],
        agreed=number(row["agreed"], language),
        achieved=about(row["judged_yes"], language),
        paid=about(row["paid"], language),
    )


@kept
def states_finding(now: pd.DataFrame, period: str, language: str) -> str:
    """Return where the whole contract stands on a reference date."""
    day = date_long(last_day(period), language)
    if now[["claimed", "judged_yes", "paid"]].isna().any(axis=None):
        return t("results.states_unknown", language, date=day)
    return t(
        "results.states_finding",
        language,
        date=day,
        agreed=number(now["agreed"].sum(), language),
        claimed=about(now["claimed"].sum(), language),
        achieved=about(now["judged_yes"].sum(), language),
        paid=about(now["paid"].sum(), language),
    )


@kept
def states_alternative(row: pd.Series, language: str) -> str:
    """Return the text alternative of the picture of one outcome."""
    parts = [
        f"{t(f'results.state_{state}', language)}: {about(row[state], language)}"
        for state in SHOWN_STATES
    ]
    agreed = number(row["agreed"], language)
    return t("results.states_alternative", language, agreed=agreed, states="; ".join(parts))


@kept
def room(now: pd.DataFrame, financiers: pd.DataFrame) -> pd.DataFrame:
    """Return the room under the ceiling per financier, in euros.

    Columns: name, share, ceiling, paid (NaN where a number of paid results is unknown), room.
    `paid` is tariff x published number x share.
    """
    spent = (now["tariff"] * now["paid"]).sum(skipna=False)
    ceiling = financiers["ceiling_cents"].astype(float) / 100
    paid = financiers["share"] * spent
    return pd.DataFrame(
        {
            "name": financiers["name"],
            "share": financiers["share"],
            "ceiling": ceiling,
            "paid": paid,
            "room": ceiling - paid,
        }
    )


@kept
def room_finding(rows: pd.DataFrame, language: str) -> str:
    """Return the room that is left, in all and per financier."""
    if rows["room"].isna().any():
        return t("results.room_unknown", language)
    parts = [f"{row['name']} {euros(row['room'], language)}" for _, row in rows.iterrows()]
    key = "results.room_finding" if (rows["room"] >= 0).all() else "results.room_over"
    left = euros(rows["room"].sum(), language)
    return t(key, language, left=left, parts=listed(parts, language))


@kept
def late_note(rows: pd.DataFrame, contract: pd.DataFrame, language: str) -> str:
    """Return that earlier quarters are left out of the picture; '' when none is."""
    start = quarter_of(pd.Timestamp(contract["starts_on"].iloc[0]).date())
    first = str(rows["period"].min())
    if first <= start:
        return ""
    return t("results.from", language, period=period_label(first, language))
