"""One published value in words: its number, its bound, what it leaves out, or why there is none."""

from collections.abc import Hashable, Mapping
from typing import Any, TypeAlias

import pandas as pd

from dashboard.words.copy import t
from dashboard.words.numbers import euro_range, number, signed, value_text
from dashboard.words.places import WITHOUT_WIJK
from dashboard.words.rows import plain
from dashboard.words.small_places import breakdown_of
from data_access.values import SHOWN
from indicators.catalogue import indicator
from indicators.vocabulary import Count, Indicator

Cell: TypeAlias = "Mapping[Hashable, Any] | pd.Series"

# Between names in one field; no name holds it.
_BREAK = "\n"


def is_shown(cell: Cell) -> bool:
    """Tell whether there is a figure, be it without an organisation that did not deliver."""
    return cell["status"] in SHOWN


def is_whole(cell: Cell) -> bool:
    """Tell whether there is a figure that lacks no delivery: only such a one is compared."""
    return bool(cell["status"] == "published")


def shown_in(frame: pd.DataFrame) -> pd.Series:
    """Return for each row whether there is a figure (see `is_shown`)."""
    return frame["status"].isin(SHOWN)


def state_of(cell: Cell) -> str:
    """Return what a cell looks like on screen.

    "published", "zero", "partial", "no_data", "no_organisation" or "not_shown".
    """
    if cell["reason"] == "no_organisation":
        return "no_organisation"
    exactly_zero = cell["value"] == 0 and not cell.get("bound", "") and not _told(cell, "step")
    return "zero" if is_whole(cell) and exactly_zero else str(cell["status"])


def state_text(cell: Cell, language: str) -> str:
    """Return the state in words with its reason and remarks.

    "niet bekend: niet geleverd", "onvolledig, zonder Wijkbedrijf X", "gepubliceerd, zonder 15
    mensen".
    """
    if is_shown(cell):
        return ", ".join([t(f"status.{cell['status']}", language), *remarks(cell, language)])
    if cell["reason"] == "no_organisation":
        return t("status.no_organisation", language)
    state = t(f"status.{cell['status']}", language)
    return f"{state}: {_reason(cell, language)}" if cell["reason"] else state


def brief_state(cell: Cell, language: str) -> str:
    """Return why there is no figure, in a few words: for narrow cells."""
    if cell["reason"] == "no_organisation" or not cell["reason"]:
        return short_state(cell, language)
    return f"{short_state(cell, language)}: {t('reason.' + cell['reason'], language)}"


def short_state(cell: Cell, language: str) -> str:
    """Return that there is no figure, for where `state_text` stands beside it."""
    state = "no_organisation" if cell["reason"] == "no_organisation" else cell["status"]
    return t(f"status.{state}", language)


def remarks(cell: Cell, language: str) -> list[str]:
    """Return what a figure leaves out, or adds to its parts; [] for nothing.

    "zonder Wijkbedrijf X", "zonder 15 mensen", "afronding -5".

    Where there is no figure there is nothing to remark either.
    """
    if not is_shown(cell):
        return []
    found = []
    names = names_in(cell, "missing_names") or names_in(cell, "missing", ",")
    if names:
        found.append(t("remark.without", language, names=_listed(names, language)))
    people = _told(cell, "without")
    if people:
        found.append(t("remark.without_people", language, count=number(people, language)))
    rounding = _told(cell, "rounding")
    if rounding:
        found.append(t("remark.rounding", language, difference=signed(rounding, language)))
    return found


def figure_text(cell: Cell, indicator: Indicator, language: str) -> str:
    """Return the value with its sign ("€ 1.250", "12%"), or its bound, range or state.

    Without remarks: for where `state_text` or `remarks` stand beside it. `cell` has value (money
    in euros), status, reason, bound and bound_value; step and denominator where money is in steps.
    """
    if not is_shown(cell):
        return state_text(cell, language)
    if cell.get("bound", ""):
        limit = value_text(cell["bound_value"], indicator.unit, indicator.digits, language)
        return t(f"bound.{cell['bound']}", language, value=limit)
    if _told(cell, "step"):
        return euro_range(cell["value"], highest(cell, indicator), language, indicator.digits)
    return value_text(cell["value"], indicator.unit, indicator.digits, language)


def margin_text(cell: Cell, indicator: Indicator, language: str) -> str:
    """Return how far rounding may have moved a count that is a sum ("± 18"); '' for nothing."""
    plain = isinstance(indicator.numerator, Count) and indicator.denominator is None
    return error_text(_told(cell, "numerator_error"), language) if plain and is_shown(cell) else ""


def error_text(error: float, language: str) -> str:
    """Return "± 18"; '' for 0."""
    return f"±\N{NO-BREAK SPACE}{number(error, language)}" if error > 0 else ""


def exact_text(cell: Cell, indicator: Indicator, language: str) -> str:
    """Return `figure_text` with its margin: "235 ± 18"."""
    margin = margin_text(cell, indicator, language)
    return " ".join(filter(None, (figure_text(cell, indicator, language), margin)))


