"""What views may ask of releases, asked once: a release never changes, so answers are kept.

Whoever gets an answer may read it, never change it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

import pandas as pd

import data_access
from dashboard.address.selection import Release, Selection
from dashboard.words import places, value_text
from dashboard.words.copy import t
from dashboard.words.rows import Row, plain
from data_access import shelf
from data_access.shelf import ReleaseKey
from indicators.allowance_maxima import MONTH_AND_YEAR
from indicators.catalogue import INDICATORS, MEASURES
from indicators.vocabulary import Indicator, Measure, Text

# An answer is a few kilobytes: all questions of some ten gemeenten.
MOST_ANSWERS = 4000

P = ParamSpec("P")
R = TypeVar("R")


@lru_cache(maxsize=MOST_ANSWERS, typed=True)
def _answer(question: Callable[..., object], *arguments: object) -> object:
    return question(*arguments)


def once(question: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Return `question(*arguments)`, worked out once for equal arguments (all hashable)."""
    if named:
        raise TypeError("arguments go by place, so that equal questions are one")
    return cast(R, _answer(question, *arguments))


def forget() -> None:
    """Forget all answers: for tests, that have more than one database."""
    _answer.cache_clear()


def misses() -> int:
    """Return how often something had to be asked, for the tests of a warm page."""
    return _answer.cache_info().misses


