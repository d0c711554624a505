"""What Overzicht says against the release: key figures, targets, who stands out, the map."""

from functools import lru_cache

import pytest

from dashboard.elements.cards import KeyFigure
from dashboard.elements.view import KeyFigures, Link, Map, Note, Part, Sentences, Table, View
from dashboard.overview.view import view
from tests.content import oracle_compare, oracle_map, oracle_text
from tests.content.oracle import Oracle
from tests.content.views import all_of, made

# Quarters with a target, with one for another period, at the start, and in the first year.
CASES = [
    ("GM0080", "2025-Q4", "nl"),
    ("GM0080", "2024-Q4", "en"),
    ("GM0080", "2025-Q2", "nl"),
    # A target of a wijk, none of the gemeente.
    ("GM0080", "2023-Q4", "nl"),
    ("GM0014", "2025-Q4", "en"),
    ("GM0014", "2023-Q3", "nl"),
    ("GM0085", "2025-Q4", "nl"),
    ("GM0085", "2022-Q2", "en"),
]
CASE = "gemeente", "quarter", "language"
PER_QUARTER = ("volunteers",)
PER_YEAR = ("outflow", "ladder_steps_up", "spending", "structural_share")
LOOKED_AT = ("volunteers_per_1000", "outflow_per_100_volunteers")
ON_THE_MAP = "volunteers_per_1000"


@pytest.fixture(scope="module", autouse=True)
def _fresh(shipped: None) -> None:
    _made.cache_clear()


@lru_cache
def _made(gemeente: str, quarter: str, language: str) -> View:
    return made(view, "overview", gemeente=gemeente, periode=quarter, taal=language)


def _year(oracle: Oracle, quarter: str) -> str:
    """Return the newest year that was over at the end of a quarter; '' for none."""
    years = [each for each in oracle.periods if "Q" not in each and f"{each}-Q4" <= quarter]
    return max(years, default="")


def _name(oracle: Oracle, indicator: str, language: str) -> str:
    rows = oracle.table("pub_measure")
    chosen = (rows["id"] == indicator) & (rows["kind"] == "indicator")
    return str(rows[chosen & (rows["language"] == language)]["name"].iloc[0])


def _cards(page: View) -> dict[str, KeyFigure]:
    [found] = all_of(page, KeyFigures)
    return {each.name: each for each in found.figures}


def _periods(oracle: Oracle, quarter: str) -> dict[str, str]:
    """Return the period of each key figure that can be shown."""
    year = _year(oracle, quarter)
    yearly = dict.fromkeys(PER_YEAR, year) if year else {}
    return {**dict.fromkeys(PER_QUARTER, quarter), **yearly}


def _figure(
    oracle: Oracle, indicator: str, period: str, language: str
) -> tuple[str | None, float | None]:
    """Return a figure of the gemeente in words, and as a number where it is whole."""
    value = oracle.value(indicator, oracle.gemeente, period)
    if indicator in ("spending", "structural_share"):
        cell = oracle.cell("spending", oracle.gemeente, period)
        if cell is not None and cell["status"] not in ("published", "partial"):
            return None, None
        whole = cell is None or cell["status"] == "published"
        shown = None if value is None else oracle_map.styled(value, indicator, language)
        return shown, value if whole else None
    state, _ = oracle_map.state(oracle, indicator, oracle.gemeente, period)
    shown = oracle_map.shown(oracle, indicator, oracle.gemeente, period, language)
    return shown, value if state in ("zero", "published") else None


@pytest.mark.parametrize(CASE, CASES)
def test_cards_have_the_figures_of_their_period(oracles, gemeente, quarter, language):
    oracle, page = oracles[gemeente], _made(gemeente, quarter, language)
    cards = _cards(page)
    periods = _periods(oracle, quarter)
    assert list(cards)[: len(periods)] == [_name(oracle, each, language) for each in periods]
    known = 0
    for indicator, period in periods.items():
        card = cards[_name(oracle, indicator, language)]
        shown, _ = _figure(oracle, indicator, period, language)
        assert card.known == (shown is not None), indicator
        assert oracle_text.period(period, language) in card.meaning
        if shown is None:
            assert not any(mark.isdigit() for mark in card.value)
            continue
        number, _, margin = shown.partition(f" ±{oracle_text.NO_BREAK}")
        assert card.value == number
        assert card.margin.removeprefix(f"±{oracle_text.NO_BREAK}") == margin
        known += 1
    assert known


@pytest.mark.parametrize(CASE, CASES)
def test_targets_are_those_of_the_gemeente_in_that_very_period(
    oracles, gemeente, quarter, language
):
    oracle, cards = oracles[gemeente], _cards(_made(gemeente, quarter, language))
    targets = oracle.table("pub_target")
    for indicator, period in _periods(oracle, quarter).items():
        mine = targets[
            (targets["indicator"] == indicator)
            & (targets["area_code"] == gemeente)
            & (targets["period"] == period)
        ]
        card = cards[_name(oracle, indicator, language)]
        if mine.empty:
            assert (card.target, card.target_text) == (None, ""), indicator
            continue
        aim = float(mine["value"].iloc[0])
        assert card.target == aim
        assert card.target_text.endswith(f": {oracle_map.styled(aim, indicator, language)}")


