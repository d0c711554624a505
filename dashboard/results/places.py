"""Results per wijk and per organisation of a contract. Pure functions on published counts."""

from collections.abc import Mapping

import pandas as pd

from dashboard.results.states import about, error_of_sum
from dashboard.tables.columns import Column, Row, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import number
from dashboard.words.places import WITHOUT_WIJK
from data_access.result_states import STATES_OF_PLACES

KINDS = ("wijk", "organisatie")
STATES = dict(zip(("claimed", "judged_yes", "checked_yes", "paid"), STATES_OF_PLACES, strict=True))


def names(found: pd.DataFrame, areas: pd.DataFrame, gemeente: str) -> dict[str, dict[str, str]]:
    """Return id -> name of the wijken of a gemeente and of the organisations in `found`, by name.

    Behind the wijken come the places of people in no known wijk. `found`:
    data_access.contract_results. The outer keys are KINDS.
    """
    here = areas[areas["gemeente_code"] == gemeente]
    wijken = here[here["level"] == "wijk"]
    no_wijk = here[here["level"].isin(WITHOUT_WIJK)]
    organisations = found[found["organisation_id"] != ""].drop_duplicates("organisation_id")
    return {
        "wijk": _by_name(wijken["area_code"], wijken["name"])
        | _by_name(no_wijk["area_code"], no_wijk["name"]),
        "organisatie": _by_name(organisations["organisation_id"], organisations["organisation"]),
    }


def _by_name(ids: pd.Series, found: pd.Series) -> dict[str, str]:
    return dict(sorted(zip(ids, found, strict=True), key=lambda pair: pair[1].casefold()))


def by_place(
    found: pd.DataFrame,
    contract: pd.DataFrame,
    names: Mapping[str, str],
    kind: str,
    language: str,
) -> pd.DataFrame:
    """Return the states of each outcome in each place that has any, a row per place and outcome.

    `found`: data_access.contract_results of one reference date or more; `names`: id -> name in the
    order to show; `kind`: one of KINDS. Columns: place, name, outcome, one per STATES (NaN where
    there is no figure), hidden (the reason why verdicts are not shown, or ''), left_out (claimed
    results that the verdicts leave out), error (how far rounding may have moved the verdicts). A
    state that is not in `found` is a published 0.
    """
    key = {"wijk": "area_code", "organisatie": "organisation_id"}[kind]
    mine = found[found[key].isin(list(names))]
    by_state = mine.set_index([key, "item", "measure", "category"])
    known = by_state["value"].to_dict()
    present = set(mine[~_is_empty(mine)][key])
    remarks = _remarks(mine, key)
    rows = [
        {
            "place": place,
            "name": name,
            "outcome": outcome[f"name_{language}"],
            **{
                state: _number(known.get((place, f"{contract_id}/{outcome_id}", *which), 0))
                for state, which in STATES.items()
            },
            **remarks.get((place, f"{contract_id}/{outcome_id}"), _NO_REMARKS),
        }
        for place, name in names.items()
        if place in present
        for (contract_id, outcome_id), outcome in contract.set_index(
            ["contract_id", "outcome_id"]
        ).iterrows()
    ]
    return pd.DataFrame(rows, columns=["place", "name", "outcome", *STATES, *_NO_REMARKS])


_NO_REMARKS: dict[str, object] = {"hidden": "", "left_out": 0.0, "error": 0.0}


def _is_empty(cells: pd.DataFrame) -> pd.Series:
    """Tell which cells say nothing: too uncertain a part of what is nothing as a whole."""
    if "reason" not in cells:
        return pd.Series(False, index=cells.index)
    return (cells["reason"] == "uncertain") & (cells["without"] == 0)


def _remarks(cells: pd.DataFrame, key: str) -> dict[tuple[str, str], dict[str, object]]:
    """Return by place and item what its verdicts leave out or hide."""
    if "reason" not in cells:
        return {}
    verdicts = cells[cells["category"] != ""]
    found: dict[tuple[str, str], dict[str, object]] = {}
    for (place, item), mine in verdicts.groupby([key, "item"]):
        hidden = mine[mine["status"] == "not_shown"]
        reason = str(hidden["reason"].iloc[0]) if len(hidden) else ""
        found[str(place), str(item)] = {
            "hidden": reason,
            "left_out": float(mine["without"].max()),
            "error": float(mine["error"].max()) if "error" in mine else 0.0,
        }
    return found


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def of_all_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return per place what residents and administration call achieved, over all outcomes.

    Columns: name, residents, administration (NaN where a part is unknown, or all is hidden),
    hidden, left_out (claimed results that are in neither), error (how far rounding may have moved
    the sums). `rows`: by_place.
    """
    found = []
    for name, mine in rows.groupby("name", sort=False):
        unknown = mine[mine["hidden"] == ""]
        shown = mine if unknown.empty else unknown
        sums = shown[["judged_yes", "checked_yes"]].sum(skipna=False)
        found.append(
            {
                "name": name,
                "residents": sums["judged_yes"],
                "administration": sums["checked_yes"],
                "hidden": mine["hidden"].iloc[0] if unknown.empty else "",
                "left_out": mine["left_out"].sum(),
                "error": error_of_sum(shown["error"]),
            }
        )
    return pd.DataFrame(found, columns=["name", "residents", "administration", *_NO_REMARKS])


def finding(rows: pd.DataFrame, kind: str, language: str) -> str:
    """Return where most results are that residents call achieved. `rows`: of_all_outcomes."""
    known = rows[rows["hidden"] == ""]
    if known["residents"].isna().any():
        return t("results.places_unknown", language)
    total = known["residents"].sum()
    if not total:
        return t("results.places_none", language)
    most = known.loc[known["residents"].idxmax()]
    some = "_shown" if rows["left_out"].any() or len(known) < len(rows) else ""
    return t(
        f"results.places_{kind}{some}",
        language,
        total=number(total, language),
        name=most["name"],
        count=number(most["residents"], language),
    )


def alternative(rows: pd.DataFrame, title: str, language: str) -> str:
    """Return the text alternative: every place with both judgements."""
    parts = [
        t(
            "results.places_part",
            language,
            name=row["name"],
            residents=about(row["residents"], language, row["error"], row["hidden"]),
            administration=about(row["administration"], language, row["error"], row["hidden"]),
        )
        for _, row in rows.iterrows()
    ]
    return t("results.places_alternative", language, finding=title, places="; ".join(parts))


def columns(kind: str, language: str) -> list[Column]:
    """Return the columns of by_place."""

    def count(state: str) -> Column:
        def words(row: Row) -> str:
            if pd.notna(row[state]):
                return number(row[state], language)
            hidden = row["hidden"] and STATES[state][1]
            return t("status.not_shown" if hidden else "status.no_data", language)

        return Column(
            t(f"results.state_{state}", language),
            words,
            lambda row: None if pd.isna(row[state]) else row[state],
            numeric=True,
        )

    def without(row: Row) -> str:
        count = number(row["left_out"], language)
        return t("results.without", language, count=count) if row["left_out"] else ""

    first = {"wijk": "common.area", "organisatie": "spending.organisation"}[kind]
    return [
        text_column(t(first, language), "name"),
        text_column(t("results.outcome", language), "outcome"),
        *(count(state) for state in STATES),
        Column(t("results.remark", language), without, without),
    ]
