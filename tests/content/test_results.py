"""The page Resultaten says what the release says of a contract, worked out another way."""

import math
from functools import cache

import pandas as pd
import pytest

from dashboard.elements.view import Fold, Table, View
from dashboard.results.view import view
from tests.content.oracle import Oracle
from tests.content.oracle_results import (
    CHECKED,
    CLAIMED,
    DIFFERING,
    FURTHEST,
    JUDGED,
    PAID,
    VERDICTS,
    Contract,
    Stand,
    cost_of_one,
    total_at_the_end,
)
from tests.content.views import all_of, made, release_file, shipped_sample
from tests.content.writing import (
    cells,
    charts_with,
    day,
    drawn,
    euros,
    findings,
    last_day,
    number,
    quarter_name,
    sentences,
    table_named,
    texts,
)

# The last quarter of a contract, one on its way, and one with too few results to tell much.
CASES = (
    ("GM0080", "2025-Q4", "nl"),
    ("GM0080", "2025-Q2", "en"),
    ("GM0080", "2024-Q2", "nl"),
    ("GM0014", "2025-Q4", "en"),
    ("GM0014", "2025-Q1", "nl"),
)
Case = tuple[str, str, str]
each_case = pytest.mark.parametrize("case", CASES, ids="-".join)
WORDS = {
    "nl": {
        "no_data": "niet bekend",
        "not_shown": "niet getoond",
        "few": "hooguit {}",
        "states": "Op {date}: {agreed} resultaten afgesproken, {claimed} gemeld, {middle}, "
        "{paid} betaald",
        "achieved": "{} volgens bewoners behaald",
        "judged": "{} door bewoners beoordeeld",
        "one": "‘{name}’: {agreed} afgesproken, volgens bewoners {achieved} behaald, "
        "{paid} betaald",
        "one_judged": "‘{name}’: {agreed} afgesproken, {judged} door bewoners beoordeeld, "
        "{paid} betaald",
        "yes": "behaald",
        "no": "niet behaald",
        "side": {"residents": "bewoners: {}", "administration": "administratie: {}"},
        "room": "Er is nog {left} ruimte onder het plafond: {parts}",
        "and": " en ",
        "ended": "dit contract liep tot en met {}",
        "more_than": "meer dan {}",
        "range": "{} ({} tot {})",
        "open": "{} (ten minste {})",
        "nothing_paid": "nog niets betaald",
        "cannot": "niet te zeggen: van een deel van de gemelde resultaten",
        "lead": "Loopt van {start} tot en met {end}. Betalers: {payers}.",
        "payer": "{name} ({share}%, tot {ceiling})",
        "tariff": "Tarief: {} per {}.",
        "number": "Afgesproken aantal: {}.",
        "none": "heeft in deze publicatie geen contract",
        "not_started": "Op {} was dit contract nog niet begonnen",
    },
    "en": {
        "no_data": "not known",
        "not_shown": "not shown",
        "few": "at most {}",
        "states": "On {date}: {agreed} results agreed, {claimed} claimed, {middle}, {paid} paid",
        "achieved": "{} achieved according to residents",
        "judged": "{} judged by residents",
        "one": "‘{name}’: {agreed} agreed, {achieved} achieved according to residents, {paid} paid",
        "one_judged": "‘{name}’: {agreed} agreed, {judged} judged by residents, {paid} paid",
        "yes": "achieved",
        "no": "not achieved",
        "side": {"residents": "residents: {}", "administration": "administration: {}"},
        "room": "{left} of room is left under the ceiling: {parts}",
        "and": " and ",
        "ended": "this contract ran until {}",
        "more_than": "more than {}",
        "range": "{} ({} to {})",
        "open": "{} (at least {})",
        "nothing_paid": "nothing paid yet",
        "cannot": "cannot be said: ",
        "lead": "Runs from {start} up to and including {end}. Payers: {payers}.",
        "payer": "{name} ({share}%, up to {ceiling})",
        "tariff": "Tariff: {} per {}.",
        "number": "Agreed number: {}.",
        "none": "has no contract",
        "not_started": "On {} this contract had not started",
    },
}
SHOWN_STATES = ((CLAIMED, ""), *VERDICTS, (PAID, ""))
TABLE_STATES = (
    (CLAIMED, ""), (JUDGED, ""), (JUDGED, "yes"), (JUDGED, "no"),
    (CHECKED, ""), (CHECKED, "yes"), (CHECKED, "no"), (PAID, ""),
)  # fmt: skip
WHOLES = ((CLAIMED, ""), (JUDGED, ""), (CHECKED, ""), (PAID, ""))

