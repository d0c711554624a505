"""What may be a mistake is asked; nothing loads until all questions are answered with yes."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access import commands
from data_access.deliveries import Doubt
from data_access.deliveries.questions import KINDS
from data_access.errors import DeliveryDoubtful
from tests.contract.rows_of_register import contents, row_of, rows_of
from tests.small_delivery import SmallDelivery, valid_delivery

small_delivery = valid_delivery

Captured = pytest.CaptureFixture[str]


def asked(delivery: SmallDelivery, engine: Engine, accept: int | None = None) -> list[Doubt]:
    """Return the questions about a delivery, of which then nothing was loaded."""
    before = contents(engine)
    with pytest.raises(DeliveryDoubtful) as error:
        delivery.load(engine, accept)
    assert contents(engine) == before
    found = [each for each in error.value.doubts if isinstance(each, Doubt)]
    assert f"--accept {len(found)}" in error.value.message("nl") or not found
    return found


def places(doubts: list[Doubt]) -> list[tuple[str, str, int, str]]:
    return [(each.kind.id, each.file, each.row, each.column) for each in doubts]


def change(delivery: SmallDelivery, name: str, row: int, **cells: str) -> None:
    delivery.rows[name][row] |= cells


# One wrong cell in a valid delivery: file, row of the small delivery, cells, kind, column.
DOUBTFUL: list[tuple[str, int, dict[str, str], str, str]] = [
    ("vrijwilligers.csv", 0, {"begindatum": "2032-01-01"}, "future", "begindatum"),
    ("uitstroom.csv", 0, {"begindatum": "2032-01-01"}, "future", "begindatum"),
    ("besteding.csv", 0, {"datum": "2032-02-01"}, "future", "datum"),
    ("contracten.csv", 0, {"begindatum": "2032-01-01", "einddatum": "2033-01-01"}, "future",
     "begindatum"),
    ("uitspraken.csv", 0, {"datum": "2032-01-01"}, "future", "datum"),
    ("gemeenten.csv", 0, {"peildatum": "2032-01-01"}, "future", "peildatum"),
    ("uitstroom.csv", 0, {"pseudoniem": "p-003"}, "no_agreement", "pseudoniem"),
    ("uitstroom.csv", 0, {"begindatum": "2023-02-14"}, "no_agreement", "pseudoniem"),
    ("vrijwilligers.csv", 0, {"wijkcode": "WK008062"}, "undeclared_wijk", "wijkcode"),
    ("besteding.csv", 0, {"omschrijving": "Vergoeding Jan de Vries"}, "person", "omschrijving"),
    ("organisaties.csv", 0, {"omschrijving": "Bel 06-12345678"}, "person", "omschrijving"),
    ("organisaties.csv", 0, {"naam": "info@bilgaard.nl"}, "person", "naam"),
    ("uitspraken.csv", 0, {"tekst_en": "says mevr. Bakker"}, "person", "tekst_en"),
    ("uitkomsten.csv", 0, {"bepaald_door_nl": "Fatima Ouahou"}, "person", "bepaald_door_nl"),
    ("wijken.csv", 0, {"naam": "Bilgaard 058-1234567"}, "person", "naam"),
    ("contracten.csv", 0, {"naam": "Proef van dhr. de Boer"}, "person", "naam"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row", "cells", "kind", "column"), DOUBTFUL)
def test_one_doubtful_cell_is_one_question(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    row: int,
    cells: dict[str, str],
    kind: str,
    column: str,
) -> None:
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][1] | {"wijkcode": "WK008062", "naam": "Camminghaburen"}
    )
    if "taakveld" in small_delivery.rows[name][row]:
        small_delivery.rows[name][row]["taakveld"] = "6.21"
    change(small_delivery, name, row, **cells)
    (doubt,) = asked(small_delivery, empty_database)
    assert places([doubt]) == [(kind, name, row + 2, column)]
    for text in (doubt.question, doubt.kind.why):
        assert text.nl != text.en
    assert doubt.question.nl.endswith("?")
    assert doubt.question.en.endswith("?")
    summary = small_delivery.load(empty_database, accept=1)
    assert summary.accepted == 1
    assert "vragen waarop ja is gezegd: 1" in summary.describe("nl")
    assert small_delivery.load(empty_database).unchanged


# Much like them, and no question at all.
FINE: list[tuple[str, int, dict[str, str]]] = [
    ("vrijwilligers.csv", 0, {"begindatum": "2027-03-01"}),
    ("vrijwilligers.csv", 0, {"einddatum": "2040-01-01"}),
    ("besteding.csv", 1, {"geld_tot": "2040-01-01"}),
    ("contracten.csv", 0, {"einddatum": "2040-01-01"}),
    ("uitstroom.csv", 0, {"begindatum": "2023-02-15"}),
    ("vrijwilligers.csv", 0, {"wijkcode": "", "wijkjaar": ""}),
    ("vrijwilligers.csv", 0, {"wijkjaar": "2022"}),
    ("besteding.csv", 0, {"omschrijving": "Buurthuis Jan van Galenstraat, 12 dagdelen in 2025"}),
    ("besteding.csv", 0, {"omschrijving": "Huur Wijkbedrijf Bilgaard e.o., MW en B.V."}),
]


@pytest.mark.parametrize(("name", "row", "cells"), FINE)
def test_what_is_usual_is_not_asked(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    row: int,
    cells: dict[str, str],
) -> None:
    # The same wijk of an earlier edition, under another code.
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][0] | {"wijkjaar": "2022", "naam": "Wijk 60 Bilgaard"}
    )
    change(small_delivery, name, row, **cells)
    small_delivery.load(empty_database)


def test_two_wijken_of_one_name_are_two_wijken(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """Noordenveld has two wijken called Roden."""
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][0] | {"wijkcode": "WK008099", "naam": "Bilgaard"}
    )
    change(small_delivery, "vrijwilligers.csv", 0, wijkcode="WK008099")
    assert places(asked(small_delivery, empty_database)) == [
        ("undeclared_wijk", "vrijwilligers.csv", 2, "wijkcode")
    ]


def test_where_another_organisation_works_makes_no_difference(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """It would tell bilgaard who of its people is known at dreamfabryk, and where they live."""
    for row in small_delivery.rows["organisaties.csv"]:
        row["pseudoniemdomein"] = "leeuwarden"
    small_delivery.rows["organisatie_wijken.csv"][1]["organisatie"] = "dreamfabryk"
    small_delivery.rows["vrijwilligers.csv"][1]["wijkcode"] = "WK008060"
    rows = small_delivery.rows["vrijwilligers.csv"]
    small_delivery.rows["uitstroom.csv"][0]["wijkcode"] = "WK008060"
    rows.append(rows[0] | {"kenmerk": "v-3", "organisatie": "dreamfabryk"})
    rows.append(rows[0] | {"kenmerk": "v-4", "wijkcode": "WK008061"})
    rows[2]["wijkcode"] = "WK008061"
    assert places(asked(small_delivery, empty_database)) == [
        ("undeclared_wijk", "vrijwilligers.csv", 5, "wijkcode")
    ]


@pytest.mark.parametrize(
    "name",
    ["vrijwilligers.csv", "vergoedingen.csv", "ladder.csv", "uitstroom.csv", "resultaten.csv"],
)
def test_any_row_about_a_person_in_an_undeclared_wijk_is_asked_about(
    empty_database: Engine, small_delivery: SmallDelivery, name: str
) -> None:
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][1] | {"wijkcode": "WK008062", "naam": "Camminghaburen"}
    )
    change(small_delivery, name, 0, wijkcode="WK008062")
    (doubt,) = asked(small_delivery, empty_database)
    assert places([doubt]) == [("undeclared_wijk", name, 2, "wijkcode")]
    assert "telt de rij wel mee voor de organisatie en de gemeente, maar niet voor de wijk" in (
        doubt.kind.why.nl
    )
    assert "counts for the organisation and the gemeente, not for the wijk" in doubt.kind.why.en


def test_an_organisation_without_declared_wijken_is_told_once_and_asked_nothing(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    for name in ("vrijwilligers.csv", "ladder.csv"):
        rows = small_delivery.rows[name]
        small_delivery.rows[name] += [row | {"organisatie": "dreamfabryk"} for row in rows]
    told = notices(small_delivery.load(empty_database))
    assert told.count("Dreamfabryk (dreamfabryk) heeft geen wijken opgegeven") == 1
    assert "organisatie_wijken.csv" in told
    assert "Bilgaard (bilgaard) heeft geen wijken" not in told


@pytest.mark.parametrize(
    ("wijken", "value", "said"), [(1, "142", 1), (2, "142", 1), (3, "142", 0), (1, "", 0)]
)
def test_what_a_true_number_in_public_gives_away_is_told(
    empty_database: Engine, small_delivery: SmallDelivery, wijken: int, value: str, said: int
) -> None:
    places = small_delivery.rows["wijken.csv"]
    places.append(places[1] | {"wijkcode": "WK008062", "naam": "Camminghaburen"})
    # The same wijk in another edition is not one more.
    places.append(places[0] | {"wijkjaar": "2022"})
    working = small_delivery.rows["organisatie_wijken.csv"]
    working[:] = [
        working[0] | {"wijkcode": code} for code in ("WK008060", "WK008061", "WK008062")[:wijken]
    ] + [working[0] | {"wijkjaar": "2022"}]
    change(small_delivery, "uitspraken.csv", 0, aantal=value)
    small_delivery.only(
        "gemeenten.csv",
        "wijken.csv",
        "organisaties.csv",
        "organisatie_wijken.csv",
        "uitspraken.csv",
    )
    summary = small_delivery.load(empty_database)
    given_away = [each for each in summary.notices if "geheime drempel" in each.nl]
    assert len(given_away) == said
    assert all("secret threshold" in each.en for each in given_away)


@pytest.fixture
def with_groningen(small_delivery: SmallDelivery) -> SmallDelivery:
    """The small delivery with a second gemeente, in which dreamfabryk lies."""
    small_delivery.rows["gemeenten.csv"].append(
        small_delivery.rows["gemeenten.csv"][0] | {"gemeentecode": "GM0014", "naam": "Groningen"}
    )
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][1] | {"wijkcode": "WK001400", "gemeentecode": "GM0014"}
    )
    small_delivery.rows["organisaties.csv"][1]["gemeentecode"] = "GM0014"
    return small_delivery


@pytest.mark.parametrize(
    ("name", "cells", "column"),
    [
        ("besteding.csv", {"wijkcode": "WK001400"}, "wijkcode"),
        ("besteding.csv", {"organisatie": "dreamfabryk"}, "organisatie"),
        ("resultaten.csv", {"organisatie": "dreamfabryk"}, "contract"),
    ],
)
def test_money_in_another_gemeente_is_asked_about(
    empty_database: Engine,
    with_groningen: SmallDelivery,
    name: str,
    cells: dict[str, str],
    column: str,
) -> None:
    change(with_groningen, name, 0, **cells)
    (doubt,) = asked(with_groningen, empty_database)
    assert places([doubt]) == [("other_gemeente", name, 2, column)]
    assert "betaalt Leeuwarden (GM0080) hier voor Groningen (GM0014)?" in doubt.question.nl


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("vrijwilligers.csv", "bilgaard"),
        ("vergoedingen.csv", "bilgaard"),
        ("resultaten.csv", "bilgaard"),
        ("uitspraken.csv", "bilgaard"),
        ("besteding.csv", "GM0080"),
    ],
)
def test_the_same_row_under_another_key(
    empty_database: Engine, small_delivery: SmallDelivery, name: str, other: str
) -> None:
    rows = small_delivery.rows[name]
    rows.append(rows[0] | {"kenmerk": "nog-eens"})
    (doubt,) = asked(small_delivery, empty_database)
    assert places([doubt]) == [("double", name, len(rows) + 1, "kenmerk")]
    assert "dan rij 2" in doubt.question.nl
    small_delivery.rows[name] = rows[:-1]
    small_delivery.load(empty_database)
    # A later export with new keys: the same rows again.
    small_delivery.only(name)
    change(small_delivery, name, 0, kenmerk="nieuw")
    doubles = [each for each in asked(small_delivery, empty_database) if each.kind.id == "double"]
    assert [(each.row, each.value) for each in doubles] == [(2, "nieuw")]
    assert f"van {other} in het register" in doubles[0].question.nl
    accepted = len(asked(small_delivery, empty_database))
    small_delivery.load(empty_database, accept=accepted)
    assert small_delivery.load(empty_database).unchanged


def test_the_row_that_was_there_first_is_not_the_double(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    rows = small_delivery.rows["vergoedingen.csv"]
    rows.insert(0, rows[0] | {"kenmerk": "nieuw"})
    (doubt,) = asked(small_delivery, empty_database)
    assert (doubt.kind.id, doubt.row, doubt.value) == ("double", 2, "nieuw")
    assert "dan rij 3" in doubt.question.nl


def test_the_same_row_of_another_supplier_is_asked_about(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """First undeclared, then as a delivery of the gemeente: everybody would count twice."""
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv")
    small_delivery.supplied_by("GM0080")
    found = asked(small_delivery, empty_database)
    assert [each.row for each in found if each.kind.id == "double"] == [2, 3]


def closed_rows(delivery: SmallDelivery, engine: Engine) -> list[tuple[int, str]]:
    found = asked(delivery, engine)
    assert {each.kind.id for each in found} == {"closed_quarter"}
    return [(each.row, each.question.nl) for each in found]


@pytest.mark.parametrize(
    ("name", "row", "cells"),
    [
        ("vrijwilligers.csv", 0, {"wijkcode": "WK008061"}),
        ("vrijwilligers.csv", 0, {"einddatum": "2025-11-30"}),
        ("vrijwilligers.csv", 0, {"uren_per_week": "8"}),
        ("vrijwilligers.csv", 1, {"einddatum": ""}),
        ("vergoedingen.csv", 0, {"datum": "2025-10-01"}),
        ("ladder.csv", 0, {"datum": "2025-12-31"}),
        ("uitstroom.csv", 0, {"einddatum": "2025-12-30"}),
        ("resultaten.csv", 0, {"betaald_op": "2025-10-01"}),
        ("besteding.csv", 0, {"datum": "2025-10-01"}),
    ],
)
def test_a_row_that_changes_a_closed_quarter(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    row: int,
    cells: dict[str, str],
) -> None:
    small_delivery.load(empty_database)
    change(small_delivery, name, row, **cells)
    assert closed_rows(small_delivery, empty_database) == [
        (row + 2, "moet dit 2025-Q4 veranderen?")
    ]


@pytest.mark.parametrize(
    ("name", "row", "cells"),
    [
        ("vrijwilligers.csv", 0, {"einddatum": "2026-01-31"}),
        ("vrijwilligers.csv", 0, {"einddatum": "2025-12-31"}),
        ("vrijwilligers.csv", 0, {"begindatum": "2023-02-01"}),
        ("vrijwilligers.csv", 1, {"wijkcode": "WK008060"}),
        ("ladder.csv", 0, {"trede": "5"}),
        ("uitstroom.csv", 0, {"einddatum": "2026-02-01"}),
        ("besteding.csv", 0, {"bedrag": "1,00"}),
        ("uitspraken.csv", 0, {"aantal": "1"}),
    ],
)
def test_a_row_that_changes_open_quarters_only(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    name: str,
    row: int,
    cells: dict[str, str],
) -> None:
    small_delivery.load(empty_database)
    change(small_delivery, name, row, **cells)
    assert small_delivery.load(empty_database).files[name].changed == 1


def test_the_first_arrival_in_a_closed_quarter_is_no_question_and_the_second_is(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("vrijwilligers.csv", "ladder.csv")
    readings = small_delivery.rows["ladder.csv"]
    readings[0] |= {"kenmerk": "l-8", "datum": "2025-11-01", "organisatie": "dreamfabryk"}
    del readings[1]
    small_delivery.load(empty_database)
    readings[0] |= {"kenmerk": "l-9", "datum": "2025-11-02"}
    assert closed_rows(small_delivery, empty_database) == [(2, "moet dit 2025-Q4 veranderen?")]


def test_spending_without_an_organisation_arrives_for_the_gemeente(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("besteding.csv")
    whole = small_delivery.rows["besteding.csv"][1] | {"datum": "2025-11-01"}
    small_delivery.rows["besteding.csv"] = [whole | {"kenmerk": "b-8"}]
    small_delivery.load(empty_database)
    small_delivery.rows["besteding.csv"] = [whole | {"kenmerk": "b-9", "bedrag": "7"}]
    assert closed_rows(small_delivery, empty_database) == [(2, "moet dit 2025-Q4 veranderen?")]


def test_a_quarter_that_this_delivery_closes_may_still_be_filled(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    """Whoever closes a quarter delivers its last rows along: nothing of it was published yet."""
    closing = small_delivery.rows["afgesloten_kwartalen.csv"]
    del small_delivery.rows["afgesloten_kwartalen.csv"]
    small_delivery.load(empty_database)
    small_delivery.rows["afgesloten_kwartalen.csv"] = closing
    first = small_delivery.rows["vrijwilligers.csv"][0]
    small_delivery.rows["vrijwilligers.csv"].append(
        first | {"kenmerk": "v-3", "pseudoniem": "p-003", "begindatum": "2025-11-01"}
    )
    small_delivery.load(empty_database)


def test_quarters_in_a_row_are_told_as_a_span(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    first = small_delivery.rows["afgesloten_kwartalen.csv"][0]
    small_delivery.rows["afgesloten_kwartalen.csv"] += [
        first | {"kwartaal": quarter} for quarter in ("2025-Q3", "2025-Q2", "2024-Q4")
    ]
    small_delivery.load(empty_database)
    change(small_delivery, "vrijwilligers.csv", 0, uren_per_week="8")
    assert closed_rows(small_delivery, empty_database) == [
        (2, "moet dit 2024-Q4, 2025-Q2 t/m 2025-Q4 veranderen?")
    ]


def test_only_the_right_number_is_a_yes(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    change(small_delivery, "besteding.csv", 0, omschrijving="Voor mevrouw Jansen")
    change(small_delivery, "uitstroom.csv", 0, pseudoniem="p-003")
    for wrong in (None, 0, 1, 3):
        assert len(asked(small_delivery, empty_database, wrong)) == 2
    small_delivery.load(empty_database, accept=2)
    assert len(rows_of(empty_database, "spending")) == 2


def test_a_yes_to_nothing_is_told(empty_database: Engine, small_delivery: SmallDelivery) -> None:
    with pytest.raises(DeliveryDoubtful) as error:
        small_delivery.load(empty_database, accept=5)
    assert error.value.doubts == ()
    assert "Er zijn 0 vragen, niet 5," in error.value.message("nl")
    assert "zonder --accept" in error.value.message("nl")


def test_accepted_doubts_are_remembered_until_the_row_changes(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    change(small_delivery, "besteding.csv", 0, omschrijving="Voor mevrouw Jansen")
    change(small_delivery, "organisaties.csv", 0, omschrijving="Contact: Jan de Vries")
    small_delivery.load(empty_database, accept=2)
    remembered = {
        (row["file"], row["supplier"], row["id"], row["doubt"])
        for row in rows_of(empty_database, "accepted_doubt")
    }
    assert remembered == {
        ("besteding.csv", "GM0080", "b-1", "person"),
        ("organisaties.csv", "", "bilgaard", "person"),
    }
    change(small_delivery, "ladder.csv", 0, trede="6")
    small_delivery.load(empty_database)
    change(small_delivery, "besteding.csv", 0, bedrag="5")
    assert [each.file for each in asked(small_delivery, empty_database)] == ["besteding.csv"]
    small_delivery.load(empty_database, accept=1)
    change(small_delivery, "besteding.csv", 0, omschrijving="Huur")
    small_delivery.load(empty_database)
    remembered = {row["file"] for row in rows_of(empty_database, "accepted_doubt")}
    assert remembered == {"organisaties.csv"}


def test_faults_come_before_questions(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    change(small_delivery, "uitstroom.csv", 0, pseudoniem="p-003", uren_per_week="veel")
    with pytest.raises(Exception, match="Er is 1 fout"):
        small_delivery.load(empty_database, accept=1)


def test_the_command_asks_by_kind_and_loads_with_accept(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
    tmp_path: Path,
) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    change(small_delivery, "besteding.csv", 0, omschrijving="Voor mevrouw Jansen")
    change(small_delivery, "besteding.csv", 1, omschrijving="=Voor dhr. Jansen")
    change(small_delivery, "uitstroom.csv", 0, pseudoniem="p-003")
    written = tmp_path / "vragen.csv"
    arguments = ["load", str(small_delivery.write())]
    assert commands.run([*arguments, "--faults", str(written)]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert [line.split("  ")[0] for line in lines if " x  " in line] == ["1 x", "2 x"]
    assert lines[1] == (
        '- uitstroom.csv, rij 2, kolom pseudoniem: "p-003" - is deze persoon hier nooit '
        "vrijwilliger geweest?"
    )
    assert lines[-1] == (
        "Er zijn 3 vragen over deze levering; er is niets geladen. Klopt alles, laad dan opnieuw "
        "met --accept 3."
    )
    assert "besteding.csv;3;omschrijving;'=Voor dhr. Jansen;vraag: mag" in written.read_text(
        "utf-8-sig"
    )
    assert commands.run([*arguments, "--accept", "2", "--language", "en"]) == 1
    assert capsys.readouterr().err.strip().endswith("load again with --accept 3.")
    assert commands.run([*arguments, "--accept", "3"]) == 0
    assert "vragen waarop ja is gezegd: 3" in capsys.readouterr().out
    assert commands.run([*arguments, "--accept", "3"]) == 0
    assert "er is niets veranderd" in capsys.readouterr().out


def test_no_more_than_two_hundred_questions_are_shown(
    empty_database: Engine,
    small_delivery: SmallDelivery,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    url = empty_database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    first = small_delivery.rows["uitstroom.csv"][0]
    small_delivery.rows["uitstroom.csv"] = [
        first | {"kenmerk": f"w-{number}", "pseudoniem": f"q-{number:03}"} for number in range(210)
    ]
    assert commands.run(["load", str(small_delivery.write())]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len([line for line in lines if line.startswith("- ")]) == 200
    assert "en nog 10 vragen" in lines[-2]


def test_every_kind_is_explained_in_both_languages() -> None:
    assert len({kind.id for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.why.nl != kind.why.en
        assert len(kind.id) <= 40


# Texts in which somebody is named, and texts that only look like it.
SOMEBODY = (
    "Vergoeding Jan de Vries 06-12345678",
    "bijdrage aan Mw. Wil Janssen",
    "de heer van den Berg kwam langs",
    "met dank aan J.P. de Groot",
    "Overleg met K. Bakker",
    "aanvrager Malika Bouzerda",
    "Karima el Kebdani",
    "Wijkfeest (Sanne Hoekstra)",
    "bel 0612345678",
    "bel +31 6 1234 5678",
    "bel (058) 123 45 67",
    "mail j.jansen@voorbeeld.nl",
    "op rekening NL91ABNA0417164300",
    "op rekening NL91 ABNA 0417 1643 00",
    "Dorpsstraat 12, 8925 AB Leeuwarden",
    "8925 AB 12",
)
NOBODY = (
    "",
    "Huur en materiaal wijkbedrijf, vierde kwartaal 2025",
    "Anne Frankschool en Jan van Galenstraat",
    "Johan de Wittlaan 12, Leeuwarden",
    "factuur 2025-000123, 01-02-2025 t/m 31-03-2025",
    "12.345,67 euro voor 1.200 bezoekers",
    "MW Noord en B.V. Welzijn, V.V. Leeuwarden",
    "Peter Stuyvesant College",
    "Open dag in Amsterdam Noord, Jong en Oud",
    "NL91ABNA0417164301",
    "voor bewoners van 65 jaar en ouder",
    "taakveld 6.21 in 2025 EN 2026",
)


def test_somebody_is_recognised_in_a_text_and_nobody_where_nobody_is(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    spending = small_delivery.rows["besteding.csv"]
    spending += [
        spending[1] | {"kenmerk": f"t-{number}", "bedrag": str(number), "omschrijving": text}
        for number, text in enumerate((*SOMEBODY, *NOBODY), start=1)
    ]
    found = asked(small_delivery, empty_database)
    assert {each.kind.id for each in found} == {"person"}
    assert [each.value for each in found] == list(SOMEBODY)


def test_names_that_the_register_knows_are_no_persons(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    text = "Bijdrage aan Stichting Jan Jansen"
    change(small_delivery, "besteding.csv", 0, omschrijving=text)
    (doubt,) = asked(small_delivery, empty_database)
    assert doubt.question.nl == "mag 'Jan Jansen' openbaar zijn?"
    change(small_delivery, "organisaties.csv", 0, naam="Stichting Jan Jansen")
    small_delivery.load(empty_database)


def notices(summary: Any) -> str:
    return "\n".join(each.nl for each in summary.notices)


def test_what_is_worth_telling_is_told(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    rows = small_delivery.rows["vrijwilligers.csv"]
    rows[0]["begindatum"] = "1995-01-01"
    rows.append(rows[0] | {"kenmerk": "v-3", "begindatum": "2024-01-01"})
    rows.append(rows[1] | {"kenmerk": "v-4", "begindatum": "2024-07-01", "einddatum": ""})
    small_delivery.rows["ladder.csv"][0]["kenmerk"] = "12345678901234500"
    small_delivery.rows["wijken.csv"].append(
        small_delivery.rows["wijken.csv"][0] | {"wijkjaar": "2015", "naam": "Heel iets anders"}
    )
    told = notices(small_delivery.load(empty_database))
    assert "1 begindatum ligt vóór 2000" in told
    assert "1 persoon heeft bij één organisatie overeenkomsten die tegelijk lopen" in told
    assert "1 rij heeft een kenmerk of pseudoniem van 15 of meer cijfers" in told
    assert "WK008060 is in 2023 'Bilgaard', maar in 2015 'Heel iets anders'" in told


def test_rows_that_are_left_out_are_told(
    empty_database: Engine, small_delivery: SmallDelivery
) -> None:
    small_delivery.load(empty_database)
    small_delivery.only("ladder.csv", "vrijwilligers.csv")
    del small_delivery.rows["ladder.csv"][1]
    small_delivery.rows["ladder.csv"][0]["trede"] = "6"
    told = notices(small_delivery.load(empty_database))
    assert told == (
        "1 rij van de vorige levering van ladder.csv staat niet in deze; zij blijft staan. Klopt "
        "dat niet: zet haar in intrekken.csv."
    )
    assert row_of(empty_database, "ladder_reading", id="l-2")["level"] == 4
