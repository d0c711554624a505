"""Links with wrong parts, and a database that is away: a sentence, no detail, no stack trace."""

import time

import pytest
from sqlalchemy import Engine, event

from dashboard.address.page_list import PAGES
from dashboard.frame import kept_views
from data_access import fetching
from tests.app.pages import opened, words

WRONG = [
    ("gemeente", "GM9999"),
    ("periode", "2099-Q1"),
    ("release", "99"),
    ("release", "vijf"),
    ("op", "gisteren"),
    ("op", "2001-01-01T12:00"),
]


# Invisible; keeps what was in the link from being read as Markdown (dashboard.plain_text).
WORD_JOINER = "\u2060"


@pytest.fixture
def asked(sample_app):
    """Collect every SELECT that reaches a release."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, parameters, *_more):
        statements.append(f"{statement} {parameters}")

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("name", "value"), WRONG)
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page_id", ["overview", "map", "wijk"])
def test_unknown_part_of_a_link_gets_a_sentence_and_no_query(
    sample_app, asked, page_id, language, name, value
):
    app = opened(page_id, taal=language, **{name: value})
    assert not app.exception
    assert len(app.error) == 1
    assert value in app.error[0].value.replace(WORD_JOINER, "")
    assert not [each for each in asked if value in each]


def test_unknown_wijk_and_indicator(sample_app):
    assert "WK999999" in opened("wijk", gemeente="GM0080", wijk="WK999999").error[0].value
    assert "gelukt" in opened("map", indicator="gelukt").error[0].value


@pytest.mark.parametrize("page_id", [each.id for each in PAGES])
def test_page_without_a_release_says_so(monkeypatch, tmp_path, page_id):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nothing.sqlite'}")
    kept_views.forget()
    app = opened(page_id)
    assert not app.exception
    assert not app.error
    assert "zodra ze er zijn" in app.info[0].value


SECRETS = ("w8woord", "z0eker", "127.0.0.1", "nergensdb", "DATABASE_URL", "postgres", "psycopg")


@pytest.fixture
def away(monkeypatch):
    """Let the app use a database that nobody can reach; wait until that was tried."""

    def wait(url):
        monkeypatch.setenv("DATABASE_URL", url)
        kept_views.forget()
        fetching.start()
        end = time.monotonic() + 20
        while not fetching.state().failing and time.monotonic() < end:
            time.sleep(0.05)
        assert fetching.state().failing

    yield wait
    fetching.stop()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://z0eker:w8woord@127.0.0.1:1/nergensdb",
        "postgresql://127.0.0.1:1/nergensdb?user=z0eker&password=w8woord",
        "oracle9://z0eker:w8woord@127.0.0.1/nergensdb",
    ],
)
def test_a_database_that_is_away_is_told_without_any_detail(away, url):
    away(url)
    for language in ("nl", "en"):
        app = opened("overview", taal=language)
        assert not app.exception
        assert not app.error
        said = " ".join([app.info[0].value, words(app)])
        assert [each for each in SECRETS if each in said] == []


def test_last_figures_stay_when_the_database_goes(sample_app, away):
    before = opened("overview", gemeente="GM0080")
    assert not before.error
    away("postgresql://z0eker:w8woord@127.0.0.1:1/nergensdb")
    after = opened("overview", gemeente="GM0080")
    assert not after.exception
    assert not after.error
    said = words(after)
    assert "u ziet die van 17 maart 2026" in said
    assert [each for each in SECRETS if each in said] == []
    assert [e.proto.body for e in before.get("html")][-3:] == [
        e.proto.body for e in after.get("html")
    ][-3:]
