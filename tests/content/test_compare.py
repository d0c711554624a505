"""What Vergelijken says against verdicts, intervals and limits worked out another way."""

import re
from functools import lru_cache
from html import unescape
from types import MappingProxyType

import pytest

from dashboard.compare.view import view
from dashboard.elements.choices import Choice, Related, Several
from dashboard.elements.view import (
    Chart,
    Files,
    Finding,
    Html,
    Note,
    Paper,
    Part,
    Printing,
    Sentences,
    Table,
    View,
)
from tests.content import oracle_compare, oracle_text
from tests.content.oracle import Oracle
from tests.content.oracle_compare import RATES, Family, Verdict
from tests.content.views import all_of, made

# gemeente, kind, indicator, period, language: limits of chance and widened ones, sums, small wijken
CASES = [
    ("GM0080", "wijken", "outflow_per_100_volunteers", "2025", "nl"),
    ("GM0080", "wijken", "volunteers_per_1000", "2025-Q4", "en"),
    ("GM0014", "wijken", "volunteers_per_100_bijstand", "2025-Q4", "nl"),
    ("GM0085", "wijken", "outflow_per_100_volunteers", "2025", "en"),
    ("GM0085", "wijken", "volunteers_per_100_bijstand", "2024-Q3", "nl"),
    ("GM0080", "organisaties", "outflow_per_100_volunteers", "2025", "nl"),
    ("GM0080", "gemeenten", "volunteers_per_1000", "2025-Q4", "en"),
    ("GM0014", "gemeenten", "outflow_per_100_volunteers", "2025", "nl"),
]
PERCENT = ("outflow_per_100_volunteers",)
WHOLE = MappingProxyType(
    {
        ("wijken", "nl"): "de hele gemeente",
        ("wijken", "en"): "the whole gemeente",
        ("organisaties", "nl"): "alle organisaties samen",
        ("organisaties", "en"): "all organisations together",
        ("gemeenten", "nl"): "alle gemeenten samen",
        ("gemeenten", "en"): "all gemeenten together",
    }
)
WORDS = {
    "nl": {
        ("high", True): "hoger dan {whole}",
        ("high", False): "boven de grens, maar kan toeval zijn",
        ("inside", False): "geen verschil aan te tonen",
        ("low", False): "onder de grens, maar kan toeval zijn",
        ("low", True): "lager dan {whole}",
    },
    "en": {
        ("high", True): "higher than {whole}",
        ("high", False): "above the limit, but may be chance",
        ("inside", False): "no difference can be shown",
        ("low", False): "below the limit, but may be chance",
        ("low", True): "lower than {whole}",
    },
}
ORDER = ("high", "inside", "low")
CASE = "gemeente", "kind", "indicator", "period", "language"


@pytest.fixture(scope="module", autouse=True)
def _fresh(shipped: None) -> None:
    _made.cache_clear()
    _family.cache_clear()


@lru_cache
def _made(
    gemeente: str, kind: str, indicator: str, period: str, language: str, **more: str
) -> View:
    asked = {"gemeente": gemeente, "soort": kind, "indicator": indicator, "periode": period}
    return made(view, "compare", **asked, taal=language, **more)


@lru_cache
def _family(oracles: tuple[Oracle, ...], kind: str, indicator: str, period: str) -> Family:
    if kind == "gemeenten":
        return oracle_compare.of_gemeenten(oracles, indicator, period)
    of = oracle_compare.of_wijken if kind == "wijken" else oracle_compare.of_organisations
    return of(oracles[0], indicator, period)


def _expected(
    oracles: dict[str, Oracle], gemeente: str, kind: str, indicator: str, period: str
) -> tuple[Family, dict[str, str]]:
    """Return the family and the names of its units by id."""
    mine = oracles[gemeente]
    beside = tuple(oracles.values()) if kind == "gemeenten" else (mine,)
    if kind == "organisaties":
        rows = mine.table("pub_organisation")
        names = dict(zip(rows["organisation_id"], rows["name"], strict=True))
    elif kind == "gemeenten":
        names = {each.gemeente: each.areas.loc[each.gemeente, "name"] for each in beside}
    else:
        names = {each: mine.areas.loc[each, "name"] for each in mine.wijken}
    return _family(beside, kind, indicator, period), names


def _verdict_words(verdict: Verdict, kind: str, language: str) -> str:
    words = WORDS[language][(verdict.position, verdict.differs)]
    return words.format(whole=WHOLE[kind, language])


