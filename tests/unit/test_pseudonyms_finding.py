"""What is found in cells: birth dates, citizen service numbers, repeated names."""

import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.pseudonyms.birth_dates import dates_in, parse_birth_date
from data_access.pseudonyms.citizen_numbers import holds_citizen_number, is_about_citizen_numbers
from data_access.pseudonyms.repeated import (
    BIRTH_DATE,
    EMAIL,
    NAME,
    Identity,
    pairs_of,
    what_is_repeated,
)

TODAY = datetime.date(2026, 3, 1)
BORN = datetime.date(1980, 12, 31)
DAYS = st.dates(datetime.date(1900, 1, 1), TODAY)


def passing(eight: int) -> str | None:
    """Nine digits that pass the elfproef, from the first eight; None when there is no last one."""
    digits = f"{eight:08}"
    last = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True))
    return None if last % 11 == 10 else f"{digits}{last % 11}"


NUMBERS = st.integers(1_000_000, 99_999_999).map(passing).filter(lambda each: each is not None)


@pytest.mark.parametrize(
    "cell",
    ["31-12-1980", "1980-12-31", "31/12/1980", "31.12.1980", "19801231", "31121980",
     "1980-12-31 00:00:00", "1980-12-31T00:00:00"],
)  # fmt: skip
def test_a_birth_date_in_every_notation(cell: str) -> None:
    assert parse_birth_date(cell, TODAY) == BORN
    assert BORN in dates_in(cell)


@pytest.mark.parametrize(
    "cell",
    ["31-12-80 ", "31 december '80", "geb. 31 dec 1980!", "(31-12-1980)", "x31-12-1980",
     "31 December, 1980", "29586"],
)  # fmt: skip
def test_a_birth_date_in_a_text(cell: str) -> None:
    assert BORN in dates_in(cell.replace("'", ""))


@pytest.mark.parametrize(
    "cell",
    ["", "31-12-80", "00-00-1980", "31-13-1980", "30-02-1980", "1980", "02-03-2026", "31-12-1899",
     "31-12/1980", "1980-12", "311280", "٣١-١٢-١٩٨٠", "31-12-1980 10:00", "31-12-19801"],
)  # fmt: skip
def test_no_birth_date_is_refused_and_not_repeated(cell: str) -> None:
    with pytest.raises(ValueError, match="no birth date") as refused:
        parse_birth_date(cell, TODAY)
    assert not cell or cell not in str(refused.value)


@settings(deadline=None)
@given(day=DAYS)
def test_compact_dates_are_read_one_way(day: datetime.date) -> None:
    assert parse_birth_date(f"{day:%Y%m%d}", TODAY) == day
    assert parse_birth_date(f"{day:%d%m%Y}", TODAY) == day
    assert parse_birth_date(f"{day.day}-{day.month}-{day.year}", TODAY) == day


@settings(deadline=None, max_examples=300)
@given(text=st.one_of(st.text(), st.text("0123456789-/. jandecmrt"), st.text("٠١٢0-9²")))
def test_no_text_breaks_the_search(text: str) -> None:
    dates_in(text)
    holds_citizen_number(text)


@pytest.mark.parametrize(
    "cell",
    ["111222333", "123456782", "123.456.782", "123 456 782", "1234.56.782", "123-456-782",
     "1 2 3 4 5 6 7 8 2", "BSN: 123456782", "nr 123456782 van 2025", "4 123.456.782",
     "klant123456782a", "１２３４５６７８２", "123\u00a0456\u00a0782", "123\u2009456\u2009782",
     "123\u2013456\u2013782", "123456782,0", "10000008", "1000 00 08", "100.000.08",
     "06-12345678 en 123456782", "12\u200b3456782"],
)  # fmt: skip
def test_a_citizen_service_number_is_found(cell: str) -> None:
    assert holds_citizen_number(cell)


@pytest.mark.parametrize(
    "cell",
    ["", "123456783", "000000000", "31-12-1980", "1980-12-31", "06-12345678", "+31 6 12345678",
     "058-2331234", "1234567820", "1.234,50", "WK008060", "p-000123", "NL91ABNA0417164300",
     "12-03-2025 10:15", "0123", "8911 AB"],
)  # fmt: skip
def test_other_numbers_are_left_alone(cell: str) -> None:
    assert not holds_citizen_number(cell)


@settings(deadline=None)
@given(number=NUMBERS, separator=st.sampled_from(["", ".", " ", "-"]), at=st.integers(1, 8))
def test_every_number_with_any_grouping(number: str, separator: str, at: int) -> None:
    assume(not separator or at not in (2, 4))
    assert holds_citizen_number(number[:at] + separator + number[at:])
    assert holds_citizen_number(f"{number[:3]}.{number[3:6]}.{number[6:]}")
    if number[0] == "0":
        assert holds_citizen_number(number[1:])


@settings(deadline=None)
@given(number=NUMBERS, wrong=st.integers(1, 9))
def test_a_wrong_last_digit_is_no_number(number: str, wrong: int) -> None:
    last = (int(number[-1]) + wrong) % 10
    assert not holds_citizen_number(f"{number[:8]}{last}")


@pytest.mark.parametrize(
    "header",
    ["BSN", "bsn-nummer", "Burgerservicenummer", "burger service nr", "sofinummer", "Sofi",
     "SOFI-nr", "klant_bsn"],
)  # fmt: skip
def test_columns_for_citizen_service_numbers(header: str) -> None:
    assert is_about_citizen_numbers(header)


@pytest.mark.parametrize("header", ["sofie", "nummer", "absent", "filosofie", "organisatie", ""])
def test_other_columns(header: str) -> None:
    assert not is_about_citizen_numbers(header)


JAN = Identity.of("Jan Pieter", "van der Groen-IJpma", BORN)
EVERYBODY = pairs_of([JAN, Identity.of("Fatima", "el Amrani", BORN)])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Jan", NAME),
        ("gesprek met JAN", NAME),
        ("fam. Ypma", NAME),
        ("groen", NAME),
        ("janvandergroenypma", NAME),
        ("JanIJpma", NAME),
        ("IJpmaJan", NAME),
        ("jan_ypma", NAME),
        ("Fatima el Amrani", NAME),
        ("samen met Amrani, Fatima", NAME),
        ("wie@example.org", EMAIL),
        ("geb 31 december 1980", BIRTH_DATE),
        ("31-12-1980", BIRTH_DATE),
        ("31/12/80", BIRTH_DATE),
        ("", None),
        ("WK008060", None),
        ("groenonderhoud", None),
        ("januari", None),
        ("van der", None),
        ("Fatima", None),
        ("30-12-1980", None),
        ("31-12-2025", None),
    ],
)
def test_what_another_cell_repeats(cell: str, expected: object) -> None:
    assert what_is_repeated(cell, JAN, EVERYBODY) == expected


def test_a_very_short_name_is_found_as_a_whole_cell() -> None:
    bo = Identity.of("Bo", "Li", BORN)
    assert what_is_repeated("bo", bo, frozenset()) == NAME
    assert what_is_repeated("Bo Li", bo, pairs_of([bo])) == NAME
    assert what_is_repeated("zo en bo", bo, frozenset()) is None
    initial = Identity.of("J.", "Li", BORN)
    assert what_is_repeated("J", initial, pairs_of([initial])) is None
