"""Small deliveries as data officers really send them: what they mean, and what must be asked.

`tests/cases/index.csv` says in words what is right. How they are read is tested elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data_access.database import writing_engine
from data_access.deliveries import Doubt, LoadSummary, load
from data_access.errors import DeliveryDoubtful, DeliveryRefused
from tests.contract.rows_of_register import rows_of
from tests.databases import Databases
from tests.small_delivery import TODAY

CASES = Path(__file__).resolve().parents[1] / "cases"


@pytest.fixture
def basis(databases: Databases, templates: Callable[[Databases, str], str]) -> Iterator[Engine]:
    """A register with the three gemeenten on which the cases are loaded."""
    url = databases.copy(templates(databases, "ready"))
    engine = writing_engine(url)
    load(CASES / "00-basis", engine, today=TODAY)
    yield engine
    engine.dispose()
    databases.drop(url)


def loaded(engine: Engine, case: str, **asked: int) -> LoadSummary:
    """Load a case after checking that exactly these questions are asked, by kind."""
    doubts = questions(engine, case) if asked else []
    assert Counter(doubt.kind.id for doubt in doubts) == Counter(asked)
    return load(CASES / case, engine, today=TODAY, accept=len(doubts))


def questions(engine: Engine, case: str) -> list[Doubt]:
    before = rows_of(engine, "agreement"), rows_of(engine, "spending")
    with pytest.raises(DeliveryDoubtful) as error:
        load(CASES / case, engine, today=TODAY)
    assert (rows_of(engine, "agreement"), rows_of(engine, "spending")) == before
    return [each for each in error.value.doubts if isinstance(each, Doubt)]


def wijken(engine: Engine, table: str = "agreement") -> Counter[str | None]:
    return Counter(row["wijk_code"] for row in rows_of(engine, table))


def people(engine: Engine) -> int:
    return len({row["participant"] for row in rows_of(engine, "agreement")})


def test_09_another_edition_is_one_fault_with_the_years(basis: Engine) -> None:
    with pytest.raises(DeliveryRefused) as error:
        load(CASES / "09-andere-editie", basis, today=TODAY)
    (fault,) = error.value.faults
    assert (fault.file, fault.row, fault.column, fault.value) == (
        "vrijwilligers.csv", 2, "wijkjaar", "2023",
    )  # fmt: skip
    assert fault.expected.nl.endswith("het register: 2024")


def test_09_another_edition_is_one_fault_for_a_whole_file(basis: Engine, tmp_path: Path) -> None:
    for file in (CASES / "20-verhuizing/a").glob("*.csv"):
        text = file.read_text("utf-8-sig")
        (tmp_path / file.name).write_text(text.replace(";WK019330;2024;", ";WK019330;2019;"))
    with pytest.raises(DeliveryRefused) as error:
        load(tmp_path, basis, today=TODAY)
    (fault,) = error.value.faults
    assert (fault.row, fault.value) == (2, "2019")
    assert fault.expected.nl.endswith("het register: 2024; dit geldt voor 20 rijen van dit bestand")


def test_09c_a_reused_code_is_told(basis: Engine) -> None:
    told = loaded(basis, "09c-smallingerland-hergebruikte-code", undeclared_wijk=1).notices
    assert any(
        "WK009001 is in 2024 'Centrum', maar in 2022 'Overig Smallingerland'" in each.nl
        for each in told
    )


def test_10c_long_numbers_that_end_in_noughts_are_told(basis: Engine) -> None:
    told = loaded(basis, "10c-lang-getal").notices
    assert any("Excel rondt zulke lange getallen af" in each.nl for each in told)


def test_11_leading_zeros_are_asked_about(basis: Engine) -> None:
    found = questions(basis, "11-voorloopnullen-pseudoniem")
    assert [(each.kind.id, each.file, each.value) for each in found] == [
        ("no_agreement", "uitstroom.csv", "4512"),
        ("leading_zeros", "uitstroom.csv", "4512"),
    ]


def test_20_a_move_under_the_same_key_changes_closed_quarters(basis: Engine) -> None:
    loaded(basis, "20-verhuizing/a")
    found = questions(basis, "20-verhuizing/b")
    assert Counter(each.kind.id for each in found) == {
        "closed_quarter": 20,
        "undeclared_wijk": 20,
    }
    assert {each.question.nl for each in found if each.kind.id == "closed_quarter"} == {
        "moet dit 2025-Q1 t/m 2025-Q4 veranderen?"
    }
    assert wijken(basis) == {"WK019330": 20}
    load(CASES / "20-verhuizing/b", basis, today=TODAY, accept=40)
    assert wijken(basis) == {"WK019313": 20}


def test_21_overlapping_agreements_are_told(basis: Engine) -> None:
    told = loaded(basis, "21-overlap-zelfde-org").notices
    assert any("die tegelijk lopen" in each.nl for each in told)
    assert (len(rows_of(basis, "agreement")), people(basis)) == (2, 1)


def test_23_a_typing_error_in_the_year(basis: Engine) -> None:
    for case in ("23-toekomst-vrijwilliger", "23b-toekomst-besteding"):
        with pytest.raises(DeliveryRefused):
            load(CASES / case, basis, today=TODAY)
    told = loaded(basis, "23c-verre-verleden").notices
    assert any("vóór 2000" in each.nl for each in told)


def test_24_rows_of_an_earlier_delivery_stay_until_they_are_withdrawn(
    basis: Engine, tmp_path: Path
) -> None:
    loaded(basis, "24-terugtrekken/a")
    summary = load(CASES / "24-terugtrekken/b", basis, today=TODAY)
    assert summary.unchanged, "five rows that were there already"
    assert "5 rijen van de vorige levering van uitstroom.csv staan niet in deze" in (
        summary.describe("nl")
    )
    assert len(rows_of(basis, "placement")) == 10
    whose = rows_of(basis, "placement")[0]["supplier"]
    (tmp_path / "levering.csv").write_text(
        f"naam;voorbeeld;toelichting;leverancier\nterug;nee;;{whose}\n"
    )
    lines = "".join(f"uitstroom.csv;u{number}\n" for number in range(5, 10))
    (tmp_path / "intrekken.csv").write_text(f"bestand;kenmerk\n{lines}")
    with pytest.raises(DeliveryDoubtful) as error:
        load(tmp_path, basis, today=TODAY)
    assert {each.kind.id for each in error.value.doubts} == {"closed_quarter"}
    load(tmp_path, basis, today=TODAY, accept=5)
    assert [row["id"] for row in rows_of(basis, "placement")] == ["u0", "u1", "u2", "u3", "u4"]


def test_25_two_wijkbedrijven_that_number_their_rows_alike(basis: Engine) -> None:
    loaded(basis, "25-kenmerk-botsing/a")
    loaded(basis, "25-kenmerk-botsing/b", undeclared_wijk=20)
    assert len(rows_of(basis, "agreement")) == people(basis) == 50
    assert wijken(basis) == {"WK019330": 30, "WK019313": 20}


def test_25b_two_wijkbedrijven_that_number_their_people_alike(basis: Engine) -> None:
    loaded(basis, "25b-pseudoniem-botsing/a")
    loaded(basis, "25b-pseudoniem-botsing/b", undeclared_wijk=20)
    # That the other one has 20 of these pseudonyms is not told: it would tell who is there.
    assert people(basis) == 50


def test_34_who_lives_in_another_gemeente_is_kept_and_asked_about(basis: Engine) -> None:
    loaded(basis, "34-woont-in-andere-gemeente/a", undeclared_wijk=10)
    assert people(basis) == 30
    assert sum(code.startswith("WK0090") for code in wijken(basis).elements() if code) == 10


def test_35_outflow_of_people_who_were_never_a_volunteer(basis: Engine) -> None:
    loaded(basis, "35-uitstroom-zonder-overeenkomst/a", no_agreement=20, leading_zeros=20)
    assert len(rows_of(basis, "placement")) == 20


def test_37_a_key_twice_is_a_fault(basis: Engine) -> None:
    with pytest.raises(DeliveryRefused) as error:
        load(CASES / "37-zelfde-kenmerk", basis, today=TODAY)
    (fault,) = error.value.faults
    assert (fault.row, fault.column, fault.value) == (3, "kenmerk", "v1")


def test_40_two_wijken_of_one_name(basis: Engine) -> None:
    loaded(basis, "40-twee-wijken-zelfde-naam")
    assert wijken(basis) == {"WK169900": 40, "WK169901": 20}


def test_47_a_person_without_a_wijk(basis: Engine) -> None:
    loaded(basis, "47-geen-wijk")
    assert wijken(basis) == {None: 1}


def test_50_spending_on_a_wijk_of_another_gemeente(basis: Engine) -> None:
    loaded(basis, "50-besteding-andere-gemeente/a", other_gemeente=1)
    assert wijken(basis, "spending") == {"WK009001": 1}


def test_53_the_same_people_at_two_organisations(basis: Engine) -> None:
    told = loaded(basis, "53-zelfde-persoon-twee-orgs/a", undeclared_wijk=20).notices
    assert people(basis) == 40
    assert any("hetzelfde pseudoniemdomein" in each.nl for each in told)


def test_53_the_same_people_at_two_organisations_of_one_domain(
    basis: Engine, tmp_path: Path
) -> None:
    """That they live there according to the other organisation answers no question."""
    for file in (CASES / "53-zelfde-persoon-twee-orgs/a").glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    rows = [
        line.split(";")
        for line in (CASES / "00-basis/organisaties.csv").read_text("utf-8-sig").splitlines()
    ]
    (tmp_path / "organisaties.csv").write_text(
        "".join(
            ";".join([*row, "pseudoniemdomein" if number == 0 else "zwolle"]) + "\n"
            for number, row in enumerate(rows)
        )
    )
    load(tmp_path, basis, today=TODAY, accept=20)
    assert (len(rows_of(basis, "agreement")), people(basis)) == (40, 20)


def test_57_a_name_and_number_in_a_public_text(basis: Engine) -> None:
    (doubt,) = questions(basis, "57-naam-in-omschrijving")
    assert (doubt.kind.id, doubt.file, doubt.row, doubt.column) == (
        "person", "besteding.csv", 2, "omschrijving",
    )  # fmt: skip
    loaded(basis, "57-naam-in-omschrijving", person=1)
    assert len(rows_of(basis, "spending")) == 1
