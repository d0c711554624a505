"""Numbers, periods and lists as a reader writes them, written down a second time."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

NO_BREAK = "\N{NO-BREAK SPACE}"
AND = {"nl": "en", "en": "and"}
MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": ("January February March April May June July August September October November December"),
}


def number(value: float, language: str, digits: int = 0) -> str:
    """Return 1234.5 as "1.234,5" (nl) or "1,234.5" (en)."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    text = f"{exact:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def euros(value: float, language: str) -> str:
    """Return 12500 as "€ 12.500" (nl) or "€12,500" (en)."""
    return f"€{NO_BREAK if language == 'nl' else ''}{number(value, language)}"


def period(text: str, language: str) -> str:
    """Return 2025-Q4 in words; a year as it is."""
    year, _, quarter = text.partition("-Q")
    if not quarter:
        return year
    return f"{quarter}e kwartaal {year}" if language == "nl" else f"Q{quarter} {year}"


def day(when: date, language: str) -> str:
    """Return "17 maart 2026" or "17 March 2026"."""
    return f"{when.day} {MONTHS[language].split()[when.month - 1]} {when.year}"


def listed(names: Sequence[str], language: str) -> str:
    """Return "A, B en C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {AND[language]} {names[-1]}"
