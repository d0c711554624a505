"""Results, spending and corrections: each part opens, within its budget, and says what is there."""

import re
import sys
from html import escape

import pytest
from sqlalchemy import Engine, event

from dashboard import door as dashboard_door
from dashboard.frame import kept_views
from dashboard.spending import avoided
from dashboard.spending.view import PARTS
from dashboard.words.copy import t
from data_access import door
from data_access.shelf import key_of, shelf
from tests.app.pages import drawn_rows, html, links, opened, words
from tests.corrected import REASON, SECOND_NAME, write_corrected

MOST_QUERIES, MOST_ROWS = 5, 500
FIRST = "2026-03-17T10:00:00"
VIEWS = [
    *(("spending", {"deel": part}) for part in PARTS),
    ("spending", {"deel": "vermeden", "verdringing-laag": "0", "jaren-hoog": "6"}),
    ("results", {"per": "organisatie"}),
    ("accountability", {}),
]


@pytest.fixture(scope="module")
def corrected_releases(sample_releases, tmp_path_factory):
    """Give a folder with the sample's releases and a corrected second one."""
    return write_corrected(sample_releases, tmp_path_factory.mktemp("corrected"))


@pytest.fixture
def corrected(corrected_releases, monkeypatch):
    """Let the pages read two releases."""
    monkeypatch.setenv("RELEASES", str(corrected_releases))
    kept_views.forget()
    return corrected_releases


@pytest.fixture
def asked(monkeypatch):
    """Collect the number of rows of every answer of the database."""
    rows: list[int] = []
    original = door.ask_rows

    def counted(*asked, **beside):
        answer = original(*asked, **beside)
        rows.append(len(answer))
        return answer

    for name, module in list(sys.modules.items()):
        if name.startswith("data_access.") and getattr(module, "ask_rows", None) is original:
            monkeypatch.setattr(module, "ask_rows", counted)
    return rows


@pytest.mark.parametrize(("page_id", "choices"), VIEWS, ids=str)
def test_every_part_stays_within_its_budget(corrected, asked, page_id, choices):
    queries: list[str] = []

    def note(_connection, _cursor, statement, *_more):
        queries.append(statement)

    # Files are checked, and read for what they say of themselves, when they come: not by a page.
    for header in shelf().headers:
        dashboard_door.indicators(key_of(header))
    asked.clear()
    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert not opened(page_id, gemeente="GM0080", **choices).exception
        assert 2 <= len(asked) <= MOST_QUERIES
        assert len([each for each in queries if "pub_" in each]) <= MOST_QUERIES
        assert sum(asked) <= MOST_ROWS, asked
        asked.clear()
        before = dashboard_door.misses(), kept_views.misses()
        assert not opened(page_id, gemeente="GM0080", **choices).exception
        assert asked == []
        assert (dashboard_door.misses(), kept_views.misses()) == before
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("page_id", "choices"), VIEWS, ids=str)
def test_every_picture_has_a_finding_a_text_and_a_table(corrected, page_id, choices, language):
    app = opened(page_id, gemeente="GM0080", taal=language, **choices)
    assert not app.exception
    assert not app.error
    drawn = app.get("vega_lite_chart")
    assert all(len(each.proto.alt) > 20 for each in drawn)
    tables = html(app).count("<caption>")
    assert tables >= 1
    assert len(app.get("download_button")) == 2 * tables
    assert html(app).count('<h3 class="finding">') >= min(len(drawn), 1)


def test_results_say_where_and_by_whom(corrected):
    wijken = words(opened("results", gemeente="GM0080", op=FIRST))
    assert "kwamen de meeste uit" in wijken
    assert "Vrijheidswijk" in wijken
    by_organisation = words(opened("results", gemeente="GM0080", op=FIRST, per="organisatie"))
    assert "kwamen de meeste via" in by_organisation
    assert "Dreamfabryk" in by_organisation


def test_two_judgements_are_drawn_apart(corrected):
    app = opened("results", gemeente="GM0080", op=FIRST)
    with_sides = [rows for rows in drawn_rows(app) if "side" in rows]
    assert len(with_sides) == 2
    for rows in with_sides:
        assert (
            rows.groupby("name")["side"].apply(sorted).tolist()
            == [["administration", "residents"]] * rows["name"].nunique()
        )


def test_what_is_judged_has_no_forecast_where_verdicts_are_not_shown(corrected):
    # In the sample some verdicts of every contract are of too few results to show.
    shown = words(opened("results", gemeente="GM0080", periode="2025-Q2", op=FIRST))
    assert "het plafond is" in shown
    assert "Er is geen verwachting van wat bewoners behaald noemen" in shown


def test_money_of_no_organisation_is_in_the_picture_and_the_table(corrected):
    app = opened("spending", gemeente="GM0080", deel="organisaties")
    name = t("spending.no_organisation", "nl")
    assert name in set(drawn_rows(app)[0]["name"].str.replace("\n", " "))
    assert f'<th scope="row">{name}</th>' in html(app)


