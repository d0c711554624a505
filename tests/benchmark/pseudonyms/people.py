"""Invented people: names with skewed frequencies, birth dates over 60 years, some unknown.

Frequencies follow Zipf's law with an offset (Mandelbrot): the name of rank k weighs 1 / (k + q).
q is chosen so that in the largest group the commonest surname has about 0.7 % of the people and
the commonest given name about 2 % of its sex. The lists are short, so there are fewer rare names
than in the country, and more people of one name: the false matches are on the high side.
"""

import datetime
from dataclasses import dataclass
from itertools import accumulate, product
from random import Random

FIRST_YEAR, YEARS = 1946, 60
TWIN = 0.012


@dataclass(frozen=True)
class Record:
    """A person as an organisation wrote them down; the birth date in ISO form."""

    given: str
    tussenvoegsel: str
    surname: str
    born_on: str


@dataclass(frozen=True)
class Person:
    """A person as in the passport, and what decides which mistakes can be made."""

    record: Record
    woman: bool
    partner: tuple[str, str]
    birthday_unknown: bool


class Names:
    """Names by rank, drawn with weight 1 / (rank + offset)."""

    def __init__(self, names: list[str], offset: float) -> None:
        self._names = list(dict.fromkeys(names))
        self._until = list(accumulate(1 / (at + offset) for at in range(1, len(self._names) + 1)))

    def draw(self, random: Random) -> str:
        """Return one name."""
        return random.choices(self._names, cum_weights=self._until)[0]


@dataclass(frozen=True)
class Group:
    """People with names from one tradition, and how often their birthday is unknown."""

    share: float
    women: Names
    men: Names
    surnames: Names
    second_given_name: float
    birthday_unknown: float


def _joined(stems: str, endings: str) -> list[str]:
    # Endings turn slowest: a common ending with every stem comes before a rare ending.
    return [stem + ending for ending, stem in product(endings.split(), stems.split())]


def _preceded(forms: str, nouns: str) -> list[str]:
    """Return "form/noun" (tussenvoegsel and surname) for each noun with each form."""
    return [f"{form}/{noun}" for noun, form in product(nouns.split(), forms.split(","))]


def _mixed(*lists: list[str]) -> list[str]:
    """Take from the lists in turn, so that each is spread over all ranks."""
    longest = max(len(each) for each in lists)
    return [each[at] for at in range(longest) for each in lists if at < len(each)]


_WOMEN = (
    "Maria Anna Johanna Margje Elisabeth Cornelia Emma Sanne Lisa Sofie Julia Lotte Femke Marieke "
    "Ingrid Monique Petra Zoë Renée Chloé Loïs Anne-Marie Marie-José Hélène Wilma Trijntje Grietje "
    "Hanneke Ellen Karin Esther Marijke Saskia Yvonne Roos Fleur Noor Sara Sarah Thea Tea "
    "Iris Eva Tess Marijn"
)
_MEN = (
    "Johannes Jan Pieter Hendrik Cornelis Daan Sem Thomas Tim Bas Kees Gerrit Dirk Willem Henk "
    "René André Jan-Willem Jan-Peter José Joël Noël Marijn Rijk Martijn Bram Lars Ruben Stijn "
    "Thijs Erik Eric Mark Marc Marcel Peter Rob Ronald Sjoerd Bart Joost Teun Jelle Koen"
)
_GIVEN_STEMS = (
    "Ger Wil Hen Tjit Aal Bau Dou Fok Geer Hil Ids Jik Klaas Lol Mein Nel Oeb Rein Sij Tet Wieb Ym"
)
_SURNAMES = (
    "de/Jong /Jansen de/Vries van_den/Berg /Bakker van_Dijk /Visser /Smit /Meijer de/Boer /Mulder "
    "de/Groot /Bos /Vos /Peters /Hendriks van/Leeuwen /Dekker /Brouwer de/Wit /Dijkstra /Smits "
    "de/Graaf van_der/Meer /Kok /Jacobs de/Haan van_den/Heuvel /Veenstra /Postma in_'t/Veld "
    "/Hoekstra /Kuipers /Prins /Huisman /Postma-Bakker /Janssen /Smid /Visscher /Meyer "
    "'t/Hart d'/Hondt /IJpma /Wijnja"
).replace("van_Dijk", "van/Dijk")
_STEMS = (
    "Hof Berg Veld Bosch Dijk Meer Brug Water Kerk Molen Huis Wester Ooster Zand Kamp Veen Horst "
    "Lind Eik Terp Wier Sloot Hoek Broek Land Wold Heide Bloem Steen Kool Ruiter Wolf Haver Kuip "
    "Schip Zwaag Feen Groot Klein Nij"
)
_FRISIAN_STEMS = (
    "Hoek Veen Post Dijk Terp Bouw Wier Hof Zijl Rein Sied Jelle Wiers Feen Brand Boon Kool Land "
    "Tol Haan Kamp Leen Meind Nauta Oost Plan Riem Sik Tam Ype"
)
_NOUNS = (
    "Berg Meer Veen Laan Heide Wal Linden Broek Zee Molen Kamp Horst Steen Ploeg Velde Bosch Brink "
    "Weide Poel Werf Wiel Maas Schans Zwaan Dool Ven Tuin Hoeven Vliet Wijk"
)
_ELSEWHERE_WOMEN = (
    "Fatima Aïcha Khadija Maryam Zahra Amina Naïma Samira Emine Ayşe Zeynep Hatice Elif Meryem "
    "Leyla Hawa Sahra Halima Yasmin Rania Nour Lina Selam Hiwot Rahel Oksana Olena Katarzyna "
    "Agnieszka Małgorzata Maria Ana Lucía Shanti Priya Indra Anjali Mei Li"
)
_ELSEWHERE_MEN = (
    "Mohamed Ahmed Ali Mohammed Hassan Ibrahim Youssef Omar Mustafa Mehmet Hüseyin Şükrü Çetin "
    "Abdel Said Khalid Abdullahi Yusuf Osman Tesfay Yonas Dawit Filmon Piotr Krzysztof Andrzej "
    "José Luís Carlos Ravi Anil Rajesh Wei Minh Samuel Emmanuel Amir Reza Farid"
)
_ELSEWHERE_SURNAMES = (
    "/Yılmaz /Kaya /Demir /Şahin /Çelik /Öztürk /Özdemir /Aydın /Mohamed /Ali /Ahmed /Hassan "
    "el/Amrani el/Idrissi /Bouzid /Benali /Azzouzi /Ibrahim /Abdi /Osman /Yusuf /Nguyễn /Trần "
    "/Kowalski /Nowak /Wójcik /Silva /García /Fernández /Ramdin /Singh /Khan /Tesfay /Haile "
    "/Al-Hassan /Al-Masri /Haddad /Khalil /Rahimi /Ahmadi"
)


