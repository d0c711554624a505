"""Numbers and amounts as people and programs write them; exact, never through a float.

Dutch notation (1.234,50) comes first. Other notations are read only where they cannot mean another
number: 1234.50 has two decimals, since thousands have three digits; 1.234 is always a thousand and
some, unless its column has decimal points elsewhere (see `decimal_point`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from data_access.deliveries.misread import Misread

LONGEST_NUMBER = 18
_LONGEST_CELL = 40

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_DUTCH = re.compile(rf"([0-9]+|[1-9][0-9]{{0,2}}(?:(?:\.|{_SPACE})[0-9]{{3}})+)(?:,([0-9]+))?")
_MIXED_GROUPS = re.compile(rf"{_SPACE}.*\.|\..*{_SPACE}")
# A point before three digits can be a thousand, unless what stands before it cannot.
_DECIMAL_POINT = re.compile(
    rf"([0-9]+|[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+)\.([0-9]{{1,2}}|[0-9]{{4,}})"
    r"|(0|[0-9]{4,})\.([0-9]{3})"
)
_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)")
_POINTS_ONLY = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SCIENTIFIC = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?[eE][-+][0-9]+")
_MINUS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\uff0d", "-"))
_CURRENCY = re.compile(r"€|EUR(?:O'?S?)?(?![A-Z])", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=[0-9])[,.](?:--?|=|\u2014)$")


@dataclass(frozen=True)
class _Written:
    negative: bool
    whole: str
    fraction: str
    decimal_point: bool

    @property
    def sign(self) -> str:
        return "-" if self.negative else ""


def is_scientific(cell: str) -> bool:
    """Tell whether a spreadsheet shortened a number: 1,23457E+11."""
    return _SCIENTIFIC.fullmatch(cell) is not None


def parse_decimal(cell: str) -> Decimal:
    """Return the number in `cell`: `1.234,50`, `1234,50`, `1 234,5` or `7.5`. Raises ValueError."""
    number = _signed(cell)
    if len(number.whole + number.fraction) > LONGEST_NUMBER:
        raise ValueError(cell)
    return Decimal(f"{number.sign}{number.whole}.{number.fraction or '0'}")


def parse_whole(cell: str) -> int:
    """Return the whole number in `cell`: `1234`, `1.234`, `1 234` or `12,0`. Raises ValueError."""
    number = _signed(cell)
    if number.fraction.strip("0"):
        raise ValueError(cell)
    return int(number.sign + number.whole)


def parse_cents(cell: str) -> int:
    """Return the euros in `cell` as integer cents. Raises ValueError.

    Beside plain numbers this reads `€ 1.234,50`, `1.234,50 EUR`, `15.000,--` and `12,-`, and a
    minus that stands before, behind (`1.000,00-`) or is a pair of brackets.
    """
    number = _amount(cell)
    if len(number.fraction) > 2:
        raise ValueError(cell)
    return int(number.sign + number.whole + number.fraction.ljust(2, "0"))


def decimal_point(cells: Iterable[str]) -> str | None:
    """Return the first cell that has a point before its decimals (1234.50), or None."""
    for cell in cells:
        if "." not in cell:
            continue
        try:
            number = _amount(cell)
        except ValueError:
            continue
        if number.decimal_point:
            return cell
    return None


def may_be_thousands_or_decimals(cell: str) -> bool:
    """Tell whether only custom says what a point means: 15.000 is fifteen thousand, or fifteen."""
    plain = _CURRENCY.sub("", cell.translate(_MINUS)).strip("-+() ")
    return _POINTS_ONLY.fullmatch(plain) is not None


def _amount(cell: str) -> _Written:
    text, currencies = _CURRENCY.subn(" ", cell.translate(_MINUS))
    if currencies > 1:
        raise ValueError(cell)
    text = text.strip()
    brackets = text.startswith("(") and text.endswith(")")
    if brackets:
        text = text[1:-1]
    text = _NO_CENTS.sub("", text.strip())
    minus = brackets
    for before, behind in ((text[:1], text[1:]), (text[-1:], text[:-1])):
        if before == "-":
            if minus:
                raise ValueError(cell)
            minus, text = True, behind.strip()
    return _plain(text.removeprefix("+").strip(), minus, cell)


def _signed(cell: str) -> _Written:
    text = cell.translate(_MINUS)
    negative = text.startswith("-")
    return _plain(text[1:] if negative else text, negative, cell)


def _plain(text: str, negative: bool, cell: str) -> _Written:
    if is_scientific(cell):
        raise Misread(
            "het hele getal; Excel heeft het ingekort tot een macht van tien (E+). Maak de kolom "
            "breder of kies de celeigenschap Getal, en bewaar opnieuw",
            "the whole number; Excel shortened it to scientific notation (E+). Widen the column or "
            "format it as Number, and save again",
        )
    if len(text) > _LONGEST_CELL:
        raise ValueError(cell)
    if (dutch := _DUTCH.fullmatch(text)) and not _MIXED_GROUPS.search(text):
        whole, fraction, point = dutch[1], dutch[2] or "", False
    elif found := _DECIMAL_POINT.fullmatch(text):
        whole, fraction, point = found[1] or found[3], found[2] or found[4], True
    elif english := _ENGLISH.fullmatch(text):
        whole, fraction, point = english[1], english[2], True
    else:
        raise ValueError(cell)
    return _Written(negative, re.sub("[^0-9]", "", whole), fraction, point)
