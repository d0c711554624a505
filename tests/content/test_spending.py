"""The page Besteding says what the release says of money, worked out another way."""

from functools import cache

import pandas as pd
import pytest

from dashboard.elements.choices import NumberField
from dashboard.elements.view import KeyFigures, Notice, Table, View
from dashboard.spending.view import view
from tests.content.oracle_compare import Figure, together, verdicts
from tests.content.oracle_results import cost_of_one
from tests.content.oracle_spending import MAXIMA, OUTCOMES, Euros, Money
from tests.content.views import all_of, made, release_file, shipped_sample
from tests.content.writing import (
    cells,
    charts_with,
    day,
    drawn,
    euros,
    findings,
    number,
    sentences,
    table_named,
)

# Whole gemeenten, a large wijk, and a small one of which money is in steps.
CASES = (
    ("GM0080", "", "2025", "nl"),
    ("GM0080", "WK008060", "2025", "en"),
    ("GM0014", "", "2024", "en"),
    ("GM0014", "WK001404", "2023", "nl"),
    ("GM0085", "", "2025", "nl"),
    ("GM0085", "WK008510", "2022", "en"),
)
Case = tuple[str, str, str, str]
each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(filter(None, case)))
each_language = pytest.mark.parametrize("language", ["nl", "en"])
WORDS = {
    "nl": {
        "less": "minder dan {}",
        "between": "{} tot {}",
        "and": " en ",
        "spread": "In {year} ging er {total} om in {name}; {rest} ({share}%) daarvan is niet aan "
        "een uitkomst toegerekend",
        "more_than": "meer dan {}",
        "range": "{} (tussen {} en {})",
        "open": "{} (ten minste {}, geen bovengrens)",
        "no_money": "niets aan besteed",
        "dearer": "Meer per uitkomst dan de gemeente",
        "cheaper": "Minder per uitkomst dan de gemeente",
        "none": "Geen enkele {} verschilt aantoonbaar",
        "wijk": "wijk",
        "organisation": "organisatie",
        "largest": "{name} is in {year} het grootst: {euros}, {share}% van het geld",
        "most": "{name} besteedde in {year} het meest: {euros}, {share}% van wat",
        "nature": "In {year} was {share}% van het geld in {name} incidenteel",
        "cliff": "De grootste klif is op {date}: dan loopt {euros} af, {share}% van het geld van "
        "{year}",
        "no_cliff": "Er is geen geld met een einddatum",
        "avoided": "Met deze aannames naar schatting {} aan vermeden kosten, tussen {} en {} ",
        "stacked": "Gestapelde staven: besteding per uitkomst",
        "dot": "Stip: bedrag per uitkomst",
        "lapsing": "Staven tot 100%",
        "tornado": "Tornadofiguur",
        "allowance": "Staven: het aantal mensen",
        "above": "In {year} kregen ongeveer {count} mensen in {name} meer dan het jaarmaximum van "
        "{maximum}",
        "nobody": "In {year} kreeg (bijna) niemand in {name} meer dan het jaarmaximum van "
        "{maximum}",
    },
    "en": {
        "less": "less than {}",
        "between": "{} to {}",
        "and": " and ",
        "spread": "In {year}, {total} was spent in {name}; {rest} ({share}%) of it is not "
        "attributed to an outcome",
        "more_than": "more than {}",
        "range": "{} (between {} and {})",
        "open": "{} (at least {}, no upper bound)",
        "no_money": "nothing spent on it",
        "dearer": "More per outcome than the gemeente",
        "cheaper": "Less per outcome than the gemeente",
        "none": "No {} can be shown to differ",
        "wijk": "wijk",
        "organisation": "organisation",
        "largest": "{name} is the largest in {year}: {euros}, {share}% of the money",
        "most": "{name} spent the most in {year}: {euros}, {share}% of what",
        "nature": "In {year}, {share}% of the money in {name} was temporary",
        "cliff": "The largest cliff is on {date}: {euros} lapses then, {share}% of the money of "
        "{year}",
        "no_cliff": "There is no money with an end date",
        "avoided": "With these assumptions an estimated {} of avoided cost, between {} and {} ",
        "stacked": "Stacked bars: spending per outcome",
        "dot": "Dot: amount per outcome",
        "lapsing": "Bars to 100%",
        "tornado": "Tornado",
        "allowance": "Bars: the number of people",
        "above": "In {year} about {count} people in {name} received more than the yearly maximum "
        "of {maximum}",
        "nobody": "In {year} (almost) nobody in {name} received more than the yearly maximum of "
        "{maximum}",
    },
}

