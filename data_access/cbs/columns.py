"""Find columns by what they mean, whatever the vintage or the program that saved them calls them.

`Bevolking/Aantal inwoners (aantal)`, `Bevolking.Aantal.inwoners..aantal.`, `AantalInwoners_5`,
`aantalInwoners`, `AANT_INW`, `a_inw` and `population` all hold the number of residents.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from data_access.same_wijk import without_accents

_CAPITAL_INSIDE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")
_NUMBER_BEHIND = re.compile(r" \d+$")


class Meaning(StrEnum):
    """What a column says about an area."""

    CODE = "code"
    KIND = "kind"
    NAME = "name"
    GEMEENTE_NAME = "gemeente_name"
    YEAR = "year"
    WATER = "water"
    RESIDENTS = "residents"
    HOUSEHOLDS = "households"
    BIJSTAND = "bijstand"


# Earlier patterns win: a file of buurten also names the wijk, a file of wijken the gemeente.
_PATTERNS: dict[Meaning, tuple[str, ...]] = {
    Meaning.CODE: (
        r"(regioaanduiding )?codering( code)?",
        r"gwb code 10",
        r"gwb code",
        r"statcode",
        r"(bu|buurt) ?code",
        r"(wk|wijk) ?code",
        r"(gm|gemeente) ?code",
        r"regiocode( gemeente wijk buurt code)?",
        r"code",
    ),
    Meaning.KIND: (r"(regioaanduiding )?soort regio( omschrijving)?", r"recs", r"rubriek"),
    Meaning.NAME: (
        r"wijken en buurten",
        r"statnaam",
        r"(bu|buurt) ?naam",
        r"(wk|wijk) ?naam",
        r"regio",
        r"naam|name",
    ),
    Meaning.GEMEENTE_NAME: (r"(regioaanduiding )?gemeente ?naam( naam)?", r"gm ?naam"),
    Meaning.YEAR: (r"perioden?", r"jrstatcode", r"(peil)?jaar"),
    Meaning.WATER: (r"water",),
    Meaning.RESIDENTS: (
        r"(bevolking )?aantal inwoners( aantal)?",
        r"(aant|a) inw",
        r"(aantal )?inwoners( totaal)?",
        r"population",
    ),
    Meaning.HOUSEHOLDS: (
        r"(bevolking )?(particuliere huishoudens )?huishoudens totaal( aantal)?",
        r"aantal (particuliere )?huishoudens",
        r"(aantal|a) hh",
        r"huishoudens|households",
    ),
    Meaning.BIJSTAND: (
        r"(sociale zekerheid )?personen per soort uitkering bijstand( aantal)?",
        r"aantal personen met een alg(emene)? bijstandsuitkering tot(aal)?",
        r"wwb uit ?tot|wwb uit",
        r"a soz wb",
        r"bijstand",
    ),
}


class AmbiguousColumns(Exception):
    """Two columns seem to mean the same. `names` are their names in the file."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def find_columns(names: Sequence[str]) -> dict[Meaning, str]:
    """Return the column for each meaning that the file has.

    Raises AmbiguousColumns when two columns fit equally well, such as two years side by side.
    """
    spelled = [(_words(name), name) for name in names]
    found = {meaning: _first_fit(spelled, patterns) for meaning, patterns in _PATTERNS.items()}
    return {meaning: name for meaning, name in found.items() if name is not None}


def _first_fit(spelled: list[tuple[str, str]], patterns: tuple[str, ...]) -> str | None:
    for pattern in patterns:
        fitting = tuple(name for words, name in spelled if _fits(pattern, words))
        if len(fitting) > 1:
            raise AmbiguousColumns(fitting)
        if fitting:
            return fitting[0]
    return None


def _fits(pattern: str, words: str) -> bool:
    without_number = _NUMBER_BEHIND.sub("", words)
    return any(re.fullmatch(pattern, each) is not None for each in (words, without_number))


def _words(name: str) -> str:
    spaced = without_accents(_CAPITAL_INSIDE.sub(" ", name)).casefold()
    return _BETWEEN_WORDS.sub(" ", spaced).strip()