@dataclass(frozen=True)
class Door:
    """The questions of one view, about the release of its selection.

    Each is a question of data_access with the same columns; published figures have besides the
    names of organisations that their remarks need (`value_text.with_organisations`). Raises
    DataAccessError with a sentence for the reader when a release file is gone.
    """

    selection: Selection

    @property
    def release(self) -> ReleaseKey:
        """The release of the chosen gemeente."""
        return self.selection.release

    def of_releases(self, all_gemeenten: bool = False) -> "Door":
        """Return the door on the same releases without what else was chosen: for what is the same
        in many views (`once`). `all_gemeenten`: also on those that are current beside it."""
        chosen = self.selection
        beside = chosen.beside if all_gemeenten else ()
        plain = Selection(
            "", chosen.release, chosen.gemeente, "", "", chosen.language, beside=beside
        )
        return Door(plain)

    def releases(self) -> tuple[Release, ...]:
        """Return the releases at hand, newest first."""
        return releases()

    def release_table(self) -> pd.DataFrame:
        """Return the releases at hand as a table (data_access.releases)."""
        return once(_release_table, shelf.shelf())

    def areas(self) -> pd.DataFrame:
        """Return the gemeente and its places, named in the reader's language."""
        return areas(self.release, self.selection.language)

    def gemeenten(self) -> pd.DataFrame:
        """Return the gemeenten that are current beside the chosen one."""
        return once(data_access.gemeenten, self.selection.beside)

    def panel(
        self, indicators: Sequence[str], periods: Sequence[str], whole_series_of: str = ""
    ) -> pd.DataFrame:
        """Return values of indicators in periods, and of one area in all its periods."""
        asked = tuple(indicators), tuple(periods)
        return self._named(data_access.panel, *asked, whole_series_of)

    def published(self, indicator_id: str, period: str) -> pd.DataFrame:
        """Return one indicator in one period: gemeente and places."""
        return once(_by_indicator, self.release, period)[indicator_id]

    def series(self, indicator_id: str, area_code: str) -> pd.DataFrame:
        """Return one indicator of one area over all closed periods."""
        return self._named(data_access.series, indicator_id, area_code)

    def by_organisation(self, indicators: Sequence[str], periods: Sequence[str]) -> pd.DataFrame:
        """Return values per organisation of the gemeente."""
        asked = tuple(indicators), tuple(periods)
        return self._named(data_access.by_organisation, *asked)

    def of_gemeenten(self, indicators: Sequence[str], periods: Sequence[str]) -> pd.DataFrame:
        """Return values of all gemeenten beside the chosen one."""
        beside = self.selection.beside
        asked = tuple(indicators), tuple(periods)
        return once(_named, data_access.of_gemeenten, beside, beside, *asked)

    def counts(
        self,
        measures: Sequence[str],
        area_code: str = "",
        organisation_id: str = "",
        periods: Sequence[str] = (),
    ) -> pd.DataFrame:
        """Return published counts with their categories, of one place."""
        asked = tuple(measures), area_code, organisation_id, tuple(periods)
        return self._named(data_access.counts, *asked)

    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators that the release knows, by id, in the words of its day."""
        return indicators(self.release)

    def indicator(self, indicator_id: str) -> Indicator:
        """Return one of `indicators`. Raises KeyError for one that the release does not know."""
        return self.indicators()[indicator_id]

    def measure(self, measure_id: str) -> Measure:
        """Return a measure in the words of the day on which the release was made."""
        return once(_measures, self.release)[measure_id]

    def explained(self) -> pd.DataFrame:
        """Return what is measured and shown: names, definitions, formulas, units and bases."""
        return once(data_access.explained, self.release)

    def rule(self, name: str) -> str:
        """Return a rule by which the release was made; '' where it says nothing of it."""
        return once(_rules, self.release).get(name, "")

    def allowance_maxima(self) -> Mapping[int, tuple[float, float]]:
        """Return the legal maxima of a volunteer's allowance by which the release was made.

        Euros a month (NaN: unknown) and a year, by year. A release of before releases said so
        themselves has those that the program knows, whatever is set on this computer.
        """
        return once(_allowance_maxima, self.release)

    def targets(self) -> pd.DataFrame:
        """Return the targets of the gemeente."""
        return once(data_access.targets, self.release)

    def organisations(self, period: str) -> pd.DataFrame:
        """Return organisations with their public statements and the register's figure."""
        return self._named(data_access.organisations, period)

    def organisation_names(self) -> pd.DataFrame:
        """Return organisations by name."""
        return once(data_access.organisation_names, self.release)

    def small_places(self, period: str) -> pd.DataFrame:
        """Return the wijken that are too small for a breakdown."""
        return self._named(data_access.small_places, period)

    def money(self, groups: Sequence[str], years: Sequence[int] = ()) -> pd.DataFrame:
        """Return the spending of the gemeente by some groups."""
        return once(data_access.money, self.release, tuple(groups), tuple(years))

    def money_of_place(self, area_code: str) -> pd.DataFrame:
        """Return the spending of one wijk."""
        return once(data_access.money_of_place, self.release, area_code)

    def money_of_places(
        self, groups: Sequence[str], area_code: str = "", years: Sequence[int] = ()
    ) -> pd.DataFrame:
        """Return the spending of wijken and organisations by some groups."""
        asked = tuple(groups), area_code, tuple(years)
        return once(data_access.money_of_places, self.release, *asked)

    def names_of_financiers_and_taakvelden(self) -> pd.DataFrame:
        """Return the names of financiers and taakvelden."""
        return once(data_access.names_of_financiers_and_taakvelden, self.release)

    def contracts(self) -> pd.DataFrame:
        """Return contracts with what they pay for."""
        return once(data_access.contracts, self.release)

    def contract_financiers(self) -> pd.DataFrame:
        """Return who pays a contract."""
        return once(data_access.contract_financiers, self.release)

    def contract_results(self, items: Sequence[str], quarters: Sequence[str]) -> pd.DataFrame:
        """Return the states of contract results."""
        asked = tuple(items), tuple(quarters)
        return self._named(data_access.contract_results, *asked)

    def gaps(self) -> pd.DataFrame:
        """Return deliveries that are missing or came late."""
        return once(data_access.gaps, self.release)

    def people_in_no_wijk(self) -> pd.DataFrame:
        """Return how many people live in no known wijk."""
        return once(data_access.people_in_no_wijk, self.release)

    def changes(self, before: ReleaseKey, after: ReleaseKey, limit: int) -> pd.DataFrame:
        """Return published figures that differ between two releases."""
        return once(data_access.changes, before, after, limit)

    def money_changes(self, before: ReleaseKey, after: ReleaseKey, limit: int) -> pd.DataFrame:
        """Return amounts that differ between two releases."""
        return once(data_access.money_changes, before, after, limit)

    def _named(self, question: Callable[..., pd.DataFrame], *asked: Hashable) -> pd.DataFrame:
        return once(_named, question, self.release, (self.release,), *asked)


def read_about(release: ReleaseKey) -> None:
    """Read what a release says of itself, once: its definitions, and who its organisations are."""
    indicators(release)
    once(data_access.organisation_names, release)


