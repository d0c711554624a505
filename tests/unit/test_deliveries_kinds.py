"""Cells become values exactly, or are refused; no text whatever makes a parser crash."""

import contextlib
import datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access.deliveries import kinds
from data_access.deliveries.kinds import Kind, parse_cents, parse_day, parse_decimal, parse_whole
from data_access.deliveries.misread import Misread
from data_access.deliveries.people import looks_like_name, tells_who
from data_access.deliveries.registry import ALL_FILES

# A busy machine may be slow; these tests are about what comes out.
patient = settings(deadline=None)

TODAY = datetime.date(2026, 3, 1)
CENTS = st.integers(-(10**12), 10**12)
DAYS = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 12, 31))
EVERY_COLUMN = [column for file in ALL_FILES for column in file.columns.values()]
# Digits, separators and signs of many alphabets: what parsers trip over.
ANY_CELL = st.one_of(
    st.text(),
    st.text("0123456789.,-+eE_ \u0661\uff12\u00b2\u2212QGMWK"),
    st.from_regex(r"[0-9.,-]{1,60}", fullmatch=True),
)


def dutch(number: Decimal | int, decimals: int, *, grouped: bool) -> str:
    """Write a number as Dutch software does."""
    text = f"{number:{',' if grouped else ''}.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


@settings(patient, max_examples=300)
@given(cell=ANY_CELL)
@example(cell="9" * 5_000)
@example(cell="1" * 17 + ",5")
@example(cell="9999-Q4")
@example(cell="0000")
def test_no_text_makes_a_parser_crash(cell: str) -> None:
    for column in EVERY_COLUMN:
        with contextlib.suppress(ValueError):
            column.parse(cell, TODAY)


@patient
@given(cents=CENTS, grouped=st.booleans())
def test_an_amount_survives_writing_and_reading_to_the_cent(cents: int, grouped: bool) -> None:
    written = dutch(Decimal(cents) / 100, 2, grouped=grouped)
    read = parse_cents(written)
    assert read == cents
    assert type(read) is int


@patient
@given(cents=st.integers(2**53, 2**62))
def test_cents_beyond_what_a_float_can_hold(cents: int) -> None:
    assert parse_cents(f"{cents // 100},{cents % 100:02}") == cents


@patient
@given(tenths=st.integers(-(10**9), 10**9))
def test_one_decimal_of_an_amount_is_ten_cents(tenths: int) -> None:
    assert parse_cents(dutch(Decimal(tenths) / 10, 1, grouped=False)) == tenths * 10


@patient
@given(number=st.decimals(-(10**8), 10**8, places=4), grouped=st.booleans())
def test_a_decimal_survives_writing_and_reading(number: Decimal, grouped: bool) -> None:
    assert parse_decimal(dutch(number, 4, grouped=grouped)) == number


@patient
@given(number=st.integers(-(10**9), 10**9), grouped=st.booleans())
def test_a_whole_number_survives_writing_and_reading(number: int, grouped: bool) -> None:
    assert parse_whole(dutch(number, 0, grouped=grouped)) == number


@patient
@given(day=DAYS)
def test_a_day_survives_writing_and_reading_in_each_form(day: datetime.date) -> None:
    months = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
    for written in (
        day.isoformat(),
        f"{day:%d-%m-%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d/%m/%Y}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y%m%d}",
        f"{day.isoformat()}T00:00:00",
        f"{day:%d-%m-%Y} 0:00",
        f"{day.day} {months[day.month - 1]} {day.year}",
    ):
        assert parse_day(written) == day


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.5", "1.5"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("1,234.50", "1234.5"),
        ("1 000,5", "1000.5"),
        ("1\u202f234\u00a0567", "1234567"),
        ("\u22125", "-5"),
        ("1.234", "1234"),
    ],
)
def test_another_notation_that_can_mean_one_number_only(cell: str, number: str) -> None:
    assert parse_decimal(cell) == Decimal(number)


