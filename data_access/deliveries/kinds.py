"""How a cell becomes a value: one `Kind` for every sort of column.

A cell is text without blanks around it. Amounts become integer cents and never pass a float.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from data_access.deliveries.people import looks_like_birth_date, looks_like_name, tells_who
from indicators import periods
from indicators.vocabulary import Text

FIRST_YEAR = 1990
LAST_YEAR = 2100
LONGEST_NUMBER = 18

_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DUTCH_DATE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})")
_NUMBER = re.compile(r"(-?)([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Kind:
    """A sort of column. `parse` gets a non-empty cell and raises ValueError when it is wrong."""

    parse: Callable[[str], object]
    expected: Text
    example: str
    not_after_today: bool = False


def parse_day(cell: str) -> datetime.date:
    """Return the day in `cell`: `2025-12-31` or `31-12-2025`. Raises ValueError."""
    if iso := _ISO_DATE.fullmatch(cell):
        year, month, day = iso.groups()
    elif dutch := _DUTCH_DATE.fullmatch(cell):
        day, month, year = dutch.groups()
    else:
        raise ValueError(cell)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(cell)
    return datetime.date(int(year), int(month), int(day))


def parse_decimal(cell: str) -> Decimal:
    """Return the Dutch number in `cell`: `1.234,50`, `1234,50` or `1234`. Raises ValueError."""
    number = _NUMBER.fullmatch(cell)
    if number is None or len(cell) > LONGEST_NUMBER:
        raise ValueError(cell)
    sign, whole, fraction = number.groups()
    return Decimal(f"{sign}{whole.replace('.', '')}.{fraction or '0'}")


def parse_whole(cell: str) -> int:
    """Return the whole number in `cell`: `1234` or `1.234`. Raises ValueError."""
    number = _NUMBER.fullmatch(cell)
    if number is None or number[3] is not None:
        raise ValueError(cell)
    return int(number[1] + number[2].replace(".", ""))


def parse_cents(cell: str) -> int:
    """Return the euros in `cell` (`1.234,5`, `1234,50`) as integer cents. Raises ValueError."""
    number = _NUMBER.fullmatch(cell)
    if number is None or len(number[3] or "") > 2:
        raise ValueError(cell)
    sign, whole, fraction = number.groups()
    return int(sign + whole.replace(".", "") + (fraction or "").ljust(2, "0"))


def text(longest: int) -> Kind:
    """Return the kind of a text of at most `longest` characters; line ends become newlines."""

    def parse(cell: str) -> str:
        lines = cell.replace("\r\n", "\n").replace("\r", "\n")
        if len(lines) > longest or _CONTROL.search(lines):
            raise ValueError(cell)
        return lines

    return Kind(
        parse,
        Text(
            f"een tekst van hoogstens {longest} tekens",
            f"a text of at most {longest} characters",
        ),
        "",
    )


def matching(pattern: str, expected: Text, example: str) -> Kind:
    """Return the kind of a code that matches the regular expression `pattern` as a whole."""
    compiled = re.compile(pattern)

    def parse(cell: str) -> str:
        if compiled.fullmatch(cell) is None:
            raise ValueError(cell)
        return cell

    return Kind(parse, expected, example)


def one_of(choices: Mapping[str, object]) -> Kind:
    """Return the kind of a column with a fixed choice of words (capitals do not matter)."""

    def parse(cell: str) -> object:
        if cell.lower() not in choices:
            raise ValueError(cell)
        return choices[cell.lower()]

    words = list(choices)
    return Kind(
        parse,
        Text(f"een van: {', '.join(words)}", f"one of: {', '.join(words)}"),
        words[0],
    )


def whole(lowest: int, highest: int, example: str) -> Kind:
    """Return the kind of a whole number from `lowest` up to and including `highest`."""

    def parse(cell: str) -> int:
        number = parse_whole(cell)
        if not lowest <= number <= highest:
            raise ValueError(cell)
        return number

    return Kind(
        parse,
        Text(
            f"een geheel getal van {lowest} tot en met {_grouped(highest, '.')}",
            f"a whole number from {lowest} up to and including {_grouped(highest, ',')}",
        ),
        example,
    )


def year(first: int, last: int, example: str) -> Kind:
    """Return the kind of a year of four digits from `first` up to and including `last`."""

    def parse(cell: str) -> int:
        if re.fullmatch("[0-9]{4}", cell) is None or not first <= int(cell) <= last:
            raise ValueError(cell)
        return int(cell)

    return Kind(
        parse,
        Text(
            f"een jaar van vier cijfers, van {first} tot en met {last}",
            f"a year of four digits, from {first} up to and including {last}",
        ),
        example,
    )


def decimal(lowest: str, highest: str, places: int, example: str) -> Kind:
    """Return the kind of a decimal number within bounds, with at most `places` decimals."""

    def parse(cell: str) -> Decimal:
        number = parse_decimal(cell)
        wanted = round(number, places)
        if number != wanted or not Decimal(lowest) <= number <= Decimal(highest):
            raise ValueError(cell)
        return wanted

    return Kind(
        parse,
        Text(
            f"een getal van {_dutch(lowest)} tot en met {_dutch(highest)}, met een komma en "
            f"hoogstens {places} decimalen, zoals {example}",
            f"a number from {lowest} up to and including {highest}, with a decimal comma and at "
            f"most {places} decimals, such as {example}",
        ),
        example,
    )


def coordinate(lowest: int, highest: int, example: str) -> Kind:
    """Return the kind of a WGS84 coordinate in degrees, rounded to six decimals (0.1 metre)."""

    def parse(cell: str) -> Decimal:
        degrees = round(parse_decimal(cell), 6)
        if not lowest <= degrees <= highest:
            raise ValueError(cell)
        return degrees

    return Kind(
        parse,
        Text(
            f"graden in WGS84 van {lowest} tot en met {highest}, met een komma, zoals {example}",
            f"degrees in WGS84 from {lowest} up to and including {highest}, with a decimal comma, "
            f"such as {example}",
        ),
        example,
    )


LARGEST_AMOUNT = 10_000_000_000_00


def _amount(cell: str) -> int:
    cents = parse_cents(cell)
    if abs(cents) > LARGEST_AMOUNT:
        raise ValueError(cell)
    return cents


def _positive_amount(cell: str) -> int:
    cents = _amount(cell)
    if cents <= 0:
        raise ValueError(cell)
    return cents


def _amount_not_zero(cell: str) -> int:
    cents = _amount(cell)
    if cents == 0:
        raise ValueError(cell)
    return cents


def _pseudonym(cell: str) -> str:
    shaped = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{2,63}", cell) is not None
    if not shaped or looks_like_name(cell) or looks_like_birth_date(cell) or tells_who(cell):
        raise ValueError(cell)
    return cell


def _record_id(cell: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", cell) is None or tells_who(cell):
        raise ValueError(cell)
    return cell


def _quarter(cell: str) -> str:
    if not cell.isascii() or not periods.is_quarter(cell):
        raise ValueError(cell)
    return cell


def _period(cell: str) -> str:
    if not cell.isascii() or not FIRST_YEAR <= periods.year_of(cell) <= LAST_YEAR:
        raise ValueError(cell)
    return cell


def _grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)


def _dutch(number: str) -> str:
    return number.replace(".", ",")


DAY = Kind(
    parse_day,
    Text(
        f"een datum zoals 31-12-2025 of 2025-12-31, van {FIRST_YEAR} tot en met {LAST_YEAR}",
        f"a date such as 31-12-2025 or 2025-12-31, from {FIRST_YEAR} up to and including "
        f"{LAST_YEAR}",
    ),
    "31-12-2025",
)
PAST_DAY = Kind(
    parse_day,
    Text(
        f"een datum zoals 31-12-2025 of 2025-12-31, vanaf {FIRST_YEAR} en niet na vandaag",
        f"a date such as 31-12-2025 or 2025-12-31, from {FIRST_YEAR} on and not after today",
    ),
    "31-12-2025",
    not_after_today=True,
)
YES_NO = one_of({"ja": True, "nee": False})
TRUE_FALSE = one_of({"true": True, "false": False})
ACHIEVED = one_of({"behaald": True, "niet_behaald": False})
POSITIVE_AMOUNT = Kind(
    _positive_amount,
    Text(
        "een bedrag in euro's boven nul, met een komma en hoogstens twee decimalen, zoals 1.234,50",
        "an amount in euros above zero, with a decimal comma and at most two decimals, "
        "such as 1.234,50",
    ),
    "1.234,50",
)
AMOUNT_NOT_ZERO = Kind(
    _amount_not_zero,
    Text(
        "een bedrag in euro's dat niet nul is, met een komma en hoogstens twee decimalen, "
        "zoals 1.234,50 (een correctie is negatief)",
        "an amount in euros that is not zero, with a decimal comma and at most two decimals, "
        "such as 1.234,50 (a correction is negative)",
    ),
    "1.234,50",
)
GEMEENTE_CODE = matching(
    "GM[0-9]{4}",
    Text("GM met vier cijfers, zoals GM0080", "GM with four digits, such as GM0080"),
    "GM0080",
)
WIJK_CODE = matching(
    "WK[0-9]{4}[0-9A-Z]{2}",
    Text(
        "WK met vier cijfers en twee cijfers of hoofdletters, zoals WK008060 of WK0363AA",
        "WK with four digits and two digits or capitals, such as WK008060 or WK0363AA",
    ),
    "WK008060",
)
AREA_CODE = matching(
    "GM[0-9]{4}|WK[0-9]{4}[0-9A-Z]{2}",
    Text(
        "een gemeentecode zoals GM0080 of een wijkcode zoals WK008060",
        "a gemeente code such as GM0080 or a wijk code such as WK008060",
    ),
    "GM0080",
)
EDITION = year(1995, 2100, "2023")
SLUG = matching(
    "[a-z0-9][a-z0-9-]{0,59}",
    Text(
        "een sleutel van hoogstens 60 kleine letters, cijfers en streepjes, "
        "zoals wijkbedrijf-bilgaard",
        "a key of at most 60 small letters, digits and hyphens, such as wijkbedrijf-bilgaard",
    ),
    "wijkbedrijf-bilgaard",
)
RECORD_ID = Kind(
    _record_id,
    Text(
        "een kenmerk van hoogstens 60 letters, cijfers, punten en streepjes, zoals vw-000123; "
        "geen burgerservicenummer, telefoonnummer of e-mailadres",
        "a key of at most 60 letters, digits, dots and hyphens, such as vw-000123; no citizen "
        "service number, phone number or e-mail address",
    ),
    "vw-000123",
)
PSEUDONYM = Kind(
    _pseudonym,
    Text(
        "een pseudoniem van 3 tot en met 64 letters, cijfers en streepjes met minstens één "
        "cijfer, zoals p-000123; geen naam, geboortedatum, burgerservicenummer, telefoonnummer "
        "of e-mailadres",
        "a pseudonym of 3 to 64 letters, digits and hyphens with at least one digit, such as "
        "p-000123; no name, birth date, citizen service number, phone number or e-mail address",
    ),
    "p-000123",
)
QUARTER = Kind(
    _quarter,
    Text("een kwartaal zoals 2025-Q4", "a quarter such as 2025-Q4"),
    "2025-Q4",
)
PERIOD = Kind(
    _period,
    Text("een kwartaal zoals 2025-Q4 of een jaar zoals 2025", "a quarter or year: 2025-Q4, 2025"),
    "2025",
)
SHARE = decimal("0.00001", "1", 5, "0,5")
