"""Facts about the three gemeenten that the builder starts from, each with its source.

Nothing in this file is invented. Everything that the builder adds to it is, and comes from a seeded
generator.
"""

from dataclasses import dataclass

EDITION = 2023
FIGURES_ON = "2024-01-01"

CBS_SOURCE = "CBS, Kerncijfers wijken en buurten 2024 (inwoners op 1 januari 2024)"
# CBS rounds the residents of a wijk to 5. The centre is a point in the wijk, read off the wijken of
# 2023 of CBS and Kadaster, to three decimals; households are not known.
WIJK_SOURCE = f"{CBS_SOURCE}; bijstand: verzonnen voorbeeldgetal"


@dataclass(frozen=True)
class Gemeente:
    """One gemeente; `residents` is the exact CBS total (the wijken, rounded to 5, differ)."""

    code: str
    name: str
    residents: int


@dataclass(frozen=True)
class Wijk:
    """One CBS wijk of edition 2023, with a point inside it (WGS84 degrees, 3 decimals)."""

    code: str
    name: str
    residents: int
    longitude: float
    latitude: float

    @property
    def gemeente(self) -> str:
        """Code of the gemeente in which the wijk lies."""
        return f"GM{self.code[2:6]}"


LEEUWARDEN = "GM0080"
GRONINGEN = "GM0014"
OOSTSTELLINGWERF = "GM0085"

GEMEENTEN = (
    Gemeente(LEEUWARDEN, "Leeuwarden", 128_810),
    Gemeente(GRONINGEN, "Groningen", 243_768),
    Gemeente(OOSTSTELLINGWERF, "Ooststellingwerf", 25_824),
)

