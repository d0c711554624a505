"""Links with wrong parts, and a database that is away: a sentence, never a stack trace."""

import pytest
from sqlalchemy import event

from dashboard import cached
from dashboard.page_list import PAGES
from data_access import door
from tests.app.pages import opened, words

WRONG = [
    ("gemeente", "GM9999"),
    ("periode", "2099-Q1"),
    ("release", "99"),
    ("release", "een"),
]


@pytest.fixture
def asked(sample_app):
    """Collect every SELECT that reaches the database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, parameters, *_more):
        statements.append(f"{statement} {parameters}")

    engine = door.engine()
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("name", "value"), WRONG)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page_id", ["overview", "map", "wijk"])
def test_unknown_part_of_a_link_gets_a_sentence_and_no_query(
    sample_app, asked, page_id, language, name, value
):
    app = opened(page_id, taal=language, **{name: value})
    assert not app.exception
    assert len(app.error) == 1
    assert value in app.error[0].value
    assert not [each for each in asked if value in each]


def test_unknown_wijk_and_indicator(sample_app):
    assert "WK999999" in opened("wijk", gemeente="GM0080", wijk="WK999999").error[0].value
    assert "gelukt" in opened("map", indicator="gelukt").error[0].value


@pytest.mark.parametrize("page_id", [each.id for each in PAGES])
def test_page_without_a_database_says_what_to_do(monkeypatch, tmp_path, page_id):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nothing.sqlite'}")
    cached.forget()
    app = opened(page_id)
    assert not app.exception
    assert "data_access load" in app.error[0].value


def test_unreachable_database_is_one_sentence_without_the_password(monkeypatch):
    monkeypatch.setattr(cached._LastAnswer, "releases", cached._LastAnswer.releases.iloc[:0])
    monkeypatch.setenv("DATABASE_URL", "postgresql://iemand:geheim@127.0.0.1:1/niets")
    cached.forget()
    app = opened("overview", taal="en")
    assert not app.exception
    assert "cannot be reached" in app.error[0].value
    assert "geheim" not in app.error[0].value


def test_last_figures_stay_when_the_database_goes(sample_app, monkeypatch):
    from dashboard import cached

    before = opened("overview", gemeente="GM0080")
    assert not before.error
    cached._release_list.clear()
    monkeypatch.setenv("DATABASE_URL", "postgresql://iemand:geheim@127.0.0.1:1/niets")
    after = opened("overview", gemeente="GM0080")
    assert not after.exception
    assert not after.error
    assert "laatst bekende cijfers" in words(after)
    assert [e.proto.body for e in before.get("html")][-3:] == [
        e.proto.body for e in after.get("html")
    ][-3:]
