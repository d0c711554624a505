"""A fault says where it is, what stands there and what was expected, on screen and in a file."""

import csv
from pathlib import Path

from data_access.deliveries import Fault, write_faults
from data_access.terminal import FAULTS_SHOWN, fault_lines
from indicators.vocabulary import Text

EXPECTED = Text("een getal", "a number")
FAULT = Fault("ladder.csv", 12, "trede", "7", EXPECTED)


def test_a_sentence_names_everything_in_both_languages() -> None:
    assert FAULT.sentence("nl") == 'ladder.csv, rij 12, kolom trede: "7" - verwacht: een getal'
    assert FAULT.sentence("en") == 'ladder.csv, row 12, column trede: "7" - expected: a number'


def test_a_fault_of_a_whole_file_has_no_row_or_column() -> None:
    fault = Fault("ladder.csv", None, "", "", EXPECTED)
    assert fault.sentence("nl") == "ladder.csv: (leeg) - verwacht: een getal"


def test_a_value_stays_on_one_short_printable_line() -> None:
    sentence = Fault("a.csv", 2, "b", "x\n\x1b[31m" + "y" * 500, EXPECTED).sentence("nl")
    assert sentence.isprintable()
    assert len(sentence) < 150


def test_the_file_holds_every_fault_and_runs_no_formula(tmp_path: Path) -> None:
    values = ["7", '=HYPERLINK("x")', "+1", "-1", "@x", "\tx", "a;b\nc", "\ud800"]
    path = tmp_path / "fouten.csv"
    write_faults(path, [Fault("ladder.csv", 2, "trede", each, EXPECTED) for each in values], "nl")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    assert header == ["bestand", "rij", "kolom", "waarde", "verwacht"]
    assert rows[0] == ["ladder.csv", "2", "trede", "7", "een getal"]
    assert [row[3] for row in rows] == [
        "7",
        '\'=HYPERLINK("x")',
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "a;b\nc",
        "?",
    ]


def test_the_screen_shows_at_most_so_many_and_says_how_many_more() -> None:
    lines = fault_lines([FAULT] * (FAULTS_SHOWN + 3), "nl")
    assert len(lines) == FAULTS_SHOWN + 1
    assert "en nog 3" in lines[-1]
    assert "--faults" in lines[-1]
    assert len(fault_lines([FAULT] * FAULTS_SHOWN, "en")) == FAULTS_SHOWN