_sample = pytest.fixture(autouse=True, scope="module")(shipped_sample)


@cache
def page(case: Case, part: str, **asked: str) -> View:
    """Return a part of the page."""
    gemeente, wijk, year, language = case
    place = {"wijk": wijk} if wijk else {}
    chosen = {"gemeente": gemeente, "periode": year, "taal": language, "deel": part}
    return made(view, "spending", **chosen, **place, **asked)


@cache
def money_of(gemeente: str) -> Money:
    """Return the money that the release tells of."""
    return Money(release_file(gemeente))


def _amount(found: Euros, language: str, digits: int = 0) -> str:
    """Return an amount as a table shows it: exact, or in steps."""
    if not found.step:
        return euros(found.low, language, digits)
    high = euros(found.low + found.step, language, digits)
    if found.low <= 0:
        return WORDS[language]["less"].format(high)
    return WORDS[language]["between"].format(euros(found.low, language, digits), high)


def _cost(spent: float, count: float, error: float, language: str) -> str:
    """Return what an outcome cost, as a sentence says it."""
    words = WORDS[language]
    if not spent:
        return words["no_money"]
    estimate, lower, upper = cost_of_one(spent, count, error)
    low = euros(lower, language)
    if estimate is None:
        return words["more_than"].format(low)
    if upper is None:
        return words["open"].format(euros(estimate, language), low)
    return words["range"].format(euros(estimate, language), low, euros(upper, language))


@each_case
def test_the_page_is_about_the_chosen_place(case):
    gemeente, wijk, _, _ = case
    name = money_of(gemeente).areas.loc[wijk or gemeente, "name"]
    for part in ("wijken", "dekking", "vergoedingen"):
        assert f" {name}," in page(case, part).title or f" {name} " in page(case, part).title


@each_case
def test_the_table_holds_what_every_wijk_spent(case):
    gemeente, _, year, language = case
    money, table = money_of(gemeente), table_named(page(case, "wijken"), "spending")
    rows = cells(table).set_index(cells(table).columns[0])
    names = money.areas["name"]
    wijken = [each for each in rows.index if each in set(names[money.wijken])]
    assert wijken == sorted(names[money.wijken], key=str.casefold)
    assert rows.index[-1] == names[gemeente]
    assert table.total is not None
    assert [table.total(row) for row in table.rows.to_dict("records")] == [
        *[False] * (len(rows) - 1),
        True,
    ]
    for code in money.wijken:
        shown = rows.loc[names[code]].to_list()
        total = money.of_place("area_code", code, year)
        parts = [money.of_place("area_code", code, year, each) for each in OUTCOMES]
        if not shown[0]:
            assert total == Euros(0.0)
            continue
        assert shown[0] == _amount(total, language)
        residents = money.areas.loc[code, "residents"]
        per_resident = Euros(total.low / residents, total.step / residents)
        assert shown[1] == _amount(per_resident, language, 2)
        assert shown[2:5] == [_amount(each, language) for each in parts]
        rest = total.low - sum(each.low for each in parts)
        assert shown[5] == ("" if total.step else euros(abs(round(rest, 2)), language))
    spent = [money.of_gemeente(year), *(money.of_gemeente(year, outcome=o) for o in OUTCOMES)]
    whole = rows.loc[names[gemeente]].to_list()
    assert whole[0] == euros(spent[0], language)
    assert whole[2:5] == [euros(each, language) for each in spent[1:]]
    assert whole[5] == euros(money.of_gemeente(year, outcome=""), language)


