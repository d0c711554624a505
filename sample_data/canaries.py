"""Odd true values planted in tiny wijken. None of them may ever leave the register.

They belong to invented people. An attack test searches every message, chart, file, log and error
of the product for the texts in `TOKENS`: one hit means that a true value got past the rounding.
Counts such as "3 volunteers" are too common to search for, hence odd pseudonyms and amounts.
"""

PSEUDONYM = "kanarie-7f3a"
WIJK = "WK008509"
WIJK_VOLUNTEERS = 3
WIJK_HOURS = "37.5"
HOURS = ("12.9", "11.7", "12.9")
ALLOWANCE_CENTS = 133_731

LONE_PSEUDONYM = "kanarie-c0d4"
LONE_WIJK = "WK008074"
LONE_HOURS = "7.3"
LONE_ALLOWANCE_CENTS = 127_193

TOKENS = (
    PSEUDONYM,
    LONE_PSEUDONYM,
    "kanarie",
    "133731",
    "1337.31",
    "1337,31",
    "1.337,31",
    "127193",
    "1271.93",
    "1271,93",
    "1.271,93",
)