def _shown(value: float, indicator: str, language: str) -> str:
    return oracle_text.number(value, language, 1) + ("%" if indicator in PERCENT else "")


def _interval(verdict: Verdict, indicator: str, language: str) -> str:
    per = RATES[indicator][2]
    return " – ".join(_shown(end * per, indicator, language) for end in verdict.interval)


def _figures(page: View) -> Table:
    [table] = [each for each in all_of(page, Table) if each.name == ""]
    return table


@pytest.mark.parametrize(CASE, CASES)
def test_table_has_every_unit_with_its_rate_interval_base_and_verdict(
    oracles, gemeente, kind, indicator, period, language
):
    family, names = _expected(oracles, gemeente, kind, indicator, period)
    table = _figures(_made(gemeente, kind, indicator, period, language))
    rows = [
        [column.shown(row) for column in table.columns] for row in table.rows.to_dict("records")
    ]
    by_name = {row[0]: row for row in rows}
    assert len(by_name) == len(rows)
    assert set(by_name) == {names[each] for each in family.verdicts}
    per = RATES[indicator][2]
    for unit, verdict in family.verdicts.items():
        _, rate, interval, _, base, _, said = by_name[names[unit]]
        figure = verdict.figure
        of_none_or_all = figure.of_people and figure.rate in (0, 1)
        if of_none_or_all:
            assert rate.split()[0] in ("onder", "boven", "under", "over")
        else:
            assert rate == _shown(figure.rate * per, indicator, language)
        assert interval == _interval(verdict, indicator, language)
        assert base.split()[0] == oracle_text.number(figure.base, language)
        assert ("±" in base) == (figure.base_error > 0)
        assert said.split(", ")[0] == _verdict_words(verdict, kind, language).split(", ")[0]
        assert said.startswith(_verdict_words(verdict, kind, language))


@pytest.mark.parametrize(CASE, CASES)
def test_order_ranks_nobody(oracles, gemeente, kind, indicator, period, language):
    family, names = _expected(oracles, gemeente, kind, indicator, period)
    table = _figures(_made(gemeente, kind, indicator, period, language))
    positions = {names[each]: ORDER.index(v.position) for each, v in family.verdicts.items()}
    assert list(table.rows["name"]) == sorted(positions, key=lambda each: (positions[each], each))


@pytest.mark.parametrize(CASE, CASES)
def test_title_and_sentences_name_who_differs_and_who_may_be_chance(
    oracles, gemeente, kind, indicator, period, language
):
    family, names = _expected(oracles, gemeente, kind, indicator, period)
    page = _made(gemeente, kind, indicator, period, language)
    told = all_of(page, Sentences)[0].lines
    title = all_of(page, Finding)[0].text
    groups = {
        (position, differs): sorted(
            names[unit]
            for unit, verdict in family.verdicts.items()
            if (verdict.position, verdict.differs) == (position, differs)
        )
        for position, differs in WORDS[language]
    }
    starts = {
        key: f"{oracle_text.listed(group, language)} " for key, group in groups.items() if group
    }
    for key, start in starts.items():
        if key[0] != "inside":
            assert sum(each.startswith(start) for each in told) == 1, (start, told)
    certain = [name for key, group in groups.items() if key[1] for name in group]
    may_be_chance = [
        name for key, group in groups.items() if key[0] != "inside" and not key[1] for name in group
    ]
    for name in names.values():
        if name in certain[:3]:
            assert name in title
        if name in may_be_chance or (name in groups["inside", False]):
            assert name not in title
    higher, lower = ("hoger", "lager") if language == "nl" else ("higher", "lower")
    assert (f" {higher} " in title) == bool(groups["high", True])
    assert (f" {lower} " in title) == bool(groups["low", True])
    inside = len(groups["inside", False])
    if inside > 1:
        assert sum(f" {inside} " in each for each in told) == 1
    lacking = [name for unit, name in names.items() if unit not in family.verdicts]
    not_compared = " ".join(
        each for each in told if "niet vergeleken" in each or "not compared" in each
    )
    assert all(name in not_compared for name in lacking)
    assert bool(not_compared) == bool(lacking)
    differ = "verschillen onderling" if language == "nl" else "differ among each other"
    assert any(differ in each for each in told) == (family.widened > 0)


