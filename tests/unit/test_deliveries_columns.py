"""What a column does with a cell before its kind reads it, and with a file that lacks it."""

import datetime
from typing import Annotated

import pytest

from data_access import register
from data_access.deliveries.columns import Column, Row
from data_access.deliveries.kinds import text, whole
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
