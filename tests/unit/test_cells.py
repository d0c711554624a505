"""One figure in words: what it leaves out, its range, its margin, or why there is none."""

import math

import pandas as pd
import pytest

from dashboard.cartography import words as map_words
from dashboard.comparison import figures
from dashboard.elements.cards import figures_html
from dashboard.overview.headline import figures_of
from dashboard.tables import columns as tables
from dashboard.words import findings
from dashboard.words.lacking import data_state
from dashboard.words.numbers import euro_range
from dashboard.words.value_text import (
    cell_text,
    state_of,
    state_text,
    wants_organisations,
    with_organisations,
)
from indicators.catalogue import indicator

NAN = float("nan")
SPENDING, STEPS = indicator("spending"), indicator("ladder_steps_up")
WHOLE = {
    "status": "published", "reason": "", "bound": "", "bound_value": NAN, "without": 0,
    "missing": "", "numerator": NAN, "denominator": NAN, "numerator_error": 0.0,
    "denominator_error": 0.0, "step": 0.0, "value": 60.0,
}  # fmt: skip
PARTIAL = {
    **WHOLE, "status": "partial", "reason": "not_delivered", "missing": "b,a",
    "missing_names": "Wijkbedrijf A\nWijkbedrijf B",
}  # fmt: skip
SMALL = {**WHOLE, "status": "not_shown", "reason": "small_place", "value": NAN, "without": 15}
NOBODY = {**WHOLE, "status": "no_data", "reason": "no_organisation", "value": NAN}
GROUPS = ",".join(
    f"{breakdown}|{period}||{wijk}"
    for breakdown in ("volunteers", "ladder_moves")
    for period in ("2024", "2025")
    for wijk in ("WK1", "WK2")
)
KNOWN = pd.DataFrame(
    [
        ("a", "Wijkbedrijf A", "WK1,WK2", GROUPS),
        ("b", "Wijkbedrijf B", "WK2", ""),
    ],
    columns=["organisation_id", "name", "wijk_codes", "together_in"],
)


@pytest.mark.parametrize(
    ("cell", "shown", "state", "look"),
    [
        (WHOLE, "60", "gepubliceerd", "published"),
        ({**WHOLE, "value": 0.0}, "0", "gepubliceerd", "zero"),
        (
            PARTIAL,
            "60; zonder Wijkbedrijf A en Wijkbedrijf B",
            "onvolledig, zonder Wijkbedrijf A en Wijkbedrijf B",
            "partial",
        ),
        # An incomplete zero is no zero.
        (
            {**PARTIAL, "value": 0.0, "missing_names": "A"},
            "0; zonder A",
            "onvolledig, zonder A",
            "partial",
        ),
        (
            {**WHOLE, "without": 15},
            "60; zonder 15 mensen",
            "gepubliceerd, zonder 15 mensen",
            "published",
        ),
        (
            {**WHOLE, "numerator_error": 11.0},
            "60 ±\N{NO-BREAK SPACE}11",
            "gepubliceerd",
            "published",
        ),
        (
            SMALL,
            *["niet getoond: te weinig mensen voor deze uitsplitsing"] * 2,
            "not_shown",
        ),
        (
            {**SMALL, "together_names": "Wijkbedrijf A"},
            *[
                "niet getoond: te weinig mensen voor deze uitsplitsing; de cijfers staan bij de "
                "kleine wijken van Wijkbedrijf A samen"
            ]
            * 2,
            "not_shown",
        ),
        (NOBODY, "geen wijkbedrijf", "geen wijkbedrijf", "no_organisation"),
        (
            {**SMALL, "reason": "uncertain"},
            *["niet getoond: door de afronding is dit totaal te onzeker"] * 2,
            "not_shown",
        ),
    ],
)
def test_each_figure_says_what_it_is(cell, shown, state, look):
    assert cell_text(cell, STEPS, "nl") == shown
    assert state_text(cell, "nl") == state
    assert state_of(cell) == look


def test_money_in_steps_is_a_range_and_never_zero():
    some = {**WHOLE, "value": 20_000.0, "step": 5000.0}
    none = {**some, "value": 0.0}
    assert cell_text(some, SPENDING, "nl") == "€ 20.000 tot € 25.000".replace("€ ", "€\xa0")
    assert cell_text(none, SPENDING, "nl") == "minder dan €\xa05.000"
    assert cell_text(none, SPENDING, "en") == "less than €5,000"
    assert state_of(none) == "published"
    each = {**some, "value": 20.0, "denominator": 1000.0}
    assert cell_text(each, indicator("spending_per_resident"), "en") == "€20.00 to €25.00"


