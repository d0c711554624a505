"""From the parameters of a URL to a Selection, checked against the release. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.page_list import DEFAULT_INDICATOR, Page
from dashboard.selection import Selection
from indicators.catalogue import INDICATORS, indicator
from indicators.periods import is_quarter, is_year, kind_of
from indicators.vocabulary import LANGUAGES

PARAMETER_OF = {
    "gemeente": "gemeente",
    "indicator": "indicator",
    "period": "periode",
    "wijk": "wijk",
    "language": "taal",
}
PARAMETERS = (*PARAMETER_OF.values(), "release")
# A choice that loses its meaning when another one changes.
DEPENDENTS = {"gemeente": ("wijk", "organisatie", "contract", "keuze")}
LONGEST_EXTRA = 400


@dataclass
class Refusal(Exception):
    """The URL names a `subject` (a parameter's name) whose `value` is not in the release.

    `blamed` are the parameters to drop on the way on.
    """

    subject: str
    value: str
    blamed: tuple[str, ...]


def release(asked: Mapping[str, str], releases: pd.DataFrame) -> pd.Series:
    """Return the row of `releases` that was asked for; without a parameter the newest.

    Raises Refusal for a number that does not exist.
    """
    number = asked.get("release", "")
    if not number:
        return releases.loc[releases["number"].idxmax()]
    found = releases[releases["number"].astype(str) == number]
    if found.empty:
        raise Refusal("release", number, ("release",))
    return found.iloc[0]


def selection(
    here: Page, asked: Mapping[str, str], release_number: int, areas: pd.DataFrame
) -> Selection:
    """Return the Selection for a page.

    `areas` is the frame of data_access.release.areas. Raises Refusal for an unknown gemeente,
    wijk, indicator, period or language.
    """
    if asked.get("taal", LANGUAGES[0]) not in LANGUAGES:
        raise Refusal("taal", asked["taal"], ("taal",))
    gemeente = _gemeente(asked, areas)
    indicator_id = asked.get("indicator") or DEFAULT_INDICATOR
    if indicator_id not in {each.id for each in INDICATORS}:
        raise Refusal("indicator", indicator_id, ("indicator",))
    return Selection(
        page=here.id,
        release=release_number,
        gemeente=gemeente,
        indicator=indicator_id,
        period=_period(asked, periods_offered(here, indicator_id, gemeente, areas), areas),
        language=asked.get("taal", LANGUAGES[0]),
        wijk=_wijk(asked, gemeente, areas),
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


def periods_offered(here: Page, indicator_id: str, gemeente: str, areas: pd.DataFrame) -> list[str]:
    """Return the closed periods that a page can show for an indicator, newest first."""
    row = areas.loc[areas["area_code"] == gemeente, "periods"]
    closed = row.iloc[0].split() if len(row) else []
    kinds = (
        indicator(indicator_id).frequency
        if here.period_kind == "indicator"
        else (here.period_kind,)
    )
    ordered: list[str] = []
    for kind in kinds:
        ordered += sorted((each for each in closed if kind_of(each) == kind), reverse=True)
    return ordered


def _gemeente(asked: Mapping[str, str], areas: pd.DataFrame) -> str:
    gemeenten = areas[areas["level"] == "gemeente"]
    code = asked.get("gemeente", "")
    if not code:
        return str(gemeenten.sort_values("name")["area_code"].iloc[0])
    if code not in set(gemeenten["area_code"]):
        raise Refusal("gemeente", code, ("gemeente", "wijk", "periode"))
    return code


def _wijk(asked: Mapping[str, str], gemeente: str, areas: pd.DataFrame) -> str:
    code = asked.get("wijk", "")
    here = areas[(areas["level"] == "wijk") & (areas["gemeente_code"] == gemeente)]
    if code and code not in set(here["area_code"]):
        raise Refusal("wijk", code, ("wijk",))
    return code


def _period(asked: Mapping[str, str], offered: list[str], areas: pd.DataFrame) -> str:
    """Return the asked period, or the one nearest to it of the kind that the page shows."""
    period = asked.get("periode", "")
    if not period:
        return offered[0] if offered else ""
    closed = {each for periods in areas["periods"] for each in periods.split()}
    if period not in closed or not (is_quarter(period) or is_year(period)):
        raise Refusal("periode", period, ("periode",))
    if period in offered:
        return period
    same_year = [each for each in offered if each[:4] == period[:4]]
    if same_year:
        return same_year[0]
    if offered:
        return offered[0]
    raise Refusal("periode", period, ("periode",))
