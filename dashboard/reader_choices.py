"""From the parameters of a URL to a Selection, checked against the release. Pure functions."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.page_list import DEFAULT_INDICATOR, Page
from dashboard.selection import Release, Selection
from indicators.catalogue import INDICATORS, indicator
from indicators.periods import kind_of
from indicators.vocabulary import LANGUAGES

PARAMETER_OF = {
    "gemeente": "gemeente",
    "indicator": "indicator",
    "period": "periode",
    "wijk": "wijk",
    "language": "taal",
}
# The folded parts that are open: their names, or all of them, as a screen reader or paper wants.
OPEN_PARTS, ALL_OPEN = "open", "alles"
PARAMETERS = (*PARAMETER_OF.values(), "release", OPEN_PARTS)
# A choice that loses its meaning when another one changes.
DEPENDENTS = {
    "gemeente": ("wijk", "organisatie", "contract", "keuze"),
    "soort": ("keuze",),
}
LONGEST_EXTRA = 400


@dataclass
class Refusal(Exception):
    """The URL names a `subject` (a parameter's name) whose `value` is not in the release.

    `blamed` are the parameters to drop on the way on.
    """

    subject: str
    value: str
    blamed: tuple[str, ...]


@dataclass(frozen=True)
class Places:
    """The places of a release as plain values: what a URL may name.

    `gemeenten`: name by code; `wijken`: name by code, per gemeente; `periods`: closed periods,
    oldest first, per gemeente.
    """

    gemeenten: dict[str, str]
    wijken: dict[str, dict[str, str]]
    periods: dict[str, tuple[str, ...]]


def places(areas: pd.DataFrame) -> Places:
    """Return the places in the frame of data_access.release.areas, by name."""
    found = Places({}, {}, {})
    rows = areas[["area_code", "level", "gemeente_code", "name", "periods"]].to_dict("records")
    for row in sorted(rows, key=lambda row: row["name"].casefold()):
        if row["level"] == "gemeente":
            found.gemeenten[row["area_code"]] = row["name"]
            found.periods[row["area_code"]] = tuple(row["periods"].split())
        else:
            found.wijken.setdefault(row["gemeente_code"], {})[row["area_code"]] = row["name"]
    return found


def release(asked: Mapping[str, str], known: Sequence[Release]) -> Release:
    """Return the release out of `known` (newest first) that was asked for; usually the newest.

    Raises Refusal for a number that does not exist.
    """
    number = asked.get("release", "")
    if not number:
        return known[0]
    for each in known:
        if str(each.number) == number:
            return each
    raise Refusal("release", number, ("release",))


def selection(
    here: Page, asked: Mapping[str, str], release_number: int, known: Places
) -> Selection:
    """Return the Selection for a page.

    Raises Refusal for an unknown gemeente, wijk, indicator, period or language.
    """
    if asked.get("taal", LANGUAGES[0]) not in LANGUAGES:
        raise Refusal("taal", asked["taal"], ("taal",))
    gemeente = asked.get("gemeente") or next(iter(known.gemeenten), "")
    if gemeente not in known.gemeenten:
        raise Refusal("gemeente", gemeente, ("gemeente", "wijk", "periode"))
    wijk = asked.get("wijk", "")
    if wijk and wijk not in known.wijken.get(gemeente, {}):
        raise Refusal("wijk", wijk, ("wijk",))
    indicator_id = asked.get("indicator") or DEFAULT_INDICATOR
    if indicator_id not in {each.id for each in INDICATORS}:
        raise Refusal("indicator", indicator_id, ("indicator",))
    return Selection(
        page=here.id,
        release=release_number,
        gemeente=gemeente,
        indicator=indicator_id,
        period=_period(asked, periods_offered(here, indicator_id, gemeente, known), known),
        language=asked.get("taal", LANGUAGES[0]),
        wijk=wijk,
        extras=tuple(
            (name, asked[name][:LONGEST_EXTRA]) for name in here.extras if asked.get(name)
        ),
    )


def as_parameters(selection: Selection) -> dict[str, str]:
    """Return the parameters that reopen the view, without the page's own choices.

    The release stands in a link only when the reader chose one: any other link shows the newest.
    """
    parameters = {parameter: getattr(selection, name) for name, parameter in PARAMETER_OF.items()}
    return {name: value for name, value in parameters.items() if value}


def periods_offered(here: Page, indicator_id: str, gemeente: str, known: Places) -> list[str]:
    """Return the closed periods that a page can show for an indicator, newest first."""
    kinds: tuple[str, ...] = (here.period_kind,)
    if here.period_kind == "indicator":
        kinds = indicator(indicator_id).frequency
    newest_first = sorted(known.periods.get(gemeente, ()), reverse=True)
    return [period for kind in kinds for period in newest_first if kind_of(period) == kind]


def number_in(text: str) -> float | None:
    """Return the number that a URL holds, written with a decimal point; None when it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _period(asked: Mapping[str, str], offered: list[str], known: Places) -> str:
    """Return the asked period, or the one nearest to it of the kind that the page shows.

    "" where nothing of that kind is closed yet.
    """
    period = asked.get("periode", "")
    if not period:
        return offered[0] if offered else ""
    if period in offered:
        return period
    if not any(period in closed for closed in known.periods.values()):
        raise Refusal("periode", period, ("periode",))
    newest = offered[0] if offered else ""
    return next((each for each in offered if each[:4] == period[:4]), newest)