def test_an_exact_amount_is_no_range():
    assert euro_range(0, 0, "en") == "€0"
    assert euro_range(12.5, 12.5, "en", 2) == "€12.50"


def _frame(*cells):
    return pd.DataFrame(cells)


def test_ids_become_names_and_small_places_find_their_group():
    frame = _frame(
        {"area_code": "WK2", "organisation_id": "", "period": "2025", **PARTIAL},
        {"area_code": "WK1", "organisation_id": "", "period": "2025", **SMALL},
        {"area_code": "WK1", "organisation_id": "", "period": "2023", **SMALL},
        {"area_code": "GM1", "organisation_id": "a", "period": "2024", **SMALL},
        {"area_code": "WK2", "organisation_id": "", "period": "2025", **WHOLE},
    )
    assert wants_organisations(frame)
    assert not wants_organisations(frame.tail(1))
    named = with_organisations(frame, KNOWN)
    assert named["missing_names"].tolist() == ["Wijkbedrijf A\nWijkbedrijf B", "", "", "", ""]
    assert named["together_names"].tolist() == ["", "Wijkbedrijf A", "", "Wijkbedrijf A", ""]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"measure": "ladder_moves", "item": ""}, "Wijkbedrijf A"),
        ({"measure": "volunteer_hours", "item": ""}, "Wijkbedrijf A"),
        # Decided by itself: from more people on.
        ({"measure": "new_volunteers", "item": ""}, ""),
        # Large enough in volunteers, but with few readings, and no group of those.
        ({"measure": "ladder_level", "item": ""}, ""),
        ({"measure": "outflow", "item": ""}, ""),
        ({"measure": "results_judged", "item": "pilot/goal"}, ""),
        ({"indicator": "ladder_steps_up"}, "Wijkbedrijf A"),
        # Money of places follows who was small in the year.
        ({"indicator": "structural_share"}, "Wijkbedrijf A"),
        ({"indicator": "spending"}, "Wijkbedrijf A"),
    ],
)
def test_no_group_is_promised_that_is_not_there(cell, expected):
    frame = _frame({"area_code": "WK1", "organisation_id": "", "period": "2025", **SMALL, **cell})
    assert with_organisations(frame, KNOWN)["together_names"].tolist() == [expected]
    # A member of another breakdown only, and a wijk of the organisation that is in no group.
    elsewhere = frame.assign(area_code="WK3")
    assert with_organisations(elsewhere, KNOWN)["together_names"].tolist() == [""]


def test_a_group_of_one_outcome_is_none_of_another():
    known = KNOWN.assign(together_in=["results_claimed|2025-Q4|pilot/a;b|WK1", ""])
    cell = {"measure": "results_judged", "area_code": "WK1", "organisation_id": "", **SMALL}
    frame = _frame(
        {**cell, "period": "2025-Q4", "item": "pilot/a,b"},
        {**cell, "period": "2025-Q4", "item": "pilot/c"},
        {**cell, "period": "2025-Q3", "item": "pilot/a,b"},
    )
    assert with_organisations(frame, known)["together_names"].tolist() == ["Wijkbedrijf A", "", ""]


def test_a_file_keeps_numbers_and_says_beside_them_what_they_are():
    frame = _frame(
        {"name": "A", **WHOLE, "value": 20_000.0, "step": 5000.0},
        {"name": "B", **PARTIAL, "missing_names": "X", "numerator_error": 11.0},
        {"name": "C", **WHOLE, "without": 15},
        {"name": "D", **NOBODY},
    )

    def rows(shown):
        return tables.sheet("t", [], tables.value_columns(shown, "nl"), frame, "nl").rows

    money, people = rows(SPENDING), rows(STEPS)
    assert money[0] == ("A", 20_000.0, "€\xa020.000 tot €\xa025.000")
    assert people[1] == ("B", 60.0, "±\xa011, onvolledig, zonder X")
    assert people[2] == ("C", 60.0, "gepubliceerd, zonder 15 mensen")
    assert people[3] == ("D", None, "geen wijkbedrijf")


