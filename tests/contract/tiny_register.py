"""A register small enough to count by hand: one gemeente, two wijken, two organisations.

Each organisation declared one wijk: its people in the other one count in no wijk, only at the
organisation and the gemeente. `declares` adds a wijk.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, Table, func, insert, select

from data_access import register as r
from data_access.measures import CELL_COLUMNS, COUNTINGS
from indicators.periods import quarters_of

GEMEENTE = "GM0001"
EDITION = 2023
NORTH, SOUTH = "WK000101", "WK000102"
BAKERY, GARDEN = "bakery", "garden"
CONTRACT, OUTCOME = "pilot", "own-goal"
ITEM = f"{CONTRACT}/{OUTCOME}"
CLOSED_YEARS = (2024, 2025)
# Every row is of one gemeente and edition.
NOT_TOLD = ("gemeente_code", "wijk_edition")


class TinyRegister:
    """Adds rows to an empty register; the places, organisations and contract are there already."""

    def __init__(self, engine: Engine, sample: bool = True) -> None:
        self.engine = engine
        day = date(2026, 1, 15)
        self.add(
            r.delivery,
            supplier=GEMEENTE,
            checksum="0" * 64,
            name="tiny",
            sample=sample,
            loaded_at=datetime(2026, 1, 15, tzinfo=UTC),
        )
        self.add(r.gemeente, code=GEMEENTE, name="Klein", residents=3000)
        self.add(r.delivery_gemeente, delivery_id=1, gemeente_code=GEMEENTE)
        for code in (NORTH, SOUTH):
            self.wijk(code)
            if code == NORTH:
                self._organisations()
            self.declares(BAKERY if code == NORTH else GARDEN, code)
        for year in CLOSED_YEARS:
            for quarter in quarters_of(year):
                self.add(r.closed_period, gemeente_code=GEMEENTE, quarter=quarter, closed_on=day)
        self._contract()

    def _organisations(self) -> None:
        for name in (BAKERY, GARDEN):
            self.add(
                r.organisation,
                id=name,
                name=name,
                kind="wijkbedrijf",
                gemeente_code=GEMEENTE,
                invented=True,
            )

    def _contract(self) -> None:
        self.add(r.financier, id="fund", supplier=GEMEENTE, name="Fund", kind="fonds")
        self.add(r.outcome, **{c.name: c.name for c in r.outcome.c if c.name != "id"}, id=OUTCOME)
        self.add(
            r.contract,
            id=CONTRACT,
            gemeente_code=GEMEENTE,
            name="Pilot",
            starts_on=date(2024, 1, 1),
            ends_on=date(2025, 12, 31),
        )
        self.add(
            r.contract_outcome,
            contract_id=CONTRACT,
            outcome_id=OUTCOME,
            tariff_cents=100_000,
            agreed=40,
        )
        self.add(
            r.contract_financier,
            contract_id=CONTRACT,
            financier_id="fund",
            share=1,
            ceiling_cents=5_000_000,
        )

    def declares(self, organisation: str, wijk: str) -> None:
        """Let an organisation work in a wijk more."""
        place = {"wijk_code": wijk, "wijk_edition": EDITION}
        self.add(r.organisation_wijk, organisation_id=organisation, **place)

    def wijk(self, code: str) -> None:
        """Add a wijk."""
        place = {"code": code, "edition": EDITION, "gemeente_code": GEMEENTE}
        self.add(r.wijk, **place, name=code, residents=1500)

    def add(self, table: Table, **row: Any) -> None:
        """Insert one row."""
        with self.engine.begin() as connection:
            connection.execute(insert(table), row)

    def add_of_person(
        self, table: Table, person: str, wijk: str | None, where: str, **row: Any
    ) -> None:
        """Insert one row about a person, who is registered when still unknown."""
        with self.engine.begin() as connection:
            known = select(r.participant).where(r.participant.c.pseudonym == person)
            if connection.execute(known).first() is None:
                connection.execute(insert(r.participant), {"pseudonym": person})
            number = connection.scalar(select(func.count()).select_from(table))
            place = {"wijk_code": wijk, "wijk_edition": EDITION if wijk else None}
            place |= {"organisation_id": where, "supplier": where}
            line = {"id": f"{table.name}-{number:04}", "participant": person, **place, **row}
            connection.execute(insert(table), line)

    def agreement(
        self,
        person: str,
        start: str,
        end: str | None = None,
        wijk: str | None = NORTH,
        where: str = BAKERY,
        hours: float = 8,
    ) -> None:
        """Add a volunteering agreement; days as ISO text."""
        self.add_of_person(
            r.agreement,
            person,
            wijk,
            where,
            started_on=_day(start),
            ended_on=_day(end),
            hours_per_week=hours,
            activity="groen",
        )

    def placement(
        self,
        person: str,
        start: str,
        end: str | None = None,
        kind: str = "paid_with_support",
        wijk: str = NORTH,
        where: str = BAKERY,
    ) -> None:
        """Add a placement in paid work; nobody asks whether the person was a volunteer."""
        with self.engine.connect() as connection:
            count = connection.scalar(select(func.count()).select_from(r.placement))
        self.add(
            r.accepted_doubt,
            file="uitstroom.csv",
            supplier=where,
            id=f"placement-{count:04}",
            doubt="no_agreement",
        )
        self.add_of_person(
            r.placement,
            person,
            wijk,
            where,
            started_on=_day(start),
            ended_on=_day(end),
            hours_per_week=20,
            kind=kind,
        )

    def reading(
        self, person: str, day: str, level: int, wijk: str = NORTH, where: str = BAKERY
    ) -> None:
        """Add a ladder reading."""
        self.add_of_person(r.ladder_reading, person, wijk, where, read_on=_day(day), level=level)

    def allowance(
        self, person: str, day: str, cents: int, wijk: str = NORTH, where: str = BAKERY
    ) -> None:
        """Add a payment of volunteer allowance."""
        self.add_of_person(r.allowance, person, wijk, where, paid_on=_day(day), amount_cents=cents)

    def result(
        self,
        person: str,
        claimed: str,
        judged: tuple[str, bool] | None = None,
        checked: tuple[str, bool] | None = None,
        paid: str | None = None,
    ) -> None:
        """Add a result with the day and the verdict of each state it reached."""
        self.add_of_person(
            r.result,
            person,
            NORTH,
            BAKERY,
            contract_id=CONTRACT,
            outcome_id=OUTCOME,
            claimed_on=_day(claimed),
            judged_on=_day(judged[0]) if judged else None,
            judged_achieved=judged[1] if judged else None,
            checked_on=_day(checked[0]) if checked else None,
            check_passed=checked[1] if checked else None,
            paid_on=_day(paid),
        )

    def counted(self, measure: str, *columns: str) -> dict[Any, int]:
        """Count a measure: number by the columns named (all but the edition when none is)."""
        names = columns or tuple(each for each in CELL_COLUMNS[:-1] if each not in NOT_TOLD)
        found: dict[Any, int] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(COUNTINGS[measure].select()).mappings():
                key = tuple(row[name] for name in names)
                key = key[0] if len(names) == 1 else key
                found[key] = found.get(key, 0) + int(row["n"])
        return found


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