@pytest.mark.parametrize(CASE, CASES)
def test_charts_draw_the_same_figures_and_limits(
    oracles, gemeente, kind, indicator, period, language
):
    family, names = _expected(oracles, gemeente, kind, indicator, period)
    per = RATES[indicator][2]
    page = _made(gemeente, kind, indicator, period, language)
    funnel, intervals = all_of(page, Chart)
    whole = [_rows(each, {"rate"}, exactly=True) for each in (funnel, intervals)]
    for row in whole:
        assert [each["rate"] for each in row] == [pytest.approx(family.whole_rate * per)]
    units = {names[each]: verdict for each, verdict in family.verdicts.items()}
    points = _rows(funnel, {"base", "rate", "where", "size"})
    bars = _rows(intervals, {"lower", "upper", "where"})
    for rows in (points, bars):
        assert {row["name"] for row in rows} == set(units)
        for row in rows:
            verdict = units[row["name"]]
            assert row["rate"] == pytest.approx(verdict.figure.rate * per)
            assert row["where"] == _verdict_words(verdict, kind, language)
    for row in points:
        assert row["base"] == units[row["name"]].figure.base
    for row in bars:
        ends = [end * per for end in units[row["name"]].interval]
        assert [row["lower"], row["upper"]] == pytest.approx(ends, abs=1e-4)
    told = " ".join(all_of(page, Sentences)[0].lines)
    assert all(told in each.alternative for each in (funnel, intervals))
    assert [row["name"] for row in bars] == list(_figures(page).rows["name"])


@pytest.mark.parametrize(CASE, CASES)
def test_who_is_outside_lies_beyond_the_drawn_limits(
    oracles, gemeente, kind, indicator, period, language
):
    """The lines are those of the surest figures: whoever differs lies beyond them."""
    family, names = _expected(oracles, gemeente, kind, indicator, period)
    per = RATES[indicator][2]
    funnel = all_of(_made(gemeente, kind, indicator, period, language), Chart)[0]
    limits = [row for row in _rows(funnel, {"side", "level"}) if row["level"].startswith("95")]
    surest = min((v.figure.count_error, v.figure.base_error) for v in family.verdicts.values())
    checked = 0
    for unit, verdict in family.verdicts.items():
        figure = verdict.figure
        for side, outside in (("low", "low"), ("high", "high")):
            line = [row for row in limits if row["side"].endswith(side)]
            # The bases at which a line is drawn are rounded to fives.
            below = [row for row in line if row["base"] <= figure.base + 2.5]
            above = [row for row in line if row["base"] >= figure.base - 2.5]
            if not (below and above):
                continue
            ends = max(below, key=lambda row: row["base"]), min(above, key=lambda row: row["base"])
            lowest, highest = sorted(row["rate"] / per for row in ends)
            beyond = figure.rate < lowest if side == "low" else figure.rate > highest
            within = figure.rate > highest if side == "low" else figure.rate < lowest
            sure = (figure.count_error, figure.base_error) == surest
            if verdict.position == outside:
                assert not within, (names[unit], side)
                checked += 1
            if beyond and sure:
                assert verdict.position == outside, (names[unit], side)
    assert checked or all(each.position == "inside" for each in family.verdicts.values())


def _rows(chart: Chart, columns: set[str], *, exactly: bool = False) -> list[dict]:
    found = [
        rows
        for rows in chart.spec["datasets"].values()
        if rows and (set(rows[0]) == columns if exactly else columns <= set(rows[0]))
    ]
    return max(found, key=len)