@each_case
def test_the_finding_says_what_the_place_spent_and_on_no_outcome(case):
    gemeente, wijk, year, language = case
    money, title = money_of(gemeente), findings(page(case, "wijken"))[0]
    if wijk:
        total = money.of_place("area_code", wijk, year)
        rest = money.of_place("area_code", wijk, year, "").low
    else:
        total = Euros(money.of_gemeente(year))
        rest = money.of_gemeente(year, outcome="")
    if total.step:
        assert _amount(total, language) in title
        return
    told = WORDS[language]["spread"].format(
        year=year,
        total=euros(total.low, language),
        name="|",
        rest=euros(rest, language),
        share=number(100 * rest / total.low, language),
    )
    # Between name and amounts may stand which delivery is missing.
    before, after = told.split("|")
    assert title.startswith(before)
    assert title.endswith(after)
    assert money.areas.loc[wijk or gemeente, "name"] in title


@each_case
def test_bars_hold_all_money_that_can_be_drawn_and_their_legend_fits(case):
    gemeente, _, year, language = case
    money = money_of(gemeente)
    [picture] = charts_with(page(case, "wijken"), WORDS[language]["stacked"])
    rows = drawn(picture, "euros")
    by_class = rows.groupby("place")["euros"].sum()
    for place, outcome in enumerate((*OUTCOMES, "")):
        assert by_class[place] == pytest.approx(money.of_gemeente(year, outcome=outcome), abs=0.05)
    names = rows.drop_duplicates("place").sort_values("place")["part"].to_list()
    scale = picture.spec["encoding"]["color"]["scale"]
    assert scale["domain"] == names
    assert len(set(scale["range"])) == len(names)
    heads = [column.header for column in table_named(page(case, "wijken"), "spending").columns]
    assert heads[3:7] == names


@pytest.mark.parametrize("outcome", OUTCOMES)
@each_case
def test_what_one_outcome_cost_has_its_bounds(case, outcome):
    gemeente, wijk, year, language = case
    money, shown = money_of(gemeente), page(case, "wijken", uitkomst=outcome)
    table, words = table_named(shown, "costs"), WORDS[language]
    rows = cells(table).set_index(cells(table).columns[0])
    names, costs = money.areas["name"], {}
    for code in [*money.wijken, gemeente]:
        counted = money.counted(outcome, year, code)
        spent = _spent(money, gemeente, code, year, outcome)
        in_table = rows.loc[names[code]].to_list()
        if not in_table[0] or counted is None:
            assert in_table[1] == "" or counted is not None
            continue
        count, error = counted
        assert in_table[:2] == [_amount(spent, language), number(count, language)]
        if spent.step:
            continue
        costs[names[code]] = told = _cost(spent.low, count, error, language)
        if not money.is_whole(outcome, year, code) and count and spent.low:
            # How many outcomes are left out is not known, so there are no bounds.
            costs[names[code]] = told = euros(spent.low / count, language)
        if count and spent.low:
            assert in_table[2] == euros(spent.low / count, language)
        else:
            assert in_table[2].startswith(told)
    about = names[wijk or gemeente]
    if about in costs:
        assert costs[about] in table.title
    pictures = charts_with(shown, words["dot"])
    if pictures:
        dots = drawn(pictures[0], "estimate")
        assert 0 < len(dots) <= len([e for e in costs.values() if e != words["no_money"]])


def _spent(money, gemeente, code, year, outcome):
    if code == gemeente:
        return Euros(money.of_gemeente(year, outcome=outcome))
    return money.of_place("area_code", code, year, outcome)


@pytest.mark.parametrize("outcome", OUTCOMES)
@each_case
def test_who_costs_more_or_less_per_outcome_is_beyond_chance(case, outcome):
    """Outcomes are counted on the euros; the interval of the cost must lie beyond the whole's."""
    gemeente, _, year, language = case
    money, shown = money_of(gemeente), page(case, "wijken", uitkomst=outcome)
    words, names, figures = WORDS[language], money.areas["name"], {}
    for code in money.wijken:
        counted = money.counted(outcome, year, code)
        spent = _spent(money, gemeente, code, year, outcome)
        whole_figure = counted and money.is_whole(outcome, year, code) and not spent.step
        if whole_figure and spent.low:
            figures[code] = Figure(counted[0], spent.low, counted[1], 0, of_people=False)
    counted = money.counted(outcome, year)
    left_out = money.left_out(outcome, year, gemeente)
    whole = None
    if counted and counted[0] and money.is_published(outcome, year, gemeente):
        spent = money.of_gemeente(year, outcome=outcome)
        error = max(counted[1], 4) + left_out
        whole = Figure(counted[0], spent, error, 0, of_people=False)
    said = sentences(shown)
    found = {"dearer": [], "cheaper": []}
    against = whole or (together(list(figures.values())) if figures else None)
    if against is not None and against.count:
        cost = against.base / against.count
        for code, each in verdicts(figures, whole).items():
            _, lower, upper = cost_of_one(
                each.figure.base, each.figure.count, each.figure.count_error
            )
            if each.differs and each.position == "low" and lower > cost:
                found["dearer"].append(names[code])
            if each.differs and each.position == "high" and upper and upper < cost:
                found["cheaper"].append(names[code])
    for key, expected in found.items():
        mine = [each for each in said if each.startswith(words[key])]
        assert len(mine) == bool(expected)
        if expected:
            ordered = sorted(expected, key=str.casefold)
            listed = words["and"].join(filter(None, (", ".join(ordered[:-1]), ordered[-1])))
            assert mine[0].endswith(f": {listed}.")


