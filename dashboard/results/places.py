"""Results per wijk and per organisation of a contract. Pure functions on published counts."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.results.states import about, error_of_sum, most
from dashboard.tables.columns import Column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import number
from dashboard.words.places import WITHOUT_WIJK
from dashboard.words.rows import Row, plain
from data_access.result_states import STATES_OF_PLACES

KINDS = ("wijk", "organisatie")
STATES = dict(zip(("claimed", "judged_yes", "checked_yes", "paid"), STATES_OF_PLACES, strict=True))


def names(found: pd.DataFrame, areas: pd.DataFrame, gemeente: str) -> dict[str, dict[str, str]]:
    """Return id -> name of the wijken of a gemeente and of the organisations in `found`, by name.

    Behind the wijken come the places of people in no known wijk. `found`:
    data_access.contract_results. The outer keys are KINDS.
    """
    wijken, no_wijk = {}, {}
    columns = ("gemeente_code", "level", "area_code", "name")
    for owner, level, code, name in zip(*(areas[each] for each in columns), strict=True):
        if owner == gemeente and level == "wijk":
            wijken[code] = name
        elif owner == gemeente and level in WITHOUT_WIJK:
            no_wijk[code] = name
    organisations = dict(zip(found["organisation_id"], found["organisation"], strict=True))
    organisations.pop("", None)
    return {
        "wijk": _by_name(wijken) | _by_name(no_wijk),
        "organisatie": _by_name(organisations),
    }


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda pair: pair[1].casefold()))


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
    cells: dict[tuple[str, str], list[Row]] = {}
    present = set()
    for cell in plain(found):
        if cell[key] in names:
            cells.setdefault((cell[key], cell["item"]), []).append(cell)
            if not _is_empty(cell):
                present.add(cell[key])
    outcomes = [
        (f"{outcome['contract_id']}/{outcome['outcome_id']}", outcome[f"name_{language}"])
        for outcome in plain(contract)
    ]
    rows = [
        {
            "place": place,
            "name": name,
            "outcome": outcome,
            **_states(cells.get((place, item), [])),
            **_remarks(cells.get((place, item), [])),
        }
        for place, name in names.items()
        if place in present
        for item, outcome in outcomes
    ]
    return pd.DataFrame(rows, columns=["place", "name", "outcome", *STATES, *_NO_REMARKS])


_NO_REMARKS: dict[str, object] = {"hidden": "", "left_out": 0.0, "error": 0.0}


def _is_empty(cell: Row) -> bool:
    """Tell whether a cell says nothing: too uncertain a part of what is nothing as a whole."""
    return bool(cell.get("reason") == "uncertain" and cell["without"] == 0)


def _states(cells: Sequence[Row]) -> dict[str, float]:
    """Return the states of one outcome in one place."""
    known = {(cell["measure"], cell["category"]): cell["value"] for cell in cells}
    return {state: _number(known.get(which, 0)) for state, which in STATES.items()}


def _remarks(cells: Sequence[Row]) -> dict[str, object]:
    """Return what the verdicts on one outcome in one place leave out or hide."""
    verdicts = [cell for cell in cells if cell["category"] and "reason" in cell]
    if not verdicts:
        return _NO_REMARKS
    reasons = (str(cell["reason"]) for cell in verdicts if cell["status"] == "not_shown")
    return {
        "hidden": next(reasons, ""),
        "left_out": most(verdicts, "without"),
        "error": most(verdicts, "error"),
    }


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def of_all_outcomes(rows: pd.DataFrame) -> pd.DataFrame:
    """Return per place what residents and administration call achieved, over all outcomes.

    Columns: name, residents, administration (NaN where a part is unknown, or all is hidden),
    hidden, left_out (claimed results that are in neither), error (how far rounding may have moved
    the sums). `rows`: by_place.
    """
    by_name: dict[str, list[Row]] = {}
    for row in plain(rows):
        by_name.setdefault(row["name"], []).append(row)
    found = []
    for name, mine in by_name.items():
        unknown = [row for row in mine if not row["hidden"]]
        shown = unknown or mine
        found.append(
            {
                "name": name,
                "residents": sum(row["judged_yes"] for row in shown),
                "administration": sum(row["checked_yes"] for row in shown),
                "hidden": "" if unknown else mine[0]["hidden"],
                "left_out": sum(row["left_out"] for row in mine),
                "error": error_of_sum(row["error"] for row in shown),
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
        for row in plain(rows)
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
