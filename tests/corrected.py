"""A second release of the sample: a corrected ceiling and amount, and a second contract."""

from datetime import date

from sqlalchemy import Engine, insert, select, update

from data_access import register as r
from data_access.publish import publish

CONTRACT = "resultaatfinanciering-leeuwarden-oost"
SECOND_CONTRACT, SECOND_NAME = "tweede-contract", "Tweede contract (verzonnen)"
REASON = ("Plafond en bedrag hersteld", "Ceiling and amount corrected")
OLD_CEILING, NEW_CEILING = 16_500_000, 17_500_000


def correct_and_publish(engine: Engine) -> None:
    """Change the register of the sample and publish it as release 2."""
    payer = r.contract_financier
    with engine.begin() as connection:
        connection.execute(
            update(payer)
            .where(payer.c.contract_id == CONTRACT, payer.c.ceiling_cents == OLD_CEILING)
            .values(ceiling_cents=NEW_CEILING)
        )
        first = connection.scalar(
            select(r.spending.c.id)
            .where(r.spending.c.gemeente_code == "GM0080")
            .where(r.spending.c.spent_on >= date(2025, 1, 1))
            .order_by(r.spending.c.id)
            .limit(1)
        )
        connection.execute(
            update(r.spending)
            .where(r.spending.c.id == first)
            .values(amount_cents=r.spending.c.amount_cents + 100_000)
        )
        for table, changed in (
            (r.contract, {"id": SECOND_CONTRACT, "name": SECOND_NAME}),
            (r.contract_outcome, {"contract_id": SECOND_CONTRACT}),
            (payer, {"contract_id": SECOND_CONTRACT}),
        ):
            key = table.c.id if table is r.contract else table.c.contract_id
            rows = connection.execute(select(table).where(key == CONTRACT)).mappings().all()
            connection.execute(insert(table), [{**row, **changed} for row in rows])
    assert publish(engine, reason=REASON).number == 2
