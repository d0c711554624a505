"""Numbers, money and dates in Dutch and English."""

import datetime

import pytest

from dashboard.words import numbers
from indicators.vocabulary import Unit

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "digits", "dutch", "english"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1234.5, 1, "1.234,5", "1,234.5"),
        (1234567, 0, "1.234.567", "1,234,567"),
        (-1234.5, 1, "-1.234,5", "-1,234.5"),
        (0.125, 2, "0,12", "0.12"),
        (2.675, 2, "2,68", "2.68"),
        (-0.04, 1, "0,0", "0.0"),
        (12, 2, "12,00", "12.00"),
    ],
)
def test_number(value, digits, dutch, english):
    assert numbers.number(value, "nl", digits) == dutch
    assert numbers.number(value, "en", digits) == english


@pytest.mark.parametrize(("value", "shown"), [(3, "+3"), (-3, "-3"), (0, "0"), (0.04, "0")])
def test_a_difference_has_a_sign_unless_it_is_zero(value, shown):
    assert numbers.signed(value, "nl") == shown


def test_euro_takes_whole_cents():
    assert numbers.euro(1_250_000, "nl") == f"€{NBSP}12.500"
    assert numbers.euro(1_250_000, "en") == "€12,500"
    assert numbers.euro(-1_250_000, "nl") == f"€{NBSP}-12.500"
    assert numbers.euro(-1_250_000, "en") == "-€12,500"
    assert numbers.euro(-20, "nl") == f"€{NBSP}0"


def test_large_amounts_lose_nothing():
    assert numbers.euro(900_719_925_474_099_300, "nl") == f"€{NBSP}9.007.199.254.740.993"


def test_value_gets_the_sign_of_its_unit():
    assert numbers.value_text(12.34, Unit.PERCENT, 1, "nl") == "12,3%"
    assert numbers.value_text(12500, Unit.EURO_PER_OUTCOME, 0, "nl") == f"€{NBSP}12.500"
    assert numbers.value_text(1240, Unit.PEOPLE, 0, "nl") == "1.240"


def test_every_unit_has_a_name():
    for unit in Unit:
        assert numbers.unit_text(unit, "nl")
        assert numbers.unit_text(unit, "en")


def test_periods():
    assert numbers.period_label("2026-Q3", "nl") == "3e kwartaal 2026"
    assert numbers.period_label("2026-Q3", "en") == "Q3 2026"
    assert numbers.period_label("2025", "nl") == "2025"
    assert numbers.period_short("2026-Q3", "nl") == "3e kw 2026"


def test_dates():
    day = datetime.date(2023, 6, 22)
    assert numbers.date_long(day, "nl") == "22 juni 2023"
    assert numbers.date_long(day, "en") == "22 June 2023"
