"""A page reads little when cold and nothing when warm."""

import sys

import pytest
import streamlit as st
from sqlalchemy import event

from dashboard.page_list import PAGES
from data_access import door
from tests.app.pages import opened

MOST_QUERIES, MOST_ROWS = 5, 500


@pytest.mark.parametrize("page_id", [each.id for each in PAGES])
def test_page_stays_within_its_budget(sample_app, monkeypatch, page_id):
    queries: list[str] = []
    rows: list[int] = []

    def note(_connection, _cursor, statement, *_more):
        queries.append(statement)

    original = door.ask

    def counted(question):
        frame = original(question)
        rows.append(len(frame))
        return frame

    for module in ("release", "values", "amounts"):
        monkeypatch.setattr(sys.modules[f"data_access.{module}"], "ask", counted)
    engine = door.engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        st.cache_data.clear()
        assert not opened(page_id, gemeente="GM0080").exception
        selects = [each for each in queries if "pub_" in each]
        assert len(selects) <= MOST_QUERIES, "\n\n".join(selects)
        assert sum(rows) <= MOST_ROWS, rows
        queries.clear()
        assert not opened(page_id, gemeente="GM0080").exception
        assert [each for each in queries if "pub_" in each] == []
    finally:
        event.remove(engine, "before_cursor_execute", note)
