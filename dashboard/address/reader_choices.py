"""From the parameters of a URL to a Selection, checked against the release. Pure functions."""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.address.page_list import DEFAULT_INDICATOR, Page
from dashboard.address.selection import Release, Selection, moment_in
from indicators.periods import kind_of
from indicators.vocabulary import LANGUAGES, Indicator

PARAMETER_OF = {
    "gemeente": "gemeente",
    "indicator": "indicator",
    "period": "periode",
    "wijk": "wijk",
    "language": "taal",
}
# The folded parts that are open: their names, or all of them, as a screen reader or paper wants.
OPEN_PARTS, ALL_OPEN = "open", "alles"
# The moment whose figures are shown. Links of before pinned the number of a release.
MOMENT, NUMBER = "op", "release"
PARAMETERS = (*PARAMETER_OF.values(), MOMENT, OPEN_PARTS)
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
    """The places of the current releases as plain values: what a URL may name.

    `gemeenten`: name by code; `wijken`: name by code, of the chosen gemeente; `periods`: closed
    periods, oldest first, per gemeente; `indicators`: those that the chosen release knows, by id.
    """

    gemeenten: dict[str, str]
    wijken: dict[str, str]
    periods: dict[str, tuple[str, ...]]
    indicators: Mapping[str, Indicator]


def places(
    current: tuple[Release, ...], areas: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Places:
    """Return the places of the current releases by name; `areas` are those of the chosen one."""
    by_name = sorted(current, key=lambda each: each.gemeente.casefold())
    wijken = areas[areas["level"] == "wijk"]
    named = sorted(
        zip(wijken["area_code"], wijken["name"], strict=True),
        key=lambda pair: pair[1].casefold(),
    )
    return Places(
        {each.key.gemeente: each.gemeente for each in by_name},
        dict(named),
        {each.key.gemeente: each.periods for each in by_name},
        indicators,
    )


def moment(asked: Mapping[str, str], known: Sequence[Release]) -> datetime.datetime | None:
    """Return the moment (UTC) whose figures were asked for; None for now.

    Raises Refusal for what is no moment, or for the number of a release that does not exist.
    """
    if text := asked.get(MOMENT, ""):
        try:
            return moment_in(text)
        except ValueError as error:
            raise Refusal(MOMENT, text, (MOMENT,)) from error
    number = asked.get(NUMBER, "")
    if not number:
        return None
    numbered = [each for each in known if str(each.number) == number]
    of_gemeente = [each for each in numbered if each.key.gemeente == asked.get("gemeente")]
    for each in of_gemeente or numbered:
        return each.made_at
    raise Refusal(NUMBER, number, (NUMBER,))


def current(
    known: Sequence[Release], at: datetime.datetime | None, text: str
) -> tuple[Release, ...]:
    """Return each gemeente's release that was current at a moment. `known`: newest first.

    Raises Refusal when nothing was published yet; `text` is the moment as it was asked for.
    """
    newest: dict[str, Release] = {}
    for each in known:
        if at is None or each.made_at <= at:
            newest.setdefault(each.key.gemeente, each)
    if not newest:
        raise Refusal(MOMENT, text, (MOMENT, NUMBER))
    return tuple(newest.values())


def release(asked: Mapping[str, str], now: Sequence[Release]) -> Release:
    """Return the release of the gemeente that was asked for; usually the first by name.

    Raises Refusal for an unknown gemeente.
    """
    by_code = {each.key.gemeente: each for each in now}
    first = min(now, key=lambda each: each.gemeente.casefold())
    gemeente = asked.get("gemeente") or first.key.gemeente
    if gemeente not in by_code:
        raise Refusal("gemeente", gemeente, ("gemeente", "wijk", "periode"))
    return by_code[gemeente]


def selection(
    here: Page,
    asked: Mapping[str, str],
    chosen: Release,
    now: Sequence[Release],
    known: Places,
) -> Selection:
    """Return the Selection for a page.

    Raises Refusal for an unknown wijk, indicator, period or language.
    """
    if asked.get("taal", LANGUAGES[0]) not in LANGUAGES:
        raise Refusal("taal", asked["taal"], ("taal",))
    gemeente = chosen.key.gemeente
    wijk = asked.get("wijk", "")
    if wijk and wijk not in known.wijken:
        raise Refusal("wijk", wijk, ("wijk",))
    indicator_id = asked.get("indicator") or DEFAULT_INDICATOR
    if indicator_id not in known.indicators:
        raise Refusal("indicator", indicator_id, ("indicator",))
    pinned = chosen.moment if asked.get(NUMBER) and not asked.get(MOMENT) else asked.get(MOMENT, "")
    return Selection(
        page=here.id,
        release=chosen.key,
        gemeente=gemeente,
        indicator=indicator_id,
        period=_period(asked, periods_offered(here, indicator_id, gemeente, known), known),
        language=asked.get("taal", LANGUAGES[0]),
        wijk=wijk,
        extras=tuple(
            (name, asked[name][:LONGEST_EXTRA]) for name in here.extras if asked.get(name)
        ),
        beside=tuple(sorted(each.key for each in now)),
        moment=pinned,
    )


def as_parameters(selection: Selection) -> dict[str, str]:
    """Return the parameters that reopen the view, without the page's own choices.

    A moment stands in a link only when the reader chose one: any other link shows the newest.
    """
    parameters = {parameter: getattr(selection, name) for name, parameter in PARAMETER_OF.items()}
    parameters[MOMENT] = selection.moment
    return {name: value for name, value in parameters.items() if value}


def periods_offered(here: Page, indicator_id: str, gemeente: str, known: Places) -> list[str]:
    """Return the closed periods that a page can show for an indicator, newest first."""
    kinds: tuple[str, ...] = (here.period_kind,)
    if here.period_kind == "indicator":
        kinds = known.indicators[indicator_id].frequency
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
