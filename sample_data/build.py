"""Write the sample delivery: ``python -m sample_data.build`` (same seed, same bytes).

The content comes from `facts` (real), `organisations` (real and invented, and says which),
`everyone` with `simulation` and `ladder`, `allowances`, `pilot`, `money`, `receipts`, `targets`
(all invented) and `geography` (computed). `write_...` modules put it into the files of a delivery.
"""

from pathlib import Path

from sample_data.chance import SEED
from sample_data.delivery import write_table
from sample_data.everyone import everyone
from sample_data.receipts import closing_days, receipts
from sample_data.targets import TARGETS
from sample_data.write_correction import write_correction
from sample_data.write_money import write_contracts, write_money
from sample_data.write_people import write_ladder, write_people
from sample_data.write_places import write_areas, write_organisations

HERE = Path(__file__).parent
NAME = "Voorbeeldlevering Leeuwarden, Groningen en Ooststellingwerf 2022-2025"
EXPLANATION = (
    "Voorbeeld. Namen, codes, inwoners en publieke uitspraken zijn echt; alle mensen, bedragen en "
    f"resultaten zijn verzonnen (kiemgetal {SEED})."
)


def write_administration(folder: Path) -> None:
    """Write the name of the delivery, targets, closed quarters and what was received when."""
    write_table(folder, "levering.csv", "naam;voorbeeld;toelichting", [(NAME, True, EXPLANATION)])
    write_table(folder, "streefwaarden.csv", "indicator;gebied;periode;waarde", TARGETS)
    write_table(
        folder, "afgesloten_kwartalen.csv", "gemeentecode;kwartaal;afgesloten_op", closing_days()
    )
    write_table(folder, "ontvangen.csv", "organisatie;onderdeel;kwartaal;ontvangen_op", receipts())


def build(folder: Path = HERE) -> None:
    """Write all files of the sample delivery into `folder`."""
    people = everyone()
    write_areas(folder)
    write_organisations(folder)
    write_people(folder, people)
    write_ladder(folder, people)
    write_contracts(folder, people)
    write_money(folder)
    write_administration(folder)
    write_correction(folder)


if __name__ == "__main__":
    build()
