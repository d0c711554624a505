"""A second delivery, in the folder `nagekomen`: what came late and what was put right.

Loaded after the first one and published after 1 July, the one day a year on which corrections of
closed quarters reach figures, it fills the correction log of Verantwoording. Its credit note is
money, which is corrected at once.
"""

from datetime import date
from pathlib import Path

from sample_data.delivery import write_table

FOLDER = "nagekomen"
NAME = "Nagekomen en herstelde voorbeeldgegevens 2025"
EXPLANATION = (
    "Voorbeeld. Alle mensen en bedragen zijn verzonnen. Alle 13 rijen veranderen een afgesloten "
    "kwartaal: laad met --accept 13."
)
VOLUNTEERS = (
    "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;begindatum;einddatum;uren_per_week;activiteit"
)
SPENDING = (
    "kenmerk;gemeentecode;datum;organisatie;wijkcode;wijkjaar;taakveld;financier;bedrag;aard;"
    "geld_tot;omschrijving"
)
LATE = 12


def write_correction(folder: Path) -> None:
    """Write the second delivery into `folder`/nagekomen: late agreements, one credit note."""
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    write_table(place, "levering.csv", "naam;voorbeeld;toelichting", [(NAME, True, EXPLANATION)])
    agreements = [
        (
            f"VN-{number:05}", f"pnagekomen-{number}", "wijkbedrijf-vrijheidswijk", "WK008061",
            2023, date(2025, 11, 3), None, "4,0", "groen",
        )
        for number in range(1, LATE + 1)
    ]  # fmt: skip
    write_table(place, "vrijwilligers.csv", VOLUNTEERS, agreements)
    credit = (
        "BN-00001", "GM0080", date(2025, 12, 15), "wijkbedrijf-bilgaard", "WK008060", 2023, "6.1",
        "gemeente-leeuwarden", "-4250,00", "structureel", None, "Creditnota (verzonnen)",
    )  # fmt: skip
    write_table(place, "besteding.csv", SPENDING, [credit])
