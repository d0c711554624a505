"""The verdicts that `judge` gives on the door's answers, and those that views and files show."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

import openpyxl

from dashboard.comparison.judgement import JUDGED, Verdict, judge
from dashboard.comparison.law import Law, law_of
from dashboard.comparison.members import UnitKind
from dashboard.comparison.said import verdict_words
from dashboard.door import Door
from dashboard.elements.view import Chart, Map, Table, View
from dashboard.tables import files
from indicators.catalogue import indicator
from indicators.vocabulary import Population
from tests.content.views import all_of, selected

Verdicts = Mapping[str, Verdict]

# How a sentence goes on after the names of places with a verdict; of one place and of more.
CALLED = {
    Verdict.HIGHER: ("scoort hoger dan", "scoren hoger dan"),
    Verdict.LOWER: ("scoort lager dan", "scoren lager dan"),
}
PERHAPS = {
    Verdict.PERHAPS_HIGHER: ("ligt boven de grens", "liggen boven de grens"),
    Verdict.PERHAPS_LOWER: ("ligt onder de grens", "liggen onder de grens"),
}
UNITS = {
    UnitKind.WIJKEN: ("wijken", "de hele gemeente"),
    UnitKind.ORGANISATIONS: ("organisaties", "alle organisaties samen"),
    UnitKind.GEMEENTEN: ("gemeenten", "alle gemeenten samen"),
}
WORDS = {verdict_words(each, kind, "nl"): each for kind in UnitKind for each in Verdict}


def door(page: str, **asked: str) -> Door:
    """Return the door of a page at an address, in Dutch."""
    return Door(selected(page, taal="nl", **asked))


def judged(here: Door, kind: UnitKind, indicator_id: str, period: str) -> dict[str, Verdict]:
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


def said(words: str) -> Verdict:
    """Return the verdict that words begin with; remarks follow after a comma."""
    fits = [each for each in WORDS if each and words.startswith(each)]
    return WORDS[max(fits, key=len)] if fits else Verdict.NO_FIGURE


def named(found: Verdicts, *wanted: Verdict) -> list[str]:
    """Return the names of the places with a verdict, by name."""
    return sorted(name for name, each in found.items() if each in wanted)


def listed(names: Sequence[str]) -> str:
    """Return names as a Dutch sentence lists them."""
    return " en ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def title(found: Verdicts, kind: UnitKind) -> str:
    """Return a title that names who is higher and who is lower: at most three of each.

    '' where nobody was judged.
    """
    many, whole = UNITS[kind]
    parts = []
    for verdict, forms in CALLED.items():
        names = named(found, verdict)
        shown = listed(names)
        if len(names) > 3:
            shown = f"{', '.join(names[:3])} en nog {len(names) - 3}"
        if names:
            form = forms[len(names) > 1]
            parts.append(f"{shown} {form} {whole}, meer dan toeval verklaart")
    if not any(each in JUDGED for each in found.values()):
        return ""
    return "; ".join(parts) or f"Tussen de {many} is geen verschil aan te tonen"


def in_table(table: Table, header: str) -> dict[str, Verdict]:
    """Return what a table says of each place, where its files say the same.

    `header`: what the header of the verdicts begins with.
    """
    [place] = [n for n, each in enumerate(table.columns) if each.header.startswith(header)]
    column, rows = table.columns[place], table.rows.to_dict("records")
    words = [column.shown(row) for row in rows]
    drawn = re.findall(r"<tr[^>]*>(.*?)</tr>", table.html.split("<tbody>")[1])
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", each) for each in drawn]
    assert [unescape(each[place]) for each in cells] == words
    for lines in in_files(table):
        assert [line[place] or "" for line in lines] == words
    return {str(row["name"]): said(each) for row, each in zip(rows, words, strict=True)}


def in_files(table: Table) -> Iterable[list[Sequence[object]]]:
    """Give the rows under the header of a table's CSV and of its XLSX."""
    sheet = table.file(("a note",), "nl")
    text = files.csv_file(sheet).decode("utf-8-sig")
    lines: list[Sequence[object]] = list(csv.reader(io.StringIO(text), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(files.xlsx_file(sheet)), read_only=True)
    cells: list[Sequence[object]] = list(book.worksheets[0].iter_rows(values_only=True))
    for every in (lines, cells):
        head = next(n for n, line in enumerate(every) if tuple(line) == sheet.headers)
        yield every[head + 1 :]


def in_chart(chart: Chart) -> dict[str, Verdict]:
    """Return what a chart says of each place."""
    return {
        row["name"]: said(row["where"])
        for rows in chart.spec["datasets"].values()
        for row in rows
        if "where" in row
    }


def on_hover(page: View) -> dict[str, Verdict]:
    """Return what the one map of a page says of each place that has something to say."""
    [drawn] = all_of(page, Map)
    features = json.loads(drawn.drawn.deck)["layers"][0]["data"]["features"]
    about = [each["properties"] for each in features]
    return {each["name"]: said(each["verdict"]) for each in about if each["verdict"]}


def agree(shown: Verdicts, judged: Verdicts, all_of_them: bool) -> None:
    """Check what an output says of places (others it names are wholes); of all of them, or some."""
    mine = {name: each for name, each in shown.items() if name in judged}
    assert mine == {name: judged[name] for name in mine}
    if all_of_them:
        assert set(mine) == set(judged)