@pytest.mark.parametrize(
    ("kind", "gemeente", "chosen", "language"),
    [
        ("organisaties", "GM0080", ("dreamfabryk", "wijkbedrijf-bilgaard"), "nl"),
        ("wijken", "GM0080", ("WK008060", "WK008010", "WK008040"), "en"),
        ("wijken", "GM0014", ("WK001401", "WK001406"), "nl"),
        ("gemeenten", "GM0085", ("GM0085", "GM0014"), "en"),
    ],
)
def test_sheet_has_the_figures_of_the_chosen_units(oracles, kind, gemeente, chosen, language):
    page = _made(
        gemeente, kind, "outflow_per_100_volunteers", "2025", language, keuze=",".join(chosen)
    )
    [files] = all_of(page, Files)
    table = files.table
    headers = [each.header for each in table.columns]
    rows = [
        dict(zip(headers, [column.raw(row) for column in table.columns], strict=True))
        for row in table.rows.to_dict("records")
    ]
    names = _names_of(oracles, kind, gemeente, chosen)
    by_key = {tuple(row.values())[0:3:2]: list(row.values()) for row in rows}
    assert {name for _, name in by_key} == set(names.values())
    lines = [row[0] for row in map(list, map(dict.values, rows))]
    assert len(set(lines)) * len(chosen) == len(rows)
    definitions = oracles[gemeente].table("pub_measure")
    checked = 0
    for indicator in RATES:
        title = definitions[
            (definitions["id"] == indicator) & (definitions["language"] == language)
        ]["name"].iloc[0]
        when = "2025" if indicator.startswith("outflow") else "2025-Q4"
        family, _ = _expected(oracles, gemeente, kind, indicator, when)
        for unit in chosen:
            if title not in lines:
                continue
            _, period, _, shown, value, low, high, said = by_key[title, names[unit]]
            assert period == oracle_text.period(when, language)
            verdict = family.verdicts.get(unit)
            if verdict is None:
                assert (low, high) == (None, None)
                continue
            per, figure = RATES[indicator][2], verdict.figure
            if figure.of_people and figure.rate in (0, 1):
                assert value is None
            else:
                assert value == pytest.approx(figure.rate * per)
                assert shown.split(";")[0] == _shown(figure.rate * per, indicator, language)
            assert [low, high] == pytest.approx([e * per for e in verdict.interval], abs=1e-4)
            assert said == _verdict_words(verdict, kind, language)
            checked += 1
    assert checked >= len(chosen)
    plain = definitions[
        (definitions["id"] == "volunteers") & (definitions["language"] == language)
    ]["name"].iloc[0]
    for unit in chosen:
        where, whose = (unit, "") if kind != "organisaties" else (gemeente, unit)
        oracle = oracles[unit] if kind == "gemeenten" else oracles[gemeente]
        count = oracle.count("volunteers", where, "2025-Q4", organisation=whose)
        _, _, _, shown, value, *_ = by_key[plain, names[unit]]
        assert value == count
        assert shown.split()[0].rstrip(";") == oracle_text.number(count, language)
    _same_on_screen(page, rows, len(chosen))


def _names_of(oracles, kind: str, gemeente: str, chosen: tuple[str, ...]) -> dict[str, str]:
    return {
        each: _expected(oracles, gemeente, kind, "outflow_per_100_volunteers", "2025")[1][each]
        for each in chosen
    }


def _same_on_screen(page: View, rows: list[dict], units: int) -> None:
    """The table on the page has the same words as the file."""
    [drawn] = all_of(page, Html)
    cells = [
        unescape(re.sub(r"<[^>]+>", " ", each)).split()
        for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", drawn.html)
        for each in re.findall(r"<td>(.*?)</td>", row)[:units]
    ]
    assert len(cells) == len(rows)
    for cell, row in zip(cells, rows, strict=True):
        _, _, _, shown, *_, said = row.values()
        assert cell[: len(shown.split())] == shown.split()
        assert " ".join(cell).endswith(" ".join(said.split()))


