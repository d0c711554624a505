"""Loading key figures: every way in which the table of CBS goes round, and nothing half loaded."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from data_access.cbs.refusal import FileRefused
from data_access.database import writing_engine
from data_access.key_figures import load_figures
from data_access.key_figures.table import read_table
from data_access.register import gemeente, wijk
from data_access.schema import make_ready

STATLINE_HEADER = (
    '"Wijken en buurten";"Regioaanduiding/Gemeentenaam (naam)";'
    '"Regioaanduiding/Soort regio (omschrijving)";"Regioaanduiding/Codering (code)";'
    '"Bevolking/Aantal inwoners (aantal)"'
)
SOURCE = "CBS, Kerncijfers wijken en buurten 2024"


def statline(*lines: str) -> str:
    return "\r\n".join([STATLINE_HEADER, *lines, ""])


def line(name: str, kind: str, code: str, residents: object, of: str = "Leeuwarden") -> str:
    """A line as StatLine writes it: names and codes padded, numbers without quotes."""
    return f'"{name}";"{of:40}";"{kind:10}";"{code:10}";{residents}'


LEEUWARDEN = line("Leeuwarden", "Gemeente", "GM0080", 128810)
VRIJHEIDSWIJK = line("Vrijheidswijk", "Wijk", "WK008061", 7120)
TWO = statline(LEEUWARDEN, VRIJHEIDSWIJK)


@pytest.fixture
def write(tmp_path: Path):
    """Write a file; text becomes UTF-8 with BOM, as StatLine does."""

    def write(content: str | bytes, name: str = "kerncijfers.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8-sig"))
        return path

    return write


@pytest.fixture
def register() -> Engine:
    """An empty register that is quickly made; a few tests below use both databases."""
    engine = writing_engine("sqlite://")
    make_ready(engine)
    return engine


def wijken(engine: Engine) -> dict[tuple[str, int], Any]:
    with engine.connect() as connection:
        return {(row.code, row.edition): row for row in connection.execute(select(wijk))}


def gemeenten(engine: Engine) -> dict[str, Any]:
    with engine.connect() as connection:
        return {row.code: row for row in connection.execute(select(gemeente))}


def refusal(engine: Engine, path: Path, edition: int = 2024) -> FileRefused:
    """Load a file that must be refused, and check that nothing of it was written."""
    before = wijken(engine), gemeenten(engine)
    with pytest.raises(FileRefused) as caught:
        load_figures(engine, path, edition)
    assert (wijken(engine), gemeenten(engine)) == before
    for language in ("nl", "en"):
        assert caught.value.message(language).startswith(path.name)
    assert caught.value.message("nl") != caught.value.message("en")
    return caught.value


@pytest.fixture
def delivered(empty_database: Engine) -> Engine:
    """A register with a wijk of a delivery: boundary, residents, households, bijstand."""
    with empty_database.begin() as connection:
        row = {"code": "GM0080", "name": "Leeuwarden", "residents": 1}
        row |= {"figures_on": datetime.date(2023, 1, 1), "figures_source": "levering"}
        connection.execute(insert(gemeente), [row])
        row = {
            "code": "WK008061",
            "edition": 2024,
            "gemeente_code": "GM0080",
            "name": "Vrijheidswijk",
            "residents": 1,
            "households": 3_400,
            "bijstand": 900,
            "figures_on": datetime.date(2023, 1, 1),
            "figures_source": "levering",
            "longitude": Decimal("5.1"),
            "latitude": Decimal("53.1"),
            "geometry": '{"type":"Polygon","coordinates":[]}',
            "schematic": True,
            "geometry_source": "schematisch",
        }
        connection.execute(insert(wijk), [row])
    return empty_database


def test_what_is_written(empty_database: Engine, write) -> None:
    report = load_figures(empty_database, write(TWO), 2024)
    row = wijken(empty_database)["WK008061", 2024]
    assert (row.name, row.gemeente_code) == ("Vrijheidswijk", "GM0080")
    assert (row.residents, row.households, row.bijstand) == (7_120, None, None)
    assert (row.figures_on, row.figures_source) == (datetime.date(2024, 1, 1), SOURCE)
    assert (row.geometry, row.longitude, row.schematic, row.geometry_source) == (
        *(None, None, False),
        "",
    )
    whole = gemeenten(empty_database)["GM0080"]
    assert (whole.name, whole.residents) == ("Leeuwarden", 128_810)
    assert (whole.figures_on, whole.figures_source) == (datetime.date(2024, 1, 1), SOURCE)
    assert (report.wijken.new, report.gemeenten.new) == (1, 1)


R_TABLE = """"","Wijken.en.buurten","Regioaanduiding.Gemeentenaam..naam.",\
"Regioaanduiding.Soort.regio..omschrijving.","Regioaanduiding.Codering..code.",\
"Bevolking.Aantal.inwoners..aantal.",\
"Bevolking.Particuliere.huishoudens.Huishoudens.totaal..aantal.",\
"Sociale.zekerheid.Personen.per.soort.uitkering..Bijstand..aantal."
"1","Vrijheidswijk","Leeuwarden     ","Wijk      ","WK008061  ",7120,3400,900
"2","Bilgaard","Leeuwarden     ","Wijk      ","WK008060  ","5.005",NA,"    ."
"""
SHAPEFILE_TABLE = """WK_CODE,WK_NAAM,GM_CODE,GM_NAAM,AANT_INW,AANTAL_HH,WWB_UITTOT
WK008061,Wijk 61 Vrijheidswijk,GM0080,Leeuwarden,7120,3400,900
WK008060,Bilgaard,GM0080,Leeuwarden,5005,-99999999,-99999999
"""
SHEET = """gwb_code_10\tregio\tgm_naam\trecs\tgwb_code\ta_inw\ta_hh\ta_soz_wb
WK008061\tVrijheidswijk\tLeeuwarden\tWijk\tWK008061\t7120\t3400\t900
WK008060\tBilgaard\tLeeuwarden\tWijk\tWK008060\t5005\t.\t.
"""
PDOK_TABLE = """wijkcode|wijknaam|gemeentenaam|aantalInwoners|aantalHuishoudens|\
aantalPersonenMetEenAlgBijstandsuitkeringTot|jaar
WK008061|Vrijheidswijk|Leeuwarden|7120.0|3400.0|900.0|2024
WK008060|Bilgaard|Leeuwarden|5005.0|-99997|-99997|2024
"""


@pytest.mark.parametrize(
    "text",
    [R_TABLE, SHAPEFILE_TABLE, SHEET, PDOK_TABLE],
    ids=["R", "shapefile", "sheet", "PDOK"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_tables_of_every_vintage(register: Engine, write, text: str, encoding: str) -> None:
    load_figures(register, write(text.encode(encoding)), 2024)
    rows = wijken(register)
    known, partly = rows["WK008061", 2024], rows["WK008060", 2024]
    assert (known.residents, known.households, known.bijstand) == (7_120, 3_400, 900)
    assert (partly.residents, partly.households, partly.bijstand) == (5_005, None, None)
    assert (known.name, partly.name) == ("Vrijheidswijk", "Bilgaard")
    assert gemeenten(register)["GM0080"].name == "Leeuwarden"
    assert gemeenten(register)["GM0080"].residents is None


@given(st.integers(0, 99_999_999), st.sampled_from([";", ",", "\t", "|"]), st.booleans())
def test_any_number_survives_any_separator(number: int, separator: str, quoted: bool) -> None:
    quote = '"' if quoted else ""
    header = separator.join(["Codering (code)", "Wijken en buurten", "Aantal inwoners"])
    values = [f"{quote}{value}{quote}" for value in ("WK008061", "Vrijheidswijk", number)]
    path = _Content(f"{header}\n{separator.join(values)}\n".encode())
    table = read_table(path)
    assert [line.values for line in table.lines] == [["WK008061", "Vrijheidswijk", str(number)]]


class _Content:
    """A file in memory, as far as reading goes."""

    name = "memory.csv"

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read_bytes(self) -> bytes:
        return self.content


def test_letters_outside_utf_8(register: Engine, write) -> None:
    nijlan = line("Nijlân & De Zwette", "Wijk", "WK008041", 5000)
    load_figures(register, write(statline(nijlan).encode("cp1252")), 2024)
    assert wijken(register)["WK008041", 2024].name == "Nijlân & De Zwette"


def test_lines_around_the_table_are_no_rows(register: Engine, write) -> None:
    text = '"Kerncijfers wijken en buurten 2024"\n\n' + TWO + '\n"Bron: CBS"\n"© CBS"\n;;;;\n'
    report = load_figures(register, write(text), 2024)
    assert report.wijken.total == report.gemeenten.total == 1


def test_buurten_and_countries_are_counted_and_skipped(register: Engine, write) -> None:
    text = statline(
        line("Nederland", "Land", "NL00", 17942942, of="Nederland"),
        LEEUWARDEN,
        VRIJHEIDSWIJK,
        line("West", "Buurt", "BU00806101", 3000),
        line("Oost", "Buurt", "BU00806102", "."),
        line("Groot water", "Wijk", "WK008099", "."),
        line("Buitenland", "Gemeente", "GM0998", "."),
    )
    report = load_figures(register, write(text), 2024)
    assert set(wijken(register)) == {("WK008061", 2024)}
    assert set(gemeenten(register)) == {"GM0080"}
    assert report.skipped == {"buurt": 2, "other": 1, "water": 1, "abroad": 1}
    described = "buitenland 1, buurten 2, land en landsdelen 1, water 1"
    assert f"Overgeslagen: {described}." in report.describe("nl")
    assert "country and its parts 1" in report.describe("en")


def test_a_wijk_on_land_may_end_in_99(register: Engine, write) -> None:
    text = statline(line("Buitengebied", "Wijk", "WK010699", 300, of="Assen"))
    load_figures(register, write(text), 2024)
    assert wijken(register)["WK010699", 2024].residents == 300


def test_both_totals_are_kept_and_the_difference_reported(register: Engine, write) -> None:
    same = line("Ooststellingwerf", "Gemeente", "GM0085", 10, of="Ooststellingwerf")
    part = line("Oldeberkoop", "Wijk", "WK008510", 10, of="Ooststellingwerf")
    text = statline(line("Leeuwarden", "Gemeente", "GM0080", 7121), VRIJHEIDSWIJK, same, part)
    report = load_figures(register, write(text), 2024)
    assert report.differences == {"GM0080": -1}
    assert "GM0080 -1" in report.describe("nl")
    assert gemeenten(register)["GM0080"].residents == 7_121
    assert wijken(register)["WK008061", 2024].residents == 7_120


def test_unknown_residents_are_reported(register: Engine, write) -> None:
    text = statline(line("Leeuwarden", "Gemeente", "GM0080", "."), line("A", "Wijk", "WK008060", 0))
    report = load_figures(register, write(text + line("B", "Wijk", "WK008061", '"       ."')), 2024)
    assert report.unknown == ("WK008061",)
    assert wijken(register)["WK008060", 2024].residents == 0
    assert wijken(register)["WK008061", 2024].residents is None
    whole = gemeenten(register)["GM0080"]
    assert (whole.residents, whole.figures_on, whole.figures_source) == (None, None, "")


def test_what_the_table_does_not_have_stays(delivered: Engine, write) -> None:
    for _ in range(2):
        load_figures(delivered, write(TWO), 2024)
        row = wijken(delivered)["WK008061", 2024]
        assert (row.residents, row.households, row.bijstand) == (7_120, 3_400, 900)
        assert row.figures_on == datetime.date(2024, 1, 1)
        assert row.figures_source == f"{SOURCE}; levering"
        assert (row.geometry_source, row.schematic) == ("schematisch", True)
        assert row.longitude == Decimal("5.1")


def test_a_full_table_is_the_only_source(delivered: Engine, write) -> None:
    load_figures(delivered, write(R_TABLE.replace("3400,900", "3300,800")), 2024)
    row = wijken(delivered)["WK008061", 2024]
    assert (row.residents, row.households, row.bijstand) == (7_120, 3_300, 800)
    assert row.figures_source == SOURCE


def test_unknown_does_not_wipe_what_is_known(delivered: Engine, write) -> None:
    load_figures(delivered, write(R_TABLE.replace("3400,900", ".,NA")), 2024)
    row = wijken(delivered)["WK008061", 2024]
    assert (row.residents, row.households, row.bijstand) == (7_120, 3_400, 900)


def test_the_same_file_twice_changes_nothing(empty_database: Engine, write) -> None:
    first = load_figures(empty_database, write(TWO), 2024)
    rows = wijken(empty_database), gemeenten(empty_database)
    second = load_figures(empty_database, write(TWO), 2024)
    assert (wijken(empty_database), gemeenten(empty_database)) == rows
    assert (first.wijken.new, first.gemeenten.new) == (1, 1)
    assert (second.wijken.unchanged, second.gemeenten.unchanged) == (1, 1)


def test_changes_are_counted(delivered: Engine, write) -> None:
    new = line("Bilgaard", "Wijk", "WK008060", 5005)
    report = load_figures(delivered, write(statline(LEEUWARDEN, VRIJHEIDSWIJK, new)), 2024)
    assert (report.wijken.new, report.wijken.changed, report.wijken.unchanged) == (1, 1, 0)
    assert (report.gemeenten.new, report.gemeenten.changed) == (0, 1)
    assert report.added == ("WK008060",)
    assert "nog niet in deze editie: 1 (WK008060)" in report.describe("nl")


def test_another_edition_is_another_row(delivered: Engine, write) -> None:
    other = line("Vossepark & Helicon", "Wijk", "WK008061", 4000)
    load_figures(delivered, write(statline(other)), 2015)
    rows = wijken(delivered)
    assert (rows["WK008061", 2015].residents, rows["WK008061", 2024].residents) == (4_000, 1)
    assert rows["WK008061", 2024].name == "Vrijheidswijk"


def test_another_wijk_under_the_same_code_is_refused(delivered: Engine, write) -> None:
    other = line("Vossepark & Helicon", "Wijk", "WK008061", 4000)
    new = line("Bilgaard", "Wijk", "WK008060", 5005)
    faults = refusal(delivered, write(statline(LEEUWARDEN, other, new))).faults
    assert len(faults) == 1
    assert "'Vrijheidswijk'" in faults[0].nl
    assert "'Vossepark & Helicon'" in faults[0].nl


def test_another_spelling_is_the_same_wijk(delivered: Engine, write) -> None:
    other = line("VRIJHEIDSWIJK", "Wijk", "WK008061", 7120)
    report = load_figures(delivered, write(statline(other)), 2024)
    assert wijken(delivered)["WK008061", 2024].name == "Vrijheidswijk"
    assert report.respelled == (("WK008061", "Vrijheidswijk", "VRIJHEIDSWIJK"),)


def test_residents_of_a_later_date_are_kept(register: Engine, write) -> None:
    load_figures(register, write(TWO), 2024)
    older = TWO.replace("128810", "100000")
    report = load_figures(register, write(older), 2019)
    whole = gemeenten(register)["GM0080"]
    assert (whole.residents, whole.figures_on) == (128_810, datetime.date(2024, 1, 1))
    assert report.newer_kept == ("GM0080",)
    load_figures(register, write(TWO.replace("128810", "130000")), 2025)
    assert gemeenten(register)["GM0080"].residents == 130_000


def test_names_of_gemeenten(register: Engine, write) -> None:
    text = statline(line("Groningen (gemeente)", "Gemeente", "GM0014", 243768, of="Groningen"))
    load_figures(register, write(text), 2024)
    assert gemeenten(register)["GM0014"].name == "Groningen"
    report = load_figures(register, write(text.replace("Groningen", "Stad")), 2025)
    assert gemeenten(register)["GM0014"].name == "Groningen"
    assert report.respelled == (("GM0014", "Groningen", "Stad"),)


def test_a_gemeente_without_a_name_gets_one(register: Engine, write) -> None:
    nameless = "Codering;Wijken en buurten;Aantal inwoners\nWK008061;Vrijheidswijk;5\n"
    load_figures(register, write(nameless), 2023)
    assert gemeenten(register)["GM0080"].name == "GM0080"
    load_figures(register, write(TWO), 2024)
    assert gemeenten(register)["GM0080"].name == "Leeuwarden"


def test_the_same_line_twice(register: Engine, write) -> None:
    report = load_figures(register, write(statline(VRIJHEIDSWIJK, VRIJHEIDSWIJK)), 2024)
    assert report.doubled == ("WK008061",)
    assert report.wijken.total == 1


FAULTY = statline(
    line("Vrijheidswijk", "Wijk", "WK008061", "12,5"),
    line("Bilgaard", "Wijk", "8060", 5005),
    line("Aldlân", "Gemeente", "WK008070", 10),
    line("", "Wijk", "WK008071", 10),
    '"Goutum";"Leeuwarden"',
    line("Nijlân", "Wijk", "WK008041", 10),
    line("Nijlân", "Wijk", "WK008041", 11),
    line("WK008042", "Wijk", "WK008042", 10),
    line("Stiens", "Wijk", "WK008063", -5),
)
FAULTS = (
    "regel 2, kolom 'Bevolking/Aantal inwoners (aantal)': '12,5' is geen geheel getal",
    "regel 3: '8060' is geen code",
    "regel 4: WK008070 is een wijk, maar er staat 'Gemeente'",
    "regel 5: WK008071 heeft geen naam",
    "regel 6: 2 kolommen in plaats van 5",
    "regel 8: WK008041 staat er twee keer in, met andere waarden",
    "regel 9: de naam van WK008042 is de code zelf",
    "regel 10, kolom 'Bevolking/Aantal inwoners (aantal)': '-5' is geen geheel getal",
)


def test_all_faults_are_listed_at_once(register: Engine, write) -> None:
    error = refusal(register, write(FAULTY))
    assert len(error.faults) == len(FAULTS)
    for fault, expected in zip(error.faults, FAULTS, strict=True):
        assert fault.nl.startswith(expected)
        assert fault.nl in error.message("nl")
        assert fault.en in error.message("en")


def test_a_file_that_was_cut_off(register: Engine, write) -> None:
    whole = statline(LEEUWARDEN, VRIJHEIDSWIJK, line("Bilgaard", "Wijk", "WK008060", 1))
    cut = whole.rsplit(";", 2)[0]
    assert "afgebroken" in refusal(register, write(cut)).faults[0].nl
    inside_quotes = STATLINE_HEADER + "\n" + LEEUWARDEN + '\n"Vrijh'
    assert "Aanhalingstekens" in refusal(register, write(inside_quotes)).message("nl")


@pytest.mark.parametrize("column", ["Perioden", "jaar"])
def test_a_table_of_another_year(register: Engine, write, column: str) -> None:
    header = f"{column};Codering;Wijken en buurten;Aantal inwoners"
    path = write(f"{header}\n2023JJ00;WK008061;Vrijheidswijk;5\n")
    assert "over 2023 gaat, niet over 2024" in refusal(register, path).message("nl")
    load_figures(register, path, 2023)
    assert wijken(register)["WK008061", 2023].residents == 5


def test_a_file_name_of_another_year_is_remarked(register: Engine, write) -> None:
    path = write(TWO, "Kerncijfers_wijken_en_buurten_2024_11122025_133649.csv")
    assert load_figures(register, path, 2023).other_year == "2024"
    assert load_figures(register, path, 2024).other_year == ""


def test_two_columns_with_residents(register: Engine, write) -> None:
    text = "Codering;Wijken en buurten;Aantal inwoners;Aantal inwoners (aantal)\n"
    message = refusal(register, write(text + "WK008061;Vrijheidswijk;5;6\n")).message("nl")
    assert "Aantal inwoners, Aantal inwoners (aantal)" in message


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"Perioden;Regio's;Totale bevolking\n2024;Leeuwarden;5\n", "Codering"),
        ("a.csv", b"Codering;Wijken en buurten;Huishoudens totaal\n", "Kerncijfers"),
        ("a.csv", statline(line("West", "Buurt", "BU00806101", 3)).encode(), "geen enkele wijk"),
        ("a.csv", statline().encode(), "geen enkele wijk"),
        ("a.geojson", b'{"type": "FeatureCollection"}', "areas"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "CSV"),
        ("a.csv", TWO.encode("utf-16"), "CSV"),
        ("a.csv", b"", "leeg"),
        ("a.csv", b'"', "Kerncijfers"),
    ],
    ids=[
        *("no code", "no residents", "buurten", "no rows"),
        *("map", "xlsx", "utf-16", "empty", "quote"),
    ],
)
def test_other_files(register: Engine, write, name: str, content: bytes, found: str) -> None:
    assert found in refusal(register, write(content, name)).message("nl")


def test_an_edition_that_is_no_year(register: Engine, write) -> None:
    assert "--edition 2024" in refusal(register, write(TWO), 24).message("nl")


def test_progress_goes_from_nothing_to_everything(register: Engine, write) -> None:
    parts: list[float] = []
    load_figures(register, write(TWO), 2024, lambda _doing, part: parts.append(part))
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)