def cell_text(cell: Cell, indicator: Indicator, language: str) -> str:
    """Return a figure with its margin and remarks: "235 ± 18; zonder Wijkbedrijf X"."""
    return told(exact_text(cell, indicator, language), cell, language)


def told(shown: str, cell: Cell, language: str) -> str:
    """Return a figure in words with its remarks: "60; zonder Wijkbedrijf X"."""
    return "; ".join([shown, *remarks(cell, language)])


def highest(cell: Cell, indicator: Indicator) -> float:
    """Return the highest value that is possible where money is in steps; else the value."""
    base = cell.get("denominator", float("nan"))
    over = indicator.per * _told(cell, "step") / (1 if pd.isna(base) else base)
    return float(cell["value"] + over)


def _told(cell: Cell, name: str) -> float:
    value = cell.get(name, 0)
    return 0.0 if pd.isna(value) else float(value)


def _reason(cell: Cell, language: str) -> str:
    together = names_in(cell, "together_names")
    if cell["reason"] == "small_place" and together:
        return t("remark.small_place", language, names=_listed(together, language))
    return t(f"reason.{cell['reason']}", language)


def _listed(names: list[str], language: str) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {t('sentence.and', language)} {names[-1]}"


def names_in(cell: Cell, column: str, between: str = _BREAK) -> list[str]:
    """Return the names in a column of `with_organisations`; [] where the cell has no such one."""
    names = cell.get(column, "")
    return [each for each in names.split(between) if each] if isinstance(names, str) else []


def wants_organisations(frame: pd.DataFrame) -> bool:
    """Tell whether something in published figures cannot be said without organisations' names."""
    return bool((frame["missing"] != "").any() or (frame["reason"] == "small_place").any())


def with_organisations(frame: pd.DataFrame, *known: pd.DataFrame) -> pd.DataFrame:
    """Add to published figures the names that their remarks need (see `names_in`).

    missing_names: of organisations of which a delivery is missing; together_names: of those whose
    small places, together, have the figures that a small place does not show: in this breakdown,
    for a place may be too small for one and not for another, or be in no group. `known`:
    data_access.organisation_names, per release.
    """
    names: dict[str, str] = {}
    # By period and item: of which breakdown and area, whose, and by what name.
    groups: dict[tuple[str, str], list[tuple[str, str, str, str]]] = {}
    for each in known:
        columns = (each["organisation_id"], each["name"], each["together_in"])
        for organisation, name, together_in in zip(*columns, strict=True):
            names[organisation] = name
            for where in filter(None, together_in.split(",")):
                breakdown, period, item, area = where.split("|")
                found = groups.setdefault((period, item), [])
                found.append((breakdown, area, organisation, name))

    def missing(ids: str) -> str:
        return _BREAK.join(sorted(names.get(each, each) for each in ids.split(",") if each))

    def together(row: Mapping[Hashable, Any]) -> str:
        place, whose = row.get("area_code", ""), row.get("organisation_id", "")
        about, what = _breakdowns_of(row), str(row.get("item", "")).replace(",", ";")
        return _BREAK.join(
            sorted(
                {
                    name
                    for breakdown, area, organisation, name in groups.get((row["period"], what), ())
                    if (breakdown in about or not about)
                    and (organisation == whose or area == place)
                }
            )
        )

    small = frame["reason"] == "small_place"
    of_small = iter([together(row) for row in plain(frame[small])] if small.any() else [])
    return frame.assign(
        missing_names=[missing(ids) if ids else "" for ids in frame["missing"]],
        together_names=[next(of_small) if each else "" for each in small],
    )


def _breakdowns_of(row: Mapping[Hashable, Any]) -> set[str]:
    """Return the counts whose size decides on a figure; none where it is not said what it is."""
    if "measure" in row:
        return {breakdown_of(row["measure"], row["period"])}
    if "indicator" not in row:
        return set()
    each = indicator(row["indicator"])
    terms = (each.numerator, each.denominator)
    # Money of places follows who was small in the year.
    of_counts = {x.measure for x in terms if isinstance(x, Count)} or {"volunteers"}
    return {breakdown_of(name, row["period"]) for name in of_counts}


_ORDER = ("wijk", *WITHOUT_WIJK, "gemeente")


def with_names(frame: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return the values with columns name and level from the areas of a release, wijken by name.

    Then follow the places of people in no known wijk, and the whole gemeente comes last. Areas
    that are not in `areas` are left out.
    """
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    levels = dict(zip(areas["area_code"], areas["level"], strict=True))
    codes = frame["area_code"].tolist()
    order = sorted(
        (place for place, code in enumerate(codes) if code in names),
        key=lambda place: (
            _ORDER.index(levels[codes[place]]),
            names[codes[place]].casefold(),
        ),
    )
    kept = [codes[place] for place in order]
    return (
        frame.take(order)
        .reset_index(drop=True)
        .assign(name=[names[code] for code in kept], level=[levels[code] for code in kept])
    )
