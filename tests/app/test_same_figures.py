"""Contract: the map, the table and the file show the same figures."""

import csv
import io
import re

import pytest

import data_access
from dashboard import door
from dashboard.tables import columns as tables
from dashboard.tables import files as exports
from dashboard.words import value_text as cells
from indicators.catalogue import INDICATORS, indicator
from tests.app.pages import decks, opened
from tests.releases import key, on_map

GEMEENTE = "GM0080"


def _rows_of_table(app, caption_part):
    bodies = [each.proto.body for each in app.get("html") if "figures-table" in each.proto.body]
    [body] = [body for body in bodies if caption_part in body]
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">(.*?)</th>(.*?)</tr>", body)
    cells_of = {name: re.findall(r"<td[^>]*>(.*?)</td>", row) for name, row in rows}
    return {_plain(name): (_plain(row[0]), _plain(row[-1])) for name, row in cells_of.items()}


def _plain(text):
    return text.replace("&amp;", "&").replace("&#x27;", "'")


@pytest.mark.parametrize("indicator_id", [each.id for each in INDICATORS])
def test_map_table_and_file_agree(sample_app, indicator_id):
    shown = indicator(indicator_id)
    app = opened("map", gemeente=GEMEENTE, indicator=indicator_id)
    [deck] = decks(app)
    drawn = {
        feature["properties"]["name"]: feature["properties"]["shown"]
        for feature in deck["layers"][0]["data"]["features"]
        if feature["properties"]["part"] == "wijk"
    }
    period = app.query_params["periode"]
    period = period[0] if isinstance(period, list) else period
    in_table = _rows_of_table(app, "Bilgaard")

    values = on_map(key(GEMEENTE), indicator_id, period)
    values = door.named(values, (key(GEMEENTE),))
    named = cells.with_names(values, data_access.areas(key(GEMEENTE)))
    sheet = tables.sheet("t", [], tables.value_columns(shown, "nl"), named, "nl")
    text = exports.csv_file(sheet).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    in_file = {line[0]: line[1] for line in lines[3:]}
    for row in named.to_dict("records"):
        # The map says in one place what the table says in two: the figure and its state.
        value, state = in_table[row["name"]]
        assert state == cells.state_text(row, "nl")
        if row["level"] == "wijk":
            assert drawn[row["name"]] == cells.cell_text(row, shown, "nl")
        if cells.is_shown(row):
            assert cells.cell_text(row, shown, "nl").split("; ")[0] == value
        else:
            assert state.startswith(value)
        if cells.is_shown(row) and not row["bound"]:
            assert float(in_file[row["name"]].replace(",", ".")) == pytest.approx(row["value"])
        else:
            assert in_file[row["name"]] == ""


@pytest.mark.parametrize("indicator_id", [each.id for each in INDICATORS])
def test_what_is_unknown_or_hidden_is_never_a_number(sample_app, indicator_id):
    frequency = indicator(indicator_id).frequency
    period = "2022" if "year" in frequency else "2022-Q1"
    for gemeente in ("GM0080", "GM0014", "GM0085"):
        values = on_map(key(gemeente), indicator_id, period)
        unknown = values[~cells.shown_in(values)]
        assert unknown["value"].isna().all()
        assert (unknown["reason"] != "").all()
        for row in unknown.to_dict("records"):
            assert not re.search(r"\d", cells.cell_text(row, indicator(indicator_id), "nl"))
        partial = values[values["status"] == "partial"]
        assert (partial["missing"] != "").all()
        for row in partial.to_dict("records"):
            assert "; zonder " in cells.cell_text(row, indicator(indicator_id), "nl")
            assert cells.state_of(row) == "partial"
