"""One verdict for every figure: what pages, charts and files say of a place agrees with `judge`.

Kaart's table, its file and hover, and Vergelijken's table and charts, for every indicator that has
a law of chance, each gemeente and level, in the newest closed year or quarter, whichever is usual
for the indicator: all periods would take minutes, and each is made by the same code.
"""

import json
from collections.abc import Iterator

import pytest

from dashboard.compare.view import view as compare
from dashboard.comparison.judgement import Verdict, judge
from dashboard.comparison.law import Law, law_of
from dashboard.comparison.members import UnitKind
from dashboard.comparison.said import verdict_words
from dashboard.door import Door
from dashboard.elements.view import Chart, Map, Table, View
from dashboard.frame import kept_views
from dashboard.map.view import view as on_map
from indicators.catalogue import INDICATORS, indicator
from indicators.vocabulary import Population
from tests.content.views import SAMPLE, all_of, selected

GEMEENTEN = ("GM0080", "GM0014", "GM0085")
WORDS = {verdict_words(each, kind, "nl"): each for kind in UnitKind for each in Verdict}


@pytest.fixture(scope="module", autouse=True)
def _shipped() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELEASES", str(SAMPLE))
        kept_views.forget()
        yield
    kept_views.forget()


def _door(page: str, gemeente: str, indicator_id: str, period: str, **more: str) -> Door:
    asked = {"gemeente": gemeente, "indicator": indicator_id, "periode": period, "taal": "nl"}
    return Door(selected(page, **asked, **more))


def _judged(here: Door, kind: UnitKind, indicator_id: str, period: str) -> dict[str, Verdict]:
    """Return the verdict of every place by name, straight from `judge` on the door's answer."""
    shown, gemeente = indicator(indicator_id), here.selection.gemeente
    if kind is UnitKind.GEMEENTEN:
        rows, names = here.of_gemeenten((indicator_id,), (period,)), here.gemeenten()
        names = names[names["level"] == "gemeente"].set_index("area_code")["name"]
        by_id, whole = rows.set_index("area_code"), None
    elif kind is UnitKind.ORGANISATIONS:
        rows = here.by_organisation((indicator_id,), (period,)).set_index("organisation_id")
        names = here.organisation_names().set_index("organisation_id")["name"]
        names = names[~names.index.duplicated()]
        by_id, whole = rows, dict(rows.loc[""]) if "" in rows.index else None
    else:
        by_id = here.published(indicator_id, period).set_index("area_code")
        areas = here.areas()
        names = areas[areas["level"] == "wijk"].set_index("area_code")["name"]
        whole = dict(by_id.loc[gemeente])
    law = law_of(shown)
    if kind is UnitKind.ORGANISATIONS and isinstance(shown.denominator, Population):
        law = Law.NONE
    widened = kind is UnitKind.GEMEENTEN
    found = judge(
        by_id.reindex(list(names.index)), law, float(shown.per), whole, always_widened=widened
    )
    return {names[each]: Verdict(v) for each, v in found.places["verdict"].items()}


def _said(words: str) -> Verdict:
    """Return the verdict that words begin with; remarks follow after a comma."""
    fits = [each for each in WORDS if each and words.startswith(each)]
    return WORDS[max(fits, key=len)] if fits else Verdict.NO_FIGURE


def _in_table(table: Table, header: str) -> dict[str, Verdict]:
    [column] = [each for each in table.columns if each.header.startswith(header)]
    rows = table.rows.to_dict("records")
    for row in rows:
        assert column.shown(row) == column.raw(row)
    return {str(row["name"]): _said(str(column.raw(row))) for row in rows}


def _in_chart(chart: Chart) -> dict[str, Verdict]:
    return {
        row["name"]: _said(row["where"])
        for rows in chart.spec["datasets"].values()
        for row in rows
        if "where" in row
    }


def _on_hover(page: View) -> dict[str, Verdict]:
    [drawn] = all_of(page, Map)
    features = json.loads(drawn.drawn.deck)["layers"][0]["data"]["features"]
    about = [each["properties"] for each in features]
    return {each["name"]: _said(each["verdict"]) for each in about if each["verdict"]}


def _agree(shown: dict[str, Verdict], judged: dict[str, Verdict], all_of_them: bool) -> None:
    mine = {name: each for name, each in shown.items() if name in judged}
    assert mine == {name: judged[name] for name in mine}
    if all_of_them:
        assert set(mine) == set(judged)


CASES = [
    (gemeente, each.id, "2025" if each.frequency[0] == "year" else "2025-Q4")
    for gemeente in GEMEENTEN
    for each in INDICATORS
    if law_of(each) is not Law.NONE
]


@pytest.mark.parametrize(("gemeente", "indicator_id", "period"), CASES)
def test_map_table_file_and_hover_say_what_judge_says(gemeente, indicator_id, period):
    here = _door("map", gemeente, indicator_id, period)
    assert here.selection.period == period
    judged = _judged(here, UnitKind.WIJKEN, indicator_id, period)
    page = on_map(here.selection, here)
    [table] = [each for each in all_of(page, Table) if each.name == ""]
    _agree(_in_table(table, "Oordeel"), judged, all_of_them=True)
    hovered = _on_hover(page)
    _agree(hovered, judged, all_of_them=False)
    lacking = {Verdict.NO_FIGURE, Verdict.NO_ORGANISATION}
    assert {name for name, each in judged.items() if each not in lacking} <= set(hovered)


# Gemeenten are compared with each other, so one of them tells all.
COMPARED = [
    (*case, kind)
    for case in CASES
    for kind in UnitKind
    if kind is not UnitKind.GEMEENTEN or case[0] == GEMEENTEN[0]
]


@pytest.mark.parametrize(("gemeente", "indicator_id", "period", "kind"), COMPARED)
def test_comparison_chart_and_table_say_what_judge_says(gemeente, indicator_id, period, kind):
    here = _door("compare", gemeente, indicator_id, period, soort=kind.value)
    assert here.selection.period == period
    judged = _judged(here, kind, indicator_id, period)
    page = compare(here.selection, here)
    [table] = [each for each in all_of(page, Table) if each.name == ""]
    headers = [each.header for each in table.columns]
    without_base = law_of(indicator(indicator_id)) is Law.POPULATION
    if not (kind is UnitKind.ORGANISATIONS and without_base):
        verdict = "Oordeel" if "Oordeel" in headers else "Vergeleken met"
        _agree(_in_table(table, verdict), judged, all_of_them=False)
    for chart in all_of(page, Chart):
        drawn = _in_chart(chart)
        assert drawn
        _agree(drawn, judged, all_of_them=False)