@pytest.mark.parametrize(
    "cell",
    [
        "1.23.456",
        ".5",
        "5,",
        ",5",
        "1 00",
        "1 234.567",
        "1e3",
        "1,5E+3",
        "0x1",
        "١",
        "--1",
        "1,2,3",
    ],
)
def test_numbers_in_another_notation_are_refused(cell: str) -> None:
    for parse in (parse_decimal, parse_cents, parse_whole):
        with pytest.raises(ValueError, match=r".*"):
            parse(cell)


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("€ -1.234,50", -123_450),
        ("-€ 5", -500),
        ("1.234,50 EUR", 123_450),
        ("(1.234,50)", -123_450),
        ("€ (5,00)", -500),
        ("1.000,00-", -100_000),
        ("15.000,--", 1_500_000),
        ("12,-", 1_200),
        ("-12,-", -1_200),
        ("1234.50", 123_450),
    ],
)
def test_an_amount_as_people_and_ledgers_write_it(cell: str, cents: int) -> None:
    assert parse_cents(cell) == cents


@pytest.mark.parametrize(
    "cell", ["(-5)", "-5-", "€ 5 EUR", "$5", "5 USD", "5k", "-", "€", "12,--5"]
)
def test_an_amount_that_says_two_things_or_nothing(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_cents(cell)


@pytest.mark.parametrize("cell", ["12,345", "0,001", "1.234,500"])
def test_an_amount_has_no_third_decimal(cell: str) -> None:
    with pytest.raises(ValueError, match=cell):
        parse_cents(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "12/31/2025",
        "2025-02-29",
        "30-2-2024",
        "1-1-25",
        "31-12-25",
        "12-31-2025",
        "46022",
        "2025",
        "dec 2025",
        "donderdag 31 december 2025",
        "1-1-1900",
        "0-1-1900",
        "1989-12-31",
        "31-12/2025",
        "2025-12-30T23:00:00Z",
        "31-12-2025 25:00",
        "31 foo 2025",
        "3112202",
    ],
)
def test_days_in_another_notation_or_that_do_not_exist_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_day(cell)


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        (kinds.whole(1, 6, "4"), ["1", "6"], ["0", "7", "-1"]),
        (kinds.decimal("0.1", "40", 1, "7,5"), ["0,1", "40", "7,50"], ["0", "40,1", "0,05"]),
        (kinds.SHARE, ["0,00001", "1", "1,0"], ["0", "1,00001", "0,000001"]),
        (kinds.EDITION, ["1995", "2100"], ["1994", "2101", "23"]),
        (kinds.coordinate(3, 8, "5"), ["3", "5,79851234", "8"], ["2,99", "8,01", "185000"]),
        (kinds.POSITIVE_AMOUNT, ["0,01"], ["0", "-0,01", "0,00"]),
        (kinds.AMOUNT_NOT_ZERO, ["-0,01", "10.000.000.000"], ["0,00", "-10.000.000.000,01"]),
        (kinds.WIJK_CODE, ["WK008060", "WK0363AA"], ["WK00806", "WK0080600", "GM0080", "193 30"]),
        (kinds.PERIOD, ["2025", "2025-Q1"], ["2025-Q5", "25", "1989", "2025-1", "２０２５"]),
        (kinds.QUARTER, ["2025-Q4"], ["2025", "2025-4", "２０２５-Q4"]),
        (kinds.YES_NO, ["ja", "NEE", "WAAR", "onwaar", "j", "0"], ["jaa", "2", "misschien"]),
        (kinds.text(3), ["abc", "a\nb", "été"], ["abcd", "a\x00b", "\ud800"]),
    ],
)
def test_what_lies_inside_and_outside_the_bounds(
    kind: Kind, inside: list[str], outside: list[str]
) -> None:
    for cell in inside:
        kind.parse(cell)
    for cell in outside:
        with pytest.raises(ValueError, match=r".*"):
            kind.parse(cell)


def test_a_line_end_in_a_text_is_one_newline() -> None:
    assert kinds.text(20).parse("een\r\ntwee\rdrie") == "een\ntwee\ndrie"


def test_a_coordinate_keeps_six_decimals() -> None:
    assert kinds.coordinate(3, 8, "5").parse("5,79851234") == Decimal("5.798512")


@pytest.mark.parametrize(
    "pseudonym",
    [
        "p-001",
        "kanarie-7f3a",
        "p1234567890",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "pabcdefabcd",
        "BILG_2023_014",
    ],
)
def test_a_code_is_a_pseudonym(pseudonym: str) -> None:
    assert kinds.PSEUDONYM.parse(pseudonym) == pseudonym


