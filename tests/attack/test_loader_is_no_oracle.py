"""An organisation learns from loading its own records nothing about people at another one.

Two registers differ in what organisation `anders` delivered and in nothing else. Whatever
`bakkerij` then delivers, everything said and everything stored of it must be the same in both. The
two share a pseudonymisation domain, so one pseudonym is one person at both: the worst case.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data_access import register
from data_access import settings as program
from data_access.database import writing_engine
from data_access.deliveries import Doubt, Fault, load
from data_access.deliveries.registry import FILES
from data_access.errors import DeliveryDoubtful, DeliveryRefused
from data_access.schema import make_ready
from tests.contract.rows_of_register import rows_of
from tests.databases import Databases, SqliteDatabases
from tests.small_delivery import TODAY

OTHER, OWN = "anders", "bakkerij"
Rows = list[dict[str, str]]
Files = dict[str, Rows]

PLACES: Files = {
    "gemeenten.csv": [
        {"gemeentecode": "GM0080", "naam": "Leeuwarden"}
        | dict.fromkeys(("inwoners", "peildatum", "bron"), "")
    ],
    "wijken.csv": [
        {
            "wijkcode": code,
            "wijkjaar": "2023",
            "gemeentecode": "GM0080",
            "naam": f"Wijk {code}",
            **dict.fromkeys(
                ("inwoners", "huishoudens", "bijstand", "peildatum", "bron", "lengtegraad",
                 "breedtegraad"), ""
            ),
        }
        for code in ("WK008060", "WK008061", "WK008062")
    ],
    "organisaties.csv": [
        {
            "organisatie": organisation,
            "naam": organisation.title(),
            "soort": "wijkbedrijf",
            "gemeentecode": "GM0080",
            "opgericht": "",
            "omschrijving": "",
            "verzonnen": "nee",
            "pseudoniemdomein": "stad",
        }
        for organisation in (OTHER, OWN)
    ],
    "organisatie_wijken.csv": [
        {"organisatie": OTHER, "wijkcode": "WK008060", "wijkjaar": "2023"},
        {"organisatie": OTHER, "wijkcode": "WK008061", "wijkjaar": "2023"},
        {"organisatie": OWN, "wijkcode": "WK008060", "wijkjaar": "2023"},
    ],
    "financiers.csv": [{"financier": "fonds", "naam": "Fonds", "soort": "fonds"}],
    "uitkomsten.csv": [
        {"uitkomst": "doel"}
        | {
            f"{name}_{language}": "tekst"
            for name in ("naam", "definitie", "eenheid", "bepaald_door", "validatie")
            for language in ("nl", "en")
        }
    ],
    "contracten.csv": [
        {
            "contract": "oost",
            "gemeentecode": "GM0080",
            "naam": "Oost",
            "begindatum": "2024-01-01",
            "einddatum": "2025-12-31",
        }
    ],
    "contract_financiers.csv": [
        {"contract": "oost", "financier": "fonds", "aandeel": "1", "plafond": "9000"}
    ],
    "contract_uitkomsten.csv": [
        {"contract": "oost", "uitkomst": "doel", "tarief": "100", "afgesproken": "9"}
    ],
    "afgesloten_kwartalen.csv": [
        {"gemeentecode": "GM0080", "kwartaal": "2025-Q4", "afgesloten_op": "2026-02-15"}
    ],
}  # fmt: skip
HEADERS = {file.name: [column.header for column in file.columns.values()] for file in FILES}


def person(organisation: str, key: str, pseudonym: str, wijk: str = "WK008060") -> dict[str, str]:
    return {
        "kenmerk": key,
        "pseudoniem": pseudonym,
        "organisatie": organisation,
        "wijkcode": wijk,
        "wijkjaar": "2023" if wijk else "",
    }


def volunteer(
    organisation: str,
    key: str,
    pseudonym: str,
    wijk: str = "WK008060",
    began: str = "2026-01-10",
    ended: str = "",
) -> dict[str, str]:
    return person(organisation, key, pseudonym, wijk) | {
        "begindatum": began, "einddatum": ended, "uren_per_week": "8", "activiteit": "groen",
    }  # fmt: skip


def reading(
    organisation: str, key: str, pseudonym: str, wijk: str = "WK008060", day: str = "2026-01-20"
) -> dict[str, str]:
    return person(organisation, key, pseudonym, wijk) | {"datum": day, "trede": "4"}


def allowance(
    organisation: str, key: str, pseudonym: str, wijk: str = "WK008060", day: str = "2026-01-20"
) -> dict[str, str]:
    return person(organisation, key, pseudonym, wijk) | {"datum": day, "bedrag": "100"}


def outflow(
    organisation: str, key: str, pseudonym: str, wijk: str = "WK008060", began: str = "2026-02-01"
) -> dict[str, str]:
    return person(organisation, key, pseudonym, wijk) | {
        "begindatum": began, "einddatum": "", "uren_per_week": "8", "soort_werk": "met_steun",
    }  # fmt: skip


def result(
    organisation: str, key: str, pseudonym: str, wijk: str = "WK008060", day: str = "2026-01-20"
) -> dict[str, str]:
    steps = ("beoordeeld_op", "oordeel_bewoners", "gecontroleerd_op", "controle", "betaald_op")
    return person(organisation, key, pseudonym, wijk) | {
        "contract": "oost", "uitkomst": "doel", "gemeld_op": day, **dict.fromkeys(steps, ""),
    }  # fmt: skip


@dataclass
class Loader:
    """A register and a folder to deliver from."""

    engine: Engine
    folder: Path
    said: list[Any] = field(default_factory=list)

    def deliver(self, files: Files, supplier: str = "") -> bool:
        """Load a delivery, saying yes to every question; keep all that is said in `said`.

        Tells whether it was loaded.
        """
        for old in self.folder.glob("*"):
            old.unlink()
        about = {"naam": "levering", "voorbeeld": "nee", "toelichting": "", "leverancier": supplier}
        for name, rows in {"levering.csv": [about], **files}.items():
            headers = HEADERS.get(name) or list(rows[0])
            with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, headers, delimiter=";", restval="")
                writer.writeheader()
                writer.writerows(rows)
        return self._load(None)

    def _load(self, accept: int | None) -> bool:
        try:
            summary = load(self.folder, self.engine, today=TODAY, accept=accept)
        except DeliveryDoubtful as doubtful:
            doubts = [each for each in doubtful.doubts if isinstance(each, Doubt)]
            self.said += [
                (each.kind.id, each.sentence("nl"), each.sentence("en")) for each in doubts
            ]
            return self._load(len(doubts))
        except DeliveryRefused as refused:
            self.said += [refused.message("nl"), refused.message("en")]
            self.said += [
                (each.sentence("nl"), each.sentence("en"))
                for each in refused.faults
                if isinstance(each, Fault)
            ]
            return False
        else:
            # The first line has the seconds.
            self.said += [summary.describe(each).split("\n", 1)[1:] for each in ("nl", "en")]
            self.said += [summary.files, summary.unchanged, summary.accepted, summary.withdrawn]
            return True

    def stored_of_own(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of `bakkerij` in every table, without the numbers of deliveries."""
        found = {}
        for table in _TABLES:
            found[table] = [
                {
                    name: value
                    for name, value in row.items()
                    if name not in _NUMBERS and (table, name) != ("delivery", "id")
                }
                for row in rows_of(self.engine, table)
                if OWN in (row.get("supplier"), row.get("organisation_id"), row.get("id"))
            ]
        return found


