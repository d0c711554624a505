"""Codes, counts and column names in files of CBS."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.cbs.codes import area_code
from data_access.cbs.columns import AmbiguousColumns, Meaning, find_columns
from data_access.cbs.counts import count

LETTERS_AND_DIGITS = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


@pytest.mark.parametrize(
    ("given", "kind", "text"),
    [
        ("WK008061  ", "wijk", "WK008061"),
        ("wk008061", "wijk", "WK008061"),
        ("WK0363AA", "wijk", "WK0363AA"),
        ("BU00806101", "buurt", "BU00806101"),
        ("BU0363AA01", "buurt", "BU0363AA01"),
        ("GM0080    ", "gemeente", "GM0080"),
        ("NL00      ", "other", "NL00"),
    ],
)
def test_codes(given: str, kind: str, text: str) -> None:
    code = area_code(given)
    assert (code.kind, code.text) == (kind, text)


@pytest.mark.parametrize("given", ["008061", "8061", "WK80", "WKAA8061", "WK0080611", "", None, 3])
def test_what_is_no_code(given: object) -> None:
    with pytest.raises(ValueError, match="not a code"):
        area_code(given)


@given(st.integers(0, 9999), st.text(LETTERS_AND_DIGITS, min_size=2, max_size=2), st.integers(0, 4))
def test_every_wijk_lies_in_the_gemeente_in_its_code(gemeente: int, rest: str, pad: int) -> None:
    code = area_code(f"WK{gemeente:04}{rest}{' ' * pad}")
    assert (code.kind, code.gemeente) == ("wijk", f"GM{gemeente:04}")


@pytest.mark.parametrize(
    ("code", "name", "water"),
    [
        ("WK003499", "Groot water", True),
        ("WK003499", "water", True),
        ("WK010699", "Buitengebied", False),
        ("WK168199", "Odoornerveen", False),
        ("WK008061", "Groot water", False),
        ("WK003499", "Waterlandplein", False),
        ("GM0299", "Groot water", False),
    ],
)
def test_water(code: str, name: str, water: bool) -> None:
    assert area_code(code).is_water(name) is water


@pytest.mark.parametrize(
    ("code", "abroad"),
    [("GM0998", True), ("WK099899", True), ("WK009980", False), ("NL0998", False)],
)
def test_abroad(code: str, abroad: bool) -> None:
    assert area_code(code).is_abroad is abroad


@pytest.mark.parametrize(
    ("given", "number"),
    [
        ("128810", 128_810),
        ("  457400", 457_400),
        ("128.810", 128_810),
        ("1.305.638", 1_305_638),
        ("128 810", 128_810),
        ("128\u00a0810", 128_810),
        ("1234,0", 1_234),
        ("1234.00", 1_234),
        ("0", 0),
        (0, 0),
        (55, 55),
        (55.0, 55),
    ],
)
def test_counts(given: object, number: int) -> None:
    assert count(given) == number


@pytest.mark.parametrize(
    "given", [".", "       .", "", "NA", "nan", "x", "-", None, "-99999999", -99999999, -99997]
)
def test_unknown_counts(given: object) -> None:
    assert count(given) is None


@pytest.mark.parametrize(
    "given",
    [
        *("12,5", "1,234", "-5", "0.123", "1e5", "3000+", "100000000", "12.34", "1.2345", "een"),
        *(-5, 12.5, float("nan"), float("inf"), True, [], 100_000_000),
    ],
)
def test_what_is_no_count(given: object) -> None:
    with pytest.raises(ValueError, match="not a count"):
        count(given)


@given(st.integers(0, 99_999_999))
def test_every_notation_gives_the_same_count(number: int) -> None:
    with_dots = f"{number:,}".replace(",", ".")
    with_spaces = f"{number:,}".replace(",", " ")
    for written in (f"{number}", f"  {number} ", f"{number},0", f"{number}.0", with_dots):
        assert count(written) == number
    assert count(with_spaces) == count(number) == count(float(number)) == number


@given(st.text(max_size=12))
def test_any_text_is_a_count_unknown_or_refused(text: str) -> None:
    try:
        number = count(text)
    except ValueError:
        return
    assert number is None or 0 <= number <= 99_999_999


@pytest.mark.parametrize(
    "names",
    [
        {
            "Regioaanduiding/Codering (code)": Meaning.CODE,
            "Wijken en buurten": Meaning.NAME,
            "Regioaanduiding/Gemeentenaam (naam)": Meaning.GEMEENTE_NAME,
            "Regioaanduiding/Soort regio (omschrijving)": Meaning.KIND,
            "Bevolking/Aantal inwoners (aantal)": Meaning.RESIDENTS,
            "Bevolking/Geslacht/Mannen (aantal)": None,
            "Particuliere huishoudens/Huishoudens totaal (aantal)": Meaning.HOUSEHOLDS,
            "Zorg/Wmo-cliënten relatief (per 1 000 inwoners)": None,
        },
        {
            "": None,
            "Wijken.en.buurten": Meaning.NAME,
            "Regioaanduiding.Gemeentenaam..naam.": Meaning.GEMEENTE_NAME,
            "Regioaanduiding.Soort.regio..omschrijving.": Meaning.KIND,
            "Regioaanduiding.Codering..code.": Meaning.CODE,
            "Regioaanduiding.Indelingswijziging.wijken.en.buurten..code.": None,
            "Bevolking.Aantal.inwoners..aantal.": Meaning.RESIDENTS,
            "Bevolking.Particuliere.huishoudens.Huishoudens.totaal..aantal.": Meaning.HOUSEHOLDS,
            "Sociale.zekerheid.Personen.per.soort.uitkering..Bijstand..aantal.": Meaning.BIJSTAND,
            "Sociale.zekerheid.Personen.per.soort.uitkering..AO..aantal.": None,
        },
        {
            "WK_CODE": Meaning.CODE,
            "WK_NAAM": Meaning.NAME,
            "GM_CODE": None,
            "GM_NAAM": Meaning.GEMEENTE_NAME,
            "AANT_INW": Meaning.RESIDENTS,
            "AANTAL_HH": Meaning.HOUSEHOLDS,
            "WWB_UITTOT": Meaning.BIJSTAND,
            "WATER": Meaning.WATER,
        },
        {
            "gwb_code_10": Meaning.CODE,
            "gwb_code": None,
            "regio": Meaning.NAME,
            "gm_naam": Meaning.GEMEENTE_NAME,
            "recs": Meaning.KIND,
            "a_inw": Meaning.RESIDENTS,
            "a_hh": Meaning.HOUSEHOLDS,
            "a_soz_wb": Meaning.BIJSTAND,
        },
        {
            "buurtcode": Meaning.CODE,
            "wijkcode": None,
            "gemeentecode": None,
            "buurtnaam": Meaning.NAME,
            "gemeentenaam": Meaning.GEMEENTE_NAME,
            "aantalInwoners": Meaning.RESIDENTS,
            "aantalHuishoudens": Meaning.HOUSEHOLDS,
            "aantalPersonenMetEenAlgBijstandsuitkeringTot": Meaning.BIJSTAND,
            "bevolkingsdichtheidInwonersPerKm2": None,
            "jaar": Meaning.YEAR,
        },
        {
            "statcode": Meaning.CODE,
            "jrstatcode": Meaning.YEAR,
            "statnaam": Meaning.NAME,
            "rubriek": Meaning.KIND,
        },
        {"code": Meaning.CODE, "name": Meaning.NAME, "population": Meaning.RESIDENTS},
        {
            "Codering_3": Meaning.CODE,
            "AantalInwoners_5": Meaning.RESIDENTS,
            "HuishoudensTotaal_28": Meaning.HOUSEHOLDS,
            "PersonenPerSoortUitkeringBijstand_74": Meaning.BIJSTAND,
        },
    ],
    ids=["StatLine", "R", "shapefile", "kwb sheet", "PDOK", "cartomap", "tmap", "OData"],
)
def test_columns_of_every_vintage(names: dict[str, Meaning | None]) -> None:
    expected = {meaning: name for name, meaning in names.items() if meaning}
    assert find_columns(list(names)) == expected


def test_two_columns_that_mean_the_same() -> None:
    with pytest.raises(AmbiguousColumns) as caught:
        find_columns(["statcode", "Aantal inwoners", "Aantal.inwoners"])
    assert caught.value.names == ("Aantal inwoners", "Aantal.inwoners")