@pytest.mark.parametrize(
    "revealing",
    [
        "Jan",
        "jan-de-vries",
        "Jan de Vries 2",
        "José1",
        "j.devries1",
        "123456782",
        "1234.56.782",
        "p123456782",
        "p-123456782",
        "12345678",
        "0612345678",
        "06-12345678",
        "19800229",
        "1980-02-29",
        "29-02-1980",
        "p29021980",
        "jansen-1980-02-29",
        "jan1@example.org",
        "p1",
    ],
)
def test_what_tells_who_somebody_is_is_no_pseudonym(revealing: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kinds.PSEUDONYM.parse(revealing)


@patient
@given(number=st.integers(0, 10**9 - 1), prefix=st.sampled_from(["", "nr-", "x_"]))
def test_no_nine_digits_by_themselves_pass(number: int, prefix: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kinds.PSEUDONYM.parse(f"{prefix}{number:09}")


@pytest.mark.parametrize("number", ["123456782", "111222333", "010000008"])
@pytest.mark.parametrize("prefix", ["p", "BSN", "burger"])
def test_a_citizen_number_behind_letters_is_recognised(number: str, prefix: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        kinds.PSEUDONYM.parse(prefix + number)


@pytest.mark.parametrize("pseudonym", ["p123456789", "p000000012", "p00123456782", "pa123456789"])
def test_another_number_behind_letters_is_a_code(pseudonym: str) -> None:
    assert kinds.PSEUDONYM.parse(pseudonym) == pseudonym


@patient
@given(name=st.from_regex(r"[A-Za-z]{3,20}([_-][A-Za-z]{1,20})?", fullmatch=True))
def test_letters_alone_are_a_name(name: str) -> None:
    assert looks_like_name(name) or all(letter in "abcdef" for letter in name[1:].lower())


@patient
@given(identifier=st.uuids())
def test_uuids_pass(identifier) -> None:
    assert not tells_who(str(identifier))


@pytest.mark.parametrize("cell", ["wk008060", "WK 0080 60", "0080-60", "008060", "WK0080\u00a060"])
def test_a_wijk_code_with_other_blanks_or_small_letters(cell: str) -> None:
    assert kinds.WIJK_CODE.parse(cell) == "WK008060"


@pytest.mark.parametrize("cell", ["gm0193", "GM 0193", "0193", "193"])
def test_a_gemeente_code_with_other_blanks_or_without_its_zero(cell: str) -> None:
    assert kinds.GEMEENTE_CODE.parse(cell) == "GM0193"


@pytest.mark.parametrize(
    ("kind", "cell", "words"),
    [
        (kinds.WIJK_CODE, "wk193 30", "bedoelt u WK019330?"),
        (kinds.WIJK_CODE, "8031 AB", "postcode"),
        (kinds.WIJK_CODE, "8031", "postcode"),
        (kinds.WIJK_CODE, "Holtenbroek", "niet de naam"),
        (kinds.WIJK_CODE, "BU01933001", "De wijk ervan is WK019330"),
        (kinds.WIJK_CODE, "GM0193", "dit is een gemeente"),
        (kinds.GEMEENTE_CODE, "GM193", "bedoelt u GM0193?"),
        (kinds.GEMEENTE_CODE, "Zwolle", "niet de naam"),
        (kinds.DAY, "46022", "31-12-2025 bewaart"),
        (kinds.DAY, "31-12-25", "jaar van vier cijfers"),
        (kinds.DAY, "12/31/2025", "de maand voorop"),
        (kinds.DAY, "1-1-1900", "1-1-1900 is wat Excel toont"),
        (kinds.AMOUNT_NOT_ZERO, "1,5E+3", "E+"),
        (kinds.one_of({"groen": 1, "overig": 2}), "Groenonderhoud", "bedoelt u groen?"),
        (kinds.decimal("0.1", "40", 1, "7,5"), "7:30", "7:30 is 7,5"),
        (kinds.text(20), "CafÃ©", "verminkt"),
    ],
)
def test_a_refusal_says_what_stands_there_and_what_to_do(kind: Kind, cell: str, words: str) -> None:
    with pytest.raises(Misread) as refused:
        kind.parse(cell)
    assert words in refused.value.expected.nl
    assert refused.value.expected.en != refused.value.expected.nl


@pytest.mark.parametrize("cell", ["zonder steun", "Zonder-Steun", "ZONDER_STEUN"])
def test_a_choice_of_two_words_is_read_however_they_are_kept_apart(cell: str) -> None:
    assert kinds.one_of({"zonder_steun": 1, "met_steun": 2}).parse(cell) == 1
