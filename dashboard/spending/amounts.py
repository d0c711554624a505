"""What was spent, on what, and what an outcome cost. Pure functions on frames.

Rows about places (wijken, organisations, taakvelden, financiers) have columns place, name, total,
per_resident, one column of euros per outcome, unattributed (euros that belong to no outcome),
status, reason and missing_names. Amounts are NaN where there is no figure. Of a small place they
are lower ends of ranges: `total_step` and so on tell how much more it may be (0: exact).
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from dashboard.comparison import members
from dashboard.comparison.judgement import Judged, Verdict, judge
from dashboard.comparison.law import Law
from dashboard.comparison.members import UnitKind
from dashboard.comparison.said import differ_sentence, verdict_words
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.findings import listed
from dashboard.words.numbers import euro_range, euros, number, percent
from dashboard.words.rows import Row, plain
from dashboard.words.value_text import is_shown, remarks, state_text
from data_access.amounts import TOGETHER
from indicators.catalogue import OUTCOMES, outcome
from indicators.taakvelden import TAAKVELDEN
from indicators.vocabulary import Indicator

INDICATORS_ASKED = (
    "spending",
    "spending_per_resident",
    *(f"cost_per_{each.id}" for each in OUTCOMES),
)
OUTCOME_IDS = tuple(each.id for each in OUTCOMES)
AMOUNTS = ("total", "per_resident", *OUTCOME_IDS, "unattributed")
STEPS = tuple(f"{each}_step" for each in AMOUNTS)
_COLUMNS = ("place", "name", *AMOUNTS, *STEPS, "status", "reason", "missing_names")
NAN = float("nan")
ONE_EURO, ONE_CENT = 1.0, 0.01


def classes(language: str) -> dict[str, str]:
    """Return the names of the outcomes by id, and last of money that belongs to none."""
    named = {each.id: each.name.in_language(language) for each in OUTCOMES}
    return {**named, "unattributed": t("spending.unattributed", language)}


def is_gemeente(row: Row) -> bool:
    """Tell whether a row is about the whole gemeente."""
    return str(row["place"]).startswith("GM")


def names_of(areas: pd.DataFrame, gemeente: str) -> dict[str, str]:
    """Return the wijken of a gemeente by name and the gemeente itself last: code -> name."""
    columns = ("gemeente_code", "level", "area_code", "name")
    here = [
        (level, code, name)
        for owner, level, code, name in zip(*(areas[each] for each in columns), strict=True)
        if owner == gemeente
    ]
    wijken = {code: name for level, code, name in here if level == "wijk"}
    whole = {code: name for level, code, name in here if level == "gemeente"}
    return dict(sorted(wijken.items(), key=lambda pair: pair[1].casefold())) | whole


def organisation_names(organisations: pd.DataFrame, wijk: str) -> dict[str, str]:
    """Return id -> name of all organisations, or only those tied to a wijk.

    `organisations`: data_access.organisation_names.
    """
    columns = ("organisation_id", "name", "wijk_codes")
    return {
        each: name
        for each, name, codes in zip(*(organisations[each] for each in columns), strict=True)
        if not wijk or wijk in codes.split(",")
    }


def by_place(values: pd.DataFrame, key: str, names: Mapping[str, str]) -> pd.DataFrame:
    """Return a row per place in the order of `names`.

    `values`: INDICATORS_ASKED of one year from data_access.panel (`key` "area_code") or
    by_organisation ("organisation_id"). Places without a figure are left out. What a small place
    spent on no outcome is not worked out: amounts in steps are not subtracted.
    """
    found: dict[str, dict[str, Row]] = {}
    for cell in plain(values):
        found.setdefault(cell[key], {})[cell["indicator"]] = cell
    rows = []
    for place, name in names.items():
        mine = found.get(place, {})
        if "spending" not in mine:
            continue
        spent = mine["spending"]
        amounts: dict[str, float] = {**dict.fromkeys(AMOUNTS, NAN), **dict.fromkeys(STEPS, 0.0)}
        if is_shown(spent):
            amounts["total"], amounts["total_step"] = spent["value"], _step(spent)
            for each in OUTCOME_IDS:
                cell = mine[f"cost_per_{each}"]
                amounts[each], amounts[f"{each}_step"] = cell["numerator"], _step(cell)
            if not amounts["total_step"]:
                attributed = sum(amounts[each] for each in OUTCOME_IDS)
                amounts["unattributed"] = _rest(amounts["total"], attributed)
            if "spending_per_resident" in mine:
                cell = mine["spending_per_resident"]
                amounts["per_resident"] = cell["value"]
                if _step(cell):
                    amounts["per_resident_step"] = _step(cell) / cell["denominator"]
        rows.append({"place": place, "name": name, **_state(spent), **amounts})
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _state(cell: Row) -> dict[str, object]:
    names = cell.get("missing_names", "")
    return {"status": cell["status"], "reason": cell["reason"], "missing_names": names}


def _step(cell: Row) -> float:
    step = cell.get("step", 0.0)
    return 0.0 if pd.isna(step) else float(step)


def _rest(total: float, parts: float) -> float:
    rest = round(total - parts, 2)
    return 0.0 if abs(rest) < ONE_CENT else rest


def elsewhere(
    money: pd.DataFrame, key: str, small: Mapping[str, str], outside: str, language: str
) -> pd.DataFrame:
    """Return a row for money of small places together, and for money of no place.

    `money`: data_access.money_of_places of one year by `key` ("area_code" or "organisation_id")
    and outcome; `small`: the names of the members by the id of their group (else a general name is
    used); `outside`: the name of the money of no place.
    """
    by_place: dict[str, dict[str, float]] = {}
    for cell in plain(money):
        sums = by_place.setdefault(cell[key], {})
        sums[cell["outcome"]] = sums.get(cell["outcome"], 0.0) + cell["euros"]
    rows = []
    for place, by_outcome in sorted(by_place.items(), reverse=True):
        together = place.startswith(TOGETHER)
        if place and not together:
            continue
        parts = {each: by_outcome.get(each, 0.0) for each in OUTCOME_IDS}
        general = t("spending.small_together", language)
        total = sum(by_outcome.values())
        if total < ONE_EURO:
            continue
        rows.append(
            {
                "place": place,
                "name": small.get(place, general) if together else outside,
                "total": total,
                "per_resident": NAN,
                **parts,
                "unattributed": _rest(total, sum(parts.values())),
                **dict.fromkeys(STEPS, 0.0),
                "status": "published",
                "reason": "",
                "missing_names": "",
            }
        )
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def with_elsewhere(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Add, before the gemeente's own row, `elsewhere`. `rows`: by_place of a gemeente."""
    whole = rows["place"].str.startswith("GM")
    parts = [each for each in (rows[~whole], others, rows[whole]) if len(each)]
    return pd.concat(parts, ignore_index=True) if whole.any() and parts else rows