_sample = pytest.fixture(autouse=True, scope="module")(shipped_sample)


@cache
def page(case: Case, **asked: str) -> View:
    """Return the page of a gemeente at the end of a quarter."""
    gemeente, quarter, language = case
    return made(view, "results", gemeente=gemeente, periode=quarter, taal=language, **asked)


@cache
def _oracle(gemeente: str) -> Oracle:
    return Oracle(release_file(gemeente))


@cache
def contract_of(gemeente: str) -> Contract:
    """Return what the release says of the contract."""
    return Contract(_oracle(gemeente))


def _number(value: float | None, stand: Stand, language: str, key: tuple[str, str]) -> str:
    """Return what a table says of a number."""
    if value is not None:
        return number(value, language)
    side = [key] if key not in VERDICTS else VERDICTS
    return WORDS[language]["not_shown" if stand.hides(*side) else "no_data"]


def _said(value: float, language: str, error: float = 0.0) -> str:
    """Return what a sentence says of a published number: a 0 may be more."""
    if value:
        return number(value, language)
    return WORDS[language]["few"].format(number(max(error, FURTHEST), language))


def _together(errors: list[float]) -> float:
    """Return how far a sum of numbers may lie from the truth, each at least FURTHEST."""
    return math.ceil(math.sqrt(sum(max(each, FURTHEST) ** 2 for each in errors)))


@each_case
def test_the_contract_is_told_in_the_words_of_the_release(case):
    gemeente, _, language = case
    contract, words, shown = contract_of(gemeente), WORDS[language], page(case)
    payers = [
        words["payer"].format(
            name=each["name"],
            share=number(100 * each["share"], language),
            ceiling=euros(each["ceiling_cents"] / 100, language),
        )
        for _, each in contract.payers.iterrows()
    ]
    assert shown.lead == words["lead"].format(
        start=day(contract.starts_on, language),
        end=day(contract.ends_on, language),
        payers=words["and"].join(payers),
    )
    said = sentences(shown)
    for place, (_, outcome) in enumerate(contract.outcomes.iterrows()):
        assert findings(shown)[place] == f"‘{outcome[f'name_{language}']}’"
        terms = said[5 * place : 5 * place + 5]
        assert terms[0] == outcome[f"definition_{language}"]
        assert outcome[f"determined_by_{language}"] in terms[1]
        assert outcome[f"validation_{language}"] in terms[2]
        tariff = euros(outcome["tariff_cents"] / 100, language)
        assert terms[3] == words["tariff"].format(tariff, outcome[f"unit_{language}"])
        assert terms[4] == words["number"].format(number(outcome["agreed"], language))


