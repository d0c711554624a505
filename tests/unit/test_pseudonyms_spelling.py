"""One person, many spellings, one name to hash; and what stays different."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_access.pseudonyms.spelling import (
    first_and_last_word,
    letters,
    spelled_name,
    split_name,
    words,
)

JAN = ("Jan", "de Vries")


@pytest.mark.parametrize(
    ("given_name", "surname"),
    [
        ("JAN", "DE VRIES"),
        ("jan", "vries"),
        (" Jan  Pieter", "de  Vries"),
        ("Jan-Willem", "de Vries"),
        ("dhr. Jan", "d. Vries"),
        ("Jan", "Vries, de"),
        ("Jan", "Vries (de)"),
        ("Jan", "Jansen-de Vries"),
        ("Jan", "Jansen - de Vries"),
        ("Jan", "de Vríes"),
        ("Jann", "de Vriess"),
        ("Jan", "de Fries"),
        ("Jan", "de Vries jr."),
    ],
)
def test_spellings_of_one_person(given_name: str, surname: str) -> None:
    assert spelled_name(given_name, surname) == spelled_name(*JAN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("van der Berg", "v.d. Berg"),
        ("van den Berg", "v/d Berg"),
        ("IJsbrandij", "Ysbrandy"),
        ("Ĳsbrandĳ", "ijsbrandy"),
        ("d'Hondt", "D’ Hondt"),
        ("in 't Veld", "in het Veld"),
        ("Yılmaz", "YILMAZ"),
        ("Øster", "oster"),
        ("Łukasz", "lukasz"),
        ("Groß", "GROSS"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Dijkstra", "Dykstra"),
        ("Janssen", "Jansen"),
        ("Schmidt", "Schmit"),
        ("Bosch", "Bos"),
        ("Kuiper", "Cuiper"),
        ("Philips", "Filips"),
        ("Zwart", "Swart"),
    ],
)
def test_surnames_that_are_one(one: str, other: str) -> None:
    assert spelled_name("Jan", one) == spelled_name("Jan", other)


@pytest.mark.parametrize(
    ("given_name", "surname"),
    [
        ("J.", "de Vries"),
        ("Johan", "de Vries"),
        ("Jan", "Jansen"),
        ("Jan", "de Vries-Jansen"),
        ("Jna", "de Vries"),
        ("Vries", "Jan"),
    ],
)
def test_what_stays_different(given_name: str, surname: str) -> None:
    assert spelled_name(given_name, surname) != spelled_name(*JAN)


@pytest.mark.parametrize(
    "whole",
    [
        "Jan de Vries",
        "de Vries, Jan",
        "Vries, Jan de",
        "Vries, de, Jan",
        "Dhr. Jan de Vries",
        "De heer Jan de Vries",
        "drs. Jan Pieter de Vries",
        "Jan de Vries, jr.",
    ],
)
def test_one_cell_gives_what_separate_columns_give(whole: str) -> None:
    assert spelled_name(*split_name(whole)) == spelled_name(*JAN)


def test_initials_in_one_cell() -> None:
    assert first_and_last_word(*split_name("J.P.de Vries")) == ("j", "vries")
    assert first_and_last_word(*split_name("J. de Vries")) == first_and_last_word("J", "Vries")


@pytest.mark.parametrize("whole", ["", "Jan", "Jan ", ",", "Jan,", " , ", "J.", "dhr. Jan"])
def test_one_word_is_no_name_and_is_not_repeated(whole: str) -> None:
    with pytest.raises(ValueError, match="name") as refused:
        spelled_name(*split_name(whole))
    assert "Jan" not in str(refused.value)


@pytest.mark.parametrize(("one", "other"), [("", "Vries"), ("Jan", ""), ("-", "X"), ("Jan", "V3")])
def test_parts_without_letters_or_with_digits(one: str, other: str) -> None:
    with pytest.raises(ValueError, match="name"):
        spelled_name(one, other)


def test_spelling_never_changes() -> None:
    """Everybody would get another pseudonym: a change asks for another version."""
    assert spelled_name("Chloé", "van der Schaaf-Dijksma") == ("gloe", "diksma")
    assert spelled_name("Youssef", "el Khaddouri") == ("iausef", "kadauri")
    assert spelled_name("Thijs", "Wijnbergh") == ("tis", "winberg")


@settings(deadline=None, max_examples=400)
@given(text=st.text(max_size=30))
def test_letters_are_settled_after_once(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once
    assert all(each == letters(each) for each in once)


@settings(deadline=None, max_examples=400)
@given(one=st.text(max_size=20), other=st.text(max_size=20))
def test_any_text_gives_two_words_or_is_refused(one: str, other: str) -> None:
    try:
        spelled = spelled_name(one, other)
    except ValueError:
        return
    assert all(each and each.isalpha() for each in spelled)


NAMES = st.from_regex(r"[A-Z][a-zéëïöü]{2,9}", fullmatch=True)


@example(first="Den", last="Vries", tussenvoegsel="de")
@example(first="Anna", last="Den", tussenvoegsel="de")
@example(first="Bahr", last="Vries", tussenvoegsel="")
@example(first="Amw", last="Aaa", tussenvoegsel="de")
@given(first=NAMES, last=NAMES, tussenvoegsel=st.sampled_from(["", "de", "van der", "v.d.", "'t"]))
def test_order_and_columns_do_not_matter(first: str, last: str, tussenvoegsel: str) -> None:
    surname = f"{tussenvoegsel} {last}".strip()
    expected = spelled_name(first, surname)
    assert spelled_name(*split_name(f"{first} {surname}")) == expected
    assert spelled_name(*split_name(f"{surname}, {first}")) == expected
    assert spelled_name(*split_name(f"{last}, {first} {tussenvoegsel}")) == expected
