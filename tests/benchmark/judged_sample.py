"""How many places of the sample lie outside the lines, and where their limits are widened.

Run: python -m tests.benchmark.judged_sample

Prints a Markdown table with a line per family of places and indicator: per period the places
outside the 95 % and the 99.8 % line of chance, of how many judged, and how many are called higher
or lower (w: by widened limits).
"""

from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

import data_access
from dashboard.comparison.intervals import STRICT_LEVEL
from dashboard.comparison.judgement import Judged, Verdict, judge
from dashboard.comparison.law import Law, law_of
from data_access import shelf
from data_access.shelf import ReleaseKey
from indicators.catalogue import INDICATORS
from indicators.vocabulary import Indicator
from tests.reference_statistics import chances_alone, widened

TESTED = tuple(each for each in INDICATORS if law_of(each) is not Law.NONE)


def periods_of(release: ReleaseKey) -> list[str]:
    """Return the closed periods of a release, oldest first."""
    areas = data_access.areas(release)
    return str(areas.loc[areas["area_code"] == release.gemeente, "periods"].iloc[0]).split()


def families(releases: Sequence[ReleaseKey]) -> Iterator[tuple[str, Indicator, str, Judged]]:
    """Give each family of places, indicator and period with its judgement."""
    asked = [each.id for each in TESTED]
    for release in releases:
        periods, areas = periods_of(release), data_access.areas(release)
        wijken = list(areas.loc[areas["level"] == "wijk", "area_code"])
        values = data_access.panel(release, asked, periods, "")
        name = f"wijken of {release.gemeente}"
        yield from _judged(name, values, "area_code", wijken, release.gemeente)
        values = data_access.by_organisation(release, asked, periods)
        organisations = sorted(set(values["organisation_id"]) - {""})
        name = f"organisations of {release.gemeente}"
        yield from _judged(name, values, "organisation_id", organisations, "")
    codes = [release.gemeente for release in releases]
    common = sorted(set.intersection(*(set(periods_of(release)) for release in releases)))
    values = data_access.of_gemeenten(releases, asked, common)
    yield from _judged("gemeenten", values, "area_code", codes, None)


def _judged(
    family: str, values: pd.DataFrame, key: str, places: list[str], whole_id: str | None
) -> Iterator[tuple[str, Indicator, str, Judged]]:
    """Judge one family; `whole_id` None: gemeenten, which are added up."""
    for each in TESTED:
        mine = values[values["indicator"] == each.id]
        for period in sorted(set(mine["period"])):
            rows = mine[mine["period"] == period].set_index(key)
            whole = rows.loc[whole_id].to_dict() if whole_id in rows.index else None
            judged = judge(
                rows.reindex(places),
                law_of(each),
                float(each.per),
                whole,
                always_widened=whole_id is None,
            )
            if judged.judged:
                yield family, each, period, judged


def cell(judged: Judged) -> str:
    """Return outside 95 %, outside 99.8 %, judged, and called higher or lower."""
    called = len(judged.named(Verdict.HIGHER)) + len(judged.named(Verdict.LOWER))
    beyond = int((chances_alone(judged) <= 1 - STRICT_LEVEL).sum())
    mark = "w" if widened(judged) else ""
    return f"{judged.outside}/{beyond} of {judged.judged}: {called}{mark}"


def main() -> None:
    """Print the table."""
    releases = tuple(shelf.key_of(header) for header in shelf.shelf().current())
    lines: dict[tuple[str, str], list[str]] = {}
    with_scatter: Counter[str] = Counter()
    judgements: Counter[str] = Counter()
    for family, each, period, judged in families(releases):
        lines.setdefault((family, each.id), []).append(f"{period} {cell(judged)}")
        judgements[family] += 1
        with_scatter[family] += widened(judged)
    print("| places | indicator | per period: outside 95 %/99.8 % of judged: higher or lower |")
    print("|---|---|---|")
    for (family, indicator_id), told in lines.items():
        print(f"| {family} | {indicator_id} | {'; '.join(told)} |")
    print("\nWidened, of all judgements:", end=" ")
    print(", ".join(f"{name} {with_scatter[name]} of {n}" for name, n in judgements.items()) + ".")


if __name__ == "__main__":
    main()