@each_case
def test_organisations_stand_with_the_largest_first(case):
    gemeente, wijk, year, language = case
    money, shown = money_of(gemeente), page(case, "organisaties")
    known = money.organisations
    here = known[[not wijk or wijk in codes.split(",") for codes in known["wijk_codes"]]]
    tables = [each for each in all_of(shown, Table) if each.name == "organisations"]
    if here.empty:
        assert tables == []
        return
    rows = cells(tables[0]).set_index(cells(tables[0]).columns[0])
    spent = {
        row["name"]: money.of_place("organisation_id", each, year) for each, row in here.iterrows()
    }
    known_amounts = [each for each in rows.index if each in spent and rows.loc[each].iloc[0]]
    for name in known_amounts:
        assert rows.loc[name].iloc[0] == euros(spent[name].low, language)
    assert known_amounts == sorted(known_amounts, key=lambda each: -spent[each].low)
    if known_amounts:
        together = sum(spent[each].low for each in known_amounts)
        largest = known_amounts[0]
        assert findings(shown)[0].startswith(
            WORDS[language]["most"].format(
                name=largest,
                year=year,
                euros=euros(spent[largest].low, language),
                share=number(100 * spent[largest].low / together, language),
            )
        )
    assert (money.areas.loc[gemeente, "name"] in rows.index) == (not wijk)


@each_case
def test_flows_are_those_of_the_gemeente_the_largest_first(case):
    gemeente, _, year, language = case
    money, shown = money_of(gemeente), page(case, "stromen")
    taakvelden = money.table("pub_taakveld").set_index("code")["name"]
    names = {
        "financier_id": money.financiers,
        "taakveld": {code: f"{code} {name}" for code, name in taakvelden.items()},
    }
    total = money.of_gemeente(year)
    for group, title in zip(names, findings(shown), strict=True):
        found = money.by(group, year)
        rows = cells(table_named(shown, group))
        assert rows.iloc[:, 1].to_list() == [euros(each, language) for each in found.values()]
        assert set(rows.iloc[:, 0]) == {names[group][each] for each in found}
        largest, amount = next(iter(found.items()))
        assert title == WORDS[language]["largest"].format(
            name=names[group][largest],
            year=year,
            euros=euros(amount, language),
            share=number(100 * amount / total, language),
        )