def test_an_assumption_in_the_link_is_used(corrected):
    usual = words(opened("spending", gemeente="GM0080", deel="vermeden"))
    none_left = opened("spending", gemeente="GM0080", deel="vermeden", deadweight="100.0")
    assert "naar schatting € 0 aan vermeden kosten".replace("€ ", "€\xa0") in words(none_left)
    assert "naar schatting € 0 ".replace("€ ", "€\xa0") not in usual
    assert 'name="deadweight" inputmode="decimal" autocomplete="off" value="100"' in html(none_left)


def _avoided(**asked):
    """Open the part on avoided cost, folded unless asked; return the app, low, central and high."""
    app = opened("spending", **{"gemeente": "GM0080", "deel": "vermeden", "open": "", **asked})
    assert not app.exception
    amount = r"€\W?([\d.,]+\d)"
    pattern = {
        "nl": rf"naar schatting {amount} aan .*?, tussen {amount} en {amount} ",
        "en": rf"an estimated {amount} of .*?, between {amount} and {amount} ",
    }[asked.get("taal", "nl")]
    [found] = re.findall(pattern, words(app))
    central, low, high = (int(re.sub(r"\D", "", each)) for each in found)
    return app, low, central, high


WIDE = {"verdringing-laag": "0", "verdringing-hoog": "60"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_ends_in_the_link_change_low_and_high_only(corrected, language):
    _, low, central, high = _avoided(taal=language)
    app, lower, same, higher = _avoided(taal=language, **WIDE)
    assert lower < low
    assert same == central
    assert higher > high
    own = escape(t("avoided.own_input", language))
    row = next(each for each in html(app).split("<tr") if own in each)
    assert t("avoided.displacement", language) in row
    assert ">60%<" in row
    assert 'name="verdringing-laag"' not in html(app)
    assert [each.value for each in app.warning] == [t("avoided.warning", language)]
    assert not set(WIDE) & set(links(app)[t("avoided.to_usual", language)])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_range_can_be_set_when_its_part_is_open(corrected, language):
    folded = _avoided(taal=language, **WIDE)[1:]
    app, *result = _avoided(taal=language, open="bandbreedte", **WIDE)
    assert result == list(folded)
    fields = dict(
        re.findall(r'<input [^>]*name="([a-z]+-(?:laag|hoog))"[^>]*value="([^"]*)"', html(app))
    )
    assert set(fields) == set(avoided.END_NAMES)
    assert (fields["verdringing-laag"], fields["verdringing-hoog"]) == ("0", "60")
    # What nobody set shows what the margin gives.
    assert (fields["jaren-laag"], fields["jaren-hoog"]) == ("2", "4")
    assert fields["disconto-hoog"] == {"nl": "3,25", "en": "3.25"}[language]
    name = t("avoided.displacement", language)
    for end in ("low_of", "high_of"):
        assert f"<span>{t(f'avoided.{end}', language, name=name)} (%)</span>" in html(app)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", ["", "bandbreedte"])
def test_an_end_on_the_wrong_side_is_corrected_and_that_is_said(corrected, language, part):
    wrong = {"verdringing-laag": "50", "verdringing-hoog": "60"}
    right = {"verdringing-laag": "10", "verdringing-hoog": "60"}
    app, *result = _avoided(taal=language, open=part, **wrong)
    assert result == list(_avoided(taal=language, open=part, **right)[1:])
    name = t("avoided.displacement", language)
    low = t("avoided.low_of", language, name=name)
    [said] = [each.value for each in app.warning][1:]
    if part:
        words_for_it = {"low": "0", "high": "10", "used": "10", "value": "50"}
        assert said == t("frame.not_within", language, label=f"{low} (%)", **words_for_it)
    else:
        assert said == t("avoided.moved", language, ends=f"{low}: 10%")


def test_avoided_cost_is_apart_from_realised_money(corrected):
    app = opened("spending", gemeente="GM0080", deel="vermeden")
    assert [each.value for each in app.warning] == [t("avoided.warning", "nl")]
    for part in set(PARTS) - {"vermeden"}:
        other = opened("spending", gemeente="GM0080", deel=part)
        assert "vermeden kosten, tussen" not in words(other)
        assert not other.warning


def test_a_year_without_a_known_maximum_says_which_setting(corrected):
    app = opened("spending", gemeente="GM0080", deel="vergoedingen")
    assert any("ALLOWANCE_MAXIMUM_2026" in each.value for each in app.info)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_corrected_money_and_its_reason_are_told(corrected, language):
    shown = words(opened("accountability", gemeente="GM0080", taal=language)).replace("\xa0", " ")
    assert REASON[language == "en"] in shown
    for amount in {"nl": ("€ 165.000", "€ 175.000"), "en": ("€165,000", "€175,000")}[language]:
        assert amount in shown
    assert t("corrections.field_ceiling", language) in shown
    assert SECOND_NAME in shown


def test_every_page_can_be_opened_as_presented(corrected):
    app = opened("accountability", gemeente="GM0080", toen="1", periode="2025-Q4")
    presented = [each for each in links(app).values() if each.get("op") == FIRST]
    assert len(presented) == 8
    assert all(each["gemeente"] == "GM0080" for each in presented)
    assert all(each["periode"] == "2025-Q4" for each in presented)