@each_case
def test_the_findings_say_how_the_contract_and_each_outcome_stand(case):
    gemeente, quarter, language = case
    contract, words, said = contract_of(gemeente), WORDS[language], texts(page(case))
    stands = contract.stands(quarter)
    sums = {
        key: sum(each.count(*key) for each in stands.values())
        for key in ((CLAIMED, ""), (JUDGED, ""), (PAID, ""))
    }
    errors = [each.error(*WHOLES) for each in stands.values()]
    achieved = [each.count(JUDGED, "yes") for each in stands.values()]
    whole = None not in achieved and not any(each.left_out for each in stands.values())
    if whole:
        of_verdicts = _together([each.error(*VERDICTS) for each in stands.values()])
        middle = words["achieved"].format(_said(sum(achieved), language, of_verdicts))
    else:
        judged = _said(sums[JUDGED, ""], language, _together(errors))
        middle = words["judged"].format(judged)
    title = words["states"].format(
        date=day(last_day(quarter), language),
        agreed=number(contract.outcomes["agreed"].sum(), language),
        claimed=_said(sums[CLAIMED, ""], language, _together(errors)),
        middle=middle,
        paid=_said(sums[PAID, ""], language, _together(errors)),
    )
    assert title in said
    for _, outcome in contract.outcomes.iterrows():
        stand = stands[outcome["outcome_id"]]
        hides = stand.hides((JUDGED, "yes"), (JUDGED, "no"))
        expected = words["one_judged" if hides else "one"].format(
            name=outcome[f"name_{language}"],
            agreed=number(outcome["agreed"], language),
            achieved=_said(stand.count(JUDGED, "yes") or 0, language, stand.error(*VERDICTS)),
            judged=_said(stand.count(JUDGED), language, stand.error(*WHOLES)),
            paid=_said(stand.count(PAID), language, stand.error(*WHOLES)),
        )
        assert findings(page(case)).count(expected) == 2, "beside the bars and beside the lines"


@each_case
def test_what_verdicts_leave_out_is_said(case):
    gemeente, quarter, language = case
    said = sentences(page(case))
    for _, outcome in contract_of(gemeente).outcomes.iterrows():
        stand = contract_of(gemeente).stand(outcome["outcome_id"], quarter)
        name = f"‘{outcome[f'name_{language}']}’"
        about = [each for each in said if name in each and " – " not in each]
        left_out = stand.left_out and not stand.hides((JUDGED, "yes"), (JUDGED, "no"))
        assert len(about) == stand.hides(*VERDICTS) + bool(left_out)
        if left_out:
            assert f" {number(stand.left_out, language)} " in about[-1]
    errors = [each.error(*WHOLES) for each in contract_of(gemeente).stands(quarter).values()]
    certain = [each for each in said if "95%" in each]
    assert len(certain) == (max(errors) > 0)
    assert all(f" {number(max(errors), language)} " in each for each in certain)


@each_case
def test_the_table_holds_every_state_of_every_quarter_the_newest_first(case):
    gemeente, quarter, language = case
    contract, table = contract_of(gemeente), cells(table_named(page(case), "states"))
    named = sorted(
        zip(contract.outcomes[f"name_{language}"], contract.outcomes["outcome_id"], strict=True)
    )
    agreed = contract.outcomes.set_index("outcome_id")["agreed"]
    expected = []
    for name, outcome in named:
        for each in contract.quarters(quarter)[::-1]:
            stand = contract.stand(outcome, each)
            numbers = [_number(stand.count(*key), stand, language, key) for key in TABLE_STATES]
            expected.append(
                [name, quarter_name(each, language), number(agreed[outcome], language), *numbers]
            )
    assert table.iloc[:, :-1].to_numpy().tolist() == expected
    assert table_named(page(case), "states").sources == [
        {
            "nl": "Contractadministratie in het register van gemeente en wijkbedrijven",
            "en": "Contract records in the register of municipality and wijkbedrijven",
        }[language]
    ]


