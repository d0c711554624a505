"""The organisations of the sample: five real ones with what they said themselves, three invented.

The real ones, their wijken and their public statements come from the project's domain note. What
the register says about them in this sample (people, money, results) is invented all the same.
"""

from dataclasses import dataclass

from sample_data.facts import (
    BILGAARD,
    BILGAARD_VOLUNTEERS,
    GRONINGEN,
    LEEUWARDEN,
    OLDEBERKOOP,
    OOSTSTELLINGWERF,
    OUDE_WIJKEN,
    STATEMENT_DAY,
    STATEMENT_SOURCE,
    VRIJHEIDSWIJK,
    VRIJHEIDSWIJK_VOLUNTEERS,
    wijken_of,
)


@dataclass(frozen=True)
class Organisation:
    """One organisation; `founded` "" is unknown; `first_quarter` is its first in the register."""

    id: str
    name: str
    kind: str
    gemeente: str
    founded: str
    description: str
    invented: bool
    wijken: tuple[str, ...]
    first_quarter: str


@dataclass(frozen=True)
class Statement:
    """What an organisation said in public; `value` "" when the statement is not a number."""

    id: str
    organisation: str
    day: str
    value: str
    text_nl: str
    text_en: str
    source: str


W_BILGAARD = "wijkbedrijf-bilgaard"
W_VRIJHEIDSWIJK = "wijkbedrijf-vrijheidswijk"
DREAMFABRYK = "dreamfabryk"
SPORTCENTRUM = "sportcentrum-noord"
WIJK_WELZIJN = "wijk-welzijn"
REST_LEEUWARDEN = "wijkinitiatieven-leeuwarden"
REST_GRONINGEN = "wijkinitiatieven-groningen"
REST_OOSTSTELLINGWERF = "dorpsinitiatieven-ooststellingwerf"

# Some people volunteer at two organisations of a gemeente, under the same pseudonym.
PSEUDONYM_DOMAINS = {
    LEEUWARDEN: "leeuwarden",
    GRONINGEN: "groningen",
    OOSTSTELLINGWERF: "ooststellingwerf",
}

_INVENTED = (
    "Verzonnen organisatie: staat in dit voorbeeld voor alle kleine initiatieven in de wijken "
    "zonder eigen wijkbedrijf."
)


# Where people of SportCentrum Noord also volunteer, it works too.
_INVENTED_GRONINGEN = (
    f"{_INVENTED} In de Oude Wijken doen er enkele vrijwilligers van SportCentrum Noord aan mee."
)


def _others(gemeente: str, *served: str) -> tuple[str, ...]:
    return tuple(wijk.code for wijk in wijken_of(gemeente) if wijk.code not in served)


ORGANISATIONS = (
    Organisation(
        W_BILGAARD,
        "Wijkbedrijf Bilgaard",
        "wijkbedrijf",
        LEEUWARDEN,
        "2014",
        "Ontstaan in 2014 uit de renovatie van 330 woningen van WoonFriesland. Vrijwilligers uit "
        "de wijk doen groenonderhoud tot en met leefbaarheidsprojecten.",
        False,
        (BILGAARD,),
        "2022-Q1",
    ),
    Organisation(
        W_VRIJHEIDSWIJK,
        "Wijkbedrijf Vrijheidswijk",
        "wijkbedrijf",
        LEEUWARDEN,
        "",
        "Wijkbedrijf van en voor bewoners van de Vrijheidswijk, die een vrijwilligersvergoeding "
        "krijgen.",
        False,
        (VRIJHEIDSWIJK,),
        "2022-Q1",
    ),
    Organisation(
        DREAMFABRYK,
        "Dreamfabryk",
        "sociaal_bedrijf",
        LEEUWARDEN,
        "",
        "Sociaal bedrijf in Leeuwarden Oost, niet gebonden aan één wijk. Doet mee aan de proef "
        "met resultaatfinanciering.",
        False,
        (),
        "2023-Q1",
    ),
    Organisation(
        REST_LEEUWARDEN,
        "Wijkinitiatieven Leeuwarden (voorbeeld)",
        "overig",
        LEEUWARDEN,
        "",
        _INVENTED,
        True,
        _others(LEEUWARDEN, BILGAARD, VRIJHEIDSWIJK),
        "2022-Q1",
    ),
    Organisation(
        SPORTCENTRUM,
        "Wijkbedrijf SportCentrum Noord",
        "wijkbedrijf",
        GRONINGEN,
        "",
        "Sportcentrum in Oud-Noord, gerund als wijkbedrijf voor drie wijken van Groningen: "
        "Oud-West, Oud-Noord en de Oosterparkwijk.",
        False,
        OUDE_WIJKEN,
        "2022-Q1",
    ),
    Organisation(
        REST_GRONINGEN,
        "Wijkinitiatieven Groningen (voorbeeld)",
        "overig",
        GRONINGEN,
        "",
        _INVENTED_GRONINGEN,
        True,
        _others(GRONINGEN),
        "2022-Q1",
    ),
    Organisation(
        WIJK_WELZIJN,
        "Wijk-welzijn",
        "wijkbedrijf",
        OOSTSTELLINGWERF,
        "",
        "Wijkbedrijf voor welzijnswerk in het dorp Oldeberkoop.",
        False,
        (OLDEBERKOOP,),
        "2022-Q1",
    ),
    Organisation(
        REST_OOSTSTELLINGWERF,
        "Dorpsinitiatieven Ooststellingwerf (voorbeeld)",
        "overig",
        OOSTSTELLINGWERF,
        "",
        _INVENTED.replace("wijken zonder eigen", "dorpen zonder eigen"),
        True,
        _others(OOSTSTELLINGWERF, OLDEBERKOOP),
        "2022-Q1",
    ),
)