def test_parts_of_a_rate_have_their_margins_and_ranges():
    per_resident = indicator("spending_per_resident")
    cell = {**WHOLE, "numerator": 20_000.0, "denominator": 1000.0, "step": 5000.0, "name": "A"}
    _, _, spent, residents, _ = tables.value_columns(per_resident, "en")
    assert (spent.shown(cell), spent.raw(cell)) == ("€20,000 to €25,000", 20_000.0)
    assert residents.shown(cell) == "1,000"
    share = indicator("outflow_per_100_volunteers")
    cell = {**WHOLE, "numerator": 100.0, "denominator": 1125.0, "numerator_error": 19.0}
    _, _, people, _, _ = tables.value_columns(share, "en")
    assert people.shown(cell) == "100 ±\xa019"


def test_highest_and_lowest_are_only_named_where_they_are_certain():
    def wijken(*cells):
        rows = [{**WHOLE, **cell, "level": "wijk", "name": name} for name, cell in cells]
        return map_words.extremes(pd.DataFrame(rows), SPENDING, "en")

    a, b = ("A", {"value": 90_000.0}), ("B", {"value": 0.0, "step": 5000.0})
    assert wijken(a, b) == "Highest: A (€90,000). Lowest: B (less than €5,000)."
    two = (a, b, ("C", {"value": 0.0, "step": 5000.0}))
    assert wijken(*two) == "Highest: A (€90,000)."
    unknown = wijken(("A", {"value": 21_000.0}), ("B", {"value": 20_000.0, "step": 5000.0}))
    assert unknown == ""
    incomplete = ("P", {**PARTIAL, "value": 1e6})
    assert "P" not in wijken(a, b, incomplete)
    # A wijk too small for its figure may be lower than all that are shown.
    hidden = ("S", {"value": math.nan, "status": "not_shown", "reason": "small_place"})
    assert wijken(a, b, hidden) == "Highest: A (€90,000)."


def test_there_is_no_course_from_or_to_an_incomplete_figure():
    frame = _frame({"period": "2024", **WHOLE}, {"period": "2025", **PARTIAL, "missing_names": "X"})
    assert findings.series_alternative(frame, STEPS, "", "en") == (
        "Steps up the Participatieladder: 60 (2025, without X)."
    )


@pytest.mark.parametrize(("left_out", "course"), [(4, True), (75, False)])
def test_there_is_no_course_between_figures_that_leave_out_other_people(left_out, course):
    """What one year leaves out and the other does not is no change."""
    ends = {"2024": {**WHOLE, "without": 35}, "2025": {**WHOLE, "without": 35 + left_out}}
    frame = _frame(*({"period": period, **cell} for period, cell in ends.items()))
    said = findings.series_alternative(frame, STEPS, "", "en")
    assert ("2024" in said) == course
    assert "2025" in said


def test_the_card_of_a_total_has_its_margin_and_remark_and_no_line_through_incomplete_years():
    frame = pd.DataFrame(
        [
            {"period": year, "indicator": STEPS.id, "area_code": "GM1", **cell}
            for year, cell in (
                ("2023", WHOLE),
                ("2024", WHOLE),
                ("2025", {**PARTIAL, "missing_names": "X", "numerator_error": 11.0}),
            )
        ]
    )
    [card] = figures_of(frame, (STEPS,), "GM1", "2025-Q4", "2025", "en")
    assert (card.value, card.margin, card.known) == ("60", "±\xa011", True)
    assert card.meaning == "steps, 2025, without X"
    assert card.course == (60.0, 60.0, None)
    assert '<span class="margin">±\xa011</span>' in figures_html([card])


def test_a_hole_in_a_series_has_nothing_of_the_period_before():
    frame = _frame(
        {"period": "2023", **PARTIAL, "without": 5},
        {"period": "2025", **WHOLE},
    )
    hole = figures.with_holes(frame).to_dict("records")[1]
    assert cell_text(hole, STEPS, "nl") == "niet bekend: niet afgesloten"
    assert (hole["missing_names"], hole["without"]) == ("", 0)


def test_the_note_counts_wijken_by_what_they_lack():
    frame = _frame(
        *(
            {"area_code": f"WK{place}", **cell}
            for place, cell in enumerate(
                [WHOLE, PARTIAL, SMALL, SMALL, NOBODY, {**NOBODY, "reason": "not_yet"}]
            )
        )
    )
    assert data_state(frame, "en") == (
        "For one wijk this figure is incomplete: an organisation did not deliver. "
        "For one wijk this figure is not there yet. "
        "In one wijk no wijkbedrijf works. "
        "For 2 wijken this figure is not shown: too few people for this breakdown."
    )