def drawn_places(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the places whose amounts can be drawn: small ones have ranges, and are together."""
    exact = (rows["total_step"] == 0) & rows["total"].notna()
    return rows[exact & ~rows["place"].str.startswith("GM")]


def with_whole(values: pd.DataFrame, gemeente: str) -> pd.DataFrame:
    """Give the row about all organisations together the code of the gemeente as its id.

    `values`: data_access.by_organisation.
    """
    ids = values["organisation_id"].replace("", gemeente)
    return values.assign(organisation_id=ids)


def by_organisation(
    values: pd.DataFrame, names: Mapping[str, str], residents: float, others: pd.DataFrame
) -> pd.DataFrame:
    """Return a row per organisation, the largest first; then what belongs to none, and the whole.

    `values`: with_whole; `names` has the gemeente's code only where the whole is wanted;
    `residents` of the gemeente; `others`: elsewhere.
    """
    rows = by_place(values, "organisation_id", names)
    whole = rows["place"].str.startswith("GM")
    largest_first = rows[~whole].sort_values("total", ascending=False)
    ordered = with_elsewhere(pd.concat([largest_first, rows[whole]], ignore_index=True), others)
    return ordered.assign(per_resident=ordered["total"] / residents)


def organisations_only(rows: pd.DataFrame) -> pd.DataFrame:
    """Return by_organisation without the money of no single organisation, and without the whole."""
    return rows[(rows["place"] != "") & ~rows["place"].str.startswith(("GM", TOGETHER))]


def flows(
    money: pd.DataFrame, group: str, names: Mapping[str, str], residents: float
) -> pd.DataFrame:
    """Return a row per taakveld or financier, the largest first.

    `money`: data_access.money of one year by `group` and outcome (and more); `residents` of the
    place it is about (NaN when unknown).
    """
    by_group: dict[str, dict[str, list[float]]] = {}
    for cell in plain(money):
        by_group.setdefault(cell[group], {}).setdefault(cell["outcome"], []).append(cell["euros"])
    found = []
    for flow, amounts in sorted(by_group.items()):
        # In whole cents, so that a file has no amounts such as 199753.66999999998.
        sums = {each: round(sum(amounts.get(each, ())), 2) for each in (*OUTCOME_IDS, "")}
        total = round(sum(sums.values()), 2)
        found.append(
            {
                **{outcome: sums[outcome] for outcome in OUTCOME_IDS},
                "unattributed": sums[""],
                "total": total,
                "per_resident": total / residents,
                "place": flow,
                "name": names.get(flow, flow),
                "status": "published",
                "reason": "",
                "missing_names": "",
                **dict.fromkeys(STEPS, 0.0),
            }
        )
    rows = pd.DataFrame(found)
    return rows.sort_values("total", ascending=False).reset_index(drop=True)


def taakveld_names() -> dict[str, str]:
    """Return code -> "6.5 Arbeidsparticipatie"."""
    return {each.code: f"{each.code} {each.name}" for each in TAAKVELDEN}


def amount_columns(first: str, language: str) -> list[Column]:
    """Return the columns of rows about places: name, amounts, state. `first` heads the names."""

    def state(row: Row) -> str:
        said = state_text(row, language)
        return f"{said}, {t('spending.in_steps', language)}" if row["total_step"] else said

    return [
        text_column(first, "name"),
        _amount_column(t("spending.total", language), "total", language),
        _amount_column(t("spending.per_resident", language), "per_resident", language, 2),
        *(_amount_column(name, each, language) for each, name in classes(language).items()),
        Column(t("common.status", language), state, state),
    ]


def _amount_column(header: str, name: str, language: str, digits: int = 0) -> Column:
    """Return a column of amounts; one in steps is a range, and words in a file."""

    def shown(row: Row) -> str:
        if pd.isna(row[name]):
            return ""
        return euro_range(row[name], row[name] + row[f"{name}_step"], language, digits)

    def raw(row: Row) -> object:
        if pd.isna(row[name]):
            return None
        return shown(row) if row[f"{name}_step"] else row[name]

    return Column(header, shown, raw, numeric=True)


def spread_title(row: pd.Series, year: str, language: str) -> str:
    """Return the finding of a place's spending: how much, and how much belongs to no outcome."""
    if not is_shown(row):
        state = state_text(row, language)
        return t("spending.not_known", language, name=row["name"], year=year, state=state)
    left_out = remarks(row, language)
    name = f"{row['name']} ({', '.join(left_out)})" if left_out else row["name"]
    if row["total_step"]:
        amount = euro_range(row["total"], row["total"] + row["total_step"], language)
        return t("spending.spread_range", language, name=name, year=year, total=amount)
    if not row["total"]:
        return t("spending.nothing", language, name=row["name"], year=year)
    return t(
        "spending.spread_title",
        language,
        name=name,
        year=year,
        total=euros(row["total"], language),
        rest=euros(row["unattributed"], language),
        share=percent(100 * row["unattributed"] / row["total"], language),
    )


def flow_title(
    rows: pd.DataFrame, year: str, language: str, key: str = "spending.flow_title"
) -> str:
    """Return which taakveld, financier or organisation stands for most of the money."""
    largest, total = rows.iloc[0] if len(rows) else None, rows["total"].sum()
    if largest is None or not total:
        return t("common.nothing", language)
    return t(
        key,
        language,
        name=largest["name"],
        year=year,
        euros=euros(largest["total"], language),
        share=percent(100 * largest["total"] / total, language),
    )


def judged_costs(values: pd.DataFrame, key: str, indicator: Indicator) -> Judged:
    """Return the verdict of every place on the cost of one outcome, against its gemeente.

    `values` as for `by_place`: of all wijken or all organisations, whichever are shown, and of the
    gemeente by its code.
    """
    mine = values[values["indicator"] == indicator.id]
    ids = [str(each) for each in mine[key]]
    gemeente = next((each for each in ids if each.startswith("GM")), "")
    apart = [each for each in ids if each != gemeente]
    kind = UnitKind.ORGANISATIONS
    if key == "area_code":
        apart = [each for each in apart if each.startswith("WK")]
        kind = UnitKind.WIJKEN
    by_id = mine.set_index(key)
    whole = by_id.loc[gemeente] if gemeente else None
    return members.judged_among(by_id.reindex(apart), kind, whole, indicator)


def costs(
    values: pd.DataFrame, key: str, names: Mapping[str, str], outcome_id: str, judged: Judged
) -> pd.DataFrame:
    """Return what one outcome cost in each place, in the order of `names`.

    Columns: place, name, euros, count, estimate (NaN for zero outcomes), lower, upper (NaN: none),
    spent (False where nothing was spent on it), step (of a small place: how much more the euros may
    be; it has bounds and no estimate), verdict (`judgement.Verdict`; None of the whole), status,
    reason, missing_names, without (people whom the count leaves out). `values` as for `by_place`;
    `judged`: `judged_costs` of them.
    """
    mine = values[values["indicator"] == f"cost_per_{outcome_id}"]
    cells = dict(zip(mine[key], plain(mine), strict=True))
    verdicts = dict(zip(judged.places.index, plain(judged.places), strict=True))
    rows = []
    for place, name in names.items():
        if place not in cells:
            continue
        cell = cells[place]
        row = {"place": place, "name": name, **_state(cell), "without": cell.get("without", 0)}
        known = is_shown(cell) or cell["reason"] == "zero_outcomes"
        stands = verdicts.get(place)
        if stands is None:
            # The whole is not judged, but it has bounds like each of its places.
            [bounds] = plain(judge(mine[mine[key] == place], Law.MONEY).places)
            stands = {**bounds, "verdict": None}
        row |= _cost(cell, stands) if known else _no_cost() | {"verdict": stands["verdict"]}
        rows.append(row)
    about = ("place", "name", "status", "reason", "missing_names", "without")
    return pd.DataFrame(rows, columns=[*about, *_no_cost(), "verdict"])


def _cost(cell: Row, stands: Row) -> dict[str, object]:
    amount, count, step = cell["numerator"], float(cell["denominator"]), _step(cell)
    return {
        "euros": amount,
        "step": step,
        "count": count,
        "estimate": NAN if step else stands["value"],
        "lower": stands["lower"],
        "upper": stands["upper"],
        "spent": amount + step > 0,
        "verdict": stands["verdict"],
    }


def _no_cost() -> dict[str, object]:
    amounts = ("euros", "count", "estimate", "lower", "upper")
    return {**dict.fromkeys(amounts, NAN), "step": 0.0, "spent": False}


def cost_words(row: Row | pd.Series, language: str) -> str:
    """Return the cost as text: with interval, as "more than", or why there is none."""
    if pd.isna(row["euros"]):
        return state_text(row, language)
    if not row["spent"]:
        return t("spending.no_money", language)
    left_out = remarks(row, language)
    words = _bounds_in_words(row, language)
    return f"{words}; {', '.join(left_out)}" if left_out else words


def _bounds_in_words(row: Row | pd.Series, language: str) -> str:
    if pd.isna(row["lower"]):
        # How many outcomes are left out is not known, so neither are bounds.
        known = pd.notna(row["estimate"])
        return euros(row["estimate"], language) if known else t("spending.cannot_be_said", language)
    low = euros(row["lower"], language)
    if row["step"] and pd.notna(row["upper"]):
        return euro_range(row["lower"], row["upper"], language)
    if row["step"] and not row["lower"]:
        return t("spending.cannot_be_said", language)
    if pd.isna(row["estimate"]):
        return t("spending.more_than", language, value=low)
    shown = euros(row["estimate"], language)
    if pd.isna(row["upper"]):
        return t("spending.open_interval", language, value=shown, low=low)
    high = euros(row["upper"], language)
    return t("spending.interval", language, value=shown, low=low, high=high)


def drawable_costs(rows: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return the rows that have money, a count and bounds, with their cost in words (`words`)."""
    bounded = rows["lower"].notna() & (rows["step"] == 0)
    drawn = rows[rows["spent"].astype(bool) & bounded]
    return drawn.assign(words=[cost_words(row, language) for row in plain(drawn)])


def cost_columns(first: str, outcome_id: str, kind: UnitKind, language: str) -> list[Column]:
    """Return the columns of `costs`."""

    def verdict(row: Row) -> str:
        return verdict_words(row["verdict"], kind, language)

    def per_outcome(row: Row) -> str:
        if row["spent"] and pd.notna(row["estimate"]):
            return euros(row["estimate"], language)
        return cost_words(row, language)

    def amount(row: Row) -> str:
        if pd.isna(row["euros"]):
            return ""
        return euro_range(row["euros"], row["euros"] + row["step"], language)

    def at_most(row: Row) -> str:
        if not row["spent"] or pd.isna(row["lower"]):
            return ""
        no_bound = t("spending.no_upper", language)
        return no_bound if pd.isna(row["upper"]) else euros(row["upper"], language)

    one = outcome(outcome_id).one.in_language(language)
    return [
        text_column(first, "name"),
        Column(
            t("spending.on_outcome", language),
            amount,
            lambda row: (
                amount(row) if row["step"] else None if pd.isna(row["euros"]) else row["euros"]
            ),
            numeric=True,
        ),
        number_column(
            t("spending.count", language), "count", lambda value: number(value, language)
        ),
        Column(
            t("spending.per_one", language, one=one),
            per_outcome,
            lambda row: per_outcome(row) if pd.isna(row["estimate"]) else row["estimate"],
            numeric=True,
        ),
        Column(
            t("spending.at_least", language),
            lambda row: euros(row["lower"], language) if _bounded(row) else "",
            lambda row: row["lower"] if _bounded(row) else None,
            numeric=True,
        ),
        Column(
            t("spending.at_most", language),
            at_most,
            lambda row: at_most(row) if pd.isna(row["upper"]) else row["upper"],
            numeric=True,
        ),
        Column(t("sheet.verdict", language), verdict, verdict),
    ]


def _bounded(row: Row) -> bool:
    return bool(row["spent"] and pd.notna(row["lower"]))


def cost_title(row: pd.Series, outcome_id: str, year: str, language: str) -> str:
    """Return what an outcome cost in one place, as a sentence."""
    one = outcome(outcome_id).one.in_language(language)
    return t(
        "spending.cost_title",
        language,
        one=one,
        name=row["name"],
        year=year,
        words=cost_words(row, language),
    )


def cost_verdicts(rows: pd.DataFrame, judged: Judged, kind: UnitKind, language: str) -> list[str]:
    """Return which places cost more or less than the whole, and of which it cannot be told.

    `rows`: `costs` without the whole itself; `judged`: `judged_costs`.
    """
    whole = judged.whole_value
    if whole is None:
        return [t("spending.no_comparison", language)]
    if not np.isfinite(whole):
        return [t("spending.no_whole", language)]
    told = []
    found = list(zip(rows["name"], rows["verdict"], strict=True))
    for key, verdicts in (
        ("dearer", (Verdict.HIGHER,)),
        ("cheaper", (Verdict.LOWER,)),
        ("perhaps", (Verdict.PERHAPS_HIGHER, Verdict.PERHAPS_LOWER)),
    ):
        names = [name for name, verdict in found if verdict in verdicts]
        if names:
            several = listed(names, language)
            told.append(t(f"spending.{key}", language, names=several, whole=euros(whole, language)))
    one = "organisation" if kind is UnitKind.ORGANISATIONS else "wijk"
    if not any(verdict in (Verdict.HIGHER, Verdict.LOWER) for _, verdict in found):
        none = t(f"spending.none_differs_{one}", language, whole=euros(whole, language))
        told.insert(0, none)
    else:
        rest = sum(verdict == Verdict.INSIDE for _, verdict in found)
        told += [t(f"spending.rest_{one}", language, count=rest)] if rest else []
    differ = differ_sentence(judged, kind, language)
    return [differ, *told] if differ else told