@pytest.mark.parametrize(CASE, CASES)
def test_courses_run_up_to_the_period_and_leave_out_what_is_not_whole(
    oracles, gemeente, quarter, language
):
    oracle, cards = oracles[gemeente], _cards(_made(gemeente, quarter, language))
    for indicator, period in _periods(oracle, quarter).items():
        course = cards[_name(oracle, indicator, language)].course
        before = [
            each for each in oracle.periods if ("Q" in each) == ("Q" in period) and each <= period
        ]
        wanted = [_figure(oracle, indicator, each, language)[1] for each in before]
        assert len(course) == len(wanted), indicator
        for found, expected in zip(course, wanted, strict=True):
            assert found == (None if expected is None else pytest.approx(expected)), indicator


@pytest.mark.parametrize(CASE, CASES)
def test_what_must_wait_for_a_year_says_so(oracles, gemeente, quarter, language):
    oracle, cards = oracles[gemeente], _cards(_made(gemeente, quarter, language))
    waiting = [card for card in cards.values() if " · " in card.name]
    assert len(waiting) == (0 if _year(oracle, quarter) else 1)
    for card in waiting:
        assert not card.known
        assert all(_name(oracle, each, language) in card.name for each in PER_YEAR)
        assert quarter[:4] in card.meaning


def _standing_out(oracle: Oracle, quarter: str) -> list[tuple[str, str, str, float, float]]:
    """Return indicator, wijk, position, rate and rate of the whole of all that differs."""
    found = []
    for indicator in LOOKED_AT:
        period = quarter if indicator.startswith("volunteers") else _year(oracle, quarter)
        if not period:
            continue
        family = oracle_compare.of_wijken(oracle, indicator, period)
        per = oracle_compare.RATES[indicator][2]
        found += [
            (indicator, wijk, each.position, each.figure.rate * per, family.whole_rate * per)
            for wijk, each in family.verdicts.items()
            if each.differs
        ]
    return found


@pytest.mark.parametrize(CASE, CASES)
def test_sentences_name_exactly_who_differs_with_rate_and_whole(
    oracles, gemeente, quarter, language
):
    oracle, page = oracles[gemeente], _made(gemeente, quarter, language)
    [told] = all_of(page, Sentences)
    expected = _standing_out(oracle, quarter)
    if not expected:
        nothing = {"nl": "Niets: ", "en": "Nothing: "}
        assert [each[: len(nothing[language])] for each in told.lines] == [nothing[language]]
        return
    against = {"nl": "tegen", "en": "against"}[language]
    words = {
        "nl": {"high": "hoger dan toeval verklaart", "low": "lager dan toeval verklaart"},
        "en": {"high": "higher than chance explains", "low": "lower than chance explains"},
    }[language]
    assert len(told.lines) == len(expected)
    for indicator, wijk, position, rate, whole in expected:
        sign = "%" if indicator == "outflow_per_100_volunteers" else ""
        name = _name(oracle, indicator, language)
        start = f"{oracle.areas.loc[wijk, 'name']} – {name[:1].lower()}{name[1:]}: "
        [mine] = [each for each in told.lines if each.startswith(start)]
        rates = [oracle_text.number(each, language, 1) + sign for each in (rate, whole)]
        assert mine.startswith(f"{start}{rates[0]}, {against} {rates[1]} ")
        assert mine.endswith(f"{words[position]}.")


@pytest.mark.parametrize(CASE, CASES)
def test_note_says_what_was_looked_at_and_when(oracles, gemeente, quarter, language):
    oracle, page = oracles[gemeente], _made(gemeente, quarter, language)
    looked = {"nl": "Bekeken: ", "en": "Looked at: "}[language]
    [said] = [each.line for each in all_of(page, Note) if each.line.startswith(looked)]
    year = _year(oracle, quarter)
    assert oracle_text.period(quarter, language) in said
    assert _name(oracle, LOOKED_AT[0], language) in said
    assert (_name(oracle, LOOKED_AT[1], language) in said) == bool(year)
    if year:
        assert f" {year}." in said


@pytest.mark.parametrize(CASE, CASES)
def test_map_and_table_show_the_chosen_quarter(oracles, gemeente, quarter, language):
    oracle, page = oracles[gemeente], _made(gemeente, quarter, language)
    place = oracle.areas.loc[gemeente, "name"]
    title = (
        f"{_name(oracle, ON_THE_MAP, language)} in {place}, {oracle_text.period(quarter, language)}"
    )
    assert all_of(page, Part)[1].title == title
    [drawn], [table] = all_of(page, Map), all_of(page, Table)
    assert table.title == title
    assert oracle_text.period(quarter, language) in drawn.alternative
    texts = oracle_map.hover_texts(drawn.drawn.deck)
    rows = {row["area_code"]: table.columns[1].shown(row) for row in table.rows.to_dict("records")}
    assert set(texts) == set(oracle.wijken)
    for wijk in (*oracle.wijken, gemeente):
        expected = oracle_map.shown(oracle, ON_THE_MAP, wijk, quarter, language)
        if expected is not None:
            assert rows[wijk] == expected
            assert wijk == gemeente or texts[wijk].split(";")[0] == expected
        else:
            assert not any(mark.isdigit() for mark in rows[wijk])
    colours = {colour for colour, _ in oracle_map.legend_entries(drawn.legend)}
    assert set(oracle_map.fills(drawn.drawn.deck).values()) <= colours


@pytest.mark.parametrize(CASE, CASES)
def test_title_names_the_gemeente_and_a_link_leads_to_the_comparison(
    oracles, gemeente, quarter, language
):
    page = _made(gemeente, quarter, language)
    asks = {"nl": "Hoe staan we ervoor in {}?", "en": "How does {} stand?"}[language]
    assert page.title == asks.format(oracles[gemeente].areas.loc[gemeente, "name"])
    assert [each.page for each in all_of(page, Link)] == ["compare"]
