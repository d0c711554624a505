"""What a column does with a cell before its kind reads it, and with a file that lacks it."""

import datetime
from typing import Annotated

import pytest

from data_access import register
from data_access.deliveries import kinds
from data_access.deliveries.columns import Column, Row
from data_access.deliveries.kinds import DAY, PAST_DAY, text, whole
from data_access.deliveries.registry import DeliveryFile
from data_access.deliveries.rows import parse_file
from indicators.vocabulary import Text

TODAY = datetime.date(2026, 3, 1)


class ThingRow(Row):
    """A file of before and after a column was added."""

    id: Annotated[str, Column("naam", text(9), nl="x.", en="y.")]
    count: Annotated[
        int | None,
        Column("aantal", whole(0, 9, "4"), nl="x.", en="y.", empty=None, may_be_absent=True),
    ]


THINGS = DeliveryFile("dingen.csv", ThingRow, register.participant, Text("dingen", "things"))


@pytest.mark.parametrize(
    ("content", "counts"),
    [
        ("naam\na\nb\n", [None, None]),
        ("naam;aantal\na;3\nb;\n", [3, None]),
        ("aantal;naam\n3;a\n4;b\n", [3, 4]),
    ],
)
def test_a_file_of_before_the_column_came_still_loads(
    content: str, counts: list[int | None]
) -> None:
    parsed, faults = parse_file(THINGS, content.encode(), TODAY)
    assert faults == []
    assert [row.values for row in parsed.rows] == [
        {"id": name, "count": count} for name, count in zip("ab", counts, strict=True)
    ]


def test_a_column_that_may_be_absent_is_judged_when_it_is_there() -> None:
    _, (fault,) = parse_file(THINGS, b"naam;aantal\na;99\n", TODAY)
    assert (fault.row, fault.column, fault.value) == (2, "aantal", "99")


def test_other_columns_may_not_be_absent() -> None:
    _, (fault,) = parse_file(THINGS, b"aantal\n3\n", TODAY)
    assert (fault.row, fault.column) == (1, "naam")
    assert "ontbreekt" in fault.expected.nl


def test_a_column_that_may_be_absent_needs_a_value_for_empty_cells() -> None:
    with pytest.raises(TypeError, match="naam"):
        Column("naam", text(9), nl="x.", en="y.", may_be_absent=True)


class SumRow(Row):
    """A file with an amount."""

    id: Annotated[str, Column("naam", text(9), nl="x.", en="y.")]
    day: Annotated[datetime.date, Column("datum", DAY, nl="x.", en="y.")]
    cents: Annotated[int, Column("bedrag", kinds.POSITIVE_AMOUNT, nl="x.", en="y.")]
    note: Annotated[str, Column("noot", text(99), nl="x.", en="y.", empty="")]


SUMS = DeliveryFile("sommen.csv", SumRow, register.participant, Text("sommen", "sums"))


def sums(*amounts: str) -> list[tuple[int | None, str]]:
    rows = "".join(f"a;2025-01-01;{amount};\n" for amount in amounts)
    _, faults = parse_file(SUMS, f"naam;datum;bedrag;noot\n{rows}".encode(), TODAY)
    return [(fault.row, fault.value) for fault in faults]


@pytest.mark.parametrize("point", ["1234.50", "€ 7.5", "1,234.50"])
def test_a_thousand_is_refused_where_points_stand_before_decimals(point: str) -> None:
    assert sums("15.000", "1.250,00", "20") == []
    assert sums("15.000", point, "1.250,00", "€ 2.000", "20") == [(2, "15.000"), (5, "€ 2.000")]


def test_a_total_below_the_table_is_one_fault_that_says_what_is_missing() -> None:
    content = b"naam;datum;bedrag;noot\na;2025-01-01;5;\n;;5;Totaal\n"
    parsed, (fault,) = parse_file(SUMS, content, TODAY)
    assert (len(parsed.rows), fault.row, fault.column) == (1, 3, "")
    assert "totaal" in fault.expected.nl
    assert "naam, datum" in fault.expected.nl


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u202e", "\ufeff", "\u2028", "\x07"])
@pytest.mark.parametrize("column", ["naam", "datum", "bedrag"])
def test_an_invisible_character_is_named_with_its_place(sign: str, column: str) -> None:
    cells = {"naam": "een", "datum": "2025-01-01", "bedrag": "12,50"}
    cells[column] = cells[column][:2] + sign + cells[column][2:]
    content = "naam;datum;bedrag;noot\n" + ";".join([*cells.values(), ""]) + "\n"
    _, (fault,) = parse_file(SUMS, content.encode(), TODAY)
    assert (fault.row, fault.column) == (2, column)
    assert f"op plaats 3 staat er een (U+{ord(sign):04X})" in fault.expected.nl


@pytest.mark.parametrize("error", ["#N/B", "#N/A", "#VERW!", "#DEEL/0!", "########"])
def test_an_error_of_a_spreadsheet_is_no_text(error: str) -> None:
    with pytest.raises(ValueError, match="error of the spreadsheet"):
        Column("naam", text(20), nl="x.", en="y.").parse(error, TODAY)


def test_a_number_sign_in_a_text_is_a_text() -> None:
    assert Column("naam", text(20), nl="x.", en="y.").parse("#samen", TODAY) == "#samen"


@pytest.mark.parametrize("number", ["２０", "٢٠"])
def test_digits_of_another_script_are_refused_outside_texts(number: str) -> None:
    with pytest.raises(ValueError, match="another script"):
        Column("aantal", whole(0, 99, "4"), nl="x.", en="y.").parse(number, TODAY)
    assert Column("naam", text(9), nl="x.", en="y.").parse(number, TODAY) == number


def test_a_date_may_lie_so_many_years_ahead() -> None:
    column = Column("datum", DAY, nl="x.", en="y.")
    last = datetime.date(TODAY.year + kinds.YEARS_AHEAD, 12, 31)
    assert column.parse(last.isoformat(), TODAY) == last
    with pytest.raises(ValueError, match="15 years after today"):
        column.parse(f"{last.year + 1}-01-01", TODAY)
    with pytest.raises(ValueError, match=r".*"):
        Column("datum", PAST_DAY, nl="x.", en="y.").parse("2026-03-02", TODAY)


def test_a_citizen_number_in_an_amount_is_no_reason_to_refuse_but_is_never_quoted() -> None:
    assert sums("111222333") == []
    assert sums("111222333,005") == [(2, "(burgerservicenummer),005")]
