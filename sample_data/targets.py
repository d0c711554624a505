"""Invented targets, for gemeenten and a few wijken."""

from sample_data.facts import BILGAARD, GRONINGEN, LEEUWARDEN, OOSTSTELLINGWERF, VRIJHEIDSWIJK

TARGETS = (
    ("volunteers", LEEUWARDEN, "2024-Q4", "800"),
    ("volunteers", LEEUWARDEN, "2025-Q4", "850"),
    ("volunteers", GRONINGEN, "2025-Q4", "1350"),
    ("volunteers", OOSTSTELLINGWERF, "2025-Q4", "275"),
    ("volunteers", BILGAARD, "2023-Q4", "145"),
    ("volunteers", BILGAARD, "2025-Q4", "160"),
    ("volunteers", VRIJHEIDSWIJK, "2025-Q4", "50"),
    ("volunteers_per_1000", LEEUWARDEN, "2025-Q4", "6,5"),
    ("volunteers_per_1000", GRONINGEN, "2025-Q4", "6"),
    ("volunteers_per_1000", OOSTSTELLINGWERF, "2025-Q4", "11"),
    ("outflow", LEEUWARDEN, "2024", "80"),
    ("outflow", LEEUWARDEN, "2025", "90"),
    ("outflow", GRONINGEN, "2025", "110"),
    ("outflow", OOSTSTELLINGWERF, "2025", "20"),
    ("outflow", BILGAARD, "2025", "30"),
    ("outflow_per_100_volunteers", LEEUWARDEN, "2025", "8"),
    ("outflow_per_100_volunteers", GRONINGEN, "2025", "7"),
    ("outflow_per_100_volunteers", OOSTSTELLINGWERF, "2025", "7"),
    ("still_in_work_12", LEEUWARDEN, "2024", "70"),
    ("still_in_work_12", GRONINGEN, "2024", "70"),
    ("ladder_steps_up", LEEUWARDEN, "2025", "250"),
    ("ladder_steps_up", GRONINGEN, "2025", "325"),
    ("structural_share", LEEUWARDEN, "2025", "60"),
    ("structural_share", GRONINGEN, "2025", "75"),
    ("structural_share", OOSTSTELLINGWERF, "2025", "65"),
)