@each_case
def test_cover_says_what_lapses_when_and_what_is_left(case):
    gemeente, wijk, year, language = case
    money, shown, words = money_of(gemeente), page(case, "dekking"), WORDS[language]
    found = money.by_nature(year, wijk)
    if found.empty:
        assert not findings(shown)
        return
    total = found["euros"].sum()
    temporary = found.loc[found["nature"] == "incidenteel", "euros"].sum()
    assert findings(shown)[0].startswith(
        words["nature"].format(
            year=year,
            share=number(100 * temporary / total, language),
            name=money.areas.loc[wijk or gemeente, "name"],
        )
    )
    lasting = cells(table_named(shown, "nature")).set_index(
        cells(table_named(shown, "nature")).columns[0]
    )
    expected = [
        found.loc[found["nature"] == each, "euros"].sum() for each in ("structureel", "incidenteel")
    ]
    assert lasting.loc[year].to_list() == [euros(each, language) for each in expected]
    dated = found[(found["nature"] == "incidenteel") & (found["ends_on"] != "")]
    if dated.empty:
        assert findings(shown)[1] == words["no_cliff"]
        return
    by_date = dated.groupby("ends_on")["euros"].sum()
    deepest = by_date.idxmax()
    assert findings(shown)[1] == words["cliff"].format(
        date=day(pd.Timestamp(deepest), language),
        euros=euros(by_date[deepest], language),
        share=number(100 * by_date[deepest] / total, language),
        year=year,
    )
    calendar, expected_rows = cells(table_named(shown, "calendar")), []
    for organisation, own in dated.sort_values("ends_on").groupby("organisation_id"):
        of_all = found.loc[found["organisation_id"] == organisation, "euros"].sum()
        gone = 0.0
        name = money.organisations["name"].get(organisation)
        for _, part in own.iterrows():
            gone += 100 * part["euros"] / of_all
            share = 100 * part["euros"] / of_all
            expected_rows.append(
                (
                    *(part["ends_on"], -gone, day(pd.Timestamp(part["ends_on"]), language), name),
                    *(euros(part["euros"], language), number(share, language) + "%"),
                    number(gone, language) + "%",
                )
            )
    expected_rows = [list(each[2:]) for each in sorted(expected_rows, key=lambda each: each[:2])]
    told = calendar.to_numpy().tolist()
    assert len(told) == len(expected_rows)
    for row, wanted in zip(told, expected_rows, strict=True):
        assert wanted[1] is None or row == wanted
    [picture] = charts_with(shown, words["lapsing"])
    bars = drawn(picture, "fraction").groupby("name")["fraction"].sum()
    assert bars.to_list() == pytest.approx([1.0] * len(bars))
    scale = picture.spec["encoding"]["color"]["scale"]
    assert len(scale["domain"]) == len(scale["range"])


def _avoided(count: float, values: dict[str, float]) -> float:
    """Return the avoided cost by the formula that the page prints."""
    kept = (1 - values["deadweight"]) * (1 - values["displacement"]) * (1 - values["others"])
    years = [
        count
        * values["unit_price"]
        * kept
        * (1 - values["drop_off"]) ** (year - 1)
        / (1 + values["discount"]) ** year
        for year in range(1, int(values["years"]) + 1)
    ]
    return sum(years) * (1 - values["optimism"])


USUAL = {
    "unit_price": (7_500.0, 10_000.0, 12_500.0),
    "deadweight": (0.55, 0.40, 0.25),
    "displacement": (0.15, 0.10, 0.05),
    "others": (0.35, 0.25, 0.15),
    "drop_off": (0.45, 0.30, 0.15),
    "years": (2.0, 3.0, 4.0),
    "discount": (0.0325, 0.0225, 0.0125),
    "optimism": (0.35, 0.25, 0.15),
}


@each_case
def test_avoided_cost_follows_from_the_assumptions_that_are_shown(case):
    gemeente, wijk, year, language = case
    counted = money_of(gemeente).counted("paid_work", year, wijk)
    shown = page(case, "vermeden")
    assert [each.kind for each in all_of(shown, Notice)] == ["warning"]
    if counted is None:
        assert not all_of(shown, KeyFigures)
        return
    count, error = counted
    far = max(error, 4)
    counts = (max(count - far, 0), count, count + far)
    low, central, high = (
        _avoided(counts[end], {name: ends[end] for name, ends in USUAL.items()}) for end in range(3)
    )
    amounts = [euros(each, language) for each in (low, central, high)]
    assert findings(shown)[0].startswith(
        WORDS[language]["avoided"].format(amounts[1], amounts[0], amounts[2])
    )
    [cards] = all_of(shown, KeyFigures)
    assert [each.value for each in cards.figures] == amounts
    swings = {}
    for name, ends in {"count": counts, **USUAL}.items():
        one_moved = []
        for end in (0, 2):
            values = {each: USUAL[each][1] for each in USUAL}
            number_of = ends[end] if name == "count" else count
            one_moved.append(
                _avoided(number_of, values | ({} if name == "count" else {name: ends[end]}))
            )
        swings[name] = one_moved[1] - one_moved[0]
    rows = table_named(shown, "tornado").rows
    assert rows["swing"].to_list() == pytest.approx(sorted(swings.values(), reverse=True))
    fields = {each.name: each.value for each in all_of(shown, NumberField)}
    assert (fields["bedrag"], fields["jaren"], fields["deadweight"]) == (10_000.0, 3.0, 40.0)
    years = table_named(shown, "avoided-years").rows
    assert years["after_optimism"].sum() == pytest.approx(central)
    kept = count * 10_000 * 0.6 * 0.9 * 0.75
    assert years["undiscounted"].to_list() == pytest.approx([kept, kept * 0.7, kept * 0.49])