def _plain(surnames: list[str]) -> list[str]:
    return [f"/{each}" for each in surnames]


def _surnames(listed: str) -> list[str]:
    return [each.replace("_", " ") for each in listed.split()]


GROUPS = (
    Group(
        share=0.72,
        women=Names(
            _WOMEN.split() + _joined(_GIVEN_STEMS, "da ke tje na la ia my ine ette lien"), 12
        ),
        men=Names(
            _MEN.split() + _joined(_GIVEN_STEMS, "t us ko ert mer bert win nand rik jan"), 12
        ),
        surnames=Names(
            _surnames(_SURNAMES)
            + _mixed(
                _plain(_joined(_STEMS, "man s sen stra ing ink huis mans er kamp berg aart")),
                _preceded("van der,van de,van den,van,ter,de", _NOUNS),
            ),
            30,
        ),
        second_given_name=0.15,
        birthday_unknown=0.0,
    ),
    Group(
        share=0.12,
        women=Names(_joined(_GIVEN_STEMS, "ke tsje na da je ske ly") + _WOMEN.split(), 12),
        men=Names(_joined(_GIVEN_STEMS, "e se tse le mer co ger") + _MEN.split(), 12),
        surnames=Names(_plain(_joined(_FRISIAN_STEMS, "stra ma sma inga ga da ia na huis")), 15),
        second_given_name=0.1,
        birthday_unknown=0.0,
    ),
    Group(
        share=0.16,
        women=Names(
            _ELSEWHERE_WOMEN.split()
            + _joined("Na Sa Fa Ha Ra Ze Me Sho", "dia mira rah yla ima nat"),
            5,
        ),
        men=Names(
            _ELSEWHERE_MEN.split() + _joined("Na Sa Fa Ha Ra Ka Ma Be", "bil mir rid san shid zad"),
            5,
        ),
        surnames=Names(
            _surnames(_ELSEWHERE_SURNAMES)
            + _plain(_joined("Ben Bou Al Had Kar Mans Oz Gul Rah Tes", "ali zid our imi oğlu ani")),
            10,
        ),
        second_given_name=0.25,
        birthday_unknown=0.08,
    ),
)


def gemeente(size: int, random: Random) -> list[Person]:
    """Return `size` people; TWIN of them are the twin of the one before them."""
    people: list[Person] = []
    while len(people) < size:
        group = random.choices(GROUPS, weights=[each.share for each in GROUPS])[0]
        people.append(_person(group, random))
        if len(people) < size and random.random() < TWIN:
            people.append(_twin(people[-1], group, random))
    return people


def _person(group: Group, random: Random) -> Person:
    woman = random.random() < 0.5
    tussenvoegsel, surname = group.surnames.draw(random).split("/")
    day = datetime.date(FIRST_YEAR, 1, 1) + datetime.timedelta(random.randrange(YEARS * 365))
    unknown = random.random() < group.birthday_unknown
    if unknown:
        day = day.replace(month=1, day=1)
    partner = group.surnames.draw(random).split("/")
    record = Record(_given(group, woman, random), tussenvoegsel, surname, day.isoformat())
    return Person(record, woman, (partner[0], partner[1]), unknown)


def _given(group: Group, woman: bool, random: Random) -> str:
    names = group.women if woman else group.men
    given = names.draw(random)
    if random.random() < group.second_given_name:
        return f"{given} {names.draw(random)}"
    return given


def _twin(first: Person, group: Group, random: Random) -> Person:
    """Return a child of the same parents on the same day, with another given name."""
    woman = random.random() < 0.5
    given = first.record.given
    while given.split()[0] == first.record.given.split()[0]:
        given = _given(group, woman, random)
    born = first.record
    record = Record(given, born.tussenvoegsel, born.surname, born.born_on)
    return Person(record, woman, first.partner, first.birthday_unknown)
