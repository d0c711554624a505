"""A citizen service number is found however it is written, and no fault quotes it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.deliveries import Fault, write_faults
from data_access.deliveries.columns import Column
from data_access.deliveries.kinds import PSEUDONYM, RECORD_ID, SLUG, text
from data_access.deliveries.people import (
    CITIZEN_NUMBER,
    holds_citizen_number,
    without_citizen_numbers,
)
from indicators.vocabulary import Text
from tests.small_delivery import TODAY

# A busy machine may be slow; these tests are about what comes out.
patient = settings(deadline=None)

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
SCRIPTS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩")


def completed(first: int) -> int:
    """Return the number with these eight digits in front that passes, or 0 if there is none."""
    total = sum(w * int(d) for w, d in zip(WEIGHTS, f"{first:08}", strict=False))
    return 10 * first + total % 11 if total % 11 < 10 else 0


# From the lowest number that was given out; eight digits where the first is a nought.
CITIZEN_NUMBERS = st.integers(1_000_000, 99_999_999).map(completed).filter(bool)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A citizen number, and the same as somebody writes it in the middle of something else."""
    digits = f"{draw(CITIZEN_NUMBERS):09}"
    groups = draw(st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (2, 2, 2, 3), (1,) * 9]))
    sign = draw(st.sampled_from([" ", ".", "-", " - ", "\u00a0", "\u200b", "/"]))
    script = draw(st.sampled_from(SCRIPTS))
    parts, start = [], 0
    for length in groups:
        parts.append(digits[start : start + length])
        start += length
    number = sign.join(parts).translate(str.maketrans("0123456789", script))
    before = draw(st.sampled_from(["", "p", "bsn", "BSN: ", "v-", "(", "Jan de Vries, "]))
    behind = draw(st.sampled_from(["", "x", ")", ".", " en meer", ",00"]))
    return digits, f"{before}{number}{behind}"


@patient
@given(pair=written())
def test_a_citizen_number_is_found_however_it_is_written(pair: tuple[str, str]) -> None:
    assert holds_citizen_number(pair[1])


@patient
@given(number=CITIZEN_NUMBERS, prefix=st.sampled_from(["", "p", "bsn-", "BSN "]))
def test_the_nought_in_front_may_be_gone(number: int, prefix: str) -> None:
    assert holds_citizen_number(f"{prefix}{number}") or _is_date(str(number))


def _is_date(digits: str) -> bool:
    return len(digits) == 8 and "19" <= max(digits[:2], digits[4:6]) <= "20"


@patient
@given(pair=written(), place=st.sampled_from(["file", "column", "value", "nl", "en"]))
def test_a_citizen_number_is_in_no_sentence_and_in_no_file_of_faults(
    pair: tuple[str, str], place: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    parts = dict.fromkeys(("file", "column", "value", "nl", "en"), "x") | {place: pair[1]}
    expected = Text(parts["nl"], parts["en"])
    fault = Fault(parts["file"], 2, parts["column"], parts["value"], expected)
    path: Path = tmp_path_factory.getbasetemp() / "fouten.csv"
    said = [fault.value, fault.sentence("nl"), fault.sentence("en")]
    for language in ("nl", "en"):
        write_faults(path, [fault], language)
        said.append(path.read_text("utf-8-sig"))
    digits = pair[0]
    for each in said:
        plain = "".join(str(int(sign)) for sign in each if sign.isdecimal())
        assert digits not in plain
        assert digits.lstrip("0") not in plain
    assert any(CITIZEN_NUMBER in each for each in said)


@patient
@given(anything=st.text())
def test_no_text_makes_masking_crash_or_leaves_a_number(anything: str) -> None:
    assert not holds_citizen_number(without_citizen_numbers(anything))


@pytest.mark.parametrize(
    "harmless",
    [
        "p-000123", "p000000012", "000000012", "00123456", "2024-2025", "2025-00123", "2025-0123",
        "31-12-2025 0:00", "2023-13-01", "20251231", "1.234.567,89", "p1a2b3c4d-5",
        "3f2504e0-4f89-11d3-9a0c-111222333444", "06-12345678", "12345678901234500", "123456789",
        "d41d8cd98f00b204e9800998ecf8427e",
    ],
)  # fmt: skip
def test_counters_dates_amounts_and_hashes_are_left_alone(harmless: str) -> None:
    assert without_citizen_numbers(harmless) == harmless


@patient
@given(uuid=st.uuids())
def test_a_uuid_is_left_alone(uuid: object) -> None:
    assert not holds_citizen_number(str(uuid))


@pytest.mark.parametrize("kind", [PSEUDONYM, RECORD_ID, SLUG, text(200)])
@pytest.mark.parametrize("cell", ["111222333", "bsn111222333", "111-222-333x", "v1-10000008"])
def test_no_column_of_codes_or_texts_takes_one(kind, cell: str) -> None:
    column = Column("kolom", kind, nl="x.", en="y.")
    with pytest.raises(ValueError, match="elfproef"):
        column.parse(cell, TODAY)