@each_language
def test_an_assumption_of_the_reader_is_used_and_named_as_such(language):
    case = ("GM0080", "", "2025", language)
    counted = money_of("GM0080").counted("step_up", "2025")
    asked = {"bedrag": "3000", "deadweight": "0", "verdringing-hoog": "50", "uitkomst": "step_up"}
    shown = page(case, "vermeden", **asked)
    values = {name: ends[1] for name, ends in USUAL.items()}
    central = _avoided(counted[0], values | {"unit_price": 3_000.0, "deadweight": 0.0})
    assert f" {euros(central, language)} " in findings(shown)[0]
    sources = cells(table_named(shown, "assumptions")).iloc[:, -1].to_list()
    own = {"nl": "Eigen invoer van de lezer", "en": "The reader's own input"}[language]
    assert [each == own for each in sources] == [
        False, True, True, True, False, False, False, False, False,
    ]  # fmt: skip
    rows = cells(table_named(shown, "assumptions")).set_index(
        "Aanname" if language == "nl" else "Assumption"
    )
    assert "50%" in rows.iloc[3].to_list()


@each_case
def test_allowances_are_held_against_the_maximum_of_their_year(case):
    gemeente, wijk, year, language = case
    money, shown, words = money_of(gemeente), page(case, "vergoedingen"), WORDS[language]
    rows = cells(table_named(shown, "allowances")).set_index(
        cells(table_named(shown, "allowances")).columns[0]
    )
    name = money.areas.loc[wijk or gemeente, "name"]
    for each in rows.index:
        month, maximum = (euros(amount, language) for amount in MAXIMA[each])
        assert rows.loc[each].to_list()[1:] == [maximum, month]
        cell = money.cell("allowance_above_maximum", wijk or gemeente, each)
        if cell is None or cell["status"] not in ("published", "partial"):
            assert not rows.loc[each].iloc[0][:1].isdigit()
            continue
        margin = f" ±\N{NO-BREAK SPACE}{number(cell['error'], language)}" if cell["error"] else ""
        count = number(cell["value"], language) + margin
        assert rows.loc[each].iloc[0].startswith(count)
        if each == year:
            key = "above" if cell["value"] else "nobody"
            told = words[key].format(
                year=year, count=rows.loc[each].iloc[0], name=name, maximum=maximum
            )
            assert findings(shown)[0] == told
    setting = f"ALLOWANCE_MAXIMUM_{int(max(rows.index)) + 1}"
    assert any(setting in each.line for each in all_of(shown, Notice))


@each_language
def test_money_of_small_wijken_together_and_of_no_wijk_is_in_the_table(language):
    for gemeente in ("GM0080", "GM0014"):
        places = money_of(gemeente).table("pub_place_amount")
        places = places[
            (places["year"] == 2025) & (places["split"] == "outcome") & (places["step"] == 0)
        ]
        exact = places.groupby("area_code")["cents"].sum() / 100
        others = exact[[not str(code).startswith("WK") for code in exact.index]]
        table = table_named(page((gemeente, "", "2025", language), "wijken"), "spending").rows
        assert len(others[others >= 1])
        for code, amount in others[others >= 1].items():
            [total] = table.loc[table["place"] == code, "total"]
            assert total == pytest.approx(amount)


@each_case
def test_every_source_is_that_of_the_release(case):
    told = money_of(case[0]).table("pub_measure")
    mine = told[(told["kind"] == "measure") & (told["language"] == case[3])]
    source = mine.set_index("id")["source"]
    for part, name in (("wijken", "spending"), ("stromen", "taakveld")):
        assert list(table_named(page(case, part), name).sources) == [source["spending"]]
    allowances = table_named(page(case, "vergoedingen"), "allowances")
    assert allowances.sources[0] == source["allowance_above_maximum"]
