"""Tables: every state in its own words, nothing of the data runs as HTML."""

from html.parser import HTMLParser

import pandas as pd
import pytest

from dashboard.tables import columns as tables
from dashboard.words.value_text import cell_text, state_of, with_names
from indicators.catalogue import indicator

NAN = float("nan")
SHARE = indicator("outflow_per_100_volunteers")
# One row per boundary: a number, a true zero, a bound, not delivered, too small.
ROWS = [
    ("WK008060", 12.0, 15.0, 125.0, "published", "", "", NAN),
    ("WK008061", 0.0, 0.0, 100.0, "published", "", "", NAN),
    ("WK008050", 0.0, 0.0, 40.0, "published", "", "under", 11.1),
    ("WK008051", NAN, NAN, NAN, "no_data", "not_delivered", "", NAN),
    ("WK008020", NAN, 0.0, 5.0, "not_shown", "small_base", "", NAN),
    ("GM0080", 9.5, 90.0, 950.0, "published", "", "", NAN),
]
COLUMNS = "area_code value numerator denominator status reason bound bound_value"


def _values():
    return pd.DataFrame(ROWS, columns=COLUMNS.split(" "))


def _areas(name="Bilgaard"):
    names = [name, "Vrijheidswijk", "Zuid", "Oost", "Centrum", "Leeuwarden"]
    levels = ["wijk"] * 5 + ["gemeente"]
    return pd.DataFrame({"area_code": [r[0] for r in ROWS], "name": names, "level": levels})


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def _parsed(name="Bilgaard"):
    named = with_names(_values(), _areas(name))
    html = tables.html_table(
        "Uitstroom", tables.value_columns(SHARE, "nl"), named, tables.is_gemeente
    )
    parsed = _Tags()
    parsed.feed(html)
    return parsed


@pytest.mark.parametrize(
    ("place", "shown", "state"),
    [
        (0, "12%", "published"),
        (1, "0%", "zero"),
        (2, "onder 11%", "published"),
        (3, "niet bekend: niet geleverd", "no_data"),
        (4, "niet getoond: groep te klein", "not_shown"),
    ],
)
def test_each_state_reads_differently(place, shown, state):
    row = _values().to_dict("records")[place]
    assert cell_text(row, SHARE, "nl") == shown
    assert state_of(row) == state


def test_wijken_come_by_name_and_the_gemeente_last():
    names = with_names(_values(), _areas())["name"].tolist()
    assert names == ["Bilgaard", "Centrum", "Oost", "Vrijheidswijk", "Zuid", "Leeuwarden"]


def test_areas_that_are_not_in_the_release_are_left_out():
    assert len(with_names(_values(), _areas().iloc[:2])) == 2


def test_table_has_caption_and_scoped_headers():
    parsed = _parsed()
    tags = [tag for tag, _ in parsed.tags]
    assert tags.count("caption") == 1
    scopes = [attributes.get("scope") for tag, attributes in parsed.tags if tag == "th"]
    assert scopes == ["col"] * 5 + ["row"] * 6
    assert tags.count("td") == 4 * 6


def test_total_row_is_marked():
    rows = [attributes for tag, attributes in _parsed().tags if tag == "tr"]
    assert [row.get("class") for row in rows][-1] == "total"


def test_names_cannot_bring_html():
    parsed = _parsed('<img src=x onerror="alert(1)">')
    assert "img" not in [tag for tag, _ in parsed.tags]
    assert '<img src=x onerror="alert(1)">' in parsed.texts


def test_file_has_numbers_only_where_there_is_one():
    named = with_names(_values(), _areas())
    columns = tables.value_columns(SHARE, "nl")
    rows = {row[0]: row[1:] for row in tables.sheet("t", [], columns, named, "nl").rows}
    assert rows["Bilgaard"] == (12.0, 15.0, 125.0, "gepubliceerd")
    assert rows["Vrijheidswijk"] == (0.0, 0.0, 100.0, "gepubliceerd")
    assert rows["Zuid"][0] is None
    assert rows["Zuid"][-1] == "onder 11%"
    assert rows["Oost"] == (None, None, None, "niet bekend: niet geleverd")
    assert rows["Centrum"][0] is None