_TABLES = [name for name, table in register.metadata.tables.items() if table.schema is None]
_NUMBERS = ("delivery_id", "loaded_at", "withdrawn_at")


@dataclass
class Step:
    """One delivery: its files and the supplier that it declares."""

    files: Files
    supplier: str = OWN


@dataclass
class Worlds:
    """Makes registers with the same places, and compares what is said in two of them."""

    databases: Databases
    base: str
    folder: Path

    def say_the_same(
        self, of_other: list[Step], of_own: list[Step], before: Sequence[Step] = ()
    ) -> None:
        """Assert that what `bakkerij` sees does not depend on what `anders` delivered.

        `before`: deliveries that come first in both registers.
        """
        said, stored = self._seen([*before], of_own)
        said_beside, stored_beside = self._seen([*before, *of_other], of_own)
        assert said == said_beside
        assert stored == stored_beside

    def _seen(self, first: list[Step], of_own: list[Step]) -> tuple[Any, Any]:
        url = self.databases.copy(self.base)
        engine = writing_engine(url)
        loader = Loader(engine, self.folder)
        try:
            for step in first:
                assert loader.deliver(step.files, step.supplier), loader.said
            loader.said.clear()
            for step in of_own:
                loader.deliver(step.files, step.supplier)
            return loader.said, loader.stored_of_own()
        finally:
            engine.dispose()
            self.databases.drop(url)


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The key of pseudonyms in a file, the same for all registers of this module."""
    folder = tmp_path_factory.mktemp("key")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(program, "EMBEDDED_DATABASE", folder / "register.sqlite")
        (folder / "pseudonym.key").write_text("6b" * 32)
        yield folder / "pseudonym.key"


def _worlds(databases: Databases, folder: Path) -> Worlds:
    url = databases.empty()
    engine = writing_engine(url)
    make_ready(engine)
    Loader(engine, folder).deliver(PLACES)
    assert len(rows_of(engine, "organisation")) == 2
    engine.dispose()
    return Worlds(databases, url, folder)


@pytest.fixture(scope="module")
def worlds(
    databases: Databases, key_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Worlds]:
    """Registers of each kind of database."""
    made = _worlds(databases, tmp_path_factory.mktemp("deliveries"))
    yield made
    databases.drop(made.base)


@pytest.fixture(scope="module")
def sqlite_worlds(
    sqlite_databases: SqliteDatabases, key_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Worlds:
    """Registers in files, for many examples."""
    return _worlds(sqlite_databases, tmp_path_factory.mktemp("deliveries"))


def of(organisation: str, supplier: str | None = None, **files: Rows) -> Step:
    """Return a delivery; files by name without `.csv`."""
    return Step(
        {f"{name}.csv": rows for name, rows in files.items()},
        organisation if supplier is None else supplier,
    )


def known_elsewhere(*pseudonyms: str, wijk: str = "WK008060") -> Step:
    """Return a delivery of the other one with an agreement of each of these people."""
    rows = [volunteer(OTHER, f"v-{p}", p, wijk, "2020-01-01") for p in pseudonyms]
    return of(OTHER, vrijwilligers=rows)


# What the other one delivered, and what the curious one delivers to find out.
PROBES: dict[str, tuple[list[Step], list[Step]]] = {
    "an agreement elsewhere answers no question about a start in work": (
        [known_elsewhere("p-1")],
        [of(OWN, uitstroom=[outflow(OWN, "1", "p-1")])],
    ),
    "a later agreement elsewhere is not quoted": (
        [of(OTHER, vrijwilligers=[volunteer(OTHER, "1", "p-1", began="2026-02-20")])],
        [of(OWN, uitstroom=[outflow(OWN, "1", "p-1")])],
    ),
    "who lives in a wijk elsewhere is asked about all the same": (
        [known_elsewhere("p-1", wijk="WK008061")],
        [of(OWN, vrijwilligers=[volunteer(OWN, "1", "p-1", "WK008061")])],
    ),
    "a number with more noughts elsewhere is not mentioned": (
        [known_elsewhere("004512")],
        [of(OWN, vrijwilligers=[volunteer(OWN, "1", "4512")])],
    ),
    "a number that is known elsewhere is new here": (
        [known_elsewhere("4512")],
        [
            of(OWN, vrijwilligers=[volunteer(OWN, "1", "004512")]),
            of(OWN, vrijwilligers=[volunteer(OWN, "2", "4512")]),
        ],
    ),
    "two agreements at once elsewhere are not counted": (
        [
            of(
                OTHER,
                vrijwilligers=[
                    volunteer(OTHER, "1", "p-1", began="2026-01-01"),
                    volunteer(OTHER, "2", "p-1", began="2026-01-02"),
                ],
            )
        ],
        [of(OWN, vrijwilligers=[volunteer(OWN, "1", "p-1")])],
    ),
    "a reading elsewhere on the same day refuses nothing": (
        [of(OTHER, ladder=[reading(OTHER, "1", "p-1")])],
        [of(OWN, ladder=[reading(OWN, "1", "p-1")])],
    ),
    "a start in work elsewhere on the same day refuses nothing": (
        [of(OTHER, uitstroom=[outflow(OTHER, "1", "p-1")])],
        [of(OWN, uitstroom=[outflow(OWN, "1", "p-1")])],
    ),
    "rows under the other's name are refused without a look at them": (
        [of(OTHER, ladder=[reading(OTHER, "1", "p-1")])],
        [of(OWN, ladder=[reading(OTHER, "7", "p-1")])],
    ),
    "rows of a supplier that nobody knows are refused without a look at them": (
        [of(OTHER, ladder=[reading(OTHER, "1", "p-1")])],
        [of(OWN, "niemand", ladder=[reading(OTHER, "7", "p-1")])],
    ),
    "whether the other one has people at all is not told": (
        [known_elsewhere("p-1")],
        [of(OWN, organisaties=[PLACES["organisaties.csv"][0] | {"pseudoniemdomein": "nieuw"}])],
    ),
    "a key of the other one cannot be looked for by withdrawing it": (
        [known_elsewhere("p-1")],
        [
            of(OWN, vrijwilligers=[volunteer(OWN, "v-p-1", "p-2")]),
            of(
                OWN,
                "",
                vrijwilligers=[volunteer(OWN, "2", "p-3")],
                intrekken=[{"bestand": "vrijwilligers", "kenmerk": "v-p-1"}],
            ),
        ],
    ),
    "nor in a delivery that names nobody": (
        [known_elsewhere("p-1")],
        [of(OWN, "", intrekken=[{"bestand": "vrijwilligers", "kenmerk": "v-p-1"}])],
    ),
    "the same rows under the same keys": (
        [
            of(
                OTHER,
                vrijwilligers=[volunteer(OTHER, "1", "p-1")],
                vergoedingen=[allowance(OTHER, "1", "p-1")],
                resultaten=[result(OTHER, "1", "p-1")],
            )
        ],
        [
            of(
                OWN,
                vrijwilligers=[volunteer(OWN, "1", "p-1")],
                vergoedingen=[allowance(OWN, "1", "p-1")],
                resultaten=[result(OWN, "1", "p-1")],
            )
        ]
        * 2,
    ),
    "a person who leaves here and stays there": (
        [known_elsewhere("p-1")],
        [
            of(OWN, vrijwilligers=[volunteer(OWN, "1", "p-1")]),
            of(OWN, intrekken=[{"bestand": "vrijwilligers", "kenmerk": "1"}]),
            of(OWN, uitstroom=[outflow(OWN, "1", "p-1")]),
        ],
    ),
}


def _names_the_other(steps: list[Step]) -> bool:
    rows = (row for step in steps for each in step.files.values() for row in each)
    return any(row.get("organisatie") == OTHER for row in rows)


# Without a declared supplier, rows of two organisations are a delivery of their gemeente.
CASES = [
    (probe, declared)
    for probe, (_, of_own) in PROBES.items()
    for declared in ((True,) if _names_the_other(of_own) else (True, False))
]


@pytest.mark.parametrize(("probe", "declared"), CASES)
def test_a_known_person_elsewhere_changes_nothing(
    worlds: Worlds, probe: str, declared: bool
) -> None:
    of_other, of_own = PROBES[probe]
    if not declared:
        of_own = [Step(step.files, "") for step in of_own]
    # Somebody delivered people before in both, or each probe would find the first one who did.
    worlds.say_the_same(of_other, of_own, before=[known_elsewhere("p-0")])


def test_whether_anybody_delivered_people_before_is_not_told(worlds: Worlds) -> None:
    own = of(OWN, vrijwilligers=[volunteer(OWN, "1", "p-1")])
    worlds.say_the_same([known_elsewhere("p-9")], [own])


def test_the_pseudonyms_of_another_domain_are_not_compared(worlds: Worlds) -> None:
    """Organisations that forgot to declare a domain may still use one key for pseudonyms."""
    organisations = [
        each | {"pseudoniemdomein": each["organisatie"]} for each in PLACES["organisaties.csv"]
    ]
    own = of(OWN, vrijwilligers=[volunteer(OWN, "1", "p-1")])
    separate = [of("", organisaties=organisations), known_elsewhere("p-0")]
    worlds.say_the_same([known_elsewhere("p-1")], [own], before=separate)


PSEUDONYMS = ("p-1", "p-2", "004512", "4512")
WIJKEN = st.sampled_from(["WK008060", "WK008061", "WK008062", ""])
DAYS = ("2024-03-01", "2025-11-01", "2026-01-20", "2026-01-21")
MAKERS: dict[str, Callable[..., dict[str, str]]] = {
    "vrijwilligers.csv": volunteer,
    "ladder.csv": reading,
    "vergoedingen.csv": allowance,
    "uitstroom.csv": outflow,
    "resultaten.csv": result,
}
_ONCE_A_DAY = ("ladder.csv", "uitstroom.csv")


def _key(pseudonym: str, day: str, number: int) -> str:
    return f"k{PSEUDONYMS.index(pseudonym)}{DAYS.index(day)}{number}"


@st.composite
def deliveries(draw: st.DrawFn, organisation: str, declared: bool) -> Step:
    """A delivery of one organisation without faults, of a few people at a few days."""
    files: Files = {}
    for name in draw(st.sets(st.sampled_from(sorted(MAKERS)), min_size=1)):
        once = name in _ONCE_A_DAY
        drawn = draw(
            st.lists(
                st.tuples(st.sampled_from(PSEUDONYMS), WIJKEN, st.sampled_from(DAYS)),
                min_size=1,
                max_size=3,
                unique_by=(lambda each: (each[0], each[2])) if once else None,
            )
        )
        # A key stands for a person and a day, or a later delivery would move it.
        files[name] = [
            MAKERS[name](organisation, _key(p, day, 0 if once else number), p, wijk, day)
            for number, (p, wijk, day) in enumerate(drawn)
        ]
    return Step(files, organisation if declared else draw(st.sampled_from(["", organisation])))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    # A failure says enough as it is, and each smaller example takes two registers more.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    of_other=st.lists(deliveries(OTHER, True), min_size=1, max_size=2),
    of_own=st.lists(deliveries(OWN, False), min_size=1, max_size=2),
)
def test_nothing_depends_on_the_rows_of_others(
    sqlite_worlds: Worlds, of_other: list[Step], of_own: list[Step]
) -> None:
    sqlite_worlds.say_the_same(of_other, of_own)