def indicators(release: ReleaseKey) -> Mapping[str, Indicator]:
    """Return the indicators that a release knows, by id, in the words of its day.

    A release of before releases said so themselves has those of the program.
    """
    return once(_indicators, release)


def _indicators(release: ReleaseKey) -> Mapping[str, Indicator]:
    texts = _texts(release, "indicator")
    return {
        each.id: replace(each, **texts[each.id]) if texts else each
        for each in INDICATORS
        if not texts or each.id in texts
    }


def _by_indicator(release: ReleaseKey, period: str) -> Mapping[str, pd.DataFrame]:
    """Return values by indicator (data_access.panel): all cost little more than two."""
    known = tuple(indicators(release))
    figures = once(_named, data_access.panel, release, (release,), known, (period,), "")
    ids = figures["indicator"].to_numpy(dtype=object)
    return {each: figures[ids == each].reset_index(drop=True) for each in known}


def _measures(release: ReleaseKey) -> Mapping[str, Measure]:
    texts = _texts(release, "measure")
    return {each.id: replace(each, **texts.get(each.id, {})) for each in MEASURES}


def _texts(release: ReleaseKey, kind: str) -> dict[str, dict[str, Any]]:
    """Return name, definition and source by id; where there is no English the Dutch says so."""
    by_language: dict[str, dict[str, Row]] = {}
    for row in plain(once(data_access.explained, release)):
        if row["kind"] == kind:
            by_language.setdefault(str(row["id"]), {})[row["language"]] = row
    only_dutch = f" ({t('common.only_in_dutch', 'en')})"
    found: dict[str, dict[str, Any]] = {}
    for of, rows in sorted(by_language.items()):
        dutch, english = rows["nl"], rows.get("en")
        found[of] = {
            name: Text(dutch[name], dutch[name] + only_dutch if english is None else english[name])
            for name in ("name", "definition", "source")
        }
    return found


def _rules(release: ReleaseKey) -> Mapping[str, str]:
    rows = data_access.rules(release)
    return dict(zip(rows["name"], rows["value"], strict=True))


def _allowance_maxima(release: ReleaseKey) -> Mapping[int, tuple[float, float]]:
    rules = once(_rules, release)
    if not rules:
        return {year: (month, whole) for year, (month, whole) in MONTH_AND_YEAR.items()}
    found = {}
    for name, value in rules.items():
        if name.startswith("allowance_maximum_"):
            year = name.removeprefix("allowance_maximum_")
            month = float(rules.get(f"allowance_month_{year}", "nan"))
            found[int(year)] = (month, float(value))
    return found


def releases() -> tuple[Release, ...]:
    """Return the releases at hand, newest first."""
    return once(_releases, shelf.shelf())


def areas(release: ReleaseKey, language: str) -> pd.DataFrame:
    """Return the gemeente of a release and its places, named in `language` (data_access.areas)."""
    return once(_areas, release, language)


def _areas(release: ReleaseKey, language: str) -> pd.DataFrame:
    return places.named(once(data_access.areas, release), language)


def _release_table(_known: shelf.Shelf) -> pd.DataFrame:
    return data_access.releases()


def _releases(known: shelf.Shelf) -> tuple[Release, ...]:
    newest_first = sorted(known.headers, key=lambda each: each.made_at, reverse=True)
    return tuple(
        Release(
            shelf.key_of(each),
            each.gemeente,
            each.made_at,
            each.periods,
            each.closed_until,
            each.sample,
        )
        for each in newest_first
    )


def _named(
    question: Callable[..., pd.DataFrame],
    of: ReleaseKey | tuple[ReleaseKey, ...],
    releases: tuple[ReleaseKey, ...],
    *asked: Hashable,
) -> pd.DataFrame:
    return named(question(of, *asked), releases)


def named(figures: pd.DataFrame, releases: Sequence[ReleaseKey]) -> pd.DataFrame:
    """Return published figures with the names of organisations that their remarks need.

    Any other frame is returned as it is.
    """
    if not {"missing", "reason"} <= set(figures):
        return figures
    known: list[pd.DataFrame] = []
    if value_text.wants_organisations(figures):
        known = [once(data_access.organisation_names, each) for each in releases]
    return value_text.with_organisations(figures, *known)
