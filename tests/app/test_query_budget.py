"""A page reads little when cold and nothing when warm."""

import sys

import pandas as pd
import pytest
from sqlalchemy import Engine, event

from dashboard import door as dashboard_door
from dashboard.address.page_list import PAGES
from dashboard.frame import kept_views
from data_access import door
from data_access.shelf import key_of, shelf
from tests.app.pages import opened

MOST_QUERIES, MOST_ROWS = 5, 500


VIEWS = [
    *((each.id, {}) for each in PAGES),
    ("compare", {"soort": "organisaties", "indicator": "outflow_per_100_volunteers"}),
    ("compare", {"soort": "gemeenten"}),
    ("compare", {"indicator": "spending", "periode": "2025-Q3"}),
]


@pytest.mark.parametrize(("page_id", "view"), VIEWS)
def test_page_stays_within_its_budget(sample_app, monkeypatch, page_id, view):
    """No file is asked more than MOST_QUERIES; a page beside other gemeenten asks theirs too."""
    queries: dict[Engine, list[str]] = {}
    rows: list[int] = []

    def note(connection, _cursor, statement, *_more):
        queries.setdefault(connection.engine, []).append(statement)

    original = door.ask_rows

    def counted(*asked, **beside):
        answer = original(*asked, **beside)
        rows.append(len(answer))
        return answer

    for module in ("door", "values"):
        monkeypatch.setattr(sys.modules[f"data_access.{module}"], "ask_rows", counted)
    # Files are checked, and read for what they say of themselves, when they come: not by a page.
    for header in shelf().headers:
        dashboard_door.read_about(key_of(header))
    rows.clear()
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert not opened(page_id, gemeente="GM0080", **view).exception
        assert queries
        for asked in queries.values():
            assert len(asked) <= MOST_QUERIES, "\n\n".join(asked)
        assert sum(rows) <= MOST_ROWS, rows
        queries.clear()
        assert not opened(page_id, gemeente="GM0080", **view).exception
        assert queries == {}
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page_id", [each.id for each in PAGES])
def test_warm_page_works_nothing_out(sample_app, page_id, language):
    asked = {"gemeente": "GM0080", "taal": language}
    assert not opened(page_id, **asked).exception
    before = dashboard_door.misses(), kept_views.misses()
    assert not opened(page_id, **asked).exception
    assert (dashboard_door.misses(), kept_views.misses()) == before


def test_pages_never_change_what_is_kept(sample_app, monkeypatch):
    answers = []
    original = dashboard_door._answer

    def noted(*asked):
        answer = original(*asked)
        if all(answer is not each for each, _ in answers):
            answers.append((answer, _content(answer)))
        return answer

    monkeypatch.setattr(dashboard_door, "_answer", noted)
    for page_id in [each.id for each in PAGES] * 2:
        assert not opened(page_id, gemeente="GM0080").exception
    assert len(answers) > 20
    changed = [answer for answer, content in answers if _content(answer) != content]
    assert changed == []


def _content(answer):
    return answer.to_csv() if isinstance(answer, pd.DataFrame) else repr(answer)