@each_case
def test_bars_are_as_long_as_the_published_numbers(case):
    gemeente, quarter, language = case
    contract = contract_of(gemeente)
    start = {"nl": "Staven naast elkaar; een stippellijn", "en": "Bars side by side; a dashed line"}
    pictures = charts_with(page(case), start[language])
    assert len(pictures) == len(contract.outcomes)
    for picture, (_, outcome) in zip(pictures, contract.outcomes.iterrows(), strict=True):
        stand = contract.stand(outcome["outcome_id"], quarter)
        bars = drawn(picture, "verdict")
        lengths = (bars["to"] - bars["from"]).groupby(bars["bar"], sort=False).sum()
        whole = [stand.count(*key) or 0 for key in WHOLES]
        assert [lengths.get(bar, 0) for bar in drawn(picture, "words")["bar"].iloc[:4]] == whole
        for measure, bar in ((JUDGED, 1), (CHECKED, 2)):
            name = drawn(picture, "words")["bar"].iloc[bar]
            for verdict in ("yes", "no"):
                mine = bars[(bars["bar"] == name) & (bars["verdict"] == WORDS[language][verdict])]
                found = (mine["to"] - mine["from"]).sum()
                assert found == (stand.count(measure, verdict) or 0)
        colours = bars.groupby("verdict")["colour"].agg(["nunique", "first"])
        assert (colours["nunique"] == 1).all()
        of_yes, of_no = (colours["first"].get(WORDS[language][each]) for each in ("yes", "no"))
        assert of_yes is None or of_no is None or of_yes != of_no
        assert of_yes in (None, bars.iloc[0]["colour"]), "achieved is coloured as claimed"
        [agreed] = [
            rows[0]["from"]
            for rows in picture.spec["datasets"].values()
            if "words" in rows[0] and "from" in rows[0]
        ]
        assert agreed == outcome["agreed"]
        for key in SHOWN_STATES:
            value = stand.count(*key)
            if value:
                assert f": {number(value, language)}" in picture.alternative


@each_case
def test_lines_go_through_the_published_numbers(case):
    gemeente, quarter, _ = case
    contract = contract_of(gemeente)
    [fold] = [each for each in all_of(page(case), Fold) if each.name == "course"]
    pictures = [each for each in fold.inside() if hasattr(each, "spec")]
    lines = ((CLAIMED, ""), (JUDGED, "yes"), (CHECKED, "yes"), (PAID, ""))
    for picture, outcome in zip(pictures, contract.outcomes["outcome_id"], strict=True):
        rows = drawn(picture, "day")
        names = list(dict.fromkeys(rows["name"]))
        for name, key in zip(names, lines, strict=True):
            mine = rows[rows["name"] == name].set_index("day")["value"]
            expected = {
                last_day(each).isoformat(): contract.stand(outcome, each).count(*key)
                for each in contract.quarters(quarter)
            }
            found = {when: None if pd.isna(value) else value for when, value in mine.items()}
            assert found == expected


@each_case
def test_both_judgements_stand_side_by_side_and_are_never_added_up(case):
    gemeente, quarter, language = case
    contract, words = contract_of(gemeente), WORDS[language]
    table = cells(table_named(page(case), "differing"))
    keys = (
        (JUDGED, "yes"), (CHECKED, "yes"), (DIFFERING, ""),
        (DIFFERING, "residents_only"), (DIFFERING, "administration_only"),
    )  # fmt: skip
    for row, outcome in zip(
        table.to_numpy().tolist(), contract.outcomes["outcome_id"], strict=True
    ):
        stand = contract.stand(outcome, quarter)
        for shown, key in zip(row[1:], keys, strict=True):
            value = stand.count(*key)
            hidden = (words["not_shown"], words["no_data"])
            assert shown == number(value, language) if value is not None else shown in hidden
    differing = [each.count(DIFFERING) for each in contract.stands(quarter).values()]
    title = table_named(page(case), "differing").title
    if None not in differing and sum(differing):
        assert f" {number(sum(differing), language)} " in title
    pictures = [
        each
        for each in charts_with(page(case), {"nl": "Twee staven", "en": "Two bars"}[language])
        if "side" in str(each.spec["datasets"])
    ]
    for picture in pictures:
        rows = drawn(picture, "side")
        assert set(rows["side"]) == {"residents", "administration"}
        for _, row in rows.iterrows():
            assert row["words"].startswith(words["side"][row["side"]].format(""))