WIJKEN = (
    Wijk("WK001400", "Centrum", 24_920, 6.567, 53.219),
    Wijk("WK001401", "Oud-Zuid", 22_200, 6.553, 53.207),
    Wijk("WK001402", "Oud-West", 14_600, 6.551, 53.221),
    Wijk("WK001403", "Oud-Noord", 19_120, 6.567, 53.234),
    Wijk("WK001404", "Oosterparkwijk", 12_970, 6.584, 53.225),
    Wijk("WK001405", "Zuidoost", 3_525, 6.615, 53.205),
    Wijk("WK001406", "Helpman e.o.", 19_725, 6.580, 53.196),
    Wijk("WK001407", "Zuidwest", 10_740, 6.552, 53.190),
    Wijk("WK001408", "Hoogkerk e.o.", 11_335, 6.493, 53.218),
    Wijk("WK001409", "Nieuw-West", 19_570, 6.519, 53.227),
    Wijk("WK001410", "Noordwest", 19_600, 6.539, 53.239),
    Wijk("WK001411", "Noordoost", 15_580, 6.563, 53.253),
    Wijk("WK001412", "Noorddijk e.o.", 16_160, 6.612, 53.238),
    Wijk("WK001413", "Meerdorpen", 1_075, 6.639, 53.216),
    Wijk("WK001414", "Meerstad e.o.", 4_390, 6.679, 53.229),
    Wijk("WK001415", "Ten Boer e.o.", 5_850, 6.670, 53.272),
    Wijk("WK001416", "Ten Post e.o.", 1_320, 6.733, 53.290),
    Wijk("WK001417", "Haren-West e.o.", 13_400, 6.595, 53.168),
    Wijk("WK001418", "Haren-Oost e.o.", 5_025, 6.626, 53.180),
    Wijk("WK001419", "Glimmen-Onnen-Noordlaren", 2_645, 6.655, 53.142),
    Wijk("WK008010", "Binnenstad", 6_710, 5.794, 53.201),
    Wijk("WK008011", "Potmargezone", 8_590, 5.814, 53.195),
    Wijk("WK008020", "Oud-Oost", 12_410, 5.808, 53.206),
    Wijk("WK008030", "Sonnenborgh e.o.", 8_255, 5.787, 53.210),
    Wijk("WK008031", "Westeinde e.o.", 3_840, 5.756, 53.224),
    Wijk("WK008032", "Vossepark & Helicon", 5_170, 5.782, 53.202),
    Wijk("WK008040", "Huizum-West", 6_430, 5.794, 53.193),
    Wijk("WK008041", "Nijlân & De Zwette", 4_050, 5.764, 53.187),
    Wijk("WK008050", "Heechterp & Schieringen", 3_630, 5.825, 53.207),
    Wijk("WK008051", "Camminghaburen e.o.", 10_370, 5.865, 53.216),
    Wijk("WK008060", "Bilgaard & Havankpark e.o.", 6_910, 5.794, 53.220),
    Wijk("WK008061", "Vrijheidswijk", 3_630, 5.814, 53.215),
    Wijk("WK008062", "Dokkumer Ie e.o.", 3_595, 5.805, 53.238),
    Wijk("WK008063", "Stiens e.o.", 8_625, 5.773, 53.272),
    Wijk("WK008070", "Aldlân & De Hemrik", 6_990, 5.837, 53.193),
    Wijk("WK008071", "Goutum", 3_355, 5.804, 53.180),
    Wijk("WK008072", "Hempens/Teerns & Zuiderburen", 5_770, 5.839, 53.178),
    Wijk("WK008073", "De Zuidlanden", 4_000, 5.806, 53.169),
    Wijk("WK008074", "Middelsee", 140, 5.785, 53.177),
    Wijk("WK008080", "Dorpen Zuid-Oost", 4_035, 5.867, 53.145),
    Wijk("WK008081", "Dorpen Zuid-West", 3_925, 5.715, 53.146),
    Wijk("WK008082", "Grou e.o.", 8_390, 5.822, 53.100),
    Wijk("WK008501", "Appelscha", 4_940, 6.342, 52.943),
    Wijk("WK008502", "Donkerbroek", 1_920, 6.236, 53.018),
    Wijk("WK008503", "Elsloo", 685, 6.244, 52.942),
    Wijk("WK008504", "Fochteloo", 360, 6.356, 52.994),
    Wijk("WK008505", "Haule", 580, 6.308, 53.039),
    Wijk("WK008506", "Haulerwijk", 3_185, 6.357, 53.053),
    Wijk("WK008507", "Langedijke", 330, 6.276, 52.963),
    Wijk("WK008508", "Makkinga", 1_035, 6.226, 52.978),
    Wijk("WK008509", "Nijeberkoop", 270, 6.182, 52.959),
    Wijk("WK008510", "Oldeberkoop", 1_500, 6.132, 52.939),
    Wijk("WK008511", "Oosterwolde", 9_780, 6.306, 53.002),
    Wijk("WK008512", "Ravenswoud", 405, 6.390, 52.974),
    Wijk("WK008513", "Waskemeer", 835, 6.278, 53.051),
)

BILGAARD = "WK008060"
VRIJHEIDSWIJK = "WK008061"
OOSTERPARKWIJK = "WK001404"
CENTRUM_GRONINGEN = "WK001400"
BINNENSTAD = "WK008010"
DE_ZUIDLANDEN = "WK008073"
MIDDELSEE = "WK008074"
NIJEBERKOOP = "WK008509"
OLDEBERKOOP = "WK008510"
LEEUWARDEN_OOST = ("WK008020", "WK008050", "WK008051", BILGAARD, VRIJHEIDSWIJK)
OUDE_WIJKEN = ("WK001402", "WK001403", OOSTERPARKWIJK)

STATEMENT_DAY = "2023-06-22"
STATEMENT_SOURCE = "Publieke uitspraak, 22 juni 2023"
BILGAARD_VOLUNTEERS = 142
VRIJHEIDSWIJK_VOLUNTEERS = 35


def wijken_of(gemeente: str) -> list[Wijk]:
    """Return the wijken of one gemeente, in order of code."""
    return [wijk for wijk in WIJKEN if wijk.gemeente == gemeente]
