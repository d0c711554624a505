"""Which rows are the same wijk, and which of them is shown."""

import datetime
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.same_wijk import (
    ChosenArea,
    WijkKey,
    WijkRow,
    choose_together,
    joined_sources,
    normalised_name,
    plain_name,
    without_accents,
)

SHAPE = '{"type":"Polygon","coordinates":[]}'


def row(edition: int, **given: object) -> WijkRow:
    """A row of Vrijheidswijk with nothing known but its name."""
    empty = WijkRow(
        code="WK008061",
        edition=edition,
        name="Vrijheidswijk",
        residents=None,
        households=None,
        bijstand=None,
        figures_on=None,
        figures_source="",
        longitude=None,
        latitude=None,
        geometry=None,
        schematic=False,
        geometry_source="",
    )
    return replace(empty, **given)


def counted(edition: int, **given: object) -> WijkRow:
    """A row with figures of 1 January of its edition, from a source of its own."""
    date = datetime.date(edition, 1, 1)
    return row(edition, figures_on=date, figures_source=f"CBS {edition}", **given)


def real(edition: int, **given: object) -> WijkRow:
    return row(edition, geometry=SHAPE, **given)


def schematic(edition: int, **given: object) -> WijkRow:
    return row(edition, geometry=SHAPE, schematic=True, **given)


WANTED = ("WK008061", 2023)


def alone(rows: list[WijkRow], wanted: WijkKey) -> ChosenArea:
    return choose_together(rows, [wanted])[wanted]


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("Wijk 22 Vrijheidswijk", "Vrijheidswijk"),
        ("  Vrijheidswijk   ", "Vrijheidswijk"),
        ('Wijk 69 "De Zuidlanden"', "De Zuidlanden"),
        ("Wijk 00: Valkenburg", "Valkenburg"),
        ("Wijk 01 - Oost", "Oost"),
        ("Wijk 02", "Wijk 02"),
        ("Wijk 1 en 2", "Wijk 1 en 2"),
        ("1e Exloërmond", "1e Exloërmond"),
        ("Vrijheidswijk", "Vrijheidswijk"),
        ("Hempens/Teerns & Zuiderburen", "Hempens/Teerns & Zuiderburen"),
    ],
)
def test_plain_name(given: str, plain: str) -> None:
    assert plain_name(given) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nijlân & De Zwette", "Nijlan & De Zwette"),
        ("Vossepark & Helicon", "VOSSEPARK EN HELICON"),
        ("Wijk 22 Vrijheidswijk", "Vrijheidswijk "),
        ("Glimmen-Onnen-Noordlaren", "Glimmen - Onnen - Noordlaren"),
        ("Haren-West e.o.", "Haren West e.o"),
    ],
)
def test_other_spellings_are_the_same_name(one: str, other: str) -> None:
    assert normalised_name(one) == normalised_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vrijheidswijk", "Vossepark & Helicon"),
        ("Oosterparkwijk", "Oud-Oost"),
        ("Wijk 02", "Wijk 03"),
        ("Oud-West", "Oud-Noord"),
        ("–", "?"),
        ("Øst", "st"),
    ],
)
def test_other_names_are_not_the_same(one: str, other: str) -> None:
    assert normalised_name(one) != normalised_name(other)


@given(st.text(min_size=1, max_size=40))
def test_case_padding_and_accents_never_matter(name: str) -> None:
    for spelled in (f"  {name} ", unicodedata.normalize("NFD", name)):
        assert normalised_name(spelled) == normalised_name(name)
    assert normalised_name(without_accents(name)) == normalised_name(name)


def test_sources_are_listed_once() -> None:
    assert joined_sources("CBS 2024", "CBS 2019", "CBS 2024; CBS 2019", "") == "CBS 2024; CBS 2019"


def test_figures_are_of_the_newest_edition() -> None:
    newest = counted(2024, residents=7_000)
    chosen = alone([counted(2023, residents=6_900), newest, counted(2022, residents=1)], WANTED)
    assert chosen.figures == newest


def test_newest_edition_without_figures_is_passed_over() -> None:
    known = counted(2023, residents=0)
    assert alone([row(2025), known], WANTED).figures == known


def test_a_wijk_that_used_the_code_before_lends_nothing() -> None:
    other = {"name": "Vossepark & Helicon", "geometry": SHAPE}
    before = counted(2015, residents=4_000, households=2_000, **other)
    after = counted(2027, residents=5_000, **other)
    own = schematic(2023)
    chosen = alone([before, own, after], WANTED)
    assert chosen.figures == own
    assert chosen.geometry == own


def test_another_code_lends_nothing() -> None:
    own = row(2023)
    assert alone([counted(2024, code="WK008022", residents=7_000), own], WANTED).figures == own


