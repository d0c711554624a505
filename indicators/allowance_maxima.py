"""Legal maxima of the tax-free volunteer allowance, in whole euros.

Source: Belastingdienst, vrijwilligersregeling, amounts per year as listed in the design notes.
A year that is not listed is unknown: a setting can add it, and the screen says when it is missing.
"""

SOURCE = "Belastingdienst, vrijwilligersregeling"
MONTH_AND_YEAR: dict[int, tuple[int, int]] = {
    2020: (170, 1_700),
    2021: (180, 1_800),
    2022: (180, 1_800),
    2023: (190, 1_900),
    2024: (210, 2_100),
    2025: (210, 2_100),
}