@pytest.mark.parametrize("per", ["wijk", "organisatie"])
@each_case
def test_places_have_their_own_results_and_the_largest_is_named(case, per):
    gemeente, quarter, language = case
    contract, shown = contract_of(gemeente), page(case, per=per)
    oracle = contract.oracle
    if per == "wijk":
        places = oracle.areas[oracle.areas["level"] == "wijk"]["name"]
        keys = {name: {"area": code} for code, name in places.items()}
    else:
        places = oracle.table("pub_organisation").set_index("organisation_id")["name"]
        keys = {name: {"organisation": each} for each, name in places.items()}
    if "places" not in [each.name for each in all_of(shown, Table)]:
        assert not any(
            contract.stand(outcome, quarter, **place).count(CLAIMED)
            for outcome in contract.outcomes["outcome_id"]
            for place in keys.values()
        )
        return
    table = cells(table_named(shown, "places"))
    ids = dict(
        zip(contract.outcomes[f"name_{language}"], contract.outcomes["outcome_id"], strict=True)
    )
    achieved: dict[str, float] = {}
    listed = list(dict.fromkeys(table.iloc[:, 0]))
    assert [each for each in listed if each in keys] == sorted(
        (each for each in listed if each in keys), key=str.casefold
    )
    for row in table.to_numpy().tolist():
        if row[0] not in keys:
            continue
        stand = contract.stand(ids[row[1]], quarter, **keys[row[0]])
        for said, key in zip(
            row[2:6], ((CLAIMED, ""), (JUDGED, "yes"), (CHECKED, "yes"), (PAID, "")), strict=True
        ):
            # Where nothing was claimed there is nothing to hide.
            value = stand.count(*key) if stand.count(CLAIMED) != 0 else 0
            assert said == _number(value, stand, language, key)
        left_out = stand.left_out
        assert (f" {number(left_out, language)} " in row[6]) == bool(left_out)
        if not stand.hides(*VERDICTS) or not stand.count(CLAIMED):
            achieved[row[0]] = achieved.get(row[0], 0) + (stand.count(JUDGED, "yes") or 0)
    most = max(achieved, key=achieved.__getitem__)
    title = table_named(shown, "places").title
    if sum(achieved.values()) and set(listed) <= set(keys):
        assert title.endswith(f" {most}: {number(achieved[most], language)}")
        assert f" {number(sum(achieved.values()), language)} " in title
    missing = [
        name
        for name, place in keys.items()
        if name not in listed
        for outcome in ids.values()
        if contract.stand(outcome, quarter, **place).count(CLAIMED)
    ]
    assert missing == []
    [picture] = [each for each in charts_with(shown, "Tw") if each.folded == "places"]
    rows = drawn(picture, "side")
    of_residents = rows[rows["side"] == "residents"].set_index("name")["to"]
    assert {name: of_residents[name] for name in achieved} == achieved


@each_case
def test_what_was_paid_is_tariff_times_published_number_times_share(case):
    gemeente, quarter, language = case
    contract, table = contract_of(gemeente), table_named(page(case), "ceilings")
    spent, expected, left, parts = contract.paid_euros(quarter), [], 0.0, []
    for _, payer in contract.payers.iterrows():
        ceiling = payer["ceiling_cents"] / 100
        paid = payer["share"] * spent
        left += ceiling - paid
        parts.append(f"{payer['name']} {euros(ceiling - paid, language)}")
        amounts = [euros(each, language) for each in (ceiling, paid, ceiling - paid)]
        share = f"{number(100 * payer['share'], language)}%"
        expected.append([payer["name"], share, *amounts])
    assert cells(table).to_numpy().tolist() == expected
    words = WORDS[language]
    assert table.title == words["room"].format(
        left=euros(left, language), parts=words["and"].join(parts)
    )
    [picture] = [each for each in charts_with(page(case), "") if each.folded == "ceilings"]
    rows = drawn(picture, "euros")
    together = rows.groupby("name")["euros"].sum()
    for _, payer in contract.payers.iterrows():
        assert together[payer["name"]] == pytest.approx(payer["ceiling_cents"] / 100)