def test_sheet_on_paper_says_what_the_page_says_with_its_sources(shipped):
    page = _made("GM0080", "organisaties", "outflow_per_100_volunteers", "2025", "nl")
    [paper], [files] = all_of(page, Paper), all_of(page, Files)
    assert tuple(paper.sources) == tuple(files.table.sources)
    assert any("Register" in each for each in paper.sources)
    assert any("Bestedingen" in each for each in paper.sources)
    assert not files.period
    made_pdf = paper.make(Printing(("Publicatie 2",), "https://voorbeeld.nl/?gemeente=GM0080"))
    assert made_pdf.startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("kind", "chosen", "language"),
    [
        ("wijken", ("WK008060", "WK008010", "WK008020", "WK008061"), "nl"),
        ("organisaties", ("wijkbedrijf-bilgaard", "wijkinitiatieven-leeuwarden"), "en"),
        ("wijken", ("WK008010", "WK008011"), "en"),
    ],
)
def test_pairs_agree_with_the_verdicts(oracles, kind, chosen, language):
    """Higher is only who has the higher rate, and not both alike; each pair is spoken of once."""
    indicator, period = "outflow_per_100_volunteers", "2025"
    page = _made("GM0080", kind, indicator, period, language, keuze=",".join(chosen))
    family, names = _expected(oracles, "GM0080", kind, indicator, period)
    told = all_of(page, Sentences)[1].lines
    known = {names[each]: family.verdicts[each] for each in chosen if each in family.verdicts}
    higher = "scoort hoger dan" if language == "nl" else "scores higher than"
    others = "de andere gekozen" if language == "nl" else "the other chosen"
    apart = set()
    for each in told:
        if higher in each:
            name, rest = each.split(f" {higher} ")
            lower = [one for one in known if one != name and (one in rest or others in rest)]
            assert lower
            apart |= {(name, one) for one in lower}
    for above, below in apart:
        one, other = known[above], known[below]
        assert one.figure.rate > other.figure.rate
        assert {one.position, other.position} != {"inside"}
        assert one.interval[0] > other.figure.rate
    alike = " ".join(each for each in told if higher not in each)
    for one in known:
        for other in known:
            if one < other and not {(one, other), (other, one)} & apart:
                assert {one, other} <= {name for name in known if name in alike}
    clear = [
        (one, other)
        for one, first in known.items()
        for other, second in known.items()
        if first.differs and first.interval[0] > second.interval[1]
    ]
    assert set(clear) <= apart


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("indicator", "group"), [("volunteers_per_1000", "1.000"), ("outflow_per_100_bijstand", "100")]
)
def test_organisations_have_no_residents(shipped, indicator, group, language):
    page = _made("GM0080", "organisaties", indicator, "", language)
    assert not all_of(page, Chart)
    notes = " ".join(each.line for each in all_of(page, Note))
    words = {
        ("1.000", "nl"): "Organisaties hebben geen inwoners, dus een cijfer per 1.000 inwoners",
        ("1.000", "en"): "Organisations have no residents, so a figure per 1,000 residents",
        ("100", "nl"): "Organisaties hebben geen inwoners in de bijstand",
        ("100", "en"): "Organisations have no residents on bijstand",
    }
    assert words[group, language] in notes
    table = _figures(page)
    assert len(table.columns) == 2, "the count only: there is no rate to show"
    [related] = all_of(page, Related)
    assert "outflow_per_100_volunteers" in related.options
    assert not any("resident" in each or "bijstand" in each for each in related.options)
    assert not any("per_1000" in each for each in related.options)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_money_is_shown_and_not_tested(oracles, language):
    page = _made("GM0080", "wijken", "spending", "2025", language)
    assert not all_of(page, Chart)
    oracle = oracles["GM0080"]
    table = _figures(page)
    assert len(table.rows) == len(oracle.wijken)
    exact = 0
    for row in table.rows.to_dict("records"):
        _, shown, verdict, state = (column.shown(row) for column in table.columns)
        euros = oracle.value("spending", row["area_code"], "2025")
        small = oracle.table("pub_place_amount").query(
            "year == 2025 and split == 'total' and step > 0"
        )
        if row["area_code"] in set(small["area_code"]):
            assert oracle_text.euros(5000, language) in shown or "tot" in shown or "to" in shown
        elif euros is not None and row["status"] == "published":
            assert shown == oracle_text.euros(euros, language)
            exact += 1
        assert state
        assert "not tested" in verdict or "niet getoetst" in verdict or row["status"] != "published"
    assert exact > 3


def test_part_is_named_after_indicator_place_and_period(shipped):
    page = _made("GM0014", "wijken", "volunteers_per_100_bijstand", "2025-Q4", "nl")
    assert all_of(page, Part)[0].title == (
        "Vrijwilligers per 100 mensen in de bijstand in Groningen, 4e kwartaal 2025"
    )
    everywhere = _made("GM0080", "gemeenten", "volunteers_per_1000", "2025-Q4", "en")
    assert all_of(everywhere, Part)[0].title == (
        "Volunteers per 1,000 residents in all gemeenten, Q4 2025"
    )


def test_chosen_are_the_first_two_unless_others_are(shipped):
    page = _made("GM0080", "organisaties", "outflow_per_100_volunteers", "2025", "nl")
    [kind], [chosen] = all_of(page, Choice), all_of(page, Several)
    assert kind.value == "organisaties"
    assert list(chosen.value) == list(_figures(page).rows["area"][:2])
    one = _made(
        "GM0080", "organisaties", "outflow_per_100_volunteers", "2025", "nl", keuze="dreamfabryk"
    )
    assert not all_of(one, Files)
    assert not all_of(one, Paper)
    assert "Kies hierboven twee tot vier organisaties" in all_of(one, Note)[-1].line


def test_small_wijken_are_counted(oracles):
    """A note says of how many wijken the figure lacks and why, as the release does."""
    oracle = oracles["GM0085"]
    page = _made("GM0085", "wijken", "outflow_per_100_volunteers", "2025", "en")
    cells = [oracle.cell("active_volunteers", each, "2025") for each in oracle.wijken]
    small = sum(each is not None and each["reason"] == "small_place" for each in cells)
    assert small > 1
    said = f"For {small} wijken this figure is not shown: too few people for this breakdown."
    assert said in all_of(page, Note)[1].line
