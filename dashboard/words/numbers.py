"""Numbers, money and dates as a Dutch or an English reader writes them."""

import datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

from dashboard.words.copy import t
from indicators.periods import is_year
from indicators.vocabulary import Unit

_LOCALES = {"nl": "nl_NL", "en": "en_GB"}
_MONEY = (Unit.EURO, Unit.EURO_PER_RESIDENT, Unit.EURO_PER_OUTCOME)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(_LOCALES[language])


@cache
def _pattern(digits: int) -> NumberPattern:
    return parse_pattern("#,##0" + ("." + "0" * digits if digits else ""))


def number(value: float | Decimal, language: str, digits: int = 0) -> str:
    """Return `value` with `digits` decimals: 1234.5 -> "1.234,5" (nl), "1,234.5" (en)."""
    exact = Decimal(str(value))
    shown = str(_pattern(digits).apply(exact, _locale(language)))
    return shown.removeprefix("-") if not any(mark in shown for mark in "123456789") else shown


def signed(value: float, language: str, digits: int = 0) -> str:
    """Return a difference with its sign: 3 -> "+3", -3 -> "-3", 0 -> "0"."""
    shown = number(value, language, digits)
    return f"+{shown}" if value > 0 and any(mark in shown for mark in "123456789") else shown


def euro(cents: int, language: str) -> str:
    """Return whole euros from integer cents: 1250000 -> "€ 12.500" (nl), "€12,500" (en)."""
    return euros(Decimal(int(cents)) / 100, language)


def euros(amount: float | Decimal, language: str, digits: int = 0) -> str:
    """Return an amount in euros: 12500 -> "€ 12.500" (nl), "€12,500" (en)."""
    shown = number(amount, language, digits)
    sign, size = ("-", shown[1:]) if shown.startswith("-") else ("", shown)
    return f"€\N{NO-BREAK SPACE}{sign}{size}" if language == "nl" else f"{sign}€{size}"


def euro_range(low: float, high: float, language: str, digits: int = 0) -> str:
    """Return an amount that is only known in steps: "€ 20.000 tot € 25.000".

    From 0 on it is "minder dan € 5.000"; where `high` is not above `low` it is one amount.
    """
    if not high > low:
        return euros(low, language, digits)
    top = euros(high, language, digits)
    if low <= 0:
        return t("amount.less_than", language, high=top)
    return t("amount.between", language, low=euros(low, language, digits), high=top)


def percent(value: float, language: str, digits: int = 0) -> str:
    """Return a share given in percent: 12.5 -> "12,5%" (nl, digits=1)."""
    return f"{number(value, language, digits)}%"


def value_text(value: float, unit: Unit, digits: int, language: str) -> str:
    """Return an indicator's value with the sign of its unit (€ or %), without the unit's name.

    Money values are in euros, shares in percent.
    """
    if unit in _MONEY:
        return euros(value, language, digits)
    if unit is Unit.PERCENT:
        return percent(value, language, digits)
    return number(value, language, digits)


def unit_text(unit: Unit, language: str) -> str:
    """Return the name of a unit: "per 1.000 inwoners"."""
    return t(f"unit.{unit.value}", language)


def date_long(day: datetime.date, language: str) -> str:
    """Return "22 juni 2023" or "22 June 2023"."""
    return format_date(day, "d MMMM y", locale=_locale(language))


def period_label(period: str, language: str) -> str:
    """Return "4e kwartaal 2025" / "Q4 2025" for a quarter, the year itself for a year."""
    if is_year(period):
        return period
    year, quarter = period.split("-Q")
    return f"{quarter}e kwartaal {year}" if language == "nl" else f"Q{quarter} {year}"


def period_short(period: str, language: str) -> str:
    """Return "4e kw 2025" / "Q4 2025", for axes and narrow columns."""
    return period_label(period, language).replace("kwartaal", "kw")