UNDATED = "Publieke uitspraak, datum niet bekend"

STATEMENTS = (
    Statement(
        "bilgaard-vrijwilligers",
        W_BILGAARD,
        STATEMENT_DAY,
        str(BILGAARD_VOLUNTEERS),
        "Ongeveer 142 bewoners zijn vrijwilliger bij Wijkbedrijf Bilgaard.",
        "About 142 residents volunteer at Wijkbedrijf Bilgaard.",
        STATEMENT_SOURCE,
    ),
    Statement(
        "bilgaard-ontstaan",
        W_BILGAARD,
        "",
        "",
        "Het wijkbedrijf ontstond in 2014 uit de renovatie van 330 woningen van WoonFriesland.",
        "The wijkbedrijf began in 2014 with the renovation of 330 homes of WoonFriesland.",
        UNDATED,
    ),
    Statement(
        "bilgaard-werk-en-welzijn",
        W_BILGAARD,
        "",
        "",
        "Van groenonderhoud tot leefbaarheidsprojecten; veel vrijwilligers stromen door naar werk "
        "en gaan in welzijn vooruit.",
        "From green maintenance to liveability projects; many volunteers move on to work and gain "
        "in well-being.",
        UNDATED,
    ),
    Statement(
        "vrijheidswijk-bewoners",
        W_VRIJHEIDSWIJK,
        "",
        str(VRIJHEIDSWIJK_VOLUNTEERS),
        "35 bewoners werken mee en krijgen een vrijwilligersvergoeding.",
        "35 residents take part and get a volunteer allowance.",
        UNDATED,
    ),
    Statement(
        "vrijheidswijk-wijkbeheerder",
        W_VRIJHEIDSWIJK,
        "",
        "1",
        "Eén vrijwilliger is nu betaald wijkbeheerder.",
        "One volunteer is now a paid wijkbeheerder (neighbourhood caretaker).",
        UNDATED,
    ),
    Statement(
        "sportcentrum-noord-drie-wijken",
        SPORTCENTRUM,
        "",
        "",
        "Een sportcentrum als wijkbedrijf, voor de drie Oude Wijken: Oud-West, Oud-Noord en de "
        "Oosterparkwijk.",
        "A sports centre run as a wijkbedrijf, for the three old wijken: Oud-West, Oud-Noord and "
        "Oosterparkwijk.",
        UNDATED,
    ),
    Statement(
        "wijk-welzijn-dorp",
        WIJK_WELZIJN,
        "",
        "",
        "Een wijkbedrijf in een dorp van 1.500 inwoners.",
        "A wijkbedrijf in a village of 1,500 residents.",
        f"{UNDATED}; inwoners: CBS",
    ),
    Statement(
        "dreamfabryk-proef",
        DREAMFABRYK,
        "",
        "",
        "Sociaal bedrijf in de proef met resultaatfinanciering in Leeuwarden Oost.",
        "Social enterprise in the outcome payment pilot in Leeuwarden Oost.",
        UNDATED,
    ),
)


def by_id(organisation_id: str) -> Organisation:
    """Return one organisation. Raises KeyError when it does not exist."""
    return {each.id: each for each in ORGANISATIONS}[organisation_id]