@each_case
def test_the_forecast_is_that_of_the_pace_of_the_last_quarters(case):
    gemeente, quarter, language = case
    contract, shown = contract_of(gemeente), page(case)
    quarters = contract.quarters(quarter)
    end = f"{contract.ends_on.year}-Q{contract.ends_on.quarter}"
    names = [each.name for each in all_of(shown, Table)]
    if quarter >= end or len(quarters) < 2:
        assert not [each for each in names if each.startswith("outlook")]
        if quarter >= end:
            assert any(
                WORDS[language]["ended"].format(day(contract.ends_on, language)) in each
                for each in findings(shown)
            )
        return
    ahead = 4 * (contract.ends_on.year - int(quarter[:4])) + contract.ends_on.quarter
    ahead -= int(quarter[-1])
    table = table_named(shown, "outlook-paid")
    assert len(cells(table)) == len(contract.outcomes)
    for row, (_, outcome) in zip(
        table.rows.to_dict("records"), contract.outcomes.iterrows(), strict=True
    ):
        counts = [contract.stand(outcome["outcome_id"], each).count(PAID) for each in quarters]
        from_start = len(counts) <= 4
        used = len(counts) if from_start else 4
        error = contract.stand(outcome["outcome_id"], quarter).error(*WHOLES)
        before = 0.0 if from_start else counts[-1 - used]
        expected = total_at_the_end(counts[-1], before, used, ahead, error, from_start)
        assert row["now"] == counts[-1]
        assert row["agreed"] == outcome["agreed"]
        for name, value in zip(("low", "middle", "high"), expected, strict=True):
            assert abs(row[name] - value) <= max(6, 0.06 * value), (name, row[name], value)
        assert row["low"] <= row["middle"] <= row["high"]
    [picture] = [each for each in charts_with(shown, "") if each.folded == "outlook-paid"]
    assert set(drawn(picture, "mark").groupby("name").size()) == {3}
    assert euros(contract.payers["ceiling_cents"].sum() / 100, language) in table.title


@each_case
def test_what_a_result_cost_has_the_bounds_of_chance_and_rounding(case):
    gemeente, quarter, language = case
    contract, words = contract_of(gemeente), WORDS[language]
    said = [each for each in sentences(page(case)) if " – " in each]
    for sentence, (_, outcome) in zip(said, contract.outcomes.iterrows(), strict=True):
        stand = contract.stand(outcome["outcome_id"], quarter)
        assert outcome[f"name_{language}"] in sentence
        assert outcome[f"definition_{language}"] in sentence
        achieved, paid = stand.count(JUDGED, "yes"), stand.count(PAID)
        if achieved is None or stand.left_out:
            assert words["cannot"] in sentence
            continue
        spent = outcome["tariff_cents"] / 100 * paid
        estimate, lower, upper = cost_of_one(spent, achieved, stand.error(*VERDICTS))
        low = euros(lower, language)
        if not spent:
            told = words["nothing_paid"]
        elif estimate is None:
            told = words["more_than"].format(low)
        elif upper is None:
            told = words["open"].format(euros(estimate, language), low)
        else:
            told = words["range"].format(euros(estimate, language), low, euros(upper, language))
        assert sentence.endswith(f": {told}.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_before_a_contract_and_without_one_the_page_says_so(language):
    shown = page(("GM0080", "2023-Q4", language))
    assert any(
        each.startswith(WORDS[language]["not_started"].format(day(last_day("2023-Q4"), language)))
        for each in texts(shown)
    )
    assert not [each for each in findings(shown) if "2023" in each]
    without = texts(page(("GM0085", "2025-Q4", language)))
    assert any(WORDS[language]["none"] in each for each in without)