def test_each_figure_comes_from_the_newest_edition_that_has_it() -> None:
    rows = [
        counted(2024, residents=7_000, name="VRIJHEIDSWIJK"),
        counted(2023, residents=6_900, households=3_400),
        counted(2021, residents=6_800, households=3_300, bijstand=900),
        counted(2019, residents=6_700, households=3_200, bijstand=950),
    ]
    figures = alone(rows, WANTED).figures
    assert (figures.residents, figures.households, figures.bijstand) == (7_000, 3_400, 900)
    assert figures.figures_on == datetime.date(2024, 1, 1)
    assert figures.figures_source == "CBS 2024; CBS 2023; CBS 2021"
    assert (figures.name, figures.edition) == ("Vrijheidswijk", 2024)


def test_figures_without_residents_keep_their_own_date() -> None:
    figures = alone([row(2023), counted(2021, bijstand=900)], WANTED).figures
    assert (figures.residents, figures.bijstand) == (None, 900)
    assert (figures.figures_on, figures.figures_source) == (datetime.date(2021, 1, 1), "CBS 2021")


def test_a_wijk_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        alone([row(2022)], WANTED)


@pytest.mark.parametrize(
    ("rows", "edition"),
    [
        ([real(2023), real(2024)], 2023),
        ([schematic(2023), real(2020), real(2022)], 2022),
        ([schematic(2023), real(2022), real(2024)], 2024),
        ([schematic(2023), schematic(2024), row(2022)], 2023),
        ([row(2023), schematic(2022), real(2015)], 2015),
        ([row(2023), schematic(2022)], 2022),
        ([row(2023), row(2024)], 2023),
    ],
    ids=["own", "nearest", "newer of two", "own schematic", "real", "schematic", "none"],
)
def test_geometry(rows: list[WijkRow], edition: int) -> None:
    assert alone(rows, WANTED).geometry.edition == edition


def both(make, edition: int) -> list[WijkRow]:
    """Rows of two neighbours."""
    return [make(edition), make(edition, code="WK008060", name="Bilgaard")]


NEIGHBOURS = [("WK008061", 2023), ("WK008060", 2023)]


@pytest.mark.parametrize(
    ("rows", "edition"),
    [
        ([*both(schematic, 2023), *both(real, 2022)], 2022),
        ([*both(schematic, 2023), *both(real, 2020), *both(real, 2024)], 2024),
        ([*both(schematic, 2023), real(2024), *both(real, 2019)], 2019),
        ([*both(schematic, 2023), real(2022)], 2023),
        ([*both(real, 2023), *both(real, 2024)], 2023),
        ([*both(row, 2023), *both(schematic, 2021)], 2021),
    ],
    ids=["real", "nearest", "whole", "no mixture", "own", "any shape"],
)
def test_shapes_on_one_map_are_of_one_edition(rows: list[WijkRow], edition: int) -> None:
    chosen = choose_together(rows, NEIGHBOURS)
    shapes = {key: (each.geometry.code, each.geometry.edition) for key, each in chosen.items()}
    assert shapes == {(code, wanted): (code, edition) for code, wanted in NEIGHBOURS}


def test_real_shapes_of_another_wijk_do_not_make_a_map_whole() -> None:
    renamed = real(2022, code="WK008060", name="De Zwette")
    chosen = choose_together([*both(schematic, 2023), real(2022), renamed], NEIGHBOURS)
    assert {each.geometry.edition for each in chosen.values()} == {2023}


def test_without_a_whole_map_each_wijk_is_chosen_alone() -> None:
    neighbour = row(2023, code="WK008060", name="Bilgaard")
    chosen = choose_together([real(2023), neighbour, row(2022)], NEIGHBOURS)
    assert chosen[WANTED].geometry == real(2023)
    assert chosen["WK008060", 2023].geometry == neighbour


def test_real_and_schematic_shapes_never_stand_on_one_map() -> None:
    neighbour = schematic(2023, code="WK008060", name="Bilgaard")
    chosen = choose_together([real(2023), neighbour], NEIGHBOURS)
    assert chosen[WANTED].geometry == real(2023)
    assert chosen["WK008060", 2023].geometry.geometry is None


def test_figures_on_one_map_are_chosen_for_each_wijk() -> None:
    rows = [*both(schematic, 2023), counted(2024, residents=7_000)]
    chosen = choose_together(rows, NEIGHBOURS)
    assert chosen[WANTED].figures.residents == 7_000
    assert chosen["WK008060", 2023].figures.residents is None


def test_no_wijken_no_map() -> None:
    assert choose_together([real(2023)], []) == {}
